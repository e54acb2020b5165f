// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/watch/watch_facts.h"

#include "storage/records/event_kinds.h"
#include "ui/models/run_catalog.h"
#include "ui/pages/watch/watch_changed.h"
#include "ui/pages/watch/watch_table.h"
#include "ui/text/message_text.h"
#include "ui/text/number_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/wrapped_text.h"

#include <QClipboard>
#include <QDateTime>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextEdit>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <set>

namespace nabiz::ui {
namespace {

constexpr std::size_t kLogLines = 500; // the newest; the database holds all

struct Fact {
    const char* key;
    const char* label;
    enum { Text, Count, Bytes, Nats } kind;
};

constexpr std::array kFacts {
    Fact { "device", QT_TRANSLATE_NOOP("FactsCard", "device"), Fact::Text },
    Fact { "gpu", QT_TRANSLATE_NOOP("FactsCard", "GPU"), Fact::Text },
    Fact { "driver", QT_TRANSLATE_NOOP("FactsCard", "driver"), Fact::Text },
    Fact { "cpu", QT_TRANSLATE_NOOP("FactsCard", "processor"), Fact::Text },
    Fact { "threads", QT_TRANSLATE_NOOP("FactsCard", "threads"), Fact::Text },
    Fact { "memory.total", QT_TRANSLATE_NOOP("FactsCard", "memory of the machine"), Fact::Bytes },
    Fact { "memory.loaded", QT_TRANSLATE_NOOP("FactsCard", "memory after loading"), Fact::Bytes },
    Fact { "memory.predicted", QT_TRANSLATE_NOOP("FactsCard", "predicted peak"), Fact::Bytes },
    Fact { "host", QT_TRANSLATE_NOOP("FactsCard", "host"), Fact::Text },
    Fact { "system", QT_TRANSLATE_NOOP("FactsCard", "system"), Fact::Text },
    Fact { "kernel", QT_TRANSLATE_NOOP("FactsCard", "kernel"), Fact::Text },
    Fact { "nabiz", QT_TRANSLATE_NOOP("FactsCard", "Nabız"), Fact::Text },
    Fact { "torch", QT_TRANSLATE_NOOP("FactsCard", "LibTorch"), Fact::Text },
    Fact { "sqlite", QT_TRANSLATE_NOOP("FactsCard", "SQLite"), Fact::Text },
    Fact { "compiler", QT_TRANSLATE_NOOP("FactsCard", "compiler"), Fact::Text },
    Fact { "model.parameters", QT_TRANSLATE_NOOP("FactsCard", "weights of the model"), Fact::Count },
    Fact { "model.trained_parameters", QT_TRANSLATE_NOOP("FactsCard", "of them trained"), Fact::Count },
    Fact { "stand_in", QT_TRANSLATE_NOOP("FactsCard", "stand-in language model"), Fact::Text },
    Fact { "data.files", QT_TRANSLATE_NOOP("FactsCard", "files of the text"), Fact::Count },
    Fact { "data.left_out", QT_TRANSLATE_NOOP("FactsCard", "left out of it"), Fact::Text },
    Fact { "data.bytes", QT_TRANSLATE_NOOP("FactsCard", "size of the text"), Fact::Bytes },
    Fact { "data.hash", QT_TRANSLATE_NOOP("FactsCard", "fingerprint of the text"), Fact::Text },
    Fact { "data.commit", QT_TRANSLATE_NOOP("FactsCard", "commit of the text's folder"), Fact::Text },
    Fact { "track.commit", QT_TRANSLATE_NOOP("FactsCard", "commit of the tracked folder"), Fact::Text },
    Fact { "track.changes", QT_TRANSLATE_NOOP("FactsCard", "files changed in it"), Fact::Text },
    Fact { "data.training_bytes", QT_TRANSLATE_NOOP("FactsCard", "text to train on"), Fact::Bytes },
    Fact { "data.validation_bytes", QT_TRANSLATE_NOOP("FactsCard", "text to validate on"), Fact::Bytes },
    Fact { "data.entropy", QT_TRANSLATE_NOOP("FactsCard", "entropy, nats a byte"), Fact::Nats },
};

QString factText(const Fact& fact, const std::string& value)
{
    const QString text = QString::fromStdString(value);
    bool isNumber = false;
    const double number = text.toDouble(&isNumber);
    if (!isNumber || fact.kind == Fact::Text)
        return text;
    switch (fact.kind) {
    case Fact::Count:
        return countText(static_cast<qint64>(number));
    case Fact::Bytes:
        return bytesText(number);
    default:
        return numberText(number);
    }
}

QString timeText(std::int64_t milliseconds)
{
    return QLocale().toString(QDateTime::fromMSecsSinceEpoch(milliseconds), QLocale::ShortFormat);
}

void addTimes(std::vector<WatchRow>& rows, const storage::RunOverview& overview)
{
    const storage::Run& run = overview.run;
    rows.push_back({ FactsCard::tr("preset"), QString::fromStdString(run.preset) });
    rows.push_back({ FactsCard::tr("seed"), QString::number(run.seed) });
    if (run.started)
        rows.push_back({ FactsCard::tr("started"), timeText(*run.started) });
    if (run.started && run.ended) {
        rows.push_back(
            { FactsCard::tr("duration"), durationText(static_cast<double>(*run.ended - *run.started) / 1000) });
    } else if (overview.summary.seconds > 0) {
        rows.push_back({ FactsCard::tr("duration so far"), durationText(overview.summary.seconds) });
    }
    if (overview.summary.tokensPerSecond) {
        rows.push_back(
            { FactsCard::tr("tokens a second"), countText(static_cast<qint64>(*overview.summary.tokensPerSecond)) });
    }
}

} // namespace

FactsCard::FactsCard(const RunCatalog& catalog, QWidget* parent)
    : WatchFold(QStringLiteral("factsButton"), parent)
    , m_catalog(catalog)
    , m_changed(new WatchChanged(catalog, this))
    , m_appliedTitle(new QLabel(this))
    , m_applied(new WrappedText(this))
    , m_command(new WrappedText(this))
    , m_copy(new QPushButton(this))
    , m_table(new WatchTable(true, this))
{
    Theme::setRole(m_appliedTitle, "dim");
    m_applied->setObjectName(QStringLiteral("appliedSettings"));
    m_applied->setFont(Theme::monoFont());
    m_command->setObjectName(QStringLiteral("commandText"));
    m_command->setFont(Theme::monoFont());
    m_copy->setObjectName(QStringLiteral("copyRunCommandButton"));
    m_copy->setProperty("small", true);
    m_table->setObjectName(QStringLiteral("factsTable"));
    auto* const commandLine = new QHBoxLayout;
    commandLine->addWidget(m_command, 1);
    commandLine->addWidget(m_copy, 0, Qt::AlignTop);
    for (QWidget* const part : QList<QWidget*> { m_changed, m_appliedTitle, m_applied, m_table })
        content()->addWidget(part);
    content()->addLayout(commandLine);
    connect(m_copy, &QPushButton::clicked, this, &FactsCard::copyCommand);
    connect(this, &WatchFold::opened, this, &FactsCard::fill);
}

void FactsCard::showRun(storage::RunId run)
{
    m_run = run;
    setFoldTitle(tr("Facts"));
    m_copy->setText(tr("Copy"));
    m_copy->setToolTip(tr("Copy the command that repeats this run"));
    m_command->setAccessibleName(tr("The command that repeats this run"));
    fill();
}

void FactsCard::copyCommand()
{
    QGuiApplication::clipboard()->setText(m_command->toPlainText());
    m_copy->setText(tr("Copied"));
}

void FactsCard::fill()
{
    const storage::RunOverview* const overview = m_catalog.overview(m_run);
    if (!isOpen() || !overview) {
        return;
    }
    m_changed->showRun(m_run);
    QStringList applied;
    if (const RunDetail* const detail = m_catalog.detail(m_run)) {
        for (const storage::Parameter& parameter : detail->parameters) {
            if (!parameter.applied.empty() && parameter.applied != parameter.declared) {
                applied.append(
                    QStringLiteral("%1  %2 → %3")
                        .arg(QString::fromStdString(parameter.key), QString::fromStdString(parameter.declared),
                            QString::fromStdString(parameter.applied)));
            }
        }
    }
    m_appliedTitle->setText(tr("Declared → applied"));
    m_appliedTitle->setVisible(!applied.isEmpty());
    m_applied->setPlainText(applied.join(QLatin1Char('\n')));
    m_applied->setAccessibleName(m_appliedTitle->text());
    m_applied->setVisible(!applied.isEmpty());

    std::vector<WatchRow> rows;
    addTimes(rows, *overview);
    std::set<std::string> named { "memory.ledger" }; // stands below its chart
    for (const Fact& fact : kFacts) {
        named.insert(fact.key);
        const auto value = overview->run.facts.find(fact.key);
        if (value != overview->run.facts.end()) {
            rows.push_back({ QCoreApplication::translate("FactsCard", fact.label), factText(fact, value->second) });
        }
    }
    for (const auto& [key, value] : overview->run.facts) {
        if (!named.contains(key)) {
            rows.push_back({ QString::fromStdString(key), QString::fromStdString(value) });
        }
    }
    m_table->setRows(rows);
    if (const QString command = QString::fromStdString(overview->run.command); m_command->toPlainText() != command) {
        m_command->setPlainText(command); // what is selected in it stays
    }
    m_copy->setVisible(!overview->run.command.empty());
}

LogCard::LogCard(const RunCatalog& catalog, QWidget* parent)
    : WatchFold(QStringLiteral("eventsButton"), parent)
    , m_catalog(catalog)
    , m_text(new QPlainTextEdit(this))
{
    m_text->setObjectName(QStringLiteral("eventsText"));
    m_text->setReadOnly(true);
    m_text->setFont(Theme::monoFont());
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setTabChangesFocus(true);
    m_text->setMinimumHeight(10 * m_text->fontMetrics().height());
    content()->addWidget(m_text);
    connect(this, &WatchFold::opened, this, &LogCard::fill);
}

void LogCard::showRun(storage::RunId run)
{
    if (run != m_run) {
        m_chosen.reset();
    }
    m_run = run;
    setFoldTitle(tr("Log"));
    m_text->setAccessibleName(tr("Log"));
    fill();
}

void LogCard::fill()
{
    const RunDetail* const detail = m_catalog.detail(m_run);
    if (!isOpen()) {
        return;
    }
    QStringList lines;
    std::vector<std::size_t> events;
    for (std::size_t i = 0; detail && i < detail->events.size(); ++i) {
        const storage::Event& event = detail->events[i];
        if (event.kind != "sample" && event.kind != storage::kDiffEvent) {
            const QString place = event.batch < 0 ? QStringLiteral("—") : countText(event.batch);
            QString text = ui::text(event);
            lines.append(QStringLiteral("%1  %2").arg(place, text.replace(QLatin1Char('\n'), QLatin1Char(' '))));
            events.push_back(i);
        }
    }
    if (events.size() > kLogLines) { // the newest, or those about the one that was chosen
        std::size_t first = events.size() - kLogLines;
        if (m_chosen) {
            const auto line
                = static_cast<std::size_t>(std::lower_bound(events.begin(), events.end(), *m_chosen) - events.begin());
            first = std::min(first, line > kLogLines / 2 ? line - kLogLines / 2 : 0);
        }
        lines = lines.mid(static_cast<qsizetype>(first), static_cast<qsizetype>(kLogLines));
        events.erase(events.begin(), events.begin() + static_cast<std::ptrdiff_t>(first));
        events.resize(kLogLines);
    }
    m_events = std::move(events);
    const QString text = lines.isEmpty() ? tr("Nothing has been noted yet.") : lines.join(QLatin1Char('\n'));
    if (m_text->toPlainText() != text) {
        m_text->setPlainText(text);
        m_text->verticalScrollBar()->setValue(m_text->verticalScrollBar()->maximum());
        markLine();
    }
}

void LogCard::showLineOf(std::size_t event)
{
    m_chosen = event;
    setOpen(true);
    fill();
    markLine();
    m_text->setFocus(Qt::OtherFocusReason);
}

void LogCard::markLine()
{
    const auto line = m_chosen ? std::find(m_events.begin(), m_events.end(), *m_chosen) : m_events.end();
    if (line == m_events.end()) {
        m_text->setExtraSelections({});
        return;
    }
    QTextCursor cursor(m_text->document()->findBlockByNumber(static_cast<int>(line - m_events.begin())));
    m_text->setTextCursor(cursor);
    m_text->centerCursor();
    QTextEdit::ExtraSelection marked;
    marked.cursor = cursor;
    marked.format.setBackground(Theme::colors().selected);
    marked.format.setProperty(QTextFormat::FullWidthSelection, true);
    m_text->setExtraSelections({ marked });
}

} // namespace nabiz::ui
