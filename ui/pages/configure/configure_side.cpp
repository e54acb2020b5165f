// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/configure/configure_side.h"

#include "ui/pages/configure/configure_draft.h"
#include "ui/pages/configure/estimate_card.h"
#include "ui/pages/configure/start_card.h"
#include "ui/text/number_input.h"
#include "ui/theme/theme.h"
#include "ui/widgets/card.h"
#include "ui/widgets/wrapped_text.h"

#include <QApplication>
#include <QClipboard>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace nabiz::ui {

namespace {

// A path or a list may be long; all of it stands in the form.
QString shortened(const trainer::Value& value)
{
    constexpr qsizetype kMost = 28;
    const QString text = editText(value);
    return text.size() <= kMost ? text : text.left(kMost / 2 - 1) + QChar(0x2026) + text.right(kMost / 2);
}

} // namespace

ConfigureSide::ConfigureSide(ConfigureDraft& draft, QWidget* parent)
    : QWidget(parent)
    , m_draft(draft)
    , m_nameLabel(new QLabel(this))
    , m_whyLabel(new QLabel(this))
    , m_name(new QLineEdit(this))
    , m_why(new QLineEdit(this))
    , m_estimate(new EstimateCard(draft, this))
    , m_changesCard(new Card(this))
    , m_changes(new QLabel(this))
    , m_commandCard(nullptr)
    , m_command(new WrappedText(this))
    , m_copy(new QPushButton(this))
    , m_ranksCard(nullptr)
    , m_ranksCommand(new WrappedText(this))
    , m_ranksNote(new QLabel(this))
    , m_copyRanks(new QPushButton(this))
    , m_start(new StartCard(draft, this))
{
    m_changes->setObjectName(QStringLiteral("changesLabel"));
    m_changes->setWordWrap(true);
    m_changes->setTextFormat(Qt::RichText);
    connect(m_changes, &QLabel::linkActivated, this, &ConfigureSide::settingChosen);
    m_changesCard->body()->addWidget(m_changes);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(12);
    layout->addWidget(makeRunCard());
    layout->addWidget(m_estimate);
    layout->addWidget(m_changesCard);
    layout->addWidget(makeCommandCard());
    layout->addWidget(makeRanksCard());
    layout->addStretch(1);
    connect(&draft, &ConfigureDraft::changed, this, &ConfigureSide::refresh);
    retranslateUi();
}

Card* ConfigureSide::makeRunCard()
{
    auto* card = new Card(this);
    m_name->setObjectName(QStringLiteral("nameEdit"));
    m_why->setObjectName(QStringLiteral("whyEdit"));
    m_name->setMaxLength(200);
    m_why->setMaxLength(500);
    m_nameLabel->setBuddy(m_name);
    m_whyLabel->setBuddy(m_why);
    Theme::setRole(m_nameLabel, "dim");
    Theme::setRole(m_whyLabel, "dim");
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(kMargin);
    grid->setVerticalSpacing(kGap);
    grid->addWidget(m_nameLabel, 0, 0);
    grid->addWidget(m_name, 0, 1);
    grid->addWidget(m_whyLabel, 1, 0);
    grid->addWidget(m_why, 1, 1);
    grid->setColumnStretch(1, 1);
    card->body()->addLayout(grid);
    connect(
        m_name, &QLineEdit::textEdited, this, [this](const QString& text) { m_nameTyped = !text.trimmed().isEmpty(); });
    for (const QLineEdit* edit : { m_name, m_why })
        connect(edit, &QLineEdit::textEdited, this, &ConfigureSide::typed);
    return card;
}

Card* ConfigureSide::makeCommandCard()
{
    m_commandCard = new Card(this);
    m_command->setObjectName(QStringLiteral("commandLabel"));
    m_command->setFont(Theme::monoFont());
    m_copy->setObjectName(QStringLiteral("copyCommandButton"));
    m_copy->setProperty("small", true);
    m_commandCard->titleLine()->addWidget(m_copy);
    m_commandCard->body()->addWidget(m_command);
    connect(m_copy, &QPushButton::clicked, this, [this] { QApplication::clipboard()->setText(m_draft.command()); });
    return m_commandCard;
}

