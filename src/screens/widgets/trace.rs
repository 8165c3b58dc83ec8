//! A measure over the time of a film, with the band of its error and the moment that is shown.

use crate::look::{Look, Type};
use crate::text;
use egui::{Mesh, Pos2, Rect, Sense, Shape, Stroke, Ui, WidgetInfo, WidgetType, pos2, vec2};

/// A measure at an even pace.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Trace {
    /// "Knee bend, left".
    pub name: String,
    /// Samples a second.
    pub rate_hz: f64,
    /// Value, and 1.96 standard deviations of it; none where it was not measured.
    pub samples: Vec<Option<[f64; 2]>>,
    /// The value at the moment that is shown with its error, in words; none may be told where this is empty.
    pub now: String,
}

impl Trace {
    /// Lowest and highest, with their error.
    fn range(&self) -> [f64; 2] {
        let all = self.samples.iter().flatten();
        let [low, high] = all.fold([f64::INFINITY, f64::NEG_INFINITY], |[low, high], [value, pm]| {
            [low.min(value - pm), high.max(value + pm)]
        });
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
        for run in self.runs() {
            let mut band = Mesh::default();
            let mut line = Vec::with_capacity(run.len());
            for (i, [value, pm]) in run {
                band.colored_vertex(at(i, value + pm), p.now.gamma_multiply(0.22));
                band.colored_vertex(at(i, value - pm), p.now.gamma_multiply(0.22));
                line.push(at(i, value));
            }
            for i in 1..line.len() as u32 {
                band.add_triangle(2 * i - 2, 2 * i - 1, 2 * i);
                band.add_triangle(2 * i - 1, 2 * i, 2 * i + 1);
            }
            ui.painter().add(Shape::mesh(band));
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

    /// Samples that follow each other without a gap: nothing is drawn where nothing was measured.
    fn runs(&self) -> Vec<Vec<(usize, [f64; 2])>> {
        let mut runs: Vec<Vec<(usize, [f64; 2])>> = Vec::new();
        let mut open = false;
        for (i, sample) in self.samples.iter().enumerate() {
            match (sample, open) {
                (Some(sample), true) => runs.last_mut().into_iter().for_each(|run| run.push((i, *sample))),
                (Some(sample), false) => runs.push(vec![(i, *sample)]),
                (None, _) => {}
            }
            open = sample.is_some();
        }
        runs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_is_a_gap_and_the_band_is_in_the_range() {
        let sample = |value| Some([value, 2.0]);
        let samples = vec![sample(10.0), sample(20.0), None, None, sample(30.0)];
        let trace = Trace { rate_hz: 10.0, samples, ..Trace::default() };
        assert_eq!(trace.runs().iter().map(Vec::len).collect::<Vec<_>>(), [2, 1]);
        assert_eq!(trace.range(), [8.0, 32.0]);
        assert_eq!(Trace::default().runs().len(), 0);
    }
}
