//! The text of a game file, and the checks that make a [`Game`] of it. What could hurt is refused.

use super::{GAME_FORMAT, Game, GameKind, GamePrice, GameRule, Level};
use crate::{
    Avoid, Equipment, ExerciseError, Muscle, Position, Region,
    exercise::parse::check::{Checker, read},
};
use baro_motion::Joint;
use serde::Deserialize;
use toml::Spanned;

/// Nobody plays for longer than this at a stretch, seconds.
const LONGEST_S: f64 = 300.0;
/// The first level waits at least so long: nobody hurries.
const SLOW_WAIT_S: f64 = 8.0;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawGame {
    format: Spanned<u32>,
    id: Spanned<String>,
    name: Spanned<String>,
    kind: GameKind,
    positions: Spanned<Vec<Position>>,
    body: Spanned<Vec<Region>>,
    muscles: Spanned<Vec<Muscle>>,
    equipment: Spanned<Vec<Equipment>>,
    avoid: Spanned<Vec<Avoid>>,
    sources: Spanned<Vec<Spanned<String>>>,
    needs: Spanned<Vec<Joint>>,
    watched_as: Spanned<String>,
    unseen_cue: Spanned<String>,
    start_cue: Spanned<String>,
    levels: Spanned<Vec<Spanned<RawLevel>>>,
    rules: Spanned<Vec<RawPrice>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLevel {
    tasks: Spanned<u32>,
    from: Spanned<f64>,
    to: Spanned<f64>,
    wait_s: Spanned<f64>,
    rest_s: Spanned<f64>,
    reach: Option<Spanned<f64>>,
    size_m: Option<Spanned<f64>>,
    azimuth: Option<[Spanned<f64>; 2]>,
    fall_m_s: Option<Spanned<f64>>,
    hold_s: Option<Spanned<f64>>,
    level: Option<Spanned<f64>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPrice {
    rule: Spanned<GameRule>,
    limit: Spanned<f64>,
    points_per_unit: Spanned<f64>,
    max_points: Spanned<f64>,
}

pub(super) fn game(text: &str) -> Result<Game, ExerciseError> {
    let raw: RawGame = read(text)?;
    let check = Checker(text);
    if *raw.format.get_ref() != GAME_FORMAT {
        return Err(
            check.wrong(&raw.format, format!("this version reads `format = {GAME_FORMAT}`; update Baro"))
        );
    }
    head(&check, &raw)?;
    let levels = raw.levels.get_ref().iter().enumerate();
    Ok(Game {
        id: check.id(&raw.id)?,
        name_key: check.key(&raw.name, "game-")?,
        kind: raw.kind,
        positions: raw.positions.get_ref().clone(),
        body: raw.body.get_ref().clone(),
        muscles: raw.muscles.get_ref().clone(),
        equipment: raw.equipment.get_ref().clone(),
        avoid: raw.avoid.get_ref().clone(),
        sources: raw.sources.get_ref().iter().map(|source| source.get_ref().clone()).collect(),
        needs: raw.needs.get_ref().clone(),
        watched_as: check.id(&raw.watched_as)?,
        unseen_cue: check.cue(&raw.unseen_cue)?,
        start_cue: check.cue(&raw.start_cue)?,
        levels: levels.map(|(i, level)| self::level(&check, raw.kind, i, level)).collect::<Result<_, _>>()?,
        prices: prices(&check, &raw)?,
    })
}

/// The lists of the head, and what a game with the feet must say about falling.
fn head(check: &Checker, raw: &RawGame) -> Result<(), ExerciseError> {
    check.list(
        &raw.positions,
        raw.positions.get_ref().len(),
        "positions",
        "\"standing\", \"seated\" or both",
    )?;
    check.list(&raw.body, raw.body.get_ref().len(), "body", "the regions that it is for")?;
    check.list(&raw.muscles, raw.muscles.get_ref().len(), "muscles", "the muscles that it works")?;
    check.list(&raw.sources, raw.sources.get_ref().len(), "sources", "at least one paper or standard")?;
    check.list(&raw.needs, raw.needs.get_ref().len(), "needs", "the joints that must be seen")?;
    check.list(&raw.levels, raw.levels.get_ref().len(), "levels", "at least one [[levels]]")?;
    check.list(&raw.rules, raw.rules.get_ref().len(), "rules", "[[rules]] with what costs points")?;
    check.distinct(&raw.positions, "positions")?;
    check.distinct(&raw.body, "body")?;
    check.distinct(&raw.muscles, "muscles")?;
    check.distinct(&raw.equipment, "equipment")?;
    check.distinct(&raw.avoid, "avoid")?;
    if raw.positions.get_ref().contains(&Position::Floor) {
        return Err(check.wrong(&raw.positions, "nobody plays lying down; write \"standing\" or \"seated\""));
    }
    if let Some(short) = raw.sources.get_ref().iter().find(|source| source.get_ref().trim().len() < 8) {
        return Err(check.wrong(short, "a source is too short; write authors, year and where it appeared"));
    }
    if raw.kind.moves_feet() {
        if !raw.avoid.get_ref().contains(&Avoid::FallRisk) {
            return Err(
                check.wrong(&raw.avoid, "it is done on one leg or leaning; add \"fall_risk\" to `avoid`")
            );
        }
        if !raw.equipment.get_ref().contains(&Equipment::Chair) {
            return Err(
                check.wrong(&raw.equipment, "there must be something to hold; add \"chair\" to `equipment`")
            );
        }
    }
    Ok(())
}

fn level(
    check: &Checker,
    kind: GameKind,
    index: usize,
    raw: &Spanned<RawLevel>,
) -> Result<Level, ExerciseError> {
    let at = raw;
    let raw = raw.get_ref();
    let tasks = *raw.tasks.get_ref();
    if !(2..=40).contains(&tasks) || !tasks.is_multiple_of(2) {
        return Err(check.wrong(&raw.tasks, format!("`tasks` is {tasks}; write an even number from 2 to 40")));
    }
    // What a comfortable body does: targets not straight up, bars below the middle of the shin, weight over the feet; and a
    // board that standing still does not level (its `level` is at most 0.13 half stances).
    let (low, high) = match kind {
        GameKind::Reach => (10.0, 150.0),
        GameKind::Ball => (0.0, 0.85),
        GameKind::Hurdles => (0.03, 0.30),
        GameKind::Board => (0.18, 0.6),
    };
    let from = check.within(&raw.from, "from", low, high)?;
    let to = check.within(&raw.to, "to", from, high)?;
    let wait_s = check.within(&raw.wait_s, "wait_s", if index == 0 { SLOW_WAIT_S } else { 4.0 }, 30.0)?;
    let rest_s = check.within(&raw.rest_s, "rest_s", 0.8, 10.0)?;
    let longest_s = f64::from(tasks) * (wait_s + rest_s);
    if longest_s > LONGEST_S {
        let message = format!("it can take {longest_s:.0} s; write fewer tasks, up to {LONGEST_S} s in all");
        return Err(check.wrong(&raw.tasks, message));
    }
    let fields = Fields { check, at, kind };
    let [azimuth_from, azimuth_to] = match &raw.azimuth {
        Some([from, to]) => [Some(from), Some(to)],
        None => [None, None],
    };
    use GameKind::*;
    Ok(Level {
        tasks,
        from: edge(kind, from),
        to: edge(kind, to),
        wait_s,
        rest_s,
        reach: fields.field(&raw.reach, "reach", &[Reach], 0.5, 0.95)? as f32,
        size_m: fields.field(&raw.size_m, "size_m", &[Reach, Ball], 0.05, 0.25)? as f32,
        azimuth_rad: [
            fields.one(azimuth_from, "azimuth", &[Reach], -30.0, 110.0)?.to_radians() as f32,
            fields.one(azimuth_to, "azimuth", &[Reach], -30.0, 110.0)?.to_radians() as f32,
        ],
        fall_m_s: fields.field(&raw.fall_m_s, "fall_m_s", &[Ball], 0.08, 0.4)? as f32,
        hold_s: fields.field(&raw.hold_s, "hold_s", &[Hurdles, Board], 0.6, 5.0)?,
        level_rad: fields.field(&raw.level, "level", &[Board], 1.0, 4.5)?.to_radians() as f32,
    })
}

fn edge(kind: GameKind, value: f64) -> f32 {
    (if kind == GameKind::Reach { value.to_radians() } else { value }) as f32
}

/// Fields that some kinds have and others don't.
struct Fields<'a> {
    check: &'a Checker<'a>,
    at: &'a Spanned<RawLevel>,
    kind: GameKind,
}

impl Fields<'_> {
    fn field(
        &self,
        value: &Option<Spanned<f64>>,
        name: &str,
        kinds: &[GameKind],
        low: f64,
        high: f64,
    ) -> Result<f64, ExerciseError> {
        self.one(value.as_ref(), name, kinds, low, high)
    }

    fn one(
        &self,
        value: Option<&Spanned<f64>>,
        name: &str,
        kinds: &[GameKind],
        low: f64,
        high: f64,
    ) -> Result<f64, ExerciseError> {
        match (value, kinds.contains(&self.kind)) {
            (Some(value), true) => self.check.within(value, name, low, high),
            (None, false) => Ok(0.0),
            (None, true) => Err(self.check.wrong(
                self.at,
                format!(
                    "a level of `{}` needs `{name}`; write a number from {low} to {high}",
                    self.kind.name()
                ),
            )),
            (Some(value), false) => {
                Err(self.check.wrong(value, format!("`{}` has no `{name}`; leave it out", self.kind.name())))
            }
        }
    }
}

fn prices(check: &Checker, raw: &RawGame) -> Result<Vec<GamePrice>, ExerciseError> {
    let mut prices: Vec<GamePrice> = Vec::new();
    for price in raw.rules.get_ref() {
        let rule = *price.rule.get_ref();
        if !rule.fits(raw.kind) {
            let message =
                format!("`{}` can't happen in a game of {}; leave it out", rule.name(), raw.kind.name());
            return Err(check.wrong(&price.rule, message));
        }
        if prices.iter().any(|other| other.rule == rule) {
            return Err(check.wrong(&price.rule, format!("`{}` stands twice; write it once", rule.name())));
        }
        prices.push(GamePrice {
            rule,
            limit: check.within(&price.limit, "limit", 0.0, 90.0)?,
            per_unit: check.within(&price.points_per_unit, "points_per_unit", 0.01, 1000.0)?,
            at_most: check.within(&price.max_points, "max_points", 1.0, 100.0)?,
        });
    }
    if !prices.iter().any(|price| price.rule == GameRule::Missed) {
        return Err(check.wrong(&raw.rules, "a game needs the rule \"missed\"; write what a miss costs"));
    }
    Ok(prices)
}
