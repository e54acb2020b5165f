// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/audit/settings_audit.h"

#include <algorithm>

namespace nabiz::trainer {

namespace {

constexpr std::string_view kLanguageKeys[] = { "language.path", "language.stand_in", "language.sharing",
    "language.adapters", "language.train_adapters", "language.gradient_through_llm", "language.dtype" };

// What a value that chooses by itself becomes is no surprise.
bool isResolved(const Value& declared, const Value& applied)
{
    if (const auto* const number = std::get_if<std::int64_t>(&declared))
        return *number == 0;
    const auto* const text = std::get_if<std::string>(&declared);
    return text && (*text == "auto" || std::get<std::string>(applied).starts_with(*text));
}

class SettingsAudit {
public:
    SettingsAudit(const Config& declared, const Config& applied, bool validates)
        : m_declared(declared)
        , m_applied(applied)
        , m_validates(validates)
    {
    }

    std::vector<Finding> run()
    {
        changed();
        switchedOff();
        language();
        validation();
        warmUp();
        if (m_findings.empty())
            m_findings.push_back({ "not_in_effect", FindingSeverity::Fine,
                message(NABIZ_TEXT("Message", "every setting in effect")), {} });
        return std::move(m_findings);
    }

private:
    bool isChosen(std::string_view key) const { return m_declared.value(key) != findParameter(key)->defaultValue; }

    void add(Message measured, Message meaning, FindingSeverity severity = FindingSeverity::Note)
    {
        m_findings.push_back({ "not_in_effect", severity, std::move(measured), std::move(meaning) });
    }

    void changed()
    {
        for (const Difference& each : differences(m_declared, m_applied)) {
            if (!isResolved(each.before, each.after))
                add(message(NABIZ_TEXT("Message", "%1 is declared as %2; %3 is applied."), each.key,
                        toYaml(each.before), toYaml(each.after)),
                    message(NABIZ_TEXT("Message",
                        "The run is not what its settings say. Declare what is applied, or "
                        "change what keeps the setting from being applied.")),
                    FindingSeverity::Warning);
        }
    }

    // Rows of the table that matter under a condition only.
    void switchedOff()
    {
        for (const Parameter& row : parameterTable()) {
            if (row.visibleWhen.empty() || !isChosen(row.key))
                continue;
            const auto sign = row.visibleWhen.find('=');
            const std::string key(row.visibleWhen.substr(0, sign));
            const std::string wanted(sign == std::string_view::npos ? "true" : row.visibleWhen.substr(sign + 1));
            if (toYaml(m_applied.value(key)) != wanted)
                addIdle(std::string(row.key), key, wanted);
        }
        if (m_applied.integer("training.sample_interval") == 0 && isChosen("training.sample_prompt"))
            addIdle("training.sample_prompt", "training.sample_interval", "100");
    }

    void addIdle(const std::string& key, const std::string& other, const std::string& wanted)
    {
        add(message(NABIZ_TEXT("Message", "%1 is %2, but %3 is %4."), key, toYaml(m_declared.value(key)), other,
                toYaml(m_applied.value(other))),
            message(NABIZ_TEXT("Message", "So it does nothing. Set %1=%2, or leave %3 out."), other, wanted, key));
    }

    void language()
    {
        const auto& experts = m_applied.list("model.expert_types");
        if (std::find(experts.begin(), experts.end(), "language") == experts.end()) {
            std::string idle;
            for (const std::string_view key : kLanguageKeys) {
                if (isChosen(key) && m_declared.value(key) != Value(std::string()))
                    idle += (idle.empty() ? "" : ", ") + std::string(key);
            }
            if (!idle.empty())
                add(message(
                        NABIZ_TEXT("Message", "No expert is of the kind language, but there are settings for it: %1."),
                        idle),
                    message(NABIZ_TEXT("Message",
                        "They do nothing. Add language to model.expert_types, or leave them "
                        "out.")));
        } else if (!m_applied.text("language.path").empty() && isChosen("language.stand_in")
            && !m_applied.text("language.stand_in").empty()) {
            add(message(NABIZ_TEXT("Message", "language.path and language.stand_in are both given.")),
                message(NABIZ_TEXT("Message",
                    "The weights of language.path are used and the stand-in is not. Leave one "
                    "of the two empty.")));
        }
    }

    void validation()
    {
        const bool evaluates = m_applied.integer("training.eval_interval") > 0;
        if (evaluates && !m_validates && isChosen("training.eval_interval"))
            add(message(NABIZ_TEXT("Message", "training.eval_interval is %1, but there is no text to validate on."),
                    toYaml(m_applied.value("training.eval_interval"))),
                message(NABIZ_TEXT("Message",
                    "There will be no validation loss. Raise data.val_fraction or set "
                    "data.val_path.")));
        if (m_applied.text("data.val_path").empty())
            return;
        if (!evaluates)
            addIdle("data.val_path", "training.eval_interval", "100");
        for (const char* const key : { "data.val_fraction", "data.split" }) {
            if (isChosen(key))
                add(message(NABIZ_TEXT("Message", "%1 is %2, but the validation text comes from data.val_path."), key,
                        toYaml(m_declared.value(key))),
                    message(
                        NABIZ_TEXT("Message", "So %1 does nothing. Leave it out, or leave data.val_path empty."), key));
        }
    }

    void warmUp()
    {
        const std::int64_t warmup = m_applied.integer("training.warmup_steps");
        const std::int64_t steps = m_applied.integer("training.max_steps");
        if (warmup <= steps)
            return;
        add(message(NABIZ_TEXT("Message", "The warm-up takes %1 steps, the whole run %2."), std::to_string(warmup),
                std::to_string(steps)),
            message(NABIZ_TEXT("Message",
                        "The learning rate stays below the %1 that is declared. Raise "
                        "training.max_steps or lower training.warmup_steps."),
                toYaml(m_applied.value("training.learning_rate"))));
    }

    const Config& m_declared;
    const Config& m_applied;
    const bool m_validates;
    std::vector<Finding> m_findings;
};

} // namespace

std::vector<Finding> auditSettings(const Config& declared, const Config& applied, bool validates)
{
    return SettingsAudit(declared, applied, validates).run();
}

} // namespace nabiz::trainer
