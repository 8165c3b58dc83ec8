//! A recorded set once more, in the room: the person's body beside the trainer's, which moves as they did.

mod drawn;
mod film;

pub use drawn::shift;
pub use film::{Film, FilmError, Moment};

use crate::{
    coaching::{CoachingSystems, Routine},
    desk::AtDesk,
    scene::{Body, Doing, Observed},
    visit::{VisitSystems, Visiting},
};
use baro_coach::Rep;
use baro_home::Step;
use baro_record::Recording;
use bevy::{
    prelude::*,
    tasks::{AsyncComputeTaskPool, Task, block_on, poll_once},
};
use film::Reading;
use std::{f32::consts::TAU, path::PathBuf, sync::Arc};

/// What is pinned to a moment is seen for so long before and after it, seconds.
const PINNED_S: f64 = 1.5;
/// How much slower "slowly" is.
const SLOW: f64 = 0.4;
/// From so many sides the bodies are seen, one after the other.
const SIDES: u8 = 8;

/// The record that is being shown.
#[derive(Resource, Default)]
pub enum Replay {
    /// None.
    #[default]
    Closed,
    /// It is being fetched.
    Coming,
    /// It can't be had, for the reason with this Fluent key.
    Missing(&'static str),
    /// It is being read, to stand there.
    Reading(Task<Reading>, Option<Pinned>),
    /// It is shown.
    Showing(Player),
    /// It can't be shown.
    Failed(FilmError),
}

/// What a therapist pinned to a moment.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Pinned {
    /// Seconds from the beginning of the film.
    pub time_s: f64,
    /// Their words.
    pub text: String,
    /// Lines, metres; x to the right of the camera's picture, y up, z towards it; the middle of the hips at x = z = 0, the floor at y = 0.
    pub strokes: Vec<Vec<Vec3>>,
}

/// Where a film is.
pub struct Player {
    /// The film.
    pub film: Arc<Film>,
    /// Seconds from its beginning.
    pub time_s: f64,
    /// Does it go on by itself?
    pub playing: bool,
    /// Slower than it was?
    pub slow: bool,
    /// From which side the bodies are seen, in steps to the left.
    side: u8,
    /// Where it stops by itself, seconds.
    until_s: f64,
    pinned: Option<Pinned>,
    /// Another set that stands beside it.
    beside: Option<Arc<Film>>,
}

impl Replay {
    /// Begins to read a record; it plays, or stands at what was pinned.
    pub fn open(&mut self, path: PathBuf, pinned: Option<Pinned>) {
        let read = async move { Film::read(&path).map(Arc::new) };
        *self = Self::Reading(AsyncComputeTaskPool::get().spawn(read), pinned);
    }

    /// Shows a record that has come.
    pub fn watch(&mut self, recording: Arc<Recording>) {
        let read = async move { Film::of(&recording).map(Arc::new) };
        *self = Self::Reading(AsyncComputeTaskPool::get().spawn(read), None);
    }

    /// How far the bodies are turned about the upright, radians.
    pub fn turn_rad(&self) -> f32 {
        if let Self::Showing(player) = self { f32::from(player.side) * TAU / f32::from(SIDES) } else { 0.0 }
    }

    /// What there is to show in the room; `None` where no film is shown.
    pub fn observed(&self) -> Option<Observed> {
        let Self::Showing(player) = self else { return None };
        let moment = player.film.at(player.time_s);
        Some(Observed {
            doing: if player.playing { Doing::Moving } else { Doing::Paused },
            body: moment.body,
            feedback: moment.feedback.clone(),
            cue: player.film.cue_at(player.time_s).cloned(),
            mirror: player.film.mirror,
            trainer_s: Some(moment.trainer_s),
            beside: player.beside().copied(),
            turn_rad: self.turn_rad(),
        })
    }

    fn is_closed(&self) -> bool {
        matches!(self, Self::Closed)
    }
}

impl Player {
    fn new(film: Arc<Film>) -> Self {
        let until_s = film.length_s();
        let mut player = Self {
            until_s,
            film,
            time_s: 0.0,
            playing: true,
            slow: false,
            side: 0,
            pinned: None,
            beside: None,
        };
        player.show_rep(0);
        player
    }

