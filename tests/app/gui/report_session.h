// SPDX-License-Identifier: GPL-3.0-or-later
// Runs that are really recorded, and reports of them: what the tests of reports share.
// One thread.
#pragma once

#include "app/report/report.h"
#include "app/report/report_charts.h"
#include "app/report/report_folder.h"
#include "app/run/run_controller.h"

#include <QDir>
#include <QTemporaryDir>
#include <QtTest>

#include <cmath>

namespace nabiz::tests {

inline double lossOf(std::int64_t batch)
{
    return static_cast<float>(5.6 * std::exp(-double(batch) / 60) + 0.9 + 0.01 * std::sin(batch * 1.7));
}
inline double valLossOf(std::int64_t batch)
{
    return static_cast<float>(lossOf(batch) + 0.125);
}
inline double memoryOf(std::int64_t batch)
{
    return 900e6 + 1e6 * double(std::min<std::int64_t>(batch, 30));
}
inline double timeOf(std::int64_t batch)
{
    return double(batch + 1) / 32;
}

inline QByteArray bytesOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

inline QStringList filesUnder(const QString& folder)
{
    QStringList files;
    QDirIterator it(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (it.hasNext())
        files << QDir(folder).relativeFilePath(it.next());
    files.sort();
    return files;
}

// Rows of the table whose header's first cell is `header`, cells trimmed.
inline QList<QStringList> tableOf(const QString& page, const QString& header)
{
    QList<QStringList> rows;
    bool inside = false;
    for (const auto& line : page.split(u'\n')) {
        QStringList cells;
        for (const auto& cell : line.split(u'|').mid(1))
            cells << cell.trimmed();
        if (!line.startsWith(u'|'))
            inside = false;
        else if (cells.first() == header)
            inside = true;
        else if (inside && !cells.first().startsWith(u'-'))
            rows << cells;
    }
    return rows;
}

// Four significant digits of it, which is what pages say.
inline bool says(const QString& text, double value)
{
    return std::abs(text.toDouble() - value) <= 0.5001 * std::pow(10, std::floor(std::log10(std::abs(value))) - 3);
}

// A database of its own for each test function.
class ReportSession : public QObject {
protected:
    void open()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_recorder = std::make_unique<storage::Recorder>(m_folder->filePath("runs.db").toStdString());
    }
    void close()
    {
        m_recorder.reset();
        m_folder.reset();
    }
    storage::RunId record(
        const std::string& name, int batches, const std::function<void(storage::Run&, trainer::Config&)>& edit = {});
    app::Report report(const std::vector<storage::RunId>& runs, const char* language = "en",
        const app::ReportChoice& choice = { .database = "~/runs.db", .version = "9.8.7" });
    QString write(const app::Report& report, const QString& parent);

    double m_shift = 0; // of the losses that are recorded
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<storage::Recorder> m_recorder;
    const trainer::PresetStore m_presets { {} };
};

inline storage::RunId ReportSession::record(
    const std::string& name, int batches, const std::function<void(storage::Run&, trainer::Config&)>& edit)
{
    storage::Run run { .name = name,
        .preset = "quick",
        .presetText = "training:\n  learning_rate: 3e-4\n",
        .command = "nabiz train quick training.learning_rate=3e-4",
        .seed = 1 };
    auto config = m_presets.load("quick").config;
    config.set("training.learning_rate", trainer::Value(3e-4));
    if (edit)
        edit(run, config);
    std::vector<storage::Parameter> parameters;
    for (const auto& row : trainer::parameterTable())
        parameters.push_back({ std::string(row.key), trainer::toYaml(config.value(row.key)), {} });
    const auto id = m_recorder->addRun(run, parameters);
    m_recorder->setStatus(id, storage::RunStatus::Preparing);
    for (auto& parameter : parameters)
        parameter.applied = parameter.key == "hardware.device" ? "cpu" : parameter.declared;
    m_recorder->setPrepared(
        id, parameters, { { "cpu", "A *fast* one" }, { "data.entropy", "0.66" }, { "data.hash", "abc123" } }, batches);
    m_recorder->setStatus(id, storage::RunStatus::Running);
    const auto stream = m_recorder->openStream(id, app::recordedMetrics(config));
    using M = trainer::Metric;
    for (std::int64_t batch = 0; batch < batches; ++batch) {
        std::vector<std::uint16_t> metrics { std::uint16_t(M::Loss), std::uint16_t(M::MemoryProcess) };
        std::vector<double> values { m_shift == 0 ? lossOf(batch) : float(lossOf(batch) + m_shift), memoryOf(batch) };
        if (batch % 50 == 49) {
            metrics.push_back(std::uint16_t(M::ValLoss));
            values.push_back(m_shift == 0 ? valLossOf(batch) : float(valLossOf(batch) + m_shift));
            m_recorder->addEvent(id,
                { .kind = "sample",
                    .batch = batch,
                    .text = "bir ev",
                    .message = "%1",
                    .arguments = { "bir ev ``` | <b>" + std::to_string(batch) } });
        }
        stream->append(batch, timeOf(batch), metrics, values);
    }
    m_recorder->closeStream(id);
    m_recorder->setStatus(id, storage::RunStatus::Finished);
    m_recorder->flush();
    return id;
}

inline app::Report ReportSession::report(
    const std::vector<storage::RunId>& runs, const char* language, const app::ReportChoice& choice)
{
    const storage::RunStore store(m_recorder->file());
    return app::makeReport(app::readRuns(store, m_presets, runs), app::ReportText(language), choice);
}

inline QString ReportSession::write(const app::Report& report, const QString& parent)
{
    std::map<std::string, std::string> pictures;
    for (const auto& chart : report.charts)
        pictures.merge(app::drawChart(chart));
    const storage::RunStore store(m_recorder->file());
    return QString::fromStdString(app::writeReport(report, pictures, store, parent.toStdString()).string());
}

} // namespace nabiz::tests
