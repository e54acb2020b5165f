// SPDX-License-Identifier: GPL-3.0-or-later
// What Watch keeps of itself, and what it does when the window's looks change.
#include "ui/pages/watch/chart_tools.h"
#include "ui/pages/watch/failure_card.h"
#include "ui/pages/watch/run_title.h"
#include "ui/pages/watch/watch_charts.h"
#include "ui/pages/watch/watch_column.h"
#include "ui/pages/watch/watch_header.h"
#include "ui/pages/watch/watch_page.h"
#include "ui/panels/panel_desk.h"
#include "ui/widgets/kept_toggles.h"

#include <QEvent>

#include <utility>

namespace nabiz::ui {
namespace {

constexpr ToggleNames kToggles = { "logButton", "logXAction", "clipAction", "marksAction", "valuesAction", "rateAction",
    "linkedAction", "statisticsButton", "factsButton", "eventsButton", "ledgerButton" };
const QString kHeader = QStringLiteral("header"), kSwitches = QStringLiteral("switches"),
              kPanels = QStringLiteral("panels");

} // namespace

QJsonObject WatchPage::state() const
{
    return { { kHeader, m_header->tools().choices() }, { kSwitches, keptToggles(*this, kToggles) },
        { kPanels, m_panels->state() } };
}

void WatchPage::restore(const QJsonObject& state)
{
    m_header->tools().restoreChoices(state.value(kHeader).toObject());
    restoreToggles(*this, kToggles, state.value(kSwitches).toObject());
    m_panels->restore(state.value(kPanels).toObject());
}

void WatchPage::changeEvent(QEvent* event)
{
    PageWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        m_header->retranslate();
        m_failure->retranslate();
        m_column->retranslate();
    }
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::PaletteChange
        || event->type() == QEvent::LocaleChange) {
        m_rebuildLater.ask();
    }
}

void WatchPage::showEvent(QShowEvent* event)
{
    PageWidget::showEvent(event);
    if (std::exchange(m_stale, false)) {
        showCards();
    }
}

} // namespace nabiz::ui
