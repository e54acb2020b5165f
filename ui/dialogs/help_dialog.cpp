// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/help_dialog.h"

#include "ui/theme/theme.h"

#include <QAction>
#include <QCoreApplication>
#include <QGridLayout>
#include <QIcon>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace nabiz::ui {

namespace {

QString translated(const char* literal)
{
    return QCoreApplication::translate("HelpDialog", literal);
}

QDialog* makeDialog(const QString& name, const QString& title, QWidget* parent)
{
    auto* dialog = new QDialog(parent);
    dialog->setObjectName(name);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(title);
    auto* layout = new QVBoxLayout(dialog);
    layout->setContentsMargins(24, 20, 24, 20);
    layout->setSpacing(kMargin);
    return dialog;
}

void addClose(QDialog* dialog)
{
    auto* close = new QPushButton(translated(QT_TRANSLATE_NOOP("HelpDialog", "&Close")), dialog);
    close->setObjectName(QStringLiteral("closeButton"));
    QObject::connect(close, &QPushButton::clicked, dialog, &QDialog::close);
    static_cast<QVBoxLayout*>(dialog->layout())->addWidget(close, 0, Qt::AlignRight);
}

} // namespace

QDialog* makeShortcutsDialog(const QList<QAction*>& actions, QWidget* parent)
{
    QDialog* dialog = makeDialog(QStringLiteral("shortcutsDialog"),
        translated(QT_TRANSLATE_NOOP("HelpDialog", "Keyboard shortcuts")), parent);
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(32);
    grid->setVerticalSpacing(6);
    int row = 0;
    for (const QAction* action : actions) {
        if (action->shortcut().isEmpty() || action->text().isEmpty())
            continue;
        QString text = action->text();
        grid->addWidget(new QLabel(text.remove(u'&'), dialog), row, 0);
        auto* key = new QLabel(action->shortcut().toString(QKeySequence::NativeText), dialog);
        Theme::setRole(key, "monosmall");
        grid->addWidget(key, row++, 1, Qt::AlignRight);
    }
    static_cast<QVBoxLayout*>(dialog->layout())->addLayout(grid);
    addClose(dialog);
    return dialog;
}

QDialog* makeAboutDialog(QWidget* parent)
{
    QDialog* dialog = makeDialog(QStringLiteral("aboutDialog"),
        translated(QT_TRANSLATE_NOOP("HelpDialog", "About Nabız")), parent);
    auto* layout = static_cast<QVBoxLayout*>(dialog->layout());
    auto* icon = new QLabel(dialog);
    icon->setPixmap(QIcon(QStringLiteral(":/icons/nabiz.svg")).pixmap(48, 48));
    auto* title = new QLabel(
        QStringLiteral("Nabız %1").arg(QCoreApplication::applicationVersion()).trimmed(), dialog);
    Theme::setRole(title, "title");
    auto* text = new QLabel(translated(QT_TRANSLATE_NOOP("HelpDialog",
        "Experiment tracking on your own machine: every batch is kept, nothing leaves it.\n"
        "Free software under the GNU General Public License, version 3 or later.")), dialog);
    text->setWordWrap(true);
    auto* qt = new QLabel(QStringLiteral("Qt %1").arg(QLatin1String(qVersion())), dialog);
    Theme::setRole(qt, "small");
    for (QWidget* widget : std::initializer_list<QWidget*> { icon, title, text, qt })
        layout->addWidget(widget);
    dialog->setFixedWidth(440);
    addClose(dialog);
    return dialog;
}

} // namespace nabiz::ui
