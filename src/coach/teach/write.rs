//! The text of a draft.

use super::{
    Proposal, TeachOptions, Told, form, median, percentile, shape,
    signal::{Choice, Counted},
    take::Take,
    words,
};
use crate::{Exercise, Sides, View, exercise::parse::check::word};
use baro_motion::{Joint, JointAngles, Mannequin, Measure, MeasureSet, Measures, Side, Unit, movement};
use std::fmt::Write as _;

/// Stages may be this much shorter or longer than good ones were.
const FASTER: f64 = 0.6;
const SLOWER: f64 = 2.0;
/// A stage shorter than this is nothing to hold anyone to, seconds.
const LEAST_STAGE_S: f64 = 0.35;
/// The share of the trainer's period that the movement takes; the rest is stillness.
const MOVING: f64 = 0.86;
/// The trainer goes at most this much farther than the mean repetition, to reach the target.
const MOST_STRETCH: f32 = 1.6;
/// Angles below this, degrees, are left out of the keys.
const NO_ANGLE_DEG: f64 = 0.5;

/// Limits of a stage, seconds.
#[derive(Debug, Clone)]
struct Tempo {
    id: &'static str,
    stage: &'static str,
    min_s: Option<f64>,
    max_s: Option<f64>,
}

/// All that the file will say.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    choice: Choice,
    id: String,
    name: String,
    told: Option<Told>,
    view: View,
    position: &'static str,
    needs: Vec<Joint>,
    made_from: String,
    seconds: [f64; 2],
    finish: bool,
    tempo: Vec<Tempo>,
    rules: Vec<Proposal>,
    period_s: f64,
    postures: Vec<JointAngles>,
    stretch: f32,
}

impl Draft {
    /// Enough to count with.
    pub fn bare(choice: &Choice, options: &TeachOptions) -> Self {
        let mut needs = vec![Joint::Shoulder, Joint::Hip];
        for &joint in choice.measure.needs().iter().chain(choice.measure.needs_both()) {
            if !needs.contains(&joint) {
                needs.push(joint);
            }
        }
        Self {
            choice: choice.clone(),
            id: options.id.clone(),
            name: options.name.clone(),
            told: options.told.clone(),
            view: words::view(choice.measure),
            position: "standing",
            needs,
            made_from: String::new(),
            seconds: [0.3, 60.0],
            finish: false,
            tempo: Vec::new(),
            rules: vec![form::any()],
            period_s: 4.0,
            postures: vec![JointAngles::default()],
            stretch: 1.0,
        }
    }

    /// Everything that the recordings bear out.
    pub fn full(choice: &Choice, options: &TeachOptions, takes: &[Take], counted: &Counted) -> Self {
        let bare = Self::bare(choice, options);
        let durations: Vec<f32> =
            counted.reps.iter().flatten().map(|rep| (rep.end_s - rep.start_s) as f32).collect();
        let at = |share| f64::from(percentile(&durations, share).unwrap_or(3.0));
        let mut draft = Self {
            view: view(takes, choice),
            position: position(takes),
            made_from: format!(
                "{} repetitions in {} recordings, of which it counts {} right",
                counted.total(),
                takes.len(),
                counted.right
            ),
            seconds: [(0.4 * at(0.0)).clamp(0.3, 2.0), (5.0 * at(1.0)).clamp(10.0, 120.0)],
            finish: true,
            tempo: tempo(takes, choice, counted),
            rules: form::proposals(takes, choice, counted),
            period_s: (at(0.5) / MOVING).clamp(1.0, 60.0),
            postures: shape::mean_repetition(takes, choice, counted),
            ..bare
        };
        draft.reach_target();
        draft
    }

    /// The trainer goes as far as the target asks.
    fn reach_target(&mut self) {
        let target = self.choice.steps[5];
        let sign = if self.choice.falls { -1.0 } else { 1.0 };
        let margin = 0.03 * (target - self.choice.steps[0]).abs();
        while sign * (self.farthest() - target) < margin && self.stretch < MOST_STRETCH {
            self.stretch += 0.02;
        }
    }

