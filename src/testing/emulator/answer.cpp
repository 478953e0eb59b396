#include "answer.hpp"

#include <nlohmann/json.hpp>

namespace fathom::testing::detail {

Answer json_answer(const Json& body, int status) {
    // Replaces what is not UTF-8 instead of throwing: a client may send anything as a name.
    return {.status = status, .body = body.dump(-1, ' ', false, Json::error_handler_t::replace)};
}

Answer html_answer(int status) {
    const std::string title =
        status < 400 ? "Fathom Analytics" : std::to_string(status) + " " + default_message(status);
    return {.status = status,
            .body = "<!DOCTYPE html>\n<html><head><title>" + title + "</title></head><body><h1>" + title +
                    "</h1></body></html>\n",
            .content_type = "text/html; charset=UTF-8"};
}

Answer error_answer(int status, const std::string& message) { return json_answer({{"error", message}}, status); }

Answer ApiError::answer(Dialect dialect) const {
    if (fields_.empty() || dialect == Dialect::specification) return error_answer(status_, what());
    Json errors = Json::object();
    for (const auto& [field, message] : fields_) errors[field].push_back(message);
    return json_answer({{"errors", errors}}, status_);
}

std::string default_message(int status) {
    switch (status) {
    case 400: return "Bad request";
    case 401: return "Unauthenticated.";
    case 403: return "This token doesn't have permission to access this endpoint";
    case 404: return "Not found";
    case 405: return "Method not allowed";
    case 410: return "This endpoint has been retired.";
    case 413: return "Content too large";
    case 417: return "Expectation failed";
    case 422: return "Unprocessable entity";
    case 429: return "Too many requests";
    case 431: return "Request header fields too large";
    case 500: return "Server error";
    case 501: return "Not implemented";
    case 502: return "Bad gateway";
    case 503: return "Service unavailable";
    case 504: return "Gateway time-out";
    case 505: return "HTTP version not supported";
    default: return "Status " + std::to_string(status);
    }
}

std::string reason_phrase(int status) {
    switch (status) {
    case 200: return "OK";
    case 201: return "Created";
    case 204: return "No Content";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 410: return "Gone";
    case 500: return "Internal Server Error";
    default: return status >= 400 ? default_message(status) : "";
    }
}

} // namespace fathom::testing::detail
