//! `baro report INPUT --exercise ID --out FILE`: the scored recording as a page for people.

use crate::{coached::Input, output::print, paths::shipped};
use anyhow::{Context as _, bail};
use baro_client::Language;
use baro_locale::Texts;
use std::path::PathBuf;

/// Write a page with curves, repetitions and faults.
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    input: Input,
    /// The page to write: `.html`, or `.png` for a picture.
    #[arg(long, value_name = "FILE", default_value = "report.html")]
    out: PathBuf,
    /// Language of the page: `en` or `ko`. Left out: the system's.
    #[arg(long, value_parser = language)]
    lang: Option<Language>,
}

/// A language by its tag.
pub fn language(tag: &str) -> Result<Language, String> {
    let known = Language::ALL.into_iter().find(|language| language.tag() == tag);
    known.ok_or_else(|| format!("`{tag}` is no language of Baro; choose en or ko"))
}

/// Runs the command.
pub fn run(args: Args) -> anyhow::Result<()> {
    let out = args.out.display();
    let picture = match args.out.extension().and_then(|e| e.to_str()).map(str::to_ascii_lowercase).as_deref()
    {
        Some("png") => true,
        Some("html" | "htm") => false,
        _ => bail!("{out}: the name must end in .html or .png"),
    };
    let texts = Texts::load(&shipped("assets"), args.lang.unwrap_or_else(Language::of_system))?;
    let watched = args.input.coach()?;
    let source = args.input.input.file_name().unwrap_or_default().to_string_lossy();
    let page = if picture {
        baro_report::png(&watched, &source, &texts, &shipped("assets"))?
    } else {
        baro_report::html(&watched, &source, &texts).into_bytes()
    };
    std::fs::write(&args.out, page).with_context(|| format!("can't write {out}"))?;
    print(&format!("{out}\n"))
}
