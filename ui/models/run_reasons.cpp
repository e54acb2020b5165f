// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/run_reasons.h"

#include "ui/models/run_catalog.h"
#include "ui/text/message_text.h"

namespace nabiz::ui {

RunReasons::RunReasons(RunCatalog& catalog)
    : QObject(&catalog)
{
}

void RunReasons::put(const Sentences& sentences)
{
    for (const auto& [run, sentence] : sentences)
        m_sentences.insert_or_assign(run, sentence);
}

QString RunReasons::text(const RunCatalog& catalog, const storage::Run& run)
{
    if (run.failure.empty())
        return {};
    if (const auto* const all = catalog.findChild<RunReasons*>(QString(), Qt::FindDirectChildrenOnly)) {
        const auto found = all->m_sentences.find(run.id);
        if (found != all->m_sentences.end() && found->second.english() == run.failure)
            return ui::text(found->second);
    }
    return ui::text(trainer::Message { run.failure, {} }); // the sentences of an interruption are whole ones
}

} // namespace nabiz::ui
