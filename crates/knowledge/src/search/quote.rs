//! The few sentences or lines of a found text that answer a query best. Pure; the quote is always an exact piece of the
//! page text.

use std::collections::HashMap;
use std::ops::Range;

use serde::Serialize;
use unicode_segmentation::UnicodeSegmentation;

use crate::index::tokens::words;
use crate::model::{Block, BlockKind};

/// No quote is longer, in bytes.
const LONGEST: usize = 400;
/// So many sentences or lines are weighed together at most.
const MOST_UNITS: usize = 3;
/// What a further sentence must add, as a share of all that the query's words weigh.
const WORTH: f32 = 0.1;

/// An exact piece of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Quote {
    /// The piece, exactly as it stands in the page text at `span`.
    pub text: String,
    /// Half-open range of bytes in the page text.
    pub span: Range<usize>,
    /// Words of the query, as half-open ranges of bytes in `text`.
    pub marks: Vec<Range<usize>>,
}

/// Quotes from `text`, which begins at byte `start` of the page text. `terms` are the query's words and their weights;
/// lines of tables and code among `blocks` stay whole.
pub(crate) fn quote(text: &str, start: usize, blocks: &[Block], terms: &HashMap<String, f32>) -> Quote {
    let units = units(text, blocks);
    let window = shorten(text, best_window(text, &units, terms), terms);
    let span = without_lead_in(text, blocks, &units, widen(&units, window.clone()), &window);
    let quoted = text.get(span.clone()).unwrap_or_default();
    Quote { text: quoted.to_owned(), span: start + span.start..start + span.end, marks: marks(quoted, terms) }
}

/// Sentences of prose, whole lines of tables and code; without the space around them.
fn units(text: &str, blocks: &[Block]) -> Vec<Range<usize>> {
    let mut units = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if is_verbatim(line.trim(), blocks) {
            units.extend(trimmed(text, at..at + line.len()));
        } else {
            let sentences = line.split_sentence_bound_indices();
            units.extend(sentences.filter_map(|(from, sentence)| trimmed(text, at + from..at + from + sentence.len())));
        }
        at += line.len();
    }
    // No quote begins or ends with the fence of a code block.
    let is_fence = |unit: &Range<usize>| text.get(unit.clone()).is_some_and(is_fence);
    if !units.iter().all(is_fence) {
        units.retain(|unit| !is_fence(unit));
    }
    units
}

fn is_fence(line: &str) -> bool {
    line.strip_prefix("```").is_some_and(|language| !language.contains(char::is_whitespace))
}

fn is_verbatim(line: &str, blocks: &[Block]) -> bool {
    let verbatim = |block: &&Block| matches!(block.kind, BlockKind::Code | BlockKind::Table { .. });
    !line.is_empty() && blocks.iter().filter(verbatim).any(|block| block.text.contains(line))
}

fn trimmed(text: &str, span: Range<usize>) -> Option<Range<usize>> {
    let piece = text.get(span.clone())?;
    let start = span.start + piece.len() - piece.trim_start().len();
    let end = start + piece.trim().len();
    (start < end).then_some(start..end)
}

/// The run of units whose different words weigh most; a shorter and an earlier one wins where they weigh the same.
fn best_window(text: &str, units: &[Range<usize>], terms: &HashMap<String, f32>) -> Range<usize> {
    let found: Vec<Vec<String>> = units.iter().map(|unit| terms_in(text, unit, terms)).collect();
    let all: f32 = terms.values().sum::<f32>().max(f32::MIN_POSITIVE);
    let mut best = (f32::NEG_INFINITY, units.first().cloned().unwrap_or(0..0));
    for first in 0..units.len() {
        let mut seen: Vec<&str> = Vec::new();
        let mut weight = 0.0;
        for (added, (unit, found)) in units.iter().zip(&found).skip(first).take(MOST_UNITS).enumerate() {
            let span = units.get(first).map_or(unit.start, |unit| unit.start)..unit.end;
            if added > 0 && span.len() > LONGEST {
                break;
            }
            for term in found {
                if !seen.contains(&term.as_str()) {
                    seen.push(term);
                    weight += terms.get(term).copied().unwrap_or_default();
                }
            }
            let score = weight / all - WORTH * added as f32;
            if score > best.0 + 1e-6 {
                best = (score, span);
            }
        }
    }
    best.1
}

/// Takes in the sentences around, those after it first, while all of it stays short: the words of a question are often not
/// those of its answer, which then stands beside them.
fn widen(units: &[Range<usize>], window: Range<usize>) -> Range<usize> {
    let mut span = window;
    loop {
        let after = units.iter().find(|unit| unit.start >= span.end).filter(|unit| unit.end - span.start <= LONGEST);
        let before = units.iter().rfind(|unit| unit.end <= span.start).filter(|unit| span.end - unit.start <= LONGEST);
        match (after, before) {
            (Some(after), _) => span.end = after.end,
            (None, Some(before)) => span.start = before.start,
            (None, None) => return span,
        }
    }
}

