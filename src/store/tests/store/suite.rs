//! What every store promises, whatever is under it. Each test takes an empty store.

use crate::people::*;
use baro_store::{Assignment, Kept, Store};
use baro_sync::{Data, Write, Written, audit};
use baro_wire::*;

const DONE: Written = Written::Done(Outcome::Created);
const AGAIN: Written = Written::Done(Outcome::Exists);
const RECORD: RecordId = RecordId([50; 16]);

pub type Test<S> = fn(&mut S);

pub fn all<S: Store>() -> Vec<(&'static str, Test<S>)> {
    vec![
        ("pairing", pairing_uses_the_code_up),
        ("records", a_record_is_kept_once_and_whole),
        ("owners", nobody_writes_into_a_record_of_others),
        ("feeds", a_feed_is_for_those_who_care),
        ("plans", plans_are_found_among_the_rest),
        ("consent", consent_and_revocation_take_effect_at_once),
        ("erasure", erasure_leaves_a_receipt_and_nothing_else),
        ("audit", the_log_is_a_chain),
        ("many", many_at_once_are_as_one_by_one),
        ("pages", a_record_comes_whole_with_what_decides_about_it),
        ("factor", digits_are_good_once),
        ("factor with a code", a_factor_comes_with_the_code),
        ("safety", what_asked_for_safety_is_dealt_with_up_to_a_place),
        ("access", a_key_reads_for_somebody_until_it_is_over),
        ("what clinics keep", what_a_clinic_keeps_is_its_own),
        ("operator", the_operator_revokes_and_erases_with_a_trace),
        ("reference", the_same_as_in_the_simulation),
    ]
}

fn write(store: &mut impl Store, by: PersonId, write: Write) -> Written {
    store.write(Some(&actor(by)), &write).unwrap()
}

fn pairing_uses_the_code_up<S: Store>(store: &mut S) {
    fill(store);
    let again = store.write(None, &pairing(A, key(A), END_MS + 5)).unwrap();
    assert_eq!(again, Written::Paired { outcome: Outcome::Exists, invitation: invitation(A) });
    let other = PublicKey([99; 32]);
    assert_eq!(store.write(None, &pairing(A, other, 6)).unwrap(), Written::Missing, "a used code");
    let late = PersonId([20; 16]);
    assert!(store.invite(code(late), &invitation(late)).unwrap());
    assert_eq!(store.write(None, &pairing(late, other, END_MS)).unwrap(), Written::Missing, "too late");
    assert_eq!(store.write(None, &pairing(late, key(A), 6)).unwrap(), Written::Missing, "the device of A");
    assert_eq!(store.find(DeviceId::of(&other)).unwrap(), None);
    assert_eq!(store.find(actor(A).device).unwrap().map(|found| found.person), Some(A));
    let moved = baro_sync::Invitation { organisation: home(STRANGER), ..invitation(A) };
    assert!(!store.invite(Digest([1; 32]), &moved).unwrap(), "a person has one organisation");
    assert!(!store.assign(THERAPIST, STRANGER, Assignment::Treats).unwrap(), "of another organisation");
    assert!(!store.assign(B, A, Assignment::Treats).unwrap(), "a patient treats nobody");
}

fn a_record_is_kept_once_and_whole<S: Store>(store: &mut S) {
    fill(store);
    assert_eq!(write(store, A, chunk(RECORD, 0, b"x")), Written::Missing, "not offered");
    write(store, A, offer(RECORD));
    assert_eq!(write(store, A, chunk(RECORD, 1, b"later")), DONE, "in any order");
    let seal = |chunks| Write::Seal { record: RECORD, chunks, last: digest(RECORD, chunks - 1) };
    assert_eq!(write(store, A, seal(2)), Written::Missing, "one is missing");
    let foreign = ChunkId { record: RECORD, index: 0, digest: Digest([1; 32]) };
    let foreign = Write::Chunk { chunk: foreign, previous: Digest::default(), bytes: Bytes::default() };
    assert_eq!(write(store, A, foreign.clone()), Written::Broken, "not the one before the next");
    assert_eq!(write(store, A, chunk(RECORD, 0, b"first")), DONE);
    assert_eq!(write(store, A, chunk(RECORD, 0, b"first")), AGAIN);
    assert_eq!(write(store, A, foreign), Written::Differs);
    assert_eq!(write(store, A, seal(2)), DONE);
    assert_eq!(write(store, A, seal(2)), AGAIN);
    let read = Request::ReadChunk { person: A, record: RECORD, index: 0 };
    let (_, data) = store.look(&actor(A), &read).unwrap();
    let Data::Reply(reply) = data else { panic!("{data:?}") };
    assert!(matches!(*reply, Reply::ChunkBytes { bytes, .. } if *bytes == *b"first"));
    let (_, data) = store.look(&actor(A), &Request::ListRecords { person: A, after: None }).unwrap();
    let Data::Reply(reply) = data else { panic!("{data:?}") };
    let Reply::Records { records, more: false, .. } = *reply else { panic!("{reply:?}") };
    assert_eq!(*records, [RecordState { record: RECORD, started_ms: 3, chunks: 2, sealed: true }]);
}

