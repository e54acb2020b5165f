// SPDX-License-Identifier: GPL-3.0-or-later
// The window for everyone: each control has a name and a role for a screen reader, no text is cut at larger letters in
// either language, and with every text made longer and marked, none is found that does not go through the translator.
#include "app/gui/language.h"
#include "tests/ui/translations/turkish_window.h"
#include "ui/theme/theme.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QApplication>
#include <QFontInfo>
#include <QLabel>
#include <QRegularExpression>
#include <QTextDocumentFragment>
#include <QToolButton>
#include <QtTest>

using namespace nabiz;
using namespace nabiz::tests;

namespace {

const QString kBegin = QStringLiteral("⟦"), kEnd = QStringLiteral("⟧");

// Letters with marks, a third longer; placeholders, tags and mnemonics as they were.
QString pseudo(const QString& text)
{
    static const QRegularExpression kept("%L?\\d|%n|<[^>]*>|&[a-z]+;|&.");
    static const QMap<QChar, QChar> marked { { u'a', u'á' }, { u'e', u'é' }, { u'i', u'í' }, { u'o', u'ö' },
        { u'u', u'ü' } };
    QString result;
    qsizetype at = 0;
    const auto mark = [&](qsizetype end) {
        for (; at < end; ++at)
            result += marked.value(text[at], text[at]);
    };
    for (auto it = kept.globalMatch(text); it.hasNext();) {
        const auto match = it.next();
        mark(match.capturedStart());
        result += match.captured();
        at = match.capturedEnd();
    }
    mark(text.size());
    return kBegin + result + QString(text.size() / 3, u'~') + kEnd;
}

class PseudoLocale : public QTranslator {
public:
    bool isEmpty() const override { return false; }
    QString translate(const char* context, const char* source, const char*, int) const override
    {
        const QString text = QString::fromUtf8(source);
        const bool isOurs = *context != 'Q' || qstrcmp(context, "QObject") == 0;
        return isOurs && !text.isEmpty() && text != QLatin1String("%1") ? pseudo(text) : QString();
    }
};

QString nameOf(const QObject& object)
{
    QString name = QLatin1String(object.metaObject()->className()) + u' ' + object.objectName();
    for (const QObject* above = object.parent(); above; above = above->parent()) {
        if (!above->objectName().isEmpty())
            return name + QStringLiteral(" in ") + above->objectName();
    }
    return name;
}

// What a person can act on, of an object and all below it: those that say nothing of themselves.
void findUnnamed(QAccessibleInterface* object, QSet<QString>& unnamed, qsizetype& seen)
{
    if (!object || !object->isValid() || object->state().invisible)
        return;
    static const QSet<QAccessible::Role> controls { QAccessible::PushButton, QAccessible::CheckBox,
        QAccessible::RadioButton, QAccessible::EditableText, QAccessible::ComboBox, QAccessible::SpinBox,
        QAccessible::Slider, QAccessible::List, QAccessible::Tree, QAccessible::Table, QAccessible::Chart,
        QAccessible::PageTab, QAccessible::ButtonMenu, QAccessible::ButtonDropDown, QAccessible::Dialog };
    const bool isControl = controls.contains(object->role()) || object->state().focusable;
    const auto* widget = qobject_cast<const QWidget*>(object->object());
    if (isControl && widget) {
        ++seen;
        const bool isBuddied = !object->relations(QAccessible::Label).isEmpty();
        if ((object->text(QAccessible::Name).trimmed().isEmpty() && !isBuddied)
            || object->role() == QAccessible::NoRole)
            unnamed << nameOf(*widget);
    }
    for (int child = 0; child < object->childCount() && child < 200; ++child)
        findUnnamed(object->child(child), unnamed, seen);
}

// The longest line that a label shows.
int neededWidth(const QLabel& label)
{
    int width = 0;
    // Of a label that leads to a field the sign before the key is not drawn.
    QString text = label.buddy() ? QString(label.text()).remove(u'&') : label.text();
    text.remove(QChar(0x200B)); // where it may be broken
    for (const QString& line : text.split(u'\n'))
        width = std::max(width, label.fontMetrics().horizontalAdvance(line));
    return width;
}

void findCut(const QWidget& window, QSet<QString>& cut)
{
    for (const auto* label : window.findChildren<const QLabel*>()) {
        if (!label->isVisible() || label->text().isEmpty() || Qt::mightBeRichText(label->text())
            || label->inherits("nabiz::ui::ElidedLabel") || label->property("mayBeCut").toBool())
            continue;
        const QSize room = label->contentsRect().size();
        const bool isCut = label->wordWrap() ? label->height() < label->heightForWidth(label->width()) - 1
                                             : room.width() < neededWidth(*label);
        if (isCut && label->visibleRegion().boundingRect().size() == label->size())
            cut << nameOf(*label) + QStringLiteral(": ") + label->text();
    }
    for (const auto* button : window.findChildren<const QAbstractButton*>()) {
        const auto* tool = qobject_cast<const QToolButton*>(button);
        if (tool && tool->toolButtonStyle() == Qt::ToolButtonIconOnly && !tool->icon().isNull())
            continue; // its text is its name
        if (button->isVisible() && !button->text().isEmpty()
            && button->width() < button->fontMetrics().horizontalAdvance(QString(button->text()).remove(u'&'))
            && !button->property("mayBeCut").toBool())
            cut << nameOf(*button) + QStringLiteral(": ") + button->text();
    }
}

QString list(const QSet<QString>& texts)
{
    QStringList sorted(texts.cbegin(), texts.cend());
    sorted.sort();
    return sorted.join(u'\n');
}

} // namespace

