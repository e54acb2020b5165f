// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/configure/start_card.h"

#include "ui/pages/configure/configure_draft.h"
#include "ui/pages/configure/weights_fetch.h"
#include "ui/text/message_text.h"
#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace nabiz::ui {

using trainer::Problem;

namespace {

constexpr qsizetype kLongSentence = 52;
constexpr std::size_t kMostReasons = 3; // Start must stay in sight; when one is mended the next appears

// A path may be longer than the sentence about it; all of it is the tool tip.
QString withShortWords(const QString& sentence)
{
    constexpr qsizetype kMost = 40;
    QStringList words = sentence.split(u' ');
    for (QString& word : words)
        if (word.size() > kMost)
            word = word.left(kMost / 2 - 1) + QChar(0x2026) + word.right(kMost / 2);
    return words.join(u' ');
}

bool sameProblems(const std::vector<Problem>& a, const std::vector<Problem>& b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Problem& x, const Problem& y) {
        return x.key == y.key && x.message == y.message && x.line == y.line
            && x.remedy.has_value() == y.remedy.has_value() && (!x.remedy || x.remedy->value == y.remedy->value);
    });
}

} // namespace

StartCard::StartCard(ConfigureDraft& draft, QWidget* parent)
    : Card(parent)
    , m_draft(draft)
    , m_headline(new QLabel(this))
    , m_reasons(new QWidget(this))
    , m_weights(new WeightsFetch(this))
    , m_note(new QLabel(this))
    , m_applyAll(new QPushButton(this))
    , m_start(new QPushButton(this))
    , m_more(new QPushButton(this))
{
    m_headline->setObjectName(QStringLiteral("reasonsLabel"));
    m_headline->setWordWrap(true);
    Theme::setRole(m_headline, "bad");
    m_note->setObjectName(QStringLiteral("startNote"));
    m_note->setWordWrap(true);
    Theme::setRole(m_note, "small");
    auto* reasons = new QVBoxLayout(m_reasons);
    reasons->setContentsMargins(0, 0, 0, 0);
    reasons->setSpacing(6);
    m_applyAll->setObjectName(QStringLiteral("applyAllButton"));
    m_start->setObjectName(QStringLiteral("startButton"));
    m_start->setMinimumWidth(84);
    Theme::setAccent(m_start);
    m_more->setObjectName(QStringLiteral("startMenuButton"));
    m_more->setFixedWidth(34);
    auto* menu = new QMenu(m_more);
    menu->setObjectName(QStringLiteral("startMenu"));
    m_startAction = menu->addAction(QString(), this, [this] { Q_EMIT startRequested(1, false); });
    m_queueAction = menu->addAction(QString(), this, [this] { Q_EMIT startRequested(1, true); });
    m_seedsAction = menu->addAction(QString(), this, [this] { Q_EMIT startRequested(3, false); });
    m_varyAction = menu->addAction(QString(), this, &StartCard::varyRequested);
    m_varyAction->setObjectName(QStringLiteral("varyAction"));
    m_startAction->setObjectName(QStringLiteral("startNowAction"));
    m_queueAction->setObjectName(QStringLiteral("queueAction"));
    m_seedsAction->setObjectName(QStringLiteral("seedsAction"));
    m_more->setMenu(menu);

    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(4);
    buttons->addWidget(m_applyAll);
    buttons->addStretch(1);
    buttons->addWidget(m_start);
    buttons->addWidget(m_more);
    body()->addWidget(m_headline);
    body()->addWidget(m_reasons);
    body()->addWidget(m_weights);
    body()->addWidget(m_note);
    body()->addLayout(buttons);

    connect(
        m_applyAll, &QPushButton::clicked, &m_draft, [this] { m_draft.edits().applyAllRemedies(); },
        Qt::QueuedConnection);
    connect(m_start, &QPushButton::clicked, this, [this] { Q_EMIT startRequested(1, false); });
    connect(&draft, &ConfigureDraft::changed, this, &StartCard::refresh);
    retranslateUi();
}

void StartCard::setWaitingFor(const QString& runName)
{
    m_waitingFor = runName;
    showState();
}

void StartCard::setStartAwaited(bool awaited)
{
    if (std::exchange(m_startAwaited, awaited) != awaited)
        showState();
}

