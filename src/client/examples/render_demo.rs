//! Renders the bundled demo clips and writes the true joint angles beside them. No window, no GPU needed.
//!
//! `cargo run -p baro-client --example render_demo -- squat|shoulder-abduction OUT_DIR [--preview]`
//!
//! Needs `ffmpeg` on the path. `--preview` renders every 12th frame only.

use baro_client::avatar::{
    Avatar, AvatarPlugin, AvatarPose, Bone, DriveAvatars, Look, Performer, PoseInput, RigPose, SideBones,
    Skeleton, lean_trunk,
};
use baro_coach::{JointAngles, LimbAngles};
use baro_motion::Side;
use bevy::{
    app::{AppExit, ScheduleRunnerPlugin},
    camera::RenderTarget,
    light::{CascadeShadowConfigBuilder, DirectionalLightShadowMap},
    prelude::*,
    render::{
        RenderPlugin,
        gpu_readback::{Readback, ReadbackComplete},
        render_resource::{TextureFormat, TextureUsages},
    },
    time::TimeUpdateStrategy,
    window::ExitCondition,
    winit::WinitPlugin,
};
use std::{
    collections::BTreeMap,
    fmt::Write as _,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

const WIDTH: u32 = 640;
const HEIGHT: u32 = 480;
const FPS: u32 = 20;

/// One repetition of a clip.
struct Rep {
    start_s: f32,
    out_s: f32,
    hold_s: f32,
    back_s: f32,
    /// Peak of the counted angle, degrees: knee flexion, or abduction of left and right arm.
    peak_deg: [f32; 2],
    /// Trunk at the peak, degrees: forward in the squat, sideways (to the person's right) in the arm raise.
    trunk_deg: f32,
    /// What is meant to be wrong with it.
    faults: &'static [&'static str],
}

const fn rep(start_s: f32, out_s: f32, hold_s: f32, back_s: f32, peak_deg: [f32; 2], trunk_deg: f32) -> Rep {
    Rep { start_s, out_s, hold_s, back_s, peak_deg, trunk_deg, faults: &[] }
}

/// What a clip shows.
struct Clip {
    name: &'static str,
    body: &'static str,
    /// The body's turn from facing the camera, degrees; positive to its left.
    yaw_deg: f32,
    seconds: f32,
    reps: [Rep; 6],
    angles: fn(&Rep, f32, &mut Moment),
}

/// Angles of one moment, degrees.
#[derive(Default, Clone, Copy)]
struct Moment {
    knee: f32,
    trunk: f32,
    side: f32,
    arms: [f32; 2],
    reach: f32,
}

const CLIPS: [Clip; 2] = [
    Clip {
        name: "squat",
        body: "avatars/sunhee.glb",
        yaw_deg: 70.0,
        seconds: 27.0,
        reps: [
            rep(1.6, 1.5, 0.4, 1.2, [110.0, 110.0], 36.0),
            rep(5.5, 1.4, 0.3, 1.3, [106.0, 106.0], 35.0),
            Rep { faults: &["too-shallow"], ..rep(9.2, 1.4, 0.3, 1.2, [80.0, 80.0], 29.0) },
            rep(12.8, 1.6, 0.5, 1.3, [112.0, 112.0], 37.0),
            Rep { faults: &["leaning-forward"], ..rep(17.2, 1.6, 0.6, 1.4, [98.0, 98.0], 66.0) },
            Rep { faults: &["too-fast"], ..rep(22.2, 0.65, 0.4, 1.3, [108.0, 108.0], 35.0) },
        ],
        angles: |rep, share, m| {
            m.knee += share * rep.peak_deg[0];
            m.trunk += share * rep.trunk_deg;
            m.reach += share * 62.0;
        },
    },
    Clip {
        name: "shoulder-abduction",
        body: "avatars/daniel.glb",
        yaw_deg: 4.0,
        seconds: 26.0,
        reps: [
            rep(1.6, 1.5, 0.5, 1.4, [92.0, 91.0], 0.0),
            rep(5.5, 1.4, 0.4, 1.5, [95.0, 94.0], 0.0),
            Rep { faults: &["too-low"], ..rep(9.3, 1.5, 0.3, 1.4, [72.0, 71.0], 0.0) },
            rep(12.9, 1.5, 0.5, 1.4, [90.0, 92.0], 0.0),
            Rep { faults: &["leaning-sideways"], ..rep(16.8, 1.7, 0.6, 1.6, [84.0, 34.0], 29.0) },
            Rep { faults: &["too-low"], ..rep(21.3, 1.6, 0.4, 1.5, [57.0, 56.0], 0.0) },
        ],
        angles: |rep, share, m| {
            m.arms[0] += share * rep.peak_deg[0];
            m.arms[1] += share * rep.peak_deg[1];
            m.side += share * rep.trunk_deg;
        },
    },
];

