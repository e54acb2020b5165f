// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/report/report_header.h"

#include "ui/theme/theme.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/quiet_combo_box.h"

#include <QDir>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QStandardPaths>

namespace nabiz::ui {

namespace {

// The folder, or where it is gone the nearest above it that is there.
QString existingFolder(const QString& folder)
{
    QDir place(folder.isEmpty() ? QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation) : folder);
    while (!place.exists() && place.absolutePath() != QDir::cleanPath(place.absoluteFilePath(QStringLiteral(".."))))
        place.setPath(QDir::cleanPath(place.absoluteFilePath(QStringLiteral(".."))));
    return place.isRoot() ? QDir::homePath() : place.absolutePath();
}

} // namespace

ReportHeader::ReportHeader(QWidget* parent)
    : QWidget(parent)
    , m_title(new QLabel(this))
    , m_subject(new ElidedLabel(this))
    , m_language(new QuietComboBox(this))
    , m_copy(new QPushButton(this))
    , m_save(new QPushButton(this))
{
    Theme::setRole(m_title, "title");
    Theme::setRole(m_subject, "dim");
    m_language->setObjectName(QStringLiteral("reportLanguageBox"));
    m_language->addItem(QStringLiteral("English"), QStringLiteral("en"));
    m_language->addItem(QStringLiteral("Türkçe"), QStringLiteral("tr"));
    m_language->setCurrentIndex(QLocale().language() == QLocale::Turkish ? 1 : 0);
    m_copy->setObjectName(QStringLiteral("copyMarkdownButton"));
    m_save->setObjectName(QStringLiteral("saveReportButton"));
    Theme::setAccent(m_save);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(12);
    layout->addWidget(m_title);
    layout->addWidget(m_subject, 1);
    layout->addWidget(m_language);
    layout->addWidget(m_copy);
    layout->addWidget(m_save);
    connect(m_language, &QComboBox::activated, this, &ReportHeader::languageChosen);
    connect(m_copy, &QPushButton::clicked, this, &ReportHeader::copyRequested);
    connect(m_save, &QPushButton::clicked, this, &ReportHeader::saveRequested);
}

QString ReportHeader::language() const
{
    return m_language->currentData().toString();
}

bool ReportHeader::setLanguage(const QString& language)
{
    const int index = m_language->findData(language);
    if (index < 0 || index == m_language->currentIndex())
        return false;
    m_language->setCurrentIndex(index);
    return true;
}

void ReportHeader::setSubject(const QString& subject)
{
    m_subject->setFullText(subject);
}

void ReportHeader::setReady(bool ready)
{
    m_copy->setEnabled(ready);
    m_save->setEnabled(ready);
}

QString ReportHeader::askFolder(const QString& last)
{
    return QFileDialog::getExistingDirectory(
        this, tr("A folder of its own is made for the report in"), existingFolder(last));
}

void ReportHeader::retranslateUi()
{
    m_title->setText(tr("Report"));
    m_language->setAccessibleName(tr("Language of the report"));
    m_copy->setText(tr("&Copy as Markdown"));
    m_save->setText(tr("&Save…"));
}

} // namespace nabiz::ui
