//! Somebody's own side of a room: gets in, comes back after any break, and knows how things stand.

use crate::{Backoff, Millis};
use baro_wire::limits::{CALLED_BYTES, CODE_BYTES, NODE_BYTES, NODES, ROOM_PEOPLE, SHAPE_BYTES};
use baro_wire::room::{Alarm, DoingView, Door, Ending, Happening, MemberView, RoomView, Shows, Slot};
use baro_wire::{Bytes, List, Refusal, Reply, Request, RoomAsk, RoomId, RoomTold, Text};
use std::collections::BTreeMap;

/// A class does not wait: nobody tries less often than this while the device is connected.
const WAIT_MS: u64 = 4_000;

/// Somebody of the room, as far as they may be seen.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Person {
    /// Who.
    pub member: Option<MemberView>,
    /// How it goes.
    pub doing: Option<DoingView>,
    /// Their body.
    pub shape: Option<Bytes<SHAPE_BYTES>>,
}

/// How things stand in the room.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct View {
    /// The room.
    pub room: Option<RoomView>,
    /// Everybody in it, oneself too.
    pub people: BTreeMap<Slot, Person>,
}

/// What happened to the guest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GuestInput {
    /// The device is connected and signed in.
    Online,
    /// It is not any more.
    Offline,
    /// The answer on the room's stream.
    Answered(Reply),
    /// What came behind it.
    Told(RoomTold),
    /// The room's stream ended, or could not be opened.
    Closed,
    /// Something the person does.
    Ask(RoomAsk),
    /// Time has passed.
    Tick,
}

/// What to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GuestAction {
    /// Open a stream for the room and say this on it.
    Enter(Request),
    /// The sign-in is over: connect and sign in anew, then [`GuestInput::Online`].
    SignIn,
    /// Say this on it.
    Say(RoomAsk),
    /// The room's own time and the own slot: for the receiver and the encoder, which begin anew.
    Entered {
        /// Which one is oneself.
        slot: Slot,
        /// The room's clock.
        time_ms: u32,
    },
    /// Something happened. `missed`: something before it is no longer known.
    Happened {
        /// What.
        what: Happening,
        /// Was something before it lost?
        missed: bool,
    },
    /// The room is at another node: connect there.
    Elsewhere(Text<NODE_BYTES>),
    /// Where else the room may go on when this node is gone.
    Nodes(List<Text<NODE_BYTES>, NODES>),
    /// Nobody has this slot any more, or their figure is not to be seen.
    Hidden(Slot),
    /// It was not done.
    Refused(Refusal),
    /// That was it.
    Over(Over),
}

/// Why somebody is in no room any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Over {
    /// They were told.
    Told(Ending),
    /// They were not let in.
    Refused(Refusal),
    /// They were inside, and the room they come back to is no longer there: its server was started anew, or it ended meanwhile.
    Gone,
    /// The server is of a time before there were classes.
    OldServer,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Until the device is connected.
    Offline,
    /// Until then.
    Waiting(Millis),
    /// The answer is awaited.
    Entering,
    Inside,
    Over,
}

/// Somebody's own side of a room.
#[derive(Debug)]
pub struct Guest {
    state: State,
    door: Door,
    /// With which they come in when their place is no longer kept.
    invitation: Option<Text<CODE_BYTES>>,
    called: Text<CALLED_BYTES>,
    shows: Shows,
    shape: Option<Bytes<SHAPE_BYTES>>,
    voice: bool,
    /// What was said of oneself and not shown back by the room: it may be lost with the connection, so it is said anew. The newest counts.
    alarm: Option<Option<Alarm>>,
    hand: Option<bool>,
    /// The sign-in was refused since the room was entered last: not twice.
    signed_out: bool,
    back: Option<RoomId>,
    heard: u64,
    slot: Option<Slot>,
    view: View,
    backoff: Backoff,
}

