# Area weights of cli_test.sh: a hub on loopback that redirects, breaks off, lies, refuses and asks for patience.

models=$here/../../golden/llm

behave() { printf '%s ' "$@" >hub/behave; }
forget() { : >hub.log && rm -rf cache; }
sent() { sed -n 's/.* sent=//p' hub.log | awk '{ n += $1 } END { print n + 0 }'; }
leaves_nothing() { equal "$(find cache -name '*.incomplete' -o -type f -size +1000k 2>/dev/null)" ""; }

start_hub() {
    rm -f port
    python3 "$here/weights_hub.py" hub port hub.log 2>>hub.err &
    hub_pid=$!
    trap 'kill $hub_pid 2>/dev/null; chmod -R u+w "$work" 2>/dev/null; rm -rf "$work"' EXIT
    for i in $(seq 200); do [ -e port ] && break; sleep 0.05; done
    HF_ENDPOINT=http://127.0.0.1:$(cat port)
}

# Qwen3 in small, with 8 MB behind it that nobody reads, and things beside it that are not fetched.
make_model() {
    mkdir -p "$1"
    python3 - "$models/qwen3/model.safetensors" "$1/model.safetensors" <<'P'
import json, struct, sys
data = open(sys.argv[1], "rb").read()
size = struct.unpack("<Q", data[:8])[0]
header, body = json.loads(data[8 : 8 + size]), data[8 + size :]
more = bytes(range(256)) * 31250
header["lm_head.weight"] = {"dtype": "U8", "shape": [len(more)], "data_offsets": [len(body), len(body) + len(more)]}
text = json.dumps(header).encode()
text += b" " * (-len(text) % 8)
open(sys.argv[2], "wb").write(struct.pack("<Q", len(text)) + text + body + more)
P
    cp "$models/qwen3/config.json" "$1"
    printf '{"version": "1.0"}' >"$1/tokenizer.json"
    printf 'Apache License\n' >"$1/LICENSE"
    printf 'read me' >"$1/README.md"
    printf 'other weights' >"$1/pytorch_model.bin"
    printf 'other weights' >"$1/consolidated.safetensors"
}

test_weights() {
    unset HF_TOKEN HF_TOKEN_PATH HF_HUB_OFFLINE HUGGINGFACE_HUB_CACHE HF_HOME XDG_CACHE_HOME REQUESTS_CA_BUNDLE CURL_CA_BUNDLE
    unset SSL_CERT_FILE http_proxy https_proxy HTTPS_PROXY all_proxy ALL_PROXY
    HF_HUB_CACHE=$work/cache
    export HF_ENDPOINT HF_HUB_CACHE
    make_model hub/Org/Small
    size=$(stat -c %s hub/Org/Small/model.safetensors)
    start_hub
    commit=cccccccccccccccccccccccccccccccccccccccc
    snapshot=$work/cache/models--Org--Small/snapshots/$commit
    weights_words
    weights_fetched
    weights_resumed
    weights_lies
    weights_refused
    weights_secrets
    weights_folders
    weights_trained
    weights_other_models
    weights_network
}

weights_words() {
    for words in "weights" "weights get" "weights get Small" "weights get a/b/c" "weights get ../x/y" "weights get Org/Small@../x" "weights check" \
        "weights check nowhere" "weights check Org/Small" "weights get Org/Small --endpoint ftp://x" "weights get Org/Small --endpoint http://u:secret@x"; do
        run 2 $words
    done
    grep -q secret "$err" && fail "a password is shown"
    HF_ENDPOINT=nonsense run 2 weights get Org/Small
    says HF_ENDPOINT
    run 0 weights list
    prints "no models"
    equal "$(cat hub.log 2>/dev/null)" ""
}

