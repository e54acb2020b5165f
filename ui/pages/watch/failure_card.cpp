// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/watch/failure_card.h"

#include "ui/models/run_catalog.h"
#include "ui/text/message_text.h"
#include "ui/text/number_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/wrapped_text.h"

#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace nabiz::ui {
namespace {

constexpr int kColumns = 3; // of the account, side by side
constexpr std::size_t kMostChanges = 3;

// The reason as it was stored, or, where an event tells the same, in the window's language.
QString failureText(const storage::Run& run, const RunDetail* detail)
{
    if (detail && !run.failure.empty()) {
        for (const storage::Event& event : detail->events) {
            if (event.text == run.failure)
                return text(event);
        }
    }
    return text(trainer::Message { run.failure, {} });
}

std::optional<trainer::MemoryCard> cardOf(const storage::Run& run, const RunDetail* detail)
{
    if (!detail || run.status != storage::RunStatus::Failed) {
        return std::nullopt;
    }
    const auto& events = detail->events;
    const auto last = std::find_if(
        events.rbegin(), events.rend(), [](const storage::Event& event) { return event.kind == "memory"; });
    return last == events.rend() || last->text != run.failure ? std::nullopt : trainer::cardFrom(last->arguments);
}

QString sizeText(std::int64_t bytes)
{
    return bytesText(static_cast<double>(bytes)).replace(u' ', QChar::Nbsp);
}

QLabel* plainLabel(const QString& text, QWidget* parent, const char* role = "plain")
{
    auto* const label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    Theme::setRole(label, role);
    return label;
}

} // namespace

FailureCard::FailureCard(QWidget* parent)
    : Card(parent)
    , m_text(new WrappedText(this))
    , m_memory(new QWidget(this))
    , m_parts(new QVBoxLayout(m_memory))
{
    setObjectName(QStringLiteral("failureCard"));
    m_text->setObjectName(QStringLiteral("failureText"));
    m_memory->setObjectName(QStringLiteral("memoryAccount"));
    m_parts->setContentsMargins(0, 0, 0, 0);
    m_parts->setSpacing(6);
    Theme::setRole(m_text, "bad");
    body()->addWidget(m_text);
    body()->addWidget(m_memory);
    m_memory->hide();
}

void FailureCard::showRun(const storage::Run& run, const RunDetail* detail)
{
    if (const QString reason = failureText(run, detail); m_text->toPlainText() != reason) {
        m_text->setPlainText(reason); // what is selected in it stays
    }
    Theme::setRole(m_text, run.status == storage::RunStatus::Finished ? "plain" : "bad"); // ended early, and well
    m_text->setAccessibleName(statusName(run.status));
    m_run = run.id;
    setVisible(!run.failure.empty());
    if (auto card = cardOf(run, detail); card != m_shown) {
        m_shown = std::move(card);
        showCard(m_shown);
    }
}

void FailureCard::retranslate()
{
    showCard(m_shown);
}

void FailureCard::showCard(const std::optional<trainer::MemoryCard>& card)
{
    while (QLayoutItem* const item = m_parts->takeAt(0)) {
        if (QWidget* const widget = item->widget()) {
            widget->hide();
            widget->deleteLater(); // a button of it may have brought us here
        }
        delete item;
    }
    m_memory->setVisible(card.has_value());
    if (!card) {
        return;
    }
    m_parts->addWidget(plainLabel(text(trainer::placeOf(card->account)), m_memory, "heading"));
    addRows(card->account);
    if (card->fitted) {
        addFitted(*card->fitted);
    }
    for (std::size_t i = 0; i < std::min(kMostChanges, card->suggestions.size()); ++i) {
        addChange(card->suggestions[i], card->suggestions[i].totalBytes <= card->limit, static_cast<int>(i));
    }
}

void FailureCard::addRows(const trainer::MemoryAccount& account)
{
    auto* const table = new QWidget(m_memory);
    auto* const grid = new QGridLayout(table);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(kGap);
    grid->setVerticalSpacing(2);
    const auto rows = trainer::rowsOf(account);
    const int high = (static_cast<int>(rows.size()) + kColumns - 1) / kColumns;
    for (int i = 0; i < static_cast<int>(rows.size()); ++i) {
        const auto& [what, bytes] = rows[static_cast<std::size_t>(i)];
        auto* const size = plainLabel(sizeText(bytes), table);
        size->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        grid->addWidget(plainLabel(text(what), table, "dim"), i % high, 3 * (i / high));
        grid->addWidget(size, i % high, 3 * (i / high) + 1);
    }
    for (int column = 0; column < kColumns; ++column) {
        grid->setColumnMinimumWidth(3 * column + 2, 2 * kGap);
    }
    grid->setColumnStretch(3 * kColumns, 1);
    m_parts->addWidget(table);
}

void FailureCard::addFitted(const trainer::FittedRun& fitted)
{
    QStringList settings;
    for (const std::string& setting : fitted.differs) {
        settings << QString::fromStdString(setting);
    }
    auto* const line = new QWidget(m_memory);
    auto* const layout = new QHBoxLayout(line);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(kGap);
    auto* const sentence = plainLabel(tr("%1 fitted with %2: its peak was %3.")
                                          .arg(shortName(QString::fromStdString(fitted.name)),
                                              settings.join(QStringLiteral(", ")), sizeText(fitted.peakBytes)),
        line);
    sentence->setWordWrap(true);
    auto* const button = new QPushButton(tr("Show it"), line);
    button->setObjectName(QStringLiteral("fittedButton"));
    button->setProperty("small", true);
    connect(button, &QPushButton::clicked, this, [this, run = fitted.id] { Q_EMIT runRequested(run); });
    layout->addWidget(sentence, 1);
    layout->addWidget(button, 0, Qt::AlignTop);
    m_parts->addWidget(line);
}

void FailureCard::addChange(const trainer::MemorySuggestion& suggestion, bool fits, int number)
{
    const QString settings = QString::fromStdString(trainer::settingsOf(suggestion));
    auto* const line = new QWidget(m_memory);
    auto* const layout = new QHBoxLayout(line);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(kGap);
    const QString size = sizeText(suggestion.totalBytes);
    auto* const sentence = plainLabel(
        fits ? tr("%1 with %2").arg(size, settings) : tr("%1 with %2, which may be too much still").arg(size, settings),
        line);
    sentence->setWordWrap(true);
    layout->addWidget(sentence, 1);
    const auto add = [&](const char* name, const QString& label, bool starts) {
        auto* const button = new QPushButton(label, line);
        button->setObjectName(QLatin1String(name).toString().arg(number));
        button->setProperty("small", true);
        button->setAccessibleName(label + u' ' + settings);
        connect(button, &QPushButton::clicked, this,
            [this, set = suggestion.set, starts] { Q_EMIT changeRequested(m_run, set, starts); });
        layout->addWidget(button, 0, Qt::AlignTop);
    };
    add("changeEdit%1Button", tr("Edit as new"), false);
    add("changeStart%1Button", tr("Start"), true);
    m_parts->addWidget(line);
}

} // namespace nabiz::ui
