// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/choice_popup.h"

#include "ui/theme/theme.h"

#include <QCoreApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QScreen>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <algorithm>

namespace nabiz::ui {

namespace {

constexpr int kKeyRole = Qt::UserRole;
constexpr int kRows = 14; // seen at one time

} // namespace

ChoicePopup::ChoicePopup(Mode mode, QWidget* parent)
    : QFrame(parent, Qt::Popup)
    , m_mode(mode)
    , m_search(new QLineEdit(this))
    , m_list(new QListWidget(this))
    , m_empty(new QLabel(this))
    , m_footer(new QPushButton(this))
{
    setProperty("card", true);
    setAttribute(Qt::WA_StyledBackground);
    m_search->setClearButtonEnabled(true);
    m_list->setProperty("padded", true);
    m_list->setUniformItemSizes(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_footer->setProperty("small", true);
    Theme::setRole(m_empty, "small");
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(kGap, kGap, kGap, kGap);
    layout->setSpacing(kGap);
    layout->addWidget(m_search);
    layout->addWidget(m_empty);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_footer, 0, Qt::AlignLeft);
    m_search->installEventFilter(this);
    connect(m_search, &QLineEdit::textChanged, this, &ChoicePopup::filter);
    connect(m_footer, &QPushButton::clicked, this, [this] {
        hide();
        Q_EMIT footerClicked();
    });
    if (mode == Mode::Many) {
        connect(m_list, &QListWidget::itemChanged, this, [this](QListWidgetItem* item) {
            Q_EMIT chosen(item->data(kKeyRole).toString(), item->checkState() == Qt::Checked);
        });
    } else {
        connect(m_list, &QListWidget::itemClicked, this, &ChoicePopup::choose);
    }
}

void ChoicePopup::open(const QList<Choice>& choices, QWidget* under, const QString& footer)
{
    const QSignalBlocker quiet(m_list);
    m_list->clear();
    QListWidgetItem* current = nullptr;
    for (const Choice& choice : choices) {
        auto* item = new QListWidgetItem(
            choice.detail.isEmpty() ? choice.title : choice.title + QStringLiteral("  ·  ") + choice.detail);
        item->setData(kKeyRole, choice.key);
        if (m_mode == Mode::Many)
            item->setCheckState(choice.isChosen ? Qt::Checked : Qt::Unchecked);
        else if (choice.isChosen)
            current = item;
        m_list->addItem(item);
    }
    m_list->setCurrentItem(current ? current : m_list->item(0));
    m_search->setObjectName(objectName() + QStringLiteral("SearchEdit"));
    m_list->setObjectName(objectName() + QStringLiteral("List"));
    m_footer->setObjectName(objectName() + QStringLiteral("FooterButton"));
    m_search->setPlaceholderText(m_takesNew ? tr("Search, or a new one") : tr("Search"));
    m_search->setAccessibleName(m_search->placeholderText());
    m_list->setAccessibleName(accessibleName());
    m_search->clear();
    filter({});
    m_footer->setText(footer);
    m_footer->setVisible(!footer.isEmpty());
    const int row = std::max(m_list->sizeHintForRow(0), fontMetrics().height() + 6);
    const int width = std::min(
        std::max(m_list->sizeHintForColumn(0) + 40, fontMetrics().averageCharWidth() * 34), under->window()->width());
    m_list->setFixedHeight(row * std::min<int>(kRows, static_cast<int>(choices.size())) + 6);
    setFixedWidth(width);
    adjustSize();
    const QRect room = under->screen()->availableGeometry();
    QPoint at = under->mapToGlobal(QPoint(0, under->height() + 2));
    at.setX(std::max(room.left(), std::min(at.x(), under->mapToGlobal(QPoint(under->width(), 0)).x() - width)));
    if (at.y() + sizeHint().height() > room.bottom())
        at.setY(std::max(room.top(), room.bottom() - sizeHint().height()));
    move(at);
    show();
    m_search->setFocus();
}

void ChoicePopup::filter(const QString& text)
{
    int shown = 0;
    for (int row = 0; row < m_list->count(); ++row) {
        QListWidgetItem* item = m_list->item(row);
        const bool fits = item->text().contains(text, Qt::CaseInsensitive)
            || item->data(kKeyRole).toString().contains(text, Qt::CaseInsensitive);
        item->setHidden(!fits);
        if (fits && shown++ == 0 && !text.isEmpty())
            m_list->setCurrentItem(item);
    }
    const QString wanted = text.trimmed();
    m_empty->setText(!m_takesNew ? tr("Nothing has this name.")
            : wanted.isEmpty()   ? tr("Type a new one.")
                               : tr("Enter adds “%1”.").arg(wanted.size() > 24 ? wanted.left(24) + u'…' : wanted));
    m_empty->setVisible(shown == 0);
}

void ChoicePopup::choose()
{
    QListWidgetItem* item = m_list->currentItem();
    if (!item || item->isHidden()) {
        const QString wanted = m_search->text().trimmed();
        if (!m_takesNew || wanted.isEmpty())
            return;
        hide();
        Q_EMIT chosen(wanted, true);
        return;
    }
    if (m_mode == Mode::Many) {
        item->setCheckState(item->checkState() == Qt::Checked ? Qt::Unchecked : Qt::Checked);
        return;
    }
    hide();
    Q_EMIT chosen(item->data(kKeyRole).toString(), true);
}

bool ChoicePopup::eventFilter(QObject* object, QEvent* event)
{
    if (object != m_search || event->type() != QEvent::KeyPress)
        return QFrame::eventFilter(object, event);
    auto* key = static_cast<QKeyEvent*>(event);
    switch (key->key()) {
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
        QCoreApplication::sendEvent(m_list, event);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        choose();
        return true;
    default:
        return false;
    }
}

} // namespace nabiz::ui
