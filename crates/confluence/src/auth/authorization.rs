//! One sign-in attempt, from the address that the browser opens to the callback that comes back.

use std::fmt;

use oauth2::basic::BasicClient;
use oauth2::{AuthUrl, ClientId, CsrfToken, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use url::Url;

use super::app::OAuthApp;
use super::error::AuthError;
use crate::endpoints::Endpoints;

/// Longest callback that is looked at, in bytes. Atlassian's codes are JWTs of one to two KB.
pub(super) const LONGEST_CALLBACK: usize = 8 * 1024;

/// One sign-in attempt. Debug shows neither state nor verifier.
pub struct Authorization {
    url: Url,
    redirect: Url,
    /// Where the answer arrives; another place than `redirect` where something sends the browser on.
    landing: Url,
    state: CsrfToken,
    verifier: PkceCodeVerifier,
}

/// What a secret store keeps of an attempt while the browser is out.
#[derive(Serialize, Deserialize)]
struct Stored {
    url: Url,
    redirect: Url,
    landing: Url,
    state: String,
    verifier: String,
}

/// The one-use code that a callback brought.
#[derive(Debug, Clone)]
pub struct AuthorizationCode(pub(super) SecretString);

impl Authorization {
    /// Draws a state and a PKCE verifier, and builds the address to open. `redirect` has to be registered for the app
    /// exactly as it is here, with its port: Atlassian does not honour any-port loopback (RFC 8252).
    pub fn begin(app: &OAuthApp, endpoints: &Endpoints, redirect: &Url) -> Result<Self, AuthError> {
        if app.client_id.trim().is_empty() {
            return Err(AuthError::Configuration { reason: "no client id" });
        }
        let redirect_uri = RedirectUrl::new(redirect.as_str().to_owned())
            .map_err(|_| AuthError::Configuration { reason: "the callback address is not a URL" })?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let client = BasicClient::new(ClientId::new(app.client_id.clone()))
            .set_auth_uri(AuthUrl::from_url(endpoints.authorize()))
            .set_redirect_uri(redirect_uri);
        // `audience` and `prompt` are Atlassian's own, documented for every 3LO app.
        let (url, state) = client
            .authorize_url(CsrfToken::new_random)
            .add_scopes(app.scopes.iter().cloned().map(Scope::new))
            .add_extra_param("audience", "api.atlassian.com")
            .add_extra_param("prompt", "consent")
            .set_pkce_challenge(challenge)
            .url();
        Ok(Self { url, redirect: redirect.clone(), landing: redirect.clone(), state, verifier })
    }

    /// The registered callback sends the browser on to here, with the same parameters.
    #[must_use]
    pub fn landing_at(self, landing: Url) -> Self {
        Self { landing, ..self }
    }

    /// The address that the person's browser opens. It holds the state, so it belongs in no log.
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// Where Atlassian sends the browser back to.
    pub fn redirect(&self) -> &Url {
        &self.redirect
    }

    /// Reads a callback, as it came from loopback or from a deep link.
    pub fn accept(&self, callback: &Url) -> Result<AuthorizationCode, AuthError> {
        if callback.as_str().len() > LONGEST_CALLBACK {
            return Err(AuthError::CallbackRejected { reason: "too long" });
        }
        if !same_place(callback, &self.landing) {
            return Err(AuthError::CallbackRejected { reason: "another address" });
        }
        let answer = Answer::read(callback)?;
        // Compares digests, so the time taken says nothing about the state.
        if answer.state.map(CsrfToken::new).as_ref() != Some(&self.state) {
            return Err(AuthError::StateMismatch);
        }
        match (answer.error.as_deref(), answer.code) {
            (Some("access_denied"), _) => Err(AuthError::Denied),
            (Some(code), _) => Err(AuthError::Refused { code: error_code(code) }),
            (None, Some(code)) if !code.is_empty() => Ok(AuthorizationCode(code.into())),
            (None, _) => Err(AuthError::CallbackRejected { reason: "no code" }),
        }
    }

    /// The attempt in the clear, for the secret store and nothing else: the answer may come to another process.
    pub fn to_secret_json(&self) -> SecretString {
        let stored = Stored {
            url: self.url.clone(),
            redirect: self.redirect.clone(),
            landing: self.landing.clone(),
            state: self.state.secret().clone(),
            verifier: self.verifier.secret().clone(),
        };
        serde_json::to_string(&stored).unwrap_or_default().into()
    }

    /// Reads what [`Self::to_secret_json`] wrote; none where it is something else. What the parser says is left out: it
    /// quotes what it reads.
    pub fn from_secret_json(json: &SecretString) -> Option<Self> {
        let Stored { url, redirect, landing, state, verifier } = serde_json::from_str(json.expose_secret()).ok()?;
        let (state, verifier) = (CsrfToken::new(state), PkceCodeVerifier::new(verifier));
        Some(Self { url, redirect, landing, state, verifier })
    }

    pub(super) fn verifier(&self) -> PkceCodeVerifier {
        PkceCodeVerifier::new(self.verifier.secret().clone())
    }
}

impl fmt::Debug for Authorization {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Authorization").field("redirect", &self.redirect.as_str()).finish_non_exhaustive()
    }
}

