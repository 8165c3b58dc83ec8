//! A binary range coder: each bit takes as much room as its probability says. The form of LZMA's (Martin 1979; Pavlov), with a carry
//! that runs back through the buffer, and an end that takes one byte.

/// Bits of a probability.
const PROBABILITY_BITS: u32 = 12;
const TOP: u32 = 1 << 24;
/// What a body can take at most before the plain form is taken instead.
const ROOM: usize = super::BLOB_BYTES * 4;

/// The probability that a bit is 0, which moves with the bits that come.
#[derive(Debug, Clone, Copy)]
pub struct Odds(pub u16);

impl Odds {
    /// How fast it moves: a quarter of what is missing... in powers of two.
    const RATE: u32 = 4;

    fn learn(&mut self, bit: bool) {
        let all = 1 << PROBABILITY_BITS;
        if bit {
            self.0 -= self.0 >> Self::RATE;
        } else {
            self.0 += (all - self.0) >> Self::RATE;
        }
        self.0 = self.0.clamp(32, all - 32);
    }
}

/// Writes bits or reads them: one description of the body serves both directions.
pub trait Coder {
    /// Takes `bit` to where it goes, and returns it; a reader returns what stands there instead.
    fn bit(&mut self, odds: &mut Odds, bit: bool) -> bool;

    /// `count` bits that are as often 0 as 1, the highest first.
    fn plain(&mut self, count: u32, value: u32) -> u32 {
        let mut out = 0;
        for i in (0..count).rev() {
            let bit = self.bit(&mut Odds(1 << (PROBABILITY_BITS - 1)), value >> i & 1 == 1);
            out = out << 1 | u32::from(bit);
        }
        out
    }
}

pub struct Writer {
    low: u32,
    range: u32,
    bytes: [u8; ROOM],
    length: usize,
}

impl Writer {
    pub const fn new() -> Self {
        Self { low: 0, range: u32::MAX, bytes: [0; ROOM], length: 0 }
    }

    fn add(&mut self, amount: u32) {
        let (low, carry) = self.low.overflowing_add(amount);
        self.low = low;
        if carry {
            for byte in self.bytes[..self.length].iter_mut().rev() {
                let (next, carry) = byte.overflowing_add(1);
                *byte = next;
                if !carry {
                    break;
                }
            }
        }
    }

    fn push(&mut self) {
        if let Some(byte) = self.bytes.get_mut(self.length) {
            *byte = (self.low >> 24) as u8;
            self.length += 1;
        }
        self.low <<= 8;
    }

    /// All bytes. What a reader needs behind them is 0.
    pub fn finish(&mut self) -> &[u8] {
        // The range holds at least one number whose lower three bytes are 0.
        self.add(TOP - 1);
        self.push();
        &self.bytes[..self.length]
    }

    /// Bytes so far. What does not fit any more is counted no further, and is no body.
    pub const fn length(&self) -> usize {
        self.length
    }
}

impl Coder for Writer {
    fn bit(&mut self, odds: &mut Odds, bit: bool) -> bool {
        let zeros = (self.range >> PROBABILITY_BITS) * u32::from(odds.0);
        if bit {
            self.add(zeros);
            self.range -= zeros;
        } else {
            self.range = zeros;
        }
        while self.range < TOP {
            self.push();
            self.range <<= 8;
        }
        odds.learn(bit);
        bit
    }
}

pub struct Reader<'a> {
    code: u32,
    range: u32,
    bytes: &'a [u8],
    taken: usize,
}

impl<'a> Reader<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        let mut reader = Self { code: 0, range: u32::MAX, bytes, taken: 0 };
        (0..4).for_each(|_| reader.pull());
        reader
    }

    fn pull(&mut self) {
        self.code = self.code << 8 | u32::from(self.bytes.get(self.taken).copied().unwrap_or(0));
        self.taken += 1;
    }

    /// Was it read to its end, and not beyond? The writer leaves out the last three bytes that are read.
    pub const fn is_at_end(&self) -> bool {
        self.taken == self.bytes.len() + 3
    }
}

impl Coder for Reader<'_> {
    fn bit(&mut self, odds: &mut Odds, _: bool) -> bool {
        let zeros = (self.range >> PROBABILITY_BITS) * u32::from(odds.0);
        let bit = self.code >= zeros;
        if bit {
            self.code -= zeros;
            self.range -= zeros;
        } else {
            self.range = zeros;
        }
        while self.range < TOP {
            self.pull();
            self.range <<= 8;
        }
        odds.learn(bit);
        bit
    }
}
