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
    review,
    web::Web,
};
use anyhow::Context as _;
use axum_server::tls_rustls::RustlsConfig;
use baro_cluster::{Nodes, Told};
use baro_net::{Identity, Server};
use baro_store::Store;
use baro_wire::{Ask, DeviceId, PersonId};
use std::{sync::Arc, time::Duration};
use tokio::{
    select,
    signal::unix::{SignalKind, signal},
    sync::mpsc,
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
    let server = invite::server(config, identity)?;
    let made = invite::made(store, &server, organisation, person, first.role())?;
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
    let (nodes, told) = match &config.node {
        Some(join) => Nodes::join(join.clone()).await.map(|(nodes, told)| (Some(nodes), told))?,
        None => (None, mpsc::channel(1).1),
    };
    let behind = Behind::new(pool, ServerKeys::new(folder.key()?), metrics, nodes);
    let server = Server::bind(config.listen, identity, config.limits, Arc::clone(&behind))?;
    let pem = identity.to_pem().as_bytes().to_vec();
    let tls = RustlsConfig::from_pem(pem.clone(), pem).await.context("the certificate can't be used")?;
    let fhir = Web::start(config.fhir, fhir::router(Arc::clone(&behind)), Some(tls))?;
    let care = review::Care::new()?;
    let places = review::Places {
        devices: invite::server(config, identity)?,
        web: config.web.map(|web| invite::own_address(web).to_string()),
    };
    let pages = review::router(Arc::clone(&behind), server.hub(), Arc::clone(&care), places)?;
    let pages = match config.web {
        Some(at) => {
            let pem = folder.web_certificate(at, config.public.as_deref())?.to_vec();
            let tls = RustlsConfig::from_pem(pem.clone(), pem).await.context("web.pem can't be used")?;
            tokio::spawn(Arc::clone(&care).warm(Arc::clone(&behind)));
            Some(Web::start(at, pages, Some(tls))?)
        }
        None => None,
    };
    let health = health::router(Arc::clone(&behind), server.hub(), folder.clone());
    let health = Web::start(config.metrics, health, None)?;
    let devices = server.local_addr()?;
    tracing::info!(%devices, fhir = %fhir.address, metrics = %health.address, "started");
    if let Some(welcome) = welcome {
        println!("{welcome}");
    }
    println!(
        "Devices connect to UDP {devices}. FHIR: https://{}/fhir. Health: http://{}/healthz{}",
        fhir.address,
        health.address,
        pages
            .as_ref()
            .map(|pages| format!(". Pages for staff: https://{}/", pages.address))
            .unwrap_or_default()
    );
    select! {
        () = server.serve() => {}
        () = follow(&behind, &server, &care) => {}
        () = hear(told, &server) => {}
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    tracing::info!("stopping");
    if let Some(nodes) = behind.cluster() {
        nodes.leave().await;
    }
    let pages_stop = async {
        if let Some(pages) = pages {
            pages.stop().await;
        }
    };
    tokio::join!(fhir.stop(), health.stop(), pages_stop, server.stop());
    tracing::info!("stopped");
    Ok(threads)
}

/// What other servers tell of whom this one may have.
async fn hear(mut told: mpsc::Receiver<Told>, server: &Server<Behind>) {
    let hub = server.hub();
    while let Some(told) = told.recv().await {
        match told {
            Told::Consents(person) => server.changed(person).await,
            Told::Revoked(device) => hub.revoked(device),
            Told::News(person, cursor) => hub.news(person, cursor),
        }
    }
    // Who is alone hears nothing.
    std::future::pending().await
}

/// What the operator revokes and whom they erase is done in the store by another program: its lines in the audit log say of whom.
/// Connections and stays in classes end then, as they do at once where it is done from a device.
async fn follow(behind: &Behind, server: &Server<Behind>, care: &review::Care) {
    let hub = server.hub();
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
        // Whoever asked for it.
        lines.iter().filter(|line| line.ask == Ask::Erase).for_each(|line| care.forget(line.about));
        for line in &lines {
            match line.ask {
                // What a device or a page revokes, this server knows from itself.
                Ask::RevokeDevice if line.actor == OPERATOR => {
                    revoked(behind, line.about).await.into_iter().for_each(|device| hub.revoked(device));
                }
                Ask::Erase => server.erased(line.about).await,
                _ => {}
            }
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
