// SPDX-License-Identifier: GPL-3.0-or-later
// What Watch remembers from one start of the program to the next.
#include "ui/pages/watch/watch_header.h"
#include "ui/pages/watch/watch_page_private.h"
#include "ui/widgets/kept_toggles.h"

#include <QSplitter>

namespace nabiz::ui {

namespace {

constexpr ToggleNames kToggles = { "logButton", "logXAction", "clipAction", "marksAction", "valuesAction", "rateAction",
    "linkedAction", "statisticsButton", "factsButton", "eventsButton" };
const QString kHeader = QStringLiteral("header"), kSwitches = QStringLiteral("switches"),
              kSplitter = QStringLiteral("splitter");

} // namespace

QJsonObject WatchPage::state() const
{
    const auto* splitter = findChild<QSplitter*>(QStringLiteral("watchSplitter"));
    return { { kHeader, m_private->header->choices() }, { kSwitches, keptToggles(*this, kToggles) },
        { kSplitter, QString::fromLatin1(splitter->saveState().toBase64()) } };
}

void WatchPage::restore(const QJsonObject& state)
{
    m_private->header->restoreChoices(state.value(kHeader).toObject());
    restoreToggles(*this, kToggles, state.value(kSwitches).toObject());
    auto* splitter = findChild<QSplitter*>(QStringLiteral("watchSplitter"));
    splitter->restoreState(QByteArray::fromBase64(state.value(kSplitter).toString().toLatin1()));
}

} // namespace nabiz::ui
