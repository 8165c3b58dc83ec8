//! The colours. What each is for, and where it may stand, is in `docs/design.md`.

use egui::Color32;

/// Which colours are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scheme {
    /// A bright room.
    #[default]
    Light,
    /// For the evening.
    Dark,
    /// White on black, thick edges.
    HighContrast,
}

impl Scheme {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Light, Self::Dark, Self::HighContrast];

    /// Its colours.
    pub const fn palette(self) -> &'static Palette {
        match self {
            Self::Light => &LIGHT,
            Self::Dark => &DARK,
            Self::HighContrast => &HIGH_CONTRAST,
        }
    }
}

/// Colours by what they mean. A colour never says anything alone: a shape or a word stands beside it.
#[derive(Debug, PartialEq, Eq)]
pub struct Palette {
    /// Text.
    pub ink: Color32,
    /// Text of second rank.
    pub soft_ink: Color32,
    /// Behind everything, where the room doesn't show.
    pub ground: Color32,
    /// Over the room, so that a page can be read on it.
    pub veil: Color32,
    /// Over the room while paused.
    pub dim: Color32,
    /// Cards and quiet buttons.
    pub paper: Color32,
    /// A calm area on a card: empty bars and rings, lines.
    pub quiet: Color32,
    /// Edges of what can be pressed.
    pub edge: Color32,
    /// The one accent: now.
    pub now: Color32,
    /// The accent under the pointer, and as text.
    pub now_strong: Color32,
    /// A faint accent, for areas.
    pub now_faint: Color32,
    /// Text on `now` and `now_strong`.
    pub on_now: Color32,
    /// To adjust: text and marks.
    pub adjust: Color32,
    /// To adjust: areas.
    pub adjust_faint: Color32,
    /// Stop: areas. Nothing else is red.
    pub stop: Color32,
    /// Stop under the pointer.
    pub stop_strong: Color32,
    /// Text on `stop`.
    pub on_stop: Color32,
    /// Is text light on dark?
    pub dark: bool,
}

const fn rgb(hex: u32) -> Color32 {
    Color32::from_rgb((hex >> 16) as u8, (hex >> 8) as u8, hex as u8)
}

/// A colour through which `255 - alpha` of what is behind shows.
const fn veil(hex: u32, alpha: u8) -> Color32 {
    const fn part(value: u32, alpha: u8) -> u8 {
        ((value & 0xFF) * alpha as u32 / 255) as u8
    }
    Color32::from_rgba_premultiplied(part(hex >> 16, alpha), part(hex >> 8, alpha), part(hex, alpha), alpha)
}

const LIGHT: Palette = Palette {
    ink: rgb(0x12_2B_2A),
    soft_ink: rgb(0x34_47_45),
    ground: rgb(0xEC_F0_EE),
    veil: veil(0xE9_F1_EE, 0xE6),
    dim: veil(0x12_2B_2A, 90),
    paper: veil(0xFE_FE_FC, 0xF7),
    quiet: rgb(0xE6_EB_E9),
    edge: rgb(0x74_88_85),
    now: rgb(0x08_5D_59),
    now_strong: rgb(0x06_48_45),
    now_faint: rgb(0xDD_EE_EC),
    on_now: Color32::WHITE,
    adjust: rgb(0x77_39_00),
    adjust_faint: rgb(0xFF_EE_D2),
    stop: rgb(0xA3_1B_1B),
    stop_strong: rgb(0x83_10_10),
    on_stop: Color32::WHITE,
    dark: false,
};

const DARK: Palette = Palette {
    ink: rgb(0xF1_F7_F5),
    soft_ink: rgb(0xBD_CC_C9),
    ground: rgb(0x0E_18_18),
    veil: veil(0x0E_18_18, 0xE8),
    dim: veil(0x00_00_00, 120),
    paper: veil(0x17_26_26, 0xF7),
    quiet: rgb(0x2B_3C_3B),
    edge: rgb(0x7F_95_92),
    now: rgb(0x62_D6_CA),
    now_strong: rgb(0x9B_EC_E3),
    now_faint: rgb(0x14_40_3D),
    on_now: rgb(0x04_22_20),
    adjust: rgb(0xFF_C4_70),
    adjust_faint: rgb(0x40_2C_08),
    stop: rgb(0xFF_85_78),
    stop_strong: rgb(0xFF_AB_A2),
    on_stop: rgb(0x3B_04_02),
    dark: true,
};

