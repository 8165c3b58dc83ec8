//! How likely what is in a body is: joints move like those that carry them and those of the other side, and the parts of a turn are of
//! like size.

use super::coder::Coder;
use super::odds::{GROUPS, LEVEL};
use super::quat::{MOST, Steps};
use super::{JOINTS, PARENTS, Seen};

/// What changed since a key, or a whole figure since rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// Joints seen otherwise than in the key.
    pub seen: Seen,
    /// Each joint's turn since the key's.
    pub turns: [Steps; JOINTS],
}

impl Change {
    pub const NONE: Self = Self { seen: Seen::NONE, turns: [Steps::ZERO; JOINTS] };
}

/// Sizes of parts are classed by their bits: 0, 1, 2 to 3, 4 to 7, … 128 to 255.
const CLASSES: usize = 8;
/// Classes of the sizes around a part.
const AROUND: usize = 8;

/// Where the odds of each kind stand in the table.
const PLAIN: usize = 0;
const SEEN: usize = 1;
const LEFT_OUT: usize = 2;
const MOVES: usize = 3;
const CLASS: usize = MOVES + GROUPS * 9;
const BELOW: usize = CLASS + super::odds::LEVELS * AROUND * CLASSES;
const SIGN: usize = BELOW + CLASSES + 1;
/// How many there are.
pub const ODDS: usize = SIGN + 2 * GROUPS * 9;

/// Codes a change, or reads one: a reader takes nothing from `change`. `None` where what was read is no change. A whole figure is
/// made of other sizes than a change since a key.
pub fn code<C: Coder>(coder: &mut C, change: &Change, is_whole: bool, is_plain: bool) -> Option<Change> {
    let is_plain = coder.bit(PLAIN, is_plain);
    let mut out = Change::NONE;
    if coder.bit(SEEN, change.seen != Seen::NONE) {
        out.seen = Seen::from_bits(coder.even(JOINTS as u32, change.seen.bits()));
    }
    for (joint, turn) in change.turns.iter().enumerate() {
        let turn =
            if is_plain { plain(coder, turn) } else { likely(coder, joint, turn, &out.turns, is_whole) };
        // What can't be turned is no figure's.
        turn.turn()?;
        out.turns[joint] = turn;
    }
    Some(out)
}

/// In a fixed number of bits, whatever it is: bounds the longest blob.
fn plain<C: Coder>(coder: &mut C, turn: &Steps) -> Steps {
    let left_out = coder.even(2, u32::from(turn.left_out)) as u8;
    let parts = turn.parts.map(|part| {
        let value = coder.even(9, (i32::from(part) + MOST) as u32) as i32;
        (value - MOST).min(MOST) as i16
    });
    Steps { left_out, parts }
}

/// In as few bits as what was coded of other joints (`out`) lets expect.
fn likely<C: Coder>(
    coder: &mut C,
    joint: usize,
    turn: &Steps,
    out: &[Steps; JOINTS],
    is_whole: bool,
) -> Steps {
    let carrier = PARENTS[joint].map(|parent| out[parent]);
    let mirror = mirror(joint).map(|other| out[other]);
    let moves = |other: Option<Steps>| other.map_or(0, |turn| if turn == Steps::ZERO { 1 } else { 2 });
    let group = group(joint);
    if !coder.bit(MOVES + group * 9 + moves(carrier) * 3 + moves(mirror), *turn != Steps::ZERO) {
        return Steps::ZERO;
    }
    let mut new = Steps::ZERO;
    if coder.bit(LEFT_OUT, turn.left_out != 3) {
        new.left_out = coder.even(2, u32::from(turn.left_out)) as u8 % 3;
    }
    let of_carrier = carrier.map_or(0, |turn| turn.parts.map(size).iter().sum());
    // Of this joint so far: the sizes, and the sign of the last part that is not 0.
    let (mut own, mut last) = (0, 0);
    for (i, part) in turn.parts.into_iter().enumerate() {
        let of_mirror = mirror.map_or(of_carrier, |turn| 3 * size(turn.parts[i]));
        let around = (of_carrier + of_mirror + 3 * own) / if i == 0 { 2 } else { 3 };
        let kind = usize::from(is_whole) * 3 * GROUPS + group * 3 + i;
        let class = usize::from(LEVEL[kind] - b'0') * AROUND + (bits(around) as usize).min(AROUND - 1);
        // In a mirror, turns about y and z go the other way.
        let flip = mirror.is_some() && i > 0;
        let coded = part_of(coder, if flip { -part } else { part }, class, kind * 3 + last);
        if coded != 0 {
            last = if coded < 0 { 1 } else { 2 };
        }
        own += size(coded);
        new.parts[i] = if flip { -coded } else { coded };
    }
    new
}

fn part_of<C: Coder>(coder: &mut C, part: i16, class: usize, sign: usize) -> i16 {
    let (most, is) = (CLASSES as u32, bits(size(part)));
    let mut count = 0;
    while count < most && coder.bit(CLASS + class * CLASSES + count as usize, is > count) {
        count += 1;
    }
    if count == 0 {
        return 0;
    }
    let mut value = 1;
    if count > 1 {
        value = 2 | i16::from(coder.bit(BELOW + count as usize, size(part) >> (count - 2) & 1 == 1));
    }
    if count > 2 {
        value = value << (count - 2) | coder.even(count - 2, size(part)) as i16;
    }
    let value = value.min(MOST as i16);
    if coder.bit(SIGN + sign, part < 0) { -value } else { value }
}

fn size(part: i16) -> u32 {
    u32::from(part.unsigned_abs())
}

const fn bits(size: u32) -> u32 {
    u32::BITS - size.leading_zeros()
}

/// The joint of the left that a joint of the right mirrors.
const fn mirror(joint: usize) -> Option<usize> {
    match joint {
        10..=13 | 18..=21 => Some(joint - 4),
        _ => None,
    }
}

/// Joints that move alike share their odds.
const fn group(joint: usize) -> usize {
    match joint {
        0..=9 => joint,
        18..=21 => joint - 8,
        _ => joint - 4,
    }
}
