// SPDX-License-Identifier: GPL-3.0-or-later
// One start of the program on a folder of its own, up to its end: the real window, run commands and recorder, and what
// a test needs to drive them by clicks and keys and to see what came of it. GUI thread.
#pragma once

#include "app/gui/window_controller.h"
#include "app/gui/window_keeper.h"
#include "trainer/loop/trainer.h"
#include "ui/window/file_opener.h"

#include <QAbstractButton>
#include <QApplication>
#include <QLineEdit>
#include <QtTest>

namespace nabiz::tests {

struct WindowSession {
    explicit WindowSession(const QString& folder, app::TrainerFactory factory = trainer::loadTrainer)
        : settings(folder + "/settings.conf")
        , window(catalog, presets, trainer::Machine { .cores = 2 })
        , controller(window, catalog, presets, settings, std::move(factory))
        , keeper(window, controller, settings)
    {
        keeper.restore({});
        window.show();
        controller.openDatabase(folder + "/runs.db");
    }

    QAbstractButton* button(const char* name) const { return window.findChild<QAbstractButton*>(QLatin1String(name)); }
    // Waits until the button can be clicked, and clicks it once.
    bool click(const char* name)
    {
        const auto ready = [&] { return button(name) && button(name)->isVisible() && button(name)->isEnabled(); };
        if (!QTest::qWaitFor(ready, 20'000))
            return false;
        QTest::mouseClick(button(name), Qt::LeftButton);
        return true;
    }
    // Replaces what the field holds, key by key.
    bool type(const char* name, const QString& text)
    {
        auto* edit = window.findChild<QLineEdit*>(QLatin1String(name));
        if (!edit || !edit->isVisible())
            return false;
        QTest::mouseClick(edit, Qt::LeftButton);
        QTest::keyClick(edit, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(edit, text);
        QTest::keyClick(edit, Qt::Key_Tab);
        return edit->text() == text;
    }
    // Finds a setting by its key, as a person does who does not know its place, and types its value.
    bool set(const QString& key, const QString& value)
    {
        auto* search = window.findChild<QLineEdit*>("searchEdit");
        QTest::mouseClick(search, Qt::LeftButton);
        QTest::keyClicks(search, key);
        QWidget* popup = QApplication::activePopupWidget();
        QTest::keyClick(popup ? popup : search, Qt::Key_Return);
        return QTest::qWaitFor([&] { return search->text().isEmpty(); })
            && type(("param_" + key + "_edit").toUtf8().constData(), value);
    }
    std::optional<storage::RunStatus> status() const
    {
        return catalog.runs().empty() ? std::nullopt : std::optional(catalog.runs().front().run.status);
    }
    std::size_t points(const char* metric = "loss") const
    {
        const auto* series = catalog.runs().empty() ? nullptr : catalog.series(catalog.runs().front().run.id, metric);
        return series ? series->size() : 0;
    }

    app::Settings settings;
    trainer::PresetStore presets { {} };
    ui::RunCatalog catalog;
    ui::MainWindow window;
    app::WindowController controller;
    app::WindowKeeper keeper;
    ui::FileOpener opener { window };
};

} // namespace nabiz::tests
