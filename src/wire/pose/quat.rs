//! Quaternions, x y z w, and smallest three: the largest part is left out, since the others give it.
//!
//! Only + − × ÷ and square roots, which every platform rounds alike: encoder and decoder see the same figure, bit for bit.

/// A unit quaternion.
pub type Quat = [f32; 4];

pub const IDENTITY: Quat = [0.0, 0.0, 0.0, 1.0];

/// Steps from 0 to 1: 0.6° each.
pub const STEPS: f32 = 192.0;
/// What is nearer to 0 than this, in steps, is 0: a joint that hardly moves costs nothing and does not tremble.
const STILL: f32 = 0.65;
/// The largest of the other three is at most √½.
pub const MOST: i32 = 136;

pub fn mul([ax, ay, az, aw]: Quat, [bx, by, bz, bw]: Quat) -> Quat {
    [
        aw * bx + ax * bw + ay * bz - az * by,
        aw * by - ax * bz + ay * bw + az * bx,
        aw * bz + ax * by - ay * bx + az * bw,
        aw * bw - ax * bx - ay * by - az * bz,
    ]
}

pub fn inverse([x, y, z, w]: Quat) -> Quat {
    [-x, -y, -z, w]
}

pub fn dot(a: Quat, b: Quat) -> f32 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2] + a[3] * b[3]
}

/// Of length 1; what is no turn becomes none.
pub fn unit(q: Quat) -> Quat {
    let length = dot(q, q).sqrt();
    if length > 1e-6 && length.is_finite() { q.map(|part| part / length) } else { IDENTITY }
}

/// A turn in steps: which part is left out (3 is w), and the other three in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Steps {
    pub left_out: u8,
    pub parts: [i16; 3],
}

impl Steps {
    pub const ZERO: Self = Self { left_out: 3, parts: [0; 3] };

    /// The nearest to a unit quaternion.
    pub fn of(q: Quat) -> Self {
        let mut left_out = 3;
        for i in 0..3 {
            if q[i].abs() > q[left_out].abs() {
                left_out = i;
            }
        }
        let sign = if q[left_out] < 0.0 { -STEPS } else { STEPS };
        let mut others = (0..4).filter(|i| *i != left_out);
        let parts = [(); 3].map(|()| {
            let part = others.next().map_or(0.0, |i| q[i]);
            nearest(part * sign).clamp(-MOST, MOST) as i16
        });
        Self { left_out: left_out as u8, parts }
    }

    /// The turn, or `None` where the parts are too long for one.
    pub fn turn(self) -> Option<Quat> {
        let [a, b, c] = self.parts.map(i32::from);
        let square = a * a + b * b + c * c;
        let whole = (STEPS * STEPS) as i32;
        if square >= whole {
            return None;
        }
        let rest = ((whole - square) as f32).sqrt();
        let [a, b, c] = self.parts.map(f32::from);
        let q = match self.left_out {
            0 => [rest, a, b, c],
            1 => [a, rest, b, c],
            2 => [a, b, rest, c],
            _ => [a, b, c, rest],
        };
        Some(unit(q))
    }
}

fn nearest(part: f32) -> i32 {
    if part.abs() < STILL { 0 } else { part.round() as i32 }
}
