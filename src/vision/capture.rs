//! Reads a source on a thread of its own into a slot of one.
//!
//! Live and paced: the newest picture wins and the dropped ones are counted, so that what is shown is never old.
//! Every frame: the reader waits until the slot is free, so that a score never misses a picture.

use crate::{Frame, Source, SourceError, SourceInfo};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// When pictures of a file are handed on. A camera is never slowed down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pacing {
    /// At the times that the file says; a slow reader misses pictures.
    RealTime,
    /// As fast as they are taken; none is missed.
    EveryFrame,
}

/// What [`Capture::next`] brings.
#[derive(Debug)]
pub enum CaptureEvent<'a> {
    /// The newest picture that was not yet given.
    Frame(&'a Frame),
    /// The camera is gone; the text says why. Pictures may come again.
    CameraLost(String),
    /// The camera is there again.
    CameraBack,
    /// The stream is over.
    Ended,
    /// The source failed for good.
    Failed(SourceError),
    /// Nothing came in time.
    TimedOut,
}

/// How long a lost camera is left alone before the next try.
const RETRY_AFTER: Duration = Duration::from_millis(500);
/// How long dropping waits for the reader; a driver that hangs longer is left behind.
const JOIN_WITHIN: Duration = Duration::from_secs(2);

#[derive(Debug, PartialEq)]
enum Status {
    Lost(String),
    Back,
}

#[derive(Default)]
struct State {
    slot: Option<Frame>,
    /// A buffer to reuse.
    spare: Option<Frame>,
    read_s: f32,
    status: Option<Status>,
    end: Option<Option<SourceError>>,
    paused: bool,
    stop: bool,
    gone: bool,
    dropped: u64,
}

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'a>(&self, state: MutexGuard<'a, State>) -> MutexGuard<'a, State> {
        self.changed.wait(state).unwrap_or_else(PoisonError::into_inner)
    }

    fn wait_for<'a>(&self, state: MutexGuard<'a, State>, time: Duration) -> MutexGuard<'a, State> {
        self.changed.wait_timeout(state, time).unwrap_or_else(PoisonError::into_inner).0
    }
}

/// A source that is being read on its own thread.
pub struct Capture {
    shared: Arc<Shared>,
    info: SourceInfo,
    frame: Frame,
    read_s: f32,
}

impl Capture {
    /// Starts to read.
    ///
    /// # Errors
    /// The system refuses another thread.
    pub fn spawn(source: Box<dyn Source>, pacing: Pacing) -> Result<Self, SourceError> {
        let info = source.info().clone();
        let shared = Arc::new(Shared::default());
        let reader = Reader { source, pacing, live: info.live, shared: Arc::clone(&shared) };
        std::thread::Builder::new()
            .name("capture".into())
            .spawn(move || reader.run())
            .map_err(|e| SourceError::Thread { detail: e.to_string() })?;
        Ok(Self { shared, info, frame: Frame::default(), read_s: 0.0 })
    }

    /// What is known about the source.
    pub fn info(&self) -> &SourceInfo {
        &self.info
    }

    /// Waits for the next picture or change, at most for `timeout`. After `Ended` or `Failed` the answer is `Ended`.
    pub fn next(&mut self, timeout: Duration) -> CaptureEvent<'_> {
        let deadline = Instant::now() + timeout;
        let shared = Arc::clone(&self.shared);
        let mut state = shared.lock();
        loop {
            match state.status.take() {
                Some(Status::Lost(why)) => return CaptureEvent::CameraLost(why),
                Some(Status::Back) => return CaptureEvent::CameraBack,
                None => {}
            }
            if let Some(frame) = state.slot.take() {
                state.spare = Some(std::mem::replace(&mut self.frame, frame));
                self.read_s = state.read_s;
                shared.changed.notify_all();
                return CaptureEvent::Frame(&self.frame);
            }
            if let Some(end) = &mut state.end {
                return end.take().map_or(CaptureEvent::Ended, CaptureEvent::Failed);
            }
            if state.gone {
                return CaptureEvent::Ended;
            }
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return CaptureEvent::TimedOut;
            }
            state = shared.wait_for(state, left);
        }
    }

    /// Pictures that were read but never given, because newer ones came first.
    pub fn dropped(&self) -> u64 {
        self.shared.lock().dropped
    }

    /// Seconds that the source took to bring the picture given last: decoding, for a file.
    pub fn read_s(&self) -> f32 {
        self.read_s
    }

    /// Stops handing on pictures. A file stands still; a camera goes on, and its pictures are thrown away.
    pub fn pause(&self) {
        self.shared.lock().paused = true;
        self.shared.changed.notify_all();
    }

    /// Goes on where [`Capture::pause`] stopped.
    pub fn resume(&self) {
        self.shared.lock().paused = false;
        self.shared.changed.notify_all();
    }
}

