//! How many people are in the picture, counted once in a while.

use super::detector::Detection;
use super::region::Region;

/// Seconds between two counts.
const EVERY_S: f64 = 1.0;
/// A detection this near to our person, in sizes of the larger region, is our person.
const OURS_WITHIN: f32 = 0.35;
/// Less sure than this, and it may be a coat on a chair.
const MIN_SCORE: f32 = 0.6;
/// Smaller than this beside our person, somebody is far away, or a picture on the wall.
const MIN_SIZE: f32 = 0.35;

/// Remembers the last count.
#[derive(Debug, Default)]
pub(crate) struct Counter {
    last: Option<(f64, usize)>,
}

impl Counter {
    /// Is it time to look again? A time before the last count is that of a new film.
    pub fn is_due(&self, time_s: f64) -> bool {
        self.last.is_none_or(|(last_s, _)| !(0.0..EVERY_S).contains(&(time_s - last_s)))
    }

    /// Takes who was found, and where our person is, if anywhere: the detector may overlook them.
    pub fn count(&mut self, time_s: f64, found: &[Detection], ours: Option<Region>) {
        let other = |detection: &&Detection| {
            let size_px = ours.map_or(0.0, |ours| ours.size_px);
            let region = &detection.region;
            let apart_px = OURS_WITHIN * size_px.max(region.size_px);
            detection.score >= MIN_SCORE
                && region.size_px >= MIN_SIZE * size_px
                && ours.is_none_or(|ours| ours.distance_px(region) > apart_px)
        };
        let others = found.iter().filter(other).count();
        self.last = Some((time_s, others + usize::from(ours.is_some())));
    }

    /// The last count.
    pub fn people(&self) -> Option<usize> {
        self.last.map(|(_, people)| people)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(center_x_px: f32, size_px: f32, score: f32) -> Detection {
        let region = Region { center_x_px, center_y_px: 50.0, size_px, rotation_rad: 0.0 };
        Detection { region, score }
    }

    #[test]
    fn ours_counts_once_and_others_once_each() {
        let ours = at(50.0, 60.0, 0.9);
        let counted = |found: &[Detection], ours: Option<Region>| {
            let mut counter = Counter::default();
            counter.count(0.0, found, ours);
            counter.people()
        };
        assert_eq!(counted(&[at(53.0, 58.0, 0.9), at(120.0, 55.0, 0.8)], Some(ours.region)), Some(2));
        assert_eq!(counted(&[], Some(ours.region)), Some(1), "overlooked");
        assert_eq!(counted(&[at(120.0, 10.0, 0.9), at(160.0, 55.0, 0.52)], Some(ours.region)), Some(1));
        assert_eq!(counted(&[at(120.0, 10.0, 0.9)], None), Some(1));
        assert_eq!(counted(&[], None), Some(0));
    }

    #[test]
    fn it_looks_again_after_a_second_and_in_a_new_film() {
        let mut counter = Counter::default();
        assert!(counter.is_due(7.0) && counter.people().is_none());
        counter.count(7.0, &[], None);
        assert!(
            !counter.is_due(7.9) && counter.is_due(8.0) && counter.is_due(0.0) && counter.is_due(f64::NAN)
        );
    }
}
