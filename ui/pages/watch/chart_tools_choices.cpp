// SPDX-License-Identifier: GPL-3.0-or-later
// What the boxes over Watch's charts offer, and what is kept of them.
#include "ui/pages/watch/chart_tools.h"
#include "ui/pages/watch/smoothing_slider.h"

#include <QAction>
#include <QMenu>

#include <algorithm>

namespace nabiz::ui {

// How much of the end a live run's charts show, in the axis's own unit.
void ChartTools::fillLengths()
{
    m_lengths->clear();
    std::vector<double> lengths { 0, 1000, 10'000, 100'000 };
    if (isTime(m_options.xUnit)) {
        lengths = { 0, 60, 600, 3600 };
    } else if (m_options.xUnit == XUnit::Epoch) {
        lengths = { 0, 1, 10 };
    }
    for (const double length : lengths) {
        const QString name = length == 0 ? tr("&All of it")
            : isTime(m_options.xUnit)
            ? tr("The last %1").arg(xLengthText(length, m_options.xUnit))
            : tr("The last %1 (%2)").arg(xLengthText(length, m_options.xUnit), xUnitName(m_options.xUnit));
        QAction* const action = m_lengths->addAction(name);
        action->setObjectName(QStringLiteral("follow%1").arg(length));
        connect(action, &QAction::triggered, this, [this, length] { Q_EMIT followedLengthChosen(length); });
    }
}

void ChartTools::setUnits(const std::vector<XUnit>& units)
{
    const bool has = std::find(units.begin(), units.end(), m_wishedUnit) != units.end();
    m_options.xUnit = has ? m_wishedUnit : XUnit::Batch;
    if (units != m_units) {
        m_units = units;
        fillUnits();
        fillLengths();
    }
}

QJsonObject ChartTools::choices() const
{
    return { { QStringLiteral("x"), static_cast<int>(m_wishedUnit) },
        { QStringLiteral("smoothing"), static_cast<int>(m_options.smoothing.kind) },
        { QStringLiteral("smoothing_amount"), m_options.smoothing.amount } };
}

void ChartTools::restoreChoices(const QJsonObject& choices)
{
    m_wishedUnit = unitOfNumber(choices.value(QStringLiteral("x")).toInt(static_cast<int>(m_wishedUnit)));
    const int kind = choices.value(QStringLiteral("smoothing")).toInt(static_cast<int>(m_options.smoothing.kind));
    const double amount = choices.value(QStringLiteral("smoothing_amount")).toDouble(m_options.smoothing.amount);
    setSmoothing(SmoothingSlider::sound({ static_cast<SmoothingKind>(kind), amount }));
}

} // namespace nabiz::ui
