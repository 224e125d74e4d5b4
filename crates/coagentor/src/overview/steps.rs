//! The steps that the window's buttons take.

use std::{sync::Arc, time::Duration};

use confluence::auth::{AuthError, AuthorizationCode};
use secrecy::ExposeSecret;
use time::OffsetDateTime;
use url::Url;

use super::{
    SignInStep,
    dto::{SearchResponse, SignIn},
    open,
};
use crate::{
    App, Error, SearchMode,
    connection::ConnectionKind,
    events::AppEvent,
    sign_in::{Grant, SignInAttempt, SignInVia},
    store::ConnectionStatus,
    sync::SyncOptions,
};

/// Where a person makes an API token.
const TOKEN_PAGE: &str = "https://id.atlassian.com/manage-profile/security/api-tokens";
/// The longest address that is looked at, in bytes.
const LONGEST_DEEP_LINK: usize = 8 * 1024;

impl App {
    /// Starts a sign-in and says which address to open. The answer comes to [`App::accept_deep_link`] or to the loopback
    /// callback; an attempt that was waiting before is given up.
    pub async fn connect(&self, via: SignInVia) -> Result<SignIn, Error> {
        self.cancel_sign_in().await;
        let attempt = self.begin_sign_in(via).await.inspect_err(|_| self.changed())?;
        let expires_at = self.clock.now() + self.config.sign_in_timeout;
        self.keep_sign_in(&attempt, expires_at).await;
        let authorize_url = attempt.authorize_url().to_string();
        self.wait_for_answer(attempt, expires_at);
        let expires_at = crate::status::rfc3339(expires_at.unix_timestamp()).unwrap_or_default();
        Ok(SignIn { authorize_url, expires_at })
    }

    fn wait_for_answer(&self, mut attempt: SignInAttempt, expires_at: OffsetDateTime) {
        let left = Duration::try_from(expires_at - self.clock.now()).unwrap_or_default();
        let callback = attempt.take_callback();
        // A loopback listener waits on the attempt; a deep link only looks at it.
        let attempt = Arc::new(attempt);
        let (app, waiting) = (self.clone(), Arc::clone(&attempt));
        let waiter = tokio::spawn(async move {
            if callback.is_some() {
                let code = waiting.wait_on(callback, left).await;
                app.end_sign_in(&waiting, code).await;
            } else {
                tokio::time::sleep(left).await;
                app.give_up(&waiting).await;
            }
        });
        {
            let mut desk = open(&self.desk);
            desk.problem = None;
            desk.sign_in = SignInStep::Waiting { attempt, expires_at, waiter: waiter.abort_handle() };
        }
        self.changed();
    }

    /// Waits on for the answer to a sign-in that a process before this one began.
    pub(super) async fn take_up_sign_in(&self) -> Result<(), Error> {
        let _turn = self.sign_in_turn.lock().await;
        if !matches!(open(&self.desk).sign_in, SignInStep::None) {
            return Ok(());
        }
        if let Some((attempt, expires_at)) = self.kept_sign_in().await? {
            self.wait_for_answer(attempt, expires_at);
        }
        Ok(())
    }

    /// Takes the address that the system handed over. Anything but the answer to the waiting sign-in is refused and
    /// changes nothing; the answer is taken once.
    pub async fn accept_deep_link(&self, url: &str) -> Result<(), Error> {
        if url.len() > LONGEST_DEEP_LINK || url.chars().any(char::is_control) {
            return Err(Error::NoSignIn);
        }
        let parsed = Url::parse(url).map_err(|_| Error::NoSignIn)?;
        self.take_up_sign_in().await.inspect_err(|error| self.put_by(url, error))?;
        let waiting = match &open(&self.desk).sign_in {
            SignInStep::Waiting { attempt, .. } => Arc::clone(attempt),
            _ => return Err(Error::NoSignIn),
        };
        let url = parsed;
        let code = waiting.accept(&url);
        // A forged or stray address must not end a sign-in that is still good.
        if let Err(Error::Confluence(confluence::Error::Auth(
            AuthError::StateMismatch | AuthError::CallbackRejected { .. },
        ))) = &code
        {
            return code.map(|_| ());
        }
        if !waiting.take_answer() {
            return Err(Error::NoSignIn);
        }
        self.end_sign_in(&waiting, code).await;
        Ok(())
    }

