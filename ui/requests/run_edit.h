// SPDX-License-Identifier: GPL-3.0-or-later
// What a person changes about runs, as one value from wherever it is typed or clicked to where it is stored.
// Any thread.
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace nabiz::ui {

struct RunEdit {
    enum class Kind { Name, Note, Words, Tags, Star, Trash, Restore, DeleteForGood };

    Kind kind = Kind::Name;
    QList<qint64> runs;
    QString text; // a name, a note, words
    QString field; // of words: one of Run::texts
    QStringList tags;
    bool on = false; // starred

    bool operator==(const RunEdit&) const = default;

    static RunEdit rename(qint64 run, const QString& name) { return { Kind::Name, { run }, name }; }
    static RunEdit note(qint64 run, const QString& note) { return { Kind::Note, { run }, note }; }
    static RunEdit words(qint64 run, const QString& field, const QString& text)
    {
        return { Kind::Words, { run }, text, field };
    }
    static RunEdit tag(qint64 run, const QStringList& tags) { return { Kind::Tags, { run }, {}, {}, tags }; }
    static RunEdit star(const QList<qint64>& runs, bool on) { return { Kind::Star, runs, {}, {}, {}, on }; }
    static RunEdit trash(const QList<qint64>& runs) { return { Kind::Trash, runs }; }
    static RunEdit restore(const QList<qint64>& runs) { return { Kind::Restore, runs }; }
    static RunEdit deleteForGood(const QList<qint64>& runs) { return { Kind::DeleteForGood, runs }; } // no way back
};

} // namespace nabiz::ui
