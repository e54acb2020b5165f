// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/compare_legend.h"

#include "ui/models/run_catalog.h"
#include "ui/theme/theme.h"
#include "ui/widgets/number_text.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPixmap>
#include <QPushButton>
#include <QSignalBlocker>

#include <algorithm>

namespace nabiz::ui {
namespace {

QIcon swatch(const QColor& color, bool shown, double ratio)
{
    QPixmap pixmap(QSize(12, 12) * ratio);
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(color, 1.5));
    painter.setBrush(shown ? QBrush(color) : QBrush(Qt::NoBrush)); // not by colour alone
    painter.drawRoundedRect(QRectF(1, 1, 10, 10), 3, 3);
    return QIcon(pixmap);
}

} // namespace

CompareLegend::CompareLegend(QWidget* parent)
    : QWidget(parent)
    , m_line(new QHBoxLayout(this))
{
    setObjectName(QStringLiteral("compareLegend"));
    m_line->setContentsMargins(0, 0, 0, 0);
    m_line->setSpacing(4);
    m_line->addStretch(1);
}

void CompareLegend::setRuns(
    const RunCatalog& catalog, const std::vector<storage::RunId>& runs, const CompareOptions& options)
{
    m_catalog = &catalog;
    m_options = options;
    if (runs != m_runs) {
        m_runs = runs;
        for (const auto& [run, button] : m_buttons) {
            button->deleteLater();
        }
        m_buttons.clear();
        for (std::size_t i = 0; i < runs.size(); ++i) {
            auto* const button = new QPushButton(this);
            button->setObjectName(QStringLiteral("legendButton%1").arg(runs[i]));
            button->setCheckable(true);
            button->setProperty("segment", true);
            button->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
            m_line->insertWidget(static_cast<int>(i), button);
            m_buttons[runs[i]] = button;
            connect(
                button, &QPushButton::toggled, this, [this, run = runs[i]](bool shown) { Q_EMIT toggled(run, shown); });
        }
    }
    for (std::size_t i = 0; i < runs.size(); ++i) {
        QPushButton* const button = m_buttons[runs[i]];
        const bool shown = !options.hidden.contains(runs[i]);
        const QSignalBlocker quiet(button);
        button->setChecked(shown);
        button->setIcon(swatch(compareColor(runs[i], i == 0), shown, devicePixelRatioF()));
        button->setToolTip(shown ? tr("Hide this curve") : tr("Show this curve"));
    }
    showAt(std::nullopt);
}

void CompareLegend::showAt(std::optional<double> x)
{
    for (const auto& [run, button] : m_buttons) {
        const RunDetail* const detail = m_catalog->detail(run);
        if (!detail) {
            continue;
        }
        QString text = QString::fromStdString(detail->overview.run.name);
        if (const RunSeries* const series = detail->find(m_options.metric)) {
            const XScale scale = xScaleOf(*detail, m_options.xUnit);
            const double at = x.value_or(series->x(series->size() - 1, scale));
            const std::size_t i = series->lastAtOrBefore(at, scale);
            if (i < series->size()) {
                const double value = series->value(i);
                text += QStringLiteral("  ") + (series->unit() == "bytes" ? bytesText(value) : numberText(value));
            }
        }
        if (button->text() != text) {
            button->setText(text);
            button->setAccessibleName(text);
        }
    }
}

} // namespace nabiz::ui
