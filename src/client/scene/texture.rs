//! Textures of the room, drawn by arithmetic: nothing to download, and the same on every machine.

use bevy::{
    asset::RenderAssetUsages,
    image::{ImageAddressMode, ImageFilterMode, ImageSampler, ImageSamplerDescriptor},
    prelude::*,
    render::render_resource::{Extent3d, TextureDimension, TextureFormat},
};

/// sRGB colour, each 0 to 1, and alpha.
type Texel = [f32; 4];

/// Oak planks along the depth of the room; `u` runs across them.
pub fn planks(size: u32) -> Image {
    const PLANKS: f32 = 8.0;
    draw(size, size, ImageAddressMode::Repeat, |u, v| {
        let plank = (u * PLANKS).floor();
        let across = (u * PLANKS).fract();
        // Each plank starts at another place and has its own tone.
        let along = (v + hash(plank) * 0.73).fract();
        let board = plank + (along * 2.0).floor() * 17.0;
        let tone = 0.965 + 0.07 * hash(board * 3.7 + 1.0);
        let grain = ((across * 9.0 + (along * 12.0 + board).sin() * 0.6).sin() * 0.5 + 0.5) * 0.022;
        let seam = 1.0 - 0.13 * edge(across, 0.018) - 0.10 * edge((along * 2.0).fract(), 0.004);
        let shade = (tone - grain) * seam;
        [0.86 * shade, 0.745 * shade, 0.60 * shade, 1.0]
    })
}

/// A wall: warm white, a little darker toward floor and corners, with daylight falling in from the left.
pub fn wall(size: u32) -> Image {
    draw(size, size, ImageAddressMode::ClampToEdge, |u, v| {
        let corner = 1.0 - 0.09 * (2.0 * u - 1.0).abs().powi(4);
        let floor = 1.0 - 0.10 * v.powi(3);
        let daylight = 0.045 * (-((u - 0.30) / 0.34).powi(2) - ((v - 0.35) / 0.45).powi(2)).exp();
        let shade = corner * floor + daylight - 0.02;
        [(0.945 * shade).min(1.0), (0.930 * shade).min(1.0), (0.900 * shade).min(1.0), 1.0]
    })
}

/// What the window looks out on: a clear morning over two rows of hills.
pub fn outside(width: u32, height: u32) -> Image {
    draw(width, height, ImageAddressMode::ClampToEdge, |u, v| {
        let sky = mix([0.78, 0.90, 0.98], [0.985, 0.975, 0.94], smooth(0.05, 0.72, v));
        let ridge = |height: f32, waves: f32, at: f32| {
            height + 0.035 * (u * waves + at).sin() + 0.015 * (u * waves * 2.7).sin()
        };
        let far = mix(rgb(sky), [0.80, 0.875, 0.875], smooth(-0.012, 0.012, v - ridge(0.70, 5.0, 0.4)));
        mix(rgb(far), [0.68, 0.80, 0.70], smooth(-0.015, 0.015, v - ridge(0.82, 3.6, 2.0)))
    })
}

/// The sun through a window of two panes, as it lies on the floor: soft at its edges, nothing between.
pub fn sunlight(size: u32) -> Image {
    draw(size, size, ImageAddressMode::ClampToEdge, |u, v| {
        // It lies askew, and is softer the further it has come.
        let (x, soft) = (u - 0.28 * (1.0 - v), 0.025 + 0.05 * v);
        let pane = |from: f32, to: f32| smooth(from - soft, from + soft, x) * smooth(to + soft, to - soft, x);
        let across = smooth(0.04, 0.16, v) * smooth(1.0, 0.80, v);
        let alpha = (pane(0.07, 0.36) + pane(0.40, 0.69)).min(1.0) * across * 0.34;
        [1.0, 0.965, 0.88, alpha]
    })
}

const fn rgb([r, g, b, _]: Texel) -> [f32; 3] {
    [r, g, b]
}

fn mix(a: [f32; 3], b: [f32; 3], share: f32) -> Texel {
    let c = |i: usize| a[i] + (b[i] - a[i]) * share;
    [c(0), c(1), c(2), 1.0]
}

/// A soft dark disc: the shadow under a body where shadow maps are off.
pub fn blob(size: u32) -> Image {
    draw(size, size, ImageAddressMode::ClampToEdge, |u, v| {
        let r = Vec2::new(2.0 * u - 1.0, 2.0 * v - 1.0).length().min(1.0);
        let alpha = (1.0 - r * r).powi(2) * 0.42;
        [0.16, 0.12, 0.09, alpha]
    })
}

