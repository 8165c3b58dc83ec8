//! All that is kept of a person, as files that other programs read.

use super::{find_person, log, print};
use crate::{access::AccessKey, fhir, invite, now_ms};
use anyhow::{Context as _, bail};
use baro_record::{Chunk, chunks_to_bytes};
use baro_store::Store;
use baro_sync::{Actor, Data, Write, Written, code_hash};
use baro_wire::{
    Ask, AuditEntry, ConsentState, Consents, Entry, OrganisationId, PersonId, PostBody, RecordId, Reply,
    Request, Role, Sound, Stroke, Text, limits,
};
use serde_json::{Value, json};
use std::{
    fs::{self, File},
    io::Write as _,
    path::Path,
};

/// What whoever exports asks about the person: each stands in the log before.
pub const ASKS: [Ask; 5] =
    [Ask::ListRecords, Ask::ReadChunk, Ask::ReadPosts, Ask::ReadConsents, Ask::ReadAudit];

pub fn run(store: &mut dyn Store, person: &str, out: &Path) -> anyhow::Result<()> {
    let (organisation, state) = find_person(store, person)?;
    fs::create_dir(out).with_context(|| format!("the folder {} can't be made", out.display()))?;
    for ask in ASKS {
        log(store, ask, state.person)?;
    }
    let actor = Exported::begin(store, organisation, state.person, state.role)?;
    let written = write(store, &actor, out);
    // Whatever came of it, it is over.
    store.revoke_device(actor.device, now_ms())?;
    let (records, posts) = written?;
    print(&format!("{records} records, {posts} posts  {}\n", out.display()))
}

/// The name of a record's file, the file, and what it is as FHIR.
type OfRecord = (String, Vec<u8>, Vec<Value>);

/// An export under way. The store shows a person's data to their devices: whoever exports is one of them while this lasts, and stands in
/// their list.
pub struct Exported {
    /// What there is of records.
    pub records: Vec<RecordId>,
    /// For the file of FHIR; those of records are added.
    pub resources: Vec<Value>,
    posts: Vec<Entry>,
}

impl Exported {
    /// The device that is read as. It must be revoked when it is done.
    pub fn begin(
        store: &mut dyn Store,
        organisation: OrganisationId,
        person: PersonId,
        role: Role,
    ) -> anyhow::Result<Actor> {
        let key = AccessKey::new()?;
        let now = now_ms();
        let code = invite::random_code().context("the operating system gives no random numbers")?;
        if !invite::store(store, &code, organisation, person, role, now)? {
            bail!("this person was erased: there is nothing to export");
        }
        let name = Text::new("an export")?;
        let (own, code) = (key.public(), code_hash(&code));
        let pair = Write::Pair { code, key: own, person_key: own, name, paired_ms: now };
        let Written::Paired { .. } = store.write(None, &pair)? else { bail!("the export could not begin") };
        Ok(Actor { organisation, person, device: key.device(), role })
    }

    /// All but the records themselves.
    pub fn of(store: &mut dyn Store, actor: &Actor) -> anyhow::Result<Self> {
        let person = actor.person;
        let mut resources = vec![fhir::patient(person)];
        resources.extend(fhir::consents(person, &consents(store, actor)?));
        let (records, posts) = (records(store, actor)?, posts(store, actor)?);
        resources.extend(fhir::plans(&posts));
        resources.extend(looks(store, actor)?.iter().map(fhir::audit_event));
        Ok(Self { records, resources, posts })
    }

    /// A record; `None`: nothing of it has come.
    pub fn record(
        store: &mut dyn Store,
        actor: &Actor,
        record: RecordId,
    ) -> anyhow::Result<Option<OfRecord>> {
        let bytes = chunks(store, actor, record)?;
        let chunks = bytes.iter().map(|bytes| Chunk::from_bytes(bytes)).collect::<Result<Vec<_>, _>>()?;
        let Some(first) = chunks.first() else { return Ok(None) };
        let name = format!("{}.baro", first.record);
        let told = fhir::tell(actor.person, record, &bytes).unwrap_or_else(|error| {
            tracing::warn!(%error, "a record is exported, but can't be told as FHIR");
            Vec::new()
        });
        Ok(Some((name, chunks_to_bytes(&chunks)?, told)))
    }

