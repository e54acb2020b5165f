// SPDX-License-Identifier: GPL-3.0-or-later
// The preset that is being edited on Configure: its text, what it was made from, what is wrong with it, every edit so
// far, and the drafts beside it that are not looked at. GUI thread.
#pragma once

#include "storage/records/records.h"
#include "trainer/config/presets/preset_store.h"
#include "ui/pages/configure/draft_edits.h"
#include "ui/pages/configure/draft_inspection.h"
#include "ui/pages/configure/draft_origin.h"
#include "ui/pages/configure/draft_shelf.h"

#include <QJsonObject>
#include <QObject>
#include <QString>
#include <string>
#include <vector>

namespace nabiz::ui {

class ConfigureDraft : public QObject {
    Q_OBJECT
public:
    ConfigureDraft(const trainer::PresetStore& presets, trainer::Machine machine, QObject* parent = nullptr);

    // Loading puts the edits of what was there aside; they come back when its name is loaded again.
    void loadPreset(const QString& nameOrPath);
    void loadRun(const storage::Run& run, const std::vector<storage::Parameter>& parameters);
    void saveAs(const QString& name); // throws TrainError{Io}
    // All drafts that are not saved, for the program's settings.
    QJsonObject state() const;
    void restore(const QJsonObject& state);
    // Runs that drafts were made from are of one database.
    void setDatabase(const QString& file);

    QString name() const { return m_name; } // "quick-2", once quick is changed
    const std::string& yaml() const { return m_text; }
    const trainer::Config& config() const { return m_current.config; }
    const trainer::PresetDocument& document() const { return m_current.document; }
    bool isModified() const { return m_text != m_origin.savedText; }
    bool isChanged(std::string_view key) const { return config().value(key) != m_origin.value(key); }
    std::vector<trainer::Difference> changes() const;
    QString command() const;
    const DraftOrigin& origin() const { return m_origin; }
    DraftInspection& inspection() { return m_inspection; }
    DraftEdits& edits() { return m_edits; }
    const DraftShelf& shelf() const { return m_shelf; }
    // Of undo, redo and edits alike.
    void putText(const std::string& text);

Q_SIGNALS:
    void loaded(); // another preset or run
    void changed(); // text, values or problems

private:
    void begin(DraftOrigin origin, const QString& name, const std::string& text);
    void keepDraft();
    void check();

    const trainer::PresetStore& m_presets;
    DraftOrigin m_origin;
    trainer::Preset m_current;
    QString m_name, m_database;
    std::string m_text;
    DraftInspection m_inspection;
    DraftEdits m_edits;
    DraftShelf m_shelf;
};

} // namespace nabiz::ui
