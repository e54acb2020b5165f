// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/interchange/tensorboard/tensorboard_store.h"
#include "app/interchange/stores/growing_file.h"
#include "app/interchange/stores/source_text.h"
#include "app/interchange/tensorboard/event_records.h"
#include "app/interchange/tensorboard/event_values.h"
#include "app/interchange/tensorboard/run_lives.h"

#include <protozero/exception.hpp>

#include <algorithm>

namespace nabiz::app {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kBlock = 8U << 20U;
constexpr std::size_t kMostTexts = 1000; // of a run

bool isEventFile(const fs::path& path)
{
    std::error_code error;
    return path.filename().string().find(".tfevents.") != std::string::npos && fs::is_regular_file(path, error);
}

// One writer's.
struct EventFile {
    explicit EventFile(const fs::path& path)
        : file(path)
    {
    }
    GrowingFile file;
    EventRecords records;
    EventParser parser;
    std::size_t number = 0;
    std::int32_t session = 0;
    std::int64_t damaged = 0; // told already
};

class TensorboardStore final : public StoreReader {
public:
    TensorboardStore(const fs::path& path, const std::string& label)
        : m_path(path)
        , m_label(label)
    {
    }

    std::vector<storage::ImportedRun> read(bool) override
    {
        // A file alone is one of its folder's run.
        const bool isFile = isEventFile(m_path);
        const auto folder = isFile ? m_path.parent_path() : m_path;
        storage::ImportedRun run { .source = "tensorboard", .path = folder.string() };
        run.name = isFile ? folder.filename().string() : m_label;
        run.isWhole = m_isFirst;
        SeriesOf series(run);
        EventValues values;
        std::string trouble;
        for (EventFile* file : files()) {
            try {
                readFile(*file, run, series, values);
            } catch (const StoreError& error) {
                trouble = error.what(); // the others may be whole
            }
        }
        if (run.series.empty() && run.texts.empty() && values.parameters.empty()) {
            if (!trouble.empty())
                throw StoreError(trouble);
            return {};
        }
        if (m_isFirst)
            m_lives.tellAll(run.series);
        else
            m_lives.tellMore(run.series);
        m_isFirst = false;
        run.parameters = std::move(values.parameters);
        if (run.parameters.empty()) // of Lightning
            addYamlParameters(run, fileTextOrNone(folder / "hparams.yaml", 4U << 20U));
        run.status = values.status;
        if (!values.group.empty())
            run.facts["group"] = values.group;
        return { std::move(run) };
    }

private:
    // By name, which begins with the time at which it was made.
    std::vector<EventFile*> files()
    {
        std::vector<fs::path> paths;
        if (isEventFile(m_path)) {
            paths.push_back(m_path);
        } else {
            std::error_code error;
            for (auto it = fs::directory_iterator(m_path, error); !error && it != fs::directory_iterator();
                 it.increment(error)) {
                if (isEventFile(it->path()))
                    paths.push_back(it->path());
            }
        }
        std::sort(paths.begin(), paths.end());
        std::vector<EventFile*> all;
        for (const auto& path : paths) {
            auto& file = m_files[path];
            if (file && file->file.isReplaced())
                file.reset();
            if (!file) {
                file = std::make_unique<EventFile>(path);
                file->number = m_number++;
                file->session = m_lives.beginSession(file->number);
            }
            all.push_back(file.get());
        }
        return all;
    }

    void readFile(EventFile& file, storage::ImportedRun& run, SeriesOf& series, EventValues& values)
    {
        while (file.file.read(file.records.buffer(), kBlock) > 0) {
            while (const auto payload = file.records.next()) {
                try {
                    file.parser.parse(*payload, values);
                } catch (const protozero::exception&) {
                    ++run.damaged;
                    continue;
                }
                take(file, run, series, values);
            }
            file.records.compact();
        }
        run.damaged += file.records.damaged() - std::exchange(file.damaged, file.records.damaged());
    }

    void take(EventFile& file, storage::ImportedRun& run, SeriesOf& series, EventValues& values)
    {
        if (values.isRestart) {
            file.session = m_lives.beginSession(file.number);
            m_lives.purge(file.session, values.step);
        }
        for (const auto& scalar : values.scalars)
            series[scalar.tag].points.push_back({ values.step, values.wall, scalar.value, file.session });
        for (auto& text : values.texts) {
            if (run.texts.size() < kMostTexts)
                run.texts.push_back({ std::string(text.tag), values.step, values.wall, std::move(text.text) });
        }
    }

    fs::path m_path;
    std::string m_label;
    std::map<fs::path, std::unique_ptr<EventFile>> m_files;
    RunLives m_lives;
    std::size_t m_number = 0; // of files begun
    bool m_isFirst = true;
};

bool isTensorboard(const fs::path& path)
{
    std::error_code error;
    if (!fs::is_directory(path, error))
        return false;
    for (auto it = fs::directory_iterator(path, fs::directory_options::skip_permission_denied, error);
         !error && it != fs::directory_iterator(); it.increment(error)) {
        if (isEventFile(it->path()))
            return true;
    }
    return false;
}

bool isTensorboardAt(const fs::path& path)
{
    return isEventFile(path) || isTensorboard(path);
}

// The files of a run are the run's; folders within are runs of their own.
bool ownsEventFiles(const fs::path& store, const fs::path& inside)
{
    return inside.parent_path() == store && isEventFile(inside);
}

std::unique_ptr<StoreReader> openTensorboard(const fs::path& path, const std::string& label)
{
    return std::make_unique<TensorboardStore>(path, label);
}

} // namespace

StoreFormat tensorboardFormat()
{
    return { "tensorboard", isTensorboardAt, openTensorboard, ownsEventFiles };
}

} // namespace nabiz::app
