//! A game under way: asks, waits, judges.

use super::{
    Game, GameBody, GameKind, GameReport, GameRule, Level, TaskReport,
    ladder::Ladder,
    place::Task,
    report::{fault, round},
};
use baro_motion::Side;
use glam::Vec3;

/// How long the person must be seen before the first task, and before going on after not being seen; seconds.
const READY_S: f64 = 3.0;
const AGAIN_S: f64 = 1.0;
/// The foot must be so far above the bar before it slides, metres.
const CLEAR_M: f32 = 0.015;
/// The lightest touch of the bar counts as so deep, metres.
const LEAST_CLIP_M: f32 = 0.02;
/// The speed of a hand is that of about the last so many seconds.
const SPEED_OVER_S: f64 = 0.15;
/// The board tilts by this for the weight a half stance off its pivot, radians, and no further than the limit.
const TILT_GAIN_RAD: f32 = 0.60;
const MOST_TILT_RAD: f32 = 0.21;
/// After so many done in a row there is praise.
const PRAISE_EVERY: u32 = 3;

/// What touches what in this moment.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Touches {
    /// The person's left or right hand touches the target or balloon.
    pub hand: [bool; 2],
    /// The person's left or right foot touches the bar.
    pub foot: [bool; 2],
    /// The balloon has come down.
    pub landed: bool,
}

/// Where a game is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Stage {
    /// The person is seen; the game begins, or goes on, after so many seconds.
    Ready(f64),
    /// There is something to do.
    Asking(Task),
    /// The bar slides under the foot.
    Passing(Task),
    /// Between two tasks; seconds left.
    Resting(f64),
    /// All was asked, or it was ended.
    Over,
}

/// What has just happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Happened {
    /// The first task is about to be asked: the game's own start cue is said.
    Began,
    /// Something is asked of this side.
    Asked(Side),
    /// It was done.
    Done,
    /// It was done, as were the two before.
    DoneAgain,
    /// It was not done in time; the next one is easier.
    Missed,
    /// The foot touched the bar.
    Clipped,
    /// The person is no longer seen: the game stands still, and the game's own cue is said.
    Blind,
    /// The game has ended.
    Over,
}

impl Happened {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Began,
        Self::Asked(Side::Left),
        Self::Asked(Side::Right),
        Self::Done,
        Self::DoneAgain,
        Self::Missed,
        Self::Clipped,
        Self::Blind,
        Self::Over,
    ];

    /// What to say; `None` where nothing is said, or where the game's file or the score says it.
    pub const fn cue(self, kind: GameKind) -> Option<&'static str> {
        match (self, kind) {
            (Self::Asked(Side::Left), GameKind::Reach | GameKind::Ball) => Some("cue-game-left-hand"),
            (Self::Asked(Side::Right), GameKind::Reach | GameKind::Ball) => Some("cue-game-right-hand"),
            (Self::Asked(Side::Left), GameKind::Hurdles) => Some("cue-game-left-foot"),
            (Self::Asked(Side::Right), GameKind::Hurdles) => Some("cue-game-right-foot"),
            (Self::Asked(Side::Left), GameKind::Board) => Some("cue-game-lean-left"),
            (Self::Asked(Side::Right), GameKind::Board) => Some("cue-game-lean-right"),
            (Self::DoneAgain, _) => Some(crate::CUE_PRAISE),
            (Self::Missed, _) => Some("cue-game-easier"),
            (Self::Clipped, _) => Some("cue-game-foot-higher"),
            (Self::Began | Self::Done | Self::Blind | Self::Over, _) => None,
        }
    }
}

/// What a screen shows of a game.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GameView {
    /// Where it is.
    pub stage: Stage,
    /// Is the person seen? Where not, the game stands still.
    pub seen: bool,
    /// Tasks done so far.
    pub done: u32,
    /// Tasks asked and ended so far.
    pub asked: u32,
    /// Tasks in all.
    pub tasks: u32,
    /// How long the task still waits, as a share of its time; 1 where nothing waits.
    pub left: f32,
    /// 0 to 100; `None` before the first task has ended.
    pub score: Option<f64>,
}

/// A game under way. Call [`Self::step`] for each step of time; read [`Self::view`]; at the end [`Self::report`].
#[derive(Debug, Clone)]
pub struct Play {
    game: Game,
    level: Level,
    stage: Stage,
    seen: bool,
    /// Seconds of play; stands still where the person is not seen.
    time_s: f64,
    task_from_s: f64,
    ladders: [Ladder; 2],
    done_in_a_row: u32,
    hand_m: Option<[Vec3; 2]>,
    hand_m_s: [f32; 2],
    /// Deepest that the foot was below the bar's top, metres; `None` where it did not touch.
    clipped_m: Option<f32>,
    level_s: f64,
    worst_tilt_rad: Option<f32>,
    report: GameReport,
}

