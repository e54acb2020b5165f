# Area export of cli_test.sh.

test_export() {
    run 0 train quick $tiny training.max_steps=5 training.eval_interval=2
    run 0 export 1 --csv all.csv
    equal "$(wc -l <all.csv)" 6
    python3 - <<'P' >>"$err" 2>&1 || fail "all.csv is not as promised"
import csv, struct
rows = list(csv.reader(open("all.csv")))
head = rows[0]
assert head[:2] == ["batch", "time"] and head[2:] == sorted(head[2:]) and "val.loss" in head, head
assert [row[0] for row in rows[1:]] == list("01234")
times = [float(row[1]) for row in rows[1:]]
assert times == sorted(times) and times[0] >= 0
losses = [row[head.index("loss")] for row in rows[1:]]
single = lambda text: struct.unpack("f", struct.pack("f", float(text)))[0]
for text in losses:
    assert len(text.replace(".", "").lstrip("0")) <= 9 and repr(single(text)) and single(text) == single(repr(single(text)))
values = [row[head.index("val.loss")] for row in rows[1:]]
assert "" in values and any(values), values
P
    run 0 export 1 --csv - --metric loss --metric val.loss
    equal "$(head -n 1 "$out")" "batch,time,loss,val.loss"
    equal "$(wc -l <"$out")" 6
    run 2 export 1 --csv x.csv --metric los
    says "did you mean 'loss'"
    run 2 export 1
    says csv
    run 2 export 9 --csv x.csv
    run 2 export 1 --csv /nonexistent/x.csv
    says /nonexistent/x.csv
    run 2 export 1 --csv /dev/full
    says /dev/full
    equal "$(ls ./*.part* x.csv 2>/dev/null)" ""
    if has_sqlite; then # what is no number is exported as such
        sqlite3 "$XDG_DATA_HOME/nabiz/nabiz.db" "UPDATE point SET value = NULL WHERE seq = (SELECT min(seq) FROM point);
            UPDATE point SET value = 9e999 WHERE seq = (SELECT min(seq) + 1 FROM point);
            UPDATE point SET value = -9e999 WHERE seq = (SELECT min(seq) + 2 FROM point)" || fail "no numbers"
        run 0 export 1 --csv - --metric loss
        equal "$(sed -n 2,4p "$out" | cut -d, -f3 | tr '\n' ' ')" "nan inf -inf "
        run 0 show 1 --json
        json 'd["metrics"]'
    fi
}
