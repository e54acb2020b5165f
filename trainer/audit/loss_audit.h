// SPDX-License-Identifier: GPL-3.0-or-later
// Watches the losses of a run as they arrive: is the first one possible, and does any fall below what is honest?
// Arithmetic of a few numbers a batch. One thread.
#pragma once

#include "trainer/audit/floor.h"

namespace nabiz::trainer {

class LossAudit {
public:
    struct Setup {
        std::int64_t vocabulary = 256;
        bool isCausal = true;
        bool startsFromWeights = false; // then the first loss may be anything
        Floor floor;
        std::int64_t validationTargets = 0; // of one evaluation; 0 = the training loss is what is judged
    };

    explicit LossAudit(const Setup& setup);

    // What a batch brings to light: nearly always nothing. `loss` is the mean of `targets` targets.
    std::vector<Finding> batch(double loss, std::int64_t targets, std::optional<double> validation);
    // What stands at the end: that all is fine, or what has been said of, with the last figures.
    std::vector<Finding> end();

private:
    // Losses of batches, weighted by their targets.
    struct Sums {
        std::int64_t batches = 0;
        std::int64_t targets = 0;
        double loss = 0;
        double square = 0;
    };

    std::optional<Finding> firstLoss(double loss) const;
    bool add(double loss, std::int64_t targets); // true when a stretch is complete
    void judge(const MeasuredLoss& loss, std::vector<Finding>& findings);

    Setup m_setup;
    bool m_isFirst = true;
    Sums m_sums;
    double m_mean = 0; // of the last complete stretch
    std::optional<double> m_deviation; // of a target's loss, from how far batches lie apart
    std::int64_t m_stretchTargets = 0;
    std::int64_t m_allTargets = 0;
    FindingSeverity m_said = FindingSeverity::Fine;
    std::optional<Finding> m_last; // judged, and not said
};

} // namespace nabiz::trainer
