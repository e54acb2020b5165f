// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/message_text.h"

#include "trainer/base/finding.h"

#include <QCoreApplication>
#include <QLocale>
#include <QRegularExpression>

namespace nabiz::ui {

namespace {

QString translated(const char* context, const char* literal)
{
    return *literal ? QCoreApplication::translate(context, literal) : QString();
}

// A size has the decimal sign of the window's language, as sizes have that it writes itself.
QString shownArgument(const std::string& argument)
{
    static const QRegularExpression size(QStringLiteral("^-?[0-9]+\\.[0-9]+ [kMGT]?B$"));
    QString text = QString::fromStdString(argument);
    return size.match(text).hasMatch() ? text.replace(u'.', QLocale().decimalPoint()) : text;
}

QString filled(const std::string& literal, const std::vector<std::string>& arguments)
{
    const QString pattern = translated("Message", literal.c_str());
    QString result;
    // In one pass, so that an argument that holds a %1 of its own stays as it is.
    for (qsizetype i = 0; i < pattern.size(); ++i) {
        const int number = i + 1 < pattern.size() && pattern[i] == u'%' ? pattern[i + 1].digitValue() : -1;
        if (number >= 1 && number <= static_cast<int>(arguments.size())) {
            result += shownArgument(arguments[static_cast<std::size_t>(number - 1)]);
            ++i;
        } else {
            result += pattern[i];
        }
    }
    return result;
}

} // namespace

QString text(const trainer::Message& message)
{
    return filled(message.text, message.arguments);
}

QString text(const storage::Event& event)
{
    if (event.kind == "audit") {
        if (const auto finding = trainer::findingFrom(event.message, event.arguments)) {
            const QString measured = text(finding->measured);
            return finding->message.empty() ? measured : measured + u' ' + text(finding->message);
        }
    }
    return event.message.empty() ? QString::fromStdString(event.text) : filled(event.message, event.arguments);
}

QString statusName(storage::RunStatus status)
{
    using storage::RunStatus;
    switch (status) {
    case RunStatus::Queued:
        return QCoreApplication::translate("RunStatus", "queued");
    case RunStatus::Preparing:
        return QCoreApplication::translate("RunStatus", "preparing");
    case RunStatus::Running:
        return QCoreApplication::translate("RunStatus", "running");
    case RunStatus::Paused:
        return QCoreApplication::translate("RunStatus", "paused");
    case RunStatus::Stopping:
        return QCoreApplication::translate("RunStatus", "stopping");
    case RunStatus::Finished:
        return QCoreApplication::translate("RunStatus", "finished");
    case RunStatus::Stopped:
        return QCoreApplication::translate("RunStatus", "stopped");
    case RunStatus::Failed:
        return QCoreApplication::translate("RunStatus", "failed");
    case RunStatus::Diverged:
        return QCoreApplication::translate("RunStatus", "diverged");
    case RunStatus::Interrupted:
        return QCoreApplication::translate("RunStatus", "interrupted");
    case RunStatus::Reference:
        return QCoreApplication::translate("RunStatus", "reference");
    }
    return {};
}

QString parameterLabel(const trainer::Parameter& parameter)
{
    return translated("Parameter", parameter.label);
}

QString parameterHelp(const trainer::Parameter& parameter)
{
    return translated("Parameter", parameter.help);
}

QString parameterUnit(const trainer::Parameter& parameter)
{
    return translated("Parameter", parameter.unit);
}

QString groupName(const char* group)
{
    return translated("Parameter", group);
}

QString metricLabel(const std::string& name)
{
    const trainer::MetricRow* row = trainer::findMetric(name);
    if (!row)
        return QString::fromStdString(name);
    // Shares of experts and figures of ranks carry their numbers in their names: router.0.expert.1, rank.2.memory.
    const QStringList parts = QString::fromStdString(name).split(u'.');
    const QString label = translated("Metric", row->label);
    if (parts.size() == 3 && parts[0] == u"rank")
        return label.arg(parts[1]);
    return parts.size() == 4 && parts[0] == u"router" ? label.arg(parts[1], parts[3]) : label;
}

QString shortName(const QString& name)
{
    constexpr qsizetype kLongest = 60;
    const QString line = name.simplified();
    return line.size() > kLongest ? line.left(kLongest) + u'…' : line;
}

QString breakableText(const QString& text, int longest)
{
    QString result;
    int run = 0;
    for (const QChar c : text) {
        run = c.isSpace() ? 0 : run + 1;
        if (run > longest && !c.isLowSurrogate() && !c.isMark()) {
            result += QChar(0x200b); // zero width space
            run = 1;
        }
        result += c;
    }
    return result;
}

} // namespace nabiz::ui
