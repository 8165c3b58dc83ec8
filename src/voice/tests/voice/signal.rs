//! Something like speech: a voice that hums through three formants, in syllables and sentences, seeded.

use fastrand::Rng;
use std::f32::consts::TAU;

const RATE: f32 = 48_000.0;

/// So many seconds of it, 48 kHz.
pub fn speech(seed: u64, seconds: usize) -> Vec<f32> {
    let mut rng = Rng::with_seed(seed);
    let mut voice = Voice { pitch: 0.0, formants: [Formant::default(); 3] };
    let mut out = Vec::with_capacity(seconds * RATE as usize);
    while out.len() < seconds * RATE as usize {
        let words = rng.usize(6..14);
        for _ in 0..words {
            let vowel = [[700.0, 1_200.0, 2_500.0], [300.0, 2_200.0, 2_900.0], [400.0, 800.0, 2_600.0]]
                [rng.usize(0..3)];
            let (samples, tone) = (rng.usize(6_000..12_000), 100.0 + 60.0 * rng.f32());
            for at in 0..samples {
                let part = at as f32 / samples as f32;
                let loud = (part * TAU / 2.0).sin().powf(0.7);
                // Begins with a breath, as a consonant does.
                let breath = if part < 0.15 { 0.3 } else { 0.02 };
                out.push(0.25 * loud * voice.next(tone * (1.0 - 0.15 * part), breath, vowel, &mut rng));
            }
        }
        out.extend(std::iter::repeat_n(0.0, rng.usize(15_000..50_000)));
    }
    out.truncate(seconds * RATE as usize);
    out
}

struct Voice {
    pitch: f32,
    formants: [Formant; 3],
}

#[derive(Clone, Copy, Default)]
struct Formant([f32; 2]);

impl Voice {
    fn next(&mut self, tone: f32, breath: f32, formants: [f32; 3], rng: &mut Rng) -> f32 {
        self.pitch = (self.pitch + tone / RATE).fract();
        let source = 1.0 - 2.0 * self.pitch + breath * (rng.f32() - 0.5) * 4.0;
        let parts = self.formants.iter_mut().zip(formants).map(|(formant, hz)| formant.next(source, hz));
        parts.sum()
    }
}

impl Formant {
    /// A resonance 100 Hz wide.
    fn next(&mut self, source: f32, hz: f32) -> f32 {
        let r = (-TAU / 2.0 * 100.0 / RATE).exp();
        let out = 2.0 * r * (TAU * hz / RATE).cos() * self.0[0] - r * r * self.0[1] + (1.0 - r) * source;
        self.0 = [out, self.0[0]];
        out
    }
}
