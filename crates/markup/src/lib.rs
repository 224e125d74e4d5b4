//! What the readers of all formats have in common: blocks on one side, sections of plain text on the other.
//!
//! A reader makes [`Block`]s of what it reads, of whatever markup; [`sections()`] puts them under their headings and
//! renders them. [`Line`] makes a line of prose of pieces, [`Spans`] makes rows of cells that cover several places,
//! [`Losses`] counts what could not be read. Pure, and linear in the length of what it is given. Nothing here knows a
//! format, nor who reads the text.

mod blocks;
mod fragment;
mod line;
mod losses;
mod render;
mod sections;
mod spans;
mod text;

pub use blocks::{Block, Code, Heading, Item, Mark, Panel, Table, push_paragraph};
pub use fragment::fragment;
pub use line::{Line, is_invisible, normalize, normalize_lines};
pub use losses::Losses;
pub use render::one_line;
pub use sections::{first_heading, sections};
pub use spans::{Cell, Row, Spans};
pub use text::{Loss, Part, PartKind, Section};
