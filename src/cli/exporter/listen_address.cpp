#include <charconv>

#include "../exit_code.hpp"
#include "server.hpp"

namespace fathom::cli {

ListenAddress listen_address(const std::string& text) {
    constexpr int most = 65'535;
    const std::size_t colon = text.rfind(':');
    if (colon != std::string::npos && colon > 0) {
        ListenAddress address{.host = text.substr(0, colon), .port = -1};
        const bool has_brackets = address.host.front() == '[' && address.host.back() == ']';
        if (has_brackets) address.host = address.host.substr(1, address.host.size() - 2);
        const char* const end = text.data() + text.size();
        const auto [read, error] = std::from_chars(text.data() + colon + 1, end, address.port);
        const bool is_plain = has_brackets || address.host.find_first_of(":[]") == std::string::npos;
        if (error == std::errc{} && read == end && is_plain && !address.host.empty() && address.port >= 0 &&
            address.port <= most) {
            return address;
        }
    }
    throw UsageError("--listen: " + text +
                     " is no address with a port, such as 127.0.0.1:9077, [::1]:9077 or, for all "
                     "addresses of this machine, 0.0.0.0:9077");
}

} // namespace fathom::cli
