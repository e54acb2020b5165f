// SPDX-License-Identifier: GPL-3.0-or-later
// A million points out of the stores of others, and into the database: bench_import [POINTS [FOLDER]]. Prints for each
// format the seconds that reading took, storing them, and importing the same again. In a FOLDER that is named the
// stores stay, for tests/bench/python/bench_readers.py.
#include "app/interchange/store_import.h"
#include "app/interchange/tensorboard/crc32c.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>

namespace {

namespace fs = std::filesystem;
using namespace nabiz;
using Clock = std::chrono::steady_clock;

constexpr const char* kNames[] = { "train/loss", "train/lr", "train/grad_norm", "val/loss" };

double value(std::int64_t step, std::size_t metric)
{
    return std::exp(-static_cast<double>(step) / 1e5) + static_cast<double>(metric);
}

std::string little(std::uint64_t number, int bytes)
{
    std::string text;
    for (int i = 0; i < bytes; ++i)
        text += static_cast<char>(number >> (8 * i) & 0xffU);
    return text;
}

std::string varint(std::uint64_t number)
{
    std::string text;
    for (; number > 127; number >>= 7U)
        text += static_cast<char>((number & 127U) | 128U);
    return text + static_cast<char>(number);
}

template <typename T> std::string raw(T number)
{
    std::string text(sizeof number, '\0');
    std::memcpy(text.data(), &number, sizeof number);
    return text;
}

void writeEvents(const fs::path& folder, std::int64_t points)
{
    fs::create_directories(folder);
    std::ofstream file(folder / "events.out.tfevents.1700000000.host.1.0", std::ios::binary);
    for (std::int64_t step = 0; step < points / 4; ++step) {
        for (std::size_t metric = 0; metric < 4; ++metric) {
            const std::string name = kNames[metric];
            const auto one
                = '\x0a' + varint(name.size()) + name + '\x15' + raw(static_cast<float>(value(step, metric)));
            const auto summary = '\x0a' + varint(one.size()) + one;
            const auto event = '\x09' + raw(1.7e9 + static_cast<double>(step) / 100) + '\x10'
                + varint(static_cast<std::uint64_t>(step)) + '\x2a' + varint(summary.size()) + summary;
            const auto length = little(event.size(), 8);
            file << length << little(app::maskedCrc32c(length), 4) << event << little(app::maskedCrc32c(event), 4);
        }
    }
}

void writeCsv(const fs::path& path, std::int64_t points)
{
    std::FILE* file = std::fopen(path.c_str(), "wb");
    std::fputs("step,loss,lr,grad_norm,val_loss\n", file);
    for (std::int64_t step = 0; step < points / 4; ++step)
        std::fprintf(file, "%lld,%.17g,%.17g,%.17g,%.17g\n", static_cast<long long>(step), value(step, 0),
            value(step, 1), value(step, 2), value(step, 3));
    std::fclose(file);
}

void writeMlflow(const fs::path& path, std::int64_t points)
{
    SQLite::Database database(path.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    database.exec(
        "CREATE TABLE experiments (experiment_id INTEGER PRIMARY KEY, name TEXT);"
        "CREATE TABLE runs (run_uuid VARCHAR(32) PRIMARY KEY, name TEXT, status TEXT, start_time BIGINT,"
        " end_time BIGINT, lifecycle_stage TEXT, experiment_id INTEGER);"
        "CREATE TABLE metrics (key VARCHAR(250), value FLOAT, timestamp BIGINT, run_uuid VARCHAR(32),"
        " step BIGINT, is_nan BOOLEAN, PRIMARY KEY (key, timestamp, step, run_uuid, value, is_nan));"
        "INSERT INTO experiments VALUES (1, 'e');"
        "INSERT INTO runs VALUES ('0123456789abcdef', 'big', 'FINISHED', 1700000000000, 1700100000000, 'active', 1)");
    SQLite::Transaction transaction(database);
    SQLite::Statement insert(database, "INSERT INTO metrics VALUES (?, ?, ?, '0123456789abcdef', ?, 0)");
    for (std::int64_t step = 0; step < points / 4; ++step) {
        for (std::size_t metric = 0; metric < 4; ++metric) {
            insert.reset();
            insert.bind(1, kNames[metric]);
            insert.bind(2, value(step, metric));
            insert.bind(3, 1'700'000'000'000 + step * 10);
            insert.bind(4, step);
            insert.exec();
        }
    }
    transaction.commit();
}

void writeInbox(const fs::path& folder, std::int64_t points)
{
    fs::create_directories(folder);
    std::FILE* file = std::fopen((folder / "run-1.jsonl").c_str(), "wb");
    std::fputs("{\"v\":1,\"t\":1700000000.0,\"start\":{\"id\":\"run\",\"name\":\"run\",\"pid\":1}}\n", file);
    for (std::int64_t step = 0; step < points / 4; ++step) {
        std::fprintf(file, "{\"t\":%.17g,\"s\":%lld,\"m\":{", 1.7e9 + static_cast<double>(step) / 100,
            static_cast<long long>(step));
        for (std::size_t metric = 0; metric < 4; ++metric)
            std::fprintf(file, "%s\"%s\":%.17g", metric ? "," : "", kNames[metric], value(step, metric));
        std::fputs("}}\n", file);
    }
    std::fclose(file);
}

double since(Clock::time_point begin)
{
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

void measure(const fs::path& path, storage::Recorder& recorder)
{
    for (const auto& store : app::findStores(path)) {
        const auto begin = Clock::now();
        const auto runs = store.format->open(store.path, store.label)->read(true);
        const double read = since(begin);
        for (const auto& run : runs) {
            const auto storing = Clock::now();
            const auto first = recorder.keepImported(run, {});
            const double stored = since(storing);
            const auto again = Clock::now();
            const auto second = recorder.keepImported(run, {});
            std::printf("%-12s %9lld points: read %.3f s, stored %.3f s; again %lld new, %.3f s\n",
                std::string(store.format->source).c_str(), static_cast<long long>(first.newPoints), read, stored,
                static_cast<long long>(second.newPoints), since(again));
        }
    }
}

} // namespace

int main(int argc, char** argv)
{
    const std::int64_t points = argc > 1 ? std::atoll(argv[1]) : 1'000'000;
    const bool isKept = argc > 2;
    const auto folder = isKept ? fs::path(argv[2]) : fs::temp_directory_path() / "nabiz-bench-import";
    if (!isKept)
        fs::remove_all(folder);
    fs::create_directories(folder);
    writeEvents(folder / "run", points);
    writeCsv(folder / "log.csv", points);
    fs::remove(folder / "mlflow.db");
    writeMlflow(folder / "mlflow.db", points);
    writeInbox(folder / "x-inbox", points);
    fs::remove(folder / "runs.db");
    {
        storage::Recorder recorder(folder / "runs.db");
        for (const char* name : { "run", "log.csv", "mlflow.db", "x-inbox" })
            measure(folder / name, recorder);
    }
    if (!isKept)
        fs::remove_all(folder);
    return 0;
}
