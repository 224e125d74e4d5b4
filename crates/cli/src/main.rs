//! The binary `coagentor`.
fn main() {}
