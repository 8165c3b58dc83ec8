//! The tempo guide: out, at the far end, back, and at rest, each as long as it should take.

use crate::{Look, Texts, Type, text};
use baro_coach::Phase;
use egui::{Align, Rect, Sense, Ui, WidgetInfo, WidgetType, pos2};

/// The tempo asked for, and how long the phase under way has lasted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tempo {
    /// Seconds out, at the far end, back, and at rest.
    pub seconds: [f64; 4],
    /// How long the phase under way has lasted, seconds.
    pub phase_s: f64,
}

/// The phases in the order of a repetition.
const PHASES: [Phase; 4] = [Phase::Out, Phase::Peak, Phase::Return, Phase::Rest];

impl Tempo {
    /// How much of each phase is over, 0 to 1: what lies before the phase under way is full.
    pub fn shares(&self, phase: Phase) -> [f32; 4] {
        let now = PHASES.iter().position(|other| *other == phase).unwrap_or(0);
        std::array::from_fn(|i| match i.cmp(&now) {
            // At rest everything begins anew.
            std::cmp::Ordering::Less if phase == Phase::Rest => 0.0,
            std::cmp::Ordering::Less => 1.0,
            std::cmp::Ordering::Equal if self.seconds[i] > 0.0 => {
                (self.phase_s / self.seconds[i]).clamp(0.0, 1.0) as f32
            }
            _ => 0.0,
        })
    }

    /// Height that it needs.
    pub fn height(look: &Look) -> f32 {
        16.0 + 4.0 + look.size(Type::Small) * 1.25
    }

    /// Bars as long as their phases, with the seconds below; the phase under way fills, or is only marked with reduced motion.
    pub fn show(&self, ui: &Ui, look: &Look, texts: &Texts, rect: Rect, phase: Phase) {
        let p = look.palette();
        let total: f64 = self.seconds.iter().sum();
        if total <= 0.0 {
            return;
        }
        let shares = self.shares(phase);
        let gap = 5.0;
        let used = self.seconds.iter().filter(|seconds| **seconds > 0.0).count();
        let room = rect.width() - gap * used.saturating_sub(1) as f32;
        let mut left = rect.min.x;
        for (i, seconds) in self.seconds.iter().enumerate().filter(|(_, seconds)| **seconds > 0.0) {
            let width = room * (seconds / total) as f32;
            let bar = Rect::from_min_max(pos2(left, rect.min.y), pos2(left + width, rect.min.y + 16.0));
            let now = PHASES[i] == phase;
            let share = if look.reduced_motion && now { 1.0 } else { shares[i] };
            ui.painter().rect_filled(bar, 8, p.quiet);
            if share > 0.0 {
                let filled = Rect::from_min_max(bar.min, pos2(bar.min.x + bar.width() * share, bar.max.y));
                ui.painter().rect_filled(filled, 8, p.now);
            }
            let below = Rect::from_min_max(pos2(left, bar.max.y + 4.0), pos2(left + width, rect.max.y));
            let font = if now { look.bold(Type::Small) } else { look.regular(Type::Small) };
            let ink = if now { p.now_strong } else { p.soft_ink };
            let shown = format!("{seconds:.0}");
            text::put(
                ui,
                below,
                text::wrapped(ui, &shown, font, ink, width.max(40.0), Align::Center),
                Align::Center,
            );
            left += width + gap;
        }
        let [out, peak, back, rest] = self.seconds.map(|seconds| format!("{seconds:.0}"));
        let said = texts.with(
            "hud-tempo",
            [("out", out.into()), ("peak", peak.into()), ("back", back.into()), ("rest", rest.into())],
        );
        let response = ui.interact(rect, ui.id().with("tempo"), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(WidgetType::Image, true, &said));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phases_fill_one_after_the_other() {
        let tempo = Tempo { seconds: [3.0, 1.0, 2.0, 0.0], phase_s: 1.5 };
        assert_eq!(tempo.shares(Phase::Out), [0.5, 0.0, 0.0, 0.0]);
        assert_eq!(tempo.shares(Phase::Return), [1.0, 1.0, 0.75, 0.0]);
        assert_eq!(tempo.shares(Phase::Rest), [0.0; 4]);
    }
}
