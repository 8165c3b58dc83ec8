//! Joint centres from the markers of Vicon's full-body Plug-in-Gait.
//!
//! Plug-in-Gait itself needs the person's measured widths and a static trial; a file of markers has neither. So the widths are
//! shares of the person's own segments, and thigh and shank wands, which are placed to suit a static trial (in UI-PRMD they
//! shift by up to 5 cm within one person), are not used.

use crate::{
    Joint, LandmarkId, Side,
    body::NOSE_BELOW_EARS_RAD,
    vector::{direction, direction_across},
};
use glam::Vec3;

/// The markers of the full-body set, in the order that Vicon's files commonly have.
pub(super) const MARKERS: [&str; 39] = [
    "LFHD", "RFHD", "LBHD", "RBHD", "C7", "T10", "CLAV", "STRN", "RBAK", "LSHO", "LUPA", "LELB", "LFRM",
    "LWRA", "LWRB", "LFIN", "RSHO", "RUPA", "RELB", "RFRM", "RWRA", "RWRB", "RFIN", "LASI", "RASI", "LPSI",
    "RPSI", "LTHI", "LKNE", "LTIB", "LANK", "LHEE", "LTOE", "RTHI", "RKNE", "RTIB", "RANK", "RHEE", "RTOE",
];

/// Fewer of the markers that are used are no Plug-in-Gait.
const FEWEST: usize = 6;
/// From the skin to the middle of a marker, metres: the usual ones are 14 mm wide.
const MARKER_RADIUS_M: f32 = 0.007;
/// Breadth of the femur's condyles over the distance from knee to ankle: 0.055 and 0.246 of the height (ISAK reference values
/// of the breadth; Winter 2009, figure 4.1).
const KNEE_WIDTH: f32 = 0.224;
/// Breadth of the ankle over the same: 0.0415 of the height (ANSUR II, Gordon et al. 2014).
const ANKLE_WIDTH: f32 = 0.169;
/// From the elbow's marker to its axis' middle, over the upper arm: 26 to 33 mm is how far the markers of UI-PRMD's people stand off
/// the line from shoulder to wrist when the arm is straight.
const ELBOW_INSIDE: f32 = 0.10;
/// The shoulder's centre lies below the acromion's marker by this share of the upper arm: 5 cm in an adult, the usual shoulder
/// offset of Plug-in-Gait.
const SHOULDER_DROP: f32 = 0.15;
/// A head band runs over the ears by this, half the distance between the ears, and from their middle to the nose (MediaPipe's
/// canonical face model), metres.
const BAND_OVER_EARS_M: f32 = 0.05;
const HALF_HEAD_M: f32 = 0.072;
const NOSE_M: f32 = 0.1;

/// Markers that both sides have.
#[derive(Clone, Copy)]
enum Sided {
    FrontHead,
    BackHead,
    Shoulder,
    Elbow,
    WristA,
    WristB,
    Finger,
    Asis,
    Psis,
    Knee,
    Ankle,
    Heel,
    Toe,
}
const SIDED: [&str; 13] =
    ["fhd", "bhd", "sho", "elb", "wra", "wrb", "fin", "asi", "psi", "kne", "ank", "hee", "toe"];

/// Markers in the middle; the sacrum's stands for both posterior spines in older sets.
#[derive(Clone, Copy)]
enum Middle {
    C7,
    T10,
    Clavicle,
    Sternum,
    Sacrum,
}
const MIDDLE: [&str; 5] = ["c7", "t10", "clav", "strn", "sacr"];

/// Where each marker stands in the list of points.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Markers {
    sided: [[Option<usize>; 2]; SIDED.len()],
    middle: [Option<usize>; MIDDLE.len()],
}

impl Markers {
    /// From names in lower case, letters and digits only; `None` where they are no Plug-in-Gait.
    pub fn new(names: &[String]) -> Option<Self> {
        let find = |wanted: &str| names.iter().position(|name| name == wanted);
        let markers = Self {
            sided: SIDED.map(|marker| ["l", "r"].map(|side| find(&format!("{side}{marker}")))),
            middle: MIDDLE.map(find),
        };
        let there = markers.sided.iter().flatten().chain(&markers.middle).flatten().count();
        (there >= FEWEST).then_some(markers)
    }

