//! Speech a little longer or shorter, by one period of the voice: not heard, where a gap or a cut would be.

use crate::RATE;
use std::collections::VecDeque;

/// Periods of a voice, samples: 400 down to 67 Hz.
const LEAST: usize = RATE / 400;
const MOST: usize = RATE / 67;
/// So many samples are compared, and run into each other.
const WINDOW: usize = RATE / 200;
/// What must be there to find a period.
pub const NEEDED: usize = MOST + WINDOW;

/// Takes one period out at the front; how many samples it was.
pub fn shorten(pcm: &mut VecDeque<f32>) -> usize {
    let Some(period) = period(pcm) else { return 0 };
    let samples = pcm.make_contiguous();
    for at in 0..WINDOW {
        let later = fade(at);
        samples[period + at] = samples[at] * (1.0 - later) + samples[period + at] * later;
    }
    pcm.drain(..period);
    period
}

/// Says one period at the front twice; how many samples it was.
pub fn lengthen(pcm: &mut VecDeque<f32>) -> usize {
    let Some(period) = period(pcm) else { return 0 };
    let before: Vec<f32> = pcm.range(..period + WINDOW).copied().collect();
    for at in 0..WINDOW {
        let later = fade(at);
        pcm[at] = before[period + at] * (1.0 - later) + before[at] * later;
    }
    before[..period].iter().rev().for_each(|sample| pcm.push_front(*sample));
    period
}

fn fade(at: usize) -> f32 {
    (at as f32 + 0.5) / WINDOW as f32
}

/// The distance at which the sound is most like itself.
fn period(pcm: &mut VecDeque<f32>) -> Option<usize> {
    let samples = pcm.make_contiguous();
    if samples.len() < NEEDED {
        return None;
    }
    // Every fourth sample says enough.
    let likeness = |period: usize| {
        let (mut both, mut power) = (0.0, 1e-9);
        for at in (0..WINDOW).step_by(4) {
            both += samples[at] * samples[period + at];
            power += samples[period + at] * samples[period + at];
        }
        both / f32::sqrt(power)
    };
    (LEAST..=MOST)
        .step_by(3)
        .map(|period| (likeness(period), period))
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, period)| period)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A tone keeps its pitch and has no step in it, however often it is stretched.
    #[test]
    fn a_tone_stays_a_tone() {
        let tone = |at: usize| 0.5 * (at as f32 * 150.0 * std::f32::consts::TAU / RATE as f32).sin();
        for (change, grows) in [(lengthen as fn(&mut VecDeque<f32>) -> usize, 1.0), (shorten, -1.0)] {
            let mut pcm: VecDeque<f32> = (0..4_000).map(tone).collect();
            let by = change(&mut pcm);
            assert!((300..=340).contains(&by) || (620..=660).contains(&by), "{by} samples");
            assert_eq!(pcm.len() as f32, 4_000.0 + grows * by as f32);
            let most = 0.5 * 150.0 * std::f32::consts::TAU / RATE as f32;
            let step = pcm.iter().zip(pcm.iter().skip(1)).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
            assert!(step < 1.5 * most, "a step of {step}, {most} is the tone's own");
        }
        let mut short: VecDeque<f32> = (0..NEEDED - 1).map(tone).collect();
        assert_eq!((shorten(&mut short), lengthen(&mut short)), (0, 0));
    }
}
