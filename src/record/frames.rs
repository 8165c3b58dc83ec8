//! Many frames in few bytes.
//!
//! Every number is guessed from the two frames before, and only the error of the guess is kept. How large errors of that number
//! have been of late picks the table of probabilities that codes it (asymmetric numeral systems); the tables of a block
//! stand before it. All in integers: the same bytes and the same frames on every platform.

use crate::grid::{Grid, VALUES, WORLD};
use constriction::stream::{
    Decode as _, Encode as _,
    model::{ContiguousCategoricalEntropyModel, ContiguousLookupDecoderModel},
    stack::SmallAnsCoder,
};
use serde::{Deserialize, Serialize};

/// Frames of one block at most: two minutes at 30 Hz, so that a small file can't ask for all the memory.
pub(crate) const MAX_FRAMES: usize = 3600;

/// Probabilities count in shares of 2¹².
const PRECISION: usize = 12;
const WHOLE: usize = 1 << PRECISION;
type EncoderTable = ContiguousCategoricalEntropyModel<u16, Vec<u16>, PRECISION>;
type DecoderTable = ContiguousLookupDecoderModel<u16, Vec<u16>, Box<[u16]>, PRECISION>;

/// Tables of each kind of number: one for each half octave of the errors of late.
const LEVELS: usize = 20;
const PROBABILITIES: usize = 0;
const POSITIONS: usize = LEVELS;
const TIMES: usize = 2 * LEVELS;
/// The first body of a block, which nothing tells before; and whether there is one.
const FIRST: usize = 3 * LEVELS;
const SEEN: usize = FIRST + 1;
const TABLES: usize = SEEN + 1;
/// Errors below it are symbols of their own; larger ones share a symbol for each half octave, and bits follow.
const DIRECT: u64 = 16;
/// As many symbols as errors of 64 bits can need.
const SYMBOLS: usize = 136;

/// Coded frames.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct FramesBlock {
    frames: u32,
    tables: Vec<Vec<u16>>,
    words: Vec<u8>,
    /// The lower bits of large errors, in order, the first in the lowest bit.
    bits: Vec<u8>,
}

impl FramesBlock {
    /// Codes frames; `None` where there are more than a block may have.
    pub fn encode(frames: &[Grid]) -> Option<Self> {
        if frames.len() > MAX_FRAMES {
            return None;
        }
        let mut symbols = Symbols::default();
        let mut guess = Guess::default();
        for frame in frames {
            guess.pass(&mut symbols, &mut frame.clone())?;
        }
        let mut counts = vec![[0_u32; SYMBOLS]; TABLES];
        for &(table, symbol) in &symbols.all {
            *counts.get_mut(usize::from(table))?.get_mut(usize::from(symbol))? += 1;
        }
        let tables: Vec<Vec<u16>> = counts.iter().map(shares).collect();
        let models: Vec<Option<EncoderTable>> = tables.iter().map(|shares| encoder(shares)).collect();
        let mut coder = SmallAnsCoder::new();
        for &(table, symbol) in symbols.all.iter().rev() {
            coder.encode_symbol(usize::from(symbol), models.get(usize::from(table))?.as_ref()?).ok()?;
        }
        let words = coder.into_compressed().ok()?;
        let words = words.iter().flat_map(|word| word.to_le_bytes()).collect();
        Some(Self { frames: u32::try_from(frames.len()).ok()?, tables, words, bits: symbols.bits.bytes })
    }

    /// The frames; `None` where this is no block that [`Self::encode`] made.
    pub fn decode(&self) -> Option<Vec<Grid>> {
        let frames = self.frames as usize;
        if frames > MAX_FRAMES || self.tables.len() != TABLES || !self.words.len().is_multiple_of(2) {
            return None;
        }
        let tables = self.tables.iter().map(|shares| decoder(shares)).collect::<Option<_>>()?;
        let words: Vec<u16> = self.words.chunks_exact(2).map(|w| u16::from_le_bytes([w[0], w[1]])).collect();
        let coder = SmallAnsCoder::from_compressed(words).ok()?;
        let mut source = Source { coder, tables, bits: Bits { bytes: self.bits.clone(), at: 0 } };
        let mut guess = Guess::default();
        (0..frames)
            .map(|_| {
                let mut frame = Grid { ticks: 0, body: None };
                guess.pass(&mut source, &mut frame)?;
                Some(frame)
            })
            .collect()
    }
}

/// Where errors of guesses go to, or come from.
trait Errors {
    /// Codes `error` by this table, or replaces it by what was coded.
    fn pass(&mut self, table: usize, error: &mut i64) -> Option<()>;
}

/// Symbols, each with its table.
#[derive(Default)]
struct Symbols {
    all: Vec<(u8, u8)>,
    bits: Bits,
}

