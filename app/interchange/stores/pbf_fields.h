// SPDX-License-Identifier: GPL-3.0-or-later
// protozero's reader, which in a release build takes a field for what it is asked for: here a field of another type
// than the schema's is an error, so that a damaged record gives no number. Pure; any thread.
#pragma once

#include <protozero/pbf_reader.hpp>

#include <string>
#include <string_view>

namespace nabiz::app {

class PbfFields {
public:
    explicit PbfFields(std::string_view bytes)
        : m_reader(protozero::data_view(bytes.data(), bytes.size()))
    {
    }
    explicit PbfFields(protozero::data_view bytes)
        : m_reader(bytes)
    {
    }

    // All throw protozero::exception.
    bool next() { return m_reader.next(); }
    std::uint32_t tag() const { return m_reader.tag(); }
    void skip() { m_reader.skip(); }
    bool isPacked() const { return m_reader.wire_type() == Type::length_delimited; }

    double get_double() { return of(Type::fixed64).get_double(); }
    float get_float() { return of(Type::fixed32).get_float(); }
    bool get_bool() { return of(Type::varint).get_bool(); }
    std::int32_t get_enum() { return of(Type::varint).get_enum(); }
    std::int32_t get_int32() { return of(Type::varint).get_int32(); }
    std::int64_t get_int64() { return of(Type::varint).get_int64(); }
    std::uint32_t get_uint32() { return of(Type::varint).get_uint32(); }
    std::uint64_t get_uint64() { return of(Type::varint).get_uint64(); }
    std::string get_string() { return of(Type::length_delimited).get_string(); }
    std::string_view get_view()
    {
        const auto view = of(Type::length_delimited).get_view();
        return { view.data(), view.size() };
    }
    PbfFields get_message() { return PbfFields(of(Type::length_delimited).get_view()); }
    // Of numbers in a row.
    auto get_packed_float() { return of(Type::length_delimited).get_packed_float(); }
    auto get_packed_double() { return of(Type::length_delimited).get_packed_double(); }
    auto get_packed_bool() { return of(Type::length_delimited).get_packed_bool(); }
    auto get_packed_int32() { return of(Type::length_delimited).get_packed_int32(); }
    auto get_packed_int64() { return of(Type::length_delimited).get_packed_int64(); }
    auto get_packed_uint32() { return of(Type::length_delimited).get_packed_uint32(); }
    auto get_packed_uint64() { return of(Type::length_delimited).get_packed_uint64(); }

private:
    using Type = protozero::pbf_wire_type;
    protozero::pbf_reader& of(Type type)
    {
        if (m_reader.wire_type() != type)
            throw protozero::unknown_pbf_wire_type_exception();
        return m_reader;
    }

    protozero::pbf_reader m_reader;
};

} // namespace nabiz::app
