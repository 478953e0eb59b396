#include "deprecation.hpp"

#include <optional>
#include <string>
#include <string_view>

#include "../text/plain_text.hpp"

namespace fathom::detail {

DriftLog deprecation_in(const HttpHeaders& headers) {
    constexpr std::size_t longest = 100;
    DriftLog drift;
    for (const std::string_view name : {"Deprecation", "Sunset"}) {
        if (const std::optional<std::string_view> value = headers.find(name)) {
            drift.add(std::string(name), one_line(*value, longest));
        }
    }
    return drift;
}

} // namespace fathom::detail
