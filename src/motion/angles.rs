//! Joint angles put into a body, by the names that files use.

use crate::{Side, Unit};
use serde::{Deserialize, Serialize};

/// A struct of angles with its names in files, which are those of its fields without `_rad`, and as an array.
macro_rules! angles {
    ($(#[$meta:meta])* $name:ident, $count:ident, $names:ident, {
        $($(#[$doc:meta])* $field:ident = $file:literal,)*
    }, { $($limb:ident,)* }) => {
        /// Names in files, in the order of the fields.
        const $names: [&str; $count] = [$($file),*];
        const $count: usize = [$($file),*].len();

        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
        pub struct $name {
            $($(#[$doc])* pub $field: f32,)*
            $(#[doc = concat!("The person's ", stringify!($limb), ".")] pub $limb: LimbAngles,)*
        }

        impl $name {
            fn fields(&self) -> [&f32; $count] {
                [$(&self.$field),*]
            }

            fn fields_mut(&mut self) -> [&mut f32; $count] {
                [$(&mut self.$field),*]
            }
        }
    };
}

angles! {
    /// Joint angles of one arm and one leg, radians, zero-neutral (anatomical position 0).
    LimbAngles, LIMB_ANGLES, LIMB_NAMES, {
        /// Upper arm to the side. Together with [`Self::shoulder_flexion_rad`] it is a rotation vector: the elevation is the
        /// root of the sum of their squares, so that an arm raised between front and side has a steady share of both.
        shoulder_abduction_rad = "shoulder_abduction",
        /// Upper arm forward; extension is negative.
        shoulder_flexion_rad = "shoulder_flexion",
        /// Upper arm about itself, outwards; 0 where the bent forearm points forward from a hanging arm.
        shoulder_rotation_rad = "shoulder_rotation",
        /// Shoulder raised along the trunk, as a share of the shoulder width.
        shoulder_hike = "shoulder_hike",
        /// Bend of the elbow.
        elbow_flexion_rad = "elbow_flexion",
        /// Thigh forward from the trunk's line; extension is negative.
        hip_flexion_rad = "hip_flexion",
        /// Thigh out of the sagittal plane of the pelvis, then flexed in it; adduction is negative.
        hip_abduction_rad = "hip_abduction",
        /// Thigh about itself, inwards: a bent knee's foot goes outwards.
        hip_rotation_rad = "hip_rotation",
        /// Bend of the knee.
        knee_flexion_rad = "knee_flexion",
        /// Shank outwards in the frontal plane, so that the knee lies inwards; the foot's direction stays.
        knee_valgus_rad = "knee_valgus",
        /// Foot towards the shank; plantar flexion is negative.
        ankle_dorsiflexion_rad = "ankle_dorsiflexion",
    }, {}
}

angles! {
    /// Joint angles of a body, radians, zero-neutral (anatomical position 0).
    ///
    /// The trunk's are absolute, against the vertical: lying on the back is -90° of flexion, on the face 90°, on the left side
    /// 90° of side lean. All others are against the trunk: legs that hang straight down from a trunk flexed by 30° have 30° of
    /// hip flexion.
    JointAngles, TRUNK_ANGLES, TRUNK_NAMES, {
        /// Trunk forward from the vertical.
        trunk_flexion_rad = "trunk_flexion",
        /// Trunk towards the person's left from the vertical.
        trunk_side_lean_rad = "trunk_side_lean",
        /// Shoulders against the hips, about the trunk's line, towards the left.
        trunk_rotation_rad = "trunk_rotation",
        /// Left hip raised above the square to the trunk's line: with the trunk upright, above the horizontal.
        pelvis_hike_rad = "pelvis_hike",
        /// Head pitched down against the trunk.
        neck_flexion_rad = "neck_flexion",
        /// Head towards the left shoulder.
        neck_side_bend_rad = "neck_side_bend",
        /// Head turned towards the left.
        neck_rotation_rad = "neck_rotation",
        /// Line from shoulders to ears ahead of the trunk's line.
        head_forward_rad = "head_forward",
    }, { left, right, }
}

/// Number of angles of a body: the trunk's, the left limbs', the right limbs'.
pub const ANGLE_COUNT: usize = TRUNK_ANGLES + 2 * LIMB_ANGLES;

impl JointAngles {
    /// Names in files, in the order of [`Self::to_array`]; those of a limb without the side in front.
    pub const NAMES: (&[&str], &[&str]) = (&TRUNK_NAMES, &LIMB_NAMES);

    /// Where an angle stands in [`Self::to_array`], by its name in files: `trunk_flexion`, `left_knee_flexion`.
    pub fn index(name: &str) -> Option<usize> {
        let of_limb = |side: Side| {
            let limb = name.strip_prefix(side.name())?.strip_prefix('_')?;
            let index = LIMB_NAMES.iter().position(|&known| known == limb)?;
            Some(TRUNK_ANGLES + side.index() * LIMB_ANGLES + index)
        };
        let of_trunk = TRUNK_NAMES.iter().position(|&known| known == name);
        of_trunk.or_else(|| Side::BOTH.into_iter().find_map(of_limb))
    }

    /// Unit of an angle by its name in files: all are angles but the hikes of the shoulders.
    pub fn unit(name: &str) -> Unit {
        if name.ends_with("shoulder_hike") { Unit::Ratio } else { Unit::Angle }
    }

    /// One angle by its name in files, radians (or a ratio).
    pub fn get(&self, name: &str) -> Option<f32> {
        self.to_array().get(Self::index(name)?).copied()
    }

    /// Sets one angle by its name in files, radians (or a ratio). False where no angle has the name.
    pub fn set(&mut self, name: &str, value: f32) -> bool {
        let mut all = self.to_array();
        let known = Self::index(name).and_then(|index| all.get_mut(index)).map(|angle| *angle = value);
        *self = Self::from_array(all);
        known.is_some()
    }

    /// All angles, radians (hikes are ratios): the trunk's, then the left limbs', then the right limbs'.
    pub fn to_array(&self) -> [f32; ANGLE_COUNT] {
        let mut all = [0.0; ANGLE_COUNT];
        let own = self.fields().into_iter().chain(self.left.fields()).chain(self.right.fields());
        all.iter_mut().zip(own).for_each(|(to, &from)| *to = from);
        all
    }

    /// The reverse of [`Self::to_array`].
    pub fn from_array(all: [f32; ANGLE_COUNT]) -> Self {
        let mut angles = Self::default();
        let JointAngles { left, right, .. } = &mut angles;
        let limbs = left.fields_mut().into_iter().chain(right.fields_mut());
        limbs.zip(&all[TRUNK_ANGLES..]).for_each(|(to, &from)| *to = from);
        angles.fields_mut().into_iter().zip(&all).for_each(|(to, &from)| *to = from);
        angles
    }

    /// The posture's mirror image.
    #[must_use]
    pub fn mirrored(&self) -> Self {
        Self {
            trunk_side_lean_rad: -self.trunk_side_lean_rad,
            trunk_rotation_rad: -self.trunk_rotation_rad,
            pelvis_hike_rad: -self.pelvis_hike_rad,
            neck_side_bend_rad: -self.neck_side_bend_rad,
            neck_rotation_rad: -self.neck_rotation_rad,
            left: self.right,
            right: self.left,
            ..*self
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_indices_and_arrays_agree() {
        let all: [f32; ANGLE_COUNT] = std::array::from_fn(|i| i as f32);
        let angles = JointAngles::from_array(all);
        assert_eq!(angles.to_array(), all);
        assert_eq!(angles.get("trunk_flexion"), Some(angles.trunk_flexion_rad));
        assert_eq!(angles.get("left_shoulder_hike"), Some(angles.left.shoulder_hike));
        assert_eq!(angles.get("right_ankle_dorsiflexion"), Some(ANGLE_COUNT as f32 - 1.0));
        assert_eq!(angles.get("knee_flexion"), None);
        let mut changed = angles;
        assert!(changed.set("right_knee_valgus", -1.0) && !changed.set("left_trunk_flexion", 1.0));
        assert_eq!(changed.right.knee_valgus_rad, -1.0);
        assert_eq!(angles.mirrored().mirrored(), angles);
    }
}
