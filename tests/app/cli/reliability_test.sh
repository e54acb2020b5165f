#!/bin/sh
# What the command line keeps when the disk, other programs or signals come in between. sh reliability_test.sh AREA PROGRAM.
set -u
area=$1
nabiz=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
HOME=$work/home
XDG_CONFIG_HOME=$HOME/config
XDG_DATA_HOME=$HOME/data
XDG_STATE_HOME=$HOME/state
mkdir -p "$HOME"
export HOME XDG_CONFIG_HOME XDG_DATA_HOME XDG_STATE_HOME
unset NABIZ_DB
cd "$work" || exit 1
failures=0
tiny="quick model.d_model=32 model.n_layers=1 model.n_heads=2 model.d_ff=64 model.max_seq_len=64 training.eval_interval=0
    training.sample_interval=0 training.save_interval=0 training.log_interval=10 hardware.threads=1"

fail() {
    failures=$((failures + 1))
    printf 'FAIL %s: %s\n' "$area" "$*"
    sed 's/^/  stdout: /' out | head -n 20
    sed 's/^/  stderr: /' err | head -n 20
}
# run CODE WORD…: the program ends with that code; 2 says why in one line.
run() {
    wanted=$1
    shift
    "$nabiz" "$@" >out 2>err </dev/null
    code=$?
    [ "$code" = "$wanted" ] || fail "exit $code instead of $wanted: nabiz $*"
    [ "$wanted" != 2 ] || [ "$(grep -c '^nabiz: ' err)" = 1 ] || fail "not one line of its own: nabiz $*"
}
json() {
    python3 -c 'import json, sys
d = json.load(open("out", encoding="utf-8"))
if not eval(sys.argv[1]): sys.exit("not true of %r" % (d,))' "$1" >>err 2>&1 || fail "not true: $1"
}
# A program that holds the database from "lock FILE" to "unlock".
lock() {
    python3 -c 'import sqlite3, sys
c = sqlite3.connect(sys.argv[1], isolation_level=None)
c.execute("begin exclusive")
open("locked", "w").close()
sys.stdin.read()
c.execute("rollback")' "$1" <hold &
    locker=$!
    exec 9>hold
    until [ -e locked ]; do :; done
}
unlock() {
    exec 9>&-
    wait $locker
    rm -f locked
}
start() {
    : >run.err # else what an earlier run said is taken for its words
    "$nabiz" train $tiny training.max_steps="$1" --db a.db >run.out 2>run.err </dev/null &
    pid=$!
    until grep -q "batch $2/" run.err 2>/dev/null; do
        kill -0 $pid 2>/dev/null || { cp run.out out; cp run.err err; fail "it ended early"; return; }
    done
}
ends() { # CODE: the run that was started
    wait $pid
    code=$?
    cp run.out out
    cp run.err err
    [ "$code" = "$1" ] || fail "exit $code instead of $1"
}

test_names() { # of the database
    run 2 runs --db ""
    grep -q "empty" err || fail "it does not say that the name is empty"
    run 2 train $tiny training.max_steps=1 --db ""
    long=$(printf '%0300d' 0)
    for words in "runs" "show 1" "train $tiny training.max_steps=1" "export 1 --csv x.csv"; do
        run 2 $words --db "$long"
        grep -q "name too long" err || fail "it does not say what is wrong with a long name"
    done
    ln -s b a && ln -s a b
    run 2 runs --db a
    run 2 train $tiny training.max_steps=1 --db a
    run 0 train $tiny training.max_steps=1 --db '~/at-home.db'
    [ -f "$HOME/at-home.db" ] || fail "~ is not the home of --db"
    NABIZ_DB='~/at-home.db' "$nabiz" runs --json >out 2>err
    json 'len(d) == 1'
    for words in "import $HOME/at-home.db" "train $HOME/at-home.db" "train $tiny data.train_path=$HOME/at-home.db"; do
        run 2 $words --db '~/at-home.db'
    done
}

test_lock() { # a run that ends while another program holds the database
    mkfifo hold
    start 200 50
    lock a.db
    ends 0
    grep -q "batches wait in" err || fail "it does not say that batches wait"
    unlock
    run 0 runs --db a.db --json
    json '[(r["status"], r["batches"]) for r in d] == [("finished", 200)]'
    ls | grep -q unwritten && fail "what was brought in still lies there"
    start 100000 50
    lock a.db
    kill -TERM $pid
    ends 130
    unlock
    run 0 show 2 --db a.db --json
    json 'd["status"] == "stopped" and d["batches"] >= 50'
}

test_dead() { # readers know that a process has gone
    start 100000 20
    kill -KILL $pid
    wait $pid 2>/dev/null
    run 0 runs --db a.db --json
    json 'd[0]["status"] == "interrupted"'
    run 0 show 1 --db a.db --json
    json 'd["status"] == "interrupted"'
}

test_together() { # eight at once on a database that is not there yet
    pids=
    for i in 1 2 3 4 5 6 7 8; do
        "$nabiz" train $tiny training.max_steps=5 --db a.db >"out$i" 2>"err$i" </dev/null &
        pids="$pids $!"
    done
    for one in $pids; do
        wait $one || { cat err? >err; : >out; fail "one of eight ended with $?"; }
    done
    run 0 runs --db a.db --json
    json 'len({r["name"] for r in d}) == 8 and all(r["status"] == "finished" and r["batches"] == 5 for r in d)'
}

: >out
: >err
test_$area
[ $failures = 0 ]
