// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/configure/weights_fetch.h"

#include "ui/text/number_text.h"
#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace nabiz::ui {

namespace {

constexpr int kSteps = 1000;

} // namespace

WeightsFetch::WeightsFetch(QWidget* parent)
    : QWidget(parent)
    , m_sentence(new QLabel(this))
    , m_bar(new QProgressBar(this))
    , m_get(new QPushButton(this))
    , m_getAndStart(new QPushButton(this))
    , m_stop(new QPushButton(this))
{
    m_sentence->setObjectName(QStringLiteral("weightsLabel"));
    m_sentence->setWordWrap(true);
    m_sentence->setTextFormat(Qt::PlainText);
    m_bar->setObjectName(QStringLiteral("weightsBar"));
    m_bar->setTextVisible(false);
    m_bar->setRange(0, kSteps);
    m_get->setObjectName(QStringLiteral("getWeightsButton"));
    m_getAndStart->setObjectName(QStringLiteral("getWeightsAndStartButton"));
    m_stop->setObjectName(QStringLiteral("stopWeightsButton"));
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(4);
    buttons->addWidget(m_get);
    buttons->addStretch(1);
    buttons->addWidget(m_getAndStart);
    buttons->addWidget(m_stop);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(m_sentence);
    layout->addWidget(m_bar);
    layout->addLayout(buttons);
    connect(m_get, &QPushButton::clicked, this, [this] { begin(false); });
    connect(m_getAndStart, &QPushButton::clicked, this, [this] { begin(true); });
    connect(m_stop, &QPushButton::clicked, this, &WeightsFetch::stopWanted);
    retranslateUi();
}

void WeightsFetch::begin(bool thenStart)
{
    m_isFetching = true;
    m_progress = { .model = m_missing, .said = {} };
    m_ended.clear();
    show();
    Q_EMIT wanted(m_missing, thenStart);
}

void WeightsFetch::setMissing(const QString& model, bool canStart)
{
    m_missing = model;
    m_canStart = canStart;
    show();
}

void WeightsFetch::setProgress(const WeightsProgress& progress)
{
    m_isFetching = true;
    m_progress = progress;
    show();
}

void WeightsFetch::setEnd(const WeightsEnd& end)
{
    m_isFetching = false;
    m_hasFailed = !end.failure.isEmpty();
    if (m_hasFailed)
        m_ended = end.failure;
    else if (!end.isThere)
        m_ended = tr("Stopped. What is there of %1 is kept, and gone on from.").arg(end.model);
    else
        m_ended = end.licence.isEmpty() ? tr("%1 is there.").arg(end.model)
                                        : tr("%1 is there. Licence: %2.").arg(end.model, end.licence);
    show();
    Q_EMIT ended(end);
}

void WeightsFetch::show()
{
    QString sentence = m_ended;
    if (m_isFetching) {
        sentence = m_progress.total > 0 ? tr("%1: %2 of %3")
                                              .arg(m_progress.model, bytesText(static_cast<double>(m_progress.done)),
                                                  bytesText(static_cast<double>(m_progress.total)))
                                        : tr("%1: asking the hub…").arg(m_progress.model);
        if (m_progress.bytesPerSecond > 0)
            sentence += tr(", %1 a second, %2 left")
                            .arg(bytesText(m_progress.bytesPerSecond), durationText(m_progress.secondsLeft));
        if (!m_progress.said.isEmpty())
            sentence = m_progress.said;
    }
    Theme::setRole(m_sentence, !m_isFetching && m_hasFailed && !m_ended.isEmpty() ? "bad" : "small");
    m_sentence->setText(sentence);
    m_sentence->setVisible(!sentence.isEmpty());
    m_bar->setVisible(m_isFetching);
    m_bar->setRange(0, m_progress.total > 0 ? kSteps : 0); // one of no known end moves
    if (m_progress.total > 0)
        m_bar->setValue(static_cast<int>(m_progress.done * kSteps / m_progress.total));
    m_bar->setAccessibleName(sentence);
    const bool isOffered = !m_missing.isEmpty() && !m_isFetching;
    m_get->setVisible(isOffered);
    m_getAndStart->setVisible(isOffered && m_canStart);
    m_stop->setVisible(m_isFetching);
    setVisible(isOffered || m_isFetching || !m_ended.isEmpty());
}

void WeightsFetch::retranslateUi()
{
    m_get->setText(tr("&Get weights…"));
    m_get->setToolTip(tr("Fetches them from the hub into the Hugging Face cache"));
    m_getAndStart->setText(tr("Get &weights, then start"));
    m_stop->setText(tr("Stop"));
    show();
}

} // namespace nabiz::ui
