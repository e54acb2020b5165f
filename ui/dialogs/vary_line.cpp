// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/vary_line.h"

#include "trainer/config/presets/preset_document.h"
#include "ui/text/message_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/quiet_combo_box.h"

#include <QComboBox>
#include <QCompleter>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QToolButton>

namespace nabiz::ui {

namespace {

// All the values of a setting that has few, to strike out from; of a number, what it is.
QString proposedValues(const trainer::Parameter& row, const trainer::Config& config)
{
    if (trainer::typeOf(row.defaultValue) == trainer::ValueType::Boolean)
        return QStringLiteral("true, false");
    QStringList choices;
    for (const auto& choice : row.choices)
        choices.append(QString::fromStdString(std::string(choice)));
    return choices.isEmpty() ? QString::fromStdString(trainer::toYaml(config.value(row.key)))
                             : choices.join(QStringLiteral(", "));
}

} // namespace

VaryLine::VaryLine(const trainer::Config& config, QWidget* parent)
    : QWidget(parent)
    , m_config(config)
    , m_key(new QuietComboBox(this))
    , m_values(new QLineEdit(this))
    , m_remove(new QToolButton(this))
{
    m_key->setObjectName(QStringLiteral("varyKeyBox"));
    m_key->setAccessibleName(tr("Setting to vary"));
    m_key->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_key->setMinimumContentsLength(26);
    for (const trainer::Parameter& row : trainer::parameterTable()) {
        if (!trainer::canVary(row) || row.derived || row.fixed)
            continue;
        m_key->addItem(parameterLabel(row), QString::fromStdString(std::string(row.key)));
        m_key->setItemData(m_key->count() - 1,
            QStringLiteral("%1: %2").arg(QString::fromStdString(std::string(row.key)), parameterHelp(row)),
            Qt::ToolTipRole);
    }
    m_values->setObjectName(QStringLiteral("varyValuesEdit"));
    m_values->setAccessibleName(tr("Its values"));
    m_values->setToolTip(tr("Values with commas between, or a range: 1..3, or with its step 0.1..0.5..0.1"));
    m_remove->setObjectName(QStringLiteral("varyRemoveButton"));
    m_remove->setIcon(Theme::icon(QStringLiteral("close")));
    m_remove->setAccessibleName(tr("Vary it no more"));
    m_remove->setToolTip(tr("Vary it no more"));
    auto* const layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(kGap);
    layout->addWidget(m_key, 2);
    layout->addWidget(m_values, 3);
    layout->addWidget(m_remove);
    connect(m_key, &QComboBox::activated, this, &VaryLine::propose);
    connect(m_values, &QLineEdit::textChanged, this, &VaryLine::changed);
    connect(m_remove, &QToolButton::clicked, this, &VaryLine::removeRequested);
}

QWidgetList VaryLine::controls() const
{
    return { m_key, m_values, m_remove };
}

std::string VaryLine::key() const
{
    return m_key->currentData().toString().toStdString();
}

void VaryLine::setKey(const std::string& key)
{
    m_key->setCurrentIndex(m_key->findData(QString::fromStdString(key)));
    propose();
}

void VaryLine::setValues(const QString& values)
{
    m_values->setText(values);
}

void VaryLine::propose()
{
    m_key->setToolTip(m_key->currentData(Qt::ToolTipRole).toString());
    m_values->setText(proposedValues(*trainer::findParameter(key()), m_config));
    Q_EMIT changed();
}

trainer::AxisReading VaryLine::read() const
{
    QString typed = m_values->text();
    return trainer::readAxis(key() + '=' + typed.remove(u' ').toStdString());
}

void VaryLine::setRemovable(bool isRemovable)
{
    m_remove->setEnabled(isRemovable);
}

} // namespace nabiz::ui
