// SPDX-License-Identifier: GPL-3.0-or-later
// Small stores that the trackers themselves have written, and what a tolerant reader finds in each: expected.json
// beside them. Shared by the tests of app/interchange. One thread.
#pragma once

#include "app/interchange/store_formats.h"

#include <nlohmann/json.hpp>

#include <QDir>
#include <QtTest>

#include <cmath>
#include <fstream>

namespace nabiz::testing {

inline std::string storesFolder()
{
    return NABIZ_TEST_DATA "/app/interchange/stores";
}

inline nlohmann::json expectedOf(const std::string& store)
{
    std::ifstream file(storesFolder() + "/" + store + "/expected.json");
    return nlohmann::json::parse(file);
}

inline std::vector<storage::ImportedRun> readAll(const std::filesystem::path& path)
{
    std::vector<storage::ImportedRun> all;
    for (const auto& found : app::findStores(path)) {
        for (auto& run : found.format->open(found.path, found.label)->read(true))
            all.push_back(std::move(run));
    }
    return all;
}

inline double expectedNumber(const nlohmann::json& value)
{
    if (value.is_number())
        return value.get<double>();
    const auto text = value.get<std::string>();
    return text == "NaN"      ? std::numeric_limits<double>::quiet_NaN()
        : text == "-Infinity" ? -std::numeric_limits<double>::infinity()
                              : std::numeric_limits<double>::infinity();
}

inline bool isSame(double a, double b)
{
    return a == b || (std::isnan(a) && std::isnan(b));
}

struct ExpectedPoint {
    std::int64_t step = 0;
    double wall = storage::kNoWallTime;
    double value = 0;
};

// By step and time, since not every store has an order.
inline std::vector<ExpectedPoint> sorted(std::vector<ExpectedPoint> points)
{
    std::stable_sort(points.begin(), points.end(),
        [](const auto& a, const auto& b) { return a.step != b.step ? a.step < b.step : a.wall < b.wall; });
    return points;
}

inline std::vector<ExpectedPoint> expectedPoints(const nlohmann::json& metric)
{
    std::vector<ExpectedPoint> points;
    const bool hasWalls = metric.contains("wall_times");
    const bool hasStamps = metric.contains("timestamps_ms");
    for (std::size_t i = 0; i < metric["steps"].size(); ++i) {
        const double wall = hasWalls ? metric["wall_times"][i].get<double>()
            : hasStamps              ? metric["timestamps_ms"][i].get<double>() / 1000
                                     : storage::kNoWallTime;
        points.push_back({ metric["steps"][i].get<std::int64_t>(), wall, expectedNumber(metric["values"][i]) });
    }
    return sorted(points);
}

} // namespace nabiz::testing
