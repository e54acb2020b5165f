// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/configure/draft_shelf.h"

#include "trainer/base/free_name.h"

#include <set>

namespace nabiz::ui {

std::optional<KeptDraft> DraftShelf::take(const QString& name)
{
    const auto kept = m_kept.extract(name);
    return kept.empty() ? std::nullopt : std::optional(kept.mapped());
}

QStringList DraftShelf::names() const
{
    QStringList names;
    for (const auto& [name, kept] : m_kept)
        names << name;
    return names;
}

QString DraftShelf::freeName(const trainer::PresetStore& presets, const std::string& base) const
{
    std::set<std::string> taken;
    for (const auto& [name, kept] : m_kept)
        taken.insert(name.toStdString());
    for (const trainer::Preset& preset : presets.list())
        taken.insert(preset.name);
    return QString::fromStdString(
        trainer::freeName(presets.freeName(base), [&taken](const std::string& name) { return taken.contains(name); }));
}

QJsonArray DraftShelf::toJson() const
{
    QJsonArray drafts;
    for (const auto& [name, kept] : m_kept)
        drafts.append(kept.toJson());
    return drafts;
}

void DraftShelf::restore(const QJsonArray& drafts)
{
    m_kept.clear();
    for (const QJsonValue& value : drafts) {
        if (const auto kept = KeptDraft::fromJson(value.toObject()))
            put(*kept);
    }
}

} // namespace nabiz::ui
