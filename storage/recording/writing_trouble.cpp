// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/recording/writing_trouble.h"

#include <utility>

namespace nabiz::storage {

namespace {

// A lock that is held shorter is nobody's concern.
constexpr std::chrono::seconds kTellLockAfter { 3 };

} // namespace

WritingTrouble::WritingTrouble(std::function<void(const Trouble&)> told)
    : m_tell(std::move(told))
{
}

void WritingTrouble::tell(const Trouble& trouble) const
{
    if (m_tell)
        m_tell(trouble);
}

void WritingTrouble::failed(const StorageError& error)
{
    if (!std::exchange(m_failing, true)) {
        m_failingSince = Clock::now();
        m_failureTold = false;
        m_late.reset();
    }
    {
        const std::lock_guard lock(m_mutex);
        m_lastError = error;
    }
    const bool isPassing = error.kind() == StorageErrorKind::Busy && Clock::now() - m_failingSince < kTellLockAfter;
    if (!isPassing && !std::exchange(m_failureTold, true))
        tell({ .kind = error.kind() == StorageErrorKind::Missing ? TroubleKind::Gone : TroubleKind::Writing,
            .text = error.what(),
            .error = error });
}

bool WritingTrouble::succeeded(std::int64_t batches)
{
    const bool recovers = std::exchange(m_failing, false);
    if (recovers) {
        const std::lock_guard lock(m_mutex);
        m_lastError.reset();
    }
    if (recovers && m_failureTold)
        m_late = 0;
    if (m_late)
        *m_late += batches;
    return recovers;
}

void WritingTrouble::tellOver()
{
    if (!m_late)
        return;
    tell({ TroubleKind::Over, {}, *m_late });
    m_late.reset();
}

void WritingTrouble::throwIfFailing() const
{
    const std::lock_guard lock(m_mutex);
    if (m_lastError)
        throw StorageError(*m_lastError);
}

} // namespace nabiz::storage
