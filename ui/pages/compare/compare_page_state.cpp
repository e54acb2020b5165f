// SPDX-License-Identifier: GPL-3.0-or-later
// What Compare keeps of itself, and what it does when the window's looks change.
#include "ui/pages/compare/compare_details.h"
#include "ui/pages/compare/compare_page.h"
#include "ui/pages/compare/compare_scatter.h"
#include "ui/panels/panel_desk.h"
#include "ui/widgets/kept_toggles.h"

#include <QEvent>
#include <QSplitter>

namespace nabiz::ui {
namespace {

constexpr ToggleNames kToggles = { "groupedButton", "logButton", "allSettingsButton", "scatterLogXButton",
    "scatterLogYButton", "scatterTableButton" };
const QString kTab = QStringLiteral("tab"), kSwitches = QStringLiteral("switches"),
              kScatter = QStringLiteral("scatter"), kSplitter = QStringLiteral("splitter"),
              kPanels = QStringLiteral("panels");

} // namespace

void ComparePage::changeEvent(QEvent* event)
{
    PageWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::PaletteChange
        || event->type() == QEvent::LocaleChange) {
        m_rebuildLater.ask();
    }
}

void ComparePage::showEvent(QShowEvent* event)
{
    PageWidget::showEvent(event);
    showFigures();
}

QJsonObject ComparePage::state() const
{
    QJsonObject state { { kTab, m_details->tab() }, { kSwitches, keptToggles(*this, kToggles) },
        { kScatter, m_details->scatter().choices() }, { kPanels, m_panels->state() },
        { kSplitter, QString::fromLatin1(m_splitter->saveState().toBase64()) } };
    m_choice.keep(state);
    return state;
}

void ComparePage::restore(const QJsonObject& state)
{
    if (state.isEmpty())
        return;
    m_choice.restore(state);
    restoreToggles(*this, kToggles, state.value(kSwitches).toObject());
    m_details->scatter().restoreChoices(state.value(kScatter).toObject());
    m_details->setTab(state.value(kTab).toInt());
    m_panels->restore(state.value(kPanels).toObject());
    m_splitter->restoreState(QByteArray::fromBase64(state.value(kSplitter).toString().toLatin1()));
    rebuild();
}

} // namespace nabiz::ui
