/// @file
/// Looks for what a person wants to read in the body of an error.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "json.hpp"
#include "parse.hpp"

namespace fathom::detail::json {

/// Whether the member of that name tells an error where it is in an answer that is none by its status.
[[nodiscard]] bool names_an_error(std::string_view name) noexcept;

/// Reads errors of any known shape: `{"error":…}`, `{"message":…}`, `{"title","detail"}`
/// (RFC 9457), `{"errors":{"field":["…"]}}`, `{"errors":{"field":{"rule":"…"}}}`, `{"errors":[{"code","message"}]}`, those
/// within `error`, and a bare text or array of those. Each text is shortened where it is taken, so a body of any size costs
/// what reading it costs.
class ErrorReader final : public Events {
public:
    ErrorReader() { frames_.reserve(deepest); }

    /// What was found until the parser stopped.
    [[nodiscard]] ServerMessage said() &&;

    bool scalar(const Scalar& scalar) override;
    bool start_object() override { return enter(false); }
    bool key(std::string_view name) override;
    bool end_object() override { return leave(); }
    bool start_array() override { return enter(true); }
    bool end_array() override { return leave(); }

private:
    /// What a text is, by the name of its member.
    enum class Role : std::uint8_t { none, code, field, title, text };

    /// One of several errors, or the whole.
    struct Item {
        std::string field{};
        std::string code{};
        std::string title{};
        std::string text{};
        std::string other{}; ///< What stands under names that say nothing of what they hold.
    };
    struct Frame {
        bool is_array = false;
        std::string key{}; ///< Of an object: the member that comes.
    };

    static constexpr std::size_t deepest = 8; // nobody explains an error further down

    bool enter(bool is_array);
    bool leave();
    [[nodiscard]] std::span<const Frame> list() const;
    [[nodiscard]] static bool holds_items(std::span<const Frame> list);
    [[nodiscard]] static std::string field_of(std::span<const Frame> list);
    [[nodiscard]] static Role role_of(std::string_view key) noexcept;
    static void take(Item& item, Role role, std::string_view text);
    void take_from_item(const std::string& field, Role role, std::string_view text);
    void take_from_list(std::span<const Frame> list, std::string_view text);
    void take_from_whole(std::string_view text);
    void note_refusal(const Scalar& scalar);
    void add(std::string field, std::string text, bool is_nested);
    [[nodiscard]] static std::string text_of(Item&& item);

    std::vector<Frame> frames_{};
    std::size_t skipped_depth_ = 0;
    Item whole_{};
    Item item_{};                        ///< Of a list: the one that is read.
    std::vector<std::string> unnamed_{}; ///< Errors of a list that name no field.
    std::vector<std::string> nested_{};  ///< Such errors within the error as a whole, whose text mostly holds them.
    std::vector<FieldError>
        members_{}; ///< Texts of the error as a whole, each under a name that is most likely a field's.
    ServerMessage said_{};
};

} // namespace fathom::detail::json
