// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/ready_panels.h"

#include "ui/panels/metric_pattern.h"
#include "ui/text/message_text.h"

#include <QCoreApplication>

#include <algorithm>

namespace nabiz::ui {
namespace {

constexpr const char* kTitles[] = { QT_TRANSLATE_NOOP("nabiz::ui::ReadyPanels", "Loss and validation"),
    QT_TRANSLATE_NOOP("nabiz::ui::ReadyPanels", "Memory, all of it"),
    QT_TRANSLATE_NOOP("nabiz::ui::ReadyPanels", "GPU utilisation"),
    QT_TRANSLATE_NOOP("nabiz::ui::ReadyPanels", "GPU temperature"),
    QT_TRANSLATE_NOOP("nabiz::ui::ReadyPanels", "GPU power"), QT_TRANSLATE_NOOP("nabiz::ui::ReadyPanels", "GPU clock"),
    QT_TRANSLATE_NOOP("nabiz::ui::ReadyPanels", "Speed"), QT_TRANSLATE_NOOP("nabiz::ui::ReadyPanels", "Gradients"),
    QT_TRANSLATE_NOOP("nabiz::ui::ReadyPanels", "Learning rate"),
    QT_TRANSLATE_NOOP("nabiz::ui::ReadyPanels", "Shares of the experts") };
// Of Watch and of Compare.
constexpr const char* kLayouts[] = { QT_TRANSLATE_NOOP("nabiz::ui::ReadyPanels", "Training"),
    QT_TRANSLATE_NOOP("nabiz::ui::ReadyPanels", "GPU"), QT_TRANSLATE_NOOP("nabiz::ui::ReadyPanels", "Router"),
    QT_TRANSLATE_NOOP("nabiz::ui::ReadyPanels", "Curves") };

QString translated(const QString& english)
{
    return QCoreApplication::translate("nabiz::ui::ReadyPanels", english.toUtf8().constData());
}

PanelSpec own(const char* kind)
{
    PanelSpec panel;
    panel.kind = QLatin1String(kind);
    return panel;
}

PanelSpec ready(int title, const QStringList& metrics, bool log = false)
{
    PanelSpec panel;
    panel.title = QLatin1String(kTitles[title]);
    panel.metrics = metrics;
    panel.logY = log;
    return panel;
}

} // namespace

const std::vector<PanelSpec>& readyPanels()
{
    static const std::vector<PanelSpec> panels { ready(0, { "loss", "val.loss" }, true), ready(1, { "memory.*" }),
        ready(2, { "gpu.utilization" }), ready(3, { "gpu.temperature" }), ready(4, { "gpu.power" }),
        ready(5, { "gpu.clock" }), ready(6, { "tokens_per_second" }), ready(7, { "grad_norm" }, true),
        ready(8, { "learning_rate" }), ready(9, { "router.*" }) };
    return panels;
}

const std::vector<PanelLayout>& shippedLayouts()
{
    const auto& ready = readyPanels();
    static const std::vector<PanelLayout> layouts {
        { "Training", { { { own(kMainPanel) }, 680 }, { { own(kRatePanel) }, 250 }, { { own(kMemoryPanel) }, 320 } } },
        { "GPU",
            { { { own(kMainPanel) }, 420 }, { { ready[2], ready[3] }, 250 }, { { ready[4], ready[5] }, 250 },
                { { own(kMemoryPanel) }, 250 } } },
        { "Router", { { { own(kMainPanel) }, 420 }, { { ready[9] }, 420 } } },
    };
    return layouts;
}

bool isShippedLayout(const QString& name)
{
    return std::any_of(shippedLayouts().begin(), shippedLayouts().end(),
        [&](const PanelLayout& layout) { return layout.name == name; });
}

QString panelTitle(const PanelSpec& panel)
{
    if (!panel.title.isEmpty()) {
        const bool isReady = std::any_of(
            std::begin(kTitles), std::end(kTitles), [&](const char* t) { return panel.title == QLatin1String(t); });
        return isReady ? translated(panel.title) : panel.title;
    }
    QStringList names;
    for (const QString& metric : panel.metrics) {
        const std::string name = metric.toStdString();
        names.append(isPattern(name) ? metric : metricLabel(name));
    }
    return shortName(names.join(QStringLiteral(", ")));
}

QString layoutTitle(const QString& name)
{
    return std::any_of(
               std::begin(kLayouts), std::end(kLayouts), [&](const char* l) { return name == QLatin1String(l); })
        ? translated(name)
        : name;
}

} // namespace nabiz::ui
