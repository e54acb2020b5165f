// SPDX-License-Identifier: GPL-3.0-or-later
// No text of a person's widens anything: names of three hundred letters without a blank, emoji, right to left, on every
// page, strip, popup and dialog of a window of 1024 × 700; and no setting that was changed, on the smallest screens.
#include "tests/ui/charts/sample_runs.h"
#include "ui/charts/view/chart_save_dialog.h"
#include "ui/charts/view/plot_view.h"
#include "ui/dialogs/close_dialog.h"
#include "ui/dialogs/reference_dialog.h"
#include "ui/models/run_catalog.h"
#include "ui/pages/configure/configure_page.h"
#include "ui/theme/theme.h"
#include "ui/window/main_menu.h"
#include "ui/window/main_window.h"
#include "ui/window/page_stack.h"
#include "ui/window/run_selection.h"
#include "ui/window/window_notices.h"

#include <QAbstractScrollArea>
#include <QComboBox>
#include <QCompleter>
#include <QFrame>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QTemporaryDir>
#include <QToolButton>
#include <QtTest>

using namespace nabiz;
using namespace nabiz::ui;

namespace {

constexpr QSize kSmall(1024, 700);

QString nameOf(const QString& letters)
{
    QString name;
    while (name.size() < 300)
        name += letters;
    return name;
}

QString describe(const QWidget& widget)
{
    QString text = QLatin1String(widget.metaObject()->className()) + u' ' + widget.objectName();
    if (const auto* label = qobject_cast<const QLabel*>(&widget))
        text += QStringLiteral(" “%1”").arg(label->text().left(40));
    return text;
}

// What has no room: beyond the window, beyond a viewport that cannot be scrolled sideways, or squeezed until its text
// is cut.
QStringList cut(const QWidget& window)
{
    QStringList found;
    for (const QWidget* widget : window.findChildren<QWidget*>()) {
        if (!widget->isVisible() || widget->isWindow() || widget->width() == 0)
            continue;
        const bool isControl = qobject_cast<const QAbstractButton*>(widget) || qobject_cast<const QComboBox*>(widget)
            || qobject_cast<const QLineEdit*>(widget);
        for (const QWidget* around = widget->parentWidget(); around; around = around->parentWidget()) {
            const auto* area = qobject_cast<const QAbstractScrollArea*>(around->parentWidget());
            const bool isViewport = area && area->viewport() == around;
            const bool scrolls = isViewport && area->horizontalScrollBarPolicy() != Qt::ScrollBarAlwaysOff;
            if (scrolls)
                break;
            const QRect place(widget->mapTo(around, QPoint()), widget->size());
            if ((isViewport || around == &window) && (place.left() < 0 || place.right() >= around->width())) {
                found << QStringLiteral("%1 at %2…%3 of %4")
                             .arg(describe(*widget))
                             .arg(place.left())
                             .arg(place.right())
                             .arg(around->width());
                break;
            }
            if (around == &window)
                break;
        }
        const bool isFixed = widget->minimumWidth() == widget->maximumWidth(); // a sign, no text
        if (isControl && !isFixed && widget->width() < widget->minimumSizeHint().width())
            found << QStringLiteral("%1 is %2 wide, needs %3")
                         .arg(describe(*widget))
                         .arg(widget->width())
                         .arg(widget->minimumSizeHint().width());
    }
    return found;
}

// Every setting with another value than it has by itself.
QString everythingChanged()
{
    QString text = QStringLiteral("extends: quick\n"), section;
    for (const trainer::Parameter& parameter : trainer::parameterTable()) {
        const QString key = QString::fromUtf8(parameter.key.data(), static_cast<qsizetype>(parameter.key.size()));
        QString value;
        if (const auto* whole = std::get_if<std::int64_t>(&parameter.defaultValue))
            value = QString::number(*whole + 1000001);
        else if (const auto* number = std::get_if<double>(&parameter.defaultValue))
            value = QString::number(*number / 3 + 0.00123456789, 'g', 12);
        else if (const auto* flag = std::get_if<bool>(&parameter.defaultValue))
            value = *flag ? QStringLiteral("false") : QStringLiteral("true");
        else if (!parameter.choices.empty() && std::holds_alternative<std::string>(parameter.defaultValue))
            value = QString::fromUtf8(parameter.choices.back().data(), qsizetype(parameter.choices.back().size()));
        if (parameter.derived || value.isEmpty())
            continue;
        if (key.section(u'.', 0, 0) != section)
            text += (section = key.section(u'.', 0, 0)) + QStringLiteral(":\n");
        text += QStringLiteral("  %1: %2\n").arg(key.section(u'.', 1), value);
    }
    return text;
}

// A run all of whose texts are long.
storage::RunDetail longRun(storage::RunId id, const QString& name)
{
    storage::RunDetail detail = nabiz::testing::sampleRun(id, name.toStdString(), 60, 1.0 + static_cast<double>(id));
    storage::Run& run = detail.overview.run;
    const std::string text = name.toStdString();
    run.preset = "quick";
    run.why = run.note = run.failure = text;
    run.tags = { text };
    run.command = "nabiz train quick data.path=" + text;
    run.texts = { { "problem", text }, { "solution", text }, { "conclusion", text } };
    run.facts["device"] = text;
    run.facts["data.fingerprint"] = text;
    detail.parameters.push_back({ "data.path", text, text });
    storage::Event sample;
    sample.kind = "sample";
    sample.batch = 10;
    sample.text = text;
    storage::Event warning = sample;
    warning.kind = "warning";
    detail.events = { sample, warning };
    return detail;
}

struct Fixture {
    QTemporaryDir folder;
    trainer::PresetStore presets { folder.path().toStdString() };
    RunCatalog catalog;
    MainWindow window { catalog, presets, trainer::Machine { .cores = 2 } };
    QSize size;

