//! What has been granted: pending consents, codes, grants, token families.

use std::collections::{BTreeSet, HashMap};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand::RngCore;
use time::{Duration, OffsetDateTime};

/// An authorization code is good for this long; Atlassian does not say how long its own last.
pub const CODE_LIFETIME: Duration = Duration::minutes(5);
/// `expires_in` of an access token.
pub const ACCESS_LIFETIME: Duration = Duration::hours(1);
/// A rotated refresh token still works for this long.
pub const REUSE_LEEWAY: Duration = Duration::minutes(10);
/// A family of refresh tokens that nobody used for this long is dead.
pub const INACTIVITY_LIFETIME: Duration = Duration::days(90);
/// A family of refresh tokens dies this long after consent, however often it was used.
pub const ABSOLUTE_LIFETIME: Duration = Duration::days(365);

/// A request for consent that was found to be in order.
#[derive(Debug, Clone)]
pub(crate) struct ConsentRequest {
    pub(crate) client_id: String,
    pub(crate) redirect_uri: String,
    pub(crate) scopes: BTreeSet<String>,
    pub(crate) state: Option<String>,
    pub(crate) challenge: Option<String>,
}

/// A code that waits to be exchanged.
#[derive(Debug, Clone)]
pub(crate) struct Code {
    pub(crate) request: ConsentRequest,
    expires_at: OffsetDateTime,
    /// The family that came of it, once used: a second use revokes it.
    family: Option<u64>,
}

/// The tokens that descend from one consent.
#[derive(Debug)]
struct Family {
    client_id: String,
    scopes: BTreeSet<String>,
    created_at: OffsetDateTime,
    used_at: OffsetDateTime,
    revoked: bool,
}

#[derive(Debug)]
struct Refresh {
    family: u64,
    rotated_at: Option<OffsetDateTime>,
}

#[derive(Debug)]
struct Access {
    family: u64,
    expires_at: OffsetDateTime,
}

/// A token pair as the token endpoint gives it out.
#[derive(Debug, Clone)]
pub struct TokenPair {
    /// Bearer token.
    pub access_token: String,
    /// Present only with the scope `offline_access`.
    pub refresh_token: Option<String>,
    /// The scopes granted, space separated.
    pub scope: String,
}

/// Who calls with a valid access token.
#[derive(Debug, Clone)]
pub(crate) struct Bearer {
    pub(crate) scopes: BTreeSet<String>,
    pub(crate) sites: BTreeSet<String>,
}

/// Why a code was not accepted.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum CodeError {
    Unknown,
    WrongClient,
}

/// Everything that the authorization server remembers.
#[derive(Debug, Default)]
pub(crate) struct GrantBook {
    pending: HashMap<String, ConsentRequest>,
    codes: HashMap<String, Code>,
    /// Sites by client: there is one grant for an app and account, and a further consent adds its site to it.
    sites: HashMap<String, BTreeSet<String>>,
    families: HashMap<u64, Family>,
    refresh: HashMap<String, Refresh>,
    access: HashMap<String, Access>,
    last_family: u64,
}

impl GrantBook {
    /// Keeps a request until its consent page is answered; returns the page's secret.
    pub(crate) fn ask(&mut self, request: ConsentRequest) -> String {
        let id = random(24);
        self.pending.insert(id.clone(), request);
        id
    }

    /// Takes the request of an answered consent page.
    pub(crate) fn answer(&mut self, id: &str) -> Option<ConsentRequest> {
        self.pending.remove(id)
    }

    /// Grants a request for these sites and returns a code.
    pub(crate) fn grant(&mut self, request: ConsentRequest, sites: BTreeSet<String>, now: OffsetDateTime) -> String {
        self.sites.entry(request.client_id.clone()).or_default().extend(sites);
        let code = random(32);
        self.codes.insert(code.clone(), Code { request, expires_at: now + CODE_LIFETIME, family: None });
        code
    }

    /// The request behind a code, if the code is good. A code that was used before revokes what came of it.
    pub(crate) fn code(
        &mut self,
        code: &str,
        client_id: &str,
        now: OffsetDateTime,
    ) -> Result<ConsentRequest, CodeError> {
        let Some(found) = self.codes.get(code) else { return Err(CodeError::Unknown) };
        if let Some(family) = found.family.and_then(|family| self.families.get_mut(&family)) {
            family.revoked = true;
            return Err(CodeError::Unknown);
        }
        match found {
            code if code.request.client_id != client_id => Err(CodeError::WrongClient),
            code if now > code.expires_at => Err(CodeError::Unknown),
            code => Ok(code.request.clone()),
        }
    }

