// SPDX-License-Identifier: GPL-3.0-or-later
// A batch rehearsed in sizes alone: tensors that are only bytes, freed with the last that holds them, and a tape of
// what each operation keeps for its gradient. Played back from the end as autograd does it, it says how much memory is
// held at once at most. Free of LibTorch; one thread.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace nabiz::trainer::rehearsal {

enum class Use { Activations, Autocast, Workspace, Gradients };
inline constexpr int kUses = 4;

// In bytes: exact as far as memory goes, and not out of range where settings are absurd.
struct Held {
    double now[kUses] {};
    double atPeak[kUses] {};
    double peak = 0;
};

using Memory = std::shared_ptr<const Use>;

// Floating-point operations of a batch's matrix products, a multiplication and an addition being two.
struct Flops {
    double forward = 0;
    double backward = 0;
    double again = 0; // of the forward pass, because a checkpoint kept nothing of it
};

inline constexpr int kNone = -1;

struct Sized {
    Memory memory; // null for weights, which are there all the time
    std::int64_t elements = 0;
    int width = 4; // bytes an element
    int node = kNone; // the operation that its gradient goes to
    int leaf = kNone; // or the trained weight

    std::int64_t bytes() const { return elements * width; }
    bool needsGradient() const { return node != kNone || leaf != kNone; }
    bool defined() const { return elements > 0; }
};

struct Weight {
    std::int64_t elements = 0;
    int leaf = kNone; // kNone: frozen
    bool reached = false; // by a gradient
};

struct Input {
    Input(Sized of) // NOLINT: a tensor is an input whose gradient has its size
        : tensor(std::move(of))
        , bytes(tensor.bytes())
    {
    }
    Input(Sized of, std::int64_t gradientBytes)
        : tensor(std::move(of))
        , bytes(gradientBytes)
    {
    }
    Sized tensor;
    std::int64_t bytes; // of its gradient; 0: the gradient of the output itself, or a view of it
};

class Tape {
public:
    // `low`: bytes an element of mixed precision's products, 0 without it. `accumulates`: the gradients stand before
    // the batch.
    Tape(bool gpu, int low, bool accumulates)
        : m_gpu(gpu)
        , m_low(low)
        , m_accumulates(accumulates)
    {
    }

    bool isGpu() const { return m_gpu; }
    int low() const { return m_low; }

    Sized make(std::int64_t elements, int width = 4, Use use = Use::Activations);
    // The weight of this name, counted when first named; `trained` as the optimizer sees it.
    Sized weight(const std::string& name, std::int64_t elements, bool trained = true);
    // Taken and given back at once.
    void scratch(std::int64_t bytes);

    // What makes `out` from `inputs` and keeps `saved`, and itself when `keepsOutput`, until its gradient has been
    // computed, which takes `scratchBytes` besides the gradients.
    Sized apply(Sized out, std::vector<Input> inputs, std::vector<Sized> saved, std::int64_t scratchBytes = 0,
        bool keepsOutput = false);
    // In the type of mixed precision, or in float32. Copies of weights are kept until forgetCopies().
    Sized lowered(const Sized& x);
    Sized raised(const Sized& x);
    void forgetCopies() { m_copies.clear(); }

    Sized withoutGradient(const std::function<Sized()>& compute);
    // What a recomputation is given again.
    Sized kept(const std::function<Sized()>& compute);
    using Part = std::function<Sized(const Sized& x, const Sized& past)>;
    Sized checkpointed(const Part& part, const Sized& x, const Sized& past);

    void backward(const Sized& loss);

    // A product of so many operations, for whose gradients as many are done `gradients` times.
    void multiply(double operations, int gradients);

    const Held& held() const { return *m_held; }
    const Flops& flops() const { return m_flops; }
    const std::vector<Weight>& weights() const { return m_weights; }

private:
    struct Node {
        std::vector<Input> inputs;
        std::vector<Sized> saved;
        std::vector<Sized> kept; // until it is computed again
        std::int64_t scratch = 0;
        Part again; // of a checkpoint
    };

    void play(std::size_t base);
    void playNode(Node node, Memory gradient);
    void playAgain(const Node& node, const Memory& gradient);
    void deliver(const Input& input, Memory gradient);
    Sized source(const Sized& like);

    const bool m_gpu;
    const int m_low;
    const bool m_accumulates;
    bool m_recording = true;
    std::shared_ptr<Held> m_held = std::make_shared<Held>();
    Flops m_flops;
    std::map<std::string, std::size_t> m_names;
    std::vector<Weight> m_weights;
    std::vector<std::size_t> m_leaves; // which weights they are
    std::vector<Memory> m_gradients; // of leaves
    std::map<int, Sized> m_copies; // of leaves
    std::vector<Node> m_nodes;
    std::vector<Memory> m_arrived; // the gradients of nodes
    std::vector<Sized>* m_keeping = nullptr;
    const std::vector<Sized>* m_replayed = nullptr;
    std::size_t m_nextReplayed = 0;
    std::vector<Sized> m_toTheEnd;
};

} // namespace nabiz::trainer::rehearsal
