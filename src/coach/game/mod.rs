//! Games that count as exercises: touch targets, push balls, step over hurdles, keep a board level.
//!
//! A game is a file (`docs/games.md`); [`Play`] asks for one task after the other, judges it, and makes the next one
//! easier where one was missed. Pure: time, the body and what touched what go in, [`GameReport`] comes out, the same
//! for the same input. Whoever owns the physics makes the touches.

mod body;
mod ladder;
mod lint;
mod parse;
mod place;
mod play;
mod report;

pub use body::GameBody;
pub use lint::lint_games;
pub use place::Task;
pub use play::{GameView, Happened, Play, Stage, Touches};
pub use report::{GAME_REPORT_FORMAT, GameFault, GameReport, SideReport, TaskReport};

use crate::{Avoid, CueId, Equipment, ExerciseError, Muscle, Position, Region};
use baro_motion::Joint;
use serde::{Deserialize, Serialize};

/// The format of game files that this version reads.
pub const GAME_FORMAT: u32 = 1;

/// What is done in a game.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GameKind {
    /// Touch a target that hangs still. Difficulty: elevation of the arm, radians (0 hangs, a quarter turn is level).
    Reach,
    /// Push up a balloon that comes down slowly. Difficulty: how far beside the shoulder, arm lengths.
    Ball,
    /// Lift a foot while a bar slides under it. Difficulty: height of the bar, leg lengths.
    Hurdles,
    /// Shift the weight until a board is level. Difficulty: how far from the middle, half stance widths.
    Board,
}

impl GameKind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Reach, Self::Ball, Self::Hurdles, Self::Board];

    /// The name in files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Reach => "reach",
            Self::Ball => "ball",
            Self::Hurdles => "hurdles",
            Self::Board => "board",
        }
    }

    /// `deg` or `ratio`: the unit in files and reports of what is asked for.
    pub const fn unit(self) -> &'static str {
        match self {
            Self::Reach => "deg",
            Self::Ball | Self::Hurdles | Self::Board => "ratio",
        }
    }

    /// From radians or ratio to the unit of files and reports.
    pub fn to_edge(self, asked: f32) -> f64 {
        let value = f64::from(asked);
        if self == Self::Reach { value.to_degrees() } else { value }
    }

    /// Is it done with the feet, standing on one leg for a moment or leaning?
    pub const fn moves_feet(self) -> bool {
        matches!(self, Self::Hurdles | Self::Board)
    }
}

/// What can cost points in a game.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GameRule {
    /// The time was up before it was done. Value: 1.
    Missed,
    /// The trunk leaned to a side when it was done. Value: radians (degrees in files and reports).
    Lean,
    /// The hand hit instead of pushing. Value: metres a second.
    Speed,
    /// The foot touched the bar. Value: how far below the bar's top, leg lengths.
    Clipped,
    /// The board tipped again after it had been level. Value: radians (degrees in files and reports).
    Tilt,
    /// One side did less than the other. Value: difference of their shares. Costs the whole game.
    Uneven,
}

impl GameRule {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Missed, Self::Lean, Self::Speed, Self::Clipped, Self::Tilt, Self::Uneven];

    /// The name in files; its text is `game-rule-NAME`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Missed => "missed",
            Self::Lean => "lean",
            Self::Speed => "speed",
            Self::Clipped => "clipped",
            Self::Tilt => "tilt",
            Self::Uneven => "uneven",
        }
    }

    /// The unit of its values in files and reports: `ratio`, `deg` or `m/s`.
    pub const fn unit(self) -> &'static str {
        match self {
            Self::Missed | Self::Clipped | Self::Uneven => "ratio",
            Self::Lean | Self::Tilt => "deg",
            Self::Speed => "m/s",
        }
    }

    /// Can it happen in such a game?
    pub const fn fits(self, kind: GameKind) -> bool {
        match self {
            Self::Missed | Self::Uneven => true,
            Self::Lean => !matches!(kind, GameKind::Board),
            Self::Speed => matches!(kind, GameKind::Reach | GameKind::Ball),
            Self::Clipped => matches!(kind, GameKind::Hurdles),
            Self::Tilt => matches!(kind, GameKind::Board),
        }
    }

    fn to_edge(self, value: f32) -> f64 {
        let value = f64::from(value);
        if matches!(self, Self::Lean | Self::Tilt) { value.to_degrees() } else { value }
    }
}

