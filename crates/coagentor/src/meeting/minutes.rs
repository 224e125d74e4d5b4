//! A meeting as Markdown: its cards with links, and what was kept of the talk. Pure.

use std::fmt::Write;

use super::{
    view::{Answer, AnswerState, BriefChange, Card, MeetingView, Segment},
    weigh::CardReason,
};
use crate::dto::SearchHit;

/// The meeting as Markdown. Cards that were put away are left out.
pub(crate) fn markdown(meeting: &MeetingView) -> String {
    let mut text = format!("# {}\n\n", escaped(&meeting.title));
    let end = meeting.ended_at.as_deref().map(|end| format!(" to {end}")).unwrap_or_default();
    let _ = write!(text, "Agent: {}  \n{}{end}\n", escaped(&meeting.agent_name), meeting.started_at);
    if !meeting.brief.items.is_empty() {
        text.push_str("\n## Changed since the meeting before\n\n");
        for item in &meeting.brief.items {
            let name = place(&item.title, &item.heading_path);
            let name = item.url.as_ref().map_or(name.clone(), |url| link(&name, url));
            let what = match item.change {
                BriefChange::Added => "added",
                BriefChange::Edited => "edited",
                BriefChange::Removed => "removed",
            };
            let by = item.author.as_ref().map(|author| format!(" by {}", escaped(author))).unwrap_or_default();
            let at = item.at.as_ref().map(|at| format!(", {at}")).unwrap_or_default();
            let _ = writeln!(text, "- {what}{by}: {name}{at}");
        }
    }
    let shown: Vec<&Card> = meeting.cards.iter().filter(|card| !card.dismissed).collect();
    if !shown.is_empty() {
        text.push_str("\n## Cards\n");
    }
    for card in shown {
        write_card(&mut text, card);
    }
    if !meeting.segments.is_empty() {
        let title = if meeting.keep_transcript { "Transcript" } else { "What was said" };
        let _ = write!(text, "\n## {title}\n\n");
        for segment in &meeting.segments {
            write_segment(&mut text, segment);
        }
    }
    text
}

fn write_card(text: &mut String, card: &Card) {
    let time = card.at.map(|at| format!("{}, ", clock(at))).unwrap_or_default();
    let why = match (&card.trigger, card.reason) {
        (Some(trigger), _) => format!("trigger “{}”", escaped(trigger)),
        (None, CardReason::Question) => "asked".to_owned(),
        (None, _) => "named".to_owned(),
    };
    let pinned = if card.pinned { ", pinned" } else { "" };
    let _ = write!(text, "\n### {}\n\n", escaped(&card.heard));
    let _ = writeln!(text, "{time}{why}, {:.0} % sure{pinned}\n", card.confidence * 100.0);
    if let Some(answer) = card.answer.as_ref().filter(|answer| answer.state == AnswerState::Done) {
        write_answer(text, answer);
    }
    for (number, hit) in card.hits.iter().enumerate() {
        write_hit(text, number + 1, hit);
    }
}

fn write_answer(text: &mut String, answer: &Answer) {
    for sentence in &answer.sentences {
        text.push_str(&escaped(&sentence.text));
        for hit in &sentence.hits {
            let _ = write!(text, " [{}]", hit + 1);
        }
        text.push(' ');
    }
    text.push_str("\n\n");
}

fn write_hit(text: &mut String, number: usize, hit: &SearchHit) {
    let origin = if hit.space_key.is_empty() {
        escaped(&hit.space_name)
    } else {
        format!("{}, version {}", escaped(&hit.space_key), hit.version)
    };
    let _ = write!(text, "{number}. {} ({origin})\n\n", link(&place(&hit.title, &hit.heading_path), &hit.url));
    let quote: String = hit.quote.iter().map(|part| part.text.as_str()).collect();
    for line in quote.lines().filter(|line| !line.trim().is_empty()) {
        let _ = writeln!(text, "   > {}", escaped(line));
    }
    text.push('\n');
}

fn write_segment(text: &mut String, segment: &Segment) {
    let time = segment.at.map(|at| format!("{} ", clock(at))).unwrap_or_default();
    let speaker = segment.speaker.as_ref().map(|name| format!("**{}:** ", escaped(name))).unwrap_or_default();
    let _ = writeln!(text, "- {time}{speaker}{}", escaped(&segment.text));
}

fn place(title: &str, heading_path: &[String]) -> String {
    let parts = std::iter::once(title).chain(heading_path.iter().map(String::as_str));
    parts.map(escaped).collect::<Vec<_>>().join(" > ")
}

fn link(words: &str, url: &str) -> String {
    format!("[{words}](<{}>)", url.replace(['<', '>', '\n'], ""))
}

/// Seconds as h:mm:ss.
fn clock(at: f64) -> String {
    let seconds = at.max(0.0) as u64;
    format!("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

/// Text of others as text: nothing in it is markup.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, sign) in text.trim().char_indices() {
        let starts = at == 0 && matches!(sign, '#' | '-' | '+' | '=');
        if starts || matches!(sign, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~') {
            out.push('\\');
        }
        out.push(if sign == '\n' { ' ' } else { sign });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_others_is_no_markup() {
        assert_eq!(escaped("# <b>*x*</b> [a](http://b)"), r"\# \<b\>\*x\*\</b\> \[a\](http://b)");
        assert_eq!(link("a", "https://wiki/x>y"), "[a](<https://wiki/xy>)");
    }

    #[test]
    fn seconds_are_a_clock() {
        assert_eq!(clock(3725.9), "1:02:05");
        assert_eq!(clock(-1.0), "0:00:00");
    }
}