    /// Turns a code that [`GrantBook::code`] accepted into tokens.
    pub(crate) fn exchange(&mut self, code: &str, now: OffsetDateTime) -> Option<TokenPair> {
        let request = self.codes.get(code)?.request.clone();
        let family = self.new_family(request.client_id, request.scopes.clone(), now);
        if let Some(code) = self.codes.get_mut(code) {
            code.family = Some(family);
        }
        Some(self.pair(family, &request.scopes, now))
    }

    /// Tokens without a consent page, for a test of the API alone.
    pub(crate) fn mint(
        &mut self,
        client_id: &str,
        scopes: &BTreeSet<String>,
        sites: BTreeSet<String>,
        now: OffsetDateTime,
    ) -> TokenPair {
        self.sites.entry(client_id.to_owned()).or_default().extend(sites);
        let family = self.new_family(client_id.to_owned(), scopes.clone(), now);
        self.pair(family, scopes, now)
    }

    /// Rotates a refresh token; `None` where it is dead. Reuse after the leeway revokes the whole family.
    pub(crate) fn refresh(&mut self, token: &str, client_id: &str, now: OffsetDateTime) -> Option<TokenPair> {
        let refresh = self.refresh.get_mut(token)?;
        let family = self.families.get_mut(&refresh.family)?;
        let dead = family.revoked
            || family.client_id != client_id
            || now > family.created_at + ABSOLUTE_LIFETIME
            || now > family.used_at + INACTIVITY_LIFETIME;
        if dead {
            return None;
        }
        if refresh.rotated_at.is_some_and(|at| now > at + REUSE_LEEWAY) {
            family.revoked = true;
            return None;
        }
        refresh.rotated_at.get_or_insert(now);
        family.used_at = now;
        let (family, scopes) = (refresh.family, family.scopes.clone());
        Some(self.pair(family, &scopes, now))
    }

    /// Who an access token speaks for, if it is good.
    pub(crate) fn bearer(&self, token: &str, now: OffsetDateTime) -> Option<Bearer> {
        let access = self.access.get(token).filter(|access| now < access.expires_at)?;
        let family = self.families.get(&access.family).filter(|family| !family.revoked)?;
        let sites = self.sites.get(&family.client_id).cloned().unwrap_or_default();
        Some(Bearer { scopes: family.scopes.clone(), sites })
    }

    /// Disconnects the app, as a user does in the account settings: every token of every client dies at once.
    pub(crate) fn revoke_all(&mut self) {
        self.families.values_mut().for_each(|family| family.revoked = true);
        self.sites.clear();
    }

    /// Lets every access token expire now; refresh tokens stay.
    pub(crate) fn expire_access(&mut self, now: OffsetDateTime) {
        self.access.values_mut().for_each(|access| access.expires_at = access.expires_at.min(now));
    }

    fn new_family(&mut self, client_id: String, scopes: BTreeSet<String>, now: OffsetDateTime) -> u64 {
        self.last_family += 1;
        let family = Family { client_id, scopes, created_at: now, used_at: now, revoked: false };
        self.families.insert(self.last_family, family);
        self.last_family
    }

    fn pair(&mut self, family: u64, scopes: &BTreeSet<String>, now: OffsetDateTime) -> TokenPair {
        let scope = scopes.iter().map(String::as_str).collect::<Vec<_>>().join(" ");
        let refresh_token = scopes.contains("offline_access").then(|| random(96));
        // As long as the JWTs that Atlassian gives out, so that a store with a size limit meets it here.
        let access_token = format!("eyJhbGciOiJSUzI1NiJ9.{}.{}", random(900), random(256));
        self.access.insert(access_token.clone(), Access { family, expires_at: now + ACCESS_LIFETIME });
        if let Some(token) = &refresh_token {
            self.refresh.insert(token.clone(), Refresh { family, rotated_at: None });
        }
        TokenPair { access_token, refresh_token, scope }
    }
}

fn random(bytes: usize) -> String {
    let mut buffer = vec![0; bytes];
    rand::rng().fill_bytes(&mut buffer);
    URL_SAFE_NO_PAD.encode(buffer)
}
