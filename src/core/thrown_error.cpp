#include "thrown_error.hpp"

#include <exception>
#include <new>
#include <string>

namespace fathom::detail {

namespace {

/// Short enough to need no memory.
Error out_of_memory() noexcept { return {.kind = ErrorKind::internal, .message = "out of memory"}; }

Error threw(std::string_view part, const char* what) {
    return {.kind = ErrorKind::internal, .message = std::string(part).append(" threw: ").append(what)};
}

} // namespace

Error thrown_error(std::string_view part) noexcept {
    try {
        try {
            throw;
        } catch (const std::bad_alloc&) {
            return out_of_memory();
        } catch (const std::exception& failure) {
            return threw(part, failure.what());
        } catch (...) {
            return threw(part, "something that is no std::exception");
        }
    } catch (...) {
        return out_of_memory();
    }
}

Error copy_of(const Error& error) noexcept {
    try {
        return error;
    } catch (...) {
        return {.kind = error.kind, .message = "out of memory"};
    }
}

void name_operation(Error& error, std::string_view operation) noexcept {
    try {
        error.operation = operation;
    } catch (...) { // NOLINT(bugprone-empty-catch): the error is worth more than its name
    }
}

} // namespace fathom::detail
