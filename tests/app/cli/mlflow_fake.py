"""A tracking server of MLflow on loopback that misbehaves as asked: python3 mlflow_fake.py FOLDER PORT_FILE.

It keeps what it is sent in memory and shows it at /state. What it does is read from FOLDER/behave, words by spaces:
  fail=N          the next N batches are kept, and answered with 503 as if they were not
  cut=N           behind N batches none is answered: the connection ends
  status=N        every answer is that
  token=T         without that token 401
"""
import http.server, json, os, sys
from urllib.parse import parse_qs, urlparse

root, port_file = sys.argv[1:3]
experiments = {"0": "Default"}
runs = {}
batches = failed = 0
there = set()


def behaviour():
    try:
        with open(os.path.join(root, "behave")) as f:
            return dict(w.split("=", 1) for w in f.read().split())
    except OSError:
        return {}


def shown(run):
    last = {}
    for point in run["points"]:
        last[point["key"]] = point
    return {"info": run["info"], "data": {
        "metrics": list(last.values()), "params": [{"key": k, "value": v} for k, v in run["params"].items()],
        "tags": [{"key": k, "value": v} for k, v in run["tags"].items()]}}


def page(items, body):  # two at a time
    at = int(body.get("page_token") or 0)
    more = {"next_page_token": str(at + 2)} if at + 2 < len(items) else {}
    return items[at:at + 2], more


class Handler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def answer(self, status, body):
        text = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def allowed(self, does):
        if "status" in does:
            self.answer(int(does["status"]), {"message": "as asked"})
        elif "token" in does and self.headers.get("Authorization") != "Bearer " + does["token"]:
            self.answer(401, {"message": "who are you"})
        else:
            return True
        return False

    def do_GET(self):
        url = urlparse(self.path)
        if url.path == "/state":
            return self.answer(200, {"experiments": experiments, "runs": runs})
        if not self.allowed(behaviour()):
            return None
        asked = {k: v[0] for k, v in parse_qs(url.query).items()}
        points = [p for p in runs[asked["run_id"]]["points"] if p["key"] == asked["metric_key"]]
        some, more = page(points, asked)
        return self.answer(200, {"metrics": some, **more})

    def do_POST(self):
        global batches, failed
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        does = behaviour()
        if not self.allowed(does):
            return None
        what = urlparse(self.path).path.removeprefix("/api/2.0/mlflow/")
        if what == "experiments/search":
            some, more = page([{"experiment_id": i, "name": n} for i, n in experiments.items()], body)
            return self.answer(200, {"experiments": some, **more})
        if what == "experiments/create":
            experiments[str(len(experiments))] = body["name"]
            return self.answer(200, {"experiment_id": str(len(experiments) - 1)})
        if what == "runs/search":
            some, more = page([shown(r) for r in runs.values() if r["info"]["experiment_id"] in body["experiment_ids"]], body)
            return self.answer(200, {"runs": some, **more})
        if what == "runs/create":
            name = "r%d" % len(runs)
            runs[name] = {"info": {"run_id": name, "run_name": body["run_name"], "experiment_id": body["experiment_id"],
                                   "status": "RUNNING", "start_time": body["start_time"]},
                          "points": [], "params": {}, "tags": {t["key"]: t["value"] for t in body.get("tags", [])}}
            return self.answer(200, {"run": shown(runs[name])})
        if what == "runs/update":
            runs[body["run_id"]]["info"].update({k: v for k, v in body.items() if k != "run_id"})
            return self.answer(200, {"run_info": runs[body["run_id"]]["info"]})
        assert what == "runs/log-batch", what
        run = runs[body["run_id"]]
        total = sum(len(body.get(k, [])) for k in ("metrics", "params", "tags"))
        if total > 1000 or len(body.get("params", [])) > 100 or len(body.get("tags", [])) > 100:
            return self.answer(400, {"message": "a batch of %d" % total})
        for one in body.get("params", []):
            if run["params"].setdefault(one["key"], one["value"]) != one["value"]:
                return self.answer(400, {"message": "changed " + one["key"]})
        run["tags"].update({t["key"]: t["value"] for t in body.get("tags", [])})
        batches += 1 if body.get("metrics") else 0
        if "cut" in does and body.get("metrics") and batches > int(does["cut"]):
            return self.connection.close()
        # As its tables do: the very same point again is one.
        for point in body.get("metrics", []):
            key = (body["run_id"], json.dumps(point, sort_keys=True))
            if key not in there:
                there.add(key)
                run["points"].append(point)
        if body.get("metrics") and failed < int(does.get("fail", 0)):
            failed += 1
            return self.answer(503, {"message": "later"})
        return self.answer(200, {})


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
with open(port_file + ".part", "w") as f:
    f.write(str(server.server_address[1]))
os.replace(port_file + ".part", port_file)
server.serve_forever()