impl Guest {
    /// To a room that is opened, or into one with its invitation.
    pub fn new(door: Door, called: Text<CALLED_BYTES>, shows: Shows, backoff: Backoff) -> Self {
        let invitation = if let Door::Invited { code } = &door { Some(code.clone()) } else { None };
        Self {
            state: State::Offline,
            door,
            invitation,
            called,
            shows,
            shape: None,
            voice: false,
            alarm: None,
            hand: None,
            signed_out: false,
            back: None,
            heard: 0,
            slot: None,
            view: View::default(),
            backoff,
        }
    }

    /// How things stand; of the time before, while it is not connected.
    pub const fn view(&self) -> &View {
        &self.view
    }

    /// The own slot, once inside.
    pub const fn slot(&self) -> Option<Slot> {
        self.slot
    }

    /// Is it in the room now?
    pub fn is_inside(&self) -> bool {
        self.state == State::Inside
    }

    /// When to call `handle` with [`GuestInput::Tick`].
    pub const fn wake_at(&self) -> Option<Millis> {
        if let State::Waiting(at) = self.state { Some(at) } else { None }
    }

    /// One input, and what follows from it.
    pub fn handle(&mut self, now: Millis, input: GuestInput) -> Vec<GuestAction> {
        let mut out = Vec::new();
        if self.state == State::Over {
            return out;
        }
        match input {
            GuestInput::Online if self.state == State::Offline => self.enter(&mut out),
            GuestInput::Offline => self.state = State::Offline,
            GuestInput::Closed if matches!(self.state, State::Entering | State::Inside) => self.wait(now),
            GuestInput::Tick if self.wake_at().is_some_and(|at| at <= now) => self.enter(&mut out),
            GuestInput::Answered(reply) if self.state == State::Entering => {
                self.answered(now, reply, &mut out)
            }
            GuestInput::Told(told) if self.state == State::Inside => self.told(now, told, &mut out),
            GuestInput::Ask(ask) => self.ask(ask, &mut out),
            GuestInput::Online
            | GuestInput::Closed
            | GuestInput::Tick
            | GuestInput::Answered(_)
            | GuestInput::Told(_) => {}
        }
        out
    }

    fn wait(&mut self, now: Millis) {
        self.state = State::Waiting(now.after(self.backoff.next_ms().min(WAIT_MS)));
    }

    fn enter(&mut self, out: &mut Vec<GuestAction>) {
        self.state = State::Entering;
        let door = match self.back {
            Some(room) => Door::Back { room, seen: self.heard },
            None => self.door.clone(),
        };
        let request = Request::EnterRoom { door, called: self.called.clone(), shows: self.shows };
        out.push(GuestAction::Enter(request));
    }

    fn answered(&mut self, now: Millis, reply: Reply, out: &mut Vec<GuestAction>) {
        match reply {
            Reply::InRoom { room, slot, time_ms, heard, .. } => {
                self.state = State::Inside;
                (self.back, self.slot, self.heard) = (Some(room), Some(slot), heard);
                // All that may be seen now comes; what may not any more, does not.
                self.view = View::default();
                self.backoff.reset();
                self.signed_out = false;
                out.push(GuestAction::Entered { slot, time_ms });
                self.say_again(out);
            }
            Reply::Elsewhere { at } => {
                self.state = State::Offline;
                out.push(GuestAction::Elsewhere(at));
            }
            Reply::Refused { refusal: Refusal::Busy { .. } } => self.wait(now),
            Reply::Refused { refusal: Refusal::SignIn } if !self.signed_out => {
                (self.signed_out, self.state) = (true, State::Offline);
                out.push(GuestAction::SignIn);
            }
            // The place is gone; the invitation may still hold.
            Reply::Refused { refusal: Refusal::NotFound }
                if self.back.is_some() && self.invitation.is_some() =>
            {
                self.back = None;
                self.door = Door::Invited { code: self.invitation.clone().unwrap_or_default() };
                self.enter(out);
            }
            Reply::Refused { refusal: Refusal::NotFound } if self.slot.is_some() => {
                self.over(Over::Gone, out)
            }
            Reply::Refused { refusal } => self.over(Over::Refused(refusal), out),
            _ => self.wait(now),
        }
    }

