//! UI-PRMD: are correct and incorrect repetitions told apart for people whose repetitions were never learned from?
//!
//! For each person a reference is learned from the other five (both sensors), written as a file, read back, and asked. Nothing of
//! the person is used: no limit, spread, weight, threshold or choice of side. Each repetition is judged by itself.

mod dtw;
mod figures;
mod product;

use anyhow::{Context, Result};
use baro_coach::reference::{
    Example, LearnSettings, Origin, Reference, Sensor, Summary, Track, learn, view_of,
};
use baro_coach::{Exercise, View};
use baro_datasets::{Episode, uiprmd_kinect, uiprmd_vicon};
use baro_motion::{Channel, PoseFrame, Steady};
use bench_table::Table;
use figures::{Figures, Judged};
use std::{collections::BTreeMap, path::PathBuf, sync::Arc};

/// The movements of UI-PRMD, in its order: our exercise's id, and whether both sides do the same.
pub const MOVEMENTS: [(&str, bool); 10] = [
    ("deep-squat", true),
    ("hurdle-step", false),
    ("inline-lunge", false),
    ("side-lunge", false),
    ("sit-to-stand", true),
    ("standing-leg-raise", false),
    ("full-shoulder-abduction", false),
    ("shoulder-extension", false),
    ("shoulder-rotation", false),
    ("shoulder-scaption", false),
];
const PEOPLE: u32 = 6;
/// A score below this is taken for incorrect: the points at which the learned odds are even, taken from 100.
const THRESHOLD: f64 = 75.0;

/// One repetition, from whichever sensor.
pub struct Rep {
    sensor: Sensor,
    movement: usize,
    person: u32,
    correct: bool,
    /// Between stretches of stillness.
    frames: Vec<PoseFrame>,
    summary: Summary,
}

pub fn run() -> Result<Table> {
    let exercises = product::exercises()?;
    let reps = load(&exercises)?;
    let mut table = Table::default();
    table.told(
        "repetitions, Kinect and Vicon",
        reps.len() as f64,
        "",
        "of 2380; one of the Vicon's is a single frame",
    );
    let settings = LearnSettings::default();
    let folds = folds(&reps, 1, &settings)?;
    let by_likeness = likeness(&reps, &folds, &|_| true);
    let by_product = product::judge(reps.iter(), &exercises, &folds);
    let thresholds = thresholds(&reps, &exercises)?;
    let shifted: Vec<Judged> = by_product
        .iter()
        .map(|judged| Judged { score: judged.score - thresholds[judged.person as usize - 1], ..*judged })
        .collect();
    for sensor in Sensor::ALL {
        let name = name(sensor);
        let goals = |table: &mut Table, what: &str, figures: &Figures, goal: bool| {
            let goal = |value| goal.then_some(value);
            table.at_least(&format!("{name}, {what}: pooled AUC"), figures.auc, "", goal(0.93), "");
            let (worst, least) = figures.worst();
            let note = format!("{}; {}", MOVEMENTS[worst].0, figures.by_movement());
            table.at_least(
                &format!("{name}, {what}: lowest AUC of a movement"),
                least,
                "",
                goal(0.80),
                &note,
            );
            let note = format!(
                "mean score of correct ones {:.0}, of incorrect ones {:.0}",
                figures.means[1], figures.means[0]
            );
            table.at_least(&format!("{name}, {what}: accuracy"), figures.accuracy, "", goal(0.88), &note);
        };
        {
            let judged = &by_product;
            let mut figures = Figures::new(judged, sensor, THRESHOLD);
            let fixed = figures.accuracy;
            figures.accuracy = Figures::new(&shifted, sensor, 0.0).accuracy;
            goals(&mut table, "final score", &figures, true);
            table.told(&format!("{name}, final score: accuracy at the fixed threshold of 75"), fixed, "", "");
            let missed = judged.iter().filter(|judged| judged.sensor == sensor && judged.unseen).count();
            table.told(
                &format!("{name}: repetitions that the coach did not count or begin (scored 0)"),
                missed as f64,
                "",
                "",
            );
        }
        goals(&mut table, "likeness alone", &Figures::new(&by_likeness, sensor, THRESHOLD), false);
        let floor = dtw::judge(&reps, sensor);
        goals(
            &mut table,
            "floor: plain DTW to others' correct repetitions",
            &Figures::new(&floor, sensor, 0.0),
            false,
        );
    }
    robustness(&mut table, &reps)?;
    up_to_date(&mut table, &reps)?;
    Ok(table)
}

