-- SPDX-License-Identifier: GPL-3.0-or-later
-- From version 4 to 5: the queue.

-- Runs that wait for somebody to take them, the lowest position first. Their `run` row is `queued` and belongs to no process
-- (pid 0), so that it outlives the one that put it there; whoever takes one deletes its row here in the same transaction that
-- makes the run its own. A `queued` run without a row here waits in the memory of the process that it belongs to.
CREATE TABLE queue (
    run INTEGER PRIMARY KEY REFERENCES run(id) ON DELETE CASCADE,
    position INTEGER NOT NULL                   -- 0, 1, 2 …
) STRICT;
