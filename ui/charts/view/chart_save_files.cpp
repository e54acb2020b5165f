// SPDX-License-Identifier: GPL-3.0-or-later
// What is saved: one file after another, pictures at once and numbers beside the window.
#include "trainer/base/output_file.h"
#include "ui/charts/export/chart_writer.h"
#include "ui/charts/view/chart_picture.h"
#include "ui/charts/view/chart_save_dialog.h"
#include "ui/charts/view/plot_view.h"
#include "ui/text/message_text.h"
#include "ui/theme/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSpinBox>

#include <limits>
#include <utility>

namespace nabiz::ui {

QString plainName(QString name)
{
    for (QChar& c : name) {
        c = c.isLetterOrNumber() || c == u'-' || c == u'.' ? c.toLower() : QChar(u'-');
    }
    while (name.contains(QStringLiteral("--"))) {
        name.replace(QStringLiteral("--"), QStringLiteral("-"));
    }
    return name.left(60);
}

void ChartSaveDialog::connectWriter()
{
    connect(m_cancel, &QPushButton::clicked, m_writer, &ChartWriter::cancel);
    connect(m_writer, &ChartWriter::progressed, m_progress, &QProgressBar::setValue);
    connect(m_writer, &ChartWriter::ended, this, [this](bool cancelled, const QString& failure) {
        if (std::exchange(m_isWriting, false)) {
            const QString said = cancelled ? tr("Cancelled. Nothing was written.") : failure;
            said.isEmpty() ? savedOne() : end(said);
        }
    });
}

ChartSaveDialog::~ChartSaveDialog()
{
    if (m_isWriting) {
        m_writer->cancel();
    }
}

// Several charts stand beside one another: their titles go into the names.
QString ChartSaveDialog::fileOf(const PlotView& chart, bool several) const
{
    const QFileInfo file(m_file->text());
    if (!several || &chart == m_charts.front()) {
        return file.absoluteFilePath();
    }
    return QDir(file.absolutePath())
        .filePath(file.completeBaseName() + QLatin1Char('-') + plainName(chart.content().title) + QLatin1Char('.')
            + file.suffix());
}

QString ChartSaveDialog::write(const PlotView& chart, const QString& file) const
{
    const std::optional<ChartPart> part = m_inView->isChecked() ? partInView(chart) : std::nullopt;
    const QSize size(m_width->value(), m_height->value());
    try {
        trainer::OutputFile out(QFile::encodeName(file).toStdString());
        const QByteArray bytes = format() == Format::Svg
            ? chartSvg(chart.content(), size, part)
            : chartPng(chart.content(), size, m_scale->currentData().toDouble(), part);
        out.write({ bytes.data(), static_cast<std::size_t>(bytes.size()) });
        out.commit();
    } catch (const trainer::TrainError& error) {
        return text(error.message());
    }
    return {};
}

void ChartSaveDialog::startCsv(const PlotView& chart, const QString& file)
{
    if (!isWhole(chart.content())) {
        return end(tr("The points of “%1” are still being read. Try again in a moment.").arg(chart.content().title));
    }
    if (m_writer->isWriting()) {
        return end(tr("Another file is being written. Try again in a moment."));
    }
    constexpr double kAll = std::numeric_limits<double>::infinity();
    const bool isPart = m_inView->isChecked() && partInView(chart);
    const auto [x0, x1] = isPart ? chart.range().xRange() : std::pair(-kAll, kAll);
    m_progress->setValue(0);
    showWriting(true);
    m_cancel->setFocus();
    m_isWriting = true;
    m_writer->start(ChartRows(chart.content()), x0, x1, file);
}

void ChartSaveDialog::showWriting(bool on)
{
    m_progress->setVisible(on);
    m_cancel->setVisible(on);
    m_save->setVisible(!on);
    m_format->setEnabled(!on);
}

void ChartSaveDialog::save()
{
    const bool several = m_all->isChecked() && m_charts.size() > 1;
    m_saved.clear();
    m_left.clear();
    if (m_file->text().trimmed().isEmpty()) {
        return end(tr("Name a file."));
    }
    for (auto chart = m_charts.rbegin(); chart != m_charts.rend(); ++chart) {
        if (several || *chart == m_charts.front()) {
            m_left.emplace_back(*chart, fileOf(**chart, several));
        }
    }
    saveNext();
}

void ChartSaveDialog::saveNext()
{
    if (m_left.empty()) {
        return end({});
    }
    const auto [chart, file] = m_left.back();
    if (format() == Format::Csv) {
        return startCsv(*chart, file);
    }
    const QString failure = write(*chart, file);
    failure.isEmpty() ? savedOne() : end(failure);
}

void ChartSaveDialog::savedOne()
{
    m_saved.append(QDir::toNativeSeparators(m_left.back().second));
    m_left.pop_back();
    saveNext();
}

void ChartSaveDialog::end(const QString& failure)
{
    const bool hadFocus = m_cancel->hasFocus();
    showWriting(false);
    if (hadFocus) {
        m_save->setFocus();
    }
    const QString saved = m_saved.isEmpty() ? QString() : tr("Saved: %1").arg(m_saved.join(QStringLiteral(", ")));
    Theme::setRole(m_said, failure.isEmpty() ? "good" : "bad");
    m_said->setText(failure.isEmpty() ? saved : saved.isEmpty() ? failure : saved + QLatin1Char('\n') + failure);
}

} // namespace nabiz::ui
