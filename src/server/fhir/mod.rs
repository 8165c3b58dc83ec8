//! FHIR R4, to read. Each request is decided, logged and answered by the machine that serves devices.

mod answer;
mod capability;
mod course;
mod gate;
mod page;
mod people;
mod plans;
mod records;

pub use course::{Told, course};
pub use people::{audit_event, consents, patient};
pub use plans::all as plans;
pub use records::{collection, find as find_record, list as list_records, tell};

use crate::{asker::Asker, backend::Behind, metrics::Asked};
use answer::{Problem, Resource, searchset};
use axum::{
    Router,
    extract::{ConnectInfo, Path, Query, State},
    http::{HeaderMap, Uri},
    response::{IntoResponse as _, Response},
    routing::get,
};
use baro_wire::{PersonId, RecordId, Reply, Request};
use gate::Gate;
use page::{Place, Search};
use serde_json::Value;
use std::{net::SocketAddr, sync::Arc};

/// Records that are looked through for one page, whatever they hold.
const RECORDS_A_PAGE: usize = 8;

struct Shared {
    behind: Arc<Behind>,
    gate: Gate,
}

type Found = (Vec<Value>, Option<Place>);
type Pairs = Vec<(String, String)>;

/// Everything below `/fhir`.
pub fn router(behind: Arc<Behind>) -> Router {
    let shared = Arc::new(Shared { behind, gate: Gate::default() });
    Router::new()
        .route("/fhir/metadata", get(async || Resource(capability::statement())))
        .route("/fhir/{kind}", get(search))
        .route("/fhir/{kind}/{id}", get(read))
        .fallback(async || Problem::nothing())
        .with_state(shared)
}

async fn search(
    State(shared): State<Arc<Shared>>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    uri: Uri,
    Path(kind): Path<String>,
    headers: HeaderMap,
    pairs: Result<Query<Pairs>, axum::extract::rejection::QueryRejection>,
) -> Response {
    let this = uri.to_string();
    let pairs = pairs.map(|Query(pairs)| pairs).map_err(|_| Problem::bad("the query can't be read"));
    let found = async {
        let mut asker = shared.gate.enter(&shared.behind, &headers, from.ip()).await?;
        let kind = known(&kind)?;
        let search = Search::of(pairs.as_deref().map_err(Clone::clone)?)?;
        let (found, next) = shared.find(&mut asker, kind, &search).await?;
        let next = next.map(|place| next_url(&this, pairs.as_deref().unwrap_or_default(), place));
        Ok(Resource(searchset(found, &this, next)))
    };
    shared.answered("search", found.await)
}

