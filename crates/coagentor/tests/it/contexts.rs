//! What contexts hold, what agents may see of it, and that nothing else is ever found.

use std::{collections::BTreeSet, path::Path};

use captions::Caption;
use coagentor::{
    App, Error, MeetingDraft, SearchMode, SearchScope, Session, SourceKind, SourceRef,
    dto::{AgentDraft, AgentProblem, BriefChange, Colour, ContextDraft, SourceState, Trigger},
};
use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};

use crate::desk::{Desk, space};

fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("makes the folder");
    std::fs::write(path, text).expect("writes");
}

fn draft(name: &str, sources: Vec<SourceRef>) -> ContextDraft {
    ContextDraft { name: name.to_owned(), colour: Colour::Teal, for_all_agents: false, agent_ids: Vec::new(), sources }
}

fn agent(name: &str, context_ids: Vec<u32>) -> AgentDraft {
    AgentDraft {
        name: name.to_owned(),
        instructions: String::new(),
        sensitivity: 100,
        context_ids,
        triggers: Vec::new(),
    }
}

async fn titles(app: &App, scope: &SearchScope, query: &str) -> BTreeSet<String> {
    let answer = app.search_in(scope, query, 100, SearchMode::Keyword).await.expect("searches");
    answer.hits.into_iter().map(|hit| hit.title).collect()
}

/// Files of the tree that is chosen from.
const FILES: [&str; 7] = ["a/1.txt", "a/2.txt", "a/deep/3.txt", "a.b/4.txt", "b/5.txt", "b/6.txt", "7.txt"];
/// What may be chosen: folders, files, and one that is not there.
const CHOICES: [(&str, SourceKind); 8] = [
    ("", SourceKind::Folder),
    ("a", SourceKind::Folder),
    ("a/deep", SourceKind::Folder),
    ("a.b", SourceKind::Folder),
    ("b", SourceKind::Folder),
    ("b/5.txt", SourceKind::File),
    ("7.txt", SourceKind::File),
    ("a/1.txt", SourceKind::File),
];

fn is_below(file: &str, choice: &str) -> bool {
    choice.is_empty() || file == choice || file.strip_prefix(choice).is_some_and(|rest| rest.starts_with('/'))
}

async fn check(chosen: &[BTreeSet<usize>], assigned: &[bool], query: &str) -> Result<(), TestCaseError> {
    let desk = Desk::new(confluence_sim::Simulator::builder().no_sites()).await;
    let folder = tempfile::tempdir().expect("a folder");
    for file in FILES {
        write(folder.path(), file, &format!("The zebra of {file} grazes near the river and rests."));
    }
    let root = folder.path().canonicalize().expect("is there");
    desk.app.add_files(&root).await.expect("adds");
    let path = |choice: &str| if choice.is_empty() { root.clone() } else { root.join(choice) };
    let mut contexts = Vec::new();
    for (number, choices) in chosen.iter().enumerate() {
        let choices = choices.iter().filter_map(|choice| CHOICES.get(*choice));
        let sources = choices.map(|(choice, kind)| SourceRef::path(*kind, path(choice).display().to_string()));
        let draft = draft(&format!("context {number}"), sources.collect());
        contexts.push(desk.app.create_context(&draft).await.expect("makes a context"));
    }
    let mine = contexts.iter().zip(assigned).filter(|(_, assigned)| **assigned);
    let id = desk.app.create_agent(&agent("A", mine.map(|(id, _)| *id).collect())).await.expect("makes an agent");
    let seen: BTreeSet<String> = FILES
        .iter()
        .filter(|file| {
            let of = |choices: &BTreeSet<usize>| choices.iter().any(|choice| is_below(file, CHOICES[*choice].0));
            chosen.iter().zip(assigned).any(|(choices, assigned)| *assigned && of(choices))
        })
        .map(|file| Path::new(file).file_stem().expect("a name").to_string_lossy().into_owned())
        .collect();
    let scope = SearchScope::Agent(id);
    if seen.is_empty() {
        let error = desk.app.search_in(&scope, query, 10, SearchMode::Keyword).await.expect_err("says so");
        prop_assert!(matches!(error, Error::AgentHasNoContext { .. } | Error::NothingInReach { .. }), "{error}");
        return Ok(());
    }
    prop_assert_eq!(&titles(&desk.app, &scope, query).await, &seen);
    // The same through a page that is asked for by its name, and through a meeting.
    for row in desk.app.files().await.expect("lists") {
        let is_read = desk.app.page_in(&scope, &row.page_id).await.is_ok();
        prop_assert_eq!(is_read, seen.contains(&row.title), "{}", row.path);
    }
    let meeting = MeetingDraft { agent_id: id, title: String::new(), keep_transcript: false };
    let mut session = Session::start(&desk.app, &meeting).await.expect("starts");
    for text in [format!("does anybody know what the {query} does"), format!("where is the {query} near the river?")] {
        let caption = Caption { key: None, at: None, speaker: None, text, is_final: true };
        if let Some((found, _)) = session.hear(caption).await.expect("hears").shown {
            prop_assert!(found.weighed.hits.iter().all(|hit| seen.contains(&hit.title)));
        }
    }
    session.end().await.expect("ends");
    Ok(())
}