impl Play {
    /// A game at the beginning. `level` from 0; past the last one, the last.
    pub fn new(game: Game, level: usize) -> Option<Self> {
        let level = level.min(game.levels.len().checked_sub(1)?);
        Some(Self {
            level: *game.levels.get(level)?,
            stage: Stage::Ready(READY_S),
            seen: false,
            time_s: 0.0,
            task_from_s: 0.0,
            ladders: [Ladder::default(); 2],
            done_in_a_row: 0,
            hand_m: None,
            hand_m_s: [0.0; 2],
            clipped_m: None,
            level_s: 0.0,
            worst_tilt_rad: None,
            report: GameReport::new(&game, level),
            game,
        })
    }

    /// The game.
    pub const fn game(&self) -> &Game {
        &self.game
    }

    /// What a screen shows.
    pub fn view(&self) -> GameView {
        let left = match self.stage {
            Stage::Asking(_) => 1.0 - (self.time_s - self.task_from_s) / self.level.wait_s,
            _ => 1.0,
        };
        GameView {
            stage: self.stage,
            seen: self.seen,
            done: self.report.done,
            asked: self.report.asked,
            tasks: self.level.tasks,
            left: left.clamp(0.0, 1.0) as f32,
            score: self.report.score,
        }
    }

    /// The task that is to be done.
    pub const fn task(&self) -> Option<&Task> {
        match &self.stage {
            Stage::Asking(task) | Stage::Passing(task) => Some(task),
            _ => None,
        }
    }

    /// Ends it before everything was asked. A task that was still open counts for nothing.
    pub const fn end(&mut self) {
        self.stage = Stage::Over;
    }

    /// Has it ended?
    pub const fn is_over(&self) -> bool {
        matches!(self.stage, Stage::Over)
    }

    /// What it came to, so far.
    pub const fn report(&self) -> &GameReport {
        &self.report
    }

    /// A step of `dt_s` seconds. `body`: `None` while the person, or what the game needs of them, is not seen; then no
    /// time passes. What is not sound counts as not seen.
    pub fn step(&mut self, dt_s: f64, body: Option<&GameBody>, touches: Touches) -> Option<Happened> {
        if self.is_over() || !(0.0..1.0).contains(&dt_s) {
            return None;
        }
        let Some(body) = body.filter(|body| body.is_sound()) else { return self.blind(dt_s) };
        if !self.seen {
            self.seen = true;
            if !matches!(self.stage, Stage::Ready(_)) {
                // What was open is asked again: nobody loses a task for not being seen.
                self.stage = Stage::Resting(AGAIN_S);
            }
        }
        self.time_s += dt_s;
        self.report.played_s = round(self.time_s);
        self.follow_hands(dt_s, body);
        match self.stage {
            Stage::Ready(left_s) => self.ready(left_s, dt_s, body),
            Stage::Resting(left_s) if left_s > dt_s => {
                self.stage = Stage::Resting(left_s - dt_s);
                None
            }
            Stage::Resting(_) => Some(self.ask(body)),
            Stage::Asking(task) => self.asking(task, dt_s, body, touches),
            Stage::Passing(task) => self.passing(task, dt_s, body, touches),
            Stage::Over => None,
        }
    }

    fn blind(&mut self, dt_s: f64) -> Option<Happened> {
        self.report.blind_s = round(self.report.blind_s + dt_s);
        self.hand_m = None;
        if let Stage::Ready(left_s) = &mut self.stage {
            *left_s = READY_S;
        }
        std::mem::take(&mut self.seen).then_some(Happened::Blind)
    }

    fn ready(&mut self, left_s: f64, dt_s: f64, body: &GameBody) -> Option<Happened> {
        if left_s > dt_s {
            self.stage = Stage::Ready(left_s - dt_s);
            return (left_s >= READY_S).then_some(Happened::Began);
        }
        self.report.seated = body.is_seated();
        Some(self.ask(body))
    }

    fn ask(&mut self, body: &GameBody) -> Happened {
        // By turns, so that a short rest comes by itself.
        let side = if self.report.asked.is_multiple_of(2) { Side::Left } else { Side::Right };
        let number = self.report.asked + 1;
        let ladder = &self.ladders[side.index()];
        self.stage = Stage::Asking(Task::new(self.game.kind, &self.level, ladder, number, side, body));
        self.task_from_s = self.time_s;
        (self.clipped_m, self.level_s, self.worst_tilt_rad) = (None, 0.0, None);
        Happened::Asked(side)
    }

