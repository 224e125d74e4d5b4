//! Pieces of text to paragraphs: words by the gaps between pieces, lines and paragraphs by where they stand.

use markup::Line;

/// A string that a page shows, in units of the page, along the direction of its text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Piece {
    /// Where it begins.
    pub(super) x: f64,
    /// Its base line.
    pub(super) y: f64,
    /// Where it ends.
    pub(super) end: f64,
    /// Size of its font.
    pub(super) size: f64,
    /// Its letters.
    pub(super) text: String,
}

/// A gap wider than this part of the font's size stands for a space.
const SPACE: f64 = 0.15;
/// A gap wider than this part of the font's size stands between the cells of a row.
const COLUMN: f64 = 1.0;
/// Lines further apart than this part of the usual distance belong to different paragraphs.
const PARAGRAPH: f64 = 1.35;

/// A line as it is shown.
#[derive(Debug)]
struct Shown {
    text: String,
    x: f64,
    y: f64,
    end: f64,
    size: f64,
    is_row: bool,
}

/// Paragraphs in the order in which the page shows them, which mostly is that of reading.
pub(super) fn paragraphs(pieces: Vec<Piece>) -> Vec<String> {
    let lines = lines(pieces);
    let page = Measures::of(&lines);
    let mut paragraphs = Vec::new();
    let mut paragraph = Line::default();
    let mut lines = lines.into_iter().peekable();
    while let Some(line) = lines.next() {
        if let Some(next) = lines.peek().filter(|next| page.goes_on(&line, next)) {
            join(&mut paragraph, &line, next);
            continue;
        }
        paragraph.push(&line.text);
        let text = without_leaders(&paragraph.take());
        paragraphs.extend(Some(text).filter(|text| !text.is_empty()));
    }
    paragraphs
}

fn lines(pieces: Vec<Piece>) -> Vec<Shown> {
    let mut lines: Vec<Shown> = Vec::new();
    for piece in pieces.into_iter().filter(|piece| piece.x.is_finite() && piece.y.is_finite()) {
        match lines.last_mut().filter(|line| is_same_line(line, &piece)) {
            Some(line) => extend(line, &piece),
            None if piece.text.trim().is_empty() => {}
            None => {
                lines.push(Shown {
                    text: piece.text,
                    x: piece.x,
                    y: piece.y,
                    end: piece.end,
                    size: piece.size,
                    is_row: false,
                });
            }
        }
    }
    lines
}

/// Small letters above or below the line still stand in it.
fn is_same_line(line: &Shown, piece: &Piece) -> bool {
    let size = line.size.max(piece.size);
    (line.y - piece.y).abs() < size * 0.5 && piece.x > line.end - size
}

fn extend(line: &mut Shown, piece: &Piece) {
    let gap = piece.x - line.end;
    if gap > piece.size.max(1.0) * SPACE {
        line.text.push(' ');
    }
    line.is_row |= gap > piece.size.max(1.0) * COLUMN && !piece.text.trim().is_empty();
    line.text.push_str(&piece.text);
    line.end = piece.end;
    line.size = line.size.max(piece.size);
}

/// How the text of a page is set.
#[derive(Debug)]
struct Measures {
    /// The distance between the lines of a paragraph: a short one among those between all lines.
    usual: f64,
    /// The shortest distance.
    tight: f64,
    /// Where the longest line ends.
    right: f64,
}

impl Measures {
    fn of(lines: &[Shown]) -> Self {
        let pairs = lines.iter().zip(lines.iter().skip(1)).map(|(above, below)| (above.y - below.y, below.size));
        let mut distances: Vec<f64> =
            pairs.filter(|&(distance, size)| distance > size * 0.9).map(|(distance, _)| distance).collect();
        distances.sort_by(f64::total_cmp);
        let usual = distances.get(distances.len() / 4).copied().unwrap_or(0.0);
        let tight = distances.first().copied().unwrap_or(0.0);
        let right = lines.iter().map(|line| line.end).fold(0.0, f64::max);
        Self { usual, tight, right }
    }

