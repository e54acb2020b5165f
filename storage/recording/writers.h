// SPDX-License-Identifier: GPL-3.0-or-later
// What a command of the writer's thread writes with, all by one connection.
// The writer's thread.
#pragma once

#include "storage/recording/queue_writer.h"
#include "storage/recording/run_writer.h"

namespace nabiz::storage {

struct Writers {
    explicit Writers(SQLite::Database& connection)
        : database(connection)
        , runs(connection)
        , queue(connection, runs)
    {
    }

    SQLite::Database& database;
    RunWriter runs;
    QueueWriter queue;
};

} // namespace nabiz::storage
