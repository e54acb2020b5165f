<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>nabiz::app::WindowController</name>
    <message numerus="yes">
        <source>%n run(s) were interrupted when the program ended. All that was recorded is kept.</source>
        <translation>
            <numerusform>%n run was interrupted when the program ended. All that was recorded is kept.</numerusform>
            <numerusform>%n runs were interrupted when the program ended. All that was recorded is kept.</numerusform>
        </translation>
    </message>
</context>
</TS>
