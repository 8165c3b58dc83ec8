//! Who exercises: only what the plan and the screens need.

use crate::HomeError;
use baro_coach::{Avoid, Equipment, Region};
use serde::{Deserialize, Serialize};
use std::{
    fmt,
    hash::{BuildHasher as _, Hasher as _, RandomState},
    str::FromStr,
};

/// The format of `person.toml` that this version writes.
pub const PERSON_FORMAT: u32 = 1;

/// A person's id: random, and the name of their folder. It says nothing about them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PersonId(String);

impl PersonId {
    const LENGTH: usize = 32;

    /// A new one.
    pub fn random() -> Self {
        // The keys of hash maps are 128 bits from the system's source of randomness.
        let state = RandomState::new();
        let half = |n: u64| {
            let mut hasher = state.build_hasher();
            hasher.write_u64(n);
            hasher.finish()
        };
        Self(format!("{:016x}{:016x}", half(0), half(1)))
    }

    /// 32 digits and letters from a to f.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for PersonId {
    type Err = HomeError;

    fn from_str(text: &str) -> Result<Self, HomeError> {
        let hex = text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        let good = text.len() == Self::LENGTH && hex;
        if good { Ok(Self(text.to_owned())) } else { Err(HomeError::PersonId(text.to_owned())) }
    }
}

impl TryFrom<String> for PersonId {
    type Error = HomeError;
    fn try_from(text: String) -> Result<Self, HomeError> {
        text.parse()
    }
}

impl From<PersonId> for String {
    fn from(id: PersonId) -> Self {
        id.0
    }
}

impl fmt::Display for PersonId {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What someone wants to reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Goal {
    LessPain,
    MoveFreely,
    GetStronger,
    SteadyOnFeet,
    DailyTasks,
    Relax,
}

impl Goal {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 6] = [
        Self::LessPain,
        Self::MoveFreely,
        Self::GetStronger,
        Self::SteadyOnFeet,
        Self::DailyTasks,
        Self::Relax,
    ];

    /// `less-pain`; its text is `home-goal-less-pain`.
    pub const fn id(self) -> &'static str {
        match self {
            Self::LessPain => "less-pain",
            Self::MoveFreely => "move-freely",
            Self::GetStronger => "get-stronger",
            Self::SteadyOnFeet => "steady-on-feet",
            Self::DailyTasks => "daily-tasks",
            Self::Relax => "relax",
        }
    }
}

/// The body that stands for the person on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Body {
    Woman,
    Man,
    #[default]
    Mannequin,
}

impl Body {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Woman, Self::Man, Self::Mannequin];

    /// `woman`; its text is `home-body-woman`.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Woman => "woman",
            Self::Man => "man",
            Self::Mannequin => "mannequin",
        }
    }
}

/// What is known about a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Person {
    /// [`PERSON_FORMAT`].
    pub format: u32,
    /// What to be called; may be empty.
    pub name: String,
    /// The body on the screen.
    pub body: Body,
    /// Exercises are done sitting.
    pub seated: bool,
    /// What the exercises are for; empty until the goals were asked.
    pub regions: Vec<Region>,
    /// What to reach; empty until the goals were asked.
    pub goals: Vec<Goal>,
    /// What is at hand.
    pub equipment: Vec<Equipment>,
    /// Conditions with which some exercises are left out.
    pub conditions: Vec<Avoid>,
    /// How many days a week, 1 to 7.
    pub days_a_week: u32,
    /// How long a day, minutes.
    pub minutes: u32,
    /// Were the goals asked?
    pub goals_asked: bool,
}

impl Default for Person {
    fn default() -> Self {
        Self {
            format: PERSON_FORMAT,
            name: String::new(),
            body: Body::default(),
            seated: false,
            regions: Vec::new(),
            goals: Vec::new(),
            equipment: vec![Equipment::Chair, Equipment::Wall],
            conditions: Vec::new(),
            days_a_week: 3,
            minutes: 20,
            goals_asked: false,
        }
    }
}

impl Person {
    /// The longest name that is kept, characters.
    pub const NAME_CHARS: usize = 40;
    /// The choices of minutes a day.
    pub const MINUTES: [u32; 4] = [10, 20, 30, 45];

    /// The same with everything on its scale: what comes from a screen or a file edited by hand.
    #[must_use]
    pub fn tidied(mut self) -> Self {
        self.format = PERSON_FORMAT;
        self.name = self.name.trim().chars().filter(|c| !c.is_control()).take(Self::NAME_CHARS).collect();
        self.days_a_week = self.days_a_week.clamp(1, 7);
        self.minutes = self.minutes.clamp(5, 60);
        self.regions.sort_unstable();
        self.regions.dedup();
        self.goals.sort_unstable();
        self.goals.dedup();
        self.equipment.sort_unstable();
        self.equipment.dedup();
        self.conditions.sort_unstable();
        self.conditions.dedup();
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_random_and_no_paths() {
        let ids: std::collections::BTreeSet<PersonId> = (0..100).map(|_| PersonId::random()).collect();
        assert_eq!(ids.len(), 100);
        for id in ids {
            assert_eq!(id.as_str().parse::<PersonId>().unwrap(), id);
        }
        for bad in ["", "..", "/etc", "0123456789abcdef0123456789ABCDEF", "0123456789abcdef0123456789abcde/"]
        {
            assert!(bad.parse::<PersonId>().is_err(), "{bad}");
        }
    }

    #[test]
    fn what_people_type_is_brought_onto_its_scale() {
        let person = Person {
            name: format!("  {}\n", "가".repeat(60)),
            days_a_week: 0,
            minutes: 900,
            ..Person::default()
        };
        let tidy = person.tidied();
        assert_eq!(tidy.name.chars().count(), Person::NAME_CHARS);
        assert_eq!((tidy.days_a_week, tidy.minutes), (1, 60));
    }
}
