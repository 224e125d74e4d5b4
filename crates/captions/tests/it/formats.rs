//! The formats as tools write them.

use captions::{Format, Reader};
use rstest::rstest;

use crate::shown::{read, show};

const TEAMS: &str = "WEBVTT\r\n\r\n\
    3f2a9c1e-77b0-4c6d-9a51-0d2f4e6b8a10/18-0\r\n00:00:03.128 --> 00:00:05.520\r\n<v Lee, Ann (ACME)>Good morning,\r\neverybody.</v>\r\n\r\n\
    3f2a9c1e-77b0-4c6d-9a51-0d2f4e6b8a10/18-1\r\n00:00:05.520 --> 00:00:07.000\r\n<v Lee, Ann (ACME)>R&amp;D &lt;first&gt;.</v>\r\n";

#[test]
fn teams() {
    assert_eq!(
        read(TEAMS),
        [
            "#3f2a9c1e-77b0-4c6d-9a51-0d2f4e6b8a10/18-0 @3.128 Lee, Ann (ACME): Good morning, everybody.",
            "#3f2a9c1e-77b0-4c6d-9a51-0d2f4e6b8a10/18-1 @5.52 Lee, Ann (ACME): R&D <first>.",
        ]
    );
}

#[test]
fn zoom() {
    let text = "WEBVTT\n\n1\n00:00:05.000 --> 00:00:08.000\nAnn Lee: Hello\n\n2\n00:00:08.000 --> 00:00:09.000\nBob: Yes\n\n\
        3\n00:00:09.000 --> 00:00:10.000\nBob: and then\n\n4\n00:00:10.000 --> 00:00:11.000\nwithout a name\n";
    assert_eq!(read(text), ["#1 @5 Ann Lee: Hello", "#2 @8 Bob: Yes", "#3 @9 Bob: and then", "#4 @10 without a name"]);
}

#[rstest]
#[case::blocks("WEBVTT - Title\nKind: captions\n\nNOTE a\nb\n\nSTYLE\n::cue { color: red }\n\nREGION\nid:a\n\n00:01.000 --> 00:02.000\nHi\n", &["@1 Hi"])]
#[case::voices("WEBVTT\n\na\n00:01.000 --> 00:02.000\n<v Ann>Hi\n<v Bob>Yes &amp; no\n", &["#a @1 Ann: Hi", "#a#2 @1 Bob: Yes & no"])]
#[case::settings("WEBVTT\n\n01:00:01.000 --> 01:00:02.000 line:0 align:start\n<c.red>Hi</c>&nbsp;there\n", &["@3601 Hi there"])]
#[case::two_files("WEBVTT\n\n00:01.000 --> 00:02.000\nOne\n\nWEBVTT\n\n00:01.000 --> 00:02.000\nTwo\n", &["@1 One", "@1 Two"])]
#[case::empty_cue("WEBVTT\n\n00:01.000 --> 00:02.000\n\n00:02.000 --> 00:03.000\n<i></i>\n", &[])]
#[case::only_a_header("WEBVTT", &[])]
#[case::no_break_at_the_end("WEBVTT\n\n00:01.000 --> 00:02.000\nHi", &["@1 Hi"])]
#[case::arrow_in_text("WEBVTT\n\n00:01.000 --> 00:02.000\nfrom A --> B\n", &["@1 from A --> B"])]
#[case::srt("1\n00:00:01,000 --> 00:00:02,000\n<i>Hello</i>\nthere\n\n2\n00:00:02,500 --> 00:00:03,000\n{\\an8}Ann Lee: Hi\n", &["@1 Hello there", "@2.5 Ann Lee: Hi"])]
#[case::srt_without_numbers("00:00:01,000 --> 00:00:02,000\nOne\n\n00:00:02,000 --> 00:00:03,000\nTwo\n", &["@1 One", "@2 Two"])]
#[case::srt_with_stops("1\n00:00:01.000 --> 00:00:02.000\nOne\n", &["@1 One"])]
#[case::srt_font("1\n00:00:01,000 --> 00:00:02,000\n<font color=\"#fff\">One</font>\n", &["@1 One"])]
#[case::ndjson("{\"at\":62.5,\"speaker\":\"Ann\",\"text\":\"Hello\\nthere\"}\n{\"text\":\"x\",\"more\":[1,{}]}\n", &["@62.5 Ann: Hello there", "x"])]
#[case::ndjson_all("{\"start\":\"3.5\",\"key\":\"k\",\"text\":\"a\",\"is_final\":false}\n\n{\"at\":\"00:01:02\",\"id\":7,\"text\":\"b\",\"final\":true,\"speaker\":null}", &["#k @3.5 ~a", "#7 @62 b"])]
#[case::ndjson_keeps_colons("{\"text\":\"Ann Lee: Hello\"}", &["Ann Lee: Hello"])]
#[case::plain("Hello\n\n[00:01:00] Ann Lee: hi\n", &["Hello", "@60 Ann Lee: hi"])]
#[case::plain_number("5\nand more\n", &["5", "and more"])]
#[case::plain_number_alone("5", &["5"])]
#[case::plain_brace_later("Hello\n{\"text\":\"x\"}\n", &["Hello", "{\"text\":\"x\"}"])]
#[case::hidden("Hel\u{200b}lo\u{202e} \u{e0041}there\n", &["Hello there"])]
#[case::nothing("", &[])]
#[case::blank("\n \n\t\n", &[])]
fn a_text(#[case] text: &str, #[case] expected: &[&str]) {
    assert_eq!(read(text), expected);
}

