//! Plans to start from: the routines that come with the program, and those that the clinic keeps.

use super::{
    super::{Shared, enter::Caller, exercises::CATALOGUE, problem::Problem},
    draft::{Draft, Finding, What},
    form::{Editor, Notice},
};
use axum::http::StatusCode;
use baro_coach::plan::{Limits, Prescription};
use baro_home::Assigned;
use baro_store::{Kept, Store};

/// Of a name; bytes.
const NAME_BYTES: usize = 120;

pub enum Template<'a> {
    /// The id of a routine.
    Shipped(&'a str),
    /// The name of one of the clinic's.
    Own(&'a str),
}

impl<'a> Template<'a> {
    /// As the form names it: `shipped/knee`, `own/NAME`.
    pub fn named(name: &'a str) -> Result<Self, Problem> {
        match name.split_once('/') {
            Some(("shipped", id)) => Ok(Self::Shipped(id)),
            Some(("own", name)) => Ok(Self::Own(name)),
            _ => Err(Problem::NotFound),
        }
    }
}

impl Shared {
    /// The clinic's, by name.
    pub async fn templates(&self, caller: &Caller) -> Result<Vec<String>, Problem> {
        Ok(self.own(caller).await?.into_iter().map(|(name, _)| name).collect())
    }

    async fn own(&self, caller: &Caller) -> Result<Vec<(String, String)>, Problem> {
        let organisation = caller.staff.access.organisation;
        let all =
            self.behind.pool().read("templates", move |store| store.kept(organisation, Kept::Template)).await;
        all.ok_or(Problem::Unavailable)
    }

    pub async fn doses_of(&self, caller: &Caller, name: &str) -> Result<Vec<Prescription>, Problem> {
        match Template::named(name)? {
            Template::Shipped(id) => Ok(CATALOGUE.routine(id).ok_or(Problem::NotFound)?.plan()),
            Template::Own(name) => {
                let all = self.own(caller).await?;
                let (_, text) = all.into_iter().find(|(own, _)| own == name).ok_or(Problem::NotFound)?;
                Ok(Assigned::from_toml(&text).map_err(|_| Problem::Bad("plan-template-unreadable"))?.doses)
            }
        }
    }

    /// Keeps what is typed as a template: the exercises alone, nothing of the patient.
    pub async fn keep(
        &self,
        caller: &Caller,
        editor: &mut Editor,
        name: &str,
    ) -> Result<StatusCode, Problem> {
        let unnamed = if name.is_empty() { Some(What::Empty) } else { None };
        let unnamed = unnamed.or((name.len() > NAME_BYTES).then_some(What::TooLong));
        let read =
            Draft { rows: editor.draft.rows.clone(), ..Draft::default() }.read(&editor.catalogue, false);
        editor.found = read.as_ref().err().cloned().unwrap_or_default();
        editor.found.extend(unnamed.map(|what| Finding { row: None, field: "name", what }));
        let (true, Ok(plan)) = (editor.found.is_empty(), read) else {
            return Ok(StatusCode::UNPROCESSABLE_ENTITY);
        };
        let plan = Assigned { why: None, limits: Limits::default(), ..plan };
        let text = plan.to_toml().map_err(|_| Problem::Unavailable)?;
        let (organisation, name) = (caller.staff.access.organisation, name.to_owned());
        let set = move |store: &mut dyn Store| store.keep(organisation, Kept::Template, &name, &text);
        if !self.behind.pool().change("template", set).await.ok_or(Problem::Unavailable)? {
            return Err(Problem::Bad("plan-template-many"));
        }
        editor.notice = Some(Notice::Kept);
        Ok(StatusCode::OK)
    }

    pub async fn drop_template(&self, caller: &Caller, name: &str) -> Result<(), Problem> {
        let (organisation, name) = (caller.staff.access.organisation, name.to_owned());
        let remove = move |store: &mut dyn Store| store.drop_kept(organisation, Kept::Template, &name);
        let removed = self.behind.pool().change("template", remove).await.ok_or(Problem::Unavailable)?;
        if removed { Ok(()) } else { Err(Problem::NotFound) }
    }
}
