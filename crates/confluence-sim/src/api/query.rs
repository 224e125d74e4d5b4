//! Query parameters, checked against the limits of the OpenAPI document.

use super::answer::ApiError;

/// The decoded pairs of a query string, in their order.
#[derive(Debug)]
pub(super) struct Query {
    pairs: Vec<(String, String)>,
}

impl Query {
    /// Decodes a query string.
    pub(super) fn parse(raw: &str) -> Self {
        Self { pairs: url::form_urlencoded::parse(raw.as_bytes()).into_owned().collect() }
    }

    /// The first value of a parameter.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// All values of an array parameter, given as `a,b` or repeated.
    pub(super) fn list(&self, name: &str, most: usize) -> Result<Vec<&str>, ApiError> {
        let values = self.pairs.iter().filter(|(key, _)| key == name).flat_map(|(_, value)| value.split(','));
        let values: Vec<&str> = values.map(str::trim).filter(|value| !value.is_empty()).collect();
        if values.len() > most {
            return Err(ApiError::Invalid {
                title: format!("Provided value for '{name}' has too many items. The maximum is {most}."),
                detail: None,
            });
        }
        Ok(values)
    }

    /// An array of ids.
    pub(super) fn ids(&self, name: &str, most: usize) -> Result<Vec<u64>, ApiError> {
        self.list(name, most)?.into_iter().map(|value| id(name, value)).collect()
    }

    /// One value of an enumeration.
    pub(super) fn one_of<'a>(&'a self, name: &str, allowed: &[&str]) -> Result<Option<&'a str>, ApiError> {
        match self.text(name) {
            Some(value) if !allowed.contains(&value) => Err(unexpected(name, allowed)),
            value => Ok(value),
        }
    }

    /// Several values of an enumeration.
    pub(super) fn many_of<'a>(&'a self, name: &str, allowed: &[&str]) -> Result<Vec<&'a str>, ApiError> {
        let values = self.list(name, usize::MAX)?;
        if values.iter().any(|value| !allowed.contains(value)) {
            return Err(unexpected(name, allowed));
        }
        Ok(values)
    }

    /// A number within bounds.
    pub(super) fn number(
        &self,
        name: &str,
        default: usize,
        range: std::ops::RangeInclusive<usize>,
    ) -> Result<usize, ApiError> {
        let Some(value) = self.text(name) else { return Ok(default) };
        let value = value.parse().ok().filter(|value| range.contains(value));
        value
            .ok_or_else(|| ApiError::parameter(name, &format!("integer between {} and {}", range.start(), range.end())))
    }

    /// `limit`, from 1 to 250.
    pub(super) fn limit(&self, default: usize) -> Result<usize, ApiError> {
        self.number("limit", default, 1..=250)
    }

    /// A flag.
    pub(super) fn flag(&self, name: &str, default: bool) -> Result<bool, ApiError> {
        match self.text(name) {
            None => Ok(default),
            Some("true") => Ok(true),
            Some("false") => Ok(false),
            Some(_) => Err(ApiError::parameter(name, "boolean")),
        }
    }

    /// The address of the next page of results: this query with another cursor. Parameters come in alphabetical order,
    /// so that the cursor is not always last, and its `=` is not encoded, both as seen on live sites.
    pub(super) fn next(&self, path: &str, cursor: &str) -> String {
        let mut pairs: Vec<(&str, String)> = self.pairs.iter().filter(|(key, _)| key != "cursor").map(encode).collect();
        pairs.push(("cursor", cursor.to_owned()));
        pairs.sort_by(|left, right| left.0.cmp(right.0));
        let pairs: Vec<String> = pairs.into_iter().map(|(key, value)| format!("{key}={value}")).collect();
        format!("/wiki/api/v2/{path}?{}", pairs.join("&"))
    }
}

fn encode((key, value): &(String, String)) -> (&str, String) {
    (key, url::form_urlencoded::byte_serialize(value.as_bytes()).collect())
}

fn unexpected(name: &str, allowed: &[&str]) -> ApiError {
    ApiError::parameter(name, &format!("one of {}", allowed.join(", ")))
}

/// An id in a path or query.
pub(super) fn id(name: &str, value: &str) -> Result<u64, ApiError> {
    value.parse().map_err(|_| ApiError::parameter(name, "long"))
}
