//! Every word of a generated file comes out once, in order.

use files::Format;
use proptest::prelude::*;

use crate::shown::{read_text, words};

/// A piece of a file; its words are numbered when it is written.
#[derive(Debug, Clone)]
enum Piece {
    Heading(u8),
    Paragraph(u8),
    List(Vec<u8>),
    Table(u8, u8),
    Code(u8),
    Quote(u8),
}

fn piece() -> impl Strategy<Value = Piece> {
    prop_oneof![
        (1..=6u8).prop_map(Piece::Heading),
        (1..9u8).prop_map(Piece::Paragraph),
        prop::collection::vec(0..4u8, 1..6).prop_map(Piece::List),
        (1..4u8, 1..4u8).prop_map(|(rows, columns)| Piece::Table(rows, columns)),
        (1..5u8).prop_map(Piece::Code),
        (1..5u8).prop_map(Piece::Quote),
    ]
}

#[derive(Default)]
struct Writer {
    words: Vec<String>,
    text: String,
}

impl Writer {
    fn word(&mut self) -> String {
        let word = format!("w{}x", self.words.len());
        self.words.push(word.clone());
        word
    }

    fn some(&mut self, count: u8) -> String {
        (0..count).map(|_| self.word()).collect::<Vec<_>>().join(" ")
    }

    fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    fn markdown(&mut self, piece: &Piece) {
        match piece {
            Piece::Heading(level) => {
                let line = format!("{} {}\n\n", "#".repeat(usize::from(*level)), self.word());
                self.push(&line);
            }
            Piece::Paragraph(count) => {
                let line = format!("{} *{}* [{}](u)\n\n", self.some(*count), self.word(), self.word());
                self.push(&line);
            }
            Piece::List(depths) => {
                let mut allowed = 0;
                for depth in depths {
                    let depth = (*depth).min(allowed);
                    allowed = depth + 1;
                    let line = format!("{}- {}\n", "  ".repeat(usize::from(depth)), self.some(2));
                    self.push(&line);
                }
                self.push("\n<!-- end -->\n\n");
            }
            Piece::Table(rows, columns) => {
                for row in 0..=*rows {
                    let line =
                        format!("|{}\n", (0..*columns).map(|_| format!(" {} |", self.word())).collect::<String>());
                    self.push(&line);
                    if row == 0 {
                        self.push(&format!("|{}\n", "---|".repeat(usize::from(*columns))));
                    }
                }
                self.push("\n");
            }
            Piece::Code(count) => {
                let line = format!("```\n{}\n```\n\n", self.some(*count));
                self.push(&line);
            }
            Piece::Quote(count) => {
                let line = format!("> {}\n\n", self.some(*count));
                self.push(&line);
            }
        }
    }

    fn html(&mut self, piece: &Piece) {
        let text = match piece {
            Piece::Heading(level) => format!("<h{level}>{}</h{level}>", self.word()),
            Piece::Paragraph(count) => format!("<p>{} <b>{}</b></p>{}", self.some(*count), self.word(), self.word()),
            Piece::List(depths) => {
                let items: String = depths.iter().map(|depth| self.html_item(*depth)).collect();
                format!("<ul>{items}</ul>")
            }
            Piece::Table(rows, columns) => {
                let row =
                    |writer: &mut Self| (0..*columns).map(|_| format!("<td>{}", writer.word())).collect::<String>();
                let rows: String = (0..*rows).map(|_| format!("<tr>{}", row(self))).collect();
                format!("<table>{rows}</table>")
            }
            Piece::Code(count) => format!("<pre>{}</pre>", self.some(*count)),
            Piece::Quote(count) => format!("<blockquote>{}</blockquote>", self.some(*count)),
        };
        self.push(&text);
    }

    fn html_item(&mut self, depth: u8) -> String {
        let own = self.some(2);
        if depth == 0 {
            format!("<li>{own}</li>")
        } else {
            format!("<li>{own}<ul>{}</ul></li>", self.html_item(depth - 1))
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn markdown(pieces in prop::collection::vec(piece(), 1..20)) {
        let mut writer = Writer::default();
        for piece in &pieces {
            writer.markdown(piece);
        }
        prop_assert_eq!(words(&read_text(&writer.text, Format::Markdown)), writer.words, "{}", writer.text);
    }

    #[test]
    fn html(pieces in prop::collection::vec(piece(), 1..20)) {
        let mut writer = Writer::default();
        for piece in &pieces {
            writer.html(piece);
        }
        prop_assert_eq!(words(&read_text(&writer.text, Format::Html)), writer.words, "{}", writer.text);
    }

    #[test]
    fn csv(rows in 1..30usize, columns in 1..8usize, separator in prop::sample::select(vec![',', ';', '\t', '|'])) {
        let mut writer = Writer::default();
        for _ in 0..rows {
            let cells: Vec<String> = (0..columns).map(|_| format!("\"{}\"", writer.some(2))).collect();
            let line = cells.join(&separator.to_string()) + "\r\n";
            writer.push(&line);
        }
        prop_assert_eq!(words(&read_text(&writer.text, Format::Csv)), writer.words);
    }
}
