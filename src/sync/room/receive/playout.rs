//! One person's figures, drawn a little behind the room's time, evenly.

use super::figure::{Gap, between, beyond};
use baro_wire::pose::Figure;
use std::collections::VecDeque;

/// Figures that are kept: two seconds.
const FRAMES: usize = 64;
/// By how much figures were late, of the last four seconds.
const LATENESSES: usize = 120;
/// This part of them is in time.
const IN_TIME: f64 = 0.95;
/// And a tick later still: to draw between two, the next one must be there.
const MARGIN_MS: f64 = 34.0;
/// Never so much later than the usual figure comes, however unsteady the network is.
const MOST_MS: f64 = 220.0;
/// The delay grows and shrinks by this part of the time that passes.
const FASTER: f64 = 0.10;
const SLOWER: f64 = 0.03;
/// Further off than this, playing jumps.
const JUMP_MS: f64 = 1_000.0;
/// What is late is guessed for so long, slowing down.
const GUESS_MS: f64 = 100.0;
/// Speed is taken over at least so long: over less, it is noise.
const SPEED_MS: u32 = 60;
/// Then it is held; from here on it is drawn grey.
const GREY_MS: f64 = 1_000.0;
/// After a guess that was wrong the figure goes back to the truth within this time.
const BLEND_MS: f64 = 200.0;

/// How sure a drawn figure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// Between two that came.
    Live,
    /// Beyond the last that came.
    Guessed,
    /// Where they were.
    Held,
    /// Where they were long ago.
    Grey,
}

/// A figure to be drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Drawn {
    /// It.
    pub figure: Figure,
    /// How sure it is.
    pub how: How,
    /// The room's time that it shows.
    pub time_ms: f64,
}

/// One person's figures.
#[derive(Debug, Default)]
pub struct Playout {
    /// By the room's time at which they were made.
    frames: VecDeque<(u32, Figure)>,
    lateness_ms: VecDeque<f64>,
    /// What is drawn now, in the room's time, and when that was.
    playing: Option<(f64, f64)>,
    /// As it was drawn last.
    drawn: Option<Drawn>,
    gap: Option<(Gap, f64)>,
    target_ms: f64,
}

impl Playout {
    /// A figure of this time, now.
    pub fn came(&mut self, room_ms: f64, time_ms: u16, figure: Figure) {
        // The whole time is the one next to now.
        let now_ms = room_ms.max(0.0) as u32;
        let age_ms = (now_ms as u16).wrapping_sub(time_ms) as i16;
        let time_ms = now_ms.saturating_add_signed(-i32::from(age_ms));
        self.lateness_ms.push_back(room_ms - f64::from(time_ms));
        if self.lateness_ms.len() > LATENESSES {
            self.lateness_ms.pop_front();
        }
        self.target_ms = self.wanted_ms();
        let at = self.frames.partition_point(|(time, _)| *time < time_ms);
        if self.frames.get(at).is_none_or(|(time, _)| *time != time_ms) {
            self.frames.insert(at, (time_ms, figure));
        }
        if self.frames.len() > FRAMES {
            self.frames.pop_front();
        }
    }

    /// How far behind the room's time the figure is drawn.
    pub fn delay_ms(&self) -> f64 {
        self.playing.map_or(self.target_ms, |(play_ms, room_ms)| room_ms - play_ms)
    }

    /// So late that nearly all are there in time, but not much later than the usual one.
    fn wanted_ms(&self) -> f64 {
        let mut sorted: Vec<f64> = self.lateness_ms.iter().copied().collect();
        sorted.sort_by(f64::total_cmp);
        let part = |part: f64| {
            let at = ((sorted.len().max(1) - 1) as f64 * part).round() as usize;
            sorted.get(at).copied().unwrap_or_default()
        };
        (part(IN_TIME) + MARGIN_MS).min(part(0.5) + MOST_MS)
    }

    /// The figure to be drawn now; none before the first.
    pub fn draw(&mut self, room_ms: f64) -> Option<Drawn> {
        let play_ms = self.play(room_ms)?;
        let (figure, how) = self.at(play_ms)?;
        let before = self.drawn;
        let passed_ms = before.map_or(0.0, |before| (play_ms - before.time_ms).max(0.0));
        if let Some(before) = before
            && before.how != How::Live
            && how == How::Live
        {
            let blend = matches!(before.how, How::Guessed | How::Held);
            self.gap = blend.then(|| (Gap::of(&before.figure, &figure), BLEND_MS));
        }
        let figure = match &mut self.gap {
            Some((gap, left_ms)) => {
                *left_ms -= passed_ms;
                let left = (*left_ms / BLEND_MS).clamp(0.0, 1.0) as f32;
                // Begins and ends slowly.
                gap.put(&figure, left * left * (3.0 - 2.0 * left))
            }
            None => figure,
        };
        self.gap = self.gap.filter(|(_, left_ms)| *left_ms > 0.0);
        let drawn = Drawn { figure, how, time_ms: play_ms };
        self.drawn = Some(drawn);
        Some(drawn)
    }

    /// Plays on, a little faster or slower where the delay is to be another.
    fn play(&mut self, room_ms: f64) -> Option<f64> {
        self.frames.front()?;
        let wanted_ms = room_ms - self.target_ms;
        let play_ms = match self.playing {
            Some((play_ms, at_ms)) if (wanted_ms - play_ms).abs() < JUMP_MS => {
                let passed_ms = (room_ms - at_ms).max(0.0);
                let error_ms = wanted_ms - (play_ms + passed_ms);
                play_ms + passed_ms + error_ms.clamp(-FASTER * passed_ms, SLOWER * passed_ms)
            }
            _ => wanted_ms,
        };
        self.playing = Some((play_ms, room_ms));
        Some(play_ms)
    }

