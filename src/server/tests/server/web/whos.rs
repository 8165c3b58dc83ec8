//! Everybody who may ask.

use super::{
    browser::{Browser, Staff},
    clinic::Clinic,
};
use crate::running::Running;
use baro_home::Purpose;
use baro_wire::Role;

pub struct Whos {
    pub clinic: Clinic,
    pub colleague: Staff,
    stranger: Staff,
    leader: Staff,
    pub admin: Staff,
    far: Staff,
}

impl Whos {
    pub fn new() -> Self {
        let clinic = Clinic::new();
        let other = Running::word(&clinic.server.done(&["organisation", "add", "Other"]), "organisation");
        let all = clinic.server.done(&["organisation", "list"]);
        let first = all.lines().find(|line| !line.contains(&other)).unwrap();
        let first = first.split_whitespace().next().unwrap().to_owned();
        let staff =
            |role, number, organisation: &str| Staff::new(&clinic.server, role, number, Some(organisation));
        let (colleague, stranger) = (staff(Role::Therapist, 30, &first), staff(Role::Therapist, 31, &other));
        let leader = staff(Role::Leader, 32, &first);
        let (admin, far) = (staff(Role::Admin, 33, &first), staff(Role::Admin, 34, &other));
        clinic.server.done(&["assign", &leader.id, &clinic.patient]);
        Self { clinic, colleague, stranger, leader, admin, far }
    }

    /// Signed in; consents are as the name says.
    pub fn browser(&mut self, who: &str) -> Browser {
        let agrees = who != "treats them, without consent";
        let movements = agrees && who != "treats them, without movements";
        self.clinic.consent(Purpose::Therapist, agrees);
        self.clinic.consent(Purpose::TherapistMovements, movements);
        self.clinic.send();
        let server = &self.clinic.server;
        match who {
            "nobody" => Browser::default(),
            "of the same clinic" => self.colleague.browser(server),
            "of another clinic" => self.stranger.browser(server),
            "leads their class" => self.leader.browser(server),
            "administers" => self.admin.browser(server),
            "administers another clinic" => self.far.browser(server),
            _ => self.clinic.browser.clone(),
        }
    }
}
