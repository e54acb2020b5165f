# Area basics of cli_test.sh.

test_basics() {
    run 0 --help
    prints train
    run 0 --version
    prints "nabiz 0"
    for command in train queue resume presets runs show compare export import follow watch estimate audit doctor backup rescue notify weights; do run 0 $command --help; done
    for command in list add move remove run pause resume; do run 0 queue $command --help; done
    run 2 frobnicate
    says "no command 'frobnicate'"
    run 2 trian quick
    says "did you mean 'train'"
    run 2 train
    says "nabiz train --help"
    run 2 runs --nonsense
    says "--nonsense"
    run 0 doctor
    run 0 doctor --json
    json 'd["ok"] and d["program"]["nabiz"] and d["libtorch"] and d["database"]["free space"]'
    run 0 runs
    prints "no runs yet"
    run 0 runs --json
    json 'd == []'
    run 2 show 1
    "$nabiz" --help >/dev/full 2>"$err" && fail "a full stdout is not noticed"
    says "could not be written"
}
