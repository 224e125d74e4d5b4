//! Which operation a path names, and the scope that it needs.

/// An implemented operation with the id in its path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operation<'a> {
    Spaces,
    Space(&'a str),
    PagesInSpace(&'a str),
    Pages,
    Page(&'a str),
    Ancestors(&'a str),
    DirectChildren(&'a str),
    Descendants(&'a str),
    Folder(&'a str),
    PageProperties(&'a str),
    PageLabels(&'a str),
    PageAttachments(&'a str),
    PageComments(&'a str),
    PageVersions(&'a str),
    BlogPosts,
    BlogPostsInSpace(&'a str),
    UsersBulk,
}

impl<'a> Operation<'a> {
    /// The operation of a path below `/wiki/api/v2/`.
    pub(super) fn of(path: &'a str) -> Option<Self> {
        let mut parts = path.split('/');
        let (collection, id, rest, end) = (parts.next()?, parts.next(), parts.next(), parts.next());
        Some(match (collection, id, rest, end) {
            ("spaces", None, None, None) => Self::Spaces,
            ("spaces", Some(id), None, None) => Self::Space(id),
            ("spaces", Some(id), Some("pages"), None) => Self::PagesInSpace(id),
            ("spaces", Some(id), Some("blogposts"), None) => Self::BlogPostsInSpace(id),
            ("pages", None, None, None) => Self::Pages,
            ("pages", Some(id), None, None) => Self::Page(id),
            ("pages" | "folders", Some(id), Some("ancestors"), None) => Self::Ancestors(id),
            ("pages" | "folders", Some(id), Some("direct-children"), None) => Self::DirectChildren(id),
            ("pages" | "folders", Some(id), Some("descendants"), None) => Self::Descendants(id),
            ("pages", Some(id), Some("properties"), None) => Self::PageProperties(id),
            ("pages", Some(id), Some("labels"), None) => Self::PageLabels(id),
            ("pages", Some(id), Some("attachments"), None) => Self::PageAttachments(id),
            ("pages", Some(id), Some("footer-comments" | "inline-comments"), None) => Self::PageComments(id),
            ("pages", Some(id), Some("versions"), None) => Self::PageVersions(id),
            ("folders", Some(id), None, None) => Self::Folder(id),
            ("blogposts", None, None, None) => Self::BlogPosts,
            ("users-bulk", None, None, None) => Self::UsersBulk,
            _ => return None,
        })
    }

    /// The granular scope that the OpenAPI document asks for.
    pub(super) fn scope(self) -> &'static str {
        match self {
            Self::Spaces | Self::Space(_) => "read:space:confluence",
            Self::PagesInSpace(_)
            | Self::Pages
            | Self::Page(_)
            | Self::PageProperties(_)
            | Self::PageLabels(_)
            | Self::PageVersions(_)
            | Self::BlogPosts
            | Self::BlogPostsInSpace(_) => "read:page:confluence",
            Self::Ancestors(_) => "read:content.metadata:confluence",
            Self::DirectChildren(_) | Self::Descendants(_) => "read:hierarchical-content:confluence",
            Self::Folder(_) => "read:folder:confluence",
            Self::PageAttachments(_) => "read:attachment:confluence",
            Self::PageComments(_) => "read:comment:confluence",
            Self::UsersBulk => "read:user:confluence",
        }
    }
}
