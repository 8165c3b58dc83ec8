//! The pages for staff: who needs help, what was done, and what is answered. Made on the server as HTML that works without a script;
//! only the film of a session has one. Each look goes through the machine that serves devices, so `may()` decides with the consents
//! of this moment, and a line is in the audit log before.

mod administration;
mod board;
mod browser;
mod care;
mod chart;
mod enter;
mod exercises;
mod frame;
mod log;
mod measured;
mod password;
mod patient;
mod plan;
mod problem;
mod questionnaires;
mod report;
mod set;
mod sign_in;
mod taught;
mod texts;
mod told;
mod visits;
mod write;

pub use care::Care;
pub use password::Link;

use crate::backend::Behind;
use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware,
    routing::{get, post},
};
use baro_net::{Address, Hub};
use baro_wire::limits::SPOKEN_BYTES;
use browser::Browsers;
use enter::Guesses;
use std::sync::Arc;

/// A message of 2,000 bytes, each as `%xx`, and what stands around it.
const BODY_BYTES: usize = 16 * 1024;

/// Behind every page.
pub struct Shared {
    behind: Arc<Behind>,
    hub: Arc<Hub>,
    browsers: Browsers,
    guesses: Guesses,
    /// Who saves a plan or an appointment is alone with it.
    plans: tokio::sync::Mutex<()>,
    care: Arc<Care>,
    places: Places,
}

/// Where this server is found: told to whom is invited.
pub struct Places {
    /// By devices, with the pin.
    pub devices: Address,
    /// By browsers.
    pub web: Option<String>,
}

/// All pages.
pub fn router(behind: Arc<Behind>, hub: Arc<Hub>, care: Arc<Care>, places: Places) -> anyhow::Result<Router> {
    let shared = Shared {
        behind,
        hub,
        browsers: Browsers::default(),
        guesses: Guesses::default(),
        plans: tokio::sync::Mutex::default(),
        care,
        places,
    };
    let router = Router::new()
        .route("/", get(board::show))
        .route("/sign-in", get(sign_in::show).post(sign_in::enter))
        .route("/sign-out", post(sign_in::leave))
        .route("/welcome/{link}", get(sign_in::welcome).post(sign_in::choose))
        .route("/patient/{person}", get(patient::show))
        .route("/patient/{person}/message", post(write::message))
        .route(
            "/patient/{person}/plan",
            get(plan::show).post(plan::change).layer(DefaultBodyLimit::max(plan::FORM_BYTES)),
        )
        .route("/patient/{person}/plan/history", get(plan::history))
        .route("/patient/{person}/appointments", get(visits::show).post(visits::change))
        .route("/patient/{person}/appointments/{first}/baro.ics", get(visits::file))
        .route("/patient/{person}/appointments/{first}/code", post(visits::code))
        .route("/patient/{person}/summary", post(visits::summary))
        .route("/calendar", get(visits::calendar))
        .route("/patient/{person}/session/{record}", get(set::show))
        .route(
            "/patient/{person}/session/{record}/comment",
            post(set::comment).layer(DefaultBodyLimit::max(set::COMMENT_BYTES)),
        )
        .route(
            "/patient/{person}/session/{record}/spoken",
            post(set::speak).layer(DefaultBodyLimit::max(SPOKEN_BYTES)),
        )
        .route("/patient/{person}/session/{record}/spoken/{post}", get(set::hear))
        .route("/patient/{person}/session/{record}/film/{index}", get(set::film))
        .route("/patient/{person}/session/{record}/shown", get(set::shown))
        .route("/patient/{person}/session/{record}/teach", get(taught::ask).post(taught::teach))
        .route("/exercises", get(taught::list))
        .route("/exercises/{exercise}", get(taught::show))
        .route("/exercises/{exercise}/shown", get(taught::shown))
        .route("/exercises/{exercise}/remove", post(taught::remove))
        .route("/patient/{person}/log", get(log::show))
        .route("/patient/{person}/report", get(report::show))
        .route("/patient/{person}/report.pdf", get(report::pdf))
        .route("/patient/{person}/report.json", get(report::json))
        .route("/log", get(log::own))
        .merge(administration())
        .merge(questionnaires())
        .route("/thresholds", get(told::show).post(told::change))
        .route("/static/{file}", get(frame::file))
        .fallback(problem::nowhere)
        .layer(DefaultBodyLimit::max(BODY_BYTES))
        .layer(middleware::map_response(frame::guarded));
    Ok(router.with_state(Arc::new(shared)))
}

/// Their form takes a whole questionnaire.
fn questionnaires() -> Router<Arc<Shared>> {
    Router::new()
        .route("/patient/{person}/questionnaires", get(questionnaires::show).post(questionnaires::ask))
        .route("/patient/{person}/questionnaires/withdraw", post(questionnaires::withdraw))
        .route("/patient/{person}/questionnaires/dealt", post(questionnaires::dealt))
        .layer(DefaultBodyLimit::max(questionnaires::BODY_BYTES))
}

/// Pages for who administers an organisation.
fn administration() -> Router<Arc<Shared>> {
    Router::new()
        .route("/administration", get(administration::people))
        // What is shown once can't be asked for again, also not by the link to the other language.
        .route("/administration/invite", post(administration::invite).get(administration::back))
        .route("/administration/{person}", get(administration::person))
        .route(
            "/administration/{person}/invite",
            post(administration::invite_device).get(administration::back),
        )
        .route("/administration/{person}/assign", post(administration::assign))
        .route("/administration/{person}/device", post(administration::device))
        .route("/administration/{person}/factor", post(administration::factor).get(administration::back))
        .route(
            "/administration/{person}/web-access",
            post(administration::web_access).get(administration::back),
        )
        .route("/administration/{person}/end-sessions", post(administration::end_sessions))
        .route("/administration/{person}/export", post(administration::export))
        .route("/administration/{person}/erase", get(administration::ask_erase).post(administration::erase))
}
