-- SPDX-License-Identifier: GPL-3.0-or-later
-- Version 1 of Nabız's database; schema_2.sql and the files after it say what later versions add. Any program may read it while Nabız writes: `sqlite3 -readonly nabiz.db`.
-- Times in whole numbers are milliseconds since 1970 in UTC; `batch.time` is in seconds since the run's start; memory is in
-- bytes; texts are UTF-8. A batch counts from 0; an optimizer step is one or more batches.

-- A training run. `status`: queued, preparing, running, paused, stopping (these five are live), finished, stopped, failed,
-- diverged, interrupted (its process ended while it was live, waiting ones included), reference (entered from a page).
CREATE TABLE run (
    id INTEGER PRIMARY KEY AUTOINCREMENT,       -- never given twice
    name TEXT NOT NULL,
    why TEXT NOT NULL DEFAULT '',
    status TEXT NOT NULL,
    source TEXT NOT NULL DEFAULT 'nabiz',       -- or another program's: schema_6.sql
    preset TEXT NOT NULL DEFAULT '',            -- name of the preset it was made from
    preset_text TEXT NOT NULL DEFAULT '',       -- that preset's YAML, whole
    parent INTEGER REFERENCES run(id) ON DELETE SET NULL, -- the run it was made from
    command TEXT NOT NULL DEFAULT '',           -- the one-line command that repeats it
    created INTEGER NOT NULL,                   -- ms
    started INTEGER,                            -- ms; when preparing began
    ended INTEGER,                              -- ms; NULL while live
    planned_batches INTEGER NOT NULL DEFAULT 0,
    seed INTEGER NOT NULL DEFAULT 0,
    failure TEXT NOT NULL DEFAULT '',           -- why it failed, diverged or was interrupted
    note TEXT NOT NULL DEFAULT '',
    host TEXT NOT NULL DEFAULT '',              -- name of the machine
    versions TEXT NOT NULL DEFAULT '',          -- of Nabız and its libraries, from run_fact
    boot TEXT NOT NULL DEFAULT '',              -- the three say which process trains it: the machine's boot id,
    pid INTEGER NOT NULL DEFAULT 0,             -- the process,
    process_start INTEGER NOT NULL DEFAULT 0    -- and its start in clock ticks since boot, since a pid is used again
) STRICT;
CREATE INDEX run_name ON run(name);
CREATE INDEX run_parent ON run(parent);
CREATE INDEX run_status ON run(status);

-- Every parameter, as the preset declared it and as it was really applied; YAML texts. `applied` is empty before the run
-- is prepared.
CREATE TABLE run_param (
    id INTEGER PRIMARY KEY,                     -- in the order of the parameter table
    run INTEGER NOT NULL REFERENCES run(id) ON DELETE CASCADE,
    key TEXT NOT NULL,                          -- section.name
    declared TEXT NOT NULL DEFAULT '',
    applied TEXT NOT NULL DEFAULT '',
    UNIQUE (run, key)
) STRICT;

-- What is known about where and on what it ran: host, cpu, gpu, driver, versions, fingerprint of the data,
-- time.zero (ms at which batch.time is 0) …
CREATE TABLE run_fact (
    run INTEGER NOT NULL REFERENCES run(id) ON DELETE CASCADE,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (run, key)
) STRICT, WITHOUT ROWID;

