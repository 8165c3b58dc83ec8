//! `baro teach RECORDINGS... --out FILE`: an exercise file from a few good repetitions.

use crate::{
    output::print,
    recording::{Pictures, read_recording},
};
use anyhow::{Context as _, bail};
use baro_coach::{
    Exercise,
    reference::Origin,
    teach::{TeachOptions, teach, teach_reference},
};
use std::path::PathBuf;

/// Make an exercise file from recordings of good repetitions, to be finished by hand.
#[derive(clap::Args)]
pub struct Args {
    /// Recordings of the same movement, done well: videos, folders of pictures, `.trc`, `.mot`, `.jsonl` or `.baro` files. Each
    /// begins and ends in the start posture.
    #[arg(required = true)]
    recordings: Vec<PathBuf>,
    /// The exercise file to write (`wall_push.toml`); its name is the exercise's id.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Also write reference motion of the same recordings (`wall-push.ref`) into the same folder; the exercise file names it.
    #[arg(long, value_name = "FILE")]
    reference: Option<PathBuf>,
    /// What people call the exercise [default: its id].
    #[arg(long)]
    name: Option<String>,
    #[command(flatten)]
    pictures: Pictures,
}

/// Runs the command.
pub fn run(args: Args) -> anyhow::Result<()> {
    let out = args.out.display();
    let stem = args.out.file_stem().and_then(|stem| stem.to_str()).map(|stem| stem.replace('_', "-"));
    let (Some(id), true) = (stem, args.out.extension().is_some_and(|e| e == "toml")) else {
        bail!("{out}: the name must end in .toml, as in wall_push.toml");
    };
    if args.out.exists() {
        bail!("{out} is there already; choose another name, or remove it");
    }
    if let Some(file) = args.reference.as_ref().filter(|file| file.exists()) {
        bail!("{} is there already; choose another name, or remove it", file.display());
    }
    let mut recordings = Vec::new();
    for input in &args.recordings {
        recordings.push(read_recording(input, &args.pictures)?.frames);
    }
    let options = TeachOptions { name: args.name.unwrap_or_else(|| id.clone()), id, told: None };
    let mut text = teach(&recordings, &options).context("no exercise could be learned")?;
    if let Some(file) = &args.reference {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        text += &format!("\n# Beside this file, or among those that ship.\n[reference]\nfile = \"{name}\"\n");
        let exercise = Exercise::from_toml(&text)?;
        // Names alone: where they lie on this machine concerns nobody.
        let names = args.recordings.iter().filter_map(|input| input.file_name());
        let names: Vec<String> = names.map(|name| name.to_string_lossy().into_owned()).collect();
        let origin =
            Origin { recordings: names.join(", "), licence: "FILL IN".into(), made_by: "baro teach".into() };
        let reference = teach_reference(&recordings, &exercise, origin)?;
        std::fs::write(file, reference).with_context(|| format!("can't write {}", file.display()))?;
    }
    std::fs::write(&args.out, text).with_context(|| format!("can't write {out}"))?;
    print(&format!(
        "{out}: search for FILL IN and finish it, then check it with `baro lint-exercises {out}`\n"
    ))
}
