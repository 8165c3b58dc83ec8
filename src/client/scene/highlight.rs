//! What is marked on the person's body: the muscles that the exercise works, and the limbs that the cue on the screen is about.

use crate::{
    avatar::{BONES, Bone, Marks, SideBones},
    coaching::Routine,
    play::Playing,
};
use baro_coach::{Exercise, Muscle};
use baro_motion::{Joint, Measure, Side};
use bevy::prelude::*;

use super::{bodies::PersonBody, observed::Observed};

/// Time constant with which marks come and go, seconds.
const FADE_S: f32 = 0.35;
/// Marks nearer than this to what is wanted are there.
const SETTLED: f32 = 0.01;

const FRONT: Vec4 = Vec4::X;
const BACK: Vec4 = Vec4::Y;
const OUTSIDE: Vec4 = Vec4::Z;
const INSIDE: Vec4 = Vec4::W;

/// Where a muscle lies: bones (of the left; those of the right alike) and which of their faces.
fn places(muscle: Muscle) -> Vec<(Bone, Vec4)> {
    use Bone::*;
    use Muscle::*;
    match muscle {
        DeepNeckFlexors | Sternocleidomastoid => vec![(Neck, FRONT + OUTSIDE * 0.5)],
        NeckExtensors => vec![(Neck, BACK)],
        Scalenes => vec![(Neck, OUTSIDE)],
        LevatorScapulae => vec![(Neck, BACK + OUTSIDE), (ClavicleL, BACK * 0.6)],
        UpperTrapezius => vec![(Neck, BACK + OUTSIDE * 0.6), (ClavicleL, BACK + OUTSIDE)],
        MiddleTrapezius | Rhomboids => vec![(Spine3, BACK), (ClavicleL, BACK)],
        LowerTrapezius => vec![(Spine3, BACK), (Spine2, BACK * 0.7)],
        SerratusAnterior => vec![(Spine3, OUTSIDE), (Spine2, OUTSIDE)],
        Deltoid => vec![(UpperArmL, OUTSIDE), (ClavicleL, OUTSIDE)],
        RotatorCuff => vec![(ClavicleL, BACK), (UpperArmL, BACK * 0.6 + OUTSIDE * 0.4)],
        PectoralisMajor => vec![(Spine3, FRONT), (ClavicleL, FRONT)],
        LatissimusDorsi => vec![(Spine2, BACK + OUTSIDE), (Spine3, BACK * 0.6 + OUTSIDE)],
        Biceps => vec![(UpperArmL, FRONT)],
        Triceps => vec![(UpperArmL, BACK)],
        ErectorSpinae => vec![(Spine1, BACK), (Spine2, BACK), (Spine3, BACK * 0.7)],
        Multifidus => vec![(Spine1, BACK), (Spine2, BACK * 0.6)],
        QuadratusLumborum => vec![(Spine1, BACK * 0.7 + OUTSIDE)],
        RectusAbdominis => vec![(Spine1, FRONT), (Spine2, FRONT)],
        Obliques => vec![(Spine1, OUTSIDE + FRONT * 0.4), (Spine2, OUTSIDE)],
        TransversusAbdominis => vec![(Spine1, FRONT + OUTSIDE)],
        HipFlexors => vec![(Pelvis, FRONT), (ThighL, FRONT * 0.5)],
        GluteusMaximus | HipRotators => vec![(Pelvis, BACK)],
        GluteusMedius => vec![(Pelvis, OUTSIDE)],
        HipAdductors => vec![(ThighL, INSIDE)],
        Quadriceps => vec![(ThighL, FRONT + OUTSIDE * 0.4)],
        Hamstrings => vec![(ThighL, BACK)],
        Gastrocnemius | Soleus => vec![(CalfL, BACK)],
        TibialisAnterior => vec![(CalfL, FRONT)],
        FootIntrinsics => vec![(FootL, Vec4::ONE), (BallL, Vec4::ONE)],
        Diaphragm => vec![(Spine2, FRONT)],
    }
}

/// The same bone on the other side.
fn mirrored(bone: Bone) -> Bone {
    let (left, right) = (sided(Side::Left), sided(Side::Right));
    let other = |from: &[Bone], to: &[Bone]| from.iter().position(|b| *b == bone).map(|i| to[i]);
    other(&left, &right).or_else(|| other(&right, &left)).unwrap_or(bone)
}

fn sided(side: Side) -> Vec<Bone> {
    side.arm().into_iter().chain(side.leg()).collect()
}

/// The muscles of an exercise, as marks.
pub fn worked(muscles: &[Muscle]) -> [Vec4; BONES] {
    let mut marks = [Vec4::ZERO; BONES];
    for (bone, faces) in muscles.iter().flat_map(|muscle| places(*muscle)) {
        for bone in [bone, mirrored(bone)] {
            marks[bone as usize] = marks[bone as usize].max(faces.min(Vec4::ONE));
        }
    }
    marks
}

