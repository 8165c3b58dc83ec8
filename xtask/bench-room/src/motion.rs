//! Recorded people as the figures that their clients would send: landmarks through the client's own retargeting, 30 times a second.

use anyhow::{Context as _, Result};
use baro_datasets::{DatasetError, KERAAL_HZ, keraal, uiprmd_kinect};
use baro_figure::{Retargeter, RigPose, Skeleton, skeleton_from_glb};
use baro_motion::{PoseFrame, Steady, ViewFilter};
use baro_vision::{
    Complexity, Frame, ModelStore, PoseEstimator as _, Smoothing, SourceSpec, Tracker, TrackerOptions,
};
use baro_wire::pose::Figure;
use glam::{Quat, Vec3};
use std::path::{Path, PathBuf};

/// Ticks of the room, a second.
pub const TICK_HZ: f64 = 30.0;
const BODIES: [&str; 2] = ["sunhee", "daniel"];

/// One person's movement, a figure a tick.
pub struct Take {
    /// The recording it is of.
    pub set: &'static str,
    /// At [`TICK_HZ`].
    pub figures: Vec<Figure>,
}

/// All recordings that are there; the others are named on the way.
///
/// # Errors
/// Where one is there and can't be read.
pub fn takes() -> Result<Vec<Take>> {
    let bodies = bodies()?;
    let mut takes = Vec::new();
    for (clip, body) in ["squat", "shoulder-abduction"].into_iter().zip(&bodies) {
        if let Some((frames, hz)) = tracked(clip)? {
            takes.push(Take::new("demo clips, camera", body, &frames, hz));
        }
    }
    takes.extend(recorded()?);
    Ok(takes)
}

fn bodies() -> Result<[Skeleton; 2]> {
    let bodies = BODIES.map(|name| {
        let path = root().join("assets/avatars").join(name).with_extension("glb");
        let file = std::fs::read(&path).with_context(|| format!("can't read {}", path.display()))?;
        Ok::<_, anyhow::Error>(skeleton_from_glb(&file)?)
    });
    let [woman, man] = bodies;
    Ok([woman?, man?])
}

/// Those of [`takes`] that are there as landmarks, which takes no camera's model.
///
/// # Errors
/// Where one is there and can't be read.
pub fn recorded() -> Result<Vec<Take>> {
    let bodies = bodies()?;
    let mut takes = Vec::new();
    for take in or_skip(keraal())?.into_iter().flatten() {
        takes.push(Take::new("KERAAL, camera (BlazePose)", &bodies[1], &take.blazepose, KERAAL_HZ));
    }
    let mut episodes = or_skip(uiprmd_kinect())?.unwrap_or_default();
    episodes.retain(|episode| episode.correct);
    for subject in 1..=6 {
        for movement in 1..=10 {
            // One repetition after the other, as they were recorded.
            let of_both = episodes.iter().filter(|e| e.subject == subject && e.movement == movement);
            let frames: Vec<PoseFrame> = of_both.flat_map(|episode| episode.frames.clone()).collect();
            let body = &bodies[subject as usize % 2];
            if !frames.is_empty() {
                takes.push(Take::new("UI-PRMD, depth camera", body, &frames, TICK_HZ));
            }
        }
    }
    Ok(takes)
}

impl Take {
    fn new(set: &'static str, body: &Skeleton, frames: &[PoseFrame], hz: f64) -> Self {
        let (mut steady, mut view) = (Steady::default(), ViewFilter::default());
        let mut retargeter = Retargeter::new(body);
        let mut figures = Vec::new();
        let ticks = (frames.len() as f64 / hz * TICK_HZ) as usize;
        let (mut taken, mut person) = (0, None);
        for tick in 0..ticks {
            // What the camera has seen until this tick.
            while taken < frames.len() && taken as f64 / hz <= tick as f64 / TICK_HZ {
                let time_s = taken as f64 / hz;
                person = frames[taken].pose.map(|pose| {
                    let mut pose = steady.step(time_s, &pose);
                    let view = view.step(time_s, &pose);
                    pose.world = view.level(&pose.world);
                    pose
                });
                taken += 1;
            }
            let pose = retargeter.update(body, person.as_ref(), false, (1.0 / TICK_HZ) as f32);
            figures.push(in_room(pose));
        }
        Self { set, figures }
    }
}

/// Somewhere in the room, turned: neither costs more or less than elsewhere.
fn in_room(pose: &RigPose) -> Figure {
    let (place, heading) = (Vec3::new(1.5, 0.0, -2.0), Quat::from_rotation_y(0.7));
    Figure {
        root_m: (place + heading * pose.root).into(),
        turns: pose.turns.map(|turn| (heading * turn).into()),
        ..Figure::default()
    }
}

fn or_skip<T>(loaded: Result<T, DatasetError>) -> Result<Option<T>> {
    Ok(baro_datasets::or_skip(loaded)?)
}

/// What the tracker finds in a bundled clip, and the clip's frames a second.
fn tracked(clip: &str) -> Result<Option<(Vec<PoseFrame>, f64)>> {
    let library = match baro_vision::find_onnxruntime() {
        Ok(library) => library,
        Err(error) => {
            println!("skipped: {clip}: {error}");
            return Ok(None);
        }
    };
    let models = ModelStore::open(&root().join("models"), &library)?;
    let options = TrackerOptions { complexity: Complexity::Full, threads: 1, smoothing: Smoothing::On };
    let mut tracker = Tracker::new(&models, options)?;
    let file = root().join("assets/demo").join(clip).with_extension("mp4");
    let mut source = baro_vision::open(&SourceSpec::from_path(&file, None))?;
    let (mut frame, mut frames) = (Frame::default(), Vec::new());
    while source.read(&mut frame)? {
        let pose = tracker.estimate(&frame)?;
        frames.push(PoseFrame { time_s: frame.time_s, pose });
    }
    let seconds = frames.last().map_or(0.0, |last| last.time_s);
    let hz = (frames.len().saturating_sub(1)) as f64 / seconds.max(1e-3);
    Ok(Some((frames, hz.round())))
}

/// The workspace's root, as cargo says it now: checkouts may share a target folder.
pub fn root() -> PathBuf {
    let own = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    Path::new(&own).join("../..")
}

#[cfg(test)]
mod tests {
    use baro_figure::{BONES, Bone};
    use baro_wire::pose::{JOINTS, PARENTS};

    /// The codec does not know the rig; its joints are the rig's bones.
    #[test]
    fn joints_are_the_rigs_bones() {
        assert_eq!(JOINTS, BONES);
        assert_eq!(PARENTS, Bone::ALL.map(|bone| bone.parent().map(|parent| parent as usize)));
    }
}
