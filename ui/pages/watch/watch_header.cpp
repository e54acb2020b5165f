// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/watch/watch_header.h"

#include "ui/text/message_text.h"
#include "ui/text/number_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/quiet_combo_box.h"

#include <QBoxLayout>
#include <QEvent>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>

#include <algorithm>

namespace nabiz::ui {
namespace {

QString progressText(const storage::RunOverview& run)
{
    const QString status = statusName(run.run.status);
    const std::int64_t done = run.summary.batches;
    if (done == 0) {
        return status;
    }
    if (run.run.plannedBatches > 0 && done < run.run.plannedBatches) {
        return WatchHeader::tr("%1 · %2 of %3").arg(status, countText(done), countText(run.run.plannedBatches));
    }
    return WatchHeader::tr("%1 · %2 batches").arg(status, countText(done));
}

QString followText(bool following, bool live)
{
    return !live    ? WatchHeader::tr("Show all")
        : following ? WatchHeader::tr("Following")
                    : WatchHeader::tr("Following paused");
}

} // namespace

WatchHeader::WatchHeader(QWidget* parent)
    : QWidget(parent)
    , m_tools(new QWidget(this))
    , m_name(new ElidedLabel(this))
    , m_nameEdit(new QLineEdit(this))
    , m_pill(new QLabel(this))
    , m_why(new ElidedLabel(this))
    , m_more(new QToolButton(this))
    , m_rename(new QAction(this))
    , m_editAsNew(new QAction(this))
    , m_xUnit(new QuietComboBox(this))
    , m_log(new QPushButton(this))
    , m_smoothing(new QuietComboBox(this))
    , m_view(new QToolButton(this))
    , m_lengths(new QMenu(this))
    , m_logX(addOption("logXAction", &WatchOptions::logX))
    , m_clip(addOption("clipAction", &WatchOptions::clipOutliers))
    , m_marks(addOption("marksAction", &WatchOptions::marks))
    , m_rate(addOption("rateAction", &WatchOptions::rate))
    , m_linked(addOption("linkedAction", &WatchOptions::linked))
    , m_values(new QAction(this))
    , m_save(new QAction(this))
    , m_copy(new QAction(this))
    , m_follow(new QPushButton(this))
{
    assemble();
    retranslate();
    m_nameEdit->hide();
    m_nameEdit->installEventFilter(this);
    m_name->installEventFilter(this);
    connect(m_rename, &QAction::triggered, this, &WatchHeader::beginRename);
    connect(m_editAsNew, &QAction::triggered, this, [this] { Q_EMIT editAsNewRequested(m_run); });
    connect(m_nameEdit, &QLineEdit::editingFinished, this, [this] { endRename(true); });
    connect(m_xUnit, &QComboBox::currentIndexChanged, this, [this](int index) {
        if (index >= 0) {
            m_options.xUnit = m_wishedUnit = m_units[static_cast<std::size_t>(index)];
            fillLengths();
            Q_EMIT optionsChanged();
        }
    });
    connect(m_smoothing, &QComboBox::currentIndexChanged, this, [this](int index) {
        if (index >= 0) {
            m_options.smoothing = smoothings()[static_cast<std::size_t>(index)];
            Q_EMIT optionsChanged();
        }
    });
    connect(m_log, &QPushButton::toggled, this, [this](bool on) {
        m_options.logY = on;
        Q_EMIT optionsChanged();
    });
    connect(m_follow, &QPushButton::clicked, this, &WatchHeader::followRequested);
    connect(m_values, &QAction::toggled, this, &WatchHeader::valuesToggled);
    connect(m_save, &QAction::triggered, this, &WatchHeader::saveRequested);
    connect(m_copy, &QAction::triggered, this, &WatchHeader::copyRequested);
}

void WatchHeader::assemble()
{
    m_nameEdit->setObjectName(QStringLiteral("nameEdit"));
    m_pill->setObjectName(QStringLiteral("statusPill"));
    m_name->setObjectName(QStringLiteral("runName"));
    m_why->setObjectName(QStringLiteral("runWhy"));
    m_more->setObjectName(QStringLiteral("moreButton"));
    m_rename->setObjectName(QStringLiteral("renameAction"));
    m_editAsNew->setObjectName(QStringLiteral("editAsNewAction"));
    m_xUnit->setObjectName(QStringLiteral("xUnitBox"));
    m_log->setObjectName(QStringLiteral("logButton"));
    m_smoothing->setObjectName(QStringLiteral("smoothingBox"));
    m_follow->setObjectName(QStringLiteral("followButton"));
    Theme::setRole(m_name, "title");
    Theme::setRole(m_pill, "pill");
    m_pill->setMinimumHeight(fontMetrics().height() + 4); // lower, its round ends would not be drawn
    Theme::setRole(m_why, "dim");
    m_log->setCheckable(true);
    m_log->setChecked(m_options.logY);
    m_log->setProperty("segment", true);
    m_follow->setCheckable(true);
    m_follow->setProperty("segment", true);
    makeViewMenu();
    auto* const menu = new QMenu(m_more);
    menu->addAction(m_rename);
    menu->addAction(m_editAsNew);
    m_more->setMenu(menu);
    m_more->setPopupMode(QToolButton::InstantPopup);
    m_more->setFocusPolicy(Qt::StrongFocus);
    m_more->setIcon(Theme::icon(QStringLiteral("menu")));
    m_name->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    m_name->setMinimumWidth(12 * fontMetrics().averageCharWidth());
    m_why->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    QSizePolicy keepsRoom = m_follow->sizePolicy(); // what comes and goes must not shift the others
    keepsRoom.setRetainSizeWhenHidden(true);
    m_follow->setSizePolicy(keepsRoom);
    layOut();
}

// A long name gives way to the tools, never they to it.
void WatchHeader::layOut()
{
    auto* const line = new QBoxLayout(QBoxLayout::LeftToRight, this);
    line->setContentsMargins(0, 0, kGap, 0);
    line->setSpacing(kGap);
    auto* const title = new QHBoxLayout;
    title->setSpacing(12);
    title->addWidget(m_name);
    title->addWidget(m_nameEdit, 1);
    title->addWidget(m_pill, 0, Qt::AlignVCenter);
    title->addWidget(m_why, 2);
    title->addWidget(m_more);
    auto* const tools = new QHBoxLayout(m_tools);
    tools->setContentsMargins(0, 0, 0, 0);
    tools->setSpacing(12);
    for (QWidget* const widget : { static_cast<QWidget*>(m_xUnit), static_cast<QWidget*>(m_log),
             static_cast<QWidget*>(m_smoothing), static_cast<QWidget*>(m_view), static_cast<QWidget*>(m_follow) }) {
        tools->addWidget(widget);
    }
    tools->addStretch(1);
    line->addLayout(title, 1);
    line->addWidget(m_tools);
}

void WatchHeader::arrange()
{
    const int title = 44 * fontMetrics().averageCharWidth(); // a name, its status and a few words
    const bool fits = width() >= title + m_tools->sizeHint().width();
    static_cast<QBoxLayout*>(layout())->setDirection(fits ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
}

QSize WatchHeader::minimumSizeHint() const
{
    return { m_tools->minimumSizeHint().width() + kGap, QWidget::minimumSizeHint().height() };
}

void WatchHeader::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void WatchHeader::retranslate()
{
    m_rename->setText(tr("Rename"));
    m_editAsNew->setText(tr("Edit as new"));
    m_more->setToolTip(tr("What can be done with this run"));
    m_more->setAccessibleName(m_more->toolTip());
    m_log->setText(tr("log y"));
    m_log->setToolTip(tr("Logarithmic loss axis (L)"));
    m_xUnit->setAccessibleName(tr("Unit of the x axis"));
    m_smoothing->setAccessibleName(tr("Smoothing of the loss"));
    m_nameEdit->setAccessibleName(tr("Name of the run"));
    retranslateView();
    for (QComboBox* const box : { m_xUnit, m_smoothing }) {
        box->setMinimumWidth(box->sizeHint().width());
    }
    int widest = 0;
    for (const bool live : { false, true }) {
        for (const bool following : { false, true }) {
            m_follow->setText(followText(following, live));
            widest = std::max(widest, m_follow->sizeHint().width());
        }
    }
    m_follow->setFixedWidth(widest);
    arrange();
}

void WatchHeader::showRun(const storage::RunOverview& run)
{
    if (run.run.id != m_run) {
        endRename(false);
    }
    m_run = run.run.id;
    m_name->setFullText(QString::fromStdString(run.run.name));
    const QString progress = progressText(run);
    if (m_pill->text() != progress) {
        m_pill->setText(progress);
    }
    m_why->setFullText(QString::fromStdString(run.run.why));
}

void WatchHeader::setFollowing(bool following, bool live)
{
    m_follow->setChecked(following);
    m_follow->setText(followText(following, live));
    m_follow->setToolTip(live ? tr("Show the whole run and go along with it (End)") : tr("Show the whole run (Home)"));
    m_follow->setVisible(live || !following);
}

void WatchHeader::toggleLog()
{
    m_log->toggle();
}

void WatchHeader::beginRename()
{
    m_nameEdit->setText(m_name->fullText());
    m_name->hide();
    m_nameEdit->show();
    m_nameEdit->selectAll();
    m_nameEdit->setFocus();
}

void WatchHeader::endRename(bool keep)
{
    if (m_nameEdit->isHidden()) {
        return;
    }
    m_nameEdit->hide();
    m_name->show();
    const QString name = m_nameEdit->text().trimmed();
    if (keep && !name.isEmpty() && name != m_name->fullText()) {
        Q_EMIT renameRequested(m_run, name);
    }
}

bool WatchHeader::eventFilter(QObject* object, QEvent* event)
{
    if (object == m_name && event->type() == QEvent::MouseButtonDblClick) {
        beginRename();
        return true;
    }
    if (object == m_nameEdit && event->type() == QEvent::KeyPress
        && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        endRename(false);
        return true;
    }
    return QWidget::eventFilter(object, event);
}

} // namespace nabiz::ui
