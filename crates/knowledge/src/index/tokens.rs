//! How text becomes words: for the keyword index, for queries, and for the marks in a quote.
//!
//! Words are lower-cased, freed of Latin accents and stemmed in English. A run of Chinese, Japanese or Korean becomes
//! overlapping pairs of characters. An identifier (`config_map`, `OPS-42`, `fetchPage`) is found whole and by its parts.

use std::ops::Range;

use tantivy::tokenizer::{Language, Stemmer, StopWordFilter, TextAnalyzer, Token, TokenStream, Tokenizer};
use unicode_normalization::UnicodeNormalization;

/// What questions are made of, beside the words that tell what they ask for. Only queries lose them, and only while others
/// are left.
const STOP_WORDS: &str = "a about am an and any are as at be been being but by can could did do does for from had has \
    have he her here him his how i if in into is it its me my no not of on or our she should so some such than that the \
    their them then there these they this those to was we were what when where which who whom whose why will with would \
    you your";

/// Longer runs are data, not words.
const LONGEST: usize = 128;

/// The analyzer that text is indexed with.
pub(crate) fn analyzer() -> TextAnalyzer {
    TextAnalyzer::builder(Words::default()).filter(Stemmer::new(Language::English)).build()
}

/// A word of a text, as it is indexed, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    pub term: String,
    pub span: Range<usize>,
}

/// The words of a text, those that are looked for in an index.
pub(crate) fn words(text: &str) -> Vec<Word> {
    collect(&mut analyzer(), text)
}

/// The different terms of a query, in order; without English stop words unless nothing else is there.
pub(crate) fn query_terms(text: &str) -> Vec<String> {
    let stop_words = StopWordFilter::remove(STOP_WORDS.split_ascii_whitespace().map(str::to_owned));
    let telling = TextAnalyzer::builder(Words::default()).filter(stop_words).filter(Stemmer::new(Language::English));
    let mut found = collect(&mut telling.build(), text);
    if found.is_empty() {
        found = words(text);
    }
    let mut terms: Vec<String> = Vec::new();
    for word in found {
        if !terms.contains(&word.term) {
            terms.push(word.term);
        }
    }
    terms
}

fn collect(analyzer: &mut TextAnalyzer, text: &str) -> Vec<Word> {
    let mut found = Vec::new();
    analyzer.token_stream(text).process(&mut |token| {
        found.push(Word { term: token.text.clone(), span: token.offset_from..token.offset_to });
    });
    found
}

/// The tokenizer; keeps its buffer from text to text.
#[derive(Debug, Clone, Default)]
pub(crate) struct Words {
    tokens: Vec<Token>,
}

impl Tokenizer for Words {
    type TokenStream<'a> = WordStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordStream<'a> {
        self.tokens.clear();
        let mut rest = 0;
        while let Some(run) = next_run(text, rest) {
            rest = run.end;
            let Some(piece) = text.get(run.clone()) else { break };
            if piece.chars().next().is_some_and(is_unspaced) {
                self.push_pairs(piece, run.start);
            } else {
                self.push_identifier(piece, run.start);
            }
        }
        WordStream { tokens: &mut self.tokens, next: 0 }
    }
}

impl Words {
    fn push(&mut self, text: String, span: Range<usize>) {
        if !text.is_empty() && text.len() <= LONGEST {
            let position = self.tokens.len();
            let (offset_from, offset_to) = (span.start, span.end);
            self.tokens.push(Token { offset_from, offset_to, position, text, position_length: 1 });
        }
    }

    fn push_pairs(&mut self, run: &str, start: usize) {
        let ends: Vec<usize> = run.char_indices().map(|(at, c)| at + c.len_utf8()).collect();
        let mut from = 0;
        for (index, &end) in ends.iter().enumerate() {
            let single = ends.len() == 1;
            if single || index > 0 {
                let pair = run.get(from..end).unwrap_or_default();
                self.push(fold(pair), start + from..start + end);
                from = ends.get(index.wrapping_sub(1)).copied().unwrap_or(from);
            }
        }
    }

    /// A run of word characters and joiners: its parts, and itself where it looks like a name for a program.
    fn push_identifier(&mut self, run: &str, start: usize) {
        let parts: Vec<Range<usize>> = parts(run);
        let named = run.contains('_') || run.chars().any(|c| c.is_ascii_digit());
        if parts.len() > 1 && named {
            self.push(fold(run), start..start + run.len());
        }
        for part in parts {
            let text = run.get(part.clone()).unwrap_or_default();
            self.push(fold(text), start + part.start..start + part.end);
            let humps = humps(text);
            if humps.len() > 1 && humps.iter().all(|hump| hump.len() > 1) {
                for hump in humps {
                    let from = start + part.start + hump.start;
                    self.push(fold(text.get(hump.clone()).unwrap_or_default()), from..from + hump.len());
                }
            }
        }
    }
}

/// Tokens one after the other.
pub(crate) struct WordStream<'a> {
    tokens: &'a mut Vec<Token>,
    next: usize,
}

impl TokenStream for WordStream<'_> {
    fn advance(&mut self) -> bool {
        self.next += 1;
        self.next <= self.tokens.len()
    }

    fn token(&self) -> &Token {
        &self.tokens[self.next - 1]
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.tokens[self.next - 1]
    }
}

