//! `baro score INPUT --exercise ID`: counts and scores the repetitions in a recording.

use crate::{
    coached::Input,
    output::{print, print_json},
};
use baro_coach::{Rep, RepSide, RepSignal, Report};
use baro_motion::Claim;

/// Count and score the repetitions in a recording.
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    input: Input,
    /// Print the report as JSON (docs/score-json.md).
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub fn run(args: Args) -> anyhow::Result<()> {
    let report = args.input.coach()?.report;
    if args.json { print_json(&report) } else { print(&table(&report)) }
}

/// The report for people.
fn table(report: &Report) -> String {
    let score = report.score.map_or_else(String::new, |score| format!(", score {score:.0} of 100"));
    let mut out =
        format!("{}: {} complete, {} partial{score}\n", report.exercise, report.count, report.partial);
    if report.reps.is_empty() {
        return out;
    }
    out += "\n  #   start    peak     end  side   score  range  form  tempo  stable  even  farthest\n";
    for (i, rep) in report.reps.iter().enumerate() {
        let Rep { start_s, peak_s, end_s, sub, .. } = rep;
        let side = match rep.side {
            RepSide::Left => "left",
            RepSide::Right => "right",
            RepSide::Both => "both",
        };
        out += &format!(
            "{:>3} {start_s:>7.2} {peak_s:>7.2} {end_s:>7.2}  {side:<5}  {:>5.0}  {:>5.0} {:>5.0}  {:>5.0}  {:>6.0} {:>5.0}  {}{}\n",
            i + 1,
            rep.score,
            sub.range,
            sub.form,
            sub.tempo,
            sub.stability,
            sub.symmetry,
            rep.signal.as_ref().map_or_else(String::new, farthest),
            if rep.complete { "" } else { "  partial" },
        );
        for fault in &rep.faults {
            out += &format!(
                "      -{:<4.1} {} {} {} (limit {}), {:.1} to {:.1} s\n",
                fault.points, fault.rule, fault.value, fault.unit, fault.limit, fault.from_s, fault.to_s
            );
        }
    }
    out
}

/// How far a repetition went, with its ±; refused where the view can't tell.
fn farthest(signal: &RepSignal) -> String {
    let RepSignal { peak, sd, unit, claim, .. } = signal;
    match claim {
        Claim::Firm => format!("{peak} ± {sd} {unit}"),
        Claim::Cautious => format!("about {peak} ± {sd} {unit}"),
        Claim::Refused => "can't be told from this view".into(),
    }
}
