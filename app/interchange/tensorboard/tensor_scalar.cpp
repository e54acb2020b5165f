// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/interchange/tensorboard/tensor_scalar.h"
#include "app/interchange/stores/pbf_fields.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>

// The field numbers are those of tensorboard/compat/proto/tensor.proto.
namespace nabiz::app {

namespace {

double half(std::uint32_t bits)
{
    const double sign = (bits & 0x8000U) != 0 ? -1 : 1;
    const int exponent = static_cast<int>(bits >> 10U & 0x1fU);
    const double fraction = bits & 0x3ffU;
    if (exponent == 31)
        return fraction != 0 ? std::numeric_limits<double>::quiet_NaN()
                             : sign * std::numeric_limits<double>::infinity();
    return sign * (exponent == 0 ? std::ldexp(fraction, -24) : std::ldexp(fraction + 1024, exponent - 25));
}

double brain(std::uint32_t bits)
{
    return std::bit_cast<float>(bits << 16U);
}

template <typename T> std::optional<double> raw(std::string_view content)
{
    T value;
    if (content.size() != sizeof value)
        return std::nullopt;
    std::memcpy(&value, content.data(), sizeof value);
    return static_cast<double>(value);
}

// DataType of TensorFlow.
enum Type {
    Float = 1,
    Double,
    Int32,
    Uint8,
    Int16,
    Int8,
    String,
    Int64 = 9,
    Bool,
    Bfloat16 = 14,
    Uint16 = 17,
    Half = 19,
    Uint32 = 22,
    Uint64
};

std::optional<double> rawOf(int type, std::string_view content)
{
    switch (type) {
    case Float:
        return raw<float>(content);
    case Double:
        return raw<double>(content);
    case Int32:
        return raw<std::int32_t>(content);
    case Uint8:
    case Bool:
        return raw<std::uint8_t>(content);
    case Int16:
        return raw<std::int16_t>(content);
    case Int8:
        return raw<std::int8_t>(content);
    case Int64:
        return raw<std::int64_t>(content);
    case Uint16:
        return raw<std::uint16_t>(content);
    case Uint32:
        return raw<std::uint32_t>(content);
    case Uint64:
        return raw<std::uint64_t>(content);
    case Half:
    case Bfloat16: {
        const auto bits = raw<std::uint16_t>(content);
        if (!bits)
            return std::nullopt;
        return type == Half ? half(static_cast<std::uint32_t>(*bits)) : brain(static_cast<std::uint32_t>(*bits));
    }
    default:
        return std::nullopt;
    }
}

std::int64_t elementsOf(std::string_view shape)
{
    std::int64_t count = 1;
    for (auto field = PbfFields(shape); field.next();) {
        if (field.tag() != 2) {
            field.skip();
            continue;
        }
        std::int64_t size = 0;
        for (auto dim = field.get_message(); dim.next();) {
            if (dim.tag() == 1)
                size = dim.get_int64();
            else
                dim.skip();
        }
        if (size < 0 || size > 1 << 20)
            return -1;
        count = std::min<std::int64_t>(count * size, 1 << 20);
    }
    return count;
}

// A field of numbers, packed as proto3 writes it or one by one.
template <typename Get, typename GetPacked> void numbers(PbfFields& field, Tensor& tensor, Get get, GetPacked packed)
{
    if (!field.isPacked()) {
        tensor.values.push_back(static_cast<double>(get()));
        return;
    }
    for (const auto value : packed())
        tensor.values.push_back(static_cast<double>(value));
}

void readField(PbfFields& field, Tensor& tensor)
{
    const auto add = [&](auto get, auto packed) { numbers(field, tensor, get, packed); };
    switch (field.tag()) {
    case 1:
        tensor.type = field.get_enum();
        break;
    case 2:
        tensor.elements = elementsOf(field.get_view());
        break;
    case 4:
        tensor.content = field.get_view();
        break;
    case 5:
        add([&] { return field.get_float(); }, [&] { return field.get_packed_float(); });
        break;
    case 6:
        add([&] { return field.get_double(); }, [&] { return field.get_packed_double(); });
        break;
    case 7:
    case 13: // half_val: the bits
        add([&] { return field.get_int32(); }, [&] { return field.get_packed_int32(); });
        break;
    case 8:
        tensor.texts.push_back(field.get_view());
        break;
    case 10:
        add([&] { return field.get_int64(); }, [&] { return field.get_packed_int64(); });
        break;
    case 11:
        add([&] { return field.get_bool(); }, [&] { return field.get_packed_bool(); });
        break;
    case 16:
        add([&] { return field.get_uint32(); }, [&] { return field.get_packed_uint32(); });
        break;
    case 17:
        add([&] { return field.get_uint64(); }, [&] { return field.get_packed_uint64(); });
        break;
    default:
        field.skip();
    }
}

} // namespace

Tensor tensorOf(std::string_view bytes)
{
    Tensor tensor;
    for (auto field = PbfFields(bytes); field.next();)
        readField(field, tensor);
    return tensor;
}

std::optional<double> scalarOf(const Tensor& tensor)
{
    if (tensor.elements != 1 || tensor.type == String || tensor.type == 0)
        return std::nullopt;
    if (tensor.content && !tensor.content->empty())
        return rawOf(tensor.type, *tensor.content);
    if (tensor.values.empty())
        return 0; // left out, as zeros are
    const double value = tensor.values.front();
    if (tensor.type == Half)
        return half(static_cast<std::uint32_t>(value));
    return tensor.type == Bfloat16 ? brain(static_cast<std::uint32_t>(value)) : value;
}

} // namespace nabiz::app
