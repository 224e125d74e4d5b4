//! Captions to segments.

use captions::{Caption, Change, Talk};
use rstest::rstest;

fn caption(at: Option<f64>, speaker: &str, text: &str) -> Caption {
    let speaker = Some(speaker.to_owned()).filter(|name| !name.is_empty());
    Caption { key: None, at, speaker, text: text.to_owned(), is_final: true }
}

fn at(at: f64, speaker: &str, text: &str) -> Caption {
    caption(Some(at), speaker, text)
}

fn open(caption: Caption) -> Caption {
    Caption { is_final: false, ..caption }
}

fn keyed(key: &str, caption: Caption) -> Caption {
    Caption { key: Some(key.to_owned()), ..caption }
}

/// Each segment as `id speaker: text`, with `~` where it is open and its revision behind.
fn show(talk: &Talk) -> Vec<String> {
    let one = |segment: &captions::Segment| {
        let (name, sign) = (segment.speaker.as_deref().unwrap_or("-"), if segment.is_final { "" } else { "~" });
        format!("{} {name}: {sign}{} /{}", segment.id, segment.text, segment.revision)
    };
    talk.segments().map(one).collect()
}

#[rstest]
#[case::two_speakers(vec![at(1.0, "Ann", "Hi"), at(2.0, "Bob", "Yes")], &["1 Ann: Hi /0", "2 Bob: Yes /0"])]
#[case::interim(vec![open(at(1.0, "Ann", "H")), open(at(1.5, "Ann", "Hello wor")), at(2.0, "Ann", "Hello, world.")], &["1 Ann: Hello, world. /2"])]
#[case::interim_of_two(vec![open(at(1.0, "Ann", "so")), open(at(1.2, "Bob", "no")), at(1.4, "Ann", "so what"), at(1.6, "Bob", "not now")], &["1 Ann: so what /1", "2 Bob: not now /1"])]
#[case::same_text_final(vec![open(at(1.0, "", "so")), at(1.2, "", "so")], &["1 -: so /1"])]
#[case::interim_repeated(vec![open(at(1.0, "", "so")), open(at(1.2, "", "so"))], &["1 -: ~so /0"])]
#[case::interim_after_final(vec![at(1.0, "", "so"), open(at(2.0, "", "so what"))], &["1 -: so /0", "2 -: ~so what /0"])]
#[case::key(vec![keyed("a", open(at(1.0, "", "so"))), at(2.0, "", "no"), keyed("a", at(1.0, "Ann", "so what"))], &["1 Ann: so what /1", "2 -: no /0"])]
#[case::correction(vec![keyed("a", at(1.0, "Ann", "ship")), keyed("a", at(1.0, "Ann", "sheep"))], &["1 Ann: sheep /1"])]
#[case::correction_without_name(vec![keyed("a", at(1.0, "Ann", "ship")), keyed("a", open(at(1.0, "", "sheep")))], &["1 Ann: sheep /1"])]
#[case::key_says_the_same(vec![keyed("a", at(1.0, "Ann", "ship")), keyed("a", at(1.0, "Ann", "ship"))], &["1 Ann: ship /0"])]
#[case::keys_differ(vec![keyed("a", at(1.0, "Ann", "ship")), keyed("b", at(1.0, "Ann", "ship"))], &["1 Ann: ship /0", "2 Ann: ship /0"])]
#[case::keyless_leaves_keyed_alone(vec![keyed("a", open(at(1.0, "", "ship"))), at(1.0, "", "ship it")], &["1 -: ~ship /0", "2 -: ship it /0"])]
#[case::repetition(vec![at(1.0, "Ann", "Yes."), at(1.0, "Ann", "Yes.")], &["1 Ann: Yes. /0"])]
#[case::repetition_without_time(vec![at(1.0, "Ann", "Yes."), at(2.0, "Bob", "No."), caption(None, "Ann", "Yes.")], &["1 Ann: Yes. /0", "2 Bob: No. /0"])]
#[case::said_again(vec![at(1.0, "Ann", "Yes."), at(3.0, "Ann", "Yes.")], &["1 Ann: Yes. /0", "2 Ann: Yes. /0"])]
#[case::long_said_again_at_once(vec![at(1.0, "", "we ship it now"), at(3.0, "", "we ship it now")], &["1 -: we ship it now /0"])]
#[case::long_said_again_later(vec![at(1.0, "", "we ship it now"), at(30.0, "", "we ship it now")], &["1 -: we ship it now /0", "2 -: we ship it now /0"])]
#[case::repetition_by_another(vec![at(1.0, "Ann", "Yes."), at(1.0, "Bob", "Yes.")], &["1 Ann: Yes. /0", "2 Bob: Yes. /0"])]
#[case::rolling(vec![at(1.0, "", "we"), at(3.0, "", "we ship"), at(5.0, "", "we ship on Friday")], &["1 -: we ship on Friday /2"])]
#[case::rolling_for_long(vec![at(1.0, "", "we"), at(12.0, "", "we ship")], &["1 -: we /0", "2 -: we ship /0"])]
#[case::overlap(vec![at(1.0, "", "so we ship it"), at(4.0, "", "We ship it on Friday")], &["1 -: so we ship it /0", "2 -: on Friday /0"])]
#[case::overlap_of_two_words(vec![at(1.0, "", "so we ship"), at(4.0, "", "we ship on Friday")], &["1 -: so we ship /0", "2 -: we ship on Friday /0"])]
#[case::overlap_later(vec![at(1.0, "", "so we ship it"), at(60.0, "", "we ship it on Friday")], &["1 -: so we ship it /0", "2 -: we ship it on Friday /0"])]
#[case::nothing(vec![at(1.0, "", " \u{200b}\n")], &[])]
#[case::not_clean(vec![at(1.0, " Ann\u{0} ", "a\u{202e}\tb\n")], &["1 Ann: a b /0"])]
fn segments(#[case] heard: Vec<Caption>, #[case] expected: &[&str]) {
    let mut talk = Talk::new(10);
    for caption in heard {
        talk.hear(caption);
    }
    assert_eq!(show(&talk), expected);
}