#[test]
fn an_agent_finds_all_of_its_contexts_and_nothing_else() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    let mut runner = TestRunner::new(Config { cases: 24, failure_persistence: None, ..Config::default() });
    let choices = proptest::collection::btree_set(0..CHOICES.len(), 0..3);
    let contexts = proptest::collection::vec(choices, 1..4);
    let assigned = proptest::collection::vec(any::<bool>(), 4);
    let query = proptest::sample::select(vec!["zebra", "zebra river", "grazes"]);
    runner
        .run(&(contexts, assigned, query), |(contexts, assigned, query)| {
            runtime.block_on(check(&contexts, &assigned, query))
        })
        .expect("holds");
}

/// A site of two spaces, both synced, and a page with a page below it.
async fn two_spaces() -> Desk {
    Desk::two_spaces().await
}

#[tokio::test]
async fn what_is_deselected_stays_listed_and_is_not_searched() {
    let desk = two_spaces().await;
    desk.sync().await;
    let spaces = desk.app.spaces().await.expect("lists");
    let keys: Vec<String> = spaces.iter().filter(|space| space.selected).map(|space| space.key.clone()).collect();
    let first = desk.app.space_source(&keys[0]).await.expect("a space");
    let id = desk.app.create_context(&draft("Both", vec![first.clone()])).await.expect("makes");
    let all = desk.app.contexts().await.expect("lists");
    assert_eq!(all[0].sources[0].state, SourceState::Ok);
    assert!(all[0].counts.ready + all[0].counts.pending > 0);

    desk.select(&[keys[1].as_str()]).await;
    let all = desk.app.contexts().await.expect("lists");
    assert_eq!(all[0].sources[0].state, SourceState::Deselected, "it stays, and says why it is not searched");
    let error = desk.app.search_in(&SearchScope::Context(id), "page", 10, SearchMode::Keyword).await.expect_err("no");
    assert_eq!(error.code(), "nothing_in_reach");
    desk.app.change_source(id, &first, false).await.expect("takes it out");
    assert!(desk.app.contexts().await.expect("lists")[0].sources.is_empty());

    desk.select(&[keys[0].as_str(), keys[1].as_str()]).await;
    desk.app.change_source(id, &first, true).await.expect("takes it in");
    desk.app.disconnect().await.expect("disconnects");
    let all = desk.app.contexts().await.expect("lists");
    assert_eq!(all[0].sources[0].state, SourceState::Disconnected, "searched, no longer updated");
    assert!(!titles(&desk.app, &SearchScope::Context(id), "all about").await.is_empty());
}

#[tokio::test]
async fn a_page_is_taken_with_all_below_it() {
    let builder = confluence_sim::Simulator::builder().space(space("ENG", &["Root", "Other", "Beside"]));
    let desk = Desk::selected(builder, &["ENG"]).await;
    let root = desk.page("ENG", "Root");
    desk.control().relocate(&desk.page("ENG", "Other"), None, Some(&root)).expect("moves");
    desk.sweep().await;
    let source = desk.app.page_source(&root).await.expect("a page");
    let id = desk.app.create_context(&draft("Tree", vec![source])).await.expect("makes");
    let counts = desk.app.contexts().await.expect("lists")[0].counts.clone();
    let all = desk.app.list_sources(None).await.expect("lists");
    let spaces = desk.app.list_sources(Some(&all[0].source)).await.expect("lists");
    let tops = desk.app.list_sources(Some(&spaces[0].source)).await.expect("lists");
    let root_node = tops.iter().find(|node| node.name == "Root").expect("is at the top");
    assert!(root_node.has_children);
    assert_eq!(root_node.counts, counts);
    let below = desk.app.list_sources(Some(&root_node.source)).await.expect("lists");
    assert_eq!(below.iter().map(|node| node.name.as_str()).collect::<Vec<_>>(), ["Other"]);
    let found = titles(&desk.app, &SearchScope::Context(id), "all about").await;
    assert_eq!(found.iter().map(String::as_str).collect::<Vec<_>>(), ["Other", "Root"]);
}

