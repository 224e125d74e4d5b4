//! `GET /captions` as a WebSocket: each text message is read by itself.

use std::time::Duration;

use axum::{
    Extension,
    extract::{
        State, WebSocketUpgrade,
        ws::{CloseFrame, Message, WebSocket, close_code},
    },
    response::Response,
};

use crate::{
    Fed, body,
    shared::{Gone, Place, Shared, feed},
};

/// Longest message, in bytes.
const LONGEST: usize = 64 * 1024;
/// Up to here a message is received all the same, so that who sends it sees why it is refused.
const RECEIVED: usize = 1024 * 1024;
/// How long the other side may take to say good-bye.
const FAREWELL: Duration = Duration::from_secs(1);

/// Opens a WebSocket, which keeps the connection's place.
pub(crate) async fn open(
    State(shared): State<Shared>,
    Extension(place): Extension<Place>,
    upgrade: WebSocketUpgrade,
) -> Response {
    let upgrade = upgrade.max_message_size(RECEIVED).max_frame_size(RECEIVED);
    upgrade.on_upgrade(move |socket| async move {
        listen(socket, &shared).await;
        drop(place);
    })
}

async fn listen(mut socket: WebSocket, shared: &Shared) {
    let end = tokio::select! {
        end = hear(&mut socket, shared) => end,
        () = shared.stop.cancelled() => Some(frame(close_code::AWAY, "captions are not taken any more")),
    };
    if let Some(frame) = end {
        // Where the other side does not answer, it is cut off.
        let _ = tokio::time::timeout(FAREWELL, part(&mut socket, frame)).await;
    }
    tokio::select! {
        biased;
        _ = shared.pass(Fed::Ended) => {}
        () = shared.stop.cancelled() => {}
    }
}

/// Hears to the end: why it is for us to close the connection, or nothing where the other side did.
async fn hear(socket: &mut WebSocket, shared: &Shared) -> Option<CloseFrame> {
    while let Some(message) = socket.recv().await {
        let refusal = match message {
            Ok(Message::Text(text)) if text.len() <= LONGEST => {
                if pass(shared, text.as_bytes()).await.is_err() {
                    return Some(frame(close_code::AWAY, "nobody listens any more"));
                }
                continue;
            }
            Ok(Message::Ping(_) | Message::Pong(_) | Message::Close(_)) => continue,
            Ok(Message::Text(_)) => frame(close_code::SIZE, "a message has at most 64 KiB"),
            Ok(Message::Binary(_)) => frame(close_code::UNSUPPORTED, "captions are text"),
            // The library tells kinds of errors apart by its own type only, which axum does not show.
            Err(why) if why.to_string().contains("too long") => frame(close_code::SIZE, "a message has at most 64 KiB"),
            // Mostly a program that went away without a word, which is nothing to tell a person.
            Err(_) => return Some(frame(close_code::PROTOCOL, "the message can't be read")),
        };
        let told = format!("a message was refused: {}", refusal.reason);
        return shared.pass(Fed::Problem(told)).await.ok().map(|()| refusal);
    }
    None
}

/// Passes on what a message says, no faster than may be said.
async fn pass(shared: &Shared, text: &[u8]) -> Result<(), Gone> {
    let all = feed(body::read(text, None));
    if all.is_empty() {
        shared.wait().await;
    }
    for fed in all {
        shared.wait().await;
        shared.pass(fed).await?;
    }
    Ok(())
}

fn frame(code: u16, reason: &'static str) -> CloseFrame {
    CloseFrame { code, reason: reason.into() }
}

async fn part(socket: &mut WebSocket, frame: CloseFrame) {
    if socket.send(Message::Close(Some(frame))).await.is_ok() {
        while let Some(Ok(_)) = socket.recv().await {}
    }
}
