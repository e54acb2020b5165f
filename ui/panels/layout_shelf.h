// SPDX-License-Identifier: GPL-3.0-or-later
// The layouts there are, for all pages of a window: shipped ones, which never change, and a person's own, which `app`
// keeps; and which of them go into reports. GUI thread.
#pragma once

#include "ui/models/panel_layout.h"

#include <QObject>
#include <vector>

namespace nabiz::ui {

class LayoutShelf : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    // Shipped ones first, then by name.
    std::vector<PanelLayout> all() const;
    const PanelLayout* find(const QString& name) const;
    const std::vector<PanelLayout>& own() const { return m_own; }
    const QStringList& reported() const { return m_reported; }
    std::vector<PanelLayout> reportedLayouts() const;
    // What is kept, by app; by whatever window.
    void setKept(std::vector<PanelLayout> own, const QStringList& reported);

    // A new one, or a changed one; not in the place of a shipped one.
    void keep(const PanelLayout& layout);
    void rename(const QString& name, const QString& other);
    void remove(const QString& name);
    void setReported(const QString& name, bool reported);
    // Another window may have kept others since.
    void lookAgain() { Q_EMIT lookWanted(); }
    // A name that none has, made from this one.
    QString freeName(const QString& name) const;

Q_SIGNALS:
    void changed();
    void edited(const QString& name); // kept, or no longer there
    void reportedEdited();
    void lookWanted();

private:
    std::vector<PanelLayout>::iterator place(const QString& name);

    std::vector<PanelLayout> m_own; // by name
    QStringList m_reported;
};

} // namespace nabiz::ui
