// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/configure/estimate_card.h"

#include "ui/pages/configure/configure_draft.h"
#include "ui/pages/configure/memory_bar.h"
#include "ui/text/explanation.h"
#include "ui/text/message_text.h"
#include "ui/text/number_input.h"
#include "ui/text/number_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/what_is_this.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace nabiz::ui {

using trainer::MemoryEstimate;
using trainer::MemoryVerdict;

namespace {

constexpr std::size_t kMostSuggestions = 2;

struct Group {
    QString name;
    qint64 bytes;
};

std::vector<Group> groupsOf(const trainer::MemoryParts& parts)
{
    return { { EstimateCard::tr("Language weights"), parts.languageWeights },
        { EstimateCard::tr("Model, gradients, optimizer"), parts.modelWeights + parts.gradients + parts.optimizer },
        { EstimateCard::tr("Activations"), parts.activations },
        { EstimateCard::tr("Copies and workspace"), parts.autocast + parts.workspace } };
}

const char* roleOf(const std::optional<MemoryVerdict>& verdict)
{
    if (!verdict)
        return "dim";
    return *verdict == MemoryVerdict::Fits ? "good" : *verdict == MemoryVerdict::Tight ? "warn" : "bad";
}

QString wordOf(const std::optional<MemoryVerdict>& verdict)
{
    if (!verdict)
        return EstimateCard::tr("cannot tell");
    switch (*verdict) {
    case MemoryVerdict::Fits:
        return EstimateCard::tr("fits");
    case MemoryVerdict::Tight:
        return EstimateCard::tr("tight");
    case MemoryVerdict::TooLarge:
        return EstimateCard::tr("too large");
    }
    return {};
}

QString settingsText(const trainer::MemorySuggestion& suggestion)
{
    QStringList settings;
    for (const auto& [key, value] : suggestion.set)
        settings << QString::fromStdString(key).section(u'.', 1) + u' ' + editText(value);
    return settings.join(QStringLiteral(", "));
}

} // namespace

EstimateCard::EstimateCard(ConfigureDraft& draft, QWidget* parent)
    : Card(parent)
    , m_draft(draft)
    , m_verdict(new QLabel(this))
    , m_total(new QLabel(this))
    , m_bar(new MemoryBar(MemoryBar::Kind::Bar, this))
    , m_suggestions(new QVBoxLayout)
    , m_notes(new QLabel(this))
{
    setObjectName(QStringLiteral("estimateCard"));
    m_verdict->setObjectName(QStringLiteral("estimateVerdict"));
    m_total->setObjectName(QStringLiteral("estimateTotal"));
    m_bar->setObjectName(QStringLiteral("estimateBar"));
    m_notes->setObjectName(QStringLiteral("estimateNotes"));
    m_notes->setWordWrap(true);
    m_notes->setTextFormat(Qt::PlainText);
    Theme::setRole(m_notes, "small");
    titleLine()->addWidget(m_verdict);
    m_suggestions->setSpacing(6);
    body()->addWidget(m_total);
    body()->addWidget(m_bar);
    body()->addLayout(makeLegend());
    body()->addWidget(m_notes);
    body()->addLayout(m_suggestions);
    connect(&draft, &ConfigureDraft::changed, this, &EstimateCard::refresh);
    retranslateUi();
}

QLayout* EstimateCard::makeLegend()
{
    auto* const grid = new QGridLayout;
    grid->setHorizontalSpacing(kGap);
    grid->setVerticalSpacing(4);
    grid->setColumnStretch(1, 1);
    const int count = static_cast<int>(groupsOf({}).size());
    for (int i = 0; i < count; ++i) {
        const Row row { new MemoryBar(MemoryBar::Kind::Swatch, this), new QLabel(this), new QLabel(this),
            new WhatIsThis(this) };
        row.swatch->setParts({ { 1, i } }, 0);
        row.name->setWordWrap(true);
        row.bytes->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        grid->addWidget(row.swatch, i, 0);
        grid->addWidget(row.name, i, 1);
        grid->addWidget(row.bytes, i, 2);
        grid->addWidget(row.what, i, 3);
        m_rows.push_back(row);
    }
    return grid;
}

