//! Markdown to storage format. Pure; whatever the input, the output is well-formed XML.

use std::fmt::Write;

use pulldown_cmark::{
    BlockQuoteKind, CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd,
};

use super::inline_html::{InlineTag, block_text, judge};
use super::links::LinkTarget;
use super::shortcodes;
use crate::escape;

/// Finds the page that a link points at.
pub(crate) type Resolve<'a> = dyn Fn(&str) -> Option<LinkTarget> + 'a;

/// The text of the first top-level `# heading`, if there is one.
pub(crate) fn first_heading(markdown: &str) -> Option<String> {
    let source = shortcodes::strip(markdown);
    let events: Vec<Event<'_>> = parser(&source).collect();
    let range = first_heading_range(&events)?;
    let text = flat_text(events.get(range)?);
    (!text.is_empty()).then_some(text)
}

/// Level and text of every heading, in order.
pub(crate) fn headings(markdown: &str) -> Vec<(u8, String)> {
    let source = shortcodes::strip(markdown);
    let events: Vec<Event<'_>> = parser(&source).collect();
    let starts = events.iter().enumerate().filter_map(|(at, event)| match event {
        Event::Start(Tag::Heading { level, .. }) => Some((at, *level as u8)),
        _ => None,
    });
    let text = |at| {
        let inside = events.iter().skip(at).take_while(|event| !matches!(event, Event::End(TagEnd::Heading(_))));
        flat_text(inside)
    };
    starts.map(|(at, level)| (level, text(at))).collect()
}

/// Converts a page. `drop_heading` leaves out the first top-level `# heading`, which has become the title.
pub(crate) fn to_storage(markdown: &str, drop_heading: bool, resolve: &Resolve<'_>) -> String {
    let source = shortcodes::strip(markdown);
    let mut events: Vec<Event<'_>> = parser(&source).collect();
    if let Some(range) = first_heading_range(&events).filter(|_| drop_heading) {
        events.drain(range);
    }
    let mut writer = Writer { events: &events, at: 0, out: String::with_capacity(source.len() * 2), tasks: 0, resolve };
    writer.until(None);
    writer.out
}

fn parser(source: &str) -> Parser<'_> {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS | Options::ENABLE_GFM;
    Parser::new_ext(source, options)
}

