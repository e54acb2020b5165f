// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/number_text.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace nabiz::ui {

namespace {

constexpr QChar kThinSpace(0x202F);

QLocale plainLocale()
{
    QLocale locale;
    locale.setNumberOptions(QLocale::OmitGroupSeparator);
    return locale;
}

QString fixed(double value, int decimals)
{
    return plainLocale().toString(value, 'f', std::max(0, decimals));
}

// 2.7e-5: at most `digits` significant digits, the exponent as people write it.
QString scientific(double value, int digits)
{
    const QString text = QString::number(value, 'e', std::max(0, digits - 1));
    const qsizetype e = text.indexOf(u'e');
    return shortExponent(plainLocale().toString(text.left(e).toDouble(), 'g', digits) + text.mid(e));
}

QString translated(const char* literal)
{
    return QCoreApplication::translate("Number", literal);
}

} // namespace

QString numberText(double value, int digits)
{
    if (std::isnan(value))
        return QStringLiteral("NaN");
    if (std::isinf(value))
        return value > 0 ? QStringLiteral("∞") : QStringLiteral("−∞");
    const double size = std::abs(value);
    if (size == 0)
        return QStringLiteral("0");
    if (size >= 1e6 || size < 5e-5)
        return scientific(value, std::min(digits, 2));
    const int whole = size < 1 ? 0 : static_cast<int>(std::floor(std::log10(size))) + 1;
    return fixed(value, size < 0.01 ? std::max(digits, 4) : digits - whole);
}

QString shortExponent(const QString& text)
{
    const qsizetype e = text.indexOf(u'e', 0, Qt::CaseInsensitive);
    return e < 0 ? text : text.left(e) + u'e' + QString::number(text.mid(e + 1).toInt());
}

QString rateText(double value)
{
    if (!std::isfinite(value))
        return numberText(value);
    const QString plain = plainLocale().toString(value, 'g', 3);
    return value == 0 || (std::abs(value) >= 1e-4 && plain.size() <= 7) ? plain : scientific(value, 3);
}

QString lossText(const std::optional<double>& value, int digits)
{
    return value ? numberText(*value, digits) : QStringLiteral("—");
}

QString countText(qint64 value)
{
    QString text = QString::number(value);
    for (qsizetype i = text.size() - 3; i > (value < 0 ? 1 : 0); i -= 3)
        text.insert(i, kThinSpace);
    return text;
}

QString bytesText(double bytes)
{
    if (!std::isfinite(bytes))
        return numberText(bytes);
    struct Unit {
        double size;
        const char* pattern;
    };
    static constexpr Unit kUnits[] = { { 1e9, QT_TRANSLATE_NOOP("Number", "%1 GB") },
        { 1e6, QT_TRANSLATE_NOOP("Number", "%1 MB") }, { 1e3, QT_TRANSLATE_NOOP("Number", "%1 kB") } };
    for (const Unit& unit : kUnits) {
        const double value = bytes / unit.size;
        const double size = std::abs(value);
        if (size >= 0.9 || (unit.size == 1e9 && size >= 0.1))
            return translated(unit.pattern).arg(fixed(value, size < 10 && unit.size == 1e9 ? 2 : size < 100 ? 1 : 0));
    }
    return translated(QT_TRANSLATE_NOOP("Number", "%1 bytes")).arg(countText(std::llround(bytes)));
}

QString durationText(double seconds)
{
    if (!std::isfinite(seconds) || seconds < 0)
        return QStringLiteral("—");
    if (seconds < 9.95)
        return translated(QT_TRANSLATE_NOOP("Number", "%1 s")).arg(fixed(seconds, 1));
    const qint64 whole = std::llround(seconds);
    if (whole < 60)
        return translated(QT_TRANSLATE_NOOP("Number", "%1 s")).arg(whole);
    if (whole < 3600)
        return translated(QT_TRANSLATE_NOOP("Number", "%1 min %2 s")).arg(whole / 60).arg(whole % 60);
    if (whole < 86400)
        return translated(QT_TRANSLATE_NOOP("Number", "%1 h %2 min")).arg(whole / 3600).arg(whole % 3600 / 60);
    return translated(QT_TRANSLATE_NOOP("Number", "%1 d %2 h")).arg(whole / 86400).arg(whole % 86400 / 3600);
}

QString percentText(double share, int decimals)
{
    return translated(QT_TRANSLATE_NOOP("Number", "%1 %")).arg(fixed(share * 100, decimals));
}

} // namespace nabiz::ui
