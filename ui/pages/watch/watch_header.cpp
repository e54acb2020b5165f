// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/watch/watch_header.h"

#include "ui/pages/watch/chart_tools.h"
#include "ui/pages/watch/run_title.h"
#include "ui/theme/theme.h"

#include <QBoxLayout>

namespace nabiz::ui {

WatchHeader::WatchHeader(QWidget* parent)
    : QWidget(parent)
    , m_title(new RunTitle(this))
    , m_tools(new ChartTools(this))
{
    auto* const line = new QBoxLayout(QBoxLayout::LeftToRight, this);
    line->setContentsMargins(0, 0, kGap, 0);
    line->setSpacing(kGap);
    line->addWidget(m_title, 1);
    line->addWidget(m_tools);
    arrange();
}

void WatchHeader::retranslate()
{
    m_title->retranslate();
    m_tools->retranslate();
    arrange();
}

void WatchHeader::arrange()
{
    const int title = 44 * fontMetrics().averageCharWidth(); // a name, its status and a few words
    const bool fits = width() >= title + m_tools->sizeHint().width();
    static_cast<QBoxLayout*>(layout())->setDirection(fits ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
}

QSize WatchHeader::minimumSizeHint() const
{
    return { m_tools->minimumSizeHint().width() + kGap, QWidget::minimumSizeHint().height() };
}

void WatchHeader::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange();
}

} // namespace nabiz::ui
