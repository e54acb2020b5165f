// SPDX-License-Identifier: GPL-3.0-or-later
// Saves one chart, or all of a page: as a picture on light paper, at a chosen size and scale, or as numbers. Each file
// is written aside and then put in its place; what cannot be written is said here. Numbers, which may be millions of
// rows, are written on another thread and can be cancelled. GUI thread.
#pragma once

#include <QDialog>
#include <QString>
#include <QStringList>
#include <optional>
#include <utility>
#include <vector>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QSpinBox;

namespace nabiz::ui {

class ChartWriter;
class PlotView;

class ChartSaveDialog : public QDialog {
    Q_OBJECT
public:
    // The charts of the page, the one that was asked for first; all must outlive the dialog. `name` begins the file's
    // name. Numbers are offered where there is who writes them.
    ChartSaveDialog(std::vector<PlotView*> charts, const QString& name, ChartWriter* writer, QWidget* parent = nullptr);
    ~ChartSaveDialog() override;

private:
    enum class Format { Png, Svg, Csv };
    void assemble();
    void arrange();
    void connectParts();
    void connectWriter();
    void showChoice();
    void browse();
    void save();
    // The next of those that are left, until one cannot be written; then says what came of it.
    void saveNext();
    void savedOne();
    void startCsv(const PlotView& chart, const QString& file);
    void showWriting(bool on);
    void end(const QString& failure);
    Format format() const;
    QString fileOf(const PlotView& chart, bool several) const;
    // A picture. What went wrong, or nothing.
    QString write(const PlotView& chart, const QString& file) const;

    std::vector<PlotView*> m_charts;
    QLineEdit* m_file;
    QPushButton* m_browse;
    QComboBox* m_format;
    QCheckBox* m_all;
    QCheckBox* m_inView;
    QSpinBox* m_width;
    QSpinBox* m_height;
    QComboBox* m_scale;
    QLabel* m_said;
    QProgressBar* m_progress;
    QPushButton* m_save;
    QPushButton* m_cancel;
    QPushButton* m_close;
    ChartWriter* m_writer; // none: pictures alone
    std::vector<std::pair<const PlotView*, QString>> m_left; // to be saved, the last one first
    QStringList m_saved;
    bool m_isWriting = false;
};

// What a file may be called on every system.
QString plainName(QString name);

} // namespace nabiz::ui
