//! A full disk and one that cannot be written: a clear error, and nothing lost.

use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use tests::{binaries, desk::Desk, person};

use crate::site;

/// Runs a script in which `$DATA` is a disk of its own (a file system in memory, in a mount namespace) that holds what the
/// desk has stored so far, and `coagentor` is ours. `None`, said aloud, where the system does not allow that.
#[allow(clippy::print_stdout, reason = "a skipped test says so")]
fn on_a_disk_of_its_own(desk: &Desk, megabytes: u32, script: &str) -> Result<Option<String>> {
    let allowed =
        Command::new("unshare").args(["-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]).stderr(Stdio::null()).status();
    if !allowed.is_ok_and(|status| status.success()) {
        println!("skipped: this system allows no mount namespace");
        return Ok(None);
    }
    let mount = desk.path().join("disk");
    std::fs::create_dir_all(&mount)?;
    let folder = binaries::path("coagentor")?.parent().context("a folder")?.display().to_string();
    let script = format!(
        "set -u; mount -t tmpfs -o size={megabytes}m tmpfs \"$DISK\"; cp -a \"$SEED/.\" \"$DISK\"; \
         export COAGENTOR_DATA_DIR=\"$DISK\" PATH=\"{folder}:$PATH\"; {script}"
    );
    let output = Command::new("unshare")
        .args(["-rm", "bash", "-c", &script])
        .envs(desk.environment())
        .env("DISK", &mount)
        .env("SEED", desk.data_dir())
        .stdin(Stdio::null())
        .output()?;
    let text = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    Ok(Some(text))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_is_told_and_the_next_sync_goes_on() -> Result<()> {
    let (_sim, desk) = site::generated(300).await?;
    person::sign_in(&desk)?;
    desk.json(&["plan", "pro"])?;
    desk.json(&["select", "GEN"])?;
    let script = "coagentor sync; echo \"first: $?\"; mount -o remount,size=400m \"$DISK\"; coagentor --json sync; \
                  echo \"second: $?\"; coagentor --json status";
    let Some(text) = on_a_disk_of_its_own(&desk, 2, script)? else { return Ok(()) };
    ensure!(text.contains("first: 1"), "{text}");
    ensure!(text.contains("second: 0"), "{text}");
    ensure!(text.contains("hint: ") && text.contains("disk"), "the error names the disk: {text}");
    ensure!(text.contains(r#""ready":300"#), "{text}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disk_that_cannot_be_written_is_told_and_pages_are_still_found() -> Result<()> {
    let (_sim, desk) = site::generated(20).await?;
    person::sign_in(&desk)?;
    desk.json(&["select", "GEN"])?;
    desk.json(&["sync"])?;
    let script = "mount -o remount,ro \"$DISK\"; coagentor sync; echo \"read-only: $?\"; \
                  mount -o remount,rw \"$DISK\"; coagentor --json sync; echo \"writable: $?\"";
    let Some(text) = on_a_disk_of_its_own(&desk, 200, script)? else { return Ok(()) };
    ensure!(text.contains("read-only: 1") && text.contains("hint: "), "{text}");
    ensure!(text.contains("writable: 0") && text.contains(r#""stored":20"#), "{text}");
    Ok(())
}
