//! The screens of a game.

use crate::support::{assets, cases, check, check_in, tight};
use baro_coach::game::{Game, GameBody, GameReport, Play, Touches};
use baro_screens::{
    Hands, Preview, Texts,
    game::{self, GameResultPress, GameResultView, PlayPress, PlayView},
};
use egui::TextureId;
use glam::Vec3;

fn game(stem: &str) -> Game {
    let path = assets().join("games").join(stem).with_extension("toml");
    Game::from_toml(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn named<P>(texts: &Texts, controls: impl IntoIterator<Item = (&'static str, P)>) -> Vec<(String, P)> {
    controls.into_iter().map(|(key, press)| (texts.text(key), press)).collect()
}

fn standing() -> GameBody {
    let two = |y: f32, x: f32| [Vec3::new(x, y, 0.0), Vec3::new(-x, y, 0.0)];
    GameBody {
        shoulder_m: two(1.35, 0.18),
        hand_m: two(0.75, 0.22),
        hip_m: two(0.9, 0.1),
        foot_m: two(0.0, 0.12),
        sole_m: [0.0; 2],
        mass_m: Vec3::new(0.0, 0.95, 0.0),
        arm_m: 0.62,
        leg_m: 0.9,
    }
}

/// A game after so many seconds of somebody who touches with the left hand only.
fn played(stem: &str, seconds: u32) -> Play {
    let mut play = Play::new(game(stem), 0).unwrap();
    for _ in 0..seconds * 64 {
        play.step(1.0 / 64.0, Some(&standing()), Touches { hand: [true, false], ..Touches::default() });
    }
    play
}

#[test]
fn a_game_under_way() {
    let preview = Preview { texture: TextureId::default(), aspect: 4.0 / 3.0, mirror: true, body: None };
    for (stem, seconds, cue, paused) in [
        ("reach", 8, Some("cue-game-right-hand"), false),
        ("balloon", 12, None, false),
        ("hurdles", 1, Some("cue-game-hurdles"), false),
        ("board", 30, Some("cue-game-easier"), true),
    ] {
        let play = played(stem, seconds);
        let view = PlayView { game: play.game(), view: play.view(), cue, paused, preview: Some(preview) };
        let controls = |texts: &Texts| {
            let pause = if paused {
                ("button-resume", PlayPress::Resume)
            } else {
                ("button-pause", PlayPress::Pause)
            };
            named(texts, [pause, ("game-button-end", PlayPress::End)])
        };
        let cases = if stem == "reach" { cases() } else { tight() };
        check_in(&cases, stem, controls, |ui, texts, look| game::show(ui, &view, texts, look));
    }
}

#[test]
fn what_a_game_came_to() {
    let none = Play::new(game("board"), 1).unwrap().report().clone();
    let half = played("reach", 300).report().clone();
    assert!(half.finished && half.score.is_some_and(|score| score < 50.0), "{half:?}");
    let some = played("hurdles", 60).report().clone();
    let show = |game: &Game, report: &GameReport| {
        let hands = Hands { right: Some(0.4), left: Some(0.0), chose: None };
        let view = GameResultView { game, report, hands };
        let controls = |texts: &Texts| {
            named(
                texts,
                [
                    ("game-button-again", GameResultPress::Again),
                    ("game-button-close", GameResultPress::Close),
                ],
            )
        };
        check("a game's result", controls, |ui, texts, look| game::show_result(ui, &view, texts, look));
    };
    show(&game("board"), &none);
    show(&game("reach"), &half);
    show(&game("hurdles"), &some);
}
