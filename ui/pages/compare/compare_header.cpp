// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/compare/compare_header.h"

#include "ui/models/run_catalog.h"
#include "ui/pages/watch/watch_content.h"
#include "ui/text/message_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/quiet_combo_box.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <algorithm>

namespace nabiz::ui {
namespace {

constexpr int kBoxCharacters = 22; // a run's name may be a thousand

QComboBox* box(const char* name, QWidget* parent)
{
    auto* const made = new QuietComboBox(parent);
    made->setObjectName(QLatin1String(name));
    made->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    made->setMaximumWidth(parent->fontMetrics().averageCharWidth() * (kBoxCharacters + 8));
    return made;
}

QWidget* half(std::initializer_list<QWidget*> widgets, QWidget* parent)
{
    auto* const made = new QWidget(parent);
    auto* const line = new QHBoxLayout(made);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(12);
    for (QWidget* const widget : widgets) {
        line->addWidget(widget);
    }
    return made;
}

} // namespace

CompareHeader::CompareHeader(QWidget* parent)
    : QWidget(parent)
    , m_layout(new QBoxLayout(QBoxLayout::LeftToRight, this))
    , m_title(new QLabel(this))
    , m_baselineLabel(new QLabel(this))
    , m_baseline(box("baselineBox", this))
    , m_grouped(new QPushButton(this))
    , m_metric(box("metricBox", this))
    , m_xUnit(box("xUnitBox", this))
    , m_log(new QPushButton(this))
    , m_reported(new QPushButton(this))
    , m_report(new QPushButton(this))
{
    Theme::setRole(m_title, "title");
    Theme::setRole(m_baselineLabel, "dim");
    Theme::setAccent(m_report);
    m_baselineLabel->setBuddy(m_baseline);
    m_grouped->setObjectName(QStringLiteral("groupedButton"));
    m_log->setObjectName(QStringLiteral("logButton"));
    m_reported->setObjectName(QStringLiteral("reportedButton"));
    m_report->setObjectName(QStringLiteral("reportButton"));
    for (QPushButton* const button : { m_grouped, m_log }) {
        button->setCheckable(true);
        button->setProperty("segment", true);
    }
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(kGap);
    m_left = half({ m_title, m_baselineLabel, m_baseline, m_grouped }, this);
    m_right = half({ m_metric, m_xUnit, m_log, m_reported, m_report }, this);
    m_layout->addWidget(m_left);
    m_layout->addStretch(1);
    m_layout->addWidget(m_right);
    connect(m_baseline, &QComboBox::activated, this,
        [this](int index) { Q_EMIT baselineChosen(m_baseline->itemData(index).toLongLong()); });
    connect(m_metric, &QComboBox::activated, this,
        [this](int index) { Q_EMIT metricChosen(m_metric->itemData(index).toString()); });
    connect(m_xUnit, &QComboBox::activated, this,
        [this](int index) { Q_EMIT xUnitChosen(m_xUnit->itemData(index).toInt()); });
    connect(m_grouped, &QPushButton::toggled, this, &CompareHeader::groupedChosen);
    connect(m_log, &QPushButton::toggled, this, &CompareHeader::logChosen);
    connect(m_report, &QPushButton::clicked, this, &CompareHeader::reportRequested);
    connect(m_reported, &QPushButton::clicked, this, &CompareHeader::reportedRunRequested);
    retranslateUi();
}

void CompareHeader::show(const RunCatalog& catalog, const std::vector<storage::RunId>& runs, storage::RunId baseline,
    const CompareOptions& options, bool canGroup)
{
    const QSignalBlocker quiet[] = { QSignalBlocker(m_baseline), QSignalBlocker(m_metric), QSignalBlocker(m_xUnit),
        QSignalBlocker(m_grouped), QSignalBlocker(m_log) };
    m_baseline->clear();
    std::vector<const RunDetail*> details;
    m_reported->setVisible(std::ranges::none_of(runs,
        [&catalog](storage::RunId run) { return catalog.overview(run)->run.status == storage::RunStatus::Reference; }));
    for (const storage::RunId run : runs) {
        const QString name = QString::fromStdString(catalog.overview(run)->run.name);
        m_baseline->addItem(name.left(80), static_cast<qlonglong>(run));
        if (run == baseline) {
            m_baseline->setCurrentIndex(m_baseline->count() - 1);
        }
        if (const RunDetail* const detail = catalog.detail(run)) {
            details.push_back(detail);
        }
    }
    m_metric->clear();
    for (const std::string& metric : commonMetrics(catalog, runs)) {
        m_metric->addItem(tr("metric: %1").arg(metricLabel(metric)), QString::fromStdString(metric));
        if (metric == options.metric) {
            m_metric->setCurrentIndex(m_metric->count() - 1);
        }
    }
    m_xUnit->clear();
    for (const XUnit unit : xUnitsOf(details)) {
        m_xUnit->addItem(tr("x: %1").arg(xUnitName(unit)), static_cast<int>(unit));
        if (unit == options.xUnit) {
            m_xUnit->setCurrentIndex(m_xUnit->count() - 1);
        }
    }
    m_grouped->setChecked(options.grouped);
    m_grouped->setVisible(canGroup);
    m_log->setChecked(options.logY);
    arrange();
}

// Two lines where one has no room: no name or switch is cut off.
void CompareHeader::arrange()
{
    const bool fits = m_left->sizeHint().width() + m_right->sizeHint().width() + 2 * kGap <= width();
    m_layout->setDirection(fits ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    m_layout->setAlignment(m_left, fits ? Qt::Alignment() : Qt::AlignLeft);
    m_layout->setAlignment(m_right, fits ? Qt::Alignment() : Qt::AlignLeft);
}

void CompareHeader::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void CompareHeader::add(QWidget* button)
{
    auto* const line = static_cast<QHBoxLayout*>(m_right->layout());
    line->insertWidget(line->indexOf(m_report), button);
    button->show();
    setTabOrder(m_log, button);
    setTabOrder(button, m_report);
}

void CompareHeader::toggleLog()
{
    m_log->toggle();
}

void CompareHeader::retranslateUi()
{
    m_title->setText(tr("Compare"));
    m_baselineLabel->setText(tr("baseline"));
    m_baseline->setAccessibleName(tr("Baseline"));
    m_metric->setAccessibleName(tr("Metric of the chart"));
    m_xUnit->setAccessibleName(tr("Unit of the x axis"));
    m_grouped->setText(tr("seeds together"));
    m_grouped->setToolTip(tr("Runs that differ only in their seed are one curve: their mean, with a band"));
    m_log->setText(tr("log y"));
    m_log->setToolTip(tr("Logarithmic axis (L)"));
    m_reported->setText(tr("Beside the reported run"));
    m_reported->setToolTip(tr("The published T4 run that this program grew out of, as one more column"));
    m_report->setText(tr("Report…"));
}

} // namespace nabiz::ui
