//! Microphone and loudspeaker of a real sound server: PulseAudio without a sound card, in a folder of its own. Skipped where there is none.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking, and clippy does not see that these are tests"
)]

#[path = "../voice/alike.rs"]
mod alike;
#[path = "../voice/signal.rs"]
mod signal;

use alike::{alike, envelope};
use baro_voice::{Fault, Headset, Line, Spot, Talk, Wish};
use baro_wire::room::Speech;

use signal::speech;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::sync_channel;
use std::sync::{Arc, Mutex};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// The programs see these instead of the machine's own sound.
const ALSA: &str = "pcm.!default { type pulse }\nctl.!default { type pulse }\n";
const SECONDS: usize = 12;

struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn in_folder(program: &str, folder: &Path) -> Command {
    let mut command = Command::new(program);
    command
        .env("HOME", folder)
        .env("XDG_RUNTIME_DIR", folder)
        .env("PULSE_RUNTIME_PATH", folder)
        .env("PULSE_SERVER", format!("unix:{}", folder.join("native").display()))
        .stdout(Stdio::null());
    command
}

/// A sink that everything is played into, and another one whose sound is the microphone.
fn server(folder: &Path) -> Option<Server> {
    let mut command = in_folder("pulseaudio", folder);
    let socket =
        format!("module-native-protocol-unix auth-anonymous=1 socket={}", folder.join("native").display());
    command.args(["-n", "--daemonize=no", "--use-pid-file=no", "--exit-idle-time=-1", "--disable-shm=yes"]);
    for module in [
        &socket,
        "module-null-sink sink_name=loudspeaker rate=48000",
        "module-null-sink sink_name=mouth rate=48000",
        "module-remap-source source_name=microphone master=mouth.monitor",
    ] {
        command.args(["-L", module]);
    }
    let server = Server(command.stderr(Stdio::null()).spawn().ok()?);
    let end = Instant::now() + Duration::from_secs(10);
    while Instant::now() < end {
        let set = |what: &str, name: &str| {
            in_folder("pactl", folder)
                .args([what, name])
                .stderr(Stdio::null())
                .status()
                .is_ok_and(|s| s.success())
        };
        if set("set-default-sink", "loudspeaker") && set("set-default-source", "microphone") {
            return Some(server);
        }
        sleep(Duration::from_millis(100));
    }
    None
}

fn raw(samples: &[f32]) -> Vec<u8> {
    samples.iter().flat_map(|sample| ((sample * 32_767.0) as i16).to_le_bytes()).collect()
}

#[test]
fn a_voice_goes_through_this_machine_s_devices() {
    let folder = tempfile::tempdir().unwrap();
    let Some(_server) = server(folder.path()) else {
        return println!("skipped: there is no pulseaudio here");
    };
    let find = Command::new("find").args(["/usr/lib", "-name", "libasound_module_pcm_pulse.so"]).output();
    if find.is_ok_and(|found| found.stdout.is_empty()) {
        return println!("skipped: ALSA has no way to pulseaudio here (libasound2-plugins)");
    }
    std::fs::write(folder.path().join("asoundrc"), ALSA).unwrap();
    let said = speech(11, SECONDS);
    std::fs::write(folder.path().join("said.raw"), raw(&said)).unwrap();
    // A machine that is busy with other things drops sound: one good run shows that it works.
    let mut best = 0.0_f32;
    for _ in 0..3 {
        let Some(heard) = once(folder.path()) else { continue };
        let (alike, late) = alike(&envelope(&said), &envelope(&heard), 500);
        println!("through both devices: alike {alike:.3} from {:.1} s on", late as f64 * 0.02);
        best = best.max(alike);
        if best > 0.85 {
            return;
        }
    }
    panic!("what comes out is not what goes in: {best}");
}

