-- SPDX-License-Identifier: GPL-3.0-or-later
-- From version 5 to 6: runs of other programs. `run.source` says whose a run is: nabiz, page (entered from a published page),
-- tensorboard, mlflow, wandb, trackio, dvclive, hf, csv, inbox. A batch of such a run is what its source calls a step.
UPDATE run SET source = 'page' WHERE source = 'imported';

-- Where an imported run comes from: the same found again is the same run.
CREATE TABLE imported (
    run INTEGER PRIMARY KEY REFERENCES run(id) ON DELETE CASCADE,
    source TEXT NOT NULL,
    original TEXT NOT NULL,                     -- the source's own id within the path; may be empty
    path TEXT NOT NULL,                         -- absolute, of the file or folder that holds it
    cursor TEXT NOT NULL DEFAULT '',            -- name, note and tags as the source told them last, in JSON
    UNIQUE (source, original, path)
) STRICT;