/// What breaking a rule costs, in the units of files.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GamePrice {
    /// The rule.
    pub rule: GameRule,
    /// Up to here nothing is lost, in the rule's unit.
    pub limit: f64,
    /// Points lost for each unit past the limit.
    pub per_unit: f64,
    /// Most points that it can cost.
    pub at_most: f64,
}

/// How hard a game is. What a kind does not use is at its neutral value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Level {
    /// How many targets, balls, hurdles or shifts.
    pub tasks: u32,
    /// The easiest that is asked for: radians or ratio, as the kind says.
    pub from: f32,
    /// The hardest that is asked for.
    pub to: f32,
    /// How long a task waits to be done, seconds.
    pub wait_s: f64,
    /// Pause between two tasks, seconds.
    pub rest_s: f64,
    /// How far from the shoulder a target hangs, arm lengths.
    pub reach: f32,
    /// Radius of a target or ball, metres.
    pub size_m: f32,
    /// Between which directions targets hang: 0 straight ahead, a quarter turn beside the body, radians.
    pub azimuth_rad: [f32; 2],
    /// How fast a balloon comes down, metres a second.
    pub fall_m_s: f32,
    /// How long a bar takes to slide under the foot, or the board must be level, seconds.
    pub hold_s: f64,
    /// Tilt of the board that still counts as level, radians.
    pub level_rad: f32,
}

/// A game, read from a file and checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Game {
    /// `reach`.
    pub id: String,
    /// Fluent key of the name: `game-reach`; `.about`, `.how` and `.safe` say what it is for, how it goes, and how nobody falls.
    pub name_key: String,
    /// What is done.
    pub kind: GameKind,
    /// In which positions it can be played; at least one.
    pub positions: Vec<Position>,
    /// What it is for.
    pub body: Vec<Region>,
    /// The muscles that it works.
    pub muscles: Vec<Muscle>,
    /// What one needs at hand.
    pub equipment: Vec<Equipment>,
    /// With these it is left out unless a therapist says otherwise.
    pub avoid: Vec<Avoid>,
    /// Papers that it comes from; at least one.
    pub sources: Vec<String>,
    /// The joints that must be seen.
    pub needs: Vec<Joint>,
    /// The exercise that the coach watches meanwhile: its view, and its clip where there is no camera.
    pub watched_as: String,
    /// Said when a needed joint is not seen.
    pub unseen_cue: CueId,
    /// Said at the beginning: what to do.
    pub start_cue: CueId,
    /// From slow and easy to harder; at least one.
    pub levels: Vec<Level>,
    /// What costs points.
    pub prices: Vec<GamePrice>,
}

impl Game {
    /// Reads and checks the text of a game file.
    ///
    /// # Errors
    /// Where the text is no TOML, has an unknown or missing field, or a value could hurt or makes no sense; the message
    /// names the line and what to write.
    pub fn from_toml(text: &str) -> Result<Self, ExerciseError> {
        parse::game(text)
    }

    /// Every cue that it can give, each once.
    pub fn cue_ids(&self) -> Vec<CueId> {
        let own = [&self.start_cue, &self.unseen_cue].map(Clone::clone);
        let asked = Happened::ALL.into_iter().filter_map(|what| what.cue(self.kind)).map(CueId::from);
        let mut ids: Vec<CueId> = own.into_iter().chain(asked).collect();
        ids.extend(crate::CUES_CLOSE.map(CueId::from));
        ids.sort();
        ids.dedup();
        ids
    }

    pub(crate) fn price(&self, rule: GameRule) -> Option<&GamePrice> {
        self.prices.iter().find(|price| price.rule == rule)
    }
}

#[cfg(test)]
mod tests;
