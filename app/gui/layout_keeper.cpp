// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/layout_keeper.h"

#include "ui/panels/ready_panels.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace nabiz::app {

namespace {

const QString kRevision = QStringLiteral("revision"), kLayout = QStringLiteral("layout"),
              kReported = QStringLiteral("reported");

} // namespace

LayoutKeeper::LayoutKeeper(ui::LayoutShelf& shelf, Settings& settings)
    : m_shelf(shelf)
    , m_settings(settings)
{
    connect(&shelf, &ui::LayoutShelf::edited, this, &LayoutKeeper::keep);
    connect(&shelf, &ui::LayoutShelf::reportedEdited, this, &LayoutKeeper::keepReported);
    connect(&shelf, &ui::LayoutShelf::lookWanted, this, &LayoutKeeper::take);
    take();
}

// As it is in the file now: another window may have written it.
QJsonObject LayoutKeeper::stored()
{
    m_settings.sync();
    return QJsonDocument::fromJson(m_settings.value(Setting::Layouts).toByteArray()).object();
}

void LayoutKeeper::take()
{
    std::vector<ui::PanelLayout> own;
    const QJsonObject json = stored();
    m_revisions.clear();
    QStringList reported;
    for (const QJsonValue& name : json.value(kReported).toArray())
        reported << name.toString();
    for (const QString& name : json.keys()) {
        const QJsonObject one = json.value(name).toObject();
        auto layout = ui::layoutOf(one.value(kLayout).toObject());
        if (!layout || layout->name != name || ui::isShippedLayout(name))
            continue; // of another version, or damaged: left in the file as it is
        m_revisions[name] = one.value(kRevision).toInt();
        own.push_back(std::move(*layout));
    }
    m_shelf.setKept(std::move(own), reported);
}

void LayoutKeeper::keep(const QString& name)
{
    QJsonObject json = stored();
    const ui::PanelLayout* layout = m_shelf.find(name);
    const int known = m_revisions.value(name), now = json.value(name).toObject().value(kRevision).toInt();
    if (known == now) {
        if (layout)
            json.insert(name, QJsonObject { { kRevision, now + 1 }, { kLayout, ui::toJson(*layout) } });
        else
            json.remove(name);
        return write(json);
    }
    if (!layout) {
        take();
        Q_EMIT collided(tr("Another window has changed the layout %1 since: it was not deleted.").arg(name));
        return;
    }
    ui::PanelLayout copy = *layout;
    copy.name = m_shelf.freeName(name);
    for (int number = 3; json.contains(copy.name); ++number)
        copy.name = QStringLiteral("%1 %2").arg(name).arg(number);
    json.insert(copy.name, QJsonObject { { kRevision, 1 }, { kLayout, ui::toJson(copy) } });
    write(json);
    Q_EMIT collided(tr("Another window has changed the layout %1 since: yours is kept as %2.").arg(name, copy.name));
}

void LayoutKeeper::keepReported()
{
    QJsonObject json = stored();
    json.insert(kReported, QJsonArray::fromStringList(m_shelf.reported()));
    write(json);
}

void LayoutKeeper::write(const QJsonObject& layouts)
{
    m_settings.set(Setting::Layouts, QJsonDocument(layouts).toJson(QJsonDocument::Compact));
    take();
}

} // namespace nabiz::app
