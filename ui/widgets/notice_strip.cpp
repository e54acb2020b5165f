// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/notice_strip.h"

#include "ui/text/message_text.h"
#include "ui/theme/theme.h"

#include <QAccessible>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>

namespace nabiz::ui {

namespace {
constexpr int kLongestWord = 60; // of a name; a path that is to be copied is rarely longer
}

NoticeStrip::NoticeStrip(const QString& name, QWidget* parent)
    : QFrame(parent)
    , m_label(new QLabel(this))
    , m_action(new QPushButton(this))
    , m_second(new QPushButton(this))
    , m_close(new QToolButton(this))
{
    setObjectName(name + QStringLiteral("Strip"));
    m_label->setObjectName(name + QStringLiteral("Label"));
    m_label->setTextFormat(Qt::PlainText); // names are people's
    m_label->setWordWrap(true);
    m_label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_close->setObjectName(name + QStringLiteral("CloseButton"));
    m_close->setIcon(Theme::icon(QStringLiteral("close")));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(kMargin, 4, kGap, 4);
    m_action->setObjectName(name + QStringLiteral("ActionButton"));
    m_action->setProperty("small", true);
    layout->addWidget(m_label, 1);
    m_second->setObjectName(name + QStringLiteral("SecondButton"));
    m_second->setProperty("small", true);
    layout->addWidget(m_action, 0, Qt::AlignVCenter);
    layout->addWidget(m_second, 0, Qt::AlignVCenter);
    layout->addWidget(m_close, 0, Qt::AlignTop);
    connect(m_action, &QPushButton::clicked, this, [this] {
        if (const auto chosen = m_chosen)
            chosen();
        else
            Q_EMIT actionChosen();
    });
    connect(m_second, &QPushButton::clicked, this, &NoticeStrip::secondChosen);
    connect(m_close, &QToolButton::clicked, this, &QWidget::hide);
    retranslateUi();
    hide();
}

void NoticeStrip::setNotice(const QString& sentence, bool isError)
{
    m_label->setText(breakableText(sentence, kLongestWord));
    m_action->hide();
    m_second->hide();
    m_chosen = nullptr;
    Theme::setRole(m_label, isError ? "bad" : "plain");
    setProperty("notice", isError ? "error" : "info");
    style()->unpolish(this);
    style()->polish(this);
    setVisible(!sentence.isEmpty());
    if (!sentence.isEmpty()) {
        QAccessibleEvent event(m_label, QAccessible::Alert);
        QAccessible::updateAccessibility(&event);
    }
}

void NoticeStrip::offer(const QString& sentence, const QString& action, std::function<void()> chosen)
{
    setNotice(sentence, chosen != nullptr);
    m_chosen = std::move(chosen);
    m_action->setText(action);
    m_action->show();
}

void NoticeStrip::offerSecond(const QString& action)
{
    m_second->setText(action);
    m_second->show();
}

void NoticeStrip::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslateUi();
}

void NoticeStrip::retranslateUi()
{
    m_close->setToolTip(tr("Close"));
    m_close->setAccessibleName(tr("Close this notice"));
}

} // namespace nabiz::ui
