// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/configure/configure_draft.h"

#include "trainer/base/train_error.h"

#include <QPointer>
#include <QUndoCommand>

#include <algorithm>
#include <functional>
#include <utility>

namespace nabiz::ui {

using trainer::Problem;
using trainer::Severity;

// From one text to another. Edits of one field in a row are one step back.
class DraftCommand : public QUndoCommand {
public:
    DraftCommand(ConfigureDraft& draft, std::string key, std::string text)
        : QUndoCommand(nullptr)
        , m_draft(draft)
        , m_key(std::move(key))
        , m_before(draft.m_text)
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

ConfigureDraft::ConfigureDraft(const trainer::PresetStore& presets, trainer::Machine machine, QObject* parent)
    : QObject(parent)
    , m_presets(presets)
    , m_machine(machine)
{
}

void ConfigureDraft::begin(trainer::Preset base, const std::string& text, const QString& originName)
{
    m_base = std::move(base);
    m_originName = originName;
    m_text = m_savedText = text;
    m_parentRun.reset();
    m_typing.clear();
    m_undo.clear();
    m_isCopy = m_base.shipped || m_base.path.empty();
}

void ConfigureDraft::loadPreset(const QString& nameOrPath)
{
    keepDraft();
    if (const auto kept = m_kept.find(nameOrPath); kept != m_kept.end()) {
        const KeptDraft draft = kept->second;
        m_kept.erase(kept);
        takeUp(draft);
        return;
    }
    trainer::Preset preset = m_presets.load(nameOrPath.toStdString());
    const std::string text = preset.document.text();
    const QString presetName = QString::fromStdString(preset.name);
    m_origin = preset;
    begin(std::move(preset), text, presetName);
    m_name = presetName;
    check();
    Q_EMIT loaded();
    Q_EMIT changed();
}

void ConfigureDraft::loadRun(const storage::Run& run, const std::vector<storage::Parameter>& parameters)
{
    keepDraft();
    trainer::Preset base = m_presets.load(run.preset.empty() ? "quick" : run.preset);
    if (trainer::hasErrors(base.problems))
        base = m_presets.load("quick");
    const std::string file = run.name + ".yaml";
    trainer::PresetDocument document
        = trainer::PresetDocument::parse(run.presetText.empty() ? base.document.text() : run.presetText, file);
    trainer::Config config = m_presets.parse(document.text(), file).config;
    // What the run declared counts, whatever its text says: a command line may have overridden it.
    for (const storage::Parameter& parameter : parameters) {
        const trainer::Override given = trainer::parseOverride(parameter.key + "=" + parameter.declared);
        const trainer::Parameter* row = trainer::findParameter(parameter.key);
        if (row && !row->derived && !given.problem && config.value(given.key) != given.value)
            document = document.withValue(given.key, given.value);
    }
    begin(std::move(base), document.text(), QString::fromStdString(run.name));
    m_origin = m_presets.parse(document.text(), file);
    m_isCopy = true;
    m_parentRun = run.id;
    m_parentDatabase = m_database;
    m_name = QString::fromStdString(m_presets.freeName(run.name));
    check();
    Q_EMIT loaded();
    Q_EMIT changed();
}

void ConfigureDraft::setChecker(trainer::DraftChecker checker)
{
    m_checker = std::move(checker);
    m_checkedConfig.reset();
    check();
    Q_EMIT changed();
}

void ConfigureDraft::check()
{
    m_current = m_presets.parse(m_text, m_name.toStdString() + ".yaml");
    ask();
    collectProblems();
}

void ConfigureDraft::ask()
{
    if (m_checkedConfig == config())
        return;
    const auto asked = ++m_asked;
    if (!m_checker) {
        m_check = trainer::checkDraft(config(), m_machine, {});
        m_checkedConfig = config();
        return;
    }
    const QPointer<ConfigureDraft> self(this);
    m_checker(config(), m_machine, [self, asked, of = config()](const trainer::DraftCheck& found) {
        if (self && asked == self->m_asked)
            self->take(of, found);
    });
}

void ConfigureDraft::take(const trainer::Config& config, const trainer::DraftCheck& found)
{
    m_check = found;
    m_checkedConfig = config;
    collectProblems();
    Q_EMIT changed();
    Q_EMIT checked();
}

void ConfigureDraft::collectProblems()
{
    m_problems = m_current.problems;
    m_broken = std::any_of(m_problems.begin(), m_problems.end(),
        [](const Problem& p) { return p.severity == Severity::Error && p.key.empty(); });
    for (const auto& [key, message] : m_typing)
        m_problems.push_back({ .key = key, .message = message });
    const auto add = [this](std::vector<Problem> more) {
        for (Problem& problem : more) {
            const bool known = std::any_of(m_problems.begin(), m_problems.end(),
                [&problem](const Problem& p) { return p.key == problem.key && p.message == problem.message; });
            if (!known) {
                problem.line = m_current.document.lineOf(problem.key);
                m_problems.push_back(std::move(problem));
            }
        }
    };
    add(trainer::validate(m_current.config, m_machine));
    if (!isReading())
        add(m_check.problems);
}

std::vector<Problem> ConfigureDraft::problemsOf(std::string_view key) const
{
    std::vector<Problem> result;
    std::copy_if(m_problems.begin(), m_problems.end(), std::back_inserter(result),
        [key](const Problem& problem) { return problem.key == key; });
    return result;
}

bool ConfigureDraft::isChanged(std::string_view key) const
{
    return config().value(key) != originValue(key);
}

std::vector<trainer::Difference> ConfigureDraft::changes() const
{
    std::vector<trainer::Difference> result = trainer::differences(m_origin.config, config());
    std::erase_if(result, [](const trainer::Difference& d) { return trainer::findParameter(d.key)->derived; });
    return result;
}

QString ConfigureDraft::command() const
{
    return QString::fromStdString(trainer::commandLine(m_base.name, m_base.config, config()));
}

trainer::PresetDocument ConfigureDraft::withValue(
    const trainer::PresetDocument& document, const std::string& key, const trainer::Value& value) const
{
    // Back at what it was: the line is as it was, too.
    if (value == originValue(key) && m_origin.document.lineOf(key) == 0)
        return document.without(key);
    return document.withValue(key, value);
}

void ConfigureDraft::setValue(const std::string& key, const trainer::Value& value)
{
    m_typing.erase(key);
    if (config().value(key) == value && problemsOf(key).empty()) {
        check();
        Q_EMIT changed();
        return;
    }
    push(key, withValue(document(), key, value).text());
}

void ConfigureDraft::setValues(const std::vector<std::pair<std::string, trainer::Value>>& values)
{
    trainer::PresetDocument changed = document();
    for (const auto& [key, value] : values) {
        m_typing.erase(key);
        changed = withValue(changed, key, value);
    }
    push({}, changed.text());
}

void ConfigureDraft::reset(const std::string& key)
{
    setValues({ { key, originValue(key) } });
}

void ConfigureDraft::setText(const QString& text)
{
    if (text != this->text())
        push("\n", text.toStdString()); // no key has this name: typing in the text merges with typing in the text
}

void ConfigureDraft::setTypingProblem(const std::string& key, const trainer::Message& message)
{
    if (message.empty())
        m_typing.erase(key);
    else
        m_typing[key] = message;
    check();
    Q_EMIT changed();
}

void ConfigureDraft::applyAllRemedies()
{
    m_undo.beginMacro(QString());
    // A remedy may uncover another reason, which has one, too; the bound is for remedies that contradict each other.
    for (int round = 0; round < 8; ++round) {
        const auto next = std::find_if(m_problems.begin(), m_problems.end(),
            [](const Problem& p) { return p.severity == Severity::Error && p.remedy.has_value(); });
        if (next == m_problems.end())
            break;
        const trainer::Remedy remedy = *next->remedy;
        applyRemedy(remedy);
    }
    m_undo.endMacro();
}

void ConfigureDraft::discardChanges()
{
    m_typing.clear();
    push({}, m_savedText);
}

void ConfigureDraft::setBatchSeconds(std::optional<double> seconds)
{
    if (std::exchange(m_batchSeconds, seconds) != seconds)
        Q_EMIT changed();
}

void ConfigureDraft::push(const std::string& key, std::string text)
{
    m_undo.push(new DraftCommand(*this, key, std::move(text)));
}

void ConfigureDraft::putText(const std::string& text)
{
    m_text = text;
    const QString baseName = QString::fromStdString(m_base.name);
    if (m_isCopy && !m_parentRun) {
        if (!isModified())
            m_name = baseName;
        else if (m_name == baseName)
            m_name = freeCopyName();
    }
    check();
    Q_EMIT changed();
}

} // namespace nabiz::ui
