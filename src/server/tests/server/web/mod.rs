//! The pages for staff, as a browser gets them.

mod administration;
mod browser;
mod cable;
mod chromium;
mod chromium_more;
mod clinic;
mod desk;
mod enter;
mod figures;
mod morning;
mod pages;
mod plans;
mod questionnaires;
mod report;
mod taught;
mod visits;
mod who;
mod whos;
