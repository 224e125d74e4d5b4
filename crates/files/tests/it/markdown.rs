//! Markdown.

use files::Format;
use rstest::rstest;

use crate::shown::{read_text, shown};

const PAGE: &str = r#"---
title: "Release notes"
tags: [a, b]
---
Before the first heading,
still the same line.

# Setup

See [the guide](https://example.org/guide) and ![a map](map.png).[^1]

1. Unpack
   - with *tar*

     or by hand
2. Install

- [x] done
- [ ] open

## Setup

| Name | Value |
|------|-------|
| a\|b | `1`   |

```rust ignore
fn main() {}
```

> **Note**\
> Mind the gap.

[^1]: Printed in 2026.

## Äpfel & Birnen! {#fruit}

<details><summary>More</summary>

Hidden but there.

</details>

Term
: What it means
"#;

#[test]
fn everything() {
    insta::assert_snapshot!(shown(&read_text(PAGE, Format::Markdown)));
}

#[rstest]
#[case("# One\n# One\n# One\n", &["one", "one-1", "one-2"])]
#[case("# One\n# One-1\n# One\n", &["one", "one-1", "one-2"])]
#[case("# What's new in 2.0?\n", &["whats-new-in-20"])]
#[case("# `code` and [link](x)\n", &["code-and-link"])]
#[case("# Über uns\n", &["%C3%BCber-uns"])]
fn slugs(#[case] text: &str, #[case] anchors: &[&str]) {
    let text = read_text(text, Format::Markdown);
    let found: Vec<&str> = text.sections.iter().filter_map(|section| section.anchor.as_deref()).collect();
    assert_eq!(found, anchors);
}

#[rstest]
#[case("# Top\n\ntext", Some("Top"))]
#[case("## Not the top\n\n# Top", None)]
#[case("+++\ntitle = 'From TOML'\n+++\n# Top", Some("From TOML"))]
#[case("text", None)]
fn titles(#[case] text: &str, #[case] title: Option<&str>) {
    assert_eq!(read_text(text, Format::Markdown).title.as_deref(), title);
}

#[test]
fn html_in_markdown_is_read_as_html() {
    let text = "<h1 align=center>Name</h1>\n\nline<br>break <kbd>x</kbd> <img alt=\"logo\" src=a>\n\n<script>\nvar a;\n</script>\n";
    insta::assert_snapshot!(shown(&read_text(text, Format::Markdown)), @r"
    title: Name
    == Name #name
    -- prose
    line
    break x logo
    lost: 1 image
    ");
}

#[test]
fn lists_in_lists_in_lists_end() {
    let deep = "- ".repeat(5_000) + "end";
    let quotes = "> ".repeat(5_000) + "end";
    for text in [deep, quotes] {
        assert!(shown(&read_text(&text, Format::Markdown)).contains("end"));
    }
}
