//! Folders and single files as a data source: scanned, read, kept in step. They take the same way as pages from their
//! [`Document`](knowledge::model::Document) on.

mod document;
mod scan;
mod source;
mod sync;
mod watch;

pub use scan::READABLE_EXTENSIONS;
pub use source::{FileRow, FileSource};
pub use sync::FileReport;
pub use watch::FileWatch;

pub(crate) use document::{collection_key, is_file, path_of};
pub(crate) use source::name;
