//! Set-up: what the camera sees, the one thing to change, and "I can see you".

use crate::{
    Ground, Hands, Look, Page, Preview, Texts, Type, free_part,
    layout::{MARGIN, fit},
    preview,
    text::{self, inset, live_label_at},
    widgets::{self, Mark},
    words,
};
use baro_coach::{
    Exercise,
    setup::{Advice, Check, Guide, State},
};
use egui::{Align, Rect, Sense, Ui, WidgetInfo, WidgetType, pos2, vec2};

/// What is shown.
#[derive(Debug, Clone, Copy)]
pub struct SetUpView<'a> {
    /// The exercise that is set up for.
    pub exercise: &'a Exercise,
    /// What is right and what is not.
    pub guide: &'a Guide,
    /// The camera picture.
    pub preview: Option<Preview<'a>>,
    /// The number that is being said, while counting down.
    pub countdown: Option<u32>,
    /// Raised hands.
    pub hands: Hands,
}

/// What was pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SetUpPress {
    /// Begin now.
    Begin,
    /// To the explanation.
    Back,
    /// Choose another camera.
    Camera,
}

/// Draws the screen; gives back what was pressed.
pub fn show(ui: &mut Ui, view: &SetUpView, texts: &Texts, look: &Look) -> Option<SetUpPress> {
    let title = texts.text("setup-title");
    let begin = texts.text(if view.guide.ready { "setup-begin" } else { "setup-begin-anyway" });
    let [back, camera] = ["button-back", "setup-camera"].map(|key| texts.text(key));
    let name = texts.text(&view.exercise.name_key);
    let free = free_part(ui.max_rect());
    let pressed = Page::new(&title)
        .sentence(&name)
        .main(&begin, SetUpPress::Begin)
        .other(&back, SetUpPress::Back)
        .ground(Ground::Beside)
        .show(ui, look, view.hands, |ui| {
            advice(ui, view, texts, look);
            widgets::card(ui, look, |ui| checks(ui, view, texts, look));
            widgets::small_button(ui, look, &camera, widgets::Weight::Plain)
                .clicked()
                .then_some(SetUpPress::Camera)
        });
    picture(ui, free, view, texts, look);
    pressed
}

/// The one thing to do now, or "I can see you".
fn advice(ui: &mut Ui, view: &SetUpView, texts: &Texts, look: &Look) {
    let p = look.palette();
    let (said, good) = match view.guide.advice {
        _ if view.guide.ready => (texts.text("setup-ready"), true),
        Some(advice) => (texts.text(advice.cue().unwrap_or(&view.exercise.unseen_cue)), false),
        None => (texts.text("setup-not-ready"), true),
    };
    let (fill, ink, sign) =
        if good { (p.now_faint, p.now_strong, Mark::Good) } else { (p.adjust_faint, p.adjust, Mark::Adjust) };
    let width = ui.available_width();
    let radius = 15.0 * look.scale().sqrt();
    let left = 2.0 * radius + 36.0;
    let galley = text::wrapped(ui, &said, look.bold(Type::Heading), ink, width - left - 20.0, Align::Min);
    let (rect, _) = ui.allocate_exact_size(vec2(width, galley.size().y + 28.0), Sense::hover());
    widgets::card_in(ui, look, rect, fill);
    let sign = if good && !view.guide.ready { Mark::Open } else { sign };
    widgets::mark(ui.painter(), look, pos2(rect.min.x + 20.0 + radius, rect.center().y), radius, sign);
    ui.painter().galley(pos2(rect.min.x + left, rect.center().y - galley.size().y / 2.0), galley, ink);
    live_label_at(ui, rect, "advice", &said);
}

/// Every check with its mark; what is not right says what to do, in the words of the advice.
fn checks(ui: &mut Ui, view: &SetUpView, texts: &Texts, look: &Look) {
    let p = look.palette();
    ui.spacing_mut().item_spacing = vec2(12.0, 4.0);
    for check in Check::ALL {
        let state = view.guide.state(check);
        let name = texts.text(check.key());
        let (sign, key, ink) = match state {
            State::Ok => (Mark::Good, "setup-state-ok", p.ink),
            State::Not(_) => (Mark::Adjust, "setup-state-not", p.adjust),
            State::Unknown => (Mark::Open, "setup-state-unknown", p.soft_ink),
        };
        let shown = match state {
            State::Not(Advice::Show(joint)) => {
                let joint = texts.text(words::joint_key(joint));
                format!("{name}: {}", texts.with("setup-hidden", [("joint", joint.into())]))
            }
            _ => name,
        };
        let radius = 11.0 * look.scale().sqrt();
        let width = ui.available_width();
        let galley =
            text::wrapped(ui, &shown, look.regular(Type::Body), ink, width - 2.0 * radius - 14.0, Align::Min);
        let size = vec2(width, galley.size().y.max(2.0 * radius));
        let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
        widgets::mark(ui.painter(), look, pos2(rect.min.x + radius, rect.center().y), radius, sign);
        let at = pos2(rect.min.x + 2.0 * radius + 14.0, rect.center().y - galley.size().y / 2.0);
        ui.painter().galley(at, galley, ink);
        let said = format!("{shown}: {}", texts.text(key));
        response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, &said));
    }
}

/// The camera picture beside the checks, and the countdown over it.
fn picture(ui: &Ui, free: Rect, view: &SetUpView, texts: &Texts, look: &Look) {
    let p = look.palette();
    let room = inset(free, MARGIN + 4.0, MARGIN + 4.0);
    let rect = match &view.preview {
        Some(shown) => {
            let rect = Rect::from_center_size(room.center(), fit(room.size(), shown.aspect));
            preview::show(ui, look, rect, shown, &texts.text("label-picture"));
            rect
        }
        None => room,
    };
    if let Some(number) = view.countdown {
        let said = number.to_string();
        let galley = text::line(ui, &said, look.bold(Type::Count), p.ink);
        let disc = galley.size().max_elem() * 0.62;
        ui.painter().circle_filled(rect.center(), disc, p.paper);
        ui.painter().galley(rect.center() - galley.size() / 2.0, galley, p.ink);
        live_label_at(ui, rect, "countdown", &said);
    }
}
