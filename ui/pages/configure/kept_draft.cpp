// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/configure/kept_draft.h"

namespace nabiz::ui {

namespace {

const QString kName = QStringLiteral("name"), kBase = QStringLiteral("base"), kText = QStringLiteral("text"),
              kOriginName = QStringLiteral("origin_name"), kOriginText = QStringLiteral("origin_text"),
              kParent = QStringLiteral("parent"), kDatabase = QStringLiteral("database");

} // namespace

QJsonObject KeptDraft::toJson() const
{
    QJsonObject json { { kName, name }, { kBase, base }, { kText, QString::fromStdString(text) } };
    if (!originName.isEmpty())
        json.insert(kOriginName, originName);
    if (!originText.empty())
        json.insert(kOriginText, QString::fromStdString(originText));
    if (parent) {
        json.insert(kParent, static_cast<qint64>(*parent));
        json.insert(kDatabase, database);
    }
    return json;
}

std::optional<KeptDraft> KeptDraft::fromJson(const QJsonObject& json)
{
    KeptDraft draft { .name = json.value(kName).toString(),
        .base = json.value(kBase).toString(),
        .text = json.value(kText).toString().toStdString(),
        .originName = json.value(kOriginName).toString(),
        .originText = json.value(kOriginText).toString().toStdString(),
        .database = json.value(kDatabase).toString() };
    if (draft.name.isEmpty() || draft.base.isEmpty())
        return std::nullopt;
    if (json.contains(kParent))
        draft.parent = json.value(kParent).toInteger();
    return draft;
}

} // namespace nabiz::ui
