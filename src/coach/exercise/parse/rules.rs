//! What is counted on, and what costs points.

use super::{
    super::{
        Aspect, ExerciseError, FormRule, Guard, Limit, Part, Price, QualityRule, Quantity, RangeRule, Signal,
        TempoRule, View,
    },
    DEFAULT_HOLD_S, MAX_HOLD_S, MAX_REPETITION_S,
    check::Checker,
    raw::{RawGuard, RawQuality, RawRange, RawRule, RawSignal, RawTempo},
};
use toml::Spanned;

impl Checker<'_> {
    pub(super) fn signal(&self, raw: &RawSignal) -> Result<Signal, ExerciseError> {
        let unit = self.unit(&raw.unit, raw.measure)?;
        let steps = [
            ("rest", &raw.rest),
            ("back", &raw.back),
            ("leave", &raw.leave),
            ("attempt", &raw.attempt),
            ("reach", &raw.reach),
            ("target", &raw.target),
        ];
        let from_rest = match &raw.aspect {
            Some(aspect) if *aspect.get_ref() == Aspect::Difference => {
                return Err(
                    self.wrong(aspect, "nothing is counted on a difference; write \"value\" or \"change\"")
                );
            }
            Some(aspect) if *aspect.get_ref() == Aspect::Change && *raw.rest.get_ref() != 0.0 => {
                return Err(self.wrong(&raw.rest, "a change begins at 0; write rest = 0"));
            }
            aspect => aspect.as_ref().is_some_and(|aspect| *aspect.get_ref() == Aspect::Change),
        };
        let falls = raw.target.get_ref() < raw.rest.get_ref();
        for pair in steps.windows(2) {
            let [(before_name, before), (name, value)] = pair else { continue };
            let (a, b) = (*before.get_ref(), *value.get_ref());
            if !(if falls { b < a } else { b > a }) {
                let (way, sign) = if falls { ("falling", '>') } else { ("rising", '<') };
                let message = format!(
                    "`{name}` is {b} and `{before_name}` is {a}; from `rest` to `target` write {way} values: rest {sign} \
                     back {sign} leave {sign} attempt {sign} reach {sign} target"
                );
                return Err(self.wrong(value, message));
            }
        }
        let min_s = self.within(&raw.min_s, "min_s", 0.1, MAX_REPETITION_S)?;
        let max_s = self.within(&raw.max_s, "max_s", min_s, MAX_REPETITION_S)?;
        let [rest, back, leave, attempt, reach, target] =
            steps.map(|(name, value)| self.value(value, name, unit));
        Ok(Signal {
            measure: raw.measure,
            from_rest,
            rest: rest?,
            back: back?,
            leave: leave?,
            attempt: attempt?,
            reach: reach?,
            target: target?,
            min_s,
            max_s,
        })
    }

    /// Exactly one of `min` and `max`; `at`: where it is missing.
    fn limit<T>(
        &self,
        at: &Spanned<T>,
        min: &Option<Spanned<f64>>,
        max: &Option<Spanned<f64>>,
        value: impl Fn(&Spanned<f64>, &str) -> Result<f32, ExerciseError>,
    ) -> Result<Limit, ExerciseError> {
        match (min, max) {
            (Some(min), None) => Ok(Limit::Min(value(min, "min")?)),
            (None, Some(max)) => Ok(Limit::Max(value(max, "max")?)),
            (Some(_), Some(max)) => {
                Err(self.wrong(max, "write either min or max, not both; two of these can have one each"))
            }
            (None, None) => Err(self.wrong(at, "there is no limit; write min or max")),
        }
    }

    pub fn guard(&self, raw: &RawGuard) -> Result<Guard, ExerciseError> {
        let measure = *raw.measure.get_ref();
        let unit = self.unit(&raw.unit, measure)?;
        if raw.aspect == Aspect::Change {
            return Err(self.wrong(&raw.measure, "a guard looks at a value or a difference, not at a change"));
        }
        let limit =
            self.limit(&raw.measure, &raw.min, &raw.max, |value, name| self.value(value, name, unit))?;
        Ok(Guard { measure, aspect: raw.aspect, limit })
    }

    pub(super) fn price(
        &self,
        per_unit: &Spanned<f64>,
        at_most: &Spanned<f64>,
    ) -> Result<Price, ExerciseError> {
        let per_unit = self.within(per_unit, "points per unit", 0.001, 1000.0)?;
        Ok(Price { per_unit, at_most: self.within(at_most, "max_points", 0.1, 100.0)? })
    }

    pub(super) fn range(&self, raw: &RawRange) -> Result<RangeRule, ExerciseError> {
        Ok(RangeRule {
            id: self.id(&raw.id)?,
            price: self.price(&raw.points_per_unit, &raw.max_points)?,
            cue: self.cue(&raw.cue)?,
        })
    }

    pub(super) fn tempo(&self, raw: &RawTempo) -> Result<TempoRule, ExerciseError> {
        let seconds = |value: &Option<Spanned<f64>>, name| {
            value.as_ref().map(|value| self.within(value, name, 0.0, MAX_REPETITION_S)).transpose()
        };
        let (min_s, max_s) = (seconds(&raw.min_s, "min_s")?, seconds(&raw.max_s, "max_s")?);
        match (min_s, max_s) {
            (None, None) => return Err(self.wrong(&raw.id, "write min_s, max_s or both")),
            (Some(min), Some(max)) if min >= max => {
                return Err(self
                    .wrong(&raw.id, format!("min_s is {min} and max_s is {max}; write min_s below max_s")));
            }
            _ => {}
        }
        Ok(TempoRule {
            id: self.id(&raw.id)?,
            stage: raw.stage,
            min_s,
            max_s,
            price: self.price(&raw.points_per_s, &raw.max_points)?,
            cue_fast: raw.cue_fast.as_ref().map(|cue| self.cue(cue)).transpose()?,
            cue_slow: raw.cue_slow.as_ref().map(|cue| self.cue(cue)).transpose()?,
        })
    }

    pub(super) fn rule(&self, raw: &RawRule) -> Result<FormRule, ExerciseError> {
        let unit = self.unit(&raw.unit, raw.measure)?;
        let limit = self.limit(&raw.id, &raw.min, &raw.max, |value, name| self.value(value, name, unit))?;
        if raw.aspect == Aspect::Difference && matches!(limit, Limit::Min(_)) {
            return Err(self.wrong(&raw.id, "a difference between the sides has no min; write max"));
        }
        let mut stages = [raw.stages.is_none(); 3];
        raw.stages.iter().flat_map(Spanned::get_ref).for_each(|&stage| stages[stage as usize] = true);
        if stages == [false; 3] {
            let message = "write the stages in which the rule holds: \"out\", \"peak\", \"return\"; or leave it out for all";
            return Err(match &raw.stages {
                Some(stages) => self.wrong(stages, message),
                None => self.wrong(&raw.id, message),
            });
        }
        let Some(shown) = &raw.shown else {
            let message = format!(
                "the rule `{}` has no `shown`; write the angles that are added to the trainer's to show the fault, as in \
                 shown = {{ trunk_flexion = 25 }}",
                raw.id.get_ref()
            );
            return Err(self.wrong(&raw.id, message));
        };
        if shown.get_ref().is_empty() {
            return Err(self.wrong(shown, "`shown` is empty; write angles, as in { trunk_flexion = 25 }"));
        }
        let hold_s =
            raw.hold_s.as_ref().map(|hold| self.within(hold, "hold_s", 0.0, MAX_HOLD_S)).transpose()?;
        Ok(FormRule {
            id: self.id(&raw.id)?,
            measure: raw.measure,
            aspect: raw.aspect,
            stages,
            limit,
            hold_s: hold_s.unwrap_or(DEFAULT_HOLD_S),
            price: self.price(&raw.points_per_unit, &raw.max_points)?,
            severity: raw.severity,
            cue: self.cue(&raw.cue)?,
            view: raw.view.unwrap_or(View::Any),
            part: raw.part.unwrap_or(match raw.aspect {
                Aspect::Difference => Part::Symmetry,
                Aspect::Value | Aspect::Change => Part::Form,
            }),
            breaks_hold: raw.breaks_hold,
            shown: self.angles(shown.get_ref().iter())?,
        })
    }

    pub(super) fn quality(&self, raw: &RawQuality) -> Result<QualityRule, ExerciseError> {
        let most = match raw.quantity {
            Quantity::Symmetry => 200.0,
            Quantity::Similarity => 100.0,
            Quantity::Smoothness | Quantity::Sway | Quantity::Steadiness => 20.0,
        };
        let limit = self.limit(&raw.id, &raw.min, &raw.max, |value, name| {
            Ok(self.within(value, name, -most, most)? as f32)
        })?;
        Ok(QualityRule {
            id: self.id(&raw.id)?,
            quantity: raw.quantity,
            limit,
            price: self.price(&raw.points_per_unit, &raw.max_points)?,
            cue: raw.cue.as_ref().map(|cue| self.cue(cue)).transpose()?,
        })
    }
}