class TestEveryone : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { ui::Theme::apply(*qApp, ui::ThemeMode::Light); }
    void everyControlHasAName();
    void nothingIsCut_data();
    void nothingIsCut();
    void everyTextIsTranslatable();

private:
    app::Language m_language;
};

void TestEveryone::everyControlHasAName()
{
    m_language.apply("en");
    TurkishWindow window;
    QSet<QString> unnamed;
    qsizetype seen = 0;
    window.walk([&] {
        for (QWidget* top : QApplication::topLevelWidgets())
            findUnnamed(QAccessible::queryAccessibleInterface(top), unnamed, seen);
    });
    QVERIFY2(unnamed.isEmpty(), qPrintable(list(unnamed)));
    QVERIFY2(seen > 500, qPrintable(QString::number(seen)));
}

// Letters are as large as QT_FONT_DPI says when the program starts: twice as large ones, and a window that grows with
// them, stand for twice as large a screen.
void TestEveryone::nothingIsCut_data()
{
    QTest::addColumn<QString>("language");
    for (const char* language : { "en", "tr" })
        QTest::newRow(language) << language;
}

void TestEveryone::nothingIsCut()
{
    constexpr double kPixels = 13; // of a letter at 100 %
    QFETCH(const QString, language);
    m_language.apply(language);
    QSet<QString> cut;
    TurkishWindow window;
    window.window.resize(QSize(1400, 900) * (QFontInfo(QApplication::font()).pixelSize() / kPixels));
    window.walk([&] { findCut(window.window, cut); });
    QVERIFY2(cut.isEmpty(), qPrintable(list(cut)));
}

void TestEveryone::everyTextIsTranslatable()
{
    m_language.apply("en");
    PseudoLocale locale;
    QCoreApplication::installTranslator(&locale);
    QSet<QString> bare;
    qsizetype marked = 0;
    {
        TurkishWindow window;
        window.walk([&] {
            for (const QString& text : window.shownTexts()) {
                // Two words are a sentence of ours; one may be a name, a key, a number with its unit.
                static const QRegularExpression words("[a-z]{3,} [a-z]{2,}");
                marked += text.contains(kBegin) ? 1 : 0;
                const QString plain
                    = Qt::mightBeRichText(text) ? QTextDocumentFragment::fromHtml(text).toPlainText() : text;
                if (!text.contains(kBegin) && words.match(plain).hasMatch())
                    bare << text;
            }
        });
    }
    QCoreApplication::removeTranslator(&locale);
    QVERIFY2(marked > 500, qPrintable(QString::number(marked)));
    QVERIFY2(bare.isEmpty(), qPrintable(list(bare)));
}

QTEST_MAIN(TestEveryone)
#include "tst_everyone.moc"
