//! Makes a stream of bodies steady: undoes swaps of left and right, and drops landmarks that no body can have moved to.
//!
//! Causal. What moves as bodies move passes unchanged and without delay. A landmark that jumps is not seen (visibility 0) until it is back,
//! or for [`BELIEVE_S`] if it stays where it jumped to. Nothing is filled in.

use crate::{
    Landmark,
    LandmarkId::{self, *},
    Landmarks, MIN_VISIBILITY, Pose, Side,
    noise::Bone,
};
use glam::Vec3;

/// A landmark that jumped and stayed is believed after this, seconds.
pub const BELIEVE_S: f64 = 0.25;
/// After a longer gap, seconds, a landmark may stand anywhere.
const FORGET_S: f64 = 0.5;
/// While a landmark is dropped, the time in which it may have moved grows no longer than this, seconds (or than one frame). Otherwise
/// a few frames of a slip would be enough to reach any place.
const LONGEST_STEP_S: f64 = 0.05;
/// A landmark that trembles moves this far, metres, from one frame to the next.
const TREMBLE_M: f32 = 0.12;
/// A bone whose length is off by more than this share of its usual length (and by [`TREMBLE_M`]) is no bone.
const STRETCH: f32 = 0.5;
/// Time constant of a bone's usual length, seconds; it is known after as long.
const LENGTH_MEMORY_S: f64 = 2.0;
const LENGTH_KNOWN_S: f64 = 1.0;
/// A bone that stays of another length for this long, seconds, is believed: another person, or a tracker that thought better of it.
const NEW_LENGTH_S: f64 = 1.0;
/// Left and right are taken for swapped where that explains the frame this many times as well (squared distances)...
const SWAP_FACTOR: f32 = 3.0;
/// ...and the landmarks would otherwise have jumped by this, metres, on average.
const SWAP_LEAST_M: f32 = 0.06;
/// Older positions, seconds, don't tell a swap: meanwhile a march can have exchanged the legs' places.
const SWAP_MEMORY_S: f64 = 0.25;
/// A swap that lasts longer, seconds, is judged by the body: whether its front is where its feet and face point. Where that can't be told,
/// the tracker's labels are believed.
const SWAP_DOUBT_S: f64 = 1.0;

/// Landmarks that are swapped together: face and arms, or legs.
const HALVES: [&[[LandmarkId; 2]]; 2] = [
    &[
        [LeftEyeInner, RightEyeInner],
        [LeftEye, RightEye],
        [LeftEyeOuter, RightEyeOuter],
        [LeftEar, RightEar],
        [MouthLeft, MouthRight],
        [LeftShoulder, RightShoulder],
        [LeftElbow, RightElbow],
        [LeftWrist, RightWrist],
        [LeftPinky, RightPinky],
        [LeftIndex, RightIndex],
        [LeftThumb, RightThumb],
    ],
    &[
        [LeftHip, RightHip],
        [LeftKnee, RightKnee],
        [LeftAnkle, RightAnkle],
        [LeftHeel, RightHeel],
        [LeftFootIndex, RightFootIndex],
    ],
];
/// The first of [`HALVES`]' pairs that tell a swap: a face's are too near each other.
const FIRST_TELLING: [usize; 2] = [5, 0];

/// What is known of one landmark.
#[derive(Debug, Clone, Copy, Default)]
struct Track {
    /// When and where it was last believed, from the middle of the hips.
    last: Option<(f64, Vec3)>,
    /// Where it jumped to, when it jumped, and when it was last seen there.
    elsewhere: Option<(f64, f64, Vec3)>,
}

/// What is known of the length of one limb's bone.
#[derive(Debug, Clone, Copy, Default)]
struct Length {
    usual_m: f32,
    known_s: f64,
    wrong_since_s: Option<f64>,
}

/// Whether one half of the body is being taken for swapped.
#[derive(Debug, Clone, Copy, Default)]
struct Swap {
    since_s: Option<f64>,
    /// For and against the labels as they come, since then.
    votes: i32,
}

/// Steadies one stream of one person. A step allocates nothing.
#[derive(Debug, Clone)]
pub struct Steady {
    tracks: [Track; crate::LANDMARK_COUNT],
    lengths: [Length; crate::noise::BONE_COUNT],
    swaps: [Swap; 2],
    last_s: Option<f64>,
}

impl Default for Steady {
    fn default() -> Self {
        Self {
            tracks: [Track::default(); crate::LANDMARK_COUNT],
            lengths: [Length::default(); crate::noise::BONE_COUNT],
            swaps: [Swap::default(); 2],
            last_s: None,
        }
    }
}

