mod support;
use baro_coach::*;
use baro_motion::*;
use support::*;
fn show(r: &Report) {
    println!("{} count {} partial {} score {:?}", r.exercise, r.count, r.partial, r.score);
    for rep in &r.reps {
        println!(
            "  {:.2} {:.2} {:.2} c={} {:?} {} {:?}",
            rep.start_s, rep.peak_s, rep.end_s, rep.complete, rep.side, rep.score, rep.sub
        );
        for f in &rep.faults {
            println!(
                "       {} {:.2}-{:.2} {} limit {} {} : {}",
                f.rule, f.from_s, f.to_s, f.value, f.limit, f.unit, f.points
            );
        }
    }
}
#[test]
fn explore() {
    show(&score(SQUAT, SideChoice::Auto, &pose_squats().unwrap()));
    let all = uiprmd_kinect().unwrap();
    for (m, text) in [(1, SQUAT), (7, ABDUCTION)] {
        for correct in [true, false] {
            for s in 1..=6 {
                let mut frames: Vec<PoseFrame> = vec![];
                let mut t = 0.0;
                let mut marks = vec![];
                for e in all.iter().filter(|e| e.movement == m && e.subject == s && e.correct == correct) {
                    for _ in 0..20 {
                        frames.push(PoseFrame { time_s: t, pose: e.frames[0].pose });
                        t += 1.0 / 30.0;
                    }
                    let a = t;
                    for f in &e.frames {
                        frames.push(PoseFrame { time_s: t, pose: f.pose });
                        t += 1.0 / 30.0;
                    }
                    marks.push((a, t));
                    for _ in 0..20 {
                        frames.push(PoseFrame { time_s: t, pose: e.frames.last().unwrap().pose });
                        t += 1.0 / 30.0;
                    }
                }
                let r = score(text, SideChoice::Auto, &frames);
                println!(
                    "m{m} s{s} correct {correct}: true {} count {} partial {} score {:?}",
                    marks.len(),
                    r.count,
                    r.partial,
                    r.score
                );
                let mut rules: std::collections::BTreeMap<String, (u32, f64)> = Default::default();
                for rep in &r.reps {
                    for f in &rep.faults {
                        let e = rules.entry(f.rule.clone()).or_default();
                        e.0 += 1;
                        e.1 += f.points;
                    }
                }
                println!("     {rules:?}");
                if r.reps.len() == marks.len() {
                    let ds: f64 = r.reps.iter().zip(&marks).map(|(r, m)| r.start_s - m.0).sum::<f64>() / 10.0;
                    let de: f64 = r.reps.iter().zip(&marks).map(|(r, m)| r.end_s - m.1).sum::<f64>() / 10.0;
                    println!("     start +{ds:.2} end {de:.2}");
                } else {
                    for rep in &r.reps {
                        println!("   {:.2} {:.2} {:.2} {}", rep.start_s, rep.peak_s, rep.end_s, rep.complete)
                    }
                    println!("{marks:.1?}");
                }
            }
        }
    }
}
