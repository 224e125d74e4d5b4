//! Folders and files through the real binary: added, searched, followed, removed.

use anyhow::{Context, Result, ensure};
use tests::desk::errors;

use crate::site;

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_is_added_searched_and_removed_without_a_wiki() -> Result<()> {
    let (_sim, desk) = site::generated(1).await?;
    let folder = desk.path().join("papers");
    std::fs::create_dir_all(&folder)?;
    std::fs::write(folder.join("ferry.md"), "# Ferry\n\n## Winter\n\nThe last boat leaves at four in winter.\n")?;
    std::fs::write(folder.join("fares.csv"), "route;price\nisland;12\nmainland;9\n")?;
    let path = folder.to_str().context("a path")?;

    let rows = desk.json(&["files", "add", path])?;
    let states: Vec<&str> = rows.as_array().into_iter().flatten().filter_map(|row| row["state"].as_str()).collect();
    assert_eq!(states, ["ready", "ready"], "{rows}");

    let answer = desk.json(&["search", "when does the last boat go in the cold season", "--limit", "1"])?;
    let hit = &answer["hits"][0];
    assert_eq!((hit["source"].as_str(), hit["title"].as_str()), (Some("files"), Some("Ferry")), "{hit}");
    assert!(hit["url"].as_str().is_some_and(|url| url.ends_with("/ferry.md#winter")), "{hit}");
    assert!(hit["quote"].as_str().is_some_and(|quote| quote.contains("leaves at four")), "{hit}");
    let page = desk.json(&["page", hit["page_id"].as_str().context("an id")?])?;
    assert!(page["text"].as_str().is_some_and(|text| text.contains("The last boat leaves at four in winter.")));

    std::fs::rename(folder.join("ferry.md"), folder.join("boats.md"))?;
    let scanned = desk.run(&["files", "scan"])?;
    ensure!(errors(&scanned).contains("1 renamed, 0 gone, 1 unchanged"), "{}", errors(&scanned));

    let left = desk.json(&["files", "remove", path])?;
    assert_eq!(left, serde_json::json!([]));
    assert_eq!(desk.json(&["search", "boat"])?["hits"], serde_json::json!([]));
    let again = desk.run(&["files", "remove", path])?;
    ensure!(!again.status.success() && errors(&again).contains("hint: "), "{}", errors(&again));
    Ok(())
}
