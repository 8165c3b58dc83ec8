//! Camera formats to RGB, into buffers that are reused.

use crate::Frame;
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

/// The camera's bytes are not a whole picture.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a whole {format} picture: {detail}")]
pub struct ConvertError {
    format: &'static str,
    detail: String,
}

fn check(format: &'static str, data: &[u8], needed: usize) -> Result<(), ConvertError> {
    if data.len() < needed {
        let detail = format!("{} bytes instead of {needed}", data.len());
        return Err(ConvertError { format, detail });
    }
    Ok(())
}

/// YUYV (4:2:2, BT.601, 16 to 235) to RGB. Rows have no padding; an odd width has half a pair at its end.
///
/// # Errors
/// Too few bytes.
pub fn yuyv_to_rgb(data: &[u8], width: u32, height: u32, frame: &mut Frame) -> Result<(), ConvertError> {
    let stride = width.div_ceil(2) as usize * 4;
    check("YUYV", data, stride * height as usize)?;
    frame.resize(width, height);
    if width == 0 {
        return Ok(());
    }
    for (row, out) in data.chunks_exact(stride).zip(frame.rgb.chunks_exact_mut(width as usize * 3)) {
        for (pair, out) in row.chunks_exact(4).zip(out.chunks_mut(6)) {
            let chroma = Chroma::new(pair[1], pair[3]);
            for (luma, rgb) in [pair[0], pair[2]].into_iter().zip(out.chunks_exact_mut(3)) {
                rgb.copy_from_slice(&chroma.with(luma));
            }
        }
    }
    Ok(())
}

/// NV12 (4:2:0, BT.601, 16 to 235) to RGB: a plane of luma, then a plane of chroma pairs at half size.
///
/// # Errors
/// Too few bytes.
pub fn nv12_to_rgb(data: &[u8], width: u32, height: u32, frame: &mut Frame) -> Result<(), ConvertError> {
    let (w, h) = (width as usize, height as usize);
    let chroma_stride = width.div_ceil(2) as usize * 2;
    check("NV12", data, w * h + chroma_stride * h.div_ceil(2))?;
    frame.resize(width, height);
    if width == 0 {
        return Ok(());
    }
    let (luma, chroma) = data.split_at(w * h);
    let rows = luma.chunks_exact(w).zip(frame.rgb.chunks_exact_mut(w * 3));
    for (y, (luma, out)) in rows.enumerate() {
        let pairs = chroma[y / 2 * chroma_stride..].chunks_exact(2);
        for ((luma, uv), out) in luma.chunks(2).zip(pairs).zip(out.chunks_mut(6)) {
            let chroma = Chroma::new(uv[0], uv[1]);
            for (luma, rgb) in luma.iter().zip(out.chunks_exact_mut(3)) {
                rgb.copy_from_slice(&chroma.with(*luma));
            }
        }
    }
    Ok(())
}

/// What two neighbouring pixels share, in 1/65536.
struct Chroma {
    red: i32,
    green: i32,
    blue: i32,
}

impl Chroma {
    fn new(u: u8, v: u8) -> Self {
        let (u, v) = (i32::from(u) - 128, i32::from(v) - 128);
        Self { red: 104_597 * v, green: -25_675 * u - 53_279 * v, blue: 132_201 * u }
    }

    fn with(&self, luma: u8) -> [u8; 3] {
        let y = 76_309 * (i32::from(luma) - 16) + (1 << 15);
        [y + self.red, y + self.green, y + self.blue].map(|c| (c >> 16).clamp(0, 255) as u8)
    }
}

/// A motion-JPEG picture to RGB. Cameras may leave out the Huffman tables and pad the end.
///
/// # Errors
/// Not a JPEG picture, a damaged one, or one of another size than the camera promised.
pub fn mjpeg_to_rgb(data: &[u8], width: u32, height: u32, frame: &mut Frame) -> Result<(), ConvertError> {
    let bad = |detail: String| ConvertError { format: "MJPEG", detail };
    match tables_belong_at(data) {
        Some(at) => {
            let mut whole = Vec::with_capacity(data.len() + STANDARD_TABLES.len());
            whole.extend_from_slice(&data[..at]);
            whole.extend_from_slice(&STANDARD_TABLES);
            whole.extend_from_slice(&data[at..]);
            decode_jpeg(&whole, width, height, frame).map_err(bad)
        }
        None => decode_jpeg(data, width, height, frame).map_err(bad),
    }
}

fn decode_jpeg(data: &[u8], width: u32, height: u32, frame: &mut Frame) -> Result<(), String> {
    let options = DecoderOptions::default().jpeg_set_out_colorspace(ColorSpace::RGB).set_strict_mode(true);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(data), options);
    decoder.decode_headers().map_err(|e| e.to_string())?;
    let size = decoder.dimensions();
    if size != Some((width as usize, height as usize)) {
        return Err(format!("its size is {size:?}, not {width}x{height}"));
    }
    frame.resize(width, height);
    decoder.decode_into(&mut frame.rgb).map_err(|e| e.to_string())
}

