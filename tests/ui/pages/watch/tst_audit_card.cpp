// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/charts/sample_runs.h"
#include "trainer/base/finding.h"
#include "ui/models/run_catalog.h"
#include "ui/pages/watch/audit_card.h"
#include "ui/pages/watch/watch_page.h"
#include "ui/panels/layout_shelf.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QLabel>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QTest>
#include <QToolButton>
#include <QTranslator>

using namespace nabiz;
using namespace nabiz::ui;
using trainer::Finding;
using trainer::message;

class TestAuditCard : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void findingsWithAllThatIsSaid();
    void nothingSuspiciousOnceItHasLooked();
    void aRunWithoutAudit();
    void findingsArriveWhileItTrains();
    void laterTakesThePlaceOfEarlier();
    void anotherRunAnotherAudit();
    void theLogSaysItWhole();
    void severityIsAWordAndAPicture();
    void anotherLanguageAtOnce();
    void fitsItsColumn_data();
    void fitsItsColumn();

private:
    QStringList texts() const
    {
        QStringList result;
        for (const QWidget* const finding : m_page->findChildren<QWidget*>(QStringLiteral("auditFinding"))) {
            for (const QLabel* const label : finding->findChildren<QLabel*>()) {
                if (!label->text().isEmpty())
                    result << label->text();
            }
        }
        return result;
    }
    QString label(const char* name) const
    {
        const auto* const found = m_page->findChild<QLabel*>(QLatin1String(name));
        return found && found->isVisible() ? found->text() : QString();
    }
    void load(const storage::RunDetail& detail)
    {
        m_catalog->putRun(detail.overview);
        m_catalog->setDetail(detail);
    }

    std::unique_ptr<RunCatalog> m_catalog;
    LayoutShelf m_layouts;
    std::unique_ptr<WatchPage> m_page;
};

namespace {

using enum trainer::FindingSeverity;

storage::Event stored(const Finding& finding, std::int64_t batch = -1)
{
    const trainer::Message text = trainer::toMessage(finding);
    return { .kind = "audit",
        .batch = batch,
        .time = 1000 + batch,
        .text = trainer::describe(finding),
        .message = text.text,
        .arguments = text.arguments };
}

const Finding kLeak { "leak", Warning, message("It moves by %1 times.", "2.5"), message("Set model.causal=true.") };
const Finding kPadding { "padding", Note, message("%1 of the training samples is padding.", "85 %"),
    message("Padding costs time.") };
const Finding kFine { "overlap", Fine, message("validation apart from training"), {} };

storage::RunDetail runWith(storage::RunId id, const std::vector<Finding>& findings)
{
    storage::RunDetail detail = testing::sampleRun(id, "run " + std::to_string(id), 100, 1.5);
    for (const Finding& finding : findings)
        detail.events.push_back(stored(finding));
    return detail;
}

} // namespace

void TestAuditCard::init()
{
    Theme::apply(*qApp, ThemeMode::Light);
    m_page.reset();
    m_catalog = std::make_unique<RunCatalog>();
    m_page = std::make_unique<WatchPage>(*m_catalog, m_layouts);
    m_page->resize(1152, 786);
    m_page->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
}

void TestAuditCard::findingsWithAllThatIsSaid()
{
    load(runWith(1, { kFine, kPadding, kLeak }));
    m_page->showRuns(1, {});
    QCOMPARE(texts(), // warnings first
        (QStringList { "Warning: Sees what follows", "It moves by 2.5 times.", "Set model.causal=true.",
            "Note: Padding", "85 % of the training samples is padding.", "Padding costs time." }));
    QCOMPARE(label("auditFine"), QString("In order: validation apart from training"));
    QCOMPARE(label("auditVerdict"), QString());
}

void TestAuditCard::nothingSuspiciousOnceItHasLooked()
{
    load(runWith(1, { kFine }));
    m_page->showRuns(1, {});
    QCOMPARE(label("auditVerdict"), QString("Nothing suspicious"));
    QCOMPARE(label("auditFine"), QString("validation apart from training"));
    QVERIFY(texts().isEmpty());
}

void TestAuditCard::aRunWithoutAudit()
{
    storage::RunDetail run = runWith(1, {});
    load(run);
    m_page->showRuns(1, {});
    QCOMPARE(label("auditVerdict"), QString("This run was not audited."));
    QCOMPARE(label("auditFine"), QString());
    run.overview.run.id = 2;
    run.overview.run.status = storage::RunStatus::Preparing;
    load(run);
    m_page->showRuns(2, {});
    QVERIFY(label("auditVerdict").contains("before the first batch"));
    // Until its detail has been read nothing is known of a run.
    m_catalog->putRun(testing::sampleRun(3, "third", 10, 1).overview);
    m_page->showRuns(3, {});
    QVERIFY(!m_page->findChild<AuditCard*>()->isVisible());
}

void TestAuditCard::findingsArriveWhileItTrains()
{
    storage::RunDetail run = runWith(1, { kFine });
    run.overview.run.status = storage::RunStatus::Running;
    load(run);
    m_page->showRuns(1, {});
    QCOMPARE(label("auditVerdict"), QString("Nothing suspicious"));
    m_catalog->appendEvent(1, stored(kLeak, 60));
    QTRY_COMPARE(texts().size(), 3);
    QCOMPARE(label("auditVerdict"), QString());
}

void TestAuditCard::laterTakesThePlaceOfEarlier()
{
    const Finding note { "floor", Note, message("The loss is %1.", "1.2"), message("Look.") };
    const Finding warning { "floor", Warning, message("The loss is %1.", "0.1"), message("Too good.") };
    load(runWith(1, { note, warning }));
    m_page->showRuns(1, {});
    QCOMPARE(texts(), (QStringList { "Warning: Loss against what is possible", "The loss is 0.1.", "Too good." }));
}

