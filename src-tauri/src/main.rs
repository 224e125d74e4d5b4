//! The desktop app's binary.
#![cfg_attr(all(not(debug_assertions), windows), windows_subsystem = "windows")]

use std::process::ExitCode;

fn main() -> ExitCode {
    match coagentor_desktop::run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            coagentor_desktop::report(&error);
            ExitCode::FAILURE
        }
    }
}
