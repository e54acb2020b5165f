// SPDX-License-Identifier: GPL-3.0-or-later
// How drafts outlive the look at another preset, and the program.
#include "ui/pages/configure/configure_draft.h"

#include "trainer/base/free_name.h"

#include <QJsonArray>
#include <set>

namespace nabiz::ui {

namespace {

const QString kNow = QStringLiteral("now"), kOthers = QStringLiteral("others");

} // namespace

KeptDraft ConfigureDraft::asKept() const
{
    const std::filesystem::path& path = m_base.path;
    KeptDraft kept { .name = m_name,
        .base = path.empty() ? presetName() : QString::fromStdString(path.string()),
        .text = m_text,
        .parent = m_parentRun,
        .database = m_parentDatabase };
    const std::string origin = m_origin.document.text();
    if (m_originName != presetName() || origin != m_base.document.text()) {
        kept.originName = m_originName;
        kept.originText = origin;
    }
    return kept;
}

void ConfigureDraft::keepDraft()
{
    if (!m_name.isEmpty() && isModified())
        m_kept[m_name] = asKept();
    else
        m_kept.erase(m_name);
}

QStringList ConfigureDraft::keptDrafts() const
{
    QStringList names;
    for (const auto& [name, kept] : m_kept)
        names << name;
    return names;
}

void ConfigureDraft::takeUp(const KeptDraft& kept)
{
    trainer::Preset base = m_presets.load(kept.base.toStdString());
    if (trainer::hasErrors(base.problems) && base.document.text().empty())
        base = m_presets.load("quick"); // its file is gone; the draft is not
    const bool isOfRun = !kept.originName.isEmpty();
    const std::string saved = isOfRun ? kept.originText : base.document.text();
    const QString originName = isOfRun ? kept.originName : QString::fromStdString(base.name);
    m_origin = isOfRun ? m_presets.parse(saved, originName.toStdString() + ".yaml") : base;
    begin(std::move(base), saved, originName);
    m_isCopy = m_isCopy || isOfRun;
    m_parentRun = kept.database == m_database || m_database.isEmpty() ? kept.parent : std::nullopt;
    m_parentDatabase = kept.database;
    m_name = kept.name;
    m_text = kept.text;
    check();
    Q_EMIT loaded();
    Q_EMIT changed();
}

QJsonObject ConfigureDraft::state() const
{
    QJsonArray others;
    for (const auto& [name, kept] : m_kept)
        others.append(kept.toJson());
    return { { kNow, asKept().toJson() }, { kOthers, others } };
}

void ConfigureDraft::restore(const QJsonObject& state)
{
    m_kept.clear();
    for (const QJsonValue& value : state.value(kOthers).toArray()) {
        if (const auto kept = KeptDraft::fromJson(value.toObject()))
            m_kept[kept->name] = *kept;
    }
    if (const auto now = KeptDraft::fromJson(state.value(kNow).toObject()))
        takeUp(*now);
}

void ConfigureDraft::setDatabase(const QString& file)
{
    m_database = file;
    if (!m_parentRun || m_parentDatabase == file)
        return;
    m_parentRun.reset(); // its number means another run here
    Q_EMIT changed();
}

void ConfigureDraft::save()
{
    const std::string name = m_name.toStdString();
    m_presets.save(name, m_text);
    m_kept.erase(m_name);
    trainer::Preset saved = m_presets.load(name);
    m_origin = saved;
    const auto parent = m_parentRun;
    begin(std::move(saved), m_text, m_name);
    m_parentRun = parent;
    check();
    Q_EMIT loaded();
    Q_EMIT changed();
}

// Drafts that are not saved have names, too.
QString ConfigureDraft::freeCopyName() const
{
    std::set<std::string> taken;
    for (const auto& [name, kept] : m_kept)
        taken.insert(name.toStdString());
    for (const trainer::Preset& preset : m_presets.list())
        taken.insert(preset.name);
    return QString::fromStdString(trainer::freeName(
        m_presets.freeName(m_base.name), [&taken](const std::string& name) { return taken.contains(name); }));
}

} // namespace nabiz::ui
