#!/bin/sh
# What a desktop reads is in order, by its own tools, and everything that one of the files names is there.
# sh desktop_test.sh SOURCE_FOLDER.
set -u
desktop=$1/resources/desktop
failures=0
fail() { failures=$((failures + 1)); echo "FAIL: $*"; }

if command -v desktop-file-validate > /dev/null; then
    said=$(desktop-file-validate "$desktop/org.nabiz.Nabiz.desktop") || fail "desktop-file-validate: $said"
fi
if command -v appstreamcli > /dev/null; then
    said=$(appstreamcli validate --no-net "$desktop/org.nabiz.Nabiz.metainfo.xml") || fail "appstreamcli: $said"
fi
if command -v update-mime-database > /dev/null; then
    work=$(mktemp -d)
    mkdir "$work/packages"
    cp "$desktop/org.nabiz.Nabiz.mime.xml" "$work/packages/"
    said=$(update-mime-database "$work" 2>&1)
    for type in x-nabiz-runs x-nabiz-preset; do
        [ -e "$work/application/$type.xml" ] || fail "no type $type: $said"
        grep -q "application/$type;" "$desktop/org.nabiz.Nabiz.desktop" || fail "the desktop file opens no $type"
    done
    rm -r "$work"
fi
# The version is one.
version=$(sed -n 's/^project(nabiz VERSION \([0-9.]*\).*/\1/p' "$1/CMakeLists.txt")
grep -q "<release version=\"$version\"" "$desktop/org.nabiz.Nabiz.metainfo.xml" || fail "the metainfo has no release $version"
head -n 1 "$1/resources/packages/changelog" | grep -qF "($version)" || fail "the changelog's first entry is not $version"
[ "$failures" = 0 ]
