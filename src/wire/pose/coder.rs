//! A binary range coder: each bit takes as much room as its odds say. The form of LZMA's (Martin 1979; Pavlov), with a carry that runs
//! back through the buffer, and an end of one byte.

use super::odds::ODDS;

const TOP: u32 = 1 << 24;
const EVEN: u8 = 128;
/// What a body may take before its plain form is written instead, and more.
const ROOM: usize = super::BLOB_BYTES * 4;

/// Writes bits or reads them: one description of the body serves both directions.
pub trait Coder {
    /// Writes `bit` and returns it, or returns the bit that stands there; `odds` of 256 it is 0.
    fn code(&mut self, odds: u8, bit: bool) -> bool;

    /// A bit with the odds at this place of the table.
    fn bit(&mut self, at: usize, bit: bool) -> bool {
        self.code(ODDS[at], bit)
    }

    /// The lowest `count` bits of a value, the highest first, each as often 0 as 1.
    fn even(&mut self, count: u32, value: u32) -> u32 {
        (0..count).rev().fold(0, |out, i| out << 1 | u32::from(self.code(EVEN, value >> i & 1 == 1)))
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
        let (low, mut carry) = self.low.overflowing_add(amount);
        self.low = low;
        for byte in self.bytes[..self.length].iter_mut().rev() {
            (*byte, carry) = byte.overflowing_add(u8::from(carry));
            if !carry {
                break;
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

    /// All bytes. A reader takes three more, which are 0.
    pub fn finish(&mut self) -> &[u8] {
        // The range holds at least one number whose lower three bytes are 0.
        self.add(TOP - 1);
        self.push();
        &self.bytes[..self.length]
    }

    /// Bytes so far. What finds no room any more is not counted, and is no body.
    pub const fn length(&self) -> usize {
        self.length
    }
}

impl Coder for Writer {
    fn code(&mut self, odds: u8, bit: bool) -> bool {
        let zeros = (self.range >> 8) * u32::from(odds);
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

    /// Was all of it read, and not more?
    pub const fn is_at_end(&self) -> bool {
        self.taken == self.bytes.len() + 3
    }
}

impl Coder for Reader<'_> {
    fn code(&mut self, odds: u8, _: bool) -> bool {
        let zeros = (self.range >> 8) * u32::from(odds);
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
        bit
    }
}
