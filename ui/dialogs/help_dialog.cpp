// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/help_dialog.h"

#include "ui/charts/view/plot_menu.h"
#include "ui/theme/theme.h"

#include <QAction>
#include <QCoreApplication>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QIcon>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
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

QGridLayout* addColumn(QHBoxLayout& columns, QWidget& inside, const QString& title, int stretch)
{
    auto* heading = new QLabel(title, &inside);
    Theme::setRole(heading, "heading");
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(24);
    grid->setVerticalSpacing(6);
    grid->setColumnStretch(0, 1);
    grid->addWidget(heading, 0, 0, 1, 2);
    columns.addLayout(grid, stretch);
    return grid;
}

void addShortcut(QGridLayout& grid, QWidget& inside, const QString& keys, const QString& text)
{
    const int row = grid.rowCount();
    auto* action = new QLabel(text, &inside);
    action->setWordWrap(true);
    action->setMinimumWidth(24 * inside.fontMetrics().averageCharWidth());
    auto* key = new QLabel(keys, &inside);
    key->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    Theme::setRole(key, "monosmall");
    grid.addWidget(action, row, 0);
    grid.addWidget(key, row, 1);
}

} // namespace

QDialog* makeShortcutsDialog(const QList<QAction*>& actions, QWidget* parent)
{
    QDialog* dialog = makeDialog(
        QStringLiteral("shortcutsDialog"), translated(QT_TRANSLATE_NOOP("HelpDialog", "Keyboard shortcuts")), parent);
    auto* inside = new QWidget(dialog);
    inside->setProperty("plain", true);
    auto* columns = new QHBoxLayout(inside);
    columns->setContentsMargins(0, 0, kMargin, 0);
    columns->setSpacing(32);
    QGridLayout* window = addColumn(*columns, *inside, translated(QT_TRANSLATE_NOOP("HelpDialog", "In the window")), 2);
    for (const QAction* action : actions) {
        if (!action->shortcut().isEmpty() && !action->text().isEmpty()) {
            QString text = action->text();
            addShortcut(*window, *inside, QKeySequence::listToString(action->shortcuts(), QKeySequence::NativeText),
                text.remove(u'&'));
        }
    }
    QGridLayout* chart = addColumn(*columns, *inside, translated(QT_TRANSLATE_NOOP("HelpDialog", "In a chart")), 3);
    for (const PlotShortcut& shortcut : plotShortcuts())
        addShortcut(*chart, *inside, shortcut.keys, shortcut.action);
    for (QGridLayout* grid : { window, chart })
        grid->setRowStretch(grid->rowCount(), 1);
    auto* area = new QScrollArea(dialog);
    area->setObjectName(QStringLiteral("shortcutsArea"));
    area->setAccessibleName(dialog->windowTitle());
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setWidget(inside);
    static_cast<QVBoxLayout*>(dialog->layout())->addWidget(area, 1);
    addClose(dialog);
    const QFontMetrics metrics = dialog->fontMetrics();
    const QSize wanted(142 * metrics.averageCharWidth(), 38 * metrics.height());
    dialog->resize(parent ? wanted.boundedTo(parent->size()) : wanted);
    return dialog;
}

QDialog* makeAboutDialog(QWidget* parent)
{
    QDialog* dialog
        = makeDialog(QStringLiteral("aboutDialog"), translated(QT_TRANSLATE_NOOP("HelpDialog", "About Nabız")), parent);
    auto* layout = static_cast<QVBoxLayout*>(dialog->layout());
    auto* icon = new QLabel(dialog);
    icon->setPixmap(QIcon(QStringLiteral(":/icons/nabiz.svg")).pixmap(48, 48));
    auto* title = new QLabel(QStringLiteral("Nabız %1").arg(QCoreApplication::applicationVersion()).trimmed(), dialog);
    Theme::setRole(title, "title");
    auto* text = new QLabel(translated(QT_TRANSLATE_NOOP("HelpDialog",
                                "Experiment tracking on your own machine: every batch is kept, nothing leaves it.\n"
                                "Free software under the GNU General Public License, version 3 or later.")),
        dialog);
    text->setWordWrap(true);
    auto* qt = new QLabel(QStringLiteral("Qt %1").arg(QLatin1String(qVersion())), dialog);
    Theme::setRole(qt, "small");
    for (QWidget* widget : std::initializer_list<QWidget*> { icon, title, text, qt })
        layout->addWidget(widget);
    addClose(dialog);
    const int width = 62 * dialog->fontMetrics().averageCharWidth(); // whatever the size of the letters
    dialog->setFixedSize(width, layout->totalHeightForWidth(width));
    return dialog;
}

} // namespace nabiz::ui
