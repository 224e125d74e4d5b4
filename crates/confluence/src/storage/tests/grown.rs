//! Bodies that chance wrote, of every element and macro within each other: each word that a reader sees arrives once and
//! in order, each parameter never.

use proptest::collection::vec;
use proptest::prelude::*;

use super::converted;
use super::written::{Block, Inline, Writer};

fn inline() -> impl Strategy<Value = Inline> {
    use Inline::{
        Address, Anchor, AttachmentLink, Break, Card, Code, CommentedInside, Date, Emoji, Entity, Jira, LinkWithBody,
        LinkWithPlainBody, Mark, PageLink, Person, Picture, Placeholder, Status, Word,
    };
    let leaf = prop_oneof![
        4 => Just(Word),
        1 => prop::sample::select(vec![CommentedInside, Entity, Status, Jira, PageLink, LinkWithPlainBody, AttachmentLink]),
        1 => prop::sample::select(vec![Card, Person, Picture, Emoji, Date, Break, Placeholder, Anchor, Code]),
    ];
    leaf.prop_recursive(2, 8, 3, |inner| {
        let tag = prop::sample::select(vec!["strong", "em", "span", "u", "sub", "code", "ac:inline-comment-marker"]);
        prop_oneof![
            (tag, vec(inner.clone(), 1..3)).prop_map(|(tag, inner)| Mark(tag, inner)),
            vec(inner.clone(), 1..3).prop_map(LinkWithBody),
            vec(inner, 1..3).prop_map(Address),
        ]
    })
}

fn line() -> impl Strategy<Value = Vec<Inline>> {
    vec(inline(), 1..5)
}

fn block() -> impl Strategy<Value = Block> {
    let verbatim = prop::sample::select(vec!["code", "noformat", "markdown", "plantuml", "panel", "vendor"]);
    let include = prop::sample::select(vec!["include", "excerpt-include"]);
    let generated = prop::sample::select(vec!["toc", "children", "pagetree", "livesearch", "attachments", "drawio"]);
    let leaf = prop_oneof![
        4 => line().prop_map(Block::Paragraph),
        2 => (1u8..7, line()).prop_map(|(level, line)| Block::Heading(level, line)),
        1 => verbatim.prop_map(Block::Verbatim),
        1 => Just(Block::SplitCode),
        1 => Just(Block::Rule),
        1 => include.prop_map(Block::Include),
        1 => generated.prop_map(Block::Generated),
        1 => line().prop_map(Block::CaptionedPicture),
        1 => vec(line(), 1..3).prop_map(Block::Decisions),
        1 => vec((line(), line()), 1..3).prop_map(Block::Properties),
    ];
    leaf.prop_recursive(4, 48, 4, |inner| {
        let blocks = || vec(inner.clone(), 1..4);
        let plain = prop::sample::select(vec!["info", "note", "warning", "tip", "panel", "excerpt", "multiexcerpt"]);
        let titled = prop::sample::select(vec!["info", "panel", "expand"]);
        prop_oneof![
            (prop::sample::select(vec!["ul", "ol"]), vec(blocks(), 1..3))
                .prop_map(|(tag, items)| Block::List(tag, items)),
            vec(blocks(), 1..3).prop_map(Block::Tasks),
            vec((blocks(), blocks()), 1..3).prop_map(Block::Table),
            (plain, blocks()).prop_map(|(name, blocks)| Block::Box(name, blocks)),
            (titled, blocks()).prop_map(|(name, blocks)| Block::Titled(name, blocks)),
            blocks().prop_map(Block::Foreign),
            blocks().prop_map(Block::Node),
            blocks().prop_map(Block::Quote),
            vec(blocks(), 1..3).prop_map(Block::Layout),
            vec(blocks(), 1..3).prop_map(Block::Columns),
        ]
    })
}

