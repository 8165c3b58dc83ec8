//! The ids of rules and cues that fit what is counted: all of them have words already.

use super::signal::Choice;
use crate::{Region, Sides, View};
use baro_motion::{Joint, Measure};

/// Rule and cue.
pub(super) type Words = (&'static str, &'static str);

/// For staying short of the target, and for not coming back.
pub(super) fn ends(choice: &Choice) -> [Words; 2] {
    use Measure::*;
    let middle = ("middle-missed", "cue-back-to-middle");
    let leg_down = ("leg-lowering", "cue-lower-leg-fully");
    match (choice.measure, choice.falls) {
        (ShoulderFlexion, true) => [("arms-back-short", "cue-arms-back-further"), middle],
        (ShoulderAbduction | ShoulderFlexion | ShoulderElevation | ArmForward, _) => {
            [("height", "cue-raise-higher"), ("lowering-fully", "cue-lower-fully")]
        }
        (ElbowFlexion, false) => [("elbow-short", "cue-bend-elbow-more"), middle],
        (ElbowFlexion, true) => [("elbow-not-straight", "cue-straighten-elbow"), middle],
        (ShoulderHike, _) => {
            [("shrug-short", "cue-lift-shoulders"), ("shoulders-not-down", "cue-shoulder-down")]
        }
        (HipFlexion | FootLift, false) if choice.sides != Sides::Together => {
            [("leg-height", "cue-leg-higher"), leg_down]
        }
        (HipFlexion, true) if choice.sides != Sides::Together => {
            [("leg-back", "cue-leg-further-back"), leg_down]
        }
        (HipAbduction, _) => [("leg-height", "cue-leg-higher"), leg_down],
        (KneeFlexion | HipFlexion, false) | (PelvisHeight, true) => {
            [("depth", "cue-squat-deeper"), ("standing-up", "cue-stand-tall")]
        }
        (KneeFlexion | HipFlexion, true) => {
            [("knee-straightening", "cue-stand-tall"), ("sitting-down", "cue-sit-down-fully")]
        }
        (AnkleDorsiflexion, false) => [("toe-height", "cue-toes-higher"), ("toes-down", "cue-toes-down")],
        (AnkleDorsiflexion | HeelRise, _) => {
            [("heel-height", "cue-heels-higher"), ("heels-down", "cue-heels-down")]
        }
        (ShoulderRotation | HipRotation | TrunkRotation | NeckRotation, _) => {
            [("turn-short", "cue-turn-further"), middle]
        }
        (TrunkFlexion, true) => {
            [("extension-short", "cue-lean-back-further"), ("upright-missed", "cue-stand-tall")]
        }
        _ => [("bend-short", "cue-bend-further"), middle],
    }
}

/// What part of the body it is for, as far as a measure can tell.
pub(super) fn region(measure: Measure) -> Region {
    use Measure::*;
    match measure {
        NeckFlexion | NeckSideBend | NeckRotation | HeadForward => Region::Neck,
        ShoulderAbduction | ShoulderFlexion | ShoulderElevation | ArmForward | ShoulderHike
        | ShoulderRotation => Region::Shoulder,
        ElbowFlexion => Region::Elbow,
        HipFlexion | HipAbduction | HipRotation | FootLift | PelvisHike => Region::Hip,
        KneeFlexion | KneeValgus | KneeSeparation | PelvisHeight => Region::Knee,
        AnkleDorsiflexion | ShankLean | HeelRise => Region::Ankle,
        TrunkFlexion | TrunkSideLean | TrunkIncline | TrunkRotation => Region::Back,
        _ => Region::Balance,
    }
}

/// From where the measure's plane is seen best.
pub(super) fn view(measure: Measure) -> View {
    use Measure::*;
    match measure {
        ShoulderFlexion | ArmForward | HipFlexion | KneeFlexion | AnkleDorsiflexion | ShankLean
        | HeelRise | TrunkFlexion | NeckFlexion | HeadForward | PelvisHeight => View::Side,
        ShoulderAbduction | HipAbduction | TrunkSideLean | NeckSideBend | NeckRotation | ShoulderHike
        | PelvisHike | KneeValgus | KneeSeparation | StanceWidth | FootLift | ComOffset => View::Front,
        _ => View::Any,
    }
}

/// What is said where a needed joint is out of sight.
pub(super) fn unseen(needs: &[Joint]) -> &'static str {
    let has = |joints: &[Joint]| joints.iter().any(|joint| needs.contains(joint));
    match (has(&[Joint::Elbow, Joint::Wrist]), has(&[Joint::Knee, Joint::Ankle, Joint::Heel, Joint::Toes])) {
        (true, true) => "cue-show-whole-body",
        (false, true) => "cue-show-legs",
        (true, false) => "cue-show-arms",
        (false, false) => "cue-show-upper-body",
    }
}
