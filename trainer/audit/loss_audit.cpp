// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/audit/loss_audit.h"

#include "trainer/audit/figures.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace nabiz::trainer {

namespace {

constexpr std::int64_t kStretchTargets = 10'000; // the least that a mean is taken over
constexpr std::int64_t kStretchBatches = 8; // the least that say how far losses scatter
constexpr double kUnknownDeviation = 2; // nats; more than texts have, so that nothing is said too early
constexpr double kLowest = 0.5, kHighest = 2; // of ln V

} // namespace

LossAudit::LossAudit(const Setup& setup)
    : m_setup(setup)
{
}

std::vector<Finding> LossAudit::batch(double loss, std::int64_t targets, std::optional<double> validation)
{
    std::vector<Finding> findings;
    if (std::exchange(m_isFirst, false)) {
        if (auto finding = firstLoss(loss))
            findings.push_back(std::move(*finding));
    }
    if (add(loss, targets) && m_setup.validationTargets == 0)
        judge({ m_mean, *m_deviation / std::sqrt(m_stretchTargets), m_stretchTargets, false }, findings);
    if (validation && m_setup.validationTargets > 0) {
        const double error = m_deviation.value_or(kUnknownDeviation) / std::sqrt(m_setup.validationTargets);
        judge({ *validation, error, m_setup.validationTargets, true }, findings);
    }
    return findings;
}

std::vector<Finding> LossAudit::end()
{
    std::vector<Finding> findings;
    if (m_last && m_last->severity == m_said)
        findings.push_back(std::move(*m_last));
    m_last.reset();
    return findings;
}

std::optional<Finding> LossAudit::firstLoss(double loss) const
{
    const double uniform = std::log(static_cast<double>(m_setup.vocabulary));
    if (m_setup.startsFromWeights || !std::isfinite(loss) || (loss >= kLowest * uniform && loss <= kHighest * uniform))
        return std::nullopt;
    return Finding { "first_loss", FindingSeverity::Warning,
        message(NABIZ_TEXT("Message", "The first loss is %1; a model that knows nothing begins near ln %2 = %3."),
            figureText(loss), std::to_string(m_setup.vocabulary), figureText(uniform)),
        loss > uniform ? message(NABIZ_TEXT("Message",
                             "It begins surer than it can be, and its first steps only undo that. Raise "
                             "training.warmup_steps, and look at the text: is it what model.vocab_size and "
                             "data.encoding say?"))
                       : message(NABIZ_TEXT("Message",
                             "It cannot know that much. Look at the text for one byte over and over, and "
                             "whether the model sees what it is asked for.")) };
}

bool LossAudit::add(double loss, std::int64_t targets)
{
    if (!std::isfinite(loss) || targets <= 0)
        return false;
    const auto weight = static_cast<double>(targets);
    ++m_sums.batches;
    m_sums.targets += targets;
    m_sums.loss += weight * loss;
    m_sums.square += weight * loss * loss;
    m_allTargets += targets;
    // A tenth of what has been seen, so that a long run is not asked so often that chance must speak once.
    if (m_sums.targets < std::max(kStretchTargets, m_allTargets / 10) || m_sums.batches < kStretchBatches)
        return false;
    m_stretchTargets = m_sums.targets;
    m_mean = m_sums.loss / static_cast<double>(m_sums.targets);
    // A mean over n targets lies about deviation/√n from the truth: batches apart tell of single targets. Averaged,
    // since a few batches tell it badly.
    const double spread = std::max(0.0, m_sums.square - m_sums.loss * m_mean);
    const double variance = spread / static_cast<double>(m_sums.batches - 1);
    const double before = m_deviation ? *m_deviation * *m_deviation : variance;
    m_deviation = std::sqrt(0.7 * before + 0.3 * variance);
    m_sums = {};
    return true;
}

void LossAudit::judge(const MeasuredLoss& loss, std::vector<Finding>& findings)
{
    std::optional<Finding> finding = compare(loss, m_setup.floor, m_setup.isCausal);
    if (!finding)
        return;
    if (finding->severity > m_said) {
        m_said = finding->severity;
        m_last.reset();
        findings.push_back(std::move(*finding));
    } else {
        m_last = std::move(finding);
    }
}

} // namespace nabiz::trainer
