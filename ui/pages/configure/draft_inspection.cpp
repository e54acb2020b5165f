// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/configure/draft_inspection.h"

#include <QPointer>

#include <algorithm>
#include <utility>

namespace nabiz::ui {

using trainer::Problem;
using trainer::Severity;

DraftInspection::DraftInspection(const trainer::Preset& current, trainer::Machine machine, QObject* parent)
    : QObject(parent)
    , m_current(current)
    , m_machine(machine)
{
}

void DraftInspection::setChecker(trainer::DraftChecker checker)
{
    m_checker = std::move(checker);
    m_checkedConfig.reset();
    inspect();
    Q_EMIT changed();
}

void DraftInspection::inspect()
{
    ask();
    collect();
}

void DraftInspection::askAgain()
{
    m_checkedConfig.reset();
    inspect();
    Q_EMIT changed();
}

void DraftInspection::setTyping(const std::string& key, const trainer::Message& message)
{
    if (message.empty())
        m_typing.erase(key);
    else
        m_typing[key] = message;
}

void DraftInspection::ask()
{
    const trainer::Config& config = m_current.config;
    if (m_checkedConfig == config)
        return;
    const auto asked = ++m_asked;
    if (!m_checker) {
        m_check = trainer::checkDraft(config, m_machine, {});
        m_checkedConfig = config;
        return;
    }
    const QPointer<DraftInspection> self(this);
    m_checker(config, m_machine, [self, asked, of = config](const trainer::DraftCheck& found) {
        if (self && asked == self->m_asked)
            self->take(of, found);
    });
}

void DraftInspection::take(const trainer::Config& config, const trainer::DraftCheck& found)
{
    m_check = found;
    m_checkedConfig = config;
    collect();
    Q_EMIT changed();
    Q_EMIT answered();
}

void DraftInspection::collect()
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

std::vector<Problem> DraftInspection::problemsOf(std::string_view key) const
{
    std::vector<Problem> result;
    std::copy_if(m_problems.begin(), m_problems.end(), std::back_inserter(result),
        [key](const Problem& problem) { return problem.key == key; });
    return result;
}

bool DraftInspection::isMendedByWeights(const Problem& problem) const
{
    return !missingModel().empty() && (problem.key == "language.path" || problem.key == "language.stand_in");
}

void DraftInspection::setBatchSeconds(std::optional<double> seconds)
{
    if (std::exchange(m_batchSeconds, seconds) != seconds)
        Q_EMIT changed();
}

} // namespace nabiz::ui
