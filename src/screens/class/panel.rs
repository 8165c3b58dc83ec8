//! What opens at the side of a class: to say something, to choose what others see, to lead.

use super::{
    door::shown,
    hall::{HallView, Lack, OwnVoice, Somebody},
};
use crate::{
    flow::Frame,
    text::{self, inset},
    widgets::{self, Weight, button_grid, small_button, text_field, toggle_row},
};
use baro_wire::{
    limits::CHAT_BYTES,
    room::{Offence, Phrase, PlayKind, Reaction, Shows, Slot},
};
use egui::{Rect, ScrollArea, Ui, UiBuilder};

/// Characters that can be said at once: a Hangul syllable takes three bytes.
const SAID_CHARS: usize = CHAT_BYTES / 3;
/// What is said often, in the order of the buttons.
pub(super) const PHRASES: [Phrase; 11] = [
    Phrase::Hello,
    Phrase::WellDone,
    Phrase::KeepGoing,
    Phrase::Together,
    Phrase::TakeABreak,
    Phrase::Slower,
    Phrase::CanYouSeeMe,
    Phrase::ICantHearYou,
    Phrase::HelpMe,
    Phrase::ThankYou,
    Phrase::GoodBye,
];
pub(super) const REACTIONS: [(Reaction, &str); 5] = [
    (Reaction::Cheer, "room-reaction-cheer"),
    (Reaction::Clap, "room-reaction-clap"),
    (Reaction::Heart, "room-reaction-heart"),
    (Reaction::Laugh, "room-reaction-laugh"),
    (Reaction::Phew, "room-reaction-phew"),
];
const OFFENCES: [(Offence, &str); 4] = [
    (Offence::Insulting, "class-report-insulting"),
    (Offence::Disturbing, "class-report-disturbing"),
    (Offence::NotWhoTheySay, "class-report-not-who"),
    (Offence::Other, "class-report-other"),
];

/// What is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Panel {
    /// What to say.
    Talk,
    /// What the others see.
    Shows,
    /// What to do together.
    Exercises,
    /// Somebody in the class.
    Person(Slot),
    /// To whom the ball goes.
    Throw,
    /// Really leave, or end it?
    Leave,
}

/// What is being decided.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HallDraft {
    /// What is open.
    pub panel: Option<Panel>,
    /// What is being typed.
    pub said: String,
    /// "Report" was pressed: why?
    pub reporting: bool,
    /// The button to be heard is held now.
    pub talks: bool,
}

/// What was pressed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it; each is a `RoomAsk`, but the last two")]
pub enum HallPress {
    Ready(bool),
    Hand(bool),
    Phrase(Phrase),
    React(Reaction),
    Say(String),
    Show(Shows),
    Alarm,
    Fine,
    Leave,
    TakeOver(bool),
    Throw(Slot),
    Start(String),
    StopAll,
    Play(PlayKind),
    EndPlay,
    End,
    NewInvitation,
    Attend(Slot),
    Cue(Slot, String),
    Variant(Slot, Option<String>),
    Mute(Slot, bool),
    Remove(Slot),
    HandOver(Slot),
    Report(Slot, Offence),
    /// To hear the others and to be heard; not a word of the room's alone: devices open and close.
    Voice(bool),
    /// To be heard whenever one speaks; this program's own.
    Microphone(bool),
}

/// Draws the panel that is open.
pub(super) fn show(
    ui: &mut Ui,
    frame: Frame,
    view: &HallView,
    draft: &mut HallDraft,
    rect: Rect,
) -> Option<HallPress> {
    let Frame { texts, look, .. } = frame;
    widgets::card_in(ui, look, rect, look.palette().paper);
    let mut child = ui.new_child(UiBuilder::new().id_salt("panel").max_rect(inset(rect, 16.0, 14.0)));
    ScrollArea::vertical()
        .auto_shrink(false)
        .show(&mut child, |ui| {
            ui.spacing_mut().item_spacing.y = 8.0;
            let pressed = match draft.panel? {
                Panel::Talk => talk(ui, frame, view, draft),
                Panel::Shows => {
                    let mut shows = view.own.shows;
                    shown(ui, frame, &mut shows).then_some(HallPress::Show(shows))
                }
                Panel::Exercises => exercises(ui, frame, view),
                Panel::Person(slot) => {
                    let somebody = view.people.iter().find(|somebody| somebody.slot == slot);
                    somebody.and_then(|somebody| person(ui, frame, view, draft, somebody))
                }
                Panel::Throw => throw(ui, frame, view),
                Panel::Leave => leave(ui, frame, view),
            };
            let close = small_button(ui, look, &texts.text("rooms-close"), Weight::Plain).clicked();
            // To say one thing more the panel stays open.
            let stays =
                matches!(pressed, Some(HallPress::Show(_) | HallPress::Voice(_) | HallPress::Microphone(_)));
            if close || (pressed.is_some() && !stays) {
                (draft.panel, draft.reporting) = (None, false);
            }
            pressed
        })
        .inner
}

