// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/watch/failure_card.h"

#include "ui/models/run_catalog.h"
#include "ui/text/message_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/wrapped_text.h"

#include <QVBoxLayout>

namespace nabiz::ui {
namespace {

// The reason as it was stored, or, where an event tells the same, in the window's language.
QString failureText(const storage::Run& run, const RunDetail* detail)
{
    if (detail && !run.failure.empty()) {
        for (const storage::Event& event : detail->events) {
            if (event.text == run.failure)
                return text(event);
        }
    }
    return QString::fromStdString(run.failure);
}

} // namespace

FailureCard::FailureCard(QWidget* parent)
    : Card(parent)
    , m_text(new WrappedText(this))
{
    setObjectName(QStringLiteral("failureCard"));
    m_text->setObjectName(QStringLiteral("failureText"));
    Theme::setRole(m_text, "bad");
    body()->addWidget(m_text);
}

void FailureCard::showRun(const storage::Run& run, const RunDetail* detail)
{
    if (const QString reason = failureText(run, detail); m_text->toPlainText() != reason) {
        m_text->setPlainText(reason); // what is selected in it stays
    }
    m_text->setAccessibleName(statusName(run.status));
    setVisible(!run.failure.empty());
}

} // namespace nabiz::ui
