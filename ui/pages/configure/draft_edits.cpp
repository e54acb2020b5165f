// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/configure/draft_edits.h"

#include "ui/pages/configure/configure_draft.h"

#include <QUndoCommand>

#include <algorithm>
#include <utility>

namespace nabiz::ui {

using trainer::Problem;
using trainer::Severity;

namespace {

// From one text to another. Edits of one field in a row are one step back.
class DraftCommand : public QUndoCommand {
public:
    DraftCommand(ConfigureDraft& draft, std::string key, std::string text)
        : QUndoCommand(nullptr)
        , m_draft(draft)
        , m_key(std::move(key))
        , m_before(draft.yaml())
        , m_after(std::move(text))
    {
    }
    void undo() override { m_draft.putText(m_before); }
    void redo() override { m_draft.putText(m_after); }
    int id() const override { return 1; }
    bool mergeWith(const QUndoCommand* other) override
    {
        const auto* next = static_cast<const DraftCommand*>(other);
        if (m_key.empty() || m_key != next->m_key)
            return false;
        m_after = next->m_after;
        setObsolete(m_before == m_after);
        return true;
    }

private:
    ConfigureDraft& m_draft;
    std::string m_key;
    std::string m_before, m_after;
};

} // namespace

void DraftEdits::setValue(const std::string& key, const trainer::Value& value)
{
    m_draft.inspection().setTyping(key, {});
    if (m_draft.config().value(key) == value && m_draft.inspection().problemsOf(key).empty())
        m_draft.putText(m_draft.yaml());
    else
        push(key, m_draft.origin().withValue(m_draft.document(), key, value).text());
}

void DraftEdits::setValues(const std::vector<std::pair<std::string, trainer::Value>>& values)
{
    trainer::PresetDocument changed = m_draft.document();
    for (const auto& [key, value] : values) {
        m_draft.inspection().setTyping(key, {});
        changed = m_draft.origin().withValue(changed, key, value);
    }
    push({}, changed.text());
}

void DraftEdits::reset(const std::string& key)
{
    setValues({ { key, m_draft.origin().value(key) } });
}

void DraftEdits::setText(const QString& text)
{
    if (text != QString::fromStdString(m_draft.yaml()))
        push("\n", text.toStdString()); // no key has this name: typing in the text merges with typing in the text
}

void DraftEdits::setTypingProblem(const std::string& key, const trainer::Message& message)
{
    m_draft.inspection().setTyping(key, message);
    m_draft.putText(m_draft.yaml());
}

void DraftEdits::applyAllRemedies()
{
    m_undo.beginMacro(QString());
    // A remedy may uncover another reason, which has one, too; the bound is for remedies that contradict each other.
    for (int round = 0; round < 8; ++round) {
        const auto& problems = m_draft.inspection().problems();
        const auto next = std::find_if(problems.begin(), problems.end(), [this](const Problem& p) {
            return p.severity == Severity::Error && p.remedy.has_value() && !m_draft.inspection().isMendedByWeights(p);
        });
        if (next == problems.end())
            break;
        const trainer::Remedy remedy = *next->remedy;
        applyRemedy(remedy);
    }
    m_undo.endMacro();
}

void DraftEdits::discard()
{
    m_draft.inspection().forgetTyping();
    push({}, m_draft.origin().savedText);
}

void DraftEdits::push(const std::string& key, std::string text)
{
    m_undo.push(new DraftCommand(m_draft, key, std::move(text)));
}

} // namespace nabiz::ui
