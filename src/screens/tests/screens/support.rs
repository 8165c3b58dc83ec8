//! One stage for every screen: both languages, three sizes, 100 and 200 % text, and all palettes. A screen is drawn there, its
//! controls are pressed by their accessible names, and its picture is checked: no text is cut, no two things overlap.

use baro_coach::Exercise;
use baro_screens::{Fonts, Language, Look, Scheme, Texts, layout::unit_pixels};
use egui::{Rect, Shape, Ui, UiBuilder, Vec2, accesskit::Role, epaint::ClippedShape, vec2};
use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};
use std::{
    fmt::Debug,
    path::{Path, PathBuf},
    sync::OnceLock,
};

/// What a check forgives, design units.
const SLACK: f32 = 1.5;

pub fn assets() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets")
}

pub fn texts(language: Language) -> Texts {
    Texts::load(&assets(), language).unwrap()
}

pub fn exercise(name: &str) -> Exercise {
    let path = assets().join("exercises").join(name).with_extension("toml");
    Exercise::from_toml(&std::fs::read_to_string(path).unwrap()).unwrap()
}

pub fn fonts() -> Fonts {
    static FONTS: OnceLock<Fonts> = OnceLock::new();
    let read = |name: &str| std::fs::read(assets().join("fonts").join(name)).unwrap();
    FONTS.get_or_init(|| Fonts::new(read("Pretendard-Regular.otf"), read("Pretendard-Bold.otf"))).clone()
}

/// One way to show a screen.
#[derive(Debug, Clone, Copy)]
pub struct Case {
    pub language: Language,
    pub pixels: Vec2,
    pub look: Look,
}

/// Every language, size and text scale; palettes and reduced motion go round.
pub fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for language in Language::ALL {
        for pixels in [vec2(1280.0, 720.0), vec2(1024.0, 640.0), vec2(3840.0, 2160.0)] {
            for text_scale in [1.0, 2.0] {
                let scheme = Scheme::ALL[cases.len() % 3];
                let look =
                    Look { scheme, text_scale, reduced_motion: true, reduced_picture: cases.len() % 2 == 1 };
                cases.push(Case { language, pixels, look });
            }
        }
    }
    cases
}

/// Accessible names of controls by the keys of their texts.
pub fn named<P>(texts: &Texts, controls: impl IntoIterator<Item = (&'static str, P)>) -> Vec<(String, P)> {
    controls.into_iter().map(|(key, press)| (texts.text(key), press)).collect()
}

/// What a screen with drafts did: a press, or a change of what is being entered.
#[derive(Debug, Clone, PartialEq)]
pub enum Got<P, D> {
    Press(P),
    Draft(D),
}

/// Draws a screen on a copy of `base`: what was pressed, else how the drafts changed.
pub fn drafted<P, D: Clone + PartialEq>(
    base: &D,
    show: impl FnOnce(&mut D) -> Option<P>,
) -> Option<Got<P, D>> {
    let mut drafts = base.clone();
    let press = show(&mut drafts);
    press.map(Got::Press).or_else(|| (drafts != *base).then_some(Got::Draft(drafts)))
}

/// A screen in one language, as most people see it.
pub fn language<'a, P: 'a>(
    language: Language,
    show: impl FnMut(&mut Ui, &Texts, &Look) -> Option<P> + 'a,
) -> Shown<'a, P> {
    stage(Case { language, pixels: vec2(1280.0, 720.0), look: Look::default() }, show)
}

/// The least room: the largest text in the smallest design size. For what differs from another screen in its words only.
pub fn tight() -> Vec<Case> {
    let is_tight = |case: &Case| case.pixels == vec2(1280.0, 720.0) && case.look.text_scale > 1.5;
    cases().into_iter().filter(is_tight).collect()
}

pub struct Stage<P> {
    fonts_there: bool,
    pub pressed: Vec<P>,
}

pub type Shown<'a, P> = Harness<'a, Stage<P>>;

