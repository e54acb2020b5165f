-- SPDX-License-Identifier: GPL-3.0-or-later
-- From version 1 to 2: a run can be starred, and put in the trash. What is in the trash is listed and compared nowhere, and
-- keeps all it has until it is put back, or deleted for good (then its row goes).
ALTER TABLE run ADD COLUMN starred INTEGER NOT NULL DEFAULT 0 CHECK (starred IN (0, 1));
ALTER TABLE run ADD COLUMN deleted INTEGER;     -- ms when it was put in the trash; NULL = it is not there
