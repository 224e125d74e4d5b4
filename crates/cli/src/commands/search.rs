//! `search`: cited sections.

use coagentor::{ModelUse, SearchAnswer, SearchHit, SearchMode, SearchScope};

use crate::{
    failure::Failure,
    output::{self, Output},
};

pub(super) async fn run(
    query: &str,
    limit: usize,
    context: Option<&str>,
    agent: Option<&str>,
    output: Output,
) -> Result<(), Failure> {
    let app = super::open(ModelUse::Load).await?;
    let scope = match (context, agent) {
        (Some(name), _) => SearchScope::Context(app.context_named(name).await?),
        (None, Some(name)) => SearchScope::Agent(app.agent_named(name).await?),
        (None, None) => SearchScope::Everything,
    };
    if let Some(error) = app.model_problem() {
        output::note(&format!("warning: {error}; searching by words only"));
    }
    let answer = app.search_in(&scope, query, limit, SearchMode::Hybrid).await?;
    if answer.pending_pages > 0 {
        output::note(&format!("Still preparing {} pages: they are found by words only.", answer.pending_pages));
    }
    output.show(&answer, in_words)
}

fn in_words(answer: &SearchAnswer) -> String {
    let mut parts: Vec<String> = answer.hits.iter().enumerate().map(|(index, hit)| cited(index + 1, hit)).collect();
    if parts.is_empty() {
        parts.push("Nothing found.".to_owned());
    }
    let took = answer.took_ms;
    parts.push(format!("{:.1} ms (embedding {:.1}, search {:.1})", took.total, took.embed, took.search));
    parts.join("\n\n")
}

pub(super) fn cited(number: usize, hit: &SearchHit) -> String {
    let place: Vec<&str> =
        std::iter::once(hit.title.as_str()).chain(hit.heading_path.iter().map(String::as_str)).collect();
    let quote = hit.quote.lines().map(|line| format!("   | {line}")).collect::<Vec<_>>().join("\n");
    // A file's version is a time in milliseconds, which tells a person nothing.
    let origin = match hit.source {
        "files" => format!("Files: {}", hit.space_name),
        _ => format!("{} v{}", hit.space_key, hit.version),
    };
    format!("{number}. {}  [{origin}, score {:.2}]\n{quote}\n   {}", place.join(" > "), hit.score, hit.url)
}
