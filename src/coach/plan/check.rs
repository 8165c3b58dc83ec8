//! Whether a plan asks for what can be done: each dose against its exercise, against what people can be asked at home, and against the
//! plan's own limits, which would silently win.

use super::{Limits, Prescription};
use crate::{Exercise, Kind, SideChoice, Sides, Stage};

/// Bounds of what people can be asked to do in one session at home.
pub(crate) const MAX_SETS: u32 = 10;
pub(crate) const MAX_REPS: u32 = 60;
pub(crate) const MAX_HOLD_S: u32 = 180;
pub(crate) const MAX_MINUTES: u32 = 45;
pub(crate) const MAX_REST_S: u32 = 300;
pub(crate) const MAX_TEMPO_S: f64 = 30.0;
pub(crate) const MAX_LOAD_KG: f64 = 100.0;
/// A repetition is no faster, seconds.
pub(crate) const LEAST_REP_S: f64 = 1.0;

/// A part of a [`Prescription`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say it; units are those of `Prescription`")]
pub enum Field {
    Exercise,
    Sets,
    Reps,
    HoldS,
    Minutes,
    RestS,
    TempoS,
    LoadKg,
    DaysAWeek,
    Side,
    RpeTarget,
    PainLimit,
}

impl Field {
    /// As it stands in `plan.toml`: `hold_s`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Exercise => "exercise",
            Self::Sets => "sets",
            Self::Reps => "reps",
            Self::HoldS => "hold_s",
            Self::Minutes => "minutes",
            Self::RestS => "rest_s",
            Self::TempoS => "tempo_s",
            Self::LoadKg => "load_kg",
            Self::DaysAWeek => "days_a_week",
            Self::Side => "side",
            Self::RpeTarget => "rpe_target",
            Self::PainLimit => "pain_limit",
        }
    }
}

/// What is wrong with a part of a dose.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Wrong {
    /// The exercise can't be done without it.
    Missing,
    /// The exercise has nothing of the kind.
    NotHere,
    /// Outside what people can be asked to do.
    Outside {
        /// The least.
        low: f64,
        /// The most.
        high: f64,
    },
    /// A stage of the tempo costs points at this pace.
    TooFast {
        /// Which.
        stage: Stage,
        /// So long at least, seconds.
        least_s: f64,
    },
    /// See [`Wrong::TooFast`].
    TooSlow {
        /// Which.
        stage: Stage,
        /// So long at most, seconds.
        most_s: f64,
    },
    /// Above a limit of the plan.
    AboveLimit(f64),
    /// Below a limit of the plan.
    BelowLimit(f64),
    /// The plan forbids the exercise.
    Forbidden,
    /// It stands in the plan already, for the same side: one would be taken for the other.
    Twice,
    /// There is no such exercise.
    Unknown,
}

/// Everything that is wrong with these doses, each with its place among them.
pub fn check<'a>(
    doses: &[Prescription],
    limits: &Limits,
    find: impl Fn(&str) -> Option<&'a Exercise>,
) -> Vec<(usize, Field, Wrong)> {
    let mut found = Vec::new();
    for (i, dose) in doses.iter().enumerate() {
        let mut all = Vec::new();
        match find(&dose.exercise) {
            None => all.push((Field::Exercise, Wrong::Unknown)),
            Some(exercise) => dose.misfits(exercise, &mut all),
        }
        dose.outside(&mut all);
        dose.against(limits, &mut all);
        let same = |other: &Prescription| other.exercise == dose.exercise && other.side == dose.side;
        if doses[..i].iter().any(same) {
            all.push((Field::Exercise, Wrong::Twice));
        }
        // One sentence for each part: the first says what to do.
        let mut told: Vec<Field> = Vec::new();
        all.retain(|(field, _)| {
            !told.contains(field) && {
                told.push(*field);
                true
            }
        });
        found.extend(all.into_iter().map(|(field, wrong)| (i, field, wrong)));
    }
    found
}

type Found = Vec<(Field, Wrong)>;

