//! `files`: folders and files as a data source.

use coagentor::{App, FileReport, FileRow, ModelUse};

use crate::{
    args::FilesCommand,
    failure::Failure,
    output::{self, Output},
};

pub(super) async fn run(command: FilesCommand, output: Output) -> Result<(), Failure> {
    match command {
        FilesCommand::List => list(&super::open(ModelUse::Skip).await?, output).await,
        FilesCommand::Add { path } => {
            let app = super::open(ModelUse::Load).await?;
            tell(&app.add_files(&path).await?);
            list(&app, output).await
        }
        FilesCommand::Scan => {
            let app = super::open(ModelUse::Load).await?;
            app.scan_files().await?.iter().for_each(tell);
            list(&app, output).await
        }
        FilesCommand::Remove { path } => {
            let app = super::open(ModelUse::Skip).await?;
            app.remove_files(&path).await?;
            list(&app, output).await
        }
    }
}

fn tell(report: &FileReport) {
    if report.is_missing {
        output::note("warning: it is not there at the moment; what was read from it is kept");
        return;
    }
    output::note(&format!(
        "{} added, {} updated, {} renamed, {} gone, {} unchanged, {} could not be read",
        report.added,
        report.updated,
        report.renamed,
        report.removed,
        report.unchanged,
        report.failed.len()
    ));
}

async fn list(app: &App, output: Output) -> Result<(), Failure> {
    output.show(&app.files().await?, |rows| rows.iter().map(in_words).collect::<Vec<_>>().join("\n"))
}

fn in_words(row: &FileRow) -> String {
    let reason = row.reason.as_deref().map(|reason| format!("  ({reason})")).unwrap_or_default();
    format!("{:11} {}  {}{reason}", row.state, row.path, row.title)
}
