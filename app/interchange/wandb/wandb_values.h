// SPDX-License-Identifier: GPL-3.0-or-later
// What the records of a .wandb file say of a run: points, settings, name, notes, tags, end. Names in nested settings
// and values are joined by a dot, as W&B does. Pure; one thread.
#pragma once

#include "app/interchange/stores/source_text.h"

#include <nlohmann/json.hpp>

namespace nabiz::app {

class WandbValues {
public:
    // Of which the settings and the run's own words are kept from one reading to the next.
    explicit WandbValues(std::string path);
    // Throws protozero::exception when it is no record.
    void take(std::string_view record);
    // What has come since the last call: the run with all that is known beside its points, and the new ones.
    storage::ImportedRun takeRun();
    bool hasNew() const { return m_hasNew; }
    void countDamaged(std::int64_t count) { m_damaged += count; }

private:
    void run(std::string_view bytes);
    void config(std::string_view bytes);
    void history(std::string_view bytes);
    void exit(std::string_view bytes);
    void addValue(const std::string& name, std::string_view json, std::int64_t step, double wall);
    void addParts(const std::string& name, const nlohmann::json& value, std::int64_t step, double wall);

    storage::ImportedRun m_about; // without series
    nlohmann::json m_config = nlohmann::json::object();
    std::vector<storage::ImportedSeries> m_series;
    std::map<std::string, std::size_t, std::less<>> m_places;
    std::vector<storage::ImportedText> m_texts;
    std::size_t m_textCount = 0;
    std::int64_t m_step = -1;
    std::int64_t m_damaged = 0;
    bool m_hasNew = false;
};

} // namespace nabiz::app
