//! All exercises and routines: to look round, and to do something else than the plan.

use super::part;
use crate::{
    Page, Texts,
    flow::Frame,
    page::Ground,
    text,
    widgets::{Weight, card, list_row, small_button, tabs},
};
use baro_coach::{Equipment, Exercise, Position, Region, Routine, game::Game};
use baro_home::{Catalogue, Choice, Filter, catalogue::minutes, visit::Event};
use egui::Ui;

/// What is being looked at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LibraryDraft {
    /// What is let through.
    pub filter: Filter,
    /// Are the filters open?
    pub filtering: bool,
    /// Which shelf.
    pub shelf: Shelf,
    /// What was chosen to look at more closely.
    pub chosen: Option<Chosen>,
}

/// What there is to choose from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Shelf {
    #[default]
    Routines,
    Exercises,
    Games,
}

impl Shelf {
    const ALL: [Self; 3] = [Self::Routines, Self::Exercises, Self::Games];

    const fn key(self) -> &'static str {
        match self {
            Self::Routines => "rooms-routines",
            Self::Exercises => "rooms-exercises",
            Self::Games => "rooms-games",
        }
    }
}

/// Something to look at more closely.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Chosen {
    /// A routine or an exercise.
    Plan(Choice),
    /// A game, by id, and its level, from 0.
    Game(String, usize),
}

/// What was pressed.
#[derive(Debug, Clone, PartialEq)]
pub enum LibraryPress {
    /// Do this today instead of the plan.
    Take(Choice),
    /// Play this game, by id, at this level, from 0.
    Play(String, usize),
    /// Leave.
    Visit(Event),
}

/// The library. Beside it the trainer shows what was chosen. `may_play`: may a game begin now?
pub fn library(
    ui: &mut Ui,
    frame: Frame,
    catalogue: &Catalogue,
    may_play: bool,
    draft: &mut LibraryDraft,
) -> Option<LibraryPress> {
    let Frame { texts, look, hands } = frame;
    let [title, close, take, play, back] =
        ["flow-library", "rooms-close", "rooms-take", "rooms-play", "flow-back"].map(|key| texts.text(key));
    let walk = texts.text("hands-walk");
    let page = Page::new(&title).ground(Ground::Beside).walk(&walk);
    // `None`: back to the shelf.
    let page = match &draft.chosen {
        Some(Chosen::Plan(choice)) => {
            page.main(&take, Some(LibraryPress::Take(choice.clone()))).other(&back, None)
        }
        Some(Chosen::Game(id, level)) => page
            .main(&play, Some(LibraryPress::Play(id.clone(), *level)))
            .main_enabled(may_play)
            .other(&back, None),
        None => page.main(&close, Some(LibraryPress::Visit(Event::Back))),
    };
    let press = page.show(ui, look, hands, |ui| {
        match &mut draft.chosen {
            Some(Chosen::Plan(choice)) => closer(ui, frame, catalogue, choice),
            Some(Chosen::Game(id, level)) => {
                if let Some(found) = catalogue.game(id) {
                    game(ui, frame, found, may_play, level);
                }
            }
            None => browse(ui, frame, catalogue, draft),
        }
        None
    })?;
    if press.is_none() {
        draft.chosen = None;
    }
    press
}

fn browse(ui: &mut Ui, frame: Frame, catalogue: &Catalogue, draft: &mut LibraryDraft) {
    let Frame { texts, look, .. } = frame;
    part(ui, frame, &Shelf::ALL.map(|shelf| (shelf, shelf.key())), &mut draft.shelf);
    if draft.shelf != Shelf::Games {
        filters(ui, frame, draft);
    }
    let rows: Vec<(String, String, Chosen)> = match draft.shelf {
        Shelf::Exercises => catalogue
            .find_exercises(&draft.filter)
            .map(|file| {
                let exercise = &file.exercise;
                let choice = Choice::Exercise(exercise.id.clone());
                (texts.text(&exercise.name_key), exercise_note(exercise, texts), Chosen::Plan(choice))
            })
            .collect(),
        Shelf::Routines => catalogue
            .find_routines(&draft.filter)
            .map(|routine| {
                let note = texts.with("rooms-minutes", [("minutes", routine.minutes().into())]);
                let choice = Choice::Routine(routine.id.clone());
                (texts.text(&routine.name_key), note, Chosen::Plan(choice))
            })
            .collect(),
        Shelf::Games => catalogue
            .games
            .iter()
            .map(|game| {
                let about = texts.attribute(&game.name_key, "about");
                (texts.text(&game.name_key), about, Chosen::Game(game.id.clone(), 0))
            })
            .collect(),
    };
    if rows.is_empty() {
        text::body(ui, look, &texts.text("rooms-none-found"));
    }
    for (name, note, chosen) in rows {
        if list_row(ui, look, &name, &note, "", false).clicked() {
            draft.chosen = Some(chosen);
        }
    }
}

