//! Games of the whole room: who has the ball, and whether all squatted together, is the room's word.

use baro_wire::limits::ROOM_PEOPLE;
use baro_wire::room::{Ball, Beats, Happening, Play, PlayKind, Slot};
use baro_wire::{List, Refusal};
use serde::{Deserialize, Serialize};

/// A throw is under way for so long at least, and at most.
const FLIGHT_MS: (u16, u16) = (300, 3_000);
/// A ball can be caught so long before it lands.
const EARLY_MS: u32 = 500;
/// Nobody said by then whether it was caught: it was not.
const LATE_MS: u32 = 1_500;
/// A round of squats ends so long after its first.
const ROUND_MS: u32 = 2_500;
/// All within so long are together.
const TOGETHER_MS: u32 = 500;
/// A beat is of now, but for what the way and two clocks take.
const BEAT_OLD_MS: u32 = 2_000;
const BEAT_AHEAD_MS: u32 = 200;

/// The exercise of the game of squats, by the id of its file.
pub(super) const SQUAT: &str = "squat";

/// What is played.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Game {
    play: Option<Play>,
    /// Of this round of squats: who was down, and when.
    beats: Vec<(Slot, u32)>,
    /// Who squats in this game: who leads may be standing beside it.
    squatters: Vec<Slot>,
}

impl Game {
    pub fn view(&self) -> Option<Play> {
        self.play.clone()
    }

    pub fn kind(&self) -> Option<PlayKind> {
        self.play.as_ref().map(Play::kind)
    }

    pub fn start(&mut self, kind: PlayKind, leader: Slot) {
        self.end();
        self.play = Some(match kind {
            PlayKind::PassBall => Play::PassBall { ball: Ball::Held { by: leader }, passes: 0, drops: 0 },
            PlayKind::Squats => {
                let beats = Beats { rounds: 0, together: 0, spread_ms: None, down: List::default() };
                Play::Squats { beats }
            }
        });
    }

    pub fn end(&mut self) {
        *self = Self::default();
    }

    /// `to` is somebody else who is here.
    pub fn throw(&mut self, now_ms: u32, by: Slot, to: Slot, flight_ms: u16) -> Result<(), Refusal> {
        let Some(Play::PassBall { ball, .. }) = &mut self.play else { return Err(Refusal::NotAllowed) };
        if *ball != (Ball::Held { by }) || by == to {
            return Err(Refusal::NotAllowed);
        }
        let flight_ms = flight_ms.clamp(FLIGHT_MS.0, FLIGHT_MS.1);
        *ball = Ball::Flying {
            from: by,
            to,
            thrown_ms: now_ms,
            lands_ms: now_ms.saturating_add(flight_ms.into()),
        };
        Ok(())
    }

    /// The word of whom it flies to, about when it lands.
    pub fn catch(&mut self, now_ms: u32, by: Slot, caught: bool) -> Result<Happening, Refusal> {
        let Some(Play::PassBall { ball, passes, drops }) = &mut self.play else {
            return Err(Refusal::NotAllowed);
        };
        let Ball::Flying { to, lands_ms, .. } = *ball else { return Err(Refusal::NotAllowed) };
        if to != by || now_ms.saturating_add(EARLY_MS) < lands_ms {
            return Err(Refusal::NotAllowed);
        }
        *ball = Ball::Held { by };
        *if caught { passes } else { drops } += 1;
        Ok(if caught { Happening::Caught { by } } else { Happening::Dropped { by } })
    }

    /// Somebody was at the lowest point. `players` are all who are here.
    pub fn beat(
        &mut self,
        now_ms: u32,
        by: Slot,
        at_ms: u32,
        players: &[Slot],
    ) -> Result<Option<Happening>, Refusal> {
        let Some(Play::Squats { beats }) = &mut self.play else { return Err(Refusal::NotAllowed) };
        let is_now =
            at_ms.saturating_add(BEAT_OLD_MS) >= now_ms && at_ms <= now_ms.saturating_add(BEAT_AHEAD_MS);
        if !is_now || self.beats.iter().any(|(slot, _)| *slot == by) || self.beats.len() >= ROOM_PEOPLE {
            return Err(Refusal::NotAllowed);
        }
        self.beats.push((by, at_ms));
        if !self.squatters.contains(&by) {
            self.squatters.push(by);
        }
        beats.down =
            List::new(self.beats.iter().map(|(slot, _)| *slot).collect::<Vec<_>>()).unwrap_or_default();
        Ok(self.all_were_down(players).then(|| self.end_round(players)).flatten())
    }

