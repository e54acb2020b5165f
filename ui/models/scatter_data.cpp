// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/scatter_data.h"

#include "ui/models/run_catalog.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

namespace nabiz::ui {
namespace {

struct Candidate {
    storage::RunId run;
    const RunParameters::Text* x;
    double y;
};

void measure(ScatterAxis& axis, const std::vector<ScatterPoint>& points, double ScatterPoint::*value)
{
    axis.allPositive = !points.empty();
    for (std::size_t i = 0; i < points.size(); ++i) {
        const double at = points[i].*value;
        axis.low = i == 0 ? at : std::min(axis.low, at);
        axis.high = i == 0 ? at : std::max(axis.high, at);
        axis.allPositive = axis.allPositive && at > 0;
    }
}

// In the order of the text, numbers by their size.
std::map<std::string, double> categoriesOf(const std::vector<Candidate>& candidates, ScatterAxis& axis)
{
    std::vector<const RunParameters::Text*> texts;
    for (const Candidate& candidate : candidates) {
        texts.push_back(candidate.x);
    }
    std::sort(texts.begin(), texts.end(), [](const auto* a, const auto* b) {
        if (a->isNumber != b->isNumber) {
            return a->isNumber;
        }
        return a->isNumber && a->number != b->number ? a->number < b->number : a->text < b->text;
    });
    std::map<std::string, double> places;
    for (const RunParameters::Text* const text : texts) {
        if (places.emplace(text->text, static_cast<double>(axis.categories.size())).second) {
            axis.categories.push_back(QString::fromStdString(text->text));
        }
    }
    return places;
}

} // namespace

ScatterData scatterOf(
    const RunCatalog& catalog, const std::vector<storage::RunId>& runs, std::size_t parameter, storage::RunField figure)
{
    ScatterData data;
    std::vector<Candidate> candidates;
    bool numbers = true;
    for (const storage::RunId run : runs) {
        const storage::RunOverview* const overview = catalog.overview(run);
        if (!overview) {
            continue; // deleted since
        }
        const RunParameters::Text* const text
            = parameter < catalog.parameters().keys().size() ? catalog.parameters().value(run, parameter) : nullptr;
        const double y = storage::fieldNumber(*overview, figure).value_or(std::nan(""));
        if (!text || text->text.empty()) {
            ++data.withoutX;
        } else if (!std::isfinite(y)) {
            ++data.withoutY;
        } else {
            candidates.push_back({ run, text, y });
            numbers = numbers && text->isNumber && std::isfinite(text->number);
        }
    }
    std::map<std::string, double> places;
    if (!numbers) {
        places = categoriesOf(candidates, data.x);
    }
    for (const Candidate& candidate : candidates) {
        const double x = numbers ? candidate.x->number : places.at(candidate.x->text);
        data.points.push_back({ candidate.run, x, candidate.y });
    }
    std::sort(data.points.begin(), data.points.end(), [](const ScatterPoint& a, const ScatterPoint& b) {
        return std::tie(a.x, a.y, a.run) < std::tie(b.x, b.y, b.run);
    });
    measure(data.x, data.points, &ScatterPoint::x);
    measure(data.y, data.points, &ScatterPoint::y);
    data.x.allPositive = data.x.allPositive && numbers;
    return data;
}

std::vector<storage::RunField> scatterFigures()
{
    using storage::RunField;
    return { RunField::BestValLoss, RunField::LastValLoss, RunField::MeanLoss, RunField::BestLoss, RunField::LastLoss,
        RunField::FirstLoss, RunField::PeakMemory, RunField::TokensPerSecond, RunField::BatchSeconds, RunField::Seconds,
        RunField::Batches, RunField::NonFinite };
}

} // namespace nabiz::ui
