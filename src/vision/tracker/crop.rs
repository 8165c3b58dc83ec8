//! Cuts a rotated square out of a picture, scales it, and lays it out as the models want it.
//!
//! Whole-number arithmetic with OpenCV's precision (positions in 1/32 pixel, results rounded to bytes), because
//! MediaPipe crops with OpenCV and the models see the same bytes then. A destination pixel `u` maps to the source
//! without a half-pixel shift, as there.

use super::region::Region;
use crate::Frame;
use std::ops::Range;

/// What lies outside of the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Border {
    /// Black.
    Zero,
    /// The nearest pixel of the picture.
    Replicate,
}

/// How bytes become model input: `b * scale + bias`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scaling {
    pub scale: f32,
    pub bias: f32,
}

impl Scaling {
    fn of(self, byte: i32) -> f32 {
        byte as f32 * self.scale + self.bias
    }
}

/// Source positions are whole numbers in 1/65536 pixel.
const POSITION_BITS: u32 = 16;
/// Of which this many bits weigh the four neighbours.
const WEIGHT_BITS: u32 = 5;
const WEIGHT_ONE: i32 = 1 << WEIGHT_BITS;
/// Positions further out than this behave as if they were here; keeps 16.16 positions from overflowing.
const FAR_PX: f64 = 16_000.0;

/// Fills `out` (three planes of `side * side`) with the region of the picture.
pub(crate) fn crop(
    frame: &Frame,
    region: &Region,
    side: usize,
    border: Border,
    scaling: Scaling,
    out: &mut [f32],
) {
    let plane = side * side;
    let (red, rest) = out.split_at_mut(plane);
    let (green, blue) = rest.split_at_mut(plane);
    let step = f64::from(region.size_px) / side as f64;
    let (sin, cos) = f64::from(region.rotation_rad).sin_cos();
    // So that a whole row stays within twice the limit, whatever the region.
    let step = step.min(FAR_PX / side as f64);
    let (step_x, step_y) = (step * cos, step * sin);
    let half = side as f64 / 2.0;
    let below = frame.rgb.get(frame.width as usize * 3..).unwrap_or_default();
    let picture =
        Picture { rgb: &frame.rgb, below, width: frame.width as usize, height: frame.height as usize };
    let mut chunk = Chunk::new();
    for v in 0..side {
        let down = v as f64 - half;
        let row = Row {
            x: fixed(f64::from(region.center_x_px) - down * step_y - half * step_x),
            y: fixed(f64::from(region.center_y_px) + down * step_x - half * step_y),
            step_x: fixed(step_x),
            step_y: fixed(step_y),
        };
        let at = v * side..(v + 1) * side;
        let planes = [&mut red[at.clone()], &mut green[at.clone()], &mut blue[at]];
        crop_row(&picture, &row, border, scaling, &mut chunk, planes);
    }
}

struct Picture<'a> {
    rgb: &'a [u8],
    /// The same from the second row on.
    below: &'a [u8],
    width: usize,
    height: usize,
}

/// A line through the picture, positions and steps in 1/65536 pixel.
struct Row {
    x: i32,
    y: i32,
    step_x: i32,
    step_y: i32,
}

impl Row {
    /// The source position of pixel `u`. Wrapping, as a check of every step would cost more than the rest; `crop`
    /// keeps positions far from the limits.
    fn at(&self, u: usize) -> [i32; 2] {
        let along = |start: i32, step: i32| start.wrapping_add(step.wrapping_mul(u as i32));
        [along(self.x, self.step_x), along(self.y, self.step_y)]
    }
}

fn fixed(position_px: f64) -> i32 {
    (position_px.clamp(-FAR_PX, FAR_PX) * f64::from(1 << POSITION_BITS)).round() as i32
}

