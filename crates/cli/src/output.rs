//! Standard output and standard error; nothing else prints.

use std::io::{ErrorKind, Write};

use serde::Serialize;

use crate::failure::Failure;

/// Where results go, and in which form.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Output {
    pub json: bool,
}

impl Output {
    /// Prints a result: as one line of JSON, or as `human` writes it.
    pub(crate) fn show<T: Serialize>(self, value: &T, human: impl FnOnce(&T) -> String) -> Result<(), Failure> {
        if self.json {
            let text = serde_json::to_string(value)
                .map_err(|error| Failure::plain(format!("the result can't be written as JSON: {error}"), None))?;
            line(&text)
        } else {
            line(human(value).trim_end())
        }
    }
}

impl Output {
    /// Prints a result that has another form as JSON.
    pub(crate) fn show_as<T: ?Sized, J: Serialize>(
        self,
        value: &T,
        json: impl FnOnce(&T) -> J,
        human: impl FnOnce(&T) -> String,
    ) -> Result<(), Failure> {
        if self.json { self.show(&json(value), |_| String::new()) } else { line(human(value).trim_end()) }
    }
}

/// Prints a line on standard output.
pub(crate) fn line(line: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}").and_then(|()| out.flush()).map_err(|error| match error.kind() {
        ErrorKind::BrokenPipe => Failure::PipeClosed,
        _ => Failure::io("standard output can't be written", &error),
    })
}

/// Prints a line on standard error; a closed one is not worth an error.
pub(crate) fn note(line: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}

/// Prints a failure: one line of reason, then its hints.
pub(crate) fn report(failure: &Failure) {
    note(&format!("error: {}", failure.to_string().replace('\n', " ")));
    for hint in failure.hints() {
        note(&format!("hint: {hint}"));
    }
}
