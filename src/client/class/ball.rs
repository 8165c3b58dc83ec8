//! The ball that goes round: whose it is, the server says; how it flies, each program draws for itself.

use super::{Classroom, bodies::OthersBody, follow::CATCH_AT};
use crate::scene::place;
use baro_wire::room::{Ball, Play, Slot};
use bevy::prelude::*;

const RADIUS_M: f32 = 0.12;
/// How far above the straight way it is in the middle of its flight, metres.
const ARC_M: f32 = 0.9;

/// The ball.
#[derive(Component)]
pub struct FlyingBall;

/// Lets the ball come, fly and go.
pub fn fly(
    classroom: Res<Classroom>,
    others: Query<(&OthersBody, &Transform), Without<FlyingBall>>,
    mut balls: Query<(Entity, &mut Transform), With<FlyingBall>>,
    mut meshes: ResMut<Assets<Mesh>>,
    mut materials: ResMut<Assets<StandardMaterial>>,
    mut commands: Commands,
) {
    let ball = classroom.link.as_ref().and_then(|link| {
        let (play, own) = link.look(|view, own| Some((view.room.as_ref()?.play.clone()?, own?)))?;
        let Play::PassBall { ball, .. } = play else { return None };
        Some((ball, own, link.room_ms()))
    });
    let Some((ball, own, room_ms)) = ball else {
        for (ball, _) in &balls {
            commands.entity(ball).despawn();
        }
        return;
    };
    let hands = |slot: Slot| {
        let spot = others.iter().find(|(body, _)| body.0 == slot).map(|(_, at)| at.translation);
        // Somebody who shows no body throws from the side of the room.
        let spot = if slot == own { Some(place::PERSON) } else { spot };
        spot.unwrap_or(Vec3::new(2.6, 0.0, -0.8)) + CATCH_AT
    };
    let at = match ball {
        Ball::Held { by } => hands(by),
        Ball::Flying { from, to, thrown_ms, lands_ms } => {
            flight(hands(from), hands(to), share(room_ms, thrown_ms, lands_ms))
        }
    };
    match balls.single_mut() {
        Ok((_, mut transform)) => transform.translation = at,
        Err(_) => {
            let material = StandardMaterial {
                base_color: Color::srgb(0.94, 0.62, 0.2),
                unlit: true,
                ..StandardMaterial::default()
            };
            commands.spawn((
                FlyingBall,
                Mesh3d(meshes.add(Sphere::new(RADIUS_M))),
                MeshMaterial3d(materials.add(material)),
                Transform::from_translation(at),
            ));
        }
    }
}

/// How much of its flight is over, 0 to 1.
fn share(room_ms: f64, thrown_ms: u32, lands_ms: u32) -> f32 {
    let flight_ms = f64::from(lands_ms.saturating_sub(thrown_ms).max(1));
    ((room_ms - f64::from(thrown_ms)) / flight_ms).clamp(0.0, 1.0) as f32
}

/// A parabola above the straight way.
fn flight(from: Vec3, to: Vec3, share: f32) -> Vec3 {
    from.lerp(to, share) + Vec3::Y * (4.0 * ARC_M * share * (1.0 - share))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_leaves_one_hand_and_comes_to_the_other() {
        let (a, b) = (Vec3::new(-1.0, 1.0, 0.0), Vec3::new(1.0, 1.2, -1.0));
        assert_eq!(flight(a, b, share(500.0, 1_000, 2_200)), a, "not thrown yet");
        assert!((flight(a, b, share(9_000.0, 1_000, 2_200)) - b).length() < 1e-5);
        let middle = flight(a, b, share(1_600.0, 1_000, 2_200));
        assert!((middle.y - (1.1 + ARC_M)).abs() < 1e-5, "{middle}");
        assert_eq!(share(0.0, 5, 5), 0.0, "no flight of no length");
    }
}
