// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/sample_dialog.h"

#include "ui/text/message_text.h"
#include "ui/theme/theme.h"

#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

namespace nabiz::ui {

namespace {

constexpr int kLongest = 100'000; // characters
constexpr double kFreest = 10; // all is as likely as anything by then

} // namespace

SampleDialog::SampleDialog(qint64 run, const QString& name, const QString& prompt, QWidget* parent)
    : QDialog(parent)
    , m_run(run)
    , m_prompt(new QLineEdit(this))
    , m_length(new QSpinBox(this))
    , m_temperature(new QDoubleSpinBox(this))
{
    setObjectName(QStringLiteral("sampleDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Sample from %1").arg(shortName(name)));
    m_prompt->setObjectName(QStringLiteral("samplePromptEdit"));
    m_prompt->setPlaceholderText(prompt);
    m_length->setObjectName(QStringLiteral("sampleLengthBox"));
    m_length->setRange(1, kLongest);
    m_length->setValue(kSampleLength);
    m_temperature->setObjectName(QStringLiteral("sampleTemperatureBox"));
    m_temperature->setRange(0, kFreest);
    m_temperature->setSingleStep(0.1);
    m_temperature->setValue(kSampleTemperature);
    m_temperature->setToolTip(tr("0 takes the likeliest each time, 1 draws as the model has learnt"));
    assemble(name);
    resize(fontMetrics().averageCharWidth() * 70, sizeHint().height());
}

void SampleDialog::assemble(const QString& name)
{
    auto* const about
        = new QLabel(tr("%1 goes on from the prompt as its newest checkpoint would. The text is kept with the run.")
                         .arg(shortName(name)),
            this);
    about->setWordWrap(true);
    about->setTextFormat(Qt::PlainText);
    Theme::setRole(about, "dim");
    auto* const form = new QFormLayout;
    form->addRow(tr("&Prompt"), m_prompt);
    form->addRow(tr("&Length"), m_length);
    form->addRow(tr("&Temperature"), m_temperature);
    auto* const write = new QPushButton(tr("&Write"), this);
    write->setObjectName(QStringLiteral("sampleWriteButton"));
    write->setDefault(true);
    Theme::setAccent(write);
    connect(write, &QPushButton::clicked, this, [this] {
        Q_EMIT sampleRequested({ m_run, m_prompt->text(), m_length->value(), m_temperature->value() });
        accept();
    });
    auto* const cancel = new QPushButton(tr("&Cancel"), this);
    cancel->setObjectName(QStringLiteral("sampleCancelButton"));
    cancel->setAutoDefault(false);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    auto* const bottom = new QHBoxLayout;
    bottom->addStretch(1);
    bottom->addWidget(cancel);
    bottom->addWidget(write);
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(kMargin, kMargin, kMargin, kMargin);
    layout->setSpacing(12);
    layout->addWidget(about);
    layout->addLayout(form);
    layout->addStretch(1);
    layout->addLayout(bottom);
}

} // namespace nabiz::ui
