//! Reads an evaluation set in BEIR layout.

use std::collections::HashMap;
use std::path::Path;

use serde::Deserialize;

use crate::Error;

/// Questions and their right answers.
#[derive(Debug)]
pub(super) struct EvaluationSet {
    questions: Vec<(String, HashMap<String, u32>)>,
}

/// A document of the set.
#[derive(Debug, Deserialize)]
pub(super) struct CorpusLine {
    #[serde(rename = "_id")]
    pub id: String,
    #[serde(default)]
    pub title: String,
    pub text: String,
}

#[derive(Debug, Deserialize)]
struct QueryLine {
    #[serde(rename = "_id")]
    id: String,
    text: String,
}

impl EvaluationSet {
    /// Reads the questions that have a right answer.
    pub(super) fn open(dir: &Path) -> Result<Self, Error> {
        let mut right: HashMap<String, HashMap<String, u32>> = HashMap::new();
        let path = dir.join("qrels.tsv");
        for (number, line) in (1..).zip(read(&path)?.lines()).skip(1).filter(|(_, line)| !line.is_empty()) {
            let (query, document, grade) =
                judgement(line).ok_or_else(|| Error::EvaluationSet { path: path.clone(), line: number })?;
            if grade > 0 {
                right.entry(query.to_owned()).or_default().insert(document.to_owned(), grade);
            }
        }
        let queries: Vec<QueryLine> = lines(&dir.join("queries.jsonl"))?;
        let with_answers = |query: QueryLine| Some((query.text, right.remove(&query.id)?));
        Ok(Self { questions: queries.into_iter().filter_map(with_answers).collect() })
    }

    /// Reads the documents.
    pub(super) fn corpus(dir: &Path) -> Result<Vec<CorpusLine>, Error> {
        lines(&dir.join("corpus.jsonl"))
    }

    /// Each question and the grade of each right document.
    pub(super) fn questions(&self) -> impl Iterator<Item = (&str, &HashMap<String, u32>)> {
        self.questions.iter().map(|(text, right)| (text.as_str(), right))
    }
}

fn judgement(line: &str) -> Option<(&str, &str, u32)> {
    let mut columns = line.split('\t');
    Some((columns.next()?, columns.next()?, columns.next()?.trim().parse().ok()?))
}

fn lines<T: serde::de::DeserializeOwned>(path: &Path) -> Result<Vec<T>, Error> {
    let text = read(path)?;
    let parse = |(line, text): (usize, &str)| {
        serde_json::from_str(text).map_err(|_| Error::EvaluationSet { path: path.to_owned(), line })
    };
    (1..).zip(text.lines()).map(parse).collect()
}

fn read(path: &Path) -> Result<String, Error> {
    std::fs::read_to_string(path).map_err(|source| Error::Io { path: path.to_owned(), source })
}
