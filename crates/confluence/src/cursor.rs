//! The paging cursor of a list.
//!
//! A next link is host-relative without the gateway's path, its cursor is not percent-encoded (`…=&depth=all`) and not
//! always last. So the link is never followed: the cursor is taken out, decoded once, and put into a request of our own.

use std::borrow::Cow;
use std::hash::{DefaultHasher, Hash, Hasher};

use percent_encoding::percent_decode_str;

use crate::error::{BodyProblem, Error};
use crate::wire::ListLinks;

/// The cursor of the next answer: from `_links.next`, else from the `Link` header. `None` only where neither has a next
/// link; a next link without a cursor is an error, because the list goes on.
pub(crate) fn next(links: &ListLinks, header: Option<&str>) -> Result<Option<String>, Error> {
    let link = links.next.as_deref().or_else(|| header.and_then(next_of_header));
    link.map(|link| of_link(link).ok_or(Error::UnexpectedBody { problem: BodyProblem::NextLink })).transpose()
}

/// The `cursor` parameter of a link, decoded once. A `+` stays: the server does not form-encode.
fn of_link(link: &str) -> Option<String> {
    let (_, query) = link.split_once('?')?;
    let query = query.split_once('#').map_or(query, |(query, _)| query);
    let value = query.split('&').find_map(|pair| pair.strip_prefix("cursor="))?;
    let cursor: Cow<'_, str> = percent_decode_str(value).decode_utf8().ok()?;
    (!cursor.is_empty()).then(|| cursor.into_owned())
}

/// The target of `rel="next"` in `</wiki/…?cursor=…>; rel="next", <https://…>; rel="base"`.
fn next_of_header(header: &str) -> Option<&str> {
    let mut rest = header;
    while let Some((_, after)) = rest.split_once('<') {
        let (target, after) = after.split_once('>')?;
        let parameters = after.split('<').next().unwrap_or_default();
        if parameters.split([';', ',']).any(|parameter| matches!(parameter.trim(), "rel=\"next\"" | "rel=next")) {
            return Some(target);
        }
        rest = after;
    }
    None
}

/// A cursor's fingerprint, so that a long list remembers its cursors in little memory.
pub(crate) fn fingerprint(cursor: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    cursor.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;
    use url::Url;

    use super::*;

    fn links(next: Option<&str>) -> ListLinks {
        ListLinks { next: next.map(str::to_owned), base: None }
    }

    #[rstest]
    #[case::raw_not_last("/wiki/api/v2/spaces/X/pages?cursor=eyJpZCI6Mzd9=&depth=all&limit=100", "eyJpZCI6Mzd9=")]
    #[case::encoded("/wiki/api/v2/pages?limit=5&cursor=eyJpZCI6Mzd9%3D%3D", "eyJpZCI6Mzd9==")]
    #[case::plus("/wiki/api/v2/pages?cursor=a+b/c=", "a+b/c=")]
    #[case::whole("https://x.atlassian.net/wiki/api/v2/pages?cursor=abc#f", "abc")]
    #[case::opaque("/rest/api/search?cursor=_t_WyJcd&x=cursor=no", "_t_WyJcd")]
    #[case::twice_encoded("/p?cursor=%253D", "%3D")]
    fn takes_the_cursor_out_of_a_link(#[case] link: &str, #[case] cursor: &str) {
        assert_eq!(next(&links(Some(link)), None).expect("a cursor").as_deref(), Some(cursor));
    }

    #[rstest]
    #[case(
        r#"</wiki/api/v2/pages?cursor=ab=&limit=2>; rel="next", <https://s.atlassian.net/wiki>; rel="base""#,
        Some("ab=")
    )]
    #[case(r#"<https://s.atlassian.net/wiki>; rel="base", </wiki/api/v2/pages?cursor=c>; rel=next"#, Some("c"))]
    #[case(r#"<https://s.atlassian.net/wiki>; rel="base""#, None)]
    #[case("<broken", None)]
    fn falls_back_to_the_header(#[case] header: &str, #[case] cursor: Option<&str>) {
        assert_eq!(next(&links(None), Some(header)).expect("reads").as_deref(), cursor);
    }

    #[rstest]
    #[case("/wiki/api/v2/pages?limit=5")]
    #[case("/wiki/api/v2/pages?cursor=")]
    #[case("/wiki/api/v2/pages?cursor=%ff")]
    #[case("")]
    fn a_next_link_without_cursor_is_no_end(#[case] link: &str) {
        assert!(next(&links(Some(link)), None).is_err());
    }

    proptest! {
        #[test]
        fn no_link_panics(link in ".*", header in ".*") {
            let _ = next(&links(Some(&link)), Some(&header));
            let _ = next(&links(None), Some(&header));
        }

        #[test]
        fn a_cursor_survives_raw_links_of_its_own_alphabet(cursor in "[A-Za-z0-9+/_-]{1,80}={0,2}", tail in "(&[a-z]+=[a-z0-9]*){0,3}") {
            let link = format!("/wiki/api/v2/pages?limit=3&cursor={cursor}{tail}");
            prop_assert_eq!(next(&links(Some(&link)), None).expect("reads"), Some(cursor));
        }

        #[test]
        fn any_cursor_survives_our_own_encoding(cursor in ".+") {
            let mut url = Url::parse("https://x/").expect("a URL");
            url.query_pairs_mut().append_pair("limit", "3").append_pair("cursor", &cursor);
            let sent = url.query_pairs().find(|(name, _)| name == "cursor").map(|(_, value)| value.into_owned());
            prop_assert_eq!(sent, Some(cursor));
        }
    }
}
