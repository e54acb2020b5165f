// SPDX-License-Identifier: GPL-3.0-or-later
// Every edit of a draft so far, each one step back. Form and YAML are two views of it: each edit goes through the text,
// so that comments survive. GUI thread.
#pragma once

#include "trainer/config/presets/preset_store.h"
#include "trainer/validation/validation.h"

#include <QString>
#include <QUndoStack>
#include <string>
#include <utility>
#include <vector>

namespace nabiz::ui {

class ConfigureDraft;

class DraftEdits {
public:
    explicit DraftEdits(ConfigureDraft& draft)
        : m_draft(draft)
    {
    }

    void setValue(const std::string& key, const trainer::Value& value);
    // As one step back.
    void setValues(const std::vector<std::pair<std::string, trainer::Value>>& values);
    void reset(const std::string& key);
    void setText(const QString& text);
    // What was typed for `key` is no value; empty when it is one again.
    void setTypingProblem(const std::string& key, const trainer::Message& message);
    void applyRemedy(const trainer::Remedy& remedy) { setValues({ { remedy.key, remedy.value } }); }
    void applyAllRemedies();
    void discard();
    QUndoStack& undoStack() { return m_undo; }

private:
    void push(const std::string& key, std::string text);

    ConfigureDraft& m_draft;
    QUndoStack m_undo;
};

} // namespace nabiz::ui
