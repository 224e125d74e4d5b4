//! A turn a line: `Ann: Hello`, `[00:12:03] Ann: Hello`, `00:12:03 Hello`, `Hello`.

use crate::{Caption, ProblemKind, given::Given, times};

/// Takes a line, trimmed.
pub(crate) fn line(number: u64, line: &str, given: &mut Given) {
    let (at, text) = match bracketed(line).or_else(|| bare(line)) {
        Some((Ok(at), text)) => (Some(at), text),
        Some((Err(kind), text)) => {
            given.problem(number, kind);
            (None, text)
        }
        None => (None, line),
    };
    let text = text.trim_start_matches([' ', '\t', '-', '–', '—']);
    let caption = Caption { key: None, at, speaker: None, text: text.to_owned(), is_final: true };
    given.caption_of_someone(number, caption);
}

type Timed<'t> = (Result<f64, ProblemKind>, &'t str);

/// A time of whatever units in brackets. Other things in brackets are text.
fn bracketed(line: &str) -> Option<Timed<'_>> {
    let (inner, text) = line.strip_prefix('[')?.split_once(']')?;
    let inner = inner.trim();
    let is_meant = inner.contains(':') && inner.bytes().all(|byte| byte.is_ascii_digit() || b":.,".contains(&byte));
    is_meant.then(|| (times::seconds(inner).ok_or_else(|| times::bad(inner)), text))
}

/// Hours, minutes and seconds; `10:30` may be what somebody talks about.
fn bare(line: &str) -> Option<Timed<'_>> {
    let (time, text) = line.split_once(char::is_whitespace)?;
    let time = time.trim_end_matches(':');
    let seconds = times::seconds(time).filter(|_| time.split(':').count() == 3)?;
    Some((Ok(seconds), text))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::{Problem, Read};

    #[rstest]
    #[case("Hello there", None, None, "Hello there")]
    #[case("Ann Lee: Hello", None, Some("Ann Lee"), "Hello")]
    #[case("[00:12:03] Ann: Hello", Some(723.0), Some("Ann"), "Hello")]
    #[case("[12:03] hello", Some(723.0), None, "hello")]
    #[case("[00:12:03.5] - Ann: Hello", Some(723.5), Some("Ann"), "Hello")]
    #[case("00:12:03 Ann Lee: hello", Some(723.0), Some("Ann Lee"), "hello")]
    #[case("00:12:03\thello", Some(723.0), None, "hello")]
    #[case::time_of_day("10:30 is fine", None, None, "10:30 is fine")]
    #[case::aside("[laughs] Well", None, None, "[laughs] Well")]
    #[case::not_closed("[00:12:03 hello", None, None, "[00:12:03 hello")]
    #[case::no_time("99:99:99 hello", None, None, "99:99:99 hello")]
    fn a_turn(#[case] text: &str, #[case] at: Option<f64>, #[case] speaker: Option<&str>, #[case] said: &str) {
        let mut given = Given::default();
        line(1, text, &mut given);
        let speaker = speaker.map(str::to_owned);
        let caption = Caption { key: None, at, speaker, text: said.to_owned(), is_final: true };
        assert_eq!(given.take(), [Read::Caption(caption)]);
    }

    #[test]
    fn a_bad_time_is_told_and_its_text_taken() {
        let mut given = Given::default();
        line(7, "[00:99] Ann: Hello", &mut given);
        let reads = given.take();
        let problem = Problem { line: 7, kind: ProblemKind::BadTime("00:99".to_owned()) };
        assert_eq!(problem.to_string(), "line 7: the time `00:99` can't be read; its text was taken");
        assert_eq!(reads.first(), Some(&Read::Problem(problem)));
        assert!(matches!(reads.get(1), Some(Read::Caption(caption)) if caption.text == "Hello"));
    }

    #[test]
    fn nothing_gives_nothing() {
        let mut given = Given::default();
        for text in ["", "[00:01:00]", "[00:01:00]  ", "\u{200b}"] {
            line(1, text, &mut given);
        }
        assert_eq!(given.take(), []);
    }
}