    fn at(film: Arc<Film>, pinned: Option<Pinned>) -> Self {
        let mut player = Self::new(film);
        if let Some(pinned) = pinned {
            player.pin(pinned);
        }
        player
    }

    /// Goes to what was pinned, and shows it there.
    pub fn pin(&mut self, pinned: Pinned) {
        self.seek(pinned.time_s);
        self.pinned = Some(pinned);
    }

    /// What was pinned to about this moment.
    pub fn pinned(&self) -> Option<&Pinned> {
        self.pinned.as_ref().filter(|pinned| (self.time_s - pinned.time_s).abs() <= PINNED_S)
    }

    /// Shows one repetition from its beginning; where there is none, the whole film.
    pub fn show_rep(&mut self, rep: usize) {
        [self.time_s, self.until_s] = self.film.span(rep).unwrap_or([0.0, self.film.length_s()]);
        self.playing = true;
    }

    /// The repetition that is shown.
    pub fn rep(&self) -> Option<usize> {
        self.film.rep_at(self.time_s)
    }

    /// Goes on, or stands still.
    pub fn play(&mut self, playing: bool) {
        self.playing = playing;
        if playing && self.time_s >= self.until_s {
            // Where one repetition ended the next ones follow; where all ended it begins again.
            let over = self.until_s >= self.film.length_s();
            self.time_s = if over { 0.0 } else { self.time_s };
            self.until_s = self.film.length_s();
        }
    }

    /// To another time, seconds, and stands still there.
    pub fn seek(&mut self, time_s: f64) {
        self.time_s = time_s.clamp(0.0, self.film.length_s());
        (self.until_s, self.playing) = (self.film.length_s(), false);
    }

    /// Another set of the same exercise stands beside it from now on; `None`: the trainer.
    pub fn stand_beside(&mut self, film: Option<Arc<Film>>) {
        self.beside = film;
    }

    /// Who stands beside the person now, at the same place of the repetition.
    fn beside(&self) -> Option<&Body> {
        let other = self.beside.as_ref()?;
        other.body_near(together(self.time_s, &self.film.reps, &other.reps))
    }

    /// To be seen from the next side.
    pub const fn turn(&mut self) {
        self.side = (self.side + 1) % SIDES;
    }

    fn step(&mut self, dt_s: f64) {
        if self.playing {
            self.time_s += dt_s * if self.slow { SLOW } else { 1.0 };
            if self.time_s >= self.until_s {
                (self.time_s, self.playing) = (self.until_s, false);
            }
        }
    }
}

/// The time of `theirs` at which they are where this one is at `time_s`; repetitions are taken in turn. As in `src/server/review/js/body.js`.
fn together(time_s: f64, mine: &[Rep], theirs: &[Rep]) -> f64 {
    let number = mine.partition_point(|rep| rep.start_s <= time_s).saturating_sub(1);
    let Some(rep) = mine.get(number) else { return time_s };
    let Some(other) = theirs.get(number % theirs.len().max(1)) else { return time_s };
    let share = ((time_s - rep.start_s) / (rep.end_s - rep.start_s).max(0.01)).clamp(0.0, 1.0);
    other.start_s + share * (other.end_s - other.start_s)
}

/// Shows records.
pub struct ReplayPlugin;

impl Plugin for ReplayPlugin {
    fn build(&self, app: &mut App) {
        app.init_resource::<Replay>().add_systems(
            Update,
            (close, play, cast)
                .chain()
                .run_if(|replay: Res<Replay>| !replay.is_closed())
                .after(VisitSystems)
                .in_set(ReplaySystems)
                .in_set(CoachingSystems),
        );
    }
}

/// Where in `Update` a film goes on.
#[derive(SystemSet, Debug, Clone, PartialEq, Eq, Hash)]
pub struct ReplaySystems;

