// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/readers/chart_file_writer.h"

#include "trainer/base/output_file.h"
#include "ui/text/message_text.h"

#include <QFile>

#include <algorithm>
#include <exception>
#include <utility>

namespace nabiz::app {
namespace {

// What went wrong, or nothing.
QString written(const ui::ChartRows& rows, double x0, double x1, const QString& file, const ui::ChartRows::Sink& goesOn)
{
    try {
        trainer::OutputFile out(QFile::encodeName(file).toStdString());
        bool isWhole = true;
        rows.write(x0, x1, [&](std::string_view text, std::size_t passed) {
            out.write(text);
            isWhole = isWhole && goesOn(text, passed);
            return isWhole;
        });
        if (isWhole) {
            out.commit();
        }
    } catch (const trainer::TrainError& error) {
        return ui::text(error.message());
    } catch (const std::exception& error) {
        return QString::fromUtf8(error.what());
    }
    return {};
}

} // namespace

ChartFileWriter::~ChartFileWriter() = default;

void ChartFileWriter::start(ui::ChartRows rows, double x0, double x1, const QString& file)
{
    m_isWriting = true;
    m_thread = std::jthread([this, rows = std::move(rows), x0, x1, file](const std::stop_token& stop) {
        const std::size_t samples = std::max<std::size_t>(1, rows.samples());
        int told = 0;
        const QString failure = written(rows, x0, x1, file, [&](std::string_view, std::size_t passed) {
            const int percent = static_cast<int>(100 * passed / samples);
            if (std::exchange(told, percent) != percent) {
                QMetaObject::invokeMethod(this, [this, percent] { Q_EMIT progressed(percent); });
            }
            return !stop.stop_requested();
        });
        const bool cancelled = stop.stop_requested();
        QMetaObject::invokeMethod(this, [this, cancelled, failure] { end(cancelled, failure); });
    });
}

void ChartFileWriter::end(bool cancelled, const QString& failure)
{
    m_thread.join();
    m_isWriting = false;
    Q_EMIT ended(cancelled, failure);
}

} // namespace nabiz::app
