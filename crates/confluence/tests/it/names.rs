//! Names of accounts.

use std::collections::BTreeMap;

use confluence::Error;
use confluence::auth::MemoryTokenStore;
use confluence_sim::{ACCOUNT_ID, ACCOUNT_NAME, Simulator};
use rstest::rstest;

use crate::support::{World, status};

async fn world() -> World {
    World::start(Simulator::builder().generate("GEN", 1, 3)).await
}

#[tokio::test]
async fn people_are_named_and_strangers_left_out() {
    let world = world().await;
    let mut accounts: Vec<String> = (0..300).map(|number| format!("stranger-{number}")).collect();
    accounts.push(ACCOUNT_ID.to_owned());
    let names = world.client().user_names(&accounts).await.expect("asks");
    assert_eq!(names, BTreeMap::from([(ACCOUNT_ID.to_owned(), ACCOUNT_NAME.to_owned())]));
    assert_eq!(world.requests("/users-bulk").len(), 2, "at most 250 at a time");
    assert_eq!(world.client().user_names(&[]).await.expect("asks nobody"), BTreeMap::new());
}

#[tokio::test]
async fn a_grant_without_the_scope_is_told_so() {
    let world = world().await;
    let tokens = world.tokens("read:page:confluence offline_access");
    let client = world.client_with(world.source(MemoryTokenStore::holding(tokens)));
    let refused = client.user_names(&[ACCOUNT_ID.to_owned()]).await;
    assert!(matches!(refused, Err(Error::ScopeMissing { .. })), "{refused:?}");
}

#[rstest]
#[case::nameless(r#"{"results":[{"accountId":"a","displayName":null,"publicName":""}],"_links":{}}"#, &[])]
#[case::public_name_alone(r#"{"results":[{"accountId":"a","displayName":"","publicName":"Ann"}]}"#, &[("a", "Ann")])]
#[case::no_account(r#"{"results":[{"displayName":"Ann"}]}"#, &[])]
#[tokio::test]
async fn what_a_name_is(#[case] answer: &str, #[case] expected: &[(&str, &str)]) {
    let world = world().await;
    world.fault("*/users-bulk", status(200, &[("content-type", "application/json")], answer));
    let names = world.client().user_names(&["a".to_owned()]).await.expect("reads");
    assert_eq!(names.iter().map(|(id, name)| (id.as_str(), name.as_str())).collect::<Vec<_>>(), expected);
}
