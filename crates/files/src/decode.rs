//! Bytes to text.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use crate::ReadError;

/// Text in UTF-8, in UTF-16 with a byte order mark, or else in Windows-1252.
pub(crate) fn text(bytes: &[u8]) -> Result<String, ReadError> {
    checked(decoded(bytes, None))
}

/// A web page, which may name its encoding in its first 1,024 bytes.
pub(crate) fn html(bytes: &[u8]) -> Result<String, ReadError> {
    checked(decoded(bytes, declared(bytes)))
}

fn decoded(bytes: &[u8], declared: Option<&'static Encoding>) -> String {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let rest = bytes.get(mark..).unwrap_or_default();
        return encoding.decode_without_bom_handling(rest).0.into_owned();
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return text.to_owned();
    }
    declared.unwrap_or(WINDOWS_1252).decode_without_bom_handling(bytes).0.into_owned()
}

/// The encoding that a `meta` element names. UTF-8 is not believed: the bytes were found not to be.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = String::from_utf8_lossy(bytes.get(..bytes.len().min(1024))?).to_ascii_lowercase();
    let (_, name) = start.split_once("charset=")?;
    let name = name.trim_start_matches(['"', '\'', ' ']);
    let end = name.find(|end: char| !(end.is_ascii_alphanumeric() || "-_:.".contains(end))).unwrap_or(name.len());
    Encoding::for_label(name.get(..end)?.as_bytes())
        .filter(|&encoding| encoding != UTF_8 && encoding.is_ascii_compatible())
}

/// One control character in so many characters is an accident; more are a binary file.
const RARE: usize = 100;

fn checked(text: String) -> Result<String, ReadError> {
    let binary = ["%PDF-", "PK\u{3}\u{4}", "{\\rtf"].iter().any(|magic| text.starts_with(magic));
    let odd = text.chars().filter(|&character| is_odd(character)).count();
    if binary || text.contains('\0') || odd > text.len() / RARE { Err(ReadError::NotText) } else { Ok(text) }
}

/// Characters that no editor writes: controls other than white space and escape, and what could not be decoded.
fn is_odd(character: char) -> bool {
    (character.is_control() && !matches!(character, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{1b}' | '\u{85}'))
        || character == char::REPLACEMENT_CHARACTER
}
