//! Three, two, one: the spoken countdown before an exercise begins.

/// Seconds between two numbers.
const STEP_S: f64 = 1.0;

/// What the countdown says with one frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tick {
    /// This number (`count-3`).
    Number(u32),
    /// Begin now.
    Begin,
}

/// Counts down aloud, a number a second; call [`Self::step`] with every frame. The next [`Tick::Begin`] ends it.
#[derive(Debug, Clone, Default)]
pub struct Countdown {
    began_s: Option<f64>,
    said: u32,
    from: u32,
}

impl Countdown {
    /// From this number down to one, from the next frame on.
    pub fn new(from: u32) -> Self {
        Self { began_s: None, said: 0, from }
    }

    /// What to say now. After a jump of time, what is due by then, once.
    pub fn step(&mut self, time_s: f64) -> Option<Tick> {
        let began_s = *self.began_s.get_or_insert(time_s);
        let due = 1 + ((time_s - began_s) / STEP_S).clamp(0.0, f64::from(self.from)) as u32;
        if due <= self.said {
            return None;
        }
        self.said = due;
        Some(if due > self.from { Tick::Begin } else { Tick::Number(self.from + 1 - due) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_two_one_begin() {
        let mut countdown = Countdown::new(3);
        let said: Vec<(u32, Tick)> =
            (0..200).filter_map(|i| Some((i, countdown.step(5.0 + f64::from(i) / 30.0)?))).collect();
        let [three, two, one] = [3, 2, 1].map(Tick::Number);
        assert_eq!(said, [(0, three), (30, two), (60, one), (90, Tick::Begin)]);
        let mut late = Countdown::new(3);
        assert_eq!(
            [0.0, f64::NAN, 60.0, 90.0].map(|t| late.step(t)),
            [Some(three), None, Some(Tick::Begin), None]
        );
    }
}
