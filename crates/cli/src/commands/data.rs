//! `export` and `delete-all-data`.

use std::path::Path;

use coagentor::ModelUse;

use crate::{failure::Failure, output::Output};

pub(super) async fn export(dir: &Path, output: Output) -> Result<(), Failure> {
    let app = super::open(ModelUse::Skip).await?;
    output.show(&app.export(dir).await?, |report| {
        format!("{} pages and {} files in {}", report.pages, report.files, report.folder.display())
    })
}

pub(super) async fn delete(is_meant: bool, output: Output) -> Result<(), Failure> {
    if !is_meant {
        let hint = "`coagentor export DIR` keeps a copy; then add --yes";
        return Err(Failure::plain("this deletes pages, index, sign-in, selection and settings", Some(hint)));
    }
    let app = super::open(ModelUse::Skip).await?;
    app.delete_all_data().await?;
    output.show(&serde_json::json!({ "deleted": true }), |_| "everything is deleted".to_owned())
}
