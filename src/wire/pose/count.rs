//! How the odds were counted, and whether they still fit what is sent.

use super::coder::{Coder, Reader};
use super::model::{self, Change};
use super::odds::ODDS;
use super::{Head, Kind};

/// Counts the bits that a body has with each odds, while a reader reads it.
struct Counter<'a, 'b> {
    reader: &'a mut Reader<'b>,
    counts: &'a mut [[f64; 2]; model::ODDS],
}

impl Coder for Counter<'_, '_> {
    fn code(&mut self, odds: u8, bit: bool) -> bool {
        self.reader.code(odds, bit)
    }

    fn bit(&mut self, at: usize, bit: bool) -> bool {
        let bit = self.reader.bit(at, bit);
        self.counts[at][usize::from(bit)] += 1.0;
        bit
    }
}

fn odds([zeros, ones]: [f64; 2]) -> u8 {
    // What was hardly seen may be so all the same.
    ((zeros + 0.4) / (zeros + ones + 0.8) * 256.0).round().clamp(3.0, 253.0) as u8
}

/// What the counted bits take with other odds, in bits.
fn cost(counts: &[[f64; 2]; model::ODDS], odds: &[u8; model::ODDS]) -> f64 {
    let bits = |count: f64, of_256: f64| if count > 0.0 { -count * (of_256 / 256.0).log2() } else { 0.0 };
    let each = counts.iter().zip(odds);
    each.map(|([zeros, ones], odds)| bits(*zeros, f64::from(*odds)) + bits(*ones, 256.0 - f64::from(*odds)))
        .sum()
}

/// `cargo run --release -p baro-bench-room -- --blobs FILE`, then
/// `BARO_BLOBS=FILE cargo test -p baro-wire --lib odds_fit -- --ignored --nocapture`, which prints odds for the next version.
#[test]
#[ignore = "needs the blobs of recorded exercise"]
fn odds_fit() {
    let blobs = std::fs::read(std::env::var("BARO_BLOBS").expect("BARO_BLOBS names a file")).unwrap();
    let (mut counts, mut rest) = ([[0.0; 2]; model::ODDS], blobs.as_slice());
    while let [length, behind @ ..] = rest {
        let (blob, behind) = behind.split_at(usize::from(*length));
        let (head, body) = Head::split(blob).unwrap();
        let is_whole = !matches!(head.kind, Kind::Delta(_));
        let mut counter = Counter { reader: &mut Reader::new(body), counts: &mut counts };
        model::code(&mut counter, &Change::NONE, is_whole, false).unwrap();
        rest = behind;
    }
    let counted = counts.map(odds);
    println!("{counted:?}");
    let more = cost(&counts, &ODDS) / cost(&counts, &counted) - 1.0;
    println!("{:.2} % more bits than with these", more * 100.0);
    assert!(more < 0.02, "{more}");
}
