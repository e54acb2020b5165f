// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/view/chart_save_dialog.h"

#include "ui/charts/export/chart_writer.h"
#include "ui/charts/view/chart_picture.h"
#include "ui/charts/view/plot_view.h"
#include "ui/text/number_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/quiet_combo_box.h"
#include "ui/widgets/quiet_spin_box.h"

#include <QCheckBox>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QStandardPaths>
#include <QVBoxLayout>

#include <array>

namespace nabiz::ui {
namespace {

constexpr std::array kScales { 1.0, 1.5, 2.0, 3.0, 4.0 };
constexpr std::array kEndings { "png", "svg", "csv" };

template <typename Widget> Widget* named(Widget* widget, const char* name)
{
    widget->setObjectName(QLatin1String(name));
    return widget;
}

QSpinBox* sizeBox(const char* name, int value, QWidget* parent)
{
    auto* const box = named(new QuietSpinBox(parent), name);
    box->setRange(200, 4000);
    box->setSingleStep(20);
    box->setValue(value);
    box->setFocusPolicy(Qt::StrongFocus);
    return box;
}

} // namespace

ChartSaveDialog::ChartSaveDialog(
    std::vector<PlotView*> charts, const QString& name, ChartWriter* writer, QWidget* parent)
    : QDialog(parent)
    , m_charts(std::move(charts))
    , m_file(named(new QLineEdit(this), "chartFileEdit"))
    , m_browse(named(new QPushButton(this), "chartBrowseButton"))
    , m_format(named(new QuietComboBox(this), "chartFormatBox"))
    , m_all(named(new QCheckBox(this), "allChartsBox"))
    , m_inView(named(new QCheckBox(this), "inViewBox"))
    , m_width(sizeBox("chartWidthBox", 960, this))
    , m_height(sizeBox("chartHeightBox", 420, this))
    , m_scale(named(new QuietComboBox(this), "chartScaleBox"))
    , m_said(named(new QLabel(this), "chartSavedText"))
    , m_progress(named(new QProgressBar(this), "chartProgress"))
    , m_save(named(new QPushButton(this), "chartSaveButton"))
    , m_cancel(named(new QPushButton(this), "chartCancelButton"))
    , m_close(named(new QPushButton(this), "chartCloseButton"))
    , m_writer(writer)
{
    setObjectName(QStringLiteral("chartSaveDialog"));
    setWindowTitle(tr("Save charts"));
    assemble();
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::PicturesLocation);
    const QString title = m_charts.front()->content().title;
    m_file->setText(QDir(folder).filePath(plainName(name + QLatin1Char('-') + title) + QStringLiteral(".png")));
    m_all->setVisible(m_charts.size() > 1);
    m_inView->setChecked(partInView(*m_charts.front()).has_value());
    showChoice();
    showWriting(false);
}

void ChartSaveDialog::assemble()
{
    m_browse->setText(tr("&Browse…"));
    m_format->addItems({ tr("PNG, a picture"), tr("SVG, a drawing") });
    if (m_writer) {
        m_format->addItem(tr("CSV, the numbers as recorded"));
        connectWriter();
    }
    m_all->setText(tr("&All charts of this page, a file each"));
    m_inView->setText(tr("&Only the visible range"));
    for (const double scale : kScales) {
        m_scale->addItem(QStringLiteral("%1 ×").arg(QLocale().toString(scale)), scale);
    }
    m_scale->setCurrentIndex(2);
    m_said->setWordWrap(true);
    m_said->setTextFormat(Qt::PlainText);
    m_said->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_save->setText(tr("&Save"));
    m_save->setDefault(true);
    Theme::setAccent(m_save);
    m_cancel->setText(tr("Ca&ncel"));
    m_close->setText(tr("C&lose"));
    const std::pair<QWidget*, QString> names[] = { { m_file, tr("File") }, { m_format, tr("Format") },
        { m_width, tr("Width in pixels") }, { m_height, tr("Height in pixels") }, { m_scale, tr("Scale") },
        { m_progress, tr("How much is written") } };
    for (const auto& [widget, accessible] : names) {
        widget->setAccessibleName(accessible);
    }
    m_file->setMinimumWidth(fontMetrics().averageCharWidth() * 56);
    arrange();
    connectParts();
}

void ChartSaveDialog::arrange()
{
    auto* const fileLine = new QHBoxLayout;
    fileLine->addWidget(m_file, 1);
    fileLine->addWidget(m_browse);
    auto* const sizeLine = new QHBoxLayout;
    sizeLine->addWidget(m_width);
    sizeLine->addWidget(new QLabel(QStringLiteral("×"), this));
    sizeLine->addWidget(m_height);
    sizeLine->addWidget(m_scale);
    sizeLine->addStretch(1);
    auto* const form = new QFormLayout;
    const auto addRow = [this, form](const QString& text, QLayout* line, QWidget* buddy) {
        auto* const label = new QLabel(text, this);
        label->setBuddy(buddy);
        form->addRow(label, line);
    };
    addRow(tr("&File"), fileLine, m_file);
    form->addRow(tr("Fo&rmat"), m_format);
    addRow(tr("Si&ze and scale"), sizeLine, m_width);
    form->addRow(QString(), m_inView);
    form->addRow(QString(), m_all);
    auto* const buttons = new QHBoxLayout;
    buttons->addWidget(m_progress, 1);
    buttons->addStretch(1);
    buttons->addWidget(m_save);
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_close);
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 20, 24, 20);
    layout->setSpacing(kMargin);
    layout->addLayout(form);
    layout->addWidget(m_said);
    layout->addLayout(buttons);
}

void ChartSaveDialog::connectParts()
{
    connect(m_browse, &QPushButton::clicked, this, &ChartSaveDialog::browse);
    connect(m_save, &QPushButton::clicked, this, &ChartSaveDialog::save);
    connect(m_close, &QPushButton::clicked, this, &QDialog::close);
    connect(m_format, &QComboBox::currentIndexChanged, this, &ChartSaveDialog::showChoice);
}

ChartSaveDialog::Format ChartSaveDialog::format() const
{
    return static_cast<Format>(std::max(0, m_format->currentIndex()));
}

void ChartSaveDialog::showChoice()
{
    const bool picture = format() != Format::Csv;
    m_width->setEnabled(picture);
    m_height->setEnabled(picture);
    m_scale->setEnabled(format() == Format::Png);
    const QString ending = QLatin1String(kEndings[static_cast<std::size_t>(format())]);
    const QFileInfo file(m_file->text());
    m_file->setText(QDir(file.path()).filePath(file.completeBaseName() + QLatin1Char('.') + ending));
    m_said->clear();
}

void ChartSaveDialog::browse()
{
    const QString file = QFileDialog::getSaveFileName(this, windowTitle(), m_file->text());
    if (!file.isEmpty()) {
        m_file->setText(file);
    }
}

} // namespace nabiz::ui
