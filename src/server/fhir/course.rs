//! A person's course as one file of FHIR: the figures of the report's page, each with its error, what was done and planned, what was
//! answered, the page itself, and who put it together.

use super::{people, plans, records::collection};
use baro_home::{
    VisitDone,
    diary::Ending,
    history::{Changed, Of, Point, Trend},
};
use baro_paper::Course;
use baro_review::measures::{Answer, Filled, Item, ItemKind, Questionnaire};
use baro_wire::{Entry, PersonId};
use data_encoding::BASE64;
use jiff::civil::Date;
use serde_json::{Value, json};

const SNOMED: &str = "http://snomed.info/sct";
const LOINC: &str = "http://loinc.org";
const UCUM: &str = "http://unitsofmeasure.org";
const CATEGORY: &str = "http://terminology.hl7.org/CodeSystem/observation-category";

/// What is told.
pub struct Told<'a> {
    /// Whose it is.
    pub person: PersonId,
    /// Who puts it together.
    pub staff: PersonId,
    /// What the page says.
    pub course: &'a Course,
    /// All visits.
    pub visits: &'a [VisitDone],
    /// All that was answered.
    pub answered: &'a [(Questionnaire, Vec<Filled>)],
    /// All posts: plans are told of them.
    pub posts: &'a [Entry],
    /// The page, in this language.
    pub pdf: &'a [u8],
    pub language: &'a str,
}

/// The bundle (type `collection`).
pub fn course(told: &Told) -> Value {
    let mut all = vec![people::patient(told.person), told.device()];
    all.extend(plans::all(told.posts));
    all.extend(
        told.visits.iter().filter(|visit| told.inside(visit.began.day)).map(|visit| told.session(visit)),
    );
    for (n, trend) in told.course.trends.iter().enumerate() {
        all.extend(told.trend(n, trend));
    }
    all.push(told.adherence());
    for (which, filled) in told.answered {
        let inside = filled.iter().filter(|filled| told.inside(filled.day));
        inside.for_each(|filled| all.extend(told.response(which, filled, all.len())));
    }
    all.push(told.page());
    all.push(told.provenance(&all));
    let mut bundle = collection(all);
    bundle["timestamp"] = told.written().into();
    bundle
}