impl Drop for Capture {
    fn drop(&mut self) {
        let deadline = Instant::now() + JOIN_WITHIN;
        let mut state = self.shared.lock();
        state.stop = true;
        self.shared.changed.notify_all();
        while !state.gone && Instant::now() < deadline {
            state = self.shared.wait_for(state, deadline.saturating_duration_since(Instant::now()));
        }
    }
}

/// Tells the other side that the thread is over, however it ended.
struct Farewell(Arc<Shared>);

impl Drop for Farewell {
    fn drop(&mut self) {
        let mut state = self.0.lock();
        state.gone = true;
        if std::thread::panicking() {
            state.end = Some(Some(SourceError::Thread { detail: "the reader of the source died".into() }));
        }
        self.0.changed.notify_all();
    }
}

struct Reader {
    source: Box<dyn Source>,
    pacing: Pacing,
    live: bool,
    shared: Arc<Shared>,
}

impl Reader {
    fn run(self) {
        let farewell = Farewell(Arc::clone(&self.shared));
        let Self { mut source, pacing, live, shared } = self;
        let mut frame = Frame::default();
        let mut clock = FileClock::default();
        let mut lost = false;
        loop {
            if shared.lock().stop {
                break;
            }
            let began = Instant::now();
            let outcome = source.read(&mut frame);
            let read_s = began.elapsed().as_secs_f32();
            match outcome {
                Ok(true) if lost => {
                    lost = false;
                    shared.lock().status = Some(Status::Back);
                }
                Ok(true) => {}
                Ok(false) => {
                    shared.lock().end = Some(None);
                    break;
                }
                Err(error) if error.passes() => {
                    let mut state = shared.lock();
                    if !lost {
                        lost = true;
                        state.status = Some(Status::Lost(error.to_string()));
                        shared.changed.notify_all();
                    }
                    drop(shared.wait_for(state, RETRY_AFTER));
                    continue;
                }
                Err(error) => {
                    shared.lock().end = Some(Some(error));
                    break;
                }
            }
            let paced = !live && pacing == Pacing::RealTime;
            if !live && !clock.wait(&shared, frame.time_s, paced) {
                break;
            }
            let state = shared.lock();
            if live && state.paused {
                continue;
            }
            frame = publish(&shared, state, frame, read_s, !live && pacing == Pacing::EveryFrame);
        }
        // The source goes first: its process is ended or its camera closed before anybody is told.
        drop(source);
        drop(farewell);
    }
}

/// Puts the picture into the slot and gives back a buffer for the next one.
fn publish(
    shared: &Shared,
    mut state: MutexGuard<'_, State>,
    frame: Frame,
    read_s: f32,
    keep_all: bool,
) -> Frame {
    while keep_all && state.slot.is_some() && !state.stop {
        state = shared.wait(state);
    }
    let old = state.slot.replace(frame);
    state.read_s = read_s;
    if old.is_some() {
        state.dropped += 1;
    }
    shared.changed.notify_all();
    old.or_else(|| state.spare.take()).unwrap_or_default()
}

/// Maps a file's times to this machine's clock; stands still while paused.
#[derive(Default)]
struct FileClock {
    zero: Option<Instant>,
}

