#!/bin/sh
# Which LibTorch is fetched, with a driver and a pip that only say what they were asked. sh libtorch_test.sh SOURCE_FOLDER.
set -u
script=$1/resources/setup/libtorch.sh
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/bin"
PATH=$work/bin:$PATH
HOME=$work/home
export PATH HOME work
unset XDG_DATA_HOME NABIZ_TORCH_INDEX NABIZ_PYTHON
failures=0

fail() { failures=$((failures + 1)); echo "FAIL: $*"; }
expect() { case $2 in *"$3"*) ;; *) fail "$1: '$3' is not in '$2'" ;; esac; }

driver() {
    printf '#!/bin/sh\n%s\n' "$1" > "$work/bin/nvidia-smi"
    chmod +x "$work/bin/nvidia-smi"
}
cat > "$work/bin/python3" <<'EOS'
#!/bin/sh
# A pip: what it was asked for is kept, and a folder or a wheel comes of it.
echo "$*" >> "$work/asked"
target= dest=
while [ $# -gt 0 ]; do
    case $1 in --target) target=$2 ;; --dest) dest=$2 ;; esac
    shift
done
if [ -n "$dest" ]; then
    [ ! -e "$work/no-index" ] || exit 1
    mkdir -p "$dest" && touch "$dest/torch-of-index.whl"
fi
[ ! -e "$work/no-pip" ] || exit 1
[ -z "$target" ] || { mkdir -p "$target/torch/lib" && touch "$target/torch/lib/libtorch_cpu.so"; }
EOS
chmod +x "$work/bin/python3"

# driver's words | what is said | what pip is asked for
while IFS='|' read -r words said asked; do
    driver "$words"
    rm -f "$work/asked"
    expect "driver '$words'" "$(sh "$script" install "$work/deps" 2>&1)" "$said"
    expect "driver '$words'" "$(cat "$work/asked")" "$asked"
    [ -e "$work/deps/torch/lib/libtorch_cpu.so" ] || fail "driver '$words': nothing was installed"
done <<'EOS'
echo 580.159.03|the CUDA 13 build (about 3 GB): for the NVIDIA driver 580|torch==
echo 595.10|the CUDA 13 build|torch==
echo 579.99|the CUDA 12.6 build (about 3 GB): for the NVIDIA driver 579|whl/cu126
echo 525.60.13|the CUDA 12.6 build|whl/cu126
echo 470.12|the CPU build (about 0.2 GB): the NVIDIA driver 470 is older than the 525|whl/cpu
echo 580.95.05, 7.5|the CUDA 13 build|torch==
echo 580.95.05, 7.0|the CUDA 12.6 build (about 3 GB): for a card that CUDA 13 no longer knows|whl/cu126
printf "580.95, 12.0\n580.95, 6.1\n"|the CPU build|whl/cpu
echo 575.51.03, 12.0|the CPU build (about 0.2 GB): a card of this kind needs the NVIDIA driver 580|whl/cpu
case $1 in *compute_cap*) echo "Field is not valid"; exit 2 ;; esac; echo 535.1|the CUDA 12.6 build|whl/cu126
echo No devices were found; exit 6|the CPU build (about 0.2 GB): no NVIDIA driver found|whl/cpu
exit 9|the CPU build (about 0.2 GB): no NVIDIA driver found|whl/cpu
echo NVIDIA-SMI has failed|the CPU build|whl/cpu
EOS
driver 'echo 580.1'
rm -f "$work/asked"
sh "$script" install "$work/deps" 2>/dev/null
grep -q index-url "$work/asked" && fail "CUDA 13 is what pip's own index holds"

# Two cards, the first decides; an index that cannot be reached; one that a person names; a pip that fails leaves what was there.
driver 'printf "535.1\n580.1\n"'
expect "two cards" "$(sh "$script" choose)" "CUDA 12.6"
driver 'exit 9'
touch "$work/no-index"
expect "no index" "$(sh "$script" install "$work/deps" 2>&1)" "pip's own index is asked"
[ -e "$work/deps/torch/lib/libtorch_cpu.so" ] || fail "no index: nothing was installed"
rm "$work/no-index"
rm -f "$work/asked"
expect "named index" "$(NABIZ_TORCH_INDEX=https://wheels.example/x sh "$script" install "$work/deps" 2>&1)" "as NABIZ_TORCH_INDEX says"
expect "named index" "$(cat "$work/asked")" "--index-url https://wheels.example/x"
touch "$work/no-pip"
sh "$script" install "$work/deps" 2>"$work/err" && fail "a pip that fails was taken for one that did not"
expect "no pip" "$(cat "$work/err")" "pip could not install torch"
[ -e "$work/deps/torch/lib/libtorch_cpu.so" ] || fail "no pip: what was there is gone"
[ ! -e "$work/deps.part" ] || fail "no pip: a half installation is left"
rm "$work/no-pip"

# As get-libtorch: into the folder of one's own, under the version.
sh "$script" 2>"$work/err" || fail "without a word: $(cat "$work/err")"
[ -e "$HOME/.local/share/nabiz/libtorch-$(sh "$script" version)/torch/lib/libtorch_cpu.so" ] || fail "not where nabiz looks"
[ "$failures" = 0 ]