    /// The figure of this moment, as far as it is known.
    fn at(&self, play_ms: f64) -> Option<(Figure, How)> {
        let next = self.frames.partition_point(|(time, _)| f64::from(*time) <= play_ms);
        match (next.checked_sub(1).and_then(|at| self.frames.get(at)), self.frames.get(next)) {
            (Some((t0, a)), Some((t1, b))) => {
                let part = (play_ms - f64::from(*t0)) / f64::from(t1 - t0);
                Some((between(a, b, part as f32), How::Live))
            }
            // Before the first that is known.
            (None, Some((_, first))) => Some((*first, How::Held)),
            (Some((time, last)), None) => {
                let over_ms = play_ms - f64::from(*time);
                let how = match over_ms {
                    _ if over_ms >= GREY_MS => How::Grey,
                    _ if over_ms >= GUESS_MS => How::Held,
                    _ => How::Guessed,
                };
                let slow_ms = slowing(over_ms.min(GUESS_MS));
                let before = self.frames.iter().rev().find(|(earlier, _)| earlier + SPEED_MS <= *time);
                let figure = before
                    .filter(|(earlier, _)| time - earlier < 2 * GUESS_MS as u32)
                    .map_or(*last, |(earlier, a)| {
                        beyond(a, last, (slow_ms / f64::from(time - earlier)) as f32)
                    });
                Some((figure, how))
            }
            (None, None) => None,
        }
    }
}

/// A movement that comes to rest evenly within the time that is guessed: how far it went by then.
fn slowing(over_ms: f64) -> f64 {
    over_ms - over_ms * over_ms / (2.0 * GUESS_MS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use baro_wire::pose::JOINTS;
    use glam::Quat;

    /// A body that sways and nods.
    fn figure(time_ms: f64) -> Figure {
        let phase = (time_ms / 1_000.0) as f32 * 2.0;
        let turn = Quat::from_rotation_x(0.8 * phase.sin()).to_array();
        Figure { root_m: [0.2 * phase.cos(), 1.0, 0.0], turns: [turn; JOINTS], ..Figure::default() }
    }

    fn angle(a: &Figure, b: &Figure) -> f32 {
        Quat::from_array(a.turns[3]).angle_between(Quat::from_array(b.turns[3]))
    }

    /// Draws at 60 Hz while figures of 30 Hz come as `late` says (none: lost); calls `each` with the time and what is drawn.
    fn run(
        seconds: u64,
        late: impl Fn(u64) -> Option<u64>,
        mut each: impl FnMut(u64, Option<Drawn>),
    ) -> Playout {
        let mut playout = Playout::default();
        let frames = (0..seconds * 30).map(|n| 1_000 + n * 100 / 3);
        let mut arrivals: Vec<(u64, u64)> =
            frames.filter_map(|time| Some((time + late(time)?, time))).collect();
        arrivals.sort_unstable();
        let mut arrivals = arrivals.into_iter().peekable();
        for now in (1_000..1_000 + seconds * 1_000).step_by(16) {
            while let Some((at, time)) = arrivals.next_if(|(at, _)| *at <= now) {
                playout.came(at as f64, time as u16, figure(time as f64));
            }
            each(now, playout.draw(now as f64));
        }
        playout
    }

    #[test]
    fn on_a_steady_network_all_is_between_two_figures() {
        let (mut drawn, mut live, mut worst) = (0, 0, 0.0_f32);
        let playout = run(
            70,
            |time| Some(20 + time % 7),
            |now, seen| {
                let Some(seen) = seen.filter(|_| now > 3_000) else { return };
                drawn += 1;
                live += u32::from(seen.how == How::Live);
                worst = worst.max(angle(&seen.figure, &figure(seen.time_ms)));
            },
        );
        assert!(live * 100 > drawn * 80, "{live} of {drawn}");
        assert!(playout.delay_ms() < 65.0, "{} ms behind", playout.delay_ms());
        assert!(worst < 0.02, "{worst} rad off");
    }

    #[test]
    fn what_is_late_is_guessed_then_held_then_grey() {
        let mut hows = Vec::new();
        run(
            8,
            |time| (time < 4_000).then_some(20),
            |_, seen| {
                if let Some(seen) = seen
                    && hows.last() != Some(&seen.how)
                {
                    hows.push(seen.how);
                }
            },
        );
        let end = [How::Live, How::Guessed, How::Held, How::Grey];
        assert!(hows.ends_with(&end), "{hows:?}");
    }

    /// A gap of half a second: no limb turns faster than twice what it does by itself, neither in the gap nor behind it.
    #[test]
    fn no_limb_jumps() {
        for gap in [100, 300, 700] {
            let mut last: Option<Figure> = None;
            run(
                12,
                |time| (!(5_000..5_000 + gap).contains(&time)).then_some(30),
                |now, seen| {
                    if let (Some(last), Some(seen)) = (last, seen) {
                        let speed = angle(&last, &seen.figure) / 0.016;
                        assert!(now < 1_200 || speed < 2.0 * 1.6 + 6.0, "gap {gap}, at {now}: {speed} rad/s");
                    }
                    last = seen.map(|seen| seen.figure);
                },
            );
        }
    }

    #[test]
    fn memory_is_bounded() {
        let mut playout = Playout::default();
        for n in 0..10_000_u32 {
            playout.came(f64::from(n) * 3.0, (n * 3) as u16, Figure::default());
        }
        assert!(playout.frames.len() == FRAMES && playout.lateness_ms.len() == LATENESSES);
    }
}