    fn asking(&mut self, mut task: Task, dt_s: f64, body: &GameBody, touches: Touches) -> Option<Happened> {
        let i = task.side.index();
        let mut lost = false;
        match self.game.kind {
            GameKind::Reach if touches.hand[i] => return Some(self.judge(&task, body, true)),
            GameKind::Ball if touches.hand != [false; 2] => return Some(self.judge(&task, body, true)),
            GameKind::Ball => lost = touches.landed,
            GameKind::Hurdles if body.sole_m[i] > task.place_m.y + CLEAR_M => {
                self.stage = Stage::Passing(task);
                return None;
            }
            GameKind::Board => {
                if self.balance(&mut task, dt_s, body) {
                    return Some(self.judge(&task, body, true));
                }
                self.stage = Stage::Asking(task);
            }
            GameKind::Reach | GameKind::Hurdles => {}
        }
        let late = self.time_s - self.task_from_s >= self.level.wait_s;
        (late || lost).then(|| self.judge(&task, body, false))
    }

    /// The board under the weight; true once it has been level for long enough.
    fn balance(&mut self, task: &mut Task, dt_s: f64, body: &GameBody) -> bool {
        let off = body.shift(task.side) - task.asked;
        task.tilt_rad = (off * TILT_GAIN_RAD).clamp(-MOST_TILT_RAD, MOST_TILT_RAD);
        let tilt = task.tilt_rad.abs();
        if tilt <= self.level.level_rad {
            self.level_s += dt_s;
        }
        if self.level_s > 0.0 {
            self.worst_tilt_rad = Some(self.worst_tilt_rad.map_or(tilt, |worst| worst.max(tilt)));
        }
        task.progress = (self.level_s / self.level.hold_s).min(1.0) as f32;
        self.level_s >= self.level.hold_s
    }

    fn passing(&mut self, mut task: Task, dt_s: f64, body: &GameBody, touches: Touches) -> Option<Happened> {
        let i = task.side.index();
        let first = touches.foot[i] && self.clipped_m.is_none();
        if touches.foot[i] {
            let below = (task.place_m.y - body.sole_m[i]).max(LEAST_CLIP_M);
            self.clipped_m = Some(self.clipped_m.map_or(below, |worst| worst.max(below)));
        }
        task.clipped |= first;
        task.progress += (dt_s / self.level.hold_s) as f32;
        self.stage = Stage::Passing(task);
        if task.progress >= 1.0 {
            return Some(self.judge(&task, body, true));
        }
        first.then_some(Happened::Clipped)
    }

    /// The task has ended: what it cost, how hard the next one is, and whether there is one.
    fn judge(&mut self, task: &Task, body: &GameBody, done: bool) -> Happened {
        let hand_m_s = self.hand_m_s[0].max(self.hand_m_s[1]);
        let of_done = |value: Option<f32>| value.filter(|_| done);
        let values = [
            (GameRule::Missed, (!done).then_some(1.0)),
            (GameRule::Lean, of_done(Some(body.lean_rad()))),
            (GameRule::Speed, of_done(Some(hand_m_s))),
            (GameRule::Clipped, of_done(self.clipped_m.map(|below| below / body.leg_m))),
            (GameRule::Tilt, of_done(self.worst_tilt_rad)),
        ];
        let faults: Vec<_> = values
            .into_iter()
            .filter_map(|(rule, value)| fault(&self.game, rule, rule.to_edge(value?), self.time_s))
            .collect();
        let lost: f64 = faults.iter().map(|fault| fault.points).sum();
        // A bar that was touched is a hurdle not cleared: the next one is lower.
        let clean = done && self.clipped_m.is_none();
        self.report.add(TaskReport {
            side: task.side,
            asked: round(self.game.kind.to_edge(task.asked)),
            from_s: round(self.task_from_s),
            to_s: round(self.time_s),
            done: clean,
            score: round((100.0 - lost).max(0.0)),
            faults,
        });
        let ladder = &mut self.ladders[task.side.index()];
        if clean {
            ladder.done()
        } else {
            ladder.missed()
        }
        self.done_in_a_row = if clean { self.done_in_a_row + 1 } else { 0 };
        self.report.finished = self.report.asked >= self.level.tasks;
        self.report.close(&self.game, self.time_s);
        self.stage = if self.report.finished { Stage::Over } else { Stage::Resting(self.level.rest_s) };
        match () {
            () if self.report.finished => Happened::Over,
            () if !clean => Happened::Missed,
            () if self.done_in_a_row.is_multiple_of(PRAISE_EVERY) => Happened::DoneAgain,
            () => Happened::Done,
        }
    }

    fn follow_hands(&mut self, dt_s: f64, body: &GameBody) {
        let before = self.hand_m.replace(body.hand_m);
        let Some(before) = before.filter(|_| dt_s > 0.0) else {
            self.hand_m_s = [0.0; 2];
            return;
        };
        let share = (dt_s / (SPEED_OVER_S + dt_s)) as f32;
        for (known, (now, before)) in self.hand_m_s.iter_mut().zip(body.hand_m.into_iter().zip(before)) {
            let speed = (now - before).length() / dt_s as f32;
            *known += (speed - *known) * share;
        }
    }
}
