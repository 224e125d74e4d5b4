//! Tokens of a body: quick-xml with its checks off, started again behind whatever it cannot read.

use quick_xml::errors::{Error, SyntaxError};
use quick_xml::events::Event;
use quick_xml::reader::Reader;

use super::names;

/// A piece of markup or text, as it stands in the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// A start tag: what stands between `<` and `>` or `/>`.
    Open { tag: &'a str, empty: bool },
    /// An end tag, by name.
    Close(&'a str),
    /// Text without references.
    Text(&'a str),
    /// What stands between `&` and `;`.
    Reference(&'a str),
    /// The content of a CDATA section.
    Cdata(&'a str),
    /// Markup that carries nothing, such as a comment.
    Nothing,
}

/// The tokens of a source. Total work is bounded by a small multiple of its length: reading the same bytes again after
/// a mistake is paid from a budget, and when that is spent tags are skipped without being understood.
pub(super) struct Tokens<'a> {
    source: &'a str,
    base: usize,
    reader: Reader<&'a [u8]>,
    reread_left: usize,
    scanned: usize,
}

/// How often the whole source may be read again in search of an end that is missing.
const REREADS: usize = 4;

impl<'a> Tokens<'a> {
    pub(super) fn new(source: &'a str) -> Self {
        let reread_left = source.len().saturating_mul(REREADS);
        Self { source, base: 0, reader: reader(source), reread_left, scanned: 0 }
    }

    /// Bytes read so far, those read twice counted twice.
    pub(super) fn scanned(&self) -> usize {
        self.scanned
    }

    fn offset(&self) -> usize {
        let read = usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX);
        self.base.saturating_add(read).min(self.source.len())
    }

    fn slice(&self, start: usize, end: usize) -> &'a str {
        self.source.get(start..end).unwrap_or_default()
    }

    fn restart(&mut self, at: usize) {
        let mut at = at.min(self.source.len());
        while !self.source.is_char_boundary(at) {
            at += 1;
        }
        self.base = at;
        self.reader = reader(self.slice(at, self.source.len()));
    }

    fn step(&mut self) -> Option<Token<'a>> {
        let start = self.offset();
        if start >= self.source.len() {
            return None;
        }
        if self.reread_left == 0 {
            return Some(self.plain(start));
        }
        let event = self.reader.read_event();
        let end = self.offset();
        self.scanned += end - start;
        let span = self.slice(start, end);
        Some(match event {
            Ok(Event::Eof) => return None,
            Ok(Event::Start(_) | Event::Empty(_) | Event::End(_)) if !is_tag(span) => self.mend_tag(start, end),
            Ok(Event::Start(_) | Event::Empty(_) | Event::End(_)) => tag(span),
            Ok(Event::Text(_)) => Token::Text(span),
            Ok(Event::CData(_)) => Token::Cdata(within(span, "<![CDATA[", "]]>")),
            Ok(Event::GeneralRef(_)) => Token::Reference(within(span, "&", ";")),
            Ok(Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_)) => Token::Nothing,
            Err(Error::Syntax(SyntaxError::UnclosedCData)) => self.mend_cdata(start, end),
            Err(_) => self.mend_tag(start, end),
        })
    }

    fn pay(&mut self, start: usize, end: usize) {
        self.reread_left = self.reread_left.saturating_sub(end.saturating_sub(start).max(1));
    }

    /// A CDATA section without end: up to the end tag that must follow it, else to the end of the source.
    fn mend_cdata(&mut self, start: usize, end: usize) -> Token<'a> {
        self.pay(start, end);
        let rest = self.slice(start, self.source.len());
        let content = rest.strip_prefix("<![CDATA[").unwrap_or_default();
        let content = content.find("</ac:plain-text").and_then(|at| content.get(..at)).unwrap_or(content);
        self.restart(start + "<![CDATA[".len() + content.len());
        Token::Cdata(content)
    }

    /// A tag that is none, or that swallowed others because a quote or its `>` is missing: it ends at the first `>`, is
    /// dropped where another `<` comes first, and is text where no name follows its `<`.
    fn mend_tag(&mut self, start: usize, end: usize) -> Token<'a> {
        self.pay(start, end);
        let rest = self.slice(start, self.source.len());
        if rest.starts_with("<!--") {
            self.restart(start + "<!--".len());
            return Token::Nothing;
        }
        if !starts_tag(rest) {
            self.restart(start + 1);
            return Token::Text(self.slice(start, start + 1));
        }
        let inside = rest.get(1..).unwrap_or_default();
        let length = 1 + inside.find(['<', '>']).unwrap_or(inside.len());
        if rest.as_bytes().get(length) == Some(&b'>') {
            self.restart(start + length + 1);
            return tag(self.slice(start, start + length + 1));
        }
        self.restart(start + length);
        Token::Nothing
    }

    /// Text up to the next `<`, or the text behind the next `>`: what is left to do when the budget is spent.
    fn plain(&mut self, start: usize) -> Token<'a> {
        let rest = self.slice(start, self.source.len());
        let skipped = if rest.starts_with('<') { rest.find('>').map_or(rest.len(), |at| at + 1) } else { 0 };
        let text = rest.get(skipped..).unwrap_or_default();
        let length = text.find('<').unwrap_or(text.len());
        self.scanned += skipped + length;
        self.restart(start + skipped + length);
        Token::Text(text.get(..length).unwrap_or_default())
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        std::iter::from_fn(|| self.step()).find(|token| *token != Token::Nothing)
    }
}

fn reader(source: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(source);
    let config = reader.config_mut();
    config.allow_dangling_amp = true;
    config.allow_unmatched_ends = true;
    config.check_comments = false;
    config.check_end_names = false;
    config.expand_empty_elements = false;
    config.trim_markup_names_in_closing_tags = true;
    reader
}

/// `<`, perhaps `/`, and a letter.
fn starts_tag(span: &str) -> bool {
    let name = span.strip_prefix("</").or_else(|| span.strip_prefix('<')).unwrap_or_default();
    name.starts_with(|first: char| first.is_alphabetic() || first == '_')
}

/// XML allows no `<` inside a tag, so one there means that an end was missed.
fn is_tag(span: &str) -> bool {
    starts_tag(span) && !span.get(1..).unwrap_or_default().contains('<')
}

fn tag(span: &str) -> Token<'_> {
    let inner = span.strip_prefix('<').unwrap_or(span);
    let inner = inner.strip_suffix('>').unwrap_or(inner);
    if let Some(name) = inner.strip_prefix('/') {
        return Token::Close(name.split(char::is_whitespace).next().unwrap_or_default());
    }
    let empty = inner.ends_with('/');
    let tag = inner.strip_suffix('/').unwrap_or(inner);
    Token::Open { tag, empty: empty || names::is_void(tag_name(tag)) }
}

/// The name at the start of a tag.
pub(super) fn tag_name(tag: &str) -> &str {
    tag.split(|c: char| c.is_whitespace() || c == '/').next().unwrap_or_default()
}

fn within<'a>(span: &'a str, open: &str, close: &str) -> &'a str {
    let inner = span.strip_prefix(open).unwrap_or(span);
    inner.strip_suffix(close).unwrap_or(inner)
}
