#!/bin/sh
# A build that is moved trains, with a LibTorch beside it or one that is named, and names the folder it was built in nowhere.
# sh moved_test.sh SOURCE_FOLDER BUILD_FOLDER.
set -u
source=$1
build=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0
fail() { failures=$((failures + 1)); echo "FAIL: $*"; }

for file in nabiz libnabiz_trainer.so python/nabiz.py python/__pycache__/*.pyc; do
    [ -e "$build/$file" ] || continue
    grep -q "$source" "$build/$file" && fail "$file names $source: $(strings "$build/$file" | grep "$source" | head -n 3)"
done
torch=$(readlink -f "$build/libtorch/torch")
mkdir "$work/there"
cp "$build/nabiz" "$build/libnabiz_trainer.so" "$work/there/"
train() {
    env -i HOME="$work/home" "$@" "$work/there/nabiz" train quick model.d_model=32 model.n_layers=1 model.n_heads=2 \
        model.max_seq_len=64 training.max_steps=2 training.warmup_steps=0 training.eval_interval=0 training.sample_interval=0 \
        training.save_interval=0 hardware.threads=1 > "$work/out" 2> "$work/err"
}
train NABIZ_LIBTORCH="$torch" || fail "with NABIZ_LIBTORCH: $(tail -n 3 "$work/err")"
fetched=$work/home/.local/share/nabiz/libtorch-$(sed -n "s/^__version__ = '\([0-9.]*[0-9]\).*/\1/p" "$torch/version.py")
mkdir -p "$fetched"
ln -s "$torch" "$fetched/torch"
train A=b || fail "with what get-libtorch has fetched: $(tail -n 3 "$work/err")"
rm -r "$fetched"
mkdir "$work/there/libtorch"
ln -s "$torch" "$work/there/libtorch/torch"
train A=b || fail "with LibTorch beside it: $(tail -n 3 "$work/err")"

# Without one, and with one that is none: a sentence that says what mends it.
rm -r "$work/there/libtorch"
train A=b && fail "it trained without LibTorch"
grep -q NABIZ_LIBTORCH "$work/err" || fail "no word of NABIZ_LIBTORCH: $(cat "$work/err")"
train NABIZ_LIBTORCH="$work" && fail "it trained with a folder that is no LibTorch"
grep -q "The LibTorch in $work cannot be opened" "$work/err" || fail "an empty folder: $(cat "$work/err")"
[ "$failures" = 0 ]
