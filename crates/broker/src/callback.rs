//! The https callback that can be registered where a custom scheme can't: it sends the browser on to the app.

use axum::{
    http::{StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use url::form_urlencoded;

/// Where the desktop app listens.
const APP: &str = "coagentor://oauth/callback";
/// Longest query that is looked at, in bytes.
const LONGEST: usize = 8 * 1024;
/// What is passed on, and how long each may be.
const PARAMETERS: [(&str, usize); 3] = [("code", 6 * 1024), ("state", 512), ("error", 64)];

/// Sends the browser on, or says that the address is no answer to a sign-in.
pub(crate) fn answer(query: Option<&str>) -> Response {
    let Some(address) = query.and_then(address) else {
        let page = Html(
            "<!doctype html><title>CoAgentor</title><p>This is no answer to a sign-in. Please start again in the app.",
        );
        return (StatusCode::BAD_REQUEST, page).into_response();
    };
    // What is left of the query is percent-encoded, so it can't leave its attribute.
    let link = address.replace('&', "&amp;");
    let page = Html(format!(
        "<!doctype html><title>CoAgentor</title><p>Going on in CoAgentor. <a href=\"{link}\">Open it</a> if nothing happens."
    ));
    (StatusCode::FOUND, [(header::LOCATION, address)], page).into_response()
}

/// The app's address with the answer, in a form of our own.
fn address(query: &str) -> Option<String> {
    if query.len() > LONGEST {
        return None;
    }
    let mut found: Vec<(&str, String)> = Vec::new();
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        let Some((name, longest)) = PARAMETERS.into_iter().find(|(known, _)| *known == name) else { continue };
        let is_fine = (1..=longest).contains(&value.len()) && value.bytes().all(|byte| byte.is_ascii_graphic());
        if !is_fine || found.iter().any(|(known, _)| *known == name) {
            return None;
        }
        found.push((name, value.into_owned()));
    }
    let has = |wanted: &str| found.iter().any(|(name, _)| *name == wanted);
    if !has("state") || has("code") == has("error") {
        return None;
    }
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(found).finish();
    Some(format!("{APP}?{query}"))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::code("code=c&state=s", Some("coagentor://oauth/callback?code=c&state=s"))]
    #[case::denied(
        "error=access_denied&error_description=No&state=s",
        Some("coagentor://oauth/callback?error=access_denied&state=s")
    )]
    #[case::others_are_dropped(
        "code=c&state=s&next=https://evil.example",
        Some("coagentor://oauth/callback?code=c&state=s")
    )]
    #[case::encoded("code=a%2Fb%3D&state=s", Some("coagentor://oauth/callback?code=a%2Fb%3D&state=s"))]
    #[case::quoted("code=%22%3E%3Cscript&state=s", Some("coagentor://oauth/callback?code=%22%3E%3Cscript&state=s"))]
    #[case::no_state("code=c", None)]
    #[case::empty_state("code=c&state=", None)]
    #[case::no_code("state=s", None)]
    #[case::both("code=c&error=e&state=s", None)]
    #[case::twice("code=c&code=d&state=s", None)]
    #[case::line_break("code=c%0d%0aX&state=s", None)]
    #[case::other_letters("code=%C3%A9&state=s", None)]
    #[case::long_state(&format!("code=c&state={}", "s".repeat(513)), None)]
    #[case::long(&format!("code=c&state=s&x={}", "x".repeat(LONGEST)), None)]
    #[case::nothing("", None)]
    fn is_sent_on_only_as_an_answer(#[case] query: &str, #[case] sent: Option<&str>) {
        assert_eq!(address(query).as_deref(), sent);
    }
}
