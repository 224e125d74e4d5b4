//! Storage format as HTML: the `view` representation and the simulated web page.

use std::fmt::Write;

use crate::escape;
use crate::markup::{Element, Markup, parse, plain_text};

/// Finds the address of a page by its title, and by a space key where the link names one.
pub(crate) type PageUrl<'a> = dyn Fn(&str, &str) -> Option<String> + 'a;

/// Elements that mean the same in both formats.
const SHARED: &[&str] = &[
    "p",
    "ul",
    "ol",
    "li",
    "strong",
    "em",
    "b",
    "i",
    "u",
    "s",
    "del",
    "code",
    "pre",
    "sub",
    "sup",
    "blockquote",
    "table",
    "tbody",
    "thead",
    "tr",
    "small",
    "span",
    "div",
    "br",
    "hr",
    "dl",
    "dt",
    "dd",
];

/// Renders a body as safe HTML: only known elements, no attributes but those written here, links to http, https, mailto.
pub(crate) fn render(storage: &str, page_url: &PageUrl<'_>) -> String {
    let mut writer = Writer { out: String::with_capacity(storage.len() * 2), anchors: Anchors::default(), page_url };
    writer.nodes(&parse(storage));
    writer.out
}

/// Ids of headings by the rule of the new editor: each space becomes `-`, a repeated heading gets `.1`, `.2` after it.
#[derive(Debug, Default)]
pub(crate) struct Anchors {
    seen: std::collections::HashMap<String, usize>,
}

impl Anchors {
    /// The id of the next heading of this text.
    pub(crate) fn next(&mut self, heading: &str) -> String {
        let id: String = heading.trim().chars().map(|c| if c.is_whitespace() { '-' } else { c }).collect();
        let count = self.seen.entry(id.clone()).and_modify(|count| *count += 1).or_insert(0);
        if *count == 0 { id } else { format!("{id}.{count}") }
    }
}

struct Writer<'a> {
    out: String,
    anchors: Anchors,
    page_url: &'a PageUrl<'a>,
}

