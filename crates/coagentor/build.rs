//! The sample workspace is compiled in; a change of its files compiles it in again.
fn main() {
    println!("cargo:rerun-if-changed=../../sample");
    println!("cargo:rerun-if-changed=migrations");
}
