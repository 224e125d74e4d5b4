//! What may be posted.

use rstest::rstest;
use tokio::io::AsyncWriteExt;

use crate::stage::{Stage, TOKEN, answer};

#[rstest]
#[case::plain("text/plain", b"Ann Lee: Hi\nYes\n", r#"{"problems":[],"taken":2}"#, &["Hi", "Yes"])]
#[case::web_vtt("text/vtt", b"WEBVTT\n\n00:01.000 --> 00:02.000\nHi\n", r#"{"problems":[],"taken":1}"#, &["Hi"])]
#[case::srt("text/plain", b"1\n00:00:01,000 --> 00:00:02,000\nHi\n", r#"{"problems":[],"taken":1}"#, &["Hi"])]
#[case::lines("application/x-ndjson", b"{\"text\":\"a\"}\n{\"text\":\"b\"}\n", r#"{"problems":[],"taken":2}"#, &["a", "b"])]
#[case::object("application/json", b"{\n\"text\":\"a\"\n}", r#"{"problems":[],"taken":1}"#, &["a"])]
#[case::array("application/json", b"[{\"text\":\"a\"},\n {\"text\":\"b\"}]", r#"{"problems":[],"taken":2}"#, &["a", "b"])]
#[case::malformed("application/json", b"{\"text\":", r#"{"problems":["line 1: not a JSON object (EOF while parsing a value); skipped"],"taken":0}"#,
    &["! line 1: not a JSON object (EOF while parsing a value); skipped"])]
#[case::binary("application/octet-stream", b"\x89PNG\0\0\n\0\x01", r#"{"problems":["line 1: not text; skipped","line 2: not text; skipped"],"taken":0}"#,
    &["! line 1: not text; skipped", "! line 2: not text; skipped"])]
#[case::nothing("text/plain", b"", r#"{"problems":[],"taken":0}"#, &[])]
#[tokio::test]
async fn a_body(#[case] kind: &str, #[case] body: &[u8], #[case] expected: &str, #[case] out: &[&str]) {
    let mut stage = Stage::new().await;
    let (status, _, said) = stage.post_as(kind, body).await;
    assert_eq!((status, said.as_str()), (200, expected));
    for text in out {
        assert_eq!(stage.next().await, *text);
    }
    assert!(stage.is_empty());
}

#[tokio::test]
async fn many_problems_are_counted() {
    let mut stage = Stage::new().await;
    let (status, _, said) = stage.post_as("application/x-ndjson", &b"{\n".repeat(500)).await;
    assert!(status == 200 && said.contains("480 more problems") && said.len() < 3_000, "{said}");
    for _ in 0..20 {
        assert!(stage.next().await.starts_with("! line "));
    }
    assert_eq!(stage.next().await, "! 480 more problems");
    assert!(stage.is_empty());
}

#[rstest]
#[case::just_too_long(1024 * 1024 + 1)]
#[case::ten_megabytes(10_000_000)]
#[tokio::test]
async fn a_body_that_is_too_long(#[case] length: usize) {
    let mut stage = Stage::new().await;
    let (status, _, said) = stage.post(vec![b'x'; length]).await;
    assert_eq!((status, said.as_str()), (413, r#"{"error":"a body has at most 1 MiB"}"#));
    assert!(stage.is_empty());
    assert_eq!(stage.post("still there").await.0, 200);
}

#[tokio::test]
async fn a_body_in_chunks_without_a_length() {
    let mut stage = Stage::new().await;
    let mut stream = stage.connect().await;
    let head = format!(
        "POST /captions HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {TOKEN}\r\nTransfer-Encoding: chunked\r\n\r\n",
        stage.host()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    for piece in ["3\r\nHel\r\n", "5\r\nlo\nYe\r\n", "1\r\ns\r\n", "0\r\n\r\n"] {
        stream.write_all(piece.as_bytes()).await.unwrap();
        tokio::task::yield_now().await;
    }
    assert_eq!(answer(&mut stream).await.2, r#"{"problems":[],"taken":2}"#);
    assert_eq!((stage.next().await, stage.next().await), ("Hello".to_owned(), "Yes".to_owned()));
}

#[rstest]
#[case::no_http(b"\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03 hello\r\n\r\n")]
#[case::no_sense(b"captions please\r\n\r\n")]
#[tokio::test]
async fn what_is_no_http(#[case] bytes: &[u8]) {
    let mut stage = Stage::new().await;
    assert_eq!(stage.send(bytes).await.0, 400);
    assert!(stage.is_empty());
    assert_eq!(stage.post("still there").await.0, 200);
}

#[tokio::test]
async fn who_leaves_in_the_middle_leaves_nothing() {
    let mut stage = Stage::new().await;
    let mut stream = stage.connect().await;
    let head = format!(
        "POST /captions?token={TOKEN} HTTP/1.1\r\nHost: {}\r\nContent-Length: 100\r\n\r\nHello\n",
        stage.host()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    drop(stream);
    assert_eq!(stage.post("next").await.0, 200);
    assert_eq!(stage.next().await, "next");
    assert!(stage.is_empty());
}
