//! A JSON object a line.

use serde_json::{Map, Value};

use crate::{Caption, ProblemKind, given::Given, times};

/// Takes a line, trimmed.
pub(crate) fn line(number: u64, line: &str, given: &mut Given) {
    if line.is_empty() {
        return;
    }
    let fields = match serde_json::from_str::<Map<String, Value>>(line) {
        Ok(fields) => fields,
        Err(why) => return given.problem(number, ProblemKind::NotJson(reason(&why))),
    };
    let Some(Value::String(text)) = fields.get("text") else {
        return given.problem(number, ProblemKind::NoText);
    };
    let at = at(&fields).unwrap_or_else(|kind| {
        given.problem(number, kind);
        None
    });
    let speaker = fields.get("speaker").and_then(Value::as_str).map(str::to_owned);
    let is_final = ["final", "is_final"].iter().find_map(|name| fields.get(*name)?.as_bool()).unwrap_or(true);
    given.caption(number, Caption { key: key(&fields), at, speaker, text: text.clone(), is_final });
}

/// What is wrong, without the place: it is on one line.
fn reason(why: &serde_json::Error) -> String {
    let said = why.to_string();
    said.split(" at line ").next().unwrap_or(&said).to_owned()
}

fn key(fields: &Map<String, Value>) -> Option<String> {
    ["id", "key"].iter().find_map(|name| match fields.get(*name)? {
        Value::String(key) => Some(key.clone()),
        Value::Number(key) => Some(key.to_string()),
        _ => None,
    })
}

/// Seconds as a number, or written as one or as a time.
fn at(fields: &Map<String, Value>) -> Result<Option<f64>, ProblemKind> {
    let given = ["at", "start"].iter().find_map(|name| fields.get(*name).filter(|value| !value.is_null()));
    let Some(given) = given else { return Ok(None) };
    let seconds = match given {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => times::seconds(text.trim()),
        _ => None,
    };
    match seconds.filter(|seconds| seconds.is_finite() && *seconds >= 0.0) {
        Some(seconds) => Ok(Some(seconds)),
        None => Err(times::bad(given.as_str().map_or_else(|| given.to_string(), str::to_owned).as_str())),
    }
}
