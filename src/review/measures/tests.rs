#![allow(clippy::print_stdout, reason = "measured figures")]
use super::*;
use crate::measures::filled::Answer;
use baro_home::history::Changed;
use jiff::civil::Date;
use std::collections::BTreeMap;

const DAY: Date = Date::constant(2026, 11, 23);

fn shipped(id: &str) -> Questionnaire {
    Questionnaire::shipped().unwrap().into_iter().find(|it| it.id == id).unwrap()
}

/// The same answer to each counted item.
fn all(questionnaire: &Questionnaire, choice: usize) -> BTreeMap<String, Answer> {
    let items = questionnaire.sums[0].items.iter();
    let code = |link_id: &String| questionnaire.item(link_id).unwrap().choices[choice].code.clone();
    items.map(|link_id| (link_id.clone(), Answer::Code(code(link_id)))).collect()
}

#[test]
fn what_ships_is_whole_in_both_languages_and_counts_as_published() {
    for (id, items, most, change, severe) in [("phq-9", 9, 27.0, 5.0, 20.0), ("gad-7", 7, 21.0, 4.0, 15.0)] {
        let it = shipped(id);
        assert_eq!(it.sums[0].items.len(), items);
        assert!(it.copyright.contains("No permission required") && it.every_days == Some(14));
        for item in &it.items {
            assert_ne!(item.text.in_language("ko"), item.text.in_language("en"), "{}", item.link_id);
            assert_eq!(item.text.in_language("fr"), item.text.in_language("en"));
            for choice in &item.choices {
                assert_ne!(choice.text.in_language("ko"), choice.text.in_language("en"));
            }
        }
        for choice in 0..4 {
            let filled = it.fill(DAY, all(&it, choice)).unwrap();
            let total = (items * choice) as f64;
            assert_eq!((filled.total(), filled.change), (Some(total), Some(change)));
            assert_eq!(filled.asks_for_safety, id == "phq-9" && choice > 0);
        }
        assert_eq!(it.sums[0].band(most), Some("severe"));
        assert_eq!(it.sums[0].band(severe), Some("severe"));
        assert_ne!(it.sums[0].band(severe - 1.0), Some("severe"));
        assert_eq!(it.sums[0].band(0.0), Some("minimal"));
    }
}

#[test]
fn only_the_ninth_item_asks_for_safety_and_the_tenth_only_where_something_troubles() {
    let it = shipped("phq-9");
    let items = it.sums[0].items.clone();
    for link_id in &items {
        let mut answers = all(&it, 0);
        assert!(it.asked(&answers).all(|item| item.link_id != "69722-7"));
        let code = it.item(link_id).unwrap().choices[1].code.clone();
        answers.insert(link_id.clone(), Answer::Code(code));
        assert!(it.asked(&answers).any(|item| item.link_id == "69722-7"));
        let filled = it.fill(DAY, answers).unwrap();
        assert_eq!(filled.asks_for_safety, link_id == "44260-8");
    }
    // What is no longer asked is dropped, and counts for nothing.
    let mut answers = all(&it, 0);
    answers.insert("69722-7".into(), Answer::Code("LA6575-0".into()));
    assert_eq!(it.fill(DAY, answers.clone()).unwrap().answers.len(), 9);
    answers.remove(&items[3]);
    assert_eq!(it.fill(DAY, answers.clone()), Err(FillError::Missing(items[3].clone())));
    answers.insert(items[3].clone(), Answer::Number(3.0));
    assert_eq!(it.fill(DAY, answers.clone()), Err(FillError::Unfit(items[3].clone())));
    answers.insert("x".into(), Answer::Yes(true));
    assert_eq!(it.fill(DAY, answers), Err(FillError::Unknown("x".into())));
}

#[test]
fn a_change_is_one_from_the_least_that_matters_on() {
    let it = shipped("gad-7");
    let filled = |day: Date, points: usize| {
        let mut answers = all(&it, 0);
        for (link_id, answer) in answers.iter_mut().take(points) {
            *answer = Answer::Code(it.item(link_id).unwrap().choices[1].code.clone());
        }
        it.fill(day, answers).unwrap()
    };
    let days = [Date::constant(2026, 9, 1), Date::constant(2026, 10, 1), DAY];
    let of = |points: [usize; 3]| trend(&[0, 1, 2].map(|i| filled(days[i], points[i])));
    assert_eq!(of([3, 3, 6]).changed, Some(Changed::NotYet));
    assert_eq!(
        (of([2, 4, 6]).changed, of([2, 4, 6]).lately),
        (Some(Changed::More(4.0)), Some(Changed::NotYet))
    );
    assert_eq!(of([7, 7, 3]).lately, Some(Changed::Less(4.0)));
    assert_eq!(trend(&[filled(DAY, 3)]).changed, None);
    assert!(due(&it, &[], DAY) && due(&it, &[filled(days[1], 1)], DAY) && !due(&it, &[filled(DAY, 1)], DAY));
    let text = serde_json::to_string(&filled(DAY, 3)).unwrap();
    assert_eq!(serde_json::from_str::<Filled>(&text).unwrap(), filled(DAY, 3));
}

