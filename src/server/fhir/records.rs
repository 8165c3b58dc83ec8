//! A stored record's resources, under the ids by which this server finds them again.

use super::answer::Problem;
use crate::asker::{Asker, Refused};
use baro_record::{Chunk, Recording, fhir_bundle};
use baro_wire::{PersonId, RecordId, RecordState, Refusal, Reply, Request};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use tokio::{sync::Semaphore, task::spawn_blocking};

/// Longer records (over an hour) are not told as FHIR.
const MOST_CHUNKS: u32 = 512;
/// Records that are in memory and scored again at the same time: each frame takes 3 kB.
static SCORING: Semaphore = Semaphore::const_new(1);

/// The records of a person that are whole, behind one.
pub async fn list(
    asker: &mut Asker,
    person: PersonId,
    after: Option<RecordId>,
) -> Result<(Vec<RecordState>, bool), Refused> {
    match asker.ask(Request::ListRecords { person, after }).await? {
        Reply::Records { records, more, .. } => Ok((records.into_inner(), more)),
        _ => Err(Refused::By(Refusal::NotFound)),
    }
}

/// One record by its id, where it is the person's and whole.
pub async fn find(asker: &mut Asker, person: PersonId, record: RecordId) -> Result<RecordState, Refused> {
    let before = u128::from_be_bytes(record.0).checked_sub(1).map(|before| RecordId(before.to_be_bytes()));
    let (records, _) = list(asker, person, before).await?;
    let found = records.into_iter().find(|state| state.record == record && state.sealed);
    found.ok_or(Refused::By(Refusal::NotFound))
}

/// All resources of a record. What can't be told becomes an `OperationOutcome` among them.
pub async fn resources(
    asker: &mut Asker,
    person: PersonId,
    state: &RecordState,
) -> Result<Vec<Value>, Problem> {
    let record = state.record;
    if state.chunks > MOST_CHUNKS {
        return Ok(vec![Problem::bad("a record is too long to be told as FHIR").outcome()]);
    }
    let Ok(_one) = SCORING.acquire().await else { return Err(Problem::unavailable()) };
    let mut chunks = Vec::new();
    for index in 0..state.chunks {
        match asker.ask(Request::ReadChunk { person, record, index }).await? {
            Reply::ChunkBytes { bytes, .. } => chunks.push(bytes.into_inner()),
            _ => return Err(Problem::nothing()),
        }
    }
    let told = spawn_blocking(move || tell(person, record, &chunks)).await;
    Ok(told.unwrap_or_else(|_| Err("broke off".into())).unwrap_or_else(|error| {
        tracing::warn!(%error, "a record can't be told as FHIR");
        tracing::debug!(%record, "which record");
        vec![Problem::bad("a record can't be told as FHIR by this version").outcome()]
    }))
}

/// A record's resources, from its chunks.
pub fn tell(person: PersonId, record: RecordId, chunks: &[Vec<u8>]) -> Result<Vec<Value>, String> {
    let chunks: Result<Vec<Chunk>, _> = chunks.iter().map(|bytes| Chunk::from_bytes(bytes)).collect();
    let recording = Recording::from_chunks(chunks.map_err(|flaw| flaw.to_string())?);
    let recording = recording.map_err(|error| error.to_string())?;
    let mut bundle = fhir_bundle(&recording).map_err(|error| error.to_string())?;
    let Value::Array(entries) = bundle["entry"].take() else { return Ok(Vec::new()) };
    let mut resources: Vec<Value> = entries.into_iter().map(|mut entry| entry["resource"].take()).collect();
    let names = names(person, record, &resources);
    resources.iter_mut().for_each(|resource| rename(resource, &names));
    // The patient is told once, not by each record.
    resources.retain(|resource| resource["resourceType"] != "Patient");
    Ok(resources)
}

/// Resources as one file. Their references are relative, so each needs an address; there is no server behind this one.
pub fn collection(resources: Vec<Value>) -> Value {
    let entry = |resource: Value| {
        let [kind, id] = ["resourceType", "id"].map(|key| resource[key].as_str().unwrap_or_default());
        json!({ "fullUrl": format!("https://baro.invalid/fhir/{kind}/{id}"), "resource": resource })
    };
    let entries: Vec<Value> = resources.into_iter().map(entry).collect();
    json!({ "resourceType": "Bundle", "type": "collection", "entry": entries })
}

/// For each id of a bundle: its type, and its id here.
fn names(person: PersonId, record: RecordId, resources: &[Value]) -> BTreeMap<String, (String, String)> {
    let name = |resource: &Value| {
        let (id, kind) = (resource["id"].as_str()?, resource["resourceType"].as_str()?);
        // The record's UUID, a hyphen, what it is.
        let what = id.get(37..)?;
        let here = if kind == "Patient" { person.to_string() } else { id_of(person, record, what) };
        Some((id.to_owned(), (kind.to_owned(), here)))
    };
    resources.iter().filter_map(name).collect()
}

/// Ids and references, wherever they stand.
fn rename(value: &mut Value, names: &BTreeMap<String, (String, String)>) {
    match value {
        Value::Object(fields) => {
            for (field, value) in fields {
                let Some(text) = value.as_str() else {
                    rename(value, names);
                    continue;
                };
                let new = match field.as_str() {
                    "id" => names.get(text).map(|(_, id)| id.clone()),
                    "reference" => text
                        .strip_prefix("urn:baro:")
                        .and_then(|id| names.get(id))
                        .map(|(kind, id)| format!("{kind}/{id}")),
                    _ => None,
                };
                if let Some(new) = new {
                    *value = new.into();
                }
            }
        }
        Value::Array(values) => values.iter_mut().for_each(|value| rename(value, names)),
        _ => {}
    }
}

/// Whose, of which record, what: 64 letters at most, as FHIR wants it.
fn id_of(person: PersonId, record: RecordId, what: &str) -> String {
    let both = [person.0, record.0].concat();
    format!("{}.{what}", bs58::encode(both).into_string())
}

/// Whose it is and of which record.
pub fn parse_id(id: &str) -> Option<(PersonId, RecordId)> {
    let (both, _) = id.split_once('.')?;
    let mut bytes = [0; 32];
    if bs58::decode(both).onto(&mut bytes).ok()? != bytes.len() {
        return None;
    }
    let (person, record) = bytes.split_at(16);
    Some((PersonId(person.try_into().ok()?), RecordId(record.try_into().ok()?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_lead_back_and_fit() {
        for byte in [0, 1, 255] {
            let (person, record) = (PersonId([byte; 16]), RecordId([byte; 16]));
            let id = id_of(person, record, "repetition-12345");
            assert!(id.len() <= 64, "{id}");
            assert_eq!(parse_id(&id), Some((person, record)));
        }
        for bad in ["", ".", "x", "0OIl.plan", "\u{ac00}.plan", "1111.plan"] {
            assert_eq!(parse_id(bad), None, "{bad}");
        }
    }
}