fn a_record_comes_whole_with_what_decides_about_it<S: Store>(store: &mut S) {
    fill(store);
    write(store, A, offer(RECORD));
    for (index, bytes) in [(1, b"later"), (0, b"first")] {
        assert_eq!(write(store, A, chunk(RECORD, index, bytes)), DONE);
    }
    write(store, A, stored(consent(1, A, Purpose::Movements, true)));
    let found = store.record(THERAPIST, A, RECORD).unwrap();
    assert_eq!(found.chunks, [b"first".to_vec(), b"later".to_vec()]);
    assert_eq!(
        (found.relation, found.consents),
        (Relation::Treats, Consents::NONE.with(Purpose::Movements, true))
    );
    let found = store.record(THERAPIST, B, RECORD).unwrap();
    assert_eq!((found.relation, found.chunks.len()), (Relation::Colleague, 0), "it is not theirs");
    assert_eq!(store.record(STRANGER, A, RECORD).unwrap().relation, Relation::Nothing);
    assert_eq!(store.treated().unwrap(), [A]);
    write(store, A, stored(post(2, A, PostBody::Erase)));
    assert_eq!(
        (store.record(THERAPIST, A, RECORD).unwrap().chunks.len(), store.treated().unwrap()),
        (0, vec![])
    );
}

fn nobody_writes_into_a_record_of_others<S: Store>(store: &mut S) {
    fill(store);
    write(store, A, offer(RECORD));
    assert_eq!(write(store, B, offer(RECORD)), Written::Missing);
    assert_eq!(write(store, B, chunk(RECORD, 0, b"x")), Written::Missing);
    let have = Request::Have { record: RECORD, from: 0 };
    assert_eq!(store.look(&actor(B), &have).unwrap().1, Data::Nothing);
    assert_eq!(write(store, A, stored(message(1, A, "mine"))), DONE);
    assert_eq!(write(store, A, stored(message(1, A, "mine"))), AGAIN);
    assert_eq!(write(store, B, stored(message(1, B, "the same id"))), Written::Missing);
    assert_eq!(write(store, PersonId([77; 16]), offer(RECORD)), Written::Gone, "nobody");
    assert_eq!(store.write(None, &offer(RECORD)).unwrap(), Written::Missing, "not signed in");
}

fn feed(store: &mut impl Store, of: PersonId) -> Vec<(PostId, Relation)> {
    let (_, data) = store.look(&actor(of), &Request::Feed { after: 0, most: 32 }).unwrap();
    let Data::Entries { entries, .. } = data else { panic!("{data:?}") };
    entries.into_iter().map(|(entry, relation, _)| (entry.post.id, relation)).collect()
}

fn a_feed_is_for_those_who_care<S: Store>(store: &mut S) {
    fill(store);
    let (mine, other) = (message(1, A, "about A"), message(2, B, "about B"));
    write(store, A, stored(mine.clone()));
    write(store, B, stored(other.clone()));
    assert_eq!(feed(store, A), [(mine.id, Relation::Own)]);
    assert_eq!(feed(store, THERAPIST), [(mine.id, Relation::Treats)]);
    assert_eq!(feed(store, STRANGER), []);
    assert_eq!(store.news(mine.id).unwrap(), [(A, 1), (THERAPIST, 1)]);
    let read = Request::ReadPosts { person: A, after: 0, most: 5 };
    for (reader, seen) in [(THERAPIST, 1), (B, 0), (STRANGER, 0)] {
        let (facts, data) = store.look(&actor(reader), &read).unwrap();
        let Data::Entries { entries, .. } = data else { panic!("{data:?}") };
        assert_eq!(entries.len(), seen, "{facts:?}");
    }
    assert!(store.assign(THERAPIST, A, Assignment::Ends).unwrap());
    assert_eq!(feed(store, THERAPIST), [], "no longer theirs");
}

