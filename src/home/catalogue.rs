//! Every exercise and routine that the program ships with, read once, and the library's filters.

use crate::HomeError;
use baro_coach::{Avoid, Equipment, Exercise, ExerciseError, Kind, Position, Region, Routine, game::Game};
use std::{
    fmt::Display,
    path::{Path, PathBuf},
    sync::Arc,
};

/// An exercise and the text that it was read from, which a record keeps.
#[derive(Debug, Clone)]
pub struct ExerciseFile {
    /// The exercise.
    pub exercise: Arc<Exercise>,
    /// Its file's text.
    pub toml: Arc<str>,
}

impl ExerciseFile {
    /// Is it one that somebody taught, and that says itself what it is called?
    pub fn is_taught(&self) -> bool {
        self.exercise.names.is_some()
    }
}

/// All exercises, routines and games, sorted by id.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    /// The exercises.
    pub exercises: Vec<ExerciseFile>,
    /// The routines.
    pub routines: Vec<Arc<Routine>>,
    /// The games.
    pub games: Vec<Arc<Game>>,
}

/// What the library shows; an empty filter shows everything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only what is for this part of the body.
    pub region: Option<Region>,
    /// Only what takes no longer than this, minutes.
    pub minutes: Option<u32>,
    /// Only what is done so from beginning to end.
    pub position: Option<Position>,
    /// Only what needs nothing but these; `None`: whatever it needs.
    pub at_hand: Option<Vec<Equipment>>,
    /// Nothing that should be left out with these.
    pub conditions: Vec<Avoid>,
}

impl Catalogue {
    /// Reads `exercises/*.toml`, `routines/*.toml` and `games/*.toml` of the assets folder. A file with a fault is left out and named: what is left
    /// can still be done.
    ///
    /// # Errors
    /// A folder is missing, or no exercise can be used.
    pub fn load(assets: &Path) -> Result<(Self, Vec<HomeError>), HomeError> {
        let mut faults = Vec::new();
        let mut all = Self::default();
        let exercises = toml_files(&assets.join("exercises"))?;
        all.exercises = parsed(&exercises, &mut faults, |text| {
            let exercise = Arc::new(Exercise::from_toml(&text)?);
            Ok::<_, ExerciseError>(ExerciseFile { exercise, toml: text.into() })
        });
        if all.exercises.is_empty() {
            let none = || fault(&assets.join("exercises"), &"there is no exercise in it");
            return Err(faults.pop().unwrap_or_else(none));
        }
        let routines = toml_files(&assets.join("routines"))?;
        all.routines = parsed(&routines, &mut faults, |text| {
            let routine = Routine::from_toml(&text).map_err(|error| error.to_string())?;
            match all.missing_in(&routine) {
                None => Ok(Arc::new(routine)),
                Some(id) => Err(format!("there is no exercise `{id}`")),
            }
        });
        // Games are a welcome extra: without their folder there are none.
        let games = toml_files(&assets.join("games")).unwrap_or_default();
        all.games = parsed(&games, &mut faults, |text| Game::from_toml(&text).map(Arc::new));
        all.games.sort_by(|a, b| a.id.cmp(&b.id));
        all.exercises.sort_by(|a, b| a.exercise.id.cmp(&b.exercise.id));
        all.routines.sort_by(|a, b| a.id.cmp(&b.id));
        Ok((all, faults))
    }