async fn read(
    State(shared): State<Arc<Shared>>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    Path((kind, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let found = async {
        let mut asker = shared.gate.enter(&shared.behind, &headers, from.ip()).await?;
        let all = one(&mut asker, known(&kind)?, &id).await?;
        let found = all.into_iter().find(|resource| resource["resourceType"] == kind && resource["id"] == id);
        found.map(Resource).ok_or(Problem::nothing())
    };
    shared.answered("read", found.await)
}

fn known(kind: &str) -> Result<&'static str, Problem> {
    let known = capability::TYPES.into_iter().find(|(name, _)| *name == kind);
    known.map(|(name, _)| name).ok_or(Problem::nothing())
}

/// What may hold the resource of this id.
async fn one(asker: &mut Asker, kind: &str, id: &str) -> Result<Vec<Value>, Problem> {
    let nothing = Problem::nothing;
    let of_person = || id.split('.').next().and_then(page::hex).map(PersonId).ok_or(nothing());
    match kind {
        "Patient" => patient_of(asker, of_person()?).await.map(|patient| vec![patient]),
        "Consent" => consents_of(asker, of_person()?).await,
        "AuditEvent" => {
            let number: Option<u64> = id.split_once('.').and_then(|(_, number)| number.parse().ok());
            let after = number.and_then(|number| number.checked_sub(1)).ok_or(nothing())?;
            audit(asker, of_person()?, after, 1).await.map(|(lines, _)| lines)
        }
        "CarePlan" if let Some((person, cursor)) = plans::parse_id(id) => {
            plans::one(asker, person, cursor).await
        }
        _ => {
            let (person, record) = records::parse_id(id).ok_or(nothing())?;
            let state = records::find(asker, person, record).await?;
            records::resources(asker, person, &state).await
        }
    }
}

impl Shared {
    /// A page of a search. About a patient who is hidden there is nothing, as about one who does not exist.
    async fn find(&self, asker: &mut Asker, kind: &str, search: &Search) -> Result<Found, Problem> {
        let found = match (kind, search.patient) {
            ("Patient", None) => patients(asker, search).await,
            ("Patient", Some(person)) => patient_of(asker, person).await.map(|patient| (vec![patient], None)),
            (_, None) => Err(Problem::bad("name the patient: ?patient=ID")),
            ("Consent", Some(person)) => consents_of(asker, person).await.map(|all| (all, None)),
            ("AuditEvent", Some(person)) => {
                let after = if let Some(Place::Line(number)) = search.from { number } else { 0 };
                audit(asker, person, after, search.count).await
            }
            ("CarePlan", Some(person)) => care_plans(asker, person, search).await,
            (kind, Some(person)) => of_records(asker, person, kind, search).await,
        };
        match found {
            Err(problem) if problem == Problem::nothing() => Ok((Vec::new(), None)),
            found => found,
        }
    }

    fn answered(&self, kind: &'static str, outcome: Result<Resource, Problem>) -> Response {
        let (outcome, response) = match outcome {
            Ok(resource) => ("answered", resource.into_response()),
            Err(problem) => {
                let outcome = if problem.status.is_server_error() { "failed" } else { "refused" };
                (outcome, problem.into_response())
            }
        };
        self.behind.metrics().fhir.get_or_create(&Asked { kind, outcome }).inc();
        response
    }
}

async fn patients(asker: &mut Asker, search: &Search) -> Result<Found, Problem> {
    let after = if let Some(Place::Patient(person)) = search.from { Some(person) } else { None };
    let Reply::Patients { patients, more } = asker.ask(Request::ListPatients { after }).await? else {
        return Err(Problem::nothing());
    };
    let more = more || patients.len() > search.count;
    let shown: Vec<PersonId> = patients.iter().take(search.count).map(|state| state.person).collect();
    let next = shown.last().filter(|_| more).map(|last| Place::Patient(*last));
    Ok((shown.into_iter().map(people::patient).collect(), next))
}

/// That somebody may ask what a person agrees to says that they may know of them.
async fn patient_of(asker: &mut Asker, person: PersonId) -> Result<Value, Problem> {
    asker.ask(Request::ReadConsents { person }).await?;
    Ok(people::patient(person))
}

async fn consents_of(asker: &mut Asker, person: PersonId) -> Result<Vec<Value>, Problem> {
    match asker.ask(Request::ReadConsents { person }).await? {
        Reply::Consents { state, .. } => Ok(people::consents(person, &state)),
        _ => Err(Problem::nothing()),
    }
}

async fn audit(asker: &mut Asker, person: PersonId, after: u64, count: usize) -> Result<Found, Problem> {
    let Reply::Audit { entries, more, .. } = asker.ask(Request::ReadAudit { person, after }).await? else {
        return Err(Problem::nothing());
    };
    let more = more || entries.len() > count;
    let shown = entries.get(..count).unwrap_or(&entries);
    let next = shown.last().filter(|_| more).map(|last| Place::Line(last.number));
    Ok((shown.iter().map(people::audit_event).collect(), next))
}

/// What was assigned, then what each record was done by.
async fn care_plans(asker: &mut Asker, person: PersonId, search: &Search) -> Result<Found, Problem> {
    let after = match search.from {
        Some(Place::Record(..)) => return of_records(asker, person, "CarePlan", search).await,
        Some(Place::Plan(cursor)) => cursor,
        _ => 0,
    };
    let (found, next) = plans::page(asker, person, after, search.count).await?;
    if found.is_empty() {
        return of_records(asker, person, "CarePlan", search).await;
    }
    if next.is_some() {
        return Ok((found, next));
    }
    // Where the patient agrees to the one and not to the other, the list ends here.
    let records = records::list(asker, person, None).await;
    let more = records.is_ok_and(|(records, _)| !records.is_empty());
    Ok((found, more.then_some(Place::Record(None, 0))))
}

/// Resources of one type of all records, record by record.
async fn of_records(
    asker: &mut Asker,
    person: PersonId,
    kind: &str,
    search: &Search,
) -> Result<Found, Problem> {
    let (mut after, mut skip) = match search.from {
        Some(Place::Record(after, skip)) => (after, skip),
        _ => (None, 0),
    };
    let (states, more) = records::list(asker, person, after).await?;
    let mut found: Vec<Value> = Vec::new();
    let whole: Vec<_> = states.iter().filter(|state| state.sealed).collect();
    for state in whole.iter().take(RECORDS_A_PAGE) {
        let all = records::resources(asker, person, state).await?;
        let told = |resource: &Value| {
            resource["resourceType"] == kind || resource["resourceType"] == "OperationOutcome"
        };
        let mut rest = all.into_iter().filter(told).skip(skip);
        let room = search.count - found.len();
        found.extend(rest.by_ref().take(room));
        if rest.next().is_some() {
            return Ok((found, Some(Place::Record(after, skip + room))));
        }
        (after, skip) = (Some(state.record), 0);
    }
    let last: Option<RecordId> = states.last().map(|state| state.record);
    let next = if whole.len() > RECORDS_A_PAGE { after } else { last.filter(|_| more) };
    Ok((found, next.map(|record| Place::Record(Some(record), 0))))
}

/// The same search from another place.
fn next_url(this: &str, pairs: &[(String, String)], place: Place) -> String {
    let path = this.split('?').next().unwrap_or_default();
    let mut url = format!("{path}?_page={place}");
    for (name, value) in pairs.iter().filter(|(name, _)| name != "_page") {
        // Only names and values that were understood come here: none needs to be escaped but the slash of `Patient/ID`.
        url += &format!("&{name}={}", value.replace('+', "%2B"));
    }
    url
}
