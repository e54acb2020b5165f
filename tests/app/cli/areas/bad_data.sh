# Area bad_data of cli_test.sh.

test_bad_data() {
    mkdir folder
    : >empty.txt
    printf 'short' >short.txt
    printf 'x' >folder/picture.png
    for path in "$work/missing.txt" "$work/empty.txt" "$work/short.txt" "$work/folder"; do
        run 2 train quick $tiny training.max_steps=2 "data.train_path=$path"
        says "$path"
    done
    head -c 20000 /dev/zero | tr '\0' '\377' >bytes.txt
    run 0 train quick $tiny training.max_steps=2 "data.train_path=$work/bytes.txt"
    says UTF-8
    if [ "$(id -u)" != 0 ]; then
        cp bytes.txt secret.txt
        chmod 000 secret.txt
        run 2 train quick $tiny training.max_steps=2 "data.train_path=$work/secret.txt"
        says secret.txt
    fi
}
