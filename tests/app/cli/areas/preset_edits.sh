# Area preset_edits of cli_test.sh: presets of one's own, renamed, thrown away, brought back, made of runs.

test_preset_edits() {
    folder=$XDG_CONFIG_HOME/nabiz/presets
    mkdir -p "$folder"
    printf 'summary: mine\nextends: quick\ntraining:\n  max_steps: 3\n' >"$folder/mine.yaml"
    run 0 train mine $tiny training.seed=7 --name first --db runs.db
    run 0 preset list --json --db runs.db
    json '[(p["name"], p["runs"], p["waiting"]) for p in d if p["runs"]] == [("mine", 1, 0)]'

    run 0 preset rename mine "yeni ad" --json
    json 'd == {"name": "yeni ad", "before": "mine"}'
    run 0 preset show "yeni ad"
    run 2 preset show mine
    run 2 preset rename quick slow
    says "comes with the program"
    run 2 preset rename "yeni ad" quick
    says "already"
    run 2 preset rename "yeni ad" ../out
    says "cannot be called"
    run 2 preset rename nothing something
    says "no preset nothing"

    # What another extends is neither renamed nor thrown away.
    printf 'extends: yeni ad\n' >"$folder/child.yaml"
    run 2 preset delete "yeni ad"
    says "extended by child"
    run 0 preset delete child
    run 0 preset diff "yeni ad" quick --json
    json '[x["key"] for x in d["differences"]] == ["training.max_steps"]'

    # A queue that waits with it trains it all the same.
    run 0 queue add "yeni ad" $tiny --name later --db runs.db
    run 0 preset delete "yeni ad" --json --db runs.db
    json 'd["waiting"] == 1'
    run 2 preset show "yeni ad"
    run 0 queue run --db runs.db
    run 0 show later --json --db runs.db
    json 'd["status"] == "finished" and d["batches"] > 0'
    run 0 preset restore "yeni ad"
    run 0 preset show "yeni ad"
    prints "summary: mine"
    run 2 preset restore "yeni ad"
    says "in the trash"
    printf 'summary: other\n' >"$folder/twice.yaml"
    run 0 preset delete twice
    printf 'summary: newer\n' >"$folder/twice.yaml"
    run 0 preset restore twice --json
    json 'd["name"] == "twice-2"'

    # What the run was started with, the command line's overrides too.
    run 0 preset save-from first --name kept --json --db runs.db
    run 0 preset show kept --json
    json 'd["parameters"]["training.seed"] == 7 and d["parameters"]["model.d_model"] == 32 and d["parameters"]["training.max_steps"] == 3'
    run 2 preset save-from first --name kept --db runs.db
    says "already"
    run 0 preset save-from first --db runs.db
    run 0 preset show first
    make_database
    run 2 preset save-from other --db runs.db
    says "no settings"
}
