//! Whatever the bytes are, reading them ends with an answer.

use std::path::Path;

use files::Format;
use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, Stream, dictionary};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::shown::{fixture, shown};

const FORMATS: [Format; 7] =
    [Format::Markdown, Format::Text, Format::Html, Format::Pdf, Format::Docx, Format::Csv, Format::Xlsx];
const FIXTURES: [&str; 6] =
    ["handbook.pdf", "columns.pdf", "printing-forbidden.pdf", "orchard.docx", "fleet.xlsx", "prices.csv"];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn random_bytes(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        for format in FORMATS {
            let _ = files::read(&bytes, format);
        }
        let pdf = [b"%PDF-1.4\n".as_slice(), &bytes].concat();
        let _ = files::read(&pdf, Format::Pdf);
    }

    #[test]
    fn random_markup(text in "(<[/a-z0-9 =\"]{0,9}>|[#|*`\\-\\[\\]>!&;:~ \n\t]{1,4}|[a-zé]{1,5}|\\PC){0,200}") {
        for format in [Format::Markdown, Format::Text, Format::Html, Format::Csv] {
            if let Ok(read) = files::read(text.as_bytes(), format) {
                prop_assert!(read.sections.iter().all(|section| section.parts.iter().all(|part| !part.text.is_empty())));
            }
        }
    }

    #[test]
    fn mutated_fixtures(
        name in prop::sample::select(FIXTURES.to_vec()),
        changes in prop::collection::vec((any::<Index>(), any::<u8>()), 1..12),
        cut in prop::option::weighted(0.2, any::<Index>()),
    ) {
        let mut bytes = fixture(name);
        for (index, byte) in changes {
            let at = index.index(bytes.len());
            bytes[at] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        let _ = files::read(&bytes, Format::of(Path::new(name)).unwrap());
    }
}

/// A page whose form shows itself, below a tree that is its own parent.
fn endless() -> Vec<u8> {
    let mut document = Document::with_version("1.5");
    let font = document.add_object(dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" });
    let show = |extra: &str| {
        let text = vec![
            Operation::new("BT", vec![]),
            Operation::new("Tf", vec!["F".into(), 12.into()]),
            Operation::new("Tj", vec![Object::string_literal("around")]),
            Operation::new("ET", vec![]),
            Operation::new("Do", vec![extra.into()]),
            Operation::new("Do", vec![extra.into()]),
        ];
        Content { operations: text }.encode().unwrap()
    };
    let form = document.new_object_id();
    let resources = dictionary! { "Font" => dictionary! { "F" => font }, "XObject" => dictionary! { "X" => form } };
    let stream = Stream::new(
        dictionary! { "Type" => "XObject", "Subtype" => "Form", "Resources" => resources.clone() },
        show("X"),
    );
    document.set_object(form, stream);
    let content = document.add_object(Stream::new(Dictionary::new(), show("X")));
    let tree = document.new_object_id();
    let page = document.add_object(
        dictionary! { "Type" => "Page", "Parent" => tree, "Contents" => content, "Resources" => resources },
    );
    let outline = document.new_object_id();
    document.set_object(
        outline,
        dictionary! { "Title" => Object::string_literal("Circle"), "First" => outline, "Next" => outline, "Dest" => vec![page.into()] },
    );
    document.set_object(
        tree,
        dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1, "Parent" => tree },
    );
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree, "Outlines" => outline });
    document.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

#[test]
fn circles_in_a_pdf_end() {
    let read = files::read(&endless(), Format::Pdf).unwrap();
    assert!(shown(&read).starts_with("== Circle > Page 1 #page=1\n-- prose\naround"));
}
