//! One frame, held against what the exercise needs.

use super::{
    Surroundings,
    advice::{Advice, Check, State},
    room::{EYES_TO_TOP, Room},
};
use crate::{Exercise, Position, SideChoice, Sides, View};
use baro_motion::{
    Joint, LANDMARK_COUNT, LandmarkId, MIN_VISIBILITY, PRIOR_ROLL_SD_RAD, Pose, Side, View as Seen,
};
use glam::Vec3;

/// A stature fills at least this share of the picture's height. Measured on a 480-line picture (docs/measurements.md, getting ready): at 0.4 everyone is
/// found, at 0.3 now and then nobody, at 0.25 never anyone.
const FARTHEST: f32 = 0.40;
/// What the exercise takes fills at most this share.
const FULLEST: f32 = 0.97;
/// No nearer than this, whatever the exercise takes: a face fills the picture.
const NEAREST: f32 = 1.8;
/// On the floor: the body's longer side as a share of the picture's.
const FLOOR_SPAN: [f32; 2] = [0.35, 0.97];
/// Larger than this, stepping back brings head and feet into the picture; else the camera must be turned.
const STEP_BACK_FROM: f32 = 0.62;
/// A point this far outside the picture (share of it) is cut off; inside it by as much, it is not.
const EDGE: f32 = 0.01;
/// Turned from the wanted view by no more than this is right, radians, and by more than [`TURNED_RAD`] is wrong; between the two it stays what it
/// was. The limits of a firm and of a refused angle ([`baro_motion::Claim`]), with the turn's own error between.
const STRAIGHT_RAD: f32 = 25.0 * DEGREE;
const TURNED_RAD: f32 = 32.0 * DEGREE;
/// The camera's roll and pitch: above the second it is said, below the first no longer.
const ROLL_RAD: [f32; 2] = [4.5 * DEGREE, 6.0 * DEGREE];
const PITCH_RAD: [f32; 2] = [18.0 * DEGREE, 22.0 * DEGREE];
/// Darker than this, picture and person are too dark: a little lower, at 0.12 and 0.14, the angles' error has doubled (the same document).
const DARK_PICTURE: f32 = 0.16;
const DARK_PERSON: f32 = 0.20;
/// The person is dark before surroundings that are so bright.
const BACKLIT_PERSON: f32 = 0.30;
const BACKLIT_AROUND: f32 = 0.60;
/// More of the picture than this is burnt out.
const BURNT: f32 = 0.40;
/// A check that was wrong is right again only past its limit by this share.
const SLACK: f32 = 0.05;
/// On the floor landmarks must be seen better, as while counting.
const FLOOR_VISIBILITY: f32 = 0.65;
/// Below this confidence nobody is there.
const MIN_CONFIDENCE: f32 = 0.5;

const DEGREE: f32 = std::f32::consts::PI / 180.0;

/// What an exercise needs, worked out once.
#[derive(Debug)]
pub(super) struct Needs {
    view: View,
    floor: bool,
    room: Option<Room>,
    /// Stature over the picture's height: at least, at most.
    size: [f32; 2],
    /// The landmarks needed on each side.
    points: [Vec<LandmarkId>; 2],
    /// Both sides must be seen, or one is enough.
    both: bool,
    legs: bool,
}

impl Needs {
    pub fn new(exercise: &Exercise, side: SideChoice) -> Self {
        let measure = exercise.signal.map(|signal| signal.measure);
        let own = exercise.needs.iter().chain(measure.map_or(&[][..], |m| m.needs()));
        let shared = measure.map_or(&[][..], |m| m.needs_both());
        let sides = match (exercise.sides, side) {
            (Sides::Each, SideChoice::Left) => [true, false],
            (Sides::Each, SideChoice::Right) => [false, true],
            _ => [true, true],
        };
        let points = Side::BOTH.map(|side| {
            let own = own.clone().filter(|_| sides[side.index()]).map(|joint| joint.of(side));
            let both = shared.iter().flat_map(|joint| Side::BOTH.map(|side| joint.of(side)));
            let mut points: Vec<LandmarkId> = Vec::new();
            own.chain(both.filter(|_| sides[side.index()])).for_each(|id| {
                if !points.contains(&id) {
                    points.push(id);
                }
            });
            points
        });
        let room = Room::of(exercise);
        let most = room.map_or(NEAREST, |room| (FULLEST / room.height()).min(NEAREST));
        let is_leg = |joint: &Joint| matches!(joint, Joint::Knee | Joint::Ankle | Joint::Heel | Joint::Toes);
        Self {
            view: exercise.view,
            floor: exercise.about.position == Position::Floor,
            room,
            size: [FARTHEST, most.max(FARTHEST * 1.2)],
            points,
            both: exercise.view == View::Front,
            legs: exercise.needs.iter().any(is_leg),
        }
    }

    fn all_points(&self) -> impl Iterator<Item = LandmarkId> {
        self.points.iter().flatten().copied()
    }
}

/// What was seen of the person lately.
pub(super) struct Sight<'a> {
    pub pose: &'a Pose,
    pub view: &'a Seen,
    /// Mean visibility over the last moments.
    pub visibility: &'a [f32; LANDMARK_COUNT],
}

