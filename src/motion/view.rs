//! From where the camera sees the body: its turn to the picture, and the camera's tilt against gravity.

use crate::{
    Joint, LandmarkId, Landmarks, Noise, Pose,
    body::Body,
    vector::{angle_between, direction, tilted},
};
use glam::{Mat3, Vec3};

/// What is believed of a camera's tilt before anything was seen, standard deviations: a screen's camera is set to show the whole
/// body, from the height of a table to that of a shelf, at 2 to 3 m.
pub const PRIOR_PITCH_SD_RAD: f32 = 12.0 * DEGREE;
/// The same for its roll: what a camera stands on is level, more or less.
pub const PRIOR_ROLL_SD_RAD: f32 = 2.0 * DEGREE;
/// How far a person who stands upright may be from the vertical as the landmarks show it, forward or back and to a side: 3° and 2° of real
/// lean with [`Noise::ONE_CAMERA`]'s depth and width over the height of a body, less what trunk and legs share with the measures told later
/// (`cargo xtask bench scoring calibration`: these make ±2 SD of the trunk's angles cover 95 %).
const SEEN_PITCH_SD_RAD: f32 = 4.0 * DEGREE;
const SEEN_ROLL_SD_RAD: f32 = 1.5 * DEGREE;
/// No tilt beyond this is believed.
const MOST_TILT_RAD: f32 = 30.0 * DEGREE;

/// Standing still for this long, seconds, counts as upright.
const STILL_S: f64 = 0.5;
/// Still: the body's line stays this near to where it was lately.
const STILL_RAD: f32 = 3.0 * DEGREE;
/// Straight: legs and trunk bend no more than this, with the depth error that straight ones show.
const STRAIGHT_RAD: f32 = 40.0 * DEGREE;
const IN_LINE_RAD: f32 = 25.0 * DEGREE;
/// Time constants: of the line of the body, of the camera's tilt, and of the turn, seconds.
const LINE_MEMORY_S: f64 = 0.5;
const TILT_MEMORY_S: f64 = 5.0;
const TURN_MEMORY_S: f64 = 0.5;
/// After a longer gap, seconds, the body may stand anywhere.
const FORGET_S: f64 = 1.0;

/// Weights of the hips' and the shoulders' line in the turn: by the inverse square of their error over their length.
const HIPS_WEIGHT: f32 = 0.25;
const SHOULDERS_WEIGHT: f32 = 0.75;
/// Standard deviation of the turn, from the same.
const YAW_SD_RAD: f32 = 8.3 * DEGREE;

const DEGREE: f32 = std::f32::consts::PI / 180.0;

/// How the camera sees the body, each angle with its standard deviation, radians.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct View {
    /// The person turned to their right; 0 facing the camera, 90° where it sees their left side; -180° to 180°.
    pub yaw_rad: f32,
    /// Of [`Self::yaw_rad`]; π where the turn is unknown.
    pub yaw_sd_rad: f32,
    /// The camera looks down by this.
    pub pitch_rad: f32,
    /// Of [`Self::pitch_rad`].
    pub pitch_sd_rad: f32,
    /// The camera is turned clockwise about its line of sight.
    pub roll_rad: f32,
    /// Of [`Self::roll_rad`].
    pub roll_sd_rad: f32,
    /// Do the landmarks come from one camera's picture? Else they were measured in space, and every view is as good.
    pub one_camera: bool,
    /// The body's left, a unit vector in the camera's frame, over the last half second. `None` before it was seen.
    left: Option<Vec3>,
}

impl View {
    /// Points that were measured in space, y along gravity.
    pub const IN_SPACE: Self = Self {
        yaw_rad: 0.0,
        yaw_sd_rad: std::f32::consts::PI,
        pitch_rad: 0.0,
        pitch_sd_rad: 0.5 * DEGREE,
        roll_rad: 0.0,
        roll_sd_rad: 0.5 * DEGREE,
        one_camera: false,
        left: None,
    };

    /// One camera about which nothing is known yet.
    pub const ONE_CAMERA: Self = Self {
        pitch_sd_rad: PRIOR_PITCH_SD_RAD,
        roll_sd_rad: PRIOR_ROLL_SD_RAD,
        one_camera: true,
        ..Self::IN_SPACE
    };

