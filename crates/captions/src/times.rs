//! Times as they are written: `1:02:03.5`, `02:03,500`, `62.5`, and the line of a cue's two.

use crate::ProblemKind;

/// Most characters of a time that are shown to a person.
const SHOWN: usize = 40;

/// Seconds of `H:MM:SS`, `MM:SS` or `SS`, with `.` or `,` before a fraction; hours, minutes and seconds by themselves may
/// be any number of four digits, below a greater unit they are under 60.
pub(crate) fn seconds(text: &str) -> Option<f64> {
    let (whole, fraction) = text.split_once(['.', ',']).map_or((text, None), |(whole, part)| (whole, Some(part)));
    let mut total = 0_u32;
    for (index, part) in whole.split(':').enumerate() {
        let value: u32 = part.parse().ok().filter(|_| is_digits(part) && part.len() <= 4)?;
        if index > 2 || (index > 0 && value >= 60) {
            return None;
        }
        total = total * 60 + value;
    }
    let fraction = match fraction {
        Some(digits) if is_digits(digits) => format!("0.{digits}").parse().ok()?,
        Some(_) => return None,
        None => 0.0,
    };
    Some(f64::from(total) + fraction)
}

/// Whether there are digits, and nothing else.
pub(crate) fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A time that is not a time, as a person is told.
pub(crate) fn bad(text: &str) -> ProblemKind {
    ProblemKind::BadTime(crate::clean::cut(crate::clean::clean(text), SHOWN).0)
}

/// The line of a cue's times.
#[derive(Debug, PartialEq)]
pub(crate) struct Timing {
    /// Where the start could be read.
    pub at: Option<f64>,
    pub problem: Option<ProblemKind>,
    /// Whether it writes fractions as SRT does.
    pub has_comma: bool,
}

impl Timing {
    /// Whether a line is one of times, and what it says. Text may have an arrow too; one side of it has to look like a time.
    pub(crate) fn of(line: &str) -> Option<Self> {
        let (start, rest) = line.split_once("-->")?;
        let (start, end) = (start.trim(), rest.split_whitespace().next().unwrap_or_default());
        if !looks_like_time(start) && !looks_like_time(end) {
            return None;
        }
        let (from, to) = (seconds(start), seconds(end));
        let problem = match (from, to) {
            (Some(from), Some(to)) => (to < from).then_some(ProblemKind::EndBeforeStart),
            (None, _) if !start.is_empty() => Some(bad(start)),
            (Some(_), None) if !end.is_empty() => Some(bad(end)),
            _ => Some(bad(line)),
        };
        Some(Self { at: from, problem, has_comma: start.contains(',') })
    }
}

fn looks_like_time(text: &str) -> bool {
    let first = text.trim_start_matches('-').chars().next();
    first.is_some_and(|first| first.is_ascii_digit())
        && (text.contains(':') || seconds(text).is_some())
        && text.len() < 40
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("00:01:02.500", Some(62.5))]
    #[case("01:02.500", Some(62.5))]
    #[case("00:01:02,500", Some(62.5))]
    #[case("1:00:00", Some(3600.0))]
    #[case("90:00", Some(5400.0))]
    #[case("62.5", Some(62.5))]
    #[case("00:00:00.000", Some(0.0))]
    #[case("9999:59:59.999", Some(35_999_999.999))]
    #[case("00:99", None)]
    #[case("00:60:00", None)]
    #[case("1:2:3:4", None)]
    #[case("-1:00", None)]
    #[case("+1:00", None)]
    #[case("1:00.", None)]
    #[case("1:00.5e3", None)]
    #[case("::", None)]
    #[case("", None)]
    #[case("NaN", None)]
    #[case("99999999999:00", None)]
    fn a_time(#[case] text: &str, #[case] expected: Option<f64>) {
        assert_eq!(seconds(text), expected);
    }

    #[rstest]
    #[case::plain("00:01.000 --> 00:02.000", Some(1.0), None)]
    #[case::settings("00:01.000 --> 00:02.000 align:start position:0%", Some(1.0), None)]
    #[case::tight("00:01.000-->00:02.000", Some(1.0), None)]
    #[case::bad_start("00:99 --> 00:02.000", None, Some(ProblemKind::BadTime("00:99".to_owned())))]
    #[case::bad_end("00:01.000 --> later", Some(1.0), Some(ProblemKind::BadTime("later".to_owned())))]
    #[case::no_end("00:01.000 -->", Some(1.0), Some(ProblemKind::BadTime("00:01.000 -->".to_owned())))]
    #[case::no_start("--> 00:01.000", None, Some(ProblemKind::BadTime("--> 00:01.000".to_owned())))]
    #[case::backwards("00:03.000 --> 00:02.000", Some(3.0), Some(ProblemKind::EndBeforeStart))]
    #[case::negative("-00:03.000 --> 00:02.000", None, Some(ProblemKind::BadTime("-00:03.000".to_owned())))]
    fn a_line_of_times(#[case] line: &str, #[case] at: Option<f64>, #[case] problem: Option<ProblemKind>) {
        assert_eq!(Timing::of(line), Some(Timing { at, problem, has_comma: false }));
    }

    #[rstest]
    #[case("from A --> B")]
    #[case("00:01.000 to 00:02.000")]
    #[case("The meeting at 10:30 --> moved")]
    fn text_with_an_arrow_is_text(#[case] line: &str) {
        assert_eq!(Timing::of(line), None);
    }
}