    fn over(&mut self, over: Over, out: &mut Vec<GuestAction>) {
        self.state = State::Over;
        out.push(GuestAction::Over(over));
    }

    fn told(&mut self, now: Millis, told: RoomTold, out: &mut Vec<GuestAction>) {
        match told {
            RoomTold::Room { room } => {
                // Who leads later may invite; who leads comes back with the newest invitation.
                self.invitation = room.invitation.clone().or_else(|| self.invitation.take());
                self.view.room = Some(room);
            }
            RoomTold::Member { member } => {
                if Some(member.slot) == self.slot {
                    self.hand.take_if(|hand| *hand == member.hand);
                }
                if let Some(person) = self.person(member.slot) {
                    person.member = Some(member);
                }
            }
            RoomTold::Doing { doing } => {
                if Some(doing.slot) == self.slot {
                    self.alarm.take_if(|alarm| *alarm == doing.alarm);
                }
                if let Some(person) = self.person(doing.slot) {
                    person.doing = Some(doing);
                }
            }
            RoomTold::Shape { slot, shape } => {
                if shape.is_none() {
                    out.push(GuestAction::Hidden(slot));
                }
                if let Some(person) = self.person(slot) {
                    person.shape = shape;
                }
            }
            RoomTold::Gone { slot } => {
                self.view.people.remove(&slot);
                out.push(GuestAction::Hidden(slot));
            }
            RoomTold::Happened { number, after, what } => {
                if number > self.heard {
                    let missed = after != self.heard;
                    self.heard = number;
                    out.push(GuestAction::Happened { what, missed });
                }
            }
            RoomTold::Not { why, .. } => out.push(GuestAction::Refused(why)),
            // The room is elsewhere in a moment, or here again.
            RoomTold::Over { why: Ending::Moving } => self.wait(now),
            RoomTold::Over { why } => self.over(Over::Told(why), out),
            RoomTold::Nodes { at } => out.push(GuestAction::Nodes(at)),
        }
    }

    fn person(&mut self, slot: Slot) -> Option<&mut Person> {
        (usize::from(slot) < ROOM_PEOPLE).then(|| self.view.people.entry(slot).or_default())
    }

    fn own(&self) -> Option<&Person> {
        self.view.people.get(&self.slot?)
    }

    fn means(&mut self, alarm: Option<Alarm>) {
        let own = self.own().and_then(|own| own.doing.as_ref());
        let shown = own.and_then(|own| own.alarm) == alarm && self.alarm.is_none();
        self.alarm = (!shown).then_some(alarm);
    }

    /// What counts for as long as one is there.
    fn say_again(&self, out: &mut Vec<GuestAction>) {
        let shape = self.shape.clone().map(|shape| RoomAsk::Shape { shape });
        let alarm = self.alarm.map(|alarm| alarm.map_or(RoomAsk::Fine, |alarm| RoomAsk::Alarm { alarm }));
        let hand = self.hand.map(|up| RoomAsk::Hand { up });
        let voice = self.voice.then_some(RoomAsk::Voice { on: true });
        out.extend([shape, voice, alarm, hand].into_iter().flatten().map(GuestAction::Say));
    }

    /// What the person says of themselves is said until the room shows it. All else that is said while not inside is not said later: it
    /// would be out of place.
    fn ask(&mut self, ask: RoomAsk, out: &mut Vec<GuestAction>) {
        match &ask {
            RoomAsk::Show { shows } => self.shows = *shows,
            RoomAsk::Shape { shape } => self.shape = Some(shape.clone()),
            RoomAsk::Voice { on } => self.voice = *on,
            RoomAsk::Alarm { alarm } => self.means(Some(*alarm)),
            RoomAsk::Fine => self.means(None),
            RoomAsk::Hand { up } => {
                let own = self.own().and_then(|own| own.member.as_ref());
                let shown = own.is_some_and(|own| own.hand == *up) && self.hand.is_none();
                self.hand = (!shown).then_some(*up);
            }
            _ => {}
        }
        if self.state == State::Inside {
            out.push(GuestAction::Say(ask));
        }
    }
}
