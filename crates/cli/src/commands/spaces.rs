//! `spaces` and `select`.

use coagentor::{Error, ModelUse, Space};

use crate::{
    failure::Failure,
    output::{self, Output},
};

pub(super) async fn list(output: Output) -> Result<(), Failure> {
    let app = super::open(ModelUse::Skip).await?;
    let spaces = match app.refresh_spaces().await {
        Ok(spaces) => spaces,
        // What was listed last is worth more than an error, as long as it is said.
        Err(error) if !matches!(error, Error::NotConnected) => {
            let known = app.spaces().await?;
            if known.is_empty() {
                return Err(error.into());
            }
            output::note(&format!("warning: {error}; showing the spaces as last listed"));
            known
        }
        Err(error) => {
            let known = app.spaces().await.unwrap_or_default();
            if known.is_empty() {
                return Err(error.into());
            }
            known
        }
    };
    if spaces.is_empty() {
        output::note("No spaces found: this site has no global space that you can see.");
    }
    output.show(&spaces, |spaces| table(spaces))
}

pub(super) async fn select(keys: &[String], output: Output) -> Result<(), Failure> {
    let app = super::open(ModelUse::Skip).await?;
    let spaces = app.select(keys).await?;
    output.show(&spaces, |spaces| table(spaces))
}

fn table(spaces: &[Space]) -> String {
    let width = spaces.iter().map(|space| space.key.chars().count()).max().unwrap_or(0);
    let row = |space: &Space| {
        let mark = if space.selected { "[x]" } else { "[ ]" };
        let pages = space.pages.map_or_else(|| "-".to_owned(), |pages| pages.to_string());
        format!("{mark} {:width$}  {:>6} of {:>6} pages  {}", space.key, space.synced_pages, pages, space.name)
    };
    spaces.iter().map(row).collect::<Vec<_>>().join("\n")
}
