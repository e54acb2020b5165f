#!/bin/sh
# pack_server.sh BUILD OUT [folder]: of the server build a tarball that runs wherever it is unpacked, without root and network: every
# library but the C library's is in it, and each is found from where it lies. `folder` leaves it unpacked.
set -eu
build=$1
out=$2
name=nabiz-server-$(sed -n 's/^CMAKE_PROJECT_VERSION:STATIC=//p' "$build/CMakeCache.txt")-$(uname -m)
# A kernel's and a C library's own: those of the machine it runs on.
own='linux-vdso|ld-linux|lib(c|m|dl|rt|pthread|resolv)\.so'

mkdir -p "$out"
stage=$out/$name
rm -rf "$stage"
cmake --install "$build" --prefix "$stage" --strip > /dev/null
libraries=$stage/lib/nabiz/system
mkdir -p "$libraries"
ldd "$stage/bin/nabiz" "$stage/lib/nabiz/libnabiz_trainer.so" | awk '$2 == "=>" && $3 ~ /^\// { print $3 }' | sort -u \
    | grep -Ev "/($own)|/libtorch/" | while read -r library; do
    cp -L "$library" "$libraries/"
    patchelf --set-rpath '$ORIGIN' "$libraries/${library##*/}"
done
if ldd "$stage/bin/nabiz" "$stage/lib/nabiz/libnabiz_trainer.so" | grep 'not found'; then exit 1; fi
patchelf --set-rpath '$ORIGIN/../lib/nabiz/system' "$stage/bin/nabiz"
patchelf --set-rpath '$ORIGIN/libtorch/torch/lib:$ORIGIN/system' "$stage/lib/nabiz/libnabiz_trainer.so"
[ "${3:-}" != folder ] || exit 0
tar -C "$out" --sort=name --owner=0 --group=0 --numeric-owner -czf "$out/$name.tar.gz" "$name"
rm -rf "$stage"
echo "$out/$name.tar.gz"