#[tokio::test]
async fn a_brief_tells_who_edited_a_page_and_what_left_a_tree() {
    let builder = confluence_sim::Simulator::builder().space(space("ENG", &["Root", "Leaf", "Twig", "Beside"]));
    let desk = Desk::selected(builder, &["ENG"]).await;
    let [root, leaf, twig, beside] = ["Root", "Leaf", "Twig", "Beside"].map(|title| desk.page("ENG", title));
    desk.control().relocate(&leaf, None, Some(&root)).expect("moves");
    desk.control().relocate(&twig, None, Some(&leaf)).expect("moves");
    desk.sweep().await;
    let source = desk.app.page_source(&root).await.expect("a page");
    let context = desk.app.create_context(&draft("Tree", vec![source])).await.expect("makes");
    let agent_id = desk.app.create_agent(&agent("Scout", vec![context])).await.expect("makes");
    let meeting = MeetingDraft { agent_id, title: "Weekly".to_owned(), keep_transcript: false };
    let first = desk.app.start_meeting(&meeting).await.expect("starts");
    desk.app.end_meeting(first).await.expect("ends");

    for page in [&leaf, &twig, &beside] {
        desk.control().trash(page).expect("trashes");
    }
    desk.control().edit(&root, "<p>All about Root, and more.</p>").expect("edits");
    desk.sweep().await;
    let second = desk.app.start_meeting(&meeting).await.expect("starts");
    let brief = desk.app.meeting(second).await.expect("is there").brief;
    let mut told: Vec<_> =
        brief.items.iter().map(|item| (item.title.as_str(), item.change, item.author.as_deref())).collect();
    told.sort_unstable_by_key(|line| line.0);
    let author = Some(confluence_sim::ACCOUNT_NAME);
    let expected = [
        ("Leaf", BriefChange::Removed, None),
        ("Root", BriefChange::Edited, author),
        ("Twig", BriefChange::Removed, None),
    ];
    assert_eq!(told, expected, "and nothing of what lies beside");
}

#[tokio::test]
async fn names_are_checked_and_unknown_ones_say_what_there_is() {
    let desk = Desk::new(confluence_sim::Simulator::builder().no_sites()).await;
    let app = &desk.app;
    let id = app.create_context(&draft(" Wiki ", Vec::new())).await.expect("makes");
    assert_eq!(app.context_named("wiki").await.expect("is there"), id);
    let code = |result: Result<u32, Error>| result.expect_err("is refused").code();
    assert_eq!(code(app.create_context(&draft("WIKI", Vec::new())).await), "name_taken");
    assert_eq!(code(app.create_context(&draft("", Vec::new())).await), "bad_setting");
    assert_eq!(code(app.create_context(&draft("x", vec![SourceRef::site("none")])).await), "unknown_source");
    let error = app.context_named("other").await.expect_err("is unknown");
    assert_eq!(error.hints(), ["there are `Wiki`"]);

    let mut with = agent("Scout", vec![]);
    let scout = app.create_agent(&with).await.expect("makes");
    assert_eq!(app.agents().await.expect("lists")[0].problem, Some(AgentProblem::NoContext));
    app.assign(scout, id, true).await.expect("assigns");
    assert_eq!(app.agents().await.expect("lists")[0].problem, Some(AgentProblem::NoSources));
    with.triggers.push(Trigger { label: String::new(), condition: " ".to_owned(), is_on: true });
    assert_eq!(app.update_agent(scout, &with).await.expect_err("is refused").code(), "bad_setting");
    app.delete_context(id).await.expect("deletes");
    assert_eq!(app.agents().await.expect("lists")[0].problem, Some(AgentProblem::NoContext));
    let meeting = MeetingDraft { agent_id: scout, title: String::new(), keep_transcript: false };
    assert_eq!(app.start_meeting(&meeting).await.expect_err("says so").code(), "agent_has_no_context");
}
