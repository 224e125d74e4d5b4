//! Scores the conversion over the shared bodies: what is kept, what leaks, what is said twice. The two formats have the
//! same table and the same targets.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::super::{Converted, Options, Part, PartKind, convert};
use super::visible::{self, Visible};

/// How much of something arrived.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Tally {
    kept: usize,
    pub(crate) total: usize,
}

impl Tally {
    fn add(&mut self, kept: bool) {
        self.kept += usize::from(kept);
        self.total += 1;
    }
}

#[derive(Debug, Default)]
pub(crate) struct Scores {
    pub(crate) bodies: usize,
    pub(crate) code: Tally,
    pub(crate) leaks: Tally,
    tasks: Tally,
    keys: Tally,
    statuses: Tally,
    words: Tally,
    share: f64,
    pub(crate) misses: Vec<String>,
}

/// The shared bodies in a format, by name, from beside the repository or where `COAGENTOR_SHARED` says.
pub(crate) fn bodies(format: &str) -> Option<Vec<(String, String)>> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().map(|folder| folder.join("shared"));
    let named = std::env::var_os("COAGENTOR_SHARED").map(PathBuf::from);
    let folders = named.into_iter().chain(beside).map(|shared| shared.join("confluence/fixtures").join(format));
    let Some(folder) = folders.into_iter().find(|folder| folder.is_dir()) else {
        println!("skipped: no shared data");
        return None;
    };
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let name = |file: &Path| file.file_stem().unwrap().to_string_lossy().into_owned();
    Some(files.iter().map(|file| (name(file), std::fs::read_to_string(file).unwrap())).collect())
}

/// Words without the punctuation around them, each with how often it is met.
fn words(text: &str) -> HashMap<String, usize> {
    let mut words = HashMap::new();
    for word in text.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric())) {
        if !word.is_empty() {
            *words.entry(word.to_owned()).or_default() += 1;
        }
    }
    words
}

fn count(words: &HashMap<String, usize>) -> usize {
    words.values().sum()
}

/// How many words of the first also stand in the second.
fn shared(of: &HashMap<String, usize>, within: &HashMap<String, usize>) -> usize {
    of.iter().map(|(word, &count)| count.min(within.get(word).copied().unwrap_or(0))).sum()
}

/// A part's text without the marks that are ours: fences, bullets, numbers and boxes of tasks.
fn unmarked(part: &Part) -> String {
    match part.kind {
        PartKind::Code => inside_fence(&part.text).to_owned(),
        PartKind::List => part.text.lines().map(without_mark).collect::<Vec<_>>().join("\n"),
        PartKind::Prose | PartKind::Table { .. } => part.text.replace("[x] ", ""),
    }
}

fn without_mark(line: &str) -> &str {
    let line = line.trim_start();
    let line = line.trim_start_matches("[x] ");
    line.split_once(". ").filter(|(number, _)| number.parse::<u32>().is_ok()).map_or(line, |(_, text)| text)
}

