// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/watch/run_title.h"

#include "ui/requests/start_request.h"
#include "ui/text/message_text.h"
#include "ui/text/number_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/elided_label.h"

#include <QAction>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QToolButton>

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
        return RunTitle::tr("%1 · %2 of %3").arg(status, countText(done), countText(run.run.plannedBatches));
    }
    return RunTitle::tr("%1 · %2 batches").arg(status, countText(done));
}

} // namespace

RunTitle::RunTitle(QWidget* parent)
    : QWidget(parent)
    , m_name(new ElidedLabel(this))
    , m_nameEdit(new QLineEdit(this))
    , m_pill(new QLabel(this))
    , m_why(new ElidedLabel(this))
    , m_more(new QToolButton(this))
    , m_resume(new QToolButton(this))
    , m_rename(new QAction(this))
    , m_resumeWith(new QAction(this))
    , m_editAsNew(new QAction(this))
{
    assemble();
    retranslate();
    m_nameEdit->hide();
    m_nameEdit->installEventFilter(this);
    m_name->installEventFilter(this);
    connect(m_rename, &QAction::triggered, this, &RunTitle::beginRename);
    connect(m_editAsNew, &QAction::triggered, this, [this] { Q_EMIT editAsNewRequested(m_run); });
    connect(m_resume, &QToolButton::clicked, this, [this] { Q_EMIT resumeRequested(m_run, false); });
    connect(m_resumeWith, &QAction::triggered, this, [this] { Q_EMIT resumeRequested(m_run, true); });
    connect(m_nameEdit, &QLineEdit::editingFinished, this, [this] { endRename(true); });
}

void RunTitle::assemble()
{
    m_nameEdit->setObjectName(QStringLiteral("nameEdit"));
    m_pill->setObjectName(QStringLiteral("statusPill"));
    m_name->setObjectName(QStringLiteral("runName"));
    m_why->setObjectName(QStringLiteral("runWhy"));
    m_more->setObjectName(QStringLiteral("moreButton"));
    m_rename->setObjectName(QStringLiteral("renameAction"));
    m_editAsNew->setObjectName(QStringLiteral("editAsNewAction"));
    m_resume->setObjectName(QStringLiteral("resumeRunButton"));
    m_resume->setIcon(Theme::icon(QStringLiteral("play")));
    m_resume->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_resume->setFocusPolicy(Qt::StrongFocus);
    m_resume->hide();
    m_resumeWith->setObjectName(QStringLiteral("resumeWithAction"));
    Theme::setRole(m_name, "title");
    Theme::setRole(m_pill, "pill");
    m_pill->setMinimumHeight(fontMetrics().height() + 4); // lower, its round ends would not be drawn
    Theme::setRole(m_why, "dim");
    auto* const menu = new QMenu(m_more);
    menu->addAction(m_rename);
    menu->addAction(m_editAsNew);
    menu->addAction(m_resumeWith);
    m_more->setMenu(menu);
    m_more->setPopupMode(QToolButton::InstantPopup);
    m_more->setFocusPolicy(Qt::StrongFocus);
    m_more->setIcon(Theme::icon(QStringLiteral("menu")));
    m_name->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    m_name->setMinimumWidth(12 * fontMetrics().averageCharWidth());
    m_why->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    auto* const title = new QHBoxLayout(this);
    title->setContentsMargins(0, 0, 0, 0);
    title->setSpacing(12);
    title->addWidget(m_name);
    title->addWidget(m_nameEdit, 1);
    title->addWidget(m_pill, 0, Qt::AlignVCenter);
    title->addWidget(m_why, 2);
    title->addWidget(m_resume);
    title->addWidget(m_more);
}

void RunTitle::retranslate()
{
    m_rename->setText(tr("Rename"));
    m_editAsNew->setText(tr("Edit as new"));
    m_resume->setText(tr("Resume"));
    m_resume->setToolTip(tr("Goes on behind the newest checkpoint, as if it had never ended"));
    m_resumeWith->setText(tr("Resume with changes…"));
    m_more->setToolTip(tr("What can be done with this run"));
    m_more->setAccessibleName(m_more->toolTip());
    m_nameEdit->setAccessibleName(tr("Name of the run"));
}

void RunTitle::showRun(const storage::RunOverview& run)
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
    showResume(run.run);
}

void RunTitle::showResume(const storage::Run& run)
{
    m_resume->setVisible(isCutOff(run));
    m_resumeWith->setVisible(goesOn(run));
}

void RunTitle::beginRename()
{
    m_nameEdit->setText(m_name->fullText());
    m_name->hide();
    m_nameEdit->show();
    m_nameEdit->selectAll();
    m_nameEdit->setFocus();
}

void RunTitle::endRename(bool keep)
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

bool RunTitle::eventFilter(QObject* object, QEvent* event)
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
