#!/bin/sh
# Nabız from a clone: ./run.sh sets up, builds and opens the window. The other words do one part of it:
#   setup   installs the packages that are missing, and LibTorch under .deps/
#   build   builds everything, tests and benchmarks too, into build/release
#   test    builds and runs every test
#   bench   builds and runs the benchmarks; bench eager: a step of training beside eager PyTorch
#   format  brings the sources into shape; format --check says which are not, and changes nothing
#   tidy    looks for what is nearly always a mistake; tidy --changed in what the branch changed, or the last commit
#   server  builds, tests and packs the command line alone, which needs no Qt: a tarball with LibTorch, for a machine without network
#   package makes the .deb with the window and the CPU build of LibTorch, and the server's tarball, in build/packages
#   faults  kills trainings at random moments, 100 or as many as one says, and looks at what is left
#   soak    records for 30 minutes, or as many as one says, and looks whether anything is held that should be let go
#   neighbours  runs scripts of TensorBoard, Keras, Lightning, MLflow … with their own packages (2 GB, by pip into
#           .deps-neighbours), and looks whether Nabız follows them, and whether they read what it exports; or names of them
#   fuzz    gives any bytes to what reads files, a minute each (NABIZ_FUZZ_SECONDS); fetches Clang when it is missing
# LIBTORCH_ROOT names a LibTorch of your own, NABIZ_PYTHON a Python whose torch is taken; else the build that the driver can run is
# fetched, or the one that NABIZ_TORCH_INDEX, an index URL for pip, holds.
set -eu
cd "$(dirname "$0")"

torch_version=$(sh resources/setup/libtorch.sh version)
transformers_version=5.23.0
clang_tools_version=18.1.8
build=build/release

# name, name|other-name where distributions differ, or name? where not all of them have it apart
window_packages="qt6-base-dev libqt6opengl6-dev? qt6-charts-dev|libqt6charts6-dev libqt6svg6-dev|qt6-svg-dev
    qt6-tools-dev qt6-tools-dev-tools qt6-l10n-tools qt6-translations-l10n libgl-dev fonts-dejavu-core cmark-gfm
    desktop-file-utils appstream"
packages="g++ cmake ninja-build ccache git python3 python3-pip libsqlite3-dev libsqlitecpp-dev sqlite3 libyaml-cpp-dev nlohmann-json3-dev libcli11-dev libspdlog-dev libprotozero-dev
    libreaderwriterqueue-dev libxxhash-dev libzip-dev pkg-config|pkgconf zlib1g-dev liblzma-dev libcurl4-openssl-dev libssl-dev libbenchmark-dev libgsl-dev patchelf"

say() { printf 'run.sh: %s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

installed() { dpkg-query -W -f='${Status}' "$1" 2>/dev/null | grep -q 'ok installed'; }
offered() { apt-cache policy "$1" 2>/dev/null | grep -q 'Candidate: [0-9]'; }

# The entries of the list of which nothing is installed.
missing_packages() {
    for entry in $packages $window_packages; do
        found=
        for name in $(echo "${entry%\?}" | tr '|' ' '); do
            if installed "$name"; then found=1; fi
        done
        [ -n "$found" ] || echo "$entry"
    done
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"
    elif command -v sudo >/dev/null; then sudo "$@"
    else die "not root and no sudo: as root, run: $*"
    fi
}

setup_packages() {
    if ! command -v apt-get >/dev/null; then
        die "no apt here. Install by this system's own means what these Debian packages hold, then ./run.sh build:" $packages
    fi
    missing=$(missing_packages)
    [ -n "$(needed $missing)" ] || return 0
    as_root apt-get update -q
    names=$(for entry in $missing; do
        for name in $(echo "${entry%\?}" | tr '|' ' '); do
            if offered "$name"; then echo "$name"; break; fi
        done
    done)
    say "installing what is missing:" $names
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $names
    left=$(needed $(missing_packages))
    [ -z "$left" ] || die "these packages could not be installed:" $left
}

# Those entries that are no name? which this system does not have apart.
needed() {
    for entry in "$@"; do
        case $entry in *\?) offered "${entry%\?}" && echo "$entry" ;; *) echo "$entry" ;; esac
    done
    return 0
}

