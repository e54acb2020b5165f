// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/estimate/memory_estimate_tape.h"

#include <algorithm>
#include <utility>

namespace nabiz::trainer::rehearsal {

namespace {

void take(Held& held, Use use, std::int64_t bytes)
{
    held.now[static_cast<int>(use)] += static_cast<double>(bytes);
    double sum = 0;
    for (const double part : held.now)
        sum += part;
    if (sum <= held.peak)
        return;
    held.peak = sum;
    std::copy(std::begin(held.now), std::end(held.now), std::begin(held.atPeak));
}

Memory memoryOf(const std::shared_ptr<Held>& held, Use use, std::int64_t bytes)
{
    take(*held, use, bytes);
    return Memory(new Use(use), [held, bytes](const Use* of) {
        held->now[static_cast<int>(*of)] -= static_cast<double>(bytes);
        delete of;
    });
}

} // namespace

Sized Tape::make(std::int64_t elements, int width, Use use)
{
    return { .memory = memoryOf(m_held, use, elements * width), .elements = elements, .width = width };
}

Sized Tape::weight(const std::string& name, std::int64_t elements, bool trained)
{
    const auto [found, isNew] = m_names.try_emplace(name, m_weights.size());
    if (isNew) {
        int leaf = kNone;
        if (trained) {
            leaf = static_cast<int>(m_gradients.size());
            m_gradients.emplace_back();
            m_leaves.push_back(m_weights.size());
        }
        m_weights.push_back({ .elements = elements, .leaf = leaf });
    }
    const Weight& weight = m_weights[found->second];
    return { .memory = {}, .elements = weight.elements, .leaf = m_recording ? weight.leaf : kNone };
}

void Tape::scratch(std::int64_t bytes)
{
    memoryOf(m_held, Use::Workspace, bytes);
}

void Tape::multiply(double operations, int gradients)
{
    (m_replayed ? m_flops.again : m_flops.forward) += operations;
    if (m_recording)
        m_flops.backward += operations * gradients;
}

Sized Tape::apply(
    Sized out, std::vector<Input> inputs, std::vector<Sized> saved, std::int64_t scratchBytes, bool keepsOutput)
{
    const bool needed = std::ranges::any_of(inputs, [](const Input& input) { return input.tensor.needsGradient(); });
    if (!m_recording || !needed)
        return out;
    // An edge holds no memory.
    for (Input& input : inputs)
        input.tensor.memory.reset();
    out.node = static_cast<int>(m_nodes.size());
    if (keepsOutput)
        saved.push_back(out);
    m_nodes.push_back(
        { .inputs = std::move(inputs), .saved = std::move(saved), .kept = {}, .scratch = scratchBytes, .again = {} });
    m_arrived.emplace_back();
    return out;
}

Sized Tape::lowered(const Sized& x)
{
    if (m_low == 0 || x.width == m_low)
        return x;
    if (x.leaf != kNone) {
        if (const auto copy = m_copies.find(x.leaf); copy != m_copies.end())
            return copy->second;
    }
    const bool isWeight = !x.memory;
    const Sized copy = apply(make(x.elements, m_low, isWeight ? Use::Autocast : Use::Activations), { x }, {});
    if (x.leaf != kNone)
        m_copies[x.leaf] = copy;
    return copy;
}

Sized Tape::raised(const Sized& x)
{
    return x.width == 4 ? x : apply(make(x.elements), { x }, {});
}

Sized Tape::withoutGradient(const std::function<Sized()>& compute)
{
    const bool before = std::exchange(m_recording, false);
    Sized result = compute();
    m_recording = before;
    result.node = result.leaf = kNone;
    return result;
}

Sized Tape::kept(const std::function<Sized()>& compute)
{
    if (m_replayed)
        return m_replayed->at(m_nextReplayed++);
    Sized result = withoutGradient(compute);
    if (m_keeping)
        m_keeping->push_back(result);
    return result;
}

// Forward keeps the inputs, and what kept() computed.
Sized Tape::checkpointed(const Part& part, const Sized& x, const Sized& past)
{
    std::vector<Sized> keeping;
    m_keeping = &keeping;
    Sized out = withoutGradient([&] { return part(x, past); });
    m_keeping = nullptr;
    forgetCopies();
    out = apply(out, past.defined() ? std::vector<Input> { x, past } : std::vector<Input> { x }, { x, past });
    Node& node = m_nodes.back();
    node.kept = std::move(keeping);
    node.again = part;
    return out;
}

void Tape::backward(const Sized& loss)
{
    m_arrived[static_cast<std::size_t>(loss.node)] = make(1).memory;
    play(0);
}

// In the opposite order of their making, as autograd takes them.
void Tape::play(std::size_t base)
{
    while (m_nodes.size() > base) {
        Node node = std::move(m_nodes.back());
        Memory gradient = std::move(m_arrived.back());
        m_nodes.pop_back();
        m_arrived.pop_back();
        if (gradient)
            playNode(std::move(node), std::move(gradient));
        else
            std::ranges::move(node.saved, std::back_inserter(m_toTheEnd)); // never reached, never released
    }
}

void Tape::playNode(Node node, Memory gradient)
{
    if (node.again) {
        playAgain(node, gradient); // and what was kept for it goes with the node
        return;
    }
    std::vector<Memory> gradients;
    for (const Input& input : node.inputs) {
        const bool wanted = input.tensor.needsGradient();
        gradients.push_back(!wanted ? Memory() : input.bytes == 0 ? gradient : make(input.bytes, 1).memory);
    }
    if (node.scratch > 0)
        scratch(node.scratch);
    node.saved.clear();
    gradient.reset();
    for (std::size_t i = 0; i < gradients.size(); ++i) {
        if (gradients[i])
            deliver(node.inputs[i], std::move(gradients[i]));
    }
}

// A node that only receives.
Sized Tape::source(const Sized& like)
{
    Sized input = like;
    input.leaf = kNone;
    input.node = static_cast<int>(m_nodes.size());
    m_nodes.emplace_back();
    m_arrived.emplace_back();
    return input;
}

void Tape::playAgain(const Node& node, const Memory& gradient)
{
    const std::size_t first = m_nodes.size();
    const Sized x = source(node.saved[0]);
    const Sized past = node.saved[1].defined() ? source(node.saved[1]) : Sized();
    const std::size_t base = m_nodes.size();
    m_replayed = &node.kept;
    m_nextReplayed = 0;
    {
        const Sized out = node.again(x, past);
        forgetCopies();
        m_arrived[static_cast<std::size_t>(out.node)] = gradient;
    }
    m_replayed = nullptr;
    play(base);
    std::vector<Memory> gradients(m_arrived.begin() + static_cast<std::ptrdiff_t>(first), m_arrived.end());
    m_nodes.resize(first);
    m_arrived.resize(first);
    for (std::size_t i = 0; i < gradients.size(); ++i) {
        if (gradients[i] && node.inputs[i].tensor.needsGradient())
            deliver(node.inputs[i], std::move(gradients[i]));
    }
}

void Tape::deliver(const Input& input, Memory gradient)
{
    const std::int64_t bytes = input.tensor.bytes();
    if (input.tensor.leaf != kNone) {
        const auto leaf = static_cast<std::size_t>(input.tensor.leaf);
        m_weights[m_leaves[leaf]].reached = true;
        Memory& own = m_gradients[leaf];
        gradient.reset();
        if (!own && !m_accumulates)
            own = make(bytes, 1, Use::Gradients).memory;
        return;
    }
    Memory& arrived = m_arrived[static_cast<std::size_t>(input.tensor.node)];
    if (!arrived)
        arrived = std::move(gradient);
    else if (arrived.use_count() > 1) // somebody else reads it: the sum needs its own
        arrived = make(bytes, 1).memory;
}

} // namespace nabiz::trainer::rehearsal
