//! Reads the Confluence card together from what is stored and what is under way.

use time::format_description::well_known::Rfc3339;

use super::{
    Desk, SignInStep,
    dto::{
        ConfluenceCard, ConnectionState, HitSource, OverLimitPage, Overview, PageCounts, PlanUse, Problem, ProblemCode,
        QuotePart, RunSummary, SearchHit, SearchResponse, SignIn, Site, SpaceRow, SyncFailure, SyncProgress, Took,
    },
    open,
};
use crate::{
    App, Error,
    search::SearchAnswer,
    status::rfc3339,
    store::{Connection, ConnectionStatus},
    sync::{self, Progress},
};

/// What the desk adds to what is stored.
struct UnderWay {
    state: Option<ConnectionState>,
    sign_in: Option<SignIn>,
    sites: Vec<Site>,
    sync: Option<SyncProgress>,
    problem: Option<Problem>,
}

impl App {
    /// Everything that the window shows.
    pub async fn overview(&self) -> Result<Overview, Error> {
        let surroundings = self.surroundings();
        Ok(Overview {
            confluence: self.confluence_card().await?,
            files: self.files_card().await?,
            settings: self.settings().await?,
            client: self.client_use().await?,
            secret_store: self.secrets.in_use(),
            answer_key_kept: self.store.answer_key_kept().await?,
            on_battery: self.config.power.on_battery(),
            paused_until: self.paused_until().await?.and_then(|at| at.format(&Rfc3339).ok()),
            can_start_at_login: surroundings.can_start_at_login,
            tray_shown: surroundings.tray_shown,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            data_dir: self.config.data_dir.display().to_string(),
            model_ready: self.has_model(),
            model_name: self.model_name.clone(),
        })
    }

    async fn confluence_card(&self) -> Result<ConfluenceCard, Error> {
        let connection = self.store.connection().await?;
        let spaces = if connection.is_some() { self.spaces().await? } else { Vec::new() };
        let last_run = match &connection {
            Some(connection) => self.store.last_run(&connection.site.id).await?,
            None => None,
        };
        let stock = self.stock().await?;
        let plan = self.plan_use(&stock).await?;
        let next_run_at = self.next_run(last_run.as_ref()).await?;
        let desk = under_way(&open(&self.desk));
        let state = desk.state.unwrap_or_else(|| resting(connection.as_ref()));
        let goes_on_at = next_run_at.and_then(|at| at.format(&Rfc3339).ok());
        let is_idle = desk.sync.is_none() && state == ConnectionState::Connected;
        let of_last_run = || last_run.as_ref().filter(|_| is_idle).and_then(|run| waiting(run, goes_on_at.as_deref()));
        let problem = desk.problem.or_else(|| self.standing_problem(state, spaces.len())).or_else(of_last_run);
        Ok(ConfluenceCard {
            state,
            kind: connection.as_ref().map(|connection| connection.kind),
            site: connection.as_ref().map(|connection| Site::from(&connection.site)),
            account: connection.map(|connection| connection.account).filter(|account| !account.is_empty()),
            sign_in: desk.sign_in,
            sites: desk.sites,
            spaces: spaces.into_iter().map(SpaceRow::from).collect(),
            plan: PlanUse { name: plan.name, limit: plan.limit.map(|limit| limit as u32), used: plan.used as u32 },
            pages: PageCounts {
                ready: stock.pages.ready as u32,
                pending: stock.pages.pending as u32,
                failed: stock.pages.failed as u32,
                unavailable: stock.pages.unavailable as u32,
            },
            sync: desk.sync,
            last_run: last_run.map(RunSummary::from),
            next_run_at: goes_on_at,
            problem,
        })
    }

