#!/bin/sh
# The LibTorch that this machine's driver can run: run.sh and, as get-libtorch, the packages fetch it by this one script.
#   libtorch.sh version          the version that Nabız stands on
#   libtorch.sh choose           which build, and why, in one line
#   libtorch.sh install FOLDER   says which and how large, then installs it with pip; FOLDER/torch is LibTorch afterwards
#   libtorch.sh                  the same into the folder of your own in which every Nabız looks
# NABIZ_TORCH_INDEX is an index URL for pip to fetch another build from; NABIZ_PYTHON the Python whose pip is asked.
set -eu

version=2.13.0
wheels=https://download.pytorch.org/whl
python=${NABIZ_PYTHON:-python3}

say() { printf '%s: %s\n' "${NABIZ_SETUP_NAME:-get-libtorch}" "$*" >&2; }
die() { say "$*"; exit 1; }

# From which driver on; the cards' compute capabilities it has kernels for, times ten; pip's index (- is its own, whose build is the
# one for CUDA 13); what is fetched; what it is.
builds="580 75 999 - 3GB CUDA_13
525 50 90 $wheels/cu126 3GB CUDA_12.6
0 0 999 $wheels/cpu 0.2GB CPU"

# "580.159.03, 7.5" a card; the capability is missing where nvidia-smi is older than that question.
cards() {
    nvidia-smi --query-gpu=driver_version,compute_cap --format=csv,noheader 2>/dev/null \
        || nvidia-smi --query-gpu=driver_version --format=csv,noheader 2>/dev/null || true
}

# Sets driver, by its first number (0 where there is none), and the least and greatest capability of all cards.
look() {
    driver=0 least=75 greatest=75
    seen=$(cards | sed -n 's/^ *\([0-9][0-9]*\)\.[0-9.]*\(, *\([0-9]*\)\.\([0-9]\)\)\{0,1\} *$/\1 \3\4/p')
    [ -n "$seen" ] || return 0
    driver=$(echo "$seen" | head -n 1 | cut -d' ' -f1)
    capabilities=$(echo "$seen" | sed -n 's/^[0-9]* \([0-9][0-9]*\)$/\1/p' | sort -n)
    [ -n "$capabilities" ] || return 0
    least=$(echo "$capabilities" | head -n 1)
    greatest=$(echo "$capabilities" | tail -n 1)
}

# Sets index, size, name and reason.
choose() {
    look
    while read -r from lowest highest index size name; do
        if [ "$driver" -ge "$from" ] && [ "$least" -ge "$lowest" ] && [ "$greatest" -le "$highest" ]; then break; fi
    done <<EOS
$builds
EOS
    name=$(echo "$name" | tr _ ' ')
    size=$(echo "$size" | sed 's/GB/ GB/')
    if [ "$driver" = 0 ]; then reason="no NVIDIA driver found"
    elif [ "$driver" -lt 525 ]; then reason="the NVIDIA driver $driver is older than the 525 that CUDA 12.6 needs"
    elif [ "$name" = CPU ]; then reason="a card of this kind needs the NVIDIA driver 580 or newer, and there is $driver"
    elif [ "$driver" -ge 580 ] && [ "$index" != - ]; then reason="for a card that CUDA 13 no longer knows"
    else reason="for the NVIDIA driver $driver"; fi
}

# Of the index that was chosen comes torch alone: what it needs besides lies in pip's own, which is nearer as a rule.
fetch() {
    if [ -n "${NABIZ_TORCH_INDEX:-}" ]; then
        say "LibTorch $version from $NABIZ_TORCH_INDEX, as NABIZ_TORCH_INDEX says"
        "$python" -m pip install --quiet --target "$1" --index-url "$NABIZ_TORCH_INDEX" "torch==$version"
        return
    fi
    choose
    say "LibTorch $version, the $name build (about $size): $reason"
    wanted=torch==$version
    if [ "$index" != - ]; then
        if "$python" -m pip download --quiet --retries 1 --no-deps --dest "$1.wheel" --index-url "$index" "$wanted"; then
            wanted=$(echo "$1.wheel"/*.whl)
        else
            say "$index gave no torch $version: pip's own index is asked, whose build is larger"
        fi
    fi
    "$python" -m pip install --quiet --target "$1" "$wanted"
}

install() {
    part=${1%/}.part
    rm -rf "$part" "$part.wheel"
    fetch "$part" || { rm -rf "$part" "$part.wheel"; die "pip could not install torch $version; see its words above"; }
    rm -rf "$part.wheel" "$1"
    mv "$part" "$1"
}

# Where load_trainer.cpp looks.
own_folder() {
    data=${XDG_DATA_HOME:-${HOME:?neither XDG_DATA_HOME nor HOME is set}/.local/share}
    echo "$data/nabiz/libtorch-$version"
}

case ${1:-own} in
    version) echo "$version" ;;
    choose) choose; echo "$name: $reason" ;;
    install) install "$2" ;;
    own) folder=$(own_folder); mkdir -p "${folder%/*}"; install "$folder"; say "it lies in $folder, where nabiz finds it" ;;
    *) die "unknown word '$1': use version, choose, install FOLDER, or none" ;;
esac