    /// `fhir.json` and `posts.jsonl`.
    pub fn files(self) -> (String, String) {
        let bundle = fhir::collection(self.resources);
        let fhir = serde_json::to_string_pretty(&bundle).unwrap_or_default() + "\n";
        (fhir, self.posts.iter().map(|entry| format!("{}\n", line(entry))).collect())
    }
}

fn write(store: &mut dyn Store, actor: &Actor, out: &Path) -> anyhow::Result<(usize, usize)> {
    let mut exported = Exported::of(store, actor)?;
    let counts = (exported.records.len(), exported.posts.len());
    for record in exported.records.clone() {
        let Some((name, bytes, told)) = Exported::record(store, actor, record)? else { continue };
        save(&out.join(name), &bytes)?;
        exported.resources.extend(told);
    }
    let (fhir, posts) = exported.files();
    save(&out.join("fhir.json"), fhir.as_bytes())?;
    save(&out.join("posts.jsonl"), posts.as_bytes())?;
    Ok(counts)
}

/// A new file, on the disk when this returns.
fn save(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let cant = || format!("{} can't be written", path.display());
    let mut file = File::create_new(path).with_context(cant)?;
    file.write_all(bytes).and_then(|()| file.sync_all()).with_context(cant)
}

/// What the store answers; a read of one's own is always allowed.
fn look(store: &mut dyn Store, actor: &Actor, request: Request) -> anyhow::Result<Option<Reply>> {
    match store.look(actor, &request)?.1 {
        Data::Reply(reply) => Ok(Some(*reply)),
        Data::Nothing | Data::Entries { .. } => Ok(None),
    }
}

fn consents(store: &mut dyn Store, actor: &Actor) -> anyhow::Result<ConsentState> {
    match look(store, actor, Request::ReadConsents { person: actor.person })? {
        Some(Reply::Consents { state, .. }) => Ok(state),
        _ => Ok(ConsentState { consents: Consents::NONE, text_version: 0 }),
    }
}

fn records(store: &mut dyn Store, actor: &Actor) -> anyhow::Result<Vec<RecordId>> {
    let mut all: Vec<RecordId> = Vec::new();
    loop {
        let request = Request::ListRecords { person: actor.person, after: all.last().copied() };
        let Some(Reply::Records { records, more, .. }) = look(store, actor, request)? else { return Ok(all) };
        all.extend(records.iter().map(|state| state.record));
        if !more || records.is_empty() {
            return Ok(all);
        }
    }
}

/// Who asked what about them.
fn looks(store: &mut dyn Store, actor: &Actor) -> anyhow::Result<Vec<AuditEntry>> {
    let mut all: Vec<AuditEntry> = Vec::new();
    loop {
        let after = all.last().map_or(0, |last| last.number);
        let request = Request::ReadAudit { person: actor.person, after };
        let Some(Reply::Audit { entries, more, .. }) = look(store, actor, request)? else { return Ok(all) };
        let came = !entries.is_empty();
        all.extend(entries.into_inner());
        if !more || !came {
            return Ok(all);
        }
    }
}

/// As far as they are there without a gap.
fn chunks(store: &mut dyn Store, actor: &Actor, record: RecordId) -> anyhow::Result<Vec<Vec<u8>>> {
    let mut all = Vec::new();
    for index in 0..limits::RECORD_CHUNKS {
        let request = Request::ReadChunk { person: actor.person, record, index };
        let Some(Reply::ChunkBytes { bytes, .. }) = look(store, actor, request)? else { break };
        all.push(bytes.into_inner());
    }
    Ok(all)
}

