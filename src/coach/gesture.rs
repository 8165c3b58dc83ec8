//! A hand raised above the head and held: how someone who stands 3 m from the screen chooses.

use crate::{Exercise, Kind};
use baro_motion::{Joint, Landmark, LandmarkId, Landmarks, MIN_VISIBILITY, Mannequin, Measure, Side};

/// A hand is held up for this long, seconds, to choose.
pub const RAISED_HAND_S: f64 = 2.0;
/// The same during an exercise that moves the arms: longer than a repetition stays at its far end.
pub const RAISED_HAND_MOVING_S: f64 = 4.0;

/// A hand may be lost for this long, seconds.
const DROPOUT_S: f64 = 0.3;
/// After a longer gap between frames, seconds, nothing is believed to go on.
const FORGET_S: f64 = 1.0;
/// A hand that has chosen must be low for this long, seconds, before it chooses again.
const LOWERED_S: f64 = 0.2;
/// The wrist is this far above the eyes, in lengths of the trunk: as high as the top of the head (eyes at 0.936 of the body's height, trunk
/// 0.288 of it; Drillis & Contini 1966).
const ABOVE_EYES: f32 = 0.064 / 0.288;
/// A wrist this far below its shoulder hangs, rests in the lap or on a hip: it is not raised too. In lengths of the trunk.
const LOW: f32 = 0.2;
/// Where no face is seen: eyes above the shoulders, from the same.
const EYES_ABOVE_SHOULDERS: f32 = 0.118 / 0.288;
/// Where hips are not seen: the trunk over the distance of the shoulder joints.
const TRUNK_BY_SHOULDERS: f32 = 0.288 / 0.206;
/// A hand that is held still stays this near to its place of late, in lengths of the trunk.
const STILL: f32 = 0.25;
/// Time constant of "of late", seconds.
const STILL_MEMORY_S: f64 = 0.5;
/// The count to the choice is spoken when so much, seconds, is left: two, one.
const COUNT_AT_S: [(f64, u32); 2] = [(1.6, 2), (0.8, 1)];

/// What the hands choose with one frame. Arrays: left, right, the person's own.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Hands {
    /// The share of the hold that is over, 0 to 1; `None` for a hand that is not raised on its own.
    pub progress: [Option<f32>; 2],
    /// A number to say aloud now (`count-2`, then `count-1`): the choice is about to be made.
    pub count: Option<u32>,
    /// The choice is made, with this frame and no other until the hand was lowered.
    pub chosen: Option<Side>,
}

/// What counts as a choice beside what the person is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rule {
    /// One hand above the head.
    Raised,
    /// One hand above the head that keeps still, for longer.
    RaisedStill,
    /// No hand: the exercise holds the arms up.
    Off,
}

/// Sees a hand that is raised above the head and held: wrist higher than the top of the head, elbow higher than the shoulder, the other
/// hand low. Two hands choose nothing: that is a stretch, or an exercise.
///
/// Beside an exercise whose own movement uses the arms (its signal is taken at the shoulder, or its trainer's hands go above the head) the hand must
/// keep still for [`RAISED_HAND_MOVING_S`]; beside one that holds such a posture no hand chooses. Allocates nothing. A frame whose time
/// is not after the one before it is ignored.
#[derive(Debug, Clone)]
pub struct RaisedHand {
    rule: Rule,
    last_s: Option<f64>,
    hands: [Hand; 2],
}

/// One hand's memory.
#[derive(Debug, Clone, Copy, Default)]
struct Hand {
    /// How long it has been up, seconds, and when it was last.
    held_s: f64,
    up_s: Option<f64>,
    /// Where it was of late, from the shoulder, lengths of the trunk.
    place: Option<glam::Vec3>,
    /// It has chosen and was not lowered since.
    spent: bool,
    lowered_s: f64,
}

