//! A clinic as large as the pages are to bear: patients of one therapist, with sessions that were recorded, scored and told as the program
//! does, written by the server's own store.

use crate::{
    set,
    web::clinic::{dose, squats, told},
};
use baro_coach::{Exercise, Rehearsal, Report};
use baro_home::Moment;
use baro_motion::PoseFrame;
use baro_record::{Recorder, Sending, snap};
use baro_store::{Assignment, Store};
use baro_sync::{Actor, Invitation, Write, Written};
use baro_wire::{
    Bytes, ChunkId, DeviceId, Digest, OrganisationId, PersonId, Post, PostBody, PostId, PublicKey, Purpose,
    RecordId, Role, Text, sha256,
};
use jiff::{Timestamp, ToSpan as _, Zoned};
use std::path::Path;

pub const PATIENTS: usize = 300;
pub const SESSIONS: usize = 20_000;
/// Each of the first patients has one set of 30 minutes, the newest.
pub const LONG: usize = 6;
const LONG_S: f64 = 30.0 * 60.0;
const TOGETHER: usize = 256;
const PLAN: &str = "format = 1\nid = \"knee\"\n[[exercises]]\nid = \"squat\"\n";

/// One session of a person.
struct Session {
    sending: Sending,
    report: Report,
    begin: Zoned,
}

/// Fills the store; the patients.
pub fn fill(store: &mut dyn Store, therapist: PersonId) -> Vec<PersonId> {
    let (organisation, _) = store.organisations().unwrap()[0];
    let patients: Vec<PersonId> = (0..PATIENTS).map(|n| join(store, organisation, therapist, n)).collect();
    let folder = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap();
    let mut writes = Writes { store, batch: Vec::new(), posts: 0, organisation };
    let (now, long) = (Zoned::now(), long_frames());
    for (n, patient) in patients.iter().enumerate() {
        writes.post(*patient, PostBody::Plan { routine: Text::new(PLAN).unwrap() }, &now);
        let sessions = SESSIONS / PATIENTS + usize::from(n < SESSIONS % PATIENTS);
        for k in 0..sessions {
            let days = 2 * (sessions - 1 - k) as i64;
            let begin = now.checked_sub((days * 24 * 60 + n as i64 % 60 + 60).minutes()).unwrap();
            let session = match n < LONG && k + 1 == sessions {
                true => session(folder.path(), begin, &long),
                false => session(folder.path(), begin, &short(k)),
            };
            writes.session(*patient, k as u32 + 1, &session, (n * 7 + k * 3) as u8 % 5);
        }
    }
    writes.flush();
    patients
}

fn join(store: &mut dyn Store, organisation: OrganisationId, therapist: PersonId, n: usize) -> PersonId {
    let seed = sha256(&[b"figures", &(n as u64).to_le_bytes()]);
    let person = PersonId(seed.0[..16].try_into().unwrap());
    let (code, key) = (seed, PublicKey(seed.0));
    let invitation = Invitation { organisation, person, role: Role::Patient, ends_ms: i64::MAX };
    assert!(store.invite(code, &invitation).unwrap());
    let pair = Write::Pair { code, key, person_key: key, name: Text::default(), paired_ms: 1 };
    assert!(matches!(store.write(None, &pair).unwrap(), Written::Paired { .. }));
    assert!(store.assign(therapist, person, Assignment::Treats).unwrap());
    let actor = Actor { organisation, person, device: DeviceId::of(&key), role: Role::Patient };
    for purpose in Purpose::ALL {
        let body = PostBody::Consent { purpose, text_version: 1, given: true };
        let id = sha256(&[&seed.0, &[purpose as u8]]).0[..16].try_into().unwrap();
        let post = Post { id: PostId(id), about: person, written_ms: 1, body };
        store.write(Some(&actor), &Write::Post { post, stored_ms: 1 }).unwrap();
    }
    person
}

