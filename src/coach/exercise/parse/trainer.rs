//! The trainer's movement.

use super::{
    super::{ExerciseError, Trainer, trainer::Key},
    MAX_REPETITION_S,
    check::Checker,
    raw::{RawAngles, RawTrainer},
};
use baro_motion::JointAngles;
use toml::Spanned;

/// Sides that are this near, radians (1°), are alike.
const SAME_SIDES: f32 = 0.018;

impl Checker<'_> {
    pub(super) fn trainer(&self, raw: &RawTrainer) -> Result<Trainer, ExerciseError> {
        let period_s = self.within(&raw.period_s, "period_s", 0.5, MAX_REPETITION_S)?;
        let keys = raw.keys.get_ref();
        self.list(&raw.keys, keys.len(), "keys", "at least one [[keys]]")?;
        let keys = keys.iter().map(|key| self.trainer_key(key, raw)).collect::<Result<Vec<_>, _>>()?;
        if let Some(i) = keys.windows(2).position(|pair| matches!(pair, [a, b] if b.at <= a.at)) {
            let at = raw.keys.get_ref().get(i + 1).and_then(|key| key.get("at"));
            return Err(self.wrong(at.unwrap_or(&raw.period_s), "write the keys in rising order of `at`"));
        }
        let turns = raw.turns.as_ref().is_some_and(|turns| *turns.get_ref());
        let trainer = Trainer::new(period_s, turns, keys);
        if let Some(turns) = raw.turns.as_ref().filter(|turns| *turns.get_ref()) {
            let start = trainer.angles_at(0.0);
            let apart = start.to_array().into_iter().zip(start.mirrored().to_array());
            if apart.into_iter().any(|(a, b)| (a - b).abs() > SAME_SIDES) {
                let message = "the sides take turns, but the period does not begin with both sides alike; write such a first and \
                               last key, or leave `turns` out";
                return Err(self.wrong(turns, message));
            }
        }
        Ok(trainer)
    }

    fn trainer_key(&self, raw: &RawAngles, whole: &RawTrainer) -> Result<Key, ExerciseError> {
        let Some(at) = raw.get("at") else {
            return Err(
                self.wrong(&whole.keys, "a key has no `at`; write its share of the period, 0 to below 1")
            );
        };
        let angles = raw.iter().filter(|(name, _)| *name != "at");
        Ok(Key { at: self.within(at, "at", 0.0, 0.9999)?, angles: self.angles(angles)?.to_array() })
    }

    /// Angles by name.
    pub(super) fn angles<'a>(
        &self,
        raw: impl Iterator<Item = (&'a String, &'a Spanned<f64>)>,
    ) -> Result<JointAngles, ExerciseError> {
        let mut angles = JointAngles::default();
        for (name, degrees) in raw {
            let value = self.value(degrees, name, JointAngles::unit(name))?;
            if !angles.set(name, value) {
                let (trunk, limb) = JointAngles::NAMES;
                let message = format!(
                    "`{name}` is no angle; write {}, or left_ or right_ with one of {}",
                    trunk.join(", "),
                    limb.join(", ")
                );
                return Err(self.wrong(degrees, message));
            }
        }
        Ok(angles)
    }
}