    explicit Fixture(const QString& name, QSize screen = kSmall)
        : size(screen)
    {
        std::vector<storage::RunDetail> details;
        for (int id = 3; id >= 1; --id)
            details.push_back(longRun(id, name + QString::number(id)));
        catalog.setRuns({ details[0].overview, details[1].overview, details[2].overview });
        storage::ParameterTable table;
        table.keys = { "data.path" };
        table.texts = { "", name.toStdString(), name.toStdString() + "2" };
        table.runs = { { 1, { 1 } }, { 2, { 2 } }, { 3, { 1 } } };
        catalog.putParameters(table);
        for (storage::RunDetail& detail : details)
            catalog.setDetail(std::move(detail));
        storage::TrashedRun trashed;
        trashed.overview = catalog.runs().front();
        trashed.overview.run.id = 9;
        catalog.setTrash({ trashed });
        window.setDatabase(QStringLiteral("/%1.db").arg(name));
        window.menu().setRecent({ QStringLiteral("/%1.db").arg(name), u'/' + name });
        window.selection().select({ 1, 2, 3 });
        window.setMinimumSize(QSize());
        window.resize(size);
        window.show();
    }
    template <typename Widget> Widget* find(const char* name) { return window.findChild<Widget*>(QLatin1String(name)); }
    void settle()
    {
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents();
    }
    // Nothing is cut, and the window would not have to be larger.
    QStringList wrong()
    {
        settle();
        QStringList found = cut(window);
        const QSize needed = window.centralWidget()->minimumSizeHint();
        if (needed.width() > size.width() || needed.height() > size.height())
            found << QStringLiteral("needs %1 × %2").arg(needed.width()).arg(needed.height());
        return found;
    }
};

} // namespace

