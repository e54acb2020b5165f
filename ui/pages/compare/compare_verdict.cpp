// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/compare/compare_verdict.h"

#include "ui/models/verdict_text.h"
#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace nabiz::ui {
namespace {

QLabel* wrapping(const char* name, QWidget* parent)
{
    auto* const label = new QLabel(parent);
    label->setObjectName(QLatin1String(name));
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

} // namespace

CompareVerdict::CompareVerdict(QWidget* parent)
    : Card(parent)
    , m_sentence(wrapping("verdictLabel", this))
    , m_anytime(wrapping("anytimeLabel", this))
    , m_warnings(wrapping("warningsLabel", this))
    , m_seeds(new QPushButton(this))
{
    setObjectName(QStringLiteral("compareVerdict"));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    Theme::setRole(m_anytime, "small");
    Theme::setRole(m_warnings, "warn");
    m_seeds->setObjectName(QStringLiteral("seedsButton"));
    m_seeds->setProperty("small", true);
    auto* const line = new QHBoxLayout;
    line->setSpacing(12);
    line->addWidget(m_sentence, 1);
    line->addWidget(m_seeds, 0, Qt::AlignVCenter);
    body()->setSpacing(4);
    body()->addLayout(line);
    body()->addWidget(m_anytime);
    body()->addWidget(m_warnings);
    connect(m_seeds, &QPushButton::clicked, this, &CompareVerdict::seedsRequested);
}

void CompareVerdict::show(const Comparison& comparison, const SeedsOffer& offer)
{
    const QString speed = speedSentence(comparison), luck = luckSentence(comparison);
    const bool told = comparison.verdict
        && (comparison.verdict->judgement == Judgement::Better || comparison.verdict->judgement == Judgement::Worse);
    const QColor color = !told                               ? Theme::colors().dim
        : comparison.verdict->judgement == Judgement::Better ? Theme::colors().good
                                                             : Theme::colors().warn;
    m_sentence->setText(QStringLiteral("<b>%1</b> <span style=\"color:%2\">%3</span>")
                            .arg(speed.toHtmlEscaped(), color.name(), luck.toHtmlEscaped()));
    m_sentence->setAccessibleName(speed + QLatin1Char(' ') + luck);
    const QString anytime = anytimeSentence(comparison);
    m_anytime->setTextFormat(Qt::PlainText);
    m_anytime->setText(anytime);
    m_anytime->setVisible(!anytime.isEmpty());
    QStringList warnings;
    for (const RunWarning& warning : comparison.warnings) {
        warnings.append(warningSentence(warning));
    }
    m_warnings->setTextFormat(Qt::PlainText);
    m_warnings->setText(warnings.join(QLatin1Char(' ')));
    m_warnings->setVisible(!warnings.isEmpty());
    m_seeds->setVisible(offer.useful);
    m_seeds->setEnabled(offer.reason.isEmpty() && offer.waiting == 0);
    m_seeds->setText(offer.waiting > 0 ? tr("Waiting for %n run(s)", nullptr, offer.waiting) : tr("Run &2 more seeds"));
    m_seeds->setToolTip(!offer.reason.isEmpty() ? offer.reason
            : offer.waiting > 0                 ? tr("The comparison follows when they have ended.")
                                                : tr("Runs the same settings again with two seeds not used yet"));
    m_seeds->setAccessibleDescription(m_seeds->toolTip());
}

} // namespace nabiz::ui
