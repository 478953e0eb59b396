/// @file
/// Reads JSON straight into structs: a handler of nlohmann's SAX events.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fathom/error.hpp>

#include "scalar_events.hpp"
#include "shape.hpp"
#include "token_text.hpp"

namespace fathom::detail::json {

/// The Error of a body that is no JSON, or only the beginning of some.
[[nodiscard]] Error broken_json(std::string_view body, std::size_t position);
/// The Error of a value at a path that is not what was expected.
[[nodiscard]] Error wrong_value(std::string_view path, std::string_view what);

/// Fills one value. Objects and arrays that nothing asks for are skipped, however deep: no recursion.
class Reader : public ScalarEvents<Reader> {
public:
    Reader(const Shape& shape, void* target) : root_{&shape, target} { frames_.reserve(usual_depth); }

    /// Reads a body, once. @return what is wrong with it; nothing where all of it was read
    [[nodiscard]] std::optional<Error> parse(std::string_view body);

    // What nlohmann's parser calls; false stops it.
    bool start_object(std::size_t size);
    bool key(TokenText& name);
    bool end_object();
    bool start_array(std::size_t size);
    bool end_array();
    bool parse_error(std::size_t position, const std::string& token, const Parser::exception& failure);

private:
    friend ScalarEvents<Reader>;

    struct Place {
        const Shape* shape = nullptr;
        void* slot = nullptr;
    };
    struct Frame {
        Place place{};
        bool is_array = false;
        std::size_t index = 0;          ///< Of the next element of an array.
        const Member* member = nullptr; ///< Of an object: the one that comes; null where nothing asks for it.
        const Member* next = nullptr;   ///< Of an object: the one to try first, since most come in the table's order.
        std::uint64_t seen = 0;         ///< Of an object: the members that came, by bit.
    };

    bool scalar(const Scalar& scalar);
    /// Where the next value belongs; without a shape where nothing asks for it.
    [[nodiscard]] Place next_place();
    bool open(bool is_array);
    bool fail(std::string_view what);
    [[nodiscard]] std::string path() const;

    static constexpr std::size_t usual_depth = 4;

    Place root_;
    std::vector<Frame> frames_{};
    std::size_t skipped_depth_ = 0;
    std::size_t failed_at_ = 0;
    std::optional<Error> error_{};
};

} // namespace fathom::detail::json
