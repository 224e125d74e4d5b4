//! Fragments of addresses.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// What a fragment of an address must not hold as it is (RFC 3986, section 3.5), and `%` itself.
const ESCAPED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// A name as the fragment of an address, percent-encoded, without `#`.
pub fn fragment(name: &str) -> String {
    utf8_percent_encode(name, ESCAPED).to_string()
}
