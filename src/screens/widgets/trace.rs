//! A measure over the time of a film, with the band of its error and the moment that is shown.

use crate::look::{Look, Type};
use crate::text;
use egui::{Color32, Mesh, Pos2, Rect, Sense, Shape, Stroke, Ui, WidgetInfo, WidgetType, pos2, vec2};

/// A measure at an even pace.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Trace {
    /// "Knee bend, left".
    pub name: String,
    /// Samples a second.
    pub rate_hz: f64,
    /// Value, and 1.96 standard deviations of it; none where it was not measured.
    pub samples: Vec<Option<[f64; 2]>>,
    /// How others do it: the lower quartile, the median and the upper quartile; as long as the samples, or empty.
    pub others: Vec<Option<[f64; 3]>>,
    /// The value at the moment that is shown with its error, in words; none may be told where this is empty.
    pub now: String,
}

impl Trace {
    /// Lowest and highest, with their error.
    fn range(&self) -> [f64; 2] {
        let own = self.samples.iter().flatten().flat_map(|[value, pm]| [value - pm, value + pm]);
        let all = own.chain(self.others.iter().flatten().flatten().copied());
        let [low, high] = all
            .fold([f64::INFINITY, f64::NEG_INFINITY], |[low, high], value| [low.min(value), high.max(value)]);
        if high - low > 1e-9 { [low, high] } else { [low - 0.5, low + 0.5] }
    }

    /// Draws it, `height` design units high below its name.
    pub fn show(&self, ui: &mut Ui, look: &Look, height: f32, time_s: f64) {
        text::note(ui, look, &self.name);
        text::body(ui, look, &self.now);
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
        let words = format!("{}: {}", self.name, self.now);
        response.widget_info(|| WidgetInfo::labeled(WidgetType::Image, true, &words));
        let p = look.palette();
        ui.painter().rect_filled(rect, 8, p.ground);
        let inner = text::inset(rect, 4.0, 8.0);
        let (from, to) = (self.range()[0], self.range()[1]);
        let last = (self.samples.len().max(2) - 1) as f64;
        let at = |i: usize, value: f64| -> Pos2 {
            let (x, y) = ((i as f64 / last) as f32, ((value - from) / (to - from)) as f32);
            pos2(inner.min.x + x * inner.width(), inner.max.y - y * inner.height())
        };
        for run in runs(&self.others) {
            let ends = run.iter().map(|&(i, [low, _, high])| [at(i, low), at(i, high)]);
            ui.painter().add(Shape::mesh(band(ends, p.soft_ink.gamma_multiply(0.25))));
            let median = run.iter().map(|&(i, [_, median, _])| at(i, median)).collect::<Vec<_>>();
            ui.painter().add(Shape::dashed_line(&median, Stroke::new(2.0, p.soft_ink), 6.0, 4.0));
        }
        for run in runs(&self.samples) {
            let ends = run.iter().map(|&(i, [value, pm])| [at(i, value - pm), at(i, value + pm)]);
            ui.painter().add(Shape::mesh(band(ends, p.now.gamma_multiply(0.22))));
            let line = run.iter().map(|&(i, [value, _])| at(i, value)).collect();
            ui.painter().line(line, Stroke::new(2.5, p.now));
        }
        let share = (time_s * self.rate_hz / last).clamp(0.0, 1.0) as f32;
        let x = inner.min.x + share * inner.width();
        ui.painter().vline(x, rect.y_range(), Stroke::new(3.0, p.ink));
        let ends = Rect::from_min_max(rect.min, rect.max);
        for (value, align) in [(to, ends.min.y), (from, ends.max.y - look.size(Type::Small))] {
            let words = text::line(ui, &format!("{value:.0}"), look.regular(Type::Small), p.soft_ink);
            ui.painter().galley(pos2(ends.max.x - words.size().x - 6.0, align), words, p.soft_ink);
        }
    }
}

/// Samples that follow each other without a gap: nothing is drawn where nothing was measured.
fn runs<const N: usize>(samples: &[Option<[f64; N]>]) -> Vec<Vec<(usize, [f64; N])>> {
    let mut runs: Vec<Vec<(usize, [f64; N])>> = Vec::new();
    let mut open = false;
    for (i, sample) in samples.iter().enumerate() {
        match (sample, open) {
            (Some(sample), true) => runs.last_mut().into_iter().for_each(|run| run.push((i, *sample))),
            (Some(sample), false) => runs.push(vec![(i, *sample)]),
            (None, _) => {}
        }
        open = sample.is_some();
    }
    runs
}

/// The area between two lines, from one pair of ends to the next.
fn band(ends: impl Iterator<Item = [Pos2; 2]>, colour: Color32) -> Mesh {
    let mut band = Mesh::default();
    for end in ends.flatten() {
        band.colored_vertex(end, colour);
    }
    for i in (2..band.vertices.len() as u32).step_by(2) {
        band.add_triangle(i - 2, i - 1, i);
        band.add_triangle(i - 1, i, i + 1);
    }
    band
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_is_a_gap_and_the_band_is_in_the_range() {
        let sample = |value| Some([value, 2.0]);
        let samples = vec![sample(10.0), sample(20.0), None, None, sample(30.0)];
        let trace = Trace { rate_hz: 10.0, samples, ..Trace::default() };
        assert_eq!(runs(&trace.samples).iter().map(Vec::len).collect::<Vec<_>>(), [2, 1]);
        assert_eq!(trace.range(), [8.0, 32.0]);
        assert_eq!(runs(&Trace::default().samples).len(), 0);
        let wide = Trace { others: vec![Some([0.0, 5.0, 40.0])], ..trace };
        assert_eq!(wide.range(), [0.0, 40.0]);
    }
}
