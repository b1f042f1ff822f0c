"""A web service that hands out a series' instances some at a time, as archives with a limit do.

    paged_service.py PORT INSTANCES AT_A_TIME

With 0 at a time it does not know "offset" and gives all of them always; with a negative number neither, and it gives
so many and says that there are more. Of series it refuses every query that names fields. Below /absent there is nothing.
"""
import json
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlparse

PORT, INSTANCES, AT_A_TIME = map(int, sys.argv[1:])
SERIES = {
    "0020000E": {"vr": "UI", "Value": ["1.2.3"]},
    "00080060": {"vr": "CS", "Value": ["MR"]},
    "00180050": {"vr": "DS", "Value": [0.6]},
}


def instance(n):
    return {"00080018": {"vr": "UI", "Value": [f"1.2.3.{n + 1}"]}}


def wanted(offset):
    if AT_A_TIME > 0:
        return range(offset, min(INSTANCES, offset + AT_A_TIME))
    return range(-AT_A_TIME or INSTANCES)


class Service(BaseHTTPRequestHandler):
    def do_GET(self):
        url = urlparse(self.path)
        query = parse_qs(url.query)
        if url.path.startswith("/absent"):
            return self.answer(404, [])
        if url.path.endswith("/series"):
            return self.answer(400, []) if "includefield" in query else self.answer(200, [SERIES])
        self.answer(200, [instance(n) for n in wanted(int(query.get("offset", ["0"])[0]))])

    def answer(self, status, datasets):
        body = json.dumps(datasets).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/dicom+json")
        if AT_A_TIME < 0:
            more = INSTANCES + AT_A_TIME
            self.send_header("Warning", f"299 PAGED: There are {more} additional results that can be requested")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


HTTPServer(("127.0.0.1", PORT), Service).serve_forever()
