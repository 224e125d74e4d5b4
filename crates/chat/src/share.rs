//! How a limited number of letters is shared among texts. Pure.

use crate::letters::first;

/// How much each of `lengths` gets of `most`: the short ones what they need, the others alike.
pub(crate) fn shares(lengths: &[usize], most: usize) -> Vec<usize> {
    let mut order: Vec<(usize, usize)> = lengths.iter().copied().enumerate().collect();
    order.sort_by_key(|(_, length)| *length);
    let (mut left, mut waiting) = (most, lengths.len());
    let mut shares = vec![0; lengths.len()];
    for (place, length) in order {
        let share = length.min(left / waiting.max(1));
        if let Some(own) = shares.get_mut(place) {
            *own = share;
        }
        left -= share;
        waiting -= 1;
    }
    shares
}

/// The beginning of `text`, at most `most` letters: whole lines, or whole words where a line is longer than half of that.
pub(crate) fn beginning(text: &str, most: usize) -> &str {
    let start = first(text, most);
    if start.len() == text.len() || text.get(start.len()..).is_some_and(|rest| rest.starts_with('\n')) {
        return start;
    }
    let line = start.rfind('\n').filter(|end| *end * 2 >= start.len());
    let end = line.or_else(|| start.rfind(char::is_whitespace)).unwrap_or(start.len());
    start.get(..end).unwrap_or(start)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::all_fit(&[1, 2, 3], 10, &[1, 2, 3])]
    #[case::alike(&[100, 100], 10, &[5, 5])]
    #[case::short_ones_leave_theirs(&[100, 1, 100], 11, &[5, 1, 5])]
    #[case::nothing_to_share(&[3, 3], 0, &[0, 0])]
    #[case::nobody(&[], 5, &[])]
    fn letters_are_shared(#[case] lengths: &[usize], #[case] most: usize, #[case] shared: &[usize]) {
        assert_eq!(shares(lengths, most), shared);
    }

    #[rstest]
    #[case::fits("a\nb", 3, "a\nb")]
    #[case::at_a_line("one\ntwo\nthree", 9, "one\ntwo")]
    #[case::line_ends_there("one\ntwo", 3, "one")]
    #[case::at_a_word("a\nsome long line of words", 16, "a\nsome long")]
    #[case::no_word("äöüäöü", 4, "äöüä")]
    #[case::nothing("abc", 0, "")]
    fn a_text_is_cut_at_a_line(#[case] text: &str, #[case] most: usize, #[case] kept: &str) {
        assert_eq!(beginning(text, most), kept);
    }

    proptest! {
        #[test]
        fn shares_are_fair(lengths in prop::collection::vec(0_usize..500, 0..20), most in 0_usize..2000) {
            let shared = shares(&lengths, most);
            prop_assert!(shared.iter().sum::<usize>() <= most);
            let largest = shared.iter().max().copied().unwrap_or_default();
            for (share, length) in shared.iter().zip(&lengths) {
                // Who gets less than another needs no more, but for what does not divide.
                prop_assert!(share == length || share + 1 >= largest);
            }
        }
    }
}
