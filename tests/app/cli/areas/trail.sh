# Area trail of cli_test.sh.

test_trail() {
    state=$HOME/.local/state/nabiz
    run 0 train quick $tiny training.max_steps=6 training.sample_interval=2 --name first
    grep -q "Z [0-9]* run 1: running" "$state/nabiz.log" || fail "the log does not say that the run was trained"
    grep -q "run 1: finished" "$state/nabiz.log" || fail "the log does not say how the run ended"
    grep -q "sample" "$state/nabiz.log" && fail "the log holds what the model wrote"
    [ -z "$(ls "$state"/crash-* 2>/dev/null)" ] || fail "a crash was kept where there was none"
    # Where it cannot be written, nobody is bothered.
    printf 'a file' >file
    (XDG_STATE_HOME=$work/file/state && export XDG_STATE_HOME && run 0 train quick $tiny training.max_steps=2 && exit $failures)
    failures=$((failures + $?))
    (XDG_STATE_HOME=$work/other && export XDG_STATE_HOME && run 0 train quick $tiny training.max_steps=2 && exit $failures)
    failures=$((failures + $?))
    grep -q "run 3: finished" other/nabiz/nabiz.log || fail "the log is not where XDG_STATE_HOME has it"
    # A crash leaves where it was, and ends as it would have, also where a sanitizer has a handler of its own.
    ASAN_OPTIONS=$ASAN_OPTIONS:handle_segv=0
    begin train quick $tiny training.max_steps=1000000 training.log_interval=1
    kill -SEGV $pid
    wait $pid 2>/dev/null
    code=$?
    equal $code 139
    crash=$state/crash-$pid.txt
    grep -q "^nabiz 0" "$crash" && grep -q "ended by signal 11" "$crash" || fail "no crash was kept"
    grep -q "nabiz(" "$crash" || fail "the crash has no stack"
    run 0 runs --json
    json 'd[0]["status"] == "interrupted"'
    test_diagnose
}

# One file to send tells where it crashed, and nothing of homes, data, written texts and secrets.
test_diagnose() {
    mkdir -p "$HOME/my project"
    awk 'BEGIN { for (n = 0; n < 4000; ++n) print "zebrawort", n }' >"$HOME/my project/private text.txt"
    (HF_TOKEN=hf_s3cr3tw0rd && MY_API_KEY=$HOME/keys && export HF_TOKEN MY_API_KEY
        run 0 train quick $tiny training.max_steps=4 training.sample_interval=2 "data.train_path=$HOME/my project/private text.txt" "training.sample_prompt=zebrawort hf_s3cr3tw0rd" --name hf_s3cr3tw0rd --note "see $HOME/my project"
        run 0 queue add quick $tiny "data.train_path=$HOME/my project/private text.txt" --name fails
        rm "$HOME/my project/private text.txt"
        run 1 queue run
        run 0 diagnose away.zip && exit $failures)
    failures=$((failures + $?))
    python3 -c 'import sys, zipfile
z = zipfile.ZipFile("away.zip")
for name in z.namelist(): sys.stdout.buffer.write(name.encode() + b"\n" + z.read(name))' >away.txt || return 0
    for word in zebrawort s3cr3tw0rd "$HOME" "my project" "private text"; do
        ! grep -qF "$word" away.txt || fail "the diagnosis holds '$word': $(grep -F "$word" away.txt | head -1)"
    done
    for word in "ended by signal 11" "run 1: finished" '"training.batch_size": "4"' "cores: "; do
        grep -qF "$word" away.txt || fail "the diagnosis lacks '$word'"
    done
    run 2 diagnose away.zip
    says "is there already"
    run 2 diagnose nowhere/away.zip
    says "nowhere"
}
