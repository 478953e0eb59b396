/// @file
/// Routes: which operation a method and a path name.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "answer.hpp"
#include "service.hpp"

namespace fathom::testing::detail {

/// Which of the two rate limits counts a request.
enum class LimitedGroup { resources, reports };

/// Whether the live service still has an operation.
enum class Standing { current, retired };

/// An operation's place.
struct Route {
    std::string_view method;
    std::string_view path; ///< After the base path; `{}` stands for an id.
    Answer (*operation)(Service&, const Call&);
    LimitedGroup group = LimitedGroup::resources;
    Standing standing = Standing::current;
    std::string_view site_parameter{}; ///< The query parameter that names the site, where the path doesn't.
};

/// A path that was understood.
struct RouteMatch {
    const Route* route = nullptr;   ///< Not set: no such method here, or no such path at all.
    std::string allowed{};          ///< The methods of this path, as `Allow` lists them; empty: no such path.
    std::vector<std::string> ids{}; ///< Decoded.
};

/// Where the API begins in a URL's path.
inline constexpr std::string_view base_path = "/v1";

/// Whether HTTP has a method of this name, so that it is only not for this path.
[[nodiscard]] bool is_known_method(std::string_view method);

/// Finds the route of a request, whose path is still encoded.
[[nodiscard]] RouteMatch find_route(std::string_view method, std::string_view path);

/// Undoes percent-encoding, and in a query also `+` for a blank.
[[nodiscard]] std::string percent_decode(std::string_view text, bool plus_is_blank);
/// Decodes `a=1&b=2`.
[[nodiscard]] NamedValues parse_query(std::string_view query);

} // namespace fathom::testing::detail
