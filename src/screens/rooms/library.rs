//! All exercises and routines: to look round, and to do something else than the plan.

use crate::{
    Page, Texts,
    flow::Frame,
    page::Ground,
    text,
    widgets::{card, choices, list_row, tabs},
};
use baro_coach::{Exercise, Position, Region, Routine};
use baro_home::{Catalogue, Choice, Filter, catalogue::minutes, visit::Event};
use egui::Ui;

/// What is being looked at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LibraryDraft {
    /// What is let through.
    pub filter: Filter,
    /// Exercises, else routines.
    pub exercises: bool,
    /// What was chosen to look at more closely.
    pub chosen: Option<Choice>,
}

/// What was pressed.
#[derive(Debug, Clone, PartialEq)]
pub enum LibraryPress {
    /// Do this today instead of the plan.
    Take(Choice),
    /// Leave.
    Visit(Event),
}

/// The library. Beside it the trainer shows what was chosen.
pub fn library(
    ui: &mut Ui,
    frame: Frame,
    catalogue: &Catalogue,
    draft: &mut LibraryDraft,
) -> Option<LibraryPress> {
    let Frame { texts, look, hands } = frame;
    let (title, close) = (texts.text("flow-library"), texts.text("rooms-close"));
    let (take, back) = (texts.text("rooms-take"), texts.text("flow-back"));
    let chosen = draft.chosen.clone();
    let page = Page::new(&title).ground(Ground::Beside);
    let page = match &chosen {
        Some(choice) => page.main(&take, Press::Take(choice.clone())).other(&back, Press::Back),
        None => page.main(&close, Press::Close),
    };
    let press = page.show(ui, look, hands, |ui| {
        match &chosen {
            Some(choice) => closer(ui, frame, catalogue, choice),
            None => browse(ui, frame, catalogue, draft),
        }
        None
    })?;
    match press {
        Press::Take(choice) => Some(LibraryPress::Take(choice)),
        Press::Close => Some(LibraryPress::Visit(Event::Back)),
        Press::Back => {
            draft.chosen = None;
            None
        }
    }
}

#[derive(Clone)]
enum Press {
    Take(Choice),
    Back,
    Close,
}

fn browse(ui: &mut Ui, frame: Frame, catalogue: &Catalogue, draft: &mut LibraryDraft) {
    let Frame { texts, look, .. } = frame;
    let names = ["rooms-routines", "rooms-exercises"].map(|key| texts.text(key));
    if let Some(tab) = tabs(ui, look, &names, usize::from(draft.exercises)) {
        draft.exercises = tab == 1;
    }
    filters(ui, frame, &mut draft.filter);
    let filter = draft.filter.clone();
    let mut found = 0;
    if draft.exercises {
        for file in catalogue.find_exercises(&filter) {
            found += 1;
            let exercise = &file.exercise;
            let note = exercise_note(exercise, texts);
            if list_row(ui, look, &texts.text(&exercise.name_key), &note, "", false).clicked() {
                draft.chosen = Some(Choice::Exercise(exercise.id.clone()));
            }
        }
    } else {
        for routine in catalogue.find_routines(&filter) {
            found += 1;
            let note = texts.with("rooms-minutes", [("minutes", routine.minutes().into())]);
            if list_row(ui, look, &texts.text(&routine.name_key), &note, "", false).clicked() {
                draft.chosen = Some(Choice::Routine(routine.id.clone()));
            }
        }
    }
    if found == 0 {
        text::body(ui, look, &texts.text("rooms-none-found"));
    }
}

fn filters(ui: &mut Ui, frame: Frame, filter: &mut Filter) {
    let Frame { texts, look, .. } = frame;
    let any = texts.text("rooms-any");
    let mut names = vec![any.clone()];
    names.extend(Region::ALL.iter().map(|region| texts.text(&format!("body-{}", region.name()))));
    let at = filter.region.and_then(|region| Region::ALL.iter().position(|one| *one == region));
    let items = names.iter().enumerate().map(|(i, name)| (name.as_str(), "", i == at.map_or(0, |at| at + 1)));
    if let Some(i) = ui.push_id("regions", |ui| choices(ui, look, 4, false, items)).inner {
        filter.region = i.checked_sub(1).and_then(|i| Region::ALL.get(i)).copied();
    }
    let mut names = vec![any];
    names.extend(Position::ALL.iter().map(|position| texts.text(&format!("position-{}", position.name()))));
    let at = filter.position.and_then(|position| Position::ALL.iter().position(|one| *one == position));
    let items = names.iter().enumerate().map(|(i, name)| (name.as_str(), "", i == at.map_or(0, |at| at + 1)));
    if let Some(i) = ui.push_id("positions", |ui| choices(ui, look, 4, false, items)).inner {
        filter.position = i.checked_sub(1).and_then(|i| Position::ALL.get(i)).copied();
    }
}

fn exercise_note(exercise: &Exercise, texts: &Texts) -> String {
    let minutes = texts.with("rooms-minutes", [("minutes", minutes(exercise).into())]);
    format!("{minutes} · {}", texts.text(&format!("position-{}", exercise.about.position.name())))
}

fn closer(ui: &mut Ui, frame: Frame, catalogue: &Catalogue, choice: &Choice) {
    match choice {
        Choice::Exercise(id) => {
            if let Some(file) = catalogue.exercise(id) {
                exercise(ui, frame, &file.exercise);
            }
        }
        Choice::Routine(id) => {
            if let Some(found) = catalogue.routine(id) {
                routine(ui, frame, found, catalogue);
            }
        }
    }
}

fn list(texts: &Texts, prefix: &str, names: impl Iterator<Item = &'static str>) -> String {
    names.map(|name| texts.text(&format!("{prefix}-{name}"))).collect::<Vec<_>>().join(", ")
}

fn line(ui: &mut Ui, frame: Frame, key: &str, words: &str) {
    if !words.is_empty() {
        text::note(ui, frame.look, &frame.texts.text(key));
        text::body(ui, frame.look, words);
    }
}

fn exercise(ui: &mut Ui, frame: Frame, exercise: &Exercise) {
    let Frame { texts, look, .. } = frame;
    let about = &exercise.about;
    card(ui, look, |ui| {
        text::heading(ui, look, &texts.text(&exercise.name_key));
        text::body(ui, look, &exercise_note(exercise, texts));
        line(ui, frame, "rooms-muscles", &list(texts, "muscle", about.muscles.iter().map(|one| one.name())));
        line(
            ui,
            frame,
            "rooms-needs",
            &list(texts, "equipment", about.equipment.iter().map(|one| one.name())),
        );
        line(ui, frame, "rooms-avoid", &list(texts, "avoid", about.avoid.iter().map(|one| one.name())));
        line(ui, frame, "rooms-sources", &about.sources.join("\n"));
    });
}

fn routine(ui: &mut Ui, frame: Frame, routine: &Routine, catalogue: &Catalogue) {
    let Frame { texts, look, .. } = frame;
    card(ui, look, |ui| {
        text::heading(ui, look, &texts.text(&routine.name_key));
        text::body(ui, look, &texts.attribute(&routine.name_key, "about"));
        text::note(ui, look, &texts.with("rooms-minutes", [("minutes", routine.minutes().into())]));
        for exercise in catalogue.exercises_of(routine) {
            text::body(ui, look, &texts.text(&exercise.name_key));
        }
        line(ui, frame, "rooms-sources", &routine.sources.join("\n"));
    });
}
