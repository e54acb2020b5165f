// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/queue_panel.h"

#include "ui/models/run_catalog.h"
#include "ui/models/speed/measured_speed.h"
#include "ui/models/speed/queue_times.h"
#include "ui/text/message_text.h"
#include "ui/text/number_text.h"
#include "ui/theme/theme.h"

#include <QDateTime>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QListWidget>
#include <QLocale>
#include <QPainter>
#include <QPushButton>
#include <QStyledItemDelegate>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace nabiz::ui {

namespace {

constexpr int kMostRows = 5; // seen at once
constexpr int kTimesMs = 1000; // of a run that goes on
constexpr int kTimeRole = Qt::UserRole + 1; // how long it will take, as text

// The name, and at the right how long it will take.
class WaitingDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const QString time = index.data(kTimeRole).toString();
        const int width = time.isEmpty() ? 0 : option.fontMetrics.horizontalAdvance(time) + 2 * kGap;
        QStyleOptionViewItem whole = option;
        initStyleOption(&whole, index);
        whole.text = whole.fontMetrics.elidedText(whole.text, Qt::ElideMiddle, option.rect.width() - width - kGap);
        option.widget->style()->drawControl(QStyle::CE_ItemViewItem, &whole, painter, option.widget);
        painter->save();
        painter->setPen(Theme::colors().dim);
        painter->drawText(option.rect.adjusted(0, 0, -kGap, 0), Qt::AlignRight | Qt::AlignVCenter, time);
        painter->restore();
    }
};

qint64 runOf(const QListWidgetItem* item)
{
    return item ? item->data(Qt::UserRole).toLongLong() : 0;
}

} // namespace

QueuePanel::QueuePanel(RunCatalog& catalog, QWidget* parent)
    : QFrame(parent)
    , m_catalog(catalog)
    , m_title(new QLabel(this))
    , m_trains(new QLabel(this))
    , m_ends(new QLabel(this))
    , m_hint(new QLabel(this))
    , m_list(new QListWidget(this))
    , m_serve(new QPushButton(this))
    , m_up(new QToolButton(this))
    , m_down(new QToolButton(this))
    , m_remove(new QToolButton(this))
{
    setObjectName(QStringLiteral("queuePanel"));
    assemble();
    connect(m_serve, &QPushButton::clicked, this,
        [this] { Q_EMIT ordered({ m_served ? QueueOrder::Kind::Hold : QueueOrder::Kind::Serve }); });
    connect(m_up, &QToolButton::clicked, this, [this] { move(-1); });
    connect(m_down, &QToolButton::clicked, this, [this] { move(+1); });
    connect(m_remove, &QToolButton::clicked, this, &QueuePanel::remove);
    connect(m_list, &QListWidget::currentRowChanged, this, &QueuePanel::showButtons);
    // Queued: the view has taken the row away from where it was only after the drop.
    connect(m_list->model(), &QAbstractItemModel::rowsMoved, this, &QueuePanel::tellDrop, Qt::QueuedConnection);
    const auto again = [this](qint64 run) {
        if (m_runs.contains(run))
            fill();
    };
    connect(&catalog, &RunCatalog::runAdded, this, again);
    connect(&catalog, &RunCatalog::runChanged, this, again);
    connect(&catalog, &RunCatalog::runsReset, this, &QueuePanel::fill);
    m_timesTimer.setSingleShot(true);
    m_timesTimer.setInterval(kTimesMs);
    connect(&m_timesTimer, &QTimer::timeout, this, &QueuePanel::showTimes);
    connect(&catalog, &RunCatalog::parametersChanged, this, &QueuePanel::showTimes);
    connect(&catalog, &RunCatalog::pointsAppended, this, [this](qint64 run) {
        if (run == m_active && !m_timesTimer.isActive())
            m_timesTimer.start();
    });
    retranslateUi();
    hide();
}