/// The parameters of a callback; each may come once.
#[derive(Default)]
struct Answer {
    state: Option<String>,
    code: Option<String>,
    error: Option<String>,
}

impl Answer {
    fn read(callback: &Url) -> Result<Self, AuthError> {
        let mut answer = Self::default();
        for (name, value) in callback.query_pairs() {
            let slot = match name.as_ref() {
                "state" => &mut answer.state,
                "code" => &mut answer.code,
                "error" => &mut answer.error,
                _ => continue,
            };
            if slot.replace(value.into_owned()).is_some() {
                return Err(AuthError::CallbackRejected { reason: "a parameter comes twice" });
            }
        }
        Ok(answer)
    }
}

/// Same scheme, host, port and path; the query is the answer, and browsers keep the fragment to themselves.
fn same_place(callback: &Url, redirect: &Url) -> bool {
    let place = |url: &Url| {
        let path = url.path().trim_end_matches('/').to_owned();
        (url.scheme().to_owned(), url.host_str().map(str::to_owned), url.port_or_known_default(), path)
    };
    place(callback) == place(redirect) && callback.username().is_empty() && callback.password().is_none()
}

/// An OAuth error code as it may be shown: short, and of the characters that RFC 6749 uses in codes.
pub(super) fn error_code(code: &str) -> String {
    let plain: String = code.chars().filter(|c| c.is_ascii_alphanumeric() || "_-.".contains(*c)).take(64).collect();
    if plain.is_empty() { "unknown".to_owned() } else { plain }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use rstest::rstest;
    use secrecy::ExposeSecret;

    use super::*;

    fn begin(redirect: &str) -> Authorization {
        let app = OAuthApp::new("client", Some("SECRET".into()));
        Authorization::begin(&app, &Endpoints::default(), &Url::parse(redirect).expect("a URL")).expect("begins")
    }

    fn query(url: &Url) -> HashMap<String, String> {
        url.query_pairs().into_owned().collect()
    }

    fn callback(authorization: &Authorization, template: &str) -> Url {
        let state = query(authorization.url()).remove("state").expect("a state");
        Url::parse(&template.replace("STATE", &state)).expect("a URL")
    }

    #[test]
    fn the_address_has_every_documented_parameter() {
        let authorization = begin("http://127.0.0.1:53683/callback");
        let query = query(authorization.url());
        assert_eq!(authorization.url().path(), "/authorize");
        for (name, value) in [
            ("audience", "api.atlassian.com"),
            ("client_id", "client"),
            ("scope", "read:space:confluence read:page:confluence read:user:confluence offline_access"),
            ("redirect_uri", "http://127.0.0.1:53683/callback"),
            ("response_type", "code"),
            ("prompt", "consent"),
            ("code_challenge_method", "S256"),
        ] {
            assert_eq!(query.get(name).map(String::as_str), Some(value), "{name}");
        }
        assert!(!authorization.url().as_str().contains("SECRET"));
        assert!(!authorization.url().as_str().contains(authorization.verifier.secret()));
    }

    #[test]
    fn two_attempts_share_nothing() {
        let (one, two) = (begin("http://127.0.0.1:1/callback"), begin("http://127.0.0.1:1/callback"));
        assert_ne!(query(one.url())["state"], query(two.url())["state"]);
        assert_ne!(one.verifier.secret(), two.verifier.secret());
    }

    #[rstest]
    #[case::loopback("http://127.0.0.1:53683/callback")]
    #[case::deep_link("coagentor://oauth/callback")]
    fn a_callback_brings_the_code(#[case] redirect: &str) {
        let authorization = begin(redirect);
        let code = authorization.accept(&callback(&authorization, &format!("{redirect}?state=STATE&code=c%20d")));
        assert_eq!(code.expect("accepted").0.expose_secret(), "c d");
    }

    #[rstest]
    #[case::denied("http://127.0.0.1:9/callback?error=access_denied&state=STATE", "sign_in_denied")]
    #[case::refused("http://127.0.0.1:9/callback?error=invalid_scope&state=STATE", "sign_in_refused")]
    #[case::forged("http://127.0.0.1:9/callback?code=c&state=other", "sign_in_state_mismatch")]
    #[case::forged_denial("http://127.0.0.1:9/callback?error=access_denied", "sign_in_state_mismatch")]
    #[case::no_code("http://127.0.0.1:9/callback?state=STATE", "sign_in_callback_rejected")]
    #[case::empty_code("http://127.0.0.1:9/callback?code=&state=STATE", "sign_in_callback_rejected")]
    #[case::twice("http://127.0.0.1:9/callback?code=a&code=b&state=STATE", "sign_in_callback_rejected")]
    #[case::path("http://127.0.0.1:9/other?code=c&state=STATE", "sign_in_callback_rejected")]
    #[case::port("http://127.0.0.1:10/callback?code=c&state=STATE", "sign_in_callback_rejected")]
    #[case::host("http://localhost:9/callback?code=c&state=STATE", "sign_in_callback_rejected")]
    #[case::scheme("coagentor://127.0.0.1:9/callback?code=c&state=STATE", "sign_in_callback_rejected")]
    #[case::user("http://a:b@127.0.0.1:9/callback?code=c&state=STATE", "sign_in_callback_rejected")]
    fn a_wrong_callback_is_refused(#[case] template: &str, #[case] code: &str) {
        let authorization = begin("http://127.0.0.1:9/callback");
        let error = authorization.accept(&callback(&authorization, template)).expect_err("refused");
        assert_eq!(error.code(), code);
    }

    #[test]
    fn an_answer_that_is_sent_on_arrives_elsewhere() {
        let authorization = begin("https://broker.example/callback");
        let authorization = authorization.landing_at(Url::parse("coagentor://oauth/callback").expect("a URL"));
        assert_eq!(query(authorization.url())["redirect_uri"], "https://broker.example/callback");
        let accept = |at: &str| authorization.accept(&callback(&authorization, &format!("{at}?code=c&state=STATE")));
        assert!(accept("coagentor://oauth/callback").is_ok());
        assert_eq!(accept("https://broker.example/callback").expect_err("refused").code(), "sign_in_callback_rejected");
    }

    #[test]
    fn survives_the_secret_store() {
        let landing = Url::parse("coagentor://oauth/callback").expect("a URL");
        let authorization = begin("https://broker.example/callback").landing_at(landing);
        let back = Authorization::from_secret_json(&authorization.to_secret_json()).expect("reads its own writing");
        assert_eq!((back.url(), back.redirect()), (authorization.url(), authorization.redirect()));
        assert_eq!(back.verifier().secret(), authorization.verifier().secret());
        assert!(back.accept(&callback(&authorization, "coagentor://oauth/callback?code=c&state=STATE")).is_ok());
        let forged = Url::parse("coagentor://oauth/callback?code=c&state=guess").expect("a URL");
        assert_eq!(back.accept(&forged).expect_err("refused").code(), "sign_in_state_mismatch");
    }

    #[test]
    fn a_stranger_in_the_store_is_no_attempt() {
        assert!(
            ["", "{}", "{\"url\":\"x\"}"]
                .into_iter()
                .all(|json| Authorization::from_secret_json(&json.into()).is_none())
        );
    }

    #[test]
    fn an_oversized_callback_is_refused() {
        let authorization = begin("http://127.0.0.1:9/callback");
        let long = format!("http://127.0.0.1:9/callback?state=STATE&code={}", "c".repeat(LONGEST_CALLBACK));
        let error = authorization.accept(&callback(&authorization, &long)).expect_err("refused");
        assert_eq!(error.code(), "sign_in_callback_rejected");
    }

    #[test]
    fn an_app_without_id_is_a_configuration_error() {
        let redirect = Url::parse("http://127.0.0.1:9/callback").expect("a URL");
        let error = Authorization::begin(&OAuthApp::new(" ", None), &Endpoints::default(), &redirect);
        assert_eq!(error.expect_err("refused").code(), "sign_in_configuration");
    }

    #[test]
    fn debug_shows_neither_state_nor_verifier() {
        let authorization = begin("http://127.0.0.1:9/callback");
        let shown = format!("{authorization:?}");
        assert!(!shown.contains(authorization.state.secret()) && !shown.contains(authorization.verifier.secret()));
    }
}
