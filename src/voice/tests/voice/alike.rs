//! How much of what was said is in what was heard.

/// How loud each 20 ms is, decibels.
pub fn envelope(samples: &[f32]) -> Vec<f32> {
    let power = |frame: &[f32]| frame.iter().map(|sample| sample * sample).sum::<f32>() / frame.len() as f32;
    samples.chunks(960).map(|frame| 10.0 * power(frame).max(1e-7).log10()).collect()
}

/// How much alike two envelopes are, and how much later the second is, in 20 ms.
pub fn alike(said: &[f32], heard: &[f32], most: usize) -> (f32, usize) {
    let at = |late: usize| {
        let pairs: Vec<(f32, f32)> = said.iter().copied().zip(heard.iter().skip(late).copied()).collect();
        let count = pairs.len() as f32;
        let mean = |of: &dyn Fn(&(f32, f32)) -> f32| pairs.iter().map(of).sum::<f32>() / count;
        let (a, b) = (mean(&|pair| pair.0), mean(&|pair| pair.1));
        let both = mean(&|pair| (pair.0 - a) * (pair.1 - b));
        both / (mean(&|pair| (pair.0 - a).powi(2)) * mean(&|pair| (pair.1 - b).powi(2))).sqrt().max(1e-9)
    };
    (0..most).map(|late| (at(late), late)).max_by(|a, b| a.0.total_cmp(&b.0)).unwrap_or_default()
}
