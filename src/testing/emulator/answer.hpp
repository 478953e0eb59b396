/// @file
/// Answer: what the service says, before it becomes HTTP; ApiError: how it says no; Checks: why.
#pragma once

#include <optional>
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
        : std::runtime_error{message}, status_{status}, fields_{{std::move(field), message}} {}

    /// The live dialect names the fields that are wrong; the specification knows one sentence only.
    [[nodiscard]] Answer answer(Dialect dialect) const;

    /// Whether it is about fields that hold what they must not, of which a request may have several.
    [[nodiscard]] bool is_invalid_input() const noexcept { return status_ == 400 && !fields_.empty(); }
    void add(const ApiError& other) { fields_.insert(fields_.end(), other.fields_.begin(), other.fields_.end()); }

private:
    int status_;
    NamedValues fields_{};
};

/// Runs checks of a request to their end, so that one answer names all that is wrong with it.
class Checks {
public:
    /// @param check throws ApiError; what is not about invalid input goes on at once
    template <typename Check>
    Checks& run(Check check) {
        try {
            check();
        } catch (const ApiError& problem) {
            if (!problem.is_invalid_input()) throw;
            problem_ ? problem_->add(problem) : void(problem_ = problem);
        }
        return *this;
    }

    /// @throws ApiError that names each field that was refused
    void finish() const {
        if (problem_) throw *problem_;
    }

private:
    std::optional<ApiError> problem_{};
};

[[nodiscard]] Answer error_answer(int status, const std::string& message);
[[nodiscard]] std::string default_message(int status);
/// What stands behind the status in HTTP/1.1. It may be empty.
[[nodiscard]] std::string reason_phrase(int status);

} // namespace fathom::testing::detail
