// SPDX-License-Identifier: GPL-3.0-or-later
// Keeps the layouts of panels in the settings. Several windows may be open: each layout carries how often it was kept,
// so that none writes over what another has kept since; what both have changed stands beside the other under a name of
// its own. GUI thread.
#pragma once

#include "app/gui/settings.h"
#include "ui/panels/layout_shelf.h"

#include <QHash>
#include <QJsonObject>
#include <QObject>

namespace nabiz::app {

class LayoutKeeper : public QObject {
    Q_OBJECT
public:
    // Puts on the shelf what is kept.
    LayoutKeeper(ui::LayoutShelf& shelf, Settings& settings);

Q_SIGNALS:
    // Another window has changed the same one.
    void collided(const QString& sentence);

private:
    QJsonObject stored();
    void take(); // what is stored, on the shelf
    void keep(const QString& name);
    void keepReported();
    void write(const QJsonObject& layouts);

    ui::LayoutShelf& m_shelf;
    Settings& m_settings;
    QHash<QString, int> m_revisions; // as this window knows them
};

} // namespace nabiz::app