    /// Whether a line belongs to the paragraph of the line before it.
    fn goes_on(&self, before: &Shown, line: &Shown) -> bool {
        let distance = before.y - line.y;
        let is_same_size = (before.size - line.size).abs() < 0.15 * before.size.max(line.size);
        let limit = (self.usual * PARAGRAPH).max(line.size * 1.1).min(line.size * 2.2);
        let is_below = distance > -0.5 * line.size && distance < limit;
        // The text of one column goes on at the top of the next, in the middle of a sentence.
        let is_mid_sentence = distance < 0.0 && line.text.trim_start().starts_with(char::is_lowercase);
        is_same_size && ((is_below && !self.begins(before, line)) || is_mid_sentence)
    }

    /// Whether a line begins a paragraph, though it stands close to the line before: that one ends a sentence before the
    /// end of the line, and this one is set in or a little apart.
    fn begins(&self, before: &Shown, line: &Shown) -> bool {
        let ends =
            before.text.trim_end().ends_with(['.', ':', '!', '?']) && before.end + 4.0 * before.size < self.right;
        ends && (before.y - line.y > self.tight * 1.2 || line.x > before.x + line.size)
    }
}

/// Adds a line that another one follows. A hyphen goes where it breaks a word, and stays in a name: `Baden-Baden`.
fn join(paragraph: &mut Line, line: &Shown, next: &Shown) {
    let starts_lower = next.text.trim_start().starts_with(char::is_lowercase);
    match broken_word(&line.text) {
        Some(start) if starts_lower => paragraph.push(start),
        Some(_) => paragraph.push(line.text.trim_end()),
        None if line.is_row || next.is_row || is_item(&next.text) => {
            paragraph.push(&line.text);
            paragraph.break_line();
        }
        None => {
            paragraph.push(&line.text);
            paragraph.push(" ");
        }
    }
}

/// The text of a line without the hyphen that breaks its last word.
fn broken_word(text: &str) -> Option<&str> {
    let start = text.trim_end().strip_suffix(['-', '\u{ad}', '\u{2010}'])?;
    start.ends_with(char::is_alphabetic).then_some(start)
}

fn is_item(text: &str) -> bool {
    let mut letters = text.trim_start().chars();
    letters.next().is_some_and(|first| "•▪◦‣●○■–—*".contains(first))
}

/// Dots in a row longer than this lead the eye to a page number and say nothing.
const LEADER: usize = 3;

fn without_leaders(text: &str) -> String {
    let lines = text.lines().map(|line| {
        let words: Vec<&str> = line.split(' ').collect();
        let runs = words.chunk_by(|left, right| is_dots(left) && is_dots(right));
        let kept =
            runs.filter(|run| run.iter().filter(|word| is_dots(word)).map(|word| word.len()).sum::<usize>() <= LEADER);
        kept.flatten().map(|word| trimmed(word)).collect::<Vec<_>>().join(" ")
    });
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

fn is_dots(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| matches!(byte, b'.' | b':' | b'_'))
}

/// A word without the dots that lead on from it.
fn trimmed(word: &str) -> &str {
    let start = word.trim_end_matches('.');
    if word.len() - start.len() > LEADER { start } else { word }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_that_lead_to_a_page_number_are_dropped() {
        let lines = [
            ("1 Introduction : : : : : : 4", "1 Introduction 4"),
            ("2 Method . . . . . 5", "2 Method 5"),
            ("3 Results ........ 6", "3 Results 6"),
            ("4 End........7", "4 End........7"),
            ("and so on ... we go", "and so on ... we go"),
            ("wait.... what", "wait what"),
        ];
        for (line, expected) in lines {
            assert_eq!(without_leaders(line), expected);
        }
    }
}