impl Scores {
    pub(crate) fn score(&mut self, name: &str, seen: &Visible, converted: Converted) {
        self.bodies += 1;
        let share = converted.words.kept_share();
        self.share = if self.bodies == 1 { share } else { self.share.min(share) };
        if share < 0.995 {
            self.misses.push(format!("{name}: counts {:?}", converted.words));
        }
        let sections = converted.sections;
        let headings = sections.iter().filter_map(|section| section.heading_path.last().cloned());
        let parts: Vec<&Part> = sections.iter().flat_map(|section| &section.parts).collect();
        let text = headings.chain(parts.iter().map(|part| unmarked(part))).collect::<Vec<_>>().join("\n");
        let (before, after) = (words(&seen.text), words(&text));
        let kept = shared(&before, &after);
        self.words.kept += kept;
        self.words.total += count(&before);
        if (kept as f64) < 0.995 * count(&before) as f64 {
            let missing = before.iter().filter(|(word, count)| after.get(*word).is_none_or(|after| after < count));
            self.misses.push(format!(
                "{name}: {kept} of {} words, without {:?}",
                count(&before),
                missing.collect::<Vec<_>>()
            ));
        }
        if count(&after) as f64 > 1.05 * count(&before) as f64 {
            let extra = after.iter().filter(|(word, count)| before.get(*word).is_none_or(|before| before < count));
            self.misses.push(format!(
                "{name}: {} words from {}, with {:?}",
                count(&after),
                count(&before),
                extra.collect::<Vec<_>>()
            ));
        }
        let code: Vec<&str> =
            parts.iter().filter(|part| part.kind == PartKind::Code).map(|part| inside_fence(&part.text)).collect();
        for (body, in_cell) in seen.code.iter().filter(|(body, _)| !body.trim().is_empty()) {
            let body = body.replace("\r\n", "\n");
            let exact = code.contains(&body.strip_suffix('\n').unwrap_or(&body));
            let kept = exact || (*in_cell && shared(&words(&body), &after) == count(&words(&body)));
            self.note(name, kept, "code", &body, |scores| &mut scores.code);
        }
        for value in &seen.hidden {
            let leaked =
                words(value).iter().any(|(word, _)| after.get(word).unwrap_or(&0) > before.get(word).unwrap_or(&0));
            self.note(name, !leaked, "leak", value, |scores| &mut scores.leaks);
        }
        let lines = parts.iter().flat_map(|part| part.text.lines());
        let tasks = lines.filter(|line| line.contains("[x] ") || line.contains("[ ] ")).collect::<Vec<_>>().join("\n");
        for task in seen.tasks.iter().filter(|task| !task.trim().is_empty()) {
            let kept = shared(&words(task), &words(&tasks)) == count(&words(task));
            self.note(name, kept, "task", task, |scores| &mut scores.tasks);
        }
        for key in &seen.keys {
            self.note(name, after.contains_key(key), "key", key, |scores| &mut scores.keys);
        }
        for status in &seen.statuses {
            self.note(name, text.contains(status.as_str()), "status", status, |scores| &mut scores.statuses);
        }
    }

    fn note(&mut self, name: &str, kept: bool, what: &str, value: &str, tally: impl FnOnce(&mut Self) -> &mut Tally) {
        tally(self).add(kept);
        if !kept {
            self.misses.push(format!("{name}: {what} {value:?}"));
        }
    }

    pub(crate) fn print(&self) {
        let row = |name: &str, tally: Tally| println!("{name:<28} {:>6} of {:>6}", tally.kept, tally.total);
        println!("{} bodies", self.bodies);
        row("verbatim bodies kept", self.code);
        row("parameters kept out", self.leaks);
        row("tasks kept", self.tasks);
        row("Jira keys kept", self.keys);
        row("status lozenges kept", self.statuses);
        row("visible words kept", self.words);
        println!("{:<28} {:>6.4}", "least share kept, as counted", self.share);
        self.misses.iter().for_each(|miss| println!("MISS {miss}"));
    }
}

fn inside_fence(part: &str) -> &str {
    part.split_once('\n').and_then(|(_, rest)| rest.rsplit_once('\n')).map_or("", |(inner, _)| inner)
}

#[test]
fn shared_bodies_keep_what_a_reader_sees() {
    let Some(bodies) = bodies("storage") else { return };
    let mut scores = Scores::default();
    for (name, storage) in bodies {
        let mut seen = visible::read(&storage);
        if !storage.contains("<ac:task>") {
            seen.tasks.clear();
        }
        scores.score(&name, &seen, convert(&storage, &Options::new("Page")));
    }
    scores.print();
    assert!(scores.misses.is_empty(), "{} misses", scores.misses.len());
    assert!(scores.bodies > 100 && scores.code.total > 40 && scores.leaks.total > 100, "too little was scored");
}

/// The scorer itself must see what goes wrong.
#[test]
fn a_lost_word_and_a_leak_are_seen() {
    let seen = visible::read(
        r#"<p>one &amp; t<b>wo</b></p><ac:structured-macro ac:name="info"><ac:parameter ac:name="icon">false</ac:parameter><ac:rich-text-body>x</ac:rich-text-body></ac:structured-macro>"#,
    );
    assert_eq!(seen.hidden, ["false"]);
    assert_eq!(words(&seen.text), words("one two Info: x"));
    assert_eq!(shared(&words(&seen.text), &words("two false")), 1);
}