#[test]
fn what_changed_is_told() {
    let mut talk = Talk::new(10);
    let mut change = |caption| talk.hear(caption).change;
    assert_eq!(change(open(at(1.0, "Ann", "so"))), Change::New(1));
    assert_eq!(change(open(at(1.0, "Ann", "so"))), Change::Same);
    assert_eq!(change(open(at(1.0, "Ann", "so what"))), Change::Revised(1));
    assert_eq!(change(at(1.0, "Ann", "so what")), Change::Revised(1));
    assert_eq!(change(at(1.0, "Ann", "so what")), Change::Same);
    assert_eq!(change(at(2.0, "Ann", "no")), Change::New(2));
    assert_eq!((talk.heard(), talk.get(2).map(|segment| segment.at)), (2, Some(Some(2.0))));
    assert_eq!((talk.get(0), talk.get(3)), (None, None));
}

#[test]
fn the_oldest_fall_out_and_their_keys_are_forgotten() {
    let mut talk = Talk::new(2);
    for number in 0..5 {
        talk.hear(keyed(&number.to_string(), at(f64::from(number), "", &format!("word {number}"))));
    }
    assert_eq!(show(&talk), ["4 -: word 3 /0", "5 -: word 4 /0"]);
    assert_eq!((talk.get(3), talk.get(4).map(|segment| segment.id), talk.heard()), (None, Some(4), 5));
    assert_eq!(talk.hear(keyed("0", at(5.0, "", "again"))).change, Change::New(6));
    assert_eq!(talk.segments().next_back().map(|segment| segment.id), Some(6));
}

#[test]
fn a_clock_that_goes_back_is_told_once_until_it_catches_up() {
    let mut talk = Talk::new(20);
    let times = [10.0, 20.0, 19.5, 5.0, 6.0, 19.5, 20.0, 21.0, 3.0];
    let told: Vec<bool> = times
        .iter()
        .enumerate()
        .map(|(index, time)| talk.hear(at(*time, &format!("S{index}"), "x")).clock_went_back)
        .collect();
    assert_eq!(told, [false, false, false, true, false, false, false, false, true]);
    let kept: Vec<_> = talk.segments().map(|segment| segment.at.unwrap()).collect();
    assert_eq!(kept, [10.0, 20.0, 20.0, 20.0, 20.0, 20.0, 20.0, 21.0, 21.0]);
}

#[test]
fn a_correction_of_something_old_is_no_clock_that_went_back() {
    let mut talk = Talk::new(20);
    talk.hear(keyed("a", at(1.0, "", "ship")));
    talk.hear(keyed("b", at(60.0, "", "it")));
    let heard = talk.hear(keyed("a", at(1.0, "", "sheep")));
    assert_eq!((heard.change, heard.clock_went_back), (Change::Revised(1), false));
    assert_eq!(talk.get(1).unwrap().at, Some(1.0));
}

#[rstest]
#[case(f64::NAN)]
#[case(f64::INFINITY)]
#[case(f64::NEG_INFINITY)]
#[case(-0.5)]
fn a_time_that_is_none(#[case] time: f64) {
    let mut talk = Talk::new(2);
    assert!(!talk.hear(at(time, "", "x")).clock_went_back);
    assert_eq!(talk.get(1).unwrap().at, None);
}

#[test]
fn a_talk_that_keeps_nothing() {
    let mut talk = Talk::new(0);
    assert_eq!(talk.hear(at(1.0, "", "x")).change, Change::New(1));
    assert_eq!((talk.segments().count(), talk.heard(), talk.get(1)), (0, 1, None));
}