/// Smooth from 0 to 1 with still ends (minimum jerk).
fn glide(x: f32) -> f32 {
    let x = x.clamp(0.0, 1.0);
    x * x * x * (10.0 - 15.0 * x + 6.0 * x * x)
}

impl Rep {
    fn end_s(&self) -> f32 {
        self.start_s + self.out_s + self.hold_s + self.back_s
    }

    /// How far into the movement, 0 to 1.
    fn share(&self, t: f32) -> f32 {
        glide((t - self.start_s) / self.out_s)
            * (1.0 - glide((t - self.start_s - self.out_s - self.hold_s) / self.back_s))
    }
}

impl Clip {
    /// The pose at a time: the repetitions, and the small sway that nobody stands without.
    fn pose(&self, skeleton: &Skeleton, performer: &Performer, t: f32) -> RigPose {
        let mut m = Moment::default();
        for rep in &self.reps {
            (self.angles)(rep, rep.share(t), &mut m);
        }
        let sway =
            |rate: f32, phase: f32| (t * rate + phase).sin() + 0.5 * (t * rate * 2.3 + phase * 3.0).sin();
        let mut pose = performer.pose(skeleton, &m.angles(sway(0.9, 0.3), sway(0.7, 1.1)));
        let lean = m.side - 0.5 * sway(0.6, 2.0);
        lean_trunk(&mut pose, Quat::from_rotation_z(lean.to_radians()));
        let look = Quat::from_rotation_y((2.5 * sway(0.5, 0.0)).to_radians());
        pose.set(Bone::Head, look * pose.turn(Bone::Head));
        pose
    }
}

impl Moment {
    fn angles(&self, a: f32, b: f32) -> JointAngles {
        let rad = f32::to_radians;
        let shank = self.knee * 0.34;
        let limb = |arm: f32, sway: f32| LimbAngles {
            shoulder_abduction_rad: rad(8.0 + sway + arm * (1.0 - 8.0 / 92.0)),
            shoulder_flexion_rad: rad(self.reach + sway),
            elbow_flexion_rad: rad(9.0 + 0.08 * self.reach + sway),
            hip_flexion_rad: rad(self.knee - shank + self.trunk),
            hip_abduction_rad: rad(7.0 + 0.05 * self.knee),
            knee_flexion_rad: rad(self.knee + 2.0),
            ankle_dorsiflexion_rad: rad(shank),
            ..LimbAngles::default()
        };
        JointAngles {
            trunk_flexion_rad: rad(self.trunk + 0.6 * a),
            left: limb(self.arms[0], a),
            right: limb(self.arms[1], b),
            ..JointAngles::default()
        }
    }
}

const COLUMNS: [&str; 9] = [
    "time_s",
    "left_knee_flexion_deg",
    "right_knee_flexion_deg",
    "left_shoulder_abduction_deg",
    "right_shoulder_abduction_deg",
    "left_elbow_flexion_deg",
    "right_elbow_flexion_deg",
    "trunk_flexion_deg",
    "trunk_side_lean_left_deg",
];

/// The row of true angles, measured on the posed skeleton's joints. Shoulder abduction is that of the upper arm
/// against the trunk's long axis, in the frontal plane of the thorax.
fn truth(skeleton: &Skeleton, pose: &RigPose, t: f32) -> [f32; 9] {
    let at = skeleton.positions(pose);
    let p = |bone: Bone| at[bone as usize];
    let hips = (p(Bone::ThighL) + p(Bone::ThighR)) * 0.5;
    let up = (p(Bone::UpperArmL) + p(Bone::UpperArmR)) * 0.5 - hips;
    let left = (p(Bone::UpperArmL) - p(Bone::UpperArmR)).reject_from(up).normalize_or(Vec3::X);
    let bend = |a: Bone, b: Bone, c: Bone| (p(b) - p(a)).angle_between(p(c) - p(b)).to_degrees();
    let arm = |side: Side| {
        let [_, upper, lower, _] = side.arm();
        let v = p(lower) - p(upper);
        (v.dot(left) * side.sign()).atan2(-v.dot(up.normalize_or(Vec3::Y))).to_degrees()
    };
    [
        t,
        bend(Bone::ThighL, Bone::CalfL, Bone::FootL),
        bend(Bone::ThighR, Bone::CalfR, Bone::FootR),
        arm(Side::Left),
        arm(Side::Right),
        bend(Bone::UpperArmL, Bone::LowerArmL, Bone::HandL),
        bend(Bone::UpperArmR, Bone::LowerArmR, Bone::HandR),
        up.z.atan2(up.y).to_degrees(),
        up.x.atan2(up.y).to_degrees(),
    ]
}

