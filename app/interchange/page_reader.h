// SPDX-License-Identifier: GPL-3.0-or-later
// The reading of one page, line by line; what readPage() is made of. A line may be one of a table, of CSV, or of text:
// each has its part in a file of its own. Pure; any thread.
#pragma once

#include "app/interchange/page_number.h"
#include "app/interchange/published_page.h"
#include "trainer/config/parameters/parameter_table.h"

#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace nabiz::app {

class PageReader {
public:
    explicit PageReader(std::string_view text);
    PublishedPage read();

private:
    using Cells = std::vector<std::string>;
    // What was taken of a line, and what looked like a figure but could not be.
    struct Said {
        std::vector<trainer::Message> taken, refused;
        bool empty() const { return taken.empty() && refused.empty(); }
        void add(Said other);
    };

    // A piece of a line: a number, a word, or a sign.
    struct Token {
        enum class Kind { Number, Word, Sign } kind = Kind::Sign;
        std::string_view text; // in the line that was cut up
        std::string word; // folded
    };
    static std::vector<Token> tokens(std::string_view line);

    // The driver.
    bool isFence(std::size_t at);
    bool readHeading(std::size_t at);
    void keepWords(std::size_t at);
    void say(std::size_t at, LineKind kind, std::vector<trainer::Message> said);
    void say(std::size_t at, Said said);
    bool has(std::size_t at) const { return at < m_lines.size(); }
    std::string lineText(std::size_t at) const { return std::string(m_lines[at]); }
    void finish();

    // Lines of text.
    void readLine(std::size_t at);
    void readText(const std::string& plain, std::size_t at, bool isLabelled);
    Said pointsOf(const std::vector<Token>& tokens, std::size_t at);
    Said namedBatch(const std::vector<Token>& tokens, std::size_t at);
    Said pairs(const std::vector<Token>& tokens, std::size_t at);
    Said memoryOf(const std::string& plain, const std::vector<Token>& tokens, std::size_t at);
    Said settingsOf(const std::string& plain, std::size_t at, bool isLabelled);
    Said settingOf(std::string_view clause, std::size_t at, bool isLabelled);
    Said settingValue(
        const trainer::Parameter& row, std::string_view value, bool isPhrase, std::size_t at, bool isLabelled);

    // A report that the program itself has written: its tables say all, its sentences nothing that they do not.
    enum class Own { No, OfOne, OfSeveral };
    static Own ownReport(const std::vector<std::string_view>& lines);
    std::size_t readOwn(std::size_t at);
    Said ownRow(const Cells& header, const Cells& cells, std::size_t at);
    Said ownFigure(const std::string& label, const std::string& value, std::size_t at);

    static Cells tableCells(std::string_view line);
    // | --- | ---: |
    static bool isRule(std::string_view line);

    // Tables and CSV: each returns how many lines it took, 0 when there is no such thing at that line.
    std::size_t readTable(std::size_t at);
    std::size_t readCsv(std::size_t at);
    void readRows(const Cells& header, const std::vector<Cells>& rows, const std::vector<std::size_t>& at);
    bool readAcross(const Cells& header, const std::vector<Cells>& rows, const std::vector<std::size_t>& at);
    void readPairsOfCells(const Cells& header, const std::vector<Cells>& rows, const std::vector<std::size_t>& at);

    // What comes of them. `addPoint` says why it was not taken.
    std::optional<trainer::Message> addPoint(
        std::string_view batch, const std::string& metric, std::string_view value, std::size_t at);
    std::optional<trainer::Message> addSetting(const std::string& key, std::string value, std::size_t at);
    trainer::Message notANumber(std::string_view text) const;

    std::vector<std::string_view> m_lines;
    PageNumbers m_numbers;
    PublishedPage m_page;
    std::map<std::pair<std::int64_t, std::string>, std::size_t> m_known; // where in m_page.points
    Own m_own = Own::No;
    std::string m_section; // one of a person's own that is being read
    std::string_view m_fence; // of the block of code that is being read
};

} // namespace nabiz::app
