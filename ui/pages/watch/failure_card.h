// SPDX-License-Identifier: GPL-3.0-or-later
// Why a run failed, over its charts; hidden where it did not.
// GUI thread.
#pragma once

#include "storage/records/records.h"
#include "ui/widgets/card.h"

namespace nabiz::ui {

class WrappedText;
struct RunDetail;

class FailureCard : public Card {
    Q_OBJECT
public:
    explicit FailureCard(QWidget* parent = nullptr);

    // `detail` may not be there yet.
    void showRun(const storage::Run& run, const RunDetail* detail);

private:
    WrappedText* m_text;
};

} // namespace nabiz::ui
