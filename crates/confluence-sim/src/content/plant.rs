//! Plants a source on a site: files become pages in a tree, with titles that are unique in the space.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::front_matter;
use super::headings;
use super::ids;
use super::links::{INDEX_FILES, LinkMap};
use super::markdown;
use super::source::SpaceSource;
use crate::site::model::{Node, NodeKind, SPACE_TYPES, Space, Status, Version};

/// A space with its content, ready to be put on a site.
#[derive(Debug)]
pub(crate) struct Planted {
    pub(crate) space: Space,
    pub(crate) nodes: BTreeMap<u64, Node>,
}

/// A file whose title is known and whose body is not converted yet.
struct Draft<'a> {
    path: &'a str,
    title: String,
    body: &'a str,
    /// Whether the title is the page's own first heading, which then leaves the body.
    heading_is_title: bool,
}

/// Converts every file of `source` and builds the tree.
pub(crate) fn plant(source: &SpaceSource) -> Planted {
    let mut used = UsedIds { key: &source.key, taken: HashSet::new() };
    let space_id = used.id("");
    let drafts = drafts(source);
    let mut links = LinkMap::default();
    for draft in &drafts {
        links.insert(draft.path, &draft.title, headings::anchors(draft.body, draft.heading_is_title));
    }
    let tree = Tree::of(source.files.iter().map(|(path, _)| path.as_str()));
    let ids: BTreeMap<&str, u64> =
        drafts.iter().map(|draft| draft.path).chain(tree.bare_folders()).map(|path| (path, used.id(path))).collect();
    let mut nodes = BTreeMap::new();
    for (path, id) in &ids {
        let parent = tree.parent(path).and_then(|parent| ids.get(parent).copied());
        nodes.insert(*id, new_node(*id, space_id, parent, tree.position(path), path));
    }
    for draft in drafts {
        let Some(node) = ids.get(draft.path).and_then(|id| nodes.get_mut(id)) else { continue };
        node.storage = storage(&draft, &links).into();
        node.title = draft.title;
    }
    let homepage = homepage(source, &tree).and_then(|path| ids.get(path).copied());
    Planted { space: space(source, space_id, homepage), nodes }
}

fn space(source: &SpaceSource, id: u64, homepage: Option<u64>) -> Space {
    Space {
        id,
        key: source.key.clone(),
        name: source.settings.name.clone().unwrap_or_else(|| source.key.clone()),
        description: source.settings.description.clone().unwrap_or_default(),
        kind: kind(source),
        archived: false,
        restricted: false,
        homepage,
        created_at: ids::dates(id).0,
    }
}

fn kind(source: &SpaceSource) -> &'static str {
    let given = source.settings.kind.as_deref();
    let known = SPACE_TYPES.into_iter().find(|kind| Some(*kind) == given);
    known.unwrap_or(if source.key.starts_with('~') { "personal" } else { "global" })
}

/// A page or, where `path` ends with `/`, a folder.
pub(crate) fn new_node(id: u64, space_id: u64, parent: Option<u64>, position: i32, path: &str) -> Node {
    let folder = path.strip_suffix('/');
    let (created_at, modified_at) = ids::dates(id);
    Node {
        id,
        kind: if folder.is_some() { NodeKind::Folder } else { NodeKind::Page },
        space_id,
        parent,
        position,
        title: folder.and_then(|folder| folder.rsplit('/').next()).unwrap_or_default().to_owned(),
        status: Status::Current,
        restricted: false,
        trashed_is_404: false,
        created_at,
        version: Version { number: 1, created_at: modified_at, message: String::new(), minor: false },
        live: false,
        storage: "".into(),
        adf: None,
        labels: Vec::new(),
        history: Vec::new(),
        path: path.to_owned(),
    }
}

fn homepage<'a>(source: &'a SpaceSource, tree: &Tree<'a>) -> Option<&'a str> {
    let named = source.settings.homepage.as_deref().map(|path| path.trim_start_matches("./"));
    named.filter(|path| source.files.iter().any(|(file, _)| file == path)).or_else(|| tree.index_of(""))
}

fn drafts(source: &SpaceSource) -> Vec<Draft<'_>> {
    let mut taken = HashSet::new();
    source.files.iter().map(|(path, content)| draft(path, content, &mut taken)).collect()
}

fn draft<'a>(path: &'a str, content: &'a str, taken: &mut HashSet<String>) -> Draft<'a> {
    let (given, body, heading) = if has_extension(path, "xml") {
        let (title, body) = xml_title(content);
        (title, body, None)
    } else {
        let (title, body) = front_matter::split(content);
        (title, body, markdown::first_heading(body))
    };
    let heading_is_title = heading.is_some() && given.as_ref().is_none_or(|given| Some(given) == heading.as_ref());
    let wanted = given.or(heading).unwrap_or_else(|| stem(path).to_owned());
    Draft { path, title: unique(&clean(&wanted), path, taken), body, heading_is_title }
}

