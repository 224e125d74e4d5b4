//! The database's own errors, behind a type of ours.

/// What the database said.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct DatabaseError(#[from] sqlx::Error);

impl DatabaseError {
    /// The file is not a database, or its pages contradict each other.
    pub(crate) fn is_corrupt(&self) -> bool {
        matches!(self.primary_code(), Some(11 | 26))
    }

    /// The disk or the quota is exhausted.
    pub(crate) fn is_disk_full(&self) -> bool {
        self.primary_code() == Some(13)
    }

    /// SQLite's primary result code; the extended code carries it in its lowest byte.
    /// <https://www.sqlite.org/rescode.html>
    fn primary_code(&self) -> Option<i32> {
        let code = self.0.as_database_error()?.code()?;
        code.parse::<i32>().ok().map(|code| code & 0xff)
    }
}

impl From<sqlx::Error> for crate::Error {
    fn from(error: sqlx::Error) -> Self {
        DatabaseError::from(error).into()
    }
}
