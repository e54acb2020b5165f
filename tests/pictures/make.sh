#!/bin/sh
# Draws every page of the window into this folder, to be looked at: in English and light, in Turkish and dark, and in Turkish
# at 200 %. The runs are seven of `quick`, trained first unless a database that has them is named:
#   tests/pictures/make.sh [build/release/nabiz [runs.db]]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
nabiz=${1:-$here/../../build/release/nabiz}
database=${2:-}
if [ -z "$database" ]; then
    folder=$(mktemp -d)
    trap 'rm -rf "$folder"' EXIT
    database=$folder/runs.db
    for rate in 1e-3 3e-4; do
        for seed in 1 2 3; do
            "$nabiz" train quick training.max_steps=300 training.learning_rate=$rate training.seed=$seed \
                --name "rate $rate, seed $seed" --db "$database"
        done
    done
    "$nabiz" train quick training.max_steps=300 training.batch_size=8 --name "batch 8" --db "$database"
fi
export QT_QPA_PLATFORM=offscreen
for page in configure watch runs compare report; do
    case $page in
        compare) runs="--run 1 --run 2 --run 3 --run 4 --run 5 --run 6" ;;
        watch | runs) runs="--run 1 --run 4" ;;
        *) runs="--run 1" ;;
    esac
    "$nabiz" screenshot $page "$here/$page-light.png" --db "$database" $runs --language en
    "$nabiz" screenshot $page "$here/$page-dark-turkish.png" --db "$database" $runs --language tr --dark
    "$nabiz" screenshot $page "$here/$page-200-turkish.png" --db "$database" $runs --language tr --scale 2
done
