// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/page_stack.h"

#include <QJsonDocument>

namespace nabiz::ui {

PageStack::PageStack(const PageParts& parts, QWidget* parent)
    : QStackedWidget(parent)
{
    setObjectName(QStringLiteral("pages"));
    for (const PageRow& row : pageTable()) {
        PageWidget* page = row.make(parts);
        connect(page, &PageWidget::stateChanged, this, &PageStack::stateChanged);
        connect(page, &PageWidget::startRequested, this, &PageStack::startRequested);
        connect(page, &PageWidget::editRequested, this, &PageStack::editRequested);
        connect(page, &PageWidget::orderGiven, this, &PageStack::orderGiven);
        connect(page, &PageWidget::examplesRequested, this, &PageStack::examplesRequested);
        connect(page, &PageWidget::reportedRunRequested, this, &PageStack::reportedRunRequested);
        m_pages.push_back(page);
        addWidget(page);
    }
}

// In the order of the table: the report looks at what Compare shows.
void PageStack::showRuns(storage::RunId current, const std::vector<storage::RunId>& checked)
{
    for (PageWidget* page : m_pages)
        page->showRuns(current, checked);
}

QByteArray PageStack::state(Page page) const
{
    return QJsonDocument(m_pages[static_cast<std::size_t>(page)]->state()).toJson(QJsonDocument::Compact);
}

void PageStack::restore(Page page, const QByteArray& state)
{
    m_pages[static_cast<std::size_t>(page)]->restore(QJsonDocument::fromJson(state).object());
}

} // namespace nabiz::ui
