// SPDX-License-Identifier: GPL-3.0-or-later
// The preset that is being edited on Configure: its text, what it was made from, what is wrong with it, and every edit
// so far. Form and YAML are two views of it; each edit goes through the text, so that comments survive. GUI thread.
#pragma once

#include "storage/records/records.h"
#include "trainer/config/presets/preset_store.h"
#include "trainer/validation/draft_check.h"
#include "trainer/validation/validation.h"
#include "ui/pages/configure/kept_draft.h"

#include <QObject>
#include <QString>
#include <QUndoStack>
#include <map>
#include <optional>
#include <vector>

namespace nabiz::ui {

class ConfigureDraft : public QObject {
    Q_OBJECT
public:
    ConfigureDraft(const trainer::PresetStore& presets, trainer::Machine machine, QObject* parent = nullptr);
    // Who looks at the disk and rehearses the memory. Without one it is done here, and the caller waits.
    void setChecker(trainer::DraftChecker checker);

    // Loading puts the edits of what was there aside; they come back when its name is loaded again.
    void loadPreset(const QString& nameOrPath);
    void loadRun(const storage::Run& run, const std::vector<storage::Parameter>& parameters);

    QString name() const { return m_name; } // "quick-2", once quick is changed
    QString presetName() const { return m_base.name.c_str(); } // what it was made from: "quick"
    QString originName() const { return m_originName; } // what changes are counted from: the preset, or a run
    bool isCopy() const { return m_isCopy; } // of something that is not written to
    bool isModified() const { return m_text != m_savedText; }
    std::optional<storage::RunId> parentRun() const { return m_parentRun; }
    QStringList keptDrafts() const;
    // All drafts that are not saved, for the program's settings.
    QJsonObject state() const;
    void restore(const QJsonObject& state);
    // Runs that drafts were made from are of one database.
    void setDatabase(const QString& file);

    QString text() const { return QString::fromStdString(m_text); }
    const trainer::Config& config() const { return m_current.config; }
    const trainer::PresetDocument& document() const { return m_current.document; }
    // Of the text, of the values, and of what was typed and is no value at all.
    const std::vector<trainer::Problem>& problems() const { return m_problems; }
    std::vector<trainer::Problem> problemsOf(std::string_view key) const;
    bool canStart() const { return !isReading() && !trainer::hasErrors(m_problems); }
    // The disk has not answered yet for the settings as they stand: what it will say is not among the problems.
    bool isReading() const { return !m_checkedConfig || !trainer::sameOnDisk(*m_checkedConfig, config()); }
    // The last known; of the settings as they stand when `isEstimated`.
    const trainer::MemoryEstimate& estimate() const { return m_check.estimate; }
    bool isEstimated() const { return m_checkedConfig == config(); }
    // A problem of the text as YAML: the form cannot edit it until it is mended.
    bool isBroken() const { return m_broken; }

    bool isChanged(std::string_view key) const;
    const trainer::Value& originValue(std::string_view key) const { return m_origin.config.value(key); }
    std::vector<trainer::Difference> changes() const;
    QString command() const;

    void setValue(const std::string& key, const trainer::Value& value);
    // As one step back.
    void setValues(const std::vector<std::pair<std::string, trainer::Value>>& values);
    void reset(const std::string& key);
    void setText(const QString& text);
    // What was typed for `key` is no value; empty when it is one again.
    void setTypingProblem(const std::string& key, const trainer::Message& message);
    void applyRemedy(const trainer::Remedy& remedy) { setValues({ { remedy.key, remedy.value } }); }
    void applyAllRemedies();
    void discardChanges();
    void save(); // throws TrainError{Io}

    // What a batch of these settings took when it was measured last, for their time; known from outside.
    std::optional<double> batchSeconds() const { return m_batchSeconds; }
    void setBatchSeconds(std::optional<double> seconds);

    const trainer::Machine& machine() const { return m_machine; }
    QUndoStack& undoStack() { return m_undo; }

Q_SIGNALS:
    void loaded(); // another preset or run
    void changed(); // text, values or problems
    void checked(); // after `changed`: the disk has answered for the settings as they stand

private:
    friend class DraftCommand;
    void push(const std::string& key, std::string text);
    void putText(const std::string& text); // of undo, redo and edits alike
    void begin(trainer::Preset base, const std::string& text, const QString& originName);
    void keepDraft();
    KeptDraft asKept() const;
    void takeUp(const KeptDraft& kept);
    QString freeCopyName() const;
    trainer::PresetDocument withValue(
        const trainer::PresetDocument& document, const std::string& key, const trainer::Value& value) const;
    void check();
    void ask();
    void take(const trainer::Config& config, const trainer::DraftCheck& found);
    void collectProblems();

    const trainer::PresetStore& m_presets;
    trainer::Machine m_machine;
    trainer::Preset m_base; // gives the command its first word
    trainer::Preset m_origin; // gives "was 1e-3"
    trainer::Preset m_current;
    QString m_name, m_originName;
    QString m_database, m_parentDatabase;
    std::string m_text, m_savedText;
    bool m_isCopy = false, m_broken = false;
    std::optional<storage::RunId> m_parentRun;
    std::map<std::string, trainer::Message> m_typing;
    trainer::DraftChecker m_checker;
    trainer::DraftCheck m_check; // of m_checkedConfig
    std::optional<trainer::Config> m_checkedConfig;
    std::optional<double> m_batchSeconds;
    quint64 m_asked = 0; // counts the questions: only the last one's answer is taken
    std::vector<trainer::Problem> m_problems;
    std::map<QString, KeptDraft> m_kept;
    QUndoStack m_undo;
};

} // namespace nabiz::ui
