//! A line of prose in the making: white space normalised, invisible characters dropped.

/// Text that grows piece by piece. White space of any kind (also no-break) becomes one space, wherever the pieces meet.
#[derive(Debug, Default, Clone)]
pub struct Line {
    text: String,
    space: bool,
    word: bool,
}

impl Line {
    /// Adds a piece.
    pub fn push(&mut self, piece: &str) {
        if self.word && !piece.is_empty() {
            self.word = false;
            self.space |= piece.starts_with(char::is_alphanumeric);
        }
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

    /// Adds a word that stands by itself, as a lozenge does: letters and digits beside it stay apart from it.
    pub fn word(&mut self, word: &str) {
        self.word |= self.text.ends_with(char::is_alphanumeric);
        self.push(word);
        self.word = word.ends_with(char::is_alphanumeric);
    }

    /// Ends the line that the author ended, within the same paragraph.
    pub fn break_line(&mut self) {
        self.space = false;
        self.word = false;
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    /// The text so far; the line is empty afterwards.
    pub fn take(&mut self) -> String {
        self.space = false;
        self.word = false;
        let mut text = std::mem::take(&mut self.text);
        text.truncate(text.trim_end().len());
        text
    }

    /// Whether there is any text.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }
}

/// Whether a sign is neither seen nor a space: soft hyphen, zero-width space and its kin. The zero-width joiners stay: words of several scripts need them.
pub fn is_invisible(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// A text on one line, normalised.
pub fn normalize(text: &str) -> String {
    let mut line = Line::default();
    line.push(text);
    line.take()
}

/// A text whose line breaks stay, each line normalised, empty lines dropped.
pub fn normalize_lines(text: &str) -> String {
    let mut line = Line::default();
    for piece in text.lines() {
        line.push(piece);
        line.break_line();
    }
    line.take()
}
