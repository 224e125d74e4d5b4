//! Whole files of each binary format.

use crate::shown::{read_fixture, shown, split, words};

macro_rules! snapshot {
    ($name:ident, $file:literal) => {
        #[test]
        fn $name() {
            insta::assert_snapshot!(shown(&read_fixture($file).unwrap()));
        }
    };
}

snapshot!(word_headings_lists_tables_notes_and_code, "orchard.docx");
snapshot!(excel_sheets_dates_formulas_and_merged_cells, "fleet.xlsx");
snapshot!(pdf_pages_with_outline_table_and_list, "handbook.pdf");
snapshot!(pdf_columns_and_broken_words, "columns.pdf");
snapshot!(semicolons_and_quotes, "prices.csv");
snapshot!(utf_16, "letter-utf16.txt");

/// Encrypted against printing only, a file opens without a password.
#[test]
fn pdf_that_may_not_be_printed_is_read() {
    assert_eq!(read_fixture("printing-forbidden.pdf"), read_fixture("handbook.pdf"));
}

#[test]
fn pdf_keeps_every_word_once() {
    let written = "Ferry handbook The ferry between Lindholm and Sandvik leaves every forty minutes from six in the morning \
        until ten at night and every twenty minutes while the bridge is closed for inspection Passengers with bicycles \
        board first and wait on the lower deck In a storm of more than nine Beaufort the harbour master not the captain \
        decides whether it sails Fares Zone Adult Child Inner 3 20 1 60 Outer 5 80 2 90 Children under six travel free of \
        charge when an adult is with them Safety Life jackets lie under the benches the crew shows how to fasten them \
        before each crossing of the outer sound Muster at station B Leave luggage behind";
    let mut text = read_fixture("handbook.pdf").unwrap();
    for section in &mut text.sections {
        section.heading_path.clear();
    }
    assert_eq!(words(&text), split(written));
}