impl Sight<'_> {
    fn at(&self, id: LandmarkId) -> Option<Vec3> {
        let position = self.pose.image[id].position;
        position.is_finite().then_some(position)
    }

    fn middle(&self, joint: Joint) -> Option<Vec3> {
        Some((self.at(joint.of(Side::Left))? + self.at(joint.of(Side::Right))?) / 2.0)
    }

    /// The person's stature over the picture's height, by the trunk: told of whoever sits too, and of one whose feet are cut off.
    fn size(&self) -> Option<f32> {
        let world = |joint: Joint| {
            let [left, right] = Side::BOTH.map(|side| self.pose.world[joint.of(side)].position);
            (left + right) / 2.0
        };
        let trunk = world(Joint::Shoulder) - world(Joint::Hip);
        let drawn = (self.middle(Joint::Shoulder)?.y - self.middle(Joint::Hip)?.y).abs();
        // Someone who bends far forward or lies shows too little of the trunk's length.
        let upright = trunk.y.abs() / trunk.length();
        let size = drawn / upright / TRUNK;
        (upright > 0.5 && size.is_finite() && size > 0.0).then_some(size)
    }

    fn is_somebody(&self) -> bool {
        let [left, right] = Side::BOTH.map(|side| Joint::Shoulder.of(side));
        let seen = |id: LandmarkId| self.visibility[id.index()] >= MIN_VISIBILITY;
        self.pose.confidence >= MIN_CONFIDENCE && [left, right, LandmarkId::Nose].into_iter().any(seen)
    }
}

/// The trunk's length over the stature (Drillis & Contini 1966: shoulders at 0.818, hips at 0.530).
const TRUNK: f32 = 0.288;

/// The state of each check in this frame, given the settled ones of before. `None` for what can't be told.
pub(super) fn judge(
    needs: &Needs,
    sight: Option<&Sight>,
    around: &Surroundings,
    before: &[State; Check::ALL.len()],
) -> [State; Check::ALL.len()] {
    let was_not = |check: Check| matches!(before[check as usize], State::Not(_));
    let sight = sight.filter(|sight| sight.is_somebody());
    let mut now = [State::Unknown; Check::ALL.len()];
    let mut put = |check: Check, state: Option<State>| now[check as usize] = state.unwrap_or_default();
    put(Check::Light, around.light.map(|light| light_of(light, was_not(Check::Light))));
    put(Check::Alone, around.people.map(|people| not_if(people > 1, Advice::BeAlone)));
    put(Check::Seen, Some(not_if(sight.is_none(), Advice::StepIn)));
    let Some(sight) = sight else { return now };
    let size = sight.size();
    put(Check::Distance, distance(needs, sight, size, was_not(Check::Distance)));
    put(Check::Head, head(needs, sight, size, was_not(Check::Head)));
    put(Check::Feet, feet(needs, sight, size, was_not(Check::Feet)));
    put(Check::Sides, sides(needs, sight, size, around.aspect, was_not(Check::Sides)));
    put(Check::Turn, turn(needs, sight.view, before[Check::Turn as usize]));
    put(Check::Joints, Some(joints(needs, sight, was_not(Check::Joints))));
    put(Check::Camera, camera(sight.view, before[Check::Camera as usize]));
    now
}

fn not_if(wrong: bool, advice: Advice) -> State {
    if wrong { State::Not(advice) } else { State::Ok }
}

fn light_of(light: baro_motion::Light, was_not: bool) -> State {
    let slack = if was_not { 1.0 + 2.0 * SLACK } else { 1.0 };
    let person = light.person.unwrap_or(light.picture);
    match () {
        () if light.picture < DARK_PICTURE * slack && person < DARK_PERSON * slack => {
            State::Not(Advice::MoreLight)
        }
        () if person < BACKLIT_PERSON * slack && light.around > BACKLIT_AROUND / slack => {
            State::Not(Advice::LightBehind)
        }
        () if light.burnt > BURNT / slack => State::Not(Advice::LessLight),
        () => State::Ok,
    }
}

fn distance(needs: &Needs, sight: &Sight, size: Option<f32>, was_not: bool) -> Option<State> {
    let (size, [least, most]) = if needs.floor {
        let points = || needs.all_points().filter_map(|id| sight.at(id));
        let span = |along: fn(Vec3) -> f32| {
            let ends = points()
                .map(along)
                .fold([f32::INFINITY, f32::NEG_INFINITY], |[low, high], at| [low.min(at), high.max(at)]);
            ends[1] - ends[0]
        };
        (span(|at| at.x).max(span(|at| at.y)), FLOOR_SPAN)
    } else {
        (size?, needs.size)
    };
    let slack = if was_not { SLACK } else { 0.0 };
    Some(match () {
        () if !size.is_finite() => return None,
        () if size > most * (1.0 - slack) => State::Not(Advice::StepBack),
        () if size < least * (1.0 + slack) => State::Not(Advice::ComeCloser),
        () => State::Ok,
    })
}

/// How far outside a point may be.
fn edge(was_not: bool) -> f32 {
    if was_not { -EDGE } else { EDGE }
}

