#!/bin/sh
# The command line as other programs see it: exit codes, the line that begins with "nabiz: ", JSON, and what lies in the
# database afterwards. sh cli_test.sh AREA PROGRAM; every area gets an empty home of its own.
set -u
area=$1
nabiz=$2
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'chmod -R u+w "$work" 2>/dev/null; rm -rf "$work"' EXIT
HOME=$work/home
XDG_CONFIG_HOME=$HOME/config
XDG_DATA_HOME=$HOME/data
mkdir -p "$HOME"
HF_HUB_CACHE=$HOME/hub
export HOME XDG_CONFIG_HOME XDG_DATA_HOME HF_HUB_CACHE
unset NABIZ_DB
# What a sanitizer finds, also in a program whose words nobody reads: see the end.
ASAN_OPTIONS=${ASAN_OPTIONS:-}:log_path=$work/found
UBSAN_OPTIONS=${UBSAN_OPTIONS:-}:log_path=$work/found
export ASAN_OPTIONS UBSAN_OPTIONS
cd "$work" || exit 1
out=$work/out
err=$work/err
failures=0
tiny="model.d_model=32 model.n_layers=1 model.n_heads=2 model.d_ff=64 model.max_seq_len=64 language.stand_in=hidden=64,layers=1
    training.warmup_steps=0 training.eval_interval=0 training.sample_interval=0 training.save_interval=0 hardware.threads=1"

fail() {
    failures=$((failures + 1))
    printf 'FAIL %s: %s\n' "$area" "$*"
    sed 's/^/  stdout: /' "$out" | head -n 20
    sed 's/^/  stderr: /' "$err" | head -n 20
}

# run CODE WORD…: the program with these words ends with that code; 2 says why in exactly one line of its kind.
run() {
    wanted=$1
    shift
    "$nabiz" "$@" >"$out" 2>"$err" </dev/null
    code=$?
    [ "$code" = "$wanted" ] || fail "exit $code instead of $wanted: nabiz $*"
    lines=$(grep -c '^nabiz: ' "$err")
    if [ "$wanted" = 2 ]; then
        [ "$lines" = 1 ] || fail "$lines lines that begin with 'nabiz: ': nabiz $*"
    fi
}
says() { grep -qiF -- "$1" "$err" || fail "stderr does not say: $1"; }
prints() { grep -qF -- "$1" "$out" || fail "stdout does not print: $1"; }
# json EXPRESSION: stdout is one JSON document, d, of which this Python expression is true.
json() {
    python3 -c 'import json, math, sys
d = json.load(open(sys.argv[1], encoding="utf-8"))
if not eval(sys.argv[2]): sys.exit("not true of %r" % (d,))' "$out" "$1" >>"$err" 2>&1 || fail "not true: $1"
}
equal() { [ "$1" = "$2" ] || fail "'$1' instead of '$2'"; }
has_sqlite() { command -v sqlite3 >/dev/null; }
has_window() { "$nabiz" --help | grep -qw '^  report'; }

# A database of one small reference run, here and closed.
make_database() {
    printf '# Kalp\nBatch 0: 6.3347\nBatch 50: 0.2715\nBatch 100: 0.0078\n' >page.md
    run 0 import page.md --db runs.db
    run 0 import page.md --db runs.db --name other
    run 0 runs --db runs.db # a reader leaves the -wal and -shm that it has made
}

# Starts a long run and waits until a batch has come.
start_long_run() {
    "$nabiz" train quick $tiny training.max_steps=1000000 training.log_interval=1 "$@" >"$out" 2>"$err" &
    pid=$!
    while kill -0 $pid 2>/dev/null && ! grep -q "batch 3/" "$err"; do sleep 0.05; done
}

# begin WORD…: the program with these words, in the background, when it has told of its first batch; interrupt stops it.
begin() {
    : >"$work/live" # else what stands there is taken for its words before it has any
    "$nabiz" "$@" >"$work/live.out" 2>"$work/live" &
    pid=$!
    while kill -0 $pid 2>/dev/null && ! grep -q "batch [0-9]*/" "$work/live"; do sleep 0.02; done
}

interrupt() {
    kill -INT $pid
    wait $pid
    equal $? 130
}

# losses RUN FILE: batch and loss of every batch, all digits.
losses() {
    run 0 export "$1" --csv - --metric loss
    cut -d, -f1,3 "$out" >"$2"
}

. "$here/areas/$area.sh"

: >"$out"
: >"$err"
"test_$area"
for file in "$work"/found.*; do
    [ ! -e "$file" ] || { fail "a sanitizer found something"; head -n 60 "$file"; }
done
[ "$failures" = 0 ]
