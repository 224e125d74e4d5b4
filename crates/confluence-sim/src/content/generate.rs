//! Writes any number of pages of realistic Markdown: headings, lists, tables, code, tasks and links.

use std::collections::HashSet;
use std::fmt::Write;

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

use super::vocabulary::{ADJECTIVES, AREAS, COMMANDS, KINDS, LEADS, NOUNS, SECTIONS, TOPICS, VERBS};

/// The files of a generated space: `pages` of them, in folders by area and kind, titles unique, the same for one seed.
pub(crate) fn files(pages: usize, seed: u64) -> Vec<(String, String)> {
    let mut author = Author { random: StdRng::seed_from_u64(seed), titles: HashSet::new() };
    let mut files: Vec<(String, String)> = Vec::with_capacity(pages);
    for number in 0..pages {
        files.push(author.file(number));
    }
    files
}

/// An index for the space and for each area come first, so that even a small space has a tree.
struct Author {
    random: StdRng,
    titles: HashSet<String>,
}

impl Author {
    fn file(&mut self, number: usize) -> (String, String) {
        if number == 0 {
            return ("_index.md".to_owned(), self.page("Home"));
        }
        if let Some(area) = AREAS.get(number - 1) {
            return (format!("{}/_index.md", folder(area)), self.page(area));
        }
        let area = self.pick(&AREAS);
        let kind = self.pick(&KINDS);
        let title = self.title(kind, area);
        (format!("{}/{}/{number:06}.md", folder(area), folder(kind)), self.page(&title))
    }

    fn title(&mut self, kind: &str, area: &str) -> String {
        let topic = self.pick(&TOPICS);
        let adjective = self.pick(&ADJECTIVES);
        let plain = format!("{kind}: {topic} for {area}");
        let longer = format!("{kind}: {adjective} {topic} for {area}");
        for title in [plain, longer.clone()] {
            if self.titles.insert(title.clone()) {
                return title;
            }
        }
        let mut part = 2;
        while !self.titles.insert(format!("{longer}, part {part}")) {
            part += 1;
        }
        format!("{longer}, part {part}")
    }

    fn page(&mut self, title: &str) -> String {
        let mut out = format!("# {title}\n\n{}\n\n", self.paragraph());
        let first = self.random.random_range(0..SECTIONS.len());
        for section in SECTIONS.iter().cycle().skip(first).take(self.random.random_range(2..=5)) {
            let _ = write!(out, "## {section}\n\n{}\n\n", self.paragraph());
            self.extra(&mut out);
        }
        out
    }

    fn extra(&mut self, out: &mut String) {
        match self.random.random_range(0..7) {
            0 => self.list(out, "- "),
            1 => self.list(out, "1. "),
            2 => self.list(out, "- [ ] "),
            3 => self.table(out),
            4 => self.code(out),
            5 => {
                let _ = write!(out, "> [!NOTE]\n> {}\n\n", self.sentence());
            }
            _ => {}
        }
    }

    fn list(&mut self, out: &mut String, mark: &str) {
        for _ in 0..self.random.random_range(3..=6) {
            let _ = writeln!(out, "{mark}{}", self.sentence());
        }
        out.push('\n');
    }

    fn table(&mut self, out: &mut String) {
        out.push_str("| Item | Owner | Limit |\n|---|---|---|\n");
        for _ in 0..self.random.random_range(2..=6) {
            let limit = self.random.random_range(1..500);
            let _ =
                writeln!(out, "| {} {} | {} | {limit} |", self.pick(&ADJECTIVES), self.pick(&NOUNS), self.pick(&AREAS));
        }
        out.push('\n');
    }

    fn code(&mut self, out: &mut String) {
        let (language, template) = self.choose(&COMMANDS).copied().unwrap_or_default();
        let noun = self.pick(&NOUNS);
        let _ = write!(out, "```{language}\n{}\n```\n\n", template.replace("{noun}", noun));
    }

    fn paragraph(&mut self) -> String {
        let sentences = self.random.random_range(2..=5);
        (0..sentences).map(|_| self.sentence()).collect::<Vec<_>>().join(" ")
    }

    fn sentence(&mut self) -> String {
        let lead = self.pick(&LEADS);
        let (adjective, noun, verb) = (self.pick(&ADJECTIVES), self.pick(&NOUNS), self.pick(&VERBS));
        let (other, object, number) = (self.pick(&ADJECTIVES), self.pick(&NOUNS), self.random.random_range(2..90));
        format!("{lead} the {adjective} {noun} {verb} the {other} {object} within {number} minutes.")
    }

    fn pick(&mut self, words: &'static [&'static str]) -> &'static str {
        self.choose(words).copied().unwrap_or_default()
    }

    fn choose<T>(&mut self, from: &'static [T]) -> Option<&'static T> {
        from.get(self.random.random_range(0..from.len()))
    }
}

fn folder(name: &str) -> String {
    name.to_lowercase().replace(' ', "-")
}
