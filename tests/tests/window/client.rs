//! As which OAuth client the app signs in.

use std::process::{Child, Stdio};

use anyhow::{Context, Result};
use tests::{
    desk::Desk,
    person::{self, Press},
};
use url::Url;

use crate::stage::{sample, tell_on};

#[tokio::test(flavor = "multi_thread")]
async fn a_person_signs_in_with_an_app_of_their_own() -> Result<()> {
    let bare = |desk: Desk| desk.with("COAGENTOR_CLIENT_ID", "").with("COAGENTOR_CLIENT_SECRET", "");
    tell_on("own-client", sample(&["OPS"])?, bare, async |stage| {
        stage.window.click("nav-settings").await?;
        stage.window.shows("client", "Not set up").await?;
        for (secret, step) in [("wrong-secret", "wrong"), ("test-secret", "right")] {
            stage.window.click("nav-settings").await?;
            stage.window.click("own-client").await?;
            stage.window.fill("client-id", "test-client").await?;
            stage.window.fill("client-secret", secret).await?;
            stage.window.picture(step).await?;
            stage.window.click("save-client").await?;
            stage.window.gone("client-dialog").await?;
            stage.window.shows("client", "Your own app").await?;
            stage.window.click("nav-integrations").await?;
            stage.sign_in().await?;
            if step == "wrong" {
                stage.window.reads("Atlassian does not accept the app's client secret.").await?;
            }
        }
        stage.window.shows("badge", "Connected").await?;
        stage.window.find("space-OPS").await.map(drop)
    })
    .await
}

/// A broker that runs; it ends with the test.
struct Broker(Child);

impl Broker {
    fn start(desk: &Desk, address: &str) -> Result<Self> {
        let mut command = desk.command("coagentor-broker")?;
        command.env("COAGENTOR_CLIENT_SECRET", "test-secret").env("COAGENTOR_BROKER_BIND", address);
        let broker = Self(command.stdout(Stdio::null()).spawn()?);
        let health = Url::parse(&format!("http://{address}/health"))?;
        for _ in 0..200 {
            if person::get(&health).is_ok() {
                return Ok(broker);
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        anyhow::bail!("the broker does not answer")
    }
}

impl Drop for Broker {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broker_adds_the_secret_that_the_app_does_not_have() -> Result<()> {
    let brokered = |desk: Desk| {
        let vars = desk.environment();
        let port = vars.iter().find(|(name, _)| name == "COAGENTOR_REDIRECT_PORT").map(|(_, port)| port.clone());
        let address = format!("http://127.0.0.1:{}", port.unwrap_or_default());
        desk.with("COAGENTOR_BROKER_URL", &address).with("COAGENTOR_CLIENT_SECRET", "")
    };
    tell_on("broker", sample(&["OPS"])?, brokered, async |stage| {
        let vars = stage.desk.environment();
        let address = vars.iter().find(|(name, _)| name == "COAGENTOR_BROKER_URL").context("no broker")?.1.clone();
        let _broker = Broker::start(&stage.desk, address.trim_start_matches("http://"))?;
        let at_broker = stage.answer_in_browser(Press::Allow).await?;
        assert!(at_broker.as_str().starts_with(&format!("{address}/callback?")), "{at_broker}");
        let (head, _) = person::get(&at_broker)?;
        let location = head.lines().filter_map(|line| line.split_once(": "));
        let location =
            location.filter(|(name, _)| name.eq_ignore_ascii_case("location")).map(|(_, value)| value).next();
        let callback = Url::parse(location.context("the broker sends nobody on")?.trim())?;
        assert_eq!(callback.scheme(), "coagentor");
        stage.window.hand_over(&stage.desk, &callback)?;
        stage.window.shows("badge", "Connected").await?;
        stage.window.find("space-OPS").await?;
        stage.window.click("nav-settings").await?;
        stage.window.shows("client", "A small server keeps its secret.").await
    })
    .await
}
