// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/empty_place.h"

#include "ui/theme/theme.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace nabiz::ui {

EmptyPlace::EmptyPlace(const char* textName, const char* buttonName, QWidget* parent)
    : QWidget(parent)
    , m_text(new QLabel(this))
    , m_button(new QPushButton(this))
    , m_other(new QPushButton(this))
{
    m_text->setObjectName(QLatin1String(textName));
    m_text->setWordWrap(true);
    m_text->setAlignment(Qt::AlignCenter);
    Theme::setRole(m_text, "dim");
    m_button->setObjectName(QLatin1String(buttonName));
    m_other->setObjectName(QLatin1String(buttonName) + QLatin1String("Other"));
    m_other->hide();
    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(kMargin);
    layout->addStretch(2);
    layout->addWidget(m_text);
    layout->addWidget(m_button, 0, Qt::AlignHCenter);
    layout->addWidget(m_other, 0, Qt::AlignHCenter);
    layout->addStretch(3);
    connect(m_button, &QPushButton::clicked, this, &EmptyPlace::clicked);
    connect(m_other, &QPushButton::clicked, this, &EmptyPlace::otherClicked);
}

void EmptyPlace::setText(const QString& text)
{
    m_text->setText(text);
}

void EmptyPlace::setAction(const QString& text, bool isAccent, const QString& other)
{
    m_button->setText(text);
    m_button->setVisible(!text.isEmpty());
    Theme::setAccent(m_button, isAccent);
    m_other->setText(other);
    m_other->setVisible(!other.isEmpty());
}

} // namespace nabiz::ui