/// For each person, the score that tells the other people's repetitions apart best. They are judged by references that know neither
/// them nor the person.
fn thresholds(reps: &[Rep], exercises: &[Arc<Exercise>]) -> Result<Vec<f64>> {
    let mut scores: Vec<Vec<(f64, bool)>> = vec![Vec::new(); PEOPLE as usize];
    for a in 1..=PEOPLE {
        for b in a + 1..=PEOPLE {
            let both = |person: u32| person == a || person == b;
            let mut folds = Folds::new();
            for movement in 0..MOVEMENTS.len() {
                let others = reps.iter().filter(|rep| !both(rep.person));
                let learned = reference(movement, others, &LearnSettings::default())?;
                folds.insert((movement, a), learned.clone());
                folds.insert((movement, b), learned);
            }
            let judged = product::judge(reps.iter().filter(|rep| both(rep.person)), exercises, &folds);
            for judged in judged {
                let other = if judged.person == a { b } else { a };
                scores[other as usize - 1].push((judged.score, judged.correct));
            }
        }
    }
    Ok(scores.into_iter().map(figures::best_threshold).collect())
}

/// Scores without rules. `counts`: the channels that are judged.
fn likeness(reps: &[Rep], folds: &Folds, counts: &dyn Fn(Channel) -> bool) -> Vec<Judged> {
    let lost = |rep: &Rep| -> f64 {
        let found = folds[&(rep.movement, rep.person)].compare(&rep.summary, rep.sensor, counts);
        found.iter().map(|difference| difference.points).sum()
    };
    reps.iter().map(|rep| Judged::new(rep, 100.0 - lost(rep))).collect()
}

/// How much the result depends on choices.
fn robustness(table: &mut Table, reps: &[Rep]) -> Result<()> {
    let default = LearnSettings::default();
    let mut tell = |what: &str, folds: &Folds, counts: &dyn Fn(Channel) -> bool| {
        let judged = likeness(reps, folds, counts);
        let [kinect, vicon] = Sensor::ALL.map(|sensor| Figures::new(&judged, sensor, THRESHOLD));
        let words = format!(
            "AUC {:.3} and {:.3}, accuracy {:.3} and {:.3}",
            kinect.auc, vicon.auc, kinect.accuracy, vicon.accuracy
        );
        table.words(&format!("likeness alone, {what}"), &words, "Kinect and Vicon");
    };
    let seen_from = |from: View| move |channel| [View::Any, from].contains(&view_of(channel));
    let whole = folds(reps, 1, &default)?;
    tell("only what one camera in front could tell", &whole, &seen_from(View::Front));
    tell("only what one camera at the side could tell", &whole, &seen_from(View::Side));
    tell("learned from four people (two left out)", &folds(reps, 2, &default)?, &|_| true);
    for (what, settings) in [
        ("limits at the mean itself", LearnSettings { tolerance: 0.0, ..default }),
        ("limits at 0.5 SD", LearnSettings { tolerance: 0.5, ..default }),
        ("prices up to 3 SD", LearnSettings { farthest: 3.0, ..default }),
        ("least spread 1°", LearnSettings { least_spread: 1.0, ..default }),
        ("least spread 4°", LearnSettings { least_spread: 4.0, ..default }),
        ("half as sparse", LearnSettings { sparse: default.sparse / 2.0, ..default }),
        ("twice as sparse", LearnSettings { sparse: default.sparse * 2.0, ..default }),
        ("ridge × 4", LearnSettings { ridge: default.ridge * 4.0, ..default }),
        (
            "ridge × 4, limits at the mean itself, least spread 1°",
            LearnSettings { ridge: default.ridge * 4.0, tolerance: 0.0, least_spread: 1.0, ..default },
        ),
    ] {
        tell(what, &folds(reps, 1, &settings)?, &|_| true);
    }
    let correct_alone = |rep: &Rep| rep.correct;
    tell("learned from correct repetitions only", &folds_of(reps, 1, &default, &correct_alone)?, &|_| true);
    Ok(())
}

/// A reference for each movement and person, learned without that person.
type Folds = BTreeMap<(usize, u32), Reference>;

fn folds(reps: &[Rep], left_out: u32, settings: &LearnSettings) -> Result<Folds> {
    folds_of(reps, left_out, settings, &|_| true)
}