fn crop_row(
    picture: &Picture<'_>,
    row: &Row,
    border: Border,
    scaling: Scaling,
    chunk: &mut Chunk,
    mut planes: [&mut [f32]; 3],
) {
    let length = planes[0].len();
    let inside_x = inside(row.x, row.step_x, picture.width, length);
    let inside_y = inside(row.y, row.step_y, picture.height, length);
    let first = inside_x.0.max(inside_y.0).min(length);
    let last = inside_x.1.min(inside_y.1).max(first);
    let edge = |pixels: Range<usize>, planes: &mut [&mut [f32]; 3]| {
        for u in pixels {
            for (plane, byte) in planes.iter_mut().zip(sample_edge(picture, row, u, border)) {
                plane[u] = scaling.of(byte.into());
            }
        }
    };
    edge(0..first, &mut planes);
    edge(last..length, &mut planes);
    let mut from = first;
    while from < last {
        let to = (from + CHUNK).min(last);
        if chunk.gather(picture, row, from, to).is_some() {
            let [red, green, blue] = &mut planes;
            chunk.blend::<0>(scaling, &mut red[from..to]);
            chunk.blend::<8>(scaling, &mut green[from..to]);
            chunk.blend::<16>(scaling, &mut blue[from..to]);
        } else {
            edge(from..to, &mut planes);
        }
        from = to;
    }
}

/// Pixels that are worked on together. Picking up neighbours and mixing them are loops of their own: the compiler
/// turns the second one into vector instructions.
const CHUNK: usize = 64;

/// The neighbours of a run of pixels (colours in the three lowest bytes) and the weights of the right and lower ones.
struct Chunk {
    pixels: [[u32; CHUNK]; 4],
    right: [i16; CHUNK],
    lower: [i16; CHUNK],
}

impl Chunk {
    fn new() -> Self {
        Self { pixels: [[0; CHUNK]; 4], right: [0; CHUNK], lower: [0; CHUNK] }
    }

    /// `None` at the very end of the picture, where eight bytes at once would reach past it.
    #[inline]
    fn gather(&mut self, picture: &Picture<'_>, row: &Row, from: usize, to: usize) -> Option<()> {
        let [upper_left, upper_right, lower_left, lower_right] = &mut self.pixels;
        let upper = upper_left.iter_mut().zip(upper_right);
        let pixels = upper.zip(lower_left.iter_mut().zip(lower_right));
        let weights = self.right.iter_mut().zip(&mut self.lower);
        let mut at = row.at(from);
        for (((a, b), (c, d)), (right, lower)) in pixels.zip(weights).take(to - from) {
            let (x, y, weights) = neighbours(at);
            let byte = (y as usize).wrapping_mul(picture.width).wrapping_add(x as usize).wrapping_mul(3);
            let above = u64::from_le_bytes(*picture.rgb.get(byte..)?.first_chunk()?);
            let below = u64::from_le_bytes(*picture.below.get(byte..)?.first_chunk()?);
            (*a, *b, *c, *d) = (above as u32, (above >> 24) as u32, below as u32, (below >> 24) as u32);
            (*right, *lower) = (weights[0] as i16, weights[1] as i16);
            at = [at[0].wrapping_add(row.step_x), at[1].wrapping_add(row.step_y)];
        }
        Some(())
    }

    /// Mixes the neighbours' bytes that lie `SHIFT` bits up. No step leaves 16 bits but the last product.
    #[inline]
    fn blend<const SHIFT: u32>(&self, scaling: Scaling, out: &mut [f32]) {
        let [upper_left, upper_right, lower_left, lower_right] = &self.pixels;
        let byte = |pixel: u32| (pixel >> SHIFT & 0xff) as i16;
        let across = |left: u32, right: u32, weight: i16| {
            let (left, right) = (byte(left), byte(right));
            (left << WEIGHT_BITS).wrapping_add(right.wrapping_sub(left).wrapping_mul(weight))
        };
        for (i, out) in out.iter_mut().enumerate().take(CHUNK) {
            let upper = across(upper_left[i], upper_right[i], self.right[i]);
            let lower = across(lower_left[i], lower_right[i], self.right[i]);
            let down = i32::from(lower.wrapping_sub(upper)).wrapping_mul(i32::from(self.lower[i]));
            let sum = (i32::from(upper) << WEIGHT_BITS).wrapping_add(down);
            *out = scaling.of(sum.wrapping_add(HALF) >> (2 * WEIGHT_BITS));
        }
    }
}

/// Makes the last shift round.
const HALF: i32 = 1 << (2 * WEIGHT_BITS - 1);