# The build of LibTorch that the driver can run; NABIZ_TORCH_INDEX names another. What is there already stays.
setup_torch() {
    if [ -n "${LIBTORCH_ROOT:-}" ]; then
        [ -e "$LIBTORCH_ROOT/include/ATen/ATen.h" ] || die "LIBTORCH_ROOT=$LIBTORCH_ROOT holds no include/ATen/ATen.h"
        return 0
    fi
    stamp=.deps/torch-$torch_version.from
    index=${NABIZ_TORCH_INDEX:-}
    if [ -e .deps/torch/lib/libtorch.so ] && [ -e "$stamp" ]; then
        [ -n "$index" ] && [ "$index" != "$(cat "$stamp")" ] || return 0
        say "replacing the LibTorch in .deps"
    fi
    NABIZ_SETUP_NAME=run.sh sh resources/setup/libtorch.sh install .deps
    printf '%s\n' "$index" > "$stamp"
}

# The torch of a Python that is pointed to, found without importing it.
torch_of_python() {
    [ -z "${LIBTORCH_ROOT:-}" ] || return 0
    command -v "$NABIZ_PYTHON" >/dev/null || die "NABIZ_PYTHON=$NABIZ_PYTHON is no program"
    LIBTORCH_ROOT=$("$NABIZ_PYTHON" -c 'import importlib.util as u; print(u.find_spec("torch").submodule_search_locations[0])' 2>/dev/null) \
        || die "NABIZ_PYTHON=$NABIZ_PYTHON has no torch: install it there (2.9 or newer), or unset NABIZ_PYTHON"
    export LIBTORCH_ROOT
    say "LibTorch is the torch of $NABIZ_PYTHON, in $LIBTORCH_ROOT"
}

setup() { setup_packages; setup_torch; }

configure() {
    root=${LIBTORCH_ROOT:-$PWD/.deps/torch}
    if [ -e $build/build.ninja ] && grep -qxF "LIBTORCH_ROOT:PATH=$root" $build/CMakeCache.txt; then return 0; fi
    cmake --preset release "-DLIBTORCH_ROOT=$root"
}

build() {
    if command -v apt-get >/dev/null; then setup_packages; fi
    setup_torch
    configure
    cmake --build $build
}

run_tests() { build; ctest --test-dir $build --output-on-failure --no-tests=error -j "$(nproc)" "$@"; }

run_benchmarks() {
    build
    if [ "${1:-}" = eager ]; then shift; compare_eager "$@"; return; fi
    for program in $build/bench/bench_*; do
        [ -x "$program" ] || continue
        say "$(basename "$program")"
        QT_QPA_PLATFORM=offscreen "$program"
    done
}

# A step of training beside the same work in eager PyTorch, which needs transformers for its language model.
compare_eager() {
    torch=$(cd "${LIBTORCH_ROOT:-.deps/torch}" && pwd -P)
    packages=$(dirname "$torch")
    # The archive of LibTorch holds no PyTorch; another one that Python finds would be compared with what was not built against it.
    PYTHONPATH=$packages python3 - "$torch" <<'EOS' 2>/dev/null || die "the comparison runs PyTorch too, and python3 can import none from $torch: set LIBTORCH_ROOT to the torch folder of a pip install for this python3, or unset it"
import os, sys, torch
sys.exit(os.path.dirname(os.path.realpath(torch.__file__)) != sys.argv[1])
EOS
    if [ ! -d .deps-bench ]; then
        say "installing transformers $transformers_version into .deps-bench"
        rm -rf .deps-bench.part
        python3 -m pip install --quiet --target .deps-bench.part "transformers==$transformers_version" \
            || { rm -rf .deps-bench.part; die "pip could not install transformers $transformers_version, without which there is nothing to compare to"; }
        mv .deps-bench.part .deps-bench
    fi
    python3 tests/bench/eager/compare.py $build/bench/bench_step "$packages:$PWD/.deps-bench" "$@"
}

