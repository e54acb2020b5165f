// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/render/axis_ticks.h"

#include "ui/text/number_text.h"

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>
#include <cmath>

namespace nabiz::ui {
namespace {

bool usable(double low, double high)
{
    return std::isfinite(low) && std::isfinite(high) && high > low
        && (high - low) > 1e-12 * std::max(std::abs(low), std::abs(high));
}

// The smallest step of 1, 2 or 5 × 10^n that leaves at most `most` marks.
double niceStep(double span, int most)
{
    const double rough = span / std::max(most, 1);
    const double power = std::pow(10.0, std::floor(std::log10(rough)));
    for (const double factor : { 1.0, 2.0, 5.0 }) {
        if (factor * power >= rough * (1 - 1e-9)) {
            return factor * power;
        }
    }
    return 10 * power;
}

QString label(double value, double step, const QLocale& locale)
{
    if (value == 0) {
        return locale.toString(0);
    }
    const double size = std::max(std::abs(value), step);
    if (size >= 1e7 || step < 1e-4) {
        // Digits down to the step, so that neighbours differ.
        const int digits = static_cast<int>(std::floor(std::log10(std::abs(value))) - std::floor(std::log10(step))) + 1;
        return shortExponent(locale.toString(value, 'g', std::clamp(digits, 1, 12)));
    }
    const int decimals = std::max(0, static_cast<int>(-std::floor(std::log10(step) + 1e-9)));
    QLocale plain = locale;
    plain.setNumberOptions(QLocale::OmitGroupSeparator);
    QString text = plain.toString(value, 'f', decimals);
    if (size >= 1e4 && decimals == 0) {
        for (qsizetype i = text.size() - 3; i > (value < 0 ? 1 : 0); i -= 3) {
            text.insert(i, QChar(0x202f)); // as counts are written elsewhere
        }
    }
    return text;
}

std::vector<double> multiples(double low, double high, double step)
{
    std::vector<double> values;
    const double first = std::ceil(low / step - 1e-9);
    const double last = std::floor(high / step + 1e-9);
    if (std::abs(first) > 1e15 || last - first > 1000) {
        return values;
    }
    for (double i = first; i <= last; ++i) {
        values.push_back(i * step);
    }
    return values;
}

} // namespace

std::vector<Tick> linearTicks(double low, double high, int most, const QLocale& locale)
{
    std::vector<Tick> ticks;
    if (!std::isfinite(high - low) && std::isfinite(low) && std::isfinite(high)) {
        for (const Tick& tick : linearTicks(low / 8, high / 8, most, locale)) { // from -1e308 to 1e308
            ticks.push_back({ tick.position * 8, label(tick.position * 8, std::abs(high) / 8, locale) });
        }
        return ticks;
    }
    if (!usable(low, high)) {
        return ticks;
    }
    const double step = niceStep(high - low, most);
    for (const double value : multiples(low, high, step)) {
        ticks.push_back({ value, label(value, step, locale) });
    }
    return ticks;
}

std::vector<Tick> logTicks(double low, double high, int most, const QLocale& locale)
{
    std::vector<Tick> ticks;
    if (!usable(low, high) || low < -330 || high > 310) {
        return ticks;
    }
    const auto add = [&](const std::vector<double>& factors, int every) {
        ticks.clear();
        for (int decade = static_cast<int>(std::floor(low)); decade <= static_cast<int>(std::ceil(high)); ++decade) {
            if (decade % every != 0) {
                continue;
            }
            for (const double factor : factors) {
                const double position = decade + std::log10(factor);
                if (position >= low - 1e-9 && position <= high + 1e-9) {
                    const double value = factor * std::pow(10.0, decade);
                    ticks.push_back({ position,
                        value >= 1e-4 && value < 1e7 ? label(value, std::min(1.0, std::pow(10.0, decade)), locale)
                                                     : shortExponent(locale.toString(value, 'g', 3)) });
                }
            }
        }
    };
    const double decades = high - low;
    if (decades > most) {
        add({ 1 }, static_cast<int>(std::ceil(decades / most)));
        return ticks;
    }
    for (const std::vector<double>& factors : { std::vector<double> { 1, 2, 5 }, { 1, 3 }, { 1 } }) {
        add(factors, 1);
        if (static_cast<int>(ticks.size()) <= most) {
            break;
        }
    }
    if (ticks.size() < 3) {
        const std::vector<Tick> plain = linearTicks(std::pow(10.0, low), std::pow(10.0, high), most, locale);
        std::vector<Tick> inside;
        for (const Tick& tick : plain) {
            if (tick.position > 0) {
                inside.push_back({ std::log10(tick.position), tick.label });
            }
        }
        if (inside.size() > ticks.size()) {
            ticks = inside;
        }
    }
    return ticks;
}

std::vector<Tick> timeTicks(double low, double high, int most, const QLocale& locale)
{
    if (!usable(low, high)) {
        return {};
    }
    const double end = std::max(std::abs(low), std::abs(high));
    const auto named = [&](double unit, const QString& text, double step) {
        std::vector<Tick> ticks;
        for (const double value : multiples(low / unit, high / unit, step)) {
            ticks.push_back({ value * unit, text.arg(label(value, step, locale)) });
        }
        return ticks;
    };
    const auto sixty = [&](double span) {
        for (const double step : { 1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 60.0 }) {
            if (span / step <= most) {
                return step;
            }
        }
        return niceStep(span, most);
    };
    if (end <= 180) {
        return named(1, QCoreApplication::translate("PlotAxis", "%1 s"), niceStep(high - low, most));
    }
    if (end <= 3 * 3600) {
        const double span = (high - low) / 60;
        return named(
            60, QCoreApplication::translate("PlotAxis", "%1 min"), span < 2 ? niceStep(span, most) : sixty(span));
    }
    if (end <= 4 * 86400) {
        return named(3600, QCoreApplication::translate("PlotAxis", "%1 h"), niceStep((high - low) / 3600, most));
    }
    return named(86400, QCoreApplication::translate("PlotAxis", "%1 d"), niceStep((high - low) / 86400, most));
}

std::vector<Tick> wallTicks(double low, double high, int most, const QLocale& locale)
{
    constexpr double kDay = 86400;
    if (!std::isfinite(low) || !std::isfinite(high) || high <= low || std::abs(low) > 1e11 || std::abs(high) > 1e11) {
        return {};
    }
    double step = 0;
    for (const double round : { 1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0, 900.0, 1800.0, 3600.0,
             7200.0, 10800.0, 21600.0, 43200.0, kDay, 2 * kDay, 7 * kDay, 14 * kDay }) {
        if (step == 0 && (high - low) / round <= most) {
            step = round;
        }
    }
    step = step > 0 ? step : std::ceil((high - low) / most / (30 * kDay)) * 30 * kDay;
    const auto local = [](double seconds) { return QDateTime::fromMSecsSinceEpoch(std::llround(seconds * 1000)); };
    std::vector<Tick> ticks;
    const double begin = low + local(low).offsetFromUtc();
    const double end = high + local(high).offsetFromUtc();
    for (double at = std::ceil(begin / step) * step; at <= end && ticks.size() < 100; at += step) {
        const double guess = at - local(low).offsetFromUtc();
        const double position = at - local(guess).offsetFromUtc(); // summer time may begin on the way
        const QDateTime when = local(position);
        const bool isNewDay = when.time() == QTime(0, 0);
        const QString text = step >= kDay || isNewDay
            ? locale.toString(
                  when.date(), high - low > 300 * kDay ? QStringLiteral("d MMM yyyy") : QStringLiteral("d MMM"))
            : locale.toString(when.time(), step < 60 ? QStringLiteral("HH:mm:ss") : QStringLiteral("HH:mm"));
        ticks.push_back({ position, text });
    }
    return ticks;
}

} // namespace nabiz::ui
