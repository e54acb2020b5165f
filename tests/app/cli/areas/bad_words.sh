# Area bad_words of cli_test.sh.

test_bad_words() {
    run 2 train nonsuch
    says nonsuch
    for word in model.d_model model.d_modle=32 model.d_model=wide model.d_model=32.5 model.d_model=1e20 =3 \
        training.learning_rate=nan training.learning_rate=0 model.n_heads=5 model.dropout=1; do
        run 2 train quick "$word"
    done
    run 0 train quick $tiny training.max_steps=9 training.max_steps=2 --json
    json 'd["batches"] == 2'
    says "more than once"
    run 2 train quick --name 12
    run 2 train quick training.use_amp=true model.n_heads=5 hardware.device=cpu
    says "to start: nabiz train quick"
    says "training.use_amp=false"
    says "model.n_heads="
    # The line that is offered is itself taken as it is.
    run 2 train t4 hardware.device=cpu training.max_steps=1
    remedy=$(sed -n 's/^ *to start: nabiz //p' "$err")
    [ -n "$remedy" ] || fail "t4 offers no way to start"
    eval "run 0 $remedy $(echo $tiny) training.gradient_accumulation_steps=1"
}