    /// What may be the answer to a sign-in that is locked away waits for the passphrase.
    fn put_by(&self, url: &str, error: &Error) {
        if matches!(error, Error::SecretsLocked) {
            open(&self.desk).answer = Some(url.into());
        }
    }

    /// Goes on where the passphrase was wanted.
    pub(super) async fn take_up_answer(&self) {
        let answer = std::mem::take(&mut open(&self.desk).answer);
        let taken_up = match answer {
            Some(url) => self.accept_deep_link(url.expose_secret()).await,
            None => self.take_up_sign_in().await,
        };
        if let Err(error) = taken_up {
            tracing::warn!(code = error.code(), "the sign-in that was kept does not go on");
        }
    }

    async fn end_sign_in(&self, attempt: &Arc<SignInAttempt>, code: Result<AuthorizationCode, Error>) {
        // Before anything is asked with the code: an attempt is answered once.
        self.forget_kept_sign_in().await;
        let granted = match code {
            Ok(code) => self.redeem(attempt, code).await,
            Err(error) => Err(error),
        };
        match granted {
            Ok(grant) if grant.sites.len() > 1 => {
                self.leave_waiting(SignInStep::Choosing(Arc::new(grant)));
            }
            Ok(grant) => self.finish_sign_in(&grant, None).await,
            Err(error) => self.fail_sign_in(error),
        }
        self.changed();
    }

    /// Takes one of several granted sites.
    pub async fn choose_site(&self, id: &str) -> Result<(), Error> {
        let grant = match &open(&self.desk).sign_in {
            SignInStep::Choosing(grant) => Arc::clone(grant),
            _ => return Err(Error::NoSignIn),
        };
        self.finish_sign_in(&grant, Some(id)).await;
        self.changed();
        Ok(())
    }

    async fn finish_sign_in(&self, grant: &Grant, wanted: Option<&str>) {
        match self.use_site(grant, wanted).await {
            Ok(_) => {
                self.leave_waiting(SignInStep::None);
                self.catch_up().await;
            }
            Err(error) => self.fail_sign_in(error),
        }
    }

    /// Whoever signs in again has waited for news of the spaces that are still selected.
    async fn catch_up(&self) {
        let selected = self.spaces().await.is_ok_and(|spaces| spaces.iter().any(|space| space.selected));
        if selected && let Err(error) = self.start_sync().await {
            tracing::warn!(code = error.code(), %error, "no sync after the sign-in");
        }
    }

    fn leave_waiting(&self, next: SignInStep) {
        open(&self.desk).sign_in = next;
    }

    /// The browser did not come back in time. One that came back, or another attempt, is left alone.
    async fn give_up(&self, attempt: &Arc<SignInAttempt>) {
        let is_waiting = match &open(&self.desk).sign_in {
            SignInStep::Waiting { attempt: waiting, .. } => Arc::ptr_eq(waiting, attempt),
            _ => false,
        };
        if is_waiting && attempt.take_answer() {
            self.forget_kept_sign_in().await;
            self.fail_sign_in(Error::Confluence(AuthError::TimedOut.into()));
        }
    }

    fn fail_sign_in(&self, error: Error) {
        {
            let mut desk = open(&self.desk);
            desk.sign_in = SignInStep::None;
            desk.problem = Some(error);
        }
        self.changed();
    }

    /// Gives up a sign-in, in the browser or at the choice of sites.
    pub async fn cancel_sign_in(&self) {
        let step = std::mem::take(&mut open(&self.desk).sign_in);
        if let SignInStep::Waiting { waiter, .. } = step {
            waiter.abort();
        }
        self.forget_kept_sign_in().await;
        self.changed();
    }

    fn changed(&self) {
        self.events.send(AppEvent::Connection);
    }

    /// Starts a run in the background, because a person asked for it. What goes wrong shows on the card.
    pub async fn start_sync(&self) -> Result<(), Error> {
        self.end_pause().await?;
        self.start_run(SyncOptions::asked_for(false)).await
    }