impl FileClock {
    /// Waits until the picture is due; false if the reader is to stop.
    fn wait(&mut self, shared: &Shared, time_s: f64, paced: bool) -> bool {
        let mut state = shared.lock();
        loop {
            if state.stop {
                return false;
            }
            if state.paused {
                let began = Instant::now();
                state = shared.wait(state);
                self.zero = self.zero.map(|z| z + began.elapsed());
                continue;
            }
            if !paced {
                return true;
            }
            let zero = *self.zero.get_or_insert_with(Instant::now);
            let due = zero + Duration::try_from_secs_f64(time_s).unwrap_or_default();
            let left = due.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return true;
            }
            state = shared.wait_for(state, left);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Counts upwards; the time of picture n is n * 10 ms.
    struct Counter {
        info: SourceInfo,
        next: u64,
        end: u64,
        outcomes: Vec<SourceError>,
    }

    fn counter(end: u64, live: bool) -> Box<Counter> {
        let info = SourceInfo { name: "counter".into(), live, frames: None, fps: None, width: 1, height: 1 };
        Box::new(Counter { info, next: 0, end, outcomes: vec![] })
    }

    impl Source for Counter {
        fn info(&self) -> &SourceInfo {
            &self.info
        }
        fn read(&mut self, frame: &mut Frame) -> Result<bool, SourceError> {
            if let Some(error) = self.outcomes.pop() {
                return Err(error);
            }
            if self.next == self.end {
                return Ok(false);
            }
            frame.resize(1, 1);
            frame.time_s = self.next as f64 * 0.01;
            self.next += 1;
            Ok(true)
        }
    }

    const LONG: Duration = Duration::from_secs(20);

    #[test]
    fn every_frame_comes_in_order_and_none_is_dropped() {
        let mut capture = Capture::spawn(counter(200, false), Pacing::EveryFrame).unwrap();
        for n in 0..200 {
            let CaptureEvent::Frame(frame) = capture.next(LONG) else { panic!("no frame {n}") };
            assert_eq!(frame.time_s, n as f64 * 0.01);
        }
        assert!(matches!(capture.next(LONG), CaptureEvent::Ended));
        assert!(matches!(capture.next(LONG), CaptureEvent::Ended));
        assert_eq!(capture.dropped(), 0);
    }

    #[test]
    fn a_slow_reader_gets_the_newest_and_the_rest_is_counted() {
        let mut capture = Capture::spawn(counter(30, false), Pacing::RealTime).unwrap();
        std::thread::sleep(Duration::from_millis(600));
        let CaptureEvent::Frame(frame) = capture.next(LONG) else { panic!("no frame") };
        assert_eq!(frame.time_s, 0.29);
        assert_eq!(capture.dropped(), 29);
    }

    #[test]
    fn pausing_stops_the_clock_of_a_file() {
        let mut capture = Capture::spawn(counter(1000, false), Pacing::RealTime).unwrap();
        capture.pause();
        std::thread::sleep(Duration::from_millis(100));
        while let CaptureEvent::Frame(_) = capture.next(Duration::ZERO) {}
        std::thread::sleep(Duration::from_millis(300));
        assert!(matches!(capture.next(Duration::ZERO), CaptureEvent::TimedOut));
        capture.resume();
        let CaptureEvent::Frame(frame) = capture.next(LONG) else { panic!("no frame") };
        assert!(frame.time_s < 0.2, "the clock ran on to {}", frame.time_s);
    }

    #[test]
    fn a_lost_camera_is_told_once_and_comes_back() {
        let mut source = counter(1, true);
        let lost = SourceError::CameraLost { name: "cam".into(), detail: "unplugged".into() };
        source.outcomes = vec![lost.clone(), lost];
        let mut capture = Capture::spawn(source, Pacing::RealTime).unwrap();
        assert!(matches!(capture.next(LONG), CaptureEvent::CameraLost(why) if why.contains("unplugged")));
        assert!(matches!(capture.next(LONG), CaptureEvent::CameraBack));
        assert!(matches!(capture.next(LONG), CaptureEvent::Frame(_)));
    }

    #[test]
    fn a_failure_is_told_and_a_panic_is_no_hang() {
        let mut source = counter(1, false);
        source.outcomes = vec![SourceError::BadRate { fps: 0.0 }];
        let mut capture = Capture::spawn(source, Pacing::EveryFrame).unwrap();
        assert!(matches!(capture.next(LONG), CaptureEvent::Failed(SourceError::BadRate { .. })));

        struct Panics(SourceInfo);
        impl Source for Panics {
            fn info(&self) -> &SourceInfo {
                &self.0
            }
            fn read(&mut self, _: &mut Frame) -> Result<bool, SourceError> {
                panic!("driver bug")
            }
        }
        let mut capture = Capture::spawn(Box::new(Panics(counter(0, true).info)), Pacing::RealTime).unwrap();
        assert!(matches!(capture.next(LONG), CaptureEvent::Failed(SourceError::Thread { .. })));
    }

    #[test]
    fn dropping_does_not_wait_for_a_full_slot() {
        let capture = Capture::spawn(counter(u64::MAX, false), Pacing::EveryFrame).unwrap();
        std::thread::sleep(Duration::from_millis(20));
        let began = Instant::now();
        drop(capture);
        assert!(began.elapsed() < Duration::from_secs(1));
    }
}
