//! What a server says about an error, fit to be shown: one line, clipped, and never with the key in it.

use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

use crate::letters::{first, visible_text};

/// Longest text of a server that goes into an error, in letters.
const LONGEST: usize = 300;

/// The message of an error body, in the shapes that endpoints have: OpenAI's `{"error":{"message"}}` (Google wraps it in a
/// list), Ollama's `{"error":""}`, and `message` or `detail` alone.
pub(crate) fn message(body: &Value) -> Option<&str> {
    let body = body.get(0).unwrap_or(body);
    let error = body.get("error").filter(|error| !error.is_null());
    let inner = error.and_then(|error| error.get("message").or(Some(error)));
    let places = [inner, body.get("message"), body.get("detail")];
    places.into_iter().flatten().find_map(Value::as_str)
}

/// `text` without the key, on one line, clipped.
pub(crate) fn shown(text: &str, key: Option<&SecretString>) -> String {
    let mut text = visible_text(text).split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some(key) = key.map(ExposeSecret::expose_secret).filter(|key| !key.is_empty()) {
        text = text.replace(key, "…");
    }
    first(&text, LONGEST).to_owned()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::json;

    use super::*;

    #[rstest]
    #[case::openai(json!({"error": {"message": "m", "type": "t", "param": null, "code": "c"}}), Some("m"))]
    #[case::google(json!([{"error": {"code": 400, "message": "m", "status": "S"}}]), Some("m"))]
    #[case::ollama(json!({"error": "m"}), Some("m"))]
    #[case::mistral(json!({"object": "error", "message": "m"}), Some("m"))]
    #[case::fast_api(json!({"detail": "m"}), Some("m"))]
    #[case::null(json!({"error": null, "message": "m"}), Some("m"))]
    #[case::of_another_kind(json!({"error": {"message": 5}}), None)]
    #[case::text(json!("m"), None)]
    #[case::none(json!({}), None)]
    fn a_message_is_found(#[case] body: Value, #[case] found: Option<&str>) {
        assert_eq!(message(&body), found);
    }

    #[rstest]
    #[case::plain("no such model", "no such model")]
    #[case::key("bad key sk-canary given", "bad key … given")]
    #[case::key_apart("bad sk-\u{200b}can\u{7}ary", "bad …")]
    #[case::lines("a\r\n\tb", "a b")]
    #[case::long(&"x".repeat(400), &"x".repeat(300))]
    #[case::key_at_the_clip(&format!("{}sk-canary", "x".repeat(295)), &format!("{}…", "x".repeat(295)))]
    fn a_text_is_shown(#[case] text: &str, #[case] out: &str) {
        assert_eq!(shown(text, Some(&"sk-canary".into())), out);
    }
}
