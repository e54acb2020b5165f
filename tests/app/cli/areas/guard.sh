# Area guard of cli_test.sh: runs that go on by themselves, and those that do not.

# unattended SIGNAL NAME: a run of queue.resume: auto that this signal ends.
unattended() {
    begin train quick $tiny training.max_steps=150 training.save_interval=50 training.log_interval=1 queue.resume=auto --name "$2"
    while kill -0 $pid 2>/dev/null && ! grep -q "batch 60/" "$work/live"; do sleep 0.02; done
    kill -"$1" $pid
    wait $pid 2>/dev/null
}

test_guard() {
    run 0 guard --once # no database yet
    echo no database >none.db
    run 2 guard --once --db none.db
    run 2 guard --db none.db # which ends at once: no later look would find one there
    run 2 guard --db /dev/null
    says "'/dev/null' is no file"
    run 2 guard --db .
    for place in none.db /dev/null .; do # judged before anything is laid beside it
        [ ! -e "$place-guard" ] || fail "$place-guard was made"
    done
    unattended KILL killed
    cp "$work/live" "$err"
    says "while nabiz guard runs"
    unattended TERM ended
    unattended HUP hung
    unattended INT stopped # by a person
    begin train quick $tiny training.max_steps=150 training.log_interval=1 --name by_hand
    kill -KILL $pid
    wait $pid 2>/dev/null
    run 0 guard --once
    says "1 of at most 3 times"
    run 0 runs --json
    json '[r["status"] for r in d][::-1] == ["finished", "finished", "finished", "stopped", "interrupted"]'
    json 'all(r["batches"] == 150 for r in d if r["status"] == "finished")'
    run 0 train quick $tiny training.max_steps=150 training.save_interval=50 --name whole
    losses whole whole.csv
    for name in killed ended hung; do
        losses $name other.csv
        cmp whole.csv other.csv >>"$err" 2>&1 || fail "$name, which went on by itself, has other losses"
    done
    run 0 guard --once # nothing is left
    equal "$(cat "$out")" ""

    # What ends its process each time is left to a person.
    begin train quick $tiny training.max_steps=1000000 training.log_interval=1 queue.resume=auto --name deadly
    kill -KILL $pid
    wait $pid 2>/dev/null
    begin guard --once
    for time in 1 2 3; do
        while kill -0 $pid 2>/dev/null && ! sed -n "/it goes on, $time of/,\$p" "$work/live" | grep -q "batch [0-9]*/"; do sleep 0.02; done
        kill -KILL $(pgrep -P $pid)
    done
    wait $pid
    equal $? 1
    cp "$work/live" "$err"
    says "has gone on by itself 3 times"
    # What cannot begin is not tried for ever.
    seq 20000 >gone.txt
    begin train quick $tiny training.max_steps=1000000 training.log_interval=1 queue.resume=auto data.train_path=gone.txt --name gone
    kill -KILL $pid
    wait $pid 2>/dev/null
    rm gone.txt
    "$nabiz" guard --once >"$out" 2>"$err"
    equal $? 1
    says "'gone' could not go on"

    test_guard_queue
    test_guard_unit
}

# A queue whose program is killed goes on with all that waits.
test_guard_queue() {
    for name in first second; do
        run 0 queue add quick $tiny training.max_steps=200 training.log_interval=1 queue.resume=auto --name $name
    done
    begin queue run
    kill -KILL $pid
    wait $pid 2>/dev/null
    run 0 queue pause # by a person: it waits, and is not given up
    "$nabiz" guard --once >"$out" 2>"$err"
    ! grep -q "'first'" "$err" || fail "a queue that is paused goes on"
    run 0 queue resume
    "$nabiz" guard --once >"$out" 2>"$err"
    says "the queue goes on with it"
    run 0 show second --json
    json 'd["status"] == "finished"'
    # What ends its process each time has three times in all, those of the queue among them.
    run 0 queue add quick $tiny training.max_steps=1000000 training.log_interval=1 queue.resume=auto --name deadly_there
    for time in 1 2 3; do
        begin queue run
        kill -KILL $pid
        wait $pid 2>/dev/null
    done
    begin guard --once
    while kill -0 $pid 2>/dev/null && ! sed -n "/it goes on, 3 of/,\$p" "$work/live" | grep -q "batch [0-9]*/"; do sleep 0.02; done
    kill -KILL $(pgrep -P $pid)
    wait $pid
    cp "$work/live" "$err"
    says "'deadly_there' has gone on by itself 3 times"
}

# systemctl itself is played: what is asked of it, and a user whom it does not know.
test_guard_unit() {
    mkdir -p play
    printf '#!/bin/sh\necho "$@" >>"%s"\n[ "$2" != is-active ] || exit 0\n' "$work/asked" >play/systemctl
    chmod +x play/systemctl
    before=$PATH
    PATH=$work/play:$PATH
    run 0 guard install --db "$work/a \$b%c.db"
    says "loginctl enable-linger"
    unit=$XDG_CONFIG_HOME/systemd/user/nabiz-guard.service
    grep -qF 'guard --db "'"$work"'/a $$b%%c.db"' "$unit" || fail "the unit names another database: $(cat "$unit")"
    run 0 guard status
    prints "nabiz-guard.service, running"
    prints "not watched"
    run 0 guard remove
    [ ! -e "$unit" ] || fail "the unit is still there"
    equal "$(tr '\n' ';' <asked | sed 's/--user is-active[^;]*;//g; s/--user //g')" \
        "daemon-reload;enable nabiz-guard.service;restart nabiz-guard.service;disable --now nabiz-guard.service;daemon-reload;"
    run 2 guard remove
    printf '#!/bin/sh\necho "Failed to connect to bus: No medium found" >&2\nexit 1\n' >play/systemctl
    run 2 guard install
    says "@reboot"
    [ ! -e "$unit" ] || fail "a unit that systemd did not take is left"
    PATH=$before
    "$nabiz" guard >"$work/live.out" 2>"$work/live" &
    pid=$!
    while kill -0 $pid 2>/dev/null && ! "$nabiz" guard status | grep -q "is watched"; do sleep 0.05; done
    run 2 guard
    says "watches"
    kill -TERM $pid
    wait $pid
    equal $? 0
}
