// Any body is an answer or a decode error, for each type that is read.
#include <fathom/account.hpp>
#include <fathom/current_visitors.hpp>
#include <fathom/events.hpp>
#include <fathom/milestones.hpp>
#include <fathom/sites.hpp>

#include "require.hpp"
#include "json/json.hpp"

namespace {

using namespace fathom;

template <class T>
void read_as(std::string_view body) {
    detail::DriftLog drift;
    const Result<T> value = detail::json::decode<T>(body, drift);
    for (const detail::Drift& one : drift.kept()) {
        fuzz::require(one.found.size() <= 200, "what stood there is shortened");
        fuzz::require(one.found == detail::one_line(one.found, 200), "what stood there is one line");
    }
    if (value) return;
    fuzz::require(value.error().kind == ErrorKind::decode, "what cannot be read is a decode error");
    fuzz::require_fit_for_log(value.error());
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view body = fuzz::text_of(data, size);
    read_as<Account>(body);
    read_as<Token>(body);
    read_as<Site>(body);
    read_as<Event>(body);
    read_as<Milestone>(body);
    read_as<CurrentVisitors>(body);
    read_as<Page<Site>>(body);
    read_as<Page<Event>>(body);
    read_as<Page<Milestone>>(body);
    detail::DriftLog drift;
    static_cast<void>(detail::json::decode_nothing(body, drift));
    return 0;
}
