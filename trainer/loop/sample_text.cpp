// SPDX-License-Identifier: GPL-3.0-or-later
#include "trainer/loop/sample_text.h"

#include "trainer/data/random.h"

#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <cmath>

namespace nabiz::trainer {

namespace {

std::vector<std::uint8_t> codePointIds(const std::string& text)
{
    std::vector<std::uint8_t> ids;
    std::uint32_t point = 0;
    int missing = 0;
    for (const unsigned char c : text) {
        if (missing > 0 && (c & 0xc0) == 0x80) {
            point = (point << 6) | (c & 0x3f);
            --missing;
        } else {
            missing = c >= 0xf0 ? 3 : c >= 0xe0 ? 2 : c >= 0xc0 ? 1 : 0;
            point = missing == 0 ? c : c & (0x3f >> missing);
        }
        if (missing == 0)
            ids.push_back(static_cast<std::uint8_t>(point % 256));
    }
    return ids;
}

std::uint8_t drawn(const at::Tensor& logits, double temperature, Random& random)
{
    const at::Tensor row = logits.to(at::kCPU, at::kDouble).contiguous();
    const double* values = row.const_data_ptr<double>();
    const std::int64_t count = row.numel();
    const double* const likeliest = std::max_element(values + 1, values + count);
    if (temperature == 0)
        return static_cast<std::uint8_t>(likeliest - values);
    const double largest = *likeliest;
    double total = 0;
    std::vector<double> weights(static_cast<std::size_t>(count), 0.0);
    for (std::int64_t i = 1; i < count; ++i)
        total += weights[static_cast<std::size_t>(i)] = std::exp((values[i] - largest) / temperature);
    double left = random.unit() * total;
    for (std::int64_t i = 1; i < count; ++i) {
        left -= weights[static_cast<std::size_t>(i)];
        if (left < 0)
            return static_cast<std::uint8_t>(i);
    }
    return 1; // the weights of a model that has diverged are NaN
}

} // namespace

std::vector<std::uint8_t> promptIds(const std::string& prompt, bool codePoints, std::int64_t vocabulary)
{
    std::vector<std::uint8_t> ids
        = codePoints ? codePointIds(prompt) : std::vector<std::uint8_t>(prompt.begin(), prompt.end());
    std::erase_if(ids, [&](std::uint8_t id) { return id == 0 || id >= vocabulary; });
    if (ids.empty())
        ids.push_back(vocabulary > '\n' ? '\n' : 1);
    return ids;
}

std::vector<std::uint8_t> writeText(const Agiformer& model, std::span<const std::uint8_t> prompt, std::int64_t count,
    std::uint64_t seed, std::optional<at::ScalarType> autocast, std::stop_token stop, double temperature)
{
    const at::NoGradGuard guard;
    Random random(seed);
    const std::int64_t longest = model.config().length - 1;
    std::vector<std::uint8_t> ids(prompt.begin(), prompt.end());
    for (std::int64_t i = 0; i < count && !stop.stop_requested(); ++i) {
        const auto size = static_cast<std::int64_t>(ids.size());
        const std::int64_t length = std::min(size, longest);
        const at::Tensor seen
            = at::from_blob(ids.data() + (size - length), { 1, length }, at::kByte).to(model.device(), at::kLong);
        Pass pass = Pass::evaluation(); // the text so far is read anew each time, so the memory is too
        pass.setAutocast(autocast);
        ids.push_back(drawn(model(seen, pass).logits[0][length - 1], temperature, random));
    }
    ids.erase(ids.begin(), ids.begin() + static_cast<std::ptrdiff_t>(prompt.size()));
    return ids;
}

} // namespace nabiz::trainer
