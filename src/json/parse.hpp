/// @file
/// Walks through a JSON text.
#pragma once

#include <cstddef>
#include <string_view>

#include "scalar.hpp"

namespace fathom::detail::json {

/// Who is told what a text holds, in its order. Views are valid during the call; false ends the walk.
class Events {
public:
    virtual bool scalar(const Scalar& value) = 0;
    virtual bool start_object() = 0;
    virtual bool key(std::string_view name) = 0;
    virtual bool end_object() = 0;
    virtual bool start_array() = 0;
    virtual bool end_array() = 0;

protected:
    Events() = default;
    Events(const Events&) = default;
    Events& operator=(const Events&) = default;
    ~Events() = default;
};

/// How a walk ended.
struct Parsed {
    bool is_whole = false;    ///< The text is JSON, and nobody ended the walk.
    std::size_t position = 0; ///< Of the byte where the text ceases to be JSON.
};

/// Reads a text once. One place for all readers, so that nlohmann's parser is compiled once.
[[nodiscard]] Parsed parse(std::string_view text, Events& events);

} // namespace fathom::detail::json
