// SPDX-License-Identifier: GPL-3.0-or-later
// What Report remembers from one start of the program to the next: the sections that are left out, so that one which
// comes with a later version is in.
#include "ui/pages/report/report_page.h"
#include "ui/pages/report/report_sections.h"

#include <QJsonArray>

namespace nabiz::ui {

namespace {

const QString kLeftOut = QStringLiteral("left_out");

} // namespace

QJsonObject ReportPage::state() const
{
    QStringList leftOut = ReportSections::all();
    for (const QString& section : m_sections->chosen())
        leftOut.removeAll(section);
    return { { kLeftOut, QJsonArray::fromStringList(leftOut) } };
}

void ReportPage::restore(const QJsonObject& state)
{
    QStringList chosen = ReportSections::all();
    for (const QJsonValue& section : state.value(kLeftOut).toArray())
        chosen.removeAll(section.toString());
    m_sections->choose(chosen);
    ask();
}

} // namespace nabiz::ui