Card* ConfigureSide::makeRanksCard()
{
    m_ranksCard = new Card(this);
    m_ranksCommand->setObjectName(QStringLiteral("torchrunLabel"));
    m_ranksCommand->setFont(Theme::monoFont());
    m_ranksNote->setWordWrap(true);
    Theme::setRole(m_ranksNote, "dim");
    m_copyRanks->setObjectName(QStringLiteral("copyTorchrunButton"));
    m_copyRanks->setProperty("small", true);
    m_ranksCard->titleLine()->addWidget(m_copyRanks);
    m_ranksCard->body()->addWidget(m_ranksNote);
    m_ranksCard->body()->addWidget(m_ranksCommand);
    connect(m_copyRanks, &QPushButton::clicked, this, [this] { QApplication::clipboard()->setText(torchrunLine()); });
    return m_ranksCard;
}

// Of one host; on several it takes where they are too, which nobody here knows.
QString ConfigureSide::torchrunLine() const
{
    const auto ranks = m_draft.config().integer("hardware.ranks");
    return QStringLiteral("torchrun --nproc-per-node=%1 --max-restarts=3 --no-python %2")
        .arg(ranks)
        .arg(m_draft.command());
}

QString ConfigureSide::name() const
{
    return m_name->text().trimmed();
}

QString ConfigureSide::why() const
{
    return m_why->text().trimmed();
}

void ConfigureSide::proposeName(const QString& name)
{
    if (!m_nameTyped)
        m_name->setText(name);
}

void ConfigureSide::clearRun()
{
    m_nameTyped = false;
    m_why->clear();
}

void ConfigureSide::setTyped(const QString& name, const QString& why)
{
    m_nameTyped = !name.isEmpty();
    if (m_nameTyped)
        m_name->setText(name);
    m_why->setText(why);
}

void ConfigureSide::refresh()
{
    QString rows;
    for (const trainer::Difference& difference : m_draft.changes()) {
        const QString key = QString::fromStdString(difference.key);
        rows
            += QStringLiteral("<div style='margin-bottom:4px'><a href='%1' style='text-decoration:none;color:%2'>%3</a>"
                              "&nbsp; <span style='color:%4'>%5</span> → %6</div>")
                   .arg(key, Theme::colors().accent.name(), key.section(u'.', 1).toHtmlEscaped(),
                       Theme::colors().dim.name(), shortened(difference.before).toHtmlEscaped(),
                       shortened(difference.after).toHtmlEscaped());
    }
    m_changes->setText(rows);
    m_changesCard->setVisible(!rows.isEmpty());
    m_changesCard->setTitle(tr("Changed from %1").arg(m_draft.origin().name));
    m_command->setPlainText(m_draft.command());
    const bool several = m_draft.config().integer("hardware.ranks") > 1;
    m_ranksCard->setVisible(several);
    if (several)
        m_ranksCommand->setPlainText(torchrunLine());
}

void ConfigureSide::retranslateUi()
{
    m_nameLabel->setText(tr("&Name"));
    m_whyLabel->setText(tr("&Why"));
    m_name->setAccessibleName(tr("Name of the run"));
    m_why->setAccessibleName(tr("Why this run is made"));
    m_why->setPlaceholderText(tr("what this run is to show"));
    m_commandCard->setTitle(tr("As one line"));
    m_command->setAccessibleName(tr("The command that trains this"));
    m_copy->setText(tr("&Copy"));
    m_copy->setAccessibleName(tr("Copy the command"));
    m_ranksCard->setTitle(tr("Distributed"));
    m_ranksNote->setText(
        tr("Start runs all ranks on this machine. torchrun begins them anew when one dies, and takes --nnodes, "
           "--node-rank and --master-addr for several hosts."));
    m_ranksCommand->setAccessibleName(tr("The command that trains this by torchrun"));
    m_copyRanks->setText(tr("Cop&y"));
    m_copyRanks->setAccessibleName(tr("Copy the torchrun command"));
    m_estimate->retranslateUi();
    m_start->retranslateUi();
    refresh();
}

} // namespace nabiz::ui