void TestAuditCard::anotherRunAnotherAudit()
{
    load(runWith(1, { kLeak }));
    load(runWith(2, { kFine }));
    m_page->showRuns(1, { 2 });
    QCOMPARE(texts().size(), 3);
    m_page->showRuns(2, { 1 });
    QVERIFY(texts().isEmpty());
    QCOMPARE(label("auditVerdict"), QString("Nothing suspicious"));
    m_page->showRuns(1, {});
    QCOMPARE(texts().size(), 3);
}

void TestAuditCard::theLogSaysItWhole()
{
    load(runWith(1, { kLeak, kFine }));
    m_page->showRuns(1, {});
    m_page->findChild<QToolButton*>(QStringLiteral("eventsButton"))->setChecked(true);
    const QString log = m_page->findChild<QPlainTextEdit*>(QStringLiteral("eventsText"))->toPlainText();
    QVERIFY2(log.contains("It moves by 2.5 times. Set model.causal=true."), qPrintable(log));
    QVERIFY(log.contains("validation apart from training"));
}

void TestAuditCard::severityIsAWordAndAPicture()
{
    load(runWith(1, { kLeak, kPadding }));
    m_page->showRuns(1, {});
    QList<QImage> pictures;
    for (const QWidget* const finding : m_page->findChildren<QWidget*>(QStringLiteral("auditFinding"))) {
        for (const QLabel* const each : finding->findChildren<QLabel*>()) {
            if (!each->pixmap().isNull())
                pictures << each->pixmap().toImage();
            if (each->text().startsWith("Set") || each->text().startsWith("Padding costs")) {
                QVERIFY(each->focusPolicy() & Qt::TabFocus); // by keyboard, and read out whole
                QVERIFY(each->accessibleName().contains(": "));
                QVERIFY(each->accessibleName().endsWith(each->text()));
            }
        }
    }
    QCOMPARE(pictures.size(), 2);
    QVERIFY(pictures[0] != pictures[1]);
    for (const QImage& picture : pictures)
        QVERIFY(picture.convertToFormat(QImage::Format_Alpha8) != QImage(picture.size(), QImage::Format_Alpha8));
    Theme::apply(*qApp, ThemeMode::Dark);
    QApplication::processEvents();
    const auto* const first = m_page->findChild<QWidget*>(QStringLiteral("auditFinding"));
    const auto dark = first->findChildren<QLabel*>();
    QVERIFY(std::any_of(dark.begin(), dark.end(),
        [&](const QLabel* each) { return !each->pixmap().isNull() && each->pixmap().toImage() != pictures[0]; }));
}

// Says everything backwards.
class Mirror : public QTranslator {
public:
    bool isEmpty() const override { return false; }
    QString translate(const char*, const char* source, const char*, int) const override
    {
        return u'~' + QString::fromUtf8(source);
    }
};

void TestAuditCard::anotherLanguageAtOnce()
{
    load(runWith(1, { kLeak, kFine }));
    m_page->showRuns(1, {});
    Mirror mirror;
    qApp->installTranslator(&mirror);
    QTRY_COMPARE(texts(),
        (QStringList { "~~Warning: ~Sees what follows", "~It moves by 2.5 times.", "~Set model.causal=true." }));
    QCOMPARE(label("auditFine"), QString("~In order: ~validation apart from training"));
    qApp->removeTranslator(&mirror);
    QTRY_COMPARE(texts().value(0), QString("Warning: Sees what follows"));
}

void TestAuditCard::fitsItsColumn_data()
{
    QTest::addColumn<int>("times");
    QTest::newRow("as it is") << 1;
    QTest::newRow("twice the size") << 2;
}

// Nothing is cut off, however large the letters.
void TestAuditCard::fitsItsColumn()
{
    QFETCH(int, times);
    const QFont before = qApp->font();
    QFont font = before;
    font.setPixelSize(QFontInfo(before).pixelSize() * times);
    qApp->setFont(font);
    m_page = std::make_unique<WatchPage>(*m_catalog, m_layouts);
    m_page->resize(1600, 1200);
    m_page->show();
    Finding longest = kLeak;
    longest.measured
        = message("What lets it through: %1.", "encoder, blocks.0–5.attn, blocks.0–5.moe.experts.1 (logic)");
    storage::RunDetail run = runWith(1, { longest, kPadding, kFine });
    run.events.push_back({ .kind = "sample", .batch = 50, .message = "%1", .arguments = { std::string(160, 'x') } });
    load(run);
    m_page->showRuns(1, {});
    QApplication::processEvents();
    const auto* const card = m_page->findChild<AuditCard*>();
    QCOMPARE(QFontInfo(card->font()).pixelSize(), QFontInfo(before).pixelSize() * times);
    const auto* const area = m_page->findChild<QScrollArea*>(QStringLiteral("cardsArea"));
    QVERIFY(card->mapTo(area, QPoint(card->width(), 0)).x() <= area->viewport()->width());
    for (const QLabel* const each : card->findChildren<QLabel*>()) {
        if (!each->isVisible() || each->text().isEmpty())
            continue;
        const QRect place(each->mapTo(card, QPoint()), each->size());
        QVERIFY2(card->rect().contains(place), qPrintable(each->text()));
        if (each->wordWrap())
            QVERIFY2(each->height() >= each->heightForWidth(each->width()), qPrintable(each->text()));
    }
    qApp->setFont(before);
}

QTEST_MAIN(TestAuditCard)
#include "tst_audit_card.moc"