/// A questionnaire of a clinic's own.
fn own(items: &str, extension: &str) -> Result<Questionnaire, String> {
    let text = format!(
        r#"{{"resourceType":"Questionnaire","id":"own","url":"urn:x","title":"Own","copyright":"ours","extension":[{extension}],"item":[{items}]}}"#
    );
    Questionnaire::from_json(&text).map_err(|error| error.to_string())
}

#[test]
fn branches_open_and_close_with_their_groups() {
    let it = own(
        r#"{"linkId":"a","text":"A?","type":"boolean","required":true},
        {"linkId":"g","type":"group","enableWhen":[{"question":"a","operator":"=","answerBoolean":true}],"item":[
            {"linkId":"b","text":"B?","type":"integer","required":true},
            {"linkId":"c","text":"C?","type":"decimal","enableBehavior":"all","enableWhen":[
                {"question":"b","operator":">","answerInteger":3},{"question":"b","operator":"<=","answerDecimal":5.5}]}]},
        {"linkId":"d","text":"D?","type":"text","enableWhen":[{"question":"b","operator":"exists","answerBoolean":false}]}"#,
        r#"{"url":"urn:baro:questionnaire-score","extension":[{"url":"item","valueString":"b"},{"url":"item","valueString":"a"}]}"#,
    )
    .unwrap();
    let asked = |answers: &[(&str, Answer)]| -> String {
        let answers = answers.iter().map(|(id, answer)| ((*id).to_owned(), answer.clone())).collect();
        it.asked(&answers).map(|item| item.link_id.as_str()).collect()
    };
    let (yes, number) = (|yes| ("a", Answer::Yes(yes)), |number| ("b", Answer::Number(number)));
    assert_eq!(asked(&[]), "ad");
    assert_eq!(asked(&[yes(true)]), "agbd");
    assert_eq!(asked(&[yes(true), number(4.0)]), "agbc");
    assert_eq!(asked(&[yes(true), number(6.0)]), "agb");
    // Answers in a branch that was closed again count as none.
    assert_eq!(asked(&[yes(false), number(4.0)]), "ad");
    let fill = |answers: &[(&str, Answer)]| {
        it.fill(DAY, answers.iter().map(|(id, answer)| ((*id).to_owned(), answer.clone())).collect())
    };
    assert_eq!(fill(&[yes(true), number(4.0)]).unwrap().total(), Some(5.0));
    assert_eq!(fill(&[yes(false)]).unwrap().total(), None);
    assert_eq!(fill(&[yes(true)]), Err(FillError::Missing("b".into())));
    assert_eq!(fill(&[yes(true), number(0.5)]), Err(FillError::Unfit("b".into())));
}

#[test]
fn what_can_not_be_read_is_told_and_where() {
    let wrong = |items: &str, extension: &str| own(items, extension).unwrap_err();
    let yes = r#"{"linkId":"a","text":"A?","type":"boolean"}"#;
    let cases = [
        (
            wrong(r#"{"linkId":"a","text":"A?","type":"attachment"}"#, ""),
            "item `a`: type `attachment` is not known",
        ),
        (wrong(r#"{"linkId":"a","type":"boolean"}"#, ""), "item `a`: it has no `text`"),
        (wrong(r#"{"linkId":"a","text":"A?","type":"choice"}"#, ""), "needs `answerOption`"),
        (wrong(&format!("{yes},{yes}"), ""), "stands twice"),
        (
            wrong(
                r#"{"linkId":"a","text":"A?","type":"boolean","enableWhen":[{"question":"z","operator":"=","answerBoolean":true}]}"#,
                "",
            ),
            "`z`, which does not stand before it",
        ),
        (
            wrong(
                &format!(
                    r#"{yes},{{"linkId":"b","text":"B?","type":"boolean","enableWhen":[{{"question":"a","operator":"~","answerBoolean":true}}]}}"#
                ),
                "",
            ),
            "operator `~`",
        ),
        (
            wrong(
                yes,
                r#"{"url":"urn:baro:questionnaire-score","extension":[{"url":"item","valueString":"q"}]}"#,
            ),
            "there is no item `q`",
        ),
        (wrong(yes, r#"{"url":"urn:baro:questionnaire-score"}"#), "it has no items"),
        (
            wrong(
                r#"{"linkId":"a","text":"A?","type":"choice","answerOption":[{"valueCoding":{"code":"x","display":"X"}}]}"#,
                r#"{"url":"urn:baro:questionnaire-score","extension":[{"url":"item","valueString":"a"}]}"#,
            ),
            "no `ordinalValue`",
        ),
        (wrong(r#"{"linkId":7}"#, ""), "no FHIR R4 JSON"),
        (wrong(&[yes; 501].join(","), ""), "too large"),
        (
            Questionnaire::from_json(r#"{"resourceType":"Patient"}"#).unwrap_err().to_string(),
            "a FHIR `Patient`",
        ),
        (Questionnaire::from_json(r#"{"resourceType":"Questionnaire"}"#).unwrap_err().to_string(), "no `id`"),
    ];
    for (told, expected) in cases {
        assert!(told.contains(expected), "{told}; {expected}");
    }
}