fn posts(store: &mut dyn Store, actor: &Actor) -> anyhow::Result<Vec<Entry>> {
    let (mut all, mut after, most) = (Vec::new(), 0, 32);
    loop {
        let request = Request::ReadPosts { person: actor.person, after, most };
        let Data::Entries { entries, more } = store.look(actor, &request)?.1 else { return Ok(all) };
        let Some((last, ..)) = entries.last() else { return Ok(all) };
        after = last.cursor;
        all.extend(entries.into_iter().map(|(entry, ..)| entry));
        if !more {
            return Ok(all);
        }
    }
}

fn line(entry: &Entry) -> Value {
    let post = &entry.post;
    let mut line = json!({
        "id": post.id.to_string(),
        "author": entry.author.to_string(),
        "about": post.about.to_string(),
        "written_ms": post.written_ms,
        "stored_ms": entry.stored_ms,
    });
    let (kind, body) = match &post.body {
        PostBody::Message { answers, text } => {
            ("message", json!({ "answers": answers.map(|id| id.to_string()), "text": &**text }))
        }
        PostBody::Note { record, time_ms, joint, text } => (
            "note",
            json!({ "record": record.to_string(), "time_ms": time_ms, "joint": joint, "text": &**text }),
        ),
        PostBody::Plan { routine } => ("plan", json!({ "routine": &**routine })),
        PostBody::Diary { line } => ("diary", json!({ "line": &**line })),
        PostBody::Consent { purpose, text_version, given } => (
            "consent",
            json!({ "purpose": format!("{purpose:?}"), "text_version": text_version, "given": given }),
        ),
        PostBody::RevokeDevice { device } => ("revoke-device", json!({ "device": device.to_string() })),
        PostBody::Erase => ("erase", json!({})),
        PostBody::NewerThanYou => ("newer", json!({})),
        PostBody::Drawing { record, time_ms, joint, strokes, text } => {
            let stroke = |stroke: &Stroke| -> Vec<[i16; 3]> {
                stroke.points.iter().map(|point| [point.x_mm, point.y_mm, point.z_mm]).collect()
            };
            let strokes: Vec<_> = strokes.iter().map(stroke).collect();
            let record = record.to_string();
            (
                "drawing",
                json!({ "record": record, "time_ms": time_ms, "joint": joint, "strokes_mm": strokes, "text": &**text }),
            )
        }
        PostBody::Spoken { record, time_ms, joint, form, sound } => {
            let form = match form {
                Sound::WebmOpus => "audio/webm; codecs=opus",
                Sound::OggOpus => "audio/ogg; codecs=opus",
            };
            let sound = data_encoding::BASE64.encode(sound);
            let record = record.to_string();
            (
                "spoken",
                json!({ "record": record, "time_ms": time_ms, "joint": joint, "type": form, "base64": sound }),
            )
        }
        PostBody::Asked { questionnaire, every_days, withdrawn } => (
            "asked",
            json!({ "questionnaire": &**questionnaire, "every_days": every_days, "withdrawn": withdrawn }),
        ),
        PostBody::Answered { asked, filled } => {
            ("answered", json!({ "asked": asked.map(|id| id.to_string()), "filled": &**filled }))
        }
        PostBody::Appointment { instead_of, starts_ms, minutes, live, cancelled, text } => (
            "appointment",
            json!({
                "instead_of": instead_of.map(|id| id.to_string()),
                "starts_ms": starts_ms,
                "minutes": minutes,
                "live": live,
                "cancelled": cancelled,
                "text": &**text,
            }),
        ),
        PostBody::Summary { appointment, text } => {
            ("summary", json!({ "appointment": appointment.map(|id| id.to_string()), "text": &**text }))
        }
    };
    line["kind"] = kind.into();
    line["body"] = body;
    line
}