impl Errors for Symbols {
    fn pass(&mut self, table: usize, error: &mut i64) -> Option<()> {
        let folded = ((*error << 1) ^ (*error >> 63)) as u64;
        let mut symbol = folded;
        if folded >= DIRECT {
            let octave = u64::from(folded.ilog2());
            let half = (folded >> (octave - 1)) & 1;
            symbol = DIRECT + (octave - 4) * 2 + half;
            self.bits.put(folded, extra_bits(symbol as usize));
        }
        self.all.push((table as u8, symbol as u8));
        Some(())
    }
}

struct Source {
    coder: SmallAnsCoder,
    tables: Vec<Option<DecoderTable>>,
    bits: Bits,
}

impl Errors for Source {
    #[inline]
    fn pass(&mut self, table: usize, error: &mut i64) -> Option<()> {
        let symbol = self.coder.decode_symbol(self.tables.get(table)?.as_ref()?).ok()?;
        let mut folded = symbol as u64;
        if folded >= DIRECT {
            let bits = extra_bits(symbol);
            folded = (2 | (folded & 1)) << bits | self.bits.take(bits);
        }
        *error = (folded >> 1) as i64 ^ -((folded & 1) as i64);
        Some(())
    }
}

/// Bits one after the other.
#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    /// How many bits were put in or taken out.
    at: usize,
}

impl Bits {
    /// Puts in the lowest bits of a number.
    fn put(&mut self, number: u64, bits: usize) {
        for bit in 0..bits {
            if self.at.is_multiple_of(8) {
                self.bytes.push(0);
            }
            if let Some(last) = self.bytes.last_mut() {
                *last |= ((number >> bit & 1) as u8) << (self.at % 8);
            }
            self.at += 1;
        }
    }

    /// Takes them out again; behind the end are zeros.
    fn take(&mut self, bits: usize) -> u64 {
        let mut near = [0; 16];
        let rest = self.bytes.get(self.at / 8..).unwrap_or_default();
        let count = rest.len().min(9);
        near[..count].copy_from_slice(&rest[..count]);
        let number = u128::from_le_bytes(near) >> (self.at % 8);
        self.at += bits;
        number as u64 & ((1 << bits) - 1)
    }
}

/// Bits that follow a symbol.
const fn extra_bits(symbol: usize) -> usize {
    match symbol.checked_sub(DIRECT as usize) {
        Some(beyond) => beyond / 2 + 3,
        None => 0,
    }
}

/// What is known from the frames before.
struct Guess {
    ticks: [i64; 2],
    /// Each number of the last body, and of the one before.
    values: [[i16; 2]; VALUES],
    /// Was there a body before?
    begun: bool,
    /// Mean size of the errors of late, in sixteenths: of each number, then of the time.
    sizes: [u32; VALUES + 1],
}

impl Default for Guess {
    fn default() -> Self {
        Self { ticks: [0; 2], values: [[0; 2]; VALUES], begun: false, sizes: [32; VALUES + 1] }
    }
}

impl Guess {
    fn pass(&mut self, errors: &mut impl Errors, frame: &mut Grid) -> Option<()> {
        let [last, before] = self.ticks;
        let guess = last.wrapping_add(last.wrapping_sub(before));
        let mut error = frame.ticks.wrapping_sub(guess);
        errors.pass(TIMES + level(self.sizes[VALUES]), &mut error)?;
        learn(&mut self.sizes[VALUES], error);
        frame.ticks = guess.wrapping_add(error);
        self.ticks = [frame.ticks, last];

        let mut seen = i64::from(frame.body.is_some());
        errors.pass(SEEN, &mut seen)?;
        if seen == 0 {
            frame.body = None;
            return Some(());
        }
        let body = frame.body.get_or_insert([0; VALUES]);
        if self.begun { self.body(errors, body) } else { self.first_body(errors, body) }
    }

    fn first_body(&mut self, errors: &mut impl Errors, body: &mut [i16; VALUES]) -> Option<()> {
        self.begun = true;
        for (value, before) in body.iter_mut().zip(&mut self.values) {
            let mut error = i64::from(*value);
            errors.pass(FIRST, &mut error)?;
            *value = error as i16;
            *before = [*value; 2];
        }
        Some(())
    }

    fn body(&mut self, errors: &mut impl Errors, body: &mut [i16; VALUES]) -> Option<()> {
        for (i, ((value, known), size)) in
            body.iter_mut().zip(&mut self.values).zip(&mut self.sizes).enumerate()
        {
            let [last, before] = *known;
            let kind = if i < WORLD { PROBABILITIES } else { POSITIONS };
            // Half of the last step goes on: what moves goes on moving, what trembles does not.
            let going_on = if i < WORLD { 0 } else { last.wrapping_sub(before) >> 1 };
            let guess = last.wrapping_add(going_on);
            let mut error = i64::from(value.wrapping_sub(guess));
            errors.pass(kind + level(*size), &mut error)?;
            learn(size, error);
            *value = guess.wrapping_add(error as i16);
            *known = [*value, last];
        }
        Some(())
    }
}

