//! The door to a class, and the class.

use super::{Shown, visit::Press};
use crate::{
    class::{ClassAction, Classroom, HallWords},
    visit::Visiting,
};
use baro_coach::Sight;
use baro_home::Purpose;
use baro_screens::{
    class::{self, DoorView, HallView, Own},
    flow::Frame,
};
use bevy_egui::egui::{Pos2, Ui};

/// Draws it; gives back what was pressed. `names`: where the others' names stand, by their slots.
pub fn show(
    ui: &mut Ui,
    frame: Frame,
    shown: &Shown,
    visiting: &Visiting,
    classroom: &mut Classroom,
    names: &[(Pos2, u8)],
) -> Option<Press> {
    let texts = shown.texts;
    match classroom.words(&visiting.catalogue, texts) {
        Some(words) if !words.title.is_empty() => hall(ui, frame, shown, &words, classroom, names),
        _ => {
            let busy = classroom.is_entering();
            let told = if busy { Some("class-entering") } else { classroom.told };
            let told = told.map(|key| texts.text(key)).unwrap_or_default();
            let view = DoorView {
                connected: visiting.clinic.is_connected(),
                agreed: visiting.visit.known().consents.given(Purpose::Class),
                leads: visiting.clinic.leads(),
                told: &told,
                busy,
            };
            class::door(ui, frame, &view, &mut classroom.door).map(ClassAction::Door)
        }
    }
    .map(Press::Class)
}

fn hall(
    ui: &mut Ui,
    frame: Frame,
    shown: &Shown,
    words: &HallWords,
    classroom: &mut Classroom,
    names: &[(Pos2, u8)],
) -> Option<ClassAction> {
    let live = shown.live;
    let counts = classroom.is_moving();
    let count = if counts { live.feedback.count.to_string() } else { String::new() };
    let named = |slot: u8| words.people.iter().find(|somebody| somebody.slot == slot);
    let name = |(at, slot): &(Pos2, u8)| named(*slot).map(|one| (*at, one.name.clone(), one.speaks));
    let names: Vec<_> = names.iter().filter_map(name).collect();
    let view = HallView {
        title: &words.title,
        line: &words.line,
        people: &words.people,
        own: Own { seen: counts.then_some(live.feedback.sight != Sight::Lost), ..words.own },
        count: &count,
        moment: words.moment,
        play: words.play,
        caption: &words.caption,
        invitation: &words.invitation,
        exercises: &words.exercises,
        cues: &words.cues,
        variants: &words.variants,
        talk: &words.talk,
        names: &names,
        preview: shown.preview(),
    };
    class::hall(ui, frame, &view, &mut classroom.hall).map(ClassAction::Hall)
}
