//! Pages for who administers an organisation: whom there is, inviting, who treats whom, what is agreed to, access, export, erasure.
//! Administrators see nothing clinical here; what they do stands in the audit log before it is done.

mod act;
mod erase;
mod export;
mod invite;
mod people;
mod person;
mod tar;

pub use act::{assign, back, device, end_sessions, factor, web_access};
pub use erase::{ask as ask_erase, erase};
pub use export::export;
pub use invite::{another as invite_device, somebody as invite};
pub use people::show as people;
pub use person::show as person;

use super::{
    Shared,
    enter::{Caller, Visitor},
    problem::Problem,
};
use baro_store::{PersonState, Store};
use baro_sync::audit;
use baro_wire::{Ask, PersonId, Request, Role};

impl Shared {
    /// Who is in front of the browser, where they administer.
    fn administrator(&self, visitor: &Visitor) -> Result<Caller, Problem> {
        administers(self.caller(visitor)?)
    }

    /// The same, for a form that they sent.
    fn administering(&self, visitor: &Visitor, form: &str) -> Result<Caller, Problem> {
        administers(self.sender(visitor, form)?)
    }

    /// Somebody of their organisation. Decided by the machine, and in the audit log; others are not there.
    async fn member(&self, caller: &mut Caller, person: PersonId) -> Result<PersonState, Problem> {
        caller.asker.ask(Request::ListDevices { person }).await?;
        let all = self.members(caller).await?;
        let found = all.into_iter().find(|state| state.person == person && state.erased_ms.is_none());
        found.ok_or(Problem::NotFound)
    }

    /// Everybody of it.
    async fn members(&self, caller: &Caller) -> Result<Vec<PersonState>, Problem> {
        let organisation = caller.staff.access.organisation;
        let find = move |store: &mut dyn Store| store.people(organisation);
        self.behind.pool().read("people", find).await.ok_or(Problem::Unavailable)
    }

    /// What the machine has no request for stands in the log, too, before it is done.
    async fn note(&self, caller: &Caller, ask: Ask, about: PersonId) -> Result<(), Problem> {
        let (actor, device) = (caller.staff.access.person, caller.staff.device);
        let draft = audit::Draft { at_ms: crate::now_ms(), actor, device, ask, about };
        baro_net::Backend::log(&*self.behind, vec![draft]).await.map_err(|_| Problem::Unavailable)
    }
}

fn administers(caller: Caller) -> Result<Caller, Problem> {
    // Said of the role alone: it tells nothing about anybody.
    if caller.staff.access.role == Role::Admin { Ok(caller) } else { Err(Problem::Forbidden) }
}

fn short(person: PersonId) -> String {
    person.to_string().chars().take(8).collect()
}
