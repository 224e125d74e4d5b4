//! How many chunks keep their text, and with it their vector, when one paragraph of a page changes.

use std::collections::BTreeSet;

use super::*;
use crate::embed::TokenCounter;

/// A paragraph of about `words` words that stands nowhere else.
fn paragraph(number: usize, words: usize) -> Block {
    let text: Vec<String> = (0..words).map(|word| format!("w{number}x{word}")).collect();
    Block { kind: BlockKind::Prose, text: format!("{}.", text.join(" ")) }
}

/// `sections` sections of `each` paragraphs, of 20 to 70 words.
fn page(sections: usize, each: usize) -> Vec<Section> {
    let numbered = |number: usize| paragraph(number, 20 + number * 17 % 51);
    let section = |number: usize| Section {
        heading_path: vec![format!("Section {number}")],
        anchor: None,
        blocks: (number * each..(number + 1) * each).map(numbered).collect(),
    };
    (0..sections).map(section).collect()
}

fn passages(sections: &[Section]) -> BTreeSet<String> {
    split("A page", sections, &TokenCounter::words(), &SplitOptions { max_tokens: 170, overlap_tokens: 20 })
        .iter()
        .map(passage)
        .collect()
}

/// Chunks of the page, and the share of them that an edit of one paragraph leaves as they are, over all paragraphs: one
/// that grows, one that shrinks, one that is new and one that is gone.
fn kept(sections: usize, each: usize) -> (usize, f64) {
    let before = page(sections, each);
    let chunks = passages(&before);
    let (mut kept, mut all) = (0, 0);
    for section in 0..sections {
        for at in 0..each {
            let mut edit = |change: &dyn Fn(&mut Vec<Block>)| {
                let mut after = before.clone();
                change(&mut after[section].blocks);
                kept += passages(&after).intersection(&chunks).count();
                all += chunks.len();
            };
            edit(&|blocks| blocks[at].text.insert_str(0, "Three words more: "));
            edit(&|blocks| blocks[at].text.truncate(60));
            edit(&|blocks| blocks.insert(at, paragraph(9_999, 40)));
            edit(&|blocks| _ = blocks.remove(at));
        }
    }
    (chunks.len(), kept as f64 / all as f64)
}

#[test]
fn an_edit_of_one_paragraph_keeps_nine_tenths_of_the_vectors() {
    // Without headings, an edit moves the chunks behind it until their borders meet the old ones again.
    for (sections, each, least) in [(20, 3, 0.9), (10, 6, 0.9), (5, 12, 0.9), (1, 60, 0.85)] {
        let (chunks, share) = kept(sections, each);
        println!("{sections:>3} sections of {each:>2} paragraphs, {chunks} chunks: {:.1} % kept", share * 100.0);
        assert!(chunks == 20 && share >= least, "{share}");
    }
}
