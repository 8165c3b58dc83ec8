//! What a therapist assigned. The text that their program posted (`plan.toml` in `docs/diary-format.md`) is told as a plan of exercises.

use super::{
    answer::Problem,
    page::{self, Place},
};
use crate::asker::{Asker, Refused};
use baro_coach::plan::{Limits, Prescription};
use baro_home::Assigned;
use baro_wire::{Cursor, Entry, PersonId, PostBody, Reply, Request};
use jiff::Timestamp;
use serde_json::{Value, json};

/// A plan's place in its patient's feed, and the plans around it.
pub struct Placed {
    cursor: Cursor,
    before: Option<Cursor>,
    /// When the next one took its place.
    ended_ms: Option<i64>,
}

/// Where a patient's plans stand, oldest first, of places and times.
pub fn placed(plans: &[(Cursor, i64)]) -> Vec<Placed> {
    let place = |(n, (cursor, _)): (usize, &(Cursor, i64))| Placed {
        cursor: *cursor,
        before: n.checked_sub(1).map(|before| plans[before].0),
        ended_ms: plans.get(n + 1).map(|(_, stored_ms)| *stored_ms),
    };
    plans.iter().enumerate().map(place).collect()
}

/// Where somebody's plans stand. Only numbers and times: what stands there is asked for, and decided, one by one.
async fn stored(asker: &Asker, person: PersonId) -> Result<Vec<Placed>, Refused> {
    let found = asker.behind().pool().read("plans", move |store| store.plans(person)).await;
    Ok(placed(&found.ok_or(Refused::Unavailable)?))
}

/// A page of a patient's plans, those in front of which somebody is.
pub async fn page(
    asker: &mut Asker,
    person: PersonId,
    after: Cursor,
    count: usize,
) -> Result<(Vec<Value>, Option<Place>), Problem> {
    let all = stored(asker, person).await?;
    let mut rest = all.iter().filter(|placed| placed.cursor > after);
    let (mut found, mut last) = (Vec::new(), after);
    for placed in rest.by_ref().take(count) {
        found.extend(read(asker, person, placed).await?);
        last = placed.cursor;
    }
    Ok((found, rest.next().map(|_| Place::Plan(last))))
}

/// One of them.
pub async fn one(asker: &mut Asker, person: PersonId, cursor: Cursor) -> Result<Vec<Value>, Problem> {
    let all = stored(asker, person).await?;
    let Some(placed) = all.iter().find(|placed| placed.cursor == cursor) else { return Ok(Vec::new()) };
    Ok(read(asker, person, placed).await?.into_iter().collect())
}

/// As the asker may see it: asked for like any other post, so it is decided and logged like one.
async fn read(asker: &mut Asker, person: PersonId, placed: &Placed) -> Result<Option<Value>, Problem> {
    let after = placed.cursor.saturating_sub(1);
    let Reply::Feed { entries, .. } = asker.ask(Request::ReadPosts { person, after, most: 1 }).await? else {
        return Err(Problem::nothing());
    };
    Ok(entries.first().and_then(|entry| tell(entry, placed)))
}

/// Whose, and where in their feed.
pub fn parse_id(id: &str) -> Option<(PersonId, Cursor)> {
    let (person, cursor) = id.split_once(".plan.")?;
    Some((PersonId(page::hex(person)?), cursor.parse().ok()?))
}

fn id_of(person: PersonId, cursor: Cursor) -> String {
    format!("{person}.plan.{cursor}")
}

/// All plans among these posts about somebody, oldest first.
pub fn all(entries: &[Entry]) -> Vec<Value> {
    let plans: Vec<&Entry> =
        entries.iter().filter(|entry| matches!(entry.post.body, PostBody::Plan { .. })).collect();
    let places: Vec<_> = plans.iter().map(|entry| (entry.cursor, entry.stored_ms)).collect();
    plans.iter().zip(placed(&places)).filter_map(|(entry, placed)| tell(entry, &placed)).collect()
}

/// The plan of an entry, where it is the one that stands at this place.
fn tell(entry: &Entry, placed: &Placed) -> Option<Value> {
    let PostBody::Plan { routine } = &entry.post.body else { return None };
    if entry.cursor != placed.cursor {
        return None;
    }
    let person = entry.post.about;
    let mut period = json!({ "start": moment(entry.stored_ms) });
    if let Some(ended_ms) = placed.ended_ms {
        period["end"] = moment(ended_ms).into();
    }
    let mut plan = json!({
        "resourceType": "CarePlan",
        "id": id_of(person, placed.cursor),
        "identifier": [{ "system": "urn:baro:post", "value": entry.post.id.to_string() }],
        "intent": "plan",
        "subject": { "reference": format!("Patient/{person}") },
        "period": period,
        "created": moment(entry.stored_ms),
        "author": { "identifier": { "system": "urn:baro:person", "value": entry.author.to_string() } },
    });
    if let Some(before) = placed.before {
        plan["replaces"] = json!([{ "reference": format!("CarePlan/{}", id_of(person, before)) }]);
    }
    // The patient's device plans nothing by a text that it can't read, either.
    let Ok(assigned) = Assigned::from_toml(routine) else {
        plan["status"] = if placed.ended_ms.is_some() { "revoked" } else { "unknown" }.into();
        plan["note"] = json!([{ "text": "the plan is of a format that this server can't read" }]);
        return Some(plan);
    };
    let (status, of_each) = match placed.ended_ms {
        None => ("active", "in-progress"),
        Some(_) => ("revoked", "stopped"),
    };
    plan["status"] = status.into();
    let doses = assigned.doses.iter().map(|dose| dosed(dose, of_each));
    let forbidden = assigned.limits.forbidden.iter().map(|exercise| forbidden(exercise, of_each));
    let activities: Vec<Value> = doses.chain(forbidden).map(|detail| json!({ "detail": detail })).collect();
    // FHIR knows no empty lists.
    if !activities.is_empty() {
        plan["activity"] = activities.into();
    }
    if let Some(limits) = limits(&assigned.limits) {
        plan["note"] = json!([{ "text": limits }]);
    }
    Some(plan)
}

