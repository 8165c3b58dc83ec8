//! A server that was restored from a backup lacks what came after that. The device knows what was acknowledged: where the server has
//! it no longer, it is forgotten that it was sent, and found in the folder as on the first day.

use crate::agent::{AgentError, Shared};
use baro_net::Link;
use baro_wire::{RecordId, Reply, Request};
use std::{collections::BTreeMap, time::Duration};

/// How often it is asked, beside once with each connection.
pub const EVERY: Duration = Duration::from_secs(60 * 60);
/// An answer takes so long at most.
const ANSWER: Duration = Duration::from_secs(3);

/// Why it can't be told what the server has.
#[derive(Debug, thiserror::Error)]
pub enum Unknown {
    #[error("it did not answer")]
    NoAnswer,
    #[error(transparent)]
    Here(#[from] AgentError),
}

/// Forgets what was sent and is not there. Was there any?
pub fn forget_lost(shared: &Shared, link: &Link) -> Result<bool, Unknown> {
    let posts = forget_posts(shared, link)?;
    Ok(forget_records(shared, link)? || posts)
}

/// The feed's entries stand in the order in which they came: where the newest that was fetched is there, all before it are.
fn forget_posts(shared: &Shared, link: &Link) -> Result<bool, Unknown> {
    let kept = shared.clinic().cursor().map_err(AgentError::from)?;
    let request = Request::Feed { after: kept.saturating_sub(1), most: 1 };
    let Reply::Feed { entries, .. } = ask(link, request)? else { return Err(Unknown::NoAnswer) };
    let clinic = shared.clinic();
    let receipts = clinic.receipts().map_err(AgentError::from)?;
    drop(clinic);
    if receipts.iter().any(|receipt| receipt.person == shared.pairing.person) {
        // Erased, and back with a backup from before.
        shared.erase()?;
        return Ok(false);
    }
    if kept == 0 || entries.first().is_some_and(|entry| entry.cursor == kept) {
        return Ok(false);
    }
    Ok(shared.clinic().forget_sent_posts(kept).map_err(AgentError::from)?)
}

fn forget_records(shared: &Shared, link: &Link) -> Result<bool, Unknown> {
    let sent = shared.clinic().sent_records().map_err(AgentError::from)?;
    if sent.is_empty() {
        return Ok(false);
    }
    let there = records(shared, link)?;
    let lost: Vec<RecordId> = sent
        .into_iter()
        .filter(|sent| {
            !there
                .get(&sent.record)
                .is_some_and(|(chunks, whole)| *chunks >= sent.chunks && (*whole || !sent.whole))
        })
        .map(|sent| sent.record)
        .collect();
    shared.clinic().forget_sent_records(&lost).map_err(AgentError::from)?;
    Ok(!lost.is_empty())
}

/// How many chunks the server has of each record, and is it whole?
fn records(shared: &Shared, link: &Link) -> Result<BTreeMap<RecordId, (u32, bool)>, Unknown> {
    let (person, mut all, mut after) = (shared.pairing.person, BTreeMap::new(), None);
    loop {
        let Reply::Records { records, more, .. } = ask(link, Request::ListRecords { person, after })? else {
            return Err(Unknown::NoAnswer);
        };
        all.extend(records.iter().map(|state| (state.record, (state.chunks, state.sealed))));
        after = records.last().map(|state| state.record);
        if !more || after.is_none() {
            return Ok(all);
        }
    }
}

fn ask(link: &Link, request: Request) -> Result<Reply, Unknown> {
    link.ask(request).recv_timeout(ANSWER).ok().flatten().ok_or(Unknown::NoAnswer)
}
