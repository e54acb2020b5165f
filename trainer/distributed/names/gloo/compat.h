// SPDX-License-Identifier: GPL-3.0-or-later
// The names of Gloo that c10d's header speaks of. LibTorch holds Gloo itself, compiled, but not its headers; none of
// these is ever made here, so that no code of theirs stands in for LibTorch's own. Only for gloo_group.cpp.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace gloo {

class Context {
public:
    void setTimeout(std::chrono::milliseconds timeout);
};

namespace transport {

class Device;

class UnboundBuffer {
public:
    virtual ~UnboundBuffer();
};

} // namespace transport

namespace rendezvous {

class Store {
public:
    virtual ~Store();
    virtual void set(const std::string& key, const std::vector<char>& value) = 0;
    virtual std::vector<char> get(const std::string& key) = 0;
    virtual void wait(const std::vector<std::string>& keys) = 0;
    virtual void wait(const std::vector<std::string>& keys, const std::chrono::milliseconds& timeout) = 0;
};

} // namespace rendezvous

} // namespace gloo
