// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/export/plot_table_dialog.h"

#include "ui/charts/render/plot_reading.h"
#include "ui/charts/render/plot_text.h"
#include "ui/charts/shape/curve_extent.h"
#include "ui/text/number_text.h"
#include "ui/theme/theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace nabiz::ui {
namespace {

constexpr std::size_t kRows = 40; // over what is in view

QTableWidget* makeTable(const char* name, const QStringList& columns, QWidget* parent)
{
    auto* const table = new QTableWidget(0, static_cast<int>(columns.size()), parent);
    table->setObjectName(QLatin1String(name));
    table->setHorizontalHeaderLabels(columns);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setTabKeyNavigation(false);
    table->verticalHeader()->hide();
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    table->horizontalHeader()->setStretchLastSection(true);
    return table;
}

void addRow(QTableWidget& table, const QStringList& cells)
{
    const int row = table.rowCount();
    table.insertRow(row);
    for (int column = 0; column < static_cast<int>(cells.size()); ++column) {
        auto* const item = new QTableWidgetItem(cells[column]);
        item->setTextAlignment((column == 0 ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
        table.setItem(row, column, item);
    }
}

QString asText(const QTableWidget& table)
{
    QStringList lines;
    QStringList heads;
    for (int column = 0; column < table.columnCount(); ++column) {
        heads.append(table.horizontalHeaderItem(column)->text());
    }
    lines.append(heads.join(QLatin1Char('\t')));
    for (int row = 0; row < table.rowCount(); ++row) {
        QStringList cells;
        for (int column = 0; column < table.columnCount(); ++column) {
            cells.append(table.item(row, column)->text());
        }
        lines.append(cells.join(QLatin1Char('\t')));
    }
    return lines.join(QLatin1Char('\n'));
}

void fillAt(QTableWidget& table, const PlotContent& content, double x, SmoothedCache& cache)
{
    const std::vector<PlotReading> readings = readingsAt(content, x, cache);
    for (std::size_t i = 0; i < readings.size(); ++i) {
        const PlotReading& reading = readings[i];
        addRow(table,
            { nameOf(content.curves[reading.curve]), xText(reading.x, content.xUnit), numberText(reading.value, 6),
                reading.smoothed ? numberText(*reading.smoothed, 6) : QStringLiteral("—"),
                i == 0 ? QStringLiteral("—") : numberText(reading.value - readings.front().value, 4) });
    }
}

// Buckets over what is in view: their lowest and highest, so that no spike is missing here either.
void fillOver(QTableWidget& table, const PlotContent& content, std::pair<double, double> range)
{
    for (const PlotCurve& curve : content.curves) {
        const SampleSpan span = isDrawn(curve) ? samplesWithin(curve, range.first, range.second) : SampleSpan {};
        if (span.last <= span.first) {
            continue;
        }
        const RunSeries& series = curve.series->inOrder(curve.x);
        for (const RunSeries::Bucket& bucket : series.buckets(span.first, span.last, kRows)) {
            const QString first = xText(series.x(bucket.first, curve.x), content.xUnit);
            const QString last = xText(series.x(bucket.last - 1, curve.x), content.xUnit);
            const auto number
                = [&](double value) { return bucket.empty ? QStringLiteral("—") : numberText(value * curve.scale, 6); };
            addRow(table,
                { nameOf(curve), first == last ? first : QStringLiteral("%1 – %2").arg(first, last),
                    countText(static_cast<qint64>(bucket.last - bucket.first)), number(bucket.minimum),
                    number(series.mean(bucket.first, bucket.last)), number(bucket.maximum) });
        }
    }
}

} // namespace

PlotTableDialog::PlotTableDialog(
    const PlotContent& content, std::optional<double> cursor, std::pair<double, double> range, QWidget* parent)
    : QDialog(parent)
{
    setObjectName(QStringLiteral("plotTableDialog"));
    setWindowTitle(content.title.isEmpty() ? tr("Values") : tr("%1: values").arg(content.title));
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 20, 24, 20);
    layout->setSpacing(kGap);
    const QString unit = xUnitName(content.xUnit);
    const double x = cursor.value_or(range.second);
    SmoothedCache cache;
    const auto addTitle = [&](const QString& text) {
        auto* const label = new QLabel(text, this);
        Theme::setRole(label, "heading");
        layout->addWidget(label);
    };
    addTitle(cursor ? tr("At the cursor, %1").arg(xText(x, content.xUnit)) : tr("At the end of the visible range"));
    QTableWidget* const at = makeTable(
        "valuesAtCursor", { tr("curve"), unit, tr("value"), tr("smoothed"), tr("difference to the first") }, this);
    at->setAccessibleName(tr("Values at one place"));
    fillAt(*at, content, x, cache);
    layout->addWidget(at, 1);
    addTitle(tr("Over the visible range"));
    QTableWidget* const over
        = makeTable("valuesInView", { tr("curve"), unit, tr("points"), tr("lowest"), tr("mean"), tr("highest") }, this);
    over->setAccessibleName(tr("Values over the visible range"));
    fillOver(*over, content, range);
    layout->addWidget(over, 2);
    auto* const buttons = new QHBoxLayout;
    auto* const copy = new QPushButton(tr("&Copy both"), this);
    copy->setObjectName(QStringLiteral("copyTableButton"));
    auto* const close = new QPushButton(tr("C&lose"), this);
    close->setObjectName(QStringLiteral("closeTableButton"));
    buttons->addStretch(1);
    buttons->addWidget(copy);
    buttons->addWidget(close);
    layout->addLayout(buttons);
    connect(close, &QPushButton::clicked, this, &QDialog::close);
    connect(copy, &QPushButton::clicked, this, [copy, at, over] {
        QGuiApplication::clipboard()->setText(asText(*at) + QStringLiteral("\n\n") + asText(*over));
        copy->setText(tr("Copied"));
    });
    const int character = fontMetrics().averageCharWidth();
    const QSize wanted(character * 112, fontMetrics().height() * 32);
    resize(parentWidget() ? wanted.boundedTo(parentWidget()->window()->size()) : wanted);
}

} // namespace nabiz::ui
