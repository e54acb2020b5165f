// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/configure/configure_form.h"

#include "ui/pages/configure/configure_draft.h"
#include "ui/pages/configure/configure_group.h"
#include "ui/text/message_text.h"
#include "ui/theme/theme.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QStackedWidget>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include <algorithm>
#include <cstring>

namespace nabiz::ui {

namespace {

constexpr int kChangedRole = Qt::UserRole;
constexpr int kProblemsRole = Qt::UserRole + 1;

// A group's name, a dot when something in it is changed, and the number of problems.
class GroupDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const ThemeColors& colors = Theme::colors();
        const bool selected = option.state & QStyle::State_Selected;
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        if (selected || (option.state & QStyle::State_MouseOver)) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(selected ? colors.selected : colors.grid);
            painter->drawRoundedRect(option.rect, 6, 6);
        }
        const QFont font = selected ? Theme::strongFont() : option.font;
        const QRect rect = option.rect.adjusted(12, 0, -8, 0);
        const QString name = index.data().toString();
        painter->setFont(font);
        painter->setPen(selected ? colors.accent : colors.text);
        painter->drawText(rect, Qt::AlignLeft | Qt::AlignVCenter, name);
        double x = rect.left() + QFontMetrics(font).horizontalAdvance(name) + 8;
        if (index.data(kChangedRole).toBool()) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(colors.accent);
            painter->drawEllipse(QPointF(x + 4, rect.center().y() + 1), 4, 4);
            x += 16;
        }
        if (const int problems = index.data(kProblemsRole).toInt(); problems > 0) {
            painter->setPen(colors.bad);
            painter->setFont(Theme::strongFont());
            painter->drawText(QRectF(x, rect.top(), 60, rect.height()), Qt::AlignLeft | Qt::AlignVCenter,
                QStringLiteral("! %1").arg(problems));
        }
        painter->restore();
    }
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const override
    {
        return { 100, QFontMetrics(option.font).height() + 17 };
    }
};

} // namespace

ConfigureForm::ConfigureForm(ConfigureDraft& draft, QWidget* parent)
    : QWidget(parent)
    , m_draft(draft)
    , m_groups(new QListWidget)
    , m_stack(new QStackedWidget(this))
{
    m_groups->setObjectName(QStringLiteral("groupList"));
    m_groups->setProperty("groups", true);
    m_groups->setItemDelegate(new GroupDelegate(m_groups));
    m_groups->setMouseTracking(true);
    m_groups->setFixedWidth(150);
    m_groups->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stack);
    for (const trainer::Parameter& parameter : trainer::parameterTable()) {
        const bool known = std::any_of(m_pages.begin(), m_pages.end(),
            [&parameter](const ConfigureGroup* page) { return std::strcmp(page->group(), parameter.group) == 0; });
        if (known)
            continue;
        auto* page = new ConfigureGroup(draft, parameter.group, this);
        m_pages.push_back(page);
        m_stack->addWidget(page);
        m_groups->addItem(new QListWidgetItem);
    }
    connect(m_groups, &QListWidget::currentRowChanged, m_stack, &QStackedWidget::setCurrentIndex);
    connect(&draft, &ConfigureDraft::changed, this, &ConfigureForm::refresh);
    connect(&draft, &ConfigureDraft::loaded, this, [this] {
        for (ConfigureGroup* page : m_pages)
            page->fold();
    });
    const auto training = std::find_if(m_pages.begin(), m_pages.end(),
        [](const ConfigureGroup* page) { return std::strcmp(page->group(), "Training") == 0; });
    for (QLineEdit* edit : findChildren<QLineEdit*>())
        edit->installEventFilter(this);
    m_groups->setCurrentRow(training == m_pages.end() ? 0 : static_cast<int>(training - m_pages.begin()));
    retranslateUi();
}

// A field takes Ctrl+Z even where it has nothing to undo: then the preset's own undo has its turn.
bool ConfigureForm::eventFilter(QObject* object, QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        const auto* edit = static_cast<QLineEdit*>(object);
        auto* key = static_cast<QKeyEvent*>(event);
        const bool isIdle = (key->matches(QKeySequence::Undo) && !edit->isUndoAvailable())
            || (key->matches(QKeySequence::Redo) && !edit->isRedoAvailable());
        if (isIdle) {
            key->ignore();
            return true;
        }
    }
    return QWidget::eventFilter(object, event);
}

void ConfigureForm::showParameter(const std::string& key)
{
    for (std::size_t i = 0; i < m_pages.size(); ++i) {
        if (!m_pages[i]->holds(key))
            continue;
        m_groups->setCurrentRow(static_cast<int>(i));
        m_pages[i]->showParameter(key);
    }
}

QStringList ConfigureForm::openFolds() const
{
    QStringList open;
    for (const ConfigureGroup* page : m_pages) {
        if (page->isOpen())
            open << QLatin1String(page->group());
    }
    return open;
}

void ConfigureForm::openFolds(const QStringList& groups)
{
    for (ConfigureGroup* page : m_pages)
        page->setOpen(groups.contains(QLatin1String(page->group())));
}

void ConfigureForm::refresh()
{
    for (std::size_t i = 0; i < m_pages.size(); ++i) {
        ConfigureGroup* page = m_pages[i];
        page->refresh();
        QListWidgetItem* item = m_groups->item(static_cast<int>(i));
        item->setData(kChangedRole, page->changedCount() > 0);
        item->setData(kProblemsRole, page->problemCount());
        QStringList parts { groupName(page->group()) };
        if (page->changedCount() > 0)
            parts << tr("changed: %1").arg(page->changedCount());
        if (page->problemCount() > 0)
            parts << tr("problems: %1").arg(page->problemCount());
        item->setToolTip(parts.size() > 1 ? parts.join(QStringLiteral(" · ")) : QString());
        item->setData(Qt::AccessibleTextRole, parts.join(QStringLiteral(", ")));
    }
}

void ConfigureForm::retranslateUi()
{
    m_groups->setAccessibleName(tr("Groups of settings"));
    for (std::size_t i = 0; i < m_pages.size(); ++i) {
        m_groups->item(static_cast<int>(i))->setText(groupName(m_pages[i]->group()));
        m_pages[i]->retranslateUi();
    }
    refresh();
}

} // namespace nabiz::ui
