//! What was understood of an exercise, and why none could be, in words.

use baro_coach::{Exercise, Names, Sides, View, teach::TeachError};
use baro_locale::Texts;
use baro_motion::Measure;
use maud::{Markup, html};

/// What is counted, how far it should go, and what the coach watches.
pub fn facts(texts: &Texts, exercise: &Exercise) -> Markup {
    let Some(signal) = exercise.signal else { return html! {} };
    let unit = signal.measure.unit();
    let told = |value: f32| texts.value(unit.to_edge(value.into()), unit.name());
    let [rest, target] = [signal.rest, signal.target].map(told);
    let cues = exercise.rules.iter().map(|rule| texts.text(&rule.cue));
    let mut cues: Vec<String> = cues.collect();
    cues.dedup();
    let parts: Vec<String> =
        exercise.about.body.iter().map(|region| texts.text(&format!("body-{}", region.name()))).collect();
    html! {
        dl.facts {
            (fact(&texts.text("taught-counts"), &measure(texts, signal.measure)))
            (fact(&texts.text("taught-way"), &texts.with("taught-from-to", [("from", rest.into()), ("to", target.into())])))
            (fact(&texts.text("taught-sides"), &texts.text(sides(exercise.sides))))
            (fact(&texts.text("taught-view"), &texts.text(view(exercise.view))))
            (fact(&texts.text("taught-position"), &texts.text(&format!("position-{}", exercise.about.position.name()))))
            (fact(&texts.text("taught-body-told"), &parts.join(", ")))
        }
        h2 { (texts.text("taught-says")) }
        ul { @for cue in cues { li { (cue) } } }
    }
}

fn fact(name: &str, value: &str) -> Markup {
    html! { div { dt { (name) } dd { (value) } } }
}

fn measure(texts: &Texts, measure: Measure) -> String {
    texts.text(&format!("measure-{}", measure.name()))
}

const fn sides(sides: Sides) -> &'static str {
    match sides {
        Sides::Together => "taught-sides-together",
        Sides::Each => "taught-sides-each",
        Sides::Alternate => "taught-sides-alternate",
    }
}

const fn view(view: View) -> &'static str {
    match view {
        View::Front => "taught-view-front",
        View::Side => "taught-view-side",
        View::Any => "taught-view-any",
    }
}

/// Why nothing could be learned.
pub fn refused(texts: &Texts, error: &TeachError) -> String {
    let of = |name: &str| texts.text(&format!("measure-{name}"));
    match error {
        TeachError::NoRecording | TeachError::NobodySeen { .. } => texts.text("taught-error-nobody"),
        TeachError::NothingMoves { measure, range } => texts
            .with("taught-error-still", [("measure", of(measure).into()), ("range", range.clone().into())]),
        TeachError::TooDifferent { measure, .. } => {
            texts.with("taught-error-different", [("measure", of(measure).into())])
        }
        TeachError::Trainer(_) | TeachError::Reference(_) => texts.text("taught-error-trainer"),
        TeachError::Options(_) => texts.text("taught-error-name"),
    }
}

/// An id that tells by its name what it is, and that nothing else has: `wall-push-3f9a12`.
pub fn id_of(names: &Names, random: [u8; 3]) -> String {
    let mut id = String::new();
    for letter in names.en.chars().take(24) {
        match letter.to_ascii_lowercase() {
            letter if letter.is_ascii_lowercase() || letter.is_ascii_digit() => id.push(letter),
            _ if !id.ends_with('-') && !id.is_empty() => id.push('-'),
            _ => {}
        }
    }
    let id = id.trim_end_matches('-');
    let end = data_encoding::HEXLOWER.encode(&random);
    // It begins with a letter, whatever the name does.
    match id.starts_with(|letter: char| letter.is_ascii_lowercase()) {
        true => format!("{id}-{end}"),
        false => format!("own-{end}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{super::super::texts::Both, *};
    use baro_locale::Language;

    #[test]
    fn an_id_can_be_used_whatever_the_name() {
        let id = |en: &str| id_of(&Names { en: en.into(), ko: "가".into() }, [1, 2, 255]);
        assert_eq!(id("Wall push-up (slow)"), "wall-push-up-slow-0102ff");
        assert_eq!(id("벽 밀기"), "own-0102ff");
        assert_eq!(id("3 steps"), "own-0102ff");
        assert_eq!(id(&"very long ".repeat(9)), "very-long-very-long-very-0102ff");
    }

    #[test]
    fn whatever_went_wrong_is_told_in_both_languages() {
        let both = Both::new().unwrap();
        let all = [
            TeachError::NoRecording,
            TeachError::NobodySeen { number: 1, frames: 2 },
            TeachError::NothingMoves { measure: "knee_flexion", range: "5°".into() },
            TeachError::TooDifferent { measure: "knee_flexion", right: 1, total: 3 },
            TeachError::Trainer("x".into()),
            TeachError::Reference("x".into()),
        ];
        for error in all {
            let said =
                [Language::English, Language::Korean].map(|language| refused(both.of(language), &error));
            assert!(
                said.iter().all(|text| text.len() > 20 && !text.contains("taught-") && !text.contains("{")),
                "{said:?}"
            );
            assert_ne!(said[0], said[1]);
        }
    }
}