/// Draws a screen until it is still.
pub fn stage<'a, P: 'a>(
    case: Case,
    mut show: impl FnMut(&mut Ui, &Texts, &Look) -> Option<P> + 'a,
) -> Shown<'a, P> {
    let (fonts, texts) = (fonts(), texts(case.language));
    let ratio = unit_pixels(case.pixels);
    let mut harness =
        Harness::builder().with_size(case.pixels / ratio).with_pixels_per_point(ratio).build_ui_state(
            move |ui, stage: &mut Stage<P>| {
                let context = ui.ctx().clone();
                case.look.apply(&context);
                // Each letter is drawn once, not at four offsets: the tests are slow with drawing letters.
                context.all_styles_mut(|style| style.visuals.text_options.subpixel_binning = false);
                if !stage.fonts_there {
                    stage.fonts_there = true;
                    fonts.install(&context);
                    return;
                }
                let area = context.viewport_rect();
                let builder = UiBuilder::new().layer_id(egui::LayerId::background()).max_rect(area);
                let mut ui = Ui::new(context, "screen".into(), builder);
                stage.pressed.extend(show(&mut ui, &texts, &case.look));
            },
            Stage { fonts_there: false, pressed: Vec::new() },
        );
    harness.run_steps(4);
    harness
}

/// Checks a screen in every case. `controls`: the accessible name of each that must be there, and what pressing it means.
pub fn check<P: Clone + PartialEq + Debug>(
    screen: &str,
    controls: impl Fn(&Texts) -> Vec<(String, P)>,
    show: impl Fn(&mut Ui, &Texts, &Look) -> Option<P>,
) {
    check_in(&cases(), screen, controls, show);
}

/// As [`check`], in these cases.
pub fn check_in<P: Clone + PartialEq + Debug>(
    cases: &[Case],
    screen: &str,
    controls: impl Fn(&Texts) -> Vec<(String, P)>,
    show: impl Fn(&mut Ui, &Texts, &Look) -> Option<P>,
) {
    for (index, case) in cases.iter().enumerate() {
        let case = *case;
        let place = format!("{screen}, {case:?}");
        let mut shown = stage(case, &show);
        check_picture(&shown, &place);
        // All are pressed in each language; what differs from case to case is where they are.
        let new_language = index == 0 || cases[index - 1].language != case.language;
        for (place_in_list, (name, press)) in controls(&texts(case.language)).into_iter().enumerate() {
            let control =
                shown.get_by(|node| is_control(node.role()) && node.label().as_deref() == Some(&*name));
            if !new_language && place_in_list > 1 {
                continue;
            }
            control.click_accesskit();
            shown.state_mut().pressed.clear();
            shown.run_steps(2);
            assert_eq!(shown.state().pressed.first(), Some(&press), "{name} on {place}");
        }
        if index == 0 {
            check_keyboard(&mut shown, &place);
        }
    }
}

const fn is_control(role: Role) -> bool {
    matches!(
        role,
        Role::Button
            | Role::CheckBox
            | Role::PasswordInput
            | Role::RadioButton
            | Role::TextInput
            | Role::Slider
            | Role::Tab
            | Role::Link
    )
}

struct Text {
    words: String,
    /// All of it, and the part of it that is not clipped away.
    rect: Rect,
    seen: Rect,
}

/// Every text that is painted.
fn painted(shapes: &[ClippedShape]) -> Vec<Text> {
    fn walk(shape: &Shape, clip: Rect, all: &mut Vec<Text>) {
        match shape {
            Shape::Vec(shapes) => shapes.iter().for_each(|shape| walk(shape, clip, all)),
            Shape::Text(text) if !text.galley.is_empty() => {
                assert!(!text.galley.elided, "elided: {}", text.galley.text());
                let rect = text.galley.rect.translate(text.pos.to_vec2());
                all.push(Text { words: text.galley.text().to_owned(), rect, seen: rect.intersect(clip) });
            }
            _ => {}
        }
    }
    let mut all = Vec::new();
    shapes.iter().for_each(|clipped| walk(&clipped.shape, clipped.clip_rect, &mut all));
    all
}

/// Something to press or to type into.
#[derive(Debug)]
struct Control {
    label: Option<String>,
    enabled: bool,
    rect: Rect,
    /// The part of it that is not scrolled away.
    seen: Rect,
}

