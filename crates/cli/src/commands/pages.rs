//! `pages` and `page`.

use coagentor::ModelUse;

use crate::{args::State, failure::Failure, output::Output};

pub(super) async fn list(space: Option<&str>, state: Option<State>, output: Output) -> Result<(), Failure> {
    let app = super::open(ModelUse::Skip).await?;
    let pages = app.pages(space, state.map(State::name)).await?;
    output.show(&pages, |pages| {
        let line = |page: &coagentor::PageRow| {
            let reason = page.reason.as_deref().map(|reason| format!("  ({reason})")).unwrap_or_default();
            format!(
                "{:>12}  {:10} {:11} v{:<4} {}{reason}",
                page.page_id, page.space_key, page.state, page.version, page.title
            )
        };
        pages.iter().map(line).collect::<Vec<_>>().join("\n")
    })
}

pub(super) async fn show(id: &str, output: Output) -> Result<(), Failure> {
    let app = super::open(ModelUse::Skip).await?;
    output.show(&app.page(id).await?, |page| page.text.clone())
}
