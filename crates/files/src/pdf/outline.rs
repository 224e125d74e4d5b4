//! The outline of a document, which readers show as its table of contents: the chapters that a page lies in.

use std::collections::{BTreeMap, HashMap, HashSet};

use lopdf::{Dictionary, Document, Object, ObjectId};

/// Entries of an outline, and named places, that are looked at.
const MAX_ENTRIES: usize = 20_000;
/// Levels of an outline or of a tree of names.
const MAX_DEPTH: usize = 12;

/// Chapters by the page that they begin on.
#[derive(Debug)]
pub(super) struct Headings {
    by_page: BTreeMap<u32, Vec<String>>,
}

impl Headings {
    pub(super) fn new(document: &Document, pages: &BTreeMap<u32, ObjectId>) -> Self {
        let numbers = pages.iter().map(|(&number, &id)| (id, number)).collect();
        let mut reader =
            Reader { document, numbers, names: names(document), met: HashSet::new(), by_page: BTreeMap::new() };
        let outlines =
            document.catalog().and_then(|catalog| catalog.get_deref(b"Outlines", document)).and_then(Object::as_dict);
        if let Ok(outlines) = outlines {
            reader.level(outlines, &mut Vec::new());
        }
        Self { by_page: reader.by_page }
    }

    /// The chapters that a page begins, or goes on with; outermost first.
    pub(super) fn at(&mut self, page: u32) -> Vec<String> {
        self.by_page.range(..=page).next_back().map(|(_, path)| path.clone()).unwrap_or_default()
    }
}

struct Reader<'d> {
    document: &'d Document,
    numbers: HashMap<ObjectId, u32>,
    names: HashMap<Vec<u8>, &'d Object>,
    met: HashSet<ObjectId>,
    by_page: BTreeMap<u32, Vec<String>>,
}

impl<'d> Reader<'d> {
    /// The entries below one; an entry that was met before ends the list, which then goes in a circle.
    fn level(&mut self, above: &'d Dictionary, path: &mut Vec<String>) {
        let mut next = above.get(b"First").and_then(Object::as_reference);
        while let Ok(id) = next {
            if self.met.len() >= MAX_ENTRIES || !self.met.insert(id) {
                return;
            }
            let Ok(entry) = self.document.get_dictionary(id) else { return };
            self.entry(entry, path);
            next = entry.get(b"Next").and_then(Object::as_reference);
        }
    }

    fn entry(&mut self, entry: &'d Dictionary, path: &mut Vec<String>) {
        let title = entry.get_deref(b"Title", self.document).and_then(lopdf::decode_text_string).unwrap_or_default();
        path.push(markup::normalize(&title));
        if let Some(page) = self.page(entry) {
            self.by_page
                .entry(page)
                .or_insert_with(|| path.iter().filter(|title| !title.is_empty()).cloned().collect());
        }
        if path.len() < MAX_DEPTH {
            self.level(entry, path);
        }
        path.pop();
    }

    /// The page that an entry opens.
    fn page(&self, entry: &'d Dictionary) -> Option<u32> {
        let document = self.document;
        let action = entry
            .get_deref(b"A", document)
            .and_then(Object::as_dict)
            .and_then(|action| action.get_deref(b"D", document));
        let mut place = entry.get_deref(b"Dest", document).or(action).ok()?;
        if let Object::String(name, _) | Object::Name(name) = place {
            place = self.names.get(name.as_slice())?;
        }
        if let Ok(dictionary) = place.as_dict() {
            place = dictionary.get_deref(b"D", document).ok()?;
        }
        match place.as_array().ok()?.first()? {
            Object::Reference(id) => self.numbers.get(id).copied(),
            Object::Integer(index) => u32::try_from(*index).ok()?.checked_add(1),
            _ => None,
        }
    }
}

/// The places that a document gives names to.
fn names(document: &Document) -> HashMap<Vec<u8>, &Object> {
    let mut names = HashMap::new();
    let Ok(catalog) = document.catalog() else { return names };
    if let Ok(old) = catalog.get_deref(b"Dests", document).and_then(Object::as_dict) {
        for (name, place) in old.iter().take(MAX_ENTRIES) {
            names.extend(document.dereference(place).ok().map(|(_, place)| (name.clone(), place)));
        }
    }
    let tree = catalog.get_deref(b"Names", document).and_then(Object::as_dict);
    if let Ok(root) = tree.and_then(|names| names.get_deref(b"Dests", document)).and_then(Object::as_dict) {
        leaf(document, root, MAX_DEPTH, &mut (&mut names, 0));
    }
    names
}

/// Adds the names below a node of their tree; nodes are counted, since a broken tree may be endless.
fn leaf<'d>(
    document: &'d Document,
    node: &'d Dictionary,
    depth: usize,
    found: &mut (&mut HashMap<Vec<u8>, &'d Object>, usize),
) {
    found.1 += 1;
    let array = |key: &[u8]| node.get_deref(key, document).and_then(Object::as_array).map_or(&[][..], Vec::as_slice);
    for pair in array(b"Names").chunks_exact(2) {
        let [name, place] = pair else { continue };
        if let (Ok(name), Ok((_, place))) = (name.as_str(), document.dereference(place)) {
            found.0.insert(name.to_vec(), place);
        }
    }
    for kid in array(b"Kids") {
        if depth > 0
            && found.1 < MAX_ENTRIES
            && let Ok(kid) = document.dereference(kid).and_then(|(_, kid)| kid.as_dict())
        {
            leaf(document, kid, depth - 1, found);
        }
    }
}
