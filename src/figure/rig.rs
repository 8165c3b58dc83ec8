//! The skeleton of a body, and a pose of it: pure geometry, no engine.
//!
//! Avatar frame: metres, y up, the body faces +z, its left is +x, the floor is y = 0.

use baro_motion::Side;
use glam::{Mat3, Quat, Vec3};

/// A bone that poses drive. Parents come before children; fingers follow their hand and are not listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(usize)]
#[expect(missing_docs, reason = "the names are the anatomy")]
pub enum Bone {
    Pelvis,
    Spine1,
    Spine2,
    Spine3,
    Neck,
    Head,
    ClavicleL,
    UpperArmL,
    LowerArmL,
    HandL,
    ClavicleR,
    UpperArmR,
    LowerArmR,
    HandR,
    ThighL,
    CalfL,
    FootL,
    BallL,
    ThighR,
    CalfR,
    FootR,
    BallR,
}

use Bone::*;

/// Number of driven bones.
pub const BONES: usize = 22;

impl Bone {
    /// All bones, parents first.
    pub const ALL: [Self; BONES] = [
        Pelvis, Spine1, Spine2, Spine3, Neck, Head, ClavicleL, UpperArmL, LowerArmL, HandL, ClavicleR,
        UpperArmR, LowerArmR, HandR, ThighL, CalfL, FootL, BallL, ThighR, CalfR, FootR, BallR,
    ];

    /// The name in the model's file.
    pub const fn name(self) -> &'static str {
        const NAMES: [&str; BONES] = [
            "pelvis",
            "spine_01",
            "spine_02",
            "spine_03",
            "neck_01",
            "head",
            "clavicle_l",
            "upperarm_l",
            "lowerarm_l",
            "hand_l",
            "clavicle_r",
            "upperarm_r",
            "lowerarm_r",
            "hand_r",
            "thigh_l",
            "calf_l",
            "foot_l",
            "ball_l",
            "thigh_r",
            "calf_r",
            "foot_r",
            "ball_r",
        ];
        NAMES[self as usize]
    }

    /// The bone that carries this one.
    pub const fn parent(self) -> Option<Self> {
        Some(match self {
            Pelvis => return None,
            Spine1 | ThighL | ThighR => Pelvis,
            Spine2 => Spine1,
            Spine3 => Spine2,
            Neck | ClavicleL | ClavicleR => Spine3,
            Head => Neck,
            UpperArmL => ClavicleL,
            LowerArmL => UpperArmL,
            HandL => LowerArmL,
            UpperArmR => ClavicleR,
            LowerArmR => UpperArmR,
            HandR => LowerArmR,
            CalfL => ThighL,
            FootL => CalfL,
            BallL => FootL,
            CalfR => ThighR,
            FootR => CalfR,
            BallR => FootR,
        })
    }
}

impl Bone {
    /// The one of the other side; of the trunk, itself.
    pub const fn mirrored(self) -> Self {
        match self {
            ClavicleL => ClavicleR,
            UpperArmL => UpperArmR,
            LowerArmL => LowerArmR,
            HandL => HandR,
            ClavicleR => ClavicleL,
            UpperArmR => UpperArmL,
            LowerArmR => LowerArmL,
            HandR => HandL,
            ThighL => ThighR,
            CalfL => CalfR,
            FootL => FootR,
            BallL => BallR,
            ThighR => ThighL,
            CalfR => CalfL,
            FootR => FootL,
            BallR => BallL,
            middle => middle,
        }
    }
}

/// The bones of a side.
pub trait SideBones {
    /// Clavicle, upper arm, lower arm, hand.
    fn arm(self) -> [Bone; 4];
    /// Thigh, calf, foot, ball.
    fn leg(self) -> [Bone; 4];
}

impl SideBones for Side {
    fn arm(self) -> [Bone; 4] {
        match self {
            Self::Left => [ClavicleL, UpperArmL, LowerArmL, HandL],
            Self::Right => [ClavicleR, UpperArmR, LowerArmR, HandR],
        }
    }

    fn leg(self) -> [Bone; 4] {
        match self {
            Self::Left => [ThighL, CalfL, FootL, BallL],
            Self::Right => [ThighR, CalfR, FootR, BallR],
        }
    }
}

/// Unit vector, or `fallback` where there is no direction (zero length, not finite).
pub fn unit_or(v: Vec3, fallback: Vec3) -> Vec3 {
    v.try_normalize().unwrap_or(fallback)
}

