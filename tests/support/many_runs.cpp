// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/many_runs.h"

#include "storage/recording/recorder.h"
#include "trainer/config/parameters/parameter_table.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <random>
#include <string>

namespace nabiz::tests {

namespace {

constexpr std::int64_t kFirst = 1'780'000'000'000; // ms

void addRuns(SQLite::Database& database, int runs)
{
    static const char* const kStatuses[] = { "finished", "finished", "finished", "stopped", "failed", "interrupted" };
    static const char* const kPresets[] = { "quick", "t4", "base" };
    SQLite::Statement run(database,
        "INSERT INTO run (id, name, status, preset, preset_text, command, created, started, ended, planned_batches,"
        " seed, note, starred) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1000, ?, ?, ?)");
    const std::string text(2300, '#'); // as long as a shipped preset
    for (int i = 0; i < runs; ++i) {
        const std::int64_t started = kFirst + i * 60'000LL;
        run.reset();
        run.bind(1, std::int64_t(i) + 1);
        run.bind(2, "run-" + std::to_string(i));
        run.bind(3, std::string(kStatuses[i % 6]));
        run.bind(4, std::string(kPresets[i % 3]));
        run.bind(5, text);
        run.bind(6, "nabiz train quick training.seed=" + std::to_string(i % 5));
        run.bind(7, started);
        run.bind(8, started);
        run.bind(9, started + 50'000);
        run.bind(10, i % 5);
        run.bind(11, std::string(i % 7 == 0 ? "look at the padding again" : ""));
        run.bind(12, i % 11 == 0 ? 1 : 0);
        run.exec();
    }
}

void addSummaries(SQLite::Database& database, int runs)
{
    SQLite::Statement summary(database,
        "INSERT INTO summary (run, batches, steps, seconds, first_loss, best_loss, last_loss, mean_last_loss, "
        "best_batch,"
        " best_val_loss, last_val_loss, best_val_batch, peak_bytes, tokens_per_second, median_batch_seconds, "
        "non_finite)"
        " VALUES (?, 1000, 250, ?, 5.5, ?, ?, ?, 900, ?, ?, 950, ?, ?, 0.05, 0)");
    std::mt19937 random(3);
    const auto real = [&](double from, double to) { return std::uniform_real_distribution(from, to)(random); };
    for (int i = 0; i < runs; ++i) {
        const double best = static_cast<float>(real(0.5, 4));
        summary.reset();
        summary.bind(1, std::int64_t(i) + 1);
        summary.bind(2, real(10, 9000));
        summary.bind(3, best);
        summary.bind(4, best * 1.1);
        summary.bind(5, best * 1.05);
        if (i % 4 != 0) { // the others have no validation loss
            summary.bind(6, best * 1.2);
            summary.bind(7, best * 1.25);
        } else {
            summary.bind(6);
            summary.bind(7);
        }
        summary.bind(8, real(3e8, 1.5e10));
        summary.bind(9, real(500, 40'000));
        summary.exec();
    }
}

void addParameters(SQLite::Database& database, int runs, int parameters)
{
    SQLite::Statement insert(database, "INSERT INTO run_param (run, key, declared, applied) VALUES (?, ?, ?, ?)");
    const auto table = trainer::parameterTable();
    for (int i = 0; i < runs; ++i) {
        for (int p = 0; p < parameters; ++p) {
            const auto place = static_cast<std::size_t>(p);
            const std::string key(
                place < table.size() ? std::string(table[place].key) : "extra.key_" + std::to_string(p));
            const std::string value = p % 3 == 0 ? std::to_string(i % (p + 2))
                : p % 3 == 1                     ? "1e-" + std::to_string(i % 4)
                : i % 2                          ? "true"
                                                 : "false";
            insert.reset();
            insert.bind(1, std::int64_t(i) + 1);
            insert.bind(2, key);
            insert.bind(3, value);
            insert.bind(4, value);
            insert.exec();
        }
    }
}

void addTexts(SQLite::Database& database, int runs)
{
    SQLite::Statement tag(database, "INSERT INTO tag (run, position, tag) VALUES (?, 0, ?)");
    SQLite::Statement fact(database, "INSERT INTO run_fact (run, key, value) VALUES (?, ?, ?)");
    for (int i = 0; i < runs; ++i) {
        if (i % 3 == 0) {
            tag.reset();
            tag.bind(1, std::int64_t(i) + 1);
            tag.bind(2, std::string(i % 2 ? "sweep" : "baseline"));
            tag.exec();
        }
        for (const char* key : { "cpu", "host", "kernel", "system", "torch", "data.hash", "data.bytes", "device" }) {
            fact.reset();
            fact.bind(1, std::int64_t(i) + 1);
            fact.bind(2, std::string(key));
            fact.bind(3, std::string("something to know of ") + key);
            fact.exec();
        }
    }
}

} // namespace

void writeManyRuns(const std::filesystem::path& file, int runs, int parameters)
{
    {
        const storage::Recorder recorder(file); // makes the tables
    }
    SQLite::Database database(file.string(), SQLite::OPEN_READWRITE);
    SQLite::Transaction transaction(database);
    addRuns(database, runs);
    addSummaries(database, runs);
    addParameters(database, runs, parameters);
    addTexts(database, runs);
    transaction.commit();
}

} // namespace nabiz::tests
