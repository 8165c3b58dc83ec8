//! What the `ffprobe` and `ffmpeg` programs say, read without running them.
//!
//! The programs run as processes of their own: a crashing decoder can't take the session down, and any FFmpeg
//! from 5 on serves without development packages.

use serde::Deserialize;

/// The part of `ffprobe -of json` that is used.
#[derive(Debug, Deserialize, Default)]
struct Probe {
    #[serde(default)]
    streams: Vec<ProbeStream>,
    #[serde(default)]
    format: ProbeFormat,
}

#[derive(Debug, Deserialize, Default)]
struct ProbeFormat {
    duration: Option<String>,
}

#[derive(Debug, Deserialize, Default)]
struct ProbeStream {
    index: u32,
    #[serde(default)]
    width: u32,
    #[serde(default)]
    height: u32,
    nb_frames: Option<String>,
    avg_frame_rate: Option<String>,
    duration: Option<String>,
    sample_aspect_ratio: Option<String>,
    #[serde(default)]
    disposition: Disposition,
    #[serde(default)]
    tags: Tags,
    #[serde(default)]
    side_data_list: Vec<SideData>,
}

#[derive(Debug, Deserialize, Default)]
struct Disposition {
    #[serde(default)]
    attached_pic: u8,
}

#[derive(Debug, Deserialize, Default)]
struct Tags {
    rotate: Option<String>,
}

#[derive(Debug, Deserialize, Default)]
struct SideData {
    rotation: Option<f64>,
}

/// The video stream that will be decoded.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct VideoStream {
    pub index: u32,
    /// As shown, after rotation and with square pixels.
    pub width: u32,
    pub height: u32,
    pub fps: Option<f64>,
    pub frames: Option<u64>,
    /// Whether `frames` was stored in the file rather than worked out from its duration.
    pub frames_are_counted: bool,
    /// Pixels are not square: the picture must be stretched before a body is measured in it.
    pub stretched: bool,
}

/// The first real video stream (cover pictures of music files are none); `None` where there is none.
///
/// # Errors
/// Text that is not ffprobe's JSON.
pub(super) fn parse_probe(json: &str) -> Result<Option<VideoStream>, serde_json::Error> {
    let probe: Probe = serde_json::from_str(json)?;
    let found = probe.streams.iter().find(|s| s.width > 0 && s.height > 0 && s.disposition.attached_pic == 0);
    Ok(found.map(|stream| describe(stream, &probe.format)))
}

fn describe(stream: &ProbeStream, format: &ProbeFormat) -> VideoStream {
    let aspect = stream.sample_aspect_ratio.as_deref().and_then(|s| ratio(s, ':')).unwrap_or(1.0);
    let stretched = (aspect - 1.0).abs() > 1e-3;
    let (mut width, mut height) = (stream.width, stream.height);
    if stretched {
        width = ((f64::from(width) * aspect).round() as u32).max(1);
    }
    let turned = stream.side_data_list.iter().find_map(|s| s.rotation);
    let turned = turned.or_else(|| stream.tags.rotate.as_deref().and_then(|s| s.parse().ok())).unwrap_or(0.0);
    if ((turned / 90.0).round() as i64).rem_euclid(2) == 1 {
        std::mem::swap(&mut width, &mut height);
    }
    let fps = stream.avg_frame_rate.as_deref().and_then(|s| ratio(s, '/'));
    let counted = stream.nb_frames.as_deref().and_then(|s| s.parse::<u64>().ok()).filter(|n| *n > 0);
    let duration_s = stream.duration.as_deref().or(format.duration.as_deref());
    let duration_s = duration_s.and_then(|s| s.parse::<f64>().ok()).filter(|d| d.is_finite() && *d > 0.0);
    let worked_out = duration_s.zip(fps).map(|(d, fps)| (d * fps).round() as u64);
    VideoStream {
        index: stream.index,
        width,
        height,
        fps,
        frames: counted.or(worked_out),
        frames_are_counted: counted.is_some(),
        stretched,
    }
}

