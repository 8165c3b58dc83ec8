//! The trainer's movement.

use super::{
    super::{ExerciseError, Trainer, trainer::Key},
    MAX_REPETITION_S,
    check::Checker,
    raw::{RawAngles, RawTrainer},
};
use baro_motion::JointAngles;
use toml::Spanned;

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
        Ok(Trainer::new(period_s, keys))
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