    /// A problem that lasts as long as its cause, without anything having failed just now.
    fn standing_problem(&self, state: ConnectionState, spaces: usize) -> Option<Problem> {
        match state {
            ConnectionState::Connected if spaces == 0 => Some(problem(
                ProblemCode::NoSpaces,
                "No spaces found",
                "This site has no global space that you can see.",
            )),
            ConnectionState::ReconnectNeeded => Some(problem(
                ProblemCode::ReconnectNeeded,
                "Reconnect needed",
                "Your Atlassian sign-in has expired. Your spaces are still selected.",
            )),
            _ => self.model_error.as_ref().map(|error| Problem {
                hint: error.hint().map(str::to_owned),
                ..problem(ProblemCode::ModelMissing, "Search by words only", &error.to_string())
            }),
        }
    }
}

/// What the last run waits for, where it ended for want of it.
fn waiting(run: &sync::RunSummary, until: Option<&str>) -> Option<Problem> {
    let (code, title) = match run.error.as_deref()? {
        "rate_limited" => (ProblemCode::RateLimited, "Atlassian is limiting requests"),
        "network" | "timeout" => (ProblemCode::Offline, "Offline"),
        _ => return None,
    };
    let message = run.message.clone().unwrap_or_default();
    Some(Problem { until: until.map(str::to_owned), hint: run.hint.clone(), ..problem(code, title, &message) })
}

fn problem(code: ProblemCode, title: &str, message: &str) -> Problem {
    Problem { code, title: title.to_owned(), message: message.to_owned(), hint: None, until: None }
}

fn resting(connection: Option<&Connection>) -> ConnectionState {
    match connection.map(|connection| connection.status) {
        None => ConnectionState::Never,
        Some(ConnectionStatus::Connected) => ConnectionState::Connected,
        Some(ConnectionStatus::ReconnectNeeded) => ConnectionState::ReconnectNeeded,
        Some(ConnectionStatus::Disconnected) => ConnectionState::Disconnected,
    }
}

fn under_way(desk: &Desk) -> UnderWay {
    let (state, sign_in, sites) = match &desk.sign_in {
        SignInStep::None => (None, None, Vec::new()),
        SignInStep::Waiting { attempt, expires_at, .. } => {
            let sign_in = SignIn {
                authorize_url: attempt.authorize_url().to_string(),
                expires_at: expires_at.format(&Rfc3339).unwrap_or_default(),
            };
            (Some(ConnectionState::Connecting), Some(sign_in), Vec::new())
        }
        SignInStep::Choosing(grant) => {
            (Some(ConnectionState::ChooseSite), None, grant.sites.iter().map(Site::from).collect())
        }
    };
    let sync = desk.run.as_ref().map(|control| SyncProgress::from(&*control.progress().borrow()));
    UnderWay { state, sign_in, sites, sync, problem: desk.problem.as_ref().map(Problem::from) }
}

impl From<&Error> for Problem {
    fn from(error: &Error) -> Self {
        let (code, title) = match error.code() {
            "no_confluence_site" => (ProblemCode::NoConfluenceSite, "No Confluence site found"),
            "reconnect_needed" => (ProblemCode::ReconnectNeeded, "Reconnect needed"),
            "nothing_selected" => (ProblemCode::NothingSelected, "Choose at least one space"),
            "rate_limited" => (ProblemCode::RateLimited, "Atlassian is limiting requests"),
            "network" | "timeout" => (ProblemCode::Offline, "Offline"),
            "secret_store" | "secrets_locked" => (ProblemCode::SecretStore, "No place to keep the sign-in"),
            "wrong_client_secret" | "no_refresh_token" => (ProblemCode::SignInFailed, "Sign-in did not finish"),
            code if code.starts_with("sign_in_") => (ProblemCode::SignInFailed, "Sign-in did not finish"),
            _ => (ProblemCode::Other, "Something went wrong"),
        };
        Self { hint: error.hints().into_iter().next(), ..problem(code, title, &error.to_string()) }
    }
}

impl From<crate::Space> for SpaceRow {
    fn from(space: crate::Space) -> Self {
        Self {
            id: space.id,
            key: space.key,
            name: space.name,
            selected: space.selected,
            pages: space.pages,
            synced_pages: space.synced_pages,
            last_synced_at: space.last_synced_at.and_then(rfc3339),
        }
    }
}

