//! The skeleton drawn over the picture, as a video.

use anyhow::{Context as _, bail};
use baro_motion::{Landmark, LandmarkId, Pose};
use baro_vision::Frame;
use std::ffi::OsString;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};

/// Points less visible than this are not drawn.
const MIN_VISIBILITY: f32 = 0.5;
const LEFT: [u8; 3] = [255, 160, 40];
const RIGHT: [u8; 3] = [40, 190, 255];
const MIDDLE: [u8; 3] = [240, 240, 240];

/// Draws and hands the pictures to `ffmpeg`, which encodes them.
pub struct Renderer {
    path: PathBuf,
    encoder: Child,
    pixels: Option<ChildStdin>,
    canvas: Frame,
}

impl Renderer {
    /// Starts the encoder for pictures of the first one's size.
    pub fn start(path: &Path, first: &Frame, fps: f64) -> anyhow::Result<Self> {
        let size = format!("{}x{}", first.width, first.height);
        let mut file = OsString::from("file:");
        file.push(path);
        let spawned = Command::new("ffmpeg")
            .args(["-hide_banner", "-loglevel", "error", "-y", "-f", "rawvideo", "-pix_fmt", "rgb24"])
            .args(["-s", &size, "-r", &fps.to_string(), "-i", "pipe:0"])
            // The usual encoders take even sizes only.
            .args(["-vf", "pad=ceil(iw/2)*2:ceil(ih/2)*2", "-pix_fmt", "yuv420p"])
            .arg(file)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn();
        let mut encoder = match spawned {
            Ok(encoder) => encoder,
            Err(e) if e.kind() == ErrorKind::NotFound => {
                bail!(
                    "the program `ffmpeg` is missing; install FFmpeg (Debian and Ubuntu: sudo apt-get install ffmpeg)"
                )
            }
            Err(e) => return Err(e).context("can't start ffmpeg"),
        };
        let pixels = encoder.stdin.take();
        let canvas = Frame { width: first.width, height: first.height, ..Frame::default() };
        Ok(Self { path: path.to_owned(), encoder, pixels, canvas })
    }

    /// Adds a picture.
    pub fn draw(&mut self, frame: &Frame, pose: Option<&Pose>) -> anyhow::Result<()> {
        if (frame.width, frame.height) != (self.canvas.width, self.canvas.height) {
            bail!("the pictures change their size; they can't be drawn into one video");
        }
        self.canvas.rgb.clone_from(&frame.rgb);
        if let Some(pose) = pose {
            draw_skeleton(&mut self.canvas, pose);
        }
        let Some(pixels) = &mut self.pixels else { return Ok(()) };
        pixels
            .write_all(&self.canvas.rgb)
            .with_context(|| format!("ffmpeg can't write {}", self.path.display()))
    }

    /// Closes the video.
    pub fn finish(mut self) -> anyhow::Result<()> {
        self.pixels = None;
        let status = self.encoder.wait().context("ffmpeg")?;
        if !status.success() {
            bail!("ffmpeg can't write {} ({status})", self.path.display());
        }
        Ok(())
    }
}

fn draw_skeleton(canvas: &mut Frame, pose: &Pose) {
    let (width, height) = (canvas.width as f32, canvas.height as f32);
    let radius = (width.min(height) / 150.0).max(1.0);
    let at = |l: &Landmark| [l.position.x * width, l.position.y * height];
    let seen = |id: LandmarkId| Some(pose.image[id]).filter(|l| l.visibility >= MIN_VISIBILITY);
    for (from, to) in LandmarkId::BONES {
        if let (Some(a), Some(b)) = (seen(from), seen(to)) {
            let color = if side(from) == side(to) { side(from) } else { MIDDLE };
            draw_line(canvas, at(&a), at(&b), radius * 0.6, color);
        }
    }
    for id in LandmarkId::ALL {
        if let Some(point) = seen(id) {
            draw_line(canvas, at(&point), at(&point), radius, side(id));
        }
    }
}

fn side(id: LandmarkId) -> [u8; 3] {
    let name = id.name();
    match (name.contains("left"), name.contains("right")) {
        (true, _) => LEFT,
        (_, true) => RIGHT,
        _ => MIDDLE,
    }
}

/// A line with round ends; a dot where both ends are the same.
fn draw_line(canvas: &mut Frame, a: [f32; 2], b: [f32; 2], radius: f32, color: [u8; 3]) {
    let (width, height) = (canvas.width as i32, canvas.height as i32);
    let bounds = |i: usize, size: i32| {
        let low = (a[i].min(b[i]) - radius).floor().max(0.0) as i32;
        let high = (a[i].max(b[i]) + radius).ceil().min(size as f32 - 1.0) as i32;
        low..=high
    };
    let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
    let length_squared = dx * dx + dy * dy;
    for y in bounds(1, height) {
        for x in bounds(0, width) {
            let (px, py) = (x as f32 - a[0], y as f32 - a[1]);
            let along = if length_squared > 0.0 { (px * dx + py * dy) / length_squared } else { 0.0 };
            let along = along.clamp(0.0, 1.0);
            if (px - along * dx).hypot(py - along * dy) <= radius {
                let at = (y * width + x) as usize * 3;
                if let Some(pixel) = canvas.rgb.get_mut(at..at + 3) {
                    pixel.copy_from_slice(&color);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_drawn_and_stay_inside_the_picture() {
        let mut canvas = Frame::default();
        canvas.resize(10, 10);
        draw_line(&mut canvas, [1.0, 5.0], [8.0, 5.0], 0.5, LEFT);
        assert_eq!(canvas.rgb[(5 * 10 + 4) * 3..][..3], LEFT);
        assert_eq!(canvas.rgb[(7 * 10 + 4) * 3..][..3], [0; 3]);
        draw_line(&mut canvas, [-50.0, -50.0], [60.0, f32::NAN], 3.0, RIGHT);
        draw_line(&mut canvas, [f32::INFINITY, 3.0], [3.0, 3.0], 3.0, RIGHT);
    }
}