impl Told<'_> {
    fn inside(&self, day: Date) -> bool {
        let [from, to] = self.course.period;
        (from..=to).contains(&day)
    }

    fn written(&self) -> String {
        format!("{:.3}", self.course.written.at.at)
    }

    /// 64 letters at most, as FHIR wants it.
    fn id(&self, what: &str) -> String {
        format!("{}.{what}", self.person)
    }

    fn link(&self) -> Value {
        json!({ "reference": format!("Patient/{}", self.person) })
    }

    fn device(&self) -> Value {
        json!({
            "resourceType": "Device",
            "id": self.id("baro"),
            "deviceName": [{ "name": "Baro, one ordinary camera", "type": "user-friendly-name" }],
            "patient": self.link(),
        })
    }

    fn session(&self, visit: &VisitDone) -> Value {
        let status = match visit.ended {
            Some(Ending::Finished) => "completed",
            Some(Ending::Stopped | Ending::Safety) | None => "stopped",
        };
        let done =
            |set: &baro_home::diary::SetAnswered| format!("{} {}", set.set.asked.exercise, set.set.done);
        let sets: Vec<String> = visit.sets().map(done).collect();
        let mut session = json!({
            "resourceType": "Procedure",
            "id": self.id(&format!("visit-{}", visit.visit)),
            "status": if visit.is_session() { status } else { "not-done" },
            "code": { "coding": [{ "system": SNOMED, "code": "229065009", "display": "Exercise therapy" }] },
            "subject": self.link(),
            "performedPeriod": { "start": format!("{:.3}", visit.began.at), "end": format!("{:.3}", visit.last.at.max(visit.began.at)) },
        });
        if !sets.is_empty() {
            session["note"] =
                json!([{ "text": format!("sets, each with its repetitions: {}", sets.join(", ")) }]);
        }
        session
    }

    fn observed(&self, what: &str, category: &str, code: Value, day: Date) -> Value {
        json!({
            "resourceType": "Observation",
            "id": self.id(what),
            "status": "final",
            "category": [{ "coding": [{ "system": CATEGORY, "code": category }] }],
            "code": code,
            "subject": self.link(),
            "effectiveDateTime": day.to_string(),
            "performer": [self.link()],
        })
    }

    /// Each point of a line, and whether the last differs from the first.
    fn trend(&self, n: usize, trend: &Trend) -> Vec<Value> {
        let [unit, code] = unit(&trend.of);
        let category = if trend.of == Of::Pain { "survey" } else { "exam" };
        let point = |(m, point): (usize, &Point)| {
            let mut seen = self.observed(&format!("figure-{n}-{m}"), category, code_of(&trend.of), point.day);
            seen["valueQuantity"] = quantity(point.value, unit, code);
            if trend.of != Of::Pain {
                seen["device"] = json!({ "reference": format!("Device/{}", self.id("baro")) });
            }
            if let Some(sd) = point.sd.filter(|_| matches!(trend.of, Of::Range { .. })) {
                let component =
                    json!({ "code": local("standard-deviation"), "valueQuantity": quantity(sd, unit, code) });
                seen["component"] = json!([component]);
            }
            seen
        };
        let mut all: Vec<Value> = trend.points.iter().enumerate().map(point).collect();
        let (first, last) = (trend.points.first(), trend.points.last());
        if let (Some(first), Some(last), Some(changed)) =
            (first, last, trend.changed.filter(|_| all.len() > 1))
        {
            let what = format!("change-{n}");
            let mut change = self.observed(&what, category, changed_code(&trend.of), last.day);
            change["valueQuantity"] = quantity(last.value - first.value, unit, code);
            let verdict = match changed {
                Changed::NotYet => "within the error of measuring: not yet a change",
                Changed::More(_) => "changed: more than at the start",
                Changed::Less(_) => "changed: less than at the start",
            };
            change["interpretation"] = json!([{ "text": verdict }]);
            let link = |m: usize| json!({ "reference": format!("Observation/{}", self.id(&format!("figure-{n}-{m}"))) });
            change["derivedFrom"] = json!([link(0), link(all.len() - 1)]);
            all.push(change);
        }
        all
    }

    fn adherence(&self) -> Value {
        let [from, to] = self.course.period;
        let mut days = self.observed("adherence", "activity", local("days-with-exercise"), to);
        if let Some(days) = days.as_object_mut() {
            days.remove("effectiveDateTime");
        }
        days["effectivePeriod"] = json!({ "start": from.to_string(), "end": to.to_string() });
        days["valueInteger"] = self.course.adherence.done.into();
        if let Some(planned) = self.course.adherence.planned {
            let planned =
                json!({ "code": local("days-planned"), "valueQuantity": quantity(planned, "d", "d") });
            days["component"] = json!([planned]);
        }
        days
    }

    /// The answers of a day, and each of their sums.
    fn response(&self, which: &Questionnaire, filled: &Filled, n: usize) -> Vec<Value> {
        let what = format!("answers-{n}");
        let version = if which.version.is_empty() { String::new() } else { format!("|{}", which.version) };
        let mut response = json!({
            "resourceType": "QuestionnaireResponse",
            "id": self.id(&what),
            "questionnaire": format!("{}{version}", which.url),
            "status": "completed",
            "subject": self.link(),
            "authored": filled.day.to_string(),
            "author": self.link(),
        });
        // FHIR knows no empty lists.
        let items = answers(which, filled, None);
        if !items.is_empty() {
            response["item"] = items.into();
        }
        let sum = |(m, (name, total)): (usize, &(String, f64))| {
            let loinc = which.sums.iter().find(|sum| sum.name == *name).and_then(|sum| sum.loinc.clone());
            let mut code = local(&format!("{}-{name}", which.id));
            if let (Some(loinc), Some(codings)) = (loinc, code["coding"].as_array_mut()) {
                codings.insert(0, json!({ "system": LOINC, "code": loinc }));
            }
            let mut sum = self.observed(&format!("{what}-{m}"), "survey", code, filled.day);
            sum["valueQuantity"] = quantity(*total, "score", "{score}");
            sum["derivedFrom"] =
                json!([{ "reference": format!("QuestionnaireResponse/{}", self.id(&what)) }]);
            sum
        };
        let sums = filled.totals.iter().enumerate().map(sum);
        let sums: Vec<Value> = sums.collect();
        std::iter::once(response).chain(sums).collect()
    }

    /// The report's page.
    fn page(&self) -> Value {
        let [from, to] = self.course.period;
        json!({
            "resourceType": "DocumentReference",
            "id": self.id("report"),
            "status": "current",
            "type": { "text": "course of home exercise" },
            "subject": self.link(),
            "date": self.written(),
            "author": [self.staff()],
            "content": [{ "attachment": {
                "contentType": "application/pdf",
                "language": self.language,
                "data": BASE64.encode(self.pdf),
                "title": format!("baro-{}-{to}.pdf", self.course.person),
            } }],
            "context": { "period": { "start": from.to_string(), "end": to.to_string() } },
        })
    }

    fn staff(&self) -> Value {
        json!({ "type": "Practitioner", "identifier": { "system": "urn:baro:person", "value": self.staff.to_string() } })
    }

    fn provenance(&self, all: &[Value]) -> Value {
        let target = |resource: &Value| {
            let [kind, id] = ["resourceType", "id"].map(|key| resource[key].as_str().unwrap_or_default());
            json!({ "reference": format!("{kind}/{id}") })
        };
        let device = json!({ "reference": format!("Device/{}", self.id("baro")) });
        json!({
            "resourceType": "Provenance",
            "id": self.id("provenance"),
            "target": all.iter().map(target).collect::<Vec<_>>(),
            "recorded": self.written(),
            "agent": [{ "who": self.staff() }, { "who": self.link() }, { "who": device }],
        })
    }
}