/// "30000/1001" with the given separator; `None` unless positive and finite.
fn ratio(text: &str, separator: char) -> Option<f64> {
    let (above, below) = text.split_once(separator)?;
    let value = above.trim().parse::<f64>().ok()? / below.trim().parse::<f64>().ok()?;
    (value.is_finite() && value > 0.0).then_some(value)
}

/// One line of ffmpeg's log, as far as it matters.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum LogLine {
    /// The unit of the time stamps that follow, seconds.
    TimeBase(f64),
    /// The next picture of the stream.
    Picture { pts: Option<i64>, width: u32, height: u32 },
    /// Something went wrong.
    Error(String),
    /// Everything else.
    Other,
}

/// Reads a line that ffmpeg wrote with `-loglevel level+info` and the `showinfo` filter.
pub(super) fn parse_log(line: &str) -> LogLine {
    for level in ["[error]", "[fatal]", "[panic]"] {
        if let Some((_, text)) = line.split_once(level) {
            return LogLine::Error(text.trim().to_owned());
        }
    }
    if !line.contains("showinfo") {
        return LogLine::Other;
    }
    if let Some((_, rest)) = line.split_once("config in time_base:") {
        let base = rest.split(',').next().and_then(|s| ratio(s, '/'));
        return base.map_or(LogLine::Other, LogLine::TimeBase);
    }
    let Some((_, rest)) = line.split_once(" n:") else { return LogLine::Other };
    let size = rest.split_whitespace().find_map(|word| word.strip_prefix("s:")?.split_once('x'));
    let Some((Ok(width), Ok(height))) = size.map(|(w, h)| (w.parse(), h.parse())) else {
        return LogLine::Other;
    };
    let pts = rest.split_once("pts:").and_then(|(_, r)| r.split_whitespace().next()?.parse().ok());
    LogLine::Picture { pts, width, height }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_line_gives_time_and_size() {
        let line = "[Parsed_showinfo_0 @ 0x55d] [info] n:   3 pts:   1536 pts_time:0.1     duration:    512 \
                    duration_time:0.0333 fmt:yuv420p cl:left sar:1/1 s:1280x720 i:P iskey:0 type:B ";
        assert_eq!(parse_log(line), LogLine::Picture { pts: Some(1536), width: 1280, height: 720 });
        let old = "[Parsed_showinfo_0 @ 0x5] [info] n:   0 pts:NOPTS pts_time:NOPTS pos:  48 fmt:rgb24 sar:0/1 s:1x1 i:P";
        assert_eq!(parse_log(old), LogLine::Picture { pts: None, width: 1, height: 1 });
        let base = "[Parsed_showinfo_0 @ 0x55d] [info] config in time_base: 1/15360, frame_rate: 30/1";
        assert_eq!(parse_log(base), LogLine::TimeBase(1.0 / 15360.0));
    }

    #[test]
    fn errors_are_told_from_chatter() {
        let line = "[mov,mp4 @ 0x1] [error] moov atom not found";
        assert_eq!(parse_log(line), LogLine::Error("moov atom not found".into()));
        assert_eq!(parse_log("[info] Stream mapping:"), LogLine::Other);
        assert_eq!(parse_log("[Parsed_showinfo_0 @ 0x1] [info] side data - Display Matrix"), LogLine::Other);
    }

    #[test]
    fn a_turned_and_stretched_video_is_described_as_shown() {
        let json = r#"{"streams":[{"index":0,"width":300,"height":300,"disposition":{"attached_pic":1}},
            {"index":2,"width":640,"height":480,"avg_frame_rate":"30000/1001","sample_aspect_ratio":"4:3",
             "duration":"2.0","side_data_list":[{"side_data_type":"Display Matrix","rotation":-90}]}],"format":{}}"#;
        let stream = parse_probe(json).unwrap().unwrap();
        assert_eq!((stream.index, stream.width, stream.height), (2, 480, 853));
        assert_eq!((stream.frames, stream.frames_are_counted, stream.stretched), (Some(60), false, true));
        assert_eq!(parse_probe(r#"{"streams":[],"format":{"duration":"1"}}"#).unwrap(), None);
        assert!(parse_probe("nonsense").is_err());
    }
}
