// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/card.h"

#include "ui/theme/theme.h"
#include "ui/widgets/elided_label.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace nabiz::ui {

Card::Card(QWidget* parent)
    : QFrame(parent)
    , m_titleLine(new QHBoxLayout)
    , m_body(new QVBoxLayout)
    , m_title(new ElidedLabel(this))
    , m_subtitle(new ElidedLabel(this))
{
    setProperty("card", true);
    Theme::setRole(m_title, "heading");
    Theme::setRole(m_subtitle, "dim");
    m_title->hide();
    m_subtitle->hide();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(kMargin - 2, 12, kMargin - 2, 12);
    layout->setSpacing(kGap);
    m_titleLine->setSpacing(12);
    m_titleLine->addWidget(m_title);
    m_titleLine->addWidget(m_subtitle);
    m_titleLine->addStretch(1);
    m_body->setSpacing(kGap);
    layout->addLayout(m_titleLine);
    layout->addLayout(m_body, 1);
}

void Card::setTitle(const QString& title)
{
    m_title->setFullText(title);
    m_title->setVisible(!title.isEmpty());
}

void Card::setSubtitle(const QString& subtitle)
{
    m_subtitle->setFullText(subtitle);
    m_subtitle->setVisible(!subtitle.isEmpty());
}

} // namespace nabiz::ui
