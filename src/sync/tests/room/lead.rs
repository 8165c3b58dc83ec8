//! Who leads, what all do together, and where it goes on.

use crate::hall::*;

#[test]
fn all_begin_at_the_same_time() {
    let mut hall = Hall::open();
    let (leader, anna) = (hall.leader(), hall.patient(ANNA, &[]));
    hall.asks(anna, RoomAsk::Start { exercise: text("squat") });
    assert_eq!(hall.ears[&anna].refused, [Refusal::NotAllowed]);
    let begins = hall.room.time_ms(hall.now) + COUNTDOWN_MS as u32;
    hall.asks(leader, RoomAsk::Start { exercise: text("squat") });
    hall.passes(100);
    for visit in [leader, anna] {
        let starting = Activity::Starting { exercise: text("squat"), starts_ms: begins };
        assert_eq!(hall.ears[&visit].room.as_ref().unwrap().activity, starting);
    }
    hall.passes(COUNTDOWN_MS);
    let moving = Activity::Moving { exercise: text("squat"), since_ms: begins };
    assert_eq!(hall.ears[&anna].room.as_ref().unwrap().activity, moving);
    hall.asks(leader, RoomAsk::StopAll);
    hall.passes(100);
    assert!(matches!(hall.ears[&anna].room.as_ref().unwrap().activity, Activity::Stopped { .. }));
}

#[test]
fn the_lead_is_handed_over_taken_and_given_back() {
    let mut hall = Hall::open();
    let (leader, anna, therapist) =
        (hall.leader(), hall.patient(ANNA, &[]), hall.enters(THERAPIST, &[], &[], None));
    let [first, second, third] = [leader, anna, therapist].map(|visit| hall.slot(visit));
    let leads = |hall: &Hall, visit| hall.ears[&visit].room.as_ref().unwrap().leader.unwrap();
    hall.passes(100);
    assert_eq!(leads(&hall, anna), first);
    hall.asks(leader, RoomAsk::HandOver { to: third });
    hall.asks(anna, RoomAsk::TakeOver { accept: true });
    assert_eq!(hall.ears[&anna].refused, [Refusal::NotAllowed], "it was offered to another one");
    hall.asks(therapist, RoomAsk::TakeOver { accept: true });
    hall.passes(100);
    assert_eq!(leads(&hall, leader), third);
    assert!(hall.ears[&leader].room.as_ref().unwrap().invitation.is_none());
    assert!(hall.ears[&therapist].room.as_ref().unwrap().invitation.is_some());
    assert_eq!(hall.ears[&anna].members[&third].place, 0);
    // Gone for long, and back: staff stands in before a patient does.
    hall.input(Input::Lost(therapist));
    hall.passes(LEADER_GONE_MS - 1_000);
    assert_eq!(leads(&hall, anna), third);
    hall.passes(2_000);
    assert_eq!(leads(&hall, anna), first);
    hall.input(Input::Lost(leader));
    hall.passes(LEADER_GONE_MS + 1_000);
    assert_eq!(leads(&hall, anna), second);
    assert!(hall.ears[&anna].room.as_ref().unwrap().invitation.is_none(), "who stands in invites nobody");
    hall.asks(anna, RoomAsk::Mute { slot: first, muted: true });
    assert_eq!(hall.ears[&anna].refused.len(), 2);
    hall.asks(anna, RoomAsk::StopAll);
    assert_eq!(hall.ears[&anna].refused.len(), 2, "but can stop the class");
    hall.enters(THERAPIST, &[], &[], Some(0));
    hall.passes(100);
    assert_eq!(leads(&hall, anna), third, "who was away leads again");
}