#[rstest]
#[case::web_vtt("WEBVTT\n", Some(Format::WebVtt))]
#[case::after_blank_lines("\n\n WEBVTT\tx\n", Some(Format::WebVtt))]
#[case::no_header("00:01.000 --> 00:02.000\n", Some(Format::WebVtt))]
#[case::srt("1\n00:00:01,000 --> 00:00:02,000\n", Some(Format::Srt))]
#[case::srt_times("00:00:01,000 --> 00:00:02,000\n", Some(Format::Srt))]
#[case::number_and_blank("1\n\n00:00:01,000 --> 00:00:02,000\n", Some(Format::Srt))]
#[case::ndjson(" {\"text\"\n", Some(Format::Ndjson))]
#[case::word("WEBVTTX\n", Some(Format::Plain))]
#[case::plain("Hello\n", Some(Format::Plain))]
#[case::numbers("1\n2\n", Some(Format::Plain))]
#[case::not_yet("WEBVTT", None)]
#[case::number("1\n", None)]
#[case::binary_tells_nothing("\0\0\n", None)]
#[case::nothing("", None)]
fn the_format(#[case] text: &str, #[case] expected: Option<Format>) {
    let mut reader = Reader::new();
    for byte in text.as_bytes() {
        reader.feed(&[*byte]);
    }
    assert_eq!(reader.format(), expected);
}

#[rstest]
#[case::little_endian(u16::to_le_bytes)]
#[case::big_endian(u16::to_be_bytes)]
fn utf_16(#[case] bytes: fn(u16) -> [u8; 2]) {
    let text = format!("{TEAMS}ü 😀");
    let utf16: Vec<u8> = format!("\u{feff}{text}").encode_utf16().flat_map(bytes).collect();
    let expected = read(&text);
    assert_eq!(expected.last().map(String::as_str), Some("#3f2a9c1e-77b0-4c6d-9a51-0d2f4e6b8a10/18-1#2 @5.52 ü 😀"));
    assert_eq!(read(&utf16), expected);
}

#[rstest]
#[case("\r\n")]
#[case("\r")]
#[case("\n")]
fn line_ends(#[case] end: &str) {
    let text =
        ["\u{feff}WEBVTT", "", "00:01.000 --> 00:02.000", "Hi", "there", "", "00:02.000 --> 00:03.000", "Ann Lee: x"];
    assert_eq!(read(text.join(end)), ["@1 Hi there", "@2 Ann Lee: x"]);
}

#[test]
fn a_cue_is_given_at_its_blank_line_or_when_the_next_begins() {
    let mut reader = Reader::new();
    let mut given = |text: &str| show(&reader.feed(text.as_bytes()));
    assert!(given("WEBVTT\n\n00:01.000 --> 00:02.000\nOne\n").is_empty());
    assert_eq!(given("\n"), ["@1 One"]);
    assert!(given("00:02.000 --> 00:03.000\nTwo\n").is_empty());
    assert_eq!(
        given("00:03.000 --> 00:04.000\n"),
        ["@2 Two", "! line 8: a blank line is missing before the caption; read all the same"]
    );
    assert!(given("Three").is_empty());
    assert_eq!(show(&reader.finish()), ["@3 Three"]);
    assert!(reader.finish().is_empty());
}

#[test]
fn the_format_may_be_given() {
    let mut reader = Reader::of(Format::WebVtt);
    assert_eq!(reader.format(), Some(Format::WebVtt));
    let mut reads = reader.feed(b"uuid/1-0\n00:01.000 --> 00:02.000\nOne\n");
    reads.extend(reader.finish());
    assert_eq!(
        show(&reads),
        ["! line 1: `WEBVTT` is missing in the first line; read all the same", "#uuid/1-0 @1 One"]
    );
    let mut reader = Reader::of(Format::Plain);
    assert_eq!(show(&reader.feed(b"WEBVTT\n{}\n")), ["WEBVTT", "{}"]);
}
