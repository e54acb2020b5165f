// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/report/report_text.h"

#include "app/report/report_error.h"
#include "trainer/base/byte_text.h"

#include <QFile>
#include <QRegularExpression>
#include <QTranslator>
#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <stdexcept>
#include <yaml-cpp/yaml.h>

static void initReportResources()
{
    Q_INIT_RESOURCE(reports);
}

namespace nabiz::app {

namespace {

std::string fixed(double value, int decimals)
{
    char buffer[64];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::fixed, decimals);
    return std::string(buffer, end.ptr);
}

void flatten(const YAML::Node& node, const std::string& prefix, std::map<std::string, std::string, std::less<>>& out)
{
    for (const auto& entry : node) {
        const auto key = prefix.empty() ? entry.first.as<std::string>() : prefix + "." + entry.first.as<std::string>();
        if (entry.second.IsMap())
            flatten(entry.second, key, out);
        else
            out[key] = entry.second.as<std::string>();
    }
}

} // namespace

ReportText::ReportText(const std::string& language)
    : m_language(language)
{
    initReportResources();
    QFile file(QStringLiteral(":/reports/%1.yaml").arg(QString::fromStdString(language)));
    if (language.find('/') != std::string::npos || !file.open(QIODevice::ReadOnly))
        throw ReportError("There is no report language \"" + language + "\": use en or tr.");
    flatten(YAML::Load(file.readAll().toStdString()), {}, m_texts);
    // The window's translations; not there in a program without it.
    const auto sentences = std::make_shared<QTranslator>();
    if (sentences->load(QStringLiteral(":/i18n/nabiz_%1.qm").arg(QString::fromStdString(language))))
        m_sentences = sentences;
}

std::string ReportText::sentence(const trainer::Message& message) const
{
    const QString translated = m_sentences ? m_sentences->translate("Message", message.text.c_str()) : QString();
    if (translated.isEmpty())
        return message.english();
    auto arguments = message.arguments;
    for (auto& argument : arguments)
        argument = inThisLanguage(argument);
    return trainer::Message { translated.toStdString(), std::move(arguments) }.english();
}

// A number alone, or a percentage, as the layers below write them: 2.62, 0.11 %.
std::string ReportText::inThisLanguage(const std::string& argument) const
{
    static const QRegularExpression number(QStringLiteral("^(-?\\d+(?:\\.\\d+)?)( %)?$"));
    const auto match = number.match(QString::fromStdString(argument));
    if (!match.hasMatch())
        return argument;
    const auto digits = localised(match.captured(1).toStdString());
    return match.captured(2).isEmpty() ? digits : (*this)("percent", { digits });
}

std::string ReportText::operator()(std::string_view key, std::initializer_list<std::string> arguments) const
{
    const auto found = m_texts.find(key);
    if (found == m_texts.end())
        throw std::out_of_range("no report text " + std::string(key));
    // One pass: an argument that holds a %1 of its own is left as it is.
    std::string result;
    const auto& text = found->second;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto place = text[i] == '%' && i + 1 < text.size() ? std::size_t(text[i + 1] - '1') : arguments.size();
        if (place < arguments.size()) {
            result += *(arguments.begin() + place);
            ++i;
        } else {
            result += text[i];
        }
    }
    return result;
}

std::string ReportText::localised(std::string text) const
{
    if (m_language == "tr")
        std::replace(text.begin(), text.end(), '.', ',');
    return text;
}

std::string ReportText::figures(std::string cell) const
{
    for (std::size_t i = 1; m_language == "tr" && i + 1 < cell.size(); ++i) {
        if (cell[i] == '.' && std::isdigit(static_cast<unsigned char>(cell[i - 1]))
            && std::isdigit(static_cast<unsigned char>(cell[i + 1])))
            cell[i] = ',';
    }
    return cell;
}

std::vector<std::vector<std::string>> ReportText::figures(std::vector<std::vector<std::string>> rows) const
{
    for (auto& row : rows) {
        for (auto& cell : row)
            cell = figures(std::move(cell));
    }
    return rows;
}

std::string ReportText::number(double value, int digits) const
{
    if (!std::isfinite(value))
        return std::isnan(value) ? "nan" : value < 0 ? "-inf" : "inf";
    char buffer[64];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::general, digits);
    return localised(std::string(buffer, end.ptr));
}

std::string ReportText::duration(double seconds) const
{
    if (seconds < 60)
        return (*this)("duration.seconds", { localised(fixed(seconds, seconds < 10 ? 2 : 1)) });
    const auto whole = std::llround(seconds);
    if (whole < 3600)
        return (*this)("duration.minutes", { std::to_string(whole / 60), std::to_string(whole % 60) });
    return (*this)("duration.hours", { std::to_string(whole / 3600), std::to_string(whole % 3600 / 60) });
}

std::string ReportText::percent(double ratio) const
{
    const double value = ratio * 100;
    const int decimals = std::abs(value) >= 9.95 ? 0 : std::abs(value) >= 0.995 ? 1 : 2;
    auto digits = fixed(value, decimals);
    if (digits.find('.') != std::string::npos) {
        digits.erase(digits.find_last_not_of('0') + 1);
        if (digits.back() == '.')
            digits.pop_back();
    }
    return (*this)("percent", { localised(digits) });
}

std::string ReportText::gigabytes(double bytes) const
{
    if (std::abs(bytes) < 1e6)
        return localised(trainer::bytesText(std::llround(bytes)));
    return localised(fixed(bytes / 1e9, 3)) + " GB";
}

} // namespace nabiz::app
