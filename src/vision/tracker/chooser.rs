//! Who is followed when several people are in view.
//!
//! The detector only runs while nobody is followed. People whom it finds elsewhere right after ours was lost were
//! there before: they are not ours, and are known from frame to frame by moving little. Someone new who appears
//! later is taken for ours coming back. After a while ours is forgotten, and whoever is most prominent is taken.

use super::detector::{Detection, MAX_PEOPLE};
use super::region::Region;
use crate::Frame;

/// How long a lost person is waited for.
const REMEMBER_S: f64 = 5.0;
/// Whoever is found elsewhere within this time of the loss was there before.
const PRESENT_BEFORE_S: f64 = 0.5;
/// A detection this near to where somebody was, in sizes of the larger region, is the same person.
const SAME_PERSON_WITHIN: f32 = 0.35;
/// How long a lost person is looked for in the same place without the detector's help.
const LOOK_AGAIN_S: f64 = 2.0;
/// How long it is remembered where somebody else was.
const REMEMBER_OTHERS_S: f64 = 2.0;

#[derive(Debug, Clone, Copy)]
struct Seen {
    region: Region,
    time_s: f64,
}

impl Seen {
    /// Distance as a share of the size at which it would be another person.
    fn distance(&self, other: &Region) -> f32 {
        let limit = SAME_PERSON_WITHIN * self.region.size_px.max(other.size_px);
        self.region.distance_px(other) / limit
    }
}

/// Remembers our person, and those who are not.
#[derive(Debug)]
pub(crate) struct Chooser {
    ours: Option<Seen>,
    others: Vec<Seen>,
}

impl Chooser {
    pub fn new() -> Self {
        Self { ours: None, others: Vec::with_capacity(MAX_PEOPLE) }
    }

    /// Our person was seen.
    pub fn saw(&mut self, region: Region, time_s: f64) {
        self.ours = Some(Seen { region, time_s });
    }

    /// Waits for nobody any more.
    pub fn forget(&mut self) {
        self.ours = None;
        self.others.clear();
    }

    /// Our person among the found, if there; the most prominent one if we wait for nobody.
    pub fn choose(&mut self, found: &[Detection], frame: &Frame) -> Option<Region> {
        let waited = |seen: &Seen| (0.0..=REMEMBER_S).contains(&(frame.time_s - seen.time_s));
        let Some(ours) = self.ours.filter(waited) else {
            self.forget();
            return most_prominent(found, frame).map(|d| d.region);
        };
        self.others.retain(|other| frame.time_s - other.time_s <= REMEMBER_OTHERS_S);
        let mut best: Option<(f32, Region)> = None;
        for detection in found {
            let distance = ours.distance(&detection.region);
            let away_s = frame.time_s - ours.time_s;
            if self.is_other(Seen { region: detection.region, time_s: frame.time_s }, distance, away_s) {
                continue;
            }
            if best.is_none_or(|(nearest, _)| distance < nearest) {
                best = Some((distance, detection.region));
            }
        }
        best.map(|(_, region)| region)
    }

    /// Where our person was lost a short while ago, if nobody else is there now.
    pub fn last_place(&self, time_s: f64) -> Option<Region> {
        let lately = |seen: &Seen| (0.0..=LOOK_AGAIN_S).contains(&(time_s - seen.time_s));
        let place = self.ours.filter(lately)?.region;
        let taken = self.others.iter().any(|other| other.distance(&place) <= 1.0);
        (!taken).then_some(place)
    }

    /// Whether this is somebody else; they are remembered. `distance`: to where ours was lost, `away_s` ago.
    fn is_other(&mut self, now: Seen, distance: f32, away_s: f64) -> bool {
        let nearness = |seen: &Seen| seen.distance(&now.region);
        let known = self.others.iter_mut().min_by(|a, b| nearness(a).total_cmp(&nearness(b)));
        if let Some(known) = known.filter(|seen| nearness(seen) <= distance.min(1.0)) {
            *known = now;
            return true;
        }
        let present_before = distance > 1.0 && away_s <= PRESENT_BEFORE_S;
        if present_before && self.others.len() < MAX_PEOPLE {
            self.others.push(now);
        }
        present_before
    }
}

