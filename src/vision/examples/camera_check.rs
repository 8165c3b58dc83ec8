//! Takes pictures from the kernel's virtual camera (`vivid`) through the product's own capture code, and checks them.
//! `cargo xtask test-camera` runs it in a virtual machine, as root: it unplugs the camera. Prints a line a check.

use std::process::ExitCode;
use std::time::{Duration, Instant};

use baro_vision::{
    CameraFormat, CameraRequest, Capture, CaptureEvent, Frame, Pacing, PixelFormat, Source, SourceError,
    SourceSpec, list_cameras, open,
};

/// A size and rate that vivid's webcam offers, small enough for an emulated machine.
const WIDTH: u32 = 640;
const HEIGHT: u32 = 360;
const FPS: u32 = 30;
/// Far longer than any picture or change takes, even in an emulated machine.
const LONG: Duration = Duration::from_secs(15);

fn main() -> ExitCode {
    let mut tally = Tally::default();
    tally.check("the camera is listed with its formats", listed());
    for format in [PixelFormat::Yuyv, PixelFormat::Nv12] {
        tally.check(&format!("{format}: the colour bars are right"), shows_colour_bars(format));
        tally.check(&format!("{format}: pictures move and keep the rate"), keeps_the_rate(format));
    }
    tally.check("a camera that is not there is refused", a_missing_camera_is_refused());
    tally.check("a format that is not offered is refused, and the next open works", rejects_then_opens());
    tally.check("a camera in use is refused, and goes on for its user", refuses_while_in_use());
    tally.check("closing and reopening works five times", reopens());
    tally
        .check("unplugging is told, waiting costs little, replugging brings pictures", survives_unplugging());
    tally.close()
}

type Outcome = Result<String, String>;

/// Counts what passed.
#[derive(Default)]
struct Tally {
    passed: u32,
    failed: u32,
}

impl Tally {
    fn check(&mut self, name: &str, outcome: Outcome) {
        match outcome {
            Ok(detail) => {
                self.passed += 1;
                let beginning: String = detail.chars().take(160).collect();
                println!("PASS {name}: {beginning}");
            }
            Err(why) => {
                self.failed += 1;
                println!("FAIL {name}: {why}");
            }
        }
    }

    fn close(self) -> ExitCode {
        println!("{} passed, {} failed", self.passed, self.failed);
        if self.failed > 0 {
            return ExitCode::FAILURE;
        }
        println!("camera_check: all passed");
        ExitCode::SUCCESS
    }
}

fn request(pixels: PixelFormat) -> CameraRequest {
    CameraRequest {
        index: Some(0),
        width: Some(WIDTH),
        height: Some(HEIGHT),
        fps: Some(FPS),
        pixels: Some(pixels),
    }
}

fn open_camera(request: CameraRequest) -> Result<Box<dyn Source>, SourceError> {
    open(&SourceSpec::Camera(request))
}

/// Opens it, starts to capture, and waits for the first picture.
fn start(pixels: PixelFormat) -> Result<Capture, String> {
    let source = open_camera(request(pixels)).map_err(|e| e.to_string())?;
    let mut capture = Capture::spawn(source, Pacing::RealTime).map_err(|e| e.to_string())?;
    picture(&mut capture)?;
    Ok(capture)
}

fn picture(capture: &mut Capture) -> Result<&Frame, String> {
    match capture.next(LONG) {
        CaptureEvent::Frame(frame) => Ok(frame),
        other => Err(format!("instead of a picture came {other:?}")),
    }
}

fn listed() -> Outcome {
    let cameras = list_cameras().map_err(|e| e.to_string())?;
    let [camera] = cameras.as_slice() else { return Err(format!("{} cameras: {cameras:?}", cameras.len())) };
    for pixels in [PixelFormat::Yuyv, PixelFormat::Nv12] {
        let wanted = CameraFormat { width: WIDTH, height: HEIGHT, fps: FPS, pixels };
        if !camera.formats.contains(&wanted) {
            return Err(format!("{wanted} is not offered: {:?}", camera.formats));
        }
    }
    Ok(format!("{} ({} modes)", camera.name, camera.formats.len()))
}

