//! The pages that a browser sees while it signs in.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::grants::ConsentRequest;
use crate::escape;
use crate::site::model::{ACCOUNT_EMAIL, ACCOUNT_NAME};

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:34rem;margin:4rem auto;padding:0 1rem;color:#172b4d}\
    button{font:inherit;padding:.5rem 1.2rem;margin-right:.5rem;border-radius:4px;border:1px solid #0c66e4;cursor:pointer}\
    button[value=allow]{background:#0c66e4;color:#fff}button[value=deny]{background:#fff;color:#0c66e4}\
    select{font:inherit;padding:.3rem}code{background:#f1f2f4;padding:0 .2rem}";

/// A site as the consent page offers it.
pub(super) struct SiteChoice {
    pub(super) cloud_id: String,
    pub(super) name: String,
}

/// The page with Allow and Deny.
pub(super) fn consent_page(id: &str, request: &ConsentRequest, sites: &[SiteChoice]) -> Response {
    let scopes = request
        .scopes
        .iter()
        .map(|scope| format!("<li><code>{}</code></li>", escape::text(scope)))
        .collect::<Vec<_>>()
        .concat();
    let options = sites.iter().map(option).collect::<Vec<_>>().concat();
    let all = if sites.len() > 1 { "<option value=\"\">every site</option>" } else { "" };
    let body = format!(
        "<h1>Allow access?</h1><p>The app <code>{client}</code> asks {name} ({email}) for:</p><ul>{scopes}</ul>\
         <form method=\"post\" action=\"/authorize\"><input type=\"hidden\" name=\"request\" value=\"{id}\">\
         <p><label>Use the app on <select name=\"site\">{all}{options}</select></label></p>\
         <p><button name=\"decision\" value=\"allow\">Allow</button><button name=\"decision\" value=\"deny\">Deny</button></p>\
         </form><p>This is a simulated site: nothing leaves this machine.</p>",
        client = escape::text(&request.client_id),
        name = escape::text(ACCOUNT_NAME),
        email = escape::text(ACCOUNT_EMAIL),
        id = escape::text(id),
    );
    page(StatusCode::OK, "Allow access", &body)
}

fn option(site: &SiteChoice) -> String {
    format!("<option value=\"{}\">{}</option>", escape::text(&site.cloud_id), escape::text(&site.name))
}

/// The server's own error page; the browser is never sent back to an app that is not proven.
pub(super) fn error_page(code: &str, message: &str) -> Response {
    let body = format!(
        "<h1>Something went wrong</h1><p>{}</p><p><code>{}</code></p>",
        escape::text(message),
        escape::text(code)
    );
    page(StatusCode::BAD_REQUEST, "Something went wrong", &body)
}

/// A page of the simulated site. The policy leaves out `form-action`, which browsers also apply to the redirect after
/// the form and which would block a callback with its own scheme.
pub(crate) fn page(status: StatusCode, title: &str, body: &str) -> Response {
    let html = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{}</title><style>{STYLE}</style></head>\
         <body>{body}</body></html>",
        escape::text(title)
    );
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static(
                "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
            ),
        ),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (status, headers, html).into_response()
}
