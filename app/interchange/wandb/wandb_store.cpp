// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/interchange/wandb/wandb_store.h"
#include "app/interchange/stores/growing_file.h"
#include "app/interchange/wandb/wandb_records.h"
#include "app/interchange/wandb/wandb_values.h"

#include <protozero/exception.hpp>

namespace nabiz::app {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kBlock = 8U << 20U;

class WandbStore final : public StoreReader {
public:
    explicit WandbStore(const fs::path& path)
        : m_file(path)
        , m_values(path.string())
    {
    }

    std::vector<storage::ImportedRun> read(bool isAll) override
    {
        if (m_file.isReplaced()) {
            m_file.restart();
            m_records = {};
            m_values = WandbValues(m_file.path().string());
            m_damaged = 0;
            m_isFirst = true;
        }
        while (m_file.read(m_records.buffer(), kBlock) > 0) {
            while (const auto record = m_records.next())
                take(*record);
            m_records.compact();
        }
        if (!m_values.hasNew())
            return {};
        const auto damaged = m_records.damaged() + (isAll ? m_records.damagedAtEnd() : 0);
        m_values.countDamaged(damaged - std::exchange(m_damaged, damaged));
        auto run = m_values.takeRun();
        if (run.name.empty())
            run.name = m_file.path().stem().string();
        run.isWhole = std::exchange(m_isFirst, false);
        return { std::move(run) };
    }

private:
    void take(std::string_view record)
    {
        try {
            m_values.take(record);
        } catch (const protozero::exception&) {
            m_values.countDamaged(1);
        }
    }

    GrowingFile m_file;
    WandbRecords m_records;
    WandbValues m_values;
    std::int64_t m_damaged = 0; // told already
    bool m_isFirst = true;
};

bool isWandb(const fs::path& path)
{
    std::error_code error;
    return path.extension() == ".wandb" && fs::is_regular_file(path, error);
}

std::unique_ptr<StoreReader> openWandb(const fs::path& path, const std::string&)
{
    return std::make_unique<WandbStore>(path);
}

} // namespace

StoreFormat wandbFormat()
{
    return { "wandb", isWandb, openWandb, ownsNothing };
}

} // namespace nabiz::app
