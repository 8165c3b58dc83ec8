//! The own voice in a class, and the others': microphone and loudspeaker are open while it is on, and not before.

use super::{Classroom, OthersBody};
use crate::{audio::Voice, scene::place, visit::Visiting};
use baro_agent::VoiceLine;
use baro_home::Step;
use baro_screens::class::{HallPress, Lack, OwnVoice};
use baro_voice::{Fault, Headset, Line, Spot, Status, Talk, Wish};
use baro_wire::{RoomAsk, room::Slot};
use bevy::prelude::*;
use bevy_egui::EguiContexts;

/// How loud the others are while the coach speaks.
const LOWERED: f32 = 0.35;

/// The own voice: off at first, and off again with the class.
#[derive(Default)]
pub struct Speech {
    on: bool,
    open: bool,
    headset: Option<Headset>,
    status: Status,
}

impl Classroom {
    /// Is the key of the voice in use?
    pub const fn has_voice(&self) -> bool {
        self.speech.on
    }

    /// Who is heard now; oneself too.
    pub(super) fn speaks(&self, slot: Slot, own: Option<Slot>) -> bool {
        let Status { speaking, sends, .. } = &self.speech.status;
        if Some(slot) == own { *sends } else { speaking.contains(&slot) }
    }

    pub(super) fn own_voice(&self) -> OwnVoice {
        let lacks = self.speech.status.fault.map(|fault| match fault {
            Fault::NoMicrophone => Lack::Microphone,
            Fault::NoLoudspeaker => Lack::Loudspeaker,
        });
        OwnVoice { on: self.speech.on, open: self.speech.open, lacks }
    }

    pub(super) fn voice_pressed(&mut self, press: &HallPress) {
        match press {
            HallPress::Voice(on) => {
                self.speech = Speech { on: *on, ..Speech::default() };
                self.ask(RoomAsk::Voice { on: *on });
            }
            HallPress::Microphone(open) => self.speech.open = *open,
            _ => {}
        }
    }
}

/// Carries the voice on: who is heard from where, and whether the own one goes out.
pub fn speak(
    mut classroom: ResMut<Classroom>,
    visiting: Option<Res<Visiting>>,
    keyboard: Res<ButtonInput<KeyCode>>,
    mut contexts: EguiContexts,
    others: Query<(&OthersBody, &Transform)>,
    coach: Res<Voice>,
) {
    let classroom = &mut *classroom;
    // Said anew with each picture of the class: who is elsewhere holds nothing.
    let button = std::mem::take(&mut classroom.hall.talks);
    let Some(link) = classroom.link.as_ref().filter(|_| classroom.speech.on) else {
        classroom.speech = Speech::default();
        return;
    };
    let speech = &mut classroom.speech;
    if speech.headset.is_none() {
        match Headset::start(line(link.voice())) {
            Ok(headset) => speech.headset = Some(headset),
            Err(error) => {
                warn!("{error}");
                speech.on = false;
                link.ask(RoomAsk::Voice { on: false });
            }
        }
    }
    let Some(headset) = &speech.headset else { return };
    let typing = contexts.ctx_mut().is_ok_and(|context| context.egui_wants_keyboard_input());
    let held = button || (!typing && keyboard.pressed(KeyCode::KeyV));
    let here = visiting.is_some_and(|visiting| visiting.visit.step() == Step::Class);
    let talk = match (here, speech.open, held) {
        (true, true, _) => Talk::Open,
        (true, false, true) => Talk::Held,
        // Who looks at something else does not see that they are heard.
        _ => Talk::Silent,
    };
    let spot = |slot: Slot| {
        let body = others.iter().find(|(body, _)| body.0 == slot);
        body.map_or_else(Spot::default, |(_, at)| Spot {
            right_m: at.translation.x - place::PERSON.x,
            away_m: at.translation.distance(place::PERSON),
        })
    };
    let (muted, spots) = link.look(|view, own| {
        let me = own.and_then(|own| view.people.get(&own)?.member.as_ref());
        let heard = view.people.iter().filter(|(slot, person)| {
            Some(**slot) != own && person.member.as_ref().is_some_and(|member| member.voice)
        });
        (me.is_none_or(|me| me.muted), heard.map(|(slot, _)| (*slot, spot(*slot))).collect())
    });
    let volume = if coach.is_speaking() { LOWERED } else { 1.0 };
    headset.wish(Wish { talk, muted, volume, spots });
    speech.status = headset.status();
}

fn line(voice: VoiceLine) -> Line {
    let hears = voice.clone();
    Line {
        say: Box::new(move |speech| voice.say(speech)),
        heard: Box::new(move || {
            hears.heard().into_iter().map(|heard| (heard.at, heard.by, heard.speech)).collect()
        }),
    }
}
