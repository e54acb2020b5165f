// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers for people, in the window's locale (QLocale's default): as many digits as mean something. What other programs
// read is written elsewhere, in the C locale. Any thread.
#pragma once

#include <QString>
#include <optional>

namespace nabiz::ui {

// 1.584, 0.0113, 0.0004, 2.7e-5; "NaN" and "∞" as they are. About `digits` significant ones.
QString numberText(double value, int digits = 4);
// 0.0003, 2.98e-4, 1.8e-8: a learning rate with the digits that tell two apart.
QString rateText(double value);
// 4e-9 for a locale's 4E-09: an exponent as people write it. Other text stays as it is.
QString shortExponent(const QString& text);
// A loss, or a dash where there is none yet.
QString lossText(const std::optional<double>& value, int digits = 4);
// 6 400: grouped by narrow spaces whatever the locale, since people read them beside keys and commands.
QString countText(qint64 value);
// 512 MB, 0.93 GB, 15.0 GB (10⁹ bytes).
QString bytesText(double bytes);
// 0.4 s, 9 s, 1 min 20 s, 2 h 5 min, 3 d 4 h.
QString durationText(double seconds);
// 3.6 % with the locale's sign and point.
QString percentText(double share, int decimals = 1);

} // namespace nabiz::ui