    /// How far the body's front is turned out of the picture, radians: 0 from the front and the back, 90° from the side.
    pub fn turned_rad(&self) -> f32 {
        let yaw = self.yaw_rad.abs();
        yaw.min(std::f32::consts::PI - yaw).max(0.0)
    }

    /// Turns a level frame's vectors into the camera's; its inverse (transpose) makes gravity point along y.
    pub fn camera_from_level(&self) -> Mat3 {
        tilted(self.pitch_rad, self.roll_rad)
    }

    /// The landmarks in a frame of which y points along gravity, as far as the camera's tilt is known.
    pub fn level(&self, world: &Landmarks) -> Landmarks {
        if self.pitch_rad == 0.0 && self.roll_rad == 0.0 {
            return *world;
        }
        let turn = self.camera_from_level().transpose();
        let mut level = *world;
        level.0.iter_mut().for_each(|landmark| landmark.position = turn * landmark.position);
        level
    }

    /// The camera's line of sight in the level frame.
    pub(crate) fn line_of_sight(&self) -> Vec3 {
        self.camera_from_level().transpose() * Vec3::Z
    }

    /// The body's left in the level frame.
    pub(crate) fn left(&self) -> Option<Vec3> {
        self.left.map(|left| self.camera_from_level().transpose() * left)
    }

    /// What the sensor does to landmarks.
    pub(crate) fn noise(&self) -> &'static Noise {
        if self.one_camera { &Noise::ONE_CAMERA } else { &Noise::IN_SPACE }
    }
}

/// Learns the view from a stream of bodies. Causal, without delay where it matters: the turn follows within half a second; the tilt is slow.
///
/// Tilt is learnt only from a person who stands upright and still, legs and trunk in one line from the ankles up: nobody stands so and leans
/// far without falling. What the landmarks can't tell (their depth, a habit of leaning) stays in the standard deviation, however long
/// the person stands. Never seen so, the prior stands.
#[derive(Debug, Clone, Default)]
pub struct ViewFilter {
    view: Option<View>,
    last_s: Option<f64>,
    /// The line of the body lately, and since when it has been still.
    line: Option<Vec3>,
    still_since_s: Option<f64>,
    /// Mean of the lines that were believed, and over how many seconds.
    upright: Vec3,
    upright_s: f64,
}

impl ViewFilter {
    /// Takes the next body. A time that is not later than the one before is believed to be the same moment.
    pub fn step(&mut self, time_s: f64, pose: &Pose) -> View {
        self.take(time_s, pose, true)
    }

    /// The same for a body that does an exercise: who leans back and stays there does not stand upright, so nothing is learnt of the
    /// camera's tilt. Before anything was learnt it is, or a tilted camera would show an exercise where there is none.
    pub fn step_moving(&mut self, time_s: f64, pose: &Pose) -> View {
        self.take(time_s, pose, self.upright_s == 0.0)
    }

    fn take(&mut self, time_s: f64, pose: &Pose, may_stand: bool) -> View {
        let mut view = match self.view {
            Some(view) => view,
            None if from_picture(pose) => View::ONE_CAMERA,
            None => View::IN_SPACE,
        };
        let dt = self.last_s.map_or(0.0, |last_s| (time_s - last_s).max(0.0));
        self.last_s = Some(time_s);
        if dt > FORGET_S || !dt.is_finite() {
            (self.line, self.still_since_s, view.left) = (None, None, None);
        }
        if view.one_camera && may_stand {
            self.tilt(time_s, dt, &pose.world, &mut view);
        } else {
            (self.line, self.still_since_s) = (None, None);
        }
        turn(dt, &pose.world, &mut view);
        self.view = Some(view);
        view
    }

    /// The view so far; `None` before the first body.
    pub fn view(&self) -> Option<&View> {
        self.view.as_ref()
    }

