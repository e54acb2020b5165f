// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/what_is_this.h"

#include <QWhatsThis>

namespace nabiz::ui {

WhatIsThis::WhatIsThis(QWidget* parent)
    : QToolButton(parent)
{
    setObjectName(QStringLiteral("whatIsThisButton"));
    setProperty("small", true);
    QToolButton::setText(QStringLiteral("?"));
    setAutoRaise(true);
    setFocusPolicy(Qt::StrongFocus);
    connect(this, &QToolButton::clicked, this,
        [this] { QWhatsThis::showText(mapToGlobal(rect().bottomLeft()), whatsThis(), this); });
}

void WhatIsThis::setText(const QString& subject, const QString& explanation)
{
    setWhatsThis(explanation);
    setAccessibleName(tr("What is this: %1").arg(subject));
    setAccessibleDescription(explanation);
    setToolTip(tr("What is this?"));
    setVisible(!explanation.isEmpty());
}

} // namespace nabiz::ui
