// SPDX-License-Identifier: GPL-3.0-or-later
// The look: Fusion with light and dark colours of our own, so that Nabız looks the same on every desktop. Widgets ask
// here for a colour, never write one down. GUI thread.
#pragma once

#include <QColor>
#include <QFont>
#include <QIcon>
#include <QString>

class QApplication;
class QWidget;

namespace nabiz::ui {

enum class ThemeMode { System, Light, Dark };

struct ThemeColors {
    QColor background, panel, line, text, dim, accent, good, warn, bad, grid, selected;
};

class Theme {
public:
    // Style, palette and style sheet of the whole program; may be called again at run time.
    static void apply(QApplication& application, ThemeMode mode);
    static bool isDark();
    static const ThemeColors& colors();
    // The light colours, whatever is applied: reports and exported pictures are on paper.
    static const ThemeColors& lightColors();
    // Okabe–Ito, brightened on dark so that a 2 px line keeps 3:1, then as many more. The number is a run's; it wraps.
    static constexpr int kSeriesColors = 12;
    static QColor seriesColor(int number, bool dark);
    // An icon of resources/icons by name, recoloured with the text colour.
    static QIcon icon(const QString& name);

    // What a label is, for the style sheet: "title", "heading", "dim", "small" (dim and small), "mono", "monosmall",
    // "good", "warn", "bad", "warnheading", "pill". May be changed at any time.
    static void setRole(QWidget* widget, const char* role);
    // The one button for the thing to do next.
    static void setAccent(QWidget* button, bool accent = true);
    // Fonts for what is painted by hand, in step with the style sheet.
    static QFont smallFont();
    static QFont strongFont();
    static QFont monoFont();
};

// Spacing, on the 8-pixel grid.
inline constexpr int kGap = 8;
inline constexpr int kMargin = 16;

} // namespace nabiz::ui
