// SPDX-License-Identifier: GPL-3.0-or-later
// Every parameter of the table has an effect, proved here on a small run, or is refused. What the run says of its
// applied settings does not count: losses, memory, files, the device, or the console must differ.
#include "app/cli/training/train_progress.h"
#include "tests/trainer/estimate/counting_allocator.h"
#include "tests/trainer/loop/fake_sink.h"
#include "trainer/base/train_error.h"
#include "trainer/config/presets/preset_document.h"
#include "trainer/loop/checkpoint_folder.h"
#include "trainer/loop/torch_trainer.h"
#include "trainer/validation/validation.h"

#include <ATen/Parallel.h>
#include <QTemporaryDir>
#include <QTemporaryFile>
#include <QtTest>

#include <fstream>
#include <set>

#include <unistd.h>

using namespace nabiz::test;
namespace fs = std::filesystem;

namespace {

// What shows that a key does something.
enum class Effect { Loss, ValLoss, Batches, Memory, Files, Texts, Threads, Console, Refused, Elsewhere };

struct Row {
    const char* key;
    Effect effect;
    const char* changed; // key=value …: what is tried
    const char* base = ""; // key=value …: on both sides
};

constexpr const char* kEvaluates = "training.eval_interval=2 training.eval_batches=2";
constexpr const char* kText
    = "data.train_path=@/a.txt data.sampling=line training.eval_interval=2 training.eval_batches=4";

constexpr Row kRows[] = {
    { "model.vocab_size", Effect::Loss, "model.vocab_size=250" },
    { "model.d_model", Effect::Loss, "model.d_model=16" },
    { "model.n_layers", Effect::Loss, "model.n_layers=1" },
    { "model.n_heads", Effect::Loss, "model.n_heads=4" },
    { "model.d_ff", Effect::Loss, "model.d_ff=32" },
    { "model.expert_types", Effect::Loss, "model.expert_types=[standard,logic]" },
    { "model.n_experts", Effect::Refused, "model.n_experts=3" }, // else the list's length
    { "model.max_seq_len", Effect::Loss, "model.max_seq_len=24" },
    { "model.use_memory", Effect::Loss, "model.use_memory=true" },
    { "model.memory_size", Effect::Loss, "model.memory_size=7", "model.use_memory=true" },
    { "model.use_introspection", Effect::Loss, "model.use_introspection=true" },
    { "model.use_linear_attention", Effect::Loss, "model.use_linear_attention=true" },
    { "model.use_multimodal", Effect::Refused, "model.use_multimodal=true" },
    { "model.dropout", Effect::Loss, "model.dropout=0.4" },
    { "model.init", Effect::Loss, "model.init=@/saved/batch-5/model.safetensors" },
    { "model.causal", Effect::Loss, "model.causal=false" },
    { "language.path", Effect::Loss, "language.path=@golden/llm/qwen3" },
    { "language.stand_in", Effect::Loss, "language.stand_in=hidden=64,layers=1" },
    { "language.sharing", Effect::Memory, "language.sharing=shared",
        "language.sharing=per_expert language.stand_in=hidden=256,layers=2" },
    { "language.adapters", Effect::Loss, "language.adapters=per_expert" },
    { "language.train_adapters", Effect::Loss, "language.train_adapters=false" },
    { "language.gradient_through_llm", Effect::Loss, "language.gradient_through_llm=true" },
    { "language.dtype", Effect::Loss, "language.dtype=int8" },
    { "training.batch_size", Effect::Loss, "training.batch_size=2" },
    { "training.gradient_accumulation_steps", Effect::Batches, "training.gradient_accumulation_steps=2" },
    { "training.learning_rate", Effect::Loss, "training.learning_rate=0.01" },
    { "training.schedule", Effect::Loss, "training.schedule=linear" },
    { "training.warmup_steps", Effect::Loss, "training.warmup_steps=0" },
    { "training.max_steps", Effect::Batches, "training.max_steps=4" },
    { "training.sample_interval", Effect::Texts, "training.sample_interval=3" },
    { "training.sample_prompt", Effect::Texts, "training.sample_prompt=zor", "training.sample_interval=3" },
    { "training.gradient_clip", Effect::Loss, "training.gradient_clip=1e-6" },
    { "training.optimizer", Effect::Refused, "training.optimizer=sgd" }, // the one choice is adamw
    { "training.adam_beta1", Effect::Loss, "training.adam_beta1=0.5" },
    { "training.adam_beta2", Effect::Loss, "training.adam_beta2=0.5" },
    { "training.adam_epsilon", Effect::Loss, "training.adam_epsilon=0.01" },
    { "training.weight_decay", Effect::Loss, "training.weight_decay=0.5", "training.learning_rate=0.01" },
    { "training.use_amp", Effect::Refused, "training.use_amp=true" }, // on a CPU
    { "training.amp_dtype", Effect::Refused, "training.amp_dtype=bfloat16", "training.use_amp=true" },
    { "training.use_gradient_checkpointing", Effect::Memory, "training.use_gradient_checkpointing=true",
        "model.n_layers=6 model.d_model=64 model.d_ff=512 model.max_seq_len=128" },
    { "training.balance_in_loss", Effect::Loss, "training.balance_in_loss=false" },
    { "training.seed", Effect::Loss, "training.seed=7" },
    { "training.log_interval", Effect::Console, "training.log_interval=3" },
    { "training.save_interval", Effect::Files, "training.save_interval=2" },
    { "training.eval_interval", Effect::ValLoss, "training.eval_interval=3", kEvaluates },
    { "training.eval_batches", Effect::ValLoss, "training.eval_batches=3", kEvaluates },
    { "training.keep_checkpoints", Effect::Files, "training.keep_checkpoints=1", "training.save_interval=2" },
    { "training.keep_best", Effect::Files, "training.keep_best=false",
        "training.save_interval=2 training.keep_checkpoints=1 training.eval_interval=1 training.eval_batches=1 "
        "training.learning_rate=1 training.warmup_steps=12 training.max_steps=12" },
    { "training.stop_patience", Effect::Batches, "training.stop_patience=1",
        "training.eval_interval=1 training.eval_batches=1 training.learning_rate=1 training.warmup_steps=12 "
        "training.max_steps=12" },
    { "training.stop_on_nonfinite", Effect::Batches, "training.stop_on_nonfinite=0",
        "training.learning_rate=1e30 training.gradient_clip=0 training.warmup_steps=0 training.max_steps=12 "
        "training.stop_on_nonfinite=3" },
    { "data.train_path", Effect::Loss, "data.train_path=generated:eight-sentences" },
    { "data.val_path", Effect::ValLoss, "data.val_path=generated:eight-sentences", kEvaluates },
    { "data.split", Effect::ValLoss, "data.split=sample", kText },
    { "data.val_fraction", Effect::Loss, "data.val_fraction=0.4" },
    { "data.encoding", Effect::Loss, "data.encoding=ord_mod_256" },
    { "data.charset", Effect::Loss, "data.charset=windows-1254", "data.train_path=@/1254.txt" },
    { "data.jsonl_field", Effect::Loss, "data.jsonl_field=other", "data.train_path=@/lines.jsonl" },
    { "data.sampling", Effect::Loss, "data.sampling=line" },
    // Facts of the folder's commit: tests/app/cli/areas/grid.sh.
    { "data.track_folder", Effect::Elsewhere, "data.track_folder=@/lines" },
    { "hardware.device", Effect::Refused, "hardware.device=cuda" }, // on a machine without one
    { "hardware.threads", Effect::Threads, "hardware.threads=2" },
    { "hardware.max_memory_mb", Effect::Batches, "hardware.max_memory_mb=1" },
    // Ranks come to what one comes to: tests/trainer/loop/tst_ranks.cpp, tests/distributed.
    { "hardware.ranks", Effect::Elsewhere, "hardware.ranks=2" },
    { "hardware.rank_timeout", Effect::Elsewhere, "hardware.rank_timeout=2" },
    // On a run of a group: tests/app/run/tst_median_rule.cpp.
    { "queue.stop_worse_than_median", Effect::Elsewhere, "queue.stop_worse_than_median=2" },
    // What becomes of a run that is killed: tests/app/cli/areas/guard.sh.
    { "queue.resume", Effect::Elsewhere, "queue.resume=auto" },
};

// What a run left, in the terms of the effects.
struct Left {
    std::vector<double> losses, valLosses;
    std::size_t batches = 0;
    std::vector<std::string> files, texts;
    std::int64_t peak = 0;
    int threads = 0;
};

struct ConsoleLines {
    ConsoleLines()
    {
        if (!m_file.open())
            throw std::runtime_error("no temporary file");
        fflush(stderr);
        m_before = dup(STDERR_FILENO);
        dup2(m_file.handle(), STDERR_FILENO);
    }
    QByteArray take()
    {
        fflush(stderr);
        dup2(m_before, STDERR_FILENO);
        close(m_before);
        m_file.seek(0);
        return m_file.readAll();
    }

private:
    QTemporaryFile m_file;
    int m_before = -1;
};

} // namespace

