//! Documents that chance wrote, of every node within each other: each word that a reader sees arrives once and in order,
//! each other attribute never.

use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::storage::{Options, Section};

/// A node whose words are not yet chosen: `~` stands for a visible word, `^` for a hidden one.
fn inline() -> impl Strategy<Value = Value> {
    prop::sample::select(vec![
        json!({"type": "text", "text": " ~, "}),
        json!({"type": "text", "text": " ~ ", "marks": [{"type": "link", "attrs": {"href": "^"}}]}),
        json!({"type": "text", "text": " ~! ", "marks": [{"type": "annotation", "attrs": {"id": "^"}}, {"type": "strong"}]}),
        json!({"type": "status", "attrs": {"text": "~", "color": "^", "localId": "^"}}),
        json!({"type": "mention", "attrs": {"id": "^", "text": "@~", "accessLevel": "^"}}),
        json!({"type": "emoji", "attrs": {"shortName": "^", "id": "^", "text": "🚀"}}),
        json!({"type": "date", "attrs": {"timestamp": "1767225600000"}}),
        json!({"type": "hardBreak", "attrs": {"text": "^"}}),
        json!({"type": "placeholder", "attrs": {"text": "^"}}),
        json!({"type": "inlineCard", "attrs": {"url": "https://example.net/~"}}),
        json!({"type": "mediaInline", "attrs": {"id": "^", "collection": "^", "alt": "~"}}),
        json!({"type": "inlineExtension", "attrs": {"extensionKey": "jira", "text": "^", "parameters": {"macroParams": {"server": {"value": "^"}, "key": {"value": "~"}}}}}),
        json!({"type": "inlineExtension", "attrs": {"extensionKey": "anchor", "parameters": {"macroParams": {"": {"value": "^"}}}}}),
    ])
}

fn line() -> impl Strategy<Value = Vec<Value>> {
    vec(inline(), 1..5)
}

fn of(kind: &str, attrs: &Value, content: &[Value]) -> Value {
    json!({"type": kind, "attrs": attrs, "content": content})
}

/// Nodes that are a word in themselves and hold nothing.
fn leaf() -> impl Strategy<Value = Value> {
    prop_oneof![
        4 => line().prop_map(|line| of("paragraph", &json!({"localId": "^"}), &line)),
        2 => (1u8..7, line()).prop_map(|(level, line)| of("heading", &json!({"level": level, "localId": "^"}), &line)),
        1 => vec(line(), 1..3).prop_map(|lines| decisions(&lines)),
        1 => line().prop_map(|line| {
            let media = json!({"type": "media", "attrs": {"id": "^", "type": "file", "alt": "~", "collection": "^"}});
            of("mediaSingle", &json!({"layout": "^"}), &[media, of("caption", &json!({}), &line)])
        }),
        2 => prop::sample::select(vec![
            json!({"type": "rule"}),
            json!({"type": "codeBlock", "attrs": {"language": "sh", "uniqueId": "^"}, "content": [{"type": "text", "text": "if ~\n  then ~"}]}),
            json!({"type": "blockCard", "attrs": {"url": "https://example.net/~"}}),
            json!({"type": "extension", "attrs": {"extensionKey": "toc", "text": "^", "parameters": {"macroParams": {"maxLevel": {"value": "^"}}}}}),
            json!({"type": "extension", "attrs": {"extensionKey": "drawio", "parameters": {"macroParams": {"name": {"value": "^"}}}}}),
            json!({"type": "extension", "attrs": {"extensionKey": "include", "parameters": {"macroParams": {"": {"value": "~"}}}}}),
            json!({"type": "extension", "attrs": {"extensionKey": "plantuml", "parameters": {"macroParams": {"x": {"value": "^"}, "__bodyContent": {"value": "a -> ~"}}}}}),
        ]),
    ]
}

fn decisions(lines: &[Vec<Value>]) -> Value {
    let item = |line: &Vec<Value>| of("decisionItem", &json!({"state": "DECIDED", "localId": "^"}), line);
    of("decisionList", &json!({"localId": "^"}), &lines.iter().map(item).collect::<Vec<_>>())
}

fn block() -> impl Strategy<Value = Value> {
    leaf().prop_recursive(4, 48, 4, |inner| {
        let blocks = || vec(inner.clone(), 1..4);
        let list = prop::sample::select(vec!["bulletList", "orderedList", "layoutSection", "multiBodiedExtension"]);
        let boxed = prop::sample::select(vec![
            ("panel", json!({"panelType": "info", "panelIconText": "^"})),
            ("panel", json!({"panelType": "custom", "panelColor": "^"})),
            ("expand", json!({"title": "~"})),
            ("nestedExpand", json!({"title": "~"})),
            ("blockquote", json!({})),
            ("bodiedExtension", json!({"extensionKey": "excerpt", "text": "^", "parameters": {"macroParams": {"hidden": {"value": "^"}}}})),
            ("bodiedExtension", json!({"extensionKey": "^/static/vendor", "parameters": {"guestParams": {"name": "^"}}})),
            ("bodiedSyncBlock", json!({"resourceId": "^"})),
        ]);
        prop_oneof![
            (list, vec(blocks(), 1..3)).prop_map(|(kind, items)| lists(kind, &items)),
            vec(blocks(), 1..3).prop_map(|tasks| {
                let task = |blocks: &Vec<Value>| of("blockTaskItem", &json!({"state": "TODO", "localId": "^"}), blocks);
                of("taskList", &json!({"localId": "^"}), &tasks.iter().map(task).collect::<Vec<_>>())
            }),
            vec((blocks(), blocks()), 1..3).prop_map(|rows| table(&rows)),
            (boxed, blocks()).prop_map(|((kind, attrs), blocks)| of(kind, &attrs, &blocks)),
        ]
    })
}

