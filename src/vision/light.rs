//! How light a picture is: from a few thousand of its pixels.

use crate::Frame;
use baro_motion::{Joint, LandmarkId, Light, Pose, Side};

/// About so many points along the picture's longer side are looked at.
const POINTS: usize = 96;
/// Luma from which a pixel is burnt out.
const BURNT: u8 = 250;
/// Share of the person's pixels below the level that is told.
const MOST: f32 = 0.9;

/// How light a picture is, and the person in it (within the box of head and trunk). `None` where the frame is not whole. Allocates nothing.
pub fn light(frame: &Frame, pose: Option<&Pose>) -> Option<Light> {
    if !frame.is_whole() {
        return None;
    }
    let (width, height) = (frame.width as usize, frame.height as usize);
    let step = width.max(height).div_ceil(POINTS);
    let person = pose.and_then(|pose| head_and_trunk(pose, width, height));
    let (mut all, mut around, mut burnt) = (Mean::default(), Mean::default(), 0_u32);
    let mut levels = [0_u32; 256];
    let from = |size: usize| (step / 2).min(size - 1);
    for y in (from(height)..height).step_by(step) {
        for x in (from(width)..width).step_by(step) {
            let Some(&[red, green, blue]) =
                frame.rgb.get((y * width + x) * 3..).and_then(|at| at.first_chunk())
            else {
                continue;
            };
            // Rec. 709, in 1/256.
            let luma = ((54 * u32::from(red) + 183 * u32::from(green) + 19 * u32::from(blue)) >> 8) as u8;
            all.add(luma);
            burnt += u32::from(luma >= BURNT);
            if person.is_some_and(|[left, top, right, bottom]| {
                (left..=right).contains(&x) && (top..=bottom).contains(&y)
            }) {
                levels[usize::from(luma)] += 1;
            } else {
                around.add(luma);
            }
        }
    }
    let picture = all.value()?;
    let burnt = burnt as f32 / all.count as f32;
    Some(Light { picture, around: around.value().unwrap_or(picture), person: level(&levels), burnt })
}

#[derive(Default)]
struct Mean {
    sum: u32,
    count: u32,
}

impl Mean {
    fn add(&mut self, luma: u8) {
        self.sum += u32::from(luma);
        self.count += 1;
    }

    fn value(&self) -> Option<f32> {
        (self.count > 0).then(|| self.sum as f32 / self.count as f32 / 255.0)
    }
}

/// The level below which [`MOST`] of the pixels lie.
fn level(levels: &[u32; 256]) -> Option<f32> {
    let wanted = levels.iter().sum::<u32>() as f32 * MOST;
    let mut below = 0;
    let at = levels.iter().position(|count| {
        below += count;
        below > 0 && below as f32 >= wanted
    });
    at.map(|level| level as f32 / 255.0)
}

/// Left, top, right, bottom in pixels; `None` where nothing of it is in the picture.
fn head_and_trunk(pose: &Pose, width: usize, height: usize) -> Option<[usize; 4]> {
    let joints = [Joint::Ear, Joint::Shoulder, Joint::Hip];
    let points = joints.iter().flat_map(|joint| Side::BOTH.map(|side| joint.of(side)));
    let mut ends = [f32::INFINITY, f32::INFINITY, f32::NEG_INFINITY, f32::NEG_INFINITY];
    for id in points.chain([LandmarkId::Nose]) {
        let at = pose.image[id].position;
        ends = [ends[0].min(at.x), ends[1].min(at.y), ends[2].max(at.x), ends[3].max(at.y)];
    }
    let [left, top, right, bottom] = ends;
    let inside =
        ends.iter().all(|end| end.is_finite()) && left < 1.0 && top < 1.0 && right > 0.0 && bottom > 0.0;
    let pixel = |share: f32, size: usize| ((share.clamp(0.0, 1.0) * size as f32) as usize).min(size - 1);
    inside.then(|| [pixel(left, width), pixel(top, height), pixel(right, width), pixel(bottom, height)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use baro_motion::{JointAngles, Mannequin, Viewpoint};

    /// A picture of one grey, with another where the trunk of someone in the middle is.
    fn picture(around: u8, person: u8) -> Frame {
        let mut frame = Frame { time_s: 0.0, width: 640, height: 360, rgb: vec![around; 640 * 360 * 3] };
        for y in 60..200 {
            frame.rgb[(y * 640 + 280) * 3..(y * 640 + 360) * 3].fill(person);
        }
        frame
    }

    #[test]
    fn picture_and_person_are_told_apart() {
        let pose = Viewpoint::default().view(&Mannequin::default().landmarks(&JointAngles::default()));
        let near = |a: f32, b: f32| (a - b).abs() < 0.02;
        let dark = light(&picture(204, 25), Some(&pose)).unwrap();
        assert!(near(dark.person.unwrap(), 0.1) && near(dark.around, 0.8) && dark.burnt == 0.0, "{dark:?}");
        let white = light(&picture(255, 0), None).unwrap();
        assert!(
            white.person.is_none() && near(white.burnt, 1.0 - 140.0 * 80.0 / (640.0 * 360.0)),
            "{white:?}"
        );
        assert_eq!(white.around, white.picture);
    }

    #[test]
    fn odd_pictures_and_poses_end_well() {
        assert_eq!(light(&Frame::default(), None), None);
        let mut pose = Pose::default();
        for value in [f32::NAN, f32::INFINITY, -5.0, 5.0, 0.5] {
            pose.image.0.iter_mut().for_each(|landmark| landmark.position = glam::Vec3::splat(value));
            for (width, height) in [(1, 1), (1, 500), (33, 17), (3000, 20)] {
                let frame =
                    Frame { time_s: 0.0, width, height, rgb: vec![128; (width * height * 3) as usize] };
                assert!((light(&frame, Some(&pose)).unwrap().picture - 0.5).abs() < 0.01);
            }
        }
    }
}
