//! A reference of what `baro_sync::Write` and `Facts` promise, in memory. What is in here has survived a power cut.

use baro_sync::{Account, Actor, Data, Facts, Write, Written, audit};
use baro_wire::*;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Clone)]
pub struct Person {
    pub organisation: OrganisationId,
    pub role: Role,
    pub consents: Consents,
    pub key: PublicKey,
    pub erased: Option<Written>,
}

#[derive(Clone, Default)]
pub struct Record {
    pub owner: PersonId,
    pub started_ms: i64,
    pub chunks: BTreeMap<u32, (Digest, Digest, Vec<u8>)>,
    pub sealed: u32,
}

#[derive(Default)]
pub struct Store {
    pub devices: BTreeMap<DeviceId, Account>,
    pub persons: BTreeMap<PersonId, Person>,
    pub treats: BTreeSet<(PersonId, PersonId)>,
    pub records: BTreeMap<RecordId, Record>,
    pub posts: BTreeMap<PostId, (PersonId, Post)>,
    pub feeds: BTreeMap<PersonId, Vec<Entry>>,
    /// The last place of each feed. A place that an erasure has emptied is never given away again.
    pub places: BTreeMap<PersonId, Cursor>,
    pub log: audit::Log,
    pub audit: Vec<AuditEntry>,
}

impl Store {
    pub fn relation(&self, actor: &Actor, about: PersonId) -> Relation {
        match self.persons.get(&about) {
            _ if about == actor.person => Relation::Own,
            _ if self.treats.contains(&(actor.person, about)) => Relation::Treats,
            Some(person) if person.organisation == actor.organisation => Relation::Colleague,
            _ => Relation::Nothing,
        }
    }

    pub fn consents(&self, person: PersonId) -> Consents {
        self.persons.get(&person).map_or(Consents::NONE, |person| person.consents)
    }

    pub fn look(&self, actor: &Actor, request: &Request) -> (Facts, Data) {
        let about = request.about().unwrap_or(actor.person);
        let me = &self.persons[&actor.person];
        let facts = Facts {
            device_active: self.devices.get(&actor.device).is_some_and(|device| !device.revoked),
            role: me.role,
            erased: me.erased.is_some(),
            relation: self.relation(actor, about),
            consents: self.consents(about),
            person_keys: vec![me.key],
        };
        (facts, self.data(actor, request))
    }

    fn data(&self, actor: &Actor, request: &Request) -> Data {
        match request {
            Request::Have { record, from } => {
                match self.records.get(record).filter(|r| r.owner == actor.person) {
                    Some(found) => {
                        let (have, more) = have(found, *from);
                        let have = List::new(have).unwrap();
                        reply(Reply::Record { record: *record, outcome: Outcome::Exists, have, more })
                    }
                    None => Data::Nothing,
                }
            }
            Request::Feed { after, most } => self.page(actor, actor.person, *after, *most, |_| true),
            Request::ReadPosts { person, after, most } => {
                self.page(actor, *person, *after, *most, |entry| entry.post.about == *person)
            }
            Request::ListRecords { person, .. } => {
                let records = self.records.iter().filter(|(_, record)| record.owner == *person).take(9);
                let records = records.map(|(id, record)| RecordState {
                    record: *id,
                    started_ms: record.started_ms,
                    chunks: record.chunks.len() as u32,
                    sealed: record.sealed == record.chunks.len() as u32,
                });
                let records = List::new(records.collect::<Vec<_>>()).unwrap();
                reply(Reply::Records { person: *person, records, more: false })
            }
            Request::ReadChunk { person, record, index } => {
                let found = self.records.get(record).filter(|found| found.owner == *person);
                match found.and_then(|found| found.chunks.get(index)) {
                    Some((digest, previous, bytes)) => {
                        let chunk = ChunkId { record: *record, index: *index, digest: *digest };
                        let bytes = Bytes::new(bytes.clone()).unwrap();
                        reply(Reply::ChunkBytes { chunk, previous: *previous, bytes })
                    }
                    None => Data::Nothing,
                }
            }
            _ => Data::Nothing,
        }
    }

    fn page(
        &self,
        actor: &Actor,
        of: PersonId,
        after: u64,
        most: u16,
        wanted: impl Fn(&Entry) -> bool,
    ) -> Data {
        let all = self.feeds.get(&of).map_or(&[][..], Vec::as_slice);
        // Small pages, so that there are many.
        let most = usize::from(most).min(4);
        let behind: Vec<&Entry> = all.iter().filter(|entry| entry.cursor > after && wanted(entry)).collect();
        let facts = |entry: &&Entry| {
            let about = entry.post.about;
            ((*entry).clone(), self.relation(actor, about), self.consents(about))
        };
        Data::Entries { entries: behind.iter().take(most).map(facts).collect(), more: behind.len() > most }
    }

    pub fn write(&mut self, actor: &Actor, write: Write) -> Written {
        if let Some(erased) = &self.persons[&actor.person].erased {
            let asked_again = matches!(&write, Write::Post { post, .. } if post.body == PostBody::Erase);
            return if asked_again { erased.clone() } else { Written::Gone };
        }
        match write {
            Write::Record { record, started_ms } => self.write_record(actor, record, started_ms),
            Write::Chunk { chunk, previous, bytes } => {
                self.write_chunk(actor, chunk, previous, bytes.into_inner())
            }
            Write::Seal { record, chunks, last } => self.seal(actor, record, chunks, last),
            Write::Post { post, stored_ms } => self.write_post(actor, post, stored_ms),
            Write::Pair { .. } => Written::Missing,
        }
    }

