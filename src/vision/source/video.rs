//! Video files, decoded by the `ffmpeg` program in a process of its own.

use super::ffmpeg::{LogLine, VideoStream, parse_log, parse_probe};
use super::{Source, SourceError, SourceInfo};
use crate::Frame;
use std::collections::VecDeque;
use std::io::{BufRead, BufReader, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};

/// Log lines about pictures that ffmpeg may be ahead of the pixels; it stays within a few, as its pipe is small.
const PICTURES_AHEAD: usize = 1024;
/// How many of ffmpeg's last complaints are kept for the error message.
const COMPLAINTS_KEPT: usize = 3;
/// A file that gives fewer than this share of the pictures it promised was cut off. Edit lists may hide a few.
const WHOLE_SHARE: f64 = 0.9;

/// Size and time of a picture whose pixels follow on the pipe.
struct PictureHead {
    time_s: Option<f64>,
    width: u32,
    height: u32,
}

/// A video file that is being decoded. Decoding runs ahead by what fits into the pipe.
pub(super) struct VideoSource {
    path: PathBuf,
    info: SourceInfo,
    stream: VideoStream,
    child: Child,
    pixels: ChildStdout,
    heads: Receiver<PictureHead>,
    complaints: Arc<Mutex<VecDeque<String>>>,
    frames: u64,
    first_time_s: Option<f64>,
    last_time_s: f64,
}

impl VideoSource {
    /// Looks into the file and starts decoding it.
    pub fn open(path: &Path) -> Result<Self, SourceError> {
        check_file(path)?;
        let stream = probe(path)?;
        let mut child = start_decoder(path, &stream)?;
        let (Some(pixels), Some(log)) = (child.stdout.take(), child.stderr.take()) else {
            return Err(SourceError::Thread { detail: "ffmpeg has no pipes".into() });
        };
        let complaints = Arc::new(Mutex::new(VecDeque::with_capacity(COMPLAINTS_KEPT)));
        let (sender, heads) = sync_channel(PICTURES_AHEAD);
        let kept = Arc::clone(&complaints);
        std::thread::Builder::new()
            .name("ffmpeg-log".into())
            .spawn(move || read_log(BufReader::new(log), &sender, &kept))
            .map_err(|e| SourceError::Thread { detail: e.to_string() })?;
        let info = SourceInfo {
            name: path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned(),
            live: false,
            frames: stream.frames,
            fps: stream.fps,
            width: stream.width,
            height: stream.height,
        };
        Ok(Self {
            path: path.to_owned(),
            info,
            stream,
            child,
            pixels,
            heads,
            complaints,
            frames: 0,
            first_time_s: None,
            last_time_s: f64::NEG_INFINITY,
        })
    }

    /// Seconds since the first picture; a stream with broken time stamps goes on at its rate.
    fn time_of(&mut self, head: &PictureHead) -> f64 {
        let step_s = 1.0 / self.stream.fps.unwrap_or(30.0);
        let stamped = head.time_s.map(|t| t - *self.first_time_s.get_or_insert(t));
        let time_s = match stamped {
            Some(t) if t > self.last_time_s => t,
            _ if self.frames == 0 => 0.0,
            _ => self.last_time_s + step_s,
        };
        self.last_time_s = time_s;
        time_s
    }

    /// The pipe is closed: was that the end of the film, or did something break?
    fn end(&mut self) -> Result<bool, SourceError> {
        let status = self.child.wait();
        let complaints = self.complaints.lock().unwrap_or_else(PoisonError::into_inner);
        let detail = complaints.iter().cloned().collect::<Vec<_>>().join("; ");
        let promised = self.stream.frames.filter(|_| self.stream.frames_are_counted);
        let short = promised.is_some_and(|n| (self.frames as f64) < n as f64 * WHOLE_SHARE);
        let failed = !status.is_ok_and(|s| s.success());
        if failed || (short && !detail.is_empty()) || self.frames == 0 {
            let detail = if detail.is_empty() { "FFmpeg gives no reason".to_owned() } else { detail };
            return Err(SourceError::BreaksOff { path: self.path.clone(), frames: self.frames, detail });
        }
        Ok(false)
    }
}

impl Source for VideoSource {
    fn info(&self) -> &SourceInfo {
        &self.info
    }

    fn read(&mut self, frame: &mut Frame) -> Result<bool, SourceError> {
        let Ok(head) = self.heads.recv() else { return self.end() };
        frame.resize(head.width, head.height);
        if self.pixels.read_exact(&mut frame.rgb).is_err() {
            return self.end();
        }
        frame.time_s = self.time_of(&head);
        self.frames += 1;
        Ok(true)
    }
}

