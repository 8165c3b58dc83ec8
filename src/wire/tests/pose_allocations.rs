//! A tick's budget: no allocation for a figure, neither to send nor to read one.

use baro_wire::pose::{BLOB_BYTES, Decoder, Encoder, Figure, Head, Kind, Shown};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use std::alloc::System;

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

// One test only in this file: other tests' threads would be counted too.
#[test]
fn no_allocation_for_a_figure() {
    let (mut encoder, mut decoder) = (Encoder::default(), Decoder::default());
    let [mut blob, mut redacted] = [(); 2].map(|()| Vec::with_capacity(BLOB_BYTES));
    let mut figure = Figure::default();
    let mut read = 0;
    for tick in 0..300_u16 {
        let (sin, cos) = (f32::from(tick) / 10.0).sin_cos();
        figure.turns[usize::from(tick) % 22] = [sin, 0.0, 0.0, cos];
        let region = Region::new(ALLOCATOR);
        blob.clear();
        redacted.clear();
        let head = encoder.encode(tick.wrapping_mul(33), &figure, &mut blob);
        read += u32::from(Head::redact(&blob, Shown::default(), &mut redacted).is_ok());
        read += u32::from(decoder.decode(&redacted).is_ok());
        if let Kind::Key(id) = head.kind {
            encoder.acknowledged(id);
        }
        let change = region.change();
        assert_eq!(change.allocations + change.reallocations, 0, "tick {tick}");
    }
    assert_eq!(read, 600);
}
