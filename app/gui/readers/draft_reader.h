// SPDX-License-Identifier: GPL-3.0-or-later
// What stands in Configure, looked at on the disk: its first samples, and what is wrong with its paths beside the
// memory it will take. Both are read elsewhere, since a folder may be large, or never answer. GUI thread.
#pragma once

#include "app/gui/readers/latest_reader.h"
#include "trainer/data/sample_preview.h"
#include "trainer/validation/draft_check.h"

#include <QObject>
#include <functional>

namespace nabiz::app {

class DraftReader : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    // A trainer::DraftChecker.
    void check(const trainer::Config& config, const trainer::Machine& machine,
        std::function<void(const trainer::DraftCheck&)> answer);
    void preview(const trainer::Config& config);

Q_SIGNALS:
    void previewReady(const nabiz::trainer::SamplePreview& preview);

private:
    LatestReader m_checks;
    LatestReader m_previews;
};

} // namespace nabiz::app
