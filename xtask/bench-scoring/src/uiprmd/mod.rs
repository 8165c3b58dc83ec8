//! UI-PRMD: are correct and incorrect repetitions told apart for people whose repetitions were never learned from?
//!
//! For each person a reference is learned from the other five (both sensors), written as a file, read back, and asked. Nothing of
//! the person is used: no limit, spread, weight, setting, threshold or choice of side. Each repetition is judged by itself.

mod dtw;
mod figures;
mod nested;
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
use nested::Chosen;
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
    /// What the rules alone leave of 100 points; `None` where the coach does not find it.
    by_rules: Option<f64>,
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
    let [chosen, shipped] = nested::choose(&reps)?;
    final_score(&mut table, &reps, &exercises, &chosen, true)?;
    final_score(&mut table, &reps, &exercises, &shipped, false)?;
    let by_likeness = likeness(&reps, &folds(&reps, 1, &LearnSettings::default())?, &|_| true);
    for sensor in Sensor::ALL {
        let alike = Figures::new(&by_likeness, sensor, |_| THRESHOLD);
        tell(&mut table, sensor, "likeness alone", &alike, false);
        let floor = Figures::new(&dtw::judge(&reps, sensor), sensor, |_| 0.0);
        tell(&mut table, sensor, "floor: plain DTW to others' correct repetitions", &floor, false);
    }
    robustness(&mut table, &reps)?;
    up_to_date(&mut table, &reps)?;
    Ok(table)
}

/// The program's own score, with the settings and thresholds that the others chose for each person. `goal`: they chose the settings too.
fn final_score(
    table: &mut Table,
    reps: &[Rep],
    exercises: &[Arc<Exercise>],
    chosen: &[Chosen],
    goal: bool,
) -> Result<()> {
    let of = |person: u32| &chosen[person as usize - 1];
    let folds = folds_of(reps, 1, &|person| of(person).settings, &|_| true)?;
    let judged = product::judge(reps.iter(), exercises, &folds);
    let what = if goal { "final score" } else { "final score, shipped settings" };
    for sensor in Sensor::ALL {
        let figures = Figures::new(&judged, sensor, |person| of(person).by_sensor[sensor as usize]);
        tell(table, sensor, what, &figures, goal);
        let [common, fixed] = [&|person| of(person).common, &(|_| THRESHOLD) as &dyn Fn(u32) -> f64]
            .map(|threshold| Figures::new(&judged, sensor, threshold).accuracy);
        let name = name(sensor);
        table.told(&format!("{name}, {what}: accuracy, one threshold for both sensors"), common, "", "");
        table.told(&format!("{name}, {what}: accuracy at the fixed threshold of 75"), fixed, "", "");
        if goal {
            let of = |correct: bool| {
                let mut all = judged.iter().filter(|judged| judged.sensor == sensor && judged.unseen);
                all.by_ref().filter(|judged| judged.correct == correct).count()
            };
            let what = format!("{name}: repetitions that the coach did not count or begin (scored 0)");
            let (right, wrong) = (of(true), of(false));
            table.told(
                &what,
                (right + wrong) as f64,
                "",
                &format!("{right} correct ones, {wrong} incorrect ones"),
            );
        }
    }
    if goal {
        let each = chosen.iter().map(|c| format!("{}° and {}", c.settings.least_spread, c.settings.ridge));
        let each = each.collect::<Vec<_>>().join(", ");
        table.words(
            "least spread and ridge that the others chose, by person",
            &each,
            "those that ship: 1° and 0.2",
        );
    }
    Ok(())
}

