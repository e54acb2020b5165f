// SPDX-License-Identifier: GPL-3.0-or-later
// What a person writes about a run, and its reports. A part of the recorder; any thread. None of these waits for the
// writer: what cannot be written is tried again, and is kept beside the database in the end.
#pragma once

#include "storage/records/written.h"

#include <string>
#include <vector>

namespace nabiz::storage {

class WriterThread;

class WordsRecorder {
public:
    explicit WordsRecorder(WriterThread& writer);

    void rename(RunId run, std::string name);
    void setWhy(RunId run, std::string why);
    void setNote(RunId run, std::string note);
    // One of Run::texts; an empty one takes it away.
    void setText(RunId run, std::string name, std::string text);
    void setTags(RunId run, std::vector<std::string> tags);
    void setStarred(RunId run, bool starred);
    void addReport(WrittenReport report);

private:
    WriterThread& m_writer;
};

} // namespace nabiz::storage