impl RaisedHand {
    /// `during`: the exercise under way; `None` between exercises.
    pub fn new(during: Option<&Exercise>) -> Self {
        let rule = match during {
            Some(exercise) if moves_arms(exercise) => match exercise.kind {
                Kind::Hold(_) => Rule::Off,
                Kind::Reps | Kind::Paced(_) => Rule::RaisedStill,
            },
            _ => Rule::Raised,
        };
        Self { rule, last_s: None, hands: Default::default() }
    }

    /// How long a hand has to be held, seconds; `None` where no hand chooses.
    pub fn hold_s(&self) -> Option<f64> {
        match self.rule {
            Rule::Raised => Some(RAISED_HAND_S),
            Rule::RaisedStill => Some(RAISED_HAND_MOVING_S),
            Rule::Off => None,
        }
    }

    /// Takes the next body, in the camera frame (metres); `None` where nobody is seen.
    pub fn step(&mut self, time_s: f64, world: Option<&Landmarks>) -> Hands {
        let mut result = Hands::default();
        let Some(hold_s) = self.hold_s() else { return result };
        let dt = self.last_s.map_or(0.0, |last_s| time_s - last_s);
        if dt < 0.0 || !time_s.is_finite() || (dt == 0.0 && self.last_s.is_some()) {
            return result;
        }
        self.last_s = Some(time_s);
        if dt > FORGET_S {
            self.hands = Default::default();
        }
        let seen_by =
            |least| world.map_or([Seen::Unseen; 2], |world| Side::BOTH.map(|side| seen(world, side, least)));
        // The other hand may be hidden behind the body: where it is guessed to be will do.
        let (seen, guessed) = (seen_by(MIN_VISIBILITY), seen_by(0.0));
        for side in Side::BOTH {
            let alone = matches!(guessed[side.other().index()], Seen::Low | Seen::Unseen);
            let hand = &mut self.hands[side.index()];
            hand.step(time_s, dt, seen[side.index()], alone, self.rule);
            if hand.held_s == 0.0 || hand.spent {
                continue;
            }
            let (left_s, before_s) = (hold_s - hand.held_s, hold_s - hand.held_s + dt);
            let due = COUNT_AT_S.iter().find(|(at_s, _)| left_s <= *at_s && before_s > *at_s);
            result.count = due.map(|(_, number)| *number).or(result.count);
            result.progress[side.index()] = Some((hand.held_s / hold_s).min(1.0) as f32);
            if left_s <= 0.0 {
                hand.spent = true;
                (result.chosen, result.count) = (Some(side), None);
            }
        }
        result
    }
}

impl Hand {
    fn step(&mut self, time_s: f64, dt: f64, seen: Seen, alone: bool, rule: Rule) {
        match seen {
            Seen::Low => self.lowered_s += dt,
            Seen::Up(_) | Seen::Between | Seen::Unseen => self.lowered_s = 0.0,
        }
        if self.spent && self.lowered_s >= LOWERED_S {
            (self.spent, self.held_s, self.up_s) = (false, 0.0, None);
        }
        let up = match seen {
            Seen::Up(place) => (self.is_still(dt, place) || rule == Rule::Raised) && alone,
            Seen::Low | Seen::Between | Seen::Unseen => false,
        };
        match self.up_s {
            _ if up => {
                // The time of a short dropout counts: the hand was up before and after it.
                self.held_s += self.up_s.map_or(0.0, |up_s| time_s - up_s);
                self.up_s = Some(time_s);
            }
            Some(up_s) if time_s - up_s <= DROPOUT_S => {}
            _ => (self.held_s, self.up_s) = (0.0, None),
        }
        if !matches!(seen, Seen::Up(_)) && self.up_s.is_none() {
            self.place = None;
        }
    }

    /// Moves the place of late towards where the hand is; was it near?
    fn is_still(&mut self, dt: f64, place: glam::Vec3) -> bool {
        let before = self.place.unwrap_or(place);
        self.place = Some(before.lerp(place, (1.0 - libm::exp(-dt / STILL_MEMORY_S)) as f32));
        before.distance(place) < STILL
    }
}

