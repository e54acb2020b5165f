// SPDX-License-Identifier: GPL-3.0-or-later
// The window with runs in it, walked through all its pages; and a translator that notes what is asked for and answers
// nothing, so that the translations installed before it do.
// GUI thread.
#pragma once

#include "trainer/config/presets/preset_store.h"
#include "ui/models/run_catalog.h"
#include "ui/window/main_window.h"

#include <QSet>
#include <QTemporaryDir>
#include <QTranslator>
#include <functional>

namespace nabiz::tests {

class AskedTexts : public QTranslator {
public:
    bool isEmpty() const override { return false; }
    QString translate(const char* context, const char* source, const char*, int) const override;
    // Context and source; the texts of Qt itself are left out.
    const QSet<std::pair<QString, QString>>& texts() const { return m_texts; }

private:
    mutable QSet<std::pair<QString, QString>> m_texts;
};

class TurkishWindow {
    QTemporaryDir m_folder;

public:
    TurkishWindow();
    // Goes through what the window can show; `seen` is called at each place.
    void walk(const std::function<void()>& seen);
    // Labels, buttons, actions, tool tips, box entries and accessible names, without mnemonics.
    QStringList shownTexts() const;

    trainer::PresetStore presets { m_folder.path().toStdString() };
    ui::RunCatalog catalog;
    ui::MainWindow window { catalog, presets, trainer::Machine { .cores = 2 } };

private:
    void click(const char* name);
};

} // namespace nabiz::tests
