#include "request_body.hpp"

#include <algorithm>

#include "routes.hpp"
#include "text_order.hpp"

namespace fathom::testing::detail {
namespace {

// The service's limits count characters, not bytes.
std::size_t count_characters(const std::string& utf8) {
    return static_cast<std::size_t>(
        std::count_if(utf8.begin(), utf8.end(), [](char byte) { return (byte & 0xC0) != 0x80; }));
}

std::string trim(const std::string& text) {
    constexpr const char* blanks = " \t\r\n";
    const auto first = text.find_first_not_of(blanks);
    return first == std::string::npos ? "" : text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

// The live service takes an empty text or null for no value at all.
void forget_empty_members(nlohmann::json& object) {
    for (auto member = object.begin(); member != object.end();) {
        const bool is_empty = member->is_null() || (member->is_string() && trim(member->get<std::string>()).empty());
        member = is_empty ? object.erase(member) : std::next(member);
    }
}

} // namespace

RequestBody::RequestBody(const RecordedRequest& request, Dialect dialect) : object_(nlohmann::json::object()) {
    const bool is_live = dialect == Dialect::live;
    if (trim(request.body).empty()) return;
    const std::string type = lower_case(request.header("Content-Type").value_or(""));
    if (type.find("application/json") != std::string::npos) {
        object_ = nlohmann::json::parse(request.body, nullptr, false);
    } else if (is_live && type.find("application/x-www-form-urlencoded") != std::string::npos) {
        for (const auto& [name, value] : parse_query(request.body)) object_[name] = value;
    } else {
        throw ApiError{400, "The request body must be of the type application/json."};
    }
    if (!object_.is_object()) throw ApiError{400, "The request body must be a JSON object."};
    if (is_live) forget_empty_members(object_);
}

RequestBody body_of(const Service& service, const Call& call) { return {call.request, service.dialect}; }

std::optional<std::string> RequestBody::text(const std::string& field, std::size_t longest) const {
    const nlohmann::json* value = find(field);
    if (value == nullptr) return std::nullopt;
    if (!value->is_string()) throw ApiError{400, field, "The " + field + " field must be a string."};
    std::string text = trim(value->get<std::string>());
    if (text.empty()) throw missing_field(field);
    if (count_characters(text) > longest) {
        throw ApiError{400, field,
                       "The " + field + " field must not be greater than " + std::to_string(longest) + " characters."};
    }
    return text;
}

std::string RequestBody::required_text(const std::string& field, std::size_t longest) const {
    auto value = text(field, longest);
    if (!value) throw missing_field(field);
    return *value;
}

std::optional<bool> RequestBody::flag(const std::string& field) const {
    const nlohmann::json* value = find(field);
    if (value == nullptr) return std::nullopt;
    if (value->is_boolean()) return value->get<bool>();
    if (*value == "true" || *value == "false") return *value == "true";
    throw ApiError{400, field, "The " + field + " field must be true or false."};
}

std::optional<std::string> RequestBody::one_of(const std::string& field,
                                               std::initializer_list<const char*> values) const {
    auto value = text(field);
    if (value && std::ranges::find(values, *value) == values.end()) throw invalid_choice(field);
    return value;
}

const nlohmann::json* RequestBody::find(const std::string& field) const {
    const auto member = object_.find(field);
    return member == object_.end() ? nullptr : &*member;
}

ApiError missing_field(const std::string& field) { return {400, field, "The " + field + " field is required."}; }

ApiError invalid_choice(const std::string& field) { return {400, field, "The selected " + field + " is invalid."}; }

} // namespace fathom::testing::detail