/// Half octaves of a mean error, as a table's number.
fn level(size: u32) -> usize {
    let octave = (size + 1).ilog2();
    let half = ((size + 1) << 1 >> octave) & 1;
    ((2 * octave + half) as usize).min(LEVELS - 1)
}

/// A quarter of a new error comes into the mean.
fn learn(size: &mut u32, error: i64) {
    *size += (error.unsigned_abs().min(1 << 16) as u32) * 4;
    *size -= *size / 4;
}

/// The shares of 2¹² that the symbols get by how often they come: every one up to the largest that comes gets some.
fn shares(counts: &[u32; SYMBOLS]) -> Vec<u16> {
    let Some(largest) = counts.iter().rposition(|&count| count > 0) else { return Vec::new() };
    let counts = &counts[..(largest + 1).max(2)];
    let total: u64 = counts.iter().map(|&count| u64::from(count)).sum();
    let free = (WHOLE - counts.len()) as u64;
    let mut shares: Vec<u16> =
        counts.iter().map(|&count| 1 + (u64::from(count) * free / total) as u16).collect();
    let rest = WHOLE as u16 - shares.iter().sum::<u16>();
    if let Some(most) = shares.iter_mut().max() {
        *most += rest;
    }
    shares
}

fn encoder(shares: &[u16]) -> Option<EncoderTable> {
    EncoderTable::from_nonzero_fixed_point_probabilities(shares, false).ok()
}

/// A table that was read: none where it is empty, refused where its shares are not a whole.
fn decoder(shares: &[u16]) -> Option<Option<DecoderTable>> {
    if shares.is_empty() {
        return Some(None);
    }
    let whole = shares.iter().map(|&share| usize::from(share)).sum::<usize>() == WHOLE;
    if !(2..=SYMBOLS).contains(&shares.len()) || !whole || shares.contains(&0) {
        return None;
    }
    DecoderTable::from_nonzero_fixed_point_probabilities(shares, false).ok().map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Bodies that rest, move, jump and vanish.
    fn any_frames() -> impl Strategy<Value = Vec<Grid>> {
        let step = (0_i64..5000, -300_i32..300, 0..40_u8, any::<u64>());
        proptest::collection::vec(step, 0..60).prop_map(|steps| {
            let (mut ticks, mut at) = (0, 0);
            steps
                .into_iter()
                .map(|(later, moved, what, random)| {
                    ticks += if what == 1 { later << 30 } else { later };
                    at += moved;
                    let value = |i: usize| match what {
                        2 => (random.rotate_left(i as u32 * 7) & 0xffff) as i16,
                        _ => (at / 16 + i as i32 * 11) as i16,
                    };
                    Grid { ticks, body: (what != 3).then(|| std::array::from_fn(value)) }
                })
                .collect()
        })
    }

    proptest! {
        #[test]
        fn what_goes_in_comes_out(frames in any_frames()) {
            let block = FramesBlock::encode(&frames).unwrap();
            prop_assert_eq!(block.decode().unwrap(), frames);
        }

        #[test]
        fn any_block_is_frames_or_refused(
            frames in any_frames(),
            at in any::<prop::sample::Index>(),
            byte in any::<u8>(),
            table in any::<prop::sample::Index>(),
            cut in any::<prop::sample::Index>(),
        ) {
            let mut block = FramesBlock::encode(&frames).unwrap();
            if !block.words.is_empty() {
                let at = at.index(block.words.len());
                block.words[at] = byte;
            }
            block.decode();
            block.words.truncate(cut.index(block.words.len() + 1));
            block.bits.truncate(cut.index(block.bits.len() + 1));
            block.decode();
            let table = table.index(block.tables.len());
            block.tables[table] = vec![u16::from(byte); 16];
            block.decode();
        }
    }

    #[test]
    fn the_largest_jumps_are_coded() {
        let frames: Vec<Grid> = [0, i64::MAX, i64::MIN, -1, i64::MAX / 3]
            .map(|ticks| Grid { ticks, body: Some([ticks as i16; VALUES]) })
            .into();
        assert_eq!(FramesBlock::encode(&frames).unwrap().decode().unwrap(), frames);
        let many = vec![Grid { ticks: 0, body: None }; MAX_FRAMES + 1];
        assert!(FramesBlock::encode(&many).is_none());
        assert!(FramesBlock { frames: u32::MAX, ..FramesBlock::encode(&frames).unwrap() }.decode().is_none());
    }
}