# Over a redirect to another host; a second time nothing but the list is asked for.
weights_fetched() {
    behave redirect
    forget
    run 0 weights get Org/Small --json
    json 'd["commit"] == "c" * 40 and d["licence"] == "apache-2.0" and d["fetched_bytes"] == d["bytes"] and d["resumed_bytes"] == 0'
    json '[f["name"] for f in d["files"]] == ["config.json", "LICENSE", "tokenizer.json", "model.safetensors"]'
    says "apache-2.0"
    says "$snapshot/LICENSE"
    cmp "$snapshot/model.safetensors" hub/Org/Small/model.safetensors || fail "another content"
    equal "$(cat cache/models--Org--Small/refs/main)" $commit
    equal "$(readlink "$snapshot/model.safetensors")" "../../blobs/$(sha256sum hub/Org/Small/model.safetensors | cut -d' ' -f1)"
    equal "$(readlink "$snapshot/config.json")" "../../blobs/$({ printf 'blob %s\0' "$(stat -c %s hub/Org/Small/config.json)" && cat hub/Org/Small/config.json; } | sha1sum | cut -d' ' -f1)"
    : >hub.log
    run 0 weights get Org/Small
    equal "$(cat "$out")" "$snapshot"
    says "all there before"
    equal "$(wc -l <hub.log)" 1
    HF_HUB_OFFLINE=1 run 0 weights get Org/Small
    equal "$(cat "$out")" "$snapshot"
    equal "$(wc -l <hub.log)" 1
    HF_HUB_OFFLINE=1 run 1 weights get Org/Other
    says HF_HUB_OFFLINE
    HF_HUB_OFFLINE=1 run 1 weights get "Org/Small" --to there
    run 0 weights list --json
    json '[(m["repo"], m["revisions"], m["architecture"], m["why_not"]) for m in d["models"]] == [("Org/Small", ["main"], "qwen3", None)]'
    run 0 weights list
    prints "Org/Small"
    run 0 weights check Org/Small --json
    json 'd["ok"] and d["architecture"] == "qwen3" and d["layers"] == 2 and all(f["hash_checked"] for f in d["files"])'
    if python3 -c 'import huggingface_hub' 2>/dev/null; then
        HF_HUB_OFFLINE=1 python3 -c 'import huggingface_hub; print(huggingface_hub.snapshot_download("Org/Small"))' >"$out" 2>"$err"
        equal "$(cat "$out")" "$snapshot"
    fi
    # Another commit's name for it, and one that is not there.
    run 0 weights get Org/Small@$commit
    run 1 weights get Org/Small@v2
    says "no revision v2"
    # The list without sizes and hashes: the files' own headers say them.
    behave nofiles
    forget
    run 0 weights get Org/Small
    cmp "$snapshot/model.safetensors" hub/Org/Small/model.safetensors || fail "another content"
    # A blob that is changed behind the cache's back.
    printf x | dd of="$(readlink -f "$snapshot/model.safetensors")" bs=1 seek=5000000 conv=notrunc 2>/dev/null
    run 2 weights check Org/Small
    says "not what the hub gave"
}

weights_resumed() {
    behave redirect break=3000000
    forget
    run 0 weights get Org/Small --json
    json "[f['fetched_bytes'] for f in d['files'] if f['name'] == 'model.safetensors'] == [$size]"
    equal "$(grep -c 'model.safetensors range=bytes=' hub.log)" 4 # two breaks, each go on by way of the hub
    equal "$(grep 'cdn.*sent=' hub.log | sed 's/.*sent=//' | awk '{ n += $1 } END { print n }')" "$size"
    # A server without ranges: each time from the start, until it gives all.
    behave break=3000000 norange
    forget
    run 1 weights get Org/Small
    says "The connection to 127.0.0.1"
    behave norange
    run 0 weights get Org/Small --json
    json "[(f['fetched_bytes'], f['resumed_bytes']) for f in d['files'] if f['name'] == 'model.safetensors'] == [($size, 0)]"
    # A part that an earlier call left, and one that is no part of it.
    blob=cache/models--Org--Small/blobs/$(sha256sum hub/Org/Small/model.safetensors | cut -d' ' -f1)
    for content in hub/Org/Small/model.safetensors /dev/zero; do
        behave
        forget
        mkdir -p "$(dirname "$blob")"
        head -c 5000000 $content >"$blob.incomplete"
        run 0 weights get Org/Small --json
        case $content in
            /dev/zero) json "[(f['fetched_bytes'], f['resumed_bytes']) for f in d['files'] if f['name'] == 'model.safetensors'] == [(2 * $size - 5000000, 0)]" ;;
            *) json "[(f['fetched_bytes'], f['resumed_bytes']) for f in d['files'] if f['name'] == 'model.safetensors'] == [($size - 5000000, 5000000)]" ;;
        esac
        cmp "$blob" hub/Org/Small/model.safetensors || fail "another content"
    done
    forget
    mkdir -p "$(dirname "$blob")"
    head -c 20000000 /dev/zero >"$blob.incomplete"
    run 0 weights get Org/Small
    cmp "$blob" hub/Org/Small/model.safetensors || fail "another content"
    # Stopped by a signal, and gone on with.
    behave slow
    forget
    "$nabiz" weights get Org/Small >"$out" 2>"$err" </dev/null &
    pid=$!
    while kill -0 $pid 2>/dev/null && [ "$(stat -c %s "$blob.incomplete" 2>/dev/null || echo 0)" -lt 200000 ]; do sleep 0.05; done
    interrupt
    says "the same command goes on"
    kept=$(stat -c %s "$blob.incomplete")
    equal "$(ls "$snapshot/model.safetensors" 2>/dev/null)" ""
    run 0 weights list --json
    json "[m['partial_bytes'] for m in d['models']] == [$kept]"
    behave
    run 0 weights get Org/Small --json
    json "[(f['fetched_bytes'], f['resumed_bytes']) for f in d['files'] if f['name'] == 'model.safetensors'] == [($size - $kept, $kept)]"
    # Two at once: the contents come once.
    forget
    behave slow
    "$nabiz" weights get Org/Small >first 2>>"$err" </dev/null &
    pid=$!
    "$nabiz" weights get Org/Small >second 2>>"$err" </dev/null || fail "the second of two"
    wait $pid || fail "the first of two"
    equal "$(cat first)" "$(cat second)"
    equal "$(grep -c 'GET.*resolve.*model.safetensors' hub.log)" 1
}

