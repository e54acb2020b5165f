// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/report/report_side.h"

#include <QVBoxLayout>

#include <algorithm>

namespace nabiz::ui {

namespace {

constexpr int kSideLetters = 40; // width of the column at the side

} // namespace

ReportSide::ReportSide(std::initializer_list<QWidget*> cards, QWidget* parent)
    : QScrollArea(parent)
{
    auto* column = new QWidget(this);
    auto* side = new QVBoxLayout(column);
    side->setContentsMargins(0, 0, 4, 0);
    side->setSpacing(12);
    for (QWidget* card : cards)
        side->addWidget(card);
    side->addStretch(1);
    setObjectName(QStringLiteral("reportSideArea"));
    setWidget(column);
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    setMinimumWidth(
        std::max(parent->fontMetrics().averageCharWidth() * kSideLetters, column->minimumSizeHint().width()) + 12);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
}

} // namespace nabiz::ui
