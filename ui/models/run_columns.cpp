// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/run_columns.h"

#include "trainer/config/parameters/parameter_table.h"
#include "ui/analysis/run_filter.h"
#include "ui/models/run_catalog.h"
#include "ui/models/run_reasons.h"
#include "ui/text/message_text.h"
#include "ui/text/number_text.h"
#include "ui/text/run_column_texts.h"

#include <QDateTime>
#include <QLocale>
#include <algorithm>
#include <cmath>

namespace nabiz::ui {

using storage::RunField;
using storage::RunFieldKind;

namespace {

// In the order in which the table first shows them.
constexpr RunField kFields[] = { RunField::Name, RunField::Starred, RunField::Status, RunField::Best,
    RunField::LastLoss, RunField::MeanLoss, RunField::Batches, RunField::Seconds, RunField::PeakMemory,
    RunField::TokensPerSecond, RunField::Started, RunField::Reason, RunField::Preset, RunField::Tag, RunField::Note,
    RunField::Why, RunField::Group, RunField::BestBatch, RunField::BestLoss, RunField::BestLossBatch,
    RunField::FirstLoss, RunField::BestValLoss, RunField::BestValBatch, RunField::LastValLoss, RunField::Steps,
    RunField::PlannedBatches, RunField::BatchSeconds, RunField::NonFinite, RunField::Seed, RunField::Id,
    RunField::Created, RunField::Ended, RunField::Source, RunField::Host };

bool readsAsNumber(RunFieldKind kind)
{
    return kind == RunFieldKind::Number || kind == RunFieldKind::Count || kind == RunFieldKind::Bytes
        || kind == RunFieldKind::Seconds;
}

RunFieldKind parameterKind(const std::string& key)
{
    const trainer::Parameter* known = trainer::findParameter(key);
    const bool isNumber = known
        && (std::holds_alternative<std::int64_t>(known->defaultValue)
            || std::holds_alternative<double>(known->defaultValue));
    return isNumber ? RunFieldKind::Number : RunFieldKind::Text;
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
        m_columns.push_back(
            { QString::fromUtf8(row.key.data(), static_cast<qsizetype>(row.key.size())), row.kind, field });
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
    const auto found
        = std::find_if(m_columns.begin(), m_columns.end(), [&](const auto& column) { return column.key == key; });
    return found == m_columns.end() ? -1 : static_cast<int>(found - m_columns.begin());
}

int RunColumns::indexOf(RunField field) const
{
    const auto found
        = std::find_if(m_columns.begin(), m_columns.end(), [&](const auto& column) { return column.field == field; });
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

const trainer::FilterValue* RunColumns::parameter(const RunColumn& column, storage::RunId run) const
{
    return m_catalog.parameters().value(run, column.parameter);
}

std::optional<double> RunColumns::number(const RunColumn& column, const storage::RunOverview& run) const
{
    if (column.field)
        return storage::fieldNumber(run, *column.field);
    const auto* value = parameter(column, run.run.id);
    return value && value->isNumber ? std::optional(value->number) : std::nullopt;
}

std::string RunColumns::string(const RunColumn& column, const storage::RunOverview& run) const
{
    if (column.field)
        return storage::fieldText(run, *column.field);
    const auto* value = parameter(column, run.run.id);
    return value ? value->text : std::string();
}

QString RunColumns::text(const RunColumn& column, const storage::RunOverview& run) const
{
    if (column.field == RunField::Status)
        return statusName(run.run.status);
    if (column.field == RunField::Reason)
        return RunReasons::text(m_catalog, run.run);
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
        return QDateTime::fromMSecsSinceEpoch(static_cast<qint64>(*value))
            .toString(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
    return QString::number(*value, 'g', QLocale::FloatingPointShortest);
}

std::vector<trainer::FilterName> RunColumns::filterNames() const
{
    std::vector<trainer::FilterName> names;
    for (const RunColumn& column : m_columns)
        names.push_back(column.field ? filterName(*column.field) : trainer::FilterName { column.key.toStdString() });
    return names;
}

trainer::FilterValue RunFilterRow::value(std::size_t name) const
{
    const RunColumn& column = m_columns.all()[name];
    if (column.field)
        return filterValue(m_run, *column.field);
    const trainer::FilterValue* value = m_columns.parameter(column, m_run.run.id);
    return value ? *value : trainer::FilterValue {};
}

std::string RunFilterRow::words() const
{
    return filterWords(m_run);
}

} // namespace nabiz::ui
