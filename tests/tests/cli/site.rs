//! The sample site and a machine that knows it.

use anyhow::Result;
use confluence_sim::{ClientRegistration, RunningSimulator, Simulator, SpaceSource};
use tests::{desk::Desk, person, repository};

pub(crate) const SECRET: &str = "a-secret-that-must-not-leak";

/// A site with the sample spaces, and a machine whose OAuth app is registered there.
pub(crate) async fn sample() -> Result<(RunningSimulator, Desk)> {
    let mut builder = Simulator::builder();
    for key in ["OPS", "PROD", "PEOPLE"] {
        builder = builder.space(SpaceSource::from_dir(key, repository::sample(key))?);
    }
    start(builder).await
}

/// A site with generated pages in the space `GEN`.
pub(crate) async fn generated(pages: usize) -> Result<(RunningSimulator, Desk)> {
    start(Simulator::builder().generate("GEN", pages, 7)).await
}

async fn start(builder: confluence_sim::SimulatorBuilder) -> Result<(RunningSimulator, Desk)> {
    let port = person::free_port()?;
    let callback = format!("http://127.0.0.1:{port}/callback");
    let sim = builder.client(ClientRegistration::new("test-client", SECRET, &[&callback])).start().await?;
    let desk = Desk::new(&sim, port)?;
    Ok((sim, desk))
}