# The two tools, of one version for everybody: another one would format otherwise. pip puts a new bin in the place of the old
# one: what is there already is installed with it.
setup_clang_tool() {
    [ ! -x ".deps-tools/bin/$1" ] || return 0
    tools=
    for tool in clang-format clang-tidy; do
        if [ "$tool" = "$1" ] || [ -x ".deps-tools/bin/$tool" ]; then tools="$tools $tool==$clang_tools_version"; fi
    done
    python3 -m pip install --quiet --upgrade --target .deps-tools $tools
}

format() {
    if ! setup_clang_tool clang-format; then
        [ "${1:-}" = --check ] || die "pip could not install clang-format $clang_tools_version; see its words above"
        say "the shape of the sources was NOT checked: pip could not install clang-format $clang_tools_version"
        return 0
    fi
    if [ "${1:-}" = --check ]; then how='--dry-run --Werror'; else how=-i; fi
    git ls-files '*.h' '*.cpp' | PYTHONPATH=.deps-tools xargs .deps-tools/bin/clang-format $how \
        || die "not in shape: run ./run.sh format"
}

# The sources changed since the branch left origin/main, or on main in the last commit; those that changed most come first.
changed_sources() {
    base=$(git merge-base HEAD origin/main 2>/dev/null) || base=
    if [ -z "$base" ] || [ "$base" = "$(git rev-parse HEAD)" ]; then base=HEAD^; fi
    git diff --numstat --diff-filter=d "$base" HEAD -- 'app/*.cpp' 'ui/*.cpp' 'trainer/*.cpp' 'storage/*.cpp' 2>/dev/null \
        | sort -rn | cut -f 3
}

# Needs a configured build, whose generated headers stand: after `build`. NABIZ_TIDY_MOST: so many files at most.
# What GCC says beside its own headers and precompiled ones is no concern of clang's.
tidy() {
    if ! setup_clang_tool clang-tidy; then
        [ "${1:-}" = --changed ] || die "pip could not install clang-tidy $clang_tools_version; see its words above"
        say "the changed sources were NOT looked through: pip could not install clang-tidy $clang_tools_version"
        return 0
    fi
    if [ "${1:-}" = --changed ]; then files=$(changed_sources)
    else files=$(git ls-files 'app/*.cpp' 'ui/*.cpp' 'trainer/*.cpp' 'storage/*.cpp'); fi
    # What this build does not compile (the fuzzers) has no entry in compile_commands.json.
    files=$(for file in $files; do grep -qF "\"$PWD/$file\"" $build/compile_commands.json && echo "$file"; done) || true
    if [ -z "$files" ]; then say "clang-tidy: nothing to look at"; return 0; fi
    all=$(echo "$files" | wc -l)
    files=$(echo "$files" | head -n "${NABIZ_TIDY_MOST:-$all}")
    say "clang-tidy over $(echo "$files" | wc -l) of $all files"
    echo "$files" | PYTHONPATH=.deps-tools xargs -n 1 -P "$(nproc)" .deps-tools/bin/clang-tidy -p $build --quiet \
        --extra-arg=-Wno-unknown-warning-option --extra-arg=-Wno-ignored-gch --extra-arg=-Wno-deprecated-declarations \
        --extra-arg=-Qunused-arguments
}

# One package that a single word needs.
setup_tool() {
    command -v "$1" >/dev/null && return 0
    command -v apt-get >/dev/null || die "no $1 here, which this word needs: install it"
    as_root apt-get update -q
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$2"
}

build_server() {
    window_packages=
    if command -v apt-get >/dev/null; then setup_packages; fi
    setup_torch
    cmake --preset server "-DLIBTORCH_ROOT=${LIBTORCH_ROOT:-$PWD/.deps/torch}"
    cmake --build --preset server
}

pack_server() { sh resources/setup/pack_server.sh build/server build/packages; }

server() {
    build_server
    ctest --preset server
    pack_server
}

# The .deb holds the CPU build, which every machine can run; nabiz takes another one from NABIZ_LIBTORCH or get-libtorch.
make_packages() {
    build
    setup_tool dpkg-shlibdeps dpkg-dev
    torch=${LIBTORCH_ROOT:-$PWD/.deps/torch}
    if [ -e "$torch/lib/libtorch_cuda.so" ]; then
        torch=$PWD/.deps-package/torch
        [ -e "$torch/lib/libtorch_cpu.so" ] \
            || NABIZ_TORCH_INDEX=https://download.pytorch.org/whl/cpu NABIZ_SETUP_NAME=run.sh sh resources/setup/libtorch.sh install .deps-package
    fi
    cmake $build "-DNABIZ_PACKED_TORCH=$torch" > /dev/null
    mkdir -p build/packages
    (cd $build && cpack -G DEB -B "$OLDPWD/build/packages")
    rm -rf build/packages/_CPack_Packages
    build_server
    pack_server
    ls -l build/packages
}