/// Leaves out last lines that only lead to what did not fit: a heading, or `Run this:`. The best sentences stay.
fn without_lead_in(
    text: &str,
    blocks: &[Block],
    units: &[Range<usize>],
    mut span: Range<usize>,
    window: &Range<usize>,
) -> Range<usize> {
    while let Some([before, last]) = units.iter().rposition(|unit| unit.end == span.end).and_then(|at| pair(units, at))
    {
        if last.start < window.end.max(span.start + 1) || !leads_in(text, blocks, last) {
            break;
        }
        span.end = before.end;
    }
    span
}

fn pair(units: &[Range<usize>], last: usize) -> Option<[&Range<usize>; 2]> {
    Some([units.get(last.checked_sub(1)?)?, units.get(last)?])
}

/// Whether prose goes on after this line, which ends no sentence. Items of lists seldom do, and lead nowhere.
fn leads_in(text: &str, blocks: &[Block], unit: &Range<usize>) -> bool {
    let (before, line) = (text.get(..unit.start).unwrap_or_default(), text.get(unit.clone()).unwrap_or_default());
    let after = text.get(unit.end..).unwrap_or_default();
    let stands_alone = before.trim_end_matches(' ').ends_with('\n') && after.trim_start_matches(' ').starts_with('\n');
    let open = line.ends_with(':') || line.ends_with(char::is_alphanumeric);
    stands_alone && open && !is_item(line) && !after.trim().is_empty() && !is_verbatim(line, blocks)
}

fn is_item(line: &str) -> bool {
    let marker = line.split_whitespace().next().unwrap_or_default();
    matches!(marker, "-" | "*" | "•") || marker.strip_suffix('.').is_some_and(|number| number.parse::<u32>().is_ok())
}

fn terms_in(text: &str, unit: &Range<usize>, terms: &HashMap<String, f32>) -> Vec<String> {
    let words = words(text.get(unit.clone()).unwrap_or_default());
    words.into_iter().map(|word| word.term).filter(|term| terms.contains_key(term)).collect()
}

/// Cuts a single unit that is too long, around its first mark and between words.
fn shorten(text: &str, span: Range<usize>, terms: &HashMap<String, f32>) -> Range<usize> {
    let piece = text.get(span.clone()).unwrap_or_default();
    if piece.len() <= LONGEST {
        return span;
    }
    let mark = marks(piece, terms).first().map_or(0, |mark| mark.start);
    let earliest = mark.saturating_sub(LONGEST / 4).min(piece.len() - LONGEST);
    let latest = piece.floor_char_boundary(earliest + LONGEST);
    let earliest = piece.ceil_char_boundary(earliest);
    let mut bounds = piece.split_word_bound_indices().map(|(at, _)| at).filter(|at| (earliest..=latest).contains(at));
    let start = bounds.next().filter(|start| *start <= mark).unwrap_or(earliest);
    let end = if latest == piece.len() { latest } else { bounds.next_back().unwrap_or(latest) };
    trimmed(text, span.start + start..span.start + end.max(start)).unwrap_or(span.start..span.start)
}

