"""A Hugging Face hub on loopback that misbehaves as asked: python3 weights_hub.py FOLDER PORT_FILE LOG.

FOLDER/ORG/NAME/FILE are its models. What it does is read from FOLDER/behave at each request, words by spaces:
  redirect        contents lie at another host (localhost instead of 127.0.0.1), the hub sends there
  break=N         a content's connection ends after N bytes
  norange         ranges are ignored
  lie=length      Content-Length of contents is one too many; lie=hash: the list gives another hash; lie=linked: the file does
  status=N        every answer is that; fail=N the first N answers are 503; retry=TEXT their Retry-After
  nofiles         the list says neither sizes nor hashes
  token=T         without that token 401, with another 403
  slow            a content comes in pieces, with a little time between them
LOG gets a line a request: method, host, path, range, whether a token came, bytes of content sent.
"""
import hashlib
import http.server
import json
import os
import sys
import threading
import time
from urllib.parse import unquote

root, port_file, log_file = sys.argv[1:4]
COMMIT = "c" * 40
lock = threading.Lock()
failed = 0


def behaviour():
    try:
        with open(os.path.join(root, "behave")) as f:
            words = f.read().split()
    except OSError:
        words = []
    return dict(w.split("=", 1) if "=" in w else (w, "1") for w in words)


def digest(path, data):
    if path.endswith(".safetensors"):
        return hashlib.sha256(data).hexdigest()
    return hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()


class Hub(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *words):
        pass

    def note(self, sent=0):
        with lock, open(log_file, "a") as f:
            f.write("%s %s %s range=%s token=%s sent=%d\n" % (self.command, self.headers["Host"].split(":")[0], self.path,
                    self.headers.get("Range", ""), "yes" if "Authorization" in self.headers else "no", sent))

    def short(self, status, headers=(), body=b""):
        self.note()
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def do_HEAD(self):
        self.do_GET()

    def do_GET(self):
        global failed
        b = behaviour()
        parts = unquote(self.path.split("?")[0]).strip("/").split("/")
        if parts[0] == "cdn":
            return self.content(b, os.path.join(root, *parts[1:]))
        if "status" in b:
            return self.short(int(b["status"]), [("Retry-After", b["retry"])] if "retry" in b else [], b"{}")
        with lock:
            failed += 1
            is_failing = failed <= int(b.get("fail", "0"))
        if is_failing:
            return self.short(503, [("Retry-After", b["retry"])] if "retry" in b else [])
        if "token" in b:
            given = self.headers.get("Authorization")
            if given != "Bearer " + b["token"]:
                return self.short(401 if given is None else 403)
        if parts[:2] == ["api", "models"]:
            return self.listing(b, "/".join(parts[2:4]), "/".join(parts[5:]))
        repo, name = "/".join(parts[:2]), parts[-1]
        path = os.path.join(root, repo, name)
        if parts[2] != "resolve" or parts[3] != COMMIT or not os.path.isfile(path):
            return self.short(404, [("X-Error-Code", "EntryNotFound")])
        with open(path, "rb") as f:
            data = f.read()
        tag = "0" * 64 if b.get("lie") == "linked" else digest(path, data)
        known = [("X-Repo-Commit", COMMIT), ("X-Linked-Size", str(len(data))), ("X-Linked-ETag", '"%s"' % tag)]
        if "redirect" in b and name.endswith(".safetensors"):
            port = self.server.server_address[1]
            return self.short(302, known + [("Location", "http://localhost:%d/cdn/%s/%s" % (port, repo, name))])
        if not name.endswith(".safetensors"):
            known = [known[0], ("ETag", '"%s"' % tag)]
        self.content(b, path, known)

    def listing(self, b, repo, revision):
        folder = os.path.join(root, repo)
        if not os.path.isdir(folder):
            return self.short(404, [("X-Error-Code", "RepoNotFound")])
        if revision not in ("main", COMMIT):
            return self.short(404, [("X-Error-Code", "RevisionNotFound")])
        siblings = []
        for name in sorted(os.listdir(folder)):
            with open(os.path.join(folder, name), "rb") as f:
                data = f.read()
            entry = {"rfilename": name}
            if "nofiles" not in b:
                entry["size"] = len(data)
                entry["blobId"] = digest("", data)
                if name.endswith(".safetensors"):
                    sha = digest(name, data) if b.get("lie") != "hash" else "f" * 64
                    entry["lfs"] = {"sha256": sha, "size": len(data), "pointerSize": 134}
            siblings.append(entry)
        siblings += [{"rfilename": "original/consolidated.safetensors", "size": 1 << 40}, {"rfilename": "../../evil.json", "size": 1}]
        body = json.dumps({"id": repo, "sha": COMMIT, "siblings": siblings, "cardData": {"license": "apache-2.0"}}).encode()
        self.short(200, [("Content-Type", "application/json")], body)

    def content(self, b, path, headers=()):
        with open(path, "rb") as f:
            data = f.read()
        begin, wanted = 0, self.headers.get("Range")
        if wanted and "norange" not in b:
            begin = int(wanted.removeprefix("bytes=").rstrip("-"))
            if begin >= len(data):
                return self.short(416)
        body = data[begin:]
        self.send_response(206 if begin else 200)
        for name, value in headers:
            self.send_header(name, value)
        if begin:
            self.send_header("Content-Range", "bytes %d-%d/%d" % (begin, len(data) - 1, len(data)))
        is_large = path.endswith(".safetensors")
        self.send_header("Content-Length", str(len(body) + (1 if b.get("lie") == "length" and is_large else 0)))
        self.end_headers()
        if self.command == "HEAD":
            return self.note()
        whole = body
        if "break" in b and is_large and len(body) > int(b["break"]):
            body = body[: int(b["break"])]
        self.note(len(body))
        try:
            for i in range(0, len(body), 16384):
                self.wfile.write(body[i : i + 16384])
                if "slow" in b and is_large:
                    self.wfile.flush()
                    time.sleep(0.05)
        except OSError:
            pass
        if len(body) < len(whole):
            self.wfile.flush()
            self.close_connection = True
            self.connection.shutdown(2)


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Hub)
if os.environ.get("HUB_CERTIFICATE"):
    import ssl
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(os.environ["HUB_CERTIFICATE"])
    server.socket = context.wrap_socket(server.socket, server_side=True)
with open(port_file + ".part", "w") as f:
    f.write(str(server.server_address[1]))
os.rename(port_file + ".part", port_file)
server.serve_forever()