fn truth_json(clip: &Clip, rows: &[[f32; 9]]) -> String {
    let mut out = String::new();
    let _ =
        writeln!(out, "{{\n\"clip\": \"{}.mp4\",\n\"fps\": {FPS},\n\"body\": \"{}\",", clip.name, clip.body);
    let _ = writeln!(out, "\"reps\": [");
    for (i, rep) in clip.reps.iter().enumerate() {
        let faults: Vec<String> = rep.faults.iter().map(|f| format!("\"{f}\"")).collect();
        let comma = if i + 1 < clip.reps.len() { "," } else { "" };
        let _ = writeln!(
            out,
            "{{\"start_s\": {:.2}, \"peak_s\": {:.2}, \"end_s\": {:.2}, \"faults\": [{}]}}{comma}",
            rep.start_s,
            rep.start_s + rep.out_s + 0.5 * rep.hold_s,
            rep.end_s(),
            faults.join(", ")
        );
    }
    let _ = writeln!(out, "],\n\"columns\": {COLUMNS:?},\n\"frames\": [");
    for (i, row) in rows.iter().enumerate() {
        let cells: Vec<String> = row
            .iter()
            .enumerate()
            .map(|(k, x)| if k == 0 { format!("{x:.3}") } else { format!("{x:.2}") })
            .collect();
        let comma = if i + 1 < rows.len() { "," } else { "" };
        let _ = writeln!(out, "[{}]{comma}", cells.join(","));
    }
    out.push_str("]\n}\n");
    out
}

/// Where the clip goes and how far it is.
#[derive(Resource)]
struct Film {
    clip: &'static Clip,
    out: PathBuf,
    every: u32,
    frames: u32,
    /// The next frame to pose, once the body is loaded and the pipelines are compiled.
    next: u32,
    warm_up: u32,
    rows: Vec<[f32; 9]>,
    performer: Option<Performer>,
    image: Handle<Image>,
    encoder: Child,
    /// Frames that came back, waiting for their turn.
    done: BTreeMap<u32, Vec<u8>>,
    written: u32,
}

fn main() -> Result {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let clip = CLIPS.iter().find(|c| Some(c.name) == arguments.first().map(String::as_str));
    let (Some(clip), Some(out)) = (clip, arguments.get(1)) else {
        return Err("usage: render_demo squat|shoulder-abduction OUT_DIR [--preview]".into());
    };
    let every = if arguments.iter().any(|a| a == "--preview") { 12 } else { 1 };
    let assets = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets");
    let assets = assets.canonicalize()?;
    let out = PathBuf::from(out);
    std::fs::create_dir_all(&out)?;
    let encoder = encoder(&out.join(format!("{}.mp4", clip.name)))?;

    let window = WindowPlugin { primary_window: None, exit_condition: ExitCondition::DontExit, ..default() };
    let files = AssetPlugin { file_path: assets.to_string_lossy().into_owned(), ..default() };
    // Every frame is drawn complete: none is skipped while a shader compiles.
    let drawing = RenderPlugin { synchronous_pipeline_compilation: true, ..default() };
    let mut app = App::new();
    app.add_plugins(DefaultPlugins.set(window).set(files).set(drawing).disable::<WinitPlugin>())
        .add_plugins(ScheduleRunnerPlugin::run_loop(Duration::ZERO))
        .add_plugins(AvatarPlugin)
        .insert_resource(TimeUpdateStrategy::ManualDuration(Duration::from_secs(1) / FPS))
        .insert_resource(ClearColor(Color::srgb(0.72, 0.71, 0.68)))
        .insert_resource(GlobalAmbientLight { brightness: 420.0, ..default() })
        .insert_resource(DirectionalLightShadowMap { size: 2048 });
    let mut image = Image::new_target_texture(WIDTH, HEIGHT, TextureFormat::Rgba8UnormSrgb, None);
    image.texture_descriptor.usage |= TextureUsages::COPY_SRC;
    let image = app.world_mut().resource_mut::<Assets<Image>>().add(image);
    app.insert_resource(Film {
        clip,
        out,
        every,
        frames: (clip.seconds * FPS as f32) as u32 / every,
        next: 0,
        warm_up: 12,
        rows: Vec::new(),
        performer: None,
        image,
        encoder,
        done: BTreeMap::new(),
        written: 0,
    });
    app.add_systems(Startup, (room, actor, camera))
        .add_systems(Update, shoot.before(DriveAvatars))
        .add_systems(PostUpdate, finish);
    match app.run() {
        AppExit::Success => Ok(()),
        AppExit::Error(code) => Err(format!("the renderer stopped with code {code}").into()),
    }
}

