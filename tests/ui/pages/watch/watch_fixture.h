// SPDX-License-Identifier: GPL-3.0-or-later
// Watch alone in a window, over a catalogue that a test fills; anew for each of its functions. GUI thread.
#pragma once

#include "tests/ui/charts/sample_runs.h"
#include "ui/models/run_catalog.h"
#include "ui/pages/watch/watch_page.h"
#include "ui/panels/layout_shelf.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QTest>
#include <memory>

namespace nabiz::tests {

class WatchFixture : public QObject {
protected:
    // For init().
    bool open()
    {
        ui::Theme::apply(*qApp, ui::ThemeMode::Light);
        m_page.reset();
        m_catalog = std::make_unique<ui::RunCatalog>();
        m_page = std::make_unique<ui::WatchPage>(*m_catalog, m_layouts);
        m_page->resize(1152, 786);
        m_page->show();
        return QTest::qWaitForWindowExposed(m_page.get());
    }
    template <typename T> T* child(const char* name) { return m_page->findChild<T*>(QLatin1String(name)); }
    void load(const storage::RunDetail& detail)
    {
        m_catalog->putRun(detail.overview);
        m_catalog->setDetail(detail);
    }

    std::unique_ptr<ui::RunCatalog> m_catalog;
    ui::LayoutShelf m_layouts;
    std::unique_ptr<ui::WatchPage> m_page;
};

} // namespace nabiz::tests