fn plans_are_found_among_the_rest<S: Store>(store: &mut S) {
    fill(store);
    let plan =
        |number, about| post(number, about, PostBody::Plan { routine: Text::new("format = 1").unwrap() });
    let all =
        [plan(1, A), message(2, A, "slowly"), consent(3, A, Purpose::Keep, true), plan(4, B), plan(5, A)];
    all.into_iter().for_each(|post| drop(write(store, THERAPIST, stored(post))));
    assert_eq!(store.plans(A).unwrap(), [(1, 77), (4, 77)]);
    assert_eq!(store.plans(B).unwrap(), [(1, 77)]);
    assert_eq!(store.plans(THERAPIST).unwrap(), [], "what they wrote is about others");
}

fn consent_and_revocation_take_effect_at_once<S: Store>(store: &mut S) {
    fill(store);
    write(store, A, stored(consent(1, A, Purpose::Movements, true)));
    write(store, A, stored(consent(2, A, Purpose::Keep, true)));
    write(store, A, stored(consent(3, A, Purpose::Movements, false)));
    // Sent once more, an old one changes nothing.
    assert_eq!(write(store, A, stored(consent(1, A, Purpose::Movements, true))), AGAIN);
    let look = Request::ListRecords { person: A, after: None };
    let (facts, _) = store.look(&actor(THERAPIST), &look).unwrap();
    assert_eq!(facts.consents, Consents::NONE.with(Purpose::Keep, true));
    assert_eq!((facts.relation, facts.device_active, facts.role), (Relation::Treats, true, Role::Therapist));
    let foreign = post(4, B, PostBody::RevokeDevice { device: actor(A).device });
    assert_eq!(write(store, B, stored(foreign)), Written::Missing, "a device of A");
    write(store, A, stored(post(5, A, PostBody::RevokeDevice { device: actor(A).device })));
    let (facts, data) = store.look(&actor(A), &Request::Feed { after: 0, most: 9 }).unwrap();
    assert_eq!((facts.device_active, facts.person_keys, data), (false, vec![], Data::Nothing));
}

fn erasure_leaves_a_receipt_and_nothing_else<S: Store>(store: &mut S) {
    fill(store);
    write(store, A, offer(RECORD));
    write(store, A, chunk(RECORD, 0, b"angles"));
    write(store, A, stored(message(1, A, "words")));
    write(store, THERAPIST, stored(message(2, A, "answer")));
    store.log(&[draft(A, Ask::Erase, A)]).unwrap();
    let head = store.audit(0, 9).unwrap()[0].digest;
    let erased = write(store, A, stored(post(3, A, PostBody::Erase)));
    assert_eq!(erased, Written::Erased { erased_ms: 77, records: 1, posts: 2, audit: head });
    store.log(&[draft(A, Ask::Erase, A)]).unwrap();
    let again = Write::Post { post: post(3, A, PostBody::Erase), stored_ms: 99 };
    assert_eq!(write(store, A, again), erased, "the same numbers");
    assert_eq!(write(store, A, offer(RECORD)), Written::Gone);
    assert_eq!(write(store, THERAPIST, stored(message(4, A, "late"))), Written::Gone);
    let (facts, data) = store.look(&actor(A), &Request::Feed { after: 0, most: 9 }).unwrap();
    assert_eq!((facts.erased, facts.consents, data), (true, Consents::NONE, Data::Nothing));
    assert_eq!(feed(store, THERAPIST), []);
    // Their place in a feed is not given away again: a device that has it would never fetch what took it.
    assert!(store.assign(THERAPIST, B, Assignment::Treats).unwrap());
    write(store, B, stored(message(5, B, "new")));
    assert_eq!(store.news(message(5, B, "").id).unwrap(), [(B, 1), (THERAPIST, 3)]);
}

