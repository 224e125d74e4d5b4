//! `plan`.

use coagentor::{ModelUse, PlanName};

use crate::{failure::Failure, output::Output};

pub(super) async fn run(name: Option<&str>, output: Output) -> Result<(), Failure> {
    let app = super::open(ModelUse::Skip).await?;
    let plan = match name {
        Some(name) => {
            let plan: PlanName = name
                .parse()
                .map_err(|error| Failure::plain(format!("{error}"), Some("for example `coagentor plan pro`")))?;
            app.set_plan(plan).await?
        }
        None => app.plan().await?,
    };
    output.show(&plan, |plan| {
        let limit = plan.limit.map_or_else(|| "no limit".to_owned(), |limit| format!("of {limit}"));
        format!("{}: {} pages used, {limit}", plan.name.as_str(), plan.used)
    })
}
