//! What is not as it should be: told, and read as far as it goes.

use captions::{LONGEST_TEXT, Read, Reader};
use rstest::rstest;

use crate::shown::{read, read_in, show};

#[rstest]
#[case::no_header("00:01.000 --> 00:02.000\nHi\n", &["! line 1: `WEBVTT` is missing in the first line; read all the same", "@1 Hi"])]
#[case::bad_time("WEBVTT\n\n00:99 --> 00:02.000\nHi\n", &["! line 3: the time `00:99` can't be read; its text was taken", "Hi"])]
#[case::backwards("WEBVTT\n\n00:03.000 --> 00:02.000\nHi\n", &["! line 3: the caption ends before it starts; its text was taken", "@3 Hi"])]
#[case::no_time("WEBVTT\n\nHi\nthere\n\n00:02.000 --> 00:03.000\nYes\n", &["! line 3: text without a time; taken", "Hi there", "@2 Yes"])]
#[case::blank_in_a_cue("WEBVTT\n\n00:02.000 --> 00:03.000\nYes\n\nbut\n", &["@2 Yes", "! line 6: text without a time; taken", "but"])]
#[case::no_blank("WEBVTT\n00:01.000 --> 00:02.000\nOne\n00:02.000 --> 00:03.000\nTwo\n", &[
    "! line 2: a blank line is missing before the caption; read all the same", "@1 One",
    "! line 4: a blank line is missing before the caption; read all the same", "@2 Two"])]
#[case::no_blank_with_ids("WEBVTT\n\nu/1-0\n00:01.000 --> 00:02.000\nOne\nu/1-1\n00:02.000 --> 00:03.000\nTwo\n", &[
    "#u/1-0 @1 One", "! line 7: a blank line is missing before the caption; read all the same", "#u/1-1 @2 Two"])]
#[case::no_blank_with_numbers("1\n00:00:01,000 --> 00:00:02,000\nOne\n2\n00:00:02,000 --> 00:00:03,000\nTwo\n", &[
    "@1 One", "! line 5: a blank line is missing before the caption; read all the same", "@2 Two"])]
#[case::a_number_is_said("00:00:01,000 --> 00:00:02,000\n42\n00:00:02,000 --> 00:00:03,000\nTwo\n", &[
    "@1 42", "! line 3: a blank line is missing before the caption; read all the same", "@2 Two"])]
#[case::number_without_time("1\n00:00:01,000 --> 00:00:02,000\nOne\n\n2\nTwo\n", &["@1 One", "! line 5: text without a time; taken", "Two"])]
#[case::broken_json("{\"text\":\"a\"}\n{\"text\":\n[1]\n{\"at\":1}\n{\"text\":5}\n{\"text\":\"b\"}\n", &[
    "a", "! line 2: not a JSON object (EOF while parsing a value); skipped",
    "! line 3: not a JSON object (invalid type: sequence, expected a map); skipped",
    "! line 4: `text` is missing or is no string; skipped", "! line 5: `text` is missing or is no string; skipped", "b"])]
#[case::json_times("{\"text\":\"a\",\"at\":\"soon\"}\n{\"text\":\"b\",\"at\":-1}\n{\"text\":\"c\",\"at\":[]}\n{\"text\":\"d\",\"at\":null}", &[
    "! line 1: the time `soon` can't be read; its text was taken", "a",
    "! line 2: the time `-1` can't be read; its text was taken", "b",
    "! line 3: the time `[]` can't be read; its text was taken", "c", "d"])]
#[case::json_escapes("{\"text\":\"a\\u0000b\\u202ec\",\"speaker\":\"A\\u0007nn\\u200b\"}", &["Ann: abc"])]
#[case::binary("Hello\n\0\x01\nthere\n", &["Hello", "! line 2: not text; skipped", "there"])]
fn is_told(#[case] text: &str, #[case] expected: &[&str]) {
    assert_eq!(read(text), expected);
}

#[test]
fn an_unknown_encoding_is_told_once() {
    assert_eq!(
        read(b"caf\xe9 au lait\ncr\xe8me de la cr\xe8me\n"),
        [
            "! line 1: some of it is in no known encoding; what can't be read became `\u{fffd}`",
            "caf\u{fffd} au lait",
            "cr\u{fffd}me de la cr\u{fffd}me",
        ]
    );
}

#[rstest]
#[case(10_000_000, "! line 2: 10.0 MB without a line break; skipped")]
#[case(70_000, "! line 2: 70 KB without a line break; skipped")]
fn a_line_without_end(#[case] length: usize, #[case] expected: &str) {
    let text = format!("one\n{}\nthree", "x".repeat(length));
    assert_eq!(show(&read_in(Reader::new(), text.as_bytes(), 4096)), ["one", expected, "three"]);
    let unfinished = format!("one\n{}", "x".repeat(length));
    assert_eq!(show(&read_in(Reader::new(), unfinished.as_bytes(), 4096)), ["one", expected]);
}

#[rstest]
#[case::plain(String::new(), 1)]
#[case::one_line_of_a_cue("WEBVTT\n\n00:01.000 --> 00:02.000\n".to_owned(), 3)]
fn a_long_text_is_cut(#[case] before: String, #[case] line: u64) {
    let reads = read_in(Reader::new(), format!("{before}{}", "ä".repeat(LONGEST_TEXT + 1)).as_bytes(), 999);
    let [Read::Problem(problem), Read::Caption(caption)] = reads.as_slice() else { panic!("{reads:?}") };
    assert_eq!(problem.to_string(), format!("line {line}: longer than 8,000 characters; cut there"));
    assert_eq!(caption.text.chars().count(), LONGEST_TEXT);
}

#[test]
fn a_cue_without_end_is_cut_and_the_next_one_read() {
    let text = format!(
        "WEBVTT\n\n00:01.000 --> 00:02.000\n{}\n\n00:02.000 --> 00:03.000\nTwo\n",
        "many words\n".repeat(50_000)
    );
    let reads = read_in(Reader::new(), text.as_bytes(), 4096);
    let problems: Vec<_> = reads.iter().filter(|read| matches!(read, Read::Problem(_))).collect();
    assert_eq!(problems.len(), 1, "{problems:?}");
    let texts: Vec<_> =
        reads.iter().filter_map(|read| if let Read::Caption(one) = read { Some(&one.text) } else { None }).collect();
    assert_eq!((texts.len(), texts[1].as_str()), (2, "Two"));
    assert!(texts[0].chars().count() <= LONGEST_TEXT);
}

/// Signs that make a careless reader look at the rest of the text again for each of them.
#[rstest]
#[case("<")]
#[case("&")]
#[case("< ")]
#[case("{\\")]
#[case("<v A>")]
#[case("<v A>x")]
#[case("-->")]
#[case(": ")]
#[case("[")]
fn many_signs_are_read_in_passing(#[case] sign: &str) {
    let line = sign.repeat(30_000 / sign.len());
    let text = format!("WEBVTT\n\n00:01.000 --> 00:02.000\n{line}\n\n").repeat(20);
    let reads = read_in(Reader::new(), text.as_bytes(), 4096);
    assert!(reads.len() < 20 * 6_000);
}