/// Says it into the microphone, and gives back what the loudspeaker played; none where the program was not content.
fn once(folder: &Path) -> Option<Vec<f32>> {
    let format = ["--raw", "--rate=48000", "--channels=1", "--format=s16le"];
    let heard_in = folder.join("heard.raw");
    let mut records = in_folder("parecord", folder);
    let mut records =
        Server(records.args(format).args(["-d", "loudspeaker.monitor"]).arg(&heard_in).spawn().unwrap());
    // ALSA reads where its settings are from the environment, so another process has to be the program.
    let mut program = in_folder(std::env::current_exe().unwrap().to_str().unwrap(), folder);
    let settings = format!("/usr/share/alsa/alsa.conf:{}", folder.join("asoundrc").display());
    program.env("ALSA_CONFIG_PATH", settings).args(["--ignored", "--exact", "inside", "--nocapture"]);
    let mut program = Server(program.stdout(Stdio::piped()).spawn().unwrap());
    sleep(Duration::from_secs(2));
    let mut plays = in_folder("paplay", folder);
    let played = plays.args(format).args(["-d", "mouth"]).arg(folder.join("said.raw")).status().unwrap();
    assert!(played.success());
    let end = Instant::now() + Duration::from_secs(90);
    let status = loop {
        match program.0.try_wait().unwrap() {
            Some(status) => break status,
            None => assert!(Instant::now() < end, "it does not end"),
        }
        sleep(Duration::from_millis(50));
    };
    let _ = records.0.kill();
    let _ = records.0.wait();
    let mut told = String::new();
    std::io::Read::read_to_string(program.0.stdout.as_mut().unwrap(), &mut told).unwrap();
    println!("{told}");
    if !status.success() {
        return None;
    }
    let bytes = std::fs::read(&heard_in).unwrap();
    let samples = bytes.chunks_exact(2).map(|two| i16::from_le_bytes([two[0], two[1]]));
    Some(samples.map(|sample| f32::from(sample) / 32_767.0).collect())
}

/// The program in it: what its microphone hears comes back as somebody else's voice.
#[test]
#[ignore = "run by the test above, in its surroundings"]
fn inside() {
    let (say, came) = sync_channel::<(Instant, u8, Speech)>(100);
    let (said, began) = (Arc::new(Mutex::new(0_usize)), Instant::now());
    let counted = Arc::clone(&said);
    let line = Line {
        say: Box::new(move |speech| {
            *counted.lock().unwrap() += 1;
            let _ = say.try_send((Instant::now(), 3, speech.clone()));
        }),
        heard: Box::new(move || came.try_iter().collect()),
    };
    let headset = Headset::start(line).unwrap();
    let spots = BTreeMap::from([(3, Spot::default())]);
    headset.wish(Wish { talk: Talk::Held, muted: false, volume: 1.0, spots });
    let (mut spoke, mut faults, mut loudest) = (0, 0, 0.0_f32);
    while began.elapsed() < Duration::from_secs(SECONDS as u64 + 4) {
        sleep(Duration::from_millis(50));
        let status = headset.status();
        faults += usize::from(status.fault.is_some());
        spoke += usize::from(status.speaking == [3]);
        loudest = loudest.max(status.level);
    }
    let said = *said.lock().unwrap();
    println!(
        "{said} sent, seen speaking {spoke} times, loudest {loudest:.2}, without a device {faults} times"
    );
    // Silence is not sent, and there is some.
    assert!(said > 300 && spoke > 80 && loudest > 0.6, "{said}, {spoke}, {loudest}");
}

/// Without devices nothing fails: the fault is told, and the class goes on.
#[test]
fn without_devices_it_is_told() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("none"), "").unwrap();
    let mut inner = in_folder(std::env::current_exe().unwrap().to_str().unwrap(), folder.path());
    let inner = inner
        .env("ALSA_CONFIG_PATH", folder.path().join("none"))
        .args(["--ignored", "--exact", "inside_nothing", "--nocapture"])
        .stderr(Stdio::null());
    assert!(inner.status().unwrap().success());
}

#[test]
#[ignore = "run by the test above, in its surroundings"]
fn inside_nothing() {
    let line = Line { say: Box::new(|_| panic!("nothing is heard")), heard: Box::new(Vec::new) };
    let headset = Headset::start(line).unwrap();
    let end = Instant::now() + Duration::from_secs(5);
    while headset.status().fault.is_none() && Instant::now() < end {
        sleep(Duration::from_millis(10));
    }
    assert_eq!(headset.status().fault, Some(Fault::NoLoudspeaker));
}