/// The pixels of a row, first and one past the last, whose four neighbours all lie within `size` on this axis.
fn inside(start: i32, step: i32, size: usize, length: usize) -> (usize, usize) {
    let one = 1i64 << POSITION_BITS;
    // A margin of one rounding step on both sides: the position is rounded to 1/32 pixel afterwards.
    let rounding = one >> WEIGHT_BITS;
    let (low, high) = (rounding, (size as i64 - 1) * one - rounding);
    let (start, step) = (i64::from(start), i64::from(step));
    let within = |u: i64| (low..high).contains(&(start + step * u));
    if step == 0 {
        return if within(0) { (0, length) } else { (0, 0) };
    }
    let (enter, leave) = if step > 0 { (low, high) } else { (high - 1, low - 1) };
    // The first u at or past each bound.
    let reach = |bound: i64| {
        let (gap, step) = if step > 0 { (bound - start, step) } else { (start - bound, -step) };
        (gap + step - 1).div_euclid(step).clamp(0, length as i64) as usize
    };
    (reach(enter), reach(leave))
}

/// The upper left neighbour of a position, and the weights of right and lower neighbours in 1/32.
#[inline(always)]
fn neighbours([x, y]: [i32; 2]) -> (i32, i32, [i32; 2]) {
    const DROP: u32 = POSITION_BITS - WEIGHT_BITS;
    let round = |at: i32| at.wrapping_add(1 << (DROP - 1)) >> DROP;
    let (x, y) = (round(x), round(y));
    (x >> WEIGHT_BITS, y >> WEIGHT_BITS, [x & (WEIGHT_ONE - 1), y & (WEIGHT_ONE - 1)])
}

/// Four neighbours (upper left, upper right, lower left, lower right) to one rounded byte.
fn mix([right, lower]: [i32; 2], pixels: [u8; 4]) -> u8 {
    let [a, b, c, d] = pixels.map(i32::from);
    let upper = a * (WEIGHT_ONE - right) + b * right;
    let under = c * (WEIGHT_ONE - right) + d * right;
    let sum = upper * (WEIGHT_ONE - lower) + under * lower;
    ((sum + HALF) >> (2 * WEIGHT_BITS)) as u8
}

