// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/run_columns.h"

#include "trainer/config/parameter_table.h"
#include "ui/models/run_catalog.h"
#include "ui/models/run_column_texts.h"
#include "ui/widgets/message_text.h"
#include "ui/widgets/number_text.h"

#include <QDateTime>
#include <QLocale>
#include <algorithm>
#include <cmath>

namespace nabiz::ui {

using storage::RunField;
using storage::RunFieldKind;

namespace {

// In the order in which the table first shows them.
constexpr RunField kFields[] = { RunField::Name, RunField::Starred, RunField::Status, RunField::Best, RunField::LastLoss,
    RunField::MeanLoss, RunField::Batches, RunField::Seconds, RunField::PeakMemory, RunField::TokensPerSecond, RunField::Started,
    RunField::Preset, RunField::Tag, RunField::Note, RunField::Why, RunField::BestBatch, RunField::BestLoss,
    RunField::BestLossBatch, RunField::FirstLoss, RunField::BestValLoss, RunField::BestValBatch, RunField::LastValLoss,
    RunField::Steps, RunField::PlannedBatches, RunField::BatchSeconds, RunField::NonFinite, RunField::Seed, RunField::Id,
    RunField::Created, RunField::Ended, RunField::Source };

bool readsAsNumber(RunFieldKind kind)
{
    return kind == RunFieldKind::Number || kind == RunFieldKind::Count || kind == RunFieldKind::Bytes
        || kind == RunFieldKind::Seconds;
}

RunFieldKind parameterKind(const std::string& key)
{
    const trainer::Parameter* known = trainer::findParameter(key);
    const bool isNumber = known
        && (std::holds_alternative<std::int64_t>(known->defaultValue) || std::holds_alternative<double>(known->defaultValue));
    return isNumber ? RunFieldKind::Number : RunFieldKind::Text;
}

trainer::FilterKind filterKind(RunFieldKind kind)
{
    switch (kind) {
    case RunFieldKind::Number:
    case RunFieldKind::Count:
        return trainer::FilterKind::Number;
    case RunFieldKind::Bytes:
        return trainer::FilterKind::Bytes;
    case RunFieldKind::Seconds:
        return trainer::FilterKind::Seconds;
    case RunFieldKind::Time:
        return trainer::FilterKind::Time;
    case RunFieldKind::Flag:
        return trainer::FilterKind::Flag;
    case RunFieldKind::List:
        return trainer::FilterKind::List;
    case RunFieldKind::Text:
        break;
    }
    return trainer::FilterKind::Text;
}

std::vector<std::string> statusNames()
{
    std::vector<std::string> names;
    for (int status = 0; status <= static_cast<int>(storage::RunStatus::Reference); ++status)
        names.emplace_back(storage::name(static_cast<storage::RunStatus>(status)));
    return names;
}

} // namespace

bool RunColumn::isNumber() const
{
    return readsAsNumber(kind);
}

RunColumns::RunColumns(const RunCatalog& catalog)
    : m_catalog(catalog)
{
    for (const RunField field : kFields) {
        const storage::RunFieldRow& row = storage::row(field);
        m_columns.push_back({ QString::fromUtf8(row.key.data(), static_cast<qsizetype>(row.key.size())), row.kind, field });
    }
    update();
}

void RunColumns::update()
{
    const auto& keys = m_catalog.parameters().keys();
    for (std::size_t i = m_columns.size() - std::size(kFields); i < keys.size(); ++i)
        m_columns.push_back({ QString::fromStdString(keys[i]), parameterKind(keys[i]), {}, i });
}

int RunColumns::indexOf(const QString& key) const
{
    const auto found = std::find_if(m_columns.begin(), m_columns.end(), [&](const auto& column) { return column.key == key; });
    return found == m_columns.end() ? -1 : static_cast<int>(found - m_columns.begin());
}

int RunColumns::indexOf(RunField field) const
{
    const auto found = std::find_if(m_columns.begin(), m_columns.end(), [&](const auto& column) { return column.field == field; });
    return static_cast<int>(found - m_columns.begin());
}

QString RunColumns::title(const RunColumn& column) const
{
    return column.field ? fieldTitle(*column.field) : column.key.section(u'.', -1);
}

QString RunColumns::help(const RunColumn& column) const
{
    const QString name = QStringLiteral("<br><code>%1</code>").arg(column.key.toHtmlEscaped());
    if (column.field)
        return fieldHelp(*column.field).toHtmlEscaped() + name;
    const trainer::Parameter* known = trainer::findParameter(column.key.toStdString());
    return (known ? parameterLabel(*known).toHtmlEscaped() : QString()) + name;
}

std::optional<double> RunColumns::number(const RunColumn& column, const storage::RunOverview& run) const
{
    if (column.field)
        return storage::fieldNumber(run, *column.field);
    const auto* value = m_catalog.parameters().value(run.run.id, column.parameter);
    return value && value->isNumber ? std::optional(value->number) : std::nullopt;
}

std::string RunColumns::string(const RunColumn& column, const storage::RunOverview& run) const
{
    if (column.field)
        return storage::fieldText(run, *column.field);
    const auto* value = m_catalog.parameters().value(run.run.id, column.parameter);
    return value ? value->text : std::string();
}

QString RunColumns::text(const RunColumn& column, const storage::RunOverview& run) const
{
    if (column.field == RunField::Status)
        return statusName(run.run.status);
    if (column.kind == RunFieldKind::Text || column.kind == RunFieldKind::List || !column.field)
        return QString::fromStdString(string(column, run));
    const auto value = number(column, run);
    if (!value)
        return {};
    switch (column.kind) {
    case RunFieldKind::Count:
        return countText(static_cast<qint64>(*value));
    case RunFieldKind::Bytes:
        return gigabytesText(*value);
    case RunFieldKind::Seconds:
        return column.field == RunField::BatchSeconds ? numberText(*value, 3) : clockText(*value);
    case RunFieldKind::Time:
        return momentText(static_cast<qint64>(*value));
    case RunFieldKind::Flag:
        return *value != 0 ? QStringLiteral("★") : QString();
    default:
        return column.field == RunField::TokensPerSecond ? countText(std::llround(*value)) : numberText(*value);
    }
}

QString RunColumns::plainText(const RunColumn& column, const storage::RunOverview& run) const
{
    if (column.kind == RunFieldKind::Text || column.kind == RunFieldKind::List || !column.field) {
        QString text = QString::fromStdString(string(column, run));
        return text.replace(u'\n', column.kind == RunFieldKind::List ? QStringLiteral(", ") : QStringLiteral(" "))
            .replace(u'\t', u' ');
    }
    const auto value = number(column, run);
    if (!value)
        return {};
    if (column.kind == RunFieldKind::Time)
        return QDateTime::fromMSecsSinceEpoch(static_cast<qint64>(*value)).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
    return QString::number(*value, 'g', QLocale::FloatingPointShortest);
}

std::vector<trainer::FilterName> RunColumns::filterNames() const
{
    std::vector<trainer::FilterName> names;
    for (const RunColumn& column : m_columns) {
        trainer::FilterName name { column.key.toStdString() };
        if (column.field)
            name.kind = filterKind(column.kind);
        if (column.field == RunField::Status)
            name.choices = statusNames();
        names.push_back(std::move(name));
    }
    return names;
}

trainer::FilterValue RunColumns::filterValue(const RunColumn& column, const storage::RunOverview& run) const
{
    trainer::FilterValue value;
    if (!column.field || column.kind == RunFieldKind::Text || column.kind == RunFieldKind::List) {
        value.text = string(column, run);
        value.known = column.field || !value.text.empty();
    }
    if (const auto known = number(column, run)) {
        value.number = *known;
        value.isNumber = value.known = true;
    }
    return value;
}

trainer::FilterValue RunFilterRow::value(std::size_t name) const
{
    return m_columns.filterValue(m_columns.all()[name], m_run);
}

std::string RunFilterRow::words() const
{
    return m_run.run.name + '\n' + m_run.run.preset + '\n' + m_run.run.note + '\n' + storage::fieldText(m_run, RunField::Tag);
}

} // namespace nabiz::ui