/// Where the standard Huffman tables must be put in; `None` if the picture has tables or is no JPEG.
fn tables_belong_at(data: &[u8]) -> Option<usize> {
    let mut at = 2;
    loop {
        let [0xff, marker, high, low] = *data.get(at..)?.first_chunk::<4>()? else { return None };
        match marker {
            0xc4 => return None,
            0xda => return Some(at),
            _ => at += 2 + usize::from(u16::from_be_bytes([high, low])),
        }
    }
}

/// The tables of annex K.3 of the JPEG standard (ITU-T T.81) as one DHT segment.
static STANDARD_TABLES: [u8; 420] = standard_tables();

const fn standard_tables() -> [u8; 420] {
    const DC_COUNTS: [[u8; 16]; 2] =
        [[0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0], [0, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0]];
    const AC_COUNTS: [[u8; 16]; 2] = [
        [0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 0x7d],
        [0, 2, 1, 2, 4, 4, 3, 4, 7, 5, 4, 4, 0, 1, 2, 0x77],
    ];
    const AC_LUMA: &[u8; 162] = b"\
\x01\x02\x03\x00\x04\x11\x05\x12\x21\x31\x41\x06\x13\x51\x61\x07\x22\x71\x14\x32\x81\x91\xa1\x08\x23\x42\xb1\
\xc1\x15\x52\xd1\xf0\x24\x33\x62\x72\x82\x09\x0a\x16\x17\x18\x19\x1a\x25\x26\x27\x28\x29\x2a\x34\x35\x36\x37\
\x38\x39\x3a\x43\x44\x45\x46\x47\x48\x49\x4a\x53\x54\x55\x56\x57\x58\x59\x5a\x63\x64\x65\x66\x67\x68\x69\x6a\
\x73\x74\x75\x76\x77\x78\x79\x7a\x83\x84\x85\x86\x87\x88\x89\x8a\x92\x93\x94\x95\x96\x97\x98\x99\x9a\xa2\xa3\
\xa4\xa5\xa6\xa7\xa8\xa9\xaa\xb2\xb3\xb4\xb5\xb6\xb7\xb8\xb9\xba\xc2\xc3\xc4\xc5\xc6\xc7\xc8\xc9\xca\xd2\xd3\
\xd4\xd5\xd6\xd7\xd8\xd9\xda\xe1\xe2\xe3\xe4\xe5\xe6\xe7\xe8\xe9\xea\xf1\xf2\xf3\xf4\xf5\xf6\xf7\xf8\xf9\xfa";
    const AC_CHROMA: &[u8; 162] = b"\
\x00\x01\x02\x03\x11\x04\x05\x21\x31\x06\x12\x41\x51\x07\x61\x71\x13\x22\x32\x81\x08\x14\x42\x91\xa1\xb1\xc1\
\x09\x23\x33\x52\xf0\x15\x62\x72\xd1\x0a\x16\x24\x34\xe1\x25\xf1\x17\x18\x19\x1a\x26\x27\x28\x29\x2a\x35\x36\
\x37\x38\x39\x3a\x43\x44\x45\x46\x47\x48\x49\x4a\x53\x54\x55\x56\x57\x58\x59\x5a\x63\x64\x65\x66\x67\x68\x69\
\x6a\x73\x74\x75\x76\x77\x78\x79\x7a\x82\x83\x84\x85\x86\x87\x88\x89\x8a\x92\x93\x94\x95\x96\x97\x98\x99\x9a\
\xa2\xa3\xa4\xa5\xa6\xa7\xa8\xa9\xaa\xb2\xb3\xb4\xb5\xb6\xb7\xb8\xb9\xba\xc2\xc3\xc4\xc5\xc6\xc7\xc8\xc9\xca\
\xd2\xd3\xd4\xd5\xd6\xd7\xd8\xd9\xda\xe2\xe3\xe4\xe5\xe6\xe7\xe8\xe9\xea\xf2\xf3\xf4\xf5\xf6\xf7\xf8\xf9\xfa";
    let mut out = [0; 420];
    (out[0], out[1], out[2], out[3]) = (0xff, 0xc4, 0x01, 0xa2);
    let mut at = 4;
    let mut table = 0;
    while table < 2 {
        out[at] = table as u8;
        let mut i = 0;
        while i < 16 {
            out[at + 1 + i] = DC_COUNTS[table][i];
            i += 1;
        }
        i = 0;
        while i < 12 {
            out[at + 17 + i] = i as u8;
            i += 1;
        }
        at += 29;
        out[at] = 0x10 | table as u8;
        i = 0;
        while i < 16 {
            out[at + 1 + i] = AC_COUNTS[table][i];
            i += 1;
        }
        i = 0;
        while i < 162 {
            out[at + 17 + i] = if table == 0 { AC_LUMA[i] } else { AC_CHROMA[i] };
            i += 1;
        }
        at += 179;
        table += 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RGB to limited-range BT.601, one pixel.
    fn yuv([r, g, b]: [f64; 3]) -> [u8; 3] {
        let y = 16.0 + 65.481 * r + 128.553 * g + 24.966 * b;
        let u = 128.0 - 37.797 * r - 74.203 * g + 112.0 * b;
        let v = 128.0 + 112.0 * r - 93.786 * g - 18.214 * b;
        [y, u, v].map(|c| c.round() as u8)
    }

    const COLORS: [[f64; 3]; 6] =
        [[0.0; 3], [1.0; 3], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0], [0.2, 0.6, 0.9]];

    fn near(frame: &Frame, pixel: usize, color: [f64; 3], limit: f64) {
        for (is, should) in frame.rgb[pixel * 3..].iter().zip(color) {
            let (is, should) = (f64::from(*is), should * 255.0);
            assert!((is - should).abs() <= limit, "pixel {pixel}: {is} instead of {should}");
        }
    }

    #[test]
    fn yuyv_and_nv12_give_the_colours_back() {
        let mut frame = Frame::default();
        for color in COLORS {
            let [y, u, v] = yuv(color);
            yuyv_to_rgb(&[y, u, y, v].repeat(6), 4, 3, &mut frame).unwrap();
            assert!(frame.is_whole());
            (0..12).for_each(|p| near(&frame, p, color, 2.0));
            let nv12 = [vec![y; 12], [u, v].repeat(4)].concat();
            nv12_to_rgb(&nv12, 4, 3, &mut frame).unwrap();
            assert!(frame.is_whole());
            (0..12).for_each(|p| near(&frame, p, color, 2.0));
        }
    }

    #[test]
    fn odd_sizes_and_each_pixels_own_luma() {
        let mut frame = Frame::default();
        yuyv_to_rgb(&[16, 128, 235, 128, 126, 128, 0, 128], 3, 1, &mut frame).unwrap();
        assert_eq!(frame.rgb, [0, 0, 0, 255, 255, 255, 128, 128, 128]);
        nv12_to_rgb(&[16, 235, 126, 128, 128, 128, 128], 3, 1, &mut frame).unwrap();
        assert_eq!(frame.rgb, [0, 0, 0, 255, 255, 255, 128, 128, 128]);
    }

    #[test]
    fn short_buffers_are_refused() {
        let mut frame = Frame::default();
        assert!(yuyv_to_rgb(&[0; 15], 4, 2, &mut frame).is_err());
        assert!(nv12_to_rgb(&[0; 11], 4, 2, &mut frame).is_err());
        for junk in [&[][..], &[0xff, 0xd8], &[0xff; 400], &STANDARD_TABLES] {
            assert!(mjpeg_to_rgb(junk, 4, 2, &mut frame).is_err());
        }
    }

    fn jpeg(color: [u8; 3]) -> Vec<u8> {
        let mut bytes = Vec::new();
        let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, 95);
        let image = image::RgbImage::from_pixel(32, 16, image::Rgb(color));
        image.write_with_encoder(encoder).unwrap();
        bytes
    }

    /// The picture without its Huffman tables, as UVC cameras send it.
    fn without_tables(jpeg: &[u8]) -> Vec<u8> {
        let mut out = jpeg[..2].to_vec();
        let mut at = 2;
        while jpeg[at + 1] != 0xda {
            let end = at + 2 + usize::from(u16::from_be_bytes([jpeg[at + 2], jpeg[at + 3]]));
            if jpeg[at + 1] != 0xc4 {
                out.extend_from_slice(&jpeg[at..end]);
            }
            at = end;
        }
        out.extend_from_slice(&jpeg[at..]);
        out
    }

    #[test]
    fn motion_jpeg_with_and_without_tables_and_with_padding() {
        let mut frame = Frame::default();
        for color in COLORS {
            let whole = jpeg(color.map(|c| (c * 255.0) as u8));
            let bare = without_tables(&whole);
            assert!(bare.len() < whole.len() - 300);
            let padded = [whole.as_slice(), &[0; 500]].concat();
            for data in [&whole, &bare, &padded] {
                mjpeg_to_rgb(data, 32, 16, &mut frame).unwrap();
                (0..32 * 16).for_each(|p| near(&frame, p, color, 4.0));
            }
        }
    }

    #[test]
    fn a_cut_or_wrongly_sized_jpeg_is_refused() {
        let whole = jpeg([200, 100, 50]);
        let mut frame = Frame::default();
        assert!(mjpeg_to_rgb(&whole, 16, 16, &mut frame).is_err());
        for n in 0..whole.len() / 2 {
            assert!(mjpeg_to_rgb(&whole[..n], 32, 16, &mut frame).is_err(), "cut at {n}");
        }
    }
}
