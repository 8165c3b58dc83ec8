//! From a device's rate to ours and back, by straight lines: for the few devices without 48 kHz, and good enough for speech.

/// Samples of one rate become samples of another, channel by channel.
#[derive(Debug)]
pub struct Resampler {
    /// Samples in for one out.
    step: f64,
    /// Where the next one stands behind the last that came.
    at: f64,
    last: f32,
}

impl Resampler {
    pub fn new(from: usize, to: usize) -> Self {
        Self { step: from as f64 / to as f64, at: 0.0, last: 0.0 }
    }

    pub fn run(&mut self, samples: impl Iterator<Item = f32>, out: &mut impl Extend<f32>) {
        for sample in samples {
            while self.at < 1.0 {
                out.extend([self.last + (sample - self.last) * self.at as f32]);
                self.at += self.step;
            }
            self.at -= 1.0;
            self.last = sample;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tone_keeps_its_pitch_and_length() {
        let tone = |at: usize, rate: f32| (at as f32 * 440.0 * std::f32::consts::TAU / rate).sin();
        for (from, to) in [(44_100, 48_000), (48_000, 44_100), (16_000, 48_000), (48_000, 48_000)] {
            let mut resampler = Resampler::new(from, to);
            let mut out = Vec::new();
            for chunk in (0..from).collect::<Vec<_>>().chunks(441) {
                resampler.run(chunk.iter().map(|at| tone(*at, from as f32)), &mut out);
            }
            assert!(out.len().abs_diff(to) <= 1, "{from} to {to}: {}", out.len());
            let worst = (100..to - 100).map(|at| {
                // A line begins at the sample before.
                let truth =
                    ((at as f32 / to as f32 - 1.0 / from as f32) * 440.0 * std::f32::consts::TAU).sin();
                (out[at] - truth).abs()
            });
            assert!(worst.fold(0.0, f32::max) < 0.02);
        }
    }
}
