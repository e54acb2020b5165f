// SPDX-License-Identifier: GPL-3.0-or-later
// Writes the rows of one stream: numbers them, then inserts batch by batch and metric by metric, so that every insert
// goes to the end of its range of the table. The writer's thread.
#pragma once

#include "storage/recording/point_stream.h"
#include "storage/recording/side_file.h"
#include "storage/schema/hot_statement.h"

#include <memory>
#include <vector>

namespace nabiz::storage {

class RunWriter;

// The writer's side of a stream. Rows stay in it until they are committed.
class StreamState {
public:
    RunId run = 0;
    std::shared_ptr<PointStream> stream;
    std::vector<std::int64_t> metrics; // metric.id by metric number
    std::int64_t created = 0; // of the run, ms
    std::int64_t segment = 0;
    std::int64_t nextSeq = 0;
    bool closing = false; // nothing comes any more
    bool deleted = false; // its run is gone: what still comes is dropped

    // Takes what has come, and numbers it.
    void take();
    void markCommitted();
    // Says in the run's log how long its producer waited for room, once it does so no more or nothing more comes.
    void tellWait(RunWriter& runs);
    void begin() { m_waitTold = 0; } // of a transaction
    // What is not committed, to be kept elsewhere; and when it is.
    SideRows unwritten() const;
    void setAside();
    const std::vector<Row>& rows() const { return m_rows; }

private:
    friend class PointWriter;
    void number(const Row& row);

    std::vector<Row> m_rows;
    std::vector<std::int64_t> m_seqs; // of m_rows
    std::vector<std::int64_t> m_lastSeq; // by metric number: where it last had a value
    std::int64_t m_batch = 0; // of the last row
    std::int64_t m_seq = -1; // of the last row
    std::int64_t m_committedSeq = -1;
    bool m_segmentStored = false;
    double m_waited = 0; // seconds its producer waited for room, not yet told in an event
    double m_waitTold = 0; // of these, in this transaction
    bool m_waits = false; // it did so since the last look
};

class PointWriter {
public:
    explicit PointWriter(SQLite::Database& database);
    // How many batches it wrote.
    std::int64_t write(StreamState& state);

private:
    struct Point {
        std::int64_t seq;
        double value;
    };
    void writeBatches(const StreamState& state);
    void writePoints(std::int64_t metric, const std::vector<Point>& points);

    HotStatement m_batch;
    HotStatement m_batches; // kChunk rows in one statement, like m_points
    HotStatement m_point;
    HotStatement m_points; // kChunk rows in one statement
    HotStatement m_segment;
    // Kept for their memory.
    std::vector<std::size_t> m_firsts; // rows that begin a record
    std::vector<std::vector<Point>> m_byMetric;
};

} // namespace nabiz::storage
