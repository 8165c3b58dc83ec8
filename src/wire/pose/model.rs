//! How likely what is in a body is: joints move like those that carry them, and a joint's parts are of like size.

use super::coder::{Coder, Odds};
use super::quat::{MOST, Steps};
use super::{JOINTS, PARENTS, Seen};

/// What changed since a key, or a whole figure since rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// Joints seen otherwise than in the key.
    pub seen: Seen,
    /// Each joint's turn on its parent, since the key's.
    pub turns: [Steps; JOINTS],
}

impl Change {
    pub const NONE: Self = Self { seen: Seen::NONE, turns: [Steps::ZERO; JOINTS] };
}

/// Sizes of parts are classed by their bits: 0, 1, 2 to 3, 4 to 7, … 128 to 255.
const CLASSES: usize = 8;
/// Classes of the sizes around a part.
const AROUND: usize = 8;
const EVEN: Odds = Odds(2048);

struct Model {
    plain: Odds,
    seen_alike: Odds,
    still: [Odds; 3],
    w_left_out: Odds,
    class: [[Odds; CLASSES]; AROUND],
    below: [Odds; CLASSES + 1],
}

impl Model {
    fn new() -> Self {
        Self {
            plain: Odds(4000),
            seen_alike: Odds(4000),
            still: [EVEN; 3],
            w_left_out: Odds(3900),
            class: [[EVEN; CLASSES]; AROUND],
            below: [EVEN; CLASSES + 1],
        }
    }
}

/// Codes a change, or reads one where `change` says nothing yet. `None` where what was read is no change.
pub fn code<C: Coder>(coder: &mut C, change: &Change, plain: bool) -> Option<Change> {
    let mut model = Model::new();
    let plain = coder.bit(&mut model.plain, plain);
    let mut out = *change;
    if coder.bit(&mut model.seen_alike, change.seen != Seen::NONE) {
        out.seen = Seen::from_bits(coder.plain(JOINTS as u32, change.seen.bits()));
    } else {
        out.seen = Seen::NONE;
    }
    for (joint, parent) in PARENTS.into_iter().enumerate() {
        let parent = parent.map(|parent| out.turns[parent]);
        let turn = &change.turns[joint];
        let coded = if plain { fixed(coder, turn) } else { turn_of(coder, &mut model, turn, parent) };
        // What can't be turned is no figure's.
        coded.turn()?;
        out.turns[joint] = coded;
    }
    Some(out)
}

/// In 29 bits, whatever it is: bounds the longest blob.
fn fixed<C: Coder>(coder: &mut C, turn: &Steps) -> Steps {
    let left_out = coder.plain(2, u32::from(turn.left_out)) as u8;
    let parts = turn.parts.map(|part| {
        let value = coder.plain(9, (i32::from(part) + MOST) as u32) as i32;
        (value - MOST).clamp(-MOST, MOST) as i16
    });
    Steps { left_out, parts }
}

fn turn_of<C: Coder>(coder: &mut C, model: &mut Model, turn: &Steps, parent: Option<Steps>) -> Steps {
    let of_parent =
        parent.map_or(0, |parent| parent.parts.map(|part| u32::from(part.unsigned_abs())).iter().sum());
    let still = match parent {
        None => 0,
        Some(Steps::ZERO) => 1,
        Some(_) => 2,
    };
    if !coder.bit(&mut model.still[still], *turn != Steps::ZERO) {
        return Steps::ZERO;
    }
    let mut out = Steps::ZERO;
    if coder.bit(&mut model.w_left_out, turn.left_out != 3) {
        out.left_out = (coder.plain(2, u32::from(turn.left_out)) % 3) as u8;
    }
    let mut around = of_parent / 2;
    for (i, part) in turn.parts.into_iter().enumerate() {
        out.parts[i] = part_of(coder, model, part, around);
        around += 2 * u32::from(out.parts[i].unsigned_abs());
    }
    out
}

fn part_of<C: Coder>(coder: &mut C, model: &mut Model, part: i16, around: u32) -> i16 {
    let size = u32::from(part.unsigned_abs());
    let class = bits(size);
    let odds = &mut model.class[(bits(around) as usize).min(AROUND - 1)];
    let mut coded = 0;
    while coded < CLASSES as u32 && coder.bit(&mut odds[coded as usize], class > coded) {
        coded += 1;
    }
    if coded == 0 {
        return 0;
    }
    let mut value = 1;
    for i in (0..coded - 1).rev() {
        let bit = size >> i & 1 == 1;
        let first = i + 2 == coded;
        let bit = if first {
            coder.bit(&mut model.below[coded as usize], bit)
        } else {
            coder.bit(&mut { EVEN }, bit)
        };
        value = value << 1 | i16::from(bit);
    }
    let negative = coder.bit(&mut { EVEN }, part < 0);
    (if negative { -value } else { value }).clamp(-(MOST as i16), MOST as i16)
}

const fn bits(size: u32) -> u32 {
    u32::BITS - size.leading_zeros()
}
