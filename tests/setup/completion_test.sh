#!/bin/sh
# What shells offer comes from the program: its own answers, bash with its file of completion, and the page for man.
# sh completion_test.sh SOURCE_FOLDER PROGRAM.
set -u
completions=$1/resources/completions
nabiz=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
HOME=$work
XDG_CONFIG_HOME=$work/config
XDG_DATA_HOME=$work/data
export HOME XDG_CONFIG_HOME XDG_DATA_HOME
unset NABIZ_DB
failures=0
fail() { failures=$((failures + 1)); echo "FAIL: $*"; }

# has WANTED WORD…: among what may come next is a line that begins so.
has() {
    wanted=$1
    shift
    "$nabiz" complete -- "$@" > "$work/offered" || fail "complete failed: $*"
    grep -q "^$wanted" "$work/offered" || fail "no $wanted after: $* ($(head -n 5 "$work/offered" | tr '\n' ' '))"
}
lacks() {
    unwanted=$1
    shift
    "$nabiz" complete -- "$@" | grep -q "^$unwanted" && fail "$unwanted after: $*"
}
has train ""
has train tr
lacks complete ""
lacks runs tr
has 'quick	' train ""
has quick train qu
has 'training.learning_rate=	' train quick training.le
has 'hardware.device=cuda' train quick hardware.device=
has 'model.causal=false' train quick model.causal=
has ':files' train quick data.train_path=
has '--name	' train quick --n
if "$nabiz" --help | grep -q "^  screenshot"; then # a build with the window
    has 'tr$' report 1 --language ""
    has watch screenshot ""
fi
has list queue ""
has get weights ""
has ':files' import ""
has training.batch_size estimate t4 --solve training.
has yes edit 1 --star ""
tiny="model.d_model=32 model.n_layers=1 model.n_heads=2 model.max_seq_len=64 training.max_steps=2 training.warmup_steps=0
    training.eval_interval=0 training.sample_interval=0 training.save_interval=0 hardware.threads=1"
"$nabiz" train quick $tiny --name "a run" > "$work/out" 2>&1 || fail "no run: $(cat "$work/out")"
has '1	a run' show ""
has '1	a run' --db "$work/data/nabiz/nabiz.db" show ""
lacks 1 --db "$work/none.db" show ""
has '1	a run' compare 1 ""

if command -v bash > /dev/null; then
    typed() {
        PATH=$(dirname "$nabiz"):$PATH bash -c '
            source "$1/nabiz.bash"
            COMP_LINE=$2 COMP_POINT=${#2}
            compopt() { :; }
            _nabiz
            printf "%s\n" "${COMPREPLY[@]}"' bash "$completions" "$1"
    }
    typed "nabiz train q" | grep -qx quick || fail "bash: no quick"
    typed "nabiz train quick model.causal=f" | grep -qx false || fail "bash: no false"
    typed "nabiz train quick data.train_path=generated:t" | grep -qx turkish || fail "bash: no turkish behind a colon"
    typed "nabiz show " | grep -qx 1 || fail "bash: no run"
fi
if command -v zsh > /dev/null; then zsh -n "$completions/_nabiz" || fail "zsh: not read"; fi
if command -v fish > /dev/null; then
    PATH=$(dirname "$nabiz"):$PATH fish -c "source '$completions/nabiz.fish'; complete -C 'nabiz train q'" | grep -q '^quick' \
        || fail "fish: no quick"
fi

"$nabiz" manual > "$work/nabiz.1" || fail "no manual"
for word in "nabiz train" "nabiz weights get" learning_rate NABIZ_LIBTORCH; do
    sed 's/\\-/-/g' "$work/nabiz.1" | grep -q "$word" || fail "the manual does not name $word"
done
if command -v man > /dev/null; then
    LC_ALL=C.UTF-8 MANROFFSEQ= MANWIDTH=80 man --warnings -E UTF-8 -l -Tutf8 "$work/nabiz.1" 2> "$work/err" > /dev/null
    [ ! -s "$work/err" ] || fail "man: $(head -n 3 "$work/err")"
fi
[ "$failures" = 0 ]
