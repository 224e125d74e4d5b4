//! One file a command, or a few that belong together.

mod agents;
mod connect;
mod contexts;
mod data;
mod doctor;
mod eval;
mod files;
mod mcp;
mod meeting;
mod pages;
mod plan;
mod runs;
mod search;
mod settings;
mod spaces;
mod status;
mod sync;
mod text;

use std::sync::Arc;

use coagentor::{App, Config, ModelUse, SystemClock};

use crate::{
    args::{AgentsCommand, Command, ContextsCommand, FilesCommand, MeetingCommand},
    failure::Failure,
    output::Output,
};

pub(crate) async fn run(command: Command, output: Output) -> Result<(), Failure> {
    match command {
        Command::Connect(connect) => connect::run(connect, output).await,
        Command::Spaces => spaces::list(output).await,
        Command::Select { keys } => spaces::select(&keys, output).await,
        Command::Sync { full, dry_run: false } => sync::run(full, output).await,
        Command::Sync { full, dry_run: true } => sync::plan(full, output).await,
        Command::Status => status::run(output).await,
        Command::Runs { limit } => runs::list(limit, output).await,
        Command::Pages { space, state } => pages::list(space.as_deref(), state, output).await,
        Command::Page { id } => pages::show(&id, output).await,
        Command::Search { query, limit, context, agent } => {
            search::run(&query, usize::from(limit), context.as_deref(), agent.as_deref(), output).await
        }
        Command::Contexts { command } => contexts::run(command.unwrap_or(ContextsCommand::List), output).await,
        Command::Agents { command } => agents::run(command.unwrap_or(AgentsCommand::List), output).await,
        Command::Meeting { command: MeetingCommand::Run(arguments) } => meeting::run(arguments, output).await,
        Command::Files { command } => files::run(command.unwrap_or(FilesCommand::List), output).await,
        Command::Disconnect => connect::disconnect(output).await,
        Command::Plan { name } => plan::run(name.as_deref(), output).await,
        Command::Settings { changes } => settings::run(&changes, output).await,
        Command::Export { dir } => data::export(&dir, output).await,
        Command::DeleteAllData { yes } => data::delete(yes, output).await,
        Command::Convert { file } => text::convert(file.as_deref(), output),
        Command::Eval { dir, mode } => eval::run(&dir, mode, output).await,
        Command::Mcp { context } => mcp::run(context.as_deref()).await,
        Command::Doctor => doctor::run(output).await,
    }
}

async fn open(model: ModelUse) -> Result<App, Failure> {
    Ok(App::open(config()?, Arc::new(SystemClock), model).await?)
}

#[allow(clippy::disallowed_methods, reason = "the one place where this front door reads the environment")]
fn config() -> Result<Config, Failure> {
    Ok(Config::from_vars(|name| std::env::var(name).ok())?)
}
