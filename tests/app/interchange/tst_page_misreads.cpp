// SPDX-License-Identifier: GPL-3.0-or-later
// Figures that seem others than they are: of several runs, of another part of the data, in another unit, a range, a
// change, a count of something else. What is read of each page was written down before it was tried.
#include "app/interchange/published_page.h"

#include <QtTest>

using namespace nabiz::app;

namespace {

struct Page {
    const char* name;
    const char* text;
    const char* losses; // metric@batch=value, by batch and name
};

// clang-format off
constexpr Page kPages[] = {
    { "megatron",
      " iteration      100/  500000 | consumed samples:        51200 | elapsed time per iteration (ms): 9812.3 | learning rate: 1.500E-05 | global batch size:   512 | lm loss: 9.312451E+00 | loss scale: 1.0 | grad norm: 2.134 | number of skipped iterations:   0 | number of nan iterations:   0 |\n iteration      200/  500000 | consumed samples:       102400 | elapsed time per iteration (ms): 9790.1 | learning rate: 3.000E-05 | global batch size:   512 | lm loss: 7.901234E+00 | loss scale: 1.0 | grad norm: 1.034 | number of skipped iterations:   0 | number of nan iterations:   0 |\n----\nvalidation loss at iteration 200 | lm loss value: 7.812345E+00 | lm loss PPL: 2.470000E+03 |\n",
      "loss@100=9.31245 loss@200=7.90123 val.loss@200=7.81234" },
    { "pandas",
      "   step    loss  val_loss\n0     0  6.3347    6.4001\n1    50  0.2715       NaN\n2   100  0.0078    0.0112\n",
      "loss@0=6.3347 val.loss@0=6.4001 loss@50=0.2715 loss@100=0.0078 val.loss@100=0.0112" },
    { "pandas dots",
      "       step    loss\n0         0  6.3347\n1        50  0.2715\n...     ...     ...\n99     4950  0.0078\n\n[100 rows x 2 columns]\n",
      "loss@0=6.3347 loss@50=0.2715 loss@4950=0.0078" },
    { "rich",
      "┏━━━━━━┳━━━━━━━━┓\n┃ step ┃ loss   ┃\n┡━━━━━━╇━━━━━━━━┩\n│ 0    │ 6.3347 │\n│ 50   │ 0.2715 │\n└──────┴────────┘\n",
      "loss@0=6.3347 loss@50=0.2715" },
    { "german",
      "| Schritt | Verlust (Training) | Validierungsverlust |\n|---|---|---|\n| 1.000 | 2,4512 | 2,5 |\n| 2.000 | 1,9 | 2,1 |\n",
      "loss@1000=2.4512 val.loss@1000=2.5 loss@2000=1.9 val.loss@2000=2.1" },
    { "ranges",
      "At step 100 the loss was between 1.5 and 1.7. At step 200 it was 1.2–1.3.\n\n- Step 300: loss 0.9-1.1\n- Step 400: loss ≈ 0.8\n- Step 500: loss < 0.7\n- Step 600: loss 0.55 ± 0.02\n",
      "loss@600=0.55" },
    { "units",
      "| step | loss (bits/byte) |\n|---|---|\n| 100 | 1.5 |\n| 200 | 1.2 |\n",
      "" },
    { "seeds",
      "| Seed | Step | Loss |\n|---|---|---|\n| 1 | 100 | 0.52 |\n| 2 | 100 | 0.49 |\n",
      "" },
    { "hf step json",
      "{\"step\": 10, \"loss\": 2.5, \"eval_loss\": 2.25}\n{\"step\": 20, \"loss\": 2.0}\n",
      "loss@10=2.5 val.loss@10=2.25 loss@20=2" },
    { "swiss",
      "| step | tokens | train loss |\n|---|---|---|\n| 1'000 | 65'536'000 | 3.5 |\n| 2'000 | 131'072'000 | 3.1 |\n",
      "loss@1000=3.5 loss@2000=3.1" },
    { "rst",
      "====== ======\nstep   loss\n====== ======\n0      6.3347\n50     0.2715\n====== ======\n",
      "loss@0=6.3347 loss@50=0.2715" },
    { "step in k head",
      "| Step (k) | Loss |\n|---|---|\n| 1 | 3.2 |\n| 2 | 2.9 |\n",
      "" },
    { "steps thousands",
      "| Steps (thousands) | Loss |\n|---|---|\n| 1 | 3.2 |\n",
      "" },
    { "loss times",
      "| Step | Loss (×10⁻³) |\n|---|---|\n| 100 | 3.2 |\n",
      "" },
    { "loss val bracket",
      "| Step | Loss (train) | Loss (val) |\n|---|---|---|\n| 100 | 3.2 | 3.4 |\n",
      "loss@100=3.2 val.loss@100=3.4" },
    { "split col",
      "| step | split | loss |\n|---|---|---|\n| 100 | train | 3.2 |\n| 100 | val | 3.4 |\n| 200 | val | 3.1 |\n",
      "" },
    { "name col same",
      "| run | step | loss |\n|---|---|---|\n| a | 100 | 3.2 |\n| a | 200 | 3.0 |\n",
      "loss@100=3.2 loss@200=3" },
    { "improved",
      "At step 1000, loss improved from 3.5 to 2.5.\nStep 2000: loss decreased by 0.3\nStep 3000: loss dropped 12% to 2.0\n",
      "" },
    { "target",
      "Target: loss 2.0 by step 5000\nExpected loss at step 1000: 2.5\nStop when loss < 0.1 at step 100\n",
      "" },
    { "test loss",
      "step 100 test loss 2.5\nstep 200: teacher loss 3.1, student loss 3.3\nstep 300: contrastive loss 0.5\nstep 400: G loss 1.2 D loss 0.3\n",
      "" },
    { "bits",
      "step 100: loss 1.2 bits per byte\nstep 200: loss 1.1 bpb\nstep 300: loss 1.0 nats/token\nstep 400: val loss 0.9 bits/char\n",
      "loss@300=1" },
    { "ppl as loss",
      "step 100: loss 12.5 (ppl)\nstep 200: perplexity 12.2\n",
      "" },
    { "two tables",
      "## A\n| step | loss |\n|---|---|\n| 100 | 3.2 |\n\n## B\n| step | loss |\n|---|---|\n| 100 | 2.2 |\n| 200 | 2.0 |\n",
      "loss@100=3.2" },
    { "ansi",
      "\x1b""[32mstep 100\x1b""[0m loss \x1b""[1m2.5\x1b""[0m\nstep 200 loss 2.4\n",
      "loss@100=2.5 loss@200=2.4" },
    { "polars",
      "shape: (2, 2)\n┌──────┬────────┐\n│ step ┆ loss   │\n│ ---  ┆ ---    │\n│ i64  ┆ f64    │\n╞══════╪════════╡\n│ 0    ┆ 6.3347 │\n│ 50   ┆ 0.2715 │\n└──────┴────────┘\n",
      "loss@0=6.3347 loss@50=0.2715" },
    { "megatron val dash",
      " iteration      200/  500000 | consumed samples: 1 | lm loss: 7.901234E+00 | loss scale: 1.0 |\n-----------------------------------------------------------------------------------\n validation loss at iteration 200 | lm loss value: 7.812345E+00 | lm loss PPL: 2.47E+03 |\n-----------------------------------------------------------------------------------\n iteration      300/  500000 | consumed samples: 1 | lm loss: 7.5E+00 | loss scale: 1.0 |\n",
      "loss@200=7.90123 val.loss@200=7.81234 loss@300=7.5" },
    { "index mismatch",
      "step loss\n0 100 2.5\n1 200 2.1\n",
      "" },
    { "extra col right",
      "step   loss\n100    2.5    0.9\n200    2.1    0.8\n",
      "" },
    { "json nested",
      "{\"step\": 10, \"train\": {\"loss\": 2.5}, \"val\": {\"loss\": 2.7}}\n{\"step\": 20, \"loss\": 2.0, \"val\": {\"loss\": 2.6}}\n",
      "" },
    { "json prefix val",
      "{\"step\": 10, \"split\": \"val\", \"loss\": 2.5}\n{\"mode\": \"eval\", \"step\": 20, \"loss\": 2.4}\n",
      "val.loss@10=2.5 val.loss@20=2.4" },
    { "smoothed",
      "step 100: smoothed loss 2.5, raw loss 2.7\nstep 200: ema loss 2.4\n",
      "" },
    { "frac",
      "step 100: loss 2.5/2.6\nstep 200 loss 3.1 / 3.2\nstep 300: loss 3.0, 2.9\n",
      "" },
    { "val prefix",
      "[Val] step 100: loss 2.5\n[Train] step 100: loss 2.4\n",
      "loss@100=2.4 val.loss@100=2.5" },
    { "val colon",
      "Validation: step 100, loss 2.5\nval step 200: loss 2.4\neval | step 300 | loss 2.3\nTest step 400: loss 2.2\n(val) step 500 loss 2.1\n",
      "val.loss@100=2.5 val.loss@200=2.4 val.loss@300=2.3 val.loss@500=2.1" },
    { "section val",
      "## Validation\n| step | loss |\n|---|---|\n| 100 | 2.5 |\n\n## Training\n| step | loss |\n|---|---|\n| 200 | 2.5 |\n",
      "loss@200=2.5" },
    { "heading test",
      "### Test set\n\n- Step 100: loss 2.5\n",
      "" },
    { "caption",
      "Table 2: Validation loss over steps.\n\n| step | loss |\n|---|---|\n| 100 | 2.5 |\n",
      "" },
    { "two in line",
      "step 100/200: loss 2.5/2.4\nsteps 100 and 200: loss 2.5 and 2.4\n",
      "" },
    { "delta",
      "step 100: loss +0.1\nstep 200: Δloss 0.1\nstep 300: loss change -0.2\nstep 400: loss diff 0.1\n",
      "" },
    { "time steps2",
      "At timestep 100: loss 2.5\nTraining step time 100 ms, loss 2.5\nper step 100 ms loss 2.5\nsteps per epoch 100, loss 2.5\nwarmup steps 100, loss 2.5\nmax steps 100, final loss 2.5\n",
      "" },
    { "settings line",
      "steps: 100, batch size 32, loss: cross entropy 2\nlogging steps 10 loss 3\neval steps: 500\nsave step 1000\n",
      "" },
    { "k space",
      "step 1 k: loss 2.5\nstep 10 000: loss 2.4\nstep 10,000 loss 2.3\n",
      "loss@10000=2.3" },
    { "tr percent",
      "Adım 100: kayıp %12\nAdım 200: kayıp 0,5 (%20 azaldı)\nAdım 300: kayıp 3,5'ten 2,5'e düştü\n",
      "" },
    { "acc title value",
      "# Accuracy\n\n| step | value |\n|---|---|\n| 100 | 0.81 |\n",
      "" },
    { "list title acc",
      "Accuracy by step:\n- 100: 0.81\n- 200: 0.85\n",
      "" },
    { "list title loss",
      "Loss by step:\n- 100: 0.81\n- 200: 0.65\n",
      "loss@100=0.81 loss@200=0.65" },
    { "pairs bare",
      "0: 6.33\n50: 0.27\n",
      "" },
    { "head twice",
      "| Step | Loss | Step | Loss |\n|---|---|---|---|\n| 100 | 2.5 | 200 | 2.4 |\n",
      "" },
    { "head dup loss",
      "| Step | Loss | Loss |\n|---|---|---|\n| 100 | 2.5 | 2.9 |\n",
      "" },
    { "across models",
      "| step | 100 | 200 | 300 |\n|---|---|---|---|\n| baseline | 2.5 | 2.4 | 2.3 |\n| ours | 2.2 | 2.1 | 2.0 |\n",
      "" },
    { "german log",
      "Schritt 100: Verlust 2,4512\nSchritt 1.200: Verlust 1,9\n",
      "loss@100=2.4512 loss@1200=1.9" },
    { "per another", "step 100: loss 2.5 per token\nstep 200: loss 120 per sequence\nstep 300: loss 0.8/byte\n", "loss@100=2.5" },
    { "the best so far", "step 200: best val loss 2.4 (step 150)\nstep 300: best loss 2.3 at step 250\n", "" },
    { "two headings, two runs", "## A\n- step 100: loss 2.5\n- step 200: loss 2.4\n\n## B\n- step 100: loss 2.2\n- step 300: loss 1.9\n",
      "loss@100=2.5 loss@200=2.4" },
    { "two headings, one run", "## Begin\n- step 100: loss 2.5\n\n## End\n- step 300: loss 1.9\n", "loss@100=2.5 loss@300=1.9" },
};
// clang-format on

} // namespace

class TestPageMisreads : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void losses_data();
    void losses();
};

void TestPageMisreads::losses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("losses");
    for (const Page& page : kPages)
        QTest::newRow(page.name) << QByteArray(page.text) << QByteArray(page.losses);
}

void TestPageMisreads::losses()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, losses);
    QStringList read, expected = QString::fromUtf8(losses).split(u' ', Qt::SkipEmptyParts);
    for (const auto& point : readPage(text.toStdString()).points) {
        if (point.metric.ends_with("loss"))
            read << QStringLiteral("%1@%2=%3")
                        .arg(QString::fromStdString(point.metric))
                        .arg(point.batch)
                        .arg(point.value);
    }
    read.sort();
    expected.sort();
    QCOMPARE(read.join(u' '), expected.join(u' '));
}

QTEST_GUILESS_MAIN(TestPageMisreads)
#include "tst_page_misreads.moc"
