//! What of a reply is shown.

use chat::{Answering, Sentence, Source, Verdict};
use proptest::prelude::*;
use rstest::rstest;

fn sources() -> Vec<Source> {
    let source = |title: &str, text: &str| Source {
        title: title.to_owned(),
        heading_path: vec!["Limits".to_owned()],
        text: text.to_owned(),
    };
    vec![
        source(
            "Deploys",
            "Wait 30 seconds, then run `undo`. At 3.5 GB the node stops. On 3. Mai 2026 it was 1500 rows.",
        ),
        source("Release 4.2", "Ask Dr. Kim or J. Smith, e.g. in the channel. See section 5."),
        source("連絡", "担当は田中です。"),
    ]
}

fn read(pieces: &[&str]) -> (Vec<Sentence>, Verdict, usize) {
    let mut answering = Answering::new(&sources());
    let mut all: Vec<Sentence> = pieces.iter().flat_map(|piece| answering.push(piece)).collect();
    all.extend(answering.flush());
    let dropped = answering.dropped();
    let (rest, verdict) = answering.finish();
    assert!(rest.is_empty());
    (all, verdict, dropped)
}

/// Each sentence as its text and the places that it cites.
fn shown(reply: &str) -> Vec<String> {
    read(&[reply]).0.into_iter().map(|sentence| format!("{} {:?}", sentence.text, sentence.sources)).collect()
}

#[rstest]
#[case::before_the_stop("Run undo [1]. Ask Kim [2].", &["Run undo. [0]", "Ask Kim. [1]"])]
#[case::after_the_stop("Run undo. [1] Ask Kim. [2]", &["Run undo. [0]", "Ask Kim. [1]"])]
#[case::close_after_the_stop("Run undo.[1][2] Ask Kim.[2]", &["Run undo. [0, 1]", "Ask Kim. [1]"])]
#[case::in_front("[1] Run undo. [2] Ask Kim.", &["Run undo. [0]", "Ask Kim. [1]"])]
#[case::list("Run undo [1, 2]!", &["Run undo! [0, 1]"])]
#[case::several("Run undo [2] [1][2].", &["Run undo. [1, 0]"])]
#[case::apart_after_the_stop("Run undo. [2] [1]\nAsk Kim [2].", &["Run undo. [1, 0]", "Ask Kim. [1]"])]
#[case::linked("Run undo [1](https://evil.example/?q=secret).", &["Run undo. [0]"])]
#[case::linked_after("Run undo. [1](https://x.example/a) Ask Kim [2].", &["Run undo. [0]", "Ask Kim. [1]"])]
#[case::unknown_number("Run undo [1][7].", &["Run undo. [0]"])]
#[case::only_unknown("Run undo [7]. Ask Kim [0].", &[])]
#[case::no_stop("Run undo [1]", &["Run undo [0]"])]
#[case::lines("Run undo [1]\nAsk Kim [2]\n", &["Run undo [0]", "Ask Kim [1]"])]
#[case::wrapped("Run\nundo [1].", &["Run undo. [0]"])]
#[case::items("Do this:\n1. Run **undo** [1]\n2. Ask Kim [2]", &["Run undo [0]", "Ask Kim [1]"])]
#[case::small_letters("Run undo [1]. kubectl helps [2].", &["Run undo. [0]", "kubectl helps. [1]"])]
#[case::paragraphs("Run undo.\n\nAsk Kim [2].", &["Ask Kim. [1]"])]
#[case::wide("担当は田中です[3]。次はキムです。[2]", &["担当は田中です。 [2]", "次はキムです。 [1]"])]
#[case::question("Who knows? Kim does [2].", &["Kim does. [1]"])]
#[case::quoted("\"Run undo.\" [1] Ask Kim [2].", &["\"Run undo.\" [0]", "Ask Kim. [1]"])]
fn marks_belong_to_their_sentence(#[case] reply: &str, #[case] sentences: &[&str]) {
    assert_eq!(shown(reply), sentences);
}

