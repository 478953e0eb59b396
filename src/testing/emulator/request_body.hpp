/// @file
/// RequestBody: the members that a client sent, as JSON or as a form, read with the service's complaints.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include <fathom/testing/recorded_request.hpp>

#include <nlohmann/json.hpp>

#include "answer.hpp"
#include "service.hpp"

namespace fathom::testing::detail {

/// All functions throw ApiError with 400.
class RequestBody {
public:
    /// In the live dialect a form does as well, and an empty text or null counts as absent.
    RequestBody(const RecordedRequest& request, Dialect dialect);

    [[nodiscard]] std::optional<std::string> text(const std::string& field, std::size_t longest = 255) const;
    [[nodiscard]] std::string required_text(const std::string& field, std::size_t longest = 255) const;
    [[nodiscard]] std::optional<bool> flag(const std::string& field) const;
    [[nodiscard]] std::optional<std::string> one_of(const std::string& field,
                                                    std::initializer_list<const char*> values) const;

private:
    [[nodiscard]] const nlohmann::json* find(const std::string& field) const;

    nlohmann::json object_;
};

/// The body of a call, by the service's dialect.
[[nodiscard]] RequestBody body_of(const Service& service, const Call& call);

/// `The name field is required.`
[[nodiscard]] ApiError missing_field(const std::string& field);
/// `The selected sharing is invalid.`
[[nodiscard]] ApiError invalid_choice(const std::string& field);

} // namespace fathom::testing::detail