/// A film is over when its room is left.
fn close(visiting: Option<Res<Visiting>>, desk: Option<Res<AtDesk>>, mut replay: ResMut<Replay>) {
    let visited = visiting.is_some_and(|visiting| visiting.visit.step() == Step::Replay);
    if !visited && !desk.is_some_and(|desk| desk.has_film()) {
        *replay = Replay::Closed;
    }
}

fn play(mut replay: ResMut<Replay>, time: Res<Time<Real>>) {
    match &mut *replay {
        Replay::Reading(task, pinned) => {
            if let Some(read) = block_on(poll_once(task)) {
                let pinned = pinned.take();
                *replay = match read {
                    Ok(film) => Replay::Showing(Player::at(film, pinned)),
                    Err(error) => {
                        warn!("a record can't be shown: {error}");
                        Replay::Failed(error)
                    }
                };
            }
        }
        Replay::Showing(player) => player.step(time.delta_secs_f64().min(0.25)),
        Replay::Closed | Replay::Coming | Replay::Missing(_) | Replay::Failed(_) => {}
    }
}

/// The trainer shows the exercise of the film.
fn cast(replay: Res<Replay>, mut routine: ResMut<Routine>) {
    if let Replay::Showing(player) = &*replay
        && routine.current().id != player.film.exercise.exercise.id
    {
        routine.show(player.film.exercise.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        coaching::{Session, Status},
        tests::{coach_options, hidden, run_until},
    };

    #[test]
    fn a_recorded_set_is_shown_again_repetition_by_repetition() {
        let folder = tempfile::tempdir().unwrap();
        let mut app = hidden(coach_options(folder.path(), 12.4, f64::INFINITY));
        let over = |world: &World| matches!(world.resource::<Session>().live.status, Status::Ended(_));
        run_until(&mut app, "the end", over);
        let Status::Ended(outcome) = &app.world().resource::<Session>().live.status else { panic!() };
        let path = outcome.saved.clone().unwrap().unwrap();
        let film = Arc::new(Film::read(&path).unwrap());
        assert_eq!(film.reps, outcome.report.reps, "the record begins at time 0");
        assert!((film.length_s() - 12.3).abs() < 0.1, "{}", film.length_s());

        let mut player = Player::new(film.clone());
        assert_eq!((player.rep(), player.playing), (Some(0), true));
        player.show_rep(1);
        let [from_s, to_s] = film.span(1).unwrap();
        assert!(player.time_s == from_s && from_s < film.reps[1].start_s && to_s > film.reps[1].end_s);
        for _ in 0..1000 {
            player.step(0.02);
        }
        assert!(player.time_s == to_s && !player.playing, "it stops where the repetition is over");
        player.seek(film.reps[1].peak_s);
        let shown = Replay::Showing(player).observed().unwrap();
        let period_s = film.exercise.exercise.trainer.period_s();
        let trainer_s = shown.trainer_s.unwrap();
        assert!(shown.doing == Doing::Paused && shown.body.is_some());
        assert!(trainer_s > 0.2 * period_s && trainer_s < 0.8 * period_s, "{trainer_s} of {period_s}");

        // Beside another set both are at the same place of the repetition.
        let mut player = Player::new(film.clone());
        assert!(player.beside().is_none());
        player.stand_beside(Some(film.clone()));
        player.seek(film.reps[1].peak_s);
        assert_eq!(player.beside(), film.at(film.reps[1].peak_s).body.as_ref());
        let one = &film.reps[..1];
        let peak_s = film.reps[1].start_s + 0.5 * (film.reps[1].end_s - film.reps[1].start_s);
        let middle_s = (one[0].start_s + one[0].end_s) / 2.0;
        assert!((together(peak_s, &film.reps, one) - middle_s).abs() < 1e-9, "they have one repetition only");
        assert_eq!((together(1e9, &film.reps, one), together(3.0, &[], one)), (one[0].end_s, 3.0));
        assert_eq!(together(-1.0, &film.reps, one), one[0].start_s);
    }

    #[test]
    fn what_is_no_record_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.baro");
        assert!(matches!(Film::read(&path), Err(FilmError::Record(_))));
        std::fs::write(&path, "no record").unwrap();
        assert!(matches!(Film::read(&path), Err(FilmError::Record(_))));
    }
}
