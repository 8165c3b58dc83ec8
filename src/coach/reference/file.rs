//! A reference as a text file (TOML), format 1; docs/scoring.md describes it.

use super::{Lead, Of, Origin, Reference, Sensor, Term, TermSide, Way};
use crate::exercise::parse::check::{line_of, word};
use baro_motion::Channel;
use serde::Deserialize;
use std::fmt::Write as _;
use toml::Spanned;

/// The format of reference files that this version reads.
pub const REFERENCE_FORMAT: u32 = 1;

/// A reference could not be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReferenceError {
    /// The file is no TOML, has an unknown or missing field, or a value that makes no sense.
    #[error("line {line}: {message}")]
    File {
        /// Where, from 1.
        line: usize,
        /// What is wrong and what to write.
        message: String,
    },
    /// There was nothing to learn from.
    #[error(
        "a reference needs at least one correct repetition in which the body is seen; give another recording"
    )]
    NothingCorrect,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawReference {
    format: Spanned<u32>,
    exercise: String,
    recordings: String,
    licence: String,
    made_by: String,
    symmetric: bool,
    max_points: Spanned<f64>,
    #[serde(default)]
    lead: Vec<RawLead>,
    limits: Vec<Spanned<RawTerm>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLead {
    channel: Channel,
    of: Of,
    weight: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTerm {
    channel: Channel,
    side: TermSide,
    of: Of,
    over: Option<[f64; 2]>,
    under: Option<[f64; 2]>,
    points_per_unit: [f64; 2],
    max_points: f64,
}

impl Reference {
    /// Reads and checks the text of a reference file.
    ///
    /// # Errors
    /// Where the text is no TOML, has an unknown or missing field, or its values make no sense; the message names the line.
    pub fn from_text(text: &str) -> Result<Self, ReferenceError> {
        let raw: RawReference = toml::from_str(text).map_err(|error| {
            let line = error.span().map_or(1, |span| line_of(text, span.start));
            ReferenceError::File { line, message: error.message().to_owned() }
        })?;
        let wrong = |at: usize, message: &str| ReferenceError::File {
            line: line_of(text, at),
            message: message.into(),
        };
        if *raw.format.get_ref() != REFERENCE_FORMAT {
            return Err(wrong(raw.format.span().start, "this version reads `format = 1`; update Baro"));
        }
        let at_most = *raw.max_points.get_ref();
        if !(at_most > 0.0 && at_most <= 100.0) {
            return Err(wrong(raw.max_points.span().start, "write `max_points` above 0, at most 100"));
        }
        let finite = |lead: &RawLead| lead.weight.is_finite() && lead.channel.is_sided();
        if !raw.lead.iter().all(finite) {
            return Err(wrong(
                0,
                "each of `lead` needs a channel that exists on both sides, and a finite weight",
            ));
        }
        let term =
            |raw: &Spanned<RawTerm>| term(raw.get_ref()).map_err(|message| wrong(raw.span().start, message));
        Ok(Self {
            exercise: raw.exercise,
            origin: Origin { recordings: raw.recordings, licence: raw.licence, made_by: raw.made_by },
            symmetric: raw.symmetric,
            lead: raw.lead.iter().map(|l| Lead { channel: l.channel, of: l.of, weight: l.weight }).collect(),
            at_most,
            terms: raw.limits.iter().map(term).collect::<Result<_, _>>()?,
        })
    }

    /// The text of its file. Numbers are rounded, so read it back before comparing with it.
    pub fn to_text(&self) -> String {
        let mut out = format!(
            "# How other people do this exercise right: limits on whole repetitions, learned. docs/scoring.md tells how.\n\
             # Pairs are for joints seen by a camera and for markers on the skin. Degrees; ratios of the leg's length.\n\
             format = {REFERENCE_FORMAT}\nexercise = {}\nrecordings = {}\nlicence = {}\nmade_by = {}\n\
             symmetric = {}\nmax_points = {}\n",
            quoted(&self.exercise),
            quoted(&self.origin.recordings),
            quoted(&self.origin.licence),
            quoted(&self.origin.made_by),
            self.symmetric,
            digits(self.at_most),
        );
        out.push_str("\n# The side with the larger weighted sum leads (is `near`).\nlead = [\n");
        for lead in &self.lead {
            let (channel, of) = (lead.channel.name(), word(&lead.of));
            // Writing to a String can't fail.
            let _ = writeln!(
                out,
                "  {{ channel = \"{channel}\", of = \"{of}\", weight = {} }},",
                digits(lead.weight)
            );
        }
        out.push_str("]\n\nlimits = [\n");
        for term in &self.terms {
            let way = match term.way {
                Way::Over => "over",
                Way::Under => "under",
            };
            let _ = writeln!(
                out,
                "  {{ channel = \"{}\", side = \"{}\", of = \"{}\", {way} = {}, points_per_unit = {}, max_points = {} }},",
                term.channel.name(),
                word(&term.side),
                word(&term.of),
                pair(term.limit),
                pair(term.per_unit),
                digits(term.at_most),
            );
        }
        out.push_str("]\n");
        out
    }
}

fn term(raw: &RawTerm) -> Result<Term, &'static str> {
    let (way, limit) = match (raw.over, raw.under) {
        (Some(limit), None) => (Way::Over, limit),
        (None, Some(limit)) => (Way::Under, limit),
        _ => return Err("write either `over` or `under`, with a limit for each of the two sensors"),
    };
    if raw.channel.is_sided() == (raw.side == TermSide::Body) {
        return Err("`side` is \"body\" for channels of the whole body, \"near\" or \"far\" for all others");
    }
    let prices = raw.points_per_unit.into_iter().chain([raw.max_points]);
    if !limit.into_iter().all(f64::is_finite)
        || !prices.clone().all(|price| price.is_finite() && price >= 0.0)
    {
        return Err("limits are finite; `points_per_unit` and `max_points` are finite and not negative");
    }
    Ok(Term {
        channel: raw.channel,
        side: raw.side,
        of: raw.of,
        way,
        limit,
        per_unit: raw.points_per_unit,
        at_most: raw.max_points,
    })
}

fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

fn pair(values: [f64; Sensor::ALL.len()]) -> String {
    format!("[{}, {}]", digits(values[0]), digits(values[1]))
}

/// Four significant digits, never without a decimal point.
fn digits(value: f64) -> String {
    let size = if value == 0.0 { 0 } else { libm::log10(value.abs()).floor() as i32 };
    let decimals = usize::try_from(3 - size).unwrap_or(0).clamp(1, 12);
    let text = format!("{value:.decimals$}");
    let short = text.trim_end_matches('0');
    if short.ends_with('.') { format!("{short}0") } else { short.to_owned() }
}