class TestEffects : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    int m_runs = 0;

    fs::path folder() const { return m_folder.path().toStdString(); }

    Config with(Config config, const char* settings) const
    {
        for (const QByteArray& word : QByteArray(settings).split(' ')) {
            if (word.isEmpty())
                continue;
            QByteArray text = word;
            text.replace("@golden/", NABIZ_TEST_DATA "/golden/")
                .replace("@/", QFile::encodeName(m_folder.path()) + "/");
            const Override setting = parseOverride(text.toStdString());
            if (setting.problem)
                throw std::logic_error(text.toStdString() + ": " + describe(*setting.problem));
            config.set(setting.key, setting.value);
        }
        return config;
    }

    Left run(const Config& config)
    {
        Left outcome;
        const fs::path checkpoints = folder() / ("run" + std::to_string(++m_runs));
        FakeSink sink;
        sink.onBatch = [&](std::int64_t) { outcome.threads = at::get_num_threads(); };
        Control control;
        CountingAllocator::instance().reset();
        try {
            makeTorchTrainer()->train({ config, checkpoints }, sink, control, {});
        } catch (const TrainError& error) {
            if (error.kind() != TrainErrorKind::OutOfMemory)
                throw;
        }
        outcome.peak = CountingAllocator::instance().peak();
        outcome.losses = sink.series(Metric::Loss);
        outcome.valLosses = sink.series(Metric::ValLoss);
        outcome.batches = sink.rows.size();
        for (const auto& [batch, path] : listCheckpoints(checkpoints))
            outcome.files.push_back(path.filename().string());
        for (const Event& event : sink.events) {
            if (event.kind == EventKind::Sample)
                outcome.texts.push_back(event.message.english());
        }
        return outcome;
    }

    bool isRefused(const Config& config, const char* key) const
    {
        const Machine machine { .cores = 2 };
        for (const Problem& problem : validate(config, machine)) {
            // bfloat16 is refused with the mixed precision that it belongs to.
            if (problem.severity == Severity::Error
                && (problem.key == key
                    || (problem.key == "training.use_amp" && key == std::string("training.amp_dtype"))))
                return problem.remedy.has_value();
        }
        return false;
    }

    static QByteArray consoleOf(const Config& config)
    {
        ConsoleLines lines;
        nabiz::app::TrainProgress progress("run", 12, config.integer("training.log_interval"), false);
        for (std::int64_t batch = 0; batch < 12; ++batch) {
            nabiz::storage::Row row {};
            row.batch = batch;
            row.time = static_cast<double>(batch) / 10;
            progress.rows({ &row, 1 });
        }
        progress.finish();
        return lines.take();
    }

