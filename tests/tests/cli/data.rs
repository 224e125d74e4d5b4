//! Settings, export and deletion through the real binary.

use anyhow::Result;
use tests::{desk::errors, person};

use crate::site;

#[tokio::test(flavor = "multi_thread")]
async fn settings_are_shown_changed_and_checked() -> Result<()> {
    let (_sim, desk) = site::generated(1).await?;
    assert_eq!(desk.json(&["settings"])?["every_hours"], 6);
    let changed = desk.json(&["settings", "every=2", "battery=on", "language=de"])?;
    assert_eq!((&changed["every_hours"], &changed["language"]), (&2.into(), &"de".into()), "{changed}");
    for bad in ["every=0", "every=soon", "battery=maybe", "colour=red", "every"] {
        let refused = desk.run(&["settings", "every=9", bad])?;
        assert_eq!(refused.status.code(), Some(1), "{bad}: {}", errors(&refused));
    }
    assert_eq!(desk.json(&["settings"])?, changed, "a bad change changes nothing");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_can_be_exported_and_then_deleted() -> Result<()> {
    let (_sim, desk) = site::generated(3).await?;
    person::sign_in(&desk)?;
    desk.json(&["select", "GEN"])?;
    desk.json(&["sync"])?;
    let target = desk.path().join("export");
    let target = target.display().to_string();
    assert_eq!(desk.json(&["export", &target])?["pages"], 3);
    let again = desk.run(&["export", &target])?;
    assert!(!again.status.success() && errors(&again).contains("hint: "), "{}", errors(&again));

    let unsure = desk.run(&["delete-all-data"])?;
    assert!(!unsure.status.success() && errors(&unsure).contains("--yes"), "{}", errors(&unsure));
    assert_eq!(desk.json(&["pages"])?.as_array().map(Vec::len), Some(3));
    desk.json(&["delete-all-data", "--yes"])?;
    assert_eq!(desk.json(&["status"])?["connection"]["site"], serde_json::Value::Null);
    assert_eq!(desk.json(&["pages"])?, serde_json::json!([]));
    assert_eq!(std::fs::read_dir(desk.path().join("export/pages/GEN"))?.count(), 3, "the export stays");
    Ok(())
}
