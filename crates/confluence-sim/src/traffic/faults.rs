//! Answers that go wrong on purpose.

use serde::{Deserialize, Serialize};

use crate::site::mutate::Mutation;

/// A rule that spoils some requests.
///
/// As JSON (`POST /__sim/faults`): `{"path": "*/pages", "when": {"next": 2}, "effect": {"status": {"code": 429}}}`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Fault {
    /// Method that it applies to; any where absent.
    #[serde(default)]
    pub method: Option<String>,
    /// Path that it applies to, `*` standing for any text, such as `*/wiki/api/v2/pages`.
    pub path: String,
    /// Text that the query must contain, such as `limit=250`; any query where absent.
    #[serde(default)]
    pub query: Option<String>,
    /// Which of the matching requests.
    #[serde(default)]
    pub when: FaultWhen,
    /// What happens to them.
    pub effect: FaultEffect,
}

impl Fault {
    /// A fault for every request whose path matches.
    pub fn on(path: impl Into<String>, effect: FaultEffect) -> Self {
        Self { method: None, path: path.into(), query: None, when: FaultWhen::Every, effect }
    }

    /// The same fault for other requests only.
    #[must_use]
    pub fn when(mut self, when: FaultWhen) -> Self {
        self.when = when;
        self
    }

    /// The same fault for requests whose query contains this text.
    #[must_use]
    pub fn with_query(mut self, text: impl Into<String>) -> Self {
        self.query = Some(text.into());
        self
    }

    fn matches(&self, method: &str, path: &str, query: &str) -> bool {
        self.method.as_ref().is_none_or(|wanted| wanted.eq_ignore_ascii_case(method))
            && glob(&self.path, path)
            && self.query.as_ref().is_none_or(|wanted| query.contains(wanted.as_str()))
    }
}

/// Which of the matching requests a fault spoils, counted from 1 from when the fault was added.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FaultWhen {
    /// All of them.
    #[default]
    Every,
    /// The nth alone.
    Nth(u64),
    /// The first n.
    Next(u64),
    /// Every nth.
    EveryNth(u64),
    /// The nth and all after it.
    From(u64),
}

impl FaultWhen {
    fn applies(self, count: u64) -> bool {
        match self {
            Self::Every => true,
            Self::Nth(n) => count == n,
            Self::Next(n) => count <= n,
            Self::EveryNth(n) => n > 0 && count.is_multiple_of(n),
            Self::From(n) => count >= n,
        }
    }
}

/// What a fault does.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum FaultEffect {
    /// Answers with this status instead.
    Status {
        /// HTTP status code.
        code: u16,
        /// Further headers, such as `Retry-After`.
        #[serde(default)]
        headers: Vec<(String, String)>,
        /// Body; empty where absent.
        #[serde(default)]
        body: String,
    },
    /// Answers as usual, after this many milliseconds of real time.
    Delay {
        /// Milliseconds.
        milliseconds: u64,
    },
    /// Closes the connection without an answer.
    DropConnection,
    /// Sends the true headers and only the first bytes of the body, then closes the connection.
    TruncateBody {
        /// How many bytes are sent.
        bytes: usize,
    },
    /// Answers with a page of HTML, as proxies and maintenance pages do.
    Html {
        /// HTTP status code, often 200 or 503.
        code: u16,
    },
    /// Answers 200 with a body that claims to be JSON and is not.
    InvalidJson,
    /// Answers as usual, with this text of the body replaced wherever it stands.
    Replace {
        /// What is replaced.
        text: String,
        /// What stands there instead.
        with: String,
    },
    /// Answers a list without these results, as if an index lagged behind or a keyset had been overtaken.
    LeaveOut {
        /// Ids of the results.
        ids: Vec<String>,
    },
    /// Answers a list as if it had been asked for without a cursor: its first results again.
    IgnoreCursor,
    /// Answers a list with a next link back to the cursor that it was asked for with.
    RepeatCursor,
    /// Answers a list with the cursor of the next link percent-encoded.
    EncodeCursor,
    /// Answers as usual, and changes the site's content before the next request.
    Change {
        /// The change.
        mutation: Mutation,
    },
}

/// What the faults of one request add up to.
#[derive(Debug, Default)]
pub(crate) struct Spoiling {
    pub(crate) delay_ms: u64,
    pub(crate) effect: Option<FaultEffect>,
}

impl Spoiling {
    /// Whether anything goes wrong at all.
    pub(crate) fn is_fault(&self) -> bool {
        self.delay_ms > 0 || self.effect.is_some()
    }
}

/// The faults in force.
#[derive(Debug, Default)]
pub(crate) struct FaultBook {
    faults: Vec<(Fault, u64)>,
}

impl FaultBook {
    pub(crate) fn add(&mut self, fault: Fault) {
        self.faults.push((fault, 0));
    }

    pub(crate) fn clear(&mut self) {
        self.faults.clear();
    }

    /// Counts a request against every matching fault. Delays add up; of the other effects the first counts.
    pub(crate) fn spoil(&mut self, method: &str, path: &str, query: &str) -> Spoiling {
        let mut spoiling = Spoiling::default();
        for (fault, count) in &mut self.faults {
            if !fault.matches(method, path, query) {
                continue;
            }
            *count += 1;
            match &fault.effect {
                _ if !fault.when.applies(*count) => {}
                FaultEffect::Delay { milliseconds } => spoiling.delay_ms += milliseconds,
                effect => {
                    spoiling.effect.get_or_insert_with(|| effect.clone());
                }
            }
        }
        spoiling
    }
}

/// Whether `text` fits `pattern`, in which `*` stands for any text.
fn glob(pattern: &str, text: &str) -> bool {
    let Some((first, rest)) = pattern.split_once('*') else { return pattern == text };
    let Some(mut text) = text.strip_prefix(first) else { return false };
    let mut parts = rest.split('*').peekable();
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            return text.ends_with(part);
        }
        let Some((_, after)) = text.split_once(part) else { return false };
        text = after;
    }
    true
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{Fault, FaultBook, FaultEffect, FaultWhen, glob};

    #[rstest]
    #[case("/a", "/a", true)]
    #[case("/a", "/ab", false)]
    #[case("*/pages", "/ex/confluence/1/wiki/api/v2/pages", true)]
    #[case("*/pages", "/wiki/api/v2/pages/7", false)]
    #[case("*/pages/*", "/wiki/api/v2/pages/7", true)]
    #[case("/a*b*c", "/a-b-c", true)]
    #[case("/a*b*c", "/a-c-b", false)]
    #[case("*", "/anything", true)]
    fn globs(#[case] pattern: &str, #[case] text: &str, #[case] expected: bool) {
        assert_eq!(glob(pattern, text), expected);
    }

    #[rstest]
    #[case(FaultWhen::Every, &[true, true, true, true])]
    #[case(FaultWhen::Nth(2), &[false, true, false, false])]
    #[case(FaultWhen::Next(2), &[true, true, false, false])]
    #[case(FaultWhen::EveryNth(2), &[false, true, false, true])]
    #[case(FaultWhen::EveryNth(0), &[false, false, false, false])]
    #[case(FaultWhen::From(3), &[false, false, true, true])]
    fn counts(#[case] when: FaultWhen, #[case] expected: &[bool]) {
        let mut book = FaultBook::default();
        book.add(Fault::on("/a", FaultEffect::DropConnection).when(when));
        let seen: Vec<bool> = expected.iter().map(|_| book.spoil("GET", "/a", "").is_fault()).collect();
        assert_eq!(seen, expected);
    }
}
