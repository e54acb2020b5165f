// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/reference_dialog.h"

#include "trainer/base/kept_files.h"
#include "ui/dialogs/reference_changes.h"
#include "ui/text/message_text.h"
#include "ui/theme/theme.h"

#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSplitter>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace nabiz::ui {

namespace {

constexpr int kPause = 250; // milliseconds without a key
constexpr qint64 kLongest = 10'000'000; // bytes that are read of a file; its reader refuses a long page

QString saidText(const ReferenceLine& line)
{
    QStringList parts;
    for (const trainer::Message& message : line.said)
        parts << text(message);
    return parts.join(QStringLiteral("; "));
}

} // namespace

ReferenceDialog::ReferenceDialog(QWidget* parent)
    : QDialog(parent)
    , m_page(new QPlainTextEdit(this))
    , m_lines(new QTreeWidget(this))
    , m_summary(new QLabel(this))
    , m_name(new QLineEdit(this))
    , m_keep(new QPushButton(tr("&Keep as reference"), this))
    , m_changes(new ReferenceChanges(*m_page, *m_lines, this))
{
    setObjectName(QStringLiteral("referenceDialog"));
    setWindowTitle(tr("A published run"));
    m_pause.setSingleShot(true);
    m_pause.setInterval(kPause);
    connect(&m_pause, &QTimer::timeout, this, &ReferenceDialog::ask);
    assemble();
    connect(m_page, &QPlainTextEdit::textChanged, this, [this] {
        m_keep->setEnabled(false);
        m_pause.start();
    });
    connect(m_name, &QLineEdit::textEdited, this, [this] {
        m_nameIsOurs = m_name->text().isEmpty();
        showSummary();
    });
    connect(m_keep, &QPushButton::clicked, this, [this] {
        Q_EMIT keepRequested(readName(), m_preview.page);
        accept();
    });
    m_changes->show(m_preview);
    showSummary();
    const QSize wanted(fontMetrics().averageCharWidth() * 150, fontMetrics().lineSpacing() * 34);
    resize(parent ? wanted.boundedTo(parent->size()) : wanted);
}

void ReferenceDialog::assemble()
{
    m_page->setObjectName(QStringLiteral("referencePageEdit"));
    m_page->setAccessibleName(tr("The published page"));
    m_page->setPlaceholderText(tr(
        "**Batch 50:** 0.2715\n| batch | loss |\n0: 6.3347 · 50: 0.2715\nbatch size 4, learning rate 0.0001\nGPU memory 1.20 GB"));
    m_page->setTabChangesFocus(true);
    m_lines->setObjectName(QStringLiteral("referenceLinesTree"));
    m_lines->setProperty("padded", true);
    m_lines->setAccessibleName(tr("What was understood, line by line"));
    m_lines->setHeaderLabels({ tr("Line"), tr("What was understood"), tr("Text") });
    m_lines->setRootIsDecorated(false);
    m_lines->setUniformRowHeights(true);
    m_lines->header()->setStretchLastSection(true);
    auto* halves = new QSplitter(Qt::Horizontal, this);
    halves->addWidget(m_page);
    halves->addWidget(m_lines);
    halves->setSizes({ 400, 600 });
    halves->setChildrenCollapsible(false);
    m_summary->setObjectName(QStringLiteral("referenceSummaryLabel"));
    m_summary->setWordWrap(true);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(kMargin, kMargin, kMargin, kMargin);
    layout->setSpacing(12);
    layout->addLayout(makeTop());
    layout->addWidget(halves, 1);
    layout->addWidget(m_changes);
    layout->addWidget(m_summary);
    layout->addLayout(makeBottom());
}

QPushButton* ReferenceDialog::makeButton(const char* name, const QString& text)
{
    auto* button = new QPushButton(text, this);
    button->setObjectName(QLatin1String(name));
    button->setAutoDefault(false);
    return button;
}

QLayout* ReferenceDialog::makeTop()
{
    auto* hint
        = new QLabel(tr("Paste a page or a table with a run's figures. Nothing is stored before you say so."), this);
    Theme::setRole(hint, "dim");
    hint->setWordWrap(true);
    auto* file = makeButton("referenceFileButton", tr("&Open file…"));
    connect(file, &QPushButton::clicked, this, &ReferenceDialog::openFile);
    auto* shipped = makeButton("referenceShippedButton", tr("Reported &T4 run"));
    connect(shipped, &QPushButton::clicked, this, &ReferenceDialog::shippedWanted);
    auto* top = new QHBoxLayout;
    top->addWidget(hint, 1);
    top->addWidget(file);
    top->addWidget(shipped);
    return top;
}

