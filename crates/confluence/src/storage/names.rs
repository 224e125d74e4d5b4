//! What elements are, by name.

/// Elements that have no content, though some writers leave their `/` out.
pub(super) fn is_void(name: &str) -> bool {
    matches!(name, "br" | "hr" | "col" | "img" | "input" | "wbr" | "area" | "embed" | "source" | "track" | "param")
}

/// Elements that flow in a line of text; every other known element begins and ends one.
pub(super) fn is_block(name: &str) -> bool {
    is_html_block(name) || is_confluence_block(name)
}

fn is_html_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "ul"
            | "ol"
            | "li"
            | "dl"
            | "dt"
            | "dd"
            | "pre"
            | "blockquote"
            | "table"
            | "thead"
            | "tbody"
            | "tfoot"
            | "tr"
            | "td"
            | "th"
            | "caption"
            | "hr"
            | "br"
            | "section"
            | "article"
            | "aside"
            | "header"
            | "footer"
            | "main"
            | "nav"
            | "figure"
            | "figcaption"
            | "details"
            | "summary"
            | "address"
            | "fieldset"
            | "legend"
            | "form"
            | "center"
    )
}

fn is_confluence_block(name: &str) -> bool {
    matches!(
        name,
        "ac:layout"
            | "ac:layout-section"
            | "ac:layout-cell"
            | "ac:rich-text-body"
            | "ac:plain-text-body"
            | "ac:task-list"
            | "ac:task"
            | "ac:task-body"
            | "ac:adf-extension"
            | "ac:adf-node"
            | "ac:adf-content"
            | "ac:adf-fallback"
            | "ac:caption"
    )
}

/// Elements whose text is configuration, template prompts or code of the page: never content.
pub(super) fn is_hidden(name: &str) -> bool {
    matches!(
        name,
        "ac:parameter"
            | "ac:default-parameter"
            | "ac:placeholder"
            | "ac:task-id"
            | "ac:task-uuid"
            | "ac:task-status"
            | "ac:adf-attribute"
            | "ac:adf-mark"
            | "ac:adf-parameter"
            | "colgroup"
            | "at:declarations"
            | "style"
            | "script"
            | "template"
            | "head"
    )
}

/// Whether a hidden element never holds the one that begins inside of it: then its end is missing, and what follows is no
/// longer hidden.
pub(super) fn cannot_hold(hidden: &str, name: &str) -> bool {
    match hidden {
        "ac:parameter" => matches!(name, "ac:rich-text-body" | "ac:plain-text-body" | "ac:parameter"),
        "ac:task-id" | "ac:task-uuid" | "ac:task-status" => name.starts_with("ac:task"),
        "ac:adf-attribute" => name != "ac:adf-parameter",
        "colgroup" => name != "col",
        "ac:placeholder" => is_block(name),
        _ => false,
    }
}

/// The level of a heading.
pub(super) fn heading_level(name: &str) -> Option<u8> {
    match name {
        "h1" => Some(1),
        "h2" => Some(2),
        "h3" => Some(3),
        "h4" => Some(4),
        "h5" => Some(5),
        "h6" => Some(6),
        _ => None,
    }
}

/// Macros that help to find one's way on the page and say nothing themselves.
pub(crate) fn is_navigation(name: &str) -> bool {
    matches!(name, "anchor" | "toc" | "floatmenu" | "livesearch" | "pagetreesearch")
}

/// Macros that show what Confluence finds when the page is opened: nothing of it is stored.
pub(crate) fn is_generated(name: &str) -> bool {
    matches!(
        name,
        "children"
            | "pagetree"
            | "attachments"
            | "gallery"
            | "recently-updated"
            | "contentbylabel"
            | "content-tree"
            | "detailssummary"
            | "tasks-report-macro"
            | "blog-posts"
            | "change-history"
            | "contributors"
            | "labels-list"
            | "listlabels"
            | "popular-labels"
            | "related-labels"
            | "space-attachments"
            | "index"
            | "create-from-template"
            | "navmap"
    )
}
