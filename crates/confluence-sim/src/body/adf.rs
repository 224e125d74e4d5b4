//! Storage format as an Atlassian Document Format (ADF) document. What has no simple counterpart keeps its text.

use serde_json::{Map, Value, json};

use crate::markup::{Element, Markup, parse, plain_text};

/// Converts a body to an ADF document.
pub(crate) fn from_storage(storage: &str) -> Value {
    json!({ "type": "doc", "version": 1, "content": blocks(&parse(storage)) })
}

/// Block nodes; loose inline content between blocks becomes a paragraph.
fn blocks(nodes: &[Markup]) -> Vec<Value> {
    let mut out = Vec::new();
    let mut loose = Vec::new();
    for node in nodes {
        let block = match node {
            Markup::Element(element) => block(element),
            Markup::Text(_) => None,
        };
        match block {
            Some(block) => {
                flush(&mut loose, &mut out);
                out.extend(block);
            }
            None => inline(node, &[], &mut loose),
        }
    }
    flush(&mut loose, &mut out);
    out
}

fn flush(loose: &mut Vec<Value>, out: &mut Vec<Value>) {
    let blank = loose.iter().all(|node| node["text"].as_str().is_some_and(|text| text.trim().is_empty()));
    if !blank {
        out.push(json!({ "type": "paragraph", "content": loose }));
    }
    loose.clear();
}

/// The block nodes of an element, or `None` where it is inline.
fn block(element: &Element) -> Option<Vec<Value>> {
    let children = &element.children;
    Some(match element.name.as_str() {
        "p" => vec![json!({ "type": "paragraph", "content": inlines(children) })],
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => vec![heading(element)],
        "ul" => vec![json!({ "type": "bulletList", "content": items(element) })],
        "ol" => vec![json!({ "type": "orderedList", "attrs": { "order": 1 }, "content": items(element) })],
        "blockquote" => vec![json!({ "type": "blockquote", "content": blocks(children) })],
        "hr" => vec![json!({ "type": "rule" })],
        "pre" => vec![code_block("", &plain_text(children))],
        "table" => vec![json!({ "type": "table", "content": rows(element) })],
        "ac:task-list" => vec![task_list(element)],
        "ac:structured-macro" if element.attribute("ac:name") == "status" => return None,
        "ac:structured-macro" => vec![macro_block(element)],
        "div" | "section" | "ac:layout" | "ac:layout-section" | "ac:layout-cell" => blocks(children),
        _ => return None,
    })
}

fn heading(element: &Element) -> Value {
    let level: u8 = element.name.trim_start_matches('h').parse().unwrap_or(1);
    json!({ "type": "heading", "attrs": { "level": level }, "content": inlines(&element.children) })
}

fn code_block(language: &str, text: &str) -> Value {
    let mut node = json!({ "type": "codeBlock", "content": [{ "type": "text", "text": text }] });
    if !language.is_empty() {
        node["attrs"] = json!({ "language": language });
    }
    node
}

fn items(list: &Element) -> Vec<Value> {
    let items = list.elements().filter(|item| item.name == "li");
    items.map(|item| json!({ "type": "listItem", "content": blocks(&item.children) })).collect()
}

fn rows(table: &Element) -> Vec<Value> {
    let bodies =
        table.elements().flat_map(|part| if part.name == "tr" { vec![part] } else { part.elements().collect() });
    bodies.filter(|row| row.name == "tr").map(|row| json!({ "type": "tableRow", "content": cells(row) })).collect()
}

fn cells(row: &Element) -> Vec<Value> {
    let cells = row.elements().filter(|cell| cell.name == "td" || cell.name == "th");
    cells.map(cell).collect()
}

fn cell(cell: &Element) -> Value {
    let kind = if cell.name == "th" { "tableHeader" } else { "tableCell" };
    let mut attributes = Map::new();
    for span in ["colspan", "rowspan"] {
        if let Ok(count) = cell.attribute(span).parse::<u16>() {
            attributes.insert(span.to_owned(), count.into());
        }
    }
    json!({ "type": kind, "attrs": attributes, "content": blocks(&cell.children) })
}

fn task_list(list: &Element) -> Value {
    let tasks = list.elements().filter(|task| task.name == "ac:task").map(|task| {
        let text = |name| task.child(name).map(|child| plain_text(&child.children)).unwrap_or_default();
        let state = if text("ac:task-status") == "complete" { "DONE" } else { "TODO" };
        let body = task.child("ac:task-body").map(|body| inlines(&body.children)).unwrap_or_default();
        json!({ "type": "taskItem", "attrs": { "localId": text("ac:task-id"), "state": state }, "content": body })
    });
    json!({ "type": "taskList", "attrs": { "localId": "" }, "content": tasks.collect::<Vec<_>>() })
}