impl From<&Progress> for SyncProgress {
    fn from(progress: &Progress) -> Self {
        Self {
            run_id: progress.run_id as u32,
            phase: progress.phase,
            done: progress.done as u32,
            total: progress.total.map(|total| total as u32),
            pages_per_minute: progress.per_minute().map(|rate| rate.round() as u32),
            seconds_left: progress.seconds_left().map(|left| left.ceil() as u32),
            space: progress.space.clone(),
            paused: progress.paused,
        }
    }
}

impl From<sync::RunSummary> for RunSummary {
    fn from(run: sync::RunSummary) -> Self {
        let tally = run.tally;
        Self {
            id: run.id as u32,
            status: run.status,
            started_at: rfc3339(run.started_at).unwrap_or_default(),
            ended_at: run.ended_at.and_then(rfc3339),
            added: tally.added as u32,
            updated: tally.updated as u32,
            moved: tally.moved as u32,
            removed: tally.removed as u32,
            unchanged: tally.unchanged as u32,
            expected: tally.expected as u32,
            stored: tally.stored as u32,
            failed: run
                .failed
                .into_iter()
                .map(|failure| SyncFailure { page_id: failure.page_id, title: failure.title, reason: failure.reason })
                .collect(),
            left_out: tally.left_out as u32,
            over_limit: run
                .over_limit
                .into_iter()
                .map(|page| OverLimitPage { page_id: page.page_id, title: page.title, space_key: page.space_key })
                .collect(),
            message: run.message,
            hint: run.hint,
        }
    }
}

impl From<SearchAnswer> for SearchResponse {
    fn from(answer: SearchAnswer) -> Self {
        let took = answer.took_ms;
        Self {
            hits: answer.hits.into_iter().map(SearchHit::from).collect(),
            took: Took { embed: took.embed, search: took.search, total: took.total },
            pending_pages: answer.pending_pages as u32,
        }
    }
}

impl From<crate::SearchHit> for SearchHit {
    fn from(hit: crate::SearchHit) -> Self {
        Self {
            quote: quote_parts(&hit.quote, &hit.marks),
            source: if hit.source == "files" { HitSource::Files } else { HitSource::Confluence },
            title: hit.title,
            space_key: hit.space_key,
            space_name: hit.space_name,
            page_id: hit.page_id,
            version: u32::try_from(hit.version).unwrap_or_default(),
            heading_path: hit.heading_path,
            url: hit.url,
            score: hit.score,
            keyword: hit.scores.keyword,
            semantic: hit.scores.semantic,
            state: hit.state.to_owned(),
            synced_at: hit.synced_at.unwrap_or_default(),
        }
    }
}

/// Cuts a quote at its marks, so that the window needs no byte offsets. Marks that do not fit are not shown.
fn quote_parts(quote: &str, marks: &[std::ops::Range<usize>]) -> Vec<QuotePart> {
    let mut parts = Vec::new();
    let mut at = 0;
    let mut push = |text: Option<&str>, marked| {
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            parts.push(QuotePart { text: text.to_owned(), marked });
        }
    };
    for mark in marks {
        if mark.start < at || quote.get(mark.clone()).is_none() {
            continue;
        }
        push(quote.get(at..mark.start), false);
        push(quote.get(mark.clone()), true);
        at = mark.end;
    }
    push(quote.get(at..), false);
    parts
}

#[cfg(test)]
#[allow(clippy::single_range_in_vec_init, reason = "a quote may have one mark")]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::none("as it is", &[], "as it is")]
    #[case::middle("roll back now", &[5..9], "roll [back] now")]
    #[case::ends("a b", &[0..1, 2..3], "[a] [b]")]
    #[case::overlap("abcd", &[0..3, 1..4], "[abc]d")]
    #[case::inside_a_letter("é!", &[1..2], "é!")]
    fn a_quote_is_cut_at_its_marks(#[case] quote: &str, #[case] marks: &[std::ops::Range<usize>], #[case] shown: &str) {
        let parts = quote_parts(quote, marks);
        let text: String =
            parts.iter().map(|part| if part.marked { format!("[{}]", part.text) } else { part.text.clone() }).collect();
        assert_eq!(text, shown);
    }
}
