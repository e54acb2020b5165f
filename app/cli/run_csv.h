// SPDX-License-Identifier: GPL-3.0-or-later
// A run as CSV: batch, time, then metrics by name; a row a batch, an empty cell where a metric has no value there. Numbers
// have the shortest digits that read back the same in the type recorded, in every locale.
#pragma once

#include "storage/run_store.h"

#include <cstdio>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace nabiz::app {

// A file that is there whole or not at all: written beside its place, then renamed. "-" is stdout; what is there and is no
// regular file (a pipe, a device) is written to directly. Throws UsageError naming the file when it cannot be written.
class CsvFile {
public:
    explicit CsvFile(const std::string& path);
    // Removes what was not committed.
    ~CsvFile();
    CsvFile(const CsvFile&) = delete;
    CsvFile& operator=(const CsvFile&) = delete;

    void write(std::string_view text);
    void commit();

private:
    [[noreturn]] void fail(int error) const;

    const std::string m_path;
    std::filesystem::path m_aside; // empty when written to directly
    std::FILE* m_file = nullptr;
};

// The text of one cell: nan, inf, -inf, or digits.
std::string cellText(double value, bool singlePrecision);
// Returns how many rows below the header were written.
std::int64_t writeRunCsv(const storage::RunStore& store, storage::RunId run, const std::vector<storage::Metric>& metrics,
    CsvFile& file);

} // namespace nabiz::app
