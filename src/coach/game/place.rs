//! Where a task stands, measured from the body that has to do it.

use super::{GameBody, GameKind, Level, ladder::Ladder};
use baro_motion::Side;
use glam::Vec3;

/// Each target hangs a golden share further round than the one before: spread out, and the same every time.
const GOLDEN: f32 = 0.618_034;
/// A miss makes the next target larger and nearer, and the next balloon slower, by these shares.
const LARGER: f32 = 0.25;
const NEARER: f32 = 0.07;
const SLOWER: f32 = 0.2;
/// A balloon begins so far above the shoulder, arm lengths.
const BALL_ABOVE: f32 = 0.95;
/// And so far before it: where a bent arm's hand is.
const BALL_BEFORE: f32 = 0.25;
/// A bar waits so far before the foot, and goes as far behind it, metres.
const BAR_BEFORE_M: f32 = 0.42;

/// One thing to do.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Task {
    /// From 1.
    pub number: u32,
    /// The person's side that is asked.
    pub side: Side,
    /// How hard: radians or ratio, as the kind says.
    pub asked: f32,
    /// Where: the target's or balloon's middle, the bar's middle (its height is its top), the board's pivot; metres.
    pub place_m: Vec3,
    /// Radius of target or balloon, metres.
    pub size_m: f32,
    /// Speed of a balloon that comes down, metres a second.
    pub fall_m_s: f32,
    /// How far the bar has slid under the foot, or how much of the time the board has been level: 0 to 1.
    pub progress: f32,
    /// Has the foot touched the bar?
    pub clipped: bool,
    /// Tilt of the board, radians, positive where the asked side is low.
    pub tilt_rad: f32,
}

impl Task {
    pub(super) fn new(
        kind: GameKind,
        level: &Level,
        ladder: &Ladder,
        number: u32,
        side: Side,
        body: &GameBody,
    ) -> Self {
        let (asked, ease) = (ladder.asked(level), ladder.ease());
        let (i, out) = (side.index(), body.outward(side));
        let place_m = match kind {
            GameKind::Reach => {
                let [from, to] = level.azimuth_rad;
                let turn = number as f32 * GOLDEN;
                let azimuth = from + (to - from) * (turn - libm::floorf(turn));
                let reach = body.arm_m * level.reach * (1.0 - NEARER * ease);
                let level_way = libm::sinf(asked);
                let way = Vec3::new(
                    level_way * libm::sinf(azimuth) * out,
                    -libm::cosf(asked),
                    level_way * libm::cosf(azimuth),
                );
                body.shoulder_m[i] + way * reach
            }
            GameKind::Ball => {
                let beside = body.arm_m * asked * (1.0 - NEARER * ease);
                body.shoulder_m[i]
                    + Vec3::new(beside * out, body.arm_m * BALL_ABOVE, body.arm_m * BALL_BEFORE)
            }
            GameKind::Hurdles => {
                let foot = body.foot_m[i];
                Vec3::new(foot.x, body.leg_m * asked, foot.z + BAR_BEFORE_M)
            }
            GameKind::Board => {
                let [left, right] = body.foot_m;
                let half = (left.x - right.x).abs() * 0.5;
                let middle = (left + right) * 0.5;
                Vec3::new(middle.x + half * asked * out, 0.0, middle.z)
            }
        };
        Self {
            number,
            side,
            asked,
            place_m,
            size_m: level.size_m * (1.0 + LARGER * ease),
            fall_m_s: level.fall_m_s * (1.0 - SLOWER * ease),
            progress: 0.0,
            clipped: false,
            tilt_rad: 0.0,
        }
    }

    /// Where the bar of a hurdle is now: before the foot, under it, behind it.
    pub fn bar_m(&self) -> Vec3 {
        self.place_m - Vec3::Z * (2.0 * BAR_BEFORE_M * self.progress)
    }
}
