// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/configure/configure_draft.h"

#include <utility>

namespace nabiz::ui {

namespace {

const QString kNow = QStringLiteral("now"), kOthers = QStringLiteral("others");

} // namespace

ConfigureDraft::ConfigureDraft(const trainer::PresetStore& presets, trainer::Machine machine, QObject* parent)
    : QObject(parent)
    , m_presets(presets)
    , m_inspection(m_current, machine)
    , m_edits(*this)
{
    connect(&m_inspection, &DraftInspection::changed, this, &ConfigureDraft::changed);
}

void ConfigureDraft::begin(DraftOrigin origin, const QString& name, const std::string& text)
{
    m_origin = std::move(origin);
    m_name = name;
    m_text = text;
    m_inspection.forgetTyping();
    m_edits.undoStack().clear();
    check();
    Q_EMIT loaded();
    Q_EMIT changed();
}

void ConfigureDraft::loadPreset(const QString& nameOrPath)
{
    keepDraft();
    if (const auto kept = m_shelf.take(nameOrPath))
        return begin(DraftOrigin::ofKept(m_presets, *kept, m_database), kept->name, kept->text);
    const DraftOrigin origin = DraftOrigin::ofPreset(m_presets, nameOrPath);
    begin(origin, origin.name, origin.savedText);
}

void ConfigureDraft::loadRun(const storage::Run& run, const std::vector<storage::Parameter>& parameters)
{
    keepDraft();
    const DraftOrigin origin = DraftOrigin::ofRun(m_presets, run, parameters, m_database);
    begin(origin, QString::fromStdString(m_presets.freeName(run.name)), origin.savedText);
}

void ConfigureDraft::saveAs(const QString& name)
{
    m_presets.save(name.toStdString(), m_text);
    m_shelf.remove(m_name);
    DraftOrigin saved = DraftOrigin::ofPreset(m_presets, name);
    saved.savedText = m_text;
    saved.parent = m_origin.parent;
    saved.database = m_origin.database;
    begin(std::move(saved), name, m_text);
}

void ConfigureDraft::keepDraft()
{
    if (!m_name.isEmpty() && isModified())
        m_shelf.put(m_origin.keep(m_name, m_text));
    else
        m_shelf.remove(m_name);
}

QJsonObject ConfigureDraft::state() const
{
    return { { kNow, m_origin.keep(m_name, m_text).toJson() }, { kOthers, m_shelf.toJson() } };
}

void ConfigureDraft::restore(const QJsonObject& state)
{
    m_shelf.restore(state.value(kOthers).toArray());
    if (const auto now = KeptDraft::fromJson(state.value(kNow).toObject()))
        begin(DraftOrigin::ofKept(m_presets, *now, m_database), now->name, now->text);
}

void ConfigureDraft::setDatabase(const QString& file)
{
    m_database = file;
    if (!m_origin.parent || m_origin.database == file)
        return;
    m_origin.parent.reset(); // its number means another run here
    Q_EMIT changed();
}

void ConfigureDraft::check()
{
    m_current = m_presets.parse(m_text, m_name.toStdString() + ".yaml");
    m_inspection.inspect();
}

std::vector<trainer::Difference> ConfigureDraft::changes() const
{
    std::vector<trainer::Difference> result = trainer::differences(m_origin.source.config, config());
    std::erase_if(result, [](const trainer::Difference& d) { return trainer::findParameter(d.key)->derived; });
    return result;
}

QString ConfigureDraft::command() const
{
    return QString::fromStdString(trainer::commandLine(m_origin.base.name, m_origin.base.config, config()));
}

void ConfigureDraft::putText(const std::string& text)
{
    m_text = text;
    const QString baseName = m_origin.presetName();
    if (m_origin.isCopy && !m_origin.parent) {
        if (!isModified())
            m_name = baseName;
        else if (m_name == baseName)
            m_name = m_shelf.freeName(m_presets, m_origin.base.name);
    }
    check();
    Q_EMIT changed();
}

} // namespace nabiz::ui
