#include <fathom/testing/faults.hpp>

#include <utility>

#include "answer.hpp"

namespace fathom::testing::faults {

Fault status(int status) { return {.status = status}; }

Fault rate_limited(std::optional<std::chrono::seconds> retry_after) {
    Fault fault = status(429);
    if (retry_after) fault.headers.emplace_back("Retry-After", std::to_string(retry_after->count()));
    return fault;
}

Fault unavailable(std::chrono::seconds retry_after) {
    Fault fault = status(503);
    fault.headers.emplace_back("Retry-After", std::to_string(retry_after.count()));
    return fault;
}

Fault delay(std::chrono::milliseconds delay) { return {.handling = Handling::done, .delay = delay}; }

Fault stall(std::chrono::milliseconds pause) { return {.handling = Handling::done, .pause_inside_body = pause}; }

Fault drop_before_handling() { return {.handling = Handling::skipped, .ending = Ending::no_answer}; }

Fault drop_after_handling() { return {.handling = Handling::done, .ending = Ending::no_answer}; }

Fault drop_inside_body() { return {.handling = Handling::done, .ending = Ending::inside_body}; }

Fault truncated_json() { return {.handling = Handling::done, .ending = Ending::half_body}; }

Fault malformed_json() { return {.handling = Handling::done, .body = R"({"id": "CDBUGS", "name": )"}; }

Fault html_page(int status) {
    detail::Answer page = detail::html_answer(status);
    return answer(status, std::move(page.body), std::move(page.content_type));
}

Fault answer(int status, std::string body, std::string content_type) {
    return {.status = status, .body = std::move(body), .content_type = std::move(content_type)};
}

} // namespace fathom::testing::faults
