// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/watch/watch_ledger.h"

#include "ui/models/run_catalog.h"
#include "ui/pages/watch/memory_content.h"
#include "ui/text/number_text.h"
#include "ui/theme/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

#include <cmath>

namespace nabiz::ui {

WatchLedger::WatchLedger(QWidget* parent)
    : QWidget(parent)
    , m_button(new QToolButton(this))
    , m_parts(new QLabel(this))
{
    m_button->setObjectName(QStringLiteral("ledgerButton"));
    m_button->setCheckable(true);
    m_button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_button->setFocusPolicy(Qt::StrongFocus);
    m_parts->setObjectName(QStringLiteral("ledgerParts"));
    m_parts->setTextFormat(Qt::RichText);
    m_parts->setWordWrap(true);
    auto* const line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    line->addWidget(m_button, 0, Qt::AlignTop | Qt::AlignLeft);
    line->addWidget(m_parts, 1, Qt::AlignVCenter);
    connect(m_button, &QToolButton::toggled, this, [this] {
        showState();
        Q_EMIT toggled();
    });
    retranslate();
    showState();
}

bool WatchLedger::isOpen() const
{
    return m_button->isChecked();
}

void WatchLedger::showRun(const RunDetail* detail)
{
    const std::vector<LedgerPart> parts = detail ? ledgerParts(*detail) : std::vector<LedgerPart>();
    setVisible(!parts.empty());
    QStringList words;
    double sum = 0;
    for (const LedgerPart& part : parts) {
        words.append(QStringLiteral("<span style='color:%1'>■</span>\u00a0%2\u00a0%3")
                         .arg(part.color.name(), part.name.toHtmlEscaped(), bytesText(part.bytes))
                         .replace(u' ', QChar::Nbsp)
                         .replace(QStringLiteral("<span\u00a0"), QStringLiteral("<span ")));
        sum += part.bytes;
    }
    // Against the highest that was measured.
    const auto peak = detail ? detail->overview.summary.peakBytes : std::nullopt;
    if (peak && *peak > 0 && sum > 0) {
        const double over = *peak - sum;
        words.append((over < 0 ? tr("%1 less were taken (%2)") : tr("%1 more were taken (%2)"))
                         .arg(bytesText(std::abs(over)), percentText(std::abs(over) / *peak, 1)));
    }
    m_parts->setText(words.join(QStringLiteral("&nbsp; ")));
}

void WatchLedger::retranslate()
{
    m_button->setText(tr("What the peak is made of"));
    m_button->setToolTip(tr("Weights and optimizer as they were measured, the rest as it was predicted"));
}

void WatchLedger::showState()
{
    m_parts->setVisible(isOpen());
    m_button->setIcon(Theme::icon(isOpen() ? QStringLiteral("chevron-open") : QStringLiteral("chevron-right")));
}

void WatchLedger::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        showState();
    } else if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
}

} // namespace nabiz::ui
