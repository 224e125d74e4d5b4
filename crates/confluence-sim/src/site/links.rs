//! The web addresses of content, as `_links` carries them.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use url::form_urlencoded::byte_serialize;

use super::model::{Node, NodeKind, Space};

/// Path of a page or folder below the site's base: `/spaces/KEY/pages/ID/Title`, or the overview for a home page.
pub(crate) fn webui(space: &Space, node: &Node) -> String {
    match node.kind {
        NodeKind::Folder => format!("/spaces/{}/folder/{}", space.key, node.id),
        NodeKind::Page if space.homepage == Some(node.id) => overview(space),
        NodeKind::Page => format!("/spaces/{}/pages/{}/{}", space.key, node.id, title_part(&node.title)),
    }
}

/// Path of a space's home.
pub(crate) fn overview(space: &Space) -> String {
    format!("/spaces/{}/overview", space.key)
}

/// A title in a path: spaces become `+`, the rest is percent-encoded.
fn title_part(title: &str) -> String {
    byte_serialize(title.as_bytes()).collect()
}

/// The short link of an id: `/x/` and the base64 of the little-endian id, trailing `A` and `=` dropped (295028 is
/// `/x/dIAE`). `/` and `+` become `-` and `_`, so that it stays one path segment.
pub(crate) fn tiny(id: u64) -> String {
    let encoded = STANDARD.encode(id.to_le_bytes()).replace('/', "-").replace('+', "_");
    format!("/x/{}", encoded.trim_end_matches(['A', '=']))
}

/// The id of a short link's last segment.
pub(crate) fn from_tiny(code: &str) -> Option<u64> {
    let code = code.replace('-', "/").replace('_', "+");
    let bytes = STANDARD.decode(format!("{code:A<11}=")).ok()?;
    Some(u64::from_le_bytes(bytes.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{prop_assert_eq, proptest};

    use super::{from_tiny, tiny};

    #[test]
    fn a_recorded_short_link() {
        assert_eq!(tiny(295_028), "/x/dIAE");
    }

    proptest! {
        #[test]
        fn a_short_link_finds_its_id(id in 1_u64..(1 << 53)) {
            prop_assert_eq!(from_tiny(tiny(id).trim_start_matches("/x/")), Some(id));
        }
    }
}
