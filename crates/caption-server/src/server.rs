//! The server: who comes in, and when it ends.

use std::{
    net::{Ipv4Addr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use axum::{
    Extension, Router,
    extract::DefaultBodyLimit,
    http::{StatusCode, header},
    middleware,
    response::{IntoResponse, Response},
    routing::post,
};
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore, mpsc},
    task::JoinHandle,
};
use tokio_util::sync::{CancellationToken, DropGuard};

use crate::{
    Fed, Options, ServerError,
    answer::refuse,
    guard, post as posted,
    shared::{Place, Shared},
    web_socket,
};

/// Connections at once.
const PLACES: usize = 8;
/// Connections at once that are told that there is no place; others are cut off.
const REFUSALS: usize = 8;
/// How long the head of a request may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long connections may take to end when the server stops.
const FAREWELL: Duration = Duration::from_secs(3);
/// Rest after the system could not give a connection, as where there are too many open files.
const REST: Duration = Duration::from_millis(100);

/// A running server. It stops when it is dropped; what was received before can still be taken.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    places: Arc<Semaphore>,
    accepting: JoinHandle<()>,
    stop: DropGuard,
}

impl Server {
    /// Starts on 127.0.0.1. What is fed comes out of the receiver; those who send wait when it is not taken.
    pub async fn start(options: Options) -> Result<(Self, mpsc::Receiver<Fed>), ServerError> {
        let Options { token, port, queue } = options;
        if token.is_empty() || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(ServerError::Token);
        }
        let failed = |source| ServerError::Bind { port, source };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let (sender, receiver) = mpsc::channel(queue.clamp(1, Semaphore::MAX_PERMITS));
        let stop = CancellationToken::new();
        let places = Arc::new(Semaphore::new(PLACES));
        let shared = Shared::new(&token, address.port(), stop.clone(), sender);
        let accepting = tokio::spawn(accept(listener, shared, Arc::clone(&places)));
        Ok((Self { address, places, accepting, stop: stop.drop_guard() }, receiver))
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where captions are posted to, without the token.
    pub fn post_url(&self) -> String {
        format!("http://{}/captions", self.address)
    }

    /// Where a WebSocket is opened, without the token.
    pub fn web_socket_url(&self) -> String {
        format!("ws://{}/captions", self.address)
    }

    /// Stops: no more connections, and those that are open end, within a few seconds where the other side is slow.
    pub async fn stop(self) {
        let Self { places, accepting, stop, .. } = self;
        drop(stop);
        // It ends by itself, and a task that panicked has ended, too.
        let _ = accepting.await;
        let _ = tokio::time::timeout(FAREWELL, places.acquire_many(PLACES as u32)).await;
    }
}

async fn accept(listener: TcpListener, shared: Shared, places: Arc<Semaphore>) {
    let refusals = Arc::new(Semaphore::new(REFUSALS));
    let app = router(shared.clone());
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = shared.stop.cancelled() => return,
        };
        let Ok((stream, _)) = accepted else {
            tokio::time::sleep(REST).await;
            continue;
        };
        if let Ok(place) = Arc::clone(&places).try_acquire_owned() {
            tokio::spawn(converse(stream, app.clone(), place, shared.stop.clone()));
        } else if let Ok(place) = Arc::clone(&refusals).try_acquire_owned() {
            tokio::spawn(converse(stream, Router::new().fallback(full), place, shared.stop.clone()));
        }
    }
}

/// One connection, until it ends or becomes a WebSocket.
async fn converse(stream: TcpStream, app: Router, place: OwnedSemaphorePermit, stop: CancellationToken) {
    let place: Place = Arc::new(place);
    let service = TowerToHyperService::new(app.layer(Extension(Arc::clone(&place))));
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(PATIENCE);
    let connection = http.serve_connection(TokioIo::new(stream), service).with_upgrades();
    tokio::select! {
        // An error here is the other side's: it went away, or did not speak HTTP.
        _ = connection => {}
        () = stop.cancelled() => {}
    }
    drop(place);
}

fn router(shared: Shared) -> Router {
    Router::new()
        .route("/captions", post(posted::take).get(web_socket::open))
        // Bodies are counted where they are read.
        .layer(DefaultBodyLimit::disable())
        .layer(middleware::from_fn_with_state(shared.clone(), guard::pass))
        .with_state(shared)
}

async fn full() -> Response {
    let refusal = refuse(StatusCode::SERVICE_UNAVAILABLE, "too many connections");
    ([(header::RETRY_AFTER, "1"), (header::CONNECTION, "close")], refusal).into_response()
}