const HIGH_CONTRAST: Palette = Palette {
    ink: Color32::WHITE,
    soft_ink: rgb(0xE8_E8_E8),
    ground: Color32::BLACK,
    veil: veil(0x00_00_00, 0xF4),
    dim: veil(0x00_00_00, 160),
    paper: rgb(0x00_00_00),
    quiet: rgb(0x40_40_40),
    edge: Color32::WHITE,
    now: rgb(0x4D_F2_E4),
    now_strong: rgb(0xA6_FA_F2),
    now_faint: rgb(0x00_3B_37),
    on_now: Color32::BLACK,
    adjust: rgb(0xFF_D5_1F),
    adjust_faint: rgb(0x33_29_00),
    stop: rgb(0xFF_8A_80),
    stop_strong: rgb(0xFF_C2_BD),
    on_stop: Color32::BLACK,
    dark: true,
};

#[cfg(test)]
mod tests {
    use super::*;

    fn linear(value: u8) -> f32 {
        let v = f32::from(value) / 255.0;
        if v <= 0.04045 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
    }

    /// Contrast ratio of the Web Content Accessibility Guidelines 2.2.
    fn contrast(a: Color32, b: Color32) -> f32 {
        let luminance = |c: Color32| 0.2126 * linear(c.r()) + 0.7152 * linear(c.g()) + 0.0722 * linear(c.b());
        let (a, b) = (luminance(a) + 0.05, luminance(b) + 0.05);
        a.max(b) / a.min(b)
    }

    /// A veil or card over the darkest or the brightest room.
    fn over(top: Color32, room: u8) -> Color32 {
        let rest = u32::from(255 - top.a());
        let mix = |v: u8| (u32::from(v) + u32::from(room) * rest / 255).min(255) as u8;
        Color32::from_rgb(mix(top.r()), mix(top.g()), mix(top.b()))
    }

    #[test]
    fn text_can_be_read_in_every_palette() {
        for scheme in Scheme::ALL {
            let p = scheme.palette();
            let mut pairs = vec![
                (p.ink, p.ground),
                (p.soft_ink, p.ground),
                (p.ink, p.quiet),
                (p.ink, p.now_faint),
                (p.now_strong, p.now_faint),
                (p.on_now, p.now),
                (p.on_now, p.now_strong),
                (p.adjust, p.adjust_faint),
                (p.on_stop, p.stop),
                (p.on_stop, p.stop_strong),
            ];
            for room in [0x30, 0xF0] {
                for ink in [p.ink, p.soft_ink, p.now_strong, p.adjust] {
                    pairs.push((ink, over(p.paper, room)));
                }
                pairs.extend([p.ink, p.soft_ink].map(|ink| (ink, over(p.veil, room))));
            }
            for (ink, paper) in pairs {
                let ratio = contrast(ink, paper);
                assert!(ratio >= 7.0, "{scheme:?}: {ink:?} on {paper:?}: {ratio:.2}");
            }
        }
    }

    #[test]
    fn edges_and_marks_can_be_seen() {
        for scheme in Scheme::ALL {
            let p = scheme.palette();
            for (mark, ground) in [
                (p.edge, over(p.paper, 0xF0)),
                (p.edge, p.ground),
                (p.now, over(p.paper, 0xF0)),
                (p.now, p.quiet),
                (p.now, p.ground),
                (p.stop, over(p.paper, 0xF0)),
                (p.stop, p.ground),
            ] {
                let ratio = contrast(mark, ground);
                assert!(ratio >= 3.0, "{scheme:?}: {mark:?} on {ground:?}: {ratio:.2}");
            }
        }
    }

    /// What eyes without red, green or blue cones see: Machado, Oliveira & Fernandes 2009, severity 1.0, on linear RGB.
    const EYES: [[[f32; 3]; 3]; 4] = [
        [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
    ];

    /// CIE L*a*b* (D65) of a colour as these eyes see it.
    fn lab(color: Color32, eyes: &[[f32; 3]; 3]) -> [f32; 3] {
        let rgb = [color.r(), color.g(), color.b()].map(linear);
        let [r, g, b] = eyes.map(|row| row.iter().zip(rgb).map(|(m, v)| m * v).sum::<f32>().clamp(0.0, 1.0));
        let xyz = [
            (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505,
            0.2126 * r + 0.7152 * g + 0.0722 * b,
            (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089,
        ];
        let [x, y, z] = xyz.map(|v| if v > 0.008856 { v.cbrt() } else { 7.787 * v + 16.0 / 116.0 });
        [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
    }

    #[test]
    fn now_adjust_and_stop_differ_for_every_eye() {
        for scheme in Scheme::ALL {
            let p = scheme.palette();
            for eyes in &EYES {
                for (a, b) in
                    [(p.now, p.adjust_faint), (p.now, p.stop), (p.stop, p.adjust_faint), (p.now, p.adjust)]
                {
                    let (a, b) = (lab(a, eyes), lab(b, eyes));
                    let difference = a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum::<f32>().sqrt();
                    assert!(difference >= 20.0, "{scheme:?}: {a:?} and {b:?} differ by {difference:.0}");
                }
            }
        }
    }
}
