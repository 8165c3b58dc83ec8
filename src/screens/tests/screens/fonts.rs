//! The fonts have what the texts need, from the first frame on.

use crate::support::{assets, fonts};
use baro_screens::look::{bold, regular};
use std::collections::BTreeSet;

/// Every character of every text, in both languages; and what the screens add to them.
fn characters() -> BTreeSet<char> {
    let mut all: BTreeSet<char> = "0123456789·–−°%/:.,".chars().collect();
    for language in ["en", "ko"] {
        for entry in std::fs::read_dir(assets().join("locales").join(language)).unwrap() {
            let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
            let lines = text.lines().filter(|line| !line.starts_with('#'));
            all.extend(lines.flat_map(str::chars).filter(|c| !c.is_control()));
        }
    }
    all
}

#[test]
fn no_character_lacks_its_glyph() {
    let context = egui::Context::default();
    fonts().install(&context);
    // As in the window: the fonts are there from the pass after this one on.
    context.run_ui(egui::RawInput::default(), |_| {}).textures_delta.clear();
    let mut missing = Vec::new();
    let mut output = context.run_ui(egui::RawInput::default(), |ui| {
        ui.fonts_mut(|fonts| {
            for font in [regular(22.0), bold(22.0)] {
                missing.extend(characters().into_iter().filter(|c| !fonts.has_glyph(&font, *c)));
            }
        });
    });
    output.textures_delta.clear();
    assert!(missing.is_empty(), "no glyph: {missing:?}");
}
