//! Folders and files.

use std::fs;

use anyhow::Result;
use tests::desk::Desk;

use crate::stage::{sample, tell_after};

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_is_followed_and_removed() -> Result<()> {
    let before = async |desk: &Desk, _: &_| {
        let notes = desk.path().join("notes");
        fs::create_dir_all(&notes)?;
        fs::write(notes.join("kite.md"), "# Kites\n\nFly kites on Thursdays only.\n")?;
        fs::write(notes.join("broken.pdf"), "no pdf at all")?;
        desk.run(&["files".as_ref(), "add".as_ref(), notes.as_os_str()]).map(drop)?;
        Ok(())
    };
    tell_after("files", sample(&[])?, before, async |stage| {
        stage.window.reads("1 file ready").await?;
        stage.window.reads("1 can't be read").await?;
        stage.window.picture("read").await?;
        fs::write(stage.desk.path().join("notes/lantern.txt"), "Lanterns are lit at dusk.")?;
        stage.window.reads("2 files ready").await?;
        stage.window.type_into("search", "when are lanterns lit").await?;
        stage.window.shows("hit", "Lanterns are lit at dusk.").await?;
        stage.window.picture("found").await?;
        stage.window.click("nav-integrations").await?;
        stage.window.press_labelled("Remove “notes”").await?;
        stage.window.click("confirm-remove-source").await?;
        stage.window.reads("Reads Markdown, text, HTML, PDF, DOCX, CSV and XLSX.").await
    })
    .await
}
