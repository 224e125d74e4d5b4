//! The body of a request: to its end, but not for ever, and to captions.

use std::time::Duration;

use axum::body::{Body, Bytes};
use captions::{Format, Read, Reader};
use futures::StreamExt;
use serde_json::Value;

/// Longest body, in bytes.
pub(crate) const LONGEST: usize = 1024 * 1024;
/// How much of a longer one is read and forgotten, in bytes: who is still sending would not see the refusal.
const FORGOTTEN: usize = 32 * 1024 * 1024;
/// How long a body may take to arrive.
const PATIENCE: Duration = Duration::from_secs(10);

/// Why there is no body.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum NoBody {
    TooLong,
    Late,
    Broken,
}

/// All of the body.
pub(crate) async fn whole(body: Body) -> Result<Vec<u8>, NoBody> {
    tokio::time::timeout(PATIENCE, collect(body)).await.unwrap_or(Err(NoBody::Late))
}

async fn collect(body: Body) -> Result<Vec<u8>, NoBody> {
    let mut stream = body.into_data_stream();
    let (mut all, mut length) = (Vec::new(), 0);
    while let Some(piece) = stream.next().await {
        let piece: Bytes = piece.map_err(|_| NoBody::Broken)?;
        length += piece.len();
        match length {
            0..=LONGEST => all.extend_from_slice(&piece),
            length if length <= FORGOTTEN => all = Vec::new(),
            _ => break,
        }
    }
    if length > LONGEST { Err(NoBody::TooLong) } else { Ok(all) }
}

/// What the text says. The format is found out; what the request calls it counts where the text does not tell.
pub(crate) fn read(text: &[u8], content_type: Option<&str>) -> Vec<Read> {
    let media = content_type.and_then(|kind| kind.split(';').next()).map(|media| media.trim().to_ascii_lowercase());
    let hint = match media.as_deref() {
        Some("text/vtt") => Some(Format::WebVtt),
        Some("application/x-subrip" | "text/srt") => Some(Format::Srt),
        Some("application/json" | "application/x-ndjson" | "application/jsonl") => Some(Format::Ndjson),
        _ => None,
    };
    if let Some(lines) = json_lines(text, hint == Some(Format::Ndjson)) {
        return all(&mut Reader::of(Format::Ndjson), lines.as_bytes());
    }
    let mut reader = Reader::new();
    let reads = all(&mut reader, text);
    match (reader.format(), hint) {
        (None | Some(Format::Plain), Some(hint)) => all(&mut Reader::of(hint), text),
        _ => reads,
    }
}

fn all(reader: &mut Reader, text: &[u8]) -> Vec<Read> {
    let mut reads = reader.feed(text);
    reads.extend(reader.finish());
    reads
}

/// One JSON object, or an array of them, a line each.
fn json_lines(text: &[u8], is_said: bool) -> Option<String> {
    let items = match serde_json::from_slice(text).ok()? {
        Value::Array(items) if is_said || items.iter().any(Value::is_object) => items,
        object @ Value::Object(_) => vec![object],
        _ => return None,
    };
    let lines: Vec<String> = items.iter().map(Value::to_string).collect();
    Some(lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use futures::stream;
    use rstest::rstest;

    use super::*;

    const CUE: &str = "id-1\n00:01.000 --> 00:02.000\nHi\n";

    /// The texts, and how many problems there are.
    fn texts(text: &str, content_type: Option<&str>) -> (Vec<String>, usize) {
        let reads = read(text.as_bytes(), content_type);
        let problems = reads.iter().filter(|read| matches!(read, Read::Problem(_))).count();
        let texts = reads.into_iter().filter_map(|read| match read {
            Read::Caption(caption) => Some(caption.text),
            Read::Problem(_) => None,
        });
        (texts.collect(), problems)
    }

    #[rstest]
    #[case::object("{\n  \"text\": \"a\"\n}", None, &["a"], 0)]
    #[case::array("[{\"text\":\"a\"},\n{\"text\":\"b\"}]", Some("application/json"), &["a", "b"], 0)]
    #[case::array_unsaid("[{\"text\":\"a\"}]", None, &["a"], 0)]
    #[case::array_of_others("[{\"text\":\"a\"}, 5, {}]", Some("application/json; charset=utf-8"), &["a"], 2)]
    #[case::empty_array("[]", Some("application/json"), &[], 0)]
    #[case::brackets_are_text("[5]", None, &["[5]"], 0)]
    #[case::lines("{\"text\":\"a\"}\n{\"text\":\"b\"}", Some("application/x-www-form-urlencoded"), &["a", "b"], 0)]
    #[case::broken_first_line("{\"text\n{\"text\":\"b\"}", None, &["b"], 1)]
    #[case::broken_json("oops\n{\"text\":\"b\"}", Some("application/x-ndjson"), &["b"], 1)]
    #[case::vtt("WEBVTT\n\n00:01.000 --> 00:02.000\nHi\n", Some("text/plain"), &["Hi"], 0)]
    #[case::vtt_without_header(CUE, Some("text/vtt"), &["Hi"], 1)]
    #[case::said_to_be_vtt("1\n00:00:01,000 --> 00:00:02,000\nHi\n", Some("Text/VTT"), &["Hi"], 0)]
    #[case::plain("Hi\nthere", Some("text/plain"), &["Hi", "there"], 0)]
    #[case::nothing("", Some("text/vtt"), &[], 0)]
    fn a_body(#[case] text: &str, #[case] kind: Option<&str>, #[case] expected: &[&str], #[case] problems: usize) {
        let expected = expected.iter().map(|text| (*text).to_owned()).collect();
        assert_eq!(texts(text, kind), (expected, problems));
    }

    #[tokio::test(start_paused = true)]
    async fn who_never_ends_is_late() {
        let begun = stream::iter([Ok::<_, std::io::Error>("text")]).chain(stream::pending());
        assert_eq!(whole(Body::from_stream(begun)).await, Err(NoBody::Late));
    }

    #[rstest]
    #[case(LONGEST, Ok(LONGEST))]
    #[case(LONGEST + 1, Err(NoBody::TooLong))]
    #[case(FORGOTTEN * 2, Err(NoBody::TooLong))]
    #[tokio::test]
    async fn a_long_body(#[case] length: usize, #[case] expected: Result<usize, NoBody>) {
        let pieces = vec![64 * 1024; length / (64 * 1024)].into_iter().chain([length % (64 * 1024)]);
        let pieces = stream::iter(pieces.map(|size| Ok::<_, std::io::Error>(vec![b'x'; size])));
        assert_eq!(whole(Body::from_stream(pieces)).await.map(|body| body.len()), expected);
    }
}
