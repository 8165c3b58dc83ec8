//! What the same figures take without the codec, and the time of each.

use crate::motion::Take;
use baro_wire::pose::{BLOB_BYTES, Decoder, Encoder, Figure, JOINTS, Kind};
use bench_table::Table;
use std::{hint::black_box, time::Instant};

/// Figures of which times are taken, and how often.
const TIMED: usize = 2000;
const ROUNDS: usize = 9;

/// Uncompressed, LZ4 of that, and the plain design.
pub fn sizes(takes: &[&Take], table: &mut Table) {
    let (mut count, mut packed) = (0, 0);
    for figure in takes.iter().flat_map(|take| &take.figures).step_by(10) {
        packed += lz4_flex::block::compress(&floats(figure)).len();
        count += 1;
    }
    let bytes = floats(&Figure::default()).len();
    table.told(
        "bytes a figure: uncompressed",
        bytes as f64,
        "bytes",
        "root and turns as `f32`, nothing else",
    );
    let each = f64::from(packed as u32) / f64::from(count.max(1));
    table.told("bytes a figure: LZ4 of that, mean", each, "bytes", "crate `lz4_flex`");
    let note = "root in 3 × 16 bits, 22 turns in 2 + 3 × 9 bits; no time, no state, no name of a key";
    let bytes = plain(&Figure::default()).len();
    table.told("bytes a figure: plain smallest three", bytes as f64, "bytes", note);
}

/// Median times, each in turns with the others.
pub fn times(takes: &[&Take], table: &mut Table) {
    let figures: Vec<Figure> =
        takes.iter().flat_map(|take| &take.figures).copied().skip(500).take(TIMED).collect();
    let mut ns: [Vec<f64>; 4] = Default::default();
    for _ in 0..ROUNDS {
        let coding = coding(&figures);
        for (all, now) in ns.iter_mut().zip(coding.into_iter().chain(packing(&figures))) {
            all.push(now / figures.len() as f64);
        }
    }
    let note = format!("median of {ROUNDS} rounds of {} figures", figures.len());
    let names = ["encode", "decode", "plain smallest three, encode", "LZ4, compress"];
    for (name, ns) in names.into_iter().zip(ns) {
        table.told(&format!("time a figure: {name}"), super::quantile(&ns, 0.5), "ns", &note);
    }
}

/// Nanoseconds of all, to encode and to decode.
fn coding(figures: &[Figure]) -> [f64; 2] {
    let (mut encoder, mut decoder) = (Encoder::default(), Decoder::default());
    let mut blob = Vec::with_capacity(BLOB_BYTES);
    let mut ns = [0.0; 2];
    for (figure, tick) in figures.iter().zip(0_u32..) {
        blob.clear();
        let start = Instant::now();
        let head = encoder.encode((tick * 33) as u16, black_box(figure), &mut blob);
        ns[0] += start.elapsed().as_nanos() as f64;
        let start = Instant::now();
        let drawn = black_box(decoder.decode(black_box(&blob)));
        ns[1] += start.elapsed().as_nanos() as f64;
        if let (Kind::Key(id), Ok(_)) = (head.kind, drawn) {
            encoder.acknowledged(id);
        }
    }
    ns
}

/// The same for the peers.
fn packing(figures: &[Figure]) -> [f64; 2] {
    let mut ns = [0.0; 2];
    for figure in figures {
        let start = Instant::now();
        black_box(plain(black_box(figure)));
        ns[0] += start.elapsed().as_nanos() as f64;
        let floats = floats(figure);
        let start = Instant::now();
        black_box(lz4_flex::block::compress(black_box(&floats)));
        ns[1] += start.elapsed().as_nanos() as f64;
    }
    ns
}

fn floats(figure: &Figure) -> Vec<u8> {
    figure
        .root_m
        .iter()
        .chain(figure.turns.iter().flatten())
        .flat_map(|number| number.to_le_bytes())
        .collect()
}

/// The usual design: every turn in 29 bits.
fn plain(figure: &Figure) -> Vec<u8> {
    let mut bits = Bits { bytes: Vec::with_capacity(96), held: 0, count: 0 };
    for metres in figure.root_m {
        bits.push((metres * 1000.0) as i32 as u64 & 0xffff, 16);
    }
    for turn in figure.turns {
        let largest = (1..4).fold(0, |most, i| if turn[i].abs() > turn[most].abs() { i } else { most });
        bits.push(largest as u64, 2);
        for part in (0..4).filter(|i| *i != largest).map(|i| turn[i] * turn[largest].signum()) {
            bits.push(((part * std::f32::consts::SQRT_2 + 1.0) * 255.5) as u64, 9);
        }
    }
    bits.push(0, (8 - bits.count) % 8);
    debug_assert_eq!(bits.bytes.len(), (3 * 16 + JOINTS * 29).div_ceil(8));
    bits.bytes
}

struct Bits {
    bytes: Vec<u8>,
    held: u64,
    count: u32,
}

impl Bits {
    fn push(&mut self, value: u64, count: u32) {
        self.held |= value << self.count;
        self.count += count;
        while self.count >= 8 {
            self.bytes.push(self.held as u8);
            self.held >>= 8;
            self.count -= 8;
        }
    }
}