fn encoder(path: &Path) -> Result<Child> {
    let size = format!("{WIDTH}x{HEIGHT}");
    let rate = FPS.to_string();
    let input = ["-f", "rawvideo", "-pix_fmt", "rgba", "-s", &size, "-r", &rate, "-i", "-"];
    let output = [
        "-c:v",
        "libx264",
        "-preset",
        "slow",
        "-crf",
        "23",
        "-pix_fmt",
        "yuv420p",
        "-movflags",
        "+faststart",
    ];
    let child = Command::new("ffmpeg")
        .args(["-loglevel", "error", "-y"])
        .args(input)
        .args(output)
        .args(["-fflags", "+bitexact", "-flags:v", "+bitexact", "-map_metadata", "-1"])
        .arg(path)
        .stdin(Stdio::piped())
        .spawn()
        .map_err(|error| format!("ffmpeg can't be started ({error}); install it: apt-get install ffmpeg"))?;
    Ok(child)
}

/// A living room: floor, two walls, skirting, a mat, a sideboard, a picture, a lamp.
fn room(
    mut commands: Commands,
    mut meshes: ResMut<Assets<Mesh>>,
    mut materials: ResMut<Assets<StandardMaterial>>,
) {
    let mut add = |mesh: Mesh, (r, g, b): (f32, f32, f32), at: Vec3| {
        let material = materials.add(StandardMaterial {
            base_color: Color::srgb(r, g, b),
            perceptual_roughness: 0.95,
            reflectance: 0.15,
            ..default()
        });
        commands.spawn((Mesh3d(meshes.add(mesh)), MeshMaterial3d(material), Transform::from_translation(at)));
    };
    let block = |x, y, z| Mesh::from(Cuboid::new(x, y, z));
    add(block(9.0, 0.1, 9.0), (0.50, 0.38, 0.28), Vec3::new(0.0, -0.05, 1.0));
    for i in 0..14 {
        // Joints between boards.
        add(block(9.0, 0.002, 0.012), (0.36, 0.27, 0.20), Vec3::new(0.0, 0.0, -1.9 + 0.35 * i as f32));
    }
    add(block(9.0, 3.2, 0.1), (0.80, 0.79, 0.74), Vec3::new(0.0, 1.6, -1.9));
    add(block(0.1, 3.2, 9.0), (0.72, 0.74, 0.73), Vec3::new(-2.7, 1.6, 1.0));
    add(block(9.0, 0.12, 0.03), (0.93, 0.93, 0.91), Vec3::new(0.0, 0.06, -1.84));
    add(block(1.9, 0.008, 1.1), (0.35, 0.42, 0.50), Vec3::new(0.0, 0.002, 0.1));
    add(block(1.5, 0.75, 0.42), (0.62, 0.47, 0.33), Vec3::new(1.75, 0.375, -1.6));
    add(block(0.12, 0.26, 0.12), (0.30, 0.45, 0.55), Vec3::new(1.4, 0.88, -1.6));
    add(block(0.26, 0.34, 0.05), (0.85, 0.80, 0.70), Vec3::new(2.0, 0.92, -1.6));
    add(block(0.9, 0.62, 0.03), (0.35, 0.33, 0.31), Vec3::new(-1.35, 1.75, -1.84));
    add(block(0.8, 0.52, 0.04), (0.66, 0.74, 0.78), Vec3::new(-1.35, 1.75, -1.835));
    add(Cylinder::new(0.22, 0.42).into(), (0.70, 0.55, 0.45), Vec3::new(-2.2, 0.21, -1.3));
    add(Sphere::new(0.42).into(), (0.33, 0.47, 0.30), Vec3::new(-2.2, 0.85, -1.3));
    commands.spawn((
        DirectionalLight { illuminance: 5200.0, shadow_maps_enabled: true, ..default() },
        Transform::from_xyz(2.2, 4.2, 3.2).looking_at(Vec3::ZERO, Vec3::Y),
        CascadeShadowConfigBuilder {
            num_cascades: 1,
            maximum_distance: 8.0,
            first_cascade_far_bound: 8.0,
            ..default()
        }
        .build(),
    ));
    // Light from a window on the other side, so that no side of the body is black.
    commands.spawn((
        DirectionalLight { illuminance: 1500.0, color: Color::srgb(0.85, 0.92, 1.0), ..default() },
        Transform::from_xyz(-3.0, 2.0, 2.5).looking_at(Vec3::Y, Vec3::Y),
    ));
}