#[test]
fn who_leads_mutes_and_sends_away() {
    let mut hall = Hall::open();
    let (leader, anna, ben) = (hall.leader(), hall.patient(ANNA, &[]), hall.patient(BEN, &[]));
    let slot = hall.slot(anna);
    hall.asks(leader, RoomAsk::Mute { slot, muted: true });
    hall.asks(anna, RoomAsk::Say { text: text("!") });
    assert_eq!(hall.ears[&anna].refused, [Refusal::NotAllowed]);
    hall.asks(ben, RoomAsk::Report { slot, offence: Offence::Insulting });
    hall.passes(100);
    let report = Happening::Reported { by: hall.slot(ben), slot };
    assert_eq!(hall.reports, [(person(ANNA), Offence::Insulting)], "why stands in the audit log");
    assert_eq!(hall.ears[&leader].heard.last().unwrap().2, report);
    assert!(hall.ears[&ben].heard.is_empty() && hall.ears[&anna].heard.is_empty());
    hall.asks(leader, RoomAsk::Remove { slot });
    assert_eq!(hall.ears[&anna].over, Some(Ending::Removed));
    let again = hall.patient(ANNA, &[]);
    assert_eq!(hall.answer(again), Err(Refusal::RoomClosed));
    hall.asks(leader, RoomAsk::End);
    assert!(hall.ended && hall.ears[&ben].over == Some(Ending::Ended));
    let late = hall.patient(BEN, &[]);
    assert_eq!(hall.answer(late), Err(Refusal::NotFound));
}

#[test]
fn a_room_ends_when_nobody_is_there() {
    let mut hall = Hall::open();
    let leader = hall.leader();
    hall.input(Input::Lost(leader));
    hall.passes(baro_sync::room::EMPTY_MS - 1_000);
    assert!(!hall.ended);
    hall.passes(2_000);
    assert!(hall.ended);
}

#[test]
fn a_room_that_was_open_for_too_long_says_so() {
    let mut hall = Hall::open();
    let leader = hall.leader();
    hall.now = hall.now.after(baro_sync::room::LIFE_MS);
    hall.passes(100);
    assert_eq!(hall.ears[&leader].over, Some(Ending::TooLong));
}

/// A class that lost its leader is kept going by whoever is there; it does not become theirs to give away, and they hear no reports.
#[test]
fn who_stands_in_only_keeps_the_place() {
    let mut hall = Hall::open();
    let (leader, anna, ben) = (hall.leader(), hall.patient(ANNA, &[]), hall.patient(BEN, &[]));
    let [first, second, third] = [leader, anna, ben].map(|visit| hall.slot(visit));
    let leads = |hall: &Hall, visit| hall.ears[&visit].room.as_ref().unwrap().leader.unwrap();
    hall.input(Input::Lost(leader));
    hall.passes(LEADER_GONE_MS + 1_000);
    assert_eq!(leads(&hall, ben), second);
    hall.asks(ben, RoomAsk::Report { slot: first, offence: Offence::Disturbing });
    hall.asks(anna, RoomAsk::HandOver { to: third });
    hall.asks(ben, RoomAsk::TakeOver { accept: true });
    hall.passes(100);
    assert_eq!(leads(&hall, ben), third);
    let therapist = hall.enters(THERAPIST, &[], &[], None);
    hall.asks(ben, RoomAsk::Report { slot: second, offence: Offence::Other });
    hall.enters(LEADER, &[], &[], Some(0));
    hall.passes(100);
    assert_eq!(leads(&hall, ben), first, "who was away leads again");
    let offences: Vec<_> = hall.reports.iter().map(|(_, offence)| *offence).collect();
    assert_eq!(offences, [Offence::Disturbing, Offence::Other]);
    let told = |visit| {
        let reports = |(_, _, what): &&(u64, u64, Happening)| matches!(what, Happening::Reported { .. });
        hall.ears[&visit].heard.iter().filter(reports).count()
    };
    assert_eq!([anna, ben, therapist].map(told), [0, 0, 1], "to staff, though they don't lead");
}

/// Also who holds the ball ends the game.
#[test]
fn a_game_ends_when_who_leads_says_so() {
    let mut hall = Hall::open();
    let leader = hall.leader();
    hall.asks(leader, RoomAsk::StartPlay { kind: PlayKind::PassBall });
    hall.passes(100);
    assert!(hall.ears[&leader].room.as_ref().unwrap().play.is_some());
    hall.asks(leader, RoomAsk::EndPlay);
    hall.passes(100);
    assert_eq!(hall.ears[&leader].room.as_ref().unwrap().play, None);
}