/// Rows of one way to score.
fn tell(table: &mut Table, sensor: Sensor, what: &str, figures: &Figures, goal: bool) {
    let (name, goal) = (name(sensor), |value| goal.then_some(value));
    table.at_least(&format!("{name}, {what}: pooled AUC"), figures.auc, "", goal(0.93), "");
    let (worst, least) = figures.worst();
    let note = format!("{}; {}", MOVEMENTS[worst].0, figures.by_movement());
    table.at_least(&format!("{name}, {what}: lowest AUC of a movement"), least, "", goal(0.80), &note);
    let [wrong, right] = figures.means;
    let note = format!("mean score of correct ones {right:.0}, of incorrect ones {wrong:.0}");
    table.at_least(&format!("{name}, {what}: accuracy"), figures.accuracy, "", goal(0.88), &note);
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
    let mut row = |what: &str, folds: &Folds, counts: &dyn Fn(Channel) -> bool| {
        let judged = likeness(reps, folds, counts);
        let [kinect, vicon] = Sensor::ALL.map(|sensor| Figures::new(&judged, sensor, |_| THRESHOLD));
        let words = format!(
            "AUC {:.3} and {:.3}, accuracy {:.3} and {:.3}",
            kinect.auc, vicon.auc, kinect.accuracy, vicon.accuracy
        );
        table.words(&format!("likeness alone, {what}"), &words, "Kinect and Vicon");
    };
    let seen_from = |from: View| move |channel| [View::Any, from].contains(&view_of(channel));
    let whole = folds(reps, 1, &default)?;
    row("only what one camera in front could tell", &whole, &seen_from(View::Front));
    row("only what one camera at the side could tell", &whole, &seen_from(View::Side));
    row("learned from four people (two left out)", &folds(reps, 2, &default)?, &|_| true);
    for (what, settings) in [
        ("limits at the mean itself", LearnSettings { tolerance: 0.0, ..default }),
        ("limits at 0.5 SD", LearnSettings { tolerance: 0.5, ..default }),
        ("prices up to 3 SD", LearnSettings { farthest: 3.0, ..default }),
        ("half as sparse", LearnSettings { sparse: default.sparse / 2.0, ..default }),
        ("twice as sparse", LearnSettings { sparse: default.sparse * 2.0, ..default }),
        ("least spread 0.5°", LearnSettings { least_spread: 0.5, ..default }),
        ("least spread 2°", LearnSettings { least_spread: 2.0, ..default }),
        ("ridge × 1/4", LearnSettings { ridge: default.ridge / 4.0, ..default }),
        ("ridge × 4", LearnSettings { ridge: default.ridge * 4.0, ..default }),
    ] {
        row(what, &folds(reps, 1, &settings)?, &|_| true);
    }
    let correct_alone = |rep: &Rep| rep.correct;
    row("learned from correct repetitions only", &folds_of(reps, 1, &|_| default, &correct_alone)?, &|_| {
        true
    });
    Ok(())
}

/// A reference for each movement and person, learned without that person.
type Folds = BTreeMap<(usize, u32), Reference>;

fn folds(reps: &[Rep], left_out: u32, settings: &LearnSettings) -> Result<Folds> {
    folds_of(reps, left_out, &|_| *settings, &|_| true)
}

/// `left_out`: how many people, the one who is judged and the next ones.
fn folds_of(
    reps: &[Rep],
    left_out: u32,
    settings: &dyn Fn(u32) -> LearnSettings,
    uses: &dyn Fn(&Rep) -> bool,
) -> Result<Folds> {
    let mut folds = Folds::new();
    for movement in 0..MOVEMENTS.len() {
        for person in 1..=PEOPLE {
            let out = |other: u32| (0..left_out).any(|next| (person - 1 + next) % PEOPLE + 1 == other);
            let others = reps.iter().filter(|rep| !out(rep.person) && uses(rep));
            folds.insert((movement, person), reference(movement, others, &settings(person))?);
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
            let found = product::longest(&exercises[movement], sensor, None, &frames);
            let [from_s, to_s] = found.as_ref().map_or(whole, |rep| [rep.start_s, rep.end_s]);
            let by_rules = found.map(|rep| rep.score);
            // One of the Vicon's repetitions is a single frame.
            let Some(summary) = track.summary(from_s, to_s) else { continue };
            reps.push(Rep { sensor, movement, person, correct, frames, summary, by_rules });
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