/// The largest person, with those at the edge counting less: who stands before the camera to exercise.
fn most_prominent<'a>(found: &'a [Detection], frame: &Frame) -> Option<&'a Detection> {
    let (half_width, half_height) = (frame.width as f32 / 2.0, frame.height as f32 / 2.0);
    let weight = |d: &Detection| {
        let aside = (d.region.center_x_px - half_width) / half_width;
        let above = (d.region.center_y_px - half_height) / half_height;
        d.region.size_px * (1.0 - 0.5 * aside.hypot(above).min(1.0)) * d.score
    };
    found.iter().max_by(|a, b| weight(a).total_cmp(&weight(b)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(center_x_px: f32, size_px: f32) -> Detection {
        let region = Region { center_x_px, center_y_px: 50.0, size_px, rotation_rad: 0.0 };
        Detection { region, score: 0.9 }
    }

    fn at(time_s: f64) -> Frame {
        Frame { width: 100, height: 100, time_s, rgb: vec![] }
    }

    fn chosen_x(chooser: &mut Chooser, found: &[Detection], time_s: f64) -> Option<f32> {
        chooser.choose(found, &at(time_s)).map(|r| r.center_x_px)
    }

    #[test]
    fn the_large_central_person_is_chosen_first() {
        let found = [person(5.0, 50.0), person(50.0, 45.0), person(90.0, 30.0)];
        let mut chooser = Chooser::new();
        assert_eq!(chosen_x(&mut chooser, &found, 0.0), Some(50.0));
        assert_eq!(chosen_x(&mut chooser, &[], 0.0), None);
    }

    #[test]
    fn a_lost_person_is_found_nearby() {
        let mut chooser = Chooser::new();
        chooser.saw(person(20.0, 40.0).region, 1.0);
        let found = [person(90.0, 45.0), person(25.0, 38.0)];
        assert_eq!(chosen_x(&mut chooser, &found, 1.03), Some(25.0));
    }

    #[test]
    fn somebody_who_was_there_is_not_taken_for_the_lost_one_but_someone_who_appears_is() {
        let mut chooser = Chooser::new();
        chooser.saw(person(20.0, 30.0).region, 0.0);
        for i in 0..60 {
            // Another walks slowly to where ours was not.
            let walker = person(90.0 - 0.5 * i as f32, 40.0);
            assert_eq!(chosen_x(&mut chooser, &[walker], 0.03 * f64::from(i)), None, "at {i}");
        }
        let found = [person(60.0, 40.0), person(97.0, 20.0)];
        assert_eq!(chosen_x(&mut chooser, &found, 2.0), Some(97.0));
    }

    #[test]
    fn the_last_place_is_looked_at_unless_somebody_else_is_there() {
        let mut chooser = Chooser::new();
        assert_eq!(chooser.last_place(0.0), None);
        chooser.saw(person(20.0, 30.0).region, 0.0);
        assert_eq!(chooser.last_place(1.0).map(|r| r.center_x_px), Some(20.0));
        assert_eq!(chooser.last_place(3.0), None);
        for i in 0..20 {
            chosen_x(&mut chooser, &[person(60.0 - 2.0 * i as f32, 30.0)], 0.05 * f64::from(i));
        }
        assert_eq!(chooser.last_place(1.0), None);
    }

    #[test]
    fn nobody_is_waited_for_forever() {
        let mut chooser = Chooser::new();
        chooser.saw(person(20.0, 30.0).region, 0.0);
        assert_eq!(chosen_x(&mut chooser, &[person(90.0, 30.0)], 0.1), None);
        assert_eq!(chosen_x(&mut chooser, &[person(90.0, 30.0)], 6.0), Some(90.0));
        // A clock that ran backwards is a new film.
        chooser.saw(person(20.0, 30.0).region, 9.0);
        assert_eq!(chosen_x(&mut chooser, &[person(90.0, 30.0)], 0.0), Some(90.0));
    }
}