# Clang and its runtime, which stands in a package of its own, are needed for this word alone.
setup_clang() {
    if ! command -v apt-get >/dev/null; then
        command -v clang++ >/dev/null || die "no clang++ here: install it, with its sanitizers, then ./run.sh fuzz"
        return 0
    fi
    installed clang || { as_root apt-get update -q; as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends clang; }
    runtime=libclang-rt-$(clang++ -dumpversion | cut -d. -f1)-dev
    installed "$runtime" || as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$runtime"
}

# Their packages in a venv of their own, beside the PyTorch that LibTorch comes from.
run_neighbours() {
    build
    torch=$(cd "${LIBTORCH_ROOT:-.deps/torch}/.." && pwd -P)
    if [ ! -e .deps-neighbours/whole ]; then
        say "installing the packages of other trackers into .deps-neighbours"
        python3 -m venv .deps-neighbours || die "python3 has no venv: install python3-venv"
        site=$(.deps-neighbours/bin/python -c 'import site; print(site.getsitepackages()[0])')
        [ ! -d "$torch/torch" ] || printf '%s\n' "$torch" > "$site/nabiz_torch.pth"
        .deps-neighbours/bin/python -m pip install --quiet --requirement tests/neighbours/requirements.txt \
            || die "pip could not install them; see its words above"
        : > .deps-neighbours/whole
    fi
    .deps-neighbours/bin/python tests/neighbours/neighbours.py $build/nabiz "$@"
}

# What is found new is kept in build/fuzz; the corpus of the tests is only read. A crash leaves its input there too.
run_fuzzers() {
    if command -v apt-get >/dev/null; then setup_packages; fi
    setup_clang
    setup_torch
    [ -e build/fuzz/build.ninja ] || cmake --preset fuzz "-DLIBTORCH_ROOT=${LIBTORCH_ROOT:-$PWD/.deps/torch}"
    cmake --build build/fuzz --target fuzz_safetensors fuzz_presets fuzz_pages fuzz_events fuzz_wandb fuzz_csv fuzz_stores
    for kind in safetensors presets pages events wandb csv stores; do
        say "fuzz_$kind"
        mkdir -p "build/fuzz/found/$kind"
        build/fuzz/fuzz_$kind -max_total_time="${NABIZ_FUZZ_SECONDS:-60}" -max_len=4096 -timeout=10 -rss_limit_mb=2048 \
            -print_final_stats=1 -artifact_prefix=build/fuzz/found/ "build/fuzz/found/$kind" tests/fuzz/corpus/$kind
    done
}

open_window() {
    setup
    build
    if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then exec $build/nabiz; fi
    say "no display: training quick here in the terminal"
    run=$($build/nabiz train quick)
    folder=${XDG_DATA_HOME:-$HOME/.local/share}/nabiz/reports
    say "the report is in $($build/nabiz report "$run" -o "$folder")"
}

[ -z "${NABIZ_PYTHON:-}" ] || torch_of_python
case ${1:-open} in
    open) open_window ;;
    setup) setup ;;
    build) build ;;
    test) shift; run_tests "$@" ;;
    bench) shift; run_benchmarks "$@" ;;
    format) shift; format "$@" ;;
    tidy) shift; tidy "$@" ;;
    server) server ;;
    package) make_packages ;;
    faults) shift; build; python3 tests/faults/kill.py $build/nabiz "$@" ;;
    soak) shift; build; QT_QPA_PLATFORM=offscreen $build/soak/bench_soak "$@" ;;
    neighbours) shift; run_neighbours "$@" ;;
    fuzz) run_fuzzers ;;
    *) die "unknown word '$1': use setup, build, test, bench, format, tidy, server, package, faults, soak, neighbours, fuzz, or none to open Nabız" ;;
esac
