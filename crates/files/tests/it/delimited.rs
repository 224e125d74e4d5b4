//! Tables in text.

use files::{Format, PartKind};
use rstest::rstest;

use crate::shown::read_text;

#[rstest]
#[case("a,b\n1,2\n", "a | b\n1 | 2", 1)]
#[case("a;b\n1,5;2,5\n", "a | b\n1,5 | 2,5", 1)]
#[case("1,5;2,5\n3,5;4,5\n", "1,5 | 2,5\n3,5 | 4,5", 0)]
#[case("a\tb\nx, y\tz; w\n", "a | b\nx, y | z; w", 1)]
#[case("a|b\n1|2\n", "a | b\n1 | 2", 1)]
#[case("sep=;\na;b,c\n1;2\n", "a | b,c\n1 | 2", 1)]
#[case("name,\"say \"\"hi\"\"\",\"two\nlines\"\n1,2,3\n", "name | say \"hi\" | two lines\n1 | 2 | 3", 1)]
#[case("a,b,c\n1,2\n\n3,4,5,6\n", "a | b | c |\n1 | 2 |  |\n3 | 4 | 5 | 6", 1)]
#[case("a,,b\n1,,2\n", "a | b\n1 | 2", 1)]
#[case("year,2024,2025\nx,1,2\n", "year | 2024 | 2025\nx | 1 | 2", 1)]
#[case("one\ntwo\n", "one\ntwo", 0)]
fn tables(#[case] text: &str, #[case] rows: &str, #[case] header_rows: usize) {
    let read = read_text(text, Format::Csv);
    let part = &read.sections[0].parts[0];
    assert_eq!((part.text.as_str(), part.kind), (rows, PartKind::Table { header_rows }));
}

#[test]
fn rows_beyond_the_limit_are_a_named_loss() {
    let text: String =
        std::iter::once("id,name\n".to_owned()).chain((0..20_004).map(|id| format!("{id},x\n"))).collect();
    let read = read_text(&text, Format::Csv);
    assert_eq!(read.sections[0].parts[0].text.lines().count(), 20_000);
    assert_eq!((read.losses[0].element.as_str(), read.losses[0].count), ("row beyond the limit", 5));
}
