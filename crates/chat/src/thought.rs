//! Some models think aloud before they answer, in a tag of its own. That is no part of the answer.

/// Names of the tags.
const NAMES: [&str; 4] = ["think", "thinking", "thought", "reasoning"];

/// Lets an answer through, and nothing of the thoughts before it.
#[derive(Debug)]
pub(crate) enum Thought {
    /// The answer may still begin with a tag: what was held back.
    Before(String),
    /// Until this tag; and the last letters seen.
    Inside { end: String, last: String },
    /// The answer.
    Over,
}

impl Thought {
    pub(crate) fn new() -> Self {
        Self::Before(String::new())
    }

    /// Takes a letter; what may go on.
    pub(crate) fn take(&mut self, letter: char) -> String {
        match self {
            Self::Over => letter.to_string(),
            Self::Before(held) => {
                held.push(letter);
                let tag = held.trim_start().to_lowercase();
                if let Some(name) = NAMES.iter().find(|name| tag == format!("<{name}>")) {
                    *self = Self::Inside { end: format!("</{name}>"), last: String::new() };
                } else if !NAMES.iter().any(|name| format!("<{name}>").starts_with(&tag)) {
                    return self.finish();
                }
                String::new()
            }
            Self::Inside { end, last } => {
                last.extend(letter.to_lowercase());
                if last.ends_with(end.as_str()) {
                    *self = Self::Over;
                } else if letter == '>' {
                    last.clear();
                }
                String::new()
            }
        }
    }

    /// No letter follows; what was held back.
    pub(crate) fn finish(&mut self) -> String {
        match std::mem::replace(self, Self::Over) {
            Self::Before(held) => held,
            Self::Inside { .. } | Self::Over => String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::none("An answer.", "An answer.")]
    #[case::thoughts("<think>Hm [1]. <b>No</b>.</think>\nAn answer.", "\nAn answer.")]
    #[case::other_name(" \n<Thinking>Hm.</thinking>Answer", "Answer")]
    #[case::another_tag("<b>Answer</b>", "<b>Answer</b>")]
    #[case::later("Answer <think>a</think>", "Answer <think>a</think>")]
    #[case::no_end("<think>Answer [1].", "")]
    #[case::half_a_tag("<thi", "<thi")]
    #[case::nothing("", "")]
    fn thoughts_are_no_answer(#[case] reply: &str, #[case] answer: &str) {
        let mut thought = Thought::new();
        let mut passed: String = reply.chars().map(|letter| thought.take(letter)).collect();
        passed.push_str(&thought.finish());
        assert_eq!(passed, answer);
    }
}