/// Where the query's words stand; of words inside each other, the longest.
fn marks(quoted: &str, terms: &HashMap<String, f32>) -> Vec<Range<usize>> {
    let found = words(quoted).into_iter().filter(|word| terms.contains_key(&word.term));
    let mut spans: Vec<Range<usize>> = found.map(|word| word.span).collect();
    spans.sort_unstable_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
    let mut marks: Vec<Range<usize>> = Vec::new();
    for span in spans {
        match marks.last_mut() {
            Some(last) if span.start < last.end => last.end = last.end.max(span.end),
            _ => marks.push(span),
        }
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::tokens::query_terms;
    use proptest::prelude::*;
    use rstest::rstest;

    fn terms(query: &str) -> HashMap<String, f32> {
        query_terms(query).into_iter().map(|term| (term, 1.0)).collect()
    }

    fn block(kind: BlockKind, text: &str) -> Block {
        Block { kind, text: text.into() }
    }

    /// The sentences that match best, without what stands beside them.
    fn best(text: &str, blocks: &[Block], terms: &HashMap<String, f32>) -> Quote {
        let span = shorten(text, best_window(text, &units(text, blocks), terms), terms);
        let quoted = text[span.clone()].to_owned();
        Quote { marks: marks(&quoted, terms), text: quoted, span }
    }

    /// The quote with its marks in brackets.
    fn marked(quote: &Quote) -> String {
        let mut shown = quote.text.clone();
        for mark in quote.marks.iter().rev() {
            shown.insert(mark.end, ']');
            shown.insert(mark.start, '[');
        }
        shown
    }

    #[rstest]
    #[case::the_sentence(
        "We deploy on Mondays. Rollbacks need two approvals. Ask on call.",
        "who approves a rollback",
        "[Rollbacks] need two [approvals]."
    )]
    #[case::two_sentences(
        "Nothing here. Deploy with care. Approvals come first. The end.",
        "deploy approvals",
        "[Deploy] with care. [Approvals] come first."
    )]
    #[case::the_earlier_of_equals("First deploy. Then rest. Second deploy.", "deploy", "First [deploy].")]
    #[case::nothing_matches("One thing. Another thing.", "unrelated", "One thing.")]
    #[case::identifiers("Set `config_map` now. Other text.", "config_map", "Set `[config_map]` now.")]
    #[case::parts_of_identifiers("Set config_map now.", "map", "Set config_[map] now.")]
    #[case::chinese("今天开会。知识库很大。", "知识库", "[知识库]很大。")]
    fn the_best_sentences_are_quoted(#[case] text: &str, #[case] query: &str, #[case] expected: &str) {
        assert_eq!(marked(&best(text, &[], &terms(query))), expected);
    }

    #[rstest]
    #[case::all_of_a_short_text("First. Deploy now. Last.", "deploy", "First. [Deploy] now. Last.")]
    #[case::what_follows_first(&format!("{}. Deploy now. {}. End.", "a ".repeat(120).trim(), "b ".repeat(170).trim()),
        "deploy", &format!("[Deploy] now. {}. End.", "b ".repeat(170).trim()))]
    fn what_stands_beside_it_is_taken_in(#[case] text: &str, #[case] query: &str, #[case] expected: &str) {
        assert_eq!(marked(&quote(text, 0, &[], &terms(query))), expected);
    }

    #[rstest]
    #[case::a_heading("Next steps", "Deploy now. REST")]
    #[case::a_lead_in("Run this:", "Deploy now. REST")]
    #[case::a_sentence("It is done.", "Deploy now. REST\nIt is done.")]
    #[case::an_item("- by hand", "Deploy now. REST\n- by hand")]
    #[case::a_number("2. by hand", "Deploy now. REST\n2. by hand")]
    #[case::the_best_line("Deploy the needle", "Deploy now. REST\nDeploy the needle")]
    fn a_quote_does_not_end_on_what_leads_on(#[case] line: &str, #[case] expected: &str) {
        let rest = format!("{}.", "a ".repeat(150).trim());
        let text = format!("Deploy now. {rest}\n{line}\n{}.", "b ".repeat(200).trim());
        assert_eq!(quote(&text, 0, &[], &terms("deploy needle")).text, expected.replace("REST", &rest));
    }

    #[test]
    fn a_quote_may_end_on_code() {
        let rest = format!("{}.", "a ".repeat(150).trim());
        let text = format!("Deploy now. {rest}\nskiff deploy\n{}.", "b ".repeat(200).trim());
        let code = [block(BlockKind::Code, "skiff deploy")];
        assert!(quote(&text, 0, &code, &terms("deploy now")).text.ends_with("skiff deploy"));
    }

    #[test]
    fn lines_of_tables_and_code_stay_whole() {
        let table = "Name | Port. Note | Owner\napi | 80. Open | team A\ndb | 5432. Closed | team B";
        let blocks = [block(BlockKind::Table { header_rows: 1 }, table)];
        assert_eq!(
            marked(&best(table, &blocks, &terms("closed port"))),
            "Name | [Port]. Note | Owner\napi | 80. Open | team A\ndb | 5432. [Closed] | team B"
        );
        assert_eq!(marked(&best(table, &blocks, &terms("closed"))), "db | 5432. [Closed] | team B");
    }

    #[rstest]
    #[case::after_a_fence("```bash\nls\n```\n\nThen look at the pods.", "pods", "ls\n```\n\nThen look at the [pods].")]
    #[case::before_a_fence("Look at the pods.\n\n```bash\nls\n```", "pods", "Look at the [pods].\n\n```bash\nls")]
    #[case::nothing_but_a_fence("```", "pods", "```")]
    fn no_quote_begins_or_ends_with_a_fence(#[case] text: &str, #[case] query: &str, #[case] expected: &str) {
        let blocks = [block(BlockKind::Code, "```bash\nls\n```")];
        assert_eq!(marked(&quote(text, 0, &blocks, &terms(query))), expected);
    }

    #[test]
    fn a_long_sentence_is_cut_around_its_mark() {
        let text = format!("{} needle {}", "hay ".repeat(200), "straw ".repeat(200));
        let quote = quote(&text, 7, &[], &terms("needle"));
        assert!(quote.text.len() <= LONGEST, "{}", quote.text.len());
        assert_eq!(quote.marks.len(), 1);
        assert_eq!(&text[quote.span.start - 7..quote.span.end - 7], quote.text);
    }

    proptest! {
        #[test]
        fn quotes_are_exact(text in "([a-z]{1,9}|[。知识é.!?\n ]{1,3}){0,150}", query in "[a-z]{1,3}", start in 0_usize..9) {
            let quote = quote(&text, start, &[], &terms(&query));
            prop_assert_eq!(&text[quote.span.start - start..quote.span.end - start], quote.text.as_str());
            prop_assert!(quote.text.len() <= LONGEST);
            for mark in &quote.marks {
                prop_assert!(quote.text.get(mark.clone()).is_some_and(|word| !word.is_empty()));
            }
        }
    }
}
