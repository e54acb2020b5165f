// SPDX-License-Identifier: GPL-3.0-or-later
// The counter of functions, by sources written for it.
#include "tests/house/source_count.h"

#include <QtTest>

using namespace nabiz::tests;

class TestSourceCount : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void functionsOfAClass_data();
    void functionsOfAClass();
    void classesInEachOther();
    void linesOfAFunction();
};

void TestSourceCount::functionsOfAClass_data()
{
    QTest::addColumn<QString>("body");
    QTest::addColumn<int>("functions");
    QTest::newRow("none") << "int m_a = 0; std::vector<int> m_b { 1, 2 }; double m_c = f(2), m_d;" << 0;
    QTest::newRow("declared and defined") << "void f(); int g() const { return h(1); }" << 2;
    QTest::newRow("constructors, destructor") << "A(); explicit A(int a) : m_a(a), m_b { 2 } { go(); } ~A();" << 3;
    QTest::newRow("defaulted, deleted")
        << "A() = default; A(const A&) = delete; bool operator==(const A&) const = default;" << 0;
    QTest::newRow("pure") << "virtual int f(int x = g(1, 2)) const = 0;" << 1;
    QTest::newRow("operators") << "bool operator<(const A& o) const; void operator()(int x); operator bool() const;"
                               << 3;
    QTest::newRow("signals and slots")
        << "Q_OBJECT public Q_SLOTS: void f(); Q_SIGNALS: void g(int x); private: void h();" << 3;
    QTest::newRow("macros") << "Q_PROPERTY(int a READ a) Q_DISABLE_COPY(A) Q_INVOKABLE int a() const;" << 1;
    QTest::newRow("members that look alike") << "std::function<void(int)> m_f; void (*m_g)(int); alignas(64) int m_h; "
                                                "std::array<int, (1 << 3)> m_i;"
                                             << 0;
    QTest::newRow("friends, aliases, enums") << "friend bool same(A a, A b) { return true; } friend class B; "
                                                "using F = void(int); enum class E { X = (1), Y }; static_assert(f());"
                                             << 0;
    QTest::newRow("templates") << "template <typename T, typename U = std::vector<T>> void f(T t) { } "
                                  "template <int N> struct S { int m; }; std::map<int, std::pair<int, int>> g();"
                               << 2;
    QTest::newRow("attributes")
        << "[[nodiscard]] int f() const noexcept; auto g() -> std::vector<int>; int h() && { return 1; }" << 3;
    QTest::newRow("text and comments")
        << "const char* m_a = \"void f();\"; // void g();\n/* void h(); */ char m_b = '('; "
           "const char* m_c = R\"x(void i(); \" ))x\"; int m_d = 1'000; void j();"
        << 1;
    QTest::newRow("lines of the preprocessor") << "\n#define F(x) \\\n  void f();\n#if 1\nvoid g();\n#endif\n" << 1;
    QTest::newRow("a struct's variable") << "struct { int a; void f() { } } m_s; void g();" << 1;
    QTest::newRow("named types") << "class B* m_b; struct C m_c; struct D f(); struct E;" << 1;
}

void TestSourceCount::functionsOfAClass()
{
    QFETCH(QString, body);
    QFETCH(int, functions);
    const auto count = countSource(
        QStringLiteral("namespace a::b {\nclass A : public X<Y> {\npublic:\n%1\n};\n}").arg(body).toStdString());
    QVERIFY(!count.classes.empty());
    QCOMPARE(count.classes.front().name, std::string("A"));
    QCOMPARE(count.classes.front().line, 2);
    QCOMPARE(count.classes.front().functions, functions);
}

void TestSourceCount::classesInEachOther()
{
    const auto count = countSource("struct Declared;\nstruct Outer final : Base {\n void a();\n"
                                   " class Inner { void b(); void c() { struct Local { }; } };\n void d();\n};\n"
                                   "class Outer::Private {\npublic:\n void e();\n};\n"
                                   "enum class Kind { A };\ntemplate <class T> class Box { T get(); };\n");
    QCOMPARE(count.classes.size(), std::size_t { 4 });
    QCOMPARE(count.classes[0].name, std::string("Outer"));
    QCOMPARE(count.classes[0].functions, 2);
    QCOMPARE(count.classes[1].name, std::string("Inner"));
    QCOMPARE(count.classes[1].functions, 2);
    QCOMPARE(count.classes[2].name, std::string("Outer::Private"));
    QCOMPARE(count.classes[2].line, 7);
    QCOMPARE(count.classes[3].name, std::string("Box"));
    QCOMPARE(count.classes[3].functions, 1);
}

void TestSourceCount::linesOfAFunction()
{
    const auto count
        = countSource("namespace {\nint short_() { return 1; }\n}\n"
                      "A::A(int a)\n    : m_a { a }\n    , m_b(a)\n{\n    one();\n    two();\n}\n"
                      "A::~A()\n{\n}\n"
                      "void A::f(std::vector<int> x)\n{\n    call([&] {\n        deep();\n    });\n}\n"
                      "bool A::operator()(int x) const\n{\n    return x;\n}\n"
                      "const int kTable[] = { f(1), g(2) };\nextern \"C\" {\nvoid c()\n{\n    x();\n}\n}\n");
    const std::vector<std::pair<std::string, int>> expected { { "short_", 0 }, { "A::A", 2 }, { "A::~A", 0 },
        { "A::f", 3 }, { "A::operator()", 1 }, { "c", 1 } };
    QCOMPARE(count.functions.size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
        QCOMPARE(count.functions[i].name, expected[i].first);
        QCOMPARE(count.functions[i].lines, expected[i].second);
    }
    QCOMPARE(count.functions[1].line, 4);
}

QTEST_GUILESS_MAIN(TestSourceCount)
#include "tst_source_count.moc"