fn lists(kind: &str, items: &[Vec<Value>]) -> Value {
    let item = match kind {
        "layoutSection" => "layoutColumn",
        "multiBodiedExtension" => "extensionFrame",
        _ => "listItem",
    };
    of(kind, &json!({}), &items.iter().map(|blocks| of(item, &json!({"localId": "^"}), blocks)).collect::<Vec<_>>())
}

fn table(rows: &[(Vec<Value>, Vec<Value>)]) -> Value {
    let row = |(head, cell): &(Vec<Value>, Vec<Value>)| {
        let attrs = json!({"background": "^", "colspan": 1});
        of("tableRow", &json!({}), &[of("tableHeader", &attrs, head), of("tableCell", &attrs, cell)])
    };
    of("table", &json!({"layout": "^"}), &rows.iter().map(row).collect::<Vec<_>>())
}

/// The document's JSON with numbered words, visible ones in the order in which a reader sees them.
fn written(blocks: &[Value]) -> (String, Vec<String>) {
    let mut content = Value::from(blocks.to_vec());
    let mut seen = 0;
    number(&mut content, &mut seen);
    let adf = json!({"version": 1, "type": "doc", "content": content}).to_string();
    (adf, (0..seen).map(|word| format!("w{word}")).collect())
}

fn number(value: &mut Value, seen: &mut usize) {
    match value {
        Value::String(text) => {
            while text.contains('~') {
                *text = text.replacen('~', &format!("w{seen}"), 1);
                *seen += 1;
            }
            *text = text.replace('^', "h0");
        }
        Value::Array(values) => values.iter_mut().for_each(|value| number(value, seen)),
        // Attributes are seen before content, whatever the order of a map.
        Value::Object(members) => ["type", "text", "attrs", "marks", "content"].iter().for_each(|name| {
            if let Some(value) = members.get_mut(*name) {
                number(value, seen);
            }
        }),
        _ => {}
    }
    if let Value::Object(members) = value {
        let rest = |name: &String| !["type", "text", "attrs", "marks", "content"].contains(&name.as_str());
        members.iter_mut().filter(|(name, _)| rest(name)).for_each(|(_, value)| number(value, seen));
    }
}

fn words(text: &str) -> Vec<String> {
    let words = text.split(|character: char| !character.is_alphanumeric());
    let numbered = words.filter(|word| word.starts_with(['w', 'h']) && word.contains(|c: char| c.is_ascii_digit()));
    numbered.map(str::to_owned).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn each_visible_word_arrives_once_and_in_order(blocks in vec(block(), 1..6)) {
        let (adf, seen) = written(&blocks);
        let converted = super::super::convert(&adf, &Options::new("T"));
        let heading = |section: &Section| section.heading_path.last().cloned().unwrap_or_default();
        let text: Vec<String> = converted
            .sections
            .iter()
            .flat_map(|section| std::iter::once(heading(section)).chain(section.parts.iter().map(|part| part.text.clone())))
            .collect();
        prop_assert_eq!(words(&text.join("\n")), seen, "{}", adf);
        prop_assert_eq!(converted.words.kept, converted.words.visible, "{}", adf);
    }

    /// Cut off anywhere, a document still gives each word before the cut.
    #[test]
    fn a_cut_document_keeps_the_words_before_the_cut(count in 1usize..40, share in 0.0f64..1.0) {
        let paragraphs: Vec<Value> = (0..count).map(|word| of("paragraph", &json!({}), &[json!({"type": "text", "text": format!("w{word}.")})])).collect();
        let adf = of("doc", &json!({}), &paragraphs).to_string();
        let cut = &adf[..(adf.len() as f64 * share) as usize];
        let converted = super::super::convert(cut, &Options::new("T"));
        let text: Vec<_> = converted.sections.iter().flat_map(|section| &section.parts).map(|part| part.text.clone()).collect();
        let whole = words(&text.join("\n"));
        let before = (0..count).filter(|word| cut.contains(&format!("w{word}."))).map(|word| format!("w{word}"));
        prop_assert_eq!(&whole[..before.clone().count()], before.collect::<Vec<_>>(), "{}", cut);
    }
}