private Q_SLOTS:
    void initTestCase()
    {
        std::ofstream text(folder() / "a.txt");
        for (int i = 0; i < 400; ++i)
            text << "line " << i * i << (i % 3 == 0 ? " of bytes\n" : " of other bytes, çok güzel\n");
        text.close();
        std::ofstream old(folder() / "1254.txt"), lines(folder() / "lines.jsonl");
        for (int i = 0; i < 400; ++i) {
            old << "sat\xfdr " << i * i
                << ", g\xfczel \xfei\xfe"
                   "eler\n";
            lines << "{\"text\": \"line " << i * i << "\", \"other\": \"another " << i << "\"}\n";
        }
        old.close();
        lines.close();
        Config saved = smallRun(6);
        saved.set("training.save_interval", std::int64_t(5));
        FakeSink sink;
        Control control;
        makeTorchTrainer()->train({ saved, folder() / "saved" }, sink, control, {});
    }

    void everyKeyHasARow()
    {
        std::set<std::string> left;
        for (const Parameter& row : parameterTable())
            left.insert(std::string(row.key));
        for (const Row& row : kRows)
            QVERIFY2(left.erase(row.key) == 1, row.key);
        QVERIFY2(left.empty(), left.empty() ? "" : left.begin()->c_str());
    }

    void effect_data()
    {
        QTest::addColumn<int>("index");
        for (int i = 0; i < static_cast<int>(std::size(kRows)); ++i)
            QTest::newRow(kRows[i].key) << i;
    }
    void effect()
    {
        QFETCH(int, index);
        const Row& row = kRows[index];
        Config base = smallRun(6);
        base.set("training.warmup_steps", std::int64_t(2));
        base = with(base, row.base);
        Config changed = base;
        if (row.effect == Effect::Refused && row.key == std::string("training.optimizer")) {
            QVERIFY(parseOverride(row.changed).problem || isRefused(with(changed, row.changed), row.key));
            return;
        }
        changed = with(changed, row.changed);
        QVERIFY(changed.value(row.key) != base.value(row.key));
        QCOMPARE(differences(base, changed).size(), std::size_t(1)); // and nothing else does
        if (row.effect == Effect::Refused) {
            QVERIFY(isRefused(changed, row.key));
            return;
        }
        if (row.effect == Effect::Elsewhere)
            return;
        if (row.effect == Effect::Console) {
            QVERIFY(consoleOf(base).contains("batch"));
            QVERIFY(consoleOf(base) != consoleOf(changed));
            return;
        }
        const Left before = run(base), after = run(changed);
        switch (row.effect) {
        case Effect::Loss:
            QVERIFY(!before.losses.empty() && !after.losses.empty());
            QVERIFY(before.losses != after.losses);
            break;
        case Effect::ValLoss:
            QVERIFY(!after.valLosses.empty());
            QVERIFY(before.valLosses != after.valLosses);
            break;
        case Effect::Batches:
            QVERIFY(before.batches != after.batches);
            break;
        case Effect::Memory:
            QVERIFY2(
                after.peak < before.peak * 0.9, qPrintable(QString("%1 of %2 bytes").arg(after.peak).arg(before.peak)));
            QVERIFY(before.losses == after.losses); // the same numbers in less memory
            break;
        case Effect::Files:
            QVERIFY(before.files != after.files);
            break;
        case Effect::Texts:
            QVERIFY(!after.texts.empty() && before.texts != after.texts);
            break;
        case Effect::Threads:
            QCOMPARE(before.threads, 1);
            QCOMPARE(after.threads, 2);
            break;
        case Effect::Console:
        case Effect::Refused:
        case Effect::Elsewhere:
            break;
        }
    }
};

QTEST_GUILESS_MAIN(TestEffects)
#include "tst_effects.moc"
