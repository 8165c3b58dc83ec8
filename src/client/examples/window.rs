//! Opens the window; a trial until main.rs does.
use baro_client::*;
use std::{path::PathBuf, sync::Arc};
fn main() {
    let mut o = Options {
        assets_dir: "/work/main/assets".into(),
        records_dir: "/tmp/w/c/records".into(),
        estimator: Arc::new(|| {
            let store = baro_vision::ModelStore::open("/work/main/models".as_ref(), &baro_vision::find_onnxruntime()?)?;
            let tracker = baro_vision::Tracker::new(&store, baro_vision::TrackerOptions::default())?;
            Ok(LoadedEstimator { estimator: Box::new(tracker), model: "full".into(), model_sha256: String::new() })
        }),
        source: SourceChoice::Auto,
        exercises: vec!["squat".into(), "shoulder-abduction".into()],
        side: baro_coach::SideChoice::Auto,
        language: None,
        quality: None,
        window_size: (1280, 720),
        muted: false,
        screenshots: vec![],
        exit_after_s: None,
    };
    let mut a = std::env::args().skip(1);
    while let Some(k) = a.next() {
        let v = a.next().unwrap();
        match k.as_str() {
            "--source" => o.source = SourceChoice::Given(baro_vision::SourceSpec::from_path(v.as_ref(), None)),
            "--lang" => o.language = Some(Language::from_tag(&v)),
            "--size" => { let (w, h) = v.split_once('x').unwrap(); o.window_size = (w.parse().unwrap(), h.parse().unwrap()); }
            "--exercise" => o.exercises = v.split(',').map(String::from).collect(),
            "--shot" => { let (t, p) = v.split_once(':').unwrap(); o.screenshots.push(ScreenshotAt { at_s: t.parse().unwrap(), path: PathBuf::from(p) }); }
            "--exit" => o.exit_after_s = Some(v.parse().unwrap()),
            "--quality" => o.quality = Some(if v == "low" { Quality::Low } else { Quality::High }),
            x => panic!("{x}"),
        }
    }
    run(o).unwrap();
}
