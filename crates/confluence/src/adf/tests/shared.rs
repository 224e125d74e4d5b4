//! The shared documents: every text node arrives once, in order.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::storage::Options;

fn documents() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().map(|folder| folder.join("shared"));
    let named = std::env::var_os("COAGENTOR_SHARED").map(PathBuf::from);
    let folders = named.into_iter().chain(beside).map(|shared| shared.join("confluence/fixtures/adf"));
    folders.into_iter().find(|folder| folder.is_dir())
}

/// Words of all text nodes and of the attributes that a reader sees, wherever they stand.
fn collect(value: &Value, words: &mut Vec<String>) {
    let kind = value.get("type").and_then(Value::as_str).unwrap_or_default();
    let shown = value.get("text").or_else(|| match kind {
        "status" | "mention" | "emoji" => value.pointer("/attrs/text"),
        "expand" => value.pointer("/attrs/title"),
        "inlineCard" => value.pointer("/attrs/url"),
        "media" => value.pointer("/attrs/alt"),
        _ => None,
    });
    words.extend(
        shown.and_then(Value::as_str).unwrap_or_default().split(|c: char| !c.is_alphanumeric()).map(str::to_owned),
    );
    let content = if value.is_array() { Some(value) } else { value.get("content") };
    content.and_then(Value::as_array).into_iter().flatten().for_each(|node| collect(node, words));
}

/// Whether the words stand in the text in this order.
fn missing<'w>(words: &'w [String], text: &str) -> Option<&'w str> {
    let mut rest = text;
    for word in words {
        match rest.find(word.as_str()) {
            Some(at) => rest = &rest[at + word.len()..],
            None => return Some(word),
        }
    }
    None
}

#[test]
fn shared_documents_keep_every_word_in_order() {
    let Some(folder) = documents() else {
        println!("skipped: no shared data");
        return;
    };
    let mut read = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let adf = std::fs::read_to_string(&path).unwrap();
        let mut words = Vec::new();
        collect(&serde_json::from_str(&adf).unwrap(), &mut words);
        let converted = super::super::convert(&adf, &Options::new("Page"));
        let sections = converted.sections.iter();
        let text: String = sections
            .flat_map(|section| {
                section.heading_path.last().into_iter().chain(section.parts.iter().map(|part| &part.text))
            })
            .fold(String::new(), |text, part| text + part + "\n");
        assert_eq!(missing(&words, &text), None, "{}: {text}", path.display());
        assert!(converted.words.kept * 100 <= converted.words.visible * 105 + 1000, "{}", path.display());
        read += 1;
    }
    assert!(read > 50, "only {read} documents");
    println!("{read} documents, every word in order");
}
