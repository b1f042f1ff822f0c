"""A web service that hands out a series' instances some at a time, as archives with a limit do.

    paged_service.py PORT INSTANCES AT_A_TIME

With 0 at a time it does not know "offset" and gives all of them always.
"""
import json
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlparse

PORT, INSTANCES, AT_A_TIME = map(int, sys.argv[1:])


def instance(n):
    return {"00080018": {"vr": "UI", "Value": [f"1.2.3.{n + 1}"]}}


class Service(BaseHTTPRequestHandler):
    def do_GET(self):
        offset = int(parse_qs(urlparse(self.path).query).get("offset", ["0"])[0])
        wanted = range(offset, min(INSTANCES, offset + AT_A_TIME)) if AT_A_TIME else range(INSTANCES)
        body = json.dumps([instance(n) for n in wanted]).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/dicom+json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


HTTPServer(("127.0.0.1", PORT), Service).serve_forever()
