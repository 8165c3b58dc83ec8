//! The points of the body over time, for a picture in a browser.

use baro_motion::{LandmarkId, Landmarks, MIN_VISIBILITY, PoseFrame, Steady, View, ViewFilter};
use data_encoding::BASE64;
use serde::{Deserialize, Serialize};

/// What a coordinate is where nobody was seen.
pub const UNSEEN: i16 = i16::MIN;
/// Frames at most: an hour at 15 a second.
const MOST_FRAMES: f64 = 54_000.0;
/// So many seconds from the beginning teach the camera's tilt; every part of a record gets the same.
const LEARN_S: f64 = 60.0;
/// Before a part so many seconds are taken in: slips are told from movement by what came before.
const BEFORE_S: f64 = 2.0;

/// A body over time at an even pace: frame `i` is of `from_s + i / rate_hz`.
///
/// Frame of reference: x to the right of the picture (a person who faces the camera has their left there), y up along gravity as far as the
/// camera's tilt is known, z towards the camera: right-handed, as three.js has it. The middle of the hips is at x = z = 0, the lowest
/// point that is surely seen at y = 0.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Replay {
    /// [`super::REVIEW_FORMAT`].
    pub format: u32,
    /// Time of the first frame, seconds on the record's own clock.
    pub from_s: f64,
    /// Frames a second.
    pub rate_hz: f64,
    /// How many.
    pub frames: usize,
    /// The points' names.
    pub points: Vec<String>,
    /// Pairs of points, by their places, that a line joins.
    pub bones: Vec<[u8; 2]>,
    /// Base64 of signed 16-bit integers, low byte first: x, y, z in millimetres for each point of each frame; -32768 where nobody was seen.
    pub xyz: String,
    /// Base64 of unsigned 32-bit integers, low byte first, one a frame: bit `i` says that point `i` was hidden and is guessed.
    pub unsure: String,
}

/// The points of these frames, in order of time, at `rate_hz` (1 to 60). `span_s`: only this part. Nobody in a frame leaves a gap.
pub fn replay<'a>(
    frames: impl Iterator<Item = &'a PoseFrame> + Clone,
    rate_hz: f64,
    span_s: Option<[f64; 2]>,
) -> Replay {
    let view = view(frames.clone());
    let [from_s, to_s] =
        span_s.unwrap_or([frames.clone().next().map_or(0.0, |frame| frame.time_s), f64::INFINITY]);
    let rate_hz = if rate_hz.is_finite() { rate_hz.clamp(1.0, 60.0) } else { 15.0 };
    let mut packed = Packed::new();
    let mut steady = Steady::default();
    // The frame that is nearest to the moment of the next one to be packed.
    let mut near: Option<(f64, Option<Landmarks>)> = None;
    let mut next = 0_u32;
    for frame in frames.filter(|frame| (from_s - BEFORE_S..=to_s).contains(&frame.time_s)) {
        let pose = frame.pose.as_ref().map(|pose| steady.step(frame.time_s, pose));
        if f64::from(next) >= MOST_FRAMES {
            break;
        }
        if frame.time_s < from_s {
            continue;
        }
        let mut moment = from_s + f64::from(next) / rate_hz;
        while frame.time_s >= moment && f64::from(next) < MOST_FRAMES {
            let now = (frame.time_s, pose.map(|pose| pose.world));
            let best = near.filter(|near| moment - near.0 < frame.time_s - moment).unwrap_or(now);
            // A moment without a frame near it shows nobody.
            let seen = best.1.filter(|_| (best.0 - moment).abs() <= (1.5 / rate_hz).max(0.1));
            packed.push(seen.map(|world| view.level(&world)).as_ref());
            next += 1;
            moment = from_s + f64::from(next) / rate_hz;
        }
        near = Some((frame.time_s, pose.map(|pose| pose.world)));
    }
    packed.finish(from_s, rate_hz)
}

/// How the camera stood.
fn view<'a>(frames: impl Iterator<Item = &'a PoseFrame>) -> View {
    let mut filter = ViewFilter::default();
    let mut from_s = None;
    for frame in frames {
        if frame.time_s - *from_s.get_or_insert(frame.time_s) > LEARN_S {
            break;
        }
        if let Some(pose) = &frame.pose {
            filter.step(frame.time_s, pose);
        }
    }
    filter.view().copied().unwrap_or(View::IN_SPACE)
}

/// What is drawn: all that a bone ends at, and the nose.
pub(super) fn points() -> Vec<LandmarkId> {
    let drawn = |id: &LandmarkId| {
        *id == LandmarkId::Nose || LandmarkId::BONES.iter().any(|(a, b)| a == id || b == id)
    };
    LandmarkId::ALL.into_iter().filter(drawn).collect()
}

pub(super) struct Packed {
    points: Vec<LandmarkId>,
    frames: usize,
    xyz: Vec<u8>,
    unsure: Vec<u8>,
}

impl Packed {
    pub fn new() -> Self {
        Self { points: points(), frames: 0, xyz: Vec::new(), unsure: Vec::new() }
    }

    /// A body in a level frame: metres, y down, z away from the camera.
    pub fn push(&mut self, world: Option<&Landmarks>) {
        self.frames += 1;
        let Some(world) = world else {
            self.points.iter().for_each(|_| (0..3).for_each(|_| self.xyz.extend(UNSEEN.to_le_bytes())));
            self.unsure.extend(u32::MAX.to_le_bytes());
            return;
        };
        let sure = |id: LandmarkId| world[id].visibility >= MIN_VISIBILITY;
        let down = |id: LandmarkId| world[id].position.y;
        let lowest = |all: &mut dyn Iterator<Item = LandmarkId>| all.map(down).reduce(f32::max);
        let points = self.points.iter().copied();
        let floor = lowest(&mut points.clone().filter(|id| sure(*id)))
            .or_else(|| lowest(&mut points.clone()))
            .unwrap_or_default();
        let hips = (world[LandmarkId::LeftHip].position + world[LandmarkId::RightHip].position) / 2.0;
        let mut unsure = 0_u32;
        for (i, id) in points.enumerate() {
            let at = world[id].position;
            for metres in [at.x - hips.x, floor - at.y, hips.z - at.z] {
                // Saturates; a number that is none becomes 0.
                let mm = (metres * 1000.0).round().max(f32::from(UNSEEN + 1)) as i16;
                self.xyz.extend(mm.to_le_bytes());
            }
            unsure |= u32::from(!sure(id)) << i;
        }
        self.unsure.extend(unsure.to_le_bytes());
    }

    pub fn finish(self, from_s: f64, rate_hz: f64) -> Replay {
        let place = |id| self.points.iter().position(|point| *point == id).map(|place| place as u8);
        let bones = LandmarkId::BONES.iter().filter_map(|(a, b)| Some([place(*a)?, place(*b)?])).collect();
        Replay {
            format: super::REVIEW_FORMAT,
            from_s,
            rate_hz,
            frames: self.frames,
            points: self.points.iter().map(|id| id.name().into()).collect(),
            bones,
            xyz: BASE64.encode(&self.xyz),
            unsure: BASE64.encode(&self.unsure),
        }
    }
}
