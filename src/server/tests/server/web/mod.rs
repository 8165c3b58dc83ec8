//! The pages for staff, as a browser gets them.

mod browser;
mod chromium;
mod clinic;
mod desk;
mod enter;
mod figures;
mod pages;
mod who;
