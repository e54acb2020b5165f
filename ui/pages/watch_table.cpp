// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/watch_table.h"

#include "ui/theme/theme.h"
#include "ui/widgets/elided_label.h"

#include <QFrame>
#include <QGridLayout>
#include <QLabel>

namespace nabiz::ui {

WatchTable::WatchTable(bool wraps, QWidget* parent)
    : QWidget(parent)
    , m_wraps(wraps)
    , m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(2 * kGap);
    m_grid->setVerticalSpacing(6);
    m_grid->setColumnStretch(wraps ? 1 : 0, 1);
}

// Labels are made only when the number of rows changes: values change twenty times a second.
void WatchTable::setRows(const std::vector<WatchRow>& rows)
{
    if (rows == m_rows) {
        return;
    }
    if (rows.size() != m_rows.size()) {
        while (QLayoutItem* const item = m_grid->takeAt(0)) {
            delete item->widget();
            delete item;
        }
        for (int row = 0; row < static_cast<int>(rows.size()); ++row) {
            auto* const name = new ElidedLabel(this); // a run's name may be a thousand characters long
            name->setElideMode(Qt::ElideMiddle);
            auto* const value = new QLabel(this);
            value->setTextFormat(Qt::PlainText);
            value->setWordWrap(m_wraps);
            value->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
            value->setTextInteractionFlags(Qt::TextSelectableByMouse);
            m_grid->addWidget(name, 2 * row, 0);
            m_grid->addWidget(value, 2 * row, 1);
            if (row + 1 < static_cast<int>(rows.size())) {
                auto* const line = new QFrame(this);
                line->setProperty("hairline", true);
                line->setFixedHeight(1);
                m_grid->addWidget(line, 2 * row + 1, 0, 1, 2);
            }
        }
    }
    for (int row = 0; row < static_cast<int>(rows.size()); ++row) {
        const WatchRow& next = rows[static_cast<std::size_t>(row)];
        auto* const name = qobject_cast<ElidedLabel*>(m_grid->itemAtPosition(2 * row, 0)->widget());
        auto* const value = qobject_cast<QLabel*>(m_grid->itemAtPosition(2 * row, 1)->widget());
        if (name->fullText() != next.name) {
            name->setFullText(next.name);
        }
        if (value->text() != next.value) {
            value->setText(next.value);
        }
        const char* const role = next.dim ? "dim" : "";
        if (name->property("role").toByteArray() != role) {
            Theme::setRole(name, role);
        }
    }
    m_rows = rows;
}

} // namespace nabiz::ui