fn the_log_is_a_chain<S: Store>(store: &mut S) {
    fill(store);
    for about in [A, B, A] {
        store.log(&[draft(THERAPIST, Ask::ReadChunk, about), draft(about, Ask::Feed, about)]).unwrap();
    }
    let lines = store.audit(0, 100).unwrap();
    let mut log = audit::Log::default();
    lines.iter().try_for_each(|line| log.check(line)).unwrap();
    assert_eq!(log.number, 6);
    let (_, data) = store.look(&actor(B), &Request::ReadAudit { person: B, after: 0 }).unwrap();
    let Data::Reply(reply) = data else { panic!("{data:?}") };
    let Reply::Audit { entries, .. } = *reply else { panic!("{reply:?}") };
    assert_eq!(*entries, lines[2..4]);
    // As a board of many patients is looked at.
    store.log(&[draft(THERAPIST, Ask::ReadPosts, A); 150]).unwrap();
    let lines = store.audit(log.number, 1_000).unwrap();
    lines.iter().try_for_each(|line| log.check(line)).unwrap();
    assert_eq!((lines.len(), log.number), (150, 156));
}

fn many_at_once_are_as_one_by_one<S: Store>(store: &mut S) {
    fill(store);
    let by = |person: PersonId, write: Write| (Some(actor(person)), write);
    let writes = [
        by(A, offer(RECORD)),
        by(A, chunk(RECORD, 0, b"x")),
        by(B, chunk(RECORD, 1, b"y")),
        by(A, chunk(RECORD, 0, b"x")),
        by(A, stored(message(1, A, "words"))),
        by(A, stored(post(2, A, PostBody::Erase))),
        by(A, chunk(RECORD, 1, b"y")),
        (None, offer(RECORD)),
    ];
    let written: Vec<Written> = store.write_many(&writes).into_iter().map(Result::unwrap).collect();
    let created = Written::Record { outcome: Outcome::Created, have: vec![], more: false };
    let erased = Written::Erased { erased_ms: 77, records: 1, posts: 1, audit: Digest::default() };
    let should = [created, DONE, Written::Missing, AGAIN, DONE, erased, Written::Gone, Written::Missing];
    assert_eq!(written, should);
    assert!(store.write_many(&[]).is_empty());
}

fn digits_are_good_once<S: Store>(store: &mut S) {
    fill(store);
    let found = |store: &mut S| store.factor(THERAPIST).unwrap().map(|found| (found.secret, found.last_step));
    assert_eq!(found(store), None);
    assert!(!store.use_factor_step(THERAPIST, 5).unwrap(), "there is none");
    assert!(store.set_factor(THERAPIST, b"first").unwrap());
    for (step, good) in [(5, true), (5, false), (4, false), (6, true)] {
        assert_eq!(store.use_factor_step(THERAPIST, step).unwrap(), good, "step {step}");
    }
    assert_eq!(found(store), Some((b"first".to_vec(), 6)));
    assert!(store.set_factor(THERAPIST, b"second").unwrap());
    assert_eq!(found(store), Some((b"second".to_vec(), 0)));
    assert!(!store.set_factor(PersonId([77; 16]), b"nobody's").unwrap());
    store.erase(THERAPIST, 9).unwrap();
    assert_eq!(found(store), None);
    assert!(!store.set_factor(THERAPIST, b"third").unwrap());
}

fn what_asked_for_safety_is_dealt_with_up_to_a_place<S: Store>(store: &mut S) {
    fill(store);
    assert_eq!(store.assignments(home(A)).unwrap(), [(THERAPIST, A, false)]);
    assert_eq!(store.assignments(home(STRANGER)).unwrap(), []);
    assert_eq!(store.safe_until(THERAPIST).unwrap(), []);
    for (said, holds) in [(7, 7), (3, 7), (9, 9)] {
        store.set_safe_until(A, said).unwrap();
        assert_eq!(store.safe_until(THERAPIST).unwrap(), [(A, holds)], "it never goes back");
    }
    assert_eq!(store.safe_until(STRANGER).unwrap(), []);
    store.set_safe_until(B, 1).unwrap();
    assert_eq!(store.safe_until(THERAPIST).unwrap(), [(A, 9)], "they don't treat B");
    assert!(store.assign(THERAPIST, B, Assignment::Treats).unwrap());
    write(store, A, stored(post(3, A, PostBody::Erase)));
    store.set_safe_until(A, 11).unwrap();
    assert_eq!(store.safe_until(THERAPIST).unwrap(), [(B, 1)], "nothing is left of who was erased");
}

