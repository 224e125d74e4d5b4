//! Storage format written of a tree, with the words that a reader will see of it.

/// What flows in a line.
#[derive(Debug, Clone)]
pub(super) enum Inline {
    Word,
    CommentedInside,
    Entity,
    Mark(&'static str, Vec<Inline>),
    Status,
    Jira,
    PageLink,
    LinkWithBody(Vec<Inline>),
    LinkWithPlainBody,
    AttachmentLink,
    Address(Vec<Inline>),
    Card,
    Person,
    Picture,
    Emoji,
    Date,
    Break,
    Placeholder,
    Anchor,
    Code,
}

/// What begins and ends a line.
#[derive(Debug, Clone)]
pub(super) enum Block {
    Paragraph(Vec<Inline>),
    Heading(u8, Vec<Inline>),
    List(&'static str, Vec<Vec<Block>>),
    Tasks(Vec<Vec<Block>>),
    Verbatim(&'static str),
    SplitCode,
    Table(Vec<(Vec<Block>, Vec<Block>)>),
    Box(&'static str, Vec<Block>),
    Titled(&'static str, Vec<Block>),
    Foreign(Vec<Block>),
    Properties(Vec<(Vec<Inline>, Vec<Inline>)>),
    Node(Vec<Block>),
    Decisions(Vec<Vec<Inline>>),
    Layout(Vec<Vec<Block>>),
    Columns(Vec<Vec<Block>>),
    Quote(Vec<Block>),
    Include(&'static str),
    Generated(&'static str),
    CaptionedPicture(Vec<Inline>),
    Rule,
}

/// Markup in the making, and the words that a reader will see.
#[derive(Default)]
pub(super) struct Writer {
    pub(super) markup: String,
    pub(super) seen: Vec<String>,
    hidden: usize,
}

impl Writer {
    fn put(&mut self, markup: &str) {
        self.markup.push_str(markup);
    }

    fn see(&mut self) -> String {
        let word = format!("w{}", self.seen.len());
        self.seen.push(word.clone());
        word
    }

    fn hide(&mut self) -> String {
        self.hidden += 1;
        format!("h{}", self.hidden)
    }

    fn parameter(&mut self, name: &str) {
        let hidden = self.hide();
        self.put(&format!(r#"<ac:parameter ac:name="{name}">{hidden}</ac:parameter>"#));
    }

    fn title(&mut self) {
        let word = self.see();
        self.put(&format!(r#"<ac:parameter ac:name="title">{word}</ac:parameter>"#));
    }

    fn begin(&mut self, name: &str) {
        let hidden = self.hide();
        self.put(&format!(r#"<ac:structured-macro ac:name="{name}" ac:macro-id="{hidden}">"#));
    }

    fn end(&mut self) {
        self.put("</ac:structured-macro>");
    }

    fn within(&mut self, tag: &str, write: impl FnOnce(&mut Self)) {
        let local_id = self.hide();
        self.put(&format!(r#"<{tag} local-id="{local_id}">"#));
        write(self);
        self.put(&format!("</{tag}>"));
    }

    fn line(&mut self, line: &[Inline]) {
        for inline in line {
            self.inline(inline);
        }
    }

    fn inline(&mut self, inline: &Inline) {
        match inline {
            Inline::Word => {
                let word = self.see();
                self.put(&format!(" {word}, "));
            }
            Inline::CommentedInside => {
                let word = self.see();
                let (start, rest) = word.split_at(1);
                self.put(&format!(
                    r#" {start}<ac:inline-comment-marker ac:ref="r">{rest}</ac:inline-comment-marker> "#
                ));
            }
            Inline::Entity => {
                let word = self.see();
                self.put(&format!("&nbsp;{}&shy;{}&amp;&#8212; ", &word[..1], &word[1..]));
            }
            Inline::Mark(tag, inner) => {
                self.put(&format!("<{tag}>"));
                self.line(inner);
                self.put(&format!("</{tag}>"));
            }
            Inline::Status => self.macro_of("status", "colour", "title"),
            Inline::Jira => self.macro_of("jira", "serverId", "key"),
            Inline::PageLink => {
                let (word, space) = (self.see(), self.hide());
                self.put(&format!(
                    r#"<ac:link ac:anchor="x"><ri:page ri:content-title="{word}" ri:space-key="{space}"/></ac:link>"#
                ));
            }
            Inline::LinkWithBody(body) => {
                let title = self.hide();
                self.put(&format!(r#" <ac:link><ri:page ri:content-title="{title}"/><ac:link-body>"#));
                self.line(body);
                let word = self.see();
                self.put(&format!("{word}</ac:link-body></ac:link> "));
            }
            Inline::LinkWithPlainBody => {
                let (title, word) = (self.hide(), self.see());
                self.put(&format!(r#" <ac:link><ri:attachment ri:filename="{title}"/><ac:plain-text-link-body><![CDATA[{word} > &amp;]]></ac:plain-text-link-body></ac:link> "#));
            }
            Inline::AttachmentLink => {
                let (word, title) = (self.see(), self.hide());
                self.put(&format!(r#"<ac:link><ri:attachment ri:filename="{word}.pdf"><ri:page ri:content-title="{title}"/></ri:attachment></ac:link>"#));
            }
            Inline::Address(body) => {
                let address = self.hide();
                self.put(&format!(r#" <a href="https://example.net/{address}">"#));
                self.line(body);
                self.put("</a> ");
            }
            Inline::Card => {
                let word = self.see();
                self.put(&format!(r#" <a href="https://example.net/{word}" data-card-appearance="inline">https://example.net/{word}</a> "#));
            }
            Inline::Person => {
                let account = self.hide();
                self.put(&format!(r#"<ac:link><ri:user ri:account-id="{account}"/></ac:link>"#));
            }
            Inline::Picture => {
                let (word, file) = (self.see(), self.hide());
                self.put(&format!(r#"<ac:image ac:alt="{word}"><ri:attachment ri:filename="{file}.png"/></ac:image>"#));
            }
            Inline::Emoji => self.put(r#"<ac:emoticon ac:name="h0" ac:emoji-id="h0" ac:emoji-fallback="🚀"/>"#),
            Inline::Date => self.put(r#"<time datetime="2026-01-02"/>"#),
            Inline::Break => self.put("<br/>"),
            Inline::Placeholder => {
                let hidden = self.hide();
                self.put(&format!(r#"<ac:placeholder ac:type="mention">{hidden}</ac:placeholder>"#));
            }
            Inline::Anchor => {
                self.begin("anchor");
                self.parameter("");
                self.end();
            }
            Inline::Code => {
                let word = self.see();
                self.put(&format!(" <code><![CDATA[{word} < &lt;]]></code> "));
            }
        }
    }

    fn macro_of(&mut self, name: &str, hidden: &str, seen: &str) {
        self.begin(name);
        self.parameter(hidden);
        let word = self.see();
        self.put(&format!(r#"<ac:parameter ac:name="{seen}">{word}</ac:parameter>"#));
        self.end();
    }

    pub(super) fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn body(&mut self, blocks: &[Block]) {
        self.within("ac:rich-text-body", |writer| writer.blocks(blocks));
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Paragraph(line) => self.within("p", |writer| writer.line(line)),
            Block::Heading(level, line) => self.within(&format!("h{level}"), |writer| writer.line(line)),
            Block::List(tag, items) => self.within(tag, |writer| {
                for item in items {
                    writer.within("li", |writer| writer.blocks(item));
                }
            }),
            Block::Tasks(tasks) => self.within("ac:task-list", |writer| {
                for task in tasks {
                    writer.task(task);
                }
            }),
            Block::Verbatim(name) => {
                self.begin(name);
                self.parameter("theme");
                let word = self.see();
                self.put(&format!("<ac:plain-text-body><![CDATA[if a<{word} && b> c]]></ac:plain-text-body>"));
                self.end();
            }
            Block::SplitCode => {
                self.begin("code");
                self.title();
                let (one, two) = (self.see(), self.see());
                self.put(&format!("<ac:plain-text-body><![CDATA[{one}]]]]><![CDATA[>{two}]]></ac:plain-text-body>"));
                self.end();
            }
            Block::Table(rows) => self.table(rows),
            Block::Box(name, blocks) => {
                self.begin(name);
                self.parameter("icon");
                self.body(blocks);
                self.end();
            }
            Block::Titled(name, blocks) => {
                self.begin(name);
                self.title();
                self.body(blocks);
                self.end();
            }
            Block::Foreign(blocks) => {
                self.begin("vendor-tabs");
                self.parameter("fullName");
                self.body(blocks);
                self.end();
            }
            Block::Properties(rows) => self.properties(rows),
            Block::Node(blocks) => self.node(blocks),
            Block::Decisions(lines) => self.decisions(lines),
            Block::Layout(cells) => self.within("ac:layout", |writer| {
                writer.within("ac:layout-section", |writer| {
                    for cell in cells {
                        writer.within("ac:layout-cell", |writer| writer.blocks(cell));
                    }
                });
            }),
            Block::Columns(columns) => {
                self.begin("section");
                self.within("ac:rich-text-body", |writer| {
                    for column in columns {
                        writer.block(&Block::Box("column", column.clone()));
                    }
                });
                self.end();
            }
            Block::Quote(blocks) => self.within("blockquote", |writer| writer.blocks(blocks)),
            Block::Include(name) => {
                self.begin(name);
                let word = self.see();
                self.put(&format!(
                    r#"<ac:parameter ac:name=""><ac:link><ri:page ri:content-title="{word}"/></ac:link></ac:parameter>"#
                ));
                self.parameter("nopanel");
                self.end();
            }
            Block::Generated(name) => {
                self.begin(name);
                self.parameter("maxLevel");
                self.end();
            }
            Block::CaptionedPicture(line) => {
                let word = self.see();
                self.put(&format!(
                    r#"<ac:image><ri:url ri:value="https://example.net/{word}.png?v=2"/><ac:caption><p>"#
                ));
                self.line(line);
                self.put("</p></ac:caption></ac:image>");
            }
            Block::Rule => self.put("<hr/>"),
        }
    }

    fn task(&mut self, blocks: &[Block]) {
        let (id, uuid) = (self.hide(), self.hide());
        self.put(&format!("<ac:task><ac:task-id>{id}</ac:task-id><ac:task-uuid>{uuid}</ac:task-uuid><ac:task-status>complete</ac:task-status>"));
        self.within("ac:task-body", |writer| writer.blocks(blocks));
        self.put("</ac:task>");
    }

    fn table(&mut self, rows: &[(Vec<Block>, Vec<Block>)]) {
        self.within("table", |writer| {
            writer.put("<colgroup><col/><col/></colgroup><tbody>");
            for (head, cell) in rows {
                writer.put("<tr>");
                writer.within("th", |writer| writer.blocks(head));
                writer.within("td", |writer| writer.blocks(cell));
                writer.put("</tr>");
            }
            writer.put("</tbody>");
        });
    }

    fn properties(&mut self, rows: &[(Vec<Inline>, Vec<Inline>)]) {
        self.begin("details");
        self.parameter("id");
        self.put("<ac:rich-text-body><table>");
        for (key, value) in rows {
            self.put("<tr><th>");
            self.line(key);
            self.put("</th><td>");
            self.line(value);
            self.put("</td></tr>");
        }
        self.put("</table></ac:rich-text-body>");
        self.end();
    }

    /// A node of the new editor, with the fallback that says all of it again.
    fn node(&mut self, blocks: &[Block]) {
        let kind = self.hide();
        self.put(&format!(r#"<ac:adf-extension><ac:adf-node type="panel"><ac:adf-attribute key="panel-type">{kind}</ac:adf-attribute><ac:adf-content>"#));
        let from = self.markup.len();
        let word = self.see();
        self.put(&format!("<p>{word}</p>"));
        self.blocks(blocks);
        let again = self.markup[from..].to_owned();
        self.put("</ac:adf-content></ac:adf-node><ac:adf-fallback>");
        self.put(&again);
        self.put("</ac:adf-fallback></ac:adf-extension>");
    }

    fn decisions(&mut self, lines: &[Vec<Inline>]) {
        self.put(r#"<ac:adf-extension><ac:adf-node type="decision-list">"#);
        for line in lines {
            self.put(r#"<ac:adf-node type="decision-item"><ac:adf-attribute key="state">DECIDED</ac:adf-attribute><ac:adf-content>"#);
            self.line(line);
            self.put("</ac:adf-content></ac:adf-node>");
        }
        self.put("</ac:adf-node></ac:adf-extension>");
    }
}
