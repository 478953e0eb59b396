/// @file
/// JSON Schema: what a tool takes, in words for a model, and the check that it was given that.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

#include "message.hpp"

namespace fathom::cli::mcp {

[[nodiscard]] Json text(const std::string& description);
[[nodiscard]] Json texts(const std::string& description);
[[nodiscard]] Json choice(const std::string& description, const std::vector<std::string>& names);
[[nodiscard]] Json integer(const std::string& description, int smallest, int largest);
[[nodiscard]] Json flag(const std::string& description);

enum class Presence : std::uint8_t { required, optional };

struct Member {
    std::string name;
    Json schema;
    Presence presence = Presence::optional;
};

/// An object of these members and no others.
[[nodiscard]] Json object(std::initializer_list<Member> members);
/// What a tool gives: an object that has these members, and may have more.
[[nodiscard]] Json open_object(std::initializer_list<Member> members);
[[nodiscard]] Json list_of(Json items);

/// What is wrong with a value, in a sentence that names the member; nothing where it follows the schema. Knows the schemas
/// that the functions above make, no others.
[[nodiscard]] std::optional<std::string> mismatch(const Json& schema, const Json& value, const std::string& name = {});

} // namespace fathom::cli::mcp
