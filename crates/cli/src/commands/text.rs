//! `convert`.

use std::{io::Read, path::Path};

use crate::{failure::Failure, output::Output};

pub(super) fn convert(file: Option<&Path>, output: Output) -> Result<(), Failure> {
    let mut bytes = Vec::new();
    match file {
        Some(path) => {
            bytes = std::fs::read(path).map_err(|error| Failure::io(&format!("`{}`", path.display()), &error))?;
        }
        None => {
            std::io::stdin()
                .lock()
                .read_to_end(&mut bytes)
                .map_err(|error| Failure::io("standard input can't be read", &error))?;
        }
    }
    let body = String::from_utf8_lossy(&bytes);
    output.show(&coagentor::convert(&body), |converted| converted.text.clone())
}