#[rstest]
#[case::example("Ask Kim, e.g. in the channel [2].")]
#[case::capital_follows("Ask people, e.g. Kim [2].")]
#[case::that_is("Ask Kim, i.e. Smith [2].")]
#[case::german("Ask z. B. Kim [2].")]
#[case::german_close("Ask z.B. Kim [2].")]
#[case::title("Ask Dr. Kim [2].")]
#[case::initial("Ask J. Smith [2].")]
#[case::and_so_on("Ask Kim etc. in the channel [2].")]
#[case::numbered("See sec. 5 for it [2].")]
#[case::decimal("At 3.5 GB it stops [1].")]
#[case::date("It was 1500 on 3. Mai 2026 [1].")]
#[case::ellipsis("Wait ... then run undo [1].")]
#[case::name("Node.js and a.b.c stop [1].")]
#[case::soft_question("The \"why?\" is not told [1].")]
fn a_sentence_is_not_cut_within(#[case] reply: &str) {
    let sentences = read(&[reply]).0;
    let text = reply.replace(" [1]", "").replace(" [2]", "");
    assert_eq!(sentences.iter().map(|sentence| sentence.text.as_str()).collect::<Vec<_>>(), [text.as_str()]);
}

#[rstest]
#[case::known("Wait 30 seconds [1].", 1)]
#[case::from_the_title("It is in 4.2 [2].", 1)]
#[case::thousands("It was 1,500 rows [1].", 1)]
#[case::invented("Wait 31 seconds [1].", 0)]
#[case::of_another_source("Wait 30 seconds [2].", 0)]
#[case::of_one_of_two("Wait 30 seconds in 4.2 [1][2].", 1)]
#[case::uncited("Wait 30 seconds.", 0)]
#[case::mark_is_no_number("Run undo [1].", 1)]
#[case::mark_alone("[1].", 0)]
fn numbers_stand_in_what_is_cited(#[case] reply: &str, #[case] given: usize) {
    let (sentences, verdict, dropped) = read(&[reply]);
    assert_eq!((sentences.len(), dropped), (given, 1 - given));
    assert_eq!(verdict, if given > 0 { Verdict::Answered } else { Verdict::Refused });
}

#[rstest]
#[case::exactly("NO_ANSWER")]
#[case::with_a_stop(" NO_ANSWER.\n")]
#[case::marked_up("**`NO_ANSWER`**")]
#[case::escaped("NO\\_ANSWER")]
#[case::cited("NO_ANSWER [1]")]
#[case::and_then_one("NO_ANSWER\n\nRun undo [1].")]
#[case::nothing("")]
#[case::ungrounded("The sky is blue. Trust me.")]
#[case::thoughts_alone("<think>Run undo [1].</think>")]
#[case::cut_off("Never run undo [1] without asking")]
fn a_refusal_gives_nothing(#[case] reply: &str) {
    let (sentences, verdict, _) = read(&[reply]);
    assert_eq!((sentences, verdict), (Vec::new(), Verdict::Refused));
}

#[test]
fn no_answer_ends_an_answer() {
    assert_eq!(shown("Run undo [1]. NO_ANSWER. Ask Kim [2]."), ["Run undo. [0]"]);
}

#[test]
fn markup_and_control_characters_are_taken_out() {
    let reply = "<think>Hm [1].</think>Press <b>un\u{200b}do</b>\u{7} in [the\u{202e} guide](javascript:alert(1)) [1].\n\
                 <img src=x onerror=\"a. B\"> Ask <<b>script>Kim [[2]2].";
    let texts: Vec<String> = read(&[reply]).0.into_iter().map(|sentence| sentence.text).collect();
    assert_eq!(texts[1..], ["Ask Kim."]);
    assert!(texts[0].starts_with("Press undo in the guide"), "{texts:?}");
}

