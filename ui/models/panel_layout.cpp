// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/panel_layout.h"

#include <QJsonArray>

#include <algorithm>

namespace nabiz::ui {
namespace {

constexpr int kMostPanels = 200, kMostMetrics = 100, kMostShare = 100'000; // what a person makes has less
const QString kName = QStringLiteral("name"), kRows = QStringLiteral("rows"), kPanels = QStringLiteral("panels"),
              kShare = QStringLiteral("share"), kKind = QStringLiteral("kind"), kTitle = QStringLiteral("title"),
              kMetrics = QStringLiteral("metrics"), kLog = QStringLiteral("log"), kLinked = QStringLiteral("linked"),
              kTorn = QStringLiteral("torn");

QJsonObject panelJson(const PanelSpec& panel)
{
    QJsonObject json { { kShare, panel.share } };
    if (!panel.kind.isEmpty()) {
        json.insert(kKind, panel.kind);
    } else {
        json.insert(kMetrics, QJsonArray::fromStringList(panel.metrics));
        json.insert(kTitle, panel.title);
        json.insert(kLog, panel.logY);
        json.insert(kLinked, panel.linked);
    }
    if (panel.torn) {
        json.insert(kTorn, true);
    }
    return json;
}

int shareOf(const QJsonObject& json)
{
    return std::clamp(json.value(kShare).toInt(100), 1, kMostShare);
}

std::optional<PanelSpec> panelOf(const QJsonObject& json)
{
    PanelSpec panel;
    panel.kind = json.value(kKind).toString();
    panel.title = json.value(kTitle).toString();
    panel.logY = json.value(kLog).toBool();
    panel.linked = json.value(kLinked).toBool(true);
    panel.torn = json.value(kTorn).toBool();
    panel.share = shareOf(json);
    const QJsonArray metrics = json.value(kMetrics).toArray();
    for (const QJsonValue& metric : metrics) {
        if (metric.isString() && !metric.toString().isEmpty()) {
            panel.metrics.append(metric.toString());
        }
    }
    const bool sound = panel.metrics.size() <= kMostMetrics && (!panel.kind.isEmpty() || !panel.metrics.isEmpty());
    return sound ? std::optional(panel) : std::nullopt;
}

} // namespace

QJsonObject toJson(const PanelLayout& layout)
{
    QJsonArray rows;
    for (const PanelRow& row : layout.rows) {
        QJsonArray panels;
        for (const PanelSpec& panel : row.panels) {
            panels.append(panelJson(panel));
        }
        rows.append(QJsonObject { { kShare, row.share }, { kPanels, panels } });
    }
    return { { kName, layout.name }, { kRows, rows } };
}

std::optional<PanelLayout> layoutOf(const QJsonObject& json)
{
    PanelLayout layout;
    layout.name = json.value(kName).toString();
    if (layout.name.isEmpty() || !json.value(kRows).isArray()) {
        return std::nullopt;
    }
    int panels = 0;
    const QJsonArray rows = json.value(kRows).toArray();
    for (const QJsonValue& value : rows) {
        PanelRow row;
        row.share = shareOf(value.toObject());
        const QJsonArray inside = value.toObject().value(kPanels).toArray();
        for (const QJsonValue& one : inside) {
            const auto panel = panelOf(one.toObject());
            if (!panel || ++panels > kMostPanels) {
                return std::nullopt;
            }
            row.panels.push_back(*panel);
        }
        if (!row.panels.empty()) {
            layout.rows.push_back(std::move(row));
        }
    }
    return layout;
}

} // namespace nabiz::ui
