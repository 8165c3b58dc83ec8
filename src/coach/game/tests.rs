use super::*;
use baro_motion::Side;
use glam::Vec3;

const DT_S: f64 = 1.0 / 64.0;

fn text(stem: &str) -> String {
    std::fs::read_to_string(format!("{}/../../assets/games/{stem}.toml", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn game(stem: &str) -> Game {
    Game::from_toml(&text(stem)).unwrap_or_else(|error| panic!("{stem}: {error}"))
}

/// Stands with hanging arms, the left side at +x.
fn standing() -> GameBody {
    let two = |y: f32, x: f32, z: f32| [Vec3::new(x, y, z), Vec3::new(-x, y, z)];
    GameBody {
        shoulder_m: two(1.35, 0.18, 0.0),
        hand_m: two(0.75, 0.22, 0.05),
        hip_m: two(0.9, 0.1, 0.0),
        foot_m: two(0.0, 0.12, 0.05),
        sole_m: [0.0; 2],
        mass_m: Vec3::new(0.0, 0.95, 0.0),
        arm_m: 0.62,
        leg_m: 0.9,
    }
}

/// A person who does what is asked after `after_s`, if `willing`.
fn perform(game: &Game, level: usize, willing: impl Fn(&Task) -> bool) -> (Play, Vec<Happened>) {
    let mut play = Play::new(game.clone(), level).unwrap();
    let mut happened = Vec::new();
    let mut waited_s = 0.0;
    for _ in 0..(600.0 / DT_S) as usize {
        let (mut body, mut touches) = (standing(), Touches::default());
        waited_s = if play.task().is_some() { waited_s + DT_S } else { 0.0 };
        if let Some(task) = play.task().copied().filter(|task| willing(task) && waited_s > 1.0) {
            let i = task.side.index();
            match game.kind {
                GameKind::Reach | GameKind::Ball => touches.hand[i] = true,
                GameKind::Hurdles => body.sole_m[i] = task.place_m.y + 0.05,
                GameKind::Board => body.mass_m.x = task.place_m.x,
            }
        }
        happened.extend(play.step(DT_S, Some(&body), touches));
        if play.is_over() {
            break;
        }
    }
    assert!(play.is_over());
    (play, happened)
}

const SHIPPED: [&str; 4] = ["reach", "balloon", "hurdles", "board"];

#[test]
fn who_does_everything_has_a_hundred_and_climbs() {
    for stem in SHIPPED {
        let game = game(stem);
        for level in 0..game.levels.len() {
            let (play, happened) = perform(&game, level, |_| true);
            let report = play.report();
            assert_eq!(
                (report.done, report.asked),
                (game.levels[level].tasks, game.levels[level].tasks),
                "{stem}"
            );
            assert_eq!(report.score, Some(100.0), "{stem}: {:?}", report.reasons());
            assert!(report.finished && report.left.done == report.right.done);
            let (first, last) = (&report.tasks[0], report.tasks.last().unwrap());
            assert!(last.asked > first.asked, "{stem} gets no harder");
            assert_eq!(happened[0], Happened::Began);
            assert_eq!(happened.last(), Some(&Happened::Over));
            assert!(happened.contains(&Happened::DoneAgain));
        }
    }
}

#[test]
fn who_does_nothing_has_nothing_and_it_gets_easier() {
    for stem in SHIPPED {
        let game = game(stem);
        let (play, _) = perform(&game, 0, |_| false);
        let report = play.report();
        assert_eq!((report.done, report.score), (0, Some(0.0)), "{stem}");
        assert!(report.tasks.last().unwrap().asked < report.tasks[0].asked, "{stem}");
        assert_eq!(report.reasons(), [(GameRule::Missed, 100.0, report.asked)]);
        assert_eq!(report.left.farthest, None);
    }
}

#[test]
fn a_side_that_does_not_do_it_costs_twice() {
    let (play, _) = perform(&game("reach"), 0, |task| task.side == Side::Left);
    let report = play.report();
    assert_eq!((report.left.done, report.right.done), (5, 0));
    // Half of the tasks, and the sides are uneven by 1 where 0.25 is free: 50 - 10.
    assert_eq!(report.score, Some(40.0));
    assert_eq!(report.faults[0].rule, GameRule::Uneven);
    let reasons = report.reasons();
    assert_eq!(reasons.iter().map(|reason| reason.1).sum::<f64>(), 60.0);
}

#[test]
fn targets_hang_within_the_comfortable_reach() {
    let body = standing();
    for level in &game("reach").levels {
        for number in 1..40 {
            let side = if number % 2 == 0 { Side::Left } else { Side::Right };
            let mut ladder = ladder::Ladder::default();
            (0..number).for_each(|i| if i % 3 == 0 { ladder.missed() } else { ladder.done() });
            let task = Task::new(GameKind::Reach, level, &ladder, number, side, &body);
            let way = task.place_m - body.shoulder_m[side.index()];
            assert!(way.length() < 0.95 * body.arm_m, "{task:?}");
            assert!(task.place_m.y < 1.35 + 0.8 * body.arm_m && task.place_m.y > 0.6, "{task:?}");
            // Elevations come back from where the target hangs.
            assert!((libm::acosf(-way.y / way.length()) - task.asked).abs() < 1e-4);
            assert!(way.x * body.outward(side) > 0.0 && way.z > -0.1, "on its own side, not behind");
        }
    }
}

#[test]
fn missed_ones_come_back_larger_nearer_slower() {
    let (body, level) = (standing(), game("balloon").levels[0]);
    let task = |misses: u32| {
        let mut ladder = ladder::Ladder::default();
        (0..misses).for_each(|_| ladder.missed());
        Task::new(GameKind::Ball, &level, &ladder, 1, Side::Left, &body)
    };
    let (first, second, tenth) = (task(0), task(1), task(10));
    assert!(second.size_m > first.size_m && second.fall_m_s < first.fall_m_s);
    assert!(second.place_m.x < first.place_m.x);
    assert!(tenth.size_m < 2.0 * first.size_m && tenth.fall_m_s > 0.0, "not without end: {tenth:?}");
}

#[test]
fn nothing_passes_while_nobody_is_seen() {
    let mut play = Play::new(game("reach"), 0).unwrap();
    let body = standing();
    let step = |play: &mut Play, body: Option<&GameBody>, s: f64| -> Vec<Happened> {
        (0..(s / DT_S) as usize).filter_map(|_| play.step(DT_S, body, Touches::default())).collect()
    };
    step(&mut play, Some(&body), 2.0);
    step(&mut play, None, 1.0);
    step(&mut play, Some(&body), 2.0);
    assert!(matches!(play.view().stage, Stage::Ready(_)), "being ready begins anew");
    step(&mut play, Some(&body), 3.0);
    let task = *play.task().unwrap();
    let before = play.report().played_s;
    assert_eq!(step(&mut play, None, 60.0), [Happened::Blind]);
    assert!(!play.view().seen);
    assert_eq!((play.report().played_s, play.report().asked), (before, 0));
    assert!(play.report().blind_s > 60.9, "{}", play.report().blind_s);
    // The same is asked again, with all of its time.
    assert_eq!(step(&mut play, Some(&body), 1.5), [Happened::Asked(Side::Left)]);
    assert_eq!(play.task().unwrap().place_m, task.place_m);
    assert!(play.view().left > 0.95);
    let broken = GameBody { mass_m: Vec3::NAN, ..body };
    assert_eq!(step(&mut play, Some(&broken), 0.5), [Happened::Blind], "what is not sound is not seen");
}

#[test]
fn a_hurdle_waits_for_the_foot_and_notices_a_touch() {
    let game = game("hurdles");
    let mut play = Play::new(game.clone(), 0).unwrap();
    let body = standing();
    while play.task().is_none() {
        play.step(DT_S, Some(&body), Touches::default());
    }
    (0..256).for_each(|_| {
        assert_eq!(play.step(DT_S, Some(&body), Touches::default()), None);
    });
    let task = *play.task().unwrap();
    assert_eq!(task.progress, 0.0, "it waits");
    let lifted = |below_m: f32| GameBody { sole_m: [task.place_m.y - below_m, 0.0], ..body };
    play.step(DT_S, Some(&lifted(-0.04)), Touches::default());
    assert!(matches!(play.view().stage, Stage::Passing(_)));
    let touch = Touches { foot: [true, false], ..Touches::default() };
    assert_eq!(play.step(DT_S, Some(&lifted(0.03)), touch), Some(Happened::Clipped));
    assert_eq!(play.step(DT_S, Some(&lifted(0.03)), touch), None, "said once");
    let end = (0..256).find_map(|_| play.step(DT_S, Some(&lifted(-0.04)), Touches::default()));
    assert_eq!(end, Some(Happened::Missed));
    let report = &play.report().tasks[0];
    assert!(!report.done && (60.0..95.0).contains(&report.score), "{report:?}");
    let fault = &report.faults[0];
    assert_eq!((fault.rule, fault.value), (GameRule::Clipped, round_ratio(0.03 / 0.9)));
    assert!((fault.points - fault.value * 400.0).abs() < 1e-6);
}

fn round_ratio(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

#[test]
fn leaning_and_striking_cost_what_the_file_says() {
    let game = game("reach");
    let mut play = Play::new(game, 0).unwrap();
    let mut body = standing();
    while play.task().is_none() {
        play.step(DT_S, Some(&body), Touches::default());
    }
    // 20° to the side, and a hand that comes at 4 m/s for half a second.
    let lean = 20.0_f32.to_radians();
    let up = 0.45;
    for i in 0..2 {
        body.shoulder_m[i] = body.hip_m[i] + Vec3::new(libm::sinf(lean), libm::cosf(lean), 0.0) * up;
    }
    for _ in 0..64 {
        body.hand_m[0].x += 4.0 * DT_S as f32;
        play.step(DT_S, Some(&body), Touches::default());
    }
    let touch = Touches { hand: [true, false], ..Touches::default() };
    body.hand_m[0].x += 4.0 * DT_S as f32;
    assert_eq!(play.step(DT_S, Some(&body), touch), Some(Happened::Done));
    let task = &play.report().tasks[0];
    let rules: Vec<_> = task.faults.iter().map(|fault| fault.rule).collect();
    assert_eq!(rules, [GameRule::Lean, GameRule::Speed]);
    assert!((task.faults[0].points - 16.0).abs() < 0.1, "{:?}", task.faults);
    assert_eq!(task.faults[1].points, 15.0);
    assert!((task.score - 69.0).abs() < 0.2);
}

#[test]
fn the_other_hand_does_not_count_for_a_target_but_does_for_a_balloon() {
    let try_other = |stem: &str| {
        let mut play = Play::new(game(stem), 0).unwrap();
        let body = standing();
        while play.task().is_none() {
            play.step(DT_S, Some(&body), Touches::default());
        }
        play.step(DT_S, Some(&body), Touches { hand: [false, true], ..Touches::default() })
    };
    assert_eq!(try_other("reach"), None);
    assert_eq!(try_other("balloon"), Some(Happened::Done));
}

#[test]
fn a_report_survives_the_diary_and_two_games_are_alike() {
    let one = perform(&game("board"), 1, |task| task.number % 3 != 0).0.report().clone();
    let two = perform(&game("board"), 1, |task| task.number % 3 != 0).0.report().clone();
    assert_eq!(one, two);
    let json = serde_json::to_string(&one).unwrap();
    assert_eq!(serde_json::from_str::<GameReport>(&json).unwrap(), one);
    assert!(json.contains(r#""unit":"ratio""#));
}

#[test]
fn ended_early_counts_what_was_done() {
    let mut play = Play::new(game("reach"), 9).unwrap();
    assert_eq!(play.report().level, 3, "past the last level, the last");
    play.end();
    assert_eq!(play.report().score, None);
    assert!(!play.report().finished && play.is_over());
    assert_eq!(play.step(DT_S, Some(&standing()), Touches::default()), None);
}

#[test]
fn files_that_could_hurt_or_make_no_sense_are_refused_by_line() {
    for (stem, from, to, says) in [
        ("reach", "reach = 0.75", "reach = 1.1", "0.95"),
        ("reach", "to = 140", "to = 175", "150"),
        ("reach", "wait_s = 15", "wait_s = 3", "from 8"),
        ("reach", "tasks = 16", "tasks = 40", "300 s"),
        ("reach", "tasks = 10", "tasks = 9", "even"),
        ("reach", "reach = 0.75\n", "", "needs `reach`"),
        ("reach", "size_m = 0.11", "size_m = 0.11\nfall_m_s = 0.2", "leave it out"),
        ("reach", "rule = \"speed\"", "rule = \"clipped\"", "can't happen"),
        ("reach", "rule = \"missed\"", "rule = \"uneven\"", "twice"),
        ("reach", "positions = [\"standing\", \"seated\"]", "positions = [\"floor\"]", "lying down"),
        ("balloon", "fall_m_s = 0.26", "fall_m_s = 0.9", "0.4"),
        ("hurdles", "to = 0.26", "to = 0.5", "0.3"),
        ("hurdles", "\"fall_risk\", ", "", "fall_risk"),
        ("board", "equipment = [\"chair\"]", "equipment = []", "chair"),
        ("board", "format = 1", "format = 2", "update Baro"),
        ("board", "name = \"game-board\"", "name = \"exercise-board\"", "game-"),
        ("board", "kind = \"board\"", "kind = \"jump\"", "jump"),
    ] {
        let whole = text(stem);
        assert!(whole.contains(from), "{stem}: {from}");
        let broken = whole.replacen(from, to, 1);
        let error =
            Game::from_toml(&broken).err().unwrap_or_else(|| panic!("{stem}: {to} is taken")).to_string();
        assert!(error.contains(says) && error.starts_with("line "), "{stem}: {error}");
    }
}

#[test]
fn the_shipped_games_have_nothing_to_correct() {
    let folder = format!("{}/../../assets", env!("CARGO_MANIFEST_DIR"));
    let read = |name: &str| std::fs::read_to_string(format!("{folder}/exercises/{name}.toml")).unwrap();
    let exercises: Vec<crate::Exercise> =
        ["squat", "shoulder_abduction"].map(|name| crate::Exercise::from_toml(&read(name)).unwrap()).into();
    let texts: Vec<_> = std::fs::read_dir(format!("{folder}/games"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read_to_string(path).unwrap())
        })
        .collect();
    assert!(texts.len() >= 3);
    let pairs: Vec<_> = texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    assert_eq!(lint_games(&pairs, &exercises), []);
    let wrong = text("reach").replace("shoulder-abduction", "no-such");
    let found = lint_games(&[("a/other.toml", &wrong)], &exercises);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].message.contains("reach.toml") && found[1].message.contains("no-such"));
}