impl Prescription {
    /// What the exercise has no use for, or needs.
    fn misfits(&self, exercise: &Exercise, found: &mut Found) {
        let (held, paced, timed) = (self.hold_s.is_some(), self.minutes.is_some(), self.tempo_s.is_some());
        let mut is = |holds: bool, field, wrong| {
            if holds {
                found.push((field, wrong));
            }
        };
        let once = Wrong::Outside { low: 1.0, high: 1.0 };
        let test = exercise.test.is_some();
        let (holds, follows) = match &exercise.kind {
            _ if test => (false, false),
            Kind::Reps => (false, false),
            Kind::Hold(_) => (true, false),
            Kind::Paced(_) => (false, true),
        };
        is(held && !holds, Field::HoldS, Wrong::NotHere);
        is(!held && holds, Field::HoldS, Wrong::Missing);
        is(paced && !follows, Field::Minutes, Wrong::NotHere);
        is(!paced && follows, Field::Minutes, Wrong::Missing);
        is(timed && (test || holds || follows), Field::TempoS, Wrong::NotHere);
        is(self.reps != 1 && (test || follows), Field::Reps, once);
        is(self.sets != 1 && follows, Field::Sets, once);
        let chosen = self.side != SideChoice::Auto;
        is(chosen && exercise.sides != Sides::Each, Field::Side, Wrong::NotHere);
        if let Some(wrong) = self.tempo_s.and_then(|tempo_s| off_pace(tempo_s, exercise)) {
            is(true, Field::TempoS, wrong);
        }
    }

    fn outside(&self, found: &mut Found) {
        let mut within = |value: f64, field, low: f64, high: f64| {
            if !(low..=high).contains(&value) {
                found.push((field, Wrong::Outside { low, high }));
            }
        };
        let mut whole = |value: u32, field, low: u32, high: u32| {
            within(value.into(), field, low.into(), high.into());
        };
        whole(self.sets, Field::Sets, 1, MAX_SETS);
        whole(self.reps, Field::Reps, 1, MAX_REPS);
        whole(self.hold_s.unwrap_or(1), Field::HoldS, 1, MAX_HOLD_S);
        whole(self.minutes.unwrap_or(1), Field::Minutes, 1, MAX_MINUTES);
        whole(self.rest_s, Field::RestS, 0, MAX_REST_S);
        whole(self.days_a_week, Field::DaysAWeek, 1, 7);
        whole(self.rpe_target, Field::RpeTarget, 0, 10);
        whole(self.pain_limit, Field::PainLimit, 0, 10);
        within(self.load_kg.unwrap_or(0.0), Field::LoadKg, 0.0, MAX_LOAD_KG);
        for stage_s in self.tempo_s.into_iter().flatten() {
            within(stage_s, Field::TempoS, 0.0, MAX_TEMPO_S);
        }
        let whole_s = self.tempo_s.map_or(LEAST_REP_S, |tempo_s| tempo_s.iter().sum());
        within(whole_s, Field::TempoS, LEAST_REP_S, 4.0 * MAX_TEMPO_S);
    }

    /// Where the patient's program would do less than what is written.
    fn against(&self, limits: &Limits, found: &mut Found) {
        let whole = |value: u32, most: Option<u32>| (f64::from(value), most.map(f64::from));
        let load_kg = (self.load_kg.unwrap_or(0.0), limits.max_load_kg);
        for (field, (value, most)) in [
            (Field::Sets, whole(self.sets, limits.max_sets)),
            (Field::Reps, whole(self.reps, limits.max_reps)),
            (Field::HoldS, whole(self.hold_s.unwrap_or(0), limits.max_hold_s)),
            (Field::Minutes, whole(self.minutes.unwrap_or(0), limits.max_minutes)),
            (Field::LoadKg, load_kg),
            (Field::DaysAWeek, whole(self.days_a_week, limits.max_days_a_week)),
            (Field::RpeTarget, whole(self.rpe_target, limits.max_rpe)),
            (Field::PainLimit, whole(self.pain_limit, limits.max_pain)),
        ] {
            found.extend(most.filter(|most| value > *most).map(|most| (field, Wrong::AboveLimit(most))));
        }
        let least = limits.min_rest_s.filter(|least| self.rest_s < *least);
        found.extend(least.map(|least| (Field::RestS, Wrong::BelowLimit(least.into()))));
        if limits.forbidden.contains(&self.exercise) {
            found.push((Field::Exercise, Wrong::Forbidden));
        }
    }
}

