// SPDX-License-Identifier: GPL-3.0-or-later
// What panels a person has put where: a layout of rows of panels, by name, as it is kept, shown on Watch and Compare
// and drawn into reports. Values; any thread.
#pragma once

#include <QJsonObject>
#include <QString>
#include <QStringList>
#include <optional>
#include <vector>

namespace nabiz::ui {

struct PanelSpec {
    QString kind; // a chart of the page's own, "loss", "memory" …; empty: one of metrics
    QString title; // a person's own; empty: named after its metrics
    QStringList metrics; // names, and patterns of names: router.*
    bool logY = false;
    bool linked = true; // to the x range of the others
    bool torn = false; // in a window of its own
    int share = 100; // of the width of its row
    bool operator==(const PanelSpec&) const = default;
};

struct PanelRow {
    std::vector<PanelSpec> panels;
    int share = 100; // of the height
    bool operator==(const PanelRow&) const = default;
};

struct PanelLayout {
    QString name;
    std::vector<PanelRow> rows;
    bool operator==(const PanelLayout&) const = default;
};

QJsonObject toJson(const PanelLayout& layout);
// None for what is no layout: nothing of another version is guessed at.
std::optional<PanelLayout> layoutOf(const QJsonObject& json);

} // namespace nabiz::ui