    fn tilt(&mut self, time_s: f64, dt: f64, world: &Landmarks, view: &mut View) {
        let Some(line) = standing_line(world) else {
            (self.line, self.still_since_s) = (None, None);
            return;
        };
        let before = self.line.unwrap_or(line);
        self.line = direction(before.lerp(line, follow(dt, LINE_MEMORY_S)));
        if angle_between(before, line) > STILL_RAD {
            self.still_since_s = None;
            return;
        }
        let since_s = *self.still_since_s.get_or_insert(time_s);
        if time_s - since_s < STILL_S {
            return;
        }
        self.upright_s = (self.upright_s + dt).min(TILT_MEMORY_S);
        let share = if self.upright_s > 0.0 { (dt / self.upright_s) as f32 } else { 1.0 };
        self.upright = self.upright.lerp(line, share.min(1.0));
        let seen = self.upright;
        if !seen.is_finite() || seen.length() < 0.5 {
            return;
        }
        let across = libm::hypotf(seen.x, seen.y);
        (view.pitch_rad, view.pitch_sd_rad) =
            combine(libm::atan2f(-seen.z, across), SEEN_PITCH_SD_RAD, PRIOR_PITCH_SD_RAD);
        (view.roll_rad, view.roll_sd_rad) =
            combine(libm::atan2f(-seen.x, -seen.y), SEEN_ROLL_SD_RAD, PRIOR_ROLL_SD_RAD);
    }
}

/// Was there a picture, and so one camera whose view matters?
fn from_picture(pose: &Pose) -> bool {
    [LandmarkId::LeftHip, LandmarkId::RightHip].iter().any(|&hip| pose.image[hip].position != Vec3::ZERO)
}

/// Share of a new value in an exponential mean.
fn follow(dt: f64, memory_s: f64) -> f32 {
    (1.0 - libm::exp(-dt / memory_s)) as f32
}

/// What was seen, weighed against a prior of mean 0: mean and standard deviation.
fn combine(seen: f32, seen_sd: f32, prior_sd: f32) -> (f32, f32) {
    let (seen_var, prior_var) = (seen_sd * seen_sd, prior_sd * prior_sd);
    let share = prior_var / (prior_var + seen_var);
    ((seen * share).clamp(-MOST_TILT_RAD, MOST_TILT_RAD), (seen_var * share).sqrt())
}

/// The line from the ankles to the middle of hips and shoulders of a body that stands straight; `None` for any other.
fn standing_line(world: &Landmarks) -> Option<Vec3> {
    let body = Body::new(world);
    let (hips, knees, ankles) = (body.pair(Joint::Hip)?, body.pair(Joint::Knee)?, body.pair(Joint::Ankle)?);
    let straight = |i: usize| angle_between(knees[i] - hips[i], ankles[i] - knees[i]) < STRAIGHT_RAD;
    let (shoulders, hips, ankles) =
        (body.middle(Joint::Shoulder)?, body.middle(Joint::Hip)?, body.middle(Joint::Ankle)?);
    let in_line = angle_between(shoulders - hips, hips - ankles) < IN_LINE_RAD;
    let line = direction((shoulders + hips) / 2.0 - ankles)?;
    let upright = angle_between(line, Vec3::NEG_Y) < MOST_TILT_RAD + IN_LINE_RAD;
    (straight(0) && straight(1) && in_line && upright).then_some(line)
}

/// Follows the body's left, and tells the yaw from it.
fn turn(dt: f64, world: &Landmarks, view: &mut View) {
    let body = Body::new(world);
    let line = |joint| body.pair(joint).and_then(|[left, right]| direction(left - right));
    let now = match (line(Joint::Hip), line(Joint::Shoulder)) {
        (Some(hips), Some(shoulders)) => direction(hips * HIPS_WEIGHT + shoulders * SHOULDERS_WEIGHT),
        (hips, shoulders) => hips.or(shoulders),
    };
    let Some(now) = now else { return };
    let left = match view.left {
        Some(before) => direction(before.lerp(now, follow(dt, TURN_MEMORY_S))).unwrap_or(now),
        None => now,
    };
    view.left = Some(left);
    let level = view.camera_from_level().transpose() * left;
    let across = libm::hypotf(level.x, level.z);
    view.yaw_rad = libm::atan2f(-level.z, level.x);
    // Where the line of the shoulders stands on end, the person lies on a side.
    view.yaw_sd_rad = (YAW_SD_RAD / across.max(1e-3)).min(std::f32::consts::PI);
}

#[cfg(test)]
mod tests;
