// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/watch/chart_view_menu.h"

#include "ui/text/explanation.h"

#include <QAction>
#include <QMenu>
#include <QWhatsThis>
#include <QWidgetAction>

#include <vector>

namespace nabiz::ui {

ChartViewMenu::ChartViewMenu(WatchOptions& options, QWidget* smoothing, QWidget* parent)
    : QToolButton(parent)
    , m_options(options)
    , m_lengths(new QMenu(this))
    , m_logX(addOption("logXAction", &WatchOptions::logX))
    , m_clip(addOption("clipAction", &WatchOptions::clipOutliers))
    , m_marks(addOption("marksAction", &WatchOptions::marks))
    , m_rate(addOption("rateAction", &WatchOptions::rate))
    , m_linked(addOption("linkedAction", &WatchOptions::linked))
    , m_values(new QAction(this))
    , m_save(new QAction(this))
    , m_what(new QAction(this))
    , m_copy(new QAction(this))
{
    setObjectName(QStringLiteral("viewButton"));
    m_lengths->setObjectName(QStringLiteral("followMenu"));
    m_values->setObjectName(QStringLiteral("valuesAction"));
    m_save->setObjectName(QStringLiteral("saveChartsAction"));
    m_copy->setObjectName(QStringLiteral("copyChartAction"));
    m_what->setObjectName(QStringLiteral("whatAreMarksAction"));
    m_values->setCheckable(true);
    m_values->setChecked(true);
    auto* const slider = new QWidgetAction(this);
    slider->setDefaultWidget(smoothing);
    auto* const menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("viewMenu"));
    menu->addMenu(m_lengths);
    menu->addAction(slider);
    menu->addSeparator();
    menu->addActions({ m_logX, m_clip, m_marks, m_values, m_rate, m_linked });
    menu->addSeparator();
    menu->addActions({ m_copy, m_save });
    menu->addSeparator();
    menu->addAction(m_what);
    setMenu(menu);
    setPopupMode(QToolButton::InstantPopup);
    setToolButtonStyle(Qt::ToolButtonTextOnly);
    setFocusPolicy(Qt::StrongFocus);
    connect(m_what, &QAction::triggered, this,
        [this] { QWhatsThis::showText(mapToGlobal(rect().bottomLeft()), marksExplanation(), this); });
    connect(m_values, &QAction::toggled, this, &ChartViewMenu::valuesToggled);
    connect(m_save, &QAction::triggered, this, &ChartViewMenu::saveRequested);
    connect(m_copy, &QAction::triggered, this, &ChartViewMenu::copyRequested);
}

QAction* ChartViewMenu::addOption(const char* name, bool WatchOptions::*option)
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

// How much of the end a live run's charts show, in the axis's own unit.
void ChartViewMenu::fillLengths()
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
        connect(action, &QAction::triggered, this, [this, length] { Q_EMIT lengthChosen(length); });
    }
}

void ChartViewMenu::retranslate()
{
    setText(tr("View ▾"));
    setAccessibleName(tr("How the charts are drawn"));
    m_lengths->setTitle(tr("&Follow"));
    m_logX->setText(tr("Logarithmic &x axis") + QStringLiteral("\tX"));
    m_clip->setText(tr("Clip &outliers") + QStringLiteral("\tO"));
    m_marks->setText(tr("&Marks of what happened"));
    m_rate->setText(tr("Chart of the &learning rate"));
    m_linked->setText(tr("One x ran&ge for all charts"));
    m_values->setText(tr("&Values beside the cursor") + QStringLiteral("\tV"));
    m_copy->setText(tr("Copy the loss as a &picture"));
    m_save->setText(tr("&Save charts…"));
    m_what->setText(tr("What &are the marks?"));
    fillLengths();
}

void ChartViewMenu::setValuesShown(bool shown)
{
    m_values->setChecked(shown);
}

void ChartViewMenu::toggleLogX()
{
    if (m_options.xUnit != XUnit::WallTime) {
        m_logX->toggle();
    }
}

void ChartViewMenu::toggleClip()
{
    m_clip->toggle();
}

} // namespace nabiz::ui
