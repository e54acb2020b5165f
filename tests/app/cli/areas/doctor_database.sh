# Area doctor_database of cli_test.sh: what doctor says of the database.

test_doctor_database() {
    # It makes none, and writes none.
    run 0 doctor --db none.db --json
    json 'd["database"]["check"] == "not made yet: the first run makes it" and d["database"]["free space"]'
    [ -e none.db ] && fail "doctor has made a database"
    run 0 train quick $tiny training.max_steps=20 training.save_interval=8 --db good.db
    before=$(cksum <good.db)
    run 0 doctor --db good.db --json
    json 'd["ok"] and d["database"]["check"] == "ok" and d["database"]["references"] == "ok" and d["database"]["runs"] == "1"'
    json 'd["database"]["checkpoints without folder"] == "none" and d["database"]["folders without checkpoint"] == "none"'
    json 'd["database"]["points that wait"] == "none" and "the newest checkpoint took" in d["database"]["free space"]'
    run 0 doctor --db good.db
    prints "points that wait"
    # A checkpoint whose folder is gone, and a folder of which no row knows.
    mv good.db-checkpoints/1/batch-8 good.db-checkpoints/1/batch-9
    mkdir -p good.db-checkpoints/77/batch-5
    printf '12345' >good.db-checkpoints/77/batch-5/model.safetensors
    run 0 doctor --db good.db --json
    json 'd["ok"] and d["database"]["checkpoints without folder"].startswith("1, ") and "/1/batch-8 (" in d["database"]["checkpoints without folder"]'
    json 'd["database"]["folders without checkpoint"].startswith("2, ") and "/77/batch-5 (5 B)" in d["database"]["folders without checkpoint"]'
    equal "$(cksum <good.db)" "$before"
    [ -e good.db-checkpoints/77/batch-5 ] || fail "doctor has deleted a folder"
    # What refers to nothing.
    python3 -c 'import sqlite3
c = sqlite3.connect("good.db")
c.execute("insert into event (run, kind, time) values (99, \"log\", 1)")
c.commit()'
    run 1 doctor --db good.db --json
    json 'not d["ok"] and "1 rows refer to what is not there, the first in event" in d["database"]["references"]'
    # Damage.
    cp good.db bad.db
    python3 -c 'import os
size = os.path.getsize("bad.db")
with open("bad.db", "r+b") as file:
    for page in range(8192, size - 4096, 8192):
        file.seek(page)
        file.write(b"x" * 4096)'
    before=$(cksum <bad.db)
    run 1 doctor --db bad.db --json
    json 'not d["ok"] and "nabiz rescue" in d["database"]["check"] and d["program"]["nabiz"]'
    equal "$(cksum <bad.db)" "$before"
    # Points that wait beside it.
    "$nabiz" train quick $tiny training.max_steps=1000000 training.log_interval=1 --db side.db >"$work/live.out" 2>"$work/live" &
    pid=$!
    while kill -0 $pid 2>/dev/null && ! grep -q "batch 3/" "$work/live"; do sleep 0.05; done
    mkfifo hold
    python3 -c 'import sqlite3, sys
c = sqlite3.connect("side.db", isolation_level=None)
c.execute("begin immediate")
open("held", "w").close()
sys.stdin.read()' <hold &
    holder=$!
    exec 8>hold
    until [ -e held ]; do sleep 0.02; done
    kill -TERM $pid
    wait $pid
    run 0 doctor --db side.db --json
    json '"side.db-unwritten-" in d["database"]["points that wait"] and "brings in" in d["database"]["points that wait"]'
    [ -n "$(ls side.db-unwritten-*)" ] || fail "doctor has brought it in"
    exec 8>&-
    wait $holder
    run 0 runs --db side.db
    run 0 doctor --db side.db --json
    json 'd["database"]["points that wait"] == "none"'
}
