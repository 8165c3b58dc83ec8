//! Where people stand: given by the room, so that nobody is ever inside somebody else.

use baro_wire::limits::ROOM_PEOPLE;

/// Somebody's place in the room's frame (metres, y up): the leader at its middle, looking towards +z, and the others in arcs before
/// them, who look at the leader.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// To the leader's left.
    pub x_m: f32,
    /// Away from the leader.
    pub z_m: f32,
    /// The direction of the look, from +z towards +x.
    pub facing_rad: f32,
}

/// The leader's.
pub const STAGE: u8 = 0;
/// Everybody has a circle of this radius for themselves: arms out, and a step.
pub const SPACE_M: f32 = 0.9;
/// From the leader to the first arc.
const FIRST_M: f32 = 3.2;
/// From arc to arc.
const NEXT_M: f32 = 2.2;
/// People in the first arc, and more in each that follows.
const FIRST: u8 = 5;
const MORE: u8 = 3;
/// Half an arc: further out nobody sees the leader from the front.
const HALF_ARC_RAD: f32 = 1.2;

/// The place of this number, below [`ROOM_PEOPLE`].
pub fn place(number: u8) -> Place {
    if number == STAGE || usize::from(number) >= ROOM_PEOPLE {
        return Place { x_m: 0.0, z_m: 0.0, facing_rad: 0.0 };
    }
    let (mut nth, mut arc, mut in_arc) = (number - 1, 0_u8, FIRST);
    while nth >= in_arc {
        nth -= in_arc;
        arc += 1;
        in_arc += MORE;
    }
    // From the middle outwards, so that few people stand before the leader and not at the side.
    let step = f32::from(nth.div_ceil(2)) * if nth % 2 == 0 { 1.0 } else { -1.0 };
    let angle_rad = step * 2.0 * HALF_ARC_RAD / f32::from(in_arc - 1);
    let away_m = FIRST_M + NEXT_M * f32::from(arc);
    let (sin, cos) = angle_rad.sin_cos();
    Place { x_m: away_m * sin, z_m: away_m * cos, facing_rad: angle_rad + std::f32::consts::PI }
}

/// How far apart two places are.
pub(super) fn apart_m(a: u8, b: u8) -> f32 {
    let (a, b) = (place(a), place(b));
    (a.x_m - b.x_m).hypot(a.z_m - b.z_m)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_stands_in_anybodys_way() {
        for a in 0..ROOM_PEOPLE as u8 {
            for b in 0..a {
                assert!(apart_m(a, b) >= 2.0 * SPACE_M, "{a} and {b} are {} m apart", apart_m(a, b));
            }
            let at = place(a);
            assert!(at.x_m.hypot(at.z_m) <= 14.0 && at.z_m >= 0.0, "{a}: {at:?}");
            if a != STAGE {
                let to_leader = (-at.x_m).atan2(-at.z_m);
                assert!(
                    (to_leader - at.facing_rad).sin().abs() < 1e-5 && (to_leader - at.facing_rad).cos() > 0.0
                );
            }
        }
    }
}