    /// With exercises that somebody taught, as the texts of their files. What can't be read is left out, and none takes the place of one that
    /// ships.
    #[must_use]
    pub fn with_taught<'a>(&self, texts: impl IntoIterator<Item = &'a str>) -> Self {
        let mut all = self.clone();
        for text in texts {
            let Ok(exercise) = Exercise::from_toml(text) else { continue };
            let file = ExerciseFile { exercise: Arc::new(exercise), toml: text.into() };
            match all.exercises.iter_mut().find(|known| known.exercise.id == file.exercise.id) {
                None if file.is_taught() => all.exercises.push(file),
                Some(known) if known.is_taught() && file.is_taught() => *known = file,
                _ => {}
            }
        }
        all.exercises.sort_by(|a, b| a.exercise.id.cmp(&b.exercise.id));
        all
    }

    /// Those that somebody taught.
    pub fn taught(&self) -> impl Iterator<Item = &ExerciseFile> {
        self.exercises.iter().filter(|file| file.is_taught())
    }

    fn missing_in<'a>(&self, routine: &'a Routine) -> Option<&'a str> {
        let doses = routine.items.iter().map(|item| item.dose.exercise.as_str());
        doses.into_iter().find(|id| self.exercise(id).is_none())
    }

    /// The exercise with this id.
    pub fn exercise(&self, id: &str) -> Option<&ExerciseFile> {
        self.exercises.iter().find(|file| file.exercise.id == id)
    }

    /// The game with this id.
    pub fn game(&self, id: &str) -> Option<&Arc<Game>> {
        self.games.iter().find(|game| game.id == id)
    }

    /// The routine with this id.
    pub fn routine(&self, id: &str) -> Option<&Arc<Routine>> {
        self.routines.iter().find(|routine| routine.id == id)
    }

    /// The exercises of a routine, each once, in its order.
    pub fn exercises_of<'a>(&'a self, routine: &Routine) -> Vec<&'a Exercise> {
        let mut all: Vec<&Exercise> = Vec::new();
        for item in &routine.items {
            let found = self.exercise(&item.dose.exercise).map(|file| &*file.exercise);
            all.extend(found.filter(|found| all.iter().all(|known| known.id != found.id)));
        }
        all
    }

    /// The exercises that a filter lets through.
    pub fn find_exercises<'a>(&'a self, filter: &'a Filter) -> impl Iterator<Item = &'a ExerciseFile> {
        self.exercises.iter().filter(|file| {
            let about = &file.exercise.about;
            filter.region.is_none_or(|region| about.body.contains(&region))
                && filter.minutes.is_none_or(|most| minutes(&file.exercise) <= most)
                && filter.position.is_none_or(|position| about.position == position)
                && filter.lets_through(&about.equipment, &about.avoid)
        })
    }

    /// The routines that a filter lets through.
    pub fn find_routines<'a>(&'a self, filter: &'a Filter) -> impl Iterator<Item = &'a Arc<Routine>> {
        self.routines.iter().filter(|routine| {
            let exercises = self.exercises_of(routine);
            let mut avoid = routine.avoid.clone();
            avoid.extend(exercises.iter().flat_map(|exercise| &exercise.about.avoid));
            let equipment: Vec<Equipment> =
                exercises.iter().flat_map(|exercise| exercise.about.equipment.clone()).collect();
            let all_in = |position| exercises.iter().all(|exercise| exercise.about.position == position);
            filter.region.is_none_or(|region| routine.body.contains(&region))
                && filter.minutes.is_none_or(|most| routine.minutes() <= most)
                && filter.position.is_none_or(all_in)
                && filter.lets_through(&equipment, &avoid)
        })
    }
}

impl Filter {
    fn lets_through(&self, equipment: &[Equipment], avoid: &[Avoid]) -> bool {
        let at_hand = |all: &Vec<Equipment>| equipment.iter().all(|needed| all.contains(needed));
        self.at_hand.as_ref().is_none_or(at_hand)
            && !avoid.iter().any(|condition| self.conditions.contains(condition))
    }
}

/// About how long one exercise takes by itself, minutes: two sets, a test once, a pace as long as it says.
pub fn minutes(exercise: &Exercise) -> u32 {
    match &exercise.kind {
        Kind::Paced(pace) => pace.minutes.ceil().max(1.0) as u32,
        Kind::Reps | Kind::Hold(_) if exercise.test.is_some() => 2,
        Kind::Reps | Kind::Hold(_) => 3,
    }
}

/// What the files hold; those with a fault go to `faults`.
fn parsed<T, E: Display>(
    files: &[PathBuf],
    faults: &mut Vec<HomeError>,
    parse: impl Fn(String) -> Result<T, E>,
) -> Vec<T> {
    let one = |path: &PathBuf| parse(read(path)?).map_err(|error| fault(path, &error));
    files.iter().filter_map(|path| one(path).map_err(|error| faults.push(error)).ok()).collect()
}

fn fault(path: &Path, reason: &dyn Display) -> HomeError {
    HomeError::Catalogue { path: path.to_owned(), reason: reason.to_string() }
}

fn read(path: &Path) -> Result<String, HomeError> {
    std::fs::read_to_string(path).map_err(HomeError::read(path))
}

fn toml_files(folder: &Path) -> Result<Vec<PathBuf>, HomeError> {
    let entries = std::fs::read_dir(folder).map_err(HomeError::read(folder))?;
    let mut files: Vec<PathBuf> = entries.filter_map(Result::ok).map(|entry| entry.path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    files.sort();
    Ok(files)
}
