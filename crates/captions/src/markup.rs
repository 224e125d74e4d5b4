//! The text of a cue: voices, tags, character references.

/// Most bytes of a character reference.
const LONGEST_REFERENCE: usize = 12;

/// What one voice says in a cue.
#[derive(Debug, PartialEq)]
pub(crate) struct Voice {
    pub speaker: Option<String>,
    pub text: String,
}

/// The voices of a cue in turn, without tags and with references decoded.
pub(crate) fn voices(cue: &str) -> Vec<Voice> {
    let mut voices = Vec::new();
    let mut open = Voice { speaker: None, text: String::new() };
    let mut rest = cue;
    while let Some(start) = rest.find('<') {
        let (before, tail) = rest.split_at(start);
        open.text.push_str(&decode(before));
        let Some((tag, after)) = tag(tail) else {
            open.text.push('<');
            rest = tail.get(1..).unwrap_or_default();
            continue;
        };
        rest = after;
        match tag {
            Tag::Voice(speaker) => voices.push(std::mem::replace(&mut open, Voice { speaker, text: String::new() })),
            Tag::VoiceEnd => {
                voices.push(std::mem::replace(&mut open, Voice { speaker: None, text: String::new() }));
            }
            Tag::Break => open.text.push(' '),
            Tag::Other => {}
        }
    }
    open.text.push_str(&decode(rest));
    voices.push(open);
    voices.retain(|voice| !voice.text.trim().is_empty());
    voices
}

/// SRT's way to place a caption, `{\an8}`, taken off.
pub(crate) fn without_overrides(cue: &str) -> String {
    let mut text = String::with_capacity(cue.len());
    let mut rest = cue;
    while let Some((before, tail)) = rest.split_once("{\\") {
        text.push_str(before);
        rest = tail.find(['{', '}']).and_then(|end| tail.get(end..)?.strip_prefix('}')).unwrap_or_else(|| {
            text.push_str("{\\");
            tail
        });
    }
    text.push_str(rest);
    text
}

enum Tag {
    Voice(Option<String>),
    VoiceEnd,
    Break,
    Other,
}

/// The tag that the text begins with, and what follows it. `a < b` and `<3` have none; `<00:01.000>` is one.
fn tag(text: &str) -> Option<(Tag, &str)> {
    let text = text.strip_prefix('<')?;
    let (inner, after) = text.split_at(text.find(['<', '>'])?);
    let after = after.strip_prefix('>')?;
    let is_time = inner.contains(':') && inner.starts_with(|first: char| first.is_ascii_digit());
    if !(is_time || inner.starts_with(|first: char| first.is_ascii_alphabetic() || first == '/')) {
        return None;
    }
    let (name, annotation) = inner.split_once(char::is_whitespace).unwrap_or((inner, ""));
    let tag = match name.split('.').next().unwrap_or(name) {
        "v" => Tag::Voice(Some(decode(annotation)).filter(|name| !name.trim().is_empty())),
        "/v" => Tag::VoiceEnd,
        "br" | "br/" | "BR" => Tag::Break,
        _ => Tag::Other,
    };
    Some((tag, after))
}

/// Character references decoded, once.
fn decode(text: &str) -> String {
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, tail)) = rest.split_once('&') {
        decoded.push_str(before);
        let (character, after) = reference(tail).unwrap_or(('&', tail));
        decoded.push(character);
        rest = after;
    }
    decoded.push_str(rest);
    decoded
}

/// What a reference without its `&` stands for, and what follows it. Only a few bytes are looked at.
fn reference(text: &str) -> Option<(char, &str)> {
    let end = text.bytes().take(LONGEST_REFERENCE).position(|byte| byte == b';')?;
    Some((character(text.get(..end)?)?, text.get(end + 1..)?))
}

fn character(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "lrm" => '\u{200e}',
        "rlm" => '\u{200f}',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)
        }
    })
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::none("Hello", &[(None, "Hello")])]
    #[case::voice("<v Ann Lee>Hello</v>", &[(Some("Ann Lee"), "Hello")])]
    #[case::class("<v.loud.first Ann>Hello", &[(Some("Ann"), "Hello")])]
    #[case::two("<v Ann>Hi</v>\n<v Bob>Yes</v>", &[(Some("Ann"), "Hi"), (Some("Bob"), "Yes")])]
    #[case::after_a_voice("<v Ann>Hi</v> (laughs)", &[(Some("Ann"), "Hi"), (None, " (laughs)")])]
    #[case::no_name("<v>Hi</v>", &[(None, "Hi")])]
    #[case::empty_voice("<v Ann></v><v Bob>Yes</v>", &[(Some("Bob"), "Yes")])]
    #[case::tags("un<i>believ</i>able<c.red>!</c>", &[(None, "unbelievable!")])]
    #[case::times("one<00:00:01.000> two", &[(None, "one two")])]
    #[case::line_break("one<br/>two", &[(None, "one two")])]
    #[case::no_tag("1 < 2 and a <3 b", &[(None, "1 < 2 and a <3 b")])]
    #[case::no_end("<v Ann", &[(None, "<v Ann")])]
    #[case::tag_in_a_tag("<i <b>x", &[(None, "<i x")])]
    #[case::references("a &amp; b &lt;b&gt; &#39;&#x41;&#X42;&quot;", &[(None, "a & b <b> 'AB\"")])]
    #[case::decoded_once("&amp;lt;", &[(None, "&lt;")])]
    #[case::no_reference("R&D; &unknown; &#xd800; &", &[(None, "R&D; &unknown; \u{fffd} &")])]
    #[case::name_with_reference("<v R&amp;D>x", &[(Some("R&D"), "x")])]
    fn a_cue(#[case] cue: &str, #[case] expected: &[(Option<&str>, &str)]) {
        let found = voices(cue);
        let found: Vec<_> = found.iter().map(|voice| (voice.speaker.as_deref(), voice.text.as_str())).collect();
        assert_eq!(found, expected);
    }

    #[rstest]
    #[case("{\\an8}Hello", "Hello")]
    #[case("a{\\i1}b{\\i0}c", "abc")]
    #[case("{\\an8", "{\\an8")]
    #[case("{a}", "{a}")]
    fn overrides(#[case] cue: &str, #[case] expected: &str) {
        assert_eq!(without_overrides(cue), expected);
    }
}