void QueuePanel::assemble()
{
    m_title->setObjectName(QStringLiteral("queueTitle"));
    Theme::setRole(m_title, "heading");
    m_hint->setObjectName(QStringLiteral("queueHint"));
    m_hint->setWordWrap(true);
    Theme::setRole(m_hint, "small");
    m_trains->setObjectName(QStringLiteral("queueTrains"));
    m_ends->setObjectName(QStringLiteral("queueEnds"));
    for (QLabel* label : { m_trains, m_ends }) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
    }
    m_list->setObjectName(QStringLiteral("queueList"));
    m_list->setProperty("padded", true);
    m_list->setItemDelegate(new WaitingDelegate(m_list));
    m_list->setDragDropMode(QAbstractItemView::InternalMove);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setTextElideMode(Qt::ElideMiddle);
    m_list->installEventFilter(this);
    m_serve->setObjectName(QStringLiteral("queueServeButton"));
    m_serve->setProperty("small", true);
    m_up->setObjectName(QStringLiteral("queueUpButton"));
    m_up->setArrowType(Qt::UpArrow);
    m_down->setObjectName(QStringLiteral("queueDownButton"));
    m_down->setArrowType(Qt::DownArrow);
    m_remove->setObjectName(QStringLiteral("queueRemoveButton"));
    m_remove->setIcon(Theme::icon(QStringLiteral("close")));
    for (QToolButton* button : { m_up, m_down, m_remove })
        button->setFocusPolicy(Qt::TabFocus);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(4);
    buttons->addWidget(m_serve);
    buttons->addStretch(1);
    for (QToolButton* button : { m_up, m_down, m_remove })
        buttons->addWidget(button);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(kGap, kGap, kGap, kGap);
    layout->setSpacing(4);
    layout->addWidget(m_title);
    layout->addWidget(m_trains);
    layout->addWidget(m_list);
    layout->addWidget(m_ends);
    layout->addLayout(buttons);
    layout->addWidget(m_hint);
}

void QueuePanel::setQueue(const QList<qint64>& runs, bool served)
{
    m_runs = runs;
    m_served = served;
    fill();
    retranslateUi();
    if (m_runs.isEmpty() && isAncestorOf(focusWidget()) && parentWidget())
        parentWidget()->setFocus();
    setVisible(!m_runs.isEmpty());
}

void QueuePanel::setActive(qint64 run)
{
    m_active = run;
    showTimes();
}

// By the speed that was measured; nothing is said of what was not.
void QueuePanel::showTimes()
{
    const storage::RunOverview* active = m_catalog.overview(m_active);
    const trainer::SpeedForecast forecast = speedForecast(m_catalog);
    std::optional<double> all = 0;
    if (active) {
        all = secondsLeft(forecast, m_catalog, m_active);
        const QString name = shortName(QString::fromStdString(active->run.name));
        m_trains->setText(all ? tr("Trains: %1, %2 left").arg(name, durationText(*all)) : tr("Trains: %1").arg(name));
    }
    m_trains->setVisible(active != nullptr);
    for (int row = 0; row < m_list->count(); ++row) {
        const auto one = secondsLeft(forecast, m_catalog, runOf(m_list->item(row)));
        m_list->item(row)->setData(kTimeRole, one ? QStringLiteral("≈ ") + durationText(*one) : QString());
        all = all && one ? std::optional(*all + *one) : std::nullopt;
    }
    if (all) {
        const QDateTime end = QDateTime::currentDateTime().addSecs(static_cast<qint64>(*all));
        const bool isToday = end.date() == QDate::currentDate();
        const QString when = isToday ? QLocale().toString(end.time(), QLocale::ShortFormat)
                                     : QLocale().toString(end, QLocale::ShortFormat);
        m_ends->setText(m_served || active ? tr("All will have ended at about %1, in %2.").arg(when, durationText(*all))
                                           : tr("All will take about %1.").arg(durationText(*all)));
    } else {
        m_ends->setText(tr("When all will have ended is not known: some were never measured here."));
    }
}