/// Runs of ASCII letters and digits that are a letter and a number, as the writer's words are; anything with a digit counts.
fn words(text: &str) -> Vec<String> {
    let words = text.split(|character: char| !character.is_alphanumeric());
    let numbered = words.filter(|word| word.starts_with(['w', 'h']) && word.contains(|c: char| c.is_ascii_digit()));
    numbered.map(str::to_owned).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn each_visible_word_arrives_once_and_in_order(blocks in vec(block(), 1..6)) {
        let mut writer = Writer::default();
        writer.blocks(&blocks);
        let converted = converted(&writer.markup);
        let headings = |section: &super::super::Section| section.heading_path.last().cloned().unwrap_or_default();
        let text: Vec<String> = converted
            .sections
            .iter()
            .flat_map(|section| std::iter::once(headings(section)).chain(section.parts.iter().map(|part| part.text.clone())))
            .collect();
        prop_assert_eq!(words(&text.join("\n")), writer.seen, "{}", writer.markup);
        prop_assert_eq!(converted.words.kept, converted.words.visible, "{}", writer.markup);
    }

    /// A writer that leaves out one end loses no word. A prompt hides what follows in its line, and a link or a macro that
    /// goes on takes what follows for its own.
    #[test]
    fn no_word_is_lost_with_an_end(blocks in vec(block(), 1..4), missing in any::<prop::sample::Index>()) {
        let mut writer = Writer::default();
        writer.blocks(&blocks);
        let ends: Vec<_> = writer.markup.match_indices("</").map(|(at, _)| at).filter(|&at| !["</ac:placeholder", "</ac:link>", "</ac:structured-macro>"].iter().any(|end| writer.markup[at..].starts_with(end))).collect();
        prop_assume!(!ends.is_empty());
        let at = *missing.get(&ends);
        let end = at + writer.markup[at..].find('>').unwrap() + 1;
        let markup = [&writer.markup[..at], &writer.markup[end..]].concat();
        let text = super::text(&markup);
        let arrived: std::collections::HashSet<String> = words(&text).into_iter().collect();
        let lost: Vec<_> = writer.seen.iter().filter(|word| !arrived.contains(*word)).collect();
        prop_assert!(lost.is_empty(), "{:?} without {} in {}", lost, &writer.markup[at..end], writer.markup);
    }

    /// Cells of any spans: a grid is cut into cells, and each place has the word of the cell that covers it.
    #[test]
    fn each_place_of_a_table_has_the_text_of_its_cell(grid in grid()) {
        let (markup, expected) = grid;
        let converted = converted(&markup);
        let text = converted.sections.iter().flat_map(|section| &section.parts).map(|part| part.text.clone()).collect::<Vec<_>>();
        prop_assert_eq!(text.join("\n"), expected, "{}", markup);
    }
}

/// A table whose cells cover one or more places, and its rows.
fn grid() -> impl Strategy<Value = (String, String)> {
    (1usize..6, 1usize..6).prop_flat_map(|(rows, columns)| {
        vec((1usize..4, 1usize..4, any::<bool>()), rows * columns).prop_map(move |spans| cut(rows, columns, &spans))
    })
}

fn cut(rows: usize, columns: usize, spans: &[(usize, usize, bool)]) -> (String, String) {
    let mut places: Vec<Vec<Option<String>>> = vec![vec![None; columns]; rows];
    let mut markup = String::from("<table><tbody>");
    for row in 0..rows {
        markup.push_str("<tr>");
        for column in 0..columns {
            if places[row][column].is_some() {
                continue;
            }
            let (down, right, _) = spans[row * columns + column];
            let free = places[row][column..].iter().take_while(|place| place.is_none()).count();
            let (down, right) = (down.min(rows - row), right.min(free));
            let word = format!("w{row}x{column}");
            for covered in &mut places[row..row + down] {
                covered[column..column + right].fill(Some(word.clone()));
            }
            let spans = format!(r#"rowspan="{down}" colspan="{right}""#);
            markup.extend(["<td ", &spans, "><p>", &word, "</p></td>"]);
        }
        markup.push_str("</tr>");
    }
    markup.push_str("</tbody></table>");
    let line = |row: &Vec<Option<String>>| row.iter().flatten().cloned().collect::<Vec<_>>().join(" | ");
    (markup, places.iter().map(line).collect::<Vec<_>>().join("\n"))
}
