/// @file
/// Who may see a site's dashboard.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include <fathom/open_enum.hpp>

namespace fathom {

/// The known values of Sharing.
struct SharingValues {
    /// Who may see a site's dashboard.
    enum Value : std::uint8_t {
        unrecognized, ///< A value that this version does not know; see OpenEnum::text().
        none,         ///< Only the account's users.
        private_,     ///< Whoever has the link and the password (`private`).
        public_,      ///< Whoever has the link (`public`).
    };
    /// The API's spelling of each.
    static constexpr std::array<std::string_view, 4> names{"", "none", "private", "public"};
};

/// Who may see a site's dashboard.
using Sharing = OpenEnum<SharingValues>;

} // namespace fathom
