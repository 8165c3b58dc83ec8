//! Checks of a whole set of exercise files: each on its own, and what they say about one another.

use super::{Exercise, ExerciseError, Position, parse::line_of_field};
use crate::{
    reference::Reference,
    rehearsal::{Complaint, complaints},
};

/// Something wrong in a set of files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Name of the file, as it was given.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong and what to write.
    pub message: String,
}

/// A file that could be read.
struct Read<'a> {
    name: &'a str,
    text: &'a str,
    exercise: Exercise,
}

impl Read<'_> {
    fn finding(&self, field: &str, message: String) -> Finding {
        Finding { file: self.name.into(), line: line_of_field(self.text, field), message }
    }
}

/// Checks exercise files, given as name (`squat.toml`) and text. Every file gets all of its findings, those that can't be
/// read one. No findings: the set can be shipped.
pub fn lint(files: &[(&str, &str)]) -> Vec<Finding> {
    let mut findings = lint_texts(files, &[]);
    files.iter().for_each(|(name, text)| findings.extend(lint_rehearsal(name, text)));
    findings
}

/// The part of [`lint`] that lets a mannequin perform one exercise, faults and all. Nothing where the file can't be read.
pub fn lint_rehearsal(name: &str, text: &str) -> Vec<Finding> {
    let Ok(exercise) = Exercise::from_toml(text) else { return Vec::new() };
    let finding = |complaint: Complaint| {
        let (line, about) = match &complaint.rule {
            Some(rule) => (line_of_rule(text, rule), format!("rule `{rule}`: ")),
            None => (line_of_trainer(text), String::new()),
        };
        Finding { file: name.into(), line, message: about + &complaint.message }
    };
    complaints(&exercise).into_iter().map(finding).collect()
}

/// The part of [`lint`] that reads the files and what they say about one another. `references`: name and text of reference motion that
/// lies beside the files; it may be named like that which ships.
pub fn lint_texts(files: &[(&str, &str)], references: &[(&str, &str)]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut set = Vec::new();
    for &(name, text) in files {
        match Exercise::from_toml(text) {
            Ok(exercise) => set.push(Read { name, text, exercise }),
            Err(ExerciseError { line, message }) => {
                findings.push(Finding { file: name.into(), line, message });
            }
        }
    }
    for (i, read) in set.iter().enumerate() {
        names(read, &set[..i], &mut findings);
        variants(read, &set, files.len() == set.len(), &mut findings);
        reference(read, references, &mut findings);
    }
    findings.extend(circles(&set));
    findings
}

/// The id is the file's name, and nobody else's.
fn names(read: &Read, before: &[Read], findings: &mut Vec<Finding>) {
    let id = &read.exercise.id;
    let stem = id.replace('-', "_");
    let base = read.name.rsplit(['/', '\\']).next().unwrap_or(read.name);
    if base != format!("{stem}.toml") {
        findings.push(
            read.finding("id", format!("the id is `{id}`; name the file {stem}.toml, or change the id")),
        );
    }
    if let Some(other) = before.iter().find(|other| other.exercise.id == *id) {
        let message = format!("{} has the id `{id}` too; give each exercise its own", other.name);
        findings.push(read.finding("id", message));
    }
}

/// The variants exist. Where some file could not be read, a missing one may be that.
fn variants(read: &Read, set: &[Read], all_read: bool, findings: &mut Vec<Finding>) {
    let about = &read.exercise.about;
    for (field, id) in [("easier", &about.easier), ("harder", &about.harder), ("seated", &about.seated)] {
        let Some(id) = id else { continue };
        match set.iter().find(|other| other.exercise.id == *id) {
            None if all_read => {
                let message = format!(
                    "there is no exercise `{id}`; write the id of another file, or leave `{field}` out"
                );
                findings.push(read.finding(field, message));
            }
            Some(other) if field == "seated" && other.exercise.about.position != Position::Seated => {
                let message =
                    format!("`{id}` is not done sitting; write a seated exercise, or leave `seated` out");
                findings.push(read.finding(field, message));
            }
            _ => {}
        }
    }
}

/// The reference motion exists, can be read, and is this exercise's.
fn reference(read: &Read, beside: &[(&str, &str)], findings: &mut Vec<Finding>) {
    let Some(file) = &read.exercise.reference else { return };
    let id = &read.exercise.id;
    let beside = beside.iter().find(|(name, _)| name == file);
    let known = beside.map(|(_, text)| Reference::from_text(text)).or_else(|| Reference::read_shipped(file));
    let message = match known {
        Some(Ok(known)) if known.exercise == *id => return,
        Some(Ok(known)) => {
            format!(
                "`{file}` is the reference of `{}`; write the one of `{id}`, or leave [reference] out",
                known.exercise
            )
        }
        Some(Err(error)) => format!("`{file}` can't be used, {error}; mend it, or leave [reference] out"),
        None => {
            let all: Vec<&str> = Reference::shipped_names().collect();
            format!(
                "there is no reference `{file}`; put it beside the exercise file, write one of {}, or leave [reference] out",
                all.join(", ")
            )
        }
    };
    findings.push(read.finding("file", message));
}

fn line_of_rule(text: &str, id: &str) -> usize {
    let is_it = |line: &str| {
        let value = line.trim_start().strip_prefix("id").map(str::trim_start);
        let value = value.and_then(|rest| rest.strip_prefix('=')).map(str::trim_start);
        value.and_then(|rest| rest.strip_prefix('"')?.split('"').next()) == Some(id)
    };
    text.lines().position(is_it).map_or(1, |i| i + 1)
}

fn line_of_trainer(text: &str) -> usize {
    text.lines().position(|line| line.trim() == "[trainer]").map_or(1, |i| i + 1)
}

/// Who is easier than whom makes no circle.
fn circles(set: &[Read]) -> Vec<Finding> {
    let index = |id: &String| set.iter().position(|read| read.exercise.id == *id);
    // From the harder to the easier.
    let mut easier: Vec<Vec<usize>> = vec![Vec::new(); set.len()];
    for (i, read) in set.iter().enumerate() {
        easier[i].extend(read.exercise.about.easier.as_ref().and_then(index));
        if let Some(harder) = read.exercise.about.harder.as_ref().and_then(index) {
            easier[harder].push(i);
        }
    }
    // All that are easier than each, by as many steps as it takes.
    let below: Vec<Vec<usize>> = (0..set.len()).map(|start| all_easier(&easier, start)).collect();
    let first_of_its_circle = |at: usize| {
        below[at].contains(&at)
            && !(0..at).any(|other| below[at].contains(&other) && below[other].contains(&at))
    };
    let circle = |at: usize| {
        let message = "it is easier than itself: `easier` and `harder` of some files go in a circle; change one of them";
        let field = if set[at].exercise.about.easier.is_some() { "easier" } else { "harder" };
        set[at].finding(field, message.into())
    };
    (0..set.len()).filter(|&at| first_of_its_circle(at)).map(circle).collect()
}

fn all_easier(easier: &[Vec<usize>], start: usize) -> Vec<usize> {
    let mut reached = easier[start].clone();
    let mut i = 0;
    while let Some(&at) = reached.get(i) {
        let more: Vec<usize> = easier[at].iter().copied().filter(|next| !reached.contains(next)).collect();
        reached.extend(more);
        i += 1;
    }
    reached
}
