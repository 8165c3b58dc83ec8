//! `baro lint-exercises [PATHS]`: checks exercise, routine and game files.

use crate::{
    exercises::{self, toml_files},
    output::print,
    paths::shipped,
};
use anyhow::bail;
use baro_coach::{Exercise, Finding, game::lint_games, lint_rehearsal, lint_routines, lint_texts};
use std::path::{Path, PathBuf};

/// Check exercise, routine and game files; says file, line and what to write, and fails where something is wrong.
#[derive(clap::Args)]
pub struct Args {
    /// Files, or folders of `.toml` files; those in a folder named `routines` are routines, in `games` games. Left out: all that Baro ships with.
    #[arg(value_name = "FILE|FOLDER")]
    paths: Vec<PathBuf>,
}

/// Files with their names as given, and their texts.
type Files = Vec<(String, String)>;

/// Runs the command.
pub fn run(args: Args) -> anyhow::Result<()> {
    let own = ["exercises", "routines", "games"].map(|name| shipped("assets").join(name));
    let shipped = || own.iter().filter(|folder| folder.is_dir()).cloned().collect();
    let paths: Vec<PathBuf> = if args.paths.is_empty() { shipped() } else { args.paths };
    let (mut exercises, mut routines, mut games) = (Files::new(), Files::new(), Files::new());
    for path in &paths {
        let files = if path.is_dir() { toml_files(path)? } else { vec![path.clone()] };
        if files.is_empty() {
            bail!("{}: there is no .toml file in it", path.display());
        }
        for file in files {
            // Inside the folder itself a file is given without it.
            let whole = file.canonicalize().unwrap_or_else(|_| file.clone());
            let is_in = |name: &str| whole.parent().is_some_and(|folder| folder.ends_with(name));
            let files = match () {
                () if is_in("routines") => &mut routines,
                () if is_in("games") => &mut games,
                () => &mut exercises,
            };
            files.push(read(&file)?);
        }
    }
    // Variants, routines and games may name exercises that Baro ships with: these are read too, and told nothing of.
    let given = exercises.len();
    for file in toml_files(&own[0])? {
        let file = read(&file)?;
        if !exercises.iter().any(|(name, _)| base(name) == base(&file.0)) {
            exercises.push(file);
        }
    }
    let (told, all) = (&exercises[..given], pairs(&exercises));
    let references = beside(&exercises[..given])?;
    let mut findings: Vec<Finding> = lint_texts(&all, &pairs(&references));
    findings.retain(|finding| told.iter().any(|(name, _)| *name == finding.file));
    told.iter().for_each(|(name, text)| findings.extend(lint_rehearsal(name, text)));
    let known: Vec<Exercise> =
        exercises.iter().filter_map(|(_, text)| Exercise::from_toml(text).ok()).collect();
    findings.extend(lint_routines(&pairs(&routines), &known));
    findings.extend(lint_games(&pairs(&games), &known));
    tell(&findings, &[(given, "exercises"), (routines.len(), "routines"), (games.len(), "games")])
}

fn tell(findings: &[Finding], checked: &[(usize, &str)]) -> anyhow::Result<()> {
    let lines = findings.iter().map(|f| format!("{}:{}: {}\n", f.file, f.line, f.message));
    print(&lines.collect::<String>())?;
    match findings.len() {
        0 => {
            let parts: Vec<String> = checked.iter().map(|(count, what)| format!("{count} {what}")).collect();
            print(&format!("{}: nothing to correct\n", parts.join(", ")))
        }
        1 => bail!("one thing to correct"),
        many => bail!("{many} things to correct"),
    }
}

fn read(path: &Path) -> anyhow::Result<(String, String)> {
    Ok((path.display().to_string(), exercises::read(path)?))
}

/// Reference motion that exercise files name and that lies in their folder.
fn beside(files: &[(String, String)]) -> anyhow::Result<Files> {
    let named = files.iter().filter_map(|(name, text)| {
        let reference = Exercise::from_toml(text).ok()?.reference?;
        Some((Path::new(name).with_file_name(&reference), reference))
    });
    let there = named.filter(|(path, _)| path.is_file());
    there.map(|(path, name)| Ok((name, exercises::read(&path)?))).collect()
}

fn base(name: &str) -> Option<&std::ffi::OsStr> {
    Path::new(name).file_name()
}

fn pairs(files: &[(String, String)]) -> Vec<(&str, &str)> {
    files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect()
}
