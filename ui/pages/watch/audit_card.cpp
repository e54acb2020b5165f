// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/watch/audit_card.h"

#include "ui/models/run_catalog.h"
#include "ui/text/explanation.h"
#include "ui/text/message_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/what_is_this.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QTimer>
#include <QVBoxLayout>

namespace nabiz::ui {

using trainer::Finding;
using trainer::FindingSeverity;

namespace {

QString severityText(FindingSeverity severity)
{
    return severity == FindingSeverity::Warning ? AuditCard::tr("Warning") : AuditCard::tr("Note");
}

QLabel* wrapped(const char* role, QWidget* parent)
{
    auto* const label = new QLabel(parent);
    Theme::setRole(label, role);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

// Beside a word that says the same, so it has no name of its own.
QLabel* iconLabel(QWidget* parent)
{
    auto* const label = new QLabel(parent);
    label->setAlignment(Qt::AlignTop);
    return label;
}

void setIcon(QLabel* label, const char* name)
{
    const int size = label->fontMetrics().height();
    label->setPixmap(Theme::icon(QLatin1String(name)).pixmap(QSize(size, size), label->devicePixelRatioF()));
}

std::vector<Finding> findingsOf(const RunDetail& detail)
{
    std::vector<Finding> findings;
    for (const storage::Event& event : detail.events) {
        if (event.kind != "audit") {
            continue;
        }
        if (auto finding = trainer::findingFrom(event.message, event.arguments)) {
            findings.push_back(std::move(*finding));
        }
    }
    return trainer::standing(findings);
}

} // namespace

AuditCard::AuditCard(const RunCatalog& catalog, QWidget* parent)
    : Card(parent)
    , m_catalog(catalog)
    , m_verdictLine(new QWidget(this))
    , m_verdictIcon(iconLabel(m_verdictLine))
    , m_verdict(wrapped("good", m_verdictLine))
    , m_list(new QVBoxLayout)
    , m_fine(wrapped("dim", this))
{
    m_verdict->setObjectName(QStringLiteral("auditVerdict"));
    m_fine->setObjectName(QStringLiteral("auditFine"));
    auto* const line = new QHBoxLayout(m_verdictLine);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(kGap);
    line->addWidget(m_verdictIcon);
    line->addWidget(m_verdict, 1);
    m_list->setSpacing(12);
    body()->addWidget(m_verdictLine);
    body()->addLayout(m_list);
    body()->addWidget(m_fine);
    hide();
}

void AuditCard::showRun(storage::RunId run)
{
    const RunDetail* const detail = m_catalog.detail(run);
    setVisible(detail != nullptr);
    if (!detail) {
        return;
    }
    std::vector<Finding> findings = findingsOf(*detail);
    if (run == m_run && findings == m_findings && !findings.empty()) {
        return;
    }
    m_run = run;
    m_findings = std::move(findings);
    fill();
}

void AuditCard::fill()
{
    setTitle(tr("Audit"));
    while (QLayoutItem* const item = m_list->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    QStringList fine;
    const std::vector<Finding> suspicious = trainer::suspicious(m_findings);
    for (const Finding& finding : m_findings) {
        if (finding.severity == FindingSeverity::Fine) {
            fine.append(text(finding.measured));
        }
    }
    for (const Finding& finding : suspicious) {
        m_list->addWidget(findingWidget(finding));
    }
    m_verdictLine->setVisible(suspicious.empty());
    m_verdictIcon->setVisible(!m_findings.empty());
    setIcon(m_verdictIcon, "check");
    m_verdict->setText(m_findings.empty() ? emptyText() : tr("Nothing suspicious"));
    Theme::setRole(m_verdict, m_findings.empty() ? "dim" : "good");
    m_fine->setVisible(!fine.isEmpty());
    m_fine->setText(suspicious.empty() ? fine.join(QStringLiteral(" · "))
                                       : tr("In order: %1").arg(fine.join(QStringLiteral(" · "))));
}

QString AuditCard::emptyText() const
{
    const storage::RunOverview* const overview = m_catalog.overview(m_run);
    return overview && storage::isLive(overview->run.status)
        ? tr("What makes a loss suspicious will stand here before the first batch.")
        : tr("This run was not audited.");
}

QWidget* AuditCard::findingWidget(const Finding& finding)
{
    auto* const widget = new QWidget(this);
    widget->setObjectName(QStringLiteral("auditFinding"));
    auto* const layout = new QVBoxLayout(widget);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    auto* const line = new QHBoxLayout;
    line->setSpacing(kGap);
    auto* const icon = iconLabel(widget);
    const bool isWarning = finding.severity == FindingSeverity::Warning;
    setIcon(icon, isWarning ? "warning" : "note");
    auto* const title = wrapped(isWarning ? "warnheading" : "heading", widget);
    title->setText(tr("%1: %2").arg(severityText(finding.severity), text(trainer::findingTitle(finding.id))));
    auto* const what = new WhatIsThis(widget);
    what->setText(title->text(), findingExplanation(finding.id));
    line->addWidget(icon);
    line->addWidget(title, 1);
    line->addWidget(what, 0, Qt::AlignTop);
    auto* const measured = wrapped("plain", widget);
    measured->setText(text(finding.measured));
    measured->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* const meaning = wrapped("dim", widget);
    meaning->setText(text(finding.message));
    meaning->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    meaning->setFocusPolicy(Qt::StrongFocus);
    meaning->setAccessibleName(QStringList { title->text(), measured->text(), meaning->text() }.join(u'\n'));
    layout->addLayout(line);
    layout->addWidget(measured);
    layout->addWidget(meaning);
    return widget;
}

void AuditCard::changeEvent(QEvent* event)
{
    Card::changeEvent(event);
    const bool isLook = event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange;
    if (m_fine && m_run != 0 && (isLook || event->type() == QEvent::LanguageChange)) {
        // Later: whoever tells all widgets of a change may not find some of them gone.
        QTimer::singleShot(0, this, &AuditCard::fill);
    }
}

} // namespace nabiz::ui
