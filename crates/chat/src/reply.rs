//! The bytes of a reply to pieces of text: server-sent events, or one JSON document where a server ignores `stream`. Pure.
//!
//! Both as in OpenAI's API reference ("chat completion chunk object", "chat completion object"). However the bytes are cut
//! on their way, the text is the same.

use serde_json::Value;

use crate::said;

/// Follows a reply.
#[derive(Debug, Default)]
pub(crate) struct Reply {
    kind: Kind,
    /// Bytes of the line, or of the document, so far.
    open: Vec<u8>,
    /// Data of an event that goes on in the next line.
    data: String,
    after_return: bool,
    /// The model said why it stopped.
    stopped: bool,
    done: bool,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Kind {
    #[default]
    Unknown,
    Events,
    Document,
}

/// Why a reply can't be followed any further.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The server said so.
    Said(String),
    /// It is no reply.
    Foreign(&'static str),
    /// It ended too early.
    CutShort,
}

impl Reply {
    /// Takes further bytes and adds their text to `text`; what came before a fault is added, too.
    pub(crate) fn take(&mut self, bytes: &[u8], text: &mut String) -> Result<(), Fault> {
        for byte in bytes {
            self.take_byte(*byte, text)?;
        }
        Ok(())
    }

    /// Whether all has been said and nothing more is of interest.
    pub(crate) fn is_done(&self) -> bool {
        self.done
    }

    /// Whether an end here is a good one.
    pub(crate) fn may_end(&self) -> bool {
        self.done || self.stopped
    }

    /// The bytes have ended.
    pub(crate) fn finish(&mut self, text: &mut String) -> Result<(), Fault> {
        match self.kind {
            Kind::Document => {
                let document = serde_json::from_slice(&self.open).map_err(|_| Fault::CutShort)?;
                self.value(&document, "message", text)?;
                self.done = true;
            }
            Kind::Events if !self.open.is_empty() => self.line(text)?,
            Kind::Events | Kind::Unknown => {}
        }
        if self.may_end() { Ok(()) } else { Err(Fault::CutShort) }
    }

    fn take_byte(&mut self, byte: u8, text: &mut String) -> Result<(), Fault> {
        if self.done {
            return Ok(());
        }
        match (self.kind, byte) {
            // White space and a byte order mark may come first.
            (Kind::Unknown, b' ' | b'\t' | b'\r' | b'\n' | 0xef | 0xbb | 0xbf) => return Ok(()),
            (Kind::Unknown, b'{') => self.kind = Kind::Document,
            (Kind::Unknown, b'<') => return Err(Fault::Foreign("it is a web page")),
            (Kind::Unknown, _) => self.kind = Kind::Events,
            _ => {}
        }
        if self.kind == Kind::Document {
            self.open.push(byte);
            return Ok(());
        }
        // A line ends with CR, LF or both (WHATWG HTML, section 9.2.6).
        let after_return = std::mem::replace(&mut self.after_return, byte == b'\r');
        match byte {
            b'\n' if after_return => Ok(()),
            b'\r' | b'\n' => self.line(text),
            _ => {
                self.open.push(byte);
                Ok(())
            }
        }
    }

    /// A line is whole. Data that is whole counts at once: some servers forget the empty line after an event.
    fn line(&mut self, text: &mut String) -> Result<(), Fault> {
        let bytes = std::mem::take(&mut self.open);
        let line = String::from_utf8_lossy(&bytes);
        let Some(data) = line.strip_prefix("data:") else {
            let is_over = line.is_empty() && !self.data.is_empty();
            return if is_over { Err(Fault::Foreign("an event is no JSON")) } else { Ok(()) };
        };
        self.data.push_str(data.strip_prefix(' ').unwrap_or(data));
        if self.data.trim() == "[DONE]" {
            self.done = true;
            return Ok(());
        }
        match serde_json::from_str::<Value>(&self.data) {
            Ok(value) => {
                self.data.clear();
                self.value(&value, "delta", text)
            }
            Err(_) if self.data.trim().is_empty() => {
                self.data.clear();
                Ok(())
            }
            Err(_) => {
                self.data.push('\n');
                Ok(())
            }
        }
    }