/// A pixel that touches the border.
fn sample_edge(picture: &Picture<'_>, row: &Row, u: usize, border: Border) -> [u8; 3] {
    let (x, y, weights) = neighbours(row.at(u));
    let (right, bottom) = (picture.width as i32 - 1, picture.height as i32 - 1);
    let pixel = |x: i32, y: i32, c: usize| {
        let outside = x < 0 || y < 0 || x > right || y > bottom;
        if outside && border == Border::Zero {
            return 0;
        }
        let at = y.clamp(0, bottom) as usize * picture.width + x.clamp(0, right) as usize;
        picture.rgb.get(at * 3 + c).copied().unwrap_or(0)
    };
    std::array::from_fn(|c| {
        let around = [pixel(x, y, c), pixel(x + 1, y, c), pixel(x, y + 1, c), pixel(x + 1, y + 1, c)];
        mix(weights, around)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bilinear in floating point, one pixel at a time: what the fast one is held against.
    fn plain(frame: &Frame, region: &Region, side: usize, border: Border) -> Vec<f32> {
        let (w, h) = (frame.width as i64, frame.height as i64);
        let mut out = vec![0.0; 3 * side * side];
        for v in 0..side {
            for u in 0..side {
                let n = side as f64;
                let k = f64::from(region.size_px) / n;
                let (sin, cos) = f64::from(region.rotation_rad).sin_cos();
                let (du, dv) = ((u as f64 - n / 2.0) * k, (v as f64 - n / 2.0) * k);
                let x = f64::from(region.center_x_px) + cos * du - sin * dv;
                let y = f64::from(region.center_y_px) + sin * du + cos * dv;
                let (fx, fy) = (x - x.floor(), y - y.floor());
                let (x, y) = (x.floor() as i64, y.floor() as i64);
                for c in 0..3 {
                    let get = |x: i64, y: i64| {
                        if border == Border::Zero && (x < 0 || y < 0 || x >= w || y >= h) {
                            return 0.0;
                        }
                        let at = y.clamp(0, h - 1) * w + x.clamp(0, w - 1);
                        f64::from(frame.rgb[at as usize * 3 + c])
                    };
                    let upper = get(x, y) * (1.0 - fx) + get(x + 1, y) * fx;
                    let lower = get(x, y + 1) * (1.0 - fx) + get(x + 1, y + 1) * fx;
                    out[c * side * side + v * side + u] = (upper * (1.0 - fy) + lower * fy) as f32;
                }
            }
        }
        out
    }

    fn smooth_picture(width: u32, height: u32) -> Frame {
        let mut frame = Frame::default();
        frame.resize(width, height);
        for (i, b) in frame.rgb.iter_mut().enumerate() {
            let (pixel, c) = (i / 3, i % 3);
            let (x, y) = ((pixel as u32 % width) as f32, (pixel as u32 / width) as f32);
            *b = (127.0 + 60.0 * (x * 0.11 + c as f32).sin() + 60.0 * (y * 0.07).cos()) as u8;
        }
        frame
    }

    const BYTES: Scaling = Scaling { scale: 1.0, bias: 0.0 };

    #[test]
    fn the_fast_crop_agrees_with_plain_interpolation() {
        let frame = smooth_picture(97, 61);
        for (i, border) in [Border::Zero, Border::Replicate].into_iter().cycle().take(60).enumerate() {
            let t = i as f32;
            let region = Region {
                center_x_px: 48.0 + 40.0 * (t * 0.9).sin(),
                center_y_px: 30.0 + 30.0 * (t * 1.7).cos(),
                size_px: 3.0 + 4.0 * t,
                rotation_rad: t * 0.37 - 3.0,
            };
            let mut fast = vec![-1.0; 3 * 32 * 32];
            crop(&frame, &region, 32, border, BYTES, &mut fast);
            let slow = plain(&frame, &region, 32, border);
            // Half a byte of rounding, and at most 1/64 + 1/512 pixel of slope (a whole byte step at a black border).
            let limit = if border == Border::Zero { 9.0 } else { 1.0 };
            for (n, (a, b)) in fast.iter().zip(&slow).enumerate() {
                assert!((a - b).abs() <= limit, "region {i}, value {n}: {a} and {b}");
            }
        }
    }

    #[test]
    fn an_unturned_unscaled_crop_is_a_copy() {
        let frame = smooth_picture(16, 16);
        let mut out = vec![0.0; 3 * 256];
        crop(&frame, &Region::whole(16, 16), 16, Border::Zero, BYTES, &mut out);
        for (pixel, rgb) in frame.rgb.chunks(3).enumerate() {
            assert_eq!(
                [out[pixel], out[256 + pixel], out[512 + pixel]],
                [rgb[0], rgb[1], rgb[2]].map(f32::from)
            );
        }
    }

    #[test]
    fn tiny_pictures_and_huge_regions_are_no_trouble() {
        let frame = Frame { width: 1, height: 1, rgb: vec![9, 8, 7], time_s: 0.0 };
        let mut out = vec![0.0; 3 * 64];
        for size_px in [1e-3, 1.0, 1e9] {
            for center_x_px in [-1e9, 0.0, 1e9] {
                let region = Region { center_x_px, center_y_px: 0.5, size_px, rotation_rad: 1.0 };
                crop(&frame, &region, 8, Border::Replicate, BYTES, &mut out);
                assert!(out[..64].iter().all(|v| *v == 9.0));
            }
        }
    }

    #[test]
    #[ignore = "a measurement: cargo test -p baro-vision crop_speed -- --ignored --nocapture"]
    fn crop_speed() {
        let frame = smooth_picture(640, 360);
        let region = Region { center_x_px: 320.0, center_y_px: 170.0, size_px: 400.0, rotation_rad: 0.1 };
        let mut out = vec![0.0; 3 * 256 * 256];
        let mut best = f64::MAX;
        for _ in 0..300 {
            let began = std::time::Instant::now();
            crop(&frame, &region, 256, Border::Replicate, BYTES, &mut out);
            best = best.min(began.elapsed().as_secs_f64());
        }
        println!("256x256 out of 640x360, best of 300: {:.3} ms", best * 1e3);
    }
}
