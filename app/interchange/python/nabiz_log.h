// SPDX-License-Identifier: GPL-3.0-or-later
// Figures of a C++ program's run into Nabız, as nabiz.py has them of a Python script's: copy this header, which needs
// nothing else. `nabiz::Log log("my run"); log("loss", 0.5, step);` A line a call, one write each, to a file of its own
// in DATABASE-inbox, whether Nabız runs or not. Nothing throws; a failure is said once. One thread at a time an object.
#pragma once

#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace nabiz {

class Log {
public:
    using Figure = std::pair<std::string_view, double>;

    explicit Log(
        std::string_view name, std::initializer_list<std::pair<std::string_view, std::string_view>> config = {})
    {
        std::string settings;
        for (const auto& [key, value] : config)
            settings += (settings.empty() ? "" : ",") + quoted(key) + ':' + quoted(value);
        const std::string id = number(std::chrono::system_clock::now().time_since_epoch().count()),
                          pid = number(::getpid());
        std::error_code error;
        const std::string inbox = database() + "-inbox";
        std::filesystem::create_directories(inbox, error);
        m_file = ::open(
            (inbox + "/" + id + "-" + pid + ".jsonl").c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
        write("{\"v\":1,\"t\":" + now() + ",\"start\":{\"id\":\"" + id + "\",\"name\":" + quoted(name)
            + ",\"pid\":" + pid + ",\"process_start\":" + processStart() + ",\"boot\":"
            + quoted(firstLine("/proc/sys/kernel/random/boot_id")) + "},\"config\":{" + settings + "}}\n");
    }
    ~Log() { finish(); }
    Log(const Log&) = delete;
    Log& operator=(const Log&) = delete;

    void operator()(std::string_view metric, double value, std::int64_t step) { (*this)({ { metric, value } }, step); }
    void operator()(std::initializer_list<Figure> figures, std::int64_t step)
    {
        std::string all;
        for (const auto& [metric, value] : figures)
            all += (all.empty() ? "" : ",") + quoted(metric) + ':' + number(value);
        write("{\"t\":" + now() + ",\"s\":" + number(step) + ",\"m\":{" + all + "}}\n");
    }
    // Not 0: it failed. A run that ends without it is interrupted.
    void finish(int exitCode = 0)
    {
        if (m_file >= 0) {
            write("{\"t\":" + now() + ",\"end\":" + number(exitCode) + "}\n");
            ::close(std::exchange(m_file, -1));
        }
    }

private:
    void write(const std::string& line)
    {
        m_unwritten += m_unwritten.size() < (16U << 20) ? line : std::string(); // kept while a disk is full
        const auto count = ::write(m_file, m_unwritten.data(), m_unwritten.size());
        m_unwritten.erase(0, count > 0 ? static_cast<std::size_t>(count) : 0);
        if (!m_unwritten.empty() && !std::exchange(m_said, true))
            (void)!::write(STDERR_FILENO, "nabiz: the inbox cannot be written\n", 35);
    }
    template <typename Number> static std::string number(Number value)
    {
        if (!std::isfinite(static_cast<double>(value))) // JSON has no word for it
            return std::isnan(static_cast<double>(value)) ? "\"NaN\"" : value > 0 ? "\"Infinity\"" : "\"-Infinity\"";
        char text[32];
        return { text, std::to_chars(text, text + sizeof text, value).ptr };
    }
    static std::string now()
    {
        return number(std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count());
    }
    static std::string quoted(std::string_view text)
    {
        std::string json = "\"";
        for (const char c : text) // what has no place in a name is left out
            json += c == '"' || c == '\\' ? std::string { '\\', c }
                                          : std::string(static_cast<unsigned char>(c) >= 32, c);
        return json + '"';
    }
    static std::string firstLine(const char* path)
    {
        std::string line;
        std::getline(std::ifstream(path), line);
        return line;
    }
    static std::string processStart() // field 22, counted behind the program's name, which may hold anything
    {
        std::string text = firstLine("/proc/self/stat");
        text.erase(0, text.rfind(')') + 2);
        for (int field = 3; field < 22; ++field)
            text.erase(0, text.find(' ') + 1);
        return text.empty() ? "0" : text.substr(0, text.find(' '));
    }
    static std::string database()
    {
        const auto named = [](const char* name) { return std::string(std::getenv(name) ? std::getenv(name) : ""); };
        const std::string file = named("NABIZ_DB"), data = named("XDG_DATA_HOME"), home = named("HOME");
        if (!file.empty())
            return file.starts_with("~/") ? home + file.substr(1) : file;
        return (data.starts_with('/') ? data : home + "/.local/share") + "/nabiz/nabiz.db";
    }

    int m_file = -1;
    bool m_said = false;
    std::string m_unwritten;
};

} // namespace nabiz