    /// The far end of the trainer's signal, in the file's unit; the side that goes farther.
    fn farthest(&self) -> f32 {
        let sign = if self.choice.falls { -1.0 } else { 1.0 };
        let unit = self.choice.measure.unit();
        let wanted = MeasureSet::default().with(self.choice.measure);
        let value = |posture: &JointAngles, side| {
            let body = Mannequin::default().landmarks(posture);
            let measures = Measures::seen(&body, &baro_motion::View::IN_SPACE, wanted);
            measures.get(self.choice.measure, side).map(|e| unit.to_edge(e.value.into()) as f32)
        };
        let keys = self.stretched();
        let far = |side| {
            let level = match keys.first() {
                Some(first) if self.choice.from_rest => value(first, side)?,
                _ => 0.0,
            };
            keys.iter().filter_map(|key| value(key, side)).map(|v| sign * (v - level)).reduce(f32::max)
        };
        let both = Side::BOTH.map(|side| far(side).unwrap_or(f32::NEG_INFINITY));
        let farthest = match self.choice.sides {
            Sides::Together => (both[0] + both[1]) / 2.0,
            _ => both[0].max(both[1]),
        };
        sign * farthest
    }

    fn stretched(&self) -> Vec<JointAngles> {
        let rest = self.postures.first().copied().unwrap_or_default().to_array();
        let stretch = |posture: &JointAngles| {
            let mut all = posture.to_array();
            all.iter_mut().zip(rest).for_each(|(angle, rest)| *angle = rest + self.stretch * (*angle - rest));
            JointAngles::from_array(all)
        };
        self.postures.iter().map(stretch).collect()
    }

    /// A rule that the rehearsal could not show: shown more clearly once, then left out.
    pub fn mend_rule(&mut self, id: &str) {
        if id == words::ends(&self.choice)[1].0 {
            self.finish = false;
        }
        self.tempo.retain(|tempo| tempo.id != id);
        let many = self.rules.len() > 1;
        self.rules.retain(|rule| rule.id != id || !rule.mended || !many);
        if let Some(rule) = self.rules.iter_mut().find(|rule| rule.id == id) {
            (rule.shown_by, rule.mended) = (rule.shown_by * 1.5, true);
        }
    }

    /// A trainer that is not counted, or scores badly: it goes farther, and rules that it breaks itself are left out.
    pub fn mend_trainer(&mut self, exercise: &Exercise) {
        let stage = crate::Rehearsal::new(exercise, exercise.view);
        let report = stage.report(&stage.play(30.0, 2, 1.0, |t_s| stage.correct(t_s)));
        let broken = |id: &str| report.reps.iter().flat_map(|rep| &rep.faults).any(|fault| fault.rule == id);
        if self.rules.len() > 1 {
            let first = self.rules[0].clone();
            self.rules.retain(|rule| !broken(rule.id));
            if self.rules.is_empty() {
                self.rules.push(first);
            }
        }
        self.tempo.retain(|tempo| !broken(tempo.id));
        self.stretch = (self.stretch + 0.05).min(MOST_STRETCH);
    }

    /// The file.
    pub fn text(&self) -> String {
        let mut out = String::new();
        // Writing to a String can't fail.
        let _ = self
            .head(&mut out)
            .and_then(|()| self.counted(&mut out))
            .and_then(|()| self.rules(&mut out))
            .and_then(|()| self.trainer(&mut out));
        out
    }

