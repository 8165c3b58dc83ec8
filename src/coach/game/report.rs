//! What a game came to, in the form that the diary keeps.

use super::{Game, GameKind, GameRule};
use baro_motion::Side;
use serde::{Deserialize, Serialize};

/// The format of [`GameReport`].
pub const GAME_REPORT_FORMAT: u32 = 1;

/// A game with this score is very good.
const GREAT_FROM: f64 = 90.0;

/// Points lost, and for what.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GameFault {
    /// The rule; its text is `game-rule-NAME`.
    pub rule: GameRule,
    /// When, seconds of play.
    pub time_s: f64,
    /// What was measured, in the rule's unit.
    pub value: f64,
    /// What costs nothing yet, in the rule's unit.
    pub limit: f64,
    /// Points lost, out of 100.
    pub points: f64,
}

/// One target, ball, hurdle or shift.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TaskReport {
    /// The person's side that was asked.
    pub side: Side,
    /// What was asked for, in the report's unit.
    pub asked: f64,
    /// When it began, seconds of play.
    pub from_s: f64,
    /// When it was done or missed, seconds of play.
    pub to_s: f64,
    /// Was it done?
    pub done: bool,
    /// 0 to 100.
    pub score: f64,
    /// What cost points.
    pub faults: Vec<GameFault>,
}

/// One side of the body.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct SideReport {
    /// Tasks that it was asked for.
    pub asked: u32,
    /// Tasks that it did.
    pub done: u32,
    /// The hardest that it did, in the report's unit: a property of the target, so that it has no error of measurement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub farthest: Option<f64>,
}

/// What a game came to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GameReport {
    /// [`GAME_REPORT_FORMAT`].
    pub format: u32,
    /// Id of the game.
    pub game: String,
    /// Its kind.
    pub kind: GameKind,
    /// From 1.
    pub level: u32,
    /// Was it played sitting?
    pub seated: bool,
    /// Was every task of the level asked?
    pub finished: bool,
    /// Unit of `asked` and `farthest`: `deg` or `ratio`.
    pub unit: String,
    /// Tasks that were asked and done or missed.
    pub asked: u32,
    /// Tasks that were done.
    pub done: u32,
    /// How long it was played, seconds, without pauses.
    pub played_s: f64,
    /// How long it stood still because the person was not seen, seconds.
    pub blind_s: f64,
    /// 0 to 100: the mean of the tasks, less what the whole game cost. `None` where no task was ended.
    pub score: Option<f64>,
    /// The person's left.
    pub left: SideReport,
    /// The person's right.
    pub right: SideReport,
    /// In order.
    pub tasks: Vec<TaskReport>,
    /// What the whole game cost.
    pub faults: Vec<GameFault>,
}

impl GameReport {
    pub(super) fn new(game: &Game, level: usize) -> Self {
        Self {
            format: GAME_REPORT_FORMAT,
            game: game.id.clone(),
            kind: game.kind,
            level: level as u32 + 1,
            seated: false,
            finished: false,
            unit: game.kind.unit().into(),
            asked: 0,
            done: 0,
            played_s: 0.0,
            blind_s: 0.0,
            score: None,
            left: SideReport::default(),
            right: SideReport::default(),
            tasks: Vec::with_capacity(game.levels.get(level).map_or(0, |level| level.tasks as usize)),
            faults: Vec::new(),
        }
    }

    pub(super) fn add(&mut self, task: TaskReport) {
        let side = match task.side {
            Side::Left => &mut self.left,
            Side::Right => &mut self.right,
        };
        side.asked += 1;
        if task.done {
            side.done += 1;
            side.farthest = Some(side.farthest.map_or(task.asked, |far| far.max(task.asked)));
        }
        self.asked += 1;
        self.done += u32::from(task.done);
        self.tasks.push(task);
    }

    /// The score, from the tasks and from how even the sides were.
    pub(super) fn close(&mut self, game: &Game, time_s: f64) {
        self.played_s = round(time_s);
        let share = |side: SideReport| (side.asked > 0).then(|| f64::from(side.done) / f64::from(side.asked));
        self.faults.clear();
        if let (Some(left), Some(right)) = (share(self.left), share(self.right)) {
            self.faults.extend(fault(game, GameRule::Uneven, (left - right).abs(), time_s));
        }
        let mean = self.tasks.iter().map(|task| task.score).sum::<f64>() / self.tasks.len().max(1) as f64;
        let lost: f64 = self.faults.iter().map(|fault| fault.points).sum();
        self.score = (!self.tasks.is_empty()).then(|| round((mean - lost).clamp(0.0, 100.0)));
    }

    /// The good thing to say at the end; `None` where nothing was asked.
    pub fn closing_cue(&self) -> Option<&'static str> {
        match self.score {
            None => None,
            Some(_) if self.done == 0 => Some(crate::CUE_CLOSE_TRIED),
            Some(score) if score >= GREAT_FROM => Some(crate::CUE_CLOSE_GREAT),
            Some(_) => Some(crate::CUE_CLOSE_DONE),
        }
    }

    /// What each rule cost the score, the dearest first: its points of the 100, and how often it was broken.
    pub fn reasons(&self) -> Vec<(GameRule, f64, u32)> {
        let tasks = self.tasks.len().max(1) as f64;
        let of_tasks = self.tasks.iter().flat_map(|task| &task.faults).map(|f| (f.rule, f.points / tasks));
        let all: Vec<_> = of_tasks.chain(self.faults.iter().map(|f| (f.rule, f.points))).collect();
        let of_rule = |rule: GameRule| {
            let mine = || all.iter().filter(|(other, _)| *other == rule);
            (rule, round(mine().map(|(_, points)| points).sum()), mine().count() as u32)
        };
        let mut reasons: Vec<_> =
            GameRule::ALL.into_iter().map(of_rule).filter(|(_, points, _)| *points > 0.0).collect();
        reasons.sort_by(|a, b| b.1.total_cmp(&a.1));
        reasons
    }
}

/// What `value` (in the rule's unit) costs in this game; `None` where it costs nothing.
pub(super) fn fault(game: &Game, rule: GameRule, value: f64, time_s: f64) -> Option<GameFault> {
    let price = game.price(rule)?;
    let value = round(value);
    let points = round(((value - price.limit) * price.per_unit).clamp(0.0, price.at_most));
    (points > 0.0).then(|| GameFault { rule, time_s: round(time_s), value, limit: price.limit, points })
}

/// To a thousandth: what is shown is what is added up.
pub(super) fn round(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}
