// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/run_csv.h"

#include "app/cli/usage_error.h"
#include "trainer/config/metric_table.h"
#include "trainer/config/value.h"

#include <cerrno>
#include <cmath>
#include <cstring>

#include <unistd.h>

namespace nabiz::app {

CsvFile::CsvFile(const std::string& path)
    : m_path(path)
{
    if (path == "-") {
        m_file = stdout;
        return;
    }
    std::error_code error;
    const bool there = std::filesystem::exists(path, error);
    if (std::filesystem::is_directory(path, error))
        throw UsageError("the file '" + path + "' is a folder; name a file in it");
    if (!there || std::filesystem::is_regular_file(path, error)) {
        // A link keeps pointing at the file it points at.
        const auto target = there ? std::filesystem::canonical(path, error) : std::filesystem::path(path);
        m_aside = target.string() + ".part" + std::to_string(getpid());
    }
    m_file = std::fopen(m_aside.empty() ? path.c_str() : m_aside.c_str(), "wb");
    if (!m_file) {
        const int reason = errno;
        m_aside.clear();
        fail(reason);
    }
}

CsvFile::~CsvFile()
{
    if (m_file && m_file != stdout)
        std::fclose(m_file);
    std::error_code ignored; // it may be gone already
    if (!m_aside.empty())
        std::filesystem::remove(m_aside, ignored);
}

void CsvFile::fail(int error) const
{
    throw UsageError("the file '" + m_path + "' cannot be written: " + std::strerror(error)
        + "; give a file in a folder that exists, may be written and has room");
}

void CsvFile::write(std::string_view text)
{
    if (std::fwrite(text.data(), 1, text.size(), m_file) != text.size())
        fail(errno);
}

void CsvFile::commit()
{
    if (std::fflush(m_file) != 0)
        fail(errno);
    if (m_file == stdout)
        return;
    std::FILE* file = std::exchange(m_file, nullptr);
    if ((!m_aside.empty() && fsync(fileno(file)) != 0) | (std::fclose(file) != 0))
        fail(errno);
    if (m_aside.empty())
        return;
    const std::string suffix = ".part" + std::to_string(getpid());
    const std::string aside = m_aside.string();
    if (std::rename(aside.c_str(), aside.substr(0, aside.size() - suffix.size()).c_str()) != 0)
        fail(errno);
    m_aside.clear();
}

std::string cellText(double value, bool singlePrecision)
{
    if (std::isnan(value))
        return "nan"; // whatever its sign
    return singlePrecision ? trainer::toText(static_cast<float>(value)) : trainer::toText(value);
}

namespace {

// Quoted where CSV asks for it: an imported metric may be called anything.
std::string quoted(const std::string& name)
{
    if (name.find_first_of(",\"\r\n") == std::string::npos)
        return name;
    std::string text = "\"";
    for (const char c : name)
        text += c == '"' ? std::string("\"\"") : std::string(1, c);
    return text + '"';
}

} // namespace

std::int64_t writeRunCsv(const storage::RunStore& store, storage::RunId run, const std::vector<storage::Metric>& metrics,
    CsvFile& file)
{
    std::string line = "batch,time";
    std::vector<bool> single;
    for (const storage::Metric& metric : metrics) {
        line += ',' + quoted(metric.name);
        const trainer::MetricRow* row = trainer::findMetric(metric.name);
        single.push_back(row && row->singlePrecision);
    }
    file.write(line + '\n');
    std::int64_t rows = 0;
    store.history(run, metrics, [&](const storage::RunStore::HistoryRow& row) {
        line = std::to_string(row.batch) + ',' + trainer::toText(row.time);
        for (std::size_t i = 0; i < metrics.size(); ++i) {
            line += ',';
            if (row.values[i])
                line += cellText(*row.values[i], single[i]);
        }
        file.write(line + '\n');
        ++rows;
    });
    return rows;
}

} // namespace nabiz::app