fn a_factor_comes_with_the_code<S: Store>(store: &mut S) {
    fill(store);
    let new = PersonId([21; 16]);
    let invited = baro_sync::Invitation { role: Role::Therapist, ..invitation(new) };
    assert!(store.invite_with_factor(code(new), &invited, b"a secret").unwrap());
    assert!(store.factor(new).unwrap().is_none(), "nobody is there yet");
    let paired = store.write(None, &pairing(new, key(new), 6)).unwrap();
    assert_eq!(paired, Written::Paired { outcome: Outcome::Created, invitation: invited });
    let factor = |store: &mut S| store.factor(new).unwrap().map(|factor| factor.secret);
    assert_eq!(factor(store), Some(b"a secret".to_vec()));
    // For another device: the one that they have stays.
    let (again, other) = (Digest([98; 32]), PublicKey([97; 32]));
    assert!(store.invite_with_factor(again, &invited, b"another").unwrap());
    let pair =
        Write::Pair { code: again, key: other, person_key: other, name: Text::default(), paired_ms: 7 };
    assert!(matches!(store.write(None, &pair).unwrap(), Written::Paired { .. }));
    assert_eq!(factor(store), Some(b"a secret".to_vec()));
}

fn a_key_reads_for_somebody_until_it_is_over<S: Store>(store: &mut S) {
    fill(store);
    let (first, second) = (Digest([1; 32]), Digest([2; 32]));
    assert!(store.add_access_key(first, THERAPIST, 100, "ward").unwrap());
    assert!(!store.add_access_key(first, B, 900, "another's").unwrap(), "it is there");
    assert!(!store.add_access_key(second, PersonId([77; 16]), 100, "nobody's").unwrap());
    assert!(store.add_access_key(second, B, 100, "archive").unwrap());
    let found = store.access_key(first, 99).unwrap().unwrap();
    let is = (found.organisation, found.person, found.role);
    assert_eq!(is, (home(THERAPIST), THERAPIST, Role::Therapist));
    assert_eq!(store.access_key(first, 100).unwrap(), None, "it is over");
    let listed = store.access_keys(home(A)).unwrap();
    assert_eq!(listed.iter().map(|key| &*key.label).collect::<Vec<_>>(), ["archive", "ward"]);
    assert!(store.revoke_access_key(first).unwrap() && !store.revoke_access_key(Digest([9; 32])).unwrap());
    assert_eq!(store.access_key(first, 5).unwrap(), None, "revoked");
    store.erase(B, 9).unwrap();
    assert_eq!(store.access_key(second, 5).unwrap(), None, "of somebody who was erased");
    assert!(!store.add_access_key(Digest([3; 32]), B, 100, "too late").unwrap());
}

fn what_a_clinic_keeps_is_its_own<S: Store>(store: &mut S) {
    fill(store);
    for kind in [Kept::Template, Kept::Exercise] {
        kept_of(store, kind);
    }
}

fn kept_of<S: Store>(store: &mut S, kind: Kept) {
    let (own, other) = (home(THERAPIST), home(STRANGER));
    assert!(store.keep(own, kind, "무릎", "one").unwrap() && store.keep(own, kind, "back", "two").unwrap());
    assert!(
        store.keep(own, kind, "back", "three").unwrap() && store.keep(other, kind, "back", "theirs").unwrap()
    );
    let all = |store: &mut S, of| store.kept(of, kind).unwrap();
    let expected =
        [("back", "three"), ("무릎", "one")].map(|(name, text)| (name.to_owned(), text.to_owned()));
    assert_eq!(all(store, own), expected);
    assert!(store.drop_kept(own, kind, "back").unwrap() && !store.drop_kept(own, kind, "back").unwrap());
    assert_eq!(all(store, own), expected[1..]);
    assert_eq!(all(store, other).len(), 1, "another clinic's stays");
    assert!(!store.keep(OrganisationId([77; 16]), kind, "back", "x").unwrap(), "no such organisation");
    for n in 1..200 {
        assert!(store.keep(own, kind, &format!("n{n}"), "x").unwrap(), "{n}");
    }
    assert!(!store.keep(own, kind, "one more", "x").unwrap(), "as many as there may be");
    assert!(store.keep(own, kind, "n7", "changed").unwrap(), "but those that are there change");
}

