//! What an answer of the REST API means.

use reqwest::header::{HeaderMap, LINK};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::error::Category;
use time::OffsetDateTime;

use super::backoff::Failure;
use super::rate_limit;
use crate::error::{BodyProblem, Error, RetryKind};

/// Longest text of the server that goes into an error, in characters.
const LONGEST_MESSAGE: usize = 200;

/// An answer as it was read.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    pub(super) body: Vec<u8>,
}

impl Answer {
    /// The `Link` headers, joined as RFC 9110 allows.
    pub(super) fn link(&self) -> Option<String> {
        let values: Vec<&str> = self.headers.get_all(LINK).iter().filter_map(|value| value.to_str().ok()).collect();
        (!values.is_empty()).then(|| values.join(", "))
    }

    /// The value of a success; every other status as the error that it stands for.
    pub(super) fn value<T: DeserializeOwned>(&self, now: OffsetDateTime) -> Result<T, Failure> {
        match self.status {
            200..=299 => json(&self.body).map_err(Failure::from),
            429 => Err(self.throttled(now)),
            500.. if rate_limit::retry_after(&self.headers, now).is_some() => Err(self.throttled(now)),
            _ => Err(self.refusal().into()),
        }
    }

    /// Too many requests, or a server that names the time when it will be back.
    pub(super) fn throttled(&self, now: OffsetDateTime) -> Failure {
        let reason = rate_limit::read(&self.headers, now).and_then(|limit| limit.reason);
        let stated = rate_limit::retry_after(&self.headers, now);
        let wait = stated.unwrap_or_else(|| rate_limit::unstated_pause(reason.as_deref(), now));
        let error = Error::RateLimited { until: rate_limit::moment(now, wait), wait, reason };
        Failure { error, retry: stated.map_or(RetryKind::Backoff, RetryKind::After) }
    }

    fn refusal(&self) -> Error {
        let said = Said::read(&self.body);
        match self.status {
            400 if said.is_about_cursor() => Error::CursorInvalid,
            400 => Error::BadRequest { message: said.message },
            401 if said.message.to_ascii_lowercase().contains("scope") => Error::ScopeMissing { message: said.message },
            401 => Error::Unauthorized { message: said.message },
            403 => Error::NotPermitted { message: said.message },
            404 => Error::NotFound,
            408 => Error::Server { status: 504 },
            410 => Error::Gone { message: said.message },
            status @ 500.. => Error::Server { status },
            status => Error::UnexpectedStatus { status },
        }
    }
}

/// Reads JSON; tells a body that ends early or is no JSON at all (worth a retry) from one of another shape.
fn json<T: DeserializeOwned>(body: &[u8]) -> Result<T, Error> {
    serde_json::from_slice(body).map_err(|error| {
        let problem = match error.classify() {
            Category::Data => BodyProblem::Shape(error.to_string().chars().take(LONGEST_MESSAGE).collect()),
            Category::Eof if !body.is_empty() => BodyProblem::Truncated,
            Category::Eof | Category::Syntax | Category::Io => BodyProblem::NotJson,
        };
        Error::UnexpectedBody { problem }
    })
}

/// What an error body says. v2, the gateway and v1 each have a shape of their own.
struct Said {
    message: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct ErrorBody {
    message: Option<String>,
    errors: Vec<ErrorItem>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct ErrorItem {
    title: Option<String>,
    detail: Option<String>,
}

impl Said {
    fn read(body: &[u8]) -> Self {
        let body: ErrorBody = serde_json::from_slice(body).unwrap_or_default();
        let items = body.errors.into_iter().flat_map(|item| [item.title, item.detail]);
        let texts: Vec<String> = body.message.into_iter().chain(items.flatten()).collect();
        let message = texts.join(": ").chars().filter(|c| !c.is_control()).take(LONGEST_MESSAGE).collect();
        Self { message }
    }

    fn is_about_cursor(&self) -> bool {
        self.message.to_ascii_lowercase().contains("cursor")
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use time::macros::datetime;

    use super::*;

    fn answer(status: u16, body: &str) -> Answer {
        Answer { status, headers: HeaderMap::new(), body: body.as_bytes().to_vec() }
    }

    #[rstest]
    #[case::cursor(400, r#"{"errors":[{"status":400,"code":"INVALID_REQUEST_PARAMETER","title":"Provided value for 'cursor' is not the correct type. Expected type is Cursor.","detail":"The provided cursor was not valid."}]}"#, "cursor_invalid")]
    #[case::request(
        400,
        r#"{"errors":[{"status":400,"title":"Provided value for 'limit' is too large","detail":null}]}"#,
        "bad_request"
    )]
    #[case::scope(401, r#"{"code":401,"message":"Unauthorized; scope does not match"}"#, "scope_missing")]
    #[case::token(401, r#"{"code":401,"message":"Unauthorized"}"#, "unauthorized")]
    #[case::bare(401, "", "unauthorized")]
    #[case::product(
        403,
        r#"{"message":"Current user not permitted to use Confluence","statusCode":403}"#,
        "not_permitted"
    )]
    #[case::absent(
        404,
        r#"{"errors":[{"status":404,"code":"NOT_FOUND","title":"Not Found","detail":null}]}"#,
        "not_found"
    )]
    #[case::gone(410, r#"{"message":"GoneException: This deprecated endpoint has been removed"}"#, "gone")]
    #[case::login_page(302, "", "unexpected_status")]
    #[case::request_timeout(408, "", "server_error")]
    #[case::gateway(504, "<html></html>", "server_error")]
    #[case::html(200, "<html></html>", "unexpected_body")]
    #[case::empty(200, "", "unexpected_body")]
    #[case::truncated(200, r#"{"results":[{"id":"1""#, "unexpected_body")]
    #[case::no_results(200, "{}", "unexpected_body")]
    #[case::null_results(200, r#"{"results":null}"#, "unexpected_body")]
    #[case::throttled(429, "", "rate_limited")]
    fn an_answer_means(#[case] status: u16, #[case] body: &str, #[case] code: &str) {
        #[derive(Debug, Deserialize)]
        struct List {
            #[allow(dead_code, reason = "only its presence is read")]
            results: Vec<serde_json::Value>,
        }
        let failure = answer(status, body).value::<List>(datetime!(2026-11-22 10:20 UTC)).expect_err("an error");
        assert_eq!(failure.error.code(), code);
    }

    #[test]
    fn a_shape_is_not_worth_a_retry_but_a_cut_body_is() {
        let retry = |body: &str| json::<Vec<u8>>(body.as_bytes()).expect_err("an error").retry_kind();
        assert_eq!(retry("{}"), RetryKind::Never);
        assert_eq!(retry("[1"), RetryKind::Backoff);
        assert_eq!(retry("<html>"), RetryKind::Backoff);
    }
}
