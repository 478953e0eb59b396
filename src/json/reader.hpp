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

#include "../core/drift.hpp"
#include "body_state.hpp"
#include "parse.hpp"
#include "shape.hpp"

namespace fathom::detail::json {

/// The Error of a body that is no JSON, or only the beginning of some.
[[nodiscard]] Error broken_json(std::string_view body, std::size_t position);
/// The Error of a value at a path that is not what was expected.
[[nodiscard]] Error wrong_value(std::string_view path, std::string_view what);

/// Whether a member's name is one that PHP gives to the elements of an array that was filtered: their places before that.
[[nodiscard]] bool is_place_in_list(std::string_view name) noexcept;
/// What is noted of such an array.
inline constexpr std::string_view unexpected_list = "an object where a list belongs";
/// What is noted of a member that the API always sends, and that may be missing all the same.
inline constexpr std::string_view missing = "nothing, but the API always sends it";

/// Fills one value. Objects and arrays that nothing asks for are skipped, however deep: no recursion. What cannot be read
/// is noted, and passed over where it is not required.
class Reader final : public Events {
public:
    Reader(const Shape& shape, void* target, DriftLog& drift, BodyState state)
        : root_{&shape, target}, drift_(&drift), state_(state) {
        frames_.reserve(usual_depth);
    }

    /// Reads a body, once. @return what is wrong with it; nothing where all of it was read
    [[nodiscard]] std::optional<Error> parse(std::string_view body);
    /// Whether the body has a member that may tell of a failure.
    [[nodiscard]] bool may_be_refusal() const noexcept { return names_an_error_; }
    /// Whether nothing came that was asked for.
    [[nodiscard]] bool is_blank() const noexcept { return is_blank_; }

    bool scalar(const Scalar& scalar) override;
    bool start_object() override;
    bool key(std::string_view name) override;
    bool end_object() override;
    bool start_array() override;
    bool end_array() override;

private:
    struct Place {
        const Shape* shape = nullptr;
        void* slot = nullptr;
        Presence presence = Presence::required;
    };
    struct Frame {
        Place place{};
        bool is_list = false; ///< An array, or an object whose members are the elements of a list.
        bool is_empty = true;
        bool is_numbered = false;       ///< Of an object: the member that comes has a number for a name.
        std::size_t index = 0;          ///< Of the next element of a list.
        const Member* member = nullptr; ///< Of an object: the one that comes; null where nothing asks for it.
        const Member* next = nullptr;   ///< Of an object: the one to try first, since most come in the table's order.
        std::uint64_t seen = 0;         ///< Of an object: the members that came, by bit.
    };

    /// Where the next value belongs; without a shape where nothing asks for it.
    [[nodiscard]] Place next_place();
    [[nodiscard]] static Place next_element(Frame& frame);
    void enter(const Place& place, bool is_list);
    bool skip() { return ++skipped_depth_, true; }
    bool close_object(Frame& frame);
    /// Passes over what cannot be read, or stops where that is required.
    bool refuse(const Place& place, std::string_view what);
    void note(std::string_view what);
    /// Ends the reading, noted as well.
    bool fail(std::string_view found, std::string_view sentence);
    [[nodiscard]] std::string path() const;

    static constexpr std::size_t usual_depth = 4;

    Place root_;
    DriftLog* drift_;
    BodyState state_;
    std::vector<Frame> frames_{};
    std::size_t skipped_depth_ = 0;
    bool names_an_error_ = false;
    bool is_blank_ = false;
    std::optional<Error> error_{};
};

} // namespace fathom::detail::json
