// SPDX-License-Identifier: GPL-3.0-or-later
// Ranks over c10d: its store, and Gloo.
#include "trainer/distributed/gloo_comm.h"
#include "trainer/distributed/ranks.h"

namespace nabiz::trainer {

namespace {

class C10dRanks final : public Ranks {
public:
    C10dRanks(const World& world, const std::map<std::string, std::string>& facts, const std::stop_token& stop)
        : m_rendezvous(world, stop)
    {
        m_rendezvous.compare("settings", facts);
        m_comm = makeGlooComm(m_rendezvous);
    }

    const World& world() const override { return m_rendezvous.world(); }
    Comm& comm() override { return *m_comm; }
    void compare(const std::string& what, const std::map<std::string, std::string>& facts) override
    {
        m_rendezvous.compare(what, facts);
    }
    std::vector<std::string> collect(const std::string& what, const std::string& own) override
    {
        return m_rendezvous.collect(what, own);
    }

private:
    Rendezvous m_rendezvous;
    std::unique_ptr<Comm> m_comm;
};

} // namespace

std::shared_ptr<Ranks> meetRanks(
    const World& world, const std::map<std::string, std::string>& facts, const std::stop_token& stop)
{
    return std::make_shared<C10dRanks>(world, facts, stop);
}

} // namespace nabiz::trainer