    fn write_record(&mut self, actor: &Actor, id: RecordId, started_ms: i64) -> Written {
        let outcome = if self.records.contains_key(&id) { Outcome::Exists } else { Outcome::Created };
        let new = || Record { owner: actor.person, started_ms, ..Record::default() };
        let record = self.records.entry(id).or_insert_with(new);
        if record.owner != actor.person {
            return Written::Missing;
        }
        let (have, more) = have(record, 0);
        Written::Record { outcome, have, more }
    }

    fn write_chunk(&mut self, actor: &Actor, chunk: ChunkId, previous: Digest, bytes: Vec<u8>) -> Written {
        let Some(record) = self.records.get_mut(&chunk.record).filter(|record| record.owner == actor.person)
        else {
            return Written::Missing;
        };
        if let Some((digest, ..)) = record.chunks.get(&chunk.index) {
            return if *digest == chunk.digest { Written::Done(Outcome::Exists) } else { Written::Differs };
        }
        let before = chunk.index.checked_sub(1).and_then(|index| record.chunks.get(&index));
        let after = chunk.index.checked_add(1).and_then(|index| record.chunks.get(&index));
        let fits = before.is_none_or(|(digest, ..)| *digest == previous)
            && after.is_none_or(|(_, expected, _)| *expected == chunk.digest)
            && (chunk.index > 0 || previous == Digest::default());
        if !fits {
            return Written::Broken;
        }
        record.chunks.insert(chunk.index, (chunk.digest, previous, bytes));
        Written::Done(Outcome::Created)
    }

    fn seal(&mut self, actor: &Actor, id: RecordId, chunks: u32, last: Digest) -> Written {
        let Some(record) = self.records.get_mut(&id).filter(|record| record.owner == actor.person) else {
            return Written::Missing;
        };
        let ends_so =
            chunks.checked_sub(1).and_then(|index| record.chunks.get(&index)).map(|(digest, ..)| *digest);
        if ends_so != Some(last) || !(0..chunks).all(|index| record.chunks.contains_key(&index)) {
            return Written::Missing;
        }
        let outcome = if record.sealed >= chunks { Outcome::Exists } else { Outcome::Created };
        record.sealed = record.sealed.max(chunks);
        Written::Done(outcome)
    }

    fn write_post(&mut self, actor: &Actor, post: Post, stored_ms: i64) -> Written {
        if self.persons.get(&post.about).is_none_or(|person| person.erased.is_some()) {
            return Written::Gone;
        }
        if self.posts.contains_key(&post.id) {
            return Written::Done(Outcome::Exists);
        }
        match post.body {
            PostBody::Consent { purpose, given, .. } => {
                let person = self.persons.get_mut(&post.about).unwrap();
                person.consents = person.consents.with(purpose, given);
            }
            PostBody::RevokeDevice { device } => match self.devices.get_mut(&device) {
                Some(account) if account.person == post.about => account.revoked = true,
                _ => return Written::Missing,
            },
            PostBody::Erase => return self.erase(post.about, stored_ms),
            _ => {}
        }
        for reader in self.readers(actor.person, post.about) {
            let place = self.places.entry(reader).or_default();
            *place += 1;
            let entry = Entry { cursor: *place, author: actor.person, stored_ms, post: post.clone() };
            self.feeds.entry(reader).or_default().push(entry);
        }
        self.posts.insert(post.id, (actor.person, post));
        Written::Done(Outcome::Created)
    }

    /// Everyone whom a post concerns.
    pub fn readers(&self, author: PersonId, about: PersonId) -> BTreeSet<PersonId> {
        let treating =
            self.treats.iter().filter(|(_, patient)| *patient == about).map(|(therapist, _)| *therapist);
        treating.chain([author, about]).collect()
    }

    fn erase(&mut self, who: PersonId, erased_ms: i64) -> Written {
        let (records, posts) = (self.records.len(), self.posts.len());
        self.records.retain(|_, record| record.owner != who);
        self.posts.retain(|_, (_, post)| post.about != who);
        self.feeds.values_mut().for_each(|feed| feed.retain(|entry| entry.post.about != who));
        let written = Written::Erased {
            erased_ms,
            records: (records - self.records.len()) as u32,
            posts: (posts - self.posts.len()) as u32,
            audit: self.log.head,
        };
        let person = self.persons.get_mut(&who).unwrap();
        person.consents = Consents::NONE;
        person.erased = Some(written.clone());
        written
    }
}

fn reply(reply: Reply) -> Data {
    Data::Reply(Box::new(reply))
}

/// Small pages, so that there are many.
fn have(record: &Record, from: u32) -> (Vec<HaveChunk>, bool) {
    const PAGE: usize = 3;
    let all =
        record.chunks.range(from..).map(|(index, (digest, ..))| HaveChunk { index: *index, digest: *digest });
    let mut all: Vec<HaveChunk> = all.take(PAGE + 1).collect();
    let more = all.len() > PAGE;
    all.truncate(PAGE);
    (all, more)
}
