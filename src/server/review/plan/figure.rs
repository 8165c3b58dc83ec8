//! The trainer's movement as four figures: what the patient is shown, without a script.

use baro_coach::{Exercise, View};
use baro_motion::{LandmarkId, Landmarks, Mannequin};
use maud::{Markup, html};

/// Moments of a repetition, as shares of it.
const SHARES: [f64; 4] = [0.0, 0.25, 0.5, 0.75];
/// Place of one figure, in units of the picture; a metre is `METRE` of them.
const WIDTH: f32 = 120.0;
const HEIGHT: f32 = 170.0;
const METRE: f32 = 72.0;

/// From the beginning to the end of a repetition, seen from where the camera stands.
pub fn strip(exercise: &Exercise, title: &str) -> Markup {
    let body = Mannequin::default();
    let period_s = exercise.trainer.period_s();
    let figure = |share: f64| body.landmarks(&exercise.trainer.angles_at(share * period_s));
    let place = |world: &Landmarks, id: LandmarkId| {
        let (at, hip) = (world[id].position, world[LandmarkId::LeftHip].position);
        let other = world[LandmarkId::RightHip].position;
        let (across, middle) = if exercise.view == View::Side {
            (-at.z, -(hip.z + other.z) / 2.0)
        } else {
            (at.x, (hip.x + other.x) / 2.0)
        };
        let floor = LandmarkId::ALL.into_iter().map(|id| world[id].position.y).fold(f32::MIN, f32::max);
        (WIDTH / 2.0 + (across - middle) * METRE, HEIGHT - 8.0 - (floor - at.y) * METRE)
    };
    html! {
        svg.figures viewBox={ "0 0 " (WIDTH * SHARES.len() as f32) " " (HEIGHT) } role="img" aria-label=(title) {
            @for (i, share) in SHARES.into_iter().enumerate() {
                @let world = figure(share);
                g transform={ "translate(" (WIDTH * i as f32) " 0)" } {
                    @for (from, to) in LandmarkId::BONES.iter().filter(|(from, to)| body_of(*from) && body_of(*to)) {
                        @let (a, b) = (place(&world, *from), place(&world, *to));
                        line x1=(at(a.0)) y1=(at(a.1)) x2=(at(b.0)) y2=(at(b.1)) {}
                    }
                    @let head = place(&world, LandmarkId::Nose);
                    circle cx=(at(head.0)) cy=(at(head.1)) r="7" {}
                }
            }
        }
    }
}

/// Not of the face: that is a circle.
fn body_of(id: LandmarkId) -> bool {
    id >= LandmarkId::LeftShoulder
}

fn at(place: f32) -> String {
    format!("{place:.1}")
}
