//! Checks of a set of game files: each on its own, their names, and the exercises that they name.

use super::Game;
use crate::{Exercise, ExerciseError, Finding, exercise::parse::line_of_field};

/// Checks game files, given as name (`reach.toml`) and text, against the exercises. No findings: the set can be shipped.
pub fn lint_games(files: &[(&str, &str)], exercises: &[Exercise]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut ids: Vec<(String, &str)> = Vec::new();
    for &(name, text) in files {
        let mut find = |line, message| findings.push(Finding { file: name.into(), line, message });
        let game = match Game::from_toml(text) {
            Ok(game) => game,
            Err(ExerciseError { line, message }) => {
                find(line, message);
                continue;
            }
        };
        let id = &game.id;
        let stem = id.replace('-', "_");
        let id_line = line_of_field(text, "id");
        if name.rsplit(['/', '\\']).next() != Some(&format!("{stem}.toml")) {
            find(id_line, format!("the id is `{id}`; name the file {stem}.toml, or change the id"));
        }
        if let Some((_, other)) = ids.iter().find(|(other, _)| other == id) {
            find(id_line, format!("{other} has the id `{id}` too; give each game its own"));
        }
        if !exercises.iter().any(|exercise| exercise.id == game.watched_as) {
            let message = format!(
                "there is no exercise `{}`; write the id of a file in assets/exercises",
                game.watched_as
            );
            find(line_of_field(text, "watched_as"), message);
        }
        ids.push((game.id, name));
    }
    findings
}
