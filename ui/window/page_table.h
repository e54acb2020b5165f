// SPDX-License-Identifier: GPL-3.0-or-later
// The pages of the window, one row each: from it come tab, menu entry and shortcut, what is kept of the page, and the
// name by which `nabiz screenshot` knows it. A further page is a further row. GUI thread.
#pragma once

#include <QString>
#include <span>

namespace nabiz::trainer {
class PresetStore;
struct Machine;
} // namespace nabiz::trainer

namespace nabiz::ui {

class CheckedRuns;
class LayoutShelf;
class PageWidget;
class RunCatalog;

// A place in the table. Only pages that something leads to have a name here.
enum class Page { Configure, Watch, Runs, Compare, Report };

// What pages are made of. All outlive them.
struct PageParts {
    RunCatalog& catalog;
    CheckedRuns& checked;
    const trainer::PresetStore& presets;
    const trainer::Machine& machine;
    LayoutShelf& layouts;
};

struct PageRow {
    const char* id; // in the names of its widgets, in the settings and on the command line
    const char* title; // in English, with the key that chooses it in the menu
    PageWidget* (*make)(const PageParts& parts);

    QString menuTitle() const; // "&Watch", translated
    QString tabTitle() const; // "Watch", translated
    QString objectName(const char* kind) const; // "watch" + kind
};

// In the order of the tabs; the first nine have the shortcuts Ctrl+1 …
std::span<const PageRow> pageTable();

} // namespace nabiz::ui