    fn head(&self, out: &mut String) -> std::fmt::Result {
        let Self { choice, id, .. } = self;
        let one_line: String = self.name.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        writeln!(out, "# {one_line}")?;
        writeln!(out, "# Drafted by `baro teach` from {}.", self.made_from)?;
        if self.told.is_none() {
            writeln!(
                out,
                "# Read every line before anyone exercises by it. `FILL IN`: what a program can't know."
            )?;
        }
        writeln!(out, "\nformat = 1\nid = \"{id}\"")?;
        match &self.told {
            Some(told) => {
                let [en, ko] = [&told.names.en, &told.names.ko].map(|name| quoted(name));
                writeln!(out, "name = \"exercise-{id}\"\nnames = {{ en = {en}, ko = {ko} }}")?;
            }
            None => writeln!(
                out,
                "# FILL IN: put this name into assets/locales/*/exercises.ftl: exercise-{id} = {one_line}\nname = \"exercise-{id}\""
            )?,
        }
        writeln!(out, "view = \"{}\"", word(&self.view))?;
        writeln!(out, "sides = \"{}\"", word(&choice.sides))?;
        writeln!(out, "position = \"{}\"", self.position)?;
        self.about(out)?;
        let needs: Vec<String> = self.needs.iter().map(|joint| format!("\"{}\"", word(joint))).collect();
        writeln!(out, "needs = [{}]", needs.join(", "))?;
        writeln!(out, "unseen_cue = \"{}\"", words::unseen(&self.needs))
    }

    /// What it is for and for whom it is not: as a person said, or left for one to fill in.
    fn about(&self, out: &mut String) -> std::fmt::Result {
        let region = words::region(self.choice.measure);
        let Some(told) = &self.told else {
            return writeln!(
                out,
                "# FILL IN: which regions it is for, beside the one that moves most.\nbody = [\"{}\"]\n\
                 # FILL IN: the muscles that it works (names in docs/exercise-format.md).\nmuscles = []\n\
                 # FILL IN: what one needs, as in [\"chair\"].\nequipment = []\n\
                 # FILL IN: who should not do it. `acute_injury` is only the least.\navoid = [\"acute_injury\"]\n\
                 # FILL IN: easier = \"...\", harder = \"...\", seated = \"...\" (ids of other exercises).\n\
                 # FILL IN: the paper or standard that it follows, instead of this line.\n\
                 sources = [\"FILL IN: authors, year, where it appeared\"]",
                region.name()
            );
        };
        let body = if told.body.is_empty() { &[region][..] } else { &told.body };
        writeln!(out, "body = {}", names(body.iter().map(|one| one.name())))?;
        writeln!(out, "muscles = {}", names(told.muscles.iter().map(|one| one.name())))?;
        writeln!(out, "equipment = {}", names(told.equipment.iter().map(|one| one.name())))?;
        writeln!(out, "avoid = {}", names(told.avoid.iter().map(|one| one.name())))?;
        writeln!(out, "sources = [{}]", quoted(&told.source))
    }

    fn counted(&self, out: &mut String) -> std::fmt::Result {
        let choice = &self.choice;
        let unit = choice.measure.unit().name();
        writeln!(
            out,
            "\n# Moved farthest and most cleanly. `target`: four of five good repetitions went this far."
        )?;
        writeln!(out, "[signal]\nmeasure = \"{}\"\nunit = \"{unit}\"", choice.measure.name())?;
        if choice.from_rest {
            writeln!(
                out,
                "# People rest too differently: counted from where each one rests.\naspect = \"change\""
            )?;
        }
        let names = ["rest", "back", "leave", "attempt", "reach", "target"];
        for (name, value) in names.iter().zip(choice.steps) {
            writeln!(out, "{name} = {}", number(value.into()))?;
        }
        let [min_s, max_s] = self.seconds;
        writeln!(out, "min_s = {}\nmax_s = {}", number(min_s), number(max_s))?;
        // About a third of the points for staying at the border of a partial repetition.
        let short = f64::from((choice.steps[5] - choice.steps[4]).abs()).max(1e-3);
        let price = number(30.0 / short);
        let [(range, range_cue), (finish, finish_cue)] = words::ends(choice);
        writeln!(
            out,
            "\n[range]\nid = \"{range}\"\npoints_per_unit = {price}\nmax_points = 30\ncue = \"{range_cue}\""
        )?;
        if self.finish {
            let back = f64::from((choice.steps[4] - choice.steps[1]).abs()).max(1e-3);
            let price = number(20.0 / back);
            writeln!(
                out,
                "\n[finish]\nid = \"{finish}\"\npoints_per_unit = {price}\nmax_points = 10\ncue = \"{finish_cue}\""
            )?;
        }
        for tempo in &self.tempo {
            writeln!(out, "\n# Good repetitions took from {} times its least.", number(1.0 / FASTER))?;
            writeln!(out, "[[tempo]]\nid = \"{}\"\nstage = \"{}\"", tempo.id, tempo.stage)?;
            for (name, limit) in [("min_s", tempo.min_s), ("max_s", tempo.max_s)] {
                if let Some(limit) = limit {
                    writeln!(out, "{name} = {}", number(limit))?;
                }
            }
            writeln!(out, "points_per_s = 20\nmax_points = 10\ncue_fast = \"cue-slower\"")?;
        }
        Ok(())
    }

