//! The texts of the pages, built into the program: the server has no assets folder.

use baro_coach::{Exercise, Names};
use baro_home::Moment;
use baro_locale::{Language, LocaleError, Texts};
use jiff::{Timestamp, civil::Date, tz::TimeZone};

macro_rules! files {
    ($language:literal: $($name:literal),*) => {
        &[$(($name, include_str!(concat!("../../../assets/locales/", $language, "/", $name, ".ftl")))),*]
    };
}

const ENGLISH: &[(&str, &str)] = files!("en": "web", "plan", "visits", "set", "taught", "about", "routines", "flow", "administration", "cues", "exercises", "paper", "questionnaires", "report", "review", "rules", "safety", "window", "home");
const KOREAN: &[(&str, &str)] = files!("ko": "web", "plan", "visits", "set", "taught", "about", "routines", "flow", "administration", "cues", "exercises", "paper", "questionnaires", "report", "review", "rules", "safety", "window", "home");

/// Both languages: each browser has its own.
pub struct Both([Texts; 2]);

impl Both {
    pub fn new() -> Result<Self, LocaleError> {
        let of = |language| Texts::of([ENGLISH, KOREAN], language);
        Ok(Self([of(Language::English)?, of(Language::Korean)?]))
    }

    pub const fn of(&self, language: Language) -> &Texts {
        let [english, korean] = &self.0;
        match language {
            Language::English => english,
            Language::Korean => korean,
        }
    }
}

impl Both {
    /// Knows what exercises that a clinic taught are called, by their ids.
    pub fn learn<'a>(&self, names: impl Iterator<Item = (&'a str, &'a Names)>) {
        for (id, Names { en, ko }) in names {
            self.0.iter().for_each(|texts| texts.learn(&format!("exercise-{id}"), [en, ko]));
        }
    }

    /// The same, of the exercises themselves.
    pub fn learn_of(&self, exercises: impl Iterator<Item = Exercise>) {
        for Exercise { id, names, .. } in exercises {
            self.learn(names.iter().map(|names| (&*id, names)));
        }
    }
}

/// A day, as people write it.
pub fn day(texts: &Texts, day: Date) -> String {
    let month = texts.text(&format!("web-month-{}", day.month()));
    let number = |number: i64| number.to_string().into();
    texts.with(
        "web-date",
        [("year", number(day.year().into())), ("month", month.into()), ("day", number(day.day().into()))],
    )
}

/// A moment by the server's clock.
pub fn moment(texts: &Texts, ms: i64) -> String {
    let zoned = Timestamp::from_millisecond(ms).unwrap_or_default().to_zoned(TimeZone::system());
    let time = format!("{:02}:{:02}", zoned.hour(), zoned.minute());
    texts.with("web-moment", [("day", day(texts, zoned.date()).into()), ("time", time.into())])
}

/// An exercise's name; its id where it is somebody's own.
pub fn exercise(texts: &Texts, id: &str) -> String {
    let key = format!("exercise-{}", id.replace('_', "-"));
    if texts.has(texts.language(), &key) { texts.text(&key) } else { id.to_owned() }
}

/// Now, by the server's clock.
pub fn now() -> Moment {
    Moment::of(&jiff::Zoned::now())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exercises_are_told_by_their_names() {
        let both = Both::new().unwrap();
        assert_eq!(exercise(both.of(Language::Korean), "seated_knee_extension"), "앉아서 무릎 펴기");
        assert_eq!(exercise(both.of(Language::English), "their_own"), "their_own");
    }

    #[test]
    fn days_are_written_as_people_do() {
        let both = Both::new().unwrap();
        let date = Date::constant(2026, 11, 3);
        assert_eq!(day(both.of(Language::English), date), "3 Nov 2026");
        assert_eq!(day(both.of(Language::Korean), date), "2026년 11월 3일");
    }

    /// Each text of the pages is there in both languages, under the same name.
    #[test]
    fn both_languages_say_the_same() {
        let keys = |text: &str| {
            let lines = text.lines().filter_map(|line| line.split_once(" =").map(|(key, _)| key.to_owned()));
            lines.filter(|key| !key.starts_with([' ', '#'])).collect::<std::collections::BTreeSet<_>>()
        };
        for (english, korean) in ENGLISH.iter().zip(KOREAN) {
            assert_eq!(keys(english.1), keys(korean.1), "{}", english.0);
        }
    }
}