/// What was answered in a group, with the groups in it.
fn answers(which: &Questionnaire, filled: &Filled, group: Option<usize>) -> Vec<Value> {
    let inside = which.items.iter().enumerate().filter(|(_, item)| item.group == group);
    inside.filter_map(|(place, item)| answer(which, filled, place, item)).collect()
}

fn answer(which: &Questionnaire, filled: &Filled, place: usize, item: &Item) -> Option<Value> {
    if item.kind == ItemKind::Group {
        let items = answers(which, filled, Some(place));
        return (!items.is_empty()).then(|| json!({ "linkId": item.link_id, "item": items }));
    }
    let value = match filled.answers.get(&item.link_id)? {
        Answer::Code(code) => json!({ "valueCoding": { "code": code } }),
        Answer::Yes(yes) => json!({ "valueBoolean": yes }),
        Answer::Number(number) if item.kind == ItemKind::Integer => json!({ "valueInteger": *number as i64 }),
        Answer::Number(number) => json!({ "valueDecimal": number }),
        Answer::Text(text) => json!({ "valueString": text }),
    };
    Some(json!({ "linkId": item.link_id, "answer": [value] }))
}

/// As people write it, and UCUM's.
fn unit(of: &Of) -> [&'static str; 2] {
    match of {
        Of::Pain => ["score of 10", "{score}"],
        Of::Score { .. } => ["score of 100", "{score}"],
        Of::Range { unit, .. } if unit == "deg" => ["deg", "deg"],
        Of::Range { .. } => ["1", "1"],
        Of::Test { unit, .. } if unit == "s" => ["s", "s"],
        Of::Test { .. } => ["{count}", "{count}"],
    }
}

fn code_of(of: &Of) -> Value {
    match of {
        Of::Pain => json!({ "coding": [{ "system": LOINC, "code": "72514-3" }] }),
        Of::Score { exercise } => of_exercise("score", exercise),
        Of::Range { exercise, measure, side, .. } => of_exercise(&format!("{measure}-{side}"), exercise),
        Of::Test { exercise, .. } => of_exercise("test", exercise),
    }
}

fn changed_code(of: &Of) -> Value {
    match of {
        Of::Pain => local("pain-change"),
        Of::Score { exercise } => of_exercise("score-change", exercise),
        Of::Range { exercise, measure, side, .. } => {
            of_exercise(&format!("{measure}-{side}-change"), exercise)
        }
        Of::Test { exercise, .. } => of_exercise("test-change", exercise),
    }
}