impl Steady {
    /// The body with left and right as they were before, and without landmarks that can't be believed (their visibility is 0).
    /// Times must rise; a frame whose time does not is given back with nothing but its numbers checked.
    pub fn step(&mut self, time_s: f64, pose: &Pose) -> Pose {
        let mut pose = *pose;
        drop_no_numbers(&mut pose);
        if !time_s.is_finite() || self.last_s.is_some_and(|last_s| time_s <= last_s) {
            return pose;
        }
        let dt = self.last_s.map_or(0.0, |last_s| time_s - last_s);
        self.last_s = Some(time_s);
        if dt > FORGET_S {
            self.swaps = Default::default();
        }
        for half in 0..HALVES.len() {
            self.unswap(time_s, half, &mut pose);
        }
        self.drop_stretched(time_s, dt, &mut pose);
        self.drop_jumps(time_s, dt, &mut pose);
        pose
    }

    /// Undoes a swap of the left and right landmarks of one half of the body.
    fn unswap(&mut self, time_s: f64, half: usize, pose: &mut Pose) {
        let pairs = &HALVES[half][FIRST_TELLING[half]..];
        let origin = middle_of_hips(&pose.world);
        let (mut as_told, mut swapped, mut points) = (0.0, 0.0, 0.0_f32);
        for [left, right] in pairs {
            let [a, b] = [left, right].map(|&id| Some(seen(&pose.world, id)? - origin?));
            let [a0, b0] = [left, right].map(|id| self.tracks[id.index()].recent(time_s));
            let (Some(a), Some(b), Some(a0), Some(b0)) = (a, b, a0, b0) else { continue };
            as_told += a.distance_squared(a0) + b.distance_squared(b0);
            swapped += a.distance_squared(b0) + b.distance_squared(a0);
            points += 2.0;
        }
        let (told, other) =
            if self.swaps[half].since_s.is_some() { (swapped, as_told) } else { (as_told, swapped) };
        if points >= 4.0 && told > SWAP_FACTOR * other && told / points > SWAP_LEAST_M * SWAP_LEAST_M {
            let swap = &mut self.swaps[half];
            *swap = match swap.since_s {
                Some(_) => Swap::default(),
                None => Swap { since_s: Some(time_s), votes: 0 },
            };
        }
        let swap = &mut self.swaps[half];
        let Some(since_s) = swap.since_s else { return };
        swap.votes += facing_vote(&pose.world, half);
        if time_s - since_s > SWAP_DOUBT_S && swap.votes >= 0 {
            // The labels fit the body, or nothing speaks against them: they were wrong before.
            *swap = Swap::default();
            for [left, right] in HALVES[half] {
                self.tracks[left.index()] = Track::default();
                self.tracks[right.index()] = Track::default();
            }
            return;
        }
        for [left, right] in HALVES[half] {
            pose.world.0.swap(left.index(), right.index());
            pose.image.0.swap(left.index(), right.index());
        }
    }

    fn drop_jumps(&mut self, time_s: f64, dt: f64, pose: &mut Pose) {
        let longest_s = dt.max(LONGEST_STEP_S);
        // With one hip only, a file's points may not be told from the middle of the hips: nothing to compare with.
        let Some(origin) = middle_of_hips(&pose.world) else { return };
        for id in LandmarkId::ALL {
            // Hidden points wander; they are not measured with.
            if pose.world[id].visibility < MIN_VISIBILITY {
                continue;
            }
            let at = pose.world[id].position - origin;
            if !self.tracks[id.index()].admit(time_s, longest_s, at, fastest_m_s(id)) {
                pose.world[id].visibility = 0.0;
                pose.image[id].visibility = 0.0;
            }
        }
    }

    /// Drops the far end of a limb's bone that suddenly has another length.
    fn drop_stretched(&mut self, time_s: f64, dt: f64, pose: &mut Pose) {
        for (bone, length) in Bone::ALL.into_iter().zip(&mut self.lengths) {
            let Some([from, to]) = bone.ends() else { continue };
            // Hidden points wander: no length is learned from them.
            if [from, to].iter().any(|&id| pose.world[id].visibility < MIN_VISIBILITY) {
                continue;
            }
            let [a, b] = [from, to].map(|id| pose.world[id].position);
            if !length.admit(time_s, dt, a.distance(b)) {
                pose.world[to].visibility = 0.0;
                pose.image[to].visibility = 0.0;
            }
        }
    }
}