QLayout* ReferenceDialog::makeBottom()
{
    m_name->setObjectName(QStringLiteral("referenceNameEdit"));
    m_name->setAccessibleName(tr("Name of the reference"));
    auto* name = new QLabel(tr("&Name"), this);
    name->setBuddy(m_name);
    auto* cancel = makeButton("referenceCancelButton", tr("Cancel"));
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    m_keep->setObjectName(QStringLiteral("referenceKeepButton"));
    Theme::setAccent(m_keep);
    auto* bottom = new QHBoxLayout;
    bottom->addWidget(name);
    bottom->addWidget(m_name, 1);
    bottom->addWidget(cancel);
    bottom->addWidget(m_keep);
    return bottom;
}

void ReferenceDialog::setPage(const QString& text)
{
    m_page->setPlainText(text);
    m_pause.stop();
    ask();
}

void ReferenceDialog::openFile()
{
    const QString path = QFileDialog::getOpenFileName(
        this, tr("A published page"), QString(), tr("Pages (*.md *.txt *.csv *.tsv *.html);;All files (*)"));
    if (path.isEmpty())
        return;
    QFile file(path);
    const bool isDatabase = trainer::isDatabase(path.toStdString());
    if (isDatabase || !file.open(QIODevice::ReadOnly)) {
        m_preview = {};
        m_preview.failure = isDatabase
            ? trainer::message(NABIZ_TEXT("Message", "%1 is Nabız's database, not a page."), path.toStdString())
            : trainer::message(
                  NABIZ_TEXT("Message", "%1 cannot be read: %2"), path.toStdString(), file.errorString().toStdString());
        showLines();
        showSummary();
        return;
    }
    trainer::keepInput(QFile::encodeName(path).toStdString());
    if (m_nameIsOurs)
        m_name->clear();
    setPage(QString::fromUtf8(file.read(kLongest)));
}

void ReferenceDialog::ask()
{
    Q_EMIT pagePasted(m_page->toPlainText());
}

void ReferenceDialog::setPreview(const ReferencePreview& preview)
{
    if (preview.page != m_page->toPlainText())
        return; // of what stood there before
    m_preview = preview;
    if (m_nameIsOurs)
        m_name->setText(preview.name);
    showLines();
    m_changes->show(m_preview);
    showSummary();
}

void ReferenceDialog::showLines()
{
    const ThemeColors& colors = Theme::colors();
    m_lines->clear();
    QList<QTreeWidgetItem*> items;
    for (const ReferenceLine& line : m_preview.lines) {
        const QString said = saidText(line);
        auto* item = new QTreeWidgetItem({ QString::number(line.number),
            line.isUnderstood || line.isWords ? said : tr("Not understood: %1").arg(said), line.text });
        item->setTextAlignment(0, Qt::AlignRight | Qt::AlignVCenter);
        item->setForeground(1, line.isWords ? colors.dim : line.isUnderstood ? colors.good : colors.warn);
        item->setForeground(2, colors.dim);
        item->setToolTip(1, item->text(1));
        item->setToolTip(2, line.text);
        items << item;
    }
    m_lines->addTopLevelItems(items);
    m_lines->resizeColumnToContents(0);
    m_lines->setColumnWidth(1, fontMetrics().averageCharWidth() * 52);
}

QString ReferenceDialog::readName() const
{
    return m_name->text().simplified();
}

void ReferenceDialog::showSummary()
{
    int missed = 0;
    for (const ReferenceLine& line : m_preview.lines)
        missed += line.isUnderstood || line.isWords ? 0 : 1;
    bool isId = false;
    readName().toLongLong(&isId);
    QString sentence;
    if (!m_preview.failure.empty())
        sentence = text(m_preview.failure);
    else if (m_preview.page.isEmpty())
        sentence = tr("There is nothing to understand yet.");
    else if (m_preview.isEmpty())
        sentence = tr("No figure was understood.");
    else
        sentence
            = tr("Understood: %1, %2, %3.")
                  .arg(tr("%n point(s)", nullptr, m_preview.points), tr("%n setting(s)", nullptr, m_preview.settings),
                      tr("%n memory figure(s)", nullptr, m_preview.memory));
    if (missed > 0)
        sentence += u' ' + tr("%n line(s) with figures were not understood.", nullptr, missed);
    if (m_preview.moreLines > 0)
        sentence += u' ' + tr("%n more line(s) are not shown.", nullptr, m_preview.moreLines);
    if (isId)
        sentence += u' ' + tr("A number alone is no name: it would be taken for an id.");
    m_summary->setText(sentence);
    const bool isGood = !m_preview.isEmpty() && !isId;
    Theme::setRole(m_summary, isGood ? missed > 0 ? "warn" : "good" : m_preview.page.isEmpty() ? "dim" : "bad");
    m_keep->setEnabled(isGood && !readName().isEmpty());
}

} // namespace nabiz::ui
