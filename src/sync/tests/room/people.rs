//! Who comes in, who comes back, and who sees what.

use crate::hall::*;

#[test]
fn who_comes_in() {
    let mut hall = Hall::open();
    hall.leader();
    let hidden = hall.enters(ANNA, &[], &[], None);
    assert_eq!(hall.answer(hidden), Err(Refusal::ConsentMissing { purpose: Purpose::Class }));
    let stranger = hall.enters(ANNA, &[Purpose::Class], &[], Some(0));
    assert_eq!(hall.answer(stranger), Err(Refusal::NotFound), "no place was kept for them");
    for who in 0..limits::ROOM_PEOPLE as u8 - 1 {
        let visit = hall.patient(100 + who, &[]);
        assert!(hall.answer(visit).is_ok(), "{who}");
    }
    let late = hall.patient(ANNA, &[]);
    assert_eq!(hall.answer(late), Err(Refusal::RoomFull));
    hall.passes(100);
    let mut places: Vec<u8> = hall.ears[&Visit(1)].members.values().map(|member| member.place).collect();
    places.sort_unstable();
    assert_eq!(places, (0..limits::ROOM_PEOPLE as u8).collect::<Vec<_>>(), "each has a place of their own");
}

#[test]
fn nothing_is_shown_unasked() {
    let mut hall = Hall::open();
    let (leader, anna) = (hall.leader(), hall.patient(ANNA, &[]));
    let ben = hall.patient(BEN, &[]);
    let shape = Bytes::new(vec![1]).unwrap();
    hall.asks(anna, doing());
    hall.asks(anna, RoomAsk::Shape { shape: shape.clone() });
    hall.passes(100);
    let slot = hall.slot(anna);
    for other in [leader, ben] {
        let ear = &hall.ears[&other];
        assert_eq!(ear.members[&slot].person, None);
        assert!(!ear.doing.contains_key(&slot) && !ear.shapes.contains_key(&slot));
    }
    assert_eq!(hall.ears[&anna].doing[&slot].heart_rate, Some(120), "one's own");
    hall.asks(anna, RoomAsk::Show { shows: shows(&[Aspect::Avatar, Aspect::Repetitions]) });
    hall.passes(100);
    let seen = &hall.ears[&ben];
    assert_eq!(seen.shapes[&slot], Some(shape));
    let DoingView { repetitions, score, heart_rate, form, alarm, .. } = seen.doing[&slot].clone();
    assert_eq!((repetitions, score, heart_rate, form, alarm), (Some(7), None, None, None, None));
    hall.asks(anna, RoomAsk::Show { shows: Shows::NOTHING });
    hall.passes(100);
    assert!(hall.ears[&ben].doing[&slot].repetitions.is_none() && hall.ears[&ben].shapes[&slot].is_none());
}

#[test]
fn who_treats_them_sees_what_they_agreed_to() {
    let mut hall = Hall::open();
    hall.leader();
    let therapist = hall.enters(THERAPIST, &[], &[], None);
    let anna = hall.enters(ANNA, &[Purpose::Class, Purpose::Movements], &[], None);
    hall.asks(anna, doing());
    hall.asks(anna, RoomAsk::Alarm { alarm: Alarm::Pain });
    hall.passes(100);
    let slot = hall.slot(anna);
    assert!(!hall.ears[&therapist].doing.contains_key(&slot), "not before it is in the audit log");
    assert!(hall.relates.contains(&(person(THERAPIST), person(ANNA), None)));
    assert!(hall.relates.iter().all(|(viewer, ..)| *viewer != person(ANNA)));
    hall.input(Input::Related { viewer: person(THERAPIST), of: person(ANNA), relation: Relation::Treats });
    hall.passes(100);
    let seen = &hall.ears[&therapist].doing[&slot];
    assert_eq!(seen.form.as_ref().unwrap().faults.len(), 1);
    assert_eq!((seen.heart_rate, seen.alarm), (Some(120), Some(Alarm::Pain)));
    assert_eq!(hall.ears[&therapist].members[&slot].person, Some(person(ANNA)));
    // Only movements are withdrawn: pain is still told.
    hall.input(Input::Consents(person(ANNA), consents(&[Purpose::Class])));
    let seen = &hall.ears[&therapist].doing[&slot];
    assert!(seen.form.is_none() && seen.heart_rate.is_none() && seen.repetitions.is_none());
    assert_eq!(seen.alarm, Some(Alarm::Pain));
    // And then everything.
    hall.input(Input::Consents(person(ANNA), Consents::NONE));
    assert_eq!(hall.ears[&anna].over, Some(Ending::NotAgreed));
    assert!(!hall.ears[&therapist].members.contains_key(&slot));
}

/// Whoever leads is told of pain, and nobody else; a relation that the store does not know gives nothing.
#[test]
fn an_alarm_is_for_who_leads() {
    let mut hall = Hall::open();
    let (leader, ben, anna) = (hall.leader(), hall.patient(BEN, &[]), hall.patient(ANNA, &[]));
    hall.input(Input::Related { viewer: person(LEADER), of: person(ANNA), relation: Relation::Colleague });
    hall.asks(anna, doing());
    hall.asks(anna, RoomAsk::Alarm { alarm: Alarm::Fall });
    hall.passes(100);
    let slot = hall.slot(anna);
    let seen = hall.ears[&leader].doing[&slot].clone();
    assert_eq!((seen.alarm, seen.form, seen.repetitions), (Some(Alarm::Fall), None, None));
    assert!(!hall.ears[&ben].doing.contains_key(&slot));
    hall.asks(ben, RoomAsk::Attend { slot });
    assert_eq!(hall.ears[&ben].refused, [Refusal::NotAllowed]);
    hall.asks(leader, RoomAsk::Attend { slot });
    hall.passes(100);
    assert_eq!(hall.ears[&leader].doing[&slot].alarm, None);
}

