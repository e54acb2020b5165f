// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/run_editor.h"

#include "app/interchange/reference_run.h"
#include "app/interchange/store_import.h"
#include "app/run/environment.h"
#include "storage/exchange/run_archive.h"

#include <QDateTime>
#include <QFile>

namespace nabiz::app {

namespace {

// False where another program went on with a run that was to be put away.
bool applyTo(storage::Recorder& recorder, storage::RunId run, const ui::RunEdit& edit)
{
    using Kind = ui::RunEdit::Kind;
    switch (edit.kind) {
    case Kind::Name:
        recorder.words().rename(run, edit.text.trimmed().toStdString());
        break;
    case Kind::Note:
        recorder.words().setNote(run, edit.text.toStdString());
        break;
    case Kind::Words:
        recorder.words().setText(run, edit.field.toStdString(), edit.text.toStdString());
        break;
    case Kind::Tags: {
        std::vector<std::string> tags;
        for (const auto& tag : edit.tags)
            tags.push_back(tag.toStdString());
        recorder.words().setTags(run, tags);
        break;
    }
    case Kind::Star:
        recorder.words().setStarred(run, edit.on);
        break;
    case Kind::Trash:
        return recorder.putInTrash(run);
    case Kind::Restore:
        recorder.restore(run);
        break;
    case Kind::DeleteForGood:
        recorder.deleteRun(run);
        break;
    }
    return true;
}

} // namespace

RunEditor::RunEditor(ControllerThread& thread, QObject* parent)
    : QObject(parent)
    , m_thread(thread)
{
}

void RunEditor::each(const QList<qint64>& runs, std::function<void(storage::Recorder&, storage::RunId)> one)
{
    m_thread.order([this, runs, one = std::move(one)](RunController& controller) {
        for (const auto run : runs)
            one(controller.recorder(), run);
        controller.recorder().flush();
        m_thread.tell([this, runs] { Q_EMIT recordsChanged(runs); });
    });
}

void RunEditor::apply(const ui::RunEdit& edit)
{
    each(edit.runs, [this, edit](storage::Recorder& recorder, storage::RunId run) {
        if (!applyTo(recorder, run, edit))
            m_thread.tell([this, run] {
                Q_EMIT m_thread.failed(tr("Run %1 is live and stays out of the trash: stop it first.").arg(run));
            });
    });
}

void RunEditor::logReport(const QList<qint64>& runs, const QString& language, const QString& folder)
{
    const storage::WrittenReport report { .folder = folder.toStdString(),
        .language = language.toStdString(),
        .written = QDateTime::currentMSecsSinceEpoch(),
        .version = nabizVersion() };
    each(runs, [report](storage::Recorder& recorder, storage::RunId run) {
        auto one = report;
        one.run = run;
        recorder.words().addReport(one);
    });
}

void RunEditor::importStores(const QStringList& paths)
{
    m_thread.order([this, paths](RunController& controller) {
        ImportReport report;
        for (const QString& path : paths) {
            const auto file = QFile::encodeName(path).toStdString();
            if (storage::isRunArchive(file))
                importArchive(file, &controller.recorder(), report);
            else
                app::importStores(findStores(file), {}, &controller.recorder(), report);
        }
        qint64 points = 0;
        QList<qint64> runs;
        for (const auto& line : report.runs) {
            points += line.outcome.newPoints;
            runs.append(line.outcome.run);
        }
        QString sentence = tr("%n run(s) imported", nullptr, static_cast<int>(report.runs.size()))
            + QStringLiteral(", ") + tr("%n new point(s).", nullptr, static_cast<int>(points));
        for (const auto& skipped : report.skipped)
            sentence += u' '
                + tr("Skipped: %1 (%2).")
                      .arg(QString::fromStdString(skipped.path), QString::fromStdString(skipped.reason));
        m_thread.tell([this, runs, sentence, isError = !report.skipped.empty()] {
            Q_EMIT recordsChanged(runs);
            Q_EMIT imported(sentence, isError);
        });
    });
}

void RunEditor::keepReference(const QString& name, const QString& page)
{
    m_thread.order([this, name = name.toStdString(), page = page.toStdString()](RunController& controller) {
        const auto run = app::keepReference(controller.recorder(), readPage(page), name, page);
        m_thread.tell([this, run] {
            Q_EMIT referenceKept(run);
            Q_EMIT recordsChanged({ run });
        });
    });
}

} // namespace nabiz::app