/// The frame whose x is `along` and whose y is nearest to `hint`; `None` where they are parallel or not finite.
pub fn frame(along: Vec3, hint: Vec3) -> Option<Mat3> {
    let x = along.try_normalize()?;
    let y = (hint.try_normalize()? - x * x.dot(hint.try_normalize()?)).try_normalize()?;
    Some(Mat3::from_cols(x, y, x.cross(y)))
}

/// The rotation that takes frame `from` to frame `to`.
pub fn turn(from: Mat3, to: Mat3) -> Quat {
    Quat::from_mat3(&(to * from.transpose())).normalize()
}

/// Where a limb of two bones points at rest, and its hinge.
#[derive(Debug, Clone, Copy)]
pub struct RestLimb {
    /// Along the upper bone.
    pub upper: Vec3,
    /// Along the lower bone.
    pub lower: Vec3,
    /// The hinge's axis: flexion turns the lower bone about it by the right-hand rule.
    pub hinge: Vec3,
}

/// Points of a body at rest that the bones' heads don't give.
#[derive(Debug, Clone, Copy)]
pub struct RestMarks {
    /// Left and right palm: from wrist to the middle of the knuckles, and from little to index knuckle.
    pub palm: [(Vec3, Vec3); 2],
    /// Length of the hand from wrist to knuckles, metres.
    pub palm_length_m: f32,
}

/// A body's bones at rest. Each bone's rest rotation in the model's file is `rest_rotation`.
#[derive(Debug, Clone)]
pub struct Skeleton {
    /// Heads of the bones at rest, avatar frame.
    pub heads: [Vec3; BONES],
    /// Rest rotations of the bones in the avatar frame (identity in our models).
    pub rest_rotation: [Quat; BONES],
    /// Further points.
    pub marks: RestMarks,
}

/// A pose: for each bone how far it is turned from rest, in the avatar frame, and where the pelvis is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RigPose {
    /// Head of the pelvis, metres, avatar frame.
    pub root: Vec3,
    /// Turn from rest, in the avatar frame (not relative to the parent).
    pub turns: [Quat; BONES],
}

impl RigPose {
    /// The model's own rest pose.
    pub fn rest(skeleton: &Skeleton) -> Self {
        Self { root: skeleton.heads[Pelvis as usize], turns: [Quat::IDENTITY; BONES] }
    }

    /// The turn of one bone.
    pub fn turn(&self, bone: Bone) -> Quat {
        self.turns[bone as usize]
    }

    /// Sets the turn of one bone.
    pub fn set(&mut self, bone: Bone, turn: Quat) {
        self.turns[bone as usize] = turn;
    }

    /// As in a mirror: left is right.
    #[must_use]
    pub fn mirrored(&self) -> Self {
        let turns = Bone::ALL.map(|bone| {
            let turn = self.turn(bone.mirrored());
            Quat::from_xyzw(turn.x, -turn.y, -turn.z, turn.w)
        });
        Self { root: Vec3::new(-self.root.x, self.root.y, self.root.z), turns }
    }

    /// True when every number is finite.
    pub fn is_finite(&self) -> bool {
        self.root.is_finite() && self.turns.iter().all(|q| q.is_finite())
    }
}

impl Skeleton {
    /// Head of a bone at rest.
    pub fn head(&self, bone: Bone) -> Vec3 {
        self.heads[bone as usize]
    }

    /// From the head of `a` to the head of `b` at rest.
    pub fn span(&self, a: Bone, b: Bone) -> Vec3 {
        self.head(b) - self.head(a)
    }

    /// Heads of all bones in a pose.
    pub fn positions(&self, pose: &RigPose) -> [Vec3; BONES] {
        let mut out = [pose.root; BONES];
        for bone in Bone::ALL {
            if let Some(parent) = bone.parent() {
                out[bone as usize] = out[parent as usize] + pose.turn(parent) * self.span(parent, bone);
            }
        }
        out
    }

    /// Rotations relative to the parent bone, as the engine wants them.
    pub fn local_rotations(&self, pose: &RigPose) -> [Quat; BONES] {
        let global = |bone: Bone| pose.turn(bone) * self.rest_rotation[bone as usize];
        Bone::ALL.map(|bone| match bone.parent() {
            Some(parent) => global(parent).inverse() * global(bone),
            None => global(bone),
        })
    }

    /// The arm at rest. Its hinge is that of the elbow.
    pub fn arm(&self, side: Side) -> RestLimb {
        let [_, upper, lower, hand] = side.arm();
        self.limb(upper, lower, hand, Vec3::NEG_X)
    }

