// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/foreign/trackio_database.h"
#include "storage/foreign/foreign_rows.h"

namespace nabiz::storage {

std::int64_t TrackioDatabase::read(
    const std::function<void(const Row&)>& settings, const std::function<void(const Row&)>& values)
{
    ForeignDatabase store(m_path);
    try {
        SQLite::Transaction snapshot(store.database());
        if (store.hasTable("configs")) {
            HotStatement query(store.database(),
                "SELECT coalesce(" + store.column("configs", "run_id", "run_name") + ", run_name), run_name, "
                    + store.column("configs", "created_at", "''") + ", config FROM configs");
            while (query.step())
                settings({ query.text(0), query.text(1), query.text(2), 0, query.text(3) });
        }
        store.needRowNumbers("metrics");
        ForeignRows rows(store.database(),
            "SELECT rowid, coalesce(" + store.column("metrics", "run_id", "run_name")
                + ", run_name), run_name, timestamp, " + store.column("metrics", "step", "rowid - 1")
                + ", metrics FROM metrics WHERE rowid > ? ORDER BY rowid",
            m_row);
        auto& query = rows.row();
        while (rows.next())
            values({ query.text(1), query.text(2), query.text(3), query.integer(4), query.text(5) });
        m_row = rows.last();
        return rows.gaps();
    } catch (const SQLite::Exception& error) {
        throw store.told(error);
    }
}

} // namespace nabiz::storage