impl Drop for VideoSource {
    fn drop(&mut self) {
        // Killed and waited for: no process is left behind, not even a dead one.
        if self.child.kill().is_ok() {
            let _ = self.child.wait();
        }
    }
}

fn check_file(path: &Path) -> Result<(), SourceError> {
    let unreadable = |detail: String| SourceError::Unreadable { path: path.to_owned(), detail };
    let meta = std::fs::metadata(path).map_err(|e| unreadable(e.to_string()))?;
    if !meta.is_file() {
        return Err(unreadable("it is not a file".into()));
    }
    if meta.len() == 0 {
        return Err(SourceError::Empty { path: path.to_owned() });
    }
    std::fs::File::open(path).map(drop).map_err(|e| unreadable(e.to_string()))
}

/// A name that starts with a dash or looks like a protocol must reach ffmpeg as a file.
fn file_argument(path: &Path) -> std::ffi::OsString {
    let mut argument = std::ffi::OsString::from("file:");
    argument.push(path);
    argument
}

fn missing(program: &str, path: &Path, error: &std::io::Error) -> SourceError {
    if error.kind() == ErrorKind::NotFound {
        return SourceError::FfmpegMissing { program: program.to_owned() };
    }
    SourceError::Unreadable { path: path.to_owned(), detail: format!("{program}: {error}") }
}

fn probe(path: &Path) -> Result<VideoStream, SourceError> {
    const ENTRIES: &str = "stream=index,width,height,nb_frames,avg_frame_rate,duration,sample_aspect_ratio\
        :stream_disposition=attached_pic:stream_tags=rotate:stream_side_data=rotation:format=duration";
    let output = Command::new("ffprobe")
        .args(["-v", "error", "-select_streams", "v", "-show_entries", ENTRIES, "-of", "json"])
        .arg(file_argument(path))
        .stdin(Stdio::null())
        .output()
        .map_err(|e| missing("ffprobe", path, &e))?;
    let not_video = |detail: String| SourceError::NotVideo { path: path.to_owned(), detail };
    if !output.status.success() {
        let text = String::from_utf8_lossy(&output.stderr);
        let last = text.lines().rfind(|l| !l.trim().is_empty()).unwrap_or("no reason given");
        // ffprobe repeats the whole path in front of its reason.
        return Err(not_video(last.rsplit(": ").next().unwrap_or(last).to_owned()));
    }
    let stream =
        parse_probe(&String::from_utf8_lossy(&output.stdout)).map_err(|e| not_video(e.to_string()))?;
    stream.ok_or_else(|| SourceError::NoVideoStream { path: path.to_owned() })
}

fn start_decoder(path: &Path, stream: &VideoStream) -> Result<Child, SourceError> {
    // `showinfo` writes each picture's time stamp to the log, so variable frame rates keep their times.
    let stretch = if stream.stretched { "scale=w='max(1,round(iw*sar))':h=ih," } else { "" };
    let filter = format!("{stretch}showinfo=checksum=0");
    Command::new("ffmpeg")
        .args(["-nostdin", "-hide_banner", "-nostats", "-loglevel", "level+info", "-threads", "1"])
        .arg("-i")
        .arg(file_argument(path))
        .args(["-map", &format!("0:{}", stream.index), "-vf", &filter, "-fps_mode", "passthrough"])
        .args(["-f", "rawvideo", "-pix_fmt", "rgb24", "-flush_packets", "1", "pipe:1"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|e| missing("ffmpeg", path, &e))
}

/// Runs until ffmpeg closes its log or the source is dropped.
fn read_log(log: impl BufRead, heads: &SyncSender<PictureHead>, complaints: &Mutex<VecDeque<String>>) {
    let mut time_base_s = None;
    for line in log.split(b'\n').map_while(Result::ok) {
        match parse_log(&String::from_utf8_lossy(&line)) {
            LogLine::TimeBase(base) => time_base_s = Some(base),
            LogLine::Picture { pts, width, height } => {
                let time_s = pts.zip(time_base_s).map(|(pts, base)| pts as f64 * base);
                if heads.send(PictureHead { time_s, width, height }).is_err() {
                    return;
                }
            }
            LogLine::Error(text) => {
                let mut kept = complaints.lock().unwrap_or_else(PoisonError::into_inner);
                if kept.len() == COMPLAINTS_KEPT {
                    kept.pop_front();
                }
                kept.push_back(text);
            }
            LogLine::Other => {}
        }
    }
}
