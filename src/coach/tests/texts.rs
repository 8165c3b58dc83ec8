//! Every id that an exercise, a routine or a game can give to people has words for it, in both languages, spoken and written.
#![allow(
    clippy::unwrap_used,
    reason = "a test fails by panicking, and clippy does not see that these are tests"
)]

use baro_coach::{
    Avoid, Equipment, Exercise, Muscle, Position, Region, Routine,
    game::{Game, GameRule},
};
use baro_motion::Channel;
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource};
use std::path::{Path, PathBuf};
use unic_langid::LanguageIdentifier;

const LANGUAGES: [&str; 2] = ["en", "ko"];
const PHASES: [&str; 4] = ["rest", "out", "peak", "return"];
/// A caption is read at a glance from 3 m away: at most so many characters (Hangul is twice as wide and as dense).
const CAPTION_CHARS: [usize; 2] = [28, 18];

fn assets(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets").join(folder)
}

/// The files of a folder with this extension, in order, with their texts.
fn files(folder: &Path, extension: &str) -> Vec<(String, String)> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|e| e == extension));
    paths.sort();
    let name = |path: &PathBuf| path.file_name().unwrap().to_string_lossy().into_owned();
    paths.iter().map(|path| (name(path), std::fs::read_to_string(path).unwrap())).collect()
}

/// The texts of one language, and a list of what is missing or wrong in them.
struct Words {
    language: &'static str,
    caption_chars: usize,
    bundle: FluentBundle<FluentResource>,
    wrong: Vec<String>,
}

impl Words {
    fn load(language: &'static str, caption_chars: usize) -> Self {
        let id: LanguageIdentifier = language.parse().unwrap();
        let mut bundle = FluentBundle::new(vec![id]);
        for (name, text) in files(&assets("locales").join(language), "ftl") {
            let resource =
                FluentResource::try_new(text).map_err(|(_, faults)| format!("{name}: {faults:?}")).unwrap();
            bundle.add_resource(resource).map_err(|faults| format!("{language}/{name}: {faults:?}")).unwrap();
        }
        Self { language, caption_chars, bundle, wrong: Vec::new() }
    }

    fn say(&mut self, what: String) {
        let what = format!("{}: {what}", self.language);
        if !self.wrong.contains(&what) {
            self.wrong.push(what);
        }
    }

    /// The text of `key`, without a caption.
    fn need(&mut self, key: &str) -> Option<String> {
        let mut args = FluentArgs::new();
        args.set("way", "under");
        args.set("value", "1");
        let mut faults = Vec::new();
        let text = self
            .bundle
            .get_message(key)
            .and_then(|message| message.value())
            .map(|pattern| self.bundle.format_pattern(pattern, Some(&args), &mut faults).into_owned());
        match &text {
            None => self.say(format!("{key} has no text")),
            Some(text) if text.trim().is_empty() || !faults.is_empty() => {
                self.say(format!("{key} = `{text}` {faults:?}"));
            }
            Some(_) => {}
        }
        text
    }

    /// The sentence of a cue, and its short form.
    fn need_cue(&mut self, key: &str) {
        self.need(key);
        let pattern =
            self.bundle.get_message(key).and_then(|m| m.get_attribute("caption")).map(|a| a.value());
        let caption = pattern.map(|p| self.bundle.format_pattern(p, None, &mut Vec::new()).trim().to_owned());
        match caption {
            None => self.say(format!("{key} has no .caption")),
            Some(text) if text.is_empty() || text.chars().count() > self.caption_chars => {
                self.say(format!("{key}.caption = `{text}`: write 1 to {} characters", self.caption_chars));
            }
            Some(_) => {}
        }
    }

    fn need_exercise(&mut self, exercise: &Exercise) {
        self.need(&exercise.name_key);
        // What to do next: all four phases in the exercise's own words, or all in the general ones.
        let own = PHASES.map(|phase| format!("phase-{}-{phase}", exercise.id));
        if own.iter().any(|key| self.bundle.has_message(key)) {
            own.iter().for_each(|key| {
                self.need(key);
            });
        }
        exercise.cue_ids().iter().for_each(|cue| self.need_cue(cue));
        for rule in exercise.rule_ids() {
            self.need(&format!("rule-{rule}"));
        }
    }

