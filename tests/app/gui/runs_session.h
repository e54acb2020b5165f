// SPDX-License-Identifier: GPL-3.0-or-later
// The Runs page of a real window over a database of three ended runs, and short ways to drive it by mouse and keys.
// GUI thread.
#pragma once

#include "storage/run_store.h"
#include "tests/app/gui/window_session.h"
#include "tests/support/synthetic_trainer.h"
#include "ui/models/run_table_model.h"
#include "ui/table/run_table_columns.h"
#include "ui/table/run_table_view.h"

#include <QHeaderView>
#include <QLabel>
#include <QTemporaryDir>

namespace nabiz::tests {

using storage::RunField;

// alpha, beta, gamma: each better than the one before, of 30 batches.
inline std::vector<storage::RunId> writeThreeRuns(const std::filesystem::path& file)
{
    std::vector<storage::RunId> ids;
    storage::Recorder recorder(file);
    int number = 0;
    for (const char* name : { "alpha", "beta", "gamma" }) {
        storage::Run run;
        run.name = name;
        run.status = storage::RunStatus::Finished;
        run.preset = number == 0 ? "quick" : "t4";
        run.command = std::string("nabiz train quick --name ") + name;
        run.started = 1'780'000'000'000 + number * 60'000;
        ids.push_back(recorder.addRun(run, { { "training.batch_size", std::to_string(4 << number), "" } }));
        const auto stream = recorder.openStream(ids.back(), { { 0, "loss", "" } });
        const std::uint16_t metric = 0;
        for (int batch = 0; batch < 30; ++batch) {
            const double loss = 3.0 - number + 1.0 / (1 + batch);
            stream->append(batch, batch, { &metric, 1 }, { &loss, 1 });
        }
        recorder.closeStream(ids.back());
        ++number;
    }
    return ids;
}

struct RunsSession : WindowSession {
    explicit RunsSession(const QString& folder)
        : WindowSession(folder, [] { return std::make_shared<SyntheticTrainer>(SyntheticOptions {}); })
    {
    }

    bool open(std::size_t runs)
    {
        if (!QTest::qWaitFor([&] { return catalog.runs().size() == runs; }, 20'000) || !click("runsTab"))
            return false;
        window.resize(1200, 800); // the screen of tests is a small one
        window.activateWindow();
        return QTest::qWaitForWindowActive(&window) && view()->isVisible();
    }
    ui::RunTableView* view() const { return window.findChild<ui::RunTableView*>(); }
    ui::RunTableModel* model() const { return static_cast<ui::RunTableModel*>(view()->model()); }
    QModelIndex at(storage::RunId run, RunField field = RunField::Name) const
    {
        return model()->indexOf(run, model()->columns().indexOf(field));
    }
    QPoint center(storage::RunId run, RunField field = RunField::Name) const
    {
        view()->scrollTo(at(run, field)); // the window may be narrower than the table
        return view()->visualRect(at(run, field)).center();
    }
    void doubleClick(storage::RunId run, RunField field = RunField::Name) const
    {
        QTest::mouseClick(view()->viewport(), Qt::LeftButton, {}, center(run, field));
        QTest::mouseDClick(view()->viewport(), Qt::LeftButton, {}, center(run, field));
    }
    void clickRow(storage::RunId run, RunField field = RunField::Status, Qt::KeyboardModifiers keys = {}) const
    {
        QTest::mouseClick(view()->viewport(), Qt::LeftButton, keys, center(run, field));
    }
    void clickHeader(RunField field, Qt::KeyboardModifiers keys = {}) const
    {
        const auto* header = view()->header();
        const int column = model()->columns().indexOf(field);
        view()->scrollTo(model()->index(0, column)); // it may be behind the name
        QTest::mouseClick(header->viewport(), Qt::LeftButton, keys,
            QPoint(header->sectionViewportPosition(column) + header->sectionSize(column) / 2, header->height() / 2));
    }
    QStringList names() const
    {
        QStringList names;
        for (int row = 0; row < model()->rowCount(); ++row)
            names.append(model()->index(row, 0).data().toString());
        return names;
    }
    QString label(const char* name) const { return window.findChild<QLabel*>(QLatin1String(name))->text(); }
    bool edit(const QString& text) const
    {
        QLineEdit* edit = nullptr;
        if (!QTest::qWaitFor(
                [&] { return (edit = view()->findChild<QLineEdit*>("runTableEdit")) && edit->hasFocus(); }))
            return false;
        edit->selectAll();
        QTest::keyClicks(edit, text);
        QTest::keyClick(edit, Qt::Key_Return);
        return true;
    }
};

// A folder of its own for each test, with the three runs in it.
struct ThreeRuns {
    ThreeRuns()
        : runs(writeThreeRuns(file()))
    {
    }
    std::filesystem::path file() const { return folder.filePath("runs.db").toStdString(); }
    storage::RunStore store() const { return storage::RunStore(file()); }

    QTemporaryDir folder;
    std::vector<storage::RunId> runs;
};

} // namespace nabiz::tests