fn storage(draft: &Draft<'_>, links: &LinkMap) -> String {
    if has_extension(draft.path, "xml") {
        return draft.body.to_owned();
    }
    markdown::to_storage(draft.body, draft.heading_is_title, &|href| links.resolve(draft.path, href))
}

/// The title in a first line `<!-- title: … -->`, and the rest.
fn xml_title(content: &str) -> (Option<String>, &str) {
    let content = content.strip_prefix('\u{feff}').unwrap_or(content);
    let found = content.strip_prefix("<!--").and_then(|rest| rest.split_once("-->"));
    match found.and_then(|(comment, rest)| Some((comment.trim().strip_prefix("title:")?.trim(), rest))) {
        Some((title, rest)) => (Some(title.to_owned()), rest.trim_start_matches(['\r', '\n'])),
        None => (None, content),
    }
}

/// A title on one line and of at most 255 characters, which is Confluence's limit.
fn clean(title: &str) -> String {
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    title.chars().filter(|c| crate::escape::is_xml_char(*c)).take(255).collect()
}

/// Titles are unique in a space whatever their case: the second gets its folder, a third its whole path.
fn unique(title: &str, path: &str, taken: &mut HashSet<String>) -> String {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let room = |suffix: &str| title.chars().take(255_usize.saturating_sub(suffix.chars().count())).collect::<String>();
    let with = |suffix: &str| if suffix == " ()" { title.to_owned() } else { room(suffix) + suffix };
    let candidates = [title.to_owned(), with(&format!(" ({folder})")), with(&format!(" ({path})"))];
    let free = candidates.into_iter().find(|title| !title.is_empty() && taken.insert(title.to_lowercase()));
    free.unwrap_or_else(|| path.to_owned())
}

fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let folder = path.rsplit('/').nth(1);
    // The page of a folder is called like the folder.
    folder.filter(|_| INDEX_FILES.contains(&name)).unwrap_or(stem)
}

fn has_extension(path: &str, extension: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, found)| found == extension)
}

struct UsedIds<'a> {
    key: &'a str,
    taken: HashSet<u64>,
}

impl UsedIds<'_> {
    /// The id of a path; in the event of a collision the next free number, so that no page is lost.
    fn id(&mut self, path: &str) -> u64 {
        let mut id = ids::stable(self.key, path);
        while !self.taken.insert(id) {
            id += 1;
        }
        id
    }
}

/// Folders of a source; a folder's name ends with `/`, the root is the empty name.
struct Tree<'a> {
    /// The index file of each folder that holds a page somewhere below.
    folders: BTreeMap<&'a str, Option<&'a str>>,
    positions: BTreeMap<&'a str, i32>,
}

impl<'a> Tree<'a> {
    fn of(paths: impl Iterator<Item = &'a str>) -> Self {
        let paths: BTreeSet<&'a str> = paths.collect();
        let mut folders: BTreeMap<&'a str, Option<&'a str>> = BTreeMap::new();
        for path in &paths {
            let mut folder = folder_of(path);
            while folders.insert(folder, None).is_none() && !folder.is_empty() {
                folder = folder_of(folder);
            }
        }
        for (folder, index) in &mut folders {
            *index = INDEX_FILES.iter().find_map(|name| paths.get(format!("{folder}{name}").as_str()).copied());
        }
        let names: BTreeSet<&'a str> = paths.iter().copied().chain(folders.keys().copied()).collect();
        let positions = names.into_iter().zip(1..).collect();
        Self { folders, positions }
    }

    fn index_of(&self, folder: &str) -> Option<&'a str> {
        self.folders.get(folder).copied().flatten()
    }

    fn bare_folders(&self) -> impl Iterator<Item = &'a str> {
        self.folders.iter().filter(|(name, index)| index.is_none() && !name.is_empty()).map(|(name, _)| *name)
    }

    /// The page or bare folder above `path`: the index of the nearest folder, or that folder itself.
    fn parent(&self, path: &'a str) -> Option<&'a str> {
        let own = folder_of(path);
        let folder = if self.index_of(own) == Some(path) && !own.is_empty() { folder_of(own) } else { own };
        match self.index_of(folder) {
            Some(index) if index == path => None,
            Some(index) => Some(index),
            None => (!folder.is_empty()).then_some(folder),
        }
    }

    /// Where `path` stands among its siblings; the page of a folder stands where the folder does.
    fn position(&self, path: &str) -> i32 {
        let folder = folder_of(path);
        let name = if self.index_of(folder) == Some(path) { folder } else { path };
        self.positions.get(name).copied().unwrap_or(0)
    }
}

/// The folder that a file or folder lies in, with its `/`; empty for the root.
fn folder_of(path: &str) -> &str {
    let inner = path.strip_suffix('/').unwrap_or(path);
    inner.rfind('/').and_then(|at| path.get(..=at)).unwrap_or("")
}