/// The longest times to choose from, minutes.
const MINUTES: [u32; 4] = [5, 10, 15, 20];

/// One row of choices for each thing to filter by; all closed at first, so that the list is seen.
fn filters(ui: &mut Ui, frame: Frame, draft: &mut LibraryDraft) {
    let Frame { texts, look, .. } = frame;
    let filter = &mut draft.filter;
    let set = usize::from(filter.region.is_some())
        + usize::from(filter.minutes.is_some())
        + usize::from(filter.position.is_some())
        + usize::from(filter.at_hand.is_some());
    let name = texts.with("rooms-filter", [("set", set.into())]);
    let weight = if set > 0 { Weight::Main } else { Weight::Plain };
    if small_button(ui, look, &name, weight).clicked() {
        draft.filtering = !draft.filtering;
    }
    if !draft.filtering {
        return;
    }
    let text = |prefix: &str, name: &str| texts.text(&format!("{prefix}-{name}"));
    pick(ui, frame, "rooms-region", Region::ALL, &mut filter.region, |one| text("body", one.name()));
    pick(ui, frame, "rooms-time", &MINUTES, &mut filter.minutes, |one| {
        texts.with("rooms-up-to", [("minutes", (*one).into())])
    });
    pick(ui, frame, "rooms-position", Position::ALL, &mut filter.position, |one| {
        text("position", one.name())
    });
    let hands: Vec<Vec<Equipment>> =
        std::iter::once(Vec::new()).chain(Equipment::ALL.iter().map(|thing| vec![*thing])).collect();
    pick(ui, frame, "rooms-needs", &hands, &mut filter.at_hand, |things| match things.first() {
        None => texts.text("rooms-nothing"),
        Some(thing) => text("equipment", thing.name()),
    });
}

/// One of `all`, or any.
fn pick<T: Clone + PartialEq>(
    ui: &mut Ui,
    frame: Frame,
    title: &str,
    all: &[T],
    chosen: &mut Option<T>,
    name: impl Fn(&T) -> String,
) {
    let title = frame.texts.text(title);
    text::note(ui, frame.look, &title);
    let names: Vec<String> =
        std::iter::once(frame.texts.text("rooms-any")).chain(all.iter().map(name)).collect();
    let at = chosen.as_ref().and_then(|chosen| all.iter().position(|one| one == chosen));
    if let Some(pressed) = tabs(ui, frame.look, &title, &names, at.map_or(0, |at| at + 1)) {
        *chosen = pressed.checked_sub(1).map(|at| all[at].clone());
    }
}

/// A game: what it is for, how it goes, how nobody falls, and how hard it is to be.
fn game(ui: &mut Ui, frame: Frame, game: &Game, may_play: bool, level: &mut usize) {
    let Frame { texts, look, .. } = frame;
    card(ui, look, |ui| {
        text::heading(ui, look, &texts.text(&game.name_key));
        for part in ["about", "how", "safe"] {
            text::body(ui, look, &texts.attribute(&game.name_key, part));
        }
        line(ui, frame, "rooms-avoid", &list(texts, "avoid", game.avoid.iter().map(|one| one.name())));
    });
    text::note(ui, look, &texts.text("rooms-level"));
    let levels: Vec<String> = (1..=game.levels.len())
        .map(|level| texts.with("rooms-level-of", [("level", level.into())]))
        .collect();
    if let Some(pressed) = tabs(ui, look, "", &levels, *level) {
        *level = pressed;
    }
    if !may_play {
        text::body(ui, look, &texts.text("rooms-play-later"));
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
