-- SPDX-License-Identifier: GPL-3.0-or-later
-- From version 6 to 7: groups of runs, what is known of the queue as a whole, and the figures of other programs' runs
-- anew, whose metrics are looked for under their names there, too.

-- What runs were ordered together as, such as the cells of a grid; '' = none.
ALTER TABLE run ADD COLUMN run_group TEXT NOT NULL DEFAULT '';
CREATE INDEX run_group ON run(run_group);

-- One row. A run whose process ended while it trained it as the one taken last goes back to the queue's first place, as
-- 'interrupted', and goes on from its checkpoint when it is taken again: the third time it is left alone.
CREATE TABLE queue_state (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    paused INTEGER NOT NULL DEFAULT 0 CHECK (paused IN (0, 1)), -- nobody takes anything
    run INTEGER REFERENCES run(id) ON DELETE SET NULL, -- taken last
    tries INTEGER NOT NULL DEFAULT 0            -- how often in succession
) STRICT;
INSERT INTO queue_state (only) VALUES (1);

DELETE FROM summary WHERE run IN (SELECT id FROM run WHERE source NOT IN ('nabiz', 'page'));
