//! The pages that a browser shows at the end of a sign-in: one sentence each, in the language that the browser prefers. Such
//! a page runs nothing, loads nothing and tells nobody its address.

/// What a page says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sentence {
    SignedIn,
    NotGranted,
    NoCallback,
    NothingHere,
    AnotherSignIn,
}

/// What a page is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    English,
    German,
}

impl Language {
    /// The one of ours that a request's `Accept-Language` likes best; English where it names none.
    pub(super) fn preferred(head: &[u8]) -> Self {
        let head = String::from_utf8_lossy(head);
        let mut lines = head.lines().filter_map(|line| line.split_once(':'));
        let accepted = lines.find(|(name, _)| name.eq_ignore_ascii_case("accept-language"));
        let mut best = (0.0, Self::English);
        for range in accepted.map(|(_, ranges)| ranges).unwrap_or_default().split(',') {
            let (tag, weight) = range.split_once(';').unwrap_or((range, ""));
            let weight = weight.trim().strip_prefix("q=").map_or(Some(1.0), |weight| weight.parse::<f32>().ok());
            let language = match tag.trim().split('-').next() {
                Some(tag) if tag.eq_ignore_ascii_case("en") => Self::English,
                Some(tag) if tag.eq_ignore_ascii_case("de") => Self::German,
                _ => continue,
            };
            best = weight.filter(|weight| *weight > best.0).map_or(best, |weight| (weight, language));
        }
        best.1
    }

    fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
        }
    }
}

impl Sentence {
    fn text(self, language: Language) -> &'static str {
        let [english, german] = match self {
            Self::SignedIn => {
                ["You are signed in. You can close this tab.", "Sie sind angemeldet. Sie können diesen Tab schließen."]
            }
            Self::NotGranted => [
                "Access was not granted. You can close this tab.",
                "Der Zugriff wurde nicht erlaubt. Sie können diesen Tab schließen.",
            ],
            Self::NoCallback => ["This is not a sign-in callback.", "Das ist keine Antwort auf eine Anmeldung."],
            Self::NothingHere => ["There is nothing here.", "Hier gibt es nichts."],
            Self::AnotherSignIn => [
                "This callback belongs to another sign-in. Start again from the app.",
                "Diese Antwort gehört zu einer anderen Anmeldung. Beginnen Sie in der App noch einmal.",
            ],
        };
        match language {
            Language::English => english,
            Language::German => german,
        }
    }
}

/// A whole response with a page of one sentence.
pub(super) fn response(status: &str, sentence: Sentence, language: Language) -> String {
    let (tag, text) = (language.tag(), sentence.text(language));
    let body = format!(
        "<!doctype html><html lang=\"{tag}\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>CoAgentor</title><p>{text}</p></html>"
    );
    format!(
        "HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\nConnection: close\r\n\
         Cache-Control: no-store\r\nReferrer-Policy: no-referrer\r\nX-Content-Type-Options: nosniff\r\n\
         Content-Security-Policy: default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'\r\n\r\n{body}",
        body.len()
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::german("Accept-Language: de-DE,de;q=0.9,en;q=0.8", Language::German)]
    #[case::english("accept-language: en-GB,en;q=0.9,de;q=0.8", Language::English)]
    #[case::by_weight("Accept-Language: en;q=0.4, de;q=0.7", Language::German)]
    #[case::another_first("Accept-Language: fr-FR,de;q=0.5", Language::German)]
    #[case::neither("Accept-Language: fr", Language::English)]
    #[case::refused("Accept-Language: de;q=0", Language::English)]
    #[case::nonsense("Accept-Language: de;q=x,;;,", Language::English)]
    #[case::none("Accept: */*", Language::English)]
    fn a_browser_says_what_it_likes(#[case] header: &str, #[case] language: Language) {
        let head = format!("GET /callback HTTP/1.1\r\nHost: 127.0.0.1:9\r\n{header}\r\n\r\n");
        assert_eq!(Language::preferred(head.as_bytes()), language);
    }

    #[test]
    fn the_page_allows_nothing() {
        let response = response("200 OK", Sentence::SignedIn, Language::German);
        assert!(response.contains("default-src 'none'") && !response.contains("<script"));
        assert!(response.contains("lang=\"de\"") && response.contains("Sie sind angemeldet."));
    }

    proptest! {
        #[test]
        fn no_head_panics(head in proptest::collection::vec(any::<u8>(), 0..200)) {
            Language::preferred(&[b"Accept-Language: ", &head[..]].concat());
        }
    }
}