weights_lies() {
    for lie in length hash linked; do
        behave lie=$lie
        forget
        run 1 weights get Org/Small
        says model.safetensors
        says "nothing of it is kept"
        leaves_nothing
        equal "$(ls cache/models--Org--Small/refs 2>/dev/null)" ""
    done
}

# One line for each, and nothing on the disk.
refused() {
    forget
    run 1 weights get Org/Small
    equal "$(grep -c '^nabiz: ' "$err")" 1
    equal "$(find cache 2>/dev/null)" ""
}

weights_refused() {
    behave status=401
    refused
    says HF_TOKEN
    says "$HF_ENDPOINT/Org/Small"
    behave status=403
    refused
    HF_TOKEN=hf_secret refused
    says "to this token"
    forget
    behave
    run 1 weights get Org/Nothing
    says "There is no Org/Nothing"
    behave status=429 retry=3600
    refused
    says "3600 s"
    behave status=429 retry="Fri,_31_Dec_2199"
    refused
    behave status=503
    refused
    says "503"
    behave status=500 retry=100000
    refused
    behave status=302
    refused
    # What lasts only a little is waited for.
    forget
    behave fail=1 retry=1
    kill $hub_pid
    wait $hub_pid 2>/dev/null
    start_hub
    run 0 weights get Org/Small
    says "1 s of patience"
    kill $hub_pid
    wait $hub_pid 2>/dev/null
    refused
    says "$(cat port)"
    start_hub
    behave
}

# A token goes to the hub and to nobody else, and is not shown.
weights_secrets() {
    behave redirect token=hf_secret
    printf 'hf_secret\n' >token
    for how in variable path home; do
        forget
        case $how in
            variable) HF_TOKEN=hf_secret run 0 weights get Org/Small --json ;;
            path) HF_TOKEN_PATH=$work/token run 0 weights get Org/Small --json ;;
            home) mkdir -p home && cp token home && HF_HOME=$work/home run 0 weights get Org/Small --json ;;
        esac
        grep -q hf_secret "$out" "$err" && fail "the token is shown"
        equal "$(grep ' localhost ' hub.log | grep -c token=yes)" 0
        equal "$(grep ' 127.0.0.1 ' hub.log | grep -c token=no)" 0
    done
    grep -rq hf_secret cache && fail "the token is stored"
    forget
    HF_TOKEN=hf_other run 1 weights get Org/Small
    grep -q hf_other "$out" "$err" && fail "the token is shown"
    HF_TOKEN=$(printf 'hf\nX-Evil: 1') run 2 weights get Org/Small
    says HF_TOKEN
    behave
}

weights_folders() {
    forget
    run 0 weights get Org/Small --to plain
    equal "$(cat "$out")" "$work/plain"
    equal "$(ls plain | tr '\n' ' ')" "LICENSE config.json model.safetensors tokenizer.json "
    : >hub.log
    run 0 weights get Org/Small --to plain
    equal "$(sent)" 0
    run 0 weights check plain
    prints "qwen3: 2 layers"
    run 0 weights get Org/Small
    : >hub.log
    run 0 weights get Org/Small --to again
    equal "$(sent)" 0
    cmp again/model.safetensors hub/Org/Small/model.safetensors || fail "another content"
    printf '{}' >plain/tokenizer.json
    run 2 weights get Org/Small --to plain
    says plain/tokenizer.json
    equal "$(cat plain/tokenizer.json)" '{}'
    run 1 weights get Org/Small --to /proc/nothing
    # A disk that ends: what was there of it is gone.
    forget
    (ulimit -f 2000 && "$nabiz" weights get Org/Small >"$out" 2>"$err" </dev/null)
    equal $? 1
    says "Make room"
    leaves_nothing
    # One that is too small from the start, and a model of another kind: not even a description of it stays.
    if mkdir tiny && mount -t tmpfs -o size=3m tmpfs tiny 2>/dev/null; then
        run 1 weights get Org/Small --to tiny/m
        says "to spare, and its disk has"
        HF_HUB_CACHE=$work/tiny/cache run 1 weights get Org/Small
        equal "$(find tiny -name '*.json' -o -type l)" ""
        umount tiny
    fi
    # A cache that another program has left half.
    run 0 weights get Org/Small
    rm "$(readlink -f "$snapshot/model.safetensors")"
    run 2 weights check Org/Small
    run 0 weights list
    prints "holds no model.safetensors"
    HF_HUB_OFFLINE=1 run 1 weights get Org/Small
    says "not whole"
    run 0 weights get Org/Small
    run 0 weights check Org/Small
}