/// Every control, from the accessibility tree.
fn controls<P>(shown: &Shown<P>) -> Vec<Control> {
    let all = shown.root().children_recursive().filter(|node| is_control(node.accesskit_node().role()));
    let controls = all.map(|node| {
        let (rect, inner) = (node.rect(), node.accesskit_node());
        let near = |other: Rect| other.min.distance(rect.min).max(other.max.distance(rect.max)) < SLACK;
        let seen = shown.ctx.viewport(|viewport| {
            let layers = viewport.prev_pass.widgets.layers().flat_map(|(_, layer)| layer);
            layers.filter(|widget| near(widget.rect)).map(|widget| widget.interact_rect).next()
        });
        Control { label: inner.label(), enabled: !inner.is_disabled(), rect, seen: seen.unwrap_or(rect) }
    });
    controls.collect()
}

fn overlap(a: Rect, b: Rect) -> bool {
    let both = a.intersect(b);
    both.width() > SLACK && both.height() > SLACK
}

/// No text is cut or lies over another one or over a control's edge; no two controls overlap.
pub fn check_picture<P>(shown: &Shown<P>, place: &str) {
    let window = shown.ctx.viewport_rect();
    let texts = painted(&shown.output().shapes);
    let controls = controls(shown);
    assert!(!texts.is_empty(), "nothing is drawn on {place}");
    for (i, text) in texts.iter().enumerate() {
        let Text { words, rect, seen } = text;
        assert!(!is_key(words), "`{words}` has no text on {place}");
        let sides = [rect.min.x - window.min.x, window.max.x - rect.max.x];
        assert!(sides.iter().all(|room| *room > -SLACK), "`{words}` leaves the window: {rect:?} on {place}");
        // What scrolls is cut above and below only.
        let cut = rect.width() - seen.width();
        assert!(seen.is_negative() || cut < SLACK, "`{words}` is cut by {cut} on {place}");
        for control in &controls {
            let inside = control.rect.expand(SLACK).contains_rect(*rect);
            assert!(!overlap(*seen, control.seen) || inside, "`{words}` overflows {control:?} on {place}");
        }
        for other in &texts[i + 1..] {
            assert!(!overlap(*seen, other.seen), "`{words}` and `{}` overlap on {place}", other.words);
        }
    }
    for (i, control) in controls.iter().enumerate() {
        let Control { label, rect, seen, .. } = control;
        assert!(label.as_ref().is_some_and(|label| !label.is_empty()), "no name on {place}: {control:?}");
        let sides = [rect.min.x - window.min.x, window.max.x - rect.max.x];
        assert!(sides.iter().all(|room| *room > -SLACK), "{control:?} leaves the window on {place}");
        for other in &controls[i + 1..] {
            assert!(!overlap(*seen, other.seen), "{control:?} and {other:?} overlap on {place}");
            assert!(*label != other.label, "two controls have one name on {place}: {control:?}");
        }
    }
}

/// Does this look like the key of a text rather than a text?
fn is_key(words: &str) -> bool {
    words.contains('-')
        && words.starts_with(|c: char| c.is_ascii_lowercase())
        && words.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_'))
}

/// The name and place of every control.
pub fn control_places<P>(shown: &Shown<P>) -> Vec<(Option<String>, Rect)> {
    controls(shown).into_iter().map(|control| (control.label, control.rect)).collect()
}

/// Tab reaches every control that can be pressed, in reading order: from one to the next it never goes back up in a column,
/// nor to the left in a line.
fn check_keyboard<P>(shown: &mut Shown<P>, place: &str) {
    let all: Vec<_> = controls(shown).into_iter().filter(|control| control.enabled).collect();
    let mut reached: Vec<Option<String>> = Vec::new();
    for _ in 0..all.len() {
        shown.key_press(egui::Key::Tab);
        shown.run_steps(2);
        let focused = shown.root().children_recursive().find(|node| node.is_focused());
        let label = focused.and_then(|node| node.accesskit_node().label());
        // The page scrolls to it, so both places are those of now.
        let now = controls(shown);
        let rect = |label: &Option<String>| {
            now.iter().find(|control| control.label == *label).map(|control| control.rect)
        };
        if let Some((from, to)) = reached.last().and_then(rect).zip(rect(&label)) {
            let forward = to.min.x > from.max.x - SLACK || to.min.y > from.max.y - SLACK;
            assert!(forward, "Tab goes back from {:?} to {label:?} on {place}", reached.last());
        }
        reached.push(label);
    }
    for control in &all {
        assert!(reached.contains(&control.label), "Tab doesn't reach {control:?} on {place}: {reached:?}");
    }
}
