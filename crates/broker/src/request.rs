//! The two token requests, with nothing in them that Atlassian would not expect.

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Deserializer};
use serde_json::{Value, json};
use url::Url;

use crate::Settings;

/// Longest code or token, in bytes: Atlassian's are JWTs of one to two KB.
const LONGEST_TOKEN: usize = 8 * 1024;
const LONGEST_ADDRESS: usize = 512;

/// A code for the first pair of tokens.
#[derive(Deserialize)]
pub(crate) struct Exchange {
    client_id: String,
    #[serde(deserialize_with = "secret")]
    code: SecretString,
    redirect_uri: String,
    #[serde(deserialize_with = "secret")]
    code_verifier: SecretString,
}

/// A refresh token for the next pair.
#[derive(Deserialize)]
pub(crate) struct Refresh {
    client_id: String,
    #[serde(deserialize_with = "secret")]
    refresh_token: SecretString,
}

impl Exchange {
    /// The request as Atlassian takes it; none where something is not as it should be.
    pub(crate) fn with_secret(&self, settings: &Settings) -> Option<Value> {
        let address = Url::parse(&self.redirect_uri).ok().filter(|_| self.redirect_uri.len() <= LONGEST_ADDRESS);
        let is_fine = self.client_id == settings.client_id
            && is_token(&self.code)
            && is_verifier(&self.code_verifier)
            && address.is_some();
        is_fine.then(|| {
            json!({
                "grant_type": "authorization_code",
                "client_id": settings.client_id,
                "client_secret": settings.client_secret.expose_secret(),
                "code": self.code.expose_secret(),
                "redirect_uri": self.redirect_uri,
                "code_verifier": self.code_verifier.expose_secret(),
            })
        })
    }
}

impl Refresh {
    /// The request as Atlassian takes it; none where something is not as it should be.
    pub(crate) fn with_secret(&self, settings: &Settings) -> Option<Value> {
        let is_fine = self.client_id == settings.client_id && is_token(&self.refresh_token);
        is_fine.then(|| {
            json!({
                "grant_type": "refresh_token",
                "client_id": settings.client_id,
                "client_secret": settings.client_secret.expose_secret(),
                "refresh_token": self.refresh_token.expose_secret(),
            })
        })
    }
}

fn secret<'de, D: Deserializer<'de>>(from: D) -> Result<SecretString, D::Error> {
    String::deserialize(from).map(SecretString::from)
}

/// Visible ASCII (RFC 6749, appendix A).
fn is_token(token: &SecretString) -> bool {
    let token = token.expose_secret();
    (1..=LONGEST_TOKEN).contains(&token.len()) && token.bytes().all(|byte| byte.is_ascii_graphic())
}

/// RFC 7636, section 4.1.
fn is_verifier(verifier: &SecretString) -> bool {
    let verifier = verifier.expose_secret();
    let is_unreserved = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    (43..=128).contains(&verifier.len()) && verifier.bytes().all(is_unreserved)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn settings() -> Settings {
        Settings::new("id".to_owned(), "secret".into(), "https://auth.atlassian.com".parse().unwrap()).unwrap()
    }

    fn exchange(change: (&str, &str)) -> Option<Value> {
        let mut body = json!({
            "grant_type": "authorization_code", "client_id": "id", "code": "a.b-c",
            "redirect_uri": "https://broker.example/callback", "code_verifier": "v".repeat(43),
        });
        body[change.0] = change.1.into();
        serde_json::from_value::<Exchange>(body).unwrap().with_secret(&settings())
    }

    #[rstest]
    #[case::as_it_is("code", "a.b-c", true)]
    #[case::another_grant_type_is_not_passed_on("grant_type", "password", true)]
    #[case::another_client("client_id", "other", false)]
    #[case::no_code("code", "", false)]
    #[case::line_break("code", "a\nb", false)]
    #[case::long_code("code", &"c".repeat(LONGEST_TOKEN + 1), false)]
    #[case::short_verifier("code_verifier", "short", false)]
    #[case::odd_verifier("code_verifier", &"ä".repeat(30), false)]
    #[case::no_address("redirect_uri", "callback", false)]
    #[case::long_address("redirect_uri", &format!("https://x/{}", "x".repeat(LONGEST_ADDRESS)), false)]
    fn an_exchange(#[case] field: &str, #[case] value: &str, #[case] passes: bool) {
        let passed = exchange((field, value));
        assert_eq!(passed.is_some(), passes);
        if let Some(passed) = passed {
            assert_eq!(
                (passed["grant_type"].as_str(), passed["client_secret"].as_str()),
                (Some("authorization_code"), Some("secret"))
            );
        }
    }

    #[rstest]
    #[case("id", "token", true)]
    #[case("other", "token", false)]
    #[case("id", "", false)]
    #[case("id", "to ken", false)]
    fn a_refresh(#[case] client_id: &str, #[case] token: &str, #[case] passes: bool) {
        let body = json!({ "client_id": client_id, "refresh_token": token });
        let refresh: Refresh = serde_json::from_value(body).unwrap();
        assert_eq!(refresh.with_secret(&settings()).is_some(), passes);
    }
}
