// SPDX-License-Identifier: GPL-3.0-or-later
// Figures of a C++ program's run into Nabız, as nabiz.py has them of a Python script's: copy this header, which needs
// nothing else. `nabiz::Log log("my run"); log("loss", 0.5, step);` A line a call, one write each, to a file of its own
// in DATABASE-inbox, whether Nabız runs or not. Nothing throws; a failure is said once. One thread at a time an object.
#pragma once

#include <charconv>
#include <chrono>
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
    template <typename Value> using List = std::initializer_list<std::pair<std::string_view, Value>>;

    explicit Log(std::string_view name, List<std::string_view> config = {})
    {
        const auto named = [](const char* key) { return std::string(std::getenv(key) ? std::getenv(key) : ""); };
        std::string file = named("NABIZ_DB"), data = named("XDG_DATA_HOME"), stat = firstLine("/proc/self/stat");
        data = data.starts_with('/') ? data : named("HOME") + "/.local/share";
        file = file.empty() ? data + "/nabiz/nabiz.db" : file.starts_with("~/") ? named("HOME") + file.substr(1) : file;
        stat.erase(0, stat.rfind(')') + 1); // the program's name before it may hold anything
        for (int field = 2; field < 22; ++field) // to the 22nd, its start
            stat.erase(0, stat.find(' ') + 1);
        const std::string pid = number(::getpid()), id = std::to_string(static_cast<long>(now() * 1e6)) + '-' + pid;
        std::error_code error; // then opening fails, which is said
        std::filesystem::create_directories(file += "-inbox", error);
        m_file = ::open((file + '/' + id + ".jsonl").c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
        write("{\"v\":1,\"t\":" + number(now()) + ",\"start\":{\"id\":\"" + id + "\",\"name\":" + quoted(name)
            + ",\"pid\":" + pid + ",\"process_start\":" + (stat.empty() ? "0" : stat.substr(0, stat.find(' ')))
            + ",\"boot\":" + quoted(firstLine("/proc/sys/kernel/random/boot_id"))
            + "},\"config\":" + object(config, quoted) + "}\n");
    }
    ~Log() { finish(); }
    Log(const Log&) = delete;
    Log& operator=(const Log&) = delete;

    void operator()(std::string_view metric, double value, long step) { (*this)({ { metric, value } }, step); }
    void operator()(List<double> figures, long step)
    {
        write(
            "{\"t\":" + number(now()) + ",\"s\":" + std::to_string(step) + ",\"m\":" + object(figures, number) + "}\n");
    }
    void finish(int exitCode = 0) // not 0: it failed. A run that ends without it is interrupted
    {
        if (m_file >= 0)
            write("{\"t\":" + number(now()) + ",\"end\":" + number(exitCode) + "}\n");
        ::close(std::exchange(m_file, -1));
    }

private:
    void write(const std::string& line)
    {
        m_unwritten += m_unwritten.size() < (16U << 20) ? line : std::string(); // waits while a disk is full
        const auto count = ::write(m_file, m_unwritten.data(), m_unwritten.size());
        m_unwritten.erase(0, count > 0 ? static_cast<std::size_t>(count) : 0);
        if (!m_unwritten.empty() && !std::exchange(m_said, true))
            (void)!::write(STDERR_FILENO, "nabiz: the inbox cannot be written\n", 35);
    }
    template <typename Value> static std::string object(List<Value> list, std::string (*text)(Value))
    {
        std::string json;
        for (const auto& [key, value] : list)
            json += (json.empty() ? "" : ",") + quoted(key) + ':' + text(value);
        return '{' + json + '}';
    }
    static std::string number(double value) // JSON has no word for what is not finite
    {
        char text[32];
        const std::string plain(text, std::to_chars(text, text + sizeof text, value).ptr);
        return value - value == 0 ? plain : value != value ? "\"NaN\"" : value > 0 ? "\"Infinity\"" : "\"-Infinity\"";
    }
    static std::string quoted(std::string_view text) // without what has no place in a name
    {
        std::string json;
        for (const char c : text)
            json
                += c == '"' || c == '\\' ? std::string { '\\', c } : std::string(static_cast<unsigned char>(c) > 31, c);
        return '"' + json + '"';
    }
    static std::string firstLine(const char* path)
    {
        std::string line;
        std::getline(std::ifstream(path), line);
        return line;
    }
    static double now()
    {
        return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
    }

    int m_file = -1;
    bool m_said = false;
    std::string m_unwritten;
};

} // namespace nabiz
