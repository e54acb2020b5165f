// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/configure/presets_dialog.h"

#include "trainer/base/train_error.h"
#include "trainer/config/presets/preset_folder.h"
#include "ui/models/run_catalog.h"
#include "ui/pages/configure/configure_draft.h"
#include "ui/text/message_text.h"
#include "ui/text/number_text.h"
#include "ui/text/preset_summary.h"
#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <map>

namespace nabiz::ui {
namespace {

enum Column { Name, Summary, Runs, Waiting };

template <typename Widget> Widget* named(Widget* widget, const char* name)
{
    widget->setObjectName(QLatin1String(name));
    return widget;
}

QTreeWidget* table(const char* name, const QStringList& titles, QWidget* parent)
{
    auto* const made = named(new QTreeWidget(parent), name);
    made->setProperty("padded", true);
    made->setHeaderLabels(titles);
    made->setRootIsDecorated(false);
    made->setUniformRowHeights(true);
    made->setAllColumnsShowFocus(true);
    made->header()->setStretchLastSection(false);
    return made;
}

} // namespace

PresetsDialog::PresetsDialog(
    ConfigureDraft& draft, const trainer::PresetStore& presets, const RunCatalog& catalog, QWidget* parent)
    : QDialog(parent)
    , m_draft(draft)
    , m_presets(presets)
    , m_catalog(catalog)
    , m_list(table("presetTable", { tr("Preset"), tr("What it is"), tr("Runs"), tr("Waiting") }, this))
    , m_open(named(new QPushButton(tr("&Open"), this), "presetOpenButton"))
    , m_remove(named(new QPushButton(tr("&Delete"), this), "presetDeleteButton"))
    , m_undo(named(new QPushButton(tr("&Undo"), this), "presetUndoButton"))
    , m_name(named(new QLineEdit(this), "presetNameEdit"))
    , m_rename(named(new QPushButton(tr("Re&name"), this), "presetRenameButton"))
    , m_saveAs(named(new QPushButton(tr("&Save these settings as"), this), "presetSaveAsButton"))
    , m_said(named(new QLabel(this), "presetSaid"))
    , m_differencesTitle(new QLabel(this))
    , m_differences(table("presetDifferences", { tr("Setting"), {}, {} }, this))
{
    setObjectName(QStringLiteral("presetsDialog"));
    setWindowTitle(tr("Presets"));
    assemble();
    connectParts();
    fill();
}

void PresetsDialog::assemble()
{
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_list->header()->setSectionResizeMode(Name, QHeaderView::ResizeToContents);
    m_list->header()->setSectionResizeMode(Summary, QHeaderView::Stretch);
    m_list->setAccessibleName(tr("Presets"));
    m_name->setAccessibleName(tr("Name"));
    m_name->setPlaceholderText(tr("Name"));
    m_said->setWordWrap(true);
    m_said->setTextFormat(Qt::PlainText);
    Theme::setRole(m_said, "dim");
    Theme::setRole(m_differencesTitle, "heading");
    m_differences->setAccessibleName(tr("Differences"));
    auto* const buttons = new QHBoxLayout;
    for (QPushButton* const button : { m_open, m_remove, m_undo }) {
        button->setAutoDefault(false);
        buttons->addWidget(button);
    }
    buttons->addStretch(1);
    auto* const names = new QHBoxLayout;
    names->addWidget(m_name, 1);
    for (QPushButton* const button : { m_rename, m_saveAs }) {
        button->setAutoDefault(false);
        names->addWidget(button);
    }
    auto* const layout = new QVBoxLayout(this);
    layout->setSpacing(kGap);
    layout->addWidget(m_list, 3);
    layout->addLayout(buttons);
    layout->addLayout(names);
    layout->addWidget(m_said);
    layout->addWidget(m_differencesTitle);
    layout->addWidget(m_differences, 2);
    resize(fontMetrics().averageCharWidth() * 110, fontMetrics().height() * 34);
}

void PresetsDialog::connectParts()
{
    connect(m_list, &QTreeWidget::itemSelectionChanged, this, &PresetsDialog::showChosen);
    connect(m_list, &QTreeWidget::itemActivated, this, &PresetsDialog::openChosen);
    connect(m_name, &QLineEdit::textEdited, this, [this] { showChosen(); });
    connect(m_open, &QPushButton::clicked, this, &PresetsDialog::openChosen);
    connect(m_rename, &QPushButton::clicked, this, &PresetsDialog::rename);
    connect(m_remove, &QPushButton::clicked, this, &PresetsDialog::remove);
    connect(m_undo, &QPushButton::clicked, this, &PresetsDialog::undo);
    connect(m_saveAs, &QPushButton::clicked, this, &PresetsDialog::saveAs);
}

void PresetsDialog::fill()
{
    std::map<std::string, std::pair<int, int>> uses;
    for (const storage::RunOverview& run : m_catalog.runs()) {
        auto& [made, waiting] = uses[run.run.preset];
        ++made;
        waiting += run.run.status == storage::RunStatus::Queued ? 1 : 0;
    }
    m_all = m_presets.list();
    m_list->clear();
    for (const trainer::Preset& preset : m_all) {
        const QString name = QString::fromStdString(preset.name);
        const auto [made, waiting] = uses[preset.name];
        auto* const item
            = new QTreeWidgetItem(m_list, { name, presetSummary(preset.summary), countText(made), countText(waiting) });
        item->setToolTip(
            Name, preset.shipped ? tr("Comes with the program") : QString::fromStdString(preset.path.string()));
        item->setToolTip(Summary, item->text(Summary));
        for (const Column column : { Runs, Waiting }) {
            item->setTextAlignment(column, Qt::AlignRight | Qt::AlignVCenter);
        }
        item->setSelected(name == m_draft.origin().presetName());
    }
    m_undo->setEnabled(!m_trashed.empty());
    showChosen();
}

std::vector<std::string> PresetsDialog::chosen() const
{
    std::vector<std::string> names;
    for (int row = 0; row < m_list->topLevelItemCount(); ++row) {
        if (m_list->topLevelItem(row)->isSelected()) {
            names.push_back(m_all[static_cast<std::size_t>(row)].name);
        }
    }
    return names;
}

void PresetsDialog::showChosen()
{
    const std::vector<std::string> names = chosen();
    const bool isOwn = names.size() == 1 && std::any_of(m_all.begin(), m_all.end(), [&](const trainer::Preset& preset) {
        return preset.name == names.front() && !preset.shipped;
    });
    const bool isNamed = !m_name->text().trimmed().isEmpty();
    m_open->setEnabled(names.size() == 1);
    m_remove->setEnabled(isOwn);
    m_rename->setEnabled(isOwn && isNamed);
    m_saveAs->setEnabled(isNamed);
    showDifferences();
}

void PresetsDialog::showDifferences()
{
    const std::vector<std::string> names = chosen();
    m_differences->clear();
    m_differences->setVisible(names.size() == 2);
    m_differencesTitle->setText(names.size() == 2 ? QString() : tr("Choose two to see what they differ in."));
    if (names.size() != 2) {
        return;
    }
    const auto of = [this](const std::string& name) -> const trainer::Preset& {
        return *std::find_if(m_all.begin(), m_all.end(), [&](const auto& preset) { return preset.name == name; });
    };
    const trainer::Preset &first = of(names[0]), &second = of(names[1]);
    m_differences->setHeaderLabels(
        { tr("Setting"), QString::fromStdString(first.name), QString::fromStdString(second.name) });
    for (const trainer::Difference& difference : trainer::differences(first.config, second.config)) {
        auto* const item = new QTreeWidgetItem(m_differences,
            { QString::fromStdString(difference.key), QString::fromStdString(trainer::toYaml(difference.before)),
                QString::fromStdString(trainer::toYaml(difference.after)) });
        if (const trainer::Parameter* const row = trainer::findParameter(difference.key)) {
            item->setToolTip(0, parameterLabel(*row));
        }
    }
    for (int column = 0; column < 3; ++column) {
        m_differences->resizeColumnToContents(column);
    }
    const int count = m_differences->topLevelItemCount();
    m_differencesTitle->setText(count == 0 ? tr("The two set the same.") : tr("%n setting(s) differ", nullptr, count));
}

template <typename Function> void PresetsDialog::edit(Function function)
{
    try {
        m_said->setText(function());
    } catch (const trainer::TrainError& error) {
        m_said->setText(text(error.message()));
        return;
    }
    m_name->clear();
    fill();
    Q_EMIT changed();
}

void PresetsDialog::openChosen()
{
    const auto names = chosen();
    if (names.size() == 1) {
        m_draft.loadPreset(QString::fromStdString(names.front()));
        accept();
    }
}

void PresetsDialog::rename()
{
    const std::string before = chosen().front();
    const QString after = m_name->text().trimmed();
    edit([&] {
        trainer::renamePreset(m_presets, before, after.toStdString());
        if (m_draft.name() == QString::fromStdString(before) && !m_draft.isModified()) {
            m_draft.loadPreset(after);
        }
        return tr("%1 is called %2 now.").arg(QString::fromStdString(before), after);
    });
}

// Runs that wait keep the settings that they were queued with.
void PresetsDialog::remove()
{
    const std::string name = chosen().front();
    edit([&] {
        m_trashed.push_back(trainer::trashPreset(m_presets, name));
        const auto waiting = std::count_if(m_catalog.runs().begin(), m_catalog.runs().end(),
            [&](const auto& run) { return run.run.preset == name && run.run.status == storage::RunStatus::Queued; });
        const QString said = tr("%1 is in the trash.").arg(QString::fromStdString(name));
        return waiting == 0 ? said
                            : said + u' '
                + tr(
                    "%n run(s) wait with the settings that they were queued with.", nullptr, static_cast<int>(waiting));
    });
}

void PresetsDialog::undo()
{
    edit([&] {
        const std::string name = trainer::restorePreset(m_presets, m_trashed.back());
        m_trashed.pop_back();
        return tr("%1 is back.").arg(QString::fromStdString(name));
    });
}

void PresetsDialog::saveAs()
{
    const QString name = m_name->text().trimmed();
    const bool isTaken = std::any_of(
        m_all.begin(), m_all.end(), [&](const auto& preset) { return preset.name == name.toStdString(); });
    if (isTaken) {
        m_said->setText(tr("There is a preset %1 already. Choose another name.").arg(name));
        return;
    }
    edit([&] {
        m_draft.saveAs(name);
        return tr("Saved as %1.").arg(name);
    });
}

} // namespace nabiz::ui
