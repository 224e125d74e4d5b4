//! The main job through the real command line, against a simulated site.

mod bad_input;
mod data;
mod disk;
mod files;
mod main_job;
mod meetings;
mod restart;
mod site;