/// Nobody is asked for a tempo that costs points.
fn off_pace([out_s, far_s, back_s, _]: [f64; 4], exercise: &Exercise) -> Option<Wrong> {
    exercise.tempo.iter().find_map(|rule| {
        let stage = rule.stage;
        let asked_s = match stage {
            Stage::Out => out_s,
            Stage::Peak => far_s,
            Stage::Return => back_s,
        };
        let fast = rule.min_s.filter(|least_s| asked_s < *least_s);
        let slow = rule.max_s.filter(|most_s| asked_s > *most_s);
        fast.map(|least_s| Wrong::TooFast { stage, least_s })
            .or(slow.map(|most_s| Wrong::TooSlow { stage, most_s }))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exercises() -> Vec<Exercise> {
        [
            include_str!("../../../assets/exercises/squat.toml"),
            include_str!("../../../assets/exercises/wall_sit.toml"),
            include_str!("../../../assets/exercises/paced_breathing.toml"),
            include_str!("../../../assets/exercises/chair_stand_30s.toml"),
            include_str!("../../../assets/exercises/shoulder_abduction.toml"),
        ]
        .map(|text| Exercise::from_toml(text).unwrap())
        .into()
    }

    fn dose(more: &str) -> Prescription {
        let text = format!(
            "sets = 1\nreps = 1\nrest_s = 60\ndays_a_week = 3\nrpe_target = 5\npain_limit = 4\n{more}"
        );
        let mut all: toml::Table = text.lines().next().unwrap().parse().unwrap();
        text.lines().for_each(|line| all.extend(line.parse::<toml::Table>().unwrap()));
        all.try_into().unwrap()
    }

    fn found(more: &str, limits: &Limits) -> Vec<(Field, Wrong)> {
        let all = exercises();
        let found = check(&[dose(more)], limits, |id| all.iter().find(|exercise| exercise.id == id));
        found.into_iter().map(|(_, field, wrong)| (field, wrong)).collect()
    }

    #[test]
    fn a_dose_fits_its_exercise() {
        let none = Limits::default();
        for good in [
            "exercise = 'squat'\nsets = 3\nreps = 10\ntempo_s = [2, 1, 2, 0]",
            "exercise = 'squat'\nreps = 10",
            "exercise = 'wall-sit'\nhold_s = 20\nreps = 3",
            "exercise = 'paced-breathing'\nminutes = 5",
            "exercise = 'chair-stand-30s'",
            "exercise = 'shoulder-abduction'\nside = 'left'",
        ] {
            assert_eq!(found(good, &none), [], "{good}");
        }
        let once = Wrong::Outside { low: 1.0, high: 1.0 };
        for (bad, field, wrong) in [
            ("exercise = 'squat'\nhold_s = 5", Field::HoldS, Wrong::NotHere),
            ("exercise = 'squat'\nside = 'left'", Field::Side, Wrong::NotHere),
            ("exercise = 'squat'\nsets = 11", Field::Sets, Wrong::Outside { low: 1.0, high: 10.0 }),
            ("exercise = 'squat'\nreps = 0", Field::Reps, Wrong::Outside { low: 1.0, high: 60.0 }),
            ("exercise = 'squat'\nload_kg = nan", Field::LoadKg, Wrong::Outside { low: 0.0, high: 100.0 }),
            (
                "exercise = 'squat'\ntempo_s = [0, 0, 0.5, 0.2]",
                Field::TempoS,
                Wrong::Outside { low: 1.0, high: 120.0 },
            ),
            ("exercise = 'wall-sit'", Field::HoldS, Wrong::Missing),
            ("exercise = 'paced-breathing'\nminutes = 5\nsets = 2", Field::Sets, once),
            ("exercise = 'chair-stand-30s'\nreps = 2", Field::Reps, once),
            ("exercise = 'nothing'", Field::Exercise, Wrong::Unknown),
        ] {
            let found = found(bad, &none);
            assert!(
                found
                    .iter()
                    .any(|found| *found == (field, wrong) || (field == Field::TempoS && found.0 == field)),
                "{bad}: {found:?}"
            );
        }
        let fast = found("exercise = 'shoulder-abduction'\ntempo_s = [2, 0, 0.1, 0]", &none);
        assert!(
            matches!(fast[..], [(Field::TempoS, Wrong::TooFast { stage: Stage::Return, .. })]),
            "{fast:?}"
        );
    }

    #[test]
    fn limits_are_told_before_they_would_win() {
        let limits = Limits {
            max_reps: Some(12),
            max_load_kg: Some(2.0),
            min_rest_s: Some(90),
            forbidden: vec!["wall-sit".into()],
            ..Limits::default()
        };
        let squat = found("exercise = 'squat'\nreps = 13\nload_kg = 2.5", &limits);
        let expected = [
            (Field::Reps, Wrong::AboveLimit(12.0)),
            (Field::LoadKg, Wrong::AboveLimit(2.0)),
            (Field::RestS, Wrong::BelowLimit(90.0)),
        ];
        assert_eq!(squat, expected);
        let sit = found("exercise = 'wall-sit'\nhold_s = 10\nrest_s = 90", &limits);
        assert_eq!(sit, [(Field::Exercise, Wrong::Forbidden)]);
        let all = exercises();
        let twice = [dose("exercise = 'squat'"), dose("exercise = 'squat'\nreps = 5")];
        let find = |id: &str| all.iter().find(|exercise| exercise.id == id);
        assert_eq!(check(&twice, &Limits::default(), find), [(1, Field::Exercise, Wrong::Twice)]);
    }
}
