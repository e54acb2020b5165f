// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/diagnosis_desk.h"

#include "app/diagnosis/diagnosis.h"
#include "trainer/base/train_error.h"
#include "ui/text/message_text.h"
#include "ui/window/main_menu.h"
#include "ui/window/window_notices.h"

#include <QDir>
#include <QFile>
#include <QFileDialog>

#include <utility>

namespace nabiz::app {

DiagnosisDesk::DiagnosisDesk(ui::MainWindow& window, Settings& settings)
    : QObject(&window)
    , m_window(window)
    , m_settings(settings)
{
    connect(window.menu().diagnose, &QAction::triggered, this, &DiagnosisDesk::choose);
    // What was interrupted has been looked at.
    connect(&window.notices(), &ui::WindowNotices::runChosen, this, &DiagnosisDesk::offer);
    connect(&window.notices(), &ui::WindowNotices::resumeChosen, this, &DiagnosisDesk::offer);
}

void DiagnosisDesk::onOpened(const QString& database, bool waits)
{
    m_database = database;
    m_worker.post([this, waits] {
        QMetaObject::invokeMethod(this, [this, waits, crash = QString::fromStdString(newestCrash())] {
            if (crash.isEmpty() || crash == m_settings.text(Setting::ToldCrash))
                return;
            m_settings.set(Setting::ToldCrash, crash);
            m_isToOffer = true;
            if (!waits)
                offer();
        });
    });
}

void DiagnosisDesk::offer()
{
    if (std::exchange(m_isToOffer, false))
        m_window.notices().offer(tr("Nabız has ended by a fault of its own. What helps to find it can be put into one "
                                    "file to send: without home folders, the text of data, or secrets."),
            tr("Save a &diagnosis…"), [this] { choose(); });
}

void DiagnosisDesk::choose()
{
    const QString file = QFileDialog::getSaveFileName(&m_window, tr("A file for the diagnosis"),
        QDir::home().filePath(QStringLiteral("nabiz-diagnosis.zip")), tr("Zip files (*.zip)"));
    if (!file.isEmpty())
        write(file);
}

void DiagnosisDesk::write(const QString& file)
{
    m_worker.post([this, file, database = QFile::encodeName(m_database).toStdString()] {
        trainer::Message failure;
        try {
            writeZip(diagnose(database), QFile::encodeName(file).toStdString());
        } catch (const trainer::TrainError& error) {
            failure = error.message();
        }
        QMetaObject::invokeMethod(this, [this, file, failure] {
            m_window.notices().show(
                failure.empty() ? tr("%1 is written; look at it before you send it.").arg(file) : ui::text(failure),
                !failure.empty());
        });
    });
}

} // namespace nabiz::app