    pub(crate) async fn start_run(&self, options: SyncOptions) -> Result<(), Error> {
        self.session().await?;
        let control = self.sync_control();
        {
            let mut desk = open(&self.desk);
            if desk.run.is_some() {
                return Err(Error::SyncRunning { who: "this window".to_owned() });
            }
            desk.problem = None;
            desk.run = Some(control.clone());
        }
        let app = self.clone();
        tokio::spawn(async move {
            let result = app.sync(options, &control).await;
            {
                let mut desk = open(&app.desk);
                desk.run = None;
                // The schedule asks again by itself; that somebody else was quicker is nobody's problem.
                let is_quiet = |error: &Error| matches!(error, Error::SyncRunning { .. } | Error::NotDue);
                desk.problem = result.err().filter(|error| options.is_asked_for() || !is_quiet(error));
            }
            app.events.send(AppEvent::Sync);
            app.events.send(AppEvent::Pages);
        });
        Ok(())
    }

    /// Holds the run after the step at hand.
    pub fn pause_sync(&self) {
        if let Some(control) = &open(&self.desk).run {
            control.pause();
        }
    }

    /// Lets a paused run go on.
    pub fn resume_sync(&self) {
        if let Some(control) = &open(&self.desk).run {
            control.resume();
        }
    }

    /// Ends the run after the step at hand.
    pub fn cancel_sync(&self) {
        if let Some(control) = &open(&self.desk).run {
            control.cancel();
        }
    }

    /// Searches for the window.
    pub async fn answer(&self, text: &str, limit: u32) -> Result<SearchResponse, Error> {
        let limit = limit.clamp(1, 50) as usize;
        Ok(self.search(text, limit, SearchMode::Hybrid).await?.into())
    }

    /// Whether the window may open an address in the browser: a page of the site that is or was connected, the sign-in that
    /// is waiting, or Atlassian's page for API tokens.
    pub async fn check_url(&self, url: &str) -> Result<Url, Error> {
        let foreign = || Error::ForeignUrl { url: url.to_owned() };
        let parsed = Url::parse(url).map_err(|_| foreign())?;
        if let SignInStep::Waiting { attempt, .. } = &open(&self.desk).sign_in
            && *attempt.authorize_url() == parsed
        {
            return Ok(parsed);
        }
        if url == TOKEN_PAGE {
            return Ok(parsed);
        }
        if parsed.scheme() == "file" {
            return self.check_file(&parsed).await;
        }
        let connection = self.store.connection().await?.ok_or_else(foreign)?;
        let secure = parsed.scheme() == "https" || connection.kind == ConnectionKind::Sample || is_loopback(&parsed);
        if secure && parsed.origin() == connection.site.url.origin() { Ok(parsed) } else { Err(foreign()) }
    }

    /// Forgets what is under way and what went wrong.
    pub(crate) fn forget_desk(&self) {
        let mut desk = open(&self.desk);
        desk.sign_in = SignInStep::None;
        desk.problem = None;
    }

    /// Brings back what a restart interrupted: a sign-in whose browser is out, and the sample site, if it is the one
    /// connected. Finds out in the background whether there is a place for secrets.
    pub async fn wake(&self) -> Result<(), Error> {
        self.store.end_open_meetings().await?;
        let app = self.clone();
        tokio::spawn(async move {
            if let Err(error) = app.take_up_sign_in().await {
                tracing::warn!(code = error.code(), "the sign-in that was kept does not go on");
            }
            if let Err(error) = app.look_at_secrets().await {
                tracing::warn!(code = error.code(), "the secret store does not answer");
            }
        });
        if let Some(connection) = self.store.connection().await?
            && connection.kind == ConnectionKind::Sample
            && connection.status == ConnectionStatus::Connected
        {
            self.sample.start().await?;
        }
        Ok(())
    }
}

/// A site on this machine, as in tests: there is no certificate for it.
fn is_loopback(url: &Url) -> bool {
    url.scheme() == "http" && url.host_str() == Some("127.0.0.1")
}
