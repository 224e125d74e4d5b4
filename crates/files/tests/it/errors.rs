//! Files that cannot be read, and why.

use std::path::Path;

use files::{Format, ReadError};
use rstest::rstest;

use crate::shown::{fixture, read_fixture};

#[rstest]
#[case("encrypted.pdf", "encrypted")]
#[case("scanned.pdf", "scanned")]
#[case("damaged.docx", "damaged")]
fn fixtures(#[case] name: &str, #[case] code: &str) {
    let error = read_fixture(name).unwrap_err();
    assert_eq!(error.code(), code, "{error}");
    assert!(error.hint().ends_with('.'));
}

#[rstest]
#[case(b"", Format::Pdf, "empty")]
#[case(b" \n\t", Format::Text, "empty")]
#[case(b"---\ntags: [a]\n---\n", Format::Markdown, "empty")]
#[case(b"<script>alert(1)</script>", Format::Html, "empty")]
#[case(b",,\n,,\n", Format::Csv, "empty")]
#[case(b"\x89PNG\r\n\x1a\n\x00\x00", Format::Text, "not_text")]
#[case(b"%PDF-1.7\nhello", Format::Markdown, "not_text")]
#[case(b"PK\x03\x04hello", Format::Csv, "not_text")]
#[case(b"\x01\x02\x03\x04abc", Format::Html, "not_text")]
#[case(b"hello", Format::Pdf, "damaged")]
#[case(b"%PDF-1.7\nhello", Format::Pdf, "damaged")]
#[case(b"hello", Format::Docx, "damaged")]
#[case(b"hello", Format::Xlsx, "damaged")]
#[case(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 Word.Document.8", Format::Docx, "damaged")]
fn small_files(#[case] bytes: &[u8], #[case] format: Format, #[case] code: &str) {
    assert_eq!(files::read(bytes, format).unwrap_err().code(), code);
}

/// Word and Excel put an encrypted file into a container of the old kind.
#[rstest]
#[case(Format::Docx)]
#[case(Format::Xlsx)]
fn encrypted_office_file(#[case] format: Format) {
    let mut bytes = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    bytes.resize(1024, 0);
    bytes.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(files::read(&bytes, format), Err(ReadError::Encrypted));
}

#[test]
fn a_file_of_the_other_office_program_is_damaged() {
    assert_eq!(files::read(&fixture("fleet.xlsx"), Format::Docx).unwrap_err().code(), "damaged");
    assert_eq!(files::read(&fixture("orchard.docx"), Format::Xlsx).unwrap_err().code(), "damaged");
}

#[test]
fn a_file_above_its_limit_is_not_looked_at() {
    let bytes = vec![b'a'; Format::Markdown.limit() + 1];
    assert_eq!(files::read(&bytes, Format::Markdown), Err(ReadError::TooLarge { limit: Format::Markdown.limit() }));
}

#[rstest]
#[case("a.MD", Some(Format::Markdown))]
#[case("b/notes.markdown", Some(Format::Markdown))]
#[case("c.Txt", Some(Format::Text))]
#[case("d.HTM", Some(Format::Html))]
#[case("e.pdf", Some(Format::Pdf))]
#[case("f.docx", Some(Format::Docx))]
#[case("g.tsv", Some(Format::Csv))]
#[case("h.xlsx", Some(Format::Xlsx))]
#[case("i.doc", None)]
#[case("j.log", None)]
#[case("README", None)]
#[case(".md", None)]
fn formats(#[case] name: &str, #[case] format: Option<Format>) {
    assert_eq!(Format::of(Path::new(name)), format);
}
