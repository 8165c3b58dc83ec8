//! A body whose posture is known.

use super::{frame, landmark};
use baro_motion::{Joint, LandmarkId, Landmarks, PoseFrame, Side};
use glam::Vec3;

/// A posture in degrees (knees in metres inwards), zero-neutral. It faces the camera.
#[derive(Debug, Clone, Copy, Default)]
pub struct Puppet {
    pub knee: f32,
    pub trunk_forward: f32,
    /// Towards the person's left.
    pub trunk_left: f32,
    pub knees_inward_m: f32,
    pub heel: f32,
    /// Left and right.
    pub abduction: [f32; 2],
    pub arm_forward: [f32; 2],
    pub elbow: [f32; 2],
    pub hike_m: [f32; 2],
}

impl Puppet {
    pub fn squat(knee: f32) -> Self {
        Self { knee, trunk_forward: knee * 0.35, ..Self::default() }
    }

    pub fn arms(left: f32, right: f32) -> Self {
        Self { abduction: [left, right], ..Self::default() }
    }

    /// The same on the other side.
    pub fn mirrored(self) -> Self {
        let swap = |[left, right]: [f32; 2]| [right, left];
        Self {
            trunk_left: -self.trunk_left,
            abduction: swap(self.abduction),
            arm_forward: swap(self.arm_forward),
            elbow: swap(self.elbow),
            hike_m: swap(self.hike_m),
            ..self
        }
    }

    pub fn landmarks(&self) -> Landmarks {
        let mut body = Landmarks::default();
        let (shin, thigh) = (0.4 * self.knee.to_radians(), 0.6 * self.knee.to_radians());
        let knee = Vec3::new(0.0, -0.42 * shin.cos(), -0.42 * shin.sin());
        let hip = knee + Vec3::new(0.0, -0.42 * thigh.cos(), 0.42 * thigh.sin());
        let (forward, left) = (self.trunk_forward.to_radians(), self.trunk_left.to_radians());
        let up =
            Vec3::new(left.tan(), -1.0, -forward.tan()) / Vec3::new(left.tan(), 1.0, forward.tan()).length();
        let leftwards = (Vec3::X - up * up.x) / (Vec3::X - up * up.x).length();
        let ahead = leftwards.cross(up);
        for side in Side::BOTH {
            let (i, s) = (side.index(), if side == Side::Left { 1.0 } else { -1.0 });
            let x = |m: f32| Vec3::new(s * m, 0.0, 0.0);
            let mut put = |joint: Joint, at: Vec3| body[joint.of(side)] = landmark(at - hip);
            let shoulder = hip + up * (0.5 + self.hike_m[i]) + leftwards * (s * 0.18);
            let arm = {
                let (out, fore) = (self.abduction[i].to_radians(), self.arm_forward[i].to_radians());
                (leftwards * (s * out.sin()) - up * out.cos()) * fore.cos() + ahead * fore.sin()
            };
            let bend = self.elbow[i].to_radians();
            // Any direction across the arm will do for the bend.
            let across = ahead - arm * ahead.dot(arm);
            let fore = arm * bend.cos() + across / across.length().max(1e-3) * bend.sin();
            put(Joint::Ear, hip + up * 0.72 + leftwards * (s * 0.07));
            put(Joint::Shoulder, shoulder);
            put(Joint::Elbow, shoulder + arm * 0.3);
            put(Joint::Wrist, shoulder + arm * 0.3 + fore * 0.25);
            put(Joint::Hip, hip + x(0.1));
            put(Joint::Knee, knee + x(0.12 - self.knees_inward_m));
            put(Joint::Ankle, x(0.14));
            let toes = x(0.14) + Vec3::new(0.0, 0.06, -0.15);
            let heel = self.heel.to_radians();
            put(Joint::Heel, toes + Vec3::new(0.0, -0.2 * heel.sin(), 0.2 * heel.cos()));
            put(Joint::Toes, toes);
        }
        body
    }

    pub fn at(&self, time_s: f64) -> PoseFrame {
        frame(time_s, self.landmarks())
    }
}

/// The same people, turned to their right, as a camera saw them.
pub fn turned(frames: &[PoseFrame], degrees: f32) -> Vec<PoseFrame> {
    let (sin, cos) = degrees.to_radians().sin_cos();
    let mut frames = frames.to_vec();
    for pose in frames.iter_mut().filter_map(|frame| frame.pose.as_mut()) {
        for (image, world) in pose.image.0.iter_mut().zip(&mut pose.world.0) {
            let p = world.position;
            world.position = Vec3::new(p.x * cos + p.z * sin, p.y, p.z * cos - p.x * sin);
            image.position = Vec3::new(0.5 + p.x / 4.0, 0.5 + p.y / 4.0, p.z / 4.0);
        }
    }
    frames
}

/// A camera that never sees these.
pub fn hide(frames: &mut [PoseFrame], landmarks: &[LandmarkId]) {
    for pose in frames.iter_mut().filter_map(|frame| frame.pose.as_mut()) {
        landmarks.iter().for_each(|&id| pose.world[id].visibility = 0.1);
    }
}

/// From 0 to 1 and back within a repetition of `rep_s`, after a rest of `rest_s`, again and again.
pub fn wave(time_s: f64, rest_s: f64, rep_s: f64) -> f32 {
    let share = ((time_s % (rest_s + rep_s) - rest_s) / rep_s).max(0.0);
    (0.5 - 0.5 * (share * std::f64::consts::TAU).cos()) as f32
}

/// Frames of `posture` by time.
pub fn film(seconds: f64, fps: f64, posture: impl Fn(f64) -> Puppet) -> Vec<PoseFrame> {
    (0..(seconds * fps) as usize).map(|i| i as f64 / fps).map(|t| posture(t).at(t)).collect()
}
