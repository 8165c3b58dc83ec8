//! Is the server well? Asked by whoever watches over it; answered by trying.

use crate::{backend::Behind, folder::Folder};
use axum::{
    Router,
    extract::State,
    http::{StatusCode, header},
    response::IntoResponse,
    routing::get,
};
use baro_net::Hub;
use std::{fs::File, io::Write as _, sync::Arc, time::Duration};
use tokio::{task::spawn_blocking, time::timeout};

/// The store and its disk must answer by then.
const PATIENCE: Duration = Duration::from_secs(3);
const PROBE: &str = "health.probe";

struct Shared {
    behind: Arc<Behind>,
    hub: Arc<Hub>,
    folder: Folder,
}

/// `/healthz` and `/metrics`.
pub fn router(behind: Arc<Behind>, hub: Arc<Hub>, folder: Folder) -> Router {
    let shared = Arc::new(Shared { behind, hub, folder });
    Router::new().route("/healthz", get(health)).route("/metrics", get(metrics)).with_state(shared)
}

async fn health(State(shared): State<Arc<Shared>>) -> impl IntoResponse {
    if !timeout(PATIENCE, store(&shared.behind)).await.is_ok_and(|done| done.is_some()) {
        return (StatusCode::SERVICE_UNAVAILABLE, "the store does not answer\n");
    }
    let folder = shared.folder.clone();
    let written = timeout(PATIENCE, spawn_blocking(move || probe(&folder))).await;
    match written {
        // Classes go on where they are, so nobody need send devices elsewhere.
        Ok(Ok(Ok(()))) if shared.behind.cluster().is_some_and(|nodes| !nodes.is_well()) => {
            (StatusCode::OK, "well, but NATS does not answer: classes stay on this server\n")
        }
        Ok(Ok(Ok(()))) => (StatusCode::OK, "well\n"),
        _ => (StatusCode::SERVICE_UNAVAILABLE, "the data folder takes nothing\n"),
    }
}

/// A read, and a write that changes nothing and is on the disk all the same.
async fn store(behind: &Behind) -> Option<()> {
    let organisations = behind.pool().read("health", |store| store.organisations()).await?;
    let Some((id, name)) = organisations.into_iter().next() else { return Some(()) };
    behind.pool().change("health", move |store| store.add_organisation(id, &name)).await
}

/// Is the server's own folder there, with room in it?
fn probe(folder: &Folder) -> std::io::Result<()> {
    let path = folder.file(PROBE);
    let mut file = File::create(&path)?;
    file.write_all(&[0; 4096])?;
    file.sync_all()?;
    std::fs::remove_file(path)
}

async fn metrics(State(shared): State<Arc<Shared>>) -> impl IntoResponse {
    let waiting = shared.behind.pool().waiting();
    match shared.behind.metrics().text(&shared.hub.counts(), waiting) {
        Ok(text) => {
            let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
            ([(header::CONTENT_TYPE, kind)], text).into_response()
        }
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