/// `left_out`: how many people, the one who is judged and the next ones.
fn folds_of(
    reps: &[Rep],
    left_out: u32,
    settings: &LearnSettings,
    uses: &dyn Fn(&Rep) -> bool,
) -> Result<Folds> {
    let mut folds = Folds::new();
    for movement in 0..MOVEMENTS.len() {
        for person in 1..=PEOPLE {
            let out = |other: u32| (0..left_out).any(|next| (person - 1 + next) % PEOPLE + 1 == other);
            let others = reps.iter().filter(|rep| !out(rep.person) && uses(rep));
            folds.insert((movement, person), reference(movement, others, settings)?);
        }
    }
    Ok(folds)
}

/// Learned, written and read back, as it ships.
fn reference<'a>(
    movement: usize,
    reps: impl Iterator<Item = &'a Rep>,
    settings: &LearnSettings,
) -> Result<Reference> {
    let (exercise, symmetric) = MOVEMENTS[movement];
    let example = |rep: &'a Rep| Example {
        summary: &rep.summary,
        person: rep.person,
        sensor: rep.sensor,
        correct: rep.correct,
    };
    let examples: Vec<Example> = reps.filter(|rep| rep.movement == movement).map(example).collect();
    let origin = Origin {
        recordings: "UI-PRMD (Vakanski et al. 2018, doi:10.3390/data3010002), subjects 1-6, Kinect and Vicon"
            .into(),
        licence: "derived from public-domain data (PDDL 1.0); this file: CC0-1.0".into(),
        made_by: "cargo xtask bench scoring --write-references".into(),
    };
    let learned = learn(exercise, origin, symmetric, &examples, settings)?;
    Ok(Reference::from_text(&learned.to_text())?)
}

/// The shipped files are what all six people teach.
fn up_to_date(table: &mut Table, reps: &[Rep]) -> Result<()> {
    let mut old = 0;
    for (movement, (exercise, _)) in MOVEMENTS.into_iter().enumerate() {
        let text = reference(movement, reps.iter(), &LearnSettings::default())?.to_text();
        let shipped = std::fs::read_to_string(path(exercise)).unwrap_or_default();
        old += usize::from(shipped != text);
    }
    let note = "`cargo xtask bench scoring --write-references` writes them";
    table.at_most(
        "shipped references that differ from what all six people teach",
        old as f64,
        "",
        Some(0.0),
        note,
    );
    Ok(())
}

/// Writes the references that ship: `assets/references/*.ref`.
pub fn write_references() -> Result<()> {
    let reps = load(&product::exercises()?)?;
    for (movement, (exercise, _)) in MOVEMENTS.into_iter().enumerate() {
        let reference = reference(movement, reps.iter(), &LearnSettings::default())?;
        let path = path(exercise);
        std::fs::write(&path, reference.to_text())
            .with_context(|| format!("can't write {}", path.display()))?;
        println!("{}: {} limits", path.display(), reference.terms.len());
    }
    Ok(())
}

fn path(exercise: &str) -> PathBuf {
    crate::root().join(format!("assets/references/{exercise}.ref"))
}

fn path_of_exercise(id: &str) -> PathBuf {
    crate::root().join(format!("assets/exercises/{}.toml", id.replace('-', "_")))
}

fn load(exercises: &[Arc<Exercise>]) -> Result<Vec<Rep>> {
    let mut reps = Vec::new();
    for (sensor, episodes) in [(Sensor::Camera, uiprmd_kinect()?), (Sensor::Markers, uiprmd_vicon()?)] {
        for Episode { movement, subject: person, correct, frames, .. } in episodes {
            let movement = movement as usize - 1;
            let recorded_s = frames.last().map_or(0.0, |frame| frame.time_s);
            let frames = product::padded(&frames);
            // As in the coach: what comes from the stream is steadied first, and the repetition is where the coach finds it.
            let (mut steady, mut track) = (Steady::default(), Track::default());
            for frame in &frames {
                if let Some(pose) = &frame.pose {
                    track.push(frame.time_s, &steady.step(frame.time_s, pose).world, Some(0.0));
                }
            }
            let whole = [product::STILL_S, product::STILL_S + recorded_s];
            let [from_s, to_s] = product::span_s(&exercises[movement], sensor, &frames).unwrap_or(whole);
            // One of the Vicon's repetitions is a single frame.
            let Some(summary) = track.summary(from_s, to_s) else { continue };
            reps.push(Rep { sensor, movement, person, correct, frames, summary });
        }
    }
    Ok(reps)
}

fn name(sensor: Sensor) -> &'static str {
    match sensor {
        Sensor::Camera => "Kinect",
        Sensor::Markers => "Vicon",
    }
}
