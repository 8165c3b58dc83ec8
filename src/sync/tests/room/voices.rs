//! Who hears whom.

use crate::hall::*;

fn says(hall: &mut Hall, who: Visit, number: u16) {
    let mut bytes = Vec::new();
    Speech { number, opus: vec![number as u8] }.write_up(&mut bytes);
    hall.input(Input::Datagram(who, bytes));
}

/// What each of them heard since it was asked last.
fn heard(hall: &mut Hall, all: &[Visit]) -> Vec<usize> {
    all.iter().map(|visit| std::mem::take(&mut hall.ear(*visit).voices).len()).collect()
}

#[test]
fn voices_are_for_who_turned_theirs_on() {
    let mut hall = Hall::open();
    let (leader, anna, ben) = (hall.leader(), hall.patient(ANNA, &[]), hall.patient(BEN, &[]));
    let (all, slot) = ([leader, anna, ben], hall.slot(anna));
    hall.asks(leader, RoomAsk::Voice { on: true });
    says(&mut hall, leader, 1);
    says(&mut hall, anna, 1);
    assert_eq!(heard(&mut hall, &all), [0, 0, 0], "off at first: to hear and to be heard");
    hall.asks(anna, RoomAsk::Voice { on: true });
    hall.passes(100);
    assert!(hall.ears[&ben].members[&slot].voice, "all see whose voice is on");
    says(&mut hall, leader, 2);
    says(&mut hall, anna, 2);
    assert_eq!(hall.ears[&leader].voices, [(slot, Speech { number: 2, opus: vec![2] })], "at once");
    assert_eq!(heard(&mut hall, &all), [1, 1, 0], "nobody hears themselves");
    hall.asks(leader, RoomAsk::Mute { slot, muted: true });
    says(&mut hall, anna, 3);
    assert_eq!(heard(&mut hall, &all), [0, 0, 0], "who is muted is not heard");
    says(&mut hall, leader, 3);
    assert_eq!(heard(&mut hall, &all), [0, 1, 0], "but hears");
    hall.asks(leader, RoomAsk::Mute { slot, muted: false });
    says(&mut hall, anna, 4);
    assert_eq!(heard(&mut hall, &all), [1, 0, 0]);
    hall.input(Input::Lost(anna));
    hall.passes(100);
    assert!(!hall.ears[&ben].members[&slot].voice);
    let back = hall.enters(ANNA, &[Purpose::Class], &[], Some(0));
    says(&mut hall, back, 5);
    says(&mut hall, leader, 5);
    assert_eq!(heard(&mut hall, &[leader, back, ben]), [0, 0, 0], "off again until their program says so");
    hall.asks(back, RoomAsk::Voice { on: true });
    hall.asks(leader, RoomAsk::Remove { slot });
    says(&mut hall, back, 6);
    says(&mut hall, leader, 6);
    assert_eq!(heard(&mut hall, &[leader, back, ben]), [0, 0, 0], "who was sent away is out");
}

#[test]
fn few_speak_at_the_same_time_and_the_leader_always() {
    let mut hall = Hall::open();
    let leader = hall.leader();
    let people: Vec<Visit> = (20..28).map(|who| hall.patient(who, &[])).collect();
    for visit in people.iter().chain([&leader]) {
        hall.asks(*visit, RoomAsk::Voice { on: true });
    }
    let (listens, speak) = people.split_last().unwrap();
    for number in 0..3 {
        speak.iter().for_each(|visit| says(&mut hall, *visit, number));
        says(&mut hall, leader, number);
    }
    assert_eq!(heard(&mut hall, &[*listens]), [3 * (VOICES + 1)]);
    hall.passes(1_000);
    says(&mut hall, speak[6], 9);
    assert_eq!(heard(&mut hall, &[*listens]), [1], "who pauses lets another one speak");
    // More than a microphone makes is not passed on, and ends with who sends it.
    for number in 0..1_000 {
        says(&mut hall, speak[6], number);
    }
    assert!(heard(&mut hall, &[*listens])[0] <= 40 && hall.ears[&speak[6]].over == Some(Ending::TooMuch));
    hall.input(Input::Datagram(speak[5], vec![Speech::UP, 0, 0]));
    assert_eq!(heard(&mut hall, &[*listens]), [0], "what is no speech goes to nobody");
}