#[test]
fn an_answer_is_limited() {
    let mut answering = Answering::new(&sources());
    let given: usize = (0..200).flat_map(|_| answering.push("Run undo and ask Kim [1]. ")).map(|s| s.text.len()).sum();
    assert!(given <= 1_500 && given > 1_400 && answering.is_over(), "{given}");
    assert_eq!(answering.finish().1, Verdict::Answered);
}

#[test]
fn a_sentence_without_end_costs_nothing() {
    let mut answering = Answering::new(&sources());
    for _ in 0..2_000 {
        assert!(answering.push(&"word ".repeat(50)).is_empty());
    }
    // Its end is not shown either, since it began elsewhere.
    assert!(answering.push("and no more [1]. ").is_empty());
    assert_eq!(answering.push("Run undo [1]. Ask").len(), 1);
}

#[test]
fn a_sentence_is_given_when_it_ends() {
    let mut answering = Answering::new(&sources());
    // What follows the stop may be a mark of this sentence.
    assert!(answering.push("Run undo [1].").is_empty());
    assert_eq!(answering.push(" A").len(), 1);
    assert_eq!(answering.dropped(), 0);
}

/// Replies with all that decides where a sentence ends.
fn replies() -> impl Strategy<Value = String> {
    let parts = [
        "Run undo",
        " ",
        " ",
        ".",
        ". ",
        "? ",
        "! ",
        "[1]",
        "[2]",
        " [1]",
        "[1, 2]",
        "[9]",
        "[",
        "]",
        "(",
        ")",
        "\n",
        "\n\n",
        "- ",
        "1. ",
        "e.g. ",
        "3.5",
        "30",
        "31",
        "z. B. ",
        "Kim",
        "undo",
        "3. Mai",
        "3. Ma",
        "。",
        "担当",
        "**",
        "<b>",
        "</b>",
        "<",
        ">",
        "](https://x. Y)",
        "NO_ANSWER",
        "NO_",
        "<think>",
        "</think>",
        "…",
        "...",
        "\"",
        ":",
        "\u{200b}",
        "\u{7}",
        "\u{a0}",
        "é",
        "🙂",
    ];
    let part = prop_oneof![9 => prop::sample::select(parts.to_vec()).prop_map(str::to_owned), 1 => ".{0,3}"];
    prop::collection::vec(part, 0..50).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn pieces_do_not_matter(reply in replies(), cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..12)) {
        let ends: Vec<usize> = reply.char_indices().map(|(at, _)| at).chain([reply.len()]).collect();
        let mut cuts: Vec<usize> = cuts.iter().map(|cut| ends[cut.index(ends.len())]).collect();
        cuts.extend([0, reply.len()]);
        cuts.sort_unstable();
        let pieces: Vec<&str> = cuts.windows(2).map(|cut| &reply[cut[0]..cut[1]]).collect();
        let single: Vec<&str> = ends.windows(2).map(|cut| &reply[cut[0]..cut[1]]).collect();
        prop_assert_eq!(read(&pieces), read(&[&reply]));
        prop_assert_eq!(read(&single), read(&[&reply]));
    }

    #[test]
    fn what_is_shown_is_plain_and_cited(reply in replies()) {
        let (sentences, verdict, _) = read(&[&reply]);
        prop_assert_eq!(verdict == Verdict::Answered, !sentences.is_empty());
        let letters: usize = sentences.iter().map(|sentence| sentence.text.chars().count()).sum();
        prop_assert!(letters <= 1_500);
        for Sentence { text, sources } in sentences {
            prop_assert!(!sources.is_empty() && sources.iter().all(|place| *place < 3));
            for markup in ["[1]", "[2]", "[9]", "[1, 2]", "<b>", "</b>", "**", "NO_ANSWER"] {
                prop_assert!(!text.contains(markup), "`{}` in `{}`", markup, text);
            }
            prop_assert!(!text.chars().any(char::is_control) && text.trim() == text);
            prop_assert!(!text.contains("31"), "no source says so: `{}`", text);
        }
    }
}
