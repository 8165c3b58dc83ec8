//! `baro score INPUT --exercise ID`: counts and scores the repetitions in a recording.

use crate::{
    coached::Input,
    output::{print, print_json},
};
use baro_coach::{Fault, Rep, RepSide, RepSignal, Report};
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
    let watched = args.input.coach()?;
    if args.json { print_json(&watched.scored()) } else { print(&table(&watched.report)) }
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
            let Fault { points, rule, from_s, to_s, .. } = fault;
            out += &format!("      -{points:<4.1} {rule}{}, {from_s:.1} to {to_s:.1} s\n", measured(fault));
        }
    }
    out
}

/// A fault's value beside its limit; nothing where the view can't tell it.
fn measured(fault: &Fault) -> String {
    let Fault { value, unit, limit, claim, .. } = fault;
    match claim {
        Claim::Firm => format!(" {value} {unit} (limit {limit})"),
        Claim::Cautious => format!(" about {value} {unit} (limit {limit})"),
        Claim::Refused => " (how far can't be told from this view)".into(),
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_that_the_view_refuses_is_left_out() {
        let mut report: Report = serde_json::from_str(
            r#"{"exercise":"squat","count":1,"partial":0,"score":88.0,"reps":[{"start_s":1.0,"peak_s":2.5,"end_s":4.0,
            "complete":true,"side":"both","score":88.0,"sub":{"range":88.0,"form":100.0,"tempo":100.0},"faults":[
            {"rule":"depth","from_s":1.0,"to_s":2.5,"value":78.25,"limit":90.0,"unit":"deg","points":12.0}]}]}"#,
        )
        .unwrap();
        assert!(table(&report).contains("-12.0 depth 78.25 deg (limit 90)"));
        report.reps[0].faults[0].claim = Claim::Cautious;
        assert!(table(&report).contains("depth about 78.25 deg"));
        report.reps[0].faults[0].claim = Claim::Refused;
        let text = table(&report);
        assert!(
            !text.contains("78") && text.contains("-12.0 depth (how far can't be told from this view), 1.0")
        );
    }
}