// The chosen run stays chosen where it went; when it has gone, the one in its place.
void QueuePanel::fill()
{
    const qint64 chosen = runOf(m_list->currentItem());
    const int row = m_list->currentRow();
    {
        const QSignalBlocker quiet(m_list);
        m_list->clear();
        for (const qint64 run : m_runs) {
            const storage::RunOverview* overview = m_catalog.overview(run);
            const QString name
                = overview ? QString::fromStdString(overview->run.name).simplified() : QString::number(run);
            auto* item = new QListWidgetItem(name, m_list);
            item->setData(Qt::UserRole, run);
            item->setToolTip(name.toHtmlEscaped());
        }
        const auto found = m_runs.indexOf(chosen);
        m_list->setCurrentRow(found >= 0 ? int(found) : std::clamp(row, 0, std::max(0, m_list->count() - 1)));
    }
    const int rows = std::clamp(m_list->count(), 1, kMostRows);
    m_list->setFixedHeight(
        rows * std::max(m_list->sizeHintForRow(0), fontMetrics().height()) + 2 * m_list->frameWidth());
    showTimes();
    showButtons();
}

void QueuePanel::showButtons()
{
    const int row = m_list->currentRow();
    m_up->setEnabled(row > 0);
    m_down->setEnabled(row >= 0 && row + 1 < m_list->count());
    m_remove->setEnabled(row >= 0);
}

void QueuePanel::move(int by)
{
    const int to = m_list->currentRow() + by;
    if (m_list->currentItem() && to >= 0 && to < m_list->count())
        Q_EMIT ordered({ QueueOrder::Kind::Move, runOf(m_list->currentItem()), to });
}

void QueuePanel::remove()
{
    if (m_list->currentItem())
        Q_EMIT ordered({ QueueOrder::Kind::Remove, runOf(m_list->currentItem()) });
}

void QueuePanel::tellDrop()
{
    if (const qint64 run = runOf(m_list->currentItem()); run != 0)
        Q_EMIT ordered({ QueueOrder::Kind::Move, run, m_list->currentRow() });
}

bool QueuePanel::eventFilter(QObject* object, QEvent* event)
{
    if (object != m_list || event->type() != QEvent::KeyPress)
        return QFrame::eventFilter(object, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    const bool alt = key->modifiers().testFlag(Qt::AltModifier);
    if (alt && key->key() == Qt::Key_Up)
        move(-1);
    else if (alt && key->key() == Qt::Key_Down)
        move(+1);
    else if (key->key() == Qt::Key_Delete)
        remove();
    else
        return QFrame::eventFilter(object, event);
    return true;
}

void QueuePanel::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslateUi();
}

void QueuePanel::retranslateUi()
{
    m_title->setText(tr("Queue: %n waiting", nullptr, static_cast<int>(m_runs.size())));
    m_serve->setText(m_served ? tr("&Hold the queue") : tr("Run the &queue"));
    m_hint->setText(m_served ? tr("The next one starts by itself when a run has ended. Closing Nabız keeps the queue.")
                             : tr("Waits until you run it. Closing Nabız keeps the queue."));
    m_list->setAccessibleName(tr("Runs that wait, in order"));
    showTimes();
    const auto name = [](QToolButton* button, const QString& what, const QString& key) {
        button->setAccessibleName(what);
        button->setToolTip(what + QStringLiteral(" (") + key + u')');
    };
    name(m_up, tr("Earlier"), QKeySequence(Qt::ALT | Qt::Key_Up).toString(QKeySequence::NativeText));
    name(m_down, tr("Later"), QKeySequence(Qt::ALT | Qt::Key_Down).toString(QKeySequence::NativeText));
    name(m_remove, tr("Out of the queue, into the trash"),
        QKeySequence(Qt::Key_Delete).toString(QKeySequence::NativeText));
}

} // namespace nabiz::ui
