//! The thread that talks to a camera. Drivers may hang or die in it; nobody else waits for them without a limit.

use super::format::{CameraFormat, PixelFormat};
use super::system;
use crate::Frame;
use crate::source::{SourceError, convert};
use nokhwa::Camera;
use nokhwa::utils::{
    CameraFormat as DeviceFormat, CameraIndex, FrameFormat, RequestedFormat, RequestedFormatType, Resolution,
};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TryRecvError, sync_channel};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long a driver may take to open a camera.
const OPEN_WITHIN: Duration = Duration::from_secs(10);
/// How long closing waits; a driver that hangs longer is left behind.
const CLOSE_WITHIN: Duration = Duration::from_secs(2);
/// This many broken pictures in a row, and the camera counts as lost.
const MAX_BROKEN: u32 = 60;

/// What came of waiting.
pub(super) enum Grab {
    /// A picture, and when it arrived.
    Picture(Instant),
    /// Nothing in time.
    Silence,
    /// The camera is gone; why.
    Over(String),
}

#[derive(Default)]
struct Slot {
    newest: Mutex<Option<(Frame, Instant)>>,
    filled: Condvar,
    stop: AtomicBool,
}

pub(super) struct Grabber {
    slot: Arc<Slot>,
    /// Why the thread ended; disconnected if it died.
    over: Receiver<String>,
}

impl Grabber {
    /// Opens the camera in a mode that it offers, and starts to take pictures.
    pub fn open(index: u32, name: &str, format: CameraFormat) -> Result<Self, SourceError> {
        let slot = Arc::new(Slot::default());
        let (opened_sender, opened) = sync_channel(1);
        let (over_sender, over) = sync_channel(1);
        let shared = Arc::clone(&slot);
        std::thread::Builder::new()
            .name("camera".into())
            .spawn(move || run(index, format, &shared, &opened_sender, &over_sender))
            .map_err(|e| SourceError::Thread { detail: e.to_string() })?;
        let busy = |detail: String| SourceError::CameraBusy { name: name.to_owned(), detail };
        match opened.recv_timeout(OPEN_WITHIN) {
            Ok(Ok(())) => Ok(Self { slot, over }),
            Ok(Err(detail)) => Err(busy(detail)),
            Err(RecvTimeoutError::Timeout) => {
                slot.stop.store(true, Ordering::Relaxed);
                Err(busy(format!("its driver does not answer for {} seconds", OPEN_WITHIN.as_secs())))
            }
            Err(RecvTimeoutError::Disconnected) => Err(busy("its driver failed".into())),
        }
    }

    /// Waits for the newest picture.
    pub fn next(&self, frame: &mut Frame, silence: Duration) -> Grab {
        let deadline = Instant::now() + silence;
        let mut newest = self.slot.newest.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if let Some((picture, at)) = newest.as_mut().filter(|(picture, _)| picture.is_whole()) {
                let at = *at;
                // The old buffer goes back, marked as empty, for the next picture.
                std::mem::swap(frame, picture);
                picture.rgb.clear();
                return Grab::Picture(at);
            }
            match self.over.try_recv() {
                Ok(detail) => return Grab::Over(detail),
                Err(TryRecvError::Disconnected) => return Grab::Over("its driver failed".into()),
                Err(TryRecvError::Empty) => {}
            }
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Grab::Silence;
            }
            let wait = left.min(Duration::from_millis(200));
            newest = self.slot.filled.wait_timeout(newest, wait).unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}

impl Drop for Grabber {
    fn drop(&mut self) {
        self.slot.stop.store(true, Ordering::Relaxed);
        // The device must be closed before it can be opened again.
        let _ = self.over.recv_timeout(CLOSE_WITHIN);
    }
}

/// The thread: opens, tells how that went, takes pictures until it is stopped or the camera is gone.
fn run(
    index: u32,
    format: CameraFormat,
    slot: &Slot,
    opened: &SyncSender<Result<(), String>>,
    over: &SyncSender<String>,
) {
    let mut camera = match open(index, format) {
        Ok(camera) => camera,
        Err(detail) => {
            let _ = opened.send(Err(detail));
            return;
        }
    };
    if opened.send(Ok(())).is_err() {
        return;
    }
    let why = take_pictures(&mut camera, format, slot);
    let _ = camera.stop_stream();
    drop(camera);
    let _ = over.send(why);
}

fn open(index: u32, format: CameraFormat) -> Result<Camera, String> {
    system::prepare(index, format)?;
    let kind = match format.pixels {
        PixelFormat::Mjpeg => FrameFormat::MJPEG,
        PixelFormat::Yuyv => FrameFormat::YUYV,
        PixelFormat::Nv12 => FrameFormat::NV12,
    };
    let exact = DeviceFormat::new(Resolution::new(format.width, format.height), kind, format.fps);
    let request =
        RequestedFormat::with_formats(RequestedFormatType::Exact(exact), std::slice::from_ref(&kind));
    let mut camera = Camera::new(CameraIndex::Index(index), request).map_err(|e| e.to_string())?;
    let got = camera.camera_format();
    if got != exact {
        return Err(format!("it answers with {got} instead of {exact}"));
    }
    camera.open_stream().map_err(|e| e.to_string())?;
    Ok(camera)
}

/// Ends with the reason.
fn take_pictures(camera: &mut Camera, format: CameraFormat, slot: &Slot) -> String {
    let mut spare = Frame::default();
    let mut broken = 0;
    while !slot.stop.load(Ordering::Relaxed) {
        let data = match camera.frame_raw() {
            Ok(data) => data,
            Err(error) => return error.to_string(),
        };
        let arrived = Instant::now();
        let (width, height) = (format.width, format.height);
        let converted = match format.pixels {
            PixelFormat::Mjpeg => convert::mjpeg_to_rgb(&data, width, height, &mut spare),
            PixelFormat::Yuyv => convert::yuyv_to_rgb(&data, width, height, &mut spare),
            PixelFormat::Nv12 => convert::nv12_to_rgb(&data, width, height, &mut spare),
        };
        if let Err(error) = converted {
            broken += 1;
            tracing::debug!(%error, "a broken picture is skipped");
            if broken == MAX_BROKEN {
                return format!("{MAX_BROKEN} broken pictures in a row, the last: {error}");
            }
            continue;
        }
        broken = 0;
        let mut newest = slot.newest.lock().unwrap_or_else(PoisonError::into_inner);
        let (old, at) = newest.get_or_insert_with(|| (Frame::default(), arrived));
        std::mem::swap(old, &mut spare);
        *at = arrived;
        slot.filled.notify_all();
    }
    "closed".into()
}
