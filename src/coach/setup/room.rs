//! How much of the picture an exercise takes: its trainer's own movement, in statures (the height of the person when standing).

use crate::{Exercise, Position, View};
use baro_motion::{Joint, Landmarks, Mannequin, Side};

/// Moments of the trainer's movement that are looked at.
const MOMENTS: u32 = 48;
/// Eyes to the top of the head (eyes at 0.936 of the body's height; Drillis & Contini 1966).
pub(super) const EYES_TO_TOP: f32 = 0.064;
/// Wrist to the finger tips, from the same.
const HAND: f32 = 0.108;

/// What the exercise takes, in statures from the middle of the shoulders of someone who waits to begin.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Room {
    /// Up to the highest point.
    pub above: f32,
    /// Down to the lowest point that must be seen.
    pub below: f32,
    /// To either side, as the camera sees it.
    pub aside: f32,
}

impl Room {
    /// `None` on the floor, where the trainer's body is not laid as the person's is.
    pub fn of(exercise: &Exercise) -> Option<Self> {
        if exercise.about.position == Position::Floor {
            return None;
        }
        let mannequin = Mannequin::default();
        let start = middle(&mannequin.landmarks(&exercise.trainer.angles_at(0.0)), Joint::Shoulder);
        let start_floor = floor_y(&mannequin.landmarks(&exercise.trainer.angles_at(0.0)));
        let period_s = 2.0 * exercise.trainer.period_s();
        let mut room = Self { above: 0.0, below: 0.0, aside: 0.0 };
        for i in 0..MOMENTS {
            let time_s = f64::from(i) / f64::from(MOMENTS) * period_s;
            let body = mannequin.landmarks(&exercise.trainer.angles_at(time_s));
            // Feet stay on the floor while the hips go down.
            let sunk = floor_y(&body) - start_floor;
            let mut put = |joint: Joint, side: Side, more: f32| {
                let at = body[joint.of(side)].position;
                let down = (at.y - sunk - start.y) / mannequin.height_m;
                room.above = room.above.max(more - down);
                room.below = room.below.max(down);
                let [x, z] = [at.x, at.z].map(|along| (along - start.x).abs() / mannequin.height_m);
                let aside = match exercise.view {
                    View::Front => x,
                    View::Side => z,
                    View::Any => x.max(z),
                };
                room.aside = room.aside.max(aside);
            };
            for side in Side::BOTH {
                put(Joint::Nose, side, EYES_TO_TOP + NOSE_TO_EYES);
                exercise.needs.iter().for_each(|&joint| match joint {
                    Joint::Elbow | Joint::Wrist => put(Joint::Wrist, side, HAND),
                    Joint::Ankle => put(Joint::Heel, side, 0.0),
                    _ => put(joint, side, 0.0),
                });
            }
        }
        Some(room)
    }

    /// From top to bottom.
    pub fn height(&self) -> f32 {
        self.above + self.below
    }
}

/// The nose's tip lies this far below the eyes (MediaPipe's canonical face model, for a height of 1.7 m).
const NOSE_TO_EYES: f32 = 0.022;

/// The lowest point.
fn floor_y(body: &Landmarks) -> f32 {
    body.0.iter().map(|landmark| landmark.position.y).fold(f32::NEG_INFINITY, f32::max)
}

fn middle(body: &Landmarks, joint: Joint) -> glam::Vec3 {
    let [left, right] = Side::BOTH.map(|side| body[joint.of(side)].position);
    (left + right) / 2.0
}
