// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/style_sheet.h"

namespace nabiz::ui {

namespace {

constexpr const char* kText = R"(
QToolTip { background: @panel; color: @text; border: 1px solid @line; padding: 4px 8px; }
QLabel[role="title"] { font-size: @titlepx; font-weight: 600; }
QLabel[role="heading"] { font-weight: 600; }
QLabel[role="dim"] { color: @dim; }
QLabel[role="small"] { color: @dim; font-size: @smallpx; }
QLabel[role="mono"] { font-family: monospace; font-size: @monopx; }
QLabel[role="monosmall"] { font-family: monospace; font-size: @monosmallpx; color: @dim; }
QLabel[role="good"] { color: @good; }
QLabel[role="warn"] { color: @warn; }
QLabel[role="bad"], QPlainTextEdit[role="bad"] { color: @bad; }
QLabel[role="warnheading"] { color: @warn; font-weight: 600; }
QLabel[role="changed"] { color: @accent; }
QLabel[role="pill"] { color: @accent; background: @selected; border-radius: 9px; padding: 2px 9px;
    font-size: @smallpx; }
)";

constexpr const char* kPanels = R"(
QFrame[card="true"] { background: @panel; border: 1px solid @line; border-radius: 8px; }
QFrame[hairline="true"] { background: @line; border: none; min-height: 1px; max-height: 1px; }
QWidget[bar="top"] { background: @panel; border: none; border-bottom: 1px solid @line; }
QWidget[bar="bottom"] { background: @panel; border: none; border-top: 1px solid @line; }
QWidget[bar="left"] { background: @panel; border: none; border-right: 1px solid @line; }
QFrame[notice="info"] { background: @selected; border: none; border-bottom: 1px solid @line; }
QFrame[notice="error"] { background: @panel; border: none; border-bottom: 2px solid @bad; }
QScrollArea, QScrollArea > QWidget > QWidget[plain="true"] { background: transparent; border: none; }
QSplitter::handle { background: transparent; }
QMenu { background: @panel; border: 1px solid @line; border-radius: 6px; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 28px; border-radius: 4px; }
QMenu::item:selected { background: @selected; color: @text; }
QMenu::item:disabled { color: @dim; }
QMenu::separator { height: 1px; background: @line; margin: 4px 8px; }
QMenu::icon { padding-left: 8px; }
)";

constexpr const char* kButtons = R"(
QPushButton { background: @panel; color: @text; border: 1px solid @border; border-radius: 6px; padding: 5px 12px; }
QPushButton:hover { border-color: @dim; }
QPushButton:pressed { background: @grid; }
QPushButton:focus { border: 1px solid @accent; }
QPushButton:disabled { color: @dim; border-color: @line; }
QPushButton[small="true"] { padding: 2px 9px; border-radius: 5px; }
QPushButton::menu-indicator { image: url(:/icons/chevron-down.svg); width: 14px; height: 14px;
    subcontrol-origin: padding; subcontrol-position: right center; right: 7px; }
QPushButton[menu="true"] { padding-right: 26px; }
QPushButton[accent="true"] { background: @accent; border-color: @accent; color: @onaccent; font-weight: 600; }
QPushButton[accent="true"]:hover { background: @accenthover; border-color: @accenthover; }
QPushButton[accent="true"]:focus { border: 1px solid @text; }
QPushButton[accent="true"]:disabled { background: @accentoff; border-color: @accentoff; color: @onaccent; }
QToolButton { background: transparent; color: @text; border: none; border-radius: 6px; padding: 5px; }
QToolButton:hover { background: @grid; }
QToolButton:focus { background: @selected; }
QToolButton::menu-indicator { image: none; }
QToolButton[link="true"] { color: @dim; padding: 2px 6px 2px 0; }
QToolButton[link="true"]:hover, QToolButton[link="true"]:focus { color: @accent; }
QToolButton[changed="true"] { color: @accent; padding: 2px 4px; }
QPushButton[tab="true"] { background: transparent; border: 1px solid transparent; border-radius: 6px; color: @dim;
    padding: 6px 12px; }
QPushButton[tab="true"]:hover { color: @text; }
QPushButton[tab="true"]:focus { border-color: @accent; }
QPushButton[tab="true"]:checked { background: @selected; color: @accent; font-weight: 600; }
QPushButton[segment="true"] { background: transparent; border: 1px solid transparent; border-radius: 10px;
    color: @dim; padding: 2px 9px; }
QPushButton[segment="true"]:focus { border-color: @accent; }
QPushButton[segment="true"]:checked { background: @selected; color: @accent; }
)";

