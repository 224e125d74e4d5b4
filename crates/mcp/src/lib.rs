//! MCP server over the application's retrieval: an agent of another program searches the synced sections and reads pages,
//! within one context where one is named. Read-only; what it returns is data of the wiki and says so.

mod error;
mod tools;

pub use error::McpError;

use coagentor::{App, SearchScope};
use rmcp::{ServiceExt, transport::stdio};

/// Serves on standard input and output until the other side ends.
pub async fn serve(app: App, scope: SearchScope) -> Result<(), McpError> {
    let service = tools::Tools::new(app, scope).serve(stdio()).await.map_err(McpError::start)?;
    service.waiting().await.map_err(McpError::serve)?;
    Ok(())
}
