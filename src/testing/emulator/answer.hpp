/// @file
/// Answer: what the service says, before it becomes HTTP; ApiError: how it says no.
#pragma once

#include <map>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <fathom/testing/emulator_options.hpp>
#include <fathom/testing/recorded_request.hpp>

#include <nlohmann/json_fwd.hpp>

namespace fathom::testing::detail {

/// Keeps the order in which members are added, as a reader of answers likes it.
using Json = nlohmann::ordered_json;

/// An answer.
struct Answer {
    int status = 200;
    std::string body{};
    std::string content_type = "application/json";
    NamedValues headers{};
};

[[nodiscard]] Answer json_answer(const Json& body, int status = 200);
[[nodiscard]] Answer html_answer(int status);

/// A request that the service refuses.
class ApiError : public std::runtime_error {
public:
    ApiError(int status, const std::string& message) : std::runtime_error{message}, status_{status} {}
    /// A bad value of one field or parameter.
    ApiError(int status, std::string field, const std::string& message)
        : std::runtime_error{message}, status_{status}, field_{std::move(field)} {}

    /// The live dialect names the fields that are wrong; the specification knows one sentence only.
    [[nodiscard]] Answer answer(Dialect dialect) const;

private:
    int status_;
    std::string field_{};
};

[[nodiscard]] Answer error_answer(int status, const std::string& message);
[[nodiscard]] std::string default_message(int status);
/// What stands behind the status in HTTP/1.1. It may be empty.
[[nodiscard]] std::string reason_phrase(int status);

} // namespace fathom::testing::detail
