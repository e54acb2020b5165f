// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/page_table.h"

#include "ui/pages/compare/compare_page.h"
#include "ui/pages/configure/configure_page.h"
#include "ui/pages/report/report_page.h"
#include "ui/pages/runs/runs_page.h"
#include "ui/pages/watch/watch_page.h"

#include <QCoreApplication>

namespace nabiz::ui {

namespace {

constexpr PageRow kTable[] = {
    { "configure", QT_TRANSLATE_NOOP("nabiz::ui::PageTable", "&Configure"),
        [](const PageParts& parts) -> PageWidget* {
            return new ConfigurePage(parts.catalog, parts.presets, parts.machine);
        } },
    { "watch", QT_TRANSLATE_NOOP("nabiz::ui::PageTable", "&Watch"),
        [](const PageParts& parts) -> PageWidget* { return new WatchPage(parts.catalog, parts.layouts); } },
    { "runs", QT_TRANSLATE_NOOP("nabiz::ui::PageTable", "Ru&ns"),
        [](const PageParts& parts) -> PageWidget* { return new RunsPage(parts.catalog, parts.checked); } },
    { "compare", QT_TRANSLATE_NOOP("nabiz::ui::PageTable", "Co&mpare"),
        [](const PageParts& parts) -> PageWidget* { return new ComparePage(parts.catalog, parts.layouts); } },
    { "report", QT_TRANSLATE_NOOP("nabiz::ui::PageTable", "&Report"),
        [](const PageParts& parts) -> PageWidget* { return new ReportPage(parts.catalog); } },
};

} // namespace

QString PageRow::menuTitle() const
{
    return QCoreApplication::translate("nabiz::ui::PageTable", title);
}

QString PageRow::tabTitle() const
{
    return menuTitle().remove(u'&');
}

QString PageRow::objectName(const char* kind) const
{
    return QLatin1String(id) + QLatin1String(kind);
}

std::span<const PageRow> pageTable()
{
    return kTable;
}

} // namespace nabiz::ui