#[test]
fn who_comes_back_has_their_place_and_misses_nothing() {
    let mut hall = Hall::open();
    let (leader, anna) = (hall.leader(), hall.patient(ANNA, &[]));
    hall.asks(leader, RoomAsk::Phrase { phrase: Phrase::Hello });
    hall.passes(100);
    let (slot, ..) = hall.answer(anna).unwrap();
    let (seen, ..) = *hall.ears[&anna].heard.last().unwrap();
    let place = hall.ears[&anna].members[&slot].place;
    hall.input(Input::Lost(anna));
    hall.asks(leader, RoomAsk::Phrase { phrase: Phrase::WellDone });
    hall.asks(leader, RoomAsk::Cue { to: slot, cue: text("slower") });
    hall.passes(KEEP_MS / 2);
    assert!(!hall.ears[&leader].members[&slot].here);
    let back = hall.enters(ANNA, &[Purpose::Class], &[], Some(seen));
    hall.passes(100);
    assert_eq!(hall.answer(back), Ok((slot, seen, true)));
    assert_eq!(hall.ears[&back].members[&slot].place, place);
    let by = hall.slot(leader);
    let missed: Vec<Happening> = hall.ears[&back].heard.iter().map(|(.., what)| what.clone()).collect();
    let phrase = Happening::Phrase { by, phrase: Phrase::WellDone };
    assert_eq!(missed, [phrase, Happening::Cued { by, cue: text("slower") }]);
    assert_eq!(hall.ears[&back].heard[0].1, seen, "nothing is missing in between");
    // Another device takes the place over.
    let elsewhere = hall.enters(ANNA, &[Purpose::Class], &[], None);
    assert_eq!((hall.slot(elsewhere), hall.ears[&back].over), (slot, Some(Ending::Elsewhere)));
    hall.input(Input::Lost(back));
    hall.passes(100);
    assert!(hall.ears[&leader].members[&slot].here, "the end of the old connection changes nothing");
    hall.input(Input::Lost(elsewhere));
    hall.passes(KEEP_MS + 100);
    assert!(!hall.ears[&leader].members.contains_key(&slot));
}

/// What is too long ago is gone, and that something is missing is seen.
#[test]
fn what_is_forgotten_is_told_to_be_missing() {
    let mut hall = Hall::open();
    let (leader, anna) = (hall.leader(), hall.patient(ANNA, &[]));
    hall.passes(100);
    hall.input(Input::Lost(anna));
    for _ in 0..2 * baro_sync::room::KEPT_HAPPENINGS {
        hall.passes(1_000);
        hall.asks(leader, RoomAsk::React { reaction: baro_wire::room::Reaction::Clap });
        if hall.now.0 % 60_000 < 1_000 {
            let visit = hall.enters(ANNA, &[Purpose::Class], &[], Some(0));
            hall.input(Input::Lost(visit));
        }
    }
    let back = hall.enters(ANNA, &[Purpose::Class], &[], Some(0));
    hall.passes(100);
    let heard = &hall.ears[&back].heard;
    assert_eq!(heard.len(), baro_sync::room::KEPT_HAPPENINGS);
    assert!(heard[0].1 > 0 && heard.windows(2).all(|two| two[1].1 == two[0].0));
}

/// What the store says of people changes while they are here: it is asked again of each, within the time in which all had their turn.
#[test]
fn the_store_is_asked_again() {
    let mut hall = Hall::open();
    let therapist = hall.enters(THERAPIST, &[], &[], None);
    let anna = hall.patient(ANNA, &[Aspect::Score]);
    assert_eq!(hall.looks, [person(THERAPIST), person(ANNA)], "at the door, for what was withdrawn there");
    let treats = |relation| Input::Related { viewer: person(THERAPIST), of: person(ANNA), relation };
    hall.input(treats(Relation::Treats));
    (hall.looks, hall.relates) = (Vec::new(), Vec::new());
    hall.passes(1_000 * limits::ROOM_PEOPLE as u64 + 100);
    assert!(hall.looks.contains(&person(ANNA)) && hall.looks.contains(&person(THERAPIST)));
    assert!(hall.relates.contains(&(person(THERAPIST), person(ANNA), Some(Relation::Treats))));
    assert!(hall.looks.len() <= 4, "each once: {:?}", hall.looks);
    let slot = hall.slot(anna);
    assert_eq!(hall.ears[&therapist].members[&slot].person, Some(person(ANNA)));
    hall.input(treats(Relation::Colleague));
    hall.passes(100);
    assert_eq!(hall.ears[&therapist].members[&slot].person, None, "assigned no more");
}

/// Who is erased is out in the same moment, staff too, and leads nothing when somebody comes back.
#[test]
fn who_is_erased_is_in_no_room() {
    let mut hall = Hall::open();
    let (leader, anna) = (hall.leader(), hall.patient(ANNA, &[]));
    let first = hall.slot(leader);
    hall.passes(100);
    hall.input(Input::Gone(person(LEADER)));
    assert_eq!(hall.ears[&leader].over, Some(Ending::Erased));
    assert!(!hall.ears[&anna].members.contains_key(&first));
    hall.passes(100);
    assert_eq!(hall.ears[&anna].room.as_ref().unwrap().leader, Some(hall.slot(anna)));
    hall.input(Input::Gone(person(ANNA)));
    assert_eq!(hall.ears[&anna].over, Some(Ending::Erased));
}
