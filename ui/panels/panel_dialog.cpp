// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/panel_dialog.h"

#include "ui/panels/metric_names.h"
#include "ui/panels/metric_pattern.h"
#include "ui/panels/ready_panels.h"
#include "ui/theme/theme.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QVBoxLayout>

#include <utility>

namespace nabiz::ui {
namespace {

template <typename Widget> Widget* named(Widget* widget, const char* name)
{
    widget->setObjectName(QLatin1String(name));
    return widget;
}

} // namespace

PanelDialog::PanelDialog(std::vector<std::string> names, const PanelSpec& panel, QWidget* parent)
    : QDialog(parent)
    , m_before(panel)
    , m_names(new MetricNames(std::move(names), this))
    , m_title(named(new QLineEdit(this), "panelTitleEdit"))
    , m_search(named(new QLineEdit(this), "panelSearchEdit"))
    , m_pattern(named(new QPushButton(this), "panelPatternButton"))
    , m_list(named(new QListView(this), "panelMetricList"))
    , m_chosen(named(new QLabel(this), "panelChosenText"))
    , m_none(named(new QPushButton(this), "panelNoneButton"))
    , m_log(named(new QCheckBox(this), "panelLogBox"))
    , m_linked(named(new QCheckBox(this), "panelLinkedBox"))
    , m_buttons(new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this))
{
    setObjectName(QStringLiteral("panelDialog"));
    setWindowTitle(panel.metrics.isEmpty() ? tr("Add a panel") : tr("Change the panel"));
    assemble();
    connectParts();
    m_title->setText(panelTitle({ .title = panel.title }));
    m_log->setChecked(panel.logY);
    m_linked->setChecked(panel.linked);
    m_names->setChosen(panel.metrics);
    m_search->setFocus();
}

void PanelDialog::assemble()
{
    m_title->setPlaceholderText(tr("Title: as its metrics are called"));
    m_title->setAccessibleName(tr("Title"));
    m_search->setPlaceholderText(tr("Search metrics, or a pattern: router.*"));
    m_search->setAccessibleName(tr("Search metrics"));
    m_search->setClearButtonEnabled(true);
    m_pattern->setText(tr("Add as a &pattern"));
    m_pattern->setToolTip(tr("All metrics that fit now or come later"));
    m_pattern->setEnabled(false);
    m_list->setModel(m_names);
    m_list->setUniformItemSizes(true); // ten thousand
    m_list->setProperty("padded", true);
    m_list->setAccessibleName(tr("Metrics"));
    m_chosen->setWordWrap(true);
    m_chosen->setTextFormat(Qt::PlainText);
    Theme::setRole(m_chosen, "dim");
    m_none->setText(tr("Choose &none"));
    m_log->setText(tr("&Logarithmic y axis"));
    m_linked->setText(tr("&Same x range as the others"));
    for (QAbstractButton* const button : m_buttons->buttons()) {
        button->setIcon({});
    }
    m_buttons->button(QDialogButtonBox::Ok)->setObjectName(QStringLiteral("panelOkButton"));
    auto* const line = new QHBoxLayout;
    line->addWidget(m_search, 1);
    line->addWidget(m_pattern);
    auto* const chosen = new QHBoxLayout;
    chosen->addWidget(m_chosen, 1);
    chosen->addWidget(m_none);
    auto* const layout = new QVBoxLayout(this);
    layout->setSpacing(kGap);
    layout->addLayout(line);
    layout->addWidget(m_list, 1);
    layout->addLayout(chosen);
    layout->addWidget(m_title);
    layout->addWidget(m_log);
    layout->addWidget(m_linked);
    layout->addWidget(m_buttons);
    resize(fontMetrics().averageCharWidth() * 80, fontMetrics().height() * 30);
}

void PanelDialog::connectParts()
{
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_names->search(text);
        m_pattern->setEnabled(!text.trimmed().isEmpty());
        if (m_names->rowCount() > 0) {
            m_list->setCurrentIndex(m_names->index(0));
        }
    });
    connect(m_pattern, &QPushButton::clicked, this, &PanelDialog::addPattern);
    connect(m_none, &QPushButton::clicked, this, [this] { m_names->setChosen({}); });
    connect(m_names, &MetricNames::chosenChanged, this, &PanelDialog::showChosen);
    connect(m_list, &QListView::doubleClicked, this,
        [this](const QModelIndex& index) { m_names->choose(index.data(Qt::ToolTipRole).toString(), true); });
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_buttons, &QDialogButtonBox::accepted, this, [this] {
        accept();
        Q_EMIT chosen(panel());
    });
}

// What is typed, as it stands; without a star all that hold it.
void PanelDialog::addPattern()
{
    const QString text = m_search->text().trimmed();
    m_names->choose(isPattern(text.toStdString()) ? text : QStringLiteral("*%1*").arg(text), true);
}

void PanelDialog::showChosen()
{
    const QStringList& chosen = m_names->chosen();
    m_chosen->setText(
        chosen.isEmpty() ? tr("No metric is chosen.") : tr("Chosen: %1").arg(chosen.join(QStringLiteral(", "))));
    m_none->setEnabled(!chosen.isEmpty());
    m_buttons->button(QDialogButtonBox::Ok)->setEnabled(!chosen.isEmpty());
}

PanelSpec PanelDialog::panel() const
{
    PanelSpec panel = m_before;
    panel.metrics = m_names->chosen();
    // A title in the reader's language stays one of the program's own.
    const bool isSame = m_title->text() == panelTitle({ .title = m_before.title });
    panel.title = isSame ? m_before.title : m_title->text().trimmed();
    panel.logY = m_log->isChecked();
    panel.linked = m_linked->isChecked();
    return panel;
}

} // namespace nabiz::ui
