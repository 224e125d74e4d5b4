//! Meetings from start to export: what is heard, shown, kept and told.

use std::{path::Path, time::Duration};

use coagentor::{
    App, MeetingDraft, SourceKind, SourceRef,
    dto::{AgentDraft, AnswerSettings, BriefChange, Colour, ContextDraft, MeetingView, Trigger},
};

use crate::desk::Desk;

struct Table {
    desk: Desk,
    folder: tempfile::TempDir,
    agent: u32,
}

const NOTES: &str = "# Travel\n\n## Booking\n\nFlights above 500 euros need a signature of the finance zebra.\n\n\
    ## Hotels\n\nHotels are booked by everyone for themselves.\n";

impl Table {
    async fn new() -> Self {
        let desk = Desk::new(confluence_sim::Simulator::builder().no_sites()).await;
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("travel.md"), NOTES).expect("writes");
        let root = folder.path().canonicalize().expect("is there");
        desk.app.add_files(&root).await.expect("adds");
        let sources = vec![SourceRef::path(SourceKind::Folder, root.display().to_string())];
        let context = ContextDraft {
            name: "Notes".to_owned(),
            colour: Colour::Green,
            for_all_agents: true,
            agent_ids: Vec::new(),
            sources,
        };
        desk.app.create_context(&context).await.expect("makes");
        // Without a model words alone speak, so everything that is near enough to a trigger shows.
        let trigger = Trigger { label: "Flights".to_owned(), condition: "flights".to_owned(), is_on: true };
        let draft = AgentDraft {
            name: "Scout".to_owned(),
            instructions: String::new(),
            sensitivity: 50,
            context_ids: Vec::new(),
            triggers: vec![trigger],
        };
        let agent = desk.app.create_agent(&draft).await.expect("makes");
        Self { desk, folder, agent }
    }

    fn app(&self) -> &App {
        &self.desk.app
    }

    async fn start(&self, keep_transcript: bool) -> u32 {
        let draft = MeetingDraft { agent_id: self.agent, title: "Weekly".to_owned(), keep_transcript };
        self.app().start_meeting(&draft).await.expect("starts")
    }

    async fn meeting(&self, id: u32) -> MeetingView {
        self.app().meeting(id).await.expect("is there")
    }

    /// The meeting as soon as it is so.
    async fn until(&self, id: u32, is_so: impl Fn(&MeetingView) -> bool) -> MeetingView {
        for _ in 0..400 {
            let view = self.meeting(id).await;
            if is_so(&view) {
                return view;
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        panic!("it never came to that: {:?}", self.meeting(id).await);
    }
}

#[tokio::test]
async fn what_is_said_becomes_a_card_that_is_kept() {
    let table = Table::new().await;
    let id = table.start(false).await;
    table
        .app()
        .add_meeting_text(id, "Ann Lee: good morning everybody\nBob Ray: who signs expensive flights?")
        .await
        .unwrap();
    let view = table.meeting(id).await;
    assert_eq!((view.heard, view.cards.len()), (2, 1));
    let card = &view.cards[0];
    assert_eq!((card.trigger.as_deref(), card.heard.as_str()), (Some("Flights"), "who signs expensive flights?"));
    assert_eq!(card.segment, Some(view.segments[1].id));
    assert_eq!(card.hits[0].heading_path, ["Booking"]);
    assert!(card.hits[0].url.ends_with("travel.md#booking"));
    // The same again shows nothing new.
    table.app().add_meeting_text(id, "Bob Ray: so who signs those expensive flights?").await.unwrap();
    assert_eq!(table.meeting(id).await.cards.len(), 1);
    table.app().set_card(id, 1, true, false).await.unwrap();
    table.app().end_meeting(id).await.unwrap();

    let view = table.meeting(id).await;
    assert!(view.ended_at.is_some() && view.cards[0].pinned);
    let said: Vec<&str> = view.segments.iter().map(|segment| segment.text.as_str()).collect();
    assert_eq!(
        said,
        ["good morning everybody", "who signs expensive flights?"],
        "what the card answers, and the turn before"
    );
    let markdown = table.app().meeting_markdown(id).await.unwrap();
    assert!(markdown.starts_with("# Weekly\n\nAgent: Scout"), "{markdown}");
    assert!(markdown.contains("[Travel > Booking](<file://"), "{markdown}");
    assert!(markdown.contains("### who signs expensive flights?"), "{markdown}");
    let error = table.app().add_meeting_text(id, "more").await.expect_err("it has ended");
    assert_eq!(error.code(), "meeting_ended");
    // The agent as it was stays with the meeting when it is gone.
    table.app().delete_agent(table.agent).await.unwrap();
    assert_eq!(table.meeting(id).await.agent_name, "Scout");
    table.app().delete_meeting(id).await.unwrap();
    assert!(table.app().meetings().await.unwrap().is_empty());
}

#[tokio::test]
async fn who_follows_a_meeting_is_told_what_changed() {
    let table = Table::new().await;
    let id = table.start(false).await;
    table
        .app()
        .add_meeting_text(id, "Ann Lee: good morning everybody\nBob Ray: who signs expensive flights?")
        .await
        .unwrap();
    let since = async |revision| {
        let view = table.app().meeting_since(id, revision).await.expect("is there");
        let segments: Vec<_> = view.segments.iter().map(|segment| segment.id).collect();
        let cards: Vec<_> = view.cards.iter().map(|card| (card.id, card.pinned)).collect();
        (view.revision, segments, cards)
    };
    let (first, segments, cards) = since(0).await;
    assert_eq!((segments, cards), (vec![1, 2], vec![(1, false)]));
    assert_eq!(since(first).await, (first, Vec::new(), Vec::new()));
    table.app().add_meeting_text(id, "Ann Lee: nice weather").await.unwrap();
    let (second, segments, cards) = since(first).await;
    assert_eq!((segments, cards), (vec![3], Vec::new()));
    table.app().set_card(id, 1, true, false).await.unwrap();
    let (third, segments, cards) = since(second).await;
    assert_eq!((segments, cards), (Vec::new(), vec![(1, true)]));
    // An ended one is told whole, whatever is known of it.
    table.app().end_meeting(id).await.unwrap();
    let (revision, segments, cards) = since(third).await;
    assert_eq!((revision, segments, cards), (0, vec![1, 2], vec![(1, true)]));
}

#[tokio::test]
async fn one_meeting_runs_at_a_time_and_a_whole_transcript_is_kept_where_it_is_asked_for() {
    let table = Table::new().await;
    let id = table.start(true).await;
    let draft = MeetingDraft { agent_id: table.agent, title: String::new(), keep_transcript: false };
    assert_eq!(table.app().start_meeting(&draft).await.expect_err("one runs").code(), "meeting_running");
    let vtt = "WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.000\n<v Ann>Hello there.\n\n2\n00:00:03.000 --> 00:00:04.000\n<v Bob>Nice weather.\n";
    table.app().add_meeting_text(id, vtt).await.unwrap();
    table.app().end_meeting(id).await.unwrap();
    let view = table.meeting(id).await;
    let said: Vec<_> = view.segments.iter().map(|s| (s.at, s.speaker.as_deref(), s.text.as_str())).collect();
    assert_eq!(said, [(Some(1.0), Some("Ann"), "Hello there."), (Some(3.0), Some("Bob"), "Nice weather.")]);
}

#[tokio::test]
async fn bad_input_is_told_and_the_meeting_goes_on() {
    let table = Table::new().await;
    let id = table.start(false).await;
    let file = table.folder.path().join("captions.vtt");
    let write = |bytes: &[u8]| std::fs::write(&file, bytes).expect("writes");
    let append = |bytes: &[u8]| {
        use std::io::Write;
        std::fs::OpenOptions::new().append(true).open(&file).expect("is there").write_all(bytes).expect("writes");
    };
    write(b"WEBVTT\n\n00:00:10.000 --> 00:00:11.000\n<v Ann>Let us begin.\n\n");
    table.app().follow_meeting_file(id, &file).await.unwrap();
    table.until(id, |view| view.heard == 1).await;
    append(b"00:99 --> nonsense\nA line with a bad time.\n\n\0\x01\x02\x03\x04\n\n");
    append(&vec![b'x'; 10_000_000]);
    append(b"\n\n00:00:02.000 --> 00:00:03.000\n<v Bob>The clock goes back.\n\n");
    append(b"00:00:12.000 --> 00:00:13.000\n<v Ann>Who signs flights?\n\n");
    let view = table.until(id, |view| !view.cards.is_empty()).await;
    assert!(view.problems.iter().any(|problem| problem.contains("time")), "{:?}", view.problems);
    assert!(view.problems.iter().any(|problem| problem.contains("MB")), "{:?}", view.problems);
    assert!(view.problems.iter().any(|problem| problem.contains("clock")), "{:?}", view.problems);
    // Written anew, it is read from its beginning; gone, that is said.
    write(b"WEBVTT\n\n00:00:20.000 --> 00:00:21.000\n<v Ann>A new file.\n\n");
    table.until(id, |view| view.segments.iter().any(|segment| segment.text == "A new file.")).await;
    std::fs::remove_file(&file).unwrap();
    table.until(id, |view| view.problems.iter().any(|problem| problem.contains("can't be read"))).await;
    let missing = table.app().follow_meeting_file(id, Path::new("/nowhere.vtt")).await.expect_err("is not there");
    assert_eq!(missing.code(), "file");
    table.app().end_meeting(id).await.unwrap();
}

#[tokio::test]
async fn another_program_feeds_the_meeting_with_the_token_alone() {
    let table = Table::new().await;
    let id = table.start(false).await;
    let endpoint = table.app().open_meeting_endpoint(id).await.unwrap();
    let post = async |token: &str, body: &str| {
        use tokio::io::{AsyncReadExt, AsyncWriteExt};
        let host = endpoint.post_url.trim_start_matches("http://").trim_end_matches("/captions");
        let mut stream = tokio::net::TcpStream::connect(host).await?;
        let head = format!(
            "POST /captions HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {token}\r\nContent-Length: {}\r\n\
             Connection: close\r\n\r\n",
            body.len()
        );
        stream.write_all(format!("{head}{body}").as_bytes()).await?;
        let mut reply = String::new();
        stream.read_to_string(&mut reply).await?;
        Ok::<_, std::io::Error>(reply.get(9..12).unwrap_or_default().to_owned())
    };
    let line = r#"{"at": 1, "speaker": "Ann", "text": "who signs flights?"}"#;
    assert_eq!(post("guessed", line).await.unwrap(), "401");
    assert_eq!(post(&endpoint.token, line).await.unwrap(), "200");
    let view = table.until(id, |view| !view.cards.is_empty()).await;
    assert_eq!((view.heard, view.endpoint.as_ref()), (1, Some(&endpoint)));
    table.app().end_meeting(id).await.unwrap();
    assert!(post(&endpoint.token, line).await.is_err(), "it closes with the meeting");
}

#[tokio::test]
async fn the_next_meeting_begins_with_what_has_changed() {
    let table = Table::new().await;
    let first = table.start(false).await;
    assert_eq!(table.meeting(first).await.brief.since, None);
    table.app().end_meeting(first).await.unwrap();
    let root = table.folder.path().canonicalize().unwrap();
    std::fs::write(root.join("new.md"), "# News\n\nSomething new.\n").unwrap();
    std::fs::write(root.join("travel.md"), NOTES.replace("for themselves", "through the portal")).unwrap();
    table.app().add_files(&root).await.unwrap();

    let second = table.start(false).await;
    let brief = table.meeting(second).await.brief;
    let mut lines: Vec<_> =
        brief.items.iter().map(|item| (item.change, item.title.clone(), item.heading_path.join(">"))).collect();
    lines.sort_by_key(|line| line.1.clone());
    let expected = [
        (BriefChange::Added, "News".to_owned(), String::new()),
        (BriefChange::Edited, "Travel".to_owned(), "Hotels".to_owned()),
    ];
    assert_eq!(lines, expected);
    assert!(brief.since.is_some() && brief.items.iter().all(|item| item.at.is_some() && item.url.is_some()));
    table.app().end_meeting(second).await.unwrap();

    std::fs::remove_file(root.join("new.md")).unwrap();
    table.app().add_files(&root).await.unwrap();
    let third = table.start(false).await;
    let brief = table.meeting(third).await.brief;
    assert_eq!(
        brief.items.iter().map(|item| (item.change, item.title.as_str())).collect::<Vec<_>>(),
        [(BriefChange::Removed, "News")]
    );
}

#[tokio::test]
async fn a_meeting_that_a_process_left_open_is_ended_by_the_next() {
    let table = Table::new().await;
    let id = table.start(false).await;
    table.app().add_meeting_text(id, "who signs flights?").await.unwrap();
    let second = table.desk.second_app().await;
    second.wake().await.unwrap();
    let view = second.meeting(id).await.unwrap();
    assert!(view.ended_at.is_some());
    assert_eq!(view.cards.len(), 1, "what was shown was kept at once");
}

#[tokio::test]
async fn nothing_is_asked_of_a_model_unless_it_is_switched_on_and_a_dead_one_is_told_on_the_card() {
    let table = Table::new().await;
    let mut settings = table.app().settings().await.unwrap();
    assert!(!settings.answers.is_on);
    settings.answers = AnswerSettings { is_on: true, url: "http://127.0.0.1:9/v1".to_owned(), model: "x".to_owned() };
    table.app().save_settings(&settings).await.unwrap();
    let id = table.start(false).await;
    table.app().add_meeting_text(id, "who signs flights?").await.unwrap();
    let of = |view: &MeetingView| view.cards.first().and_then(|card| card.answer.clone());
    let view = table.until(id, |view| of(view).is_some_and(|answer| answer.problem.is_some())).await;
    assert_eq!(view.cards[0].hits[0].heading_path, ["Booking"], "the sections are there all the same");
    settings.answers.url = "http://model.example/v1".to_owned();
    table.app().save_settings(&settings).await.unwrap();
    assert_eq!(table.app().check_answers().await.expect_err("not in the clear").code(), "answers");
}