fn of_exercise(what: &str, exercise: &str) -> Value {
    let mut code = local(what);
    if let Some(codings) = code["coding"].as_array_mut() {
        codings.push(json!({ "system": "urn:baro:exercise", "code": exercise }));
    }
    code["text"] = format!("{what} ({exercise})").into();
    code
}

/// A code of our own, where no common one is known to mean the same.
fn local(code: &str) -> Value {
    json!({ "coding": [{ "system": "urn:baro:observation", "code": code }], "text": code })
}

fn quantity(value: f64, unit: &str, code: &str) -> Value {
    json!({ "value": (value * 1e4).round() / 1e4, "unit": unit, "system": UCUM, "code": code })
}

#[cfg(test)]
mod tests {
    use super::*;
    use baro_home::{Moment, diary};
    use baro_paper::{Known, Written};
    use jiff::civil::date;

    fn lines() -> Vec<diary::Entry> {
        let dose = json!({
            "exercise": "squat", "sets": 1, "reps": 3, "rest_s": 60, "days_a_week": 3, "rpe_target": 5, "pain_limit": 4
        });
        let planned =
            json!({ "course": "squat", "base": dose, "dose": dose, "change": "same", "reasons": [] });
        let visit = |visit: u32, day: &str, value: f64| {
            let began = json!({ "what": "began", "format": 1, "program": "test", "source": "assigned", "items": [planned] });
            let range = json!({ "measure": "knee_flexion", "unit": "deg", "side": "both", "value": value, "sd": 2.0, "claim": "firm" });
            let set = json!({
                "what": "set", "item": 0, "set": 1, "asked": dose, "done": 3, "partial": 0, "watched": "camera", "end": "whole",
                "score": 80.0, "ranges": [range],
            });
            [began, set, json!({ "what": "ended", "how": "finished" })].map(|mut line| {
                line["visit"] = visit.into();
                line["at"] = format!("{day}T09:00:00Z").into();
                line["day"] = day.into();
                serde_json::from_value(line).unwrap()
            })
        };
        [visit(1, "2026-11-01", 70.0), visit(2, "2026-11-03", 90.0), visit(3, "2026-11-20", 10.0)].concat()
    }

    #[test]
    fn figures_have_their_error_and_whether_they_changed() {
        let diary = lines();
        let known = Known { diary: &diary, plans: &[], filled: &[] };
        let at = Moment { at: "2026-11-23T10:00:00Z".parse().unwrap(), day: date(2026, 11, 23) };
        let period = [date(2026, 11, 1), date(2026, 11, 10)];
        let course = Course::of("x", &known, period, Written { by: "y".into(), at });
        let visits = diary::visits(&diary);
        let told = Told {
            person: PersonId([0xab; 16]),
            staff: PersonId([1; 16]),
            course: &course,
            visits: &visits,
            answered: &[],
            posts: &[],
            pdf: b"%PDF",
            language: "en",
        };
        let bundle = super::course(&told);
        let all: Vec<&Value> =
            bundle["entry"].as_array().unwrap().iter().map(|entry| &entry["resource"]).collect();
        let ids: std::collections::BTreeSet<_> = all.iter().map(|one| one["id"].as_str().unwrap()).collect();
        assert!(ids.len() == all.len() && ids.iter().all(|id| id.len() <= 64), "{ids:?}");
        let of = |text: &str| all.iter().filter(|one| one["code"]["text"] == text).collect::<Vec<_>>();
        let range = of("knee_flexion-both (squat)");
        assert_eq!(range.len(), 2, "what is outside of the period is not told");
        assert_eq!(range[1]["valueQuantity"]["value"], 90.0);
        assert_eq!(range[1]["component"][0]["valueQuantity"]["value"], 2.0);
        let change = of("knee_flexion-both-change (squat)")[0];
        assert_eq!(change["valueQuantity"]["value"], 20.0);
        assert_eq!(change["interpretation"][0]["text"], "changed: more than at the start");
        let to =
            change["derivedFrom"][1]["reference"].as_str().unwrap().strip_prefix("Observation/").unwrap();
        assert_eq!(range[1]["id"], to);
        let sessions = all.iter().filter(|one| one["resourceType"] == "Procedure").count();
        assert_eq!(sessions, 2);
        let provenance = all.last().unwrap();
        assert_eq!(provenance["target"].as_array().unwrap().len(), all.len() - 1);
    }
}
