// SPDX-License-Identifier: GPL-3.0-or-later
// Saves one chart, or all of a page: as a picture on light paper, at a chosen size and scale, or as numbers. Each file
// is written aside and then put in its place; what cannot be written is said here. GUI thread.
#pragma once

#include "ui/charts/export/chart_export.h"

#include <QDialog>
#include <QString>
#include <optional>
#include <vector>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace nabiz::ui {

class PlotView;

class ChartSaveDialog : public QDialog {
    Q_OBJECT
public:
    // The charts of the page, the one that was asked for first; all must outlive the dialog. `name` begins the file's
    // name.
    ChartSaveDialog(std::vector<PlotView*> charts, const QString& name, QWidget* parent = nullptr);

private:
    enum class Format { Png, Svg, Csv };
    void assemble();
    void arrange();
    void connectParts();
    void showChoice();
    void browse();
    void save();
    Format format() const;
    QString fileOf(const PlotView& chart, bool several) const;
    // What went wrong, or nothing.
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
    QPushButton* m_save;
    QPushButton* m_close;
};

// The part that a plot shows, for its picture; nothing while it shows all.
std::optional<ChartPart> partInView(const PlotView& chart);
// The plot's picture on the clipboard.
void copyPicture(const PlotView& chart);

} // namespace nabiz::ui
