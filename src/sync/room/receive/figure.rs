//! Between two figures, and beyond the last.

use baro_wire::pose::{Figure, JOINTS};
use glam::{Quat, Vec3};

fn turn(figure: &Figure, joint: usize) -> Quat {
    Quat::from_array(figure.turns[joint])
}

/// `part` of the way from one to the other. What is not movement is the later one's.
pub(super) fn between(a: &Figure, b: &Figure, part: f32) -> Figure {
    let mut figure = *b;
    figure.root_m = Vec3::from_array(a.root_m).lerp(Vec3::from_array(b.root_m), part).to_array();
    for joint in 0..JOINTS {
        figure.turns[joint] = turn(a, joint).slerp(turn(b, joint), part).normalize().to_array();
    }
    figure
}

/// Goes on from `b` as it went from `a`, for `times` the time between the two.
pub(super) fn beyond(a: &Figure, b: &Figure, times: f32) -> Figure {
    let mut figure = *b;
    let (from, to) = (Vec3::from_array(a.root_m), Vec3::from_array(b.root_m));
    figure.root_m = (to + (to - from) * times).to_array();
    for joint in 0..JOINTS {
        let (from, to) = (turn(a, joint), turn(b, joint));
        let step = shortest(to * from.inverse());
        let (axis, angle) = step.to_axis_angle();
        figure.turns[joint] = (Quat::from_axis_angle(axis, angle * times) * to).normalize().to_array();
    }
    figure
}

/// What stands between what was drawn and what would be drawn.
#[derive(Debug, Clone, Copy)]
pub(super) struct Gap {
    root_m: Vec3,
    turns: [Quat; JOINTS],
}

impl Gap {
    pub fn of(drawn: &Figure, next: &Figure) -> Self {
        let root_m = Vec3::from_array(drawn.root_m) - Vec3::from_array(next.root_m);
        let turns = std::array::from_fn(|joint| shortest(turn(drawn, joint) * turn(next, joint).inverse()));
        Self { root_m, turns }
    }

    /// The figure with this part of the gap left.
    pub fn put(&self, figure: &Figure, left: f32) -> Figure {
        let mut put = *figure;
        put.root_m = (Vec3::from_array(figure.root_m) + self.root_m * left).to_array();
        for joint in 0..JOINTS {
            let gap = Quat::IDENTITY.slerp(self.turns[joint], left);
            put.turns[joint] = (gap * turn(figure, joint)).normalize().to_array();
        }
        put
    }
}

/// The same turn by less than half a turn.
fn shortest(turn: Quat) -> Quat {
    if turn.w < 0.0 { -turn } else { turn }
}
