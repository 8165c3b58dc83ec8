//! Measures a stream: angles that don't wrap, and errors that are worked out anew only where the body has moved.

use crate::{
    Estimate, Landmarks, Measure, MeasureSet, Measures, Side, Unit, View,
    body::Body,
    measure::{MEASURE_COUNT, Spread, estimate_with},
};

/// An angle is no longer unwrapped after a gap of this, seconds.
const FORGET_S: f64 = 0.5;
/// A standard deviation is good for this long, seconds, while the value stays within [`SAME_VALUE`] (radians or ratio) and the
/// visibility within [`SAME_VISIBILITY`].
const SAME_S: f64 = 0.25;
const SAME_VALUE: f32 = 0.03;
const SAME_VISIBILITY: f32 = 0.1;

/// Measures the bodies of one stream. A step allocates nothing.
#[derive(Debug, Clone)]
pub struct Gauge {
    memory: [[Memory; 2]; MEASURE_COUNT],
}

/// What is remembered of one measure on one side.
#[derive(Debug, Clone, Copy, Default)]
struct Memory {
    /// When it was last measured, and its value then.
    last: Option<(f64, f32)>,
    /// When its error was last worked out, and for what.
    spread: Option<(f64, Estimate)>,
}

impl Default for Gauge {
    fn default() -> Self {
        Self { memory: [[Memory::default(); 2]; MEASURE_COUNT] }
    }
}

impl Gauge {
    /// [`Measures::seen`], but for two things: no angle jumps by a turn (190° after 175° is 190°, not -170°), and a standard deviation is
    /// that of up to a quarter of a second ago where value and visibility have hardly changed.
    pub fn measure(&mut self, time_s: f64, world: &Landmarks, view: &View, wanted: MeasureSet) -> Measures {
        let level = view.level(world);
        let body = Body::new(&level);
        let mut spread = Spread::new(&level, view);
        let mut all = Measures::default();
        for measure in Measure::ALL.into_iter().filter(|&measure| wanted.contains(measure)) {
            for side in Side::BOTH {
                let memory = &mut self.memory[measure as usize][side.index()];
                let known = memory.spread;
                let found = estimate_with(&body, measure, side, view, |now| {
                    let same = |(then_s, then): &(f64, Estimate)| {
                        (0.0..SAME_S).contains(&(time_s - then_s))
                            && (now.value - then.value).abs() < SAME_VALUE
                            && (now.visibility - then.visibility).abs() < SAME_VISIBILITY
                    };
                    match known.filter(same) {
                        Some((_, then)) => Some(then.sd),
                        None => {
                            let sd = spread.sd(measure, side, now.value)?;
                            memory.spread = Some((time_s, Estimate { sd, ..*now }));
                            Some(sd)
                        }
                    }
                });
                let Some(mut found) = found else { continue };
                if measure.unit() == Unit::Angle {
                    found.value = memory.unwrapped(time_s, found.value);
                }
                all.put(measure, side, found);
            }
        }
        all
    }
}

impl Memory {
    fn unwrapped(&mut self, time_s: f64, now: f32) -> f32 {
        use std::f32::consts::{PI, TAU};
        let mut value = now;
        if let Some((last_s, before)) = self.last
            && (0.0..FORGET_S).contains(&(time_s - last_s))
        {
            let turned = if now > before { now - TAU } else { now + TAU };
            // Half a turn further at most: what seems to go round and round is a tracker's doing.
            if (now - before).abs() > PI && turned.abs() < 1.5 * PI {
                value = turned;
            }
        }
        self.last = Some((time_s, value));
        value
    }
}

#[cfg(test)]
mod tests;
