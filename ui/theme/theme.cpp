// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/theme.h"

#include "ui/theme/icon_engine.h"
#include "ui/theme/style_sheet.h"

#include <QApplication>
#include <QEvent>
#include <QFontDatabase>
#include <QFontInfo>
#include <QKeyEvent>
#include <QPalette>
#include <QProxyStyle>
#include <QStyle>
#include <QStyleFactory>
#include <QWidget>

#include <algorithm>
#include <array>

static void initializeIcons()
{
    Q_INIT_RESOURCE(icons);
}

namespace nabiz::ui {

namespace {

const ThemeColors kLight { 0xf6f7f8, 0xffffff, 0xe3e6e9, 0x1d2226, 0x626b73, 0x0b6bcb, 0x117a55, 0xa65500, 0xb3261e,
    0xeceef0, 0xe8f1fb };
const ThemeColors kDark { 0x15181b, 0x1c2024, 0x2b3137, 0xe6e9ec, 0x97a1aa, 0x5aa9f0, 0x4cc38a, 0xf0a04b, 0xff8078,
    0x262b30, 0x1f3347 };

// Okabe–Ito. On the dark panel blue and vermilion are lifted; the others are bright enough.
constexpr std::array<QRgb, Theme::kSeriesColors> kSeriesLight { 0x0072b2, 0xd55e00, 0x009e73, 0xcc79a7, 0xbb7f00,
    0x3f93c9, 0x7a3e9d, 0x8c564b, 0xd81b60, 0x6b7f00, 0x1a237e, 0x5a5a5a };
constexpr std::array<QRgb, Theme::kSeriesColors> kSeriesDark { 0x3d9be0, 0xf0803c, 0x1fc295, 0xe29cc4, 0xf0b32e,
    0x8fd0f5, 0xb794f6, 0xc9a093, 0xff6f9c, 0xc5c53a, 0x8ea2ff, 0xb8b8b8 };

struct State {
    ThemeMode mode = ThemeMode::System;
    bool dark = false;
    int pixels = 13;
};
State state;

bool systemIsDark()
{
    const QPalette palette = QApplication::palette();
    return palette.color(QPalette::Window).lightnessF() < palette.color(QPalette::WindowText).lightnessF();
}

QPalette makePalette(const ThemeColors& c, bool dark)
{
    QPalette palette;
    const auto set = [&palette](QPalette::ColorRole role, const QColor& color, const QColor& disabled) {
        palette.setColor(QPalette::All, role, color);
        palette.setColor(QPalette::Disabled, role, disabled);
    };
    set(QPalette::Window, c.background, c.background);
    set(QPalette::Base, c.panel, c.panel);
    set(QPalette::AlternateBase, c.grid, c.grid);
    set(QPalette::Button, c.panel, c.panel);
    set(QPalette::ToolTipBase, c.panel, c.panel);
    for (const auto role : { QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::ToolTipText })
        set(role, c.text, c.dim);
    set(QPalette::PlaceholderText, c.dim, c.dim);
    set(QPalette::Link, c.accent, c.dim);
    set(QPalette::LinkVisited, c.accent, c.dim);
    set(QPalette::Highlight, c.accent, c.line);
    set(QPalette::HighlightedText, dark ? c.background : c.panel, c.dim);
    set(QPalette::BrightText, c.bad, c.bad);
    set(QPalette::Light, c.panel, c.panel);
    set(QPalette::Midlight, c.grid, c.grid);
    set(QPalette::Mid, c.line, c.line);
    set(QPalette::Dark, c.line.darker(dark ? 100 : 115), c.line);
    set(QPalette::Shadow, c.line.darker(130), c.line);
    return palette;
}

// Fusion, with the underlines of mnemonics only while Alt is held.
class CalmStyle : public QProxyStyle {
public:
    CalmStyle()
        : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion")))
    {
    }
    int styleHint(
        StyleHint hint, const QStyleOption* option, const QWidget* widget, QStyleHintReturn* data) const override
    {
        if (hint == SH_UnderlineShortcut)
            return QGuiApplication::keyboardModifiers().testFlag(Qt::AltModifier);
        return QProxyStyle::styleHint(hint, option, widget, data);
    }
};

// Desktops change between light and dark while the program runs; Alt shows the mnemonics.
class SystemFollower : public QObject {
public:
    using QObject::QObject;
    bool eventFilter(QObject* object, QEvent* event) override
    {
        const bool isKey = event->type() == QEvent::KeyPress || event->type() == QEvent::KeyRelease;
        if (isKey && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Alt && QApplication::activeWindow())
            QApplication::activeWindow()->update();
        if (event->type() == QEvent::ThemeChange && state.mode == ThemeMode::System && object->isWindowType())
            QMetaObject::invokeMethod(qApp, [] { Theme::apply(*qApp, ThemeMode::System); }, Qt::QueuedConnection);
        return false;
    }
};

} // namespace

void Theme::apply(QApplication& application, ThemeMode mode)
{
    static bool first = true;
    if (first) {
        first = false;
        initializeIcons();
        QFont font = QApplication::font();
        state.pixels = std::max(13, QFontInfo(font).pixelSize());
        font.setPixelSize(state.pixels);
        QApplication::setFont(font);
        application.installEventFilter(new SystemFollower(&application));
        // Once: whoever is handling an event, as a menu in whose entry another theme is chosen, goes on with the style
        // it had.
        QApplication::setStyle(new CalmStyle);
    } else {
        QApplication::setPalette(QPalette()); // back to the system's, to be looked at
    }
    state.mode = mode;
    state.dark = mode == ThemeMode::System ? systemIsDark() : mode == ThemeMode::Dark;
    QApplication::setPalette(makePalette(colors(), state.dark));
    application.setStyleSheet(styleSheet(colors(), state.dark, state.pixels));
}

bool Theme::isDark()
{
    return state.dark;
}

const ThemeColors& Theme::colors()
{
    return state.dark ? kDark : kLight;
}

const ThemeColors& Theme::lightColors()
{
    return kLight;
}

QColor Theme::seriesColor(int number, bool dark)
{
    const auto& series = dark ? kSeriesDark : kSeriesLight;
    const int size = static_cast<int>(series.size());
    return QColor(series[static_cast<std::size_t>(((number % size) + size) % size)]);
}

QIcon Theme::icon(const QString& name)
{
    return QIcon(new IconEngine(name));
}

void Theme::setRole(QWidget* widget, const char* role)
{
    if (widget->property("role").toByteArray() == role)
        return;
    widget->setProperty("role", QByteArray(role));
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
    widget->update();
}

void Theme::setAccent(QWidget* button, bool accent)
{
    button->setProperty("accent", accent);
    button->style()->unpolish(button);
    button->style()->polish(button);
}

QFont Theme::smallFont()
{
    QFont font = QApplication::font();
    font.setPixelSize(state.pixels - 2);
    return font;
}

QFont Theme::strongFont()
{
    QFont font = QApplication::font();
    font.setWeight(QFont::DemiBold);
    return font;
}

QFont Theme::monoFont()
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    font.setPixelSize(state.pixels - 1);
    return font;
}

} // namespace nabiz::ui
