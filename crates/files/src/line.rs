//! A line of prose in the making: white space normalised, invisible characters dropped.

/// Text that grows piece by piece. White space of any kind (also no-break) becomes one space, wherever the pieces meet.
#[derive(Debug, Default, Clone)]
pub(crate) struct Line {
    text: String,
    space: bool,
}

impl Line {
    pub(crate) fn push(&mut self, piece: &str) {
        for character in piece.chars() {
            if is_invisible(character) {
                continue;
            }
            if character.is_whitespace() || character.is_control() {
                self.space = true;
                continue;
            }
            if std::mem::take(&mut self.space) && !self.text.is_empty() && !self.text.ends_with('\n') {
                self.text.push(' ');
            }
            self.text.push(character);
        }
    }

    /// Ends the line that the author ended, within the same paragraph.
    pub(crate) fn break_line(&mut self) {
        self.space = false;
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    /// The text so far; the line is empty afterwards.
    pub(crate) fn take(&mut self) -> String {
        self.space = false;
        let mut text = std::mem::take(&mut self.text);
        text.truncate(text.trim_end().len());
        text
    }
}

/// Soft hyphen, zero-width space and its kin. The zero-width joiners stay: words of several scripts need them.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// A text on one line, normalised.
pub(crate) fn normalize(text: &str) -> String {
    let mut line = Line::default();
    line.push(text);
    line.take()
}

/// A text whose line breaks stay, each line normalised, empty lines dropped.
pub(crate) fn normalize_lines(text: &str) -> String {
    let mut line = Line::default();
    for piece in text.lines() {
        line.push(piece);
        line.break_line();
    }
    line.take()
}