fn first_heading_range(events: &[Event<'_>]) -> Option<std::ops::Range<usize>> {
    let mut depth = 0_usize;
    for (at, event) in events.iter().enumerate() {
        match event {
            Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }) if depth == 0 => {
                let length =
                    events.iter().skip(at).position(|event| matches!(event, Event::End(TagEnd::Heading(_))))?;
                return Some(at..at + length + 1);
            }
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

fn flat_text<'e>(events: impl IntoIterator<Item = &'e Event<'e>>) -> String {
    let mut out = String::new();
    for event in events {
        match event {
            Event::Text(text) | Event::Code(text) => out.push_str(text),
            Event::SoftBreak | Event::HardBreak => out.push(' '),
            _ => {}
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

struct Writer<'a> {
    events: &'a [Event<'a>],
    at: usize,
    out: String,
    tasks: usize,
    resolve: &'a Resolve<'a>,
}

impl<'a> Writer<'a> {
    fn next(&mut self) -> Option<&'a Event<'a>> {
        let event = self.events.get(self.at);
        self.at += 1;
        event
    }

    /// Writes events up to and with the end of `end`, or to the end of the page.
    fn until(&mut self, end: Option<TagEnd>) {
        while let Some(event) = self.next() {
            match event {
                Event::End(found) if Some(*found) == end => return,
                Event::Start(tag) => self.element(tag),
                other => self.inline(other),
            }
        }
    }

    fn inline(&mut self, event: &Event<'_>) {
        match event {
            Event::Text(text) | Event::Html(text) => escape::push_text(&mut self.out, text),
            Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.out.push_str("<code>");
                escape::push_text(&mut self.out, text);
                self.out.push_str("</code>");
            }
            Event::InlineHtml(tag) => match judge(tag) {
                InlineTag::Break => self.out.push_str("<br />"),
                InlineTag::Dropped => {}
                InlineTag::Text => escape::push_text(&mut self.out, tag),
            },
            Event::SoftBreak => self.out.push('\n'),
            Event::HardBreak => self.out.push_str("<br />"),
            Event::Rule => self.out.push_str("<hr />"),
            Event::TaskListMarker(done) => self.out.push_str(if *done { "[x] " } else { "[ ] " }),
            Event::FootnoteReference(label) => escape::push_text(&mut self.out, label),
            Event::Start(_) | Event::End(_) => {}
        }
    }

    fn element(&mut self, tag: &Tag<'a>) {
        match tag {
            Tag::Heading { level, .. } => self.wrapped(&level.to_string(), tag.to_end()),
            Tag::BlockQuote(Some(kind)) => self.panel(*kind),
            Tag::CodeBlock(kind) => self.code(kind),
            Tag::HtmlBlock => self.html_block(),
            Tag::List(start) => self.list(*start),
            Tag::Table(_) => self.wrapped_in("<table><tbody>", "</tbody></table>", TagEnd::Table),
            Tag::TableHead => self.row("th", TagEnd::TableHead),
            Tag::TableRow => self.row("td", TagEnd::TableRow),
            Tag::Link { link_type, dest_url, .. } => self.link(*link_type, dest_url),
            Tag::Image { dest_url, .. } => self.image(dest_url),
            Tag::Item | Tag::TableCell | Tag::MetadataBlock(_) => self.until(Some(tag.to_end())),
            Tag::Paragraph
            | Tag::BlockQuote(None)
            | Tag::FootnoteDefinition(_)
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript => self.wrapped(plain_element(tag), tag.to_end()),
        }
    }

    fn wrapped(&mut self, name: &str, end: TagEnd) {
        self.wrapped_in(&format!("<{name}>"), &format!("</{name}>"), end);
    }

    fn wrapped_in(&mut self, open: &str, close: &str, end: TagEnd) {
        self.out.push_str(open);
        self.until(Some(end));
        self.out.push_str(close);
    }

    fn panel(&mut self, kind: BlockQuoteKind) {
        let name = match kind {
            BlockQuoteKind::Note => "info",
            BlockQuoteKind::Tip => "tip",
            BlockQuoteKind::Important => "note",
            BlockQuoteKind::Warning | BlockQuoteKind::Caution => "warning",
        };
        let open = format!("<ac:structured-macro ac:name=\"{name}\" ac:schema-version=\"1\"><ac:rich-text-body>");
        self.wrapped_in(&open, "</ac:rich-text-body></ac:structured-macro>", TagEnd::BlockQuote(Some(kind)));
    }

    fn code(&mut self, kind: &CodeBlockKind<'_>) {
        let text = self.collect(TagEnd::CodeBlock);
        self.out.push_str("<ac:structured-macro ac:name=\"code\" ac:schema-version=\"1\">");
        let language = match kind {
            CodeBlockKind::Fenced(info) => language(info),
            CodeBlockKind::Indented => "",
        };
        if !language.is_empty() {
            self.out.push_str("<ac:parameter ac:name=\"language\">");
            escape::push_text(&mut self.out, language);
            self.out.push_str("</ac:parameter>");
        }
        self.out.push_str("<ac:plain-text-body>");
        escape::push_cdata(&mut self.out, text.strip_suffix('\n').unwrap_or(&text));
        self.out.push_str("</ac:plain-text-body></ac:structured-macro>");
    }

    /// The text up to `end`, unformatted.
    fn collect(&mut self, end: TagEnd) -> String {
        let mut text = String::new();
        while let Some(event) = self.next() {
            match event {
                Event::End(found) if *found == end => break,
                Event::Text(part) | Event::Code(part) | Event::Html(part) => text.push_str(part),
                Event::SoftBreak | Event::HardBreak => text.push(' '),
                _ => {}
            }
        }
        text
    }

    fn html_block(&mut self) {
        let html = self.collect(TagEnd::HtmlBlock);
        for line in block_text(&html) {
            self.out.push_str("<p>");
            escape::push_text(&mut self.out, &line);
            self.out.push_str("</p>");
        }
    }

    fn list(&mut self, start: Option<u64>) {
        if self.only_tasks() {
            return self.task_list(TagEnd::List(start.is_some()));
        }
        let (open, close) = match start {
            None => ("<ul>".to_owned(), "</ul>"),
            Some(1) => ("<ol>".to_owned(), "</ol>"),
            Some(first) => (format!("<ol start=\"{first}\">"), "</ol>"),
        };
        self.out.push_str(&open);
        while let Some(Event::Start(Tag::Item)) = self.events.get(self.at) {
            self.at += 1;
            self.wrapped("li", TagEnd::Item);
        }
        self.at += 1;
        self.out.push_str(close);
    }

    /// Whether every item of the list that starts here carries a check box.
    fn only_tasks(&self) -> bool {
        let mut depth = 0_usize;
        for (at, event) in self.events.iter().enumerate().skip(self.at) {
            match event {
                Event::Start(Tag::Item) if depth == 0 && !self.is_task(at + 1) => return false,
                Event::Start(_) => depth += 1,
                Event::End(_) if depth == 0 => return true,
                Event::End(_) => depth -= 1,
                _ => {}
            }
        }
        false
    }

    fn is_task(&self, at: usize) -> bool {
        match self.events.get(at) {
            Some(Event::Start(Tag::Paragraph)) => matches!(self.events.get(at + 1), Some(Event::TaskListMarker(_))),
            event => matches!(event, Some(Event::TaskListMarker(_))),
        }
    }

    fn task_list(&mut self, end: TagEnd) {
        self.out.push_str("<ac:task-list>");
        while let Some(event) = self.next() {
            match event {
                Event::End(found) if *found == end => break,
                Event::Start(Tag::Item) => self.task(),
                _ => {}
            }
        }
        self.out.push_str("</ac:task-list>");
    }

    fn task(&mut self) {
        self.tasks += 1;
        let loose = matches!(self.events.get(self.at), Some(Event::Start(Tag::Paragraph)));
        self.at += usize::from(loose);
        let done = matches!(self.next(), Some(Event::TaskListMarker(true)));
        let status = if done { "complete" } else { "incomplete" };
        let id = self.tasks;
        let _ = write!(
            self.out,
            "<ac:task><ac:task-id>{id}</ac:task-id><ac:task-status>{status}</ac:task-status><ac:task-body>"
        );
        if loose {
            self.wrapped("p", TagEnd::Paragraph);
        }
        self.until(Some(TagEnd::Item));
        self.out.push_str("</ac:task-body></ac:task>");
    }

    fn row(&mut self, cell: &str, end: TagEnd) {
        self.out.push_str("<tr>");
        while let Some(event) = self.next() {
            match event {
                Event::End(found) if *found == end => break,
                Event::Start(Tag::TableCell) => {
                    self.wrapped_in(&format!("<{cell}><p>"), &format!("</p></{cell}>"), TagEnd::TableCell);
                }
                _ => {}
            }
        }
        self.out.push_str("</tr>");
    }

    fn link(&mut self, kind: LinkType, href: &CowStr<'_>) {
        let target = (self.resolve)(href);
        let anchor = href.strip_prefix('#').filter(|anchor| !anchor.is_empty());
        match (target, anchor) {
            (Some(target), _) => {
                let page = target.title.as_deref().map(escape::text);
                let page = page.map(|title| format!("<ri:page ri:content-title=\"{title}\" />")).unwrap_or_default();
                self.page_link(target.anchor.as_deref(), &page);
            }
            (None, Some(anchor)) => self.page_link(Some(anchor), ""),
            (None, None) => {
                let mail = if kind == LinkType::Email { "mailto:" } else { "" };
                let open = format!("<a href=\"{mail}{}\">", escape::text(href));
                self.wrapped_in(&open, "</a>", TagEnd::Link);
            }
        }
    }

    fn page_link(&mut self, anchor: Option<&str>, page: &str) {
        let anchor = anchor.map(|anchor| format!(" ac:anchor=\"{}\"", escape::text(anchor))).unwrap_or_default();
        let open = format!("<ac:link{anchor}>{page}<ac:link-body>");
        self.wrapped_in(&open, "</ac:link-body></ac:link>", TagEnd::Link);
    }

    fn image(&mut self, src: &str) {
        let alt = self.collect(TagEnd::Image);
        self.out.push_str("<ac:image");
        if !alt.is_empty() {
            let _ = write!(self.out, " ac:alt=\"{}\"", escape::text(&alt));
        }
        let resource = if src.contains("://") {
            format!("<ri:url ri:value=\"{}\" />", escape::text(src))
        } else {
            let name = src.split(['?', '#']).next().unwrap_or(src).rsplit('/').next().unwrap_or(src);
            format!("<ri:attachment ri:filename=\"{}\" />", escape::text(name))
        };
        let _ = write!(self.out, ">{resource}</ac:image>");
    }
}

/// The elements that Markdown and storage format share by another name.
fn plain_element(tag: &Tag<'_>) -> &'static str {
    match tag {
        Tag::BlockQuote(_) => "blockquote",
        Tag::Emphasis => "em",
        Tag::Strong => "strong",
        Tag::Strikethrough => "del",
        Tag::Superscript => "sup",
        Tag::Subscript => "sub",
        _ => "p",
    }
}

/// The language of a fence: the first word of its info string, without attributes.
fn language(info: &str) -> &str {
    let word = info.split([' ', ',', '{', '\t']).next().unwrap_or("");
    word.trim_matches(|c: char| !c.is_ascii_alphanumeric() && c != '+' && c != '#')
}
