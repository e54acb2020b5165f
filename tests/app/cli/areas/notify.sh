# Area notify of cli_test.sh: who is told that a run has ended.

test_notify() {
    file=$XDG_CONFIG_HOME/nabiz/notify.yaml
    mkdir -p "$XDG_CONFIG_HOME/nabiz"
    run 0 notify
    prints "no url"
    run 2 notify --test
    says "nobody is told"
    printf 'command: echo "$NABIZ_KIND $NABIZ_RUN $NABIZ_STATUS $NABIZ_BATCHES" >>%s/told\n' "$work" >"$file"
    run 0 train quick $tiny training.max_steps=3
    equal "$(cat told)" "run 1 finished 3"
    run 0 train quick $tiny training.max_steps=3 training.seed=1,2 --json # what it prints stays out of the JSON
    json 'len(d["runs"]) == 2'
    equal "$(tr '\n' ';' <told)" "run 1 finished 3;run 2 finished 3;run 3 finished 3;queue   ;"
    run 0 notify --json
    json 'd["command"] and d["url"] is None'
    # A server on this machine that is out of order twice.
    python3 - "$work" <<'P' &
import http.server, json, sys
class Handler(http.server.BaseHTTPRequestHandler):
    answers = [500, 200]
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        status = Handler.answers.pop(0)
        if status == 200:
            open(sys.argv[1] + "/taken", "ab").write(body)
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()
    def log_message(self, *words): pass
server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
open(sys.argv[1] + "/port.new", "w").write(str(server.server_port))
import os
os.rename(sys.argv[1] + "/port.new", sys.argv[1] + "/port")
while Handler.answers:
    server.handle_request()
P
    server=$!
    while kill -0 $server 2>/dev/null && ! [ -e port ]; do sleep 0.02; done
    printf 'url: http://127.0.0.1:%s/hidden-token\nshape: json\n' "$(cat port)" >"$file"
    run 0 notify
    grep -q hidden-token "$out" && fail "the address is shown"
    run 0 train quick $tiny training.max_steps=3 --name told
    wait $server
    cp taken "$out"
    json 'd["name"] == "told" and d["status"] == "finished" and d["kind"] == "run" and d["batches"] == "3"'
    grep -aq hidden-token "$XDG_DATA_HOME"/nabiz/nabiz.db* && fail "the address is in the database"
    # What is wrong in it is said before anything starts, without what it holds.
    for text in 'url: hidden-token' 'url: ftp://hidden-token' 'urll: hidden-token' 'shape: hidden-token' 'hidden-token'; do
        echo "$text" >"$file"
        run 2 train quick $tiny training.max_steps=3
        run 2 notify
        grep -q hidden-token "$err" && fail "what it holds is shown"
    done
    run 0 runs --json
    json 'len(d) == 4'
}
