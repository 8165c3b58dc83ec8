//! Area under the curve and accuracy.

use super::{MOVEMENTS, Rep};
use baro_coach::reference::Sensor;

/// One repetition and its score; higher is better.
pub struct Judged {
    pub sensor: Sensor,
    pub movement: usize,
    pub person: u32,
    pub correct: bool,
    pub score: f64,
    /// It was not found, and so has a score of 0.
    pub unseen: bool,
}

impl Judged {
    pub fn new(rep: &Rep, score: f64) -> Self {
        let Rep { sensor, movement, person, correct, .. } = *rep;
        Self { sensor, movement, person, correct, score, unseen: false }
    }
}

/// How well scores tell correct from incorrect.
pub struct Figures {
    /// Of all movements together.
    pub auc: f64,
    /// Of each movement.
    pub by_movement: Vec<f64>,
    /// Share of repetitions on the right side of the threshold.
    pub accuracy: f64,
    /// Mean score of incorrect and of correct ones.
    pub means: [f64; 2],
}

impl Figures {
    /// `threshold`: of each person.
    pub fn new(judged: &[Judged], sensor: Sensor, threshold: impl Fn(u32) -> f64) -> Self {
        let all: Vec<&Judged> = judged.iter().filter(|judged| judged.sensor == sensor).collect();
        let of = |movement: usize| all.iter().copied().filter(move |judged| judged.movement == movement);
        let right =
            all.iter().filter(|judged| (judged.score >= threshold(judged.person)) == judged.correct).count();
        let mean = |correct: bool| {
            let scores: Vec<f64> = all.iter().filter(|j| j.correct == correct).map(|j| j.score).collect();
            scores.iter().sum::<f64>() / scores.len() as f64
        };
        Self {
            auc: auc(all.iter().copied()),
            by_movement: (0..MOVEMENTS.len()).map(|movement| auc(of(movement))).collect(),
            accuracy: right as f64 / all.len() as f64,
            means: [mean(false), mean(true)],
        }
    }

    /// The movement that is told apart worst, and its AUC.
    pub fn worst(&self) -> (usize, f64) {
        let all = self.by_movement.iter().copied().enumerate();
        all.min_by(|a, b| a.1.total_cmp(&b.1)).unwrap_or_default()
    }

    /// AUC of each movement, in words.
    pub fn by_movement(&self) -> String {
        let all = MOVEMENTS.iter().zip(&self.by_movement);
        all.map(|((id, _), auc)| format!("{id} {auc:.2}")).collect::<Vec<_>>().join(", ")
    }
}

/// The chance that a correct repetition scores higher than an incorrect one; equal scores count half.
pub fn auc<'a>(judged: impl Iterator<Item = &'a Judged>) -> f64 {
    let (right, wrong): (Vec<_>, Vec<_>) = judged.partition(|judged| judged.correct);
    let mut higher = 0.0;
    for a in &right {
        for b in &wrong {
            higher += f64::from(u8::from(a.score > b.score)) + 0.5 * f64::from(u8::from(a.score == b.score));
        }
    }
    higher / (right.len() * wrong.len()) as f64
}

/// The score that tells most of these repetitions apart rightly; midway where several do.
pub fn best_threshold(mut all: Vec<(f64, bool)>) -> f64 {
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut right = all.iter().filter(|(_, correct)| *correct).count();
    let (mut most, mut best) = (right, Vec::new());
    for pair in all.windows(2) {
        right = if pair[0].1 { right - 1 } else { right + 1 };
        if pair[0].0 < pair[1].0 && right >= most {
            if right > most {
                best.clear();
            }
            most = right;
            best.push((pair[0].0 + pair[1].0) / 2.0);
        }
    }
    best.get(best.len() / 2).copied().unwrap_or(0.0)
}
