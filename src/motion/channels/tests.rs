use super::*;
use crate::{JointAngles, LandmarkId, Mannequin};

fn squatting() -> Landmarks {
    let mut angles =
        JointAngles { trunk_flexion_rad: 0.4, trunk_side_lean_rad: 0.1, ..JointAngles::default() };
    for (name, value) in [
        ("left_knee_flexion", 1.2),
        ("right_knee_flexion", 0.7),
        ("left_hip_flexion", 1.0),
        ("right_hip_flexion", 0.8),
        ("left_shoulder_abduction", 1.3),
        ("right_elbow_flexion", 0.9),
    ] {
        assert!(angles.set(name, value), "{name}");
    }
    Mannequin::default().landmarks(&angles)
}

#[test]
fn the_mirror_image_has_the_same_channels_with_sides_swapped() {
    let (own, image) = (Channels::new(&squatting()), Channels::new(&squatting().mirrored()));
    for slot in 0..CHANNEL_SLOTS {
        let (a, b) = (own.0[slot], image.0[mirrored_slot(slot)]);
        assert!((a - b).abs() < 1e-4, "slot {slot}: {a} and {b}");
    }
}

#[test]
fn size_and_facing_do_not_matter() {
    let own = Channels::new(&squatting());
    let turn = glam::Quat::from_rotation_y(0.9);
    let mut other = squatting();
    for landmark in &mut other.0 {
        landmark.position = turn * landmark.position * 1.3;
    }
    for (a, b) in own.0.iter().zip(Channels::new(&other).0) {
        assert!((a - b).abs() < 1e-3, "{a} and {b}");
    }
}

#[test]
fn angles_come_back_from_a_body_of_known_angles() {
    let channels = Channels::new(&squatting());
    for (channel, side, expected) in [
        (KneeFlexion, Side::Left, 1.2),
        (KneeFlexion, Side::Right, 0.7),
        (ArmElevation, Side::Left, 1.3),
        (ElbowFlexion, Side::Right, 0.9),
        (TrunkFlexion, Side::Left, 0.4),
        (TrunkSideLean, Side::Left, 0.1),
        (TrunkSideLean, Side::Right, -0.1),
    ] {
        let value = channels.get(channel, side).unwrap();
        assert!((value - expected).abs() < 0.02, "{channel:?} {side:?}: {value}, not {expected}");
    }
}

#[test]
fn a_missing_joint_disables_what_needs_it_and_nothing_else() {
    let mut world = squatting();
    world[LandmarkId::LeftWrist].visibility = 0.1;
    let channels = Channels::new(&world);
    for channel in Channel::ALL {
        for side in Side::BOTH {
            let needs = side == Side::Left
                && matches!(channel, ForearmUp | ForearmForward | ForearmOut | ElbowFlexion);
            assert_eq!(channels.get(channel, side).is_none(), needs, "{channel:?} {side:?}");
        }
    }
}

#[test]
fn names_and_places_are_unique() {
    for (i, channel) in Channel::ALL.into_iter().enumerate() {
        assert_eq!(channel as usize, i);
        assert!(Channel::ALL[..i].iter().all(|other| other.name() != channel.name()));
        assert_eq!(mirrored_slot(channel.slot(Side::Left)), channel.slot(Side::Right));
    }
    assert_eq!(FootOut.slot(Side::Right) + 1, CHANNEL_SLOTS);
}