fn shows_colour_bars(pixels: PixelFormat) -> Outcome {
    let mut capture = start(pixels)?;
    let frame = picture(&mut capture)?;
    if (frame.width, frame.height) != (WIDTH, HEIGHT) {
        return Err(format!("{}x{} pixels", frame.width, frame.height));
    }
    let worst = check_bars(frame)?;
    Ok(format!("8 bars, no channel off by more than {worst} of 255"))
}

/// One picture for each picture time, in the order of their times, and each another one: vivid writes a clock.
fn keeps_the_rate(pixels: PixelFormat) -> Outcome {
    const COUNT: u32 = 45;
    let mut capture = start(pixels)?;
    let mut before = picture(&mut capture)?.clone();
    let began = Instant::now();
    let mut changed = 0;
    for _ in 0..COUNT {
        let frame = picture(&mut capture)?;
        if frame.time_s <= before.time_s {
            return Err(format!("time goes from {} s to {} s", before.time_s, frame.time_s));
        }
        changed += u32::from(frame.rgb != before.rgb);
        before.clone_from(frame);
    }
    let fps = f64::from(COUNT) / began.elapsed().as_secs_f64();
    if changed < COUNT * 9 / 10 {
        return Err(format!("only {changed} of {COUNT} pictures differ from the one before"));
    }
    // An emulated machine may be late; it can't be early.
    if !(0.6 * f64::from(FPS)..1.1 * f64::from(FPS)).contains(&fps) {
        return Err(format!("{fps:.1} pictures a second instead of {FPS}"));
    }
    Ok(format!("{fps:.1} pictures a second, {} dropped", capture.dropped()))
}

fn a_missing_camera_is_refused() -> Outcome {
    match open_camera(CameraRequest { index: Some(7), ..Default::default() }) {
        Ok(_) => Err("camera 7 opened".into()),
        Err(error @ SourceError::CameraMissing { .. }) => Ok(error.to_string()),
        Err(error) => Err(format!("another error: {error}")),
    }
}

fn rejects_then_opens() -> Outcome {
    let mut said = String::new();
    for wrong in [
        CameraRequest { pixels: Some(PixelFormat::Mjpeg), ..request(PixelFormat::Yuyv) },
        CameraRequest { fps: Some(29), ..request(PixelFormat::Yuyv) },
        CameraRequest { width: Some(641), ..request(PixelFormat::Yuyv) },
    ] {
        match open_camera(wrong) {
            Ok(_) => return Err(format!("{wrong} opened")),
            Err(error @ SourceError::CameraFormat { .. }) => said = error.to_string(),
            Err(error) => return Err(format!("another error: {error}")),
        }
        start(PixelFormat::Yuyv).map_err(|e| format!("after {wrong}: {e}"))?;
    }
    Ok(said)
}

fn refuses_while_in_use() -> Outcome {
    let mut capture = start(PixelFormat::Yuyv)?;
    let refusal = match open_camera(request(PixelFormat::Nv12)) {
        Ok(_) => return Err("it opened twice".into()),
        Err(error @ SourceError::CameraBusy { .. }) => error.to_string(),
        Err(error) => return Err(format!("another error: {error}")),
    };
    check_bars(picture(&mut capture)?)?;
    Ok(refusal)
}

fn reopens() -> Outcome {
    let mut longest = Duration::ZERO;
    for round in 0..5 {
        let began = Instant::now();
        let pixels = if round % 2 == 0 { PixelFormat::Yuyv } else { PixelFormat::Nv12 };
        let mut capture = start(pixels).map_err(|e| format!("round {round}: {e}"))?;
        check_bars(picture(&mut capture)?).map_err(|e| format!("round {round}: {e}"))?;
        longest = longest.max(began.elapsed());
    }
    Ok(format!("the slowest took {:.1} s", longest.as_secs_f64()))
}