fn actor(mut commands: Commands, film: Res<Film>) {
    commands.spawn((
        Avatar { model: film.clip.body.to_owned(), look: Look::Solid },
        Transform::from_rotation(Quat::from_rotation_y(film.clip.yaw_deg.to_radians())),
    ));
}

fn camera(mut commands: Commands, film: Res<Film>) {
    commands.spawn((
        Camera3d::default(),
        Projection::from(PerspectiveProjection { fov: 44f32.to_radians(), ..default() }),
        Msaa::Sample4,
        RenderTarget::Image(film.image.clone().into()),
        Transform::from_xyz(0.0, 1.05, 2.85).looking_at(Vec3::new(0.0, 0.88, 0.0), Vec3::Y),
    ));
}

/// Poses the body for the next frame and asks for its picture.
fn shoot(mut commands: Commands, mut film: ResMut<Film>, mut avatars: Query<(&AvatarPose, &mut PoseInput)>) {
    let Ok((posed, mut input)) = avatars.single_mut() else { return };
    let film = &mut *film;
    let performer = film.performer.get_or_insert_with(|| Performer::new(&posed.skeleton));
    let index = film.next;
    let t = (index * film.every) as f32 / FPS as f32;
    let pose = film.clip.pose(&posed.skeleton, performer, t);
    *input = PoseInput::Posed(pose);
    if film.warm_up > 0 {
        film.warm_up -= 1;
        return;
    }
    if index >= film.frames {
        return;
    }
    film.rows.push(truth(&posed.skeleton, &pose, t));
    film.next += 1;
    commands.spawn(Readback::texture(film.image.clone())).observe(
        move |picture: On<ReadbackComplete>, mut film: ResMut<Film>, mut commands: Commands| {
            if index >= film.written {
                film.done.entry(index).or_insert_with(|| rows_of(&picture.data));
            }
            commands.entity(picture.entity).try_despawn();
        },
    );
}

/// The picture without the padding that the GPU puts after each row.
fn rows_of(data: &[u8]) -> Vec<u8> {
    let row = WIDTH as usize * 4;
    let stride = (data.len() / HEIGHT as usize).max(row);
    data.chunks(stride).take(HEIGHT as usize).flat_map(|line| line.iter().take(row).copied()).collect()
}

/// Hands finished frames to the encoder in order, and ends after the last.
fn finish(mut film: ResMut<Film>, mut exit: MessageWriter<AppExit>) -> Result {
    let film = &mut *film;
    while let Some(picture) = film.done.remove(&film.written) {
        if let Some(input) = film.encoder.stdin.as_mut() {
            input.write_all(&picture)?;
        }
        film.written += 1;
        if film.written.is_multiple_of(50) {
            println!("{} of {} frames", film.written, film.frames);
        }
    }
    if film.written == film.frames {
        drop(film.encoder.stdin.take());
        let status = film.encoder.wait()?;
        std::fs::write(
            film.out.join(format!("{}.truth.json", film.clip.name)),
            truth_json(film.clip, &film.rows),
        )?;
        exit.write(if status.success() { AppExit::Success } else { AppExit::from_code(1) });
        film.written += 1;
    }
    Ok(())
}
