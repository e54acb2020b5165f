// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/storage_error_text.h"

#include <QCoreApplication>

namespace nabiz::app {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(StorageError)
public:
    static QString sentence(storage::StorageErrorKind kind)
    {
        using Kind = storage::StorageErrorKind;
        switch (kind) {
        case Kind::NotADatabase:
            return tr("%1 is not a database. Choose another file, or a new name.");
        case Kind::ForeignDatabase:
            return tr("%1 is the database of another program. Choose another file, or a new name.");
        case Kind::Newer:
            return tr("%1 was written by a newer Nabız. Update this program, or choose another file.");
        case Kind::ReadOnly:
            return tr("%1 cannot be written to. Change its permissions, or choose another file.");
        case Kind::Full:
            return tr("The disk of %1 is full. Make room on it.");
        case Kind::Busy:
            return tr("%1 is held by another program. Wait until it has ended, or choose another file.");
        case Kind::Missing:
            return tr("%1 is not there. Choose another file.");
        case Kind::Damaged:
            return tr("%1 is damaged. Choose another file, or restore this one from a copy.");
        case Kind::NetworkMount:
            return tr(
                "%1 lies on a disk of another machine (%2), where a database can only be read. Choose a file on a "
                "disk of this machine.");
        case Kind::Io:
            break;
        }
        return tr("%1 cannot be read or written (%2).");
    }
};

} // namespace

QString text(const storage::StorageError& error)
{
    auto sentence = Texts::sentence(error.kind());
    const auto file = QString::fromStdString(error.file());
    if (sentence.contains(QLatin1String("%2")))
        return sentence.arg(file, QString::fromStdString(error.detail()));
    return sentence.arg(file);
}

} // namespace nabiz::app
