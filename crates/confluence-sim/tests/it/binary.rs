//! The binary: its one line, and how it ends.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use crate::support::{http, read};

fn start(arguments: &[&str]) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_confluence-sim"));
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().unwrap()
}

fn ready(child: &mut Child) -> Value {
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    serde_json::from_str(&line).unwrap()
}

#[tokio::test]
async fn it_says_where_it_is_and_ends_with_its_input() {
    let mut child = start(&["--generate", "30", "--sites", "2", "--exit-with-stdin", "--client-id", "mine"]);
    let line = ready(&mut child);
    assert_eq!((line["client_id"].as_str(), line["pages"].as_u64()), (Some("mine"), Some(40)));
    let site =
        read(http().get(format!("{}/_edge/tenant_info", line["api_url"].as_str().unwrap())).send().await.unwrap())
            .await;
    assert_eq!(site.json()["cloudId"], line["site"]["id"]);
    drop(child.stdin.take());
    assert!(child.wait().unwrap().success());
}

#[cfg(unix)]
#[test]
fn it_ends_on_sigterm() {
    let mut child = start(&[]);
    assert_eq!(ready(&mut child)["pages"], 25, "without content it makes some");
    let killed = Command::new("kill").arg(child.id().to_string()).status().unwrap();
    assert!(killed.success());
    assert!(child.wait().unwrap().success());
}

#[test]
fn it_ends_after_its_time() {
    let mut child = start(&["--sites", "0", "--for", "0"]);
    assert_eq!(ready(&mut child)["site"], Value::Null);
    assert!(child.wait().unwrap().success());
}

#[rstest::rstest]
#[case(&["--space", "OPS=/no/such/folder"], "cannot read `/no/such/folder`; give a folder of .md or .xml files")]
#[case(&["--space", "OPS"], "write KEY=DIR")]
#[case(&["--redirect-uri", "callback"], "it needs a scheme")]
fn it_says_what_is_wrong(#[case] arguments: &[&str], #[case] words: &str) {
    let mut child = start(arguments);
    assert!(!child.wait().unwrap().success());
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert!(said.contains(words), "{said}");
}
