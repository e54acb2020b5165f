// SPDX-License-Identifier: GPL-3.0-or-later
// What Compare remembers from one start of the program to the next; which runs and which of them is the baseline stand
// with the window's selection.
#include "ui/pages/compare/compare_header.h"
#include "ui/pages/compare/compare_page_private.h"
#include "ui/pages/compare/compare_scatter.h"
#include "ui/widgets/kept_toggles.h"

#include <QAbstractButton>
#include <QButtonGroup>
#include <QSplitter>

#include <algorithm>

namespace nabiz::ui {

namespace {

constexpr ToggleNames kToggles = { "groupedButton", "logButton", "allSettingsButton", "scatterLogXButton",
    "scatterLogYButton", "scatterTableButton" };
const QString kMetric = QStringLiteral("metric"), kUnit = QStringLiteral("x"), kTab = QStringLiteral("tab"),
              kSwitches = QStringLiteral("switches"), kScatter = QStringLiteral("scatter"),
              kSplitter = QStringLiteral("splitter");

} // namespace

QJsonObject ComparePage::state() const
{
    const Private& d = *m_private;
    const auto* splitter = findChild<QSplitter*>(QStringLiteral("compareSplitter"));
    QJsonObject state { { kUnit, static_cast<int>(d.options.xUnit) }, { kTab, d.tabs->checkedId() },
        { kSwitches, keptToggles(*this, kToggles) }, { kScatter, d.scatter->choices() },
        { kSplitter, QString::fromLatin1(splitter->saveState().toBase64()) } };
    if (d.metricChosen)
        state.insert(kMetric, QString::fromStdString(d.options.metric));
    return state;
}

void ComparePage::restore(const QJsonObject& state)
{
    if (state.isEmpty())
        return;
    Private& d = *m_private;
    d.options.xUnit = unitOfNumber(state.value(kUnit).toInt());
    if (const QString metric = state.value(kMetric).toString(); !metric.isEmpty()) {
        d.options.metric = metric.toStdString();
        d.metricChosen = true;
    }
    restoreToggles(*this, kToggles, state.value(kSwitches).toObject());
    d.scatter->restoreChoices(state.value(kScatter).toObject());
    const int tab = std::clamp(state.value(kTab).toInt(), 0, static_cast<int>(d.tabs->buttons().size()) - 1);
    d.tabs->button(tab)->setChecked(true);
    d.showTab(tab);
    auto* splitter = findChild<QSplitter*>(QStringLiteral("compareSplitter"));
    splitter->restoreState(QByteArray::fromBase64(state.value(kSplitter).toString().toLatin1()));
    d.rebuild();
}

void ComparePage::setBaseline(storage::RunId run)
{
    m_private->baseline = run;
    m_private->rebuild();
}

} // namespace nabiz::ui
