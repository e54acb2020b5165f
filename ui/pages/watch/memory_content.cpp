// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/watch/memory_content.h"

#include "trainer/estimate/memory_ledger.h"
#include "ui/models/run_catalog.h"
#include "ui/text/message_text.h"
#include "ui/text/number_text.h"
#include "ui/theme/theme.h"

#include <QCoreApplication>

#include <cmath>

namespace nabiz::ui {
namespace {

constexpr double kGigabyte = 1e-9;

QString tr(const char* literal)
{
    return QCoreApplication::translate("nabiz::ui", literal);
}

const std::string* factOf(const RunDetail& detail, const char* key)
{
    const auto fact = detail.overview.run.facts.find(key);
    return fact == detail.overview.run.facts.end() ? nullptr : &fact->second;
}

// What the estimate said of the peak.
void addPredicted(PlotContent& content, const RunDetail& detail)
{
    const std::string* const fact = factOf(detail, "memory.predicted");
    bool isNumber = false;
    const double bytes = fact ? QString::fromStdString(*fact).toDouble(&isNumber) : 0;
    if (isNumber && std::isfinite(bytes) && bytes > 0) {
        content.lines.push_back({ bytes * kGigabyte, tr("predicted %1").arg(bytesText(bytes)), Theme::colors().dim });
    }
}

class Curves {
public:
    Curves(PlotContent& content, const RunDetail& detail)
        : m_content(content)
        , m_detail(detail)
    {
    }

    PlotCurve* add(const std::string& metric, const QString& label, const QColor& color, bool filled, bool dashed)
    {
        auto curve = watchCurve(m_detail, metric, m_content.xUnit); // where x is not known the loss says it
        if (!curve) {
            return nullptr;
        }
        curve->label = label;
        curve->key = static_cast<qint64>(m_content.curves.size()) + 1;
        curve->color = color;
        curve->smoothed = false;
        curve->filled = filled;
        curve->dashed = dashed;
        curve->scale = kGigabyte;
        m_content.curves.push_back(std::move(*curve));
        return &m_content.curves.back();
    }

private:
    PlotContent& m_content;
    const RunDetail& m_detail;
};

void stack(PlotCurve& peak, const std::vector<LedgerPart>& parts)
{
    double height = 0;
    for (const LedgerPart& part : parts) {
        height += part.bytes * kGigabyte;
        peak.layers.push_back({ height, part.color });
    }
}

void addTensors(PlotContent& content, const RunDetail& detail, bool ledger)
{
    const bool dark = Theme::isDark();
    const std::vector<LedgerPart> parts = ledger ? ledgerParts(detail) : std::vector<LedgerPart>();
    Curves curves(content, detail);
    curves.add("memory.allocated", tr("allocated"), Theme::seriesColor(0, dark), parts.empty(), false);
    PlotCurve* const peak = curves.add("memory.peak", tr("peak"), Theme::seriesColor(1, dark), !parts.empty(), false);
    if (peak) {
        stack(*peak, parts);
    }
    curves.add("memory.reserved", tr("reserved"), Theme::colors().dim, false, true);
    addPredicted(content, detail);
    curves.add("memory.device_other", tr("other programs"), Theme::seriesColor(3, dark), false, false);
    curves.add("memory.process", tr("process"), Theme::colors().dim, false, true);
}

} // namespace

std::vector<LedgerPart> ledgerParts(const RunDetail& detail)
{
    std::vector<LedgerPart> parts;
    const std::string* const fact = factOf(detail, "memory.ledger");
    const auto ledger = fact ? trainer::ledgerFrom(*fact) : std::nullopt;
    int color = 2; // behind those of the curves
    for (const trainer::MemoryPart& part : trainer::memoryParts()) {
        const auto bytes = ledger ? static_cast<double>((*ledger).*part.bytes) : 0;
        if (bytes > 0) {
            parts.push_back({ text(trainer::message(part.name)), bytes, Theme::seriesColor(color, Theme::isDark()) });
        }
        ++color;
    }
    return parts;
}

PlotContent memoryContent(const RunCatalog& catalog, storage::RunId current, const WatchOptions& options, bool ledger)
{
    PlotContent content;
    content.title = tr("Memory");
    content.xUnit = options.xUnit;
    content.logX = options.logX;
    content.smoothing = {};
    content.zeroBased = true;
    content.showCount = false;
    content.plannedX = plannedX(catalog, current, options.xUnit);
    const RunDetail* const detail = catalog.detail(current);
    const bool ofTensors = detail && detail->drawable("memory.allocated");
    content.unit = !ofTensors                ? tr("GB of this process")
        : detail->drawable("memory.process") ? tr("GB")
                                             : tr("GB on the device");
    if (!detail) {
        return content;
    }
    Curves curves(content, *detail);
    if (ofTensors) {
        addTensors(content, *detail, ledger);
    } else {
        curves.add("memory.process", tr("process"), Theme::seriesColor(0, Theme::isDark()), true, false);
    }
    for (int rank = 1;; ++rank) {
        const std::string name = "rank." + std::to_string(rank) + ".memory";
        if (!detail->drawable(name)) {
            break;
        }
        curves.add(name, tr("rank %1").arg(rank), Theme::seriesColor(rank, Theme::isDark()), false, true);
    }
    return content;
}

} // namespace nabiz::ui
