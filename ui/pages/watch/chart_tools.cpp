// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/watch/chart_tools.h"

#include "ui/pages/watch/smoothing_slider.h"
#include "ui/text/explanation.h"
#include "ui/theme/theme.h"
#include "ui/widgets/quiet_combo_box.h"

#include <QAction>
#include <QHBoxLayout>
#include <QMenu>
#include <QPushButton>
#include <QSignalBlocker>
#include <QToolButton>
#include <QWhatsThis>
#include <QWidgetAction>

#include <algorithm>
#include <iterator>

namespace nabiz::ui {
namespace {

using enum SmoothingKind;
constexpr int kLeastBox = 110; // px
constexpr Smoothing kSmoothings[] = { {}, { Mean, 5 }, kUsualSmoothing, { Mean, 101 }, { Mean, 1001 }, { Mean, 10'001 },
    { Exponential, 0.6 }, { Exponential, 0.9 }, { Exponential, 0.96 }, { Exponential, 0.99 } };

QString followText(bool following, bool live)
{
    return !live    ? ChartTools::tr("Show all")
        : following ? ChartTools::tr("Following")
                    : ChartTools::tr("Following paused");
}

} // namespace

ChartTools::ChartTools(QWidget* parent)
    : QWidget(parent)
    , m_xUnit(new QuietComboBox(this))
    , m_log(new QPushButton(this))
    , m_smoothing(new QuietComboBox(this))
    , m_slider(new SmoothingSlider(this))
    , m_view(new QToolButton(this))
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
    , m_follow(new QPushButton(this))
{
    assemble();
    retranslate();
    connectBoxes();
}

void ChartTools::connectBoxes()
{
    connect(m_xUnit, &QComboBox::currentIndexChanged, this, [this](int index) {
        if (index >= 0) {
            m_options.xUnit = m_wishedUnit = m_units[static_cast<std::size_t>(index)];
            fillLengths();
            Q_EMIT optionsChanged();
        }
    });
    connect(m_smoothing, &QComboBox::currentIndexChanged, this, [this](int index) {
        if (index >= 0 && index < static_cast<int>(std::size(kSmoothings))) {
            setSmoothing(kSmoothings[index]);
        }
    });
    connect(m_slider, &SmoothingSlider::chosen, this, &ChartTools::setSmoothing);
    connect(m_log, &QPushButton::toggled, this, [this](bool on) {
        m_options.logY = on;
        Q_EMIT optionsChanged();
    });
    connect(m_follow, &QPushButton::clicked, this, &ChartTools::followRequested);
    connect(m_values, &QAction::toggled, this, &ChartTools::valuesToggled);
    connect(m_save, &QAction::triggered, this, &ChartTools::saveRequested);
    connect(m_copy, &QAction::triggered, this, &ChartTools::copyRequested);
}

void ChartTools::assemble()
{
    m_xUnit->setObjectName(QStringLiteral("xUnitBox"));
    m_log->setObjectName(QStringLiteral("logButton"));
    m_smoothing->setObjectName(QStringLiteral("smoothingBox"));
    m_follow->setObjectName(QStringLiteral("followButton"));
    m_log->setCheckable(true);
    m_log->setChecked(m_options.logY);
    m_log->setProperty("segment", true);
    m_follow->setCheckable(true);
    m_follow->setProperty("segment", true);
    makeViewMenu();
    for (QComboBox* const box : { m_xUnit, m_smoothing })
        box->setMinimumWidth(kLeastBox); // the longest choice is seldom the chosen one
    QSizePolicy keepsRoom = m_follow->sizePolicy(); // what comes and goes must not shift the others
    keepsRoom.setRetainSizeWhenHidden(true);
    m_follow->setSizePolicy(keepsRoom);
    auto* const line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(12);
    for (QWidget* const widget : std::initializer_list<QWidget*> { m_xUnit, m_log, m_smoothing, m_view, m_follow }) {
        line->addWidget(widget);
    }
    line->addStretch(1);
}

void ChartTools::add(QWidget* button)
{
    auto* const line = static_cast<QHBoxLayout*>(layout());
    line->insertWidget(line->indexOf(m_view) + 1, button);
    button->show();
    setTabOrder(m_view, button);
    setTabOrder(button, m_follow);
}

void ChartTools::retranslate()
{
    m_log->setText(tr("log y"));
    m_log->setToolTip(tr("Logarithmic loss axis (L)"));
    m_xUnit->setAccessibleName(tr("Unit of the x axis"));
    m_smoothing->setAccessibleName(tr("Smoothing of the loss"));
    retranslateView();
    int widest = 0;
    for (const bool live : { false, true }) {
        for (const bool following : { false, true }) {
            m_follow->setText(followText(following, live));
            widest = std::max(widest, m_follow->sizeHint().width());
        }
    }
    m_follow->setFixedWidth(widest);
}

void ChartTools::setFollowing(bool following, bool live)
{
    m_follow->setChecked(following);
    m_follow->setText(followText(following, live));
    m_follow->setToolTip(live ? tr("Show the whole run and go along with it (End)") : tr("Show the whole run (Home)"));
    m_follow->setVisible(live || !following);
}

void ChartTools::toggleLog()
{
    m_log->toggle();
}

QAction* ChartTools::addOption(const char* name, bool WatchOptions::*option)
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
void ChartTools::makeViewMenu()
{
    m_view->setObjectName(QStringLiteral("viewButton"));
    m_lengths->setObjectName(QStringLiteral("followMenu"));
    m_values->setObjectName(QStringLiteral("valuesAction"));
    m_save->setObjectName(QStringLiteral("saveChartsAction"));
    m_copy->setObjectName(QStringLiteral("copyChartAction"));
    m_what->setObjectName(QStringLiteral("whatAreMarksAction"));
    m_values->setCheckable(true);
    m_values->setChecked(true);
    auto* const slider = new QWidgetAction(this);
    slider->setDefaultWidget(m_slider);
    m_slider->show(m_options.smoothing);
    auto* const menu = new QMenu(m_view);
    menu->setObjectName(QStringLiteral("viewMenu"));
    menu->addMenu(m_lengths);
    menu->addAction(slider);
    menu->addSeparator();
    menu->addActions({ m_logX, m_clip, m_marks, m_values, m_rate, m_linked });
    menu->addSeparator();
    menu->addActions({ m_copy, m_save });
    menu->addSeparator();
    menu->addAction(m_what);
    connect(m_what, &QAction::triggered, m_view,
        [this] { QWhatsThis::showText(m_view->mapToGlobal(m_view->rect().bottomLeft()), marksExplanation(), m_view); });
    m_view->setMenu(menu);
    m_view->setPopupMode(QToolButton::InstantPopup);
    m_view->setToolButtonStyle(Qt::ToolButtonTextOnly);
    m_view->setFocusPolicy(Qt::StrongFocus);
}

void ChartTools::retranslateView()
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
    m_what->setText(tr("What &are the marks?"));
    m_slider->retranslate();
    fillUnits();
    fillSmoothings();
    fillLengths();
}

void ChartTools::fillUnits()
{
    const QSignalBlocker quiet(m_xUnit);
    m_xUnit->clear();
    for (const XUnit unit : m_units) {
        m_xUnit->addItem(tr("x: %1").arg(xUnitName(unit)));
        if (unit == m_options.xUnit) {
            m_xUnit->setCurrentIndex(m_xUnit->count() - 1);
        }
    }
}

void ChartTools::setSmoothing(Smoothing smoothing)
{
    m_options.smoothing = smoothing;
    m_slider->show(smoothing);
    fillSmoothings();
    Q_EMIT optionsChanged();
}

// One of the slider's own stands behind them.
void ChartTools::fillSmoothings()
{
    const QSignalBlocker quiet(m_smoothing);
    m_smoothing->clear();
    for (const Smoothing& smoothing : kSmoothings) {
        m_smoothing->addItem(smoothingName(smoothing));
        if (smoothing == m_options.smoothing) {
            m_smoothing->setCurrentIndex(m_smoothing->count() - 1);
        }
    }
    if (std::find(std::begin(kSmoothings), std::end(kSmoothings), m_options.smoothing) == std::end(kSmoothings)) {
        m_smoothing->addItem(smoothingName(m_options.smoothing));
        m_smoothing->setCurrentIndex(m_smoothing->count() - 1);
    }
}

void ChartTools::setValuesShown(bool shown)
{
    m_values->setChecked(shown);
}

void ChartTools::toggleLogX()
{
    if (m_options.xUnit != XUnit::WallTime) {
        m_logX->toggle();
    }
}

void ChartTools::toggleClip()
{
    m_clip->toggle();
}

} // namespace nabiz::ui
