mod support;
use baro_motion::*;
fn dump(name: &str, frames: &[PoseFrame]) {
    let mut out = String::from("t");
    for m in Measure::ALL {
        for s in Side::BOTH {
            out += &format!(",{}_{}", m.name(), s.name());
        }
    }
    out += "\n";
    for f in frames {
        out += &format!("{:.3}", f.time_s);
        let ms = Measures::new(&f.pose.unwrap().world);
        for m in Measure::ALL {
            for s in Side::BOTH {
                out += &match ms.get(m, s) {
                    Some(e) => format!(",{:.3}", m.unit().to_edge(e.value as f64)),
                    None => ",".into(),
                };
            }
        }
        out += "\n";
    }
    std::fs::write(format!("/tmp/w/m/{name}.csv"), out).unwrap();
}
#[test]
fn explore() {
    dump("pose_squats", &support::pose_squats().unwrap());
    for e in support::uiprmd_kinect().unwrap() {
        if [1, 7].contains(&e.movement) {
            dump(&format!("k_m{}_s{}_e{}_c{}", e.movement, e.subject, e.number, e.correct as u8), &e.frames);
        }
    }
}
