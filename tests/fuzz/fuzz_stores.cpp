// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as the file of a store that is text, JSON or SQLite: the first byte chooses the format, the others are the
// file, read in two pieces as one that grows. What is no store is refused, and nothing else. One thread.
#include "app/interchange/store_formats.h"

#include <array>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <unistd.h>

namespace {

namespace fs = std::filesystem;

struct Place {
    const char* store; // that is opened
    const char* file; // that has the bytes
};

constexpr std::array<Place, 8> kPlaces { { { "log.jsonl", "log.jsonl" }, { "state", "state/trainer_state.json" },
    { "live", "live/plots/metrics/loss.tsv" }, { "mlruns", "mlruns/0/run/metrics/loss" },
    { "mlruns", "mlruns/0/run/meta.yaml" }, { "mlflow.db", "mlflow.db" }, { "log.csv", "log.csv" },
    { "db-inbox", "db-inbox/a-1.jsonl" } } };

void write(const fs::path& path, std::string_view text)
{
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
}

const fs::path& workplace()
{
    static const fs::path folder = [] {
        std::string name = (fs::temp_directory_path() / "nabiz-fuzz-XXXXXX").string();
        if (!::mkdtemp(name.data()))
            std::abort();
        std::atexit([] {
            std::error_code error;
            fs::remove_all(workplace(), error);
        });
        return fs::path(name);
    }();
    return folder;
}

void readAll(nabiz::app::StoreReader& reader, bool isAll)
{
    try {
        for (const auto& run : reader.read(isAll)) {
            if (run.source.empty() || run.damaged < 0)
                std::abort();
        }
    } catch (const nabiz::app::StoreError& error) {
        if (!*error.what())
            std::abort();
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace nabiz;
    if (size == 0)
        return 0;
    const auto& place = kPlaces[data[0] % kPlaces.size()];
    const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
    const auto root = workplace() / "store";
    fs::remove_all(root);
    write(root / "mlruns/0/meta.yaml", "experiment_id: '0'\nname: a\n");
    write(root / "mlruns/0/run/meta.yaml", "run_id: run\nstatus: 1\n");
    write(root / "mlruns/0/run/metrics/loss", "1700000000000 2.5 0\n");
    write(root / place.file, bytes.substr(0, bytes.size() / 2));
    auto stores = app::findStores(root / place.store);
    std::vector<std::unique_ptr<app::StoreReader>> readers;
    for (const auto& store : stores) {
        readers.push_back(store.format->open(store.path, store.label));
        readAll(*readers.back(), false);
    }
    write(root / place.file, bytes);
    for (const auto& reader : readers)
        readAll(*reader, true);
    return 0;
}