/// The set begins with the game and ends with it; who leads need not squat, and who is in pain is not waited for.
#[test]
fn a_room_squats_in_step() {
    let mut hall = Hall::open();
    let (leader, anna, ben) = (hall.leader(), hall.patient(ANNA, &[]), hall.patient(BEN, &[]));
    let activity = |hall: &Hall| hall.ears[&anna].room.as_ref().unwrap().activity.clone();
    hall.asks(leader, RoomAsk::StartPlay { kind: PlayKind::Squats });
    hall.passes(COUNTDOWN_MS + 100);
    assert!(matches!(activity(&hall), Activity::Moving { exercise, .. } if exercise == text("squat")));
    let squats = |hall: &mut Hall, who: Visit| {
        let at_ms = hall.room.time_ms(hall.now);
        hall.asks(who, RoomAsk::Beat { at_ms });
    };
    let round = |hall: &mut Hall| {
        hall.passes(3_000);
        let heard = &hall.ears[&leader].heard;
        heard.last().map(|(_, _, what)| what.clone()).unwrap()
    };
    squats(&mut hall, anna);
    hall.passes(200);
    squats(&mut hall, ben);
    assert!(matches!(round(&mut hall), Happening::Round { together: true, spread_ms: Some(_) }));
    squats(&mut hall, anna);
    hall.passes(900);
    squats(&mut hall, ben);
    assert!(matches!(round(&mut hall), Happening::Round { together: false, spread_ms: Some(_) }));
    hall.asks(leader, RoomAsk::EndPlay);
    hall.passes(100);
    assert_eq!(activity(&hall), Activity::Rest);
}

#[test]
fn the_room_plays_together() {
    let mut hall = Hall::open();
    let (leader, anna) = (hall.leader(), hall.patient(ANNA, &[]));
    let (by, to) = (hall.slot(leader), hall.slot(anna));
    hall.asks(leader, RoomAsk::StartPlay { kind: PlayKind::PassBall });
    hall.asks(leader, RoomAsk::Throw { to, flight_ms: 800 });
    hall.passes(800);
    hall.asks(anna, RoomAsk::Catch { caught: true });
    hall.passes(100);
    for visit in [leader, anna] {
        let held = Play::PassBall { ball: Ball::Held { by: to }, passes: 1, drops: 0 };
        assert_eq!(hall.ears[&visit].room.as_ref().unwrap().play, Some(held));
        assert_eq!(hall.ears[&visit].heard.last().unwrap().2, Happening::Caught { by: to });
    }
    hall.input(Input::Lost(anna));
    hall.passes(100);
    let held = Play::PassBall { ball: Ball::Held { by }, passes: 1, drops: 0 };
    assert_eq!(hall.ears[&leader].room.as_ref().unwrap().play, Some(held));
}

#[test]
fn another_server_goes_on() {
    let mut hall = Hall::open();
    let (leader, anna) = (hall.leader(), hall.patient(ANNA, &[]));
    let slots = [leader, anna].map(|visit| hall.slot(visit));
    hall.asks(leader, RoomAsk::Start { exercise: text("squat") });
    hall.asks(leader, RoomAsk::Phrase { phrase: Phrase::Together });
    hall.passes(100);
    let (seen, ..) = *hall.ears[&anna].heard.last().unwrap();
    hall.asks(leader, RoomAsk::Phrase { phrase: Phrase::Slower });
    let time_ms = hall.room.time_ms(hall.now);
    let bytes = postcard::to_stdvec(&hall.room.snapshot(hall.now)).unwrap();
    // Its clock began at another time.
    hall.now = Millis(77);
    hall.room = Room::restore(hall.now, postcard::from_bytes::<Snapshot>(&bytes).unwrap());
    assert_eq!(hall.room.time_ms(hall.now), time_ms);
    let anna = hall.enters(ANNA, &[Purpose::Class], &[], Some(seen));
    hall.passes(100);
    let ear = &hall.ears[&anna];
    assert_eq!(hall.answer(anna), Ok((slots[1], seen, true)));
    assert_eq!(ear.heard.len(), 1, "what was missed, once");
    assert_eq!(ear.members.keys().copied().collect::<Vec<_>>(), slots);
    assert!(matches!(ear.room.as_ref().unwrap().activity, Activity::Starting { .. }));
    assert_eq!(ear.room.as_ref().unwrap().leader, Some(slots[0]));
    let leader = hall.enters(LEADER, &[], &[], Some(seen));
    hall.asks(leader, RoomAsk::StopAll);
    hall.passes(100);
    assert!(matches!(hall.ears[&anna].room.as_ref().unwrap().activity, Activity::Stopped { .. }));
}