    fn rules(&self, out: &mut String) -> std::fmt::Result {
        for rule in &self.rules {
            let bound = if rule.max { "max" } else { "min" };
            let shown: Vec<String> = rule
                .shown()
                .iter()
                .map(|(name, value)| format!("{name} = {}", number((*value).into())))
                .collect();
            writeln!(out, "\n# {} The limit is half as much again as was seen, and a little.", rule.why)?;
            writeln!(out, "[[rules]]\nid = \"{}\"\nmeasure = \"{}\"", rule.id, rule.measure.name())?;
            writeln!(out, "aspect = \"change\"\nunit = \"{}\"", rule.measure.unit().name())?;
            writeln!(
                out,
                "stages = [\"out\", \"peak\", \"return\"]\n{bound} = {}\nhold_s = 0.2",
                number(rule.limit.into())
            )?;
            let (per_unit, most) = rule.price;
            writeln!(
                out,
                "points_per_unit = {}\nmax_points = {}",
                number(per_unit.into()),
                number(most.into())
            )?;
            writeln!(out, "severity = \"{}\"\ncue = \"{}\"", rule.severity, rule.cue)?;
            writeln!(out, "shown = {{ {} }}", shown.join(", "))?;
        }
        Ok(())
    }

    fn trainer(&self, out: &mut String) -> std::fmt::Result {
        writeln!(out, "\n# The mean of the repetitions, gone {} times as far.", number(self.stretch.into()))?;
        let alternate = self.choice.sides == Sides::Alternate;
        let periods = if alternate { 2.0 } else { 1.0 };
        writeln!(out, "[trainer]\nperiod_s = {}", number(self.period_s * periods))?;
        let keys = self.stretched();
        let mirrored: Vec<JointAngles> = keys.iter().map(JointAngles::mirrored).collect();
        let sides: &[&[JointAngles]] = if alternate { &[&keys, &mirrored] } else { &[&keys] };
        for (i, keys) in sides.iter().enumerate() {
            for (place, key) in shape::PLACES.iter().zip(*keys) {
                let at = (1.0 - MOVING) / 2.0 + MOVING * place;
                let at = (i as f64 + at) / sides.len() as f64;
                writeln!(out, "\n[[trainer.keys]]\nat = {}", (at * 1000.0).round() / 1000.0)?;
                self.key(out, key)?;
            }
        }
        Ok(())
    }