impl Track {
    /// Where it was so lately that a swap can be told by it.
    fn recent(&self, time_s: f64) -> Option<Vec3> {
        self.last.filter(|(last_s, _)| time_s - last_s < SWAP_MEMORY_S).map(|(_, at)| at)
    }

    /// Can the landmark have come here?
    fn admit(&mut self, time_s: f64, longest_s: f64, at: Vec3, fastest_m_s: f32) -> bool {
        let near = |since_s: f64, from: Vec3| {
            let step_s = (time_s - since_s).min(longest_s) as f32;
            at.distance(from) <= fastest_m_s * step_s + TREMBLE_M
        };
        let possible = match self.last {
            Some((last_s, from)) => time_s - last_s >= FORGET_S || near(last_s, from),
            None => true,
        };
        let begun_s = match self.elsewhere {
            Some((begun_s, last_s, from)) if near(last_s, from) => begun_s,
            _ => time_s,
        };
        if possible || time_s - begun_s >= BELIEVE_S {
            *self = Self { last: Some((time_s, at)), elsewhere: None };
            return true;
        }
        self.elsewhere = Some((begun_s, time_s, at));
        false
    }
}

impl Length {
    fn admit(&mut self, time_s: f64, dt: f64, now_m: f32) -> bool {
        let off_m = (now_m - self.usual_m).abs();
        let wrong = self.known_s >= LENGTH_KNOWN_S && off_m > TREMBLE_M.max(STRETCH * self.usual_m);
        if wrong {
            let since_s = *self.wrong_since_s.get_or_insert(time_s);
            if time_s - since_s < NEW_LENGTH_S {
                return false;
            }
            self.known_s = 0.0;
        }
        self.wrong_since_s = None;
        // A mean at first, then one that forgets.
        self.known_s = (self.known_s + dt.min(FORGET_S)).min(LENGTH_MEMORY_S);
        let share = if self.known_s > 0.0 { (dt.min(FORGET_S) / self.known_s) as f32 } else { 1.0 };
        self.usual_m += (now_m - self.usual_m) * share.min(1.0);
        true
    }
}

/// No landmark moves faster from the middle of the hips, metres a second: above what hands and feet reach in exercises.
const fn fastest_m_s(id: LandmarkId) -> f32 {
    match id {
        LeftHip | RightHip => 2.0,
        LeftShoulder | RightShoulder | LeftKnee | RightKnee => 5.0,
        LeftElbow | RightElbow | LeftAnkle | RightAnkle | LeftHeel | RightHeel | LeftFootIndex
        | RightFootIndex => 7.0,
        LeftWrist | RightWrist | LeftPinky | RightPinky | LeftIndex | RightIndex | LeftThumb | RightThumb => {
            10.0
        }
        _ => 5.0,
    }
}

/// A landmark with a coordinate or visibility that is no number is not there.
fn drop_no_numbers(pose: &mut Pose) {
    for landmark in pose.world.0.iter_mut().chain(&mut pose.image.0) {
        if !landmark.position.is_finite() || !landmark.visibility.is_finite() {
            *landmark = Landmark::default();
        }
    }
}

fn seen(points: &Landmarks, id: LandmarkId) -> Option<Vec3> {
    (points[id].visibility > 0.0).then_some(points[id].position)
}

fn middle_of_hips(points: &Landmarks) -> Option<Vec3> {
    Some((seen(points, LeftHip)? + seen(points, RightHip)?) / 2.0)
}

/// 1 where the front of one half of the body, by its left and right, is where toes and nose point; -1 where it is behind; 0 where that can't be told.
fn facing_vote(points: &Landmarks, half: usize) -> i32 {
    let front = || {
        let up = Bone::Trunk.vector(points)?;
        let [left, right] = HALVES[half][FIRST_TELLING[half]];
        Some((seen(points, left)? - seen(points, right)?).cross(up))
    };
    // From the heel, or where a tracker knows none from the ankle.
    let foot =
        |side| Some(Bone::Toes(side).vector(points)? - Bone::Heel(side).vector(points).unwrap_or_default());
    let Some(front) = front() else { return 0 };
    let ahead = [foot(Side::Left), foot(Side::Right), Bone::Nose.vector(points)];
    let sum: f32 = ahead.into_iter().flatten().map(|v| v.dot(front)).sum();
    if sum > 0.0 {
        1
    } else if sum < 0.0 {
        -1
    } else {
        0
    }
}

#[cfg(test)]
mod tests;
