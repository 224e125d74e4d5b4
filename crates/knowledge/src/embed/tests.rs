use std::{env, fs, path::PathBuf, sync::OnceLock};

use rstest::rstest;

use super::*;
use crate::split::CountTokens;

/// Where setup put the model; none on a machine without it.
fn installed() -> Option<PathBuf> {
    let below = |key: &str, rest: &str| env::var_os(key).map(|folder| PathBuf::from(folder).join(rest));
    let folder = below("COAGENTOR_MODEL_DIR", "")
        .or_else(|| below("COAGENTOR_CACHE", "model"))
        .or_else(|| below("XDG_CACHE_HOME", "coagentor/model"))
        .or_else(|| below("HOME", ".cache/coagentor/model"))?;
    let found = folder.join(manifest::FILE).exists();
    if !found {
        println!("skipped: no embedding model in `{}`", folder.display());
    }
    found.then_some(folder)
}

/// The installed model's own counter.
pub(crate) fn installed_counter() -> Option<TokenCounter> {
    static COUNTER: OnceLock<Option<TokenCounter>> = OnceLock::new();
    let read = || TokenCounter::from_json(&fs::read(installed()?.join(manifest::TOKENIZER)).unwrap()).ok();
    COUNTER.get_or_init(read).clone()
}

fn open() -> Option<Embedder> {
    let options = EmbedderOptions { sessions: 2, check_hashes: false };
    installed().map(|folder| Embedder::open(&folder, options).unwrap())
}

fn cosine(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// A model folder of three tiny files, each pinned.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    // SHA-256 of "abc", the first test vector of FIPS 180-2.
    let facts =
        FileFacts { sha256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad".to_owned(), bytes: 3 };
    let names = [manifest::MODEL, manifest::TOKENIZER, "runtime.so"];
    let manifest = Manifest {
        name: "tiny".to_owned(),
        revision: "1".to_owned(),
        dimension: 4,
        max_tokens: 8,
        runtime: "runtime.so".to_owned(),
        files: names.iter().map(|name| ((*name).to_owned(), facts.clone())).collect(),
    };
    for name in names {
        fs::write(folder.path().join(name), "abc").unwrap();
    }
    fs::write(folder.path().join(manifest::FILE), serde_json::to_vec(&manifest).unwrap()).unwrap();
    folder
}

#[rstest]
#[case::no_manifest("manifest.json", None, "the embedding model is missing: no `manifest.json`")]
#[case::no_model("model.onnx", None, "the embedding model is missing: no `model.onnx`")]
#[case::no_runtime("runtime.so", None, "the embedding runtime is missing: no `runtime.so`")]
#[case::cut_short("model.onnx", Some("ab"), "`model.onnx` is damaged: it has 2 bytes, expected 3")]
#[case::other("runtime.so", Some("abd"), "`runtime.so` is damaged: its SHA-256 is another than the manifest's")]
#[case::no_json("manifest.json", Some("{"), "`manifest.json` is not a model manifest")]
#[case::whole("model.onnx", Some("abc"), "`tokenizer.json` is not a tokenizer")]
fn a_folder_that_is_not_a_model_says_why(#[case] file: &str, #[case] content: Option<&str>, #[case] expected: &str) {
    let folder = folder();
    let path = folder.path().join(file);
    match content {
        Some(content) => fs::write(&path, content).unwrap(),
        None => fs::remove_file(&path).unwrap(),
    }
    let error = Embedder::open(folder.path(), EmbedderOptions::default()).unwrap_err();
    let said = error.to_string().replace(&format!("{}/", folder.path().display()), "");
    assert_eq!(said, expected);
    assert_eq!(error.hint().is_some(), expected.contains("missing") || expected.contains("damaged"));
}

#[test]
fn a_manifest_must_list_what_is_loaded() {
    let folder = folder();
    let mut manifest = Manifest::read(folder.path()).unwrap();
    manifest.files.remove("runtime.so");
    let error = manifest.check(folder.path(), true).unwrap_err();
    assert!(error.to_string().ends_with("is damaged: it does not list `runtime.so`"), "{error}");
}

#[test]
fn the_hashed_embedder_keeps_the_order_of_texts() {
    let embedder = Embedder::hashed();
    let texts = ["one".to_owned(), "two three".to_owned()];
    let vectors = embedder.embed_passages(&texts).unwrap();
    assert_eq!(vectors.len(), 2);
    for (text, vector) in texts.iter().zip(vectors) {
        assert_eq!(vector.len(), embedder.dimension());
        assert_eq!(vector, embedder.embed_query(text).unwrap());
    }
}

#[test]
fn the_model_ranks_by_meaning_and_keeps_order() {
    let Some(embedder) = open() else { return };
    let texts: Vec<String> = [
        "The signing key is renewed every ninety days; afterwards restart the gateway.",
        "The cafeteria serves soup on Fridays.",
        "",
        &"The signing key is renewed. ".repeat(200),
        "署名鍵を更新します。",
    ]
    .map(str::to_owned)
    .to_vec();
    let vectors = embedder.embed_passages(&texts).unwrap();
    assert_eq!(vectors.len(), texts.len());
    for (text, vector) in texts.iter().zip(&vectors) {
        assert_eq!(vector.len(), embedder.dimension());
        assert!((cosine(vector, vector) - 1.0).abs() < 1e-5);
        assert!(cosine(vector, &embedder.embed_query(text).unwrap()) > 0.99999, "a query is embedded as a passage is");
    }
    let query = embedder.embed_query("How often do we rotate certificates?").unwrap();
    assert!(cosine(&query, &vectors[0]) > cosine(&query, &vectors[1]) + 0.2);
}

#[test]
fn queries_are_answered_while_passages_wait() {
    let Some(embedder) = open() else { return };
    let texts: Vec<String> = (0..60).map(|n| format!("passage {n}: {}", "word ".repeat(150))).collect();
    let (query, left) = std::thread::scope(|scope| {
        let (sender, done) = std::sync::mpsc::channel();
        let (embedder, texts) = (&embedder, &texts);
        scope.spawn(move || sender.send(embedder.embed_passages(texts).map(|vectors| vectors.len())).unwrap());
        std::thread::sleep(std::time::Duration::from_millis(50));
        let query = embedder.embed_query("which passage?");
        (query, done.try_recv().err().map(|_| done.recv().unwrap()))
    });
    assert_eq!(query.unwrap().len(), embedder.dimension());
    assert_eq!(left.expect("passages were still queued when the query was answered").unwrap(), 60);
}

#[test]
fn two_embedders_share_one_runtime() {
    let (Some(one), Some(two)) = (open(), open()) else { return };
    drop(one);
    assert_eq!(two.embed_query("still there").unwrap().len(), two.dimension());
}

#[test]
fn the_counter_counts_past_the_models_limit() {
    let Some(counter) = installed_counter() else { return };
    assert_eq!(counter.tokens(&"word ".repeat(1000)).len(), 1000);
    let text = "Übergröße der Zertifikate: 証明書";
    for token in counter.tokens(text) {
        assert!(text.get(token.clone()).is_some_and(|token| !token.trim().is_empty()), "{token:?} of {text}");
    }
}