/// A mat seen from above, `aspect` times as wide as deep, with round corners and a fine border.
pub fn mat(width: u32, height: u32) -> Image {
    let aspect = width as f32 / height as f32;
    draw(width, height, ImageAddressMode::ClampToEdge, |u, v| {
        let p = Vec2::new((2.0 * u - 1.0) * aspect, 2.0 * v - 1.0);
        let d = rounded_box(p, Vec2::new(aspect - 0.04, 0.96), 0.16);
        let alpha = smooth(0.02, -0.01, d);
        let line = smooth(0.018, 0.006, (d + 0.10).abs()) * 0.16;
        [0.36 + line, 0.58 + line, 0.56 + line, alpha]
    })
}

/// Signed distance to a box of half size `half` with corners of radius `r`.
fn rounded_box(p: Vec2, half: Vec2, r: f32) -> f32 {
    let q = p.abs() - half + Vec2::splat(r);
    q.max(Vec2::ZERO).length() + q.max_element().min(0.0) - r
}

/// 0 at `from`, 1 at `to`, smooth between; `from` may be the larger.
fn smooth(from: f32, to: f32, x: f32) -> f32 {
    let t = ((x - from) / (to - from)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

/// 1 within `width` of either end of 0..1.
fn edge(x: f32, width: f32) -> f32 {
    smooth(width, 0.0, x) + smooth(1.0 - width, 1.0, x)
}

fn hash(x: f32) -> f32 {
    ((x * 12.9898).sin() * 43_758.547).fract().abs()
}

/// Draws texel by texel (`u` right, `v` down, both 0 to 1) and adds the smaller copies that keep it calm far away.
fn draw(width: u32, height: u32, address: ImageAddressMode, texel: impl Fn(f32, f32) -> Texel) -> Image {
    let mut level: Vec<Texel> = Vec::with_capacity((width * height) as usize);
    for y in 0..height {
        for x in 0..width {
            level.push(texel((x as f32 + 0.5) / width as f32, (y as f32 + 0.5) / height as f32));
        }
    }
    let (mut w, mut h, mut levels) = (width, height, 0);
    let mut data = Vec::new();
    loop {
        data.extend(level.iter().flatten().map(|c| (c.clamp(0.0, 1.0) * 255.0).round() as u8));
        levels += 1;
        if w == 1 && h == 1 {
            break;
        }
        level = halved(&level, w, h);
        (w, h) = ((w / 2).max(1), (h / 2).max(1));
    }
    let size = Extent3d { width, height, depth_or_array_layers: 1 };
    // The size of the data and that of the descriptor differ by the smaller copies, so the two are set apart.
    let mut image = Image::new_uninit(
        size,
        TextureDimension::D2,
        TextureFormat::Rgba8UnormSrgb,
        RenderAssetUsages::RENDER_WORLD,
    );
    image.texture_descriptor.mip_level_count = levels;
    image.data = Some(data);
    image.sampler = ImageSampler::Descriptor(ImageSamplerDescriptor {
        address_mode_u: address,
        address_mode_v: address,
        mag_filter: ImageFilterMode::Linear,
        min_filter: ImageFilterMode::Linear,
        mipmap_filter: ImageFilterMode::Linear,
        ..default()
    });
    image
}

fn halved(level: &[Texel], w: u32, h: u32) -> Vec<Texel> {
    let (half_w, half_h) = ((w / 2).max(1), (h / 2).max(1));
    let at = |x: u32, y: u32| level[(y.min(h - 1) * w + x.min(w - 1)) as usize];
    let mut out = Vec::with_capacity((half_w * half_h) as usize);
    for y in 0..half_h {
        for x in 0..half_w {
            let four =
                [at(2 * x, 2 * y), at(2 * x + 1, 2 * y), at(2 * x, 2 * y + 1), at(2 * x + 1, 2 * y + 1)];
            out.push(std::array::from_fn(|c| four.iter().map(|t| t[c]).sum::<f32>() / 4.0));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_level_is_there() {
        let image = mat(64, 32);
        // 64x32, 32x16, 16x8, 8x4, 4x2, 2x1, 1x1
        let texels = 64 * 32 + 32 * 16 + 16 * 8 + 8 * 4 + 4 * 2 + 2 + 1;
        assert_eq!(image.texture_descriptor.mip_level_count, 7);
        assert_eq!(image.data.map(|data| data.len()), Some(texels * 4));
    }

    #[test]
    fn the_blob_fades_to_nothing_at_its_edge() {
        let data = blob(32).data.unwrap();
        assert!(data[3] == 0 && data[(16 * 32 + 16) * 4 + 3] > 90);
    }
}
