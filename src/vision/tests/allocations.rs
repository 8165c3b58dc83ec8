//! The tracker's budget for a frame: no buffer is asked for in cropping, reading, projecting or filtering.
//!
//! What is left are the small handles that the binding to ONNX Runtime makes for each run: some bytes, never the size
//! of a picture (691,200 bytes here), an input (602,112 and 786,432) or a heat map (638,976).

#[cfg(test)]
mod support;

use baro_vision::{Complexity, PoseEstimator, Smoothing, SourceSpec, open};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use std::alloc::System;
use support::{read_all, shared, tracker};

#[global_allocator]
static COUNTED: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// For all handles of one frame, detector and landmarks together.
const MOST_BYTES: usize = 8_192;
const MOST_ALLOCATIONS: usize = 100;

#[test]
fn no_buffer_for_a_frame() {
    let Some(picture) = shared("video/pose.jpg") else { return };
    let Some(mut tracker) = tracker(Complexity::Lite, Smoothing::On) else { return };
    let (mut frames, _) = read_all(&mut *open(&SourceSpec::Image(picture)).unwrap());
    let frame = &mut frames[0];
    for i in 0..20 {
        frame.time_s = f64::from(i) / 30.0;
        // Every fifth frame looks for the person anew, so that the detector is counted too.
        if i % 5 == 0 {
            tracker.reset();
        }
        let region = Region::new(COUNTED);
        let pose = tracker.estimate(frame).unwrap();
        let change = region.change();
        assert!(pose.is_some());
        if i >= 2 {
            let (made, bytes) = (change.allocations + change.reallocations, change.bytes_allocated);
            assert!(
                bytes <= MOST_BYTES && made <= MOST_ALLOCATIONS,
                "frame {i}: {made} allocations, {bytes} bytes"
            );
        }
    }
}