# A preset names a model of the cache; the record says which commit.
weights_trained() {
    small="model.expert_types=[language] language.stand_in= training.max_steps=2"
    run 0 train quick $tiny $small language.path=Org/Small
    run 0 show 1 --json
    json '[p["declared"].strip(chr(34)) for p in d["parameters"] if p["key"] == "language.path"] == ["Org/Small@" + "c" * 40]'
    run 0 train quick $tiny $small "language.path=Org/Small@$commit"
    run 0 train quick $tiny $small "language.path=$snapshot"
    losses 1 by-name && losses 2 by-commit && losses 3 by-folder
    cmp by-name by-commit && cmp by-name by-folder || fail "other losses"
    mkdir -p Org && cp -r plain Org/Small && cp hub/Org/Small/tokenizer.json Org/Small
    run 0 train quick $tiny $small language.path=Org/Small
    run 0 show 4 --json
    json '[p["declared"] for p in d["parameters"] if p["key"] == "language.path"][0].endswith("/Org/Small")'
    rm -r Org
    run 2 train quick $tiny $small language.path=Org/Other
    says "nabiz weights get Org/Other"
    rm "$(readlink -f "$snapshot/model.safetensors")"
    run 2 train quick $tiny $small language.path=Org/Small
    says "nabiz weights get Org/Small"
    run 0 estimate t4
    rm -rf cache
    run 0 estimate t4 data.train_path=generated:turkish --json
    json 'd["parts"]["language_weights"] > 800e6'
    run 2 train t4 data.train_path=generated:turkish hardware.device=cpu training.use_amp=false
    says "nabiz weights get Qwen/Qwen3-0.6B"
}

weights_other_models() {
    forget
    mkdir -p hub/Org/Sharded hub/Org/Mamba hub/Org/Torch
    cp hub/Org/Small/config.json hub/Org/Sharded
    cp hub/Org/Small/model.safetensors hub/Org/Sharded/model-00001-of-00001.safetensors
    cp hub/Org/Small/model.safetensors hub/Org/Sharded/model.fp32.safetensors
    printf '{"weight_map": {"model.norm.weight": "model-00001-of-00001.safetensors"}}' >hub/Org/Sharded/model.safetensors.index.json
    run 0 weights get Org/Sharded --json
    json '[f["name"] for f in d["files"]] == ["config.json", "model.safetensors.index.json", "model-00001-of-00001.safetensors"] and d["licence"]'
    run 0 weights check Org/Sharded
    cp hub/Org/Small/model.safetensors hub/Org/Mamba
    printf '{"model_type": "mamba"}' >hub/Org/Mamba/config.json
    : >hub.log
    run 2 weights get Org/Mamba
    says "mamba"
    equal "$(find cache -path '*Mamba*' -name '*.json')" ""
    equal "$(grep -c 'model.safetensors' hub.log)" 0
    cp hub/Org/Small/config.json hub/Org/Torch && printf x >hub/Org/Torch/pytorch_model.bin
    run 2 weights get Org/Torch
    says "holds no model.safetensors"
}

weights_network() {
    forget
    http_proxy=http://someone:secret@127.0.0.1:1 refused
    says "the proxy 127.0.0.1:1"
    grep -q secret "$err" && fail "a password is shown"
    http_proxy=http://no-such-host.invalid:3128 refused
    says "proxy"
    HF_ENDPOINT=http://no-such-host.invalid refused
    says "no-such-host.invalid"
    HF_ENDPOINT=https://127.0.0.1:$(cat port) refused
    says "does not speak HTTPS"
    command -v openssl >/dev/null || return 0
    openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=IP:127.0.0.1 -keyout key.pem -out cert.pem 2>/dev/null
    cat key.pem cert.pem >both.pem
    kill $hub_pid
    wait $hub_pid 2>/dev/null
    HUB_CERTIFICATE=$work/both.pem
    export HUB_CERTIFICATE
    start_hub
    HF_ENDPOINT=https://127.0.0.1:$(cat port)
    refused
    says "ca-certificates"
    SSL_CERT_FILE=$work/nothing.pem refused
    REQUESTS_CA_BUNDLE=$work/nothing.pem SSL_CERT_FILE=$work/cert.pem run 0 weights get Org/Small
    cmp "$snapshot/model.safetensors" hub/Org/Small/model.safetensors || fail "another content"
    unset HUB_CERTIFICATE
}