fn head(needs: &Needs, sight: &Sight, size: Option<f32>, was_not: bool) -> Option<State> {
    let face = [LandmarkId::Nose, LandmarkId::LeftEye, LandmarkId::RightEye];
    let eyes = face.into_iter().filter_map(|id| sight.at(id)).map(|at| at.y).reduce(f32::min)?;
    let size = size.unwrap_or(0.0);
    let mut top = eyes - EYES_TO_TOP * size;
    if let (Some(room), Some(shoulders)) = (needs.room, sight.middle(Joint::Shoulder)) {
        top = top.min(shoulders.y - room.above * size);
    }
    let advice = if size > STEP_BACK_FROM { Advice::StepBackForHead } else { Advice::CameraUp };
    Some(not_if(top < -edge(was_not), advice))
}

fn feet(needs: &Needs, sight: &Sight, size: Option<f32>, was_not: bool) -> Option<State> {
    let lowest = needs.all_points().filter_map(|id| sight.at(id)).map(|at| at.y).reduce(f32::max)?;
    let advice = match () {
        () if size.is_some_and(|size| size <= STEP_BACK_FROM) => Advice::CameraDown,
        () if needs.legs => Advice::StepBackForFeet,
        () => Advice::StepBack,
    };
    Some(not_if(lowest > 1.0 + edge(was_not), advice))
}

fn sides(needs: &Needs, sight: &Sight, size: Option<f32>, aspect: f32, was_not: bool) -> Option<State> {
    let mut ends = [f32::INFINITY, f32::NEG_INFINITY];
    let mut put = |x: f32| ends = [ends[0].min(x), ends[1].max(x)];
    needs.all_points().filter_map(|id| sight.at(id)).for_each(|at| put(at.x));
    let middle = sight.middle(Joint::Shoulder)?;
    if let (Some(room), Some(size)) = (needs.room, size) {
        let aside = room.aside * size / aspect;
        put(middle.x - aside);
        put(middle.x + aside);
    }
    let edge = edge(was_not);
    let (left, right) = (ends[0] < -edge, ends[1] > 1.0 + edge);
    let facing = sight.view.yaw_rad.abs() < 60.0 * DEGREE;
    Some(match (left, right) {
        (false, false) => State::Ok,
        (true, true) => State::Not(Advice::StepBack),
        // Someone who looks at the camera has the picture's left on their right.
        (true, false) if facing => State::Not(Advice::MoveLeft),
        (false, true) if facing => State::Not(Advice::MoveRight),
        _ => State::Not(Advice::MoveToMiddle),
    })
}

fn turn(needs: &Needs, view: &Seen, before: State) -> Option<State> {
    let (off_rad, advice) = match needs.view {
        View::Any => return Some(State::Ok),
        // On the floor the trunk's line tells the turn badly, and nobody faces the camera.
        _ if needs.floor => return None,
        View::Front => (view.yaw_rad.abs(), Advice::FaceCamera),
        View::Side => (std::f32::consts::FRAC_PI_2 - view.turned_rad(), Advice::TurnSideways),
    };
    if view.yaw_sd_rad > TURNED_RAD {
        return None;
    }
    Some(match () {
        () if off_rad <= STRAIGHT_RAD => State::Ok,
        () if off_rad > TURNED_RAD => State::Not(advice),
        () if before == State::Unknown => State::Ok,
        () => before,
    })
}

fn joints(needs: &Needs, sight: &Sight, was_not: bool) -> State {
    let least = if needs.floor { FLOOR_VISIBILITY } else { MIN_VISIBILITY };
    let least = if was_not { least * (1.0 + SLACK) } else { least };
    let unseen = |side: Side| {
        let hidden = |id: &&LandmarkId| {
            let seen = sight.visibility[id.index()];
            seen.is_nan() || seen < least
        };
        needs.points[side.index()].iter().find(hidden).copied()
    };
    let [left, right] = Side::BOTH.map(unseen);
    let [has_left, has_right] = [0, 1].map(|side| !needs.points[side].is_empty());
    let missing = match (has_left, has_right) {
        (true, true) if needs.both => left.or(right),
        // The side that is turned to the camera.
        (true, true) => left.and(right),
        (true, false) => left,
        (false, _) => right,
    };
    missing.map_or(State::Ok, |id| State::Not(Advice::Show(id)))
}

fn camera(view: &Seen, before: State) -> Option<State> {
    // Nobody has stood upright and still yet.
    if view.roll_sd_rad >= PRIOR_ROLL_SD_RAD {
        return None;
    }
    let was = |advice: Advice| usize::from(before != State::Not(advice));
    Some(match () {
        () if view.roll_rad.abs() > ROLL_RAD[was(Advice::LevelCamera)] => State::Not(Advice::LevelCamera),
        () if view.pitch_rad > PITCH_RAD[was(Advice::LowerCamera)] => State::Not(Advice::LowerCamera),
        () if -view.pitch_rad > PITCH_RAD[was(Advice::RaiseCamera)] => State::Not(Advice::RaiseCamera),
        () => State::Ok,
    })
}