/// The next run at or after `from`: unspaced characters, or word characters with single joiners between them.
fn next_run(text: &str, from: usize) -> Option<Range<usize>> {
    let tail = text.get(from..)?;
    let mut chars = tail.char_indices().skip_while(|(_, c)| !is_word(*c)).peekable();
    let (start, first) = chars.next()?;
    let unspaced = is_unspaced(first);
    let mut end = start + first.len_utf8();
    while let Some((at, c)) = chars.next() {
        let belongs = if is_word(c) {
            is_unspaced(c) == unspaced
        } else {
            let next = chars.peek().map(|(_, next)| *next);
            !unspaced && is_joiner(c) && next.is_some_and(|next| is_word(next) && !is_unspaced(next))
        };
        if !belongs {
            break;
        }
        end = at + c.len_utf8();
    }
    Some(from + start..from + end)
}

/// A run cut at its joiners; an apostrophe cuts only where more than an ending follows (`l'avion`, not `page's`).
fn parts(run: &str) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, c) in run.char_indices().filter(|(_, c)| is_joiner(*c)) {
        let next = at + c.len_utf8();
        let ending = run.get(next..).unwrap_or_default().chars().take_while(|c| !is_joiner(*c)).count();
        if is_apostrophe(c) && ending <= 2 {
            continue;
        }
        parts.push(start..at);
        start = next;
    }
    parts.push(start..run.len());
    parts.retain(|part| !part.is_empty());
    parts
}

/// `fetchPage` as `fetch`, `Page`; `HTTPServer` as `HTTP`, `Server`.
fn humps(word: &str) -> Vec<Range<usize>> {
    let chars: Vec<(usize, char)> = word.char_indices().collect();
    let mut humps = Vec::new();
    let mut start = 0;
    for window in chars.windows(2) {
        let [(_, before), (at, c)] = window else { continue };
        let rises = before.is_lowercase() && c.is_uppercase();
        let after = word.get(at + c.len_utf8()..).and_then(|tail| tail.chars().next());
        let ends_capitals = before.is_uppercase() && c.is_uppercase() && after.is_some_and(char::is_lowercase);
        if rises || ends_capitals {
            humps.push(start..*at);
            start = *at;
        }
    }
    humps.push(start..word.len());
    humps
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || is_mark(c)
}

/// Combining marks belong to the letter before them, in scripts that write vowels so too.
fn is_mark(c: char) -> bool {
    !c.is_ascii() && unicode_normalization::char::is_combining_mark(c)
}

fn is_joiner(c: char) -> bool {
    matches!(c, '_' | '-' | '.') || is_apostrophe(c)
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}')
}

/// Scripts that are written without spaces between words, or in syllable blocks.
fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}' | '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF66}'..='\u{FF9F}'
        | '\u{20000}'..='\u{3FFFF}')
}

/// Lower case, without Latin accents, in compatibility form.
fn fold(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    let plain = word.nfkd().filter(|c| !matches!(c, '\u{300}'..='\u{36F}')).nfc();
    let mut folded = String::with_capacity(word.len());
    for c in plain.flat_map(char::to_lowercase) {
        match c {
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'ø' => folded.push('o'),
            'đ' => folded.push('d'),
            'ł' => folded.push('l'),
            '\u{2019}' => folded.push('\''),
            other => folded.push(other),
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case::stemmed("Deploying the services", "deploy the servic")]
    #[case::identifiers("kubectl OPS-42 config_map", "kubectl ops-42 op 42 config_map config map")]
    #[case::joined_words("long-term on-call", "long term on call")]
    #[case::humps("fetchPage HTTPServer mRNA", "fetchpag fetch page httpserver http server mrna")]
    #[case::versions("v1.2.3, then 10.0.0.1.", "v1.2.3 v1 2 3 then 10.0.0.1 10 0 0 1")]
    #[case::end_of_sentence("It ends.Next one", "it end next one")]
    #[case::apostrophes("the page's l\u{2019}avion don't", "the page l avion don't")]
    #[case::accents("Crème Straße Ångström", "creme strass angstrom")]
    #[case::chinese("知识库 search", "知识 识库 search")]
    #[case::one_character("猫 A", "猫 a")]
    #[case::japanese("オンコールの当番", "オン ンコ コー ール ルの の当 当番")]
    #[case::full_width("ＯＰＳ", "op")]
    #[case::mixed("Kubernetes集群", "kubernet 集群")]
    #[case::empty(" -- __ ", "")]
    fn text_becomes_words(#[case] text: &str, #[case] expected: &str) {
        let terms: Vec<String> = words(text).into_iter().map(|word| word.term).collect();
        assert_eq!(terms.join(" "), expected);
    }

    #[rstest]
    #[case::stop_words("where is the deployment of the service", "deploy servic")]
    #[case::only_stop_words("to be or not to be", "to be or not")]
    #[case::repeated("page pages", "page")]
    fn queries_keep_what_tells(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(query_terms(text).join(" "), expected);
    }

    proptest! {
        #[test]
        fn spans_lie_in_the_text(text in "\\PC{0,60}") {
            for word in words(&text) {
                prop_assert!(text.get(word.span.clone()).is_some_and(|slice| !slice.is_empty()));
            }
        }
    }
}
