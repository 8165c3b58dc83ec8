//! Finds people in the whole picture: BlazePose's detector.

use super::crop::Border;
use super::net::Net;
use super::region::Region;
use crate::models::ModelEntry;
use crate::{EstimateError, Frame, ModelError};
use ort::environment::Environment;
use std::path::Path;

/// Grids of the detector's output: cells a side, and anchors a cell.
const GRIDS: [(usize, usize); 3] = [(28, 2), (14, 2), (7, 6)];
const ANCHORS: usize = 28 * 28 * 2 + 14 * 14 * 2 + 7 * 7 * 6;
/// Values an anchor: box centre and size, four key points.
const VALUES: usize = 12;
/// A score of 0.5 as the network gives it, before the logistic function.
const MIN_LOGIT: f32 = 0.0;
const MAX_LOGIT: f32 = 100.0;
/// Boxes that overlap the best one by more than this are the same person.
const SAME_PERSON_OVERLAP: f32 = 0.3;
/// More people than this in one picture are not told apart.
pub(crate) const MAX_PEOPLE: usize = 16;

/// A person found in the picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Detection {
    pub region: Region,
    /// 0.5 to 1.
    pub score: f32,
}

/// An anchor's reading, in fractions of the detector's square.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    score: f32,
    min: [f32; 2],
    max: [f32; 2],
    /// Middle of the hips, and a point on the circle around the body.
    points: [[f32; 2]; 2],
}

#[derive(Debug)]
pub(crate) struct Detector {
    net: Net,
    boxes_name: String,
    scores_name: String,
    anchors: Vec<[f32; 2]>,
    // Kept between frames so that no memory is asked for.
    candidates: Vec<Candidate>,
    found: Vec<Detection>,
}

impl Detector {
    pub fn load(
        environment: &Environment,
        path: &Path,
        entry: &ModelEntry,
        threads: usize,
    ) -> Result<Self, ModelError> {
        Ok(Self {
            net: Net::load(environment, path, entry, threads)?,
            boxes_name: entry.output("boxes", ANCHORS * VALUES)?,
            scores_name: entry.output("scores", ANCHORS)?,
            anchors: anchors(),
            candidates: Vec::with_capacity(ANCHORS),
            found: Vec::with_capacity(MAX_PEOPLE),
        })
    }

    /// Puts the whole picture into the input, with black bands that make it square.
    pub fn fill(&mut self, frame: &Frame) {
        self.net.fill(frame, &Region::whole(frame.width, frame.height), Border::Zero);
    }

    /// The people in the picture that was filled in, best score first.
    pub fn run(&mut self, frame: &Frame) -> Result<&[Detection], EstimateError> {
        let side = self.net.side() as f32;
        let outputs = self.net.run()?;
        let boxes = outputs.values(&self.boxes_name, ANCHORS * VALUES)?;
        let scores = outputs.values(&self.scores_name, ANCHORS)?;
        read_candidates(boxes, scores, &self.anchors, side, &mut self.candidates);
        let whole = Region::whole(frame.width, frame.height);
        merge(&mut self.candidates, &whole, &mut self.found);
        Ok(&self.found)
    }
}

fn anchors() -> Vec<[f32; 2]> {
    let mut anchors = Vec::with_capacity(ANCHORS);
    for (cells, each) in GRIDS {
        for cell in 0..cells * cells {
            let at = |i: usize| (i as f32 + 0.5) / cells as f32;
            anchors.extend(std::iter::repeat_n([at(cell % cells), at(cell / cells)], each));
        }
    }
    anchors
}

