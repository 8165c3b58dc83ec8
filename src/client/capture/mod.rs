//! Which source is shown, and its picture for the window.

mod choice;

pub use choice::{DemoReason, Opened, SourceChoice, SourceNote, open};

use baro_vision::Frame;

/// Largest width of the picture in the window, pixels.
const PREVIEW_WIDTH: u32 = 480;

/// A picture for the window: RGBA, 8 bits a channel, rows from the top, no padding.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Preview {
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// `width * height * 4` bytes.
    pub rgba: Vec<u8>,
}

impl Preview {
    /// Takes over a frame, smaller where it is large; reuses the buffer.
    pub fn set(&mut self, frame: &Frame) {
        [self.width, self.height] = frame.thumbnail(PREVIEW_WIDTH, &mut self.rgba);
    }

    /// Width over height; `None` while there is no picture.
    pub fn aspect(&self) -> Option<f32> {
        (self.width > 0 && self.height > 0).then(|| self.width as f32 / self.height as f32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(width: u32, height: u32) -> Frame {
        let rgb = (0..width * height).flat_map(|i| [(i % width) as u8, (i / width) as u8, 9]).collect();
        Frame { time_s: 0.0, width, height, rgb }
    }

    #[test]
    fn small_pictures_are_kept() {
        let mut preview = Preview::default();
        preview.set(&frame(3, 2));
        assert_eq!(preview.rgba[..8], [0, 0, 9, 255, 1, 0, 9, 255]);
        assert_eq!(preview.aspect(), Some(1.5));
    }

    #[test]
    fn large_pictures_shrink_and_odd_ones_do_no_harm() {
        let mut preview = Preview::default();
        for (width, height) in [(1920, 1080), (1, 1), (1281, 7), (480, 1000), (481, 3)] {
            preview.set(&frame(width, height));
            assert!(preview.width <= PREVIEW_WIDTH);
            assert_eq!(preview.rgba.len(), (preview.width * preview.height * 4) as usize);
        }
        preview.set(&Frame { width: 4, height: 4, ..Frame::default() });
        assert_eq!(preview.aspect(), None);
    }
}
