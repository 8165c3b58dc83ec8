//! What must hold whatever fails, judged by its own reading of who may see what.

use crate::device::Device;
use crate::store::Store;
use crate::world::A;
use baro_sync::{Actor, Key};
use baro_wire::*;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Default)]
pub struct Oracle {
    /// What a device was told is at the server, and whose it is.
    pub acknowledged: BTreeMap<Key, (PersonId, Option<Digest>)>,
    /// Consents that were withdrawn before they were sent.
    pub outdated: BTreeSet<PostId>,
    /// What every person agreed to, from the posts as they became durable.
    pub consents: BTreeMap<(PersonId, Purpose), bool>,
    pub applied: BTreeSet<PostId>,
}

pub type Verdict = Result<(), String>;

macro_rules! hold {
    ($condition:expr, $($message:tt)*) => {
        if !$condition {
            return Err(format!($($message)*));
        }
    };
}

impl Oracle {
    pub fn agreed(&self, person: PersonId, purpose: Purpose) -> bool {
        self.consents.get(&(person, purpose)).copied().unwrap_or(false)
    }

    /// A post is on the server's disk.
    pub fn stored(&mut self, post: &Post) {
        if let PostBody::Consent { purpose, given, .. } = post.body
            && self.applied.insert(post.id)
        {
            self.consents.insert((post.about, purpose), given);
        }
    }

    /// Nothing that was acknowledged is ever missing.
    pub fn nothing_acknowledged_is_lost(&self, store: &Store) -> Verdict {
        for (key, (person, digest)) in &self.acknowledged {
            hold!(is_there(store, *key, *person, *digest), "{key:?} was acknowledged and is lost");
        }
        Ok(())
    }

    pub fn acknowledge(&mut self, store: &Store, device: &Device, key: Key) -> Verdict {
        let digest = match key {
            Key::Chunk(record, index) => Some(device.disk.chunks[&(record, index)].digest),
            _ => None,
        };
        if let Key::Post(id) = key
            && let Some(row) = device.rows.get(&key)
            && let baro_sync::Content::Post(post) = &row.content
            && let PostBody::Consent { purpose, given: true, .. } = post.body
            && !store.posts.contains_key(&id)
            && store.persons[&device.person].erased.is_none()
        {
            let withdrawn = device.has_later_withdrawal(row.number, purpose);
            hold!(withdrawn, "a consent was dropped that was not withdrawn");
            self.outdated.insert(id);
            return Ok(());
        }
        self.acknowledged.insert(key, (device.person, digest));
        hold!(
            is_there(store, key, device.person, digest),
            "{key:?} is acknowledged and is not on the server's disk"
        );
        Ok(())
    }

    /// The server says something: is it for whom it says it to, at this moment?
    pub fn shown(&self, store: &Store, actor: &Actor, reply: &Reply) -> Verdict {
        match reply {
            Reply::Feed { entries, .. } => entries.iter().try_for_each(|entry| {
                let purpose = match entry.post.body {
                    PostBody::Message { .. }
                    | PostBody::Plan { .. }
                    | PostBody::Diary { .. }
                    | PostBody::Answered { .. }
                    | PostBody::Summary { .. } => Some(Purpose::Therapist),
                    PostBody::Note { .. } | PostBody::Spoken { .. } => Some(Purpose::Movements),
                    PostBody::Consent { .. } => None,
                    _ => Some(Purpose::Keep).filter(|_| actor.person != entry.post.about),
                };
                self.for_them(store, actor, entry.post.about, purpose, reply)
            }),
            Reply::Records { person, .. } => {
                self.for_them(store, actor, *person, Some(Purpose::Movements), reply)
            }
            Reply::ChunkBytes { chunk, .. } => {
                let owner = store.records.get(&chunk.record).map(|record| record.owner);
                let owner = owner.ok_or("a chunk is shown that is not there")?;
                self.for_them(store, actor, owner, Some(Purpose::Movements), reply)
            }
            _ => Ok(()),
        }
    }

    fn for_them(
        &self,
        store: &Store,
        actor: &Actor,
        of: PersonId,
        needs: Option<Purpose>,
        reply: &Reply,
    ) -> Verdict {
        hold!(store.persons[&of].erased.is_none(), "shown after the erasure: {reply:?}");
        let device = &store.devices[&actor.device];
        hold!(!device.revoked, "a revoked device is shown {reply:?}");
        if of == actor.person {
            return Ok(());
        }
        let treats = store.treats.contains(&(actor.person, of)) && actor.role == Role::Therapist;
        hold!(treats, "{:?} is shown what is not theirs: {reply:?}", actor.person);
        hold!(
            needs.is_none_or(|purpose| self.agreed(of, purpose)),
            "shown without consent to {needs:?}: {reply:?}"
        );
        let logged = store.audit.iter().any(|line| line.actor == actor.person && line.about == of);
        hold!(logged, "shown without a line in the audit log: {reply:?}");
        Ok(())
    }

