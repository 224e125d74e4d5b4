//! `mcp`: retrieval for agents of other programs, on standard input and output.

use coagentor::{ModelUse, SearchScope};

use crate::failure::Failure;

pub(super) async fn run(context: Option<&str>) -> Result<(), Failure> {
    let app = super::open(ModelUse::Load).await?;
    let scope = match context {
        Some(name) => SearchScope::Context(app.context_named(name).await?),
        None => SearchScope::Everything,
    };
    mcp::serve(app, scope).await.map_err(|error| {
        Failure::plain(
            error.to_string(),
            Some("this command is started by an MCP client, such as an editor or an agent"),
        )
    })
}