    /// The name of a routine, and what it is for.
    fn need_routine(&mut self, routine: &Routine) {
        self.need(&routine.name_key);
        let about = self.bundle.get_message(&routine.name_key).and_then(|m| m.get_attribute("about"));
        if about.is_none() {
            self.say(format!("{} has no .about", routine.name_key));
        }
    }

    /// The name of a game, what it is for, how it goes, and how nobody falls.
    fn need_game(&mut self, game: &Game) {
        self.need(&game.name_key);
        for part in ["about", "how", "safe"] {
            if self.bundle.get_message(&game.name_key).and_then(|m| m.get_attribute(part)).is_none() {
                self.say(format!("{} has no .{part}", game.name_key));
            }
        }
        game.cue_ids().iter().for_each(|cue| self.need_cue(cue));
        game.prices.iter().for_each(|price| {
            self.need(&format!("game-rule-{}", price.rule.name()));
        });
        self.need(&format!("game-result-farthest-{}", game.kind.name()));
    }

    /// Every spoken cue of the language, whoever gives it.
    fn all_cues(&mut self) {
        for (_, text) in files(&assets("locales").join(self.language), "ftl") {
            let keys = text.lines().filter(|line| line.starts_with("cue-"));
            keys.filter_map(|line| line.split_once(" =")).for_each(|(key, _)| self.need_cue(key.trim()));
        }
    }
}

/// Keys of the closed lists: what exercises are for, and what they take.
fn list_keys() -> Vec<String> {
    let positions = Position::ALL.iter().map(|it| format!("position-{}", it.name()));
    let body = Region::ALL.iter().map(|it| format!("body-{}", it.name()));
    let muscles = Muscle::ALL.iter().map(|it| format!("muscle-{}", it.name()));
    let equipment = Equipment::ALL.iter().map(|it| format!("equipment-{}", it.name()));
    let avoid = Avoid::ALL.iter().map(|it| format!("avoid-{}", it.name()));
    let likeness = Channel::ALL.iter().map(|it| format!("rule-like-{}", it.name().replace('_', "-")));
    positions.chain(body).chain(muscles).chain(equipment).chain(avoid).chain(likeness).collect()
}

#[test]
fn everything_has_words_in_both_languages() {
    let exercises: Vec<Exercise> = files(&assets("exercises"), "toml")
        .iter()
        .map(|(name, text)| Exercise::from_toml(text).map_err(|e| format!("{name}: {e}")).unwrap())
        .collect();
    let routines: Vec<Routine> = files(&assets("routines"), "toml")
        .iter()
        .map(|(name, text)| Routine::from_toml(text).map_err(|e| format!("{name}: {e}")).unwrap())
        .collect();
    let games: Vec<Game> = files(&assets("games"), "toml")
        .iter()
        .map(|(name, text)| Game::from_toml(text).map_err(|e| format!("{name}: {e}")).unwrap())
        .collect();
    assert!(!exercises.is_empty() && !routines.is_empty() && !games.is_empty());
    assert!(
        GameRule::ALL.iter().all(|rule| games.iter().any(|game| game.prices.iter().any(|p| p.rule == *rule)))
    );
    let mut wrong = Vec::new();
    for (language, caption_chars) in LANGUAGES.into_iter().zip(CAPTION_CHARS) {
        let mut words = Words::load(language, caption_chars);
        exercises.iter().for_each(|exercise| words.need_exercise(exercise));
        routines.iter().for_each(|routine| words.need_routine(routine));
        games.iter().for_each(|game| words.need_game(game));
        words.all_cues();
        list_keys().iter().chain(&PHASES.map(|phase| format!("phase-{phase}"))).for_each(|key| {
            words.need(key);
        });
        wrong.append(&mut words.wrong);
    }
    assert!(wrong.is_empty(), "in assets/locales:\n{}", wrong.join("\n"));
}

#[test]
fn what_is_missing_or_too_long_is_found() {
    let mut words = Words::load("en", CAPTION_CHARS[0]);
    words.need_cue("cue-nobody-says-this");
    words.need_cue("say-paused");
    words.caption_chars = 5;
    words.need_cue("cue-knees-out");
    assert_eq!(words.wrong.len(), 4, "{:?}", words.wrong);
}
