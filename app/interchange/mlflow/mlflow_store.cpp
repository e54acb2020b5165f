// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/interchange/mlflow/mlflow_store.h"
#include "app/interchange/stores/sqlite_store.h"
#include "storage/foreign/mlflow_database.h"

namespace nabiz::app {

namespace {

class MlflowStore final : public StoreReader {
public:
    explicit MlflowStore(const std::filesystem::path& path)
        : m_database(path)
    {
    }
    std::vector<storage::ImportedRun> read(bool) override
    {
        return readSqlite([this] { return m_database.read(); });
    }

private:
    storage::MlflowDatabase m_database;
};

bool isMlflow(const std::filesystem::path& path)
{
    // What nobody can read now is said to be so here.
    const auto kind = sqliteKind(path);
    return kind == storage::ForeignKind::Mlflow || kind == storage::ForeignKind::Unreadable;
}

std::unique_ptr<StoreReader> openMlflow(const std::filesystem::path& path, const std::string&)
{
    return std::make_unique<MlflowStore>(path);
}

} // namespace

StoreFormat mlflowFormat()
{
    return { "mlflow", isMlflow, openMlflow, ownsNothing };
}

} // namespace nabiz::app
