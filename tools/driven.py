"""The app in a window that a program drives (WebDriver), and what its processes take."""

import contextlib, json, os, pathlib, re, signal, socket, subprocess, sys, time, urllib.request


def call(url, body=None, method=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"}, method=method)
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)


def wait_for(what, look, patience=60, pause=0.05):
    end = time.monotonic() + patience
    while time.monotonic() < end:
        with contextlib.suppress(OSError, KeyError):
            if (found := look()) is not None:
                return found
        time.sleep(pause)
    sys.exit(f"error: {what}")


class App:
    """The app, started by a driver, or as a person starts it."""

    def __init__(self, bin, environment, driven):
        binary = bin / "coagentor-desktop"
        if not driven:
            self.process = subprocess.Popen([binary], env=environment, stdout=subprocess.DEVNULL, start_new_session=True)
            self.id = self.process.pid
            return
        port = free_port()
        env = environment | {"TAURI_WEBVIEW_AUTOMATION": "true"}
        driver = ["WebKitWebDriver", "--host=127.0.0.1", f"--port={port}"]
        self.process = subprocess.Popen(driver, env=env, stdout=subprocess.DEVNULL, start_new_session=True)
        options = {"webkitgtk:browserOptions": {"binary": str(binary), "args": []}}
        wanted = {"capabilities": {"alwaysMatch": options}}
        session = wait_for("no session", lambda: call(f"http://127.0.0.1:{port}/session", wanted))
        self.address = f"http://127.0.0.1:{port}/session/{session['value']['sessionId']}"
        self.id = next(child for child in children(self.process.pid) if "coagentor" in name(child))

    def script(self, body, *arguments, kind="sync"):
        """What a script in the page returns; of kind `async`, what it gives to the function that is its last argument."""
        return call(f"{self.address}/execute/{kind}", {"script": body, "args": arguments})["value"]

    def wait_for_script(self, what, body, patience=60, pause=0.05):
        return wait_for(what, lambda: self.script(body), patience, pause)

    def end(self):
        for id in [*family(self.id), self.process.pid]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(id, signal.SIGTERM)
        self.process.wait()
        wait_for("the app does not end", lambda: True if not pathlib.Path(f"/proc/{self.id}").exists() else None)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def name(id):
    return pathlib.Path(f"/proc/{id}/comm").read_text().strip()


def children(id):
    found = []
    for task in pathlib.Path(f"/proc/{id}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            found += map(int, task.read_text().split())
    return found


def family(id):
    return [id, *(other for child in children(id) for other in family(child))]


def stat(id):
    return pathlib.Path(f"/proc/{id}/stat").read_text().rpartition(")")[2].split()


def started_at(id):
    """When a process started, in milliseconds since 1970."""
    boot = time.time() - float(pathlib.Path("/proc/uptime").read_text().split()[0])
    return (boot + int(stat(id)[19]) / os.sysconf("SC_CLK_TCK")) * 1000


def processor_seconds(ids):
    return sum(sum(map(int, stat(id)[11:13])) for id in ids) / os.sysconf("SC_CLK_TCK")


def memory(id, kind):
    text = pathlib.Path(f"/proc/{id}/smaps_rollup").read_text()
    return int(re.search(rf"^{kind}:\s+(\d+)", text, re.M)[1]) / 1024
