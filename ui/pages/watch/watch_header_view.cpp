// SPDX-License-Identifier: GPL-3.0-or-later
// How Watch's charts are drawn: the boxes in the header and its View menu.
#include "ui/pages/watch/watch_header.h"

#include "ui/theme/theme.h"

#include <QAction>
#include <QComboBox>
#include <QMenu>
#include <QSignalBlocker>
#include <QToolButton>

#include <algorithm>

namespace nabiz::ui {
namespace {

using enum SmoothingKind;
constexpr Smoothing kSmoothings[] = { {}, { Mean, 5 }, kUsualSmoothing, { Mean, 101 }, { Mean, 1001 }, { Mean, 10'001 },
    { Exponential, 0.6 }, { Exponential, 0.9 }, { Exponential, 0.96 }, { Exponential, 0.99 } };

} // namespace

const std::vector<Smoothing>& WatchHeader::smoothings()
{
    static const std::vector<Smoothing> all(std::begin(kSmoothings), std::end(kSmoothings));
    return all;
}

QAction* WatchHeader::addOption(const char* name, bool WatchOptions::*option)
{
    auto* const action = new QAction(this);
    action->setObjectName(QLatin1String(name));
    action->setCheckable(true);
    action->setChecked(m_options.*option);
    connect(action, &QAction::toggled, this, [this, option](bool on) {
        m_options.*option = on;
        Q_EMIT optionsChanged();
    });
    return action;
}

// All that is not changed every day.
void WatchHeader::makeViewMenu()
{
    m_view->setObjectName(QStringLiteral("viewButton"));
    m_lengths->setObjectName(QStringLiteral("followMenu"));
    m_values->setObjectName(QStringLiteral("valuesAction"));
    m_save->setObjectName(QStringLiteral("saveChartsAction"));
    m_copy->setObjectName(QStringLiteral("copyChartAction"));
    m_values->setCheckable(true);
    m_values->setChecked(true);
    auto* const menu = new QMenu(m_view);
    menu->setObjectName(QStringLiteral("viewMenu"));
    menu->addMenu(m_lengths);
    menu->addSeparator();
    menu->addActions({ m_logX, m_clip, m_marks, m_values, m_rate, m_linked });
    menu->addSeparator();
    menu->addActions({ m_copy, m_save });
    m_view->setMenu(menu);
    m_view->setPopupMode(QToolButton::InstantPopup);
    m_view->setToolButtonStyle(Qt::ToolButtonTextOnly);
    m_view->setFocusPolicy(Qt::StrongFocus);
}

void WatchHeader::retranslateView()
{
    m_view->setText(tr("View ▾"));
    m_view->setAccessibleName(tr("How the charts are drawn"));
    m_lengths->setTitle(tr("&Follow"));
    m_logX->setText(tr("Logarithmic &x axis") + QStringLiteral("\tX"));
    m_clip->setText(tr("Clip &outliers") + QStringLiteral("\tO"));
    m_marks->setText(tr("&Marks of what happened"));
    m_rate->setText(tr("Chart of the &learning rate"));
    m_linked->setText(tr("One x ran&ge for all charts"));
    m_values->setText(tr("&Values beside the cursor") + QStringLiteral("\tV"));
    m_copy->setText(tr("Copy the loss as a &picture"));
    m_save->setText(tr("&Save charts…"));
    fillUnits();
    fillSmoothings();
    fillLengths();
}

void WatchHeader::fillUnits()
{
    const QSignalBlocker quiet(m_xUnit);
    m_xUnit->clear();
    for (const XUnit unit : m_units) {
        m_xUnit->addItem(tr("x: %1").arg(xUnitName(unit)));
        if (unit == m_options.xUnit) {
            m_xUnit->setCurrentIndex(m_xUnit->count() - 1);
        }
    }
    m_xUnit->setMinimumWidth(m_xUnit->sizeHint().width());
}

void WatchHeader::fillSmoothings()
{
    const QSignalBlocker quiet(m_smoothing);
    m_smoothing->clear();
    for (const Smoothing& smoothing : smoothings()) {
        m_smoothing->addItem(smoothingName(smoothing));
        if (smoothing == m_options.smoothing) {
            m_smoothing->setCurrentIndex(m_smoothing->count() - 1);
        }
    }
}

// How much of the end a live run's charts show, in the axis's own unit.
void WatchHeader::fillLengths()
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

void WatchHeader::setUnits(const std::vector<XUnit>& units)
{
    const bool has = std::find(units.begin(), units.end(), m_wishedUnit) != units.end();
    m_options.xUnit = has ? m_wishedUnit : XUnit::Batch;
    if (units != m_units) {
        m_units = units;
        fillUnits();
        fillLengths();
    }
}

QJsonObject WatchHeader::choices() const
{
    return { { QStringLiteral("x"), static_cast<int>(m_wishedUnit) },
        { QStringLiteral("smoothing"), static_cast<int>(m_options.smoothing.kind) },
        { QStringLiteral("smoothing_amount"), m_options.smoothing.amount } };
}

void WatchHeader::restoreChoices(const QJsonObject& choices)
{
    m_wishedUnit = unitOfNumber(choices.value(QStringLiteral("x")).toInt(static_cast<int>(m_wishedUnit)));
    for (const Smoothing& smoothing : smoothings()) {
        if (choices.value(QStringLiteral("smoothing")) == static_cast<int>(smoothing.kind)
            && choices.value(QStringLiteral("smoothing_amount")) == smoothing.amount) {
            m_options.smoothing = smoothing;
        }
    }
    fillSmoothings();
    Q_EMIT optionsChanged();
}

void WatchHeader::setValuesShown(bool shown)
{
    m_values->setChecked(shown);
}

void WatchHeader::toggleLogX()
{
    if (m_options.xUnit != XUnit::WallTime) {
        m_logX->toggle();
    }
}

void WatchHeader::toggleClip()
{
    m_clip->toggle();
}

} // namespace nabiz::ui
