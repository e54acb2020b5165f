// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/number_input.h"

#include <QLocale>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace nabiz::ui {

using trainer::message;
using trainer::Message;
using trainer::Parameter;
using trainer::Value;
using trainer::ValueType;

namespace {

// Blanks around a number and the spaces that group digits are no mistake.
std::string plainNumber(const QString& text)
{
    QString plain;
    for (const QChar c : text.trimmed())
        if (!c.isSpace() && c != QChar(0x202F))
            plain += c;
    if (plain.startsWith(u'+'))
        plain.remove(0, 1);
    return plain.toStdString();
}

template <typename Number> bool readWhole(const std::string& text, Number& number)
{
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size();
}

} // namespace

std::variant<Value, Message> readNumber(const Parameter& parameter, const QString& text)
{
    std::string plain = plainNumber(text);
    if (trainer::typeOf(parameter.defaultValue) == ValueType::Integer) {
        std::int64_t number = 0;
        if (readWhole(plain, number))
            return Value(number);
        return message(
            NABIZ_TEXT("Message", "A whole number is needed, such as %1."), trainer::toYaml(parameter.defaultValue));
    }
    double number = 0;
    bool good = readWhole(plain, number);
    if (!good && std::count(plain.begin(), plain.end(), ',') == 1) {
        std::replace(plain.begin(), plain.end(), ',', '.'); // a decimal comma
        good = readWhole(plain, number);
    }
    if (good && std::isfinite(number))
        return Value(number);
    return message(NABIZ_TEXT("Message", "A number is needed, such as %1."), trainer::toYaml(parameter.defaultValue));
}

QString editText(const Value& value)
{
    QString text = QString::fromStdString(trainer::toYaml(value));
    if (trainer::typeOf(value) == ValueType::Real)
        text.replace(u'.', QLocale().decimalPoint());
    return text;
}

} // namespace nabiz::ui