/// The bones that a measure is about, on one side.
fn bones_of(measure: Measure, side: Side) -> Vec<Bone> {
    use Bone::*;
    let ([clavicle, upper_arm, forearm, _], [thigh, calf, foot, ball]) = (side.arm(), side.leg());
    match measure {
        Measure::ShoulderHike => return vec![clavicle],
        Measure::ShoulderRotation => return vec![forearm],
        Measure::KneeValgus | Measure::KneeSeparation => return vec![thigh, calf],
        Measure::AnkleDorsiflexion | Measure::HeelRise => return vec![foot, ball],
        Measure::StanceWidth | Measure::FootLift => return vec![calf, foot],
        Measure::PelvisHike | Measure::PelvisHeight | Measure::BodyYaw => return vec![Pelvis],
        Measure::HeadForward => return vec![Neck, Head],
        _ => {}
    }
    match measure.needs() {
        [Joint::Shoulder, Joint::Elbow] => vec![upper_arm],
        [Joint::Shoulder, Joint::Elbow, Joint::Wrist] => vec![upper_arm, forearm],
        [Joint::Hip, Joint::Knee] => vec![thigh],
        [Joint::Hip, Joint::Knee, Joint::Ankle] => vec![thigh, calf],
        [Joint::Knee, Joint::Ankle] => vec![calf],
        [Joint::Nose] => vec![Neck, Head],
        _ => vec![Spine1, Spine2, Spine3],
    }
}

/// The bones that a cue is about.
pub fn cued(exercise: &Exercise, cue: &str) -> [f32; BONES] {
    let rules = exercise.rules.iter().filter(|rule| &*rule.cue == cue).map(|rule| rule.measure);
    let ends = exercise.range.iter().chain(&exercise.finish).filter(|rule| &*rule.cue == cue);
    let signal = exercise.signal.iter().map(|signal| signal.measure);
    let mut marks = [0.0; BONES];
    for measure in rules.chain(ends.flat_map(|_| signal.clone())) {
        for bone in Side::BOTH.into_iter().flat_map(|side| bones_of(measure, side)) {
            marks[bone as usize] = 1.0;
        }
    }
    marks
}

/// Lets the marks of the person's body come and go.
pub(super) fn mark(
    routine: Res<Routine>,
    observed: Res<Observed>,
    playing: Res<Playing>,
    time: Res<Time>,
    mut bodies: Query<&mut Marks, With<PersonBody>>,
) {
    let exercise = routine.current();
    let during = observed.doing.in_set() && !playing.is_on();
    let wanted = Marks {
        worked: if during { worked(&exercise.about.muscles) } else { [Vec4::ZERO; BONES] },
        faulty: match &observed.cue {
            Some(cue) if during => cued(exercise, cue),
            _ => [0.0; BONES],
        },
        grey: false,
    };
    let share = 1.0 - (-time.delta_secs() / FADE_S).exp();
    for mut marks in &mut bodies {
        if *marks == wanted {
            continue;
        }
        for i in 0..BONES {
            let (worked, faulty) = (wanted.worked[i], wanted.faulty[i]);
            let near = (marks.worked[i] - worked).abs().max_element().max((marks.faulty[i] - faulty).abs());
            let share = if near < SETTLED { 1.0 } else { share };
            marks.worked[i] = marks.worked[i].lerp(worked, share);
            marks.faulty[i] = marks.faulty[i].lerp(faulty, share);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SQUAT: &str = include_str!("../../../assets/exercises/squat.toml");

    #[test]
    fn a_squat_works_thighs_and_buttocks_on_both_sides() {
        let squat = Exercise::from_toml(SQUAT).unwrap();
        let marks = worked(&squat.about.muscles);
        for thigh in [Bone::ThighL, Bone::ThighR] {
            assert_eq!(marks[thigh as usize], Vec4::new(1.0, 1.0, 0.4, 1.0));
        }
        assert!(marks[Bone::Pelvis as usize].y > 0.9 && marks[Bone::HandL as usize] == Vec4::ZERO);
    }

    #[test]
    fn a_cue_marks_what_it_is_about() {
        let squat = Exercise::from_toml(SQUAT).unwrap();
        let knees = cued(&squat, "cue-knees-out");
        assert!(knees[Bone::CalfR as usize] > 0.5 && knees[Bone::Spine2 as usize] == 0.0);
        let chest = cued(&squat, "cue-chest-up");
        assert!(chest[Bone::Spine2 as usize] > 0.5 && chest[Bone::CalfR as usize] == 0.0);
        assert!(cued(&squat, "cue-squat-deeper")[Bone::ThighL as usize] > 0.5);
        assert_eq!(cued(&squat, "cue-good"), [0.0; BONES]);
    }

    #[test]
    fn every_muscle_has_a_place() {
        for muscle in Muscle::ALL {
            assert!(worked(&[*muscle]).iter().any(|faces| faces.max_element() > 0.4), "{muscle:?}");
        }
    }
}
