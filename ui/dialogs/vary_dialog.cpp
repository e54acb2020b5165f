// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/vary_dialog.h"

#include "ui/dialogs/vary_line.h"
#include "ui/text/message_text.h"
#include "ui/text/number_text.h"
#include "ui/theme/theme.h"

#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace nabiz::ui {

namespace {

constexpr const char* kRate = "training.learning_rate";
constexpr const char* kSeed = "training.seed";
constexpr int kSeeds = 3;
constexpr std::size_t kMostLines = 6;

QLabel* wrapping(const char* name, QWidget* parent)
{
    auto* const label = new QLabel(parent);
    label->setObjectName(QLatin1String(name));
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    return label;
}

} // namespace

VaryDialog::VaryDialog(StartRequest draft, VaryAsks asks, QWidget* parent)
    : QDialog(parent)
    , m_draft(std::move(draft))
    , m_asks(std::move(asks))
    , m_place(new QVBoxLayout)
    , m_group(new QLineEdit(m_asks.freeGroup(m_draft.name), this))
    , m_summary(wrapping("varySummary", this))
    , m_problem(wrapping("varyProblem", this))
    , m_cells(new QListWidget(this))
    , m_queue(new QPushButton(tr("Add to &queue"), this))
    , m_start(new QPushButton(tr("&Start"), this))
{
    setObjectName(QStringLiteral("varyDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Vary settings of %1").arg(shortName(m_draft.name)));
    assemble();
    addLine(kRate);
    const auto seed = m_draft.config.integer(kSeed);
    addLine(kSeed)->setValues(QStringLiteral("%1..%2").arg(seed).arg(seed + kSeeds - 1));
    m_lines.front()->controls()[1]->setFocus();
    resize(fontMetrics().averageCharWidth() * 96, fontMetrics().height() * 30);
    look();
}

void VaryDialog::assemble()
{
    auto* const about = wrapping("varyAbout", this);
    about->setText(tr("Every value of one setting with every value of the others, one run each; the seeds of a cell "
                      "follow one another. All else stays as it is in Configure."));
    Theme::setRole(about, "dim");
    Theme::setRole(m_problem, "bad");
    m_place->setSpacing(6);
    auto* const more = new QPushButton(tr("&Vary another setting"), this);
    more->setObjectName(QStringLiteral("varyMoreButton"));
    more->setProperty("small", true);
    connect(more, &QPushButton::clicked, this, [this] {
        if (m_lines.size() < kMostLines)
            addLine("training.batch_size")->controls()[1]->setFocus();
    });
    m_below = { more, m_cells };
    m_cells->setObjectName(QStringLiteral("varyCells"));
    m_cells->setAccessibleName(tr("The runs, in the order in which they are trained"));
    m_cells->setProperty("padded", true);
    m_cells->setSelectionMode(QAbstractItemView::NoSelection);
    auto* const layout = new QVBoxLayout(this);
    layout->setSpacing(kGap);
    layout->addWidget(about);
    layout->addLayout(m_place);
    layout->addWidget(more, 0, Qt::AlignLeft);
    layout->addWidget(m_summary);
    layout->addWidget(m_problem);
    layout->addWidget(m_cells, 1);
    layout->addLayout(makeBottom());
}

QLayout* VaryDialog::makeBottom()
{
    m_group->setObjectName(QStringLiteral("varyGroupEdit"));
    m_queue->setObjectName(QStringLiteral("varyQueueButton"));
    m_start->setObjectName(QStringLiteral("varyStartButton"));
    Theme::setAccent(m_start);
    m_start->setDefault(true);
    m_queue->setAutoDefault(false);
    auto* const cancel = new QPushButton(tr("Cancel"), this);
    cancel->setAutoDefault(false);
    cancel->setObjectName(QStringLiteral("varyCancelButton"));
    connect(m_group, &QLineEdit::textChanged, this, &VaryDialog::look);
    connect(m_queue, &QPushButton::clicked, this, [this] { choose(true); });
    connect(m_start, &QPushButton::clicked, this, [this] { choose(false); });
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    auto* const bottom = new QHBoxLayout;
    auto* const label = new QLabel(tr("&Group"), this);
    label->setBuddy(m_group);
    bottom->addWidget(label);
    bottom->addWidget(m_group, 1);
    m_below.append(m_group);
    for (QPushButton* const button : { cancel, m_queue, m_start }) {
        bottom->addWidget(button);
        m_below.append(button);
    }
    return bottom;
}

