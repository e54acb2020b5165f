// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/guard_dialog.h"

#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStringList>
#include <QVBoxLayout>

namespace nabiz::ui {

namespace {

QLabel* wrapped(const char* name, QWidget* parent)
{
    auto* const label = new QLabel(parent);
    label->setObjectName(QLatin1String(name));
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

} // namespace

GuardDialog::GuardDialog(const QString& database, QWidget* parent)
    : QDialog(parent)
    , m_database(database)
    , m_state(wrapped("guardStateLabel", this))
    , m_refusal(wrapped("guardRefusalLabel", this))
    , m_install(new QPushButton(tr("&Set up"), this))
    , m_remove(new QPushButton(tr("&Remove"), this))
{
    setObjectName(QStringLiteral("guardDialog"));
    setWindowTitle(tr("After a crash"));
    assemble();
    m_state->setText(tr("Asking systemd…"));
    for (QPushButton* const button : { m_install, m_remove })
        button->setEnabled(false);
    resize(fontMetrics().averageCharWidth() * 80, sizeHint().height());
}

void GuardDialog::assemble()
{
    auto* const hint = wrapped("guardHintLabel", this);
    hint->setText(tr("Runs with queue.resume = auto go on by themselves after a crash, a restart of the machine or a "
                     "failing device: from their last checkpoint, at most three times. nabiz guard sees to it, which "
                     "systemd starts now and at each login. What a person stops stays stopped."));
    Theme::setRole(hint, "dim");
    Theme::setRole(m_refusal, "bad");
    m_refusal->hide();
    m_install->setObjectName(QStringLiteral("guardInstallButton"));
    m_remove->setObjectName(QStringLiteral("guardRemoveButton"));
    connect(m_install, &QPushButton::clicked, this, [this] { ask(&GuardDialog::installRequested); });
    connect(m_remove, &QPushButton::clicked, this, [this] { ask(&GuardDialog::removeRequested); });
    auto* const close = new QPushButton(tr("&Close"), this);
    close->setObjectName(QStringLiteral("guardCloseButton"));
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    Theme::setAccent(close);
    for (QPushButton* const button : { m_install, m_remove })
        button->setAutoDefault(false);

    auto* const bottom = new QHBoxLayout;
    bottom->addWidget(m_install);
    bottom->addWidget(m_remove);
    bottom->addStretch(1);
    bottom->addWidget(close);
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(kMargin, kMargin, kMargin, kMargin);
    layout->setSpacing(12);
    layout->addWidget(hint);
    layout->addWidget(m_state);
    layout->addWidget(m_refusal);
    layout->addStretch(1);
    layout->addLayout(bottom);
}

// Until the answer is there, nothing more is asked.
void GuardDialog::ask(void (GuardDialog::*request)())
{
    for (QPushButton* const button : { m_install, m_remove })
        button->setEnabled(false);
    m_refusal->hide();
    Q_EMIT(this->*request)();
}

void GuardDialog::setState(const GuardState& state, const QString& refusal)
{
    QStringList lines;
    if (!state.isInstalled)
        lines << tr("It is not set up.");
    else
        lines << (state.isRunning ? tr("%1 is set up, and runs.") : tr("%1 is set up, and does not run."))
                     .arg(state.file);
    lines << (state.isWatched ? tr("%1 is watched now.") : tr("%1 is not watched now.")).arg(m_database);
    if (state.isInstalled && !state.startsWithMachine)
        lines << tr("It begins at a login; without one, once you have run: loginctl enable-linger");
    m_state->setText(lines.join(QLatin1Char('\n')));
    m_refusal->setText(locale().toUpper(refusal.left(1)) + refusal.mid(1)); // as a sentence of its own
    m_refusal->setVisible(!refusal.isEmpty());
    m_install->setText(state.isInstalled ? tr("&Set up again for this database") : tr("&Set up"));
    m_install->setEnabled(true);
    m_remove->setEnabled(state.isInstalled);
    adjustSize();
}

} // namespace nabiz::ui
