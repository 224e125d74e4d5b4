//! Panics of libraries end here.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::ReadError;

/// Runs a reader. Readers of PDF and Office files meet input that their authors did not; one strange file must not end the
/// program, so a panic becomes an error. Nothing that the reader changed is used afterwards.
pub(crate) fn caught<T>(read: impl FnOnce() -> T) -> Result<T, ReadError> {
    catch_unwind(AssertUnwindSafe(read)).map_err(|_| ReadError::damaged("a part of it could not be understood"))
}
