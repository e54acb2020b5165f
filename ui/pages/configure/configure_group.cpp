// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/configure/configure_group.h"

#include "ui/pages/configure/configure_draft.h"
#include "ui/pages/configure/parameter_row.h"
#include "ui/text/message_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/elided_label.h"

#include <QHBoxLayout>
#include <QScrollArea>
#include <QScrollBar>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cstring>

namespace nabiz::ui {

namespace {

constexpr int kWideEnough = 540;
constexpr int kFoldMargins = 48; // the icon and what is around the text
constexpr std::string_view kBatch = "training.batch_size";
constexpr std::string_view kAccumulation = "training.gradient_accumulation_steps";

} // namespace

ConfigureGroup::ConfigureGroup(ConfigureDraft& draft, const char* group, QWidget* parent)
    : Card(parent)
    , m_draft(draft)
    , m_group(group)
    , m_scroll(new QScrollArea(this))
    , m_content(new QWidget)
    , m_line(new QFrame)
    , m_foldLine(new QWidget)
    , m_foldButton(new QToolButton)
    , m_foldKeys(new ElidedLabel)
{
    m_line->setProperty("hairline", true);
    m_content->setProperty("plain", true);
    m_foldButton->setObjectName(QStringLiteral("fold_%1_button").arg(QLatin1String(group)));
    m_foldButton->setProperty("link", true);
    m_foldButton->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    Theme::setRole(m_foldKeys, "monosmall");
    auto* foldLayout = new QHBoxLayout(m_foldLine);
    foldLayout->setContentsMargins(0, 4, 0, 4);
    foldLayout->addWidget(m_foldButton);
    foldLayout->addWidget(m_foldKeys, 1);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    addRows();
    m_scroll->setWidget(m_content);
    body()->addWidget(m_scroll);
    connect(m_foldButton, &QToolButton::clicked, this, [this] { setOpen(!m_open); });
}

void ConfigureGroup::addRows()
{
    auto* layout = new QVBoxLayout(m_content);
    layout->setContentsMargins(0, 0, 4, 0);
    layout->setSpacing(0);
    for (const auto level : { trainer::ParameterLevel::Essential, trainer::ParameterLevel::More }) {
        if (level == trainer::ParameterLevel::More) {
            layout->addSpacing(6);
            layout->addWidget(m_line);
            layout->addWidget(m_foldLine);
        }
        auto& rows = level == trainer::ParameterLevel::Essential ? m_essential : m_more;
        for (const trainer::Parameter& parameter : trainer::parameterTable()) {
            if (std::strcmp(parameter.group, m_group) != 0 || parameter.level != level || parameter.derived
                || parameter.key == kAccumulation)
                continue;
            auto* row = new ParameterRow(m_draft, parameter,
                parameter.key == kBatch ? trainer::findParameter(kAccumulation) : nullptr, m_content);
            rows.push_back(row);
            layout->addWidget(row);
        }
    }
    layout->addStretch(1);
}

bool ConfigureGroup::holds(const std::string& key) const
{
    const auto has = [&key](const ParameterRow* row) { return row->holds(key); };
    return std::any_of(m_essential.begin(), m_essential.end(), has) || std::any_of(m_more.begin(), m_more.end(), has);
}

int ConfigureGroup::changedCount() const
{
    const auto changes = m_draft.changes();
    return static_cast<int>(
        std::count_if(changes.begin(), changes.end(), [this](const trainer::Difference& d) { return holds(d.key); }));
}

int ConfigureGroup::problemCount() const
{
    const auto& problems = m_draft.inspection().problems();
    return static_cast<int>(std::count_if(problems.begin(), problems.end(),
        [this](const trainer::Problem& p) { return p.severity == trainer::Severity::Error && holds(p.key); }));
}

void ConfigureGroup::fold()
{
    m_sought.clear();
    m_open = false;
    for (auto* rows : { &m_essential, &m_more }) {
        for (ParameterRow* row : *rows)
            row->forgetTyping();
    }
}

void ConfigureGroup::showParameter(const std::string& key)
{
    m_sought = key;
    const auto inside = [&key](const ParameterRow* row) { return row->holds(key); };
    if (std::any_of(m_more.begin(), m_more.end(), inside))
        m_open = true;
    refresh();
    m_content->layout()->activate();
    for (const auto* rows : { &m_essential, &m_more }) {
        for (ParameterRow* row : *rows) {
            if (!row->holds(key))
                continue;
            row->focusEditor();
            m_scroll->ensureWidgetVisible(row);
        }
    }
}

void ConfigureGroup::setOpen(bool open)
{
    m_open = open;
    m_sought.clear();
    refresh();
}

void ConfigureGroup::refresh()
{
    const auto needed
        = [this](const ParameterRow* row) { return row->isChanged() || row->isWrong() || row->holds(m_sought); };
    bool anyEssential = false;
    for (ParameterRow* row : m_essential) {
        row->refresh();
        const bool shown = row->matters() || needed(row);
        row->setVisible(shown);
        anyEssential = anyEssential || shown;
    }
    m_open = m_open || !anyEssential; // nothing else would be there
    // Changed and wrong rows stand open even while the rest is folded.
    for (ParameterRow* row : m_more) {
        row->refresh();
        row->setVisible((m_open && row->matters()) || needed(row));
    }
    showFold();
}

void ConfigureGroup::showFold()
{
    int folded = 0;
    QStringList keys;
    for (const ParameterRow* row : m_more) {
        if (row->isChanged() || row->isWrong() || !row->matters())
            continue;
        ++folded;
        const std::string_view key = row->parameter().key;
        keys << QString::fromUtf8(key.data(), static_cast<qsizetype>(key.size())).section(u'.', 1);
    }
    m_line->setVisible(!m_more.empty());
    m_foldLine->setVisible(folded > 0);
    m_foldButton->setIcon(Theme::icon(m_open ? QStringLiteral("chevron-open") : QStringLiteral("chevron-right")));
    const QString origin = m_draft.origin().name; // of any length
    const int rest
        = fontMetrics().horizontalAdvance(tr("%1 more, all as in %2").arg(QString::number(folded), QString()));
    const int room
        = std::max(m_scroll->viewport()->width() - rest - kFoldMargins, 4 * fontMetrics().averageCharWidth());
    const bool isNarrow = width() < kWideEnough;
    QString shown = fontMetrics().elidedText(origin, Qt::ElideMiddle, isNarrow ? room : room / 2);
    m_foldButton->setToolTip(shown == origin ? QString() : origin);
    shown.replace(u'&', QStringLiteral("&&")); // no mnemonic
    m_foldButton->setText(tr("%1 more, all as in %2").arg(QString::number(folded), shown));
    m_foldButton->setAccessibleDescription(m_open ? tr("open") : tr("folded"));
    m_foldKeys->setVisible(!isNarrow);
    m_foldKeys->setFullText(m_open ? QString() : keys.join(QStringLiteral(" · ")));
}

void ConfigureGroup::resizeEvent(QResizeEvent* event)
{
    Card::resizeEvent(event);
    for (auto* rows : { &m_essential, &m_more }) {
        for (ParameterRow* row : *rows)
            row->setNarrow(width() < kWideEnough);
    }
    showFold();
}

// Only now has what was hidden its width.
void ConfigureGroup::showEvent(QShowEvent* event)
{
    Card::showEvent(event);
    showFold();
}

void ConfigureGroup::retranslateUi()
{
    setTitle(groupName(m_group));
    for (ParameterRow* row : m_essential)
        row->retranslateUi();
    for (ParameterRow* row : m_more)
        row->retranslateUi();
    showFold();
}

} // namespace nabiz::ui
