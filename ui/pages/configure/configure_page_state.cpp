// SPDX-License-Identifier: GPL-3.0-or-later
// What Configure opens, and what it remembers from one start of the program to the next.
#include "trainer/base/train_error.h"
#include "ui/pages/configure/configure_draft.h"
#include "ui/pages/configure/configure_form.h"
#include "ui/pages/configure/configure_header.h"
#include "ui/pages/configure/configure_page.h"
#include "ui/pages/configure/configure_side.h"
#include "ui/pages/configure/preset_text.h"
#include "ui/pages/configure/start_card.h"
#include "ui/pages/configure/weights_fetch.h"
#include "ui/text/message_text.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QListWidget>

#include <algorithm>
#include <utility>

namespace nabiz::ui {

namespace {

const QString kDrafts = QStringLiteral("drafts"), kYaml = QStringLiteral("yaml"), kGroup = QStringLiteral("group"),
              kFolds = QStringLiteral("open_folds"), kName = QStringLiteral("name"), kWhy = QStringLiteral("why");

} // namespace

QJsonObject ConfigurePage::state() const
{
    return { { kDrafts, m_draft->state() }, { kYaml, !m_yaml->isHidden() }, { kGroup, m_form->groups()->currentRow() },
        { kFolds, QJsonArray::fromStringList(m_form->openFolds()) },
        { kName, m_side->nameIsTyped() ? m_side->name() : QString() }, { kWhy, m_side->why() } };
}

void ConfigurePage::restore(const QJsonObject& state)
{
    if (state.isEmpty())
        return;
    m_draft->restore(state.value(kDrafts).toObject());
    showYaml(state.value(kYaml).toBool());
    QListWidget* groups = m_form->groups();
    groups->setCurrentRow(std::clamp(state.value(kGroup).toInt(groups->currentRow()), 0, groups->count() - 1));
    m_form->openFolds(state.value(kFolds).toVariant().toStringList());
    m_side->setTyped(state.value(kName).toString(), state.value(kWhy).toString());
}

void ConfigurePage::onWeightsEnd(const WeightsEnd& end)
{
    if (end.isThere)
        m_draft->inspection().askAgain();
    const auto awaited = std::exchange(m_startsWithWeights, std::nullopt);
    if (end.isThere && awaited && *awaited == m_draft->config())
        start();
    else if (!end.failure.isEmpty() && !isVisible())
        Q_EMIT noticeRaised(end.failure, true);
}

void ConfigurePage::setDatabase(const QString& file)
{
    m_draft->setDatabase(file);
}

void ConfigurePage::save()
{
    try {
        m_draft->saveAs(m_draft->name());
        Q_EMIT noticeRaised(tr("Saved as the preset %1.").arg(m_draft->name()), false);
    } catch (const trainer::TrainError& error) { // a disk that is full, a folder that is not ours: said in place
        Q_EMIT noticeRaised(text(error.message()), true);
    }
    m_header->refreshPresets();
}

void ConfigurePage::open(const QString& nameOrPath)
{
    const QFileInfo file(nameOrPath);
    static const QStringList presets { "yaml", "yml", "" };
    if (file.isAbsolute() && file.exists() && !presets.contains(file.suffix().toLower()))
        m_draft->edits().setValue("data.train_path", trainer::Value(nameOrPath.toStdString()));
    else
        m_draft->loadPreset(nameOrPath);
}

} // namespace nabiz::ui
