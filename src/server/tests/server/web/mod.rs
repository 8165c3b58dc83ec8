//! The pages for staff, as a browser gets them.

mod administration;
mod browser;
mod chromium;
mod chromium_more;
mod clinic;
mod desk;
mod enter;
mod figures;
mod pages;
mod questionnaires;
mod report;
mod who;
mod whos;
