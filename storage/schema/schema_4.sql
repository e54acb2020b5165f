-- SPDX-License-Identifier: GPL-3.0-or-later
-- From version 3 to 4: what a person wrote about a run, and the reports that were written of it.

-- `name`: problem, solution, conclusion (the sections of a report that are a person's own), page (the published page that a
-- reference was entered from, whole). No row = nothing written.
CREATE TABLE run_text (
    run INTEGER NOT NULL REFERENCES run(id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (run, name)
) STRICT, WITHOUT ROWID;

-- A row for each run of each report. No report is made from it: it only says where to look for one.
CREATE TABLE report (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES run(id) ON DELETE CASCADE,
    folder TEXT NOT NULL,                       -- absolute; it may have been moved or deleted since
    language TEXT NOT NULL,
    written INTEGER NOT NULL,                   -- ms
    version TEXT NOT NULL                       -- of Nabız
) STRICT;
CREATE INDEX report_run ON report(run, id);
