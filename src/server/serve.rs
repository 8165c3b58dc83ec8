//! A running server: from its start to its end.

use crate::{
    admin::{InviteRole, OPERATOR, everybody},
    backend::Behind,
    config::Config,
    fhir,
    folder::Folder,
    health, invite,
    keys::ServerKeys,
    metrics::Metrics,
    open,
    pool::{Connection, Pool, Threads},
    web::Web,
};
use anyhow::Context as _;
use axum_server::tls_rustls::RustlsConfig;
use baro_net::{Hub, Identity, Server};
use baro_store::Store;
use baro_wire::{Ask, DeviceId, PersonId};
use std::{sync::Arc, time::Duration};
use tokio::{
    select,
    signal::unix::{SignalKind, signal},
    time::sleep,
};

/// How often the server looks for what the operator's commands did beside it.
const LOOK: Duration = Duration::from_secs(1);
/// Lines of the audit log that are looked through at once.
const LINES: u32 = 1_024;
/// The first organisation, until it is given another name.
const FIRST: &str = "Clinic";

/// Runs until it is told to stop.
pub fn run(config: &Config, first: InviteRole) -> anyhow::Result<()> {
    let folder = Folder::open(&config.data)?;
    let identity = folder.identity()?;
    let (mut writer, readers) = open::many(config, &folder)?;
    let welcome = first_start(&mut *writer, config, &identity, first)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let threads = runtime.block_on(serve(config, &folder, &identity, writer, readers, welcome))?;
    // What was handed in is written; then nobody holds the store any more.
    drop(runtime);
    threads.join();
    Ok(())
}

/// Of an empty store: an organisation, and a code for whoever comes first.
fn first_start(
    store: &mut dyn Store,
    config: &Config,
    identity: &Identity,
    first: InviteRole,
) -> anyhow::Result<Option<String>> {
    if !store.organisations()?.is_empty() {
        return Ok(None);
    }
    let no_random = "the operating system gives no random numbers";
    let organisation = invite::random_organisation().context(no_random)?;
    let person = invite::random_person().context(no_random)?;
    store.add_organisation(organisation, FIRST)?;
    let made = invite::made(store, config, identity, organisation, person, first.role())?;
    Ok(Some(format!("{made}\nMore of them: baro-server invite --role patient|therapist|leader|admin\n")))
}

async fn serve(
    config: &Config,
    folder: &Folder,
    identity: &Identity,
    writer: Connection,
    readers: Vec<Connection>,
    welcome: Option<String>,
) -> anyhow::Result<Threads> {
    // First of all, so that no signal is missed.
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    let metrics = Metrics::new();
    let (pool, threads) = Pool::start(writer, readers, Arc::clone(&metrics))?;
    let behind = Behind::new(pool, ServerKeys::new(folder.key()?), metrics);
    let server = Server::bind(config.listen, identity, config.limits, Arc::clone(&behind))?;
    let pem = identity.to_pem().as_bytes().to_vec();
    let tls = RustlsConfig::from_pem(pem.clone(), pem).await.context("the certificate can't be used")?;
    let fhir = Web::start(config.fhir, fhir::router(Arc::clone(&behind)), Some(tls))?;
    let health = health::router(Arc::clone(&behind), server.hub(), folder.clone());
    let health = Web::start(config.metrics, health, None)?;
    let (devices, hub) = (server.local_addr()?, server.hub());
    tracing::info!(%devices, fhir = %fhir.address, metrics = %health.address, "started");
    if let Some(welcome) = welcome {
        println!("{welcome}");
    }
    println!(
        "Devices connect to UDP {devices}. FHIR: https://{}/fhir. Health: http://{}/healthz",
        fhir.address, health.address
    );
    select! {
        () = server.serve() => {}
        () = follow(&behind, &hub) => {}
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    tracing::info!("stopping");
    tokio::join!(fhir.stop(), health.stop(), server.stop());
    tracing::info!("stopped");
    Ok(threads)
}

/// What the operator revokes is revoked in the store by another program: its lines in the audit log say of whom. Connections end
/// then, as they do at once where a device is revoked from another device.
async fn follow(behind: &Behind, hub: &Hub) {
    let mut seen = end_of_log(behind).await;
    loop {
        sleep(LOOK).await;
        let Some(after) = seen else {
            seen = end_of_log(behind).await;
            continue;
        };
        let Some(lines) = behind.pool().read("audit", move |store| store.audit(after, LINES)).await else {
            continue;
        };
        seen = lines.last().map(|line| line.number).or(seen);
        for line in lines.iter().filter(|line| line.actor == OPERATOR && line.ask == Ask::RevokeDevice) {
            revoked(behind, line.about).await.into_iter().for_each(|device| hub.revoked(device));
        }
    }
}

/// The newest line's number.
async fn end_of_log(behind: &Behind) -> Option<u64> {
    let mut end = 0;
    loop {
        let lines = behind.pool().read("audit", move |store| store.audit(end, LINES)).await?;
        match lines.last() {
            Some(last) => end = last.number,
            None => return Some(end),
        }
    }
}

async fn revoked(behind: &Behind, person: PersonId) -> Vec<DeviceId> {
    let find = move |store: &mut dyn Store| {
        let states = everybody(store)?.into_iter().map(|(_, state)| state);
        let devices = states.filter(|state| state.person == person).flat_map(|state| state.devices);
        Ok(devices.filter(|device| device.revoked).map(|device| device.device).collect())
    };
    behind.pool().read("people", find).await.unwrap_or_default()
}