    /// The leg at rest. Its hinge is that of the knee.
    pub fn leg(&self, side: Side) -> RestLimb {
        let [thigh, calf, foot, _] = side.leg();
        // Nearly straight at rest: the hinge is taken across the body.
        let upper = unit_or(self.span(thigh, calf), Vec3::NEG_Y);
        let lower = unit_or(self.span(calf, foot), Vec3::NEG_Y);
        RestLimb { upper, lower, hinge: unit_or(Vec3::X.reject_from(upper), Vec3::X) }
    }

    fn limb(&self, a: Bone, b: Bone, c: Bone, fallback: Vec3) -> RestLimb {
        let upper = unit_or(self.span(a, b), Vec3::NEG_Y);
        let lower = unit_or(self.span(b, c), Vec3::NEG_Y);
        RestLimb { upper, lower, hinge: unit_or(upper.cross(lower), fallback) }
    }

    /// Heel, ball and toe tip of the sole at rest, avatar frame.
    pub fn sole(&self, side: Side) -> [Vec3; 3] {
        let [_, _, foot, ball] = side.leg();
        let flat = |p: Vec3| Vec3::new(p.x, 0.0, p.z);
        let (ankle, ball) = (flat(self.head(foot)), flat(self.head(ball)));
        // Shares of the distance from ankle to ball, measured on the bundled bodies' shoes.
        [ankle - (ball - ankle) * 0.45, ball, ball + (ball - ankle) * 0.55]
    }

    /// Heel, ball and toe tip in a pose; `foot` is the foot bone's head in that pose.
    pub fn posed_sole(&self, side: Side, pose: &RigPose, foot: Vec3) -> [Vec3; 3] {
        let [_, _, bone, ball] = side.leg();
        let [heel, tread, tip] = self.sole(side);
        let on_foot = |p: Vec3| foot + pose.turn(bone) * (p - self.head(bone));
        let hinge = on_foot(self.head(ball));
        [on_foot(heel), on_foot(tread), hinge + pose.turn(ball) * (tip - self.head(ball))]
    }

    /// Frame of the trunk at rest: x to the left, y up.
    pub fn trunk_frame(&self, x_from: (Bone, Bone)) -> Mat3 {
        let up = (self.head(UpperArmL) + self.head(UpperArmR) - self.head(ThighL) - self.head(ThighR)) * 0.5;
        frame(self.span(x_from.0, x_from.1), up).unwrap_or(Mat3::IDENTITY)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// The skeleton of a bundled body.
    pub(crate) fn skeleton(name: &str) -> Skeleton {
        let path = format!("{}/../../assets/avatars/{name}.glb", env!("CARGO_MANIFEST_DIR"));
        let file = std::fs::read(path).expect("the bundled bodies are in assets/avatars");
        crate::skeleton_from_glb(&file).expect("the rig has all bones")
    }

    #[test]
    fn rest_pose_stands_on_the_floor_and_faces_forward() {
        for name in ["sunhee", "daniel"] {
            let s = skeleton(name);
            let pose = RigPose::rest(&s);
            let at = s.positions(&pose);
            for (bone, p) in Bone::ALL.into_iter().zip(at) {
                assert!((p - s.head(bone)).length() < 1e-5, "{name} {bone:?}");
            }
            assert!(s.head(ThighL).x > 0.05 && s.head(ThighR).x < -0.05);
            assert!(s.head(BallL).z > s.head(FootL).z + 0.08, "toes point forward");
            assert!(s.head(FootL).y > 0.04 && s.head(FootL).y < 0.14);
            assert!(s.head(Head).y > 1.3);
        }
    }

    #[test]
    fn a_mirror_shows_the_left_hand_on_the_other_side() {
        let s = skeleton("sunhee");
        let mut pose = RigPose::rest(&s);
        for (i, bone) in Bone::ALL.into_iter().enumerate() {
            pose.set(bone, Quat::from_euler(glam::EulerRot::XYZ, 0.1 * i as f32, 0.3, -0.05 * i as f32));
        }
        let (before, after) = (s.positions(&pose), s.positions(&pose.mirrored()));
        for bone in Bone::ALL {
            let there = before[bone as usize] * Vec3::new(-1.0, 1.0, 1.0);
            // The bundled bodies are not the same left and right to the last millimetre.
            let off = (after[bone.mirrored() as usize] - there).length();
            assert!(off < 0.02, "{bone:?} is {off} m off");
            assert_eq!(bone.mirrored().mirrored(), bone);
        }
        assert_eq!(pose.mirrored().mirrored(), pose);
    }

    #[test]
    fn parents_come_first() {
        for (i, bone) in Bone::ALL.into_iter().enumerate() {
            assert_eq!(bone as usize, i);
            assert!(bone.parent().is_none_or(|p| (p as usize) < i));
        }
    }
}
