//! `doctor`.

use coagentor::{Check, ModelUse, Verdict};

use crate::{failure::Failure, output::Output};

pub(super) async fn run(output: Output) -> Result<(), Failure> {
    let app = super::open(ModelUse::Load).await?;
    let checks = app.doctor().await;
    output.show(&checks, |checks| checks.iter().map(line).collect::<Vec<_>>().join("\n"))?;
    match checks.iter().filter(|check| check.verdict == Verdict::Failed).count() {
        0 => Ok(()),
        failed => Err(Failure::plain(
            format!("{failed} of {} checks failed", checks.len()),
            Some("each failed line above says what mends it"),
        )),
    }
}

fn line(check: &Check) -> String {
    let mark = match check.verdict {
        Verdict::Ok => "ok     ",
        Verdict::Warning => "warning",
        Verdict::Failed => "failed ",
    };
    let hint = check.hint.as_deref().map(|hint| format!("\n                       hint: {hint}")).unwrap_or_default();
    format!("{mark}  {:13} {}{hint}", check.name, check.detail)
}
