# Area examples of cli_test.sh: what there is to look at first, and words that name neither a command nor a file.

test_examples() {
    run 0 examples look.db
    equal "$(wc -l <"$out")" 6
    run 0 runs --json --db look.db
    json 'sorted(r["name"] for r in d if r["status"] == "finished") == ["example", "example leaky", "example s1", "example s2", "example s3", "example slow"]'
    json '[r["status"] for r in d if r["status"] != "finished"] == ["reference"]'
    run 0 compare 4 5 6 --db look.db
    run 0 audit 3 --db look.db
    grep -qi "sees what follows" "$out" || fail "the leaky one is not found out"
    run 2 examples look.db
    says "already"
    run 2 examples a.db --db b.db
    [ ! -e a.db ] && [ ! -e b.db ] || fail "made all the same"

    run 0 train quick $tiny data.train_path=example:turkish training.max_steps=2
    run 2 train quick $tiny data.train_path=example:english
    says "example:turkish"
    run 2 train quick $tiny data.val_path=example:turkish

    run 2 trian quick
    says "did you mean 'train'"
    run 2 "$work/none.yaml"
    run 2 none.yaml train quick
}