    /// Gives every landmark whose markers are there to `put`; `at` is the place of a point.
    pub fn joint_centres(&self, at: impl Fn(usize) -> Option<Vec3>, put: &mut impl FnMut(LandmarkId, Vec3)) {
        let body = Placed { markers: self, at };
        let hips = body.hips(put);
        let up = body.thorax_up(hips);
        for side in Side::BOTH {
            body.leg(side, hips, put);
            if let Some(up) = up {
                body.arm(side, up, put);
            }
        }
        body.head(put);
    }
}

/// The pelvis: its left, and the centres of the hips.
#[derive(Clone, Copy)]
struct Hips {
    left: Vec3,
    centres: [Vec3; 2],
}

/// Markers of one frame.
struct Placed<'a, At> {
    markers: &'a Markers,
    at: At,
}

impl<At: Fn(usize) -> Option<Vec3>> Placed<'_, At> {
    fn sided(&self, marker: Sided, side: Side) -> Option<Vec3> {
        self.markers.sided[marker as usize][side.index()].and_then(&self.at)
    }

    fn middle(&self, marker: Middle) -> Option<Vec3> {
        self.markers.middle[marker as usize].and_then(&self.at)
    }

    /// Midway between the two sides.
    fn between(&self, marker: Sided) -> Option<Vec3> {
        Some((self.sided(marker, Side::Left)? + self.sided(marker, Side::Right)?) / 2.0)
    }

    /// Hip joints by the regression of Harrington et al. (J Biomech 40, 2007, 595) on the pelvis' width and depth.
    fn hips(&self, put: &mut impl FnMut(LandmarkId, Vec3)) -> Option<Hips> {
        let front = self.between(Sided::Asis)?;
        let back = self.between(Sided::Psis).or(self.middle(Middle::Sacrum))?;
        let across = self.sided(Sided::Asis, Side::Left)? - self.sided(Sided::Asis, Side::Right)?;
        let left = direction(across)?;
        let forward = direction_across(front - back, left)?;
        let up = forward.cross(left);
        let (width, depth) = (across.length(), front.distance(back));
        let middle = front - forward * (0.24 * depth + 0.0099) - up * (0.30 * width + 0.0109);
        let centres = Side::BOTH.map(|side| middle + left * (side.sign() * (0.33 * width + 0.0073)));
        Side::BOTH.into_iter().for_each(|side| put(Joint::Hip.of(side), centres[side.index()]));
        Some(Hips { left, centres })
    }

    /// Up along the thorax: from its lower to its upper markers, else from hips to shoulders.
    fn thorax_up(&self, hips: Option<Hips>) -> Option<Vec3> {
        let middle = |a, b| Some((self.middle(a)? + self.middle(b)?) / 2.0);
        let thorax = || Some(middle(Middle::C7, Middle::Clavicle)? - middle(Middle::T10, Middle::Sternum)?);
        let trunk = || Some(self.between(Sided::Shoulder)? - (hips?.centres[0] + hips?.centres[1]) / 2.0);
        direction(thorax().or_else(trunk)?)
    }

    /// Knee and ankle lie half their width inside their markers, along the flexion axis. That axis is taken half from the
    /// normal of shank and foot, which turns with the leg, and half from the pelvis, which does not shake.
    fn leg(&self, side: Side, hips: Option<Hips>, put: &mut impl FnMut(LandmarkId, Vec3)) -> Option<()> {
        let marker = |marker| self.sided(marker, side);
        for (joint, foot) in [(Joint::Heel, Sided::Heel), (Joint::Toes, Sided::Toe)] {
            if let Some(at) = marker(foot) {
                put(joint.of(side), at);
            }
        }
        let (hips, knee, ankle) = (hips?, marker(Sided::Knee)?, marker(Sided::Ankle)?);
        let shank = knee - ankle;
        let foot = || direction(shank.cross(marker(Sided::Toe)? - marker(Sided::Heel)?));
        let out = direction(foot().unwrap_or(hips.left) + hips.left)? * side.sign();
        let inside = |width: f32| shank.length() * width / 2.0 + MARKER_RADIUS_M;
        let hip = hips.centres[side.index()];
        let knee = beside(hip, knee, out, inside(KNEE_WIDTH))?;
        put(Joint::Knee.of(side), knee);
        put(Joint::Ankle.of(side), beside(knee, ankle, out, inside(ANKLE_WIDTH))?);
        Some(())
    }

    /// Shoulder, elbow, wrist and hand.
    fn arm(&self, side: Side, up: Vec3, put: &mut impl FnMut(LandmarkId, Vec3)) -> Option<()> {
        let marker = |marker| self.sided(marker, side);
        let wrist = match (marker(Sided::WristA), marker(Sided::WristB)) {
            (Some(a), Some(b)) => Some((a + b) / 2.0),
            (a, b) => a.or(b),
        };
        if let Some(wrist) = wrist {
            put(Joint::Wrist.of(side), wrist);
        }
        if let Some(finger) = marker(Sided::Finger) {
            let index = if side == Side::Left { LandmarkId::LeftIndex } else { LandmarkId::RightIndex };
            put(index, finger);
        }
        let acromion = marker(Sided::Shoulder)?;
        let elbow = marker(Sided::Elbow)?;
        let length = acromion.distance(elbow);
        let shoulder = acromion - up * (length * SHOULDER_DROP);
        put(Joint::Shoulder.of(side), shoulder);
        put(Joint::Elbow.of(side), hinge(side, shoulder, elbow, wrist?, length * ELBOW_INSIDE)?);
        Some(())
    }

    fn head(&self, put: &mut impl FnMut(LandmarkId, Vec3)) -> Option<()> {
        let (front, back) = (self.between(Sided::FrontHead)?, self.between(Sided::BackHead)?);
        let [left, right] = Side::BOTH
            .map(|side| Some(self.sided(Sided::FrontHead, side)? + self.sided(Sided::BackHead, side)?));
        let left = direction(left? - right?)?;
        let forward = direction_across(front - back, left)?;
        let up = forward.cross(left);
        let ears = (front + back) / 2.0 - up * BAND_OVER_EARS_M;
        for side in Side::BOTH {
            put(Joint::Ear.of(side), ears + left * (side.sign() * HALF_HEAD_M));
        }
        let (sin, cos) = libm::sincosf(NOSE_BELOW_EARS_RAD);
        put(LandmarkId::Nose, ears + (forward * cos - up * sin) * NOSE_M);
        Some(())
    }
}

/// The joint at `inside` from its marker, away from `out`, and seen from it square to the joint above.
fn beside(above: Vec3, marker: Vec3, out: Vec3, inside: f32) -> Option<Vec3> {
    let up = above - marker;
    let length = up.length();
    let (up, out) = (direction(up)?, direction_across(out, up)?);
    let along = inside * inside / length;
    let across = (inside * inside - along * along).max(0.0).sqrt();
    Some(marker + up * along - out * across)
}

/// The elbow: its axis goes through the marker and is square to upper arm and forearm, which asks for a place on the circle
/// over the marker and its foot on the line from shoulder to wrist. A straight arm's elbow is on that line.
fn hinge(side: Side, shoulder: Vec3, marker: Vec3, wrist: Vec3, inside: f32) -> Option<Vec3> {
    let line = direction(wrist - shoulder)?;
    let foot = shoulder + line * (marker - shoulder).dot(line);
    let height = marker.distance(foot);
    if height <= inside {
        return Some(foot);
    }
    let inwards = direction((marker - shoulder).cross(wrist - marker))? * side.sign();
    let cos = inside / height;
    Some(marker + ((foot - marker) / height * cos + inwards * (1.0 - cos * cos).sqrt()) * inside)
}
