// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/watch/watch_changed.h"

#include "storage/records/event_kinds.h"
#include "ui/models/changes_before.h"
#include "ui/models/run_catalog.h"
#include "ui/text/changed_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/wrapped_text.h"

#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>

namespace nabiz::ui {

namespace {

constexpr qsizetype kMostOfDiff = 4000; // letters; the report and nabiz show --json have more

QString diffOf(const RunDetail* detail)
{
    if (!detail)
        return {};
    const auto found = std::ranges::find(detail->events, storage::kDiffEvent, &storage::Event::kind);
    return found == detail->events.end() ? QString() : QString::fromStdString(found->text).left(kMostOfDiff).trimmed();
}

} // namespace

WatchChanged::WatchChanged(const RunCatalog& catalog, QWidget* parent)
    : QWidget(parent)
    , m_catalog(catalog)
    , m_title(new QLabel(this))
    , m_text(new WrappedText(this))
{
    m_title->setObjectName(QStringLiteral("changedTitle"));
    Theme::setRole(m_title, "dim");
    m_text->setObjectName(QStringLiteral("changedText"));
    m_text->setFont(Theme::monoFont());
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_title);
    layout->addWidget(m_text);
}

void WatchChanged::showRun(storage::RunId run)
{
    QStringList parts;
    for (const WhatChanged& changed : changesBefore(m_catalog, run))
        parts.append(changedText(changed));
    if (const QString diff = diffOf(m_catalog.detail(run)); !diff.isEmpty())
        parts.append(tr("What the tracked folder differed in from its commit:") + u'\n' + diff);
    m_title->setText(tr("What changed"));
    m_text->setAccessibleName(m_title->text());
    const QString text = parts.join(QStringLiteral("\n\n"));
    if (m_text->toPlainText() != text)
        m_text->setPlainText(text); // what is selected in it stays
    setVisible(!text.isEmpty());
}

} // namespace nabiz::ui
