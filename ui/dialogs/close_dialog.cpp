// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/close_dialog.h"

#include "ui/text/message_text.h"
#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace nabiz::ui {

CloseDialog::CloseDialog(const QString& runName, int waiting, QWidget* parent)
    : QDialog(parent)
{
    setObjectName(QStringLiteral("closeDialog"));
    setWindowTitle(tr("Nabız"));
    setMinimumWidth(420);
    auto* title = new QLabel(breakableText(tr("%1 is training").arg(shortName(runName))), this);
    title->setTextFormat(Qt::PlainText);
    title->setWordWrap(true);
    Theme::setRole(title, "title");
    QString sentence = tr("Keep running: the window is minimised, and training goes on. Stop and save: it ends after "
                          "this batch with a checkpoint, and Nabız closes.");
    if (waiting > 0)
        sentence += u' ' + tr("%n run(s) stay in the queue for next time.", nullptr, waiting);
    auto* text = new QLabel(sentence, this);
    text->setWordWrap(true);
    Theme::setRole(text, "dim");
    auto* keep = new QPushButton(tr("&Keep running"), this);
    keep->setObjectName(QStringLiteral("keepRunningButton"));
    Theme::setAccent(keep);
    keep->setDefault(true);
    auto* stop = new QPushButton(tr("&Stop and save"), this);
    stop->setObjectName(QStringLiteral("stopAndSaveButton"));
    auto* cancel = new QPushButton(tr("&Cancel"), this);
    cancel->setObjectName(QStringLiteral("cancelButton"));
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(kGap);
    buttons->addWidget(cancel);
    buttons->addStretch(1);
    buttons->addWidget(stop);
    buttons->addWidget(keep);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 20, 24, 20);
    layout->setSpacing(kMargin);
    layout->addWidget(title);
    layout->addWidget(text);
    layout->addLayout(buttons);
    connect(keep, &QPushButton::clicked, this, [this] { choose(Choice::KeepRunning); });
    connect(stop, &QPushButton::clicked, this, [this] { choose(Choice::StopAndSave); });
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    keep->setFocus();
}

void CloseDialog::choose(Choice choice)
{
    m_choice = choice;
    accept();
}

} // namespace nabiz::ui
