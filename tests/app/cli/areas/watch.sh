# Area watch of cli_test.sh: a run drawn in a terminal.

test_watch() {
    run 2 watch
    says "train a run first"
    run 0 train quick $tiny training.max_steps=30 training.eval_interval=5 --name drawn
    run 0 watch
    prints "1  drawn  finished  batch 30"
    prints "lowest"
    prints "validation"
    prints "memory.process"
    grep -q '⠁\|⢀\|⡀\|⠈\|⣀\|⠉' "$out" || fail "no curve is drawn"
    [ "$(wc -l <"$out")" -le 24 ] || fail "more lines than a terminal has"
    run 0 watch drawn --once
    run 2 watch nonsuch
    run 2 watch 1 --json
    # A run of another program, under its own names.
    printf 'step,train/loss\n0,2.5\n1,1.5\n2,nan\n3,0.5\n' >log.csv
    run 0 import log.csv --name foreign
    run 0 watch foreign
    prints "train/loss"
    prints "loss 0.5"
    # In a terminal until the run has ended, or SIGINT, and then the screen is as it was.
    python3 - "$nabiz" <<'P' >>"$err" 2>&1 || fail "it does not watch in a terminal"
import os, pty, signal, subprocess, sys, time
nabiz = sys.argv[1]
def watched(words, interrupts=False):
    main, side = pty.openpty()
    process = subprocess.Popen([nabiz, "watch"] + words, stdin=side, stdout=side, stderr=side)
    os.close(side)
    text = b""
    while True:
        try:
            part = os.read(main, 4096)
        except OSError:
            break
        if not part:
            break
        text += part
        if interrupts and b"finished" in text:
            process.send_signal(signal.SIGINT)
            interrupts = False
    assert process.wait() == 0, process.returncode
    assert text.startswith(b"\x1b[?1049h") and b"\x1b[?1049l" in text, text[:80]
    assert words == [] or b"drawn" in text.split(b"\x1b[?1049l")[1]
watched(["drawn"])
watched([], interrupts=True)
P
}
