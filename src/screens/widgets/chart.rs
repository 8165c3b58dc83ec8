//! A line through measured values, with the band of their uncertainty.

use crate::{
    look::{Look, Type},
    text,
};
use egui::{Align, Color32, Mesh, Pos2, Rect, Sense, Shape, Stroke, Ui, WidgetInfo, WidgetType, pos2, vec2};
use std::ops::RangeInclusive;

/// A measured value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// Along the chart; any unit, rising.
    pub x: f64,
    /// The value.
    pub y: f64,
    /// How far the value may be off to either side; `None` where that is not known.
    pub off: Option<f64>,
}

/// A chart over the whole width.
pub struct Chart<'a> {
    /// What it shows, in one sentence: its only words for a screen reader.
    pub name: &'a str,
    /// The values, `x` rising.
    pub points: &'a [Point],
    /// Lowest and highest value shown.
    pub range: RangeInclusive<f64>,
    /// The words of the lowest and the highest value.
    pub ends: [&'a str; 2],
    /// Words below the chart: at the first and at the last point.
    pub dates: [&'a str; 2],
    /// A band to be within (the goal).
    pub goal: Option<RangeInclusive<f64>>,
}

impl Chart<'_> {
    /// Draws it, `height` design units high without the words below.
    pub fn show(&self, ui: &mut Ui, look: &Look, height: f32) {
        let p = look.palette();
        let width = ui.available_width();
        let font = look.regular(Type::Small);
        let end = |words: &str| text::wrapped(ui, words, font.clone(), p.soft_ink, width * 0.3, Align::Max);
        let ends = self.ends.map(end);
        let date =
            |words: &str, align| text::wrapped(ui, words, font.clone(), p.soft_ink, width * 0.33, align);
        let dates = [date(self.dates[0], Align::Min), date(self.dates[1], Align::Max)];
        let below = dates.iter().map(|galley| galley.size().y).fold(0.0, f32::max) + 6.0;
        let left = ends.iter().map(|galley| galley.size().x).fold(0.0, f32::max) + 12.0;
        let least = ends.iter().map(|galley| galley.size().y).sum::<f32>() + 8.0;
        let height = height.max(least);
        let (rect, response) = ui.allocate_exact_size(vec2(width, height + below), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(WidgetType::Image, true, self.name));
        let plot =
            Rect::from_min_max(pos2(rect.min.x + left, rect.min.y), pos2(rect.max.x, rect.max.y - below));
        let [low, high] = ends;
        let low_at = pos2(plot.min.x - 12.0, plot.max.y - low.size().y);
        ui.painter().galley(low_at, low, p.soft_ink);
        ui.painter().galley(pos2(plot.min.x - 12.0, plot.min.y), high, p.soft_ink);
        let [first, last] = dates;
        ui.painter().galley(pos2(plot.min.x, plot.max.y + 6.0), first, p.soft_ink);
        ui.painter().galley(pos2(plot.max.x, plot.max.y + 6.0), last, p.soft_ink);
        self.draw(ui, look, plot);
    }

    fn draw(&self, ui: &Ui, look: &Look, plot: Rect) {
        let p = look.palette();
        let painter = ui.painter();
        painter.rect_filled(plot, 8, p.ground);
        let inner = text::inset(plot, 14.0, 12.0);
        let place = Place::new(self, inner);
        if let Some(goal) = &self.goal {
            let band = Rect::from_x_y_ranges(plot.x_range(), place.y(*goal.end())..=place.y(*goal.start()));
            painter.rect_filled(band.intersect(plot), 4, p.now_faint);
        }
        for share in [0.0, 0.5, 1.0] {
            painter.hline(
                plot.x_range(),
                inner.max.y - share * inner.height(),
                Stroke::new(1.0, p.edge.gamma_multiply(0.4)),
            );
        }
        let painter = painter.with_clip_rect(plot.intersect(ui.clip_rect()));
        painter.add(self.band(&place, p.now.gamma_multiply(0.22)));
        let line: Vec<Pos2> = self.points.iter().map(|point| place.at(point.x, point.y)).collect();
        for point in &line {
            painter.circle_filled(*point, 6.0, p.now);
        }
        painter.line(line, Stroke::new(3.5, p.now));
    }

    /// The band of what the values may be. Where nothing is known of a point, it has no width there.
    fn band(&self, place: &Place, color: Color32) -> Shape {
        let mut mesh = Mesh::default();
        for point in self.points {
            let off = point.off.unwrap_or(0.0);
            mesh.colored_vertex(place.at(point.x, point.y + off), color);
            mesh.colored_vertex(place.at(point.x, point.y - off), color);
        }
        for i in 1..self.points.len() as u32 {
            mesh.add_triangle(2 * i - 2, 2 * i - 1, 2 * i);
            mesh.add_triangle(2 * i - 1, 2 * i, 2 * i + 1);
        }
        Shape::mesh(mesh)
    }
}

/// From values to places on the screen.
struct Place {
    inner: Rect,
    x: [f64; 2],
    y: [f64; 2],
}

impl Place {
    fn new(chart: &Chart, inner: Rect) -> Self {
        let x = [chart.points.first(), chart.points.last()].map(|point| point.map_or(0.0, |point| point.x));
        Self { inner, x, y: [*chart.range.start(), *chart.range.end()] }
    }

    fn share(value: f64, [from, to]: [f64; 2]) -> f32 {
        if to > from { ((value - from) / (to - from)) as f32 } else { 0.5 }
    }

    fn y(&self, y: f64) -> f32 {
        self.inner.max.y - Self::share(y, self.y).clamp(-0.2, 1.2) * self.inner.height()
    }

    fn at(&self, x: f64, y: f64) -> Pos2 {
        pos2(self.inner.min.x + Self::share(x, self.x) * self.inner.width(), self.y(y))
    }
}
