//! Links between the files of one source, resolved to page titles.

use std::collections::HashMap;

use percent_encoding::percent_decode_str;

/// Index files in order of precedence: the first present is the page of its folder.
pub(crate) const INDEX_FILES: [&str; 5] = ["_index.md", "index.md", "index.xml", "README.md", "readme.md"];

/// A page of the same space, and perhaps a heading on it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct LinkTarget {
    pub(crate) title: String,
    pub(crate) anchor: Option<String>,
}

/// The titles of a source by path.
#[derive(Debug, Default)]
pub(crate) struct LinkMap {
    titles: HashMap<String, String>,
}

impl LinkMap {
    /// Remembers that the file at `path` is the page `title`.
    pub(crate) fn insert(&mut self, path: &str, title: &str) {
        self.titles.insert(path.to_owned(), title.to_owned());
    }

    /// The page that `href`, written in the file at `from`, points at.
    pub(crate) fn resolve(&self, from: &str, href: &str) -> Option<LinkTarget> {
        let (path, anchor) = href.split_once('#').map_or((href, None), |(path, anchor)| (path, Some(anchor)));
        if path.is_empty() || path.contains(':') || path.starts_with("//") {
            return None;
        }
        let path = path.split('?').next().unwrap_or(path);
        let path = percent_decode_str(path).decode_utf8().ok()?;
        let joined = join(from, &path)?;
        let title = self.title(&joined)?;
        Some(LinkTarget { title: title.clone(), anchor: anchor.filter(|a| !a.is_empty()).map(str::to_owned) })
    }

    fn title(&self, path: &str) -> Option<&String> {
        let path = path.trim_end_matches('/');
        let folder = if path.is_empty() { String::new() } else { format!("{path}/") };
        self.titles
            .get(path)
            .or_else(|| self.titles.get(&format!("{path}.md")))
            .or_else(|| INDEX_FILES.iter().find_map(|index| self.titles.get(&format!("{folder}{index}"))))
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
    use rstest::rstest;

    use super::{LinkMap, LinkTarget};

    #[rstest]
    #[case("team/a.md", "b.md", Some(("B", None)))]
    #[case("team/a.md", "./b.md#part-two", Some(("B", Some("part-two"))))]
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
        map.insert("team/b.md", "B");
        map.insert("ops/_index.md", "Ops");
        map.insert("team/with space.md", "Spaced");
        let expected =
            expected.map(|(title, anchor)| LinkTarget { title: title.to_owned(), anchor: anchor.map(str::to_owned) });
        assert_eq!(map.resolve(from, href), expected);
    }
}