    /// A chunk, or a whole completion: where its text is differs by name alone.
    fn value(&mut self, value: &Value, place: &str, text: &mut String) -> Result<(), Fault> {
        let Some(choices) = value.get("choices") else {
            return match said::message(value) {
                Some(message) => Err(Fault::Said(message.to_owned())),
                None if value.get("error").is_some_and(|error| !error.is_null()) => Err(Fault::Said(String::new())),
                // Events of a kind of their own, as usage or moderation.
                None if place == "delta" && value.is_object() => Ok(()),
                None => Err(Fault::Foreign("it has no choices")),
            };
        };
        let choices = choices.as_array().map(Vec::as_slice).unwrap_or_default();
        // Chunks of further choices may come between; usage comes with none.
        let first = choices.iter().find(|choice| choice.get("index").and_then(Value::as_u64).unwrap_or_default() == 0);
        let Some(first) = first else { return Ok(()) };
        if let Some(content) = first.get(place).and_then(|message| message.get("content")) {
            add_content(content, text);
        }
        self.stopped |= first.get("finish_reason").is_some_and(Value::is_string);
        Ok(())
    }
}

/// Text, or a list of parts of which some are text; others hold how the model came to it.
fn add_content(content: &Value, text: &mut String) {
    match content {
        Value::String(piece) => text.push_str(piece),
        Value::Array(parts) => {
            let is_text = |part: &&Value| part.get("type").and_then(Value::as_str) == Some("text");
            for part in parts.iter().filter(is_text).filter_map(|part| part.get("text").and_then(Value::as_str)) {
                text.push_str(part);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    /// As in the API reference, shortened, with what is between by the specification of events.
    const EVENTS: &str = concat!(
        ": waiting\n\n",
        "event: message\r\nid: 1\r\n",
        r#"data: {"id":"chatcmpl-123","object":"chat.completion.chunk","created":1694268190,"model":"gpt-4o-mini","#,
        r#""system_fingerprint":"fp_44709d6fcb","choices":[{"index":0,"delta":{"role":"assistant","content":""},"#,
        r#""logprobs":null,"finish_reason":null}]}"#,
        "\r\n\r\n",
        r#"data: {"choices":[{"index":0,"delta":{"content":"Grüße 🙂"},"finish_reason":null}]}"#,
        "\n\n",
        r#"data:{"choices":[{"index":1,"delta":{"content":"Other"}},{"index":0,"delta":{"content":" [1]."}}]}"#,
        "\r\r",
        "data: {\"choices\":\ndata: [{\"index\":0,\"delta\":{\"content\":\" End\"}}]}\n\n",
        r#"data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"#,
        "\n\n",
        r#"data: {"choices":[],"usage":{"total_tokens":5}}"#,
        "\n\ndata: {\"choices\":null}\n\ndata: [DONE]\n\nleft over",
    );

    const DOCUMENT: &str = r#"
        {"id":"chatcmpl-B9","object":"chat.completion","created":1741569952,"model":"gpt-4.1","choices":[{"index":0,
        "message":{"role":"assistant","content":"Grüße 🙂 [1]. End","refusal":null},"logprobs":null,"finish_reason":"stop"}],
        "usage":{"prompt_tokens":19,"completion_tokens":10,"total_tokens":29}}"#;

    fn read(pieces: &[&[u8]]) -> (String, Result<(), Fault>) {
        let (mut reply, mut text) = (Reply::default(), String::new());
        for piece in pieces {
            if let Err(fault) = reply.take(piece, &mut text) {
                return (text, Err(fault));
            }
        }
        let ended = reply.finish(&mut text);
        (text, ended)
    }

    #[rstest]
    #[case::events(EVENTS)]
    #[case::document(DOCUMENT)]
    fn a_reply_is_the_same_wherever_it_is_cut(#[case] reply: &str) {
        let bytes = reply.as_bytes();
        for cut in 0..=bytes.len() {
            let (text, ended) = read(&[&bytes[..cut], &bytes[cut..]]);
            assert_eq!((text.as_str(), ended), ("Grüße 🙂 [1]. End", Ok(())), "cut at {cut}");
        }
        let single: Vec<&[u8]> = bytes.chunks(1).collect();
        assert_eq!(read(&single).0, "Grüße 🙂 [1]. End");
    }

    #[test]
    fn a_reply_that_breaks_off_is_never_whole() {
        let stop = EVENTS.find(r#""finish_reason":"stop"}]}"#).unwrap() + r#""finish_reason":"stop"}]}"#.len();
        for end in 0..stop {
            assert_eq!(read(&[&EVENTS.as_bytes()[..end]]).1, Err(Fault::CutShort), "ends at {end}");
        }
        assert_eq!(read(&[&EVENTS.as_bytes()[..stop]]).1, Ok(()));
        for end in 0..DOCUMENT.len() {
            assert_eq!(read(&[&DOCUMENT.as_bytes()[..end]]).1, Err(Fault::CutShort), "ends at {end}");
        }
    }

    #[rstest]
    #[case::said("data: {\"error\":{\"message\":\"overloaded\"}}\n\n", "", Fault::Said("overloaded".to_owned()))]
    #[case::said_without_words("data: {\"error\":{\"code\":5}}\n\n", "", Fault::Said(String::new()))]
    #[case::said_later(
        "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\ndata: {\"error\":\"full\"}\n", "a",
        Fault::Said("full".to_owned())
    )]
    #[case::document_says("{\"error\":\"full\"}", "", Fault::Said("full".to_owned()))]
    #[case::no_json("data: {oops\n\n", "", Fault::Foreign("an event is no JSON"))]
    #[case::page("<!doctype html>", "", Fault::Foreign("it is a web page"))]
    #[case::other_document("{\"ok\":true}", "", Fault::Foreign("it has no choices"))]
    #[case::other_text("hello\n", "", Fault::CutShort)]
    #[case::nothing("", "", Fault::CutShort)]
    fn a_fault_is_named(#[case] reply: &str, #[case] before: &str, #[case] fault: Fault) {
        assert_eq!(read(&[reply.as_bytes()]), (before.to_owned(), Err(fault)));
    }

    #[rstest]
    #[case::string(r#""a""#, "a")]
    #[case::null("null", "")]
    #[case::parts(r#"[{"type":"thinking","thinking":[{"type":"text","text":"hm"}]},{"type":"text","text":"a"}]"#, "a")]
    fn content_is_text(#[case] content: &str, #[case] text: &str) {
        let reply = format!("{{\"choices\":[{{\"message\":{{\"content\":{content}}},\"finish_reason\":\"stop\"}}]}}");
        assert_eq!(read(&[reply.as_bytes()]), (text.to_owned(), Ok(())));
    }
}