constexpr const char* kInputs = R"(
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox { background: @panel; color: @text; border: 1px solid @border;
    border-radius: 6px; selection-background-color: @accent; selection-color: @onaccent; }
QTextBrowser, QPlainTextEdit[bare="true"], QPlainTextEdit[bare="true"]:focus { border: none; }
QLineEdit { padding: 4px 8px; min-height: 19px; }
QComboBox { padding: 4px 8px; min-height: 19px; }
QLineEdit:focus, QComboBox:focus, QPlainTextEdit:focus { border-color: @accent; }
QLineEdit[wrong="true"], QComboBox[wrong="true"] { border-color: @bad; }
QLineEdit:disabled, QComboBox:disabled { color: @dim; }
QComboBox::drop-down { border: none; width: 24px; }
QComboBox::down-arrow { image: url(:/icons/chevron-down.svg); width: 14px; height: 14px; }
QComboBox[title="true"] { border-color: transparent; background: transparent; font-weight: 600; font-size: @titlepx;
    padding-left: 0; }
QComboBox[title="true"]:hover, QComboBox[title="true"]:focus { border-color: @border; background: @panel;
    padding-left: 0; }
QComboBox QAbstractItemView { background: @panel; border: 1px solid @line; padding: 4px; outline: none;
    selection-background-color: @selected; selection-color: @text; }
QCheckBox { spacing: 8px; }
QCheckBox::indicator { width: 14px; height: 14px; border: 1px solid @border; border-radius: 4px; background: @panel; }
QCheckBox::indicator:hover, QCheckBox::indicator:focus { border-color: @accent; }
QCheckBox::indicator:checked { background: @accent; border-color: @accent; image: url(:/icons/check-@scheme.svg); }
QAbstractItemView { background: @panel; border: 1px solid transparent; outline: none; }
QAbstractItemView:focus { border-color: @accent; }
QHeaderView::section { background: @panel; color: @dim; border: none; border-bottom: 1px solid @line; padding: 6px 8px; }
QTableView { gridline-color: @line; selection-background-color: @selected; selection-color: @text; }
QTreeView[padded="true"]::item { padding: 5px 5px; border: none; }
QListView[padded="true"]::item { padding: 4px 6px; border-radius: 4px; }
QTreeView[padded="true"]::item:selected, QListView[padded="true"]::item:selected { background: @selected; color: @text; }
QListView[padded="true"]::indicator { width: 14px; height: 14px; border: 1px solid @border; border-radius: 4px;
    background: @panel; }
QListView[padded="true"]::indicator:checked { background: @accent; border-color: @accent;
    image: url(:/icons/check-@scheme.svg); }
QListView[groups="true"] { background: transparent; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 2px; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 2px; }
QScrollBar::handle { background: @border; border-radius: 3px; min-height: 24px; min-width: 24px; }
QScrollBar::handle:hover { background: @dim; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
)";

QColor mixed(const QColor& a, const QColor& b, double share)
{
    const auto part = [share](int x, int y) { return static_cast<int>(x * (1 - share) + y * share); };
    return QColor(part(a.red(), b.red()), part(a.green(), b.green()), part(a.blue(), b.blue()));
}

} // namespace

QString styleSheet(const ThemeColors& c, bool dark, int pixels)
{
    // Names that begin alike stand with the longest first.
    const std::pair<const char*, QString> names[] = {
        { "@accenthover", mixed(c.accent, c.text, 0.15).name() },
        { "@accentoff", mixed(c.accent, c.panel, 0.55).name() },
        { "@accent", c.accent.name() },
        { "@onaccent", (dark ? c.background : c.panel).name() },
        { "@border", mixed(c.line, c.dim, 0.35).name() },
        { "@panel", c.panel.name() },
        { "@line", c.line.name() },
        { "@text", c.text.name() },
        { "@dim", c.dim.name() },
        { "@good", c.good.name() },
        { "@warn", c.warn.name() },
        { "@bad", c.bad.name() },
        { "@grid", c.grid.name() },
        { "@selected", c.selected.name() },
        { "@titlepx", QStringLiteral("%1px").arg(pixels + 2) },
        { "@smallpx", QStringLiteral("%1px").arg(pixels - 2) },
        { "@monopx", QStringLiteral("%1px").arg(pixels - 1) },
        { "@monosmallpx", QStringLiteral("%1px").arg(pixels - 2) },
        { "@scheme", dark ? QStringLiteral("dark") : QStringLiteral("light") },
    };
    QString sheet = QLatin1String(kText) + QLatin1String(kPanels) + QLatin1String(kButtons) + QLatin1String(kInputs);
    for (const auto& [name, value] : names)
        sheet.replace(QLatin1String(name), value);
    return sheet;
}

} // namespace nabiz::ui
