//! The representations of a page's body besides storage format.

pub(crate) mod adf;
pub(crate) mod html;