/// Recorded, scored and signed.
fn session(folder: &Path, begin: Zoned, frames: &[PoseFrame]) -> Session {
    let path = folder.join("set.baro");
    let header =
        baro_record::Header { started_unix_ms: begin.timestamp().as_millisecond() as u64, ..set::header() };
    let mut coach = header.coach().unwrap();
    let mut recorder = Recorder::create(&path, header, set::keys()).unwrap();
    for frame in frames {
        let ended = coach.step(frame).ended_rep.is_some();
        recorder.frame(frame).unwrap();
        if ended {
            recorder.rep_ended(frame.time_s, coach.report()).unwrap();
        }
    }
    let report = coach.finish().clone();
    recorder.finish(&report).unwrap();
    let sending = Sending::of(&path).unwrap();
    std::fs::remove_file(&path).unwrap();
    Session { sending, report, begin }
}

/// Two squats, from day to day a little deeper or shallower.
fn short(k: usize) -> Vec<PoseFrame> {
    let depth = 1.7 + 0.05 * (k % 5) as f64;
    squats(8 * 15, 15.0, |_| depth)
}

/// The trainer's squats for 30 minutes, with the noise of one camera.
fn long_frames() -> Vec<PoseFrame> {
    let exercise = Exercise::from_toml(&set::header().exercise_toml).unwrap();
    let stage = Rehearsal::new(&exercise, exercise.view);
    let periods = (LONG_S / exercise.trainer.period_s()) as usize;
    let mut random = fastrand::Rng::with_seed(7);
    let mut frames = stage.play(30.0, periods, 1.0, |t_s| stage.correct(t_s));
    for frame in &mut frames {
        for landmark in frame.pose.iter_mut().flat_map(|pose| &mut pose.world.0) {
            let mut off = || 0.006 * (random.f32() - 0.5);
            let [x, y, z] = [off(), off(), off()];
            (landmark.position.x, landmark.position.y, landmark.position.z) =
                (landmark.position.x + x, landmark.position.y + y, landmark.position.z + z);
        }
        *frame = snap(frame);
    }
    frames
}

/// Many at once, as from many devices.
struct Writes<'a> {
    store: &'a mut dyn Store,
    batch: Vec<(Option<Actor>, Write)>,
    posts: u64,
    organisation: OrganisationId,
}

impl Writes<'_> {
    fn session(&mut self, person: PersonId, visit: u32, session: &Session, pain: u8) {
        let record = RecordId(*session.sending.record.as_bytes());
        let started_ms = session.begin.timestamp().as_millisecond();
        self.add(person, Write::Record { record, started_ms });
        for chunk in &session.sending.chunks {
            let id = ChunkId { record, index: chunk.index, digest: Digest(chunk.digest().0) };
            let bytes = Bytes::new(chunk.to_bytes().unwrap()).unwrap();
            self.add(person, Write::Chunk { chunk: id, previous: Digest(chunk.previous.0), bytes });
        }
        let (chunks, last) = (session.sending.chunks.len() as u32, session.sending.chunks.last().unwrap());
        self.add(person, Write::Seal { record, chunks, last: Digest(last.digest().0) });
        let lasted_s = session.report.reps.last().map_or(8.0, |rep| rep.end_s) as i64 + 2;
        let end = session.begin.checked_add(lasted_s.seconds()).unwrap();
        let when = [&session.begin, &end].map(Moment::of);
        for line in told(when, visit, &dose(), &session.report, format!("{visit}.baro"), pain) {
            let line = Text::new(serde_json::to_string(&line).unwrap()).unwrap();
            self.post(person, PostBody::Diary { line }, &end);
        }
    }

    fn post(&mut self, person: PersonId, body: PostBody, at: &Zoned) {
        self.posts += 1;
        let stored_ms = Timestamp::from(at).as_millisecond();
        let id = sha256(&[b"post", &self.posts.to_le_bytes()]).0[..16].try_into().unwrap();
        let post = Post { id: PostId(id), about: person, written_ms: stored_ms, body };
        self.add(person, Write::Post { post, stored_ms });
    }

    fn add(&mut self, person: PersonId, write: Write) {
        let actor = Actor {
            organisation: self.organisation,
            person,
            device: DeviceId::default(),
            role: Role::Patient,
        };
        self.batch.push((Some(actor), write));
        if self.batch.len() >= TOGETHER {
            self.flush();
        }
    }

    fn flush(&mut self) {
        for written in self.store.write_many(&std::mem::take(&mut self.batch)) {
            let written = written.unwrap();
            assert!(matches!(written, Written::Done(_) | Written::Record { .. }), "{written:?}");
        }
    }
}
