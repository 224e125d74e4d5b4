//! Sources: Markdown to storage format, titles, the corpora, the generator.

use std::collections::HashSet;

use confluence_sim::{SimError, Simulator, SpaceSource, check_well_formed};
use proptest::prelude::{prop_assert_eq, proptest};
use rstest::rstest;

use crate::support::shared;

async fn converted(files: Vec<(String, String)>, path: &str) -> (String, String) {
    let sim = Simulator::builder().space(SpaceSource::from_files("OPS", files).unwrap()).start().await.unwrap();
    let page = sim.control().pages("OPS").into_iter().find(|page| page.path == path).unwrap();
    (page.title, sim.control().storage(&page.id).unwrap())
}

async fn storage(markdown: &str) -> String {
    let files =
        vec![("a/page.md".to_owned(), markdown.to_owned()), ("a/other.md".to_owned(), "# Other & more\n".to_owned())];
    converted(files, "a/page.md").await.1
}

#[tokio::test]
async fn a_page_with_everything() {
    let markdown = include_str!("everything.md");
    let storage = storage(markdown).await;
    assert_eq!(check_well_formed(&storage), Ok(()));
    insta::assert_snapshot!(storage.replace("><", ">\n<"));
}

#[rstest]
#[case::inline("*a* **b** `c<d` ~~e~~", "<p><em>a</em> <strong>b</strong> <code>c&lt;d</code> <del>e</del></p>")]
#[case::page_link(
    "[see](other.md#part)",
    "<p><ac:link ac:anchor=\"part\"><ri:page ri:content-title=\"Other &amp; more\" />\
    <ac:link-body>see</ac:link-body></ac:link></p>"
)]
#[case::outside_link("[x](https://example.com/?a=1&b=2)", "<p><a href=\"https://example.com/?a=1&amp;b=2\">x</a></p>")]
#[case::mail("<a@example.com>", "<p><a href=\"mailto:a@example.com\">a@example.com</a></p>")]
#[case::broken_link("[x](gone.md)", "<p><a href=\"gone.md\">x</a></p>")]
#[case::picture(
    "![the plan](img/plan.png)",
    "<p><ac:image ac:alt=\"the plan\"><ri:attachment ri:filename=\"plan.png\" />\
    </ac:image></p>"
)]
#[case::far_picture(
    "![](https://example.com/a.png)",
    "<p><ac:image><ri:url ri:value=\"https://example.com/a.png\" />\
    </ac:image></p>"
)]
#[case::cdata_end(
    "```\na ]]> b\n```",
    "<ac:structured-macro ac:name=\"code\" ac:schema-version=\"1\"><ac:plain-text-body>\
    <![CDATA[a ]]]]><![CDATA[> b]]></ac:plain-text-body></ac:structured-macro>"
)]
#[case::placeholder("run <your-name> <b>now</b>", "<p>run &lt;your-name&gt; now</p>")]
#[case::mixed_list("- [ ] open\n- plain", "<ul><li>[ ] open</li><li>plain</li></ul>")]
#[case::control_character("a\u{8}b", "<p>ab</p>")]
#[case::ordered_from_three("3. c\n4. d", "<ol start=\"3\"><li>c</li><li>d</li></ol>")]
#[tokio::test]
async fn markdown(#[case] source: &str, #[case] expected: &str) {
    assert_eq!(storage(source).await, expected);
}

#[rstest]
#[case("---\ntitle: From the front\n---\n# Heading\n\ntext", "From the front", "<h1>Heading</h1><p>text</p>")]
#[case("---\ntitle: Same\n---\n# Same\n\ntext", "Same", "<p>text</p>")]
#[case("intro\n\n# The `heading`\n\ntext", "The heading", "<p>intro</p><p>text</p>")]
#[case("text only", "page", "<p>text only</p>")]
#[case("> # quoted\n\ntext", "page", "<blockquote><h1>quoted</h1></blockquote><p>text</p>")]
#[tokio::test]
async fn titles(#[case] source: &str, #[case] title: &str, #[case] body: &str) {
    let files = vec![("page.md".to_owned(), source.to_owned())];
    assert_eq!(converted(files, "page.md").await, (title.to_owned(), body.to_owned()));
}

#[tokio::test]
async fn titles_are_unique_in_a_space() {
    let files = [
        ("a/x.md", "# Same\n"),
        ("b/x.md", "# same\n"),
        ("b/y.md", "# Same\n"),
        ("index.md", "text"),
        ("c/index.md", "text"),
    ];
    let sim = Simulator::builder().space(SpaceSource::from_files("OPS", files).unwrap()).start().await.unwrap();
    let mut titles: Vec<(String, String)> =
        sim.control().pages("OPS").into_iter().map(|page| (page.path, page.title)).collect();
    titles.sort();
    let expected = [
        ("a/x.md", "Same"),
        ("b/x.md", "same (b)"),
        ("b/y.md", "Same (b/y.md)"),
        ("c/index.md", "c"),
        ("index.md", "index"),
    ];
    assert_eq!(titles, expected.map(|(path, title)| (path.to_owned(), title.to_owned())));
}