fn moment(ms: i64) -> String {
    format!("{:.3}", Timestamp::from_millisecond(ms).unwrap_or_default())
}

fn exercise(id: &str) -> Value {
    json!({
        "coding": [
            { "system": "http://snomed.info/sct", "code": "229065009", "display": "Exercise therapy" },
            { "system": "urn:baro:exercise", "code": id },
        ],
        "text": id,
    })
}

fn dosed(dose: &Prescription, status: &str) -> Value {
    let mut repeat = json!({ "frequency": dose.days_a_week, "period": 1, "periodUnit": "wk" });
    if let Some(minutes) = dose.minutes {
        repeat["duration"] = minutes.into();
        repeat["durationUnit"] = "min".into();
    }
    json!({
        "kind": "ServiceRequest",
        "code": exercise(&dose.exercise),
        "status": status,
        "scheduledTiming": { "repeat": repeat },
        "description": words(dose),
    })
}

fn words(dose: &Prescription) -> String {
    let mut words = format!("{} sets of {}", dose.sets, dose.reps);
    if let Some(hold_s) = dose.hold_s {
        words += &format!(", each held for {hold_s} s");
    }
    if let Some([out, far, back, rest]) = dose.tempo_s {
        words += &format!(", tempo {out}-{far}-{back}-{rest} s");
    }
    if let Some(load_kg) = dose.load_kg {
        words += &format!(", {load_kg} kg");
    }
    words += &format!(", {} s of rest", dose.rest_s);
    words + &format!("; effort at most {} of 10, pain at most {} of 10", dose.rpe_target, dose.pain_limit)
}

fn forbidden(id: &str, status: &str) -> Value {
    json!({ "kind": "ServiceRequest", "code": exercise(id), "status": status, "doNotPerform": true })
}

/// The limits that are numbers, by their names; none where there are none.
fn limits(limits: &Limits) -> Option<String> {
    let Ok(Value::Object(fields)) = serde_json::to_value(limits) else { return None };
    let set = fields.iter().filter(|(_, value)| value.is_number() || **value == true);
    let words: Vec<String> = set.map(|(name, value)| format!("{name} {value}")).collect();
    (!words.is_empty()).then(|| format!("limits: {}", words.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use baro_wire::{Post, PostId, Text};

    const PERSON: PersonId = PersonId([0xab; 16]);

    fn entry(cursor: Cursor, body: PostBody) -> Entry {
        let post = Post { id: PostId([1; 16]), about: PERSON, written_ms: 1, body };
        Entry { cursor, author: PersonId([2; 16]), stored_ms: 1_000 * cursor as i64, post }
    }

    fn plan(cursor: Cursor, text: &str) -> Entry {
        entry(cursor, PostBody::Plan { routine: Text::new(text).unwrap() })
    }

    #[test]
    fn the_newest_holds_and_each_replaces_the_one_before() {
        let dose = "exercise = 'squat'\nsets = 2\nreps = 10\nrest_s = 60\ntempo_s = [2, 1, 2, 0]\n\
            days_a_week = 3\nrpe_target = 5\npain_limit = 4";
        let text = format!("format = 1\n[[doses]]\n{dose}\n[limits]\nmax_reps = 12\nforbidden = ['lunge']");
        let other = PostBody::Message { answers: None, text: Text::new("hello").unwrap() };
        let told =
            all(&[plan(3, "format = 1"), entry(4, other), plan(5, &text), plan(9, "format = 1\n[limits]")]);
        let field = |name: &str| told.iter().map(|plan| plan[name].clone()).collect::<Vec<_>>();
        assert_eq!(field("status"), ["revoked", "revoked", "active"]);
        assert_eq!(told[1]["period"]["end"], told[2]["period"]["start"]);
        assert_eq!(
            told[2]["replaces"][0]["reference"],
            format!("CarePlan/{}", told[1]["id"].as_str().unwrap())
        );
        assert!(told[0].get("replaces").is_none() && told[0].get("activity").is_none());
        let first = &told[1]["activity"][0]["detail"];
        assert_eq!(first["scheduledTiming"]["repeat"]["frequency"], 3);
        let words =
            "2 sets of 10, tempo 2-1-2-0 s, 60 s of rest; effort at most 5 of 10, pain at most 4 of 10";
        assert_eq!(first["description"], words);
        assert_eq!(told[1]["activity"][1]["detail"]["doNotPerform"], true);
        assert_eq!(told[1]["note"][0]["text"], "limits: max_reps 12");
        let unread = all(&[plan(1, "format = 99"), plan(2, "no plan")]);
        assert_eq!([&unread[0]["status"], &unread[1]["status"]], ["revoked", "unknown"]);
    }

    #[test]
    fn ids_lead_back_and_fit() {
        let id = id_of(PERSON, Cursor::MAX);
        assert!(id.len() <= 64, "{id}");
        assert_eq!(parse_id(&id), Some((PERSON, Cursor::MAX)));
        for bad in ["", ".plan.", "x.plan.1", "abab.plan.1", &id_of(PERSON, 1).replace('1', "-1")] {
            assert_eq!(parse_id(bad), None, "{bad}");
        }
    }
}
