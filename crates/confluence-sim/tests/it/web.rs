//! The site in a browser.

use confluence_sim::{SiteSource, SpaceSource};

use crate::support::{Site, small};

#[tokio::test]
async fn every_link_of_a_page_opens() {
    let site = Site::small().await;
    for page in site.get("/pages").await.results() {
        let open = async |link: &str| site.open(&format!("/wiki{}", page["_links"][link].as_str().unwrap())).await;
        let web = open("webui").await;
        assert_eq!(web.status, 200);
        assert!(web.text.contains(&format!("<h1>{}</h1>", page["title"].as_str().unwrap())));
        assert!(web.header("content-security-policy").starts_with("default-src 'none'"));
        let tiny = open("tinyui").await;
        assert_eq!(tiny.status, 302);
        let webui = page["_links"]["webui"].as_str().unwrap();
        assert_eq!(tiny.header("location"), format!("{}/wiki{webui}", site.sim.url()));
    }
}

#[tokio::test]
async fn headings_carry_the_anchors_of_the_new_editor() {
    let site = Site::small().await;
    let page = site.page("runbooks/restart.md");
    let web = site.open(&format!("/wiki/spaces/OPS/pages/{page}")).await;
    assert!(web.text.contains("<h2 id=\"Steps\">") && web.text.contains("<h2 id=\"Steps.1\">"), "{}", web.text);
}

#[tokio::test]
async fn a_page_cannot_smuggle_markup_into_the_browser() {
    let site = Site::small().await;
    let storage =
        "<p onclick=\"x()\"><script>alert(1)</script><a href=\"javascript:x\">y</a><iframe src=\"x\"></iframe></p>";
    let page = site.sim.control().add_page("OPS", None, "<img src=x onerror=y>", storage).unwrap();
    let web = site.open(&format!("/wiki/spaces/OPS/pages/{page}")).await;
    for bad in ["<script", "onclick", "javascript:", "<iframe", "<img"] {
        assert!(!web.text.contains(bad), "{bad} in {}", web.text);
    }
}

#[tokio::test]
async fn home_overview_and_what_is_missing() {
    let site = Site::small().await;
    let hidden = site.page("policies.xml");
    site.sim.control().restrict(&hidden, true).unwrap();
    for (path, status) in [
        ("/wiki".to_owned(), 200),
        ("/wiki/spaces/OPS".to_owned(), 200),
        ("/wiki/spaces/OPS/overview".to_owned(), 200),
        ("/wiki/spaces/NONE/overview".to_owned(), 404),
        (format!("/wiki/spaces/OPS/pages/{hidden}"), 404),
        ("/wiki/spaces/OPS/pages/1".to_owned(), 404),
        ("/x/none".to_owned(), 404),
    ] {
        assert_eq!(site.open(&path).await.status, status, "{path}");
    }
}

#[tokio::test]
async fn links_of_another_site_open_too_and_an_address_can_be_set() {
    let source = SpaceSource::from_files("TWO", [("a.md", "# Second\n")]).unwrap();
    let site = Site::start(small().site_url("https://acme.example/").site(SiteSource::new("two").space(source))).await;
    assert_eq!(site.get("/pages").await.json()["_links"]["base"], "https://acme.example/wiki");
    assert_eq!(site.sim.sites()[0].url, "https://acme.example");
    let control = site.sim.control().site("two").unwrap();
    let page = control.find_page("TWO", "Second").unwrap();
    assert_eq!(site.open(&format!("/site/two/wiki/spaces/TWO/pages/{}", page.id)).await.status, 200);
    assert_eq!(site.open("/site/two/wiki").await.status, 200);
    assert_eq!(site.open("/site/none/wiki").await.status, 404);
}

/// A link to a heading names the anchor that the heading has here, not the slug that was written.
#[tokio::test]
async fn links_to_headings_arrive() {
    let files = [
        ("a.md", "See [below](#how-it-works) and [there](b.md#when-things-fail).\n\n## How it works\n\nWell.\n"),
        ("b.md", "# B\n\n## When things fail\n"),
    ];
    let site =
        Site::start(confluence_sim::Simulator::builder().space(SpaceSource::from_files("OPS", files).unwrap())).await;
    let (a, b) = (site.page("a.md"), site.page("b.md"));
    let (from, to) = (
        site.open(&format!("/wiki/spaces/OPS/pages/{a}")).await,
        site.open(&format!("/wiki/spaces/OPS/pages/{b}")).await,
    );
    assert!(from.text.contains("href=\"#How-it-works\"") && from.text.contains("id=\"How-it-works\""), "{}", from.text);
    assert!(
        from.text.contains("/B#When-things-fail\"") && to.text.contains("id=\"When-things-fail\""),
        "{}",
        from.text
    );
}