#[rstest]
#[case("handbook", 883)]
#[case("runbooks", 452)]
#[case("handbook-ja", 239)]
#[tokio::test]
async fn a_real_wiki_becomes_well_formed_pages(#[case] name: &str, #[case] pages: usize) {
    let Some(dir) = shared("corpora") else { return };
    let source = SpaceSource::from_dir("OPS", dir.join(name)).unwrap();
    assert_eq!(source.page_count(), pages);
    let sim = Simulator::builder().space(source).start().await.unwrap();
    assert_eq!(sim.page_count(), pages);
    let mut titles = HashSet::new();
    for page in sim.control().pages("OPS") {
        assert_eq!(check_well_formed(&sim.control().storage(&page.id).unwrap()), Ok(()), "{}", page.path);
        assert!(titles.insert(page.title.to_lowercase()), "{} twice", page.title);
    }
}

#[test]
fn whatever_is_written_is_well_formed() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    proptest!(|(source in "([-#*_`>|\\[\\]()!<&a-c\\n ]|\\]\\]>|~~~|<b>|</p>|&nbsp;|\\{\\{<|\\- \\[ \\] ){0,60}")| {
        let storage = runtime.block_on(storage(&source));
        prop_assert_eq!(check_well_formed(&storage), Ok(()), "{}", storage);
    });
}

#[tokio::test]
async fn generated_pages_are_the_same_for_one_seed() {
    let titles = async |seed| {
        let sim = Simulator::builder().generate("GEN", 400, seed).start().await.unwrap();
        sim.control().pages("GEN").into_iter().map(|page| (page.id, page.title)).collect::<Vec<_>>()
    };
    let (one, again, other) = (titles(1).await, titles(1).await, titles(2).await);
    assert_eq!(one.len(), 400);
    assert_eq!(one, again);
    assert_ne!(one, other);
    assert_eq!(one.iter().map(|(_, title)| title.to_lowercase()).collect::<HashSet<_>>().len(), 400);
    assert!(one.iter().all(|(_, title)| !title.contains(".md")), "no title needed its path");
}

#[tokio::test]
async fn what_cannot_start_says_why() {
    let missing = SpaceSource::from_dir("OPS", "/no/such/folder").unwrap_err();
    assert!(matches!(missing, SimError::ReadSource { .. }), "{missing}");
    let key = SpaceSource::from_files("O P", [("a.md", "")]).unwrap_err();
    assert!(matches!(key, SimError::SpaceKey(_)), "{key}");
    let file = SpaceSource::from_files("OPS", [("space.json", "[]")]).unwrap_err();
    assert!(matches!(file, SimError::SpaceFile { .. }), "{file}");
    let twice = Simulator::builder().generate("GEN", 1, 1).generate("GEN", 1, 1).start().await.unwrap_err();
    assert!(matches!(twice, SimError::DuplicateSpace(_)), "{twice}");
    let first = Simulator::builder().start().await.unwrap();
    let port = first.url().rsplit(':').next().unwrap().parse().unwrap();
    let taken = Simulator::builder().port(port).start().await.unwrap_err();
    assert!(matches!(taken, SimError::Bind { .. }), "{taken}");
}

#[tokio::test]
async fn a_folder_is_read_with_what_belongs_to_it() {
    let dir = tempfile::tempdir().unwrap();
    let write = |path: &str, bytes: &[u8]| {
        let path = dir.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    };
    write("index.md", b"# Home\n");
    write("team/notes.md", b"# Caf\xe9\n");
    write("team/raw.xml", b"<p>raw</p>");
    write("team/picture.png", b"\x89PNG");
    write(".git/config.md", b"# Hidden\n");
    write("space.json", br#"{"name": "Named", "homepage": "team/raw.xml"}"#);
    let source = SpaceSource::from_dir("OPS", dir.path()).unwrap();
    assert_eq!(source.page_count(), 3);
    let site = crate::support::Site::start(Simulator::builder().space(source)).await;
    let mut titles = site.get("/pages").await.each("title");
    titles.sort();
    assert_eq!(titles, ["Caf\u{fffd}", "Home", "raw"]);
    let space = site.get("/spaces").await.results().remove(0);
    assert_eq!(
        (space["name"].as_str(), space["homepageId"].as_str()),
        (Some("Named"), Some(site.page("team/raw.xml").as_str()))
    );
}
