#include "schema.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace fathom::cli::mcp {

namespace {

using Mismatch = std::optional<std::string>;

Json described(const char* type, const std::string& description) {
    return {{"type", type}, {"description", description}};
}

Json object_of(std::initializer_list<Member> members) {
    Json schema{{"type", "object"}, {"properties", Json::object()}};
    for (const Member& member : members) {
        schema["properties"][member.name] = member.schema;
        if (member.presence == Presence::required) schema["required"].push_back(member.name);
    }
    return schema;
}

bool is_of_type(std::string_view type, const Json& value) {
    if (type == "string") return value.is_string();
    if (type == "integer") return value.is_number_integer();
    if (type == "boolean") return value.is_boolean();
    if (type == "array") return value.is_array();
    return value.is_object();
}

std::string names_in(const Json& names) {
    std::string text;
    for (const Json& name : names) text += (text.empty() ? "" : ", ") + name.get<std::string>();
    return text;
}

std::string members_of(const Json& schema) {
    Json names = Json::array();
    for (const auto& [name, member] : schema["properties"].items()) names.push_back(name);
    return names.empty() ? "there are none" : "there are " + names_in(names);
}

Mismatch object_mismatch(const Json& schema, const Json& value) {
    for (const Json& required : schema.value("required", Json::array())) {
        const auto name = required.get<std::string>();
        if (!value.contains(name)) return name + " is missing";
    }
    for (const auto& [name, member] : value.items()) {
        if (!schema["properties"].contains(name)) return name + " is no argument of this tool; " + members_of(schema);
        if (auto found = mismatch(schema["properties"][name], member, name)) return found;
    }
    return std::nullopt;
}

Mismatch list_mismatch(const Json& schema, const Json& value, const std::string& name) {
    for (const Json& item : value) {
        if (auto found = mismatch(schema["items"], item, "an item of " + name)) return found;
    }
    return std::nullopt;
}

} // namespace

Json text(const std::string& description) { return described("string", description); }

Json texts(const std::string& description) {
    Json schema = described("array", description);
    schema["items"] = {{"type", "string"}};
    return schema;
}

Json choice(const std::string& description, const std::vector<std::string>& names) {
    Json schema = described("string", description);
    schema["enum"] = names;
    return schema;
}

Json integer(const std::string& description, int smallest, int largest) {
    Json schema = described("integer", description);
    schema["minimum"] = smallest;
    schema["maximum"] = largest;
    return schema;
}

Json flag(const std::string& description) { return described("boolean", description); }

Json object(std::initializer_list<Member> members) {
    Json schema = object_of(members);
    schema["additionalProperties"] = false;
    return schema;
}

Json open_object(std::initializer_list<Member> members) { return object_of(members); }

Json list_of(Json items) { return {{"type", "array"}, {"items", std::move(items)}}; }

std::optional<std::string> mismatch(const Json& schema, const Json& value, const std::string& name) {
    const auto type = schema["type"].get<std::string>();
    if (!is_of_type(type, value)) return name + " is not of type " + type;
    if (type == "object") return object_mismatch(schema, value);
    if (type == "array") return list_mismatch(schema, value, name);
    if (schema.contains("enum") && std::ranges::find(schema["enum"], value) == schema["enum"].end()) {
        return name + " is none of " + names_in(schema["enum"]);
    }
    if (schema.contains("minimum") && (value < schema["minimum"] || value > schema["maximum"])) {
        return name + " is not from " + schema["minimum"].dump() + " to " + schema["maximum"].dump();
    }
    return std::nullopt;
}

} // namespace fathom::cli::mcp