void StartCard::addReason(const Problem& problem)
{
    auto* line = new QWidget(m_reasons);
    // A long sentence gets the whole width, its button stands under it.
    const bool isLong = text(problem.message).size() > kLongSentence;
    auto* layout = new QBoxLayout(isLong ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight, line);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(isLong ? 4 : kGap);
    auto* sentence = new QLabel(breakableText(withShortWords(text(problem.message))), line);
    sentence->setToolTip(text(problem.message));
    sentence->setWordWrap(true);
    sentence->setTextFormat(Qt::PlainText);
    auto* button = new QPushButton(line);
    button->setProperty("small", true);
    const QString key = QString::fromStdString(problem.key.empty() ? "text" : problem.key);
    if (problem.remedy) {
        button->setObjectName(QStringLiteral("remedy_%1_button").arg(key));
        button->setText(text(problem.remedy->label));
        button->setToolTip(QString::fromStdString(problem.remedy->key + ": " + trainer::toYaml(problem.remedy->value)));
        // Queued: applying it takes this very button away.
        connect(
            button, &QPushButton::clicked, &m_draft,
            [this, remedy = *problem.remedy] { m_draft.edits().applyRemedy(remedy); }, Qt::QueuedConnection);
    } else {
        button->setObjectName(QStringLiteral("show_%1_button").arg(key));
        button->setText(problem.key.empty() && problem.line > 0 ? tr("Line %1").arg(problem.line) : tr("Show"));
        connect(button, &QPushButton::clicked, this, [this, problem] { Q_EMIT problemChosen(problem); });
    }
    button->setAccessibleDescription(text(problem.message));
    layout->addWidget(sentence, 1);
    layout->addWidget(button, 0, isLong ? Qt::AlignRight : Qt::AlignTop);
    m_reasons->layout()->addWidget(line);
}

void StartCard::refresh()
{
    std::vector<Problem> errors;
    std::copy_if(m_draft.inspection().problems().begin(), m_draft.inspection().problems().end(),
        std::back_inserter(errors),
        [](const Problem& problem) { return problem.severity == trainer::Severity::Error; });
    if (!sameProblems(errors, m_shown)) {
        m_shown = errors;
        while (QLayoutItem* item = m_reasons->layout()->takeAt(0)) {
            item->widget()->hide();
            item->widget()->deleteLater();
            delete item;
        }
        for (std::size_t i = 0; i < std::min(m_shown.size(), kMostReasons); ++i)
            addReason(m_shown[i]);
    }
    showState();
}

void StartCard::showState()
{
    const auto count = static_cast<int>(m_shown.size());
    const DraftInspection& inspection = m_draft.inspection();
    const auto mended
        = std::ranges::count_if(m_shown, [&](const Problem& problem) { return inspection.isMendedByWeights(problem); });
    const auto remedies = std::ranges::count_if(
        m_shown, [&](const Problem& problem) { return problem.remedy && !inspection.isMendedByWeights(problem); });
    const auto listed = static_cast<int>(std::min(m_shown.size(), kMostReasons));
    m_weights->setMissing(QString::fromStdString(inspection.missingModel()), mended == count);
    m_headline->setText(count == 1 ? tr("1 reason it cannot start")
            : listed == count      ? tr("%1 reasons it cannot start").arg(count)
                                   : tr("%1 reasons it cannot start, the first %2:").arg(count).arg(listed));
    m_headline->setVisible(count > 0);
    m_reasons->setVisible(count > 0);
    m_applyAll->setText(remedies == 2 && count == 2 ? tr("&Apply both") : tr("&Apply all"));
    m_applyAll->setVisible(remedies > 1);
    for (QPushButton* button : { m_start, m_more })
        button->setEnabled(count == 0);
    const QString note = count == 0 ? noteText() : QString();
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
}

QString StartCard::noteText() const
{
    if (m_draft.inspection().isReading())
        return m_startAwaited ? tr("Reading the text and the weights; it starts as soon as they are there…")
                              : tr("Reading the text and the weights…");
    return m_waitingFor.isEmpty() ? QString() : tr("It will start when %1 has ended.").arg(m_waitingFor);
}

void StartCard::retranslateUi()
{
    m_start->setText(tr("&Start"));
    m_start->setToolTip(tr("Train with these settings (Ctrl+R)"));
    m_more->setAccessibleName(tr("More ways to start"));
    m_more->setToolTip(tr("More ways to start"));
    m_weights->retranslateUi();
    m_startAction->setText(tr("&Start"));
    m_queueAction->setText(tr("Add to &queue"));
    m_seedsAction->setText(tr("Start with &3 seeds"));
    m_varyAction->setText(tr("&Vary settings…"));
    m_shown.clear();
    refresh();
}

} // namespace nabiz::ui
