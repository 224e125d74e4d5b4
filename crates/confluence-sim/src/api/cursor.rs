//! Keyset cursors: where the last page of results ended, as base64 of a small JSON object.

use base64::Engine;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde::{Deserialize, Serialize};

use super::answer::ApiError;

const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// The value that a list is ordered by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum SortValue {
    /// An id, a position, or milliseconds since 1970.
    Number(i64),
    /// A title or key in lower case.
    Text(String),
}

/// A cursor; the field names and their order are those of a recorded one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Cursor {
    pub(super) id: String,
    pub(super) content_order: String,
    pub(super) content_order_value: SortValue,
}

impl Cursor {
    /// The cursor as a query value.
    pub(super) fn encode(&self) -> String {
        LENIENT.encode(serde_json::to_vec(self).unwrap_or_default())
    }

    /// Reads a cursor that belongs to a list in this order. A `+` that a query decoder turned into a space is accepted.
    pub(super) fn decode(text: &str, order: &str) -> Result<Self, ApiError> {
        let bytes = LENIENT.decode(text.replace(' ', "+")).map_err(|_| invalid())?;
        let cursor: Self = serde_json::from_slice(&bytes).map_err(|_| invalid())?;
        if cursor.content_order == order { Ok(cursor) } else { Err(invalid()) }
    }
}

fn invalid() -> ApiError {
    ApiError::Invalid {
        title: "Provided value for 'cursor' is not the correct type. Expected type is Cursor.".to_owned(),
        detail: Some(
            "The provided cursor was not valid. You can get a new valid cursor by making the original pagination request \
             again.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::{Cursor, SortValue};

    /// The cursor in docToolchain's pull request 1459.
    #[test]
    fn a_recorded_cursor() {
        let recorded = "eyJpZCI6IjMwMjczNyIsImNvbnRlbnRPcmRlciI6ImlkIiwiY29udGVudE9yZGVyVmFsdWUiOjMwMjczN30=";
        let cursor = Cursor {
            id: "302737".to_owned(),
            content_order: "id".to_owned(),
            content_order_value: SortValue::Number(302_737),
        };
        assert_eq!(cursor.encode(), recorded);
        assert_eq!(Cursor::decode(recorded, "id"), Ok(cursor));
    }

    #[test]
    fn a_cursor_of_another_order_is_refused() {
        let cursor =
            Cursor { id: "1".to_owned(), content_order: "id".to_owned(), content_order_value: SortValue::Number(1) };
        assert!(Cursor::decode(&cursor.encode(), "title").is_err());
    }
}
