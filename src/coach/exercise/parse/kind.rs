//! Repetitions, a hold or a pace: which parts the file must have, and which it can't.

use super::{
    super::{ExerciseError, FunctionalTest, Hold, Kind, Pace, Sides},
    MAX_REPETITION_S,
    check::Checker,
    raw::{RawExercise, RawHold, RawKind, RawPace, RawTest},
};
use toml::Spanned;

/// An interruption of a hold that is forgiven unless the file says otherwise.
const DEFAULT_GRACE_S: f64 = 0.5;
/// Longest pause or breath of a pace.
const MAX_BREATH_S: f64 = 60.0;

impl Checker<'_> {
    pub(super) fn kind(&self, raw: &RawExercise) -> Result<Kind, ExerciseError> {
        let kind = raw.kind.as_ref().map_or(RawKind::Reps, |kind| *kind.get_ref());
        let at = raw.kind.as_ref().map_or(raw.id.span(), Spanned::span);
        let at = Spanned::new(at, ());
        let refuse = |message: &str| Err(self.wrong(&at, message));
        if kind != RawKind::Paced && raw.signal.is_none() {
            return refuse("nothing is counted on; write [signal] with a measure and its thresholds");
        }
        if kind != RawKind::Hold && raw.hold.is_some() {
            return refuse("[hold] goes with kind = \"hold\"; write that, or leave [hold] out");
        }
        if kind != RawKind::Paced && raw.paced.is_some() {
            return refuse("[paced] goes with kind = \"paced\"; write that, or leave [paced] out");
        }
        match kind {
            RawKind::Reps if raw.range.is_none() => {
                refuse("repetitions need [range], what it costs to stay short of the target; write it")
            }
            RawKind::Reps => Ok(Kind::Reps),
            RawKind::Hold => {
                let Some(hold) = &raw.hold else {
                    return refuse("kind = \"hold\" needs [hold] with target_s and its price; write it");
                };
                if raw.finish.is_some() || !raw.tempo.is_empty() {
                    return refuse("a hold has no [finish] and no [[tempo]]; leave them out");
                }
                if *raw.sides.get_ref() == Sides::Alternate && raw.test.is_some() {
                    return refuse("a test of one side at a time has sides = \"each\"; write that");
                }
                self.hold(hold.get_ref()).map(Kind::Hold)
            }
            RawKind::Paced => {
                let Some(pace) = &raw.paced else {
                    return refuse(
                        "kind = \"paced\" needs [paced] with in_s, hold_s, out_s, rest_s; write it",
                    );
                };
                let counted = raw.signal.is_some() || raw.range.is_some() || raw.finish.is_some();
                if counted || !raw.tempo.is_empty() || raw.test.is_some() {
                    return refuse(
                        "a pace is followed, not counted: leave out [signal], [range], [finish], [[tempo]] and [test]",
                    );
                }
                if *raw.sides.get_ref() != Sides::Together {
                    return refuse("a pace has sides = \"together\"; write that");
                }
                self.pace(pace.get_ref()).map(Kind::Paced)
            }
        }
    }

    fn hold(&self, raw: &RawHold) -> Result<Hold, ExerciseError> {
        let target_s = self.within(&raw.target_s, "target_s", 1.0, MAX_REPETITION_S)?;
        let least_s =
            raw.least_s.as_ref().map(|least| self.within(least, "least_s", 0.5, target_s)).transpose()?;
        let grace_s =
            raw.grace_s.as_ref().map(|grace| self.within(grace, "grace_s", 0.0, 5.0)).transpose()?;
        Ok(Hold {
            id: self.id(&raw.id)?,
            target_s,
            least_s: least_s.unwrap_or(target_s / 2.0),
            grace_s: grace_s.unwrap_or(DEFAULT_GRACE_S),
            price: self.price(&raw.points_per_s, &raw.max_points)?,
            cue: self.cue(&raw.cue)?,
        })
    }

    fn pace(&self, raw: &RawPace) -> Result<Pace, ExerciseError> {
        Ok(Pace {
            in_s: self.within(&raw.in_s, "in_s", 1.0, MAX_BREATH_S)?,
            hold_s: self.within(&raw.hold_s, "hold_s", 0.0, MAX_BREATH_S)?,
            out_s: self.within(&raw.out_s, "out_s", 1.0, MAX_BREATH_S)?,
            rest_s: self.within(&raw.rest_s, "rest_s", 0.0, MAX_BREATH_S)?,
            minutes: self.within(&raw.minutes, "minutes", 0.5, 60.0)?,
        })
    }

    pub(super) fn test(&self, raw: &Spanned<RawTest>, kind: &Kind) -> Result<FunctionalTest, ExerciseError> {
        let refuse = |message: &str| Err(self.wrong(raw, message));
        let hold = matches!(kind, Kind::Hold(_));
        match *raw.get_ref() {
            RawTest::LongestHold { .. } if !hold => {
                refuse("longest_hold goes with kind = \"hold\"; write that, or another kind of test")
            }
            RawTest::CountInTime { .. } | RawTest::TimeForCount { .. } if hold => {
                refuse("a hold is measured by kind = \"longest_hold\"; write that")
            }
            RawTest::CountInTime { seconds } if !(5.0..=600.0).contains(&seconds) => {
                refuse("write `seconds` from 5 to 600")
            }
            RawTest::TimeForCount { count } if !(1..=100).contains(&count) => {
                refuse("write `count` from 1 to 100")
            }
            RawTest::LongestHold { max_s } if !(1.0..=600.0).contains(&max_s) => {
                refuse("write `max_s` from 1 to 600")
            }
            RawTest::CountInTime { seconds } => Ok(FunctionalTest::CountInTime { seconds }),
            RawTest::TimeForCount { count } => Ok(FunctionalTest::TimeForCount { count }),
            RawTest::LongestHold { max_s } => Ok(FunctionalTest::LongestHold { max_s }),
        }
    }

    pub(super) fn reference(&self, file: &Spanned<String>) -> Result<String, ExerciseError> {
        let name = file.get_ref();
        let plain = name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-_.".contains(&b));
        if !plain || name.starts_with('.') || !name.ends_with(".ref") {
            let message = format!(
                "`{name}` is no reference file; write a name in assets/references or beside this file, in small letters, as in \
                 \"deep-squat.ref\""
            );
            return Err(self.wrong(file, message));
        }
        Ok(name.clone())
    }
}
