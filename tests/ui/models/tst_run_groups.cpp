// SPDX-License-Identifier: GPL-3.0-or-later
// The rows of the run table as a value.
#include "ui/models/run_groups.h"

#include <QtTest>

#include <algorithm>

using namespace nabiz;
using namespace nabiz::ui;

class TestRunGroups : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void beginsWithOneThatIsEmpty();
    void findsEachPlaceOfARun();
    void countsEachRunOnce();
    void takesGroupsInAndOut();

private:
    static RunGroups twoTags()
    {
        RunGroups groups;
        groups.set({ { 11, "x", "x", { 3, 1 } }, { 12, "y", "y", { 1, 2 } } }, true);
        return groups;
    }
};

void TestRunGroups::beginsWithOneThatIsEmpty()
{
    const RunGroups groups;
    QVERIFY(!groups.isGrouped());
    QCOMPARE(groups.size(), std::size_t { 1 });
    QCOMPARE(groups.shown(), std::size_t { 0 });
}

void TestRunGroups::findsEachPlaceOfARun()
{
    const RunGroups groups = twoTags();
    const std::vector<RunPlace> places = groups.placesOf(1);
    QCOMPARE(places.size(), std::size_t { 2 });
    QCOMPARE(places[0].group, std::size_t { 0 });
    QCOMPARE(places[0].row, std::size_t { 1 });
    QCOMPARE(places[1].group, std::size_t { 1 });
    QCOMPARE(places[1].row, std::size_t { 0 });
    QVERIFY(groups.placesOf(7).empty());
    QCOMPARE(groups.indexOf(12), std::size_t { 1 });
    QCOMPARE(groups.indexOf(99), groups.size());
}

void TestRunGroups::countsEachRunOnce()
{
    const RunGroups groups = twoTags();
    QCOMPARE(groups.shown(), std::size_t { 3 });
    std::vector<storage::RunId> runs = groups.shownRuns();
    std::sort(runs.begin(), runs.end());
    QVERIFY((runs == std::vector<storage::RunId> { 1, 2, 3 }));
}

void TestRunGroups::takesGroupsInAndOut()
{
    RunGroups groups = twoTags();
    groups.insert(1, { 13, "between", "between", { 9 } });
    QCOMPARE(groups.at(1).key, QStringLiteral("between"));
    QCOMPARE(groups.indexOf(12), std::size_t { 2 });
    groups.erase(0);
    QCOMPARE(groups.all().front().key, QStringLiteral("between"));
    QCOMPARE(groups.shown(), std::size_t { 3 });
}

QTEST_GUILESS_MAIN(TestRunGroups)
#include "tst_run_groups.moc"