impl Writer<'_> {
    fn nodes(&mut self, nodes: &[Markup]) {
        for node in nodes {
            match node {
                Markup::Text(text) => escape::push_text(&mut self.out, text),
                Markup::Element(element) => self.element(element),
            }
        }
    }

    fn element(&mut self, element: &Element) {
        match element.name.as_str() {
            "br" | "hr" => {
                let _ = write!(self.out, "<{}>", element.name);
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading(element),
            "td" | "th" => self.cell(element),
            "a" => self.anchor(element),
            "ac:link" => self.link(element),
            "ac:image" => self.image(element),
            "ac:task-list" => self.wrapped("ul", &element.children),
            "ac:task" => self.task(element),
            "ac:structured-macro" | "ac:macro" => self.macro_body(element),
            "ac:emoticon" => escape::push_text(&mut self.out, element.attribute("ac:emoji-fallback")),
            "time" => escape::push_text(&mut self.out, element.attribute("datetime")),
            "ac:parameter" | "ac:placeholder" | "ac:task-id" | "ac:adf-fallback" | "colgroup" => {}
            name if SHARED.contains(&name) => self.wrapped(name, &element.children),
            _ => self.nodes(&element.children),
        }
    }

    fn wrapped(&mut self, name: &str, children: &[Markup]) {
        let _ = write!(self.out, "<{name}>");
        self.nodes(children);
        let _ = write!(self.out, "</{name}>");
    }

    fn heading(&mut self, element: &Element) {
        let id = self.anchors.next(&plain_text(&element.children));
        let _ = write!(self.out, "<{} id=\"{}\">", element.name, escape::text(&id));
        self.nodes(&element.children);
        let _ = write!(self.out, "</{}>", element.name);
    }

    fn cell(&mut self, element: &Element) {
        let _ = write!(self.out, "<{}", element.name);
        for span in ["rowspan", "colspan"] {
            if let Ok(count) = element.attribute(span).parse::<u16>() {
                let _ = write!(self.out, " {span}=\"{count}\"");
            }
        }
        self.out.push('>');
        self.nodes(&element.children);
        let _ = write!(self.out, "</{}>", element.name);
    }

    fn anchor(&mut self, element: &Element) {
        let href = element.attribute("href");
        if ["http://", "https://", "mailto:"].iter().any(|scheme| href.starts_with(scheme)) {
            self.linked(&escape::text(href), &element.children);
        } else {
            self.nodes(&element.children);
        }
    }

    fn linked(&mut self, href: &str, body: &[Markup]) {
        let _ = write!(self.out, "<a href=\"{href}\" rel=\"noreferrer\">");
        self.nodes(body);
        self.out.push_str("</a>");
    }

    fn link(&mut self, element: &Element) {
        let page = element.child("ri:page");
        let title = page.map_or("", |page| page.attribute("ri:content-title"));
        let url = page.and_then(|page| (self.page_url)(page.attribute("ri:space-key"), title));
        let anchor = element.attribute("ac:anchor");
        let anchor = if anchor.is_empty() { String::new() } else { format!("#{}", escape::text(anchor)) };
        let fallback = [Markup::Text(title.to_owned())];
        let body = element.child("ac:link-body").or_else(|| element.child("ac:plain-text-link-body"));
        let body = body.map_or(fallback.as_slice(), |body| body.children.as_slice());
        match url {
            Some(url) => self.linked(&(escape::text(&url) + &anchor), body),
            None if !anchor.is_empty() && page.is_none() => self.linked(&anchor, body),
            None => self.nodes(body),
        }
    }

    fn image(&mut self, element: &Element) {
        let file = element.child("ri:attachment").map_or("", |file| file.attribute("ri:filename"));
        let alt = element.attribute("ac:alt");
        let label = if alt.is_empty() { file } else { alt };
        escape::push_text(&mut self.out, &format!("[image: {label}]"));
    }

    fn task(&mut self, element: &Element) {
        let done = element.child("ac:task-status").is_some_and(|status| plain_text(&status.children) == "complete");
        self.out.push_str(if done { "<li>☑ " } else { "<li>☐ " });
        self.nodes(element.child("ac:task-body").map_or(&[], |body| body.children.as_slice()));
        self.out.push_str("</li>");
    }

    fn macro_body(&mut self, element: &Element) {
        let name = element.attribute("ac:name");
        if let Some(text) = element.child("ac:plain-text-body") {
            let language = element.parameter("language");
            let _ = write!(self.out, "<pre><code class=\"language-{}\">", escape::text(&language));
            escape::push_text(&mut self.out, &plain_text(&text.children));
            self.out.push_str("</code></pre>");
            return;
        }
        let title = element.parameter("title");
        if name == "status" {
            escape::push_text(&mut self.out, &title);
            return;
        }
        let Some(body) = element.child("ac:rich-text-body") else { return };
        let _ = write!(self.out, "<div class=\"panel {}\">", escape::text(name));
        if !title.is_empty() {
            self.wrapped("strong", &[Markup::Text(title)]);
        }
        self.nodes(&body.children);
        self.out.push_str("</div>");
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{Anchors, render};

    #[rstest]
    #[case(
        "<h2>How it works</h2><h2>How it works</h2>",
        "<h2 id=\"How-it-works\">How it works</h2><h2 id=\"How-it-works.1\">How it works</h2>"
    )]
    #[case("<p>a &lt; b &amp; <script>x</script></p>", "<p>a &lt; b &amp; x</p>")]
    #[case("<a href=\"javascript:alert(1)\">x</a>", "x")]
    #[case(
        "<ac:link><ri:page ri:content-title=\"Other\" /></ac:link>",
        "<a href=\"/p/Other\" rel=\"noreferrer\">Other</a>"
    )]
    #[case(
        "<ac:structured-macro ac:name=\"code\"><ac:parameter ac:name=\"language\">go</ac:parameter><ac:plain-text-body>\
            <![CDATA[a < b]]></ac:plain-text-body></ac:structured-macro>",
        "<pre><code class=\"language-go\">a &lt; b</code></pre>"
    )]
    #[case("not <closed", "not &lt;closed")]
    fn html(#[case] storage: &str, #[case] expected: &str) {
        assert_eq!(render(storage, &|_, title| Some(format!("/p/{title}"))), expected);
    }

    #[test]
    fn anchors_keep_case_and_punctuation() {
        let mut anchors = Anchors::default();
        assert_eq!(
            ["What is it?", "A  b", "What is it?"].map(|heading| anchors.next(heading)),
            ["What-is-it?", "A--b", "What-is-it?.1"]
        );
    }
}
