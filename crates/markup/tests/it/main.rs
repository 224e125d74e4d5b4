//! Tests through the crate's public door.

use markup::{
    Block, Cell, Code, Heading, Item, Line, Losses, Mark, Panel, PartKind, Row, Spans, fragment, normalize,
    normalize_lines, one_line, sections,
};
use rstest::rstest;

fn paragraph(text: &str) -> Block {
    Block::Paragraph(text.to_owned())
}

fn heading(level: u8, text: &str) -> Block {
    Block::Heading(Heading { level, text: text.to_owned(), name: None })
}

fn code(text: &str) -> Block {
    Block::Code(Code { language: "sh".to_owned(), text: text.to_owned(), ..Code::default() })
}

fn list(mark: Mark, blocks: Vec<Block>) -> Block {
    Block::List(vec![Item { mark, blocks }])
}

/// The texts of all parts, apart by a blank line.
fn text(blocks: Vec<Block>) -> String {
    let sections = sections(blocks, |_| None);
    let parts = sections.iter().flat_map(|section| &section.parts);
    parts.map(|part| part.text.as_str()).collect::<Vec<_>>().join("\n\n")
}

#[rstest]
#[case::white_space(&["a", " \u{a0}\n", "b"], "a b")]
#[case::invisible(&["co\u{ad}", "op\u{200b}"], "coop")]
#[case::edges(&["  a", "b  "], "ab")]
fn pieces_make_a_line(#[case] pieces: &[&str], #[case] expected: &str) {
    let mut line = Line::default();
    for piece in pieces {
        line.push(piece);
    }
    assert_eq!(line.take(), expected);
}

#[rstest]
#[case::between_letters("now", "LATE", "since", "now LATE since")]
#[case::before_a_comma("now ", "LATE", ", since", "now LATE, since")]
#[case::in_brackets("(", "LATE", ")", "(LATE)")]
#[case::alone("", "LATE", "", "LATE")]
fn a_word_stands_apart_from_letters(
    #[case] before: &str,
    #[case] word: &str,
    #[case] after: &str,
    #[case] expected: &str,
) {
    let mut line = Line::default();
    line.push(before);
    line.word(word);
    line.push(after);
    assert_eq!(line.take(), expected);
}

#[test]
fn lines_stay_lines_where_they_are_the_authors() {
    assert_eq!(normalize("a\n b"), "a b");
    assert_eq!(normalize_lines("a \n\n b  c"), "a\nb c");
}

#[rstest]
#[case::list(list(Mark::Number(7), vec![paragraph("a\nb"), list(Mark::Bullet, vec![paragraph("c")])]), "7. a\n  b\n  - c")]
#[case::code_in_an_item(list(Mark::Task { done: true }, vec![paragraph("a"), code("b")]), "[x] a\n\n```sh\nb\n```")]
#[case::backticks(code("```"), "````sh\n```\n````")]
#[case::panel(Block::Panel(Panel { label: Some("Note"), title: "T".to_owned(), blocks: vec![paragraph("a")] }), "Note: T\na")]
#[case::quote(Block::Quote(vec![paragraph("a"), Block::Rule, paragraph("b")]), "a\n\nb")]
fn blocks_become_parts(#[case] block: Block, #[case] expected: &str) {
    assert_eq!(text(vec![block]), expected);
}

#[test]
fn blocks_become_one_line() {
    let blocks = vec![list(Mark::Task { done: false }, vec![paragraph("a\nb")]), code(" c\n\n d"), heading(1, "e")];
    assert_eq!(one_line(blocks), "[ ] a b c d e");
}

#[test]
fn each_block_stands_under_the_headings_above_it() {
    let blocks = vec![paragraph("a"), heading(1, "A"), heading(3, "B"), paragraph("b"), heading(2, "C")];
    let sections = sections(blocks, |heading| Some(fragment(&format!("{} #", heading.text))));
    let shown: Vec<_> = sections
        .iter()
        .map(|section| (section.level, section.heading_path.join("/"), section.anchor.clone(), section.parts.len()))
        .collect();
    let anchor = |name: &str| Some(format!("{name}%20%23"));
    let expected = [
        (0, String::new(), None, 1),
        (1, "A".to_owned(), anchor("A"), 0),
        (3, "A/B".to_owned(), anchor("B"), 1),
        (2, "A/C".to_owned(), anchor("C"), 0),
    ];
    assert_eq!(shown, expected);
}

#[test]
fn cells_are_repeated_in_each_place_that_they_cover() {
    let cell = |text: &str, columns, rows| Cell::new(text.to_owned(), false, columns, rows);
    let rows = vec![
        Row { cells: vec![cell("a", 2, 1), cell("b", 1, 0)], head: true },
        Row { cells: vec![cell("c", 1, 1), cell("d", 1, 1)], head: false },
    ];
    let table = Spans::new(0).spread(rows);
    assert_eq!(
        (table.header_rows, table.rows),
        (
            1,
            vec![
                vec!["a".to_owned(), "a".to_owned(), "b".to_owned()],
                vec!["c".to_owned(), "d".to_owned(), "b".to_owned()]
            ]
        )
    );
}

#[test]
fn repeated_cells_stay_within_the_length_of_their_document() {
    let row =
        |_| Row { cells: (0..10).map(|_| Cell::new("word".to_owned(), false, 1000, 1000)).collect(), head: false };
    let length = 100_000;
    let table = Spans::new(length).spread((0..1_000).map(row).collect());
    let places: usize = table.rows.iter().map(Vec::len).sum();
    assert!((10_000..10_000 + length).contains(&places), "{places}");
    assert_eq!(text(vec![Block::Table(table)]).matches("word").count(), places);
}

#[test]
fn losses_are_counted_within_bounds() {
    let mut losses = Losses::default();
    losses.lose_many("none", 0);
    (0..1_000).for_each(|number| losses.lose(&format!("element {number}")));
    assert_eq!(Losses::name_of(&"x".repeat(1_000)).len(), 80);
    assert_eq!(Losses::name_of(" \n"), "unnamed");
    let losses = losses.finish();
    let total: u32 = losses.iter().map(|loss| loss.count).sum();
    assert_eq!((losses.len(), total), (501, 1_000));
}

#[test]
fn a_table_is_a_part_with_its_header() {
    let rows = vec![vec!["a".to_owned(), String::new()], vec!["b".to_owned(), "c".to_owned()]];
    let sections = sections(vec![Block::Table(markup::Table { header_rows: 1, rows })], |_| None);
    let part = &sections[0].parts[0];
    assert_eq!((part.kind, part.text.as_str()), (PartKind::Table { header_rows: 1 }, "a |\nb | c"));
}
