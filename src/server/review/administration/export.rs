//! All that is kept of somebody, as one archive that is sent while it is made: what the operator's `export` writes.

use super::{
    super::{Shared, enter::Visitor, patient::id, problem::Problem, sign_in},
    short, tar,
};
use crate::{
    admin::{EXPORT_ASKS, Exported},
    now_ms,
};
use axum::{
    body::Body,
    extract::{Form, Path, State},
    http::header::{CONTENT_DISPOSITION, CONTENT_TYPE},
    response::{IntoResponse as _, Response},
};
use baro_store::Store;
use baro_sync::Actor;
use baro_wire::Role;
use futures_util::stream;
use serde::Deserialize;
use std::{io, sync::Arc};
use tokio::sync::mpsc;

/// Files that wait to be sent: whoever reads slowly makes the export wait.
const WAITING: usize = 2;

/// What is sent.
#[derive(Deserialize)]
pub struct Wanted {
    form: String,
    digits: String,
}

pub async fn export(
    State(shared): State<Arc<Shared>>,
    visitor: Visitor,
    Path(person): Path<String>,
    Form(wanted): Form<Wanted>,
) -> Response {
    let made = async {
        let mut caller = shared.administering(&visitor, &wanted.form)?;
        let member = shared.member(&mut caller, id(&person)?).await?;
        if member.role != Role::Patient {
            return Err(Problem::NotFound);
        }
        // An open browser alone hands out nobody's whole record.
        sign_in::show_digits(&shared, &visitor, caller.staff.access.person, &wanted.digits).await?;
        for ask in EXPORT_ASKS {
            shared.note(&caller, ask, member.person).await?;
        }
        let (organisation, of, role) = (caller.staff.access.organisation, member.person, member.role);
        let begin = move |store: &mut dyn Store| Ok(Exported::begin(store, organisation, of, role).ok());
        let actor =
            shared.behind.pool().change("export", begin).await.flatten().ok_or(Problem::Unavailable)?;
        let (to, files) = mpsc::channel(WAITING);
        tokio::spawn(send(Arc::clone(&shared), actor, to));
        let files = stream::unfold(files, async |mut files: mpsc::Receiver<io::Result<Vec<u8>>>| {
            files.recv().await.map(|file| (file, files))
        });
        let disposition = format!("attachment; filename=\"baro-{}.tar\"", short(of));
        let head = [(CONTENT_TYPE, "application/x-tar".to_owned()), (CONTENT_DISPOSITION, disposition)];
        Ok((head, Body::from_stream(files)).into_response())
    };
    let made = made.await;
    shared.answered(&visitor, made)
}

/// Record by record, so that others' reads come in between. Whatever comes of it, the device that it read as is revoked.
async fn send(shared: Arc<Shared>, actor: Actor, to: mpsc::Sender<io::Result<Vec<u8>>>) {
    if !all(&shared, actor, &to).await {
        tracing::warn!("an export broke off");
        // An archive without its end is told as broken.
        let _ = to.send(Err(io::Error::other("the export broke off"))).await;
    }
    let end = move |store: &mut dyn Store| store.revoke_device(actor.device, now_ms());
    if shared.behind.pool().change("export", end).await.is_none() {
        tracing::error!("the device of an export could not be revoked");
    }
}

/// `false`: the store did not answer, or nobody listens any more.
async fn all(shared: &Shared, actor: Actor, to: &mpsc::Sender<io::Result<Vec<u8>>>) -> bool {
    let pool = shared.behind.pool();
    let put = async |name: &str, bytes: &[u8]| to.send(Ok(tar::file(name, bytes, now_ms()))).await.is_ok();
    let begun = pool.read("export", move |store| Ok(Exported::of(store, &actor).ok())).await.flatten();
    let Some(mut exported) = begun else { return false };
    for record in exported.records.clone() {
        let read = move |store: &mut dyn Store| Ok(Exported::record(store, &actor, record).ok());
        let Some(read) = pool.read("export", read).await.flatten() else { return false };
        let Some((name, bytes, told)) = read else { continue };
        exported.resources.extend(told);
        if !put(&name, &bytes).await {
            return false;
        }
    }
    let (fhir, posts) = exported.files();
    put("fhir.json", fhir.as_bytes()).await
        && put("posts.jsonl", posts.as_bytes()).await
        && to.send(Ok(tar::end())).await.is_ok()
}
