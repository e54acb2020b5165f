# Area numbers of cli_test.sh.

test_numbers() {
    for value in nan inf -inf 1e 1e400 + - -4 "" 4x 1,5 4.5 99999999999999999999 "٤" 4e-400; do
        run 2 estimate quick "training.batch_size=$value"
        run 2 estimate quick "model.d_model=$value"
    done
    for value in nan inf 1e 1e400 + "" "0,001" 1e-3x; do run 2 estimate quick "training.learning_rate=$value"; done
    has_window || return 0
    for value in nan NaN inf -inf infinity 0x2 1e + +2 -1 "" " 2" "2 " 2x 1,5 1e400 99999999999999999999 0 5; do
        run 2 screenshot runs s.png --scale "$value"
        says "--scale"
        run 2 screenshot runs s.png "--scale=$value"
    done
    for value in nan inf 400.5 1e3 0x400 + +400 "" 400x 1,5 99999999999999999999 -400 8001 0; do
        run 2 screenshot runs s.png --width "$value"
        run 2 screenshot runs s.png "--height=$value"
    done
    make_database
    run 2 screenshot runs s.png --width 8000 --height 8000 --scale 4 --db runs.db
    says "million pixels"
    run 2 screenshot watch s.png --width 8000 --height 8000 --scale 1.1 --db runs.db
    [ -e s.png ] && fail "a picture was written"
    run 0 screenshot watch s.png --width 400 --height 300 --scale 1.5 --db runs.db
}
