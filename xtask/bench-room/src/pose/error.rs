//! How far what is drawn is from what was sent.

use baro_wire::pose::{Figure, PARENTS};
use glam::{DQuat, DVec3};

/// Of every joint of every figure.
#[derive(Default)]
pub struct Errors {
    /// Of the turns in the room, degrees.
    pub room_deg: Vec<f64>,
    /// Of the turns relative to the parent joint, degrees.
    pub parent_deg: Vec<f64>,
    /// Of the roots, millimetres.
    pub root_mm: Vec<f64>,
}

impl Errors {
    /// Takes one more figure in.
    pub fn add(&mut self, sent: &Figure, drawn: &Figure) {
        let [sent_turns, drawn_turns] = [sent, drawn].map(|figure| figure.turns.map(turn));
        for (joint, parent) in PARENTS.into_iter().enumerate() {
            let on_parent = |turns: &[DQuat]| match parent {
                Some(parent) => turns[parent].inverse() * turns[joint],
                None => turns[joint],
            };
            self.room_deg.push(apart_deg(sent_turns[joint], drawn_turns[joint]));
            self.parent_deg.push(apart_deg(on_parent(&sent_turns), on_parent(&drawn_turns)));
        }
        let [sent, drawn] = [sent, drawn].map(|figure| DVec3::from_array(figure.root_m.map(f64::from)));
        self.root_mm.push(1000.0 * sent.distance(drawn));
    }
}

fn turn(q: [f32; 4]) -> DQuat {
    DQuat::from_array(q.map(f64::from)).normalize()
}

/// From the vector part, which is exact for small angles.
fn apart_deg(a: DQuat, b: DQuat) -> f64 {
    let between = a.inverse() * b;
    (2.0 * between.xyz().length().atan2(between.w.abs())).to_degrees()
}
