<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>nabiz::app::RunEditor</name>
    <message numerus="yes">
        <source>%n run(s) imported</source>
        <translation>
            <numerusform>%n run imported</numerusform>
            <numerusform>%n runs imported</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new point(s).</source>
        <translation>
            <numerusform>%n new point.</numerusform>
            <numerusform>%n new points.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>nabiz::app::TroubleDesk</name>
    <message numerus="yes">
        <source>Writing works again: the %n batch(es) that waited are in the database.</source>
        <translation>
            <numerusform>Writing works again: the %n batch that waited is in the database.</numerusform>
            <numerusform>Writing works again: the %n batches that waited are in the database.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n batch(es) can be kept nowhere, and closing loses them. Make room first. (%1)</source>
        <translation>
            <numerusform>%n batch can be kept nowhere, and closing loses them. Make room first. (%1)</numerusform>
            <numerusform>%n batches can be kept nowhere, and closing loses them. Make room first. (%1)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>nabiz::ui::CloseDialog</name>
    <message numerus="yes">
        <source>%n run(s) stay in the queue for next time.</source>
        <translation>
            <numerusform>%n run stays in the queue for next time.</numerusform>
            <numerusform>%n runs stay in the queue for next time.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>nabiz::ui::CompareGrid</name>
    <message numerus="yes">
        <source>%n seed(s)</source>
        <translation>
            <numerusform>%n seed</numerusform>
            <numerusform>%n seeds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to come</source>
        <translation>
            <numerusform>%n to come</numerusform>
            <numerusform>%n to come</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed or diverged</source>
        <translation>
            <numerusform>%n failed or diverged</numerusform>
            <numerusform>%n failed or diverged</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Best of %1: %2 with %3 (mean and 95 % interval over %n seed(s)).</source>
        <translation>
            <numerusform>Best of %1: %2 with %3 (mean and 95 % interval over %n seed).</numerusform>
            <numerusform>Best of %1: %2 with %3 (mean and 95 % interval over %n seeds).</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>nabiz::ui::CompareScatter</name>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>%n run</numerusform>
            <numerusform>%n runs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n without a value, not shown</source>
        <translation>
            <numerusform>%n without a value, not shown</numerusform>
            <numerusform>%n without a value, not shown</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>nabiz::ui::CompareTable</name>
    <message numerus="yes">
        <source>%n ignored</source>
        <translation>
            <numerusform>%n ignored</numerusform>
            <numerusform>%n ignored</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>nabiz::ui::CompareVerdict</name>
    <message numerus="yes">
        <source>Waiting for %n run(s)</source>
        <translation>
            <numerusform>Waiting for %n run</numerusform>
            <numerusform>Waiting for %n runs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>nabiz::ui::ComparisonModel</name>
    <message numerus="yes">
        <source>%n seed(s)</source>
        <translation>
            <numerusform>%n seed</numerusform>
            <numerusform>%n seeds</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>nabiz::ui::ImportDialog</name>
    <message numerus="yes">
        <source>%n run(s) found.</source>
        <translation>
            <numerusform>%n run found.</numerusform>
            <numerusform>%n runs found.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>nabiz::ui::PlotView</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>nabiz::ui::PresetsDialog</name>
    <message numerus="yes">
        <source>%n setting(s) differ</source>
        <translation>
            <numerusform>%n setting differs</numerusform>
            <numerusform>%n settings differ</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) wait with the settings that they were queued with.</source>
        <translation>
            <numerusform>%n run waits with the settings that it was queued with.</numerusform>
            <numerusform>%n runs wait with the settings that they were queued with.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>nabiz::ui::QueuePanel</name>
    <message numerus="yes">
        <source>Queue: %n waiting</source>
        <translation>
            <numerusform>Queue: %n waiting</numerusform>
            <numerusform>Queue: %n waiting</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>nabiz::ui::ReferenceDialog</name>
    <message numerus="yes">
        <source>%n point(s)</source>
        <translation>
            <numerusform>%n point</numerusform>
            <numerusform>%n points</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n setting(s)</source>
        <translation>
            <numerusform>%n setting</numerusform>
            <numerusform>%n settings</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n memory figure(s)</source>
        <translation>
            <numerusform>%n memory figure</numerusform>
            <numerusform>%n memory figures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) with figures were not understood.</source>
        <translation>
            <numerusform>%n line with figures was not understood.</numerusform>
            <numerusform>%n lines with figures were not understood.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more line(s) are not shown.</source>
        <translation>
            <numerusform>%n more line is not shown.</numerusform>
            <numerusform>%n more lines are not shown.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>nabiz::ui::RunTableDelegate</name>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>%n run</numerusform>
            <numerusform>%n runs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>nabiz::ui::RunsPage</name>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>%n run</numerusform>
            <numerusform>%n runs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n group(s)</source>
        <translation>
            <numerusform>%n group</numerusform>
            <numerusform>%n groups</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n in charts</source>
        <translation>
            <numerusform>%n in charts</numerusform>
            <numerusform>%n in charts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>%n selected</numerusform>
            <numerusform>%n selected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>nabiz::ui::SampleCard</name>
    <message numerus="yes">
        <source>%n older</source>
        <translation>
            <numerusform>%n older</numerusform>
            <numerusform>%n older</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>nabiz::ui::TrashCan</name>
    <message numerus="yes">
        <source>Put %n run(s) in the trash.</source>
        <translation>
            <numerusform>Put %n run in the trash.</numerusform>
            <numerusform>Put %n runs in the trash.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n live run(s) stayed.</source>
        <translation>
            <numerusform>%n live run stayed.</numerusform>
            <numerusform>%n live runs stayed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) are back.</source>
        <translation>
            <numerusform>%n run is back.</numerusform>
            <numerusform>%n runs are back.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>nabiz::ui::TrashView</name>
    <message numerus="yes">
        <source>Delete %n run(s) for good? Their points and checkpoints, about %1, cannot be brought back.</source>
        <translation>
            <numerusform>Delete %n run for good? Its points and checkpoints, about %1, cannot be brought back.</numerusform>
            <numerusform>Delete %n runs for good? Their points and checkpoints, about %1, cannot be brought back.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>nabiz::ui::VaryDialog</name>
    <message numerus="yes">
        <source>%n run(s): %1.</source>
        <translation>
            <numerusform>%n run: %1.</numerusform>
            <numerusform>%n runs: %1.</numerusform>
        </translation>
    </message>
</context>
</TS>
