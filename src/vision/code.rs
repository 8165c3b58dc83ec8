//! A QR code (ISO/IEC 18004) that is held before the camera.

use crate::Frame;
use rqrr::PreparedImage;

/// Side of the longer edge to which a picture is thinned out, pixels: a code of a third of the picture keeps 5 a module.
const LONGER: usize = 1280;

/// The text of the first code in the picture that can be read. Takes about 10 ms at 640x360.
pub fn read_code(frame: &Frame) -> Option<String> {
    if !frame.is_whole() {
        return None;
    }
    let (width, height) = (frame.width as usize, frame.height as usize);
    let step = width.max(height).div_ceil(LONGER);
    let luma = |x: usize, y: usize| {
        let at = (y * step * width + x * step) * 3;
        let rgb = frame.rgb.get(at..at + 3).unwrap_or(&[0; 3]);
        // Green has most of what the eye takes for brightness.
        ((u32::from(rgb[0]) + 2 * u32::from(rgb[1]) + u32::from(rgb[2])) / 4) as u8
    };
    let mut picture = PreparedImage::prepare_from_greyscale(width / step, height / step, luma);
    picture.detect_grids().into_iter().find_map(|grid| grid.decode().ok()).map(|(_, text)| text)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "baro://clinic.example.org:4433/K7QM2WXP#4vJ9JU1bJJE96FWSJKvHsmmFADCg4gpZQff4P3bkLKi";

    /// A code before a grey wall: `module` pixels a module, its corner at `corner`, turned by `turn` radians.
    fn shown(module: f32, corner: (f32, f32), turn: f32) -> Frame {
        let code = qrcode::QrCode::new(TEXT).unwrap();
        let (modules, colors) = (code.width() as i32, code.to_colors());
        let mut frame = Frame::default();
        frame.resize(640, 360);
        let (sin, cos) = turn.sin_cos();
        for (i, rgb) in frame.rgb.chunks_exact_mut(3).enumerate() {
            let (dx, dy) = ((i % 640) as f32 - corner.0, (i / 640) as f32 - corner.1);
            let (u, v) = ((dx * cos + dy * sin) / module, (dy * cos - dx * sin) / module);
            let (u, v) = (u.floor() as i32, v.floor() as i32);
            let quiet = (-4..modules + 4).contains(&u) && (-4..modules + 4).contains(&v);
            let inside = (0..modules).contains(&u) && (0..modules).contains(&v);
            let dark = inside && colors[(v * modules + u) as usize] == qrcode::Color::Dark;
            rgb.fill(if dark {
                40
            } else if quiet {
                220
            } else {
                130
            });
        }
        frame
    }

    #[test]
    fn a_code_is_read_near_and_far_and_turned() {
        for (module, corner, turn) in
            [(6.0, (200.0, 40.0), 0.0), (3.0, (300.0, 100.0), 0.2), (4.0, (250.0, 60.0), 0.6)]
        {
            assert_eq!(read_code(&shown(module, corner, turn)).as_deref(), Some(TEXT), "{module} {turn}");
        }
    }

    #[test]
    fn where_there_is_none_nothing_is_read() {
        let mut frame = Frame::default();
        assert_eq!(read_code(&frame), None);
        frame.resize(64, 48);
        assert_eq!(read_code(&frame), None);
        let far = shown(0.5, (300.0, 200.0), 0.0);
        assert_eq!(read_code(&far), None);
    }
}
