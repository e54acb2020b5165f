// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/report/report_sections.h"

#include "ui/requests/report_section.h"

#include <QCheckBox>
#include <QEvent>
#include <QGridLayout>
#include <QVBoxLayout>

namespace nabiz::ui {

QStringList ReportSections::all()
{
    QStringList names;
    for (const ReportSectionRow& row : kReportSections)
        names << QLatin1String(row.name);
    return names;
}

ReportSections::ReportSections(QWidget* parent)
    : Card(parent)
{
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(6);
    const QStringList names = all();
    const int rows = static_cast<int>(names.size() + 1) / 2;
    for (int i = 0; i < names.size(); ++i) {
        auto* box = new QCheckBox(this);
        box->setObjectName(QStringLiteral("section_%1_box").arg(names[i]));
        box->setProperty("section", names[i]);
        box->setChecked(true);
        connect(box, &QCheckBox::clicked, this, &ReportSections::changed);
        grid->addWidget(box, i % rows, i / rows);
        m_boxes.push_back(box);
    }
    // By keyboard down one column and then the other, as they are read.
    for (std::size_t i = 1; i < m_boxes.size(); ++i)
        setTabOrder(m_boxes[i - 1], m_boxes[i]);
    body()->addLayout(grid);
    retranslateUi();
}

QStringList ReportSections::chosen() const
{
    QStringList names;
    for (const QCheckBox* box : m_boxes) {
        if (box->isChecked())
            names << box->property("section").toString();
    }
    return names;
}

void ReportSections::choose(const QStringList& sections)
{
    for (QCheckBox* box : m_boxes)
        box->setChecked(sections.contains(box->property("section").toString()));
}

void ReportSections::changeEvent(QEvent* event)
{
    Card::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslateUi();
}

void ReportSections::retranslateUi()
{
    setTitle(tr("Sections"));
    for (std::size_t i = 0; i < m_boxes.size(); ++i)
        m_boxes[i]->setText(tr(kReportSections[i].label));
}

} // namespace nabiz::ui
