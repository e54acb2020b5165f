// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/watch/smoothing_slider.h"

#include "ui/theme/theme.h"

#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSlider>

#include <algorithm>
#include <cmath>

namespace nabiz::ui {
namespace {

constexpr double kWidest = 100'001, kHeaviest = 0.9999;
constexpr int kSteps = 1000; // of the slider

// Widths by their logarithm, weights by how little of the newest value is left.
double amountAt(SmoothingKind kind, int step)
{
    const double share = static_cast<double>(step) / kSteps;
    return kind == SmoothingKind::Mean ? std::round(std::pow(kWidest, share))
                                       : std::min(kHeaviest, 1 - std::pow(1 - kHeaviest, share));
}

int stepOf(SmoothingKind kind, double amount)
{
    const double share = kind == SmoothingKind::Mean
        ? std::log(std::max(amount, 1.0)) / std::log(kWidest)
        : std::log(1 - std::min(amount, kHeaviest)) / std::log(1 - kHeaviest);
    return static_cast<int>(std::lround(share * kSteps));
}

} // namespace

SmoothingSlider::SmoothingSlider(QWidget* parent)
    : QWidget(parent)
    , m_name(new QLabel(this))
    , m_slider(new QSlider(Qt::Horizontal, this))
    , m_value(new QDoubleSpinBox(this))
{
    m_slider->setObjectName(QStringLiteral("smoothingSlider"));
    m_value->setObjectName(QStringLiteral("smoothingValue"));
    m_slider->setRange(0, kSteps);
    m_slider->setPageStep(kSteps / 10);
    m_slider->setMinimumWidth(fontMetrics().averageCharWidth() * 24);
    m_value->setKeyboardTracking(false);
    m_name->setBuddy(m_value);
    auto* const line = new QHBoxLayout(this);
    line->setContentsMargins(kMargin, 4, kMargin, 4);
    line->setSpacing(kGap);
    line->addWidget(m_name);
    line->addWidget(m_slider, 1);
    line->addWidget(m_value);
    connect(m_slider, &QSlider::valueChanged, this, [this](int step) { choose(amountAt(m_kind, step)); });
    connect(m_value, &QDoubleSpinBox::valueChanged, this, &SmoothingSlider::choose);
    retranslate();
}

Smoothing SmoothingSlider::sound(Smoothing smoothing)
{
    if (smoothing.kind == SmoothingKind::Mean && smoothing.amount >= 2 && smoothing.amount <= kWidest) {
        return smoothing;
    }
    if (smoothing.kind == SmoothingKind::Exponential && smoothing.amount > 0 && smoothing.amount <= kHeaviest) {
        return smoothing;
    }
    return smoothing.kind == SmoothingKind::None ? Smoothing() : kUsualSmoothing;
}

void SmoothingSlider::show(Smoothing smoothing)
{
    m_kind = smoothing.kind == SmoothingKind::None ? m_kind : smoothing.kind;
    const bool isMean = m_kind == SmoothingKind::Mean;
    const double amount = smoothing.kind == SmoothingKind::None ? (isMean ? 1 : 0) : smoothing.amount;
    const QSignalBlocker slider(m_slider), value(m_value);
    m_value->setDecimals(isMean ? 0 : 4);
    m_value->setRange(isMean ? 1 : 0, isMean ? kWidest : kHeaviest);
    m_value->setSingleStep(isMean ? 2 : 0.01);
    m_value->setValue(amount);
    m_slider->setValue(stepOf(m_kind, amount));
    retranslate();
}

void SmoothingSlider::retranslate()
{
    m_name->setText(m_kind == SmoothingKind::Mean ? tr("&Mean of batches") : tr("&Weight of what came before"));
    m_slider->setAccessibleName(tr("Smoothing"));
    m_value->setAccessibleName(tr("Smoothing"));
}

void SmoothingSlider::choose(double amount)
{
    const bool isNone = m_kind == SmoothingKind::Mean ? amount < 2 : amount <= 0;
    const Smoothing smoothing = isNone ? Smoothing() : Smoothing { m_kind, amount };
    show(smoothing);
    Q_EMIT chosen(smoothing);
}

} // namespace nabiz::ui
