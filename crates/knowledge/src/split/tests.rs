use std::ops::Range;

use proptest::prelude::*;
use rstest::rstest;

use super::*;
use crate::embed::TokenCounter;

fn prose(text: &str) -> Block {
    Block { kind: BlockKind::Prose, text: text.to_owned() }
}

fn section(heading: &str, blocks: Vec<Block>) -> Section {
    let heading_path = if heading.is_empty() { Vec::new() } else { vec![heading.to_owned()] };
    Section { heading_path, anchor: None, blocks }
}

fn small() -> SplitOptions {
    SplitOptions { max_tokens: 32, overlap_tokens: 6 }
}

fn shown(sections: &[Section], options: &SplitOptions) -> String {
    let chunks = split("Page", sections, &TokenCounter::words(), options);
    let lines = chunks.iter().map(|chunk| format!("[{}] {} || {}", chunk.section, chunk.prefix, chunk.text));
    lines.collect::<Vec<_>>().join("\n")
}

fn sentences(count: usize) -> String {
    (0..count).map(|n| format!("Sentence {n} has six words.")).collect::<Vec<_>>().join(" ")
}

#[test]
fn small_blocks_share_a_chunk_and_sections_do_not() {
    let sections = [
        section("", vec![prose("Intro.")]),
        section("Empty", vec![]),
        section("Blank", vec![prose(" \n")]),
        section(
            "Steps",
            vec![prose("First."), prose("Second."), Block { kind: BlockKind::Code, text: "  ls\n".into() }],
        ),
    ];
    insta::assert_snapshot!(shown(&sections, &SplitOptions::default()), @r"
    [0] Page || Intro.
    [3] Page › Steps || First.

    Second.

      ls
    ");
}

#[test]
fn a_block_that_fits_is_not_cut_to_fill_a_chunk() {
    let sections = [section("S", vec![prose(&sentences(3)), prose(&sentences(2)), prose("Tail.")])];
    insta::assert_snapshot!(shown(&sections, &small()), @r"
    [0] Page › S || Sentence 0 has six words. Sentence 1 has six words. Sentence 2 has six words.
    [0] Page › S || Sentence 0 has six words. Sentence 1 has six words.

    Tail.
    ");
}

#[test]
fn long_prose_is_cut_between_sentences_and_repeats_the_last() {
    insta::assert_snapshot!(shown(&[section("S", vec![prose(&sentences(8))])], &small()), @r"
    [0] Page › S || Sentence 0 has six words. Sentence 1 has six words. Sentence 2 has six words. Sentence 3 has six words.
    [0] Page › S || Sentence 3 has six words. Sentence 4 has six words. Sentence 5 has six words. Sentence 6 has six words.
    [0] Page › S || Sentence 6 has six words. Sentence 7 has six words.
    ");
}

#[test]
fn a_monstrous_sentence_is_cut_between_words() {
    let text = format!("{}end.", "word ".repeat(40));
    insta::assert_snapshot!(shown(&[section("S", vec![prose(&text)])], &small()), @r"
    [0] Page › S || word word word word word word word word word word word word word word word word word word word word word word word word word word word
    [0] Page › S || word word word word word word word word word word word word word end.
    ");
}

#[test]
fn lists_are_cut_between_items() {
    let text = (0..6).map(|n| format!("- item {n} of the list\n  goes on")).collect::<Vec<_>>().join("\n");
    let sections = [section("S", vec![Block { kind: BlockKind::List, text }])];
    insta::assert_snapshot!(shown(&sections, &small()), @r"
    [0] Page › S || - item 0 of the list
      goes on
    - item 1 of the list
      goes on
    - item 2 of the list
      goes on
    [0] Page › S || - item 3 of the list
      goes on
    - item 4 of the list
      goes on
    - item 5 of the list
      goes on
    ");
}

#[test]
fn code_is_cut_between_lines_and_keeps_its_indentation() {
    let text = (0..6).map(|n| format!("    let x{n} = run(a, b);")).collect::<Vec<_>>().join("\n");
    let sections = [section("S", vec![Block { kind: BlockKind::Code, text }])];
    insta::assert_snapshot!(shown(&sections, &small()), @r"
    [0] Page › S ||     let x0 = run(a, b);
        let x1 = run(a, b);
    [0] Page › S ||     let x2 = run(a, b);
        let x3 = run(a, b);
    [0] Page › S ||     let x4 = run(a, b);
        let x5 = run(a, b);
    ");
}

#[test]
fn table_rows_carry_their_header() {
    let rows = (0..6).map(|n| format!("| node {n} | ready | yes |")).collect::<Vec<_>>().join("\n");
    let text = format!("| Name | State |\n{rows}");
    let table = Block { kind: BlockKind::Table { header_rows: 1 }, text };
    insta::assert_snapshot!(shown(&[section("S", vec![prose("Nodes:"), table])], &small()), @r"
    [0] Page › S || Nodes:

    | Name | State |
    | node 0 | ready | yes |
    | node 1 | ready | yes |
    [0] Page › S
    | Name | State | || | node 2 | ready | yes |
    | node 3 | ready | yes |
    [0] Page › S
    | Name | State | || | node 4 | ready | yes |
    | node 5 | ready | yes |
    ");
}

#[test]
fn ideographs_count_singly() {
    let text = "証明書を更新します。".repeat(8);
    insta::assert_snapshot!(shown(&[section("手順", vec![prose(&text)])], &small()), @r"
    [0] Page › 手順 || 証明書を更新します。証明書を更新します。証明書を更新します。
    [0] Page › 手順 || 証明書を更新します。証明書を更新します。証明書を更新します。
    [0] Page › 手順 || 証明書を更新します。証明書を更新します。
    ");
}

#[rstest]
#[case::in_the_middle(1, &[1])]
#[case::at_the_end(2, &[2])]
fn an_edit_changes_the_chunks_of_its_section_alone(#[case] edited: usize, #[case] expected: &[usize]) {
    let make = |edited: Option<usize>| -> Vec<Section> {
        let text = |n| if Some(n) == edited { format!("New. {}", sentences(9)) } else { sentences(9) };
        (0..3).map(|n| section(&format!("S{n}"), vec![prose(&text(n)), prose("Tail.")])).collect()
    };
    let passages = |sections: &[Section]| -> Vec<(usize, String)> {
        let chunks = split("Page", sections, &TokenCounter::words(), &small());
        chunks.iter().map(|chunk| (chunk.section, passage(chunk))).collect()
    };
    let before = passages(&make(None));
    let mut changed: Vec<usize> = passages(&make(Some(edited)))
        .into_iter()
        .filter(|chunk| !before.contains(chunk))
        .map(|(section, _)| section)
        .collect();
    changed.dedup();
    assert_eq!(changed, expected);
}

#[rstest]
#[case("Runbooks", &[""], &[("Runbooks", "")])]
#[case("Runbooks", &["Databases", "Databases/Restore"], &[("Runbooks", "Databases\n\nRestore")])]
#[case(" ", &["Databases"], &[("", "Databases")])]
#[case("", &[""], &[])]
#[case("Runbooks", &[], &[])]
fn a_page_without_text_is_found_by_its_name(
    #[case] title: &str,
    #[case] paths: &[&str],
    #[case] expected: &[(&str, &str)],
) {
    let path = |path: &&str| path.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect();
    let sections: Vec<Section> =
        paths.iter().map(|at| Section { heading_path: path(at), anchor: None, blocks: Vec::new() }).collect();
    let chunks = split(title, &sections, &TokenCounter::words(), &small());
    let found: Vec<(&str, &str)> = chunks.iter().map(|chunk| (chunk.prefix.as_str(), chunk.text.as_str())).collect();
    assert_eq!(found, expected);
}

fn kinds() -> impl Strategy<Value = BlockKind> {
    prop_oneof![
        3 => Just(BlockKind::Prose),
        1 => Just(BlockKind::List),
        1 => Just(BlockKind::Code),
        2 => (0_usize..3).prop_map(|header_rows| BlockKind::Table { header_rows }),
    ]
}

/// Words, marks, lines, ideographs, oddities, and now and then a word without end.
fn texts() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        8 => "[a-zA-Z]{1,12}".prop_map(|word| format!("{word} ")),
        3 => prop::sample::select(vec![". ", "! ", ", ", "\n", "\n  ", "\n\n", "\t", "e.g. ", " | ", "…", "\u{85}", "\u{200b}"]).prop_map(str::to_owned),
        2 => "[鍵証明書更新をのカナ。、]{1,9}",
        1 => "\\PC{0,8}",
        1 => (50_usize..900).prop_map(|length| "xYz9".repeat(length / 4)),
    ];
    prop::collection::vec(part, 0..60).prop_map(|parts| parts.concat())
}

fn documents() -> impl Strategy<Value = Vec<Section>> {
    let block = (kinds(), texts()).prop_map(|(kind, text)| Block { kind, text });
    let heading = prop_oneof![4 => "[a-z ]{0,20}", 1 => "[a-z]{1,9}( [a-z]{1,9}){0,60}"];
    let section = (prop::collection::vec(heading, 0..4), prop::collection::vec(block, 0..5))
        .prop_map(|(heading_path, blocks)| Section { heading_path, anchor: None, blocks });
    prop::collection::vec(section, 0..5)
}

fn options() -> impl Strategy<Value = SplitOptions> {
    prop_oneof![Just(SplitOptions::default()), Just(small()), Just(SplitOptions { max_tokens: 48, overlap_tokens: 0 })]
}

/// Where each section's blocks lie in the page text, found another way than the splitter does.
fn block_spans(sections: &[Section]) -> Vec<(usize, Range<usize>)> {
    let mut spans = Vec::new();
    for (index, section) in sections.iter().enumerate() {
        for number in 0..section.blocks.len() {
            let mut before = sections[..=index].to_vec();
            before[index].blocks.truncate(number + 1);
            let end = page_text(&before).len();
            spans.push((index, end - section.blocks[number].text.len()..end));
        }
    }
    spans
}

fn check(
    title: &str,
    sections: &[Section],
    options: &SplitOptions,
    counter: &TokenCounter,
) -> Result<(), TestCaseError> {
    let page = page_text(sections);
    let chunks = split(title, sections, counter, options);
    let blocks = block_spans(sections);
    prop_assert_eq!(&chunks, &split(title, sections, counter, options), "the same again");
    if sections.iter().flat_map(|section| &section.blocks).all(|block| block.text.trim().is_empty()) {
        return check_bare(title, &page, &chunks, options, counter);
    }
    let mut covered = vec![false; page.len()];
    for (number, chunk) in chunks.iter().enumerate() {
        prop_assert_eq!(chunk.ordinal as usize, number);
        prop_assert_eq!(page.get(chunk.span.clone()), Some(chunk.text.as_str()));
        prop_assert!(!chunk.text.trim().is_empty());
        let tokens = counter.tokens(&passage(chunk)).len() + SPECIAL_TOKENS;
        prop_assert!(tokens <= options.max_tokens, "{} tokens: {:?}", tokens, passage(chunk));
        let own: Vec<&Range<usize>> =
            blocks.iter().filter(|(section, _)| *section == chunk.section).map(|(_, span)| span).collect();
        let within = own.iter().any(|span| span.contains(&chunk.span.start))
            && own.iter().any(|span| (span.start + 1..=span.end).contains(&chunk.span.end));
        prop_assert!(within, "chunk {} leaves its section", number);
        covered[chunk.span.clone()].fill(true);
    }
    for (_, span) in blocks {
        for (at, char) in page[span.clone()].char_indices() {
            prop_assert!(char.is_whitespace() || covered[span.start + at], "{:?} at {} is in no chunk", char, at);
        }
    }
    prop_assert!(chunks.windows(2).all(|pair| pair[0].span.start < pair[1].span.start), "chunks advance");
    Ok(())
}

/// A document without text is found by its title and its first headings.
fn check_bare(
    title: &str,
    page: &str,
    chunks: &[Chunk],
    options: &SplitOptions,
    counter: &TokenCounter,
) -> Result<(), TestCaseError> {
    prop_assert!(chunks.len() <= 1);
    prop_assert!(page.trim().is_empty() || !chunks.is_empty());
    for chunk in chunks {
        prop_assert_eq!(page.get(chunk.span.clone()), Some(chunk.text.as_str()));
        prop_assert!(page.trim_start().starts_with(&chunk.text));
        prop_assert!(!passage(chunk).trim().is_empty(), "{:?}", title);
        prop_assert!(counter.tokens(&passage(chunk)).len() + SPECIAL_TOKENS <= options.max_tokens);
    }
    Ok(())
}

proptest! {
    #[test]
    fn chunks_cover_the_page_within_the_limit(title in ".{0,40}", sections in documents(), options in options()) {
        check(&title, &sections, &options, &TokenCounter::words())?;
    }
}

/// A tokenizer may take a sentence's last mark for a letter: that word is one unknown token, and many once it is cut.
#[test]
fn the_pieces_of_a_cut_word_are_counted_anew() {
    let Some(counter) = crate::embed::tests::installed_counter() else { return };
    let text = "A ナ新ナvF !:𐾆bwPznmWuLg zIdr QY BwHsLQ RNyaeyrtlfyN ";
    let sections = [section("a a bl bg", vec![prose(text)])];
    check("Rotating certificates", &sections, &small(), &counter).unwrap();
}

/// The model's tokenizer is slow in a debug build; `PROPTEST_CASES` asks for more.
fn fewer_cases() -> ProptestConfig {
    let asked = std::env::var_os("PROPTEST_CASES").is_some();
    if asked { ProptestConfig::default() } else { ProptestConfig::with_cases(64) }
}

proptest! {
    #![proptest_config(fewer_cases())]

    #[test]
    fn so_they_do_with_the_models_own_tokens(sections in documents(), options in options()) {
        let Some(counter) = crate::embed::tests::installed_counter() else { return Ok(()) };
        check("Rotating certificates", &sections, &options, &counter)?;
    }
}