void EstimateCard::refresh()
{
    // While the text is no YAML, the verdict is that of the settings before.
    if (m_draft.inspection().isBroken())
        return;
    if (!m_draft.inspection().isEstimated()) {
        m_shown.reset();
        Theme::setRole(m_verdict, "dim");
        m_verdict->setText(tr("reading…"));
        return;
    }
    if (m_shown == m_draft.config())
        return;
    m_shown = m_draft.config();
    show(m_draft.inspection().estimate());
}

void EstimateCard::show(const MemoryEstimate& estimate)
{
    showVerdict(estimate);
    showParts(estimate);
    showSuggestions(estimate);
    QStringList notes;
    for (const trainer::Message& note : estimate.notes)
        notes << text(note);
    m_notes->setText(breakableText(notes.join(u'\n')));
    m_notes->setVisible(!notes.isEmpty());
}

void EstimateCard::showVerdict(const MemoryEstimate& estimate)
{
    Theme::setRole(m_verdict, roleOf(estimate.verdict));
    m_verdict->setText(wordOf(estimate.verdict));
    const QString total = bytesText(static_cast<double>(estimate.totalBytes()));
    m_total->setText(estimate.capacityBytes > 0
            ? tr("%1 of %2 on %3")
                  .arg(total, bytesText(static_cast<double>(estimate.capacityBytes)),
                      QString::fromStdString(estimate.device))
            : total);
    m_bar->setAccessibleName(tr("Memory: %1, %2").arg(m_total->text(), m_verdict->text()));
}

void EstimateCard::showParts(const MemoryEstimate& estimate)
{
    std::vector<MemoryBar::Part> parts;
    const std::vector<Group> groups = groupsOf(estimate.parts);
    for (std::size_t i = 0; i < groups.size(); ++i) {
        const auto bytes = static_cast<double>(groups[i].bytes);
        parts.push_back({ bytes, static_cast<int>(i) });
        m_rows[i].name->setText(groups[i].name);
        m_rows[i].bytes->setText(bytesText(bytes));
        m_rows[i].what->setText(groups[i].name, memoryPartExplanation(static_cast<int>(i)));
        for (QWidget* const widget : { static_cast<QWidget*>(m_rows[i].swatch), static_cast<QWidget*>(m_rows[i].name),
                 static_cast<QWidget*>(m_rows[i].bytes), static_cast<QWidget*>(m_rows[i].what) })
            widget->setVisible(bytes > 0);
    }
    m_bar->setParts(std::move(parts), static_cast<double>(estimate.capacityBytes));
}

void EstimateCard::showSuggestions(const MemoryEstimate& estimate)
{
    if (estimate.suggestions == m_suggested)
        return;
    m_suggested = estimate.suggestions;
    while (QLayoutItem* const item = m_suggestions->takeAt(0)) {
        item->widget()->hide();
        item->widget()->setParent(nullptr);
        item->widget()->deleteLater();
        delete item;
    }
    for (std::size_t i = 0; i < std::min(kMostSuggestions, estimate.suggestions.size()); ++i)
        m_suggestions->addWidget(suggestionLine(estimate.suggestions[i], static_cast<int>(i)));
}

QWidget* EstimateCard::suggestionLine(const trainer::MemorySuggestion& suggestion, int number)
{
    auto* const line = new QWidget(this);
    auto* const layout = new QHBoxLayout(line);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(kGap);
    QString total = bytesText(static_cast<double>(suggestion.totalBytes));
    total.replace(u' ', QChar::Nbsp);
    auto* const sentence = new QLabel(tr("%1 with %2").arg(total, settingsText(suggestion)), line);
    sentence->setWordWrap(true);
    sentence->setTextFormat(Qt::PlainText);
    auto* const button = new QPushButton(tr("Apply"), line);
    button->setObjectName(QStringLiteral("estimateApply%1Button").arg(number));
    button->setProperty("small", true);
    button->setAccessibleName(tr("Apply %1").arg(settingsText(suggestion)));
    // Queued: applying it takes this very button away.
    connect(
        button, &QPushButton::clicked, &m_draft, [this, set = suggestion.set] { m_draft.edits().setValues(set); },
        Qt::QueuedConnection);
    layout->addWidget(sentence, 1);
    layout->addWidget(button, 0, Qt::AlignTop);
    return line;
}

void EstimateCard::retranslateUi()
{
    setTitle(tr("Memory"));
    m_shown.reset();
    m_suggested.clear();
    refresh();
}

} // namespace nabiz::ui
