//! One picture and the time it was taken.

/// A picture, RGB with 8 bits a channel, rows from the top, no padding. Buffers are reused from frame to frame.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Frame {
    /// Capture time in seconds since the source began; increases from frame to frame.
    pub time_s: f64,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// `width * height * 3` bytes.
    pub rgb: Vec<u8>,
}

impl Frame {
    /// Makes room for a picture of that size. The bytes are whatever was there before.
    pub fn resize(&mut self, width: u32, height: u32) {
        self.width = width;
        self.height = height;
        self.rgb.resize(width as usize * height as usize * 3, 0);
    }

    /// Whether the size and the bytes agree, and there is at least one pixel.
    pub fn is_whole(&self) -> bool {
        !self.rgb.is_empty() && self.rgb.len() == self.width as usize * self.height as usize * 3
    }
}
