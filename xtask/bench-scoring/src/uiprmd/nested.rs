//! Settings and thresholds that know nothing of the person they are for: chosen on the other five, each judged by references that know
//! neither them nor the person.

use super::{
    MOVEMENTS, PEOPLE, Rep,
    figures::{Judged, auc, best_threshold},
    reference,
};
use anyhow::Result;
use baro_coach::reference::{LearnSettings, Reference, Sensor};

/// What is chosen among: so many times the shipped settings.
const LEAST_SPREADS: [f64; 3] = [1.0, 0.5, 2.0];
const RIDGES: [f64; 3] = [1.0, 0.25, 4.0];

/// What the others chose for one person.
#[derive(Clone)]
pub struct Chosen {
    pub settings: LearnSettings,
    /// The score that tells the others' repetitions apart best, by each of [`Sensor::ALL`].
    pub by_sensor: [f64; 2],
    /// The same, by both together.
    pub common: f64,
}

/// For each person, the settings with the largest area under the curve of both sensors together; and the shipped ones with thresholds chosen
/// in the same way.
pub fn choose(reps: &[Rep]) -> Result<[Vec<Chosen>; 2]> {
    let default = LearnSettings::default();
    let (mut best, mut shipped) = (vec![None; PEOPLE as usize], Vec::new());
    for (spread, ridge) in LEAST_SPREADS.into_iter().flat_map(|spread| RIDGES.map(|ridge| (spread, ridge))) {
        let (least_spread, ridge) = (default.least_spread * spread, default.ridge * ridge);
        let settings = LearnSettings { least_spread, ridge, ..default };
        for (best, others) in best.iter_mut().zip(others(reps, &settings)?) {
            let (area, chosen) = (auc(others.iter()), chosen(settings, &others));
            if settings == default {
                shipped.push(chosen.clone());
            }
            if best.as_ref().is_none_or(|(most, _)| area > *most) {
                *best = Some((area, chosen));
            }
        }
    }
    Ok([best.into_iter().flatten().map(|(_, chosen)| chosen).collect(), shipped])
}

fn chosen(settings: LearnSettings, others: &[Judged]) -> Chosen {
    let threshold = |of: &dyn Fn(&Judged) -> bool| {
        best_threshold(others.iter().filter(|judged| of(judged)).map(|j| (j.score, j.correct)).collect())
    };
    Chosen {
        settings,
        by_sensor: Sensor::ALL.map(|sensor| threshold(&|judged| judged.sensor == sensor)),
        common: threshold(&|_| true),
    }
}

/// For each person, the other people's repetitions, judged without them and the person.
fn others(reps: &[Rep], settings: &LearnSettings) -> Result<Vec<Vec<Judged>>> {
    let mut out: Vec<Vec<Judged>> = (0..PEOPLE).map(|_| Vec::new()).collect();
    for [a, b] in (1..=PEOPLE).flat_map(|a| (a + 1..=PEOPLE).map(move |b| [a, b])) {
        for judged in without(reps, [a, b], settings)? {
            let other = if judged.person == a { b } else { a };
            out[other as usize - 1].push(judged);
        }
    }
    Ok(out)
}

/// The repetitions of two people, judged by what all others teach.
fn without(reps: &[Rep], pair: [u32; 2], settings: &LearnSettings) -> Result<Vec<Judged>> {
    let mut out = Vec::new();
    for movement in 0..MOVEMENTS.len() {
        let learned = reference(movement, reps.iter().filter(|rep| !pair.contains(&rep.person)), settings)?;
        let own = reps.iter().filter(|rep| rep.movement == movement && pair.contains(&rep.person));
        out.extend(own.map(|rep| Judged::new(rep, score(rep, &learned))));
    }
    Ok(out)
}

/// The final score without playing the repetition to the coach again: the rules charge the same whatever the reference.
fn score(rep: &Rep, reference: &Reference) -> f64 {
    let Some(by_rules) = rep.by_rules else { return 0.0 };
    let alike = reference.compare(&rep.summary, rep.sensor, |_| true);
    (by_rules - alike.iter().map(|difference| difference.points).sum::<f64>()).max(0.0)
}
