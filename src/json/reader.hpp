/// @file
/// Reads JSON straight into structs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fathom/error.hpp>

#include "shape.hpp"

namespace fathom::detail::json {

/// The Error of a body that is no JSON, or only the beginning of some.
[[nodiscard]] Error broken_json(std::string_view body, std::size_t position);
/// The Error of a value at a path that is not what was expected.
[[nodiscard]] Error wrong_value(std::string_view path, std::string_view what);

/// A handler for Parser that fills one value. Objects and arrays that nothing asks for are skipped, however deep: no recursion.
class Reader {
public:
    Reader(const Shape& shape, void* target) : root_{&shape, target} {}

    [[nodiscard]] const std::optional<Error>& error() const noexcept { return error_; }

    // What a Parser calls; false stops it.
    bool scalar(const Scalar& scalar);
    bool start_object();
    bool key(std::string_view name);
    bool end_object();
    bool start_array();
    bool end_array();
    void broken_at(std::size_t position) noexcept { failed_at_ = position; }

    [[nodiscard]] std::size_t failed_at() const noexcept { return failed_at_; }

private:
    struct Place {
        const Shape* shape = nullptr;
        void* slot = nullptr;
    };
    struct Frame {
        Place place{};
        bool is_array = false;
        std::size_t index = 0;          ///< Of the next element of an array.
        const Member* member = nullptr; ///< Of an object: the one that comes; null where nothing asks for it.
        std::uint64_t seen = 0;         ///< Of an object: the members that came, by bit.
    };

    [[nodiscard]] std::optional<Place> next_place();
    bool open(bool is_array);
    bool fail(std::string_view what);
    [[nodiscard]] std::string path() const;

    Place root_;
    std::vector<Frame> frames_{};
    std::size_t skipped_depth_ = 0;
    std::size_t failed_at_ = 0;
    std::optional<Error> error_{};
};

} // namespace fathom::detail::json