class TestLongNames : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Theme::apply(*qApp, ThemeMode::Light); }

    void names()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("letters") << nameOf("w");
        QTest::newRow("emoji") << nameOf(QStringLiteral("👩🏽‍🚀🔥"));
        QTest::newRow("right to left") << nameOf(QStringLiteral("שלוםعالم"));
        QTest::newRow("with ampersands") << nameOf("W&W&&");
    }

    void everyPage_data() { names(); }
    void everyPage()
    {
        QFETCH(QString, name);
        Fixture f(name);
        QStringList all;
        for (const Page page : { Page::Configure, Page::Watch, Page::Runs, Page::Compare, Page::Report }) {
            f.window.showPage(page);
            QStringList found = f.wrong();
            if (page == Page::Watch) {
                for (const char* fold : { "statisticsButton", "factsButton", "eventsButton" })
                    f.find<QToolButton>(fold)->setChecked(true);
                found << f.wrong();
            }
            for (const char* tab : { "textsTab", "scatterTab", "resultsTab" }) {
                if (page == Page::Compare) {
                    QTest::mouseClick(f.find<QPushButton>(tab), Qt::LeftButton);
                    found << f.wrong();
                }
            }
            if (!found.isEmpty())
                all << QStringLiteral("page %1:").arg(int(page)) << found;
        }
        QVERIFY2(all.isEmpty(), qPrintable(all.join('\n')));
        Q_EMIT f.window.pages().find<ConfigurePage>()->editAsNewRequested(1);
        QCOMPARE(f.window.pages().page(), Page::Configure);
        QVERIFY2(f.wrong().isEmpty(), qPrintable("edit as new:\n" + f.wrong().join('\n')));
    }

    // A row that was changed says what it was: it pushed the form out of its card.
    void everySettingChanged_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::newRow("1024 × 700") << kSmall;
        QTest::newRow("1920 × 1080 at 200 %") << QSize(960, 540);
        QTest::newRow("1400 × 860") << QSize(1400, 860);
    }
    void everySettingChanged()
    {
        QFETCH(QSize, size);
        Fixture f(QStringLiteral("run"), size);
        f.window.showPage(Page::Configure);
        f.find<QPlainTextEdit>("yamlEdit")->setPlainText(everythingChanged());
        f.settle();
        QStringList all;
        auto* groups = f.find<QListWidget>("groupList");
        int resets = 0;
        for (int row = 0; row < groups->count(); ++row) {
            groups->setCurrentRow(row);
            const QStringList found = f.wrong();
            for (const auto* button : f.window.findChildren<QToolButton*>())
                resets += button->isVisible() && button->objectName().endsWith(QStringLiteral("_resetButton")) ? 1 : 0;
            if (!found.isEmpty())
                all << groups->item(row)->text() + u':' << found;
        }
        QVERIFY2(resets >= 30, qPrintable(QString::number(resets)));
        QVERIFY2(all.isEmpty(), qPrintable(all.join('\n')));
    }

    void settingsFoundStayInTheWindow()
    {
        Fixture f(QStringLiteral("run"));
        f.window.showPage(Page::Configure);
        auto* search = f.find<QLineEdit>("searchEdit");
        search->setFocus();
        QTest::keyClicks(search, QStringLiteral("checkpoint"));
        const auto* list = search->completer()->popup();
        QTRY_VERIFY(list->isVisible());
        QVERIFY(list->width() > search->width());
        QTRY_VERIFY(list->geometry().right() <= f.window.geometry().right());
    }

    // 1920 × 1080 at 200 %: what has no room is scrolled to, no chart becomes a strip.
    void lowScreens()
    {
        Fixture f(QStringLiteral("run"), QSize(960, 540));
        for (const Page page : { Page::Watch, Page::Compare }) {
            f.window.showPage(page);
            f.settle();
            for (const PlotView* plot : f.window.findChildren<PlotView*>())
                QVERIFY2(!plot->isVisible() || plot->height() >= 8 * plot->fontMetrics().height(),
                    qPrintable(QStringLiteral("%1: %2").arg(plot->objectName()).arg(plot->height())));
        }
    }

    void stripsAndPopups_data() { names(); }
    void stripsAndPopups()
    {
        QFETCH(QString, name);
        Fixture f(name);
        f.window.notices().show(name, true);
        f.window.notices().offerInterrupted({ 1, 2 });
        f.window.showPage(Page::Runs);
        QTest::mouseClick(f.find<QPushButton>("trashButton"), Qt::LeftButton);
        QStringList found = f.wrong();
        QTest::mouseClick(f.find<QPushButton>("deleteForGoodButton"), Qt::LeftButton);
        found << f.wrong();
        QTest::mouseClick(f.find<QPushButton>("keepButton"), Qt::LeftButton);
        QTest::mouseClick(f.find<QPushButton>("trashBackButton"), Qt::LeftButton);
        QTest::keyClick(f.find<QWidget>("runTable"), Qt::Key_A, Qt::ControlModifier);
        f.settle();
        found << f.wrong();
        for (const char* button : { "columnsButton", "groupButton", "tagSelectedButton" }) {
            QTest::mouseClick(f.find<QPushButton>(button), Qt::LeftButton);
            const QWidget* popup = QApplication::activePopupWidget();
            QVERIFY2(popup, button);
            if (popup->width() > kSmall.width())
                found << QStringLiteral("%1 opens %2").arg(QLatin1String(button)).arg(popup->width());
            QTest::keyClick(QApplication::activePopupWidget(), Qt::Key_Escape);
            f.settle();
        }
        QTest::keyClick(f.find<QWidget>("runTable"), Qt::Key_Delete);
        found << f.wrong();
        const int menu = f.find<QMenu>("recentMenu")->sizeHint().width();
        if (menu > kSmall.width() * 2 / 3)
            found << QStringLiteral("the menu of databases is %1").arg(menu);
        QVERIFY2(found.isEmpty(), qPrintable(found.join('\n')));
    }

    void dialogs_data() { names(); }
    void dialogs()
    {
        QFETCH(QString, name);
        Fixture f(name);
        f.window.showPage(Page::Watch);
        f.settle();
        CloseDialog closing(name, 2, &f.window);
        ReferenceDialog reference(&f.window);
        ReferencePreview preview;
        preview.name = name;
        preview.points = 1;
        preview.lines = { { 1, name, false, false, {} }, { 2, name, true, false, {} } };
        reference.setPreview(preview);
        ChartSaveDialog saving({ f.find<PlotView>("lossChart") }, name, nullptr, &f.window);
        QStringList found;
        for (QDialog* dialog : std::initializer_list<QDialog*> { &closing, &reference, &saving }) {
            dialog->open();
            f.settle();
            if (dialog->width() > kSmall.width() || dialog->minimumSizeHint().width() > kSmall.width())
                found << QStringLiteral("%1 is %2 wide").arg(dialog->objectName()).arg(dialog->width());
            found << cut(*dialog);
            dialog->close();
        }
        QVERIFY2(found.isEmpty(), qPrintable(found.join('\n')));
    }
};

QTEST_MAIN(TestLongNames)
#include "tst_long_names.moc"
