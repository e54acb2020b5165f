// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/configure/configure_header.h"

#include "ui/models/run_catalog.h"
#include "ui/pages/configure/configure_draft.h"
#include "ui/pages/configure/presets_dialog.h"
#include "ui/text/message_text.h"
#include "ui/text/preset_summary.h"
#include "ui/theme/theme.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/quiet_combo_box.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QStandardItemModel>
#include <QToolButton>

#include <algorithm>

namespace nabiz::ui {

namespace {

constexpr int kKeyRole = Qt::UserRole;
constexpr int kSoughtRole = Qt::UserRole + 1;
constexpr int kWidePreset = 240, kShortState = 64;

QPushButton* makeSegment(const QString& name, QWidget* parent)
{
    auto* button = new QPushButton(parent);
    button->setObjectName(name);
    button->setCheckable(true);
    button->setAutoExclusive(true);
    button->setProperty("segment", true);
    return button;
}

} // namespace

ConfigureHeader::ConfigureHeader(
    ConfigureDraft& draft, const trainer::PresetStore& presets, const RunCatalog& catalog, QWidget* parent)
    : QWidget(parent)
    , m_draft(draft)
    , m_presets(presets)
    , m_catalog(catalog)
    , m_preset(new QuietComboBox(this))
    , m_all(new QToolButton(this))
    , m_state(new ElidedLabel(this))
    , m_form(makeSegment(QStringLiteral("formToggle"), this))
    , m_yaml(makeSegment(QStringLiteral("yamlToggle"), this))
    , m_undo(new QToolButton(this))
    , m_redo(new QToolButton(this))
    , m_discard(new QPushButton(this))
    , m_save(new QPushButton(this))
    , m_search(new QLineEdit(this))
    , m_settings(new QStandardItemModel(this))
{
    m_preset->setObjectName(QStringLiteral("presetBox"));
    m_preset->setProperty("title", true);
    m_preset->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_preset->setMinimumContentsLength(5); // whatever its longest name
    m_preset->setMaximumWidth(kWidePreset);
    m_all->setObjectName(QStringLiteral("presetsButton"));
    m_all->setText(QStringLiteral("…"));
    m_all->setFocusPolicy(Qt::StrongFocus);
    connect(m_all, &QToolButton::clicked, this, &ConfigureHeader::openPresets);
    m_state->setObjectName(QStringLiteral("presetStateLabel"));
    Theme::setRole(m_state, "dim");
    m_discard->setObjectName(QStringLiteral("discardButton"));
    m_save->setObjectName(QStringLiteral("savePresetButton"));
    for (QPushButton* button : { m_discard, m_save })
        button->setProperty("small", true);
    makeUndo();
    makeSearch();
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(kGap);
    layout->addWidget(m_preset);
    layout->addWidget(m_all);
    layout->addWidget(m_state);
    layout->addSpacing(4);
    layout->addWidget(m_form);
    layout->addWidget(m_yaml);
    layout->addSpacing(4);
    layout->addWidget(m_undo);
    layout->addWidget(m_redo);
    layout->addStretch(1);
    layout->addWidget(m_discard);
    layout->addWidget(m_save);
    layout->addWidget(m_search);
    connect(m_preset, &QComboBox::activated, this,
        [this](int index) { Q_EMIT presetChosen(m_preset->itemData(index).toString()); });
    connect(m_form, &QPushButton::clicked, this, [this] { Q_EMIT yamlToggled(false); });
    connect(m_yaml, &QPushButton::clicked, this, [this] { Q_EMIT yamlToggled(true); });
    connect(m_discard, &QPushButton::clicked, &m_draft, [this] { m_draft.edits().discard(); });
    connect(m_save, &QPushButton::clicked, this, &ConfigureHeader::saveRequested);
    connect(&draft, &ConfigureDraft::changed, this, &ConfigureHeader::refresh);
    connect(&draft, &ConfigureDraft::loaded, this, &ConfigureHeader::refreshPresets);
    retranslateUi();
}

void ConfigureHeader::openPresets()
{
    auto* dialog = new PresetsDialog(m_draft, m_presets, m_catalog, window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &PresetsDialog::changed, this, &ConfigureHeader::refreshPresets);
    dialog->open();
}

void ConfigureHeader::makeUndo()
{
    QUndoStack& stack = m_draft.edits().undoStack();
    struct Side {
        QToolButton* button;
        QAction* action;
        const char* name;
        QList<QKeySequence> keys;
    };
    for (const Side& side : { Side { m_undo, stack.createUndoAction(this), "undo", { Qt::CTRL | Qt::Key_Z } },
             Side { m_redo, stack.createRedoAction(this), "redo",
                 { Qt::CTRL | Qt::SHIFT | Qt::Key_Z, Qt::CTRL | Qt::Key_Y } } }) {
        side.action->setShortcuts(side.keys);
        side.action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        side.action->setObjectName(QLatin1String(side.name) + QStringLiteral("Action"));
        side.action->setIcon(Theme::icon(QLatin1String(side.name)));
        parentWidget()->addAction(side.action);
        side.button->setObjectName(QLatin1String(side.name) + QStringLiteral("Button"));
        side.button->setDefaultAction(side.action);
        side.button->setToolButtonStyle(Qt::ToolButtonIconOnly);
    }
}

void ConfigureHeader::makeSearch()
{
    m_search->setObjectName(QStringLiteral("searchEdit"));
    m_search->setMinimumWidth(120);
    m_search->setMaximumWidth(220);
    m_search->setClearButtonEnabled(true);
    auto* completer = new QCompleter(m_settings, this);
    completer->setCompletionRole(kSoughtRole);
    completer->setFilterMode(Qt::MatchContains);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    completer->setMaxVisibleItems(12);
    completer->popup()->setMinimumWidth(340);
    completer->popup()->setObjectName(QStringLiteral("searchPopup"));
    completer->popup()->installEventFilter(this);
    m_search->setCompleter(completer);
    const auto choose = [this](const QString& key) {
        // After the completer has put its text into the field.
        QMetaObject::invokeMethod(m_search, &QLineEdit::clear, Qt::QueuedConnection);
        Q_EMIT settingChosen(key);
    };
    connect(completer, qOverload<const QModelIndex&>(&QCompleter::activated), this,
        [choose](const QModelIndex& index) { choose(index.data(kKeyRole).toString()); });
    connect(m_search, &QLineEdit::returnPressed, this, [this, completer, choose] {
        completer->setCompletionPrefix(m_search->text());
        if (!m_search->text().isEmpty() && completer->completionCount() > 0) {
            completer->setCurrentRow(0);
            choose(completer->currentIndex().data(kKeyRole).toString());
        }
    });
}

// The completer knows the width of the field alone: its list is wider, and would begin where it has no room.
bool ConfigureHeader::eventFilter(QObject* object, QEvent* event)
{
    const QWidget* const field = m_search;
    auto* const list = qobject_cast<QAbstractItemView*>(object);
    if (list && (event->type() == QEvent::Show || event->type() == QEvent::Move || event->type() == QEvent::Resize)) {
        const int over = list->geometry().right() - field->mapToGlobal(QPoint(field->width() - 1, 0)).x();
        if (over > 0 && list->width() > field->width())
            list->move(list->x() - over, list->y());
    }
    return QWidget::eventFilter(object, event);
}

void ConfigureHeader::fillSearch()
{
    m_settings->clear();
    for (const trainer::Parameter& parameter : trainer::parameterTable()) {
        if (parameter.derived)
            continue;
        const QString key = QString::fromUtf8(parameter.key.data(), static_cast<qsizetype>(parameter.key.size()));
        auto* item = new QStandardItem(parameterLabel(parameter) + QStringLiteral("  ·  ") + key);
        item->setData(key, kKeyRole);
        item->setData(QStringList { parameterLabel(parameter), key, parameterHelp(parameter) }.join(u' '), kSoughtRole);
        m_settings->appendRow(item);
    }
}

void ConfigureHeader::setYaml(bool yaml)
{
    m_form->setChecked(!yaml);
    m_yaml->setChecked(yaml);
}

void ConfigureHeader::refreshPresets()
{
    m_preset->clear();
    m_preset->setProperty("copy", false);
    for (const trainer::Preset& preset : m_presets.list()) {
        const QString name = QString::fromStdString(preset.name);
        m_preset->addItem(name, name);
        m_preset->setItemData(m_preset->count() - 1, presetSummary(preset.summary), Qt::ToolTipRole);
    }
    for (const QString& draft : m_draft.shelf().names()) {
        if (m_preset->findData(draft) < 0)
            m_preset->addItem(draft, draft);
    }
    refresh();
}

void ConfigureHeader::refresh()
{
    // A copy that is not saved yet stands first, under its own name.
    const QString name = m_draft.name();
    if (m_preset->property("copy").toBool() && m_preset->itemData(0).toString() != name) {
        m_preset->removeItem(0);
        m_preset->setProperty("copy", false);
    }
    int index = m_preset->findData(name);
    if (index < 0) {
        m_preset->insertItem(0, name, name);
        m_preset->setProperty("copy", true);
        index = 0;
    }
    m_preset->setCurrentIndex(index);
    QString state;
    if (m_draft.isModified() || m_draft.origin().parent)
        state = m_draft.origin().isCopy ? tr("copy of %1").arg(m_draft.origin().name) : tr("changed");
    m_preset->setToolTip(name);
    m_state->setFullText(state);
    fitState();
    m_save->setEnabled(!m_draft.inspection().isBroken());
}

// Two letters of it would tell nothing: it stands where there is room for it.
void ConfigureHeader::fitState()
{
    m_discard->setVisible(m_draft.isModified());
    m_save->setVisible(m_draft.isModified());
    m_state->setVisible(false);
    const int room = width() - layout()->minimumSize().width() - kGap;
    m_state->setVisible(!m_state->fullText().isEmpty() && room >= std::min(m_state->sizeHint().width(), kShortState));
}

void ConfigureHeader::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fitState();
}

void ConfigureHeader::retranslateUi()
{
    m_preset->setAccessibleName(tr("Preset"));
    m_all->setToolTip(tr("All presets: rename, delete, compare, save under a name"));
    m_all->setAccessibleName(tr("All presets"));
    m_form->setText(tr("&Form"));
    m_yaml->setText(tr("&YAML"));
    m_undo->defaultAction()->setToolTip(tr("Undo the last edit"));
    m_redo->defaultAction()->setToolTip(tr("Redo the edit"));
    m_discard->setText(tr("Discard"));
    m_discard->setToolTip(tr("Go back to the preset as it is saved"));
    m_save->setText(tr("Save preset"));
    m_save->setToolTip(tr("Save these settings as a preset of yours"));
    m_search->setPlaceholderText(tr("Find a setting…"));
    m_search->setAccessibleName(tr("Find a setting"));
    fillSearch();
    refreshPresets();
}

} // namespace nabiz::ui