fn survives_unplugging() -> Outcome {
    const UNPLUGGED: Duration = Duration::from_secs(4);
    let mut capture = start(PixelFormat::Yuyv)?;
    plug("unbind")?;
    let said = loop {
        match capture.next(LONG) {
            // Those that were on their way.
            CaptureEvent::Frame(_) => {}
            CaptureEvent::CameraLost(said) => break said,
            other => return Err(format!("after unplugging came {other:?}")),
        }
    };
    let before = cpu_time()?;
    match capture.next(UNPLUGGED) {
        CaptureEvent::TimedOut => {}
        other => return Err(format!("while unplugged came {other:?}")),
    }
    let load = (cpu_time()? - before).as_secs_f64() / UNPLUGGED.as_secs_f64();
    if load > 0.3 {
        return Err(format!("waiting for the camera takes {:.0} % of a core", load * 100.0));
    }
    plug("bind")?;
    match capture.next(LONG) {
        CaptureEvent::CameraBack => {}
        other => return Err(format!("after replugging came {other:?}")),
    }
    check_bars(picture(&mut capture)?)?;
    Ok(format!("{said}; {:.0} % of a core while waiting", load * 100.0))
}

/// What vivid's first picture shows from left to right, at three quarters of full colour.
const BARS: [(&str, [bool; 3]); 8] = [
    ("white", [true, true, true]),
    ("yellow", [true, true, false]),
    ("cyan", [false, true, true]),
    ("green", [false, true, false]),
    ("magenta", [true, false, true]),
    ("red", [true, false, false]),
    ("blue", [false, false, true]),
    ("black", [false, false, false]),
];
/// The levels of a channel that is on and one that is off, and how far rounding may take them: 3 were seen, while
/// the colour matrix of another standard, or swapped chroma, is off by 30 and more.
const ON: u8 = 191;
const OFF: u8 = 0;
const TOLERANCE: u8 = 10;

fn check_bars(frame: &Frame) -> Result<u8, String> {
    let mut worst = 0;
    for (index, (name, channels)) in BARS.iter().enumerate() {
        let pixel = middle_of_bar(frame, index)?;
        for (value, on) in pixel.iter().zip(channels) {
            let off_by = value.abs_diff(if *on { ON } else { OFF });
            if off_by > TOLERANCE {
                return Err(format!("the {name} bar is {pixel:?}"));
            }
            worst = worst.max(off_by);
        }
    }
    Ok(worst)
}

/// Below the text that vivid writes over its upper half.
fn middle_of_bar(frame: &Frame, bar: usize) -> Result<[u8; 3], String> {
    let x = (2 * bar + 1) * frame.width as usize / 16;
    let y = frame.height as usize * 4 / 5;
    let at = (y * frame.width as usize + x) * 3;
    match frame.rgb.get(at..at + 3) {
        Some(&[r, g, b]) => Ok([r, g, b]),
        _ => Err(format!("{} bytes for {}x{} pixels", frame.rgb.len(), frame.width, frame.height)),
    }
}

/// User and system time of this process so far.
fn cpu_time() -> Result<Duration, String> {
    let stat = std::fs::read_to_string("/proc/self/stat").map_err(|e| e.to_string())?;
    // Behind the name in brackets: utime and stime are the 12th and 13th words, in hundredths of a second.
    let words: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |index: usize| words.get(index).and_then(|word| word.parse::<u64>().ok());
    let sum = ticks(11).zip(ticks(12)).map(|(user, system)| user + system);
    sum.map(|ticks| Duration::from_millis(ticks * 10)).ok_or_else(|| format!("can't read {stat}"))
}

/// Takes the virtual camera away, or brings it back.
fn plug(action: &str) -> Result<(), String> {
    std::fs::write(format!("/sys/bus/platform/drivers/vivid/{action}"), "vivid.0")
        .map_err(|e| format!("can't {action} the camera: {e}"))
}