fn macro_block(element: &Element) -> Value {
    let name = element.attribute("ac:name");
    if let Some(text) = element.child("ac:plain-text-body") {
        return code_block(&element.parameter("language"), &plain_text(&text.children));
    }
    let body = element.child("ac:rich-text-body").map(|body| blocks(&body.children));
    match (name, body) {
        ("info" | "note" | "warning" | "tip" | "panel", Some(body)) => {
            let kind = if name == "tip" { "success" } else { name };
            json!({ "type": "panel", "attrs": { "panelType": kind }, "content": body })
        }
        ("expand", Some(body)) => {
            json!({ "type": "expand", "attrs": { "title": element.parameter("title") }, "content": body })
        }
        (_, body) => extension(element, body),
    }
}

fn extension(element: &Element, body: Option<Vec<Value>>) -> Value {
    let parameters = element.elements().filter(|child| child.name == "ac:parameter");
    let parameters: Map<String, Value> = parameters
        .map(|child| (child.attribute("ac:name").to_owned(), json!({ "value": plain_text(&child.children) })))
        .collect();
    let kind = if body.is_some() { "bodiedExtension" } else { "extension" };
    let mut node = json!({ "type": kind, "attrs": {
        "extensionType": "com.atlassian.confluence.macro.core",
        "extensionKey": element.attribute("ac:name"),
        "parameters": { "macroParams": parameters },
    } });
    if let Some(body) = body {
        node["content"] = Value::Array(body);
    }
    node
}

fn inlines(nodes: &[Markup]) -> Vec<Value> {
    let mut out = Vec::new();
    for node in nodes {
        inline(node, &[], &mut out);
    }
    out
}

fn inline(node: &Markup, marks: &[Value], out: &mut Vec<Value>) {
    let element = match node {
        Markup::Text(text) => return push_text(text, marks, out),
        Markup::Element(element) => element,
    };
    let mark = match element.name.as_str() {
        "strong" | "b" => json!({ "type": "strong" }),
        "em" | "i" => json!({ "type": "em" }),
        "code" => json!({ "type": "code" }),
        "del" | "s" => json!({ "type": "strike" }),
        "u" => json!({ "type": "underline" }),
        "sub" | "sup" => json!({ "type": "subsup", "attrs": { "type": element.name } }),
        "a" => json!({ "type": "link", "attrs": { "href": element.attribute("href") } }),
        _ => return special(element, marks, out),
    };
    let marks: Vec<Value> = marks.iter().cloned().chain([mark]).collect();
    for child in &element.children {
        inline(child, &marks, out);
    }
}

fn special(element: &Element, marks: &[Value], out: &mut Vec<Value>) {
    match element.name.as_str() {
        "br" => out.push(json!({ "type": "hardBreak" })),
        "time" => push_text(element.attribute("datetime"), marks, out),
        "ac:emoticon" => push_text(element.attribute("ac:emoji-fallback"), marks, out),
        "ac:image" => push_text(&format!("[image: {}]", element.attribute("ac:alt")), marks, out),
        "ac:structured-macro" => {
            let text = element.parameter("title");
            out.push(json!({ "type": "status", "attrs": { "text": text, "color": "neutral" } }));
        }
        "ac:link" if element.child("ac:link-body").is_none() && element.child("ac:plain-text-link-body").is_none() => {
            push_text(element.child("ri:page").map_or("", |page| page.attribute("ri:content-title")), marks, out);
        }
        "ac:parameter" | "ac:placeholder" | "ri:page" => {}
        _ => element.children.iter().for_each(|child| inline(child, marks, out)),
    }
}

fn push_text(text: &str, marks: &[Value], out: &mut Vec<Value>) {
    if text.is_empty() {
        return;
    }
    let mut node = json!({ "type": "text", "text": text });
    if !marks.is_empty() {
        node["marks"] = Value::Array(marks.to_vec());
    }
    out.push(node);
}

#[cfg(test)]
mod tests {
    use super::from_storage;

    #[test]
    fn a_page_becomes_a_document() {
        let storage = "<h2>Steps</h2><p>Do <strong>this</strong><br />now</p><ul><li>one</li></ul>\
            <ac:structured-macro ac:name=\"code\"><ac:parameter ac:name=\"language\">sql</ac:parameter>\
            <ac:plain-text-body><![CDATA[a]]]]><![CDATA[>b]]></ac:plain-text-body></ac:structured-macro>";
        insta::assert_snapshot!(from_storage(storage), @r#"{"content":[{"attrs":{"level":2},"content":[{"text":"Steps","type":"text"}],"type":"heading"},{"content":[{"text":"Do ","type":"text"},{"marks":[{"type":"strong"}],"text":"this","type":"text"},{"type":"hardBreak"},{"text":"now","type":"text"}],"type":"paragraph"},{"content":[{"content":[{"content":[{"text":"one","type":"text"}],"type":"paragraph"}],"type":"listItem"}],"type":"bulletList"},{"attrs":{"language":"sql"},"content":[{"text":"a]]>b","type":"text"}],"type":"codeBlock"}],"type":"doc","version":1}"#);
    }
}
