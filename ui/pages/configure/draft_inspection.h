// SPDX-License-Identifier: GPL-3.0-or-later
// What is wrong with a draft as it stands, and the memory and time it will take: of its text, of its values, of what
// was typed and is no value, and of what the disk says, which answers later. GUI thread.
#pragma once

#include "trainer/config/presets/preset_store.h"
#include "trainer/validation/draft_check.h"
#include "trainer/validation/validation.h"

#include <QObject>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace nabiz::ui {

class DraftInspection : public QObject {
    Q_OBJECT
public:
    // `current` is the draft as it stands, and outlives this.
    DraftInspection(const trainer::Preset& current, trainer::Machine machine, QObject* parent = nullptr);

    // Who looks at the disk and rehearses the memory. Without one it is done here, and the caller waits.
    void setChecker(trainer::DraftChecker checker);
    // `current` is another.
    void inspect();
    // What was typed for `key` is no value; empty when it is one again.
    void setTyping(const std::string& key, const trainer::Message& message);
    void forgetTyping() { m_typing.clear(); }

    const std::vector<trainer::Problem>& problems() const { return m_problems; }
    std::vector<trainer::Problem> problemsOf(std::string_view key) const;
    const trainer::Machine& machine() const { return m_machine; }
    bool canStart() const { return !isReading() && !trainer::hasErrors(m_problems); }
    // The disk has not answered yet for the settings as they stand: what it will say is not among the problems.
    bool isReading() const { return !m_checkedConfig || !trainer::sameOnDisk(*m_checkedConfig, m_current.config); }
    // The model of the cache that is not there, and could be fetched; empty for none.
    std::string missingModel() const { return isReading() ? std::string() : m_check.missingModel; }
    // Fetching those would mend it, too; its own remedy does without the model.
    bool isMendedByWeights(const trainer::Problem& problem) const;
    // The disk holds other things than it did.
    void askAgain();
    // The last known; of the settings as they stand when `isEstimated`.
    const trainer::MemoryEstimate& estimate() const { return m_check.estimate; }
    bool isEstimated() const { return m_checkedConfig == m_current.config; }
    // A problem of the text as YAML: the form cannot edit it until it is mended.
    bool isBroken() const { return m_broken; }
    // What a batch of these settings took when it was measured last; known from outside.
    std::optional<double> batchSeconds() const { return m_batchSeconds; }
    void setBatchSeconds(std::optional<double> seconds);

Q_SIGNALS:
    void changed();
    void answered(); // after `changed`: the disk has answered for the settings as they stand

private:
    void ask();
    void take(const trainer::Config& config, const trainer::DraftCheck& found);
    void collect();

    const trainer::Preset& m_current;
    const trainer::Machine m_machine;
    std::map<std::string, trainer::Message> m_typing;
    trainer::DraftChecker m_checker;
    trainer::DraftCheck m_check; // of m_checkedConfig
    std::optional<trainer::Config> m_checkedConfig;
    std::optional<double> m_batchSeconds;
    quint64 m_asked = 0; // counts the questions: only the last one's answer is taken
    std::vector<trainer::Problem> m_problems;
    bool m_broken = false;
};

} // namespace nabiz::ui