    fn key(&self, out: &mut String, key: &JointAngles) -> std::fmt::Result {
        let (trunk, limbs) = JointAngles::NAMES;
        let of_limbs = Side::BOTH
            .into_iter()
            .flat_map(|side| limbs.iter().map(move |limb| format!("{}_{limb}", side.name())));
        for name in trunk.iter().map(|name| (*name).to_owned()).chain(of_limbs) {
            let value = key.get(&name).unwrap_or(0.0);
            match JointAngles::unit(&name) {
                Unit::Angle if f64::from(value).to_degrees().abs() >= NO_ANGLE_DEG => {
                    writeln!(out, "{name} = {}", (f64::from(value).to_degrees() * 10.0).round() / 10.0)?;
                }
                Unit::Ratio if value.abs() > 0.01 => {
                    writeln!(out, "{name} = {}", (f64::from(value) * 1000.0).round() / 1000.0)?;
                }
                Unit::Angle | Unit::Ratio => {}
            }
        }
        Ok(())
    }
}

/// A number as a person would write it: two decimals, three where it is small.
fn number(value: f64) -> f64 {
    let fine = if value.abs() < 1.0 { 1000.0 } else { 100.0 };
    (value * fine).round() / fine + 0.0
}

/// Stage limits from how long the stages took.
fn tempo(takes: &[Take], choice: &Choice, counted: &Counted) -> Vec<Tempo> {
    let sign = if choice.falls { -1.0 } else { 1.0 };
    let mut stages = [Vec::new(), Vec::new()];
    for (take, reps) in takes.iter().zip(&counted.reps) {
        for rep in reps {
            let (from, to) = (take.frame_at(rep.start_s), take.frame_at(rep.end_s));
            let path = |side| {
                let sample = |i: usize| {
                    let value = sign * take.value(i, choice.measure, side)?;
                    Some(movement::Sample { time_s: take.times_s[i], value })
                };
                (from..=to).filter_map(sample).collect::<Vec<_>>()
            };
            let range = |path: &[movement::Sample]| {
                let values = || path.iter().map(|s| s.value);
                values().fold(f32::NEG_INFINITY, f32::max) - values().fold(f32::INFINITY, f32::min)
            };
            let [left, right] = Side::BOTH.map(path);
            let moved = if range(&right) > range(&left) { right } else { left };
            if let Some(took) = movement::tempo(&moved) {
                stages[0].push(took.out_s as f32);
                stages[1].push(took.return_s as f32);
            }
        }
    }
    let names = [("out-time", "out"), ("back-time", "return")];
    names
        .iter()
        .zip(stages)
        .filter_map(|(&(id, stage), took)| {
            let least = FASTER * f64::from(percentile(&took, 0.05)?);
            let most = SLOWER * f64::from(percentile(&took, 0.95)?);
            let min_s = (least >= LEAST_STAGE_S).then_some(least);
            Some(Tempo { id, stage, min_s, max_s: Some(most.max(2.0)) })
        })
        .collect()
}

/// From where the recordings were made; where they are no pictures, from where the signal is seen best.
fn view(takes: &[Take], choice: &Choice) -> View {
    let turned =
        |take: &Take| take.from_picture.then(|| median(&take.values(Measure::BodyYaw, Side::Left))).flatten();
    let yaws: Vec<f32> = takes.iter().filter_map(turned).collect();
    match median(&yaws).map(f32::to_degrees) {
        None => words::view(choice.measure),
        Some(yaw) if yaw <= 30.0 => View::Front,
        Some(yaw) if yaw >= 60.0 => View::Side,
        Some(_) => View::Any,
    }
}

/// Standing, seated or on the floor, from the start posture.
/// As TOML writes a text.
fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

/// As TOML writes a list of names.
fn names<'a>(all: impl Iterator<Item = &'a str>) -> String {
    format!("[{}]", all.map(quoted).collect::<Vec<_>>().join(", "))
}

fn position(takes: &[Take]) -> &'static str {
    let rest = |measure| {
        let values: Vec<f32> = takes.iter().filter_map(|take| take.rest(measure, Side::Left)).collect();
        median(&values).map_or(0.0, f32::to_degrees)
    };
    if rest(Measure::TrunkIncline) > 50.0 {
        "floor"
    } else if rest(Measure::HipFlexion) > 50.0 && rest(Measure::KneeFlexion) > 50.0 {
        "seated"
    } else {
        "standing"
    }
}
