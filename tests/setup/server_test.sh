#!/bin/sh
# The server's tarball, unpacked elsewhere: it trains with an empty environment, and takes no library but the C library's from
# outside its folder. sh server_test.sh SOURCE_FOLDER BUILD_FOLDER.
set -u
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0
fail() { failures=$((failures + 1)); echo "FAIL: $*"; }

sh "$1/resources/setup/pack_server.sh" "$2" "$work/out" folder || fail "it could not be packed"
mv "$work/out"/nabiz-server-* "$work/elsewhere"
nabiz=$work/elsewhere/bin/nabiz
env -i HOME="$work/home" "$nabiz" train quick model.d_model=32 model.n_layers=1 model.n_heads=2 model.max_seq_len=64 \
    training.max_steps=2 training.warmup_steps=0 training.eval_interval=0 training.sample_interval=0 training.save_interval=0 \
    hardware.threads=1 > "$work/log" 2>&1 || fail "it did not train: $(tail -n 3 "$work/log")"
[ -e "$(env -i HOME="$work/home" "$nabiz" python)/nabiz.py" ] || fail "nabiz.py is not there"
outside=$(ldd "$nabiz" "$work/elsewhere/lib/nabiz/libnabiz_trainer.so" | awk '$2 == "=>" { print $3 }' | grep -v "^$work/elsewhere/" \
    | grep -Ev '/(ld-linux|lib(c|m|dl|rt|pthread|resolv)\.so)')
[ -z "$outside" ] || fail "taken from outside: $outside"
for file in "$nabiz" "$work/elsewhere/lib/nabiz/libnabiz_trainer.so"; do
    grep -q "$1" "$file" && fail "$file names the folder it was built in"
done
[ "$failures" = 0 ]