fn talk(ui: &mut Ui, frame: Frame, view: &HallView, draft: &mut HallDraft) -> Option<HallPress> {
    let Frame { texts, look, .. } = frame;
    text::heading(ui, look, &texts.text("class-talk"));
    for line in view.talk {
        text::note(ui, look, line);
    }
    let spoken = voice(ui, frame, view.own.voice);
    if view.own.muted {
        text::note(ui, look, &texts.text("class-muted"));
        return spoken;
    }
    let names = PHRASES.map(|phrase| texts.text(&format!("room-phrase-{}", phrase.id())));
    let phrase = button_grid(ui, look, 1, &names.each_ref().map(String::as_str));
    let reactions = REACTIONS.map(|(_, key)| texts.text(key));
    let mut pressed = spoken.or(phrase.map(|i| HallPress::Phrase(PHRASES[i])));
    ui.horizontal_wrapped(|ui| {
        for ((reaction, _), name) in REACTIONS.into_iter().zip(&reactions) {
            if small_button(ui, look, name, Weight::Plain).clicked() {
                pressed = Some(HallPress::React(reaction));
            }
        }
    });
    text_field(ui, look, &texts.text("class-say"), &mut draft.said, SAID_CHARS);
    let send =
        |ui: &mut Ui| widgets::button(ui, look, &texts.text("class-send"), Weight::Plain, None).clicked();
    if ui.add_enabled_ui(!draft.said.trim().is_empty(), send).inner {
        pressed = Some(HallPress::Say(std::mem::take(&mut draft.said)));
    }
    pressed
}

/// Whether they hear and are heard, and how.
fn voice(ui: &mut Ui, frame: Frame, voice: OwnVoice) -> Option<HallPress> {
    let Frame { texts, look, .. } = frame;
    let OwnVoice { on, open, lacks } = voice;
    let toggle = |ui: &mut Ui, key: &str, on: bool| {
        toggle_row(ui, look, &texts.text(key), &texts.text(&format!("{key}-note")), on).clicked()
    };
    let mut pressed = toggle(ui, "class-voice", on).then_some(HallPress::Voice(!on));
    if !on {
        return pressed;
    }
    if lacks != Some(Lack::Microphone) && toggle(ui, "class-voice-open", open) {
        pressed = Some(HallPress::Microphone(!open));
    }
    let hint = match lacks {
        Some(Lack::Microphone) => "class-voice-no-microphone",
        Some(Lack::Loudspeaker) => "class-voice-no-loudspeaker",
        None => "class-voice-headset",
    };
    text::note(ui, look, &texts.text(hint));
    pressed
}

fn exercises(ui: &mut Ui, frame: Frame, view: &HallView) -> Option<HallPress> {
    let Frame { texts, look, .. } = frame;
    text::heading(ui, look, &texts.text("class-choose"));
    let names: Vec<&str> = view.exercises.iter().map(|(_, name)| name.as_str()).collect();
    let chosen = button_grid(ui, look, 1, &names).and_then(|i| view.exercises.get(i));
    let mut pressed = chosen.map(|(id, _)| HallPress::Start(id.clone()));
    text::heading(ui, look, &texts.text("class-play"));
    for (kind, key) in [(PlayKind::PassBall, "class-play-ball"), (PlayKind::Squats, "class-play-squats")] {
        if widgets::button(ui, look, &texts.text(key), Weight::Plain, None).clicked() {
            pressed = Some(HallPress::Play(kind));
        }
    }
    if !view.invitation.is_empty() {
        text::body(ui, look, &texts.with("class-invitation", [("code", view.invitation.into())]));
        if small_button(ui, look, &texts.text("class-new-invitation"), Weight::Plain).clicked() {
            pressed = Some(HallPress::NewInvitation);
        }
    }
    pressed
}

