// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/recording/words_recorder.h"
#include "storage/recording/writer_thread.h"

#include <utility>

namespace nabiz::storage {

namespace {

void post(WriterThread& writer, RunId run, const char* what, nlohmann::json values)
{
    writer.post({ .edit = RunEdit { run, what, std::move(values), now() } });
}

} // namespace

WordsRecorder::WordsRecorder(WriterThread& writer)
    : m_writer(writer)
{
}

void WordsRecorder::rename(RunId run, std::string name)
{
    post(m_writer, run, "name", nlohmann::json::array({ std::move(name) }));
}

void WordsRecorder::setWhy(RunId run, std::string why)
{
    post(m_writer, run, "why", nlohmann::json::array({ std::move(why) }));
}

void WordsRecorder::setNote(RunId run, std::string note)
{
    post(m_writer, run, "note", nlohmann::json::array({ std::move(note) }));
}

void WordsRecorder::setText(RunId run, std::string name, std::string text)
{
    post(m_writer, run, "text", nlohmann::json::array({ std::move(name), std::move(text) }));
}

void WordsRecorder::setTags(RunId run, std::vector<std::string> tags)
{
    post(m_writer, run, "tags", std::move(tags));
}

void WordsRecorder::setStarred(RunId run, bool starred)
{
    post(m_writer, run, "starred", nlohmann::json::array({ starred }));
}

void WordsRecorder::addReport(WrittenReport report)
{
    post(m_writer, report.run, "report",
        nlohmann::json::array({ report.folder, report.language, report.written, report.version }));
}

} // namespace nabiz::storage
