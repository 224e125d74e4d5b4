//! What holds whatever is fed and heard.

use std::collections::HashSet;

use captions::{Caption, Format, Read, Reader, Talk};
use proptest::{collection::vec, option, prelude::*, sample::select};

use crate::shown::read_in;

/// Bytes that look like captions, and some that do not.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let pieces: Vec<&[u8]> = vec![
        b"WEBVTT",
        b"\n",
        b"\n",
        b"\n\n",
        b"\r\n",
        b"\r",
        b"1",
        b"2\n",
        b"00:01.000 --> 00:02.000",
        b"00:00:01,500 --> 00:00:02,000",
        b"00:99 --> x",
        b"-->",
        b"<v Ann Lee>",
        b"</v>",
        b"<i>",
        b"<",
        b">",
        b"&amp;",
        b"&#0;",
        b"&#x202e;",
        b"&",
        b"NOTE",
        b"STYLE\n",
        b"Ann Lee: ",
        b"Bob: Hello",
        b" and words ",
        b"[00:12:03] ",
        b"00:12:03 ",
        b"{\"text\":\"a\\u0007b\"}",
        b"{\"text\":",
        b"{\\an8}",
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b"\xfe\xff",
        b"\0",
        b"\x01",
        b"\x1b",
        b"\xff",
        b"\xe2\x80",
        b"\xe2\x80\xae",
        b"\xd8\x3d",
        b"u/1-0\n",
        "ä😀".as_bytes(),
        "\u{200b}".as_bytes(),
        "\u{85}\u{2028}".as_bytes(),
    ];
    let known = vec(select(pieces), 0..40).prop_map(|pieces| pieces.concat());
    prop_oneof![4 => known, 1 => vec(any::<u8>(), 0..300)]
}

fn format() -> impl Strategy<Value = Option<Format>> {
    select(vec![None, Some(Format::WebVtt), Some(Format::Srt), Some(Format::Ndjson), Some(Format::Plain)])
}

fn reader(format: Option<Format>) -> Reader {
    format.map_or_else(Reader::new, Reader::of)
}

fn caption() -> impl Strategy<Value = Caption> {
    let key = option::weighted(0.3, "[a-d]");
    let at = option::weighted(0.8, prop_oneof![8 => 0.0..100.0, 1 => Just(f64::NAN), 1 => Just(-1.0)]);
    let speaker = option::of("[AB]");
    let text = "([ab] ){0,6}|\\PC{0,8}";
    (key, at, speaker, text, any::<bool>()).prop_map(|(key, at, speaker, text, is_final)| Caption {
        key,
        at,
        speaker,
        text,
        is_final,
    })
}

proptest! {
    #[test]
    fn cuts_do_not_matter(bytes in bytes(), cuts in vec(1_usize..20, 0..30), format in format()) {
        let whole = read_in(reader(format), &bytes, bytes.len());
        let mut reader = reader(format);
        let (mut reads, mut rest) = (Vec::new(), bytes.as_slice());
        for cut in cuts {
            let (piece, after) = rest.split_at(cut.min(rest.len()));
            reads.extend(reader.feed(piece));
            rest = after;
        }
        reads.extend(reader.feed(rest));
        reads.extend(reader.finish());
        prop_assert_eq!(reads, whole);
    }

    #[test]
    fn what_is_given_is_fit_to_be_shown(bytes in bytes(), format in format()) {
        for read in read_in(reader(format), &bytes, bytes.len()) {
            match read {
                Read::Caption(Caption { key, at, speaker, text, .. }) => {
                    prop_assert!(!text.is_empty() && text == text.trim());
                    let said = [Some(text), speaker, key];
                    for sign in said.iter().flatten().flat_map(|text| text.chars()) {
                        prop_assert!(!sign.is_control() && !matches!(sign, '\u{200b}' | '\u{202a}'..='\u{202e}'), "{:?}", said);
                    }
                    prop_assert!(at.is_none_or(|at| at.is_finite() && at >= 0.0));
                }
                Read::Problem(problem) => {
                    prop_assert!(problem.line > 0);
                    prop_assert!(!problem.to_string().chars().any(char::is_control), "{problem}");
                }
            }
        }
    }

    #[test]
    fn a_talk_stays_in_order(captions in vec(caption(), 0..60), keep in 0_usize..8) {
        let mut talk = Talk::new(keep);
        for caption in captions {
            talk.hear(caption);
            let segments: Vec<_> = talk.segments().collect();
            prop_assert!(segments.len() <= keep);
            prop_assert!(segments.iter().zip(segments.iter().skip(1)).all(|(one, next)| one.id + 1 == next.id));
            let times: Vec<_> = segments.iter().filter_map(|segment| segment.at).collect();
            prop_assert!(times.is_sorted());
            let keys: Vec<_> = segments.iter().filter_map(|segment| segment.key.as_ref()).collect();
            prop_assert_eq!(keys.iter().collect::<HashSet<_>>().len(), keys.len());
            prop_assert!(segments.iter().all(|segment| talk.get(segment.id) == Some(segment) && !segment.text.is_empty()));
            prop_assert!(segments.iter().all(|segment| segment.id <= talk.heard()));
        }
    }

    #[test]
    fn a_growing_text_is_one_segment(
        words in vec("[a-z]{1,6}", 1..12),
        cuts in vec(1_usize..60, 0..10),
        is_final in any::<bool>(),
        key in option::of("[ab]"),
        speaker in option::of("[AB]"),
        start in option::of(0.0..50.0),
    ) {
        let text = words.join(" ");
        let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| text[..cut.min(text.len())].trim_end().len()).collect();
        cuts.push(text.len());
        cuts.sort_unstable();
        cuts.dedup();
        let (mut talk, count) = (Talk::new(10), cuts.len());
        for (index, cut) in cuts.into_iter().enumerate() {
            let is_final = is_final || index + 1 == count;
            let at = start.map(|start| start + index as f64 * 0.5);
            talk.hear(Caption { key: key.clone(), at, speaker: speaker.clone(), text: text[..cut].to_owned(), is_final });
        }
        let segments: Vec<_> = talk.segments().collect();
        prop_assert_eq!(segments.iter().map(|segment| segment.text.as_str()).collect::<Vec<_>>(), [text.as_str()]);
        prop_assert!(segments[0].is_final);
        prop_assert_eq!(segments[0].at, start);
    }

    #[test]
    fn hearing_everything_again_changes_nothing(words in vec("[a-z]{4,8}", 1..20)) {
        let mut talk = Talk::new(100);
        let captions: Vec<Caption> = words.iter().enumerate().map(|(index, word)| Caption {
            key: Some(index.to_string()), at: Some(index as f64), speaker: None, text: word.clone(), is_final: true,
        }).collect();
        for caption in captions.iter().chain(&captions) {
            talk.hear(caption.clone());
        }
        prop_assert_eq!(talk.heard(), words.len() as u64);
        prop_assert!(talk.segments().all(|segment| segment.revision == 0));
    }
}