fn the_operator_revokes_and_erases_with_a_trace<S: Store>(store: &mut S) {
    fill(store);
    store.add_organisation(home(A), "renamed").unwrap();
    let names: Vec<_> = store.organisations().unwrap().into_iter().map(|(_, name)| name).collect();
    assert_eq!(names, ["a clinic", "renamed"]);
    let people = store.people(home(A)).unwrap();
    assert_eq!(people.iter().map(|found| found.person).collect::<Vec<_>>(), [A, B, THERAPIST]);
    assert!(store.revoke_device(actor(A).device, 8).unwrap());
    assert!(!store.revoke_device(DeviceId([5; 16]), 8).unwrap());
    assert!(store.people(home(A)).unwrap()[0].devices[0].revoked);
    write(store, B, offer(RECORD));
    let erased = store.erase(B, 9).unwrap().unwrap();
    let lines = store.audit(0, 9).unwrap();
    assert_eq!(erased, Written::Erased { erased_ms: 9, records: 1, posts: 0, audit: lines[1].digest });
    assert_eq!(store.erase(B, 10).unwrap(), Some(erased), "the same numbers, and no second line");
    assert_eq!(store.erase(PersonId([77; 16]), 10).unwrap(), None);
    let asked: Vec<_> = store.audit(0, 9).unwrap().iter().map(|line| (line.ask, line.about)).collect();
    assert_eq!(asked, [(Ask::RevokeDevice, A), (Ask::Erase, B)]);
    assert!(lines.iter().all(|line| line.actor == PersonId::default()));
    let found = store.people(home(B)).unwrap().into_iter().find(|found| found.person == B).unwrap();
    assert_eq!((found.erased_ms, &*found.devices[0].name), (Some(9), ""));
}

/// Random writes: what became of each, and the feeds, are as in the store that the simulation trusts.
fn the_same_as_in_the_simulation<S: Store>(store: &mut S) {
    use crate::reference;
    fill(store);
    let mut trusted = reference::Store::default();
    for person in [A, B, THERAPIST, STRANGER] {
        let (organisation, role, key) = (home(person), role(person), key(person));
        let consents = Consents::NONE;
        let person_there = reference::Person { organisation, role, consents, key, erased: None };
        trusted.persons.insert(person, person_there);
        let account = store.find(actor(person).device).unwrap().unwrap();
        trusted.devices.insert(actor(person).device, account);
    }
    trusted.treats.insert((THERAPIST, A));
    let mut rng = fastrand::Rng::with_seed(11);
    for step in 0..700 {
        let by = [A, B, THERAPIST, STRANGER][rng.usize(..4)];
        let record = RecordId([40 + rng.u8(..6); 16]);
        let about = if by == THERAPIST { A } else { by };
        let number = u64::from(by.0[0]) * 1_000 + rng.u64(..200);
        let write = match rng.u8(..8) {
            0 => offer(record),
            1..=3 => chunk(record, rng.u32(..3), b"bytes"),
            4 => {
                let chunks = rng.u32(1..4);
                Write::Seal { record, chunks, last: digest(record, chunks - 1) }
            }
            5 => stored(consent(number, about, Purpose::ALL[rng.usize(..4)], rng.bool())),
            6 if step > 450 && rng.u8(..30) == 0 && by != THERAPIST => {
                stored(post(number, by, PostBody::Erase))
            }
            _ => stored(message(number, about, "text")),
        };
        let (is, should) =
            (store.write(Some(&actor(by)), &write).unwrap(), trusted.write(&actor(by), write.clone()));
        assert_eq!(is, should, "step {step}: {by} {write:?}");
        let after = rng.u64(..2) * 3;
        for (request, of) in [(Request::Feed { after, most: 4 }, by), (Request::Have { record, from: 0 }, by)]
        {
            let (facts, data) = store.look(&actor(of), &request).unwrap();
            let (trusted_facts, trusted_data) = trusted.look(&actor(of), &request);
            assert_eq!(facts, trusted_facts, "step {step}");
            // Until something is erased: the reference gives places of feeds away again.
            if trusted.persons.values().all(|person| person.erased.is_none()) {
                assert_eq!(data, trusted_data, "step {step}");
            }
        }
    }
}
