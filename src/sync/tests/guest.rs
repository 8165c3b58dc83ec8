//! Somebody's own side of a room: what is said anew after a break, and why a stay ends.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking, and clippy does not see that these are tests"
)]

use baro_sync::room::{Guest, GuestAction, GuestInput, Over};
use baro_sync::{Backoff, Millis};
use baro_wire::room::{Alarm, DoingView, Door, Ending, MemberView, Shows, Slot};
use baro_wire::*;

const NOW: Millis = Millis(1_000);
const ME: Slot = 3;

fn guest() -> Guest {
    let door = Door::Invited { code: Text::new("K7QM2XWP").unwrap() };
    Guest::new(door, Text::default(), Shows::NOTHING, Backoff::new(7))
}

/// What it says on its stream, and why it ends.
fn does(guest: &mut Guest, input: GuestInput) -> (Vec<RoomAsk>, Option<Over>) {
    let (mut said, mut ends) = (Vec::new(), None);
    for action in guest.handle(NOW, input) {
        match action {
            GuestAction::Say(ask) => said.push(ask),
            GuestAction::Over(over) => ends = Some(over),
            _ => {}
        }
    }
    (said, ends)
}

fn enters(guest: &mut Guest) -> Vec<RoomAsk> {
    guest.handle(NOW, GuestInput::Online);
    let reply = Reply::InRoom { room: RoomId([1; 16]), slot: ME, time_ms: 5, heard: 0, back: false };
    does(guest, GuestInput::Answered(reply)).0
}

fn refused(guest: &mut Guest, refusal: Refusal) -> Vec<GuestAction> {
    guest.handle(NOW, GuestInput::Answered(Reply::Refused { refusal }))
}

fn shown(alarm: Option<Alarm>) -> GuestInput {
    let doing = DoingView { slot: ME, repetitions: None, score: None, heart_rate: None, form: None, alarm };
    GuestInput::Told(RoomTold::Doing { doing })
}

fn shown_hand(hand: bool) -> GuestInput {
    let member = MemberView {
        slot: ME,
        called: Text::default(),
        role: Role::Patient,
        person: None,
        place: 1,
        here: true,
        ready: false,
        hand,
        muted: false,
        shows: Shows::NOTHING,
        variant: None,
        voice: false,
    };
    GuestInput::Told(RoomTold::Member { member })
}

const PAIN: RoomAsk = RoomAsk::Alarm { alarm: Alarm::Pain };
const UP: RoomAsk = RoomAsk::Hand { up: true };

/// What somebody needs is never lost with their connection: not while it is cut, and not just before it was known to be.
#[test]
fn a_need_is_said_until_the_room_shows_it() {
    let mut guest = guest();
    assert!(enters(&mut guest).is_empty());
    // Said into a connection that was dead already.
    assert_eq!(does(&mut guest, GuestInput::Ask(UP)).0, [UP]);
    guest.handle(NOW, GuestInput::Offline);
    assert!(does(&mut guest, GuestInput::Ask(PAIN)).0.is_empty());
    assert_eq!(enters(&mut guest), [PAIN, UP]);
    guest.handle(NOW, shown(Some(Alarm::Pain)));
    guest.handle(NOW, shown_hand(true));
    // Somebody attended: it is not said again.
    guest.handle(NOW, shown(None));
    guest.handle(NOW, GuestInput::Offline);
    assert!(enters(&mut guest).is_empty());
    guest.handle(NOW, shown(Some(Alarm::Pain)));
    // The newest counts.
    guest.handle(NOW, GuestInput::Offline);
    for ask in [RoomAsk::Fine, PAIN, RoomAsk::Fine, RoomAsk::Hand { up: false }] {
        guest.handle(NOW, GuestInput::Ask(ask));
    }
    assert_eq!(enters(&mut guest), [RoomAsk::Fine, RoomAsk::Hand { up: false }]);
}

/// A sign-in that is over is renewed with a new connection, once.
#[test]
fn a_sign_in_that_is_over_is_renewed() {
    let mut guest = guest();
    guest.handle(NOW, GuestInput::Online);
    assert_eq!(refused(&mut guest, Refusal::SignIn), [GuestAction::SignIn]);
    assert_eq!(guest.wake_at(), None, "not again on this connection");
    guest.handle(NOW, GuestInput::Offline);
    guest.handle(NOW, GuestInput::Online);
    assert_eq!(refused(&mut guest, Refusal::SignIn), [GuestAction::Over(Over::Refused(Refusal::SignIn))]);
}

#[test]
fn each_end_has_its_reason() {
    let mut guessing = guest();
    guessing.handle(NOW, GuestInput::Online);
    let wait = Refusal::TooManyAttempts { wait_s: 60 };
    assert_eq!(refused(&mut guessing, wait), [GuestAction::Over(Over::Refused(wait))]);
    let mut mistyped = guest();
    mistyped.handle(NOW, GuestInput::Online);
    let over = GuestAction::Over(Over::Refused(Refusal::NotFound));
    assert_eq!(refused(&mut mistyped, Refusal::NotFound), [over]);
    // The server was started anew: neither the place nor the invitation is known there.
    let mut left_alone = guest();
    enters(&mut left_alone);
    left_alone.handle(NOW, GuestInput::Offline);
    left_alone.handle(NOW, GuestInput::Online);
    assert!(matches!(refused(&mut left_alone, Refusal::NotFound)[..], [GuestAction::Enter(_)]));
    assert_eq!(refused(&mut left_alone, Refusal::NotFound), [GuestAction::Over(Over::Gone)]);
    let mut long = guest();
    enters(&mut long);
    let told = GuestInput::Told(RoomTold::Over { why: Ending::TooLong });
    assert_eq!(does(&mut long, told).1, Some(Over::Told(Ending::TooLong)));
}
