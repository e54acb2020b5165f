// SPDX-License-Identifier: GPL-3.0-or-later
// What is being made of a page: its lines, brought into one spelling, and what was taken of them so far. The readers of
// text, settings and tables put into it; each line gets said what became of it. One thread.
#pragma once

#include "app/interchange/page_number.h"
#include "app/interchange/published_page.h"

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

namespace nabiz::app {

// What was taken of a line, and what looked like a figure but could not be.
struct PageSaid {
    std::vector<trainer::Message> taken, refused;
    bool empty() const { return taken.empty() && refused.empty(); }
    void add(PageSaid other);
};

// A piece of a line: a number, a word, or a sign.
struct PageToken {
    enum class Kind { Number, Word, Sign } kind = Kind::Sign;
    std::string_view text; // in the line that was cut up
    std::string word; // folded
};
std::vector<PageToken> pageTokens(std::string_view line);

// Spaces of every width become one kind, 1 000 becomes 1000, 3 × 10⁻⁴ becomes 3e-4, marks of a quotation go. The lines
// stay as many.
std::string oneSpelling(std::string_view text);

// Of which data a loss is, where only a heading or a caption says so.
enum class PageDataPart { Training, Validation, Other };

class PageDraft {
public:
    explicit PageDraft(std::string_view text);

    const std::vector<std::string_view>& lines() const { return m_lines; }
    bool has(std::size_t at) const { return at < m_lines.size(); }
    std::string_view line(std::size_t at) const { return m_lines[at]; }
    PageNumbers& numbers() { return m_numbers; }
    const PageNumbers& numbers() const { return m_numbers; }
    PublishedPage& page() { return m_page; }
    // The keys that a table of settings names: there they are what they are, whatever a sentence says.
    bool isInTable(const std::string& key) const { return m_tableKeys.contains(key); }
    // The train loss beside a validation loss is a mean over the training text: of the batches themselves other lines
    // tell.
    bool isTrainLossAMean() const { return m_isTrainLossAMean; }

    // What stands below them, until the next: a loss that is not called one of validation is refused there, unless it
    // is the training's.
    void setHeading(std::string title, PageDataPart part);
    void setCaption(std::string title, PageDataPart part);
    std::vector<std::string> titles() const { return { m_caption.first, m_heading.first }; }

    // These two say why it was not taken.
    std::optional<trainer::Message> addPoint(
        std::string_view batch, const std::string& metric, std::string_view value, std::size_t at);
    // That it stands at that batch with another value, if it does.
    std::optional<trainer::Message> otherValue(
        std::string_view batch, const std::string& metric, std::string_view value) const;
    // What is said of a point that was taken: the numbers that were read.
    trainer::Message pointSaid(std::string_view batch, const std::string& metric, std::string_view value) const;
    std::optional<trainer::Message> addSetting(const std::string& key, std::string value, std::size_t at);
    trainer::Message notANumber(std::string_view text) const;

    void say(std::size_t at, LineKind kind, std::vector<trainer::Message> said);
    void say(std::size_t at, PageSaid said);
    PublishedPage finish();

private:
    void lookAhead();
    void beginRun(const std::string& title);
    void noteCourse(const std::string& metric, std::int64_t batch);
    trainer::Message conflict(const std::string& metric, std::size_t known, std::size_t at, trainer::Message other);
    void withdraw(const std::function<bool(std::size_t, const PublishedPoint&)>& isOne, const trainer::Message& why);

    std::string m_text;
    std::vector<std::string_view> m_lines; // in m_text
    PageNumbers m_numbers;
    PublishedPage m_page;
    std::pair<std::string, PageDataPart> m_heading, m_caption;
    std::size_t m_headingPoints = 0; // that were known when it came, or when the count of batches began anew
    struct Course {
        std::int64_t first = 0, last = 0;
        std::size_t count = 0; // 0 also when they do not rise
    };
    std::map<std::string, Course> m_courses; // by metric, since then
    std::map<std::string, std::string> m_tags; // by metric: whose lines are taken, where those of several are mixed
    std::string m_runTitle; // the run that a heading names
    std::optional<trainer::Message> m_otherRun; // why nothing more is taken under this heading
    std::map<std::pair<std::int64_t, std::string>, std::size_t> m_known; // where in m_page.points
    std::set<std::string> m_tableKeys;
    bool m_isTrainLossAMean = false;
};

} // namespace nabiz::app
