// SPDX-License-Identifier: GPL-3.0-or-later
// Why runs have ended, as sentences that can be said in the window's language: the catalog knows them in English, as
// they are stored. A child of the catalog that it belongs to. GUI thread.
#pragma once

#include "storage/records/records.h"
#include "trainer/base/message.h"

#include <QObject>
#include <QString>
#include <map>

namespace nabiz::ui {

class RunCatalog;

class RunReasons : public QObject {
    Q_OBJECT
public:
    using Sentences = std::map<storage::RunId, trainer::Message>;

    explicit RunReasons(RunCatalog& catalog);

    // Before the catalog hears of the runs that ended so.
    void put(const Sentences& sentences);
    // In the window's language where the sentence is known, else as it is stored.
    static QString text(const RunCatalog& catalog, const storage::Run& run);

private:
    Sentences m_sentences;
};

} // namespace nabiz::ui
