#!/usr/bin/python3
"""A node that people send studies to: each that arrives is analysed once, and its result returned.

    node.py CONFIG.json [--until-idle SECONDS]

Follows the changes of an Orthanc server. A study that has not changed for a while (Orthanc's
StableAge) is queued; `neurovasc analyze` fetches it, analyses it and sends the result to the
destination, or a page with the reason where there is none. What was done is kept in the work
folder, so that the node may be ended and started at any time: a study is neither lost nor analysed
twice. When series are added to it later, it is analysed anew and the earlier result replaced.

Keys of CONFIG.json, and how to set the node up: docs/pacs.md. Research use only, not a medical
device. Logs hold no identity: a study is called by a hash.
"""
import argparse
import base64
import hashlib
import json
import os
import pathlib
import signal
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request

# How neurovasc ends (docs/exit-codes.md): with a result, or with a cause in the study itself, which
# another try does not change.
FINAL = {0, 3, 4, 5, 6, 7}
MOST_TRIES = 5  # of what may be different the next time: the network, the disk
DEFAULTS = {"neurovasc": "neurovasc", "arguments": [], "poll_s": 5, "timeout_s": 3600, "first_wait_s": 30,
            "user": "", "password_file": "", "ca": ""}
REQUIRED = ("orthanc_url", "source", "destination", "work")
OWN_MAKER = "The neurovasc authors"
OWN_DESCRIPTION = "RESEARCH "


class Stopped(Exception):
    """SIGTERM or SIGINT came."""


def log(text):
    print(time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), text, file=sys.stderr, flush=True)


def read_config(path):
    """The configuration, complete; relative paths are taken from its folder."""
    given = json.loads(path.read_text())
    unknown = sorted(set(given) - set(DEFAULTS) - set(REQUIRED))
    missing = [key for key in REQUIRED if not given.get(key)]
    if unknown or missing:
        sys.exit(f"{path.name}: no such key: {unknown}" if unknown
                 else f"{path.name}: these keys are missing: {missing}")
    config = {**DEFAULTS, **given}
    for key in ("source", "destination", "work", "password_file", "ca"):
        config[key] = str(path.parent / config[key]) if config[key] else ""
    return config


class Orthanc:
    """The part of Orthanc's REST interface that is needed."""

    def __init__(self, config):
        self.url = config["orthanc_url"].rstrip("/")
        self.headers = {}
        if config["user"]:
            password = pathlib.Path(config["password_file"]).read_text().splitlines()[0]
            word = base64.b64encode(f"{config['user']}:{password}".encode()).decode()
            self.headers["Authorization"] = "Basic " + word
        context = ssl.create_default_context(cafile=config["ca"] or None)
        # Patients do not go through a proxy because of an environment variable.
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}),
                                                  urllib.request.HTTPSHandler(context=context))

    def get(self, path):
        request = urllib.request.Request(self.url + path, headers=self.headers)
        with self.opener.open(request, timeout=60) as answer:
            return json.load(answer)

    def stable_studies(self, since):
        """Studies that became stable after change `since`, and the number of the last change."""
        studies = []
        while True:
            page = self.get(f"/changes?since={since}&limit=100")
            studies += [c["ID"] for c in page["Changes"] if c["ChangeType"] == "StableStudy"]
            since = page["Last"]
            if page["Done"]:
                return studies, since

    def study(self, identifier):
        """Study Instance UID and what there is of others' series; nothing where it is gone."""
        try:
            uid = self.get(f"/studies/{identifier}")["MainDicomTags"]["StudyInstanceUID"]
            series = self.get(f"/studies/{identifier}/series")
        except urllib.error.HTTPError as error:
            if error.code == 404:
                return None
            raise
        return uid, [s for s in series if not is_own(s["MainDicomTags"])]


def is_own(tags):
    return (tags.get("Manufacturer") == OWN_MAKER
            and tags.get("SeriesDescription", "").startswith(OWN_DESCRIPTION))


def signature(series):
    """Of what an analysis would see: another one means that something was added."""
    parts = sorted(f"{s['ID']}/{len(s['Instances'])}" for s in series)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


