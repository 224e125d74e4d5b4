//! Captions of another program, over loopback.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use caption_server::{Fed, Options, Server};
use captions::Read;

use super::{running::Input, view::Endpoint};
use crate::{App, Error, events::AppEvent};

/// Bytes of a token.
const TOKEN: usize = 24;

impl App {
    /// Opens an address on this machine where another program can send captions to, with a token of its own for each
    /// meeting.
    pub async fn open_meeting_endpoint(&self, id: u32) -> Result<Endpoint, Error> {
        let running = self.running(id).await?;
        let refused = |reason: String| Error::CaptionEndpoint { reason };
        let mut bytes = [0; TOKEN];
        getrandom::fill(&mut bytes).map_err(|error| refused(error.to_string()))?;
        let token = BASE64_URL_SAFE_NO_PAD.encode(bytes);
        let started = Server::start(Options::with_token(token.clone())).await;
        let (server, mut fed) = started.map_err(|error| refused(error.to_string()))?;
        let endpoint = Endpoint { web_socket_url: server.web_socket_url(), post_url: server.post_url(), token };
        let input = running.input();
        let task = tokio::spawn(async move {
            // It listens for as long as this task lives.
            let _server = server;
            while let Some(fed) = fed.recv().await {
                let input_of = match fed {
                    Fed::Caption(caption) => Input::Read(Read::Caption(caption)),
                    Fed::Problem(problem) => Input::Problem(problem),
                    Fed::Ended => continue,
                };
                if input.send(input_of).await.is_err() {
                    return;
                }
            }
        });
        running.set_endpoint(Some((endpoint.clone(), task.abort_handle())));
        self.events.send(AppEvent::Meeting);
        Ok(endpoint)
    }

    /// Closes that address.
    pub async fn close_meeting_endpoint(&self, id: u32) -> Result<(), Error> {
        self.running(id).await?.set_endpoint(None);
        self.events.send(AppEvent::Meeting);
        Ok(())
    }
}