    /// All is healed: everything is where it belongs, once.
    pub fn at_the_end(&self, store: &Store, devices: &[Device]) -> Verdict {
        self.nothing_acknowledged_is_lost(store)?;
        let mut log = baro_sync::audit::Log::default();
        store.audit.iter().try_for_each(|line| log.check(line)).map_err(|e| e.to_string())?;
        for device in devices {
            self.nothing_of_a_device_is_lost(store, device)?;
            nothing_is_doubled(device)?;
            erasure_is_receipted(store, device)?;
        }
        for (person, _) in store.persons.iter().filter(|(_, person)| person.erased.is_some()) {
            let records = store.records.values().any(|record| record.owner == *person);
            let posts = store.posts.values().any(|(_, post)| post.about == *person);
            let entries = store.feeds.values().flatten().any(|entry| entry.post.about == *person);
            hold!(!records && !posts && !entries, "something of {person:?} is left after the erasure");
        }
        let mut texts = BTreeSet::new();
        for (author, post) in store.posts.values() {
            if let PostBody::Message { text, .. } = &post.body {
                hold!(texts.insert((author, text.to_string())), "doubled: {}", &**text);
            }
        }
        for ((person, purpose), given) in &last_words(devices) {
            let gone = store.persons[person].erased.is_some();
            let left =
                devices.iter().any(|device| device.person == *person && store.devices[&device.id].revoked);
            let is = store.consents(*person).has(*purpose);
            // A device alone can withdraw, but not agree.
            let alone =
                devices.iter().any(|device| device.person == *person && device.unattended && *person != A);
            hold!(
                gone || left || is == *given || (alone && !is),
                "the last word on {purpose:?} was {given}, the server has {is}"
            );
        }
        Ok(())
    }

    fn nothing_of_a_device_is_lost(&self, store: &Store, device: &Device) -> Verdict {
        let erased = store.persons[&device.person].erased.is_some();
        let able =
            !erased && !store.devices[&device.id].revoked && !device.role.is_staff() && !device.unattended;
        for (&(record, index), chunk) in &device.disk.chunks {
            let there = is_there(store, Key::Chunk(record, index), device.person, Some(chunk.digest));
            hold!(!able || there, "chunk {index} of {record} never arrived");
        }
        for (record, (chunks, ..)) in &device.disk.seals {
            hold!(
                !able || is_there(store, Key::Seal(*record, *chunks), device.person, None),
                "{record} was never sealed"
            );
        }
        for draft in device.disk.drafts.values() {
            let there =
                draft.id.is_some_and(|id| store.posts.contains_key(&id) || self.outdated.contains(&id));
            let settled =
                draft.id.is_some_and(|id| device.disk.rows.get(&Key::Post(id)).is_some_and(|(_, s)| *s));
            let gone = store.persons[&draft.about].erased.is_some();
            hold!(there || gone || (!able && !settled), "never arrived: {:?}", draft.body);
        }
        if able {
            let kept: BTreeSet<u64> = device.disk.entries.iter().map(|entry| entry.cursor).collect();
            for entry in store.feeds.get(&device.person).into_iter().flatten() {
                hold!(kept.contains(&entry.cursor), "an entry never came down: {entry:?}");
            }
        }
        Ok(())
    }
}

/// Whoever asked for an erasure has its receipt in the end: an item is only settled by what answers it.
fn erasure_is_receipted(store: &Store, device: &Device) -> Verdict {
    let asked = device.disk.drafts.values().filter(|draft| draft.body == PostBody::Erase);
    let receipted = |id: PostId| device.disk.receipts.contains_key(&id);
    let all = asked.filter_map(|draft| draft.id).all(receipted);
    hold!(all || store.devices[&device.id].revoked, "an erasure without its receipt");
    Ok(())
}

/// What each person said last of each purpose, at the device where they say it.
fn last_words(devices: &[Device]) -> BTreeMap<(PersonId, Purpose), bool> {
    let drafts = devices.iter().flat_map(|device| device.disk.drafts.values());
    let words = drafts.filter_map(|draft| match draft.body {
        PostBody::Consent { purpose, given, .. } => Some(((draft.about, purpose), given)),
        _ => None,
    });
    words.collect()
}

fn nothing_is_doubled(device: &Device) -> Verdict {
    let mut seen = BTreeSet::new();
    for entry in &device.disk.entries {
        hold!(seen.insert(entry.post.id), "came down twice: {entry:?}");
    }
    Ok(())
}

fn is_there(store: &Store, key: Key, person: PersonId, digest: Option<Digest>) -> bool {
    if store.persons[&person].erased.is_some() {
        return true;
    }
    match key {
        Key::Chunk(record, index) => {
            let chunk = store.records.get(&record).and_then(|record| record.chunks.get(&index));
            chunk.is_some_and(|(found, _, bytes)| Some(*found) == digest && sha256(&[bytes]) == *found)
        }
        Key::Seal(record, chunks) => store.records.get(&record).is_some_and(|record| record.sealed >= chunks),
        Key::Post(id) => {
            let about_erased = || store.persons.values().any(|person| person.erased.is_some());
            store.posts.contains_key(&id) || about_erased()
        }
    }
}

impl Device {
    /// Is there a later withdrawal of the same consent among the rows?
    pub fn has_later_withdrawal(&self, number: u64, of: Purpose) -> bool {
        self.rows.values().any(|row| match &row.content {
            baro_sync::Content::Post(post) => {
                row.number > number
                    && matches!(post.body, PostBody::Consent { purpose, given: false, .. } if purpose == of)
            }
            _ => false,
        })
    }
}