VaryLine* VaryDialog::addLine(const std::string& key)
{
    auto* const line = new VaryLine(m_draft.config, this);
    connect(line, &VaryLine::changed, this, &VaryDialog::look);
    connect(line, &VaryLine::removeRequested, this, [this, line] { removeLine(line); }, Qt::QueuedConnection);
    m_lines.push_back(line);
    m_place->addWidget(line);
    line->setKey(key);
    orderTabs();
    return line;
}

// As it is read, though lines come later than what stands below them.
void VaryDialog::orderTabs()
{
    QWidgetList all;
    for (const VaryLine* line : m_lines)
        all += line->controls();
    all += m_below;
    for (qsizetype i = 1; i < all.size(); ++i)
        setTabOrder(all[i - 1], all[i]);
}

void VaryDialog::removeLine(VaryLine* line)
{
    if (m_lines.size() < 2 || std::erase(m_lines, line) == 0)
        return;
    line->hide();
    line->deleteLater();
    look();
}

// Empty when they make a grid.
QString VaryDialog::readAxes()
{
    m_axes.clear();
    QString wrong;
    for (const VaryLine* line : m_lines) {
        const trainer::AxisReading reading = line->read();
        if (reading.problem && wrong.isEmpty())
            wrong = text(reading.problem->message);
        const bool isTwice = std::ranges::any_of(m_axes, [&](const auto& axis) { return axis.key == line->key(); });
        if (isTwice && wrong.isEmpty())
            wrong = tr("%1 is varied twice.").arg(QString::fromStdString(line->key()));
        m_axes.push_back(reading.axis);
    }
    if (!wrong.isEmpty())
        return wrong;
    const auto tooMany = trainer::Grid(m_axes).problem();
    if (tooMany)
        return text(tooMany->message);
    return m_group->text().trimmed().isEmpty() ? tr("The runs need a group, by which they are found again.")
                                               : QString();
}

void VaryDialog::look()
{
    if (m_lines.empty())
        return;
    for (VaryLine* line : m_lines)
        line->setRemovable(m_lines.size() > 1);
    m_cells->clear();
    m_summary->clear();
    const QString wrong = readAxes();
    m_problem->setText(wrong);
    if (wrong.isEmpty())
        showCells(trainer::Grid(m_axes));
    const bool canStart = m_problem->text().isEmpty();
    m_problem->setVisible(!canStart);
    m_summary->setVisible(!m_summary->text().isEmpty());
    m_queue->setEnabled(canStart);
    m_start->setEnabled(canStart);
}

void VaryDialog::showCells(const trainer::Grid& grid)
{
    const auto count = static_cast<std::size_t>(grid.count());
    std::optional<double> seconds = 0;
    int refused = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const trainer::Grid::Cell cell = grid.cell(i);
        trainer::Config config = m_draft.config;
        for (const auto& [key, value] : cell)
            config.set(key, value);
        const auto problems = m_asks.problems(config);
        const auto wrong = std::ranges::find(problems, trainer::Severity::Error, &trainer::Problem::severity);
        const QString name = QString::fromStdString(trainer::Grid::name(m_draft.name.toStdString(), cell));
        auto* const item = new QListWidgetItem(name, m_cells);
        if (wrong != problems.end()) {
            ++refused;
            item->setText(name + QStringLiteral(": ") + text(wrong->message));
            item->setForeground(Theme::colors().bad);
        }
        const auto one = seconds ? m_asks.seconds(config) : std::nullopt;
        seconds = one ? std::optional(*seconds + *one) : std::nullopt;
    }
    QStringList sizes;
    for (const trainer::GridAxis& axis : grid.axes())
        sizes.append(QStringLiteral("%1 %2").arg(axis.values.size()).arg(QString::fromStdString(axis.key)));
    const QString runs = tr("%n run(s): %1.", nullptr, static_cast<int>(count)).arg(sizes.join(QStringLiteral(" × ")));
    m_summary->setText(runs + u' '
        + (seconds ? tr("They will take about %1.").arg(durationText(*seconds))
                   : tr("How long they will take is not known: no such run was measured here yet.")));
    m_problem->setText(refused > 0 ? tr("%1 of them cannot start.").arg(refused) : QString());
}

void VaryDialog::choose(bool queue)
{
    StartRequest request = m_draft;
    request.axes = m_axes;
    request.group = m_group->text().simplified();
    request.queue = queue;
    accept();
    Q_EMIT chosen(request);
}

} // namespace nabiz::ui
