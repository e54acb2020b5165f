# Area texts of cli_test.sh: what data.train_path takes, and what it leaves out by name.

# One real text, and what lies beside it on people's disks.
make_folder() {
    mkdir -p d/.ipynb_checkpoints d/__MACOSX d/checkpoint-100
    for i in $(seq 400); do echo "Bu bir deneme metnidir, satır $i, ve yeterince uzundur."; done >d/a.txt
    echo '{"text": "json lines corpus"}' >d/b.jsonl
    cp d/a.txt d/d.text
    cp d/a.txt d/e.md
    cp d/a.txt d/checkpoint-100/vocab.txt
    printf '\000\005\026\007\000\002\000\000Mac OS X' >d/._a.txt
    cp d/._a.txt d/__MACOSX/
    cp d/a.txt d/.ipynb_checkpoints/a-checkpoint.txt
    tar czf d/x.tar.gz -C d a.txt
    printf PAR1 >d/y.parquet
}

test_texts() {
    make_folder
    run 0 train quick $tiny training.max_steps=2 data.train_path=d
    for name in ._a.txt __MACOSX .ipynb_checkpoints checkpoint-100 b.jsonl d.text e.md x.tar.gz y.parquet; do says "$name"; done
    run 0 show 1 --json
    json 'd["facts"]["data.files"] == "1" and d["facts"]["data.names"] == "a.txt"'
    json 'all(n in d["facts"]["data.left_out"] for n in ("._a.txt", "__MACOSX", "checkpoint-100", "b.jsonl", "d.text", "e.md", "x.tar.gz", "y.parquet"))'
    json '[p["declared"][0] + p["declared"][-2:] for p in d["parameters"] if p["key"] == "data.train_path"] == ["//d"]'
    run 2 train quick $tiny training.max_steps=2 data.train_path=d/y.parquet
    says "Parquet"
    # JSON lines, by another field's name too.
    for i in $(seq 300); do printf '{"text": "satır %s", "body": "gövde %s"}\n' "$i" "$i"; done >lines.jsonl
    run 0 train quick $tiny training.max_steps=2 data.train_path=lines.jsonl
    run 0 train quick $tiny training.max_steps=2 data.train_path=lines.jsonl data.jsonl_field=body
    run 0 show 3 --json
    json 'd["facts"]["data.bytes"] == str(sum(len("gövde %d\n" % i) + 1 for i in range(1, 301)))'
    run 2 train quick $tiny training.max_steps=2 data.train_path=lines.jsonl data.jsonl_field=content
    says "body, text"
    # Windows-1254 is said, with its remedy; converted, it is the same text as in UTF-8.
    iconv -f UTF-8 -t CP1254 d/a.txt >old.txt
    run 0 train quick $tiny training.max_steps=2 data.train_path=old.txt
    says "Windows-1254"
    says "data.charset=auto"
    run 0 train quick $tiny training.max_steps=2 data.train_path=old.txt data.charset=auto
    run 0 train quick $tiny training.max_steps=2 data.train_path=d/a.txt
    losses 5 converted
    losses 6 utf8
    cmp converted utf8 || fail "other losses"
    iconv -f UTF-8 -t UTF-16 d/a.txt >wide.txt
    run 0 train quick $tiny training.max_steps=2 data.train_path=wide.txt data.charset=auto
    losses 7 converted
    cmp converted utf8 || fail "other losses"
    # The home folder.
    cp d/a.txt "$HOME/mine.txt"
    run 0 train quick $tiny training.max_steps=2 'data.train_path=~/mine.txt'
    run 0 show 8 --json
    json "[p['declared'] for p in d['parameters'] if p['key'] == 'data.train_path'] == ['$HOME/mine.txt']"
}
