//! Links between the files of one source, resolved to page titles.

use std::collections::HashMap;

use percent_encoding::percent_decode_str;

/// Index files in order of precedence: the first present is the page of its folder.
pub(crate) const INDEX_FILES: [&str; 5] = ["_index.md", "index.md", "index.xml", "README.md", "readme.md"];

/// A page of the same space, and perhaps a heading on it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct LinkTarget {
    /// `None` for the page that holds the link.
    pub(crate) title: Option<String>,
    pub(crate) anchor: Option<String>,
}

/// The titles and anchors of a source by path.
#[derive(Debug, Default)]
pub(crate) struct LinkMap {
    pages: HashMap<String, (String, HashMap<String, String>)>,
}

impl LinkMap {
    /// Remembers that the file at `path` is the page `title`, and what its headings' slugs became.
    pub(crate) fn insert(&mut self, path: &str, title: &str, anchors: HashMap<String, String>) {
        self.pages.insert(path.to_owned(), (title.to_owned(), anchors));
    }

    /// The page that `href`, written in the file at `from`, points at.
    pub(crate) fn resolve(&self, from: &str, href: &str) -> Option<LinkTarget> {
        let (path, anchor) = href.split_once('#').map_or((href, None), |(path, anchor)| (path, Some(anchor)));
        let anchor = anchor.filter(|anchor| !anchor.is_empty());
        if path.is_empty() {
            let anchor = self.pages.get(from)?.1.get(anchor?)?;
            return Some(LinkTarget { title: None, anchor: Some(anchor.clone()) });
        }
        if path.contains(':') || path.starts_with("//") {
            return None;
        }
        let path = path.split('?').next().unwrap_or(path);
        let path = percent_decode_str(path).decode_utf8().ok()?;
        let joined = join(from, &path)?;
        let (title, anchors) = self.page(&joined)?;
        let anchor = anchor.map(|slug| anchors.get(slug).map_or_else(|| slug.to_owned(), String::clone));
        Some(LinkTarget { title: Some(title.clone()), anchor })
    }

    fn page(&self, path: &str) -> Option<&(String, HashMap<String, String>)> {
        let path = path.trim_end_matches('/');
        let folder = if path.is_empty() { String::new() } else { format!("{path}/") };
        self.pages
            .get(path)
            .or_else(|| self.pages.get(&format!("{path}.md")))
            .or_else(|| INDEX_FILES.iter().find_map(|index| self.pages.get(&format!("{folder}{index}"))))
    }
}

/// `href` seen from the folder of `from`; `None` where it climbs out of the source.
fn join(from: &str, href: &str) -> Option<String> {
    let mut parts: Vec<&str> = if href.starts_with('/') { Vec::new() } else { from.split('/').collect() };
    parts.pop();
    for part in href.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use rstest::rstest;

    use super::{LinkMap, LinkTarget};

    #[rstest]
    #[case("team/a.md", "b.md", Some(("B", None)))]
    #[case("team/a.md", "./b.md#part-two", Some(("B", Some("Part-Two"))))]
    #[case("team/a.md", "./b.md#unknown", Some(("B", Some("unknown"))))]
    #[case("team/b.md", "#part-two", Some(("", Some("Part-Two"))))]
    #[case("team/a.md", "../ops/", Some(("Ops", None)))]
    #[case("team/a.md", "../ops", Some(("Ops", None)))]
    #[case("team/a.md", "/team/b", Some(("B", None)))]
    #[case("team/a.md", "with%20space.md", Some(("Spaced", None)))]
    #[case("team/a.md", "../../out.md", None)]
    #[case("team/a.md", "https://example.com/b.md", None)]
    #[case("team/a.md", "mailto:b.md", None)]
    #[case("team/a.md", "#here", None)]
    #[case("team/a.md", "picture.png", None)]
    fn links(#[case] from: &str, #[case] href: &str, #[case] expected: Option<(&str, Option<&str>)>) {
        let mut map = LinkMap::default();
        map.insert("team/b.md", "B", HashMap::from([("part-two".to_owned(), "Part-Two".to_owned())]));
        map.insert("ops/_index.md", "Ops", HashMap::new());
        map.insert("team/with space.md", "Spaced", HashMap::new());
        let expected = expected.map(|(title, anchor)| LinkTarget {
            title: Some(title.to_owned()).filter(|title| !title.is_empty()),
            anchor: anchor.map(str::to_owned),
        });
        assert_eq!(map.resolve(from, href), expected);
    }
}
