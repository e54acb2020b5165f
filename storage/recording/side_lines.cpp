// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/recording/side_lines.h"
#include "storage/recording/side_file.h"

#include <charconv>
#include <optional>

namespace nabiz::storage {

namespace {

using Json = nlohmann::json;

// FNV-1a: a line cut short or damaged has another.
std::uint64_t sum(std::string_view text)
{
    std::uint64_t value = 14695981039346656037U;
    for (const char letter : text)
        value = (value ^ static_cast<unsigned char>(letter)) * 1099511628211U;
    return value;
}

template <typename Number> void addNumber(std::string& line, Number number, int base = 10)
{
    char text[40];
    if constexpr (std::is_floating_point_v<Number>)
        line.append(text, std::to_chars(text, text + sizeof text, number).ptr);
    else
        line.append(text, std::to_chars(text, text + sizeof text, number, base).ptr);
}

void addLine(std::string& text, const std::string& line)
{
    text += line;
    text += '\t';
    addNumber(text, sum(line), 16);
    text += '\n';
}

std::string dump(const Json& json)
{
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

// Numbers between spaces.
class Words {
public:
    explicit Words(std::string_view text)
        : m_text(text)
    {
    }
    template <typename Number> std::optional<Number> next()
    {
        while (m_text.starts_with(' '))
            m_text.remove_prefix(1);
        Number number {};
        const auto [end, error] = std::from_chars(m_text.data(), m_text.data() + m_text.size(), number);
        if (error != std::errc())
            return std::nullopt;
        m_text.remove_prefix(static_cast<std::size_t>(end - m_text.data()));
        return number;
    }

private:
    std::string_view m_text;
};

void addRows(std::string& text, const SideRows& stream)
{
    addLine(text,
        "stream "
            + dump({ { "run", stream.run }, { "segment", stream.segment }, { "stored", stream.stored },
                { "metrics", stream.metrics } }));
    for (std::size_t i = 0; i < stream.rows.size(); ++i) {
        const Row& row = stream.rows[i];
        std::string line = "row ";
        addNumber(line, stream.seqs[i]);
        line += ' ';
        addNumber(line, row.batch);
        line += ' ';
        addNumber(line, row.time);
        for (int value = 0; value < row.count; ++value) {
            line += ' ';
            addNumber(line, row.metric[value]);
            line += ' ';
            addNumber(line, row.value[value]);
        }
        addLine(text, line);
    }
}

void readRow(std::string_view line, SideRows& stream)
{
    Words words(line);
    const auto seq = words.next<std::int64_t>();
    const auto batch = words.next<std::int64_t>();
    const auto time = words.next<double>();
    if (!seq || !batch || !time)
        return;
    Row row;
    row.batch = *batch;
    row.time = *time;
    while (row.count < kRowValues) {
        const auto metric = words.next<std::uint16_t>();
        const auto value = words.next<double>();
        if (!metric || !value)
            break;
        row.metric[row.count] = *metric;
        row.value[row.count++] = *value;
    }
    stream.seqs.push_back(*seq);
    stream.rows.push_back(row);
}

void readLine(std::string_view line, SideContent& content)
{
    const auto space = line.find(' ');
    const auto kind = line.substr(0, space);
    const auto rest = line.substr(space + 1);
    if (kind == "row") {
        if (!content.streams.empty())
            readRow(rest, content.streams.back());
        return;
    }
    const Json json = Json::parse(rest);
    if (kind == "nabiz") {
        content.database = json.at("database");
        content.device = json.at("device");
        content.inode = json.at("inode");
        for (const Json& run : json.at("runs"))
            content.runs.push_back({ run.at(0), run.at(1) });
    } else if (kind == "stream") {
        content.streams.push_back(
            { json.at("run"), json.at("segment"), json.at("stored"), json.at("metrics"), {}, {} });
    } else if (kind == "edit") {
        content.edits.push_back({ json.at("run"), json.at("what"), json.at("values"), json.at("time") });
    }
}

} // namespace

std::string toLines(const SideContent& content)
{
    Json runs = Json::array();
    for (const SideRun& run : content.runs)
        runs.push_back({ run.run, run.created });
    std::string text;
    addLine(text,
        "nabiz "
            + dump({ { "version", 1 }, { "database", content.database }, { "device", content.device },
                { "inode", content.inode }, { "runs", runs } }));
    for (const SideRows& stream : content.streams)
        addRows(text, stream);
    for (const RunEdit& edit : content.edits)
        addLine(text,
            "edit "
                + dump(
                    { { "run", edit.run }, { "what", edit.what }, { "values", edit.values }, { "time", edit.time } }));
    return text;
}

SideContent fromLines(std::string_view text)
{
    SideContent content;
    while (!text.empty()) {
        const auto end = text.find('\n');
        const auto line = text.substr(0, end);
        const auto tab = line.rfind('\t');
        if (end == std::string_view::npos || tab == std::string_view::npos)
            break;
        std::string wanted;
        addNumber(wanted, sum(line.substr(0, tab)), 16);
        if (wanted != line.substr(tab + 1))
            break;
        try {
            readLine(line.substr(0, tab), content);
        } catch (const Json::exception&) {
            break; // of another version, or not ours: like a line that is not whole
        }
        text.remove_prefix(end + 1);
    }
    return content;
}

} // namespace nabiz::storage
