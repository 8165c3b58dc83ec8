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

    /// Writes a small picture of it: RGBA, at most `most` pixels wide, every n-th pixel of every n-th row. Its width and height; none
    /// where the frame is not whole.
    pub fn thumbnail(&self, most: u32, rgba: &mut Vec<u8>) -> [u32; 2] {
        rgba.clear();
        if !self.is_whole() {
            return [0, 0];
        }
        let step = self.width.div_ceil(most.max(1)).max(1);
        let [width, height] = [self.width / step, self.height / step];
        rgba.reserve(width as usize * height as usize * 4);
        let (step, stride) = (step as usize, self.width as usize * 3);
        for row in self.rgb.chunks_exact(stride).step_by(step).take(height as usize) {
            for pixel in row.chunks_exact(3).step_by(step).take(width as usize) {
                rgba.extend_from_slice(&[pixel[0], pixel[1], pixel[2], 255]);
            }
        }
        [width, height]
    }

    /// Whether the size and the bytes agree, and there is at least one pixel.
    pub fn is_whole(&self) -> bool {
        !self.rgb.is_empty() && self.rgb.len() == self.width as usize * self.height as usize * 3
    }
}