/// Where a hand is.
#[derive(Debug, Clone, Copy)]
enum Seen {
    /// Above the head, the elbow above the shoulder; the wrist from the shoulder, in lengths of the trunk.
    Up(glam::Vec3),
    /// Well below the shoulder.
    Low,
    Between,
    Unseen,
}

/// `least`: visibility that is needed of the arm.
fn seen(world: &Landmarks, side: Side, least: f32) -> Seen {
    let at = |joint: Joint| believed(&world[joint.of(side)], least);
    let (Some(shoulder), Some(elbow), Some(wrist)) =
        (at(Joint::Shoulder), at(Joint::Elbow), at(Joint::Wrist))
    else {
        return Seen::Unseen;
    };
    let Some(trunk) = trunk_m(world) else { return Seen::Unseen };
    // y points down.
    match () {
        () if wrist.y > shoulder.y + LOW * trunk => Seen::Low,
        () if wrist.y < eyes_y(world, trunk, shoulder.y) - ABOVE_EYES * trunk && elbow.y < shoulder.y => {
            Seen::Up((wrist - shoulder) / trunk)
        }
        () => Seen::Between,
    }
}

/// The trunk's length, metres.
fn trunk_m(world: &Landmarks) -> Option<f32> {
    let both = |joint: Joint| {
        let [left, right] = Side::BOTH.map(|side| believed(&world[joint.of(side)], MIN_VISIBILITY));
        Some([left?, right?])
    };
    let [left, right] = both(Joint::Shoulder)?;
    let length = match both(Joint::Hip) {
        Some([left_hip, right_hip]) => ((left + right) / 2.0).distance((left_hip + right_hip) / 2.0),
        None => left.distance(right) * TRUNK_BY_SHOULDERS,
    };
    (length > 0.0).then_some(length)
}

/// The height of the eyes or of what stands for them: the highest point of the face that is seen.
fn eyes_y(world: &Landmarks, trunk: f32, shoulder_y: f32) -> f32 {
    use LandmarkId::*;
    let face = [Nose, LeftEye, RightEye, LeftEar, RightEar];
    let seen = face.into_iter().filter_map(|id| believed(&world[id], MIN_VISIBILITY)).map(|at| at.y);
    seen.reduce(f32::min).unwrap_or(shoulder_y - EYES_ABOVE_SHOULDERS * trunk)
}

/// Where it is; `None` where it is not seen so well, or was not measured at all.
fn believed(landmark: &Landmark, least: f32) -> Option<glam::Vec3> {
    let measured = landmark.visibility > 0.0 && landmark.visibility >= least;
    (measured && landmark.position.is_finite()).then_some(landmark.position)
}

/// Moments of the trainer's movement that are looked at.
const MOMENTS: u32 = 48;

/// Is a raised arm part of the exercise?
fn moves_arms(exercise: &Exercise) -> bool {
    use Measure::{ArmForward, ShoulderAbduction, ShoulderElevation, ShoulderFlexion, ShoulderRotation};
    let by_signal = exercise.signal.is_some_and(|signal| {
        [ArmForward, ShoulderAbduction, ShoulderElevation, ShoulderFlexion, ShoulderRotation]
            .contains(&signal.measure)
    });
    // Both periods of a movement whose sides take turns.
    let period_s = 2.0 * exercise.trainer.period_s();
    let mut moments = (0..MOMENTS).map(|i| f64::from(i) / f64::from(MOMENTS) * period_s);
    by_signal
        || moments.any(|time_s| {
            let body = Mannequin::default().landmarks(&exercise.trainer.angles_at(time_s));
            Side::BOTH.into_iter().any(|side| matches!(seen(&body, side, MIN_VISIBILITY), Seen::Up(_)))
        })
}
