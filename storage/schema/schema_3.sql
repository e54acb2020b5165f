-- SPDX-License-Identifier: GPL-3.0-or-later
-- From version 2 to 3: what long curves are opened from. Derived from `batch` and `point` once a run of 20 000 batches or more has
-- ended, dropped when it is resumed; may be emptied at any time and is made anew when Nabız opens the database. All
-- numbers in the blobs are little-endian. Superseded batches are left out.

-- Where the samples stand, 65 536 a chunk. `metric` 0: all batches of the run, shared by the metrics that have a value at
-- each of them; else the samples of that metric. `first`: the first sample's batch. `batches`: float64 each, empty where
-- each batch follows the one before. `times`: float64 each, seconds.
CREATE TABLE pyramid_batch (
    run INTEGER NOT NULL REFERENCES run(id) ON DELETE CASCADE,
    metric INTEGER NOT NULL,
    chunk INTEGER NOT NULL,
    first REAL NOT NULL,
    batches BLOB NOT NULL,
    times BLOB NOT NULL,
    PRIMARY KEY (run, metric, chunk)
) STRICT;

-- A metric at one level. Level 0: the values, 65 536 a chunk, float64 where `wide`, else float32. Level k: one chunk, a
-- node each 16^k samples, of nine float64: minimum, maximum, sum, count of the finite values, count of the others, then
-- batch and time of the first minimum and of the first maximum (NaN where none is finite). Only the finest level with fewer
-- than 16 384 nodes is kept; the others are made from the values.
CREATE TABLE pyramid (
    metric INTEGER NOT NULL REFERENCES metric(id) ON DELETE CASCADE,
    level INTEGER NOT NULL,
    chunk INTEGER NOT NULL,
    count INTEGER NOT NULL,                     -- samples, or nodes
    wide INTEGER NOT NULL DEFAULT 1,
    data BLOB NOT NULL,
    PRIMARY KEY (metric, level, chunk)
) STRICT;