fn person(
    ui: &mut Ui,
    frame: Frame,
    view: &HallView,
    draft: &mut HallDraft,
    somebody: &Somebody,
) -> Option<HallPress> {
    let Frame { texts, look, .. } = frame;
    let slot = somebody.slot;
    text::heading(ui, look, &somebody.name);
    text::body(ui, look, &somebody.note);
    let mut pressed = None;
    if view.own.leads {
        pressed = looked_after(ui, frame, view, somebody);
        let mute = if somebody.muted { "class-unmute" } else { "class-mute" };
        for (key, press) in [
            (mute, HallPress::Mute(slot, !somebody.muted)),
            ("class-hand-over", HallPress::HandOver(slot)),
            ("class-remove", HallPress::Remove(slot)),
        ] {
            if small_button(ui, look, &texts.text(key), Weight::Plain).clicked() {
                pressed = Some(press);
            }
        }
    }
    if !draft.reporting {
        draft.reporting = small_button(ui, look, &texts.text("class-report"), Weight::Plain).clicked();
        return pressed;
    }
    for (offence, key) in OFFENCES {
        if small_button(ui, look, &texts.text(key), Weight::Plain).clicked() {
            pressed = Some(HallPress::Report(slot, offence));
        }
    }
    pressed
}

/// What who leads does for somebody.
fn looked_after(ui: &mut Ui, frame: Frame, view: &HallView, somebody: &Somebody) -> Option<HallPress> {
    let Frame { texts, look, .. } = frame;
    let slot = somebody.slot;
    let mut pressed = None;
    if somebody.needs && widgets::button(ui, look, &texts.text("class-attend"), Weight::Main, None).clicked()
    {
        pressed = Some(HallPress::Attend(slot));
    }
    if !view.cues.is_empty() {
        text::note(ui, look, &texts.text("class-cue"));
    }
    for (id, cue) in view.cues {
        if small_button(ui, look, cue, Weight::Plain).clicked() {
            pressed = Some(HallPress::Cue(slot, id.clone()));
        }
    }
    if !view.variants.is_empty() {
        text::note(ui, look, &texts.text("class-variant"));
        let as_it_is = small_button(ui, look, &texts.text("class-variant-none"), Weight::Plain);
        if as_it_is.clicked() {
            pressed = Some(HallPress::Variant(slot, None));
        }
    }
    for (id, name) in view.variants {
        if small_button(ui, look, name, Weight::Plain).clicked() {
            pressed = Some(HallPress::Variant(slot, Some(id.clone())));
        }
    }
    pressed
}

fn throw(ui: &mut Ui, frame: Frame, view: &HallView) -> Option<HallPress> {
    let Frame { texts, look, .. } = frame;
    text::heading(ui, look, &texts.text("class-throw"));
    let others: Vec<&Somebody> = view.people.iter().filter(|somebody| !somebody.own).collect();
    let names: Vec<&str> = others.iter().map(|somebody| somebody.name.as_str()).collect();
    let chosen = button_grid(ui, look, 1, &names).and_then(|i| others.get(i));
    chosen.map(|somebody| HallPress::Throw(somebody.slot))
}

fn leave(ui: &mut Ui, frame: Frame, view: &HallView) -> Option<HallPress> {
    let Frame { texts, look, .. } = frame;
    let (ask, key, press) = if view.own.leads {
        ("class-end-sure", "class-end-yes", HallPress::End)
    } else {
        ("class-leave-sure", "class-leave-yes", HallPress::Leave)
    };
    text::heading(ui, look, &texts.text(ask));
    let really = widgets::button(ui, look, &texts.text(key), Weight::Stop, None).clicked();
    // Who leads may go, and the class goes on with who takes over.
    let go = view.own.leads
        && widgets::button(ui, look, &texts.text("class-leave-yes"), Weight::Plain, None).clicked();
    if go { Some(HallPress::Leave) } else { really.then_some(press) }
}