-- One curve of one run: loss, val.loss, memory.peak … `unit` is empty for a plain number.
CREATE TABLE metric (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES run(id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    unit TEXT NOT NULL DEFAULT '',
    UNIQUE (run, name)
) STRICT;

-- A stretch of one run without a break: 0, and one more each time it is resumed. Where a later segment begins at or before a
-- batch, that batch is superseded: it stays here, and charts and exports leave it out.
CREATE TABLE segment (
    run INTEGER NOT NULL REFERENCES run(id) ON DELETE CASCADE,
    segment INTEGER NOT NULL,
    first_batch INTEGER NOT NULL,               -- of its first record
    started INTEGER NOT NULL,                   -- ms
    PRIMARY KEY (run, segment)
) STRICT, WITHOUT ROWID;

-- What was recorded, in order: seq counts from 0 in each run, whatever the batch numbers do.
CREATE TABLE batch (
    run INTEGER NOT NULL REFERENCES run(id) ON DELETE CASCADE,
    seq INTEGER NOT NULL,
    segment INTEGER NOT NULL,
    batch INTEGER NOT NULL,
    time REAL NOT NULL,                         -- seconds since the run's start
    PRIMARY KEY (run, seq)
) STRICT, WITHOUT ROWID;

-- The values. NULL is NaN (not a number), infinities are themselves; no row = no value at that batch.
CREATE TABLE point (
    metric INTEGER NOT NULL REFERENCES metric(id) ON DELETE CASCADE,
    seq INTEGER NOT NULL,                       -- batch.seq of the metric's run
    value REAL,
    PRIMARY KEY (metric, seq)
) STRICT, WITHOUT ROWID;

-- `kind`: log, warning, sample (a text the model wrote), evaluation, checkpoint, throttle, pause and resume (between the two
-- batch.time went on and nothing was trained; a resume without a pause begins a segment), change (of a setting from that
-- batch on), audit (what makes the loss
-- suspicious, or what was looked at and is in order; behind the message's own arguments stand id, severity, and what was
-- measured with its arguments; the last says how many arguments are the message's).
CREATE TABLE event (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES run(id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    batch INTEGER NOT NULL DEFAULT -1,          -- -1 = before the first
    time INTEGER NOT NULL,                      -- ms
    text TEXT NOT NULL DEFAULT '',              -- English, whole
    message TEXT NOT NULL DEFAULT '',           -- English with %1 …, for translation
    arguments TEXT NOT NULL DEFAULT '[]'        -- JSON list of what stands for %1 …
) STRICT;
CREATE INDEX event_run ON event(run, id);

CREATE TABLE checkpoint (
    run INTEGER NOT NULL REFERENCES run(id) ON DELETE CASCADE,
    batch INTEGER NOT NULL,
    folder TEXT NOT NULL,
    bytes INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (run, batch)
) STRICT, WITHOUT ROWID;

CREATE TABLE tag (
    run INTEGER NOT NULL REFERENCES run(id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    tag TEXT NOT NULL,
    PRIMARY KEY (run, position)
) STRICT, WITHOUT ROWID;

-- Derived from the points of a run that has ended, so that a list of thousands of runs is read at once. May be emptied at
-- any time: what is missing is computed from the points, and written anew when Nabız opens the database. NULL = no value,
-- or NaN.
CREATE TABLE summary (
    run INTEGER PRIMARY KEY REFERENCES run(id) ON DELETE CASCADE,
    batches INTEGER NOT NULL,
    steps INTEGER NOT NULL,
    seconds REAL NOT NULL,                      -- time of the last batch
    first_loss REAL,
    best_loss REAL,
    last_loss REAL,
    mean_last_loss REAL,                        -- of the last 20
    best_batch INTEGER,
    best_val_loss REAL,
    last_val_loss REAL,
    best_val_batch INTEGER,
    peak_bytes REAL,
    tokens_per_second REAL,                     -- median after the third batch
    median_batch_seconds REAL,                  -- the same
    non_finite INTEGER NOT NULL                 -- losses that were NaN or infinite
) STRICT;

-- All of it joined, for people: SELECT * FROM history WHERE run = 1 AND metric = 'loss' ORDER BY batch;
CREATE VIEW history AS
SELECT run.id AS run, run.name AS name, batch.batch AS batch, batch.time AS time, metric.name AS metric,
       point.value AS value, metric.unit AS unit
FROM run
JOIN metric ON metric.run = run.id
JOIN point ON point.metric = metric.id
JOIN batch ON batch.run = run.id AND batch.seq = point.seq
WHERE NOT EXISTS (SELECT 1 FROM segment AS later
                  WHERE later.run = batch.run AND later.segment > batch.segment AND later.first_batch <= batch.batch);
