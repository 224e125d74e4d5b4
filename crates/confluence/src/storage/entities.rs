//! Character references and HTML's named entities. Storage format declares none of them, yet uses all.

use std::borrow::Cow;

use quick_xml::escape::{resolve_html5_entity, unescape_with};
use quick_xml::events::BytesRef;

/// The text of a reference (what stands between `&` and `;`); one that means nothing stays as it is written.
pub(super) fn resolve(reference: &str) -> Cow<'static, str> {
    if let Some(text) = resolve_html5_entity(reference) {
        return Cow::Borrowed(text);
    }
    match BytesRef::new(reference).resolve_char_ref() {
        Ok(Some(character)) => Cow::Owned(character.to_string()),
        _ => Cow::Owned(format!("&{reference};")),
    }
}

/// An attribute's value with its references resolved; as it is written where they are broken.
pub(super) fn unescape(value: &str) -> Cow<'_, str> {
    unescape_with(value, resolve_html5_entity).unwrap_or(Cow::Borrowed(value))
}
