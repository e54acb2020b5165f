# Area sparse of cli_test.sh.

# A page with six points: the last twenty batches hold one of them, and 2.46 is reached where a point says so.
test_sparse() {
    printf '# Published\n\n| step | loss |\n|--|--|\n| 0 | 6.0 |\n| 100 | 3.0 |\n| 200 | 2.0 |\n| 300 | 1.5 |\n| 400 | 1.2 |\n| 500 | 1.0 |\n' >page.md
    python3 -c '
print("# dense\n\n| step | loss |\n|--|--|")
for i in range(40): print("| %d | %.2f |" % (i, 6 - i * 0.1 if i < 20 else 2.46))' >run.md
    run 0 import page.md
    run 0 import run.md --name dense
    run 0 show 1
    grep -Eq "loss, mean of last 20 +1 \(of 1 point\)" "$out" || fail "the mean of the last 20 batches is not told as of one point"
    run 0 runs --json
    json '[r["loss"]["mean_last_20"] for r in d if r["run"] == 1] == [None]'
    json '[round(r["loss"]["mean_last_20"], 6) for r in d if r["run"] == 2] == [2.46]'
    run 0 compare 2 1 --json
    json '[v for o in d["outcomes"] if o["id"] == "loss.mean_of_last" for v in o["values"]][1] == 1.0'
    json '[o["points"] for o in d["outcomes"] if o["id"] == "loss.mean_of_last"] == [[None, 1]]'
    json 'd["verdicts"][0]["reached"]["batch"] == 200 and abs(d["verdicts"][0]["target"] - 2.46) < 1e-6'
    run 0 compare 1 2
    prints "dense does not reach Published's best loss (mean of 20), 1"
    grep -q "[0-9]\.[0-9]\{5\}" "$out" && fail "a table gives more than four digits"
}
