//! Lists in an order, cut into pages by keyset cursors.

use std::cmp::Ordering;

use serde_json::Value;

use super::answer::{Answer, ApiError};
use super::cursor::{Cursor, SortValue};
use super::query::Query;

/// An order such as `-modified-date`: a field and a direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Order<'a> {
    pub(super) field: &'a str,
    descending: bool,
}

impl<'a> Order<'a> {
    /// Reads `sort`, which may be one of `fields` with or without a `-`.
    pub(super) fn of(query: &'a Query, fields: &[&'a str], default: &'a str) -> Result<Self, ApiError> {
        let Some(sort) = query.text("sort") else { return Ok(Self::fixed(default)) };
        let (field, descending) = sort.strip_prefix('-').map_or((sort, false), |field| (field, true));
        if fields.contains(&field) {
            Ok(Self { field, descending })
        } else {
            Err(ApiError::parameter("sort", "sort order"))
        }
    }

    /// An order that the caller cannot choose.
    pub(super) fn fixed(field: &'a str) -> Self {
        Self { field, descending: false }
    }

    fn compare(self, left: (&SortValue, u64), right: (&SortValue, u64)) -> Ordering {
        let ordering = left.cmp(&right);
        if self.descending { ordering.reverse() } else { ordering }
    }
}

/// An item with the value and id that it is ordered by.
pub(super) type Keyed<T> = (SortValue, u64, T);

/// What a list needs besides its items.
pub(super) struct Listing<'a> {
    /// Path below `/wiki/api/v2/`, for the next link.
    pub(super) path: &'a str,
    pub(super) query: &'a Query,
    pub(super) order: Order<'a>,
    pub(super) default_limit: usize,
    pub(super) base: &'a str,
}

impl Listing<'_> {
    /// One page of `items`, from where the cursor stands, with the cursor of the next. What `render` gives nothing for
    /// has taken its place under the limit all the same.
    pub(super) fn answer<T, V: Into<Option<Value>>>(
        &self,
        items: Vec<Keyed<T>>,
        render: impl Fn(&T) -> V,
    ) -> Result<Answer, ApiError> {
        let limit = self.query.limit(self.default_limit)?;
        let cursor = self.query.text("cursor").map(|text| Cursor::decode(text, self.order.field)).transpose()?;
        let (page, more) = page(items, self.order, cursor.as_ref(), limit);
        let next = page.last().filter(|_| more).map(|(value, id, _)| {
            let (id, content_order) = (id.to_string(), self.order.field.to_owned());
            let cursor = Cursor { id, content_order, content_order_value: value.clone() };
            self.query.next(self.path, &cursor.encode())
        });
        Ok(Answer::list(page.iter().filter_map(|(_, _, item)| render(item).into()), next, self.base))
    }
}

/// The first `limit` items after the cursor, and whether there are more.
fn page<T>(items: Vec<Keyed<T>>, order: Order<'_>, cursor: Option<&Cursor>, limit: usize) -> (Vec<Keyed<T>>, bool) {
    let after = cursor.and_then(|cursor| Some((&cursor.content_order_value, cursor.id.parse().ok()?)));
    let is_after = |item: &Keyed<T>| after.is_none_or(|after| order.compare((&item.0, item.1), after).is_gt());
    let mut rest: Vec<Keyed<T>> = items.into_iter().filter(is_after).collect();
    let compare = |left: &Keyed<T>, right: &Keyed<T>| order.compare((&left.0, left.1), (&right.0, right.1));
    let more = rest.len() > limit;
    if more {
        rest.select_nth_unstable_by(limit, compare);
        rest.truncate(limit);
    }
    rest.sort_by(compare);
    (rest, more)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, prop, prop_assert_eq, proptest};

    use super::{Cursor, Order, SortValue, page};

    proptest! {
        /// Whatever the values, the limit and the direction: walking the cursors gives every item once, in order.
        #[test]
        fn a_walk_loses_and_repeats_nothing(
            values in prop::collection::vec(0_i64..5, 0..60),
            limit in 1_usize..9,
            descending in any::<bool>(),
        ) {
            let order = Order { field: "modified-date", descending };
            let items: Vec<_> = values.iter().zip(1..).map(|(value, id)| (SortValue::Number(*value), id, ())).collect();
            let mut expected: Vec<(i64, u64)> = values.iter().copied().zip(1..).collect();
            expected.sort_unstable();
            if descending {
                expected.reverse();
            }
            let (mut seen, mut cursor) = (Vec::new(), None);
            loop {
                let (found, more) = page(items.clone(), order, cursor.as_ref(), limit);
                seen.extend(found.iter().map(|(_, id, ())| *id));
                let Some((value, id, ())) = found.last().filter(|_| more) else { break };
                let text = Cursor { id: id.to_string(), content_order: "x".to_owned(), content_order_value: value.clone() };
                cursor = Cursor::decode(&text.encode(), "x").ok();
            }
            prop_assert_eq!(seen, expected.into_iter().map(|(_, id)| id).collect::<Vec<_>>());
        }
    }
}
