// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/foreign/trackio_database.h"
#include "storage/schema/hot_statement.h"

namespace nabiz::storage {

void TrackioDatabase::read(
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
        HotStatement query(store.database(),
            "SELECT rowid, coalesce(" + store.column("metrics", "run_id", "run_name")
                + ", run_name), run_name, timestamp, " + store.column("metrics", "step", "rowid - 1")
                + ", metrics FROM metrics WHERE rowid > ? ORDER BY rowid");
        query.bind(1, m_row);
        while (query.step()) {
            values({ query.text(1), query.text(2), query.text(3), query.integer(4), query.text(5) });
            m_row = query.integer(0);
        }
    } catch (const SQLite::Exception& error) {
        throw store.told(error);
    }
}

} // namespace nabiz::storage
