//! The window's TypeScript is generated from the commands. `make bindings` writes it; here it must already be so.

use specta_typescript::Typescript;

const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../ui/src/lib/bindings.ts");

#[test]
fn are_what_the_commands_say() {
    let fresh = tempfile::NamedTempFile::new().unwrap();
    coagentor_desktop::contract().export(Typescript::default(), fresh.path()).unwrap();
    let fresh = std::fs::read_to_string(fresh.path()).unwrap();
    if std::env::var_os("UPDATE_BINDINGS").is_some() {
        std::fs::write(PATH, &fresh).unwrap();
    }
    let kept = std::fs::read_to_string(PATH).unwrap_or_default();
    assert!(kept == fresh, "ui/src/lib/bindings.ts is not what the commands say; run `make bindings`");
}
