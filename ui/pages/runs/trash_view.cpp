// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/runs/trash_view.h"

#include "ui/models/run_catalog.h"
#include "ui/models/trash_model.h"
#include "ui/text/message_text.h"
#include "ui/text/number_text.h"
#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>

namespace nabiz::ui {

namespace {

QPushButton* button(QWidget* parent, const char* name)
{
    auto* made = new QPushButton(parent);
    made->setObjectName(QLatin1String(name));
    return made;
}

} // namespace

TrashView::TrashView(RunCatalog& catalog, QWidget* parent)
    : QWidget(parent)
    , m_catalog(catalog)
    , m_model(new TrashModel(catalog, this))
    , m_back(button(this, "trashBackButton"))
    , m_title(new QLabel(this))
    , m_restore(button(this, "restoreButton"))
    , m_delete(button(this, "deleteForGoodButton"))
    , m_view(new QTreeView(this))
    , m_empty(new QLabel(this))
    , m_question(new QFrame(this))
    , m_asked(new QLabel(this))
    , m_confirm(button(this, "confirmDeleteButton"))
    , m_keep(button(this, "keepButton"))
{
    setObjectName(QStringLiteral("trashView"));
    Theme::setRole(m_title, "heading");
    Theme::setRole(m_empty, "dim");
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_view->setObjectName(QStringLiteral("trashTable"));
    m_view->setModel(m_model);
    m_view->setProperty("padded", true);
    m_view->setRootIsDecorated(false);
    m_view->setUniformRowHeights(true);
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_view->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_view->header()->setSectionResizeMode(TrashModel::Name, QHeaderView::Stretch);
    m_view->header()->setStretchLastSection(false);
    makeQuestion();

    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(kMargin, 12, kMargin, 0);
    bar->addWidget(m_back);
    bar->addSpacing(kGap);
    bar->addWidget(m_title);
    bar->addStretch(1);
    bar->addWidget(m_restore);
    bar->addWidget(m_delete);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(12);
    layout->addLayout(bar);
    layout->addWidget(m_question);
    layout->addWidget(m_view, 1);
    layout->addWidget(m_empty, 1);

    connect(m_back, &QPushButton::clicked, this, &TrashView::backRequested);
    connect(m_restore, &QPushButton::clicked, this, [this] { Q_EMIT editRequested(RunEdit::restore(selected())); });
    connect(m_delete, &QPushButton::clicked, this, &TrashView::ask);
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        m_chosen = selected();
        const QModelIndexList rows = m_view->selectionModel()->selectedRows();
        m_row = rows.isEmpty() ? m_row : rows.front().row();
        update();
    });
    connect(m_model, &QAbstractItemModel::modelReset, this, &TrashView::selectAgain);
    retranslateUi();
}

void TrashView::makeQuestion()
{
    m_question->setObjectName(QStringLiteral("deleteQuestion"));
    m_question->setProperty("notice", "error");
    m_asked->setObjectName(QStringLiteral("deleteQuestionLabel"));
    m_asked->setTextFormat(Qt::PlainText);
    m_asked->setWordWrap(true);
    auto* layout = new QHBoxLayout(m_question);
    layout->setContentsMargins(kMargin, kGap, kMargin, kGap);
    layout->addWidget(m_asked, 1);
    layout->addWidget(m_confirm);
    layout->addWidget(m_keep);
    m_question->hide();
    connect(m_confirm, &QPushButton::clicked, this, [this] {
        m_question->hide();
        m_view->setFocus();
        Q_EMIT editRequested(RunEdit::deleteForGood(m_doomed));
    });
    connect(m_keep, &QPushButton::clicked, this, [this] {
        m_question->hide();
        m_view->setFocus();
    });
}

QList<qint64> TrashView::selected() const
{
    QList<qint64> runs;
    for (const QModelIndex& index : m_view->selectionModel()->selectedRows())
        runs.append(m_model->at(index.row()).overview.run.id);
    return runs;
}

// The same runs, wherever they stand now; when none of them is there any more, the one in their place.
void TrashView::selectAgain()
{
    m_question->hide();
    const QList<qint64> wanted = m_chosen;
    const int row = m_row;
    QModelIndexList rows;
    for (int i = 0; i < m_model->rowCount(); ++i) {
        if (wanted.contains(m_model->at(i).overview.run.id))
            rows.append(m_model->index(i, 0));
    }
    if (rows.isEmpty() && m_model->rowCount() > 0)
        rows.append(m_model->index(std::min(row, m_model->rowCount() - 1), 0));
    for (const QModelIndex& index : rows)
        m_view->selectionModel()->setCurrentIndex(index, QItemSelectionModel::Select | QItemSelectionModel::Rows);
    update();
}

void TrashView::ask()
{
    m_doomed = selected();
    if (m_doomed.isEmpty())
        return;
    double bytes = 0;
    QString name;
    for (const auto& [overview, size] : m_catalog.trash()) {
        if (m_doomed.contains(overview.run.id)) {
            bytes += static_cast<double>(size);
            name = shortName(QString::fromStdString(overview.run.name));
        }
    }
    m_asked->setText(m_doomed.size() == 1
            ? tr("Delete %1 for good? Its points and checkpoints, about %2, cannot be brought back.")
                  .arg(name, bytesText(bytes))
            : tr("Delete %n run(s) for good? Their points and checkpoints, about %1, cannot be brought back.", nullptr,
                  static_cast<int>(m_doomed.size()))
                  .arg(bytesText(bytes)));
    m_question->show();
    m_keep->setFocus(); // Enter does no harm
}

void TrashView::update()
{
    const bool hasRows = m_model->rowCount() > 0;
    const bool hasSelection = m_view->selectionModel()->hasSelection();
    m_view->setVisible(hasRows);
    m_empty->setVisible(!hasRows);
    m_restore->setEnabled(hasSelection);
    m_delete->setEnabled(hasSelection);
}

void TrashView::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape) {
        if (m_question->isVisible())
            m_keep->click();
        else
            Q_EMIT backRequested();
    } else if (event->key() == Qt::Key_Delete) {
        ask();
    } else {
        QWidget::keyPressEvent(event);
    }
}

void TrashView::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    m_question->hide();
    if (!m_view->currentIndex().isValid() && m_model->rowCount() > 0)
        m_view->setCurrentIndex(m_model->index(0, 0));
    m_view->setFocus();
    update();
}

void TrashView::retranslateUi()
{
    m_back->setText(tr("&Back to the runs"));
    m_title->setText(tr("Trash"));
    m_restore->setText(tr("&Put back"));
    m_delete->setText(tr("&Delete for good…"));
    m_confirm->setText(tr("De&lete for good"));
    m_keep->setText(tr("&Keep"));
    m_empty->setText(
        tr("The trash is empty. Runs that are deleted wait here until they are put back, or deleted for good."));
    m_view->setAccessibleName(tr("Runs in the trash"));
    m_model->retranslate();
    update();
}

} // namespace nabiz::ui
