// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/watch/chart_tools.h"

#include "ui/pages/watch/chart_view_menu.h"
#include "ui/pages/watch/smoothing_slider.h"
#include "ui/theme/theme.h"
#include "ui/widgets/quiet_combo_box.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QSignalBlocker>

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
    , m_view(new ChartViewMenu(m_options, m_slider, this))
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
            m_view->fillLengths();
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
    connect(m_view, &ChartViewMenu::optionsChanged, this, &ChartTools::optionsChanged);
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
    m_slider->show(m_options.smoothing);
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
    m_view->retranslate();
    m_slider->retranslate();
    fillUnits();
    fillSmoothings();
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

void ChartTools::setUnits(const std::vector<XUnit>& units)
{
    const bool has = std::find(units.begin(), units.end(), m_wishedUnit) != units.end();
    m_options.xUnit = has ? m_wishedUnit : XUnit::Batch;
    if (units != m_units) {
        m_units = units;
        fillUnits();
        m_view->fillLengths();
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
