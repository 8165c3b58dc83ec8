//! Likeness to how other people do an exercise right: learned limits on the whole movement, as a data file.
//!
//! A repetition is summed up in a few numbers a [`Channel`]: its low and high end, how far these are from the rest posture before it, and its
//! range. A [`Reference`] holds, for those numbers by which correct and incorrect repetitions of *other* people differ, what is usual among the
//! correct ones and what each unit beyond it costs. So it is the same kind of thing as a form rule, and each lost point says why it was
//! lost. `docs/scoring.md` tells how the limits are learned and how well they hold for people never seen.

mod file;
mod learn;
mod shipped;
mod solve;
mod summary;
mod track;

pub use file::{REFERENCE_FORMAT, ReferenceError};
pub use learn::{Example, LearnSettings, Origin, learn};
pub use summary::{Of, Summary};
pub use track::Track;

use crate::View;
use baro_motion::{Channel, Side};
use serde::{Deserialize, Serialize};

/// What kind of points a body was measured by. The same joint is not the same place for both, so each has limits of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sensor {
    /// Joints as guessed from a picture or a depth picture.
    #[default]
    Camera,
    /// Joints from markers on the skin.
    Markers,
}

impl Sensor {
    /// Both, in the order of files.
    pub const ALL: [Self; 2] = [Self::Camera, Self::Markers];
}

/// Whose number a term is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TermSide {
    /// The whole body's.
    Body,
    /// The side that leads the movement; in symmetric movements each side.
    Near,
    /// The side opposite to it; in symmetric movements each side's opposite.
    Far,
}

/// On which side of its limit a number costs points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Way {
    Over,
    Under,
}

/// A difference that costs less is too small to name, and costs nothing.
const LEAST_POINTS: f64 = 0.01;

/// One limit and its price; degrees or ratios, as in the file. Pairs are in the order of [`Sensor::ALL`].
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    /// What is limited.
    pub channel: Channel,
    /// Whose.
    pub side: TermSide,
    /// Which number of the repetition.
    pub of: Of,
    /// Which way it costs.
    pub way: Way,
    /// What is usual among correct repetitions.
    pub limit: [f64; 2],
    /// Points for each unit beyond it.
    pub per_unit: [f64; 2],
    /// Most points that this term can cost.
    pub at_most: f64,
}

/// By what the leading side is told: the side with the larger weighted sum leads.
#[derive(Debug, Clone, PartialEq)]
pub struct Lead {
    /// What is compared between the sides.
    pub channel: Channel,
    /// Which number of it.
    pub of: Of,
    /// Weight of a degree or a ratio of 1.
    pub weight: f64,
}

/// How other people do one exercise right.
#[derive(Debug, Clone, PartialEq)]
pub struct Reference {
    /// Id of the exercise.
    pub exercise: String,
    /// Where it comes from.
    pub origin: Origin,
    /// Both sides do the same: then no side leads, and each mirror image counts half.
    pub symmetric: bool,
    /// How the leading side is found.
    pub lead: Vec<Lead>,
    /// Most points that all terms together can cost.
    pub at_most: f64,
    /// The limits.
    pub terms: Vec<Term>,
}

/// A limit that a repetition passed.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// What differs.
    pub channel: Channel,
    /// On which side; `None` for the whole body.
    pub side: Option<Side>,
    /// Which number of it.
    pub of: Of,
    /// Which way.
    pub way: Way,
    /// When: where it was farthest beyond, or nearest to what was not reached, seconds.
    pub span_s: [f64; 2],
    /// Degrees or ratio.
    pub value: f64,
    /// Degrees or ratio.
    pub limit: f64,
    /// Points lost.
    pub points: f64,
}

impl Reference {
    /// What differs from how other people do it right, dearest first. `counts`: the channels that can be believed from this view.
    pub fn compare(
        &self,
        summary: &Summary,
        sensor: Sensor,
        counts: impl Fn(Channel) -> bool,
    ) -> Vec<Difference> {
        let mut found = Vec::new();
        let images = self.images(summary);
        let share = 1.0 / images.len() as f64;
        for &near in images {
            let terms = self.terms.iter().filter(|term| counts(term.channel));
            found.extend(terms.filter_map(|term| term.check(summary, sensor, near, share)));
        }
        let sum: f64 = found.iter().map(|difference| difference.points).sum();
        if sum > self.at_most {
            found.iter_mut().for_each(|difference| difference.points *= self.at_most / sum);
        }
        found.sort_by(|a, b| b.points.total_cmp(&a.points));
        found
    }

    /// The sides that are near by turns: both of a movement that is the same on both, else the one that leads.
    fn images(&self, summary: &Summary) -> &'static [Side] {
        match (self.symmetric, self.leading(summary)) {
            (true, _) => &Side::BOTH,
            (false, Side::Left) => &[Side::Left],
            (false, Side::Right) => &[Side::Right],
        }
    }

    /// The side that leads the movement.
    pub fn leading(&self, summary: &Summary) -> Side {
        let lead = |lead: &Lead| {
            let [left, right] = Side::BOTH.map(|side| summary.value(lead.channel, side, lead.of));
            Some(lead.weight * (left? - right?))
        };
        let ahead: f64 = self.lead.iter().filter_map(lead).sum();
        if ahead >= 0.0 { Side::Left } else { Side::Right }
    }
}

impl Term {
    fn check(&self, summary: &Summary, sensor: Sensor, near: Side, share: f64) -> Option<Difference> {
        let side = match self.side {
            TermSide::Body | TermSide::Near => near,
            TermSide::Far => near.other(),
        };
        let value = summary.value(self.channel, side, self.of)?;
        let (limit, per_unit) = (self.limit[sensor as usize], self.per_unit[sensor as usize]);
        let excess = match self.way {
            Way::Over => value - limit,
            Way::Under => limit - value,
        };
        let points = share * (excess * per_unit).min(self.at_most);
        (points >= LEAST_POINTS).then(|| Difference {
            channel: self.channel,
            side: self.channel.is_sided().then_some(side),
            of: self.of,
            way: self.way,
            span_s: summary.span_s(self.channel, side, self.of, self.way, limit),
            value,
            limit,
            points,
        })
    }
}

/// From where one camera must look for a channel to be believed: its plane must not stand edge on.
pub fn view_of(channel: Channel) -> View {
    use Channel::*;
    match channel {
        TrunkFlexion | HipsForward | ArmForward | ForearmForward | HipFlexion | FootForward => View::Side,
        TrunkSideLean | TrunkRotation | PelvisHike | ShoulderTilt | HipsSideways | ArmOut | ForearmOut
        | HipAbduction | KneeValgus | FootOut => View::Front,
        PelvisHeight | ArmElevation | ForearmUp | ElbowFlexion | KneeFlexion | FootLift => View::Any,
    }
}

#[cfg(test)]
mod tests;
