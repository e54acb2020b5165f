// SPDX-License-Identifier: GPL-3.0-or-later
// Why a run failed, over its charts; hidden where it did not. Of memory that ran out: where it went, the nearest run
// that fitted, and what to change, each change with its buttons. GUI thread.
#pragma once

#include "storage/records/records.h"
#include "trainer/estimate/memory_card.h"
#include "ui/requests/start_request.h"
#include "ui/widgets/card.h"

#include <optional>

class QGridLayout;
class QLabel;
class QVBoxLayout;

namespace nabiz::ui {

class WrappedText;
struct RunDetail;

class FailureCard : public Card {
    Q_OBJECT
public:
    explicit FailureCard(QWidget* parent = nullptr);

    // `detail` may not be there yet.
    void showRun(const storage::Run& run, const RunDetail* detail);
    void retranslate();

Q_SIGNALS:
    void changeRequested(qint64 run, const nabiz::ui::Changes& changes, bool starts);
    void runRequested(qint64 run);

private:
    void showCard(const std::optional<trainer::MemoryCard>& card);
    void addRows(const trainer::MemoryAccount& account);
    void addChange(const trainer::MemorySuggestion& suggestion, bool fits, int number);
    void addFitted(const trainer::FittedRun& fitted);

    storage::RunId m_run = 0;
    WrappedText* m_text;
    QWidget* m_memory;
    QVBoxLayout* m_parts;
    std::optional<trainer::MemoryCard> m_shown;
};

} // namespace nabiz::ui
