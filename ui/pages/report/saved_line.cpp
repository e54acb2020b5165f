// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/report/saved_line.h"

#include "ui/theme/theme.h"

#include <QDesktopServices>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QUrl>

namespace nabiz::ui {

SavedLine::SavedLine(QWidget* parent)
    : QWidget(parent)
    , m_text(new QLabel(this))
    , m_open(new QPushButton(this))
{
    m_text->setObjectName(QStringLiteral("reportSavedLabel"));
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_open->setObjectName(QStringLiteral("openFolderButton"));
    m_open->setProperty("small", true);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(12);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_open);
    connect(m_open, &QPushButton::clicked, this, [this] { QDesktopServices::openUrl(QUrl::fromLocalFile(m_folder)); });
    retranslateUi();
}

void SavedLine::showSaved(const QString& folder, const QString& failure)
{
    m_folder = folder;
    m_failure = failure;
    retranslateUi();
}

void SavedLine::retranslateUi()
{
    m_open->setText(tr("&Open folder"));
    m_text->setText(!m_failure.isEmpty() ? m_failure
            : m_folder.isEmpty()         ? QString()
                                         : tr("Saved in %1").arg(m_folder));
    Theme::setRole(m_text, m_failure.isEmpty() ? "good" : "bad");
    setVisible(!m_text->text().isEmpty());
    m_open->setVisible(m_failure.isEmpty() && !m_folder.isEmpty());
}

} // namespace nabiz::ui