fn read_candidates(
    boxes: &[f32],
    scores: &[f32],
    anchors: &[[f32; 2]],
    side: f32,
    candidates: &mut Vec<Candidate>,
) {
    candidates.clear();
    for ((values, logit), [ax, ay]) in boxes.chunks_exact(VALUES).zip(scores).zip(anchors) {
        if logit.is_nan() || *logit < MIN_LOGIT {
            continue;
        }
        let point = |i: usize| [values[i] / side + ax, values[i + 1] / side + ay];
        let [x, y] = point(0);
        let (w, h) = (values[2] / side / 2.0, values[3] / side / 2.0);
        candidates.push(Candidate {
            score: 1.0 / (1.0 + (-logit.min(MAX_LOGIT)).exp()),
            min: [x - w, y - h],
            max: [x + w, y + h],
            points: [point(4), point(6)],
        });
    }
}

/// Weighted non-maximum suppression: boxes that overlap the best one are averaged by their scores.
fn merge(candidates: &mut Vec<Candidate>, whole: &Region, found: &mut Vec<Detection>) {
    found.clear();
    candidates.sort_unstable_by(|a, b| b.score.total_cmp(&a.score));
    while found.len() < MAX_PEOPLE {
        let Some(best) = candidates.first().copied() else { break };
        let (mut total, mut sums) = (0.0, [[0.0; 2]; 2]);
        let before = candidates.len();
        candidates.retain(|c| {
            let same = overlap(c, &best) > SAME_PERSON_OVERLAP;
            if same {
                total += c.score;
                for (sum, point) in sums.iter_mut().flatten().zip(c.points.iter().flatten()) {
                    *sum += c.score * point;
                }
            }
            !same
        });
        if candidates.len() == before {
            // A box without area overlaps not even itself.
            candidates.remove(0);
            continue;
        }
        let points_px = sums.map(|[x, y]| whole.to_picture_px(x / total, y / total));
        if let Some(region) = Region::from_points(points_px) {
            found.push(Detection { region, score: best.score });
        }
    }
}

/// Intersection over union.
fn overlap(a: &Candidate, b: &Candidate) -> f32 {
    let side = |i: usize| (a.max[i].min(b.max[i]) - a.min[i].max(b.min[i])).max(0.0);
    let area = |c: &Candidate| (c.max[0] - c.min[0]) * (c.max[1] - c.min[1]);
    let shared = side(0) * side(1);
    let all = area(a) + area(b) - shared;
    if all > 0.0 { shared / all } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(x: f32, score: f32) -> Candidate {
        let points = [[x, 0.5], [x, 0.3]];
        Candidate { score, min: [x - 0.1, 0.3], max: [x + 0.1, 0.7], points }
    }

    #[test]
    fn overlapping_boxes_are_one_person() {
        let whole = Region::whole(100, 100);
        let mut candidates = vec![at(0.3, 0.6), at(0.8, 0.7), at(0.32, 0.9)];
        let mut found = Vec::new();
        merge(&mut candidates, &whole, &mut found);
        assert_eq!(found.len(), 2);
        assert!((found[0].region.center_x_px - (0.3 * 0.6 + 0.32 * 0.9) / 1.5 * 100.0).abs() < 1e-3);
        assert!((found[1].region.center_x_px - 80.0).abs() < 1e-3);
        assert!((found[0].score, found[1].score) == (0.9, 0.7));
    }

    #[test]
    fn boxes_without_area_and_nan_end_well() {
        let mut candidates = vec![at(0.5, 0.9); 3];
        for c in &mut candidates {
            c.max = c.min;
        }
        candidates.push(at(f32::NAN, 0.8));
        let mut found = Vec::new();
        merge(&mut candidates, &Region::whole(10, 10), &mut found);
        assert!(found.is_empty() && candidates.is_empty());
    }

    #[test]
    fn there_are_as_many_anchors_as_the_network_has() {
        let anchors = anchors();
        assert_eq!((anchors.len(), ANCHORS), (2254, 2254));
        assert_eq!(anchors[0], [0.5 / 28.0, 0.5 / 28.0]);
        assert_eq!(anchors[2253], [6.5 / 7.0, 6.5 / 7.0]);
    }
}