class State:
    """What was seen and done, on the disk before anything is done about it."""

    def __init__(self, folder):
        self.file = folder / "state.json"
        self.last_change = 0
        self.pending = {}  # Orthanc's identifier: {"tries": n, "not_before": time}
        self.done = {}  # Orthanc's identifier: signature
        if self.file.exists():
            self.__dict__.update(json.loads(self.file.read_text()))

    def save(self):
        aside = self.file.with_suffix(".partial")
        with open(aside, "w", opener=lambda p, flags: os.open(p, flags, 0o600)) as stream:
            json.dump({"last_change": self.last_change, "pending": self.pending,
                       "done": self.done}, stream)
            stream.flush()
            os.fsync(stream.fileno())
        aside.replace(self.file)


class Node:
    def __init__(self, config):
        self.config = config
        self.work = pathlib.Path(config["work"])
        self.work.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.state = State(self.work)
        self.orthanc = Orthanc(config)

    def look(self):
        """Queues what became stable since the last look; returns whether anything did."""
        studies, last = self.orthanc.stable_studies(self.state.last_change)
        for identifier in studies:
            self.state.pending.setdefault(identifier, {"tries": 0, "not_before": 0})
        if last != self.state.last_change:
            self.state.last_change = last
            self.state.save()
        return bool(studies)

    def work_off(self):
        """Does what is due; returns whether anything was."""
        now = time.time()
        due = [i for i, entry in self.state.pending.items() if entry["not_before"] <= now]
        for identifier in due:
            self.handle(identifier)
        return bool(due)

    def handle(self, identifier):
        name = hashlib.sha256(identifier.encode()).hexdigest()[:12]
        found = self.orthanc.study(identifier)
        mark = signature(found[1]) if found else None
        is_mr = found and any(s["MainDicomTags"].get("Modality") == "MR" for s in found[1])
        if not is_mr or self.state.done.get(identifier) == mark:
            self.finish(identifier, mark)
            return
        log(f"study {name}: begins")
        begin = time.time()
        code = self.run(found[0], self.work / "results" / f"{name}-{mark}")
        took = f"{time.time() - begin:.0f} s"
        if code in FINAL:
            log(f"study {name}: done, exit code {code}, {took}")
            self.finish(identifier, mark)
        else:
            self.postpone(identifier, mark, f"study {name}: exit code {code}, {took}")

    def finish(self, identifier, mark):
        del self.state.pending[identifier]
        self.state.done[identifier] = mark
        self.state.save()

    def postpone(self, identifier, mark, said):
        entry = self.state.pending[identifier]
        entry["tries"] += 1
        if entry["tries"] >= MOST_TRIES:
            log(f"{said}; given up after {entry['tries']} tries")
            self.finish(identifier, mark)
            return
        wait = self.config["first_wait_s"] * 2 ** (entry["tries"] - 1)
        entry["not_before"] = time.time() + wait
        log(f"{said}; again in {wait} s")
        self.state.save()

    def run(self, uid, result):
        """Analyses a study and returns the result, or only returns it where it is there already."""
        result.parent.mkdir(exist_ok=True)
        if result.exists():
            words = ["pacs", "send", str(result), "--pacs-config", self.config["destination"]]
        else:
            words = ["analyze", "--from-pacs", uid, "--pacs-config", self.config["source"],
                     "--to-pacs", "--to-pacs-config", self.config["destination"],
                     "--notify-failure", "--output", str(result), *self.config["arguments"]]
        words += ["--unreviewed", "--progress", "none"]
        with subprocess.Popen([self.config["neurovasc"], *words], stdout=subprocess.DEVNULL) as child:
            try:
                return child.wait(timeout=self.config["timeout_s"])
            except subprocess.TimeoutExpired:
                child.terminate()
                return child.wait()
            except Stopped:
                child.terminate()
                raise

    def serve(self, until_idle_s):
        idle_since = time.time()
        while True:
            try:
                busy = self.look()
                busy = self.work_off() or busy
            except OSError as error:  # URLError is one
                log(f"Orthanc does not answer ({error}); asking again")
                busy = False
            if busy:
                idle_since = time.time()
            elif until_idle_s is not None and time.time() - idle_since > until_idle_s:
                return
            time.sleep(self.config["poll_s"])


def stop(*_):
    raise Stopped


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("config", type=pathlib.Path)
    parser.add_argument("--until-idle", type=float, metavar="SECONDS",
                        help="end when nothing has happened for so long")
    arguments = parser.parse_args()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    try:
        Node(read_config(arguments.config)).serve(arguments.until_idle)
    except Stopped:
        log("stopped")


main()