    /// Time passes, people come and go. What happened, and whether anything changed.
    pub fn tick(&mut self, now_ms: u32, players: &[Slot], leader: Option<Slot>) -> (Option<Happening>, bool) {
        match &mut self.play {
            Some(Play::PassBall { ball, drops, .. }) => match *ball {
                Ball::Flying { to, lands_ms, .. } if now_ms > lands_ms.saturating_add(LATE_MS) => {
                    *ball = Ball::Held { by: to };
                    *drops += 1;
                    (Some(Happening::Dropped { by: to }), true)
                }
                // Who went takes no ball with them.
                Ball::Held { by } if !players.contains(&by) => {
                    let next = leader.filter(|leader| players.contains(leader)).or(players.first().copied());
                    next.into_iter().for_each(|by| *ball = Ball::Held { by });
                    (None, next.is_some())
                }
                _ => (None, false),
            },
            Some(Play::Squats { .. }) => {
                let first_ms = self.beats.iter().map(|(_, at_ms)| *at_ms).min();
                let over = first_ms.is_some_and(|first_ms| now_ms > first_ms.saturating_add(ROUND_MS));
                let ended = (over || self.all_were_down(players)).then(|| self.end_round(players)).flatten();
                let changed = ended.is_some();
                (ended, changed)
            }
            None => (None, false),
        }
    }

    fn all_were_down(&self, players: &[Slot]) -> bool {
        !self.beats.is_empty()
            && players.iter().all(|player| self.beats.iter().any(|(slot, _)| slot == player))
    }

    fn end_round(&mut self, players: &[Slot]) -> Option<Happening> {
        // Of who squats in this game and is still here.
        self.squatters.retain(|squatter| players.contains(squatter));
        let all = self.beats.len() > 1 && self.all_were_down(&self.squatters);
        let Some(Play::Squats { beats }) = &mut self.play else { return None };
        let times = self.beats.iter().map(|(_, at_ms)| *at_ms);
        let spread_ms = times.clone().max()? - times.min()?;
        let spread_ms = (self.beats.len() > 1).then(|| u16::try_from(spread_ms).unwrap_or(u16::MAX));
        let together = all && spread_ms.is_some_and(|spread| u32::from(spread) <= TOGETHER_MS);
        self.beats.clear();
        let count = |sum: u32, one: bool| sum.saturating_add(one.into());
        *beats = Beats {
            rounds: count(beats.rounds, true),
            together: count(beats.together, together),
            spread_ms,
            down: List::default(),
        };
        Some(Happening::Round { together, spread_ms })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ball_is_where_the_room_says() {
        let mut game = Game::default();
        assert_eq!(game.throw(0, 1, 2, 900), Err(Refusal::NotAllowed), "nothing is played");
        game.start(PlayKind::PassBall, 1);
        assert!(game.throw(0, 2, 1, 900).is_err(), "who has no ball throws none");
        game.throw(1_000, 1, 2, 900).unwrap();
        assert!(
            game.catch(1_100, 2, true).is_err() && game.catch(1_900, 3, true).is_err(),
            "too early, another one"
        );
        assert_eq!(game.catch(1_850, 2, true), Ok(Happening::Caught { by: 2 }));
        game.throw(3_000, 2, 3, u16::MAX).unwrap();
        assert_eq!(game.tick(7_000, &[1, 2, 3], Some(1)), (None, false));
        assert_eq!(game.tick(7_501, &[1, 2, 3], Some(1)), (Some(Happening::Dropped { by: 3 }), true));
        assert_eq!(
            game.tick(7_600, &[1, 2], Some(1)),
            (None, true),
            "who goes leaves the ball with the leader"
        );
        assert_eq!(game.view(), Some(Play::PassBall { ball: Ball::Held { by: 1 }, passes: 1, drops: 1 }));
    }

    #[test]
    fn all_within_half_a_second_are_together() {
        let mut game = Game::default();
        game.start(PlayKind::Squats, 0);
        assert_eq!(game.beat(1_000, 0, 950, &[0, 1]), Ok(None));
        assert!(game.beat(1_100, 0, 1_100, &[0, 1]).is_err(), "one beat a round");
        assert!(game.beat(9_000, 1, 1_000, &[0, 1]).is_err(), "long ago");
        let together = Happening::Round { together: true, spread_ms: Some(400) };
        assert_eq!(game.beat(1_400, 1, 1_350, &[0, 1]), Ok(Some(together)));
        game.beat(5_000, 0, 5_000, &[0, 1]).unwrap();
        let alone = Happening::Round { together: false, spread_ms: None };
        assert_eq!(game.tick(7_501, &[0, 1], None), (Some(alone), true));
        let Some(Play::Squats { beats }) = game.view() else { panic!() };
        assert_eq!((beats.rounds, beats.together), (2, 1));
    }
}
