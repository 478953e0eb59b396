/// @file
/// Who may see a site's dashboard.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <fathom/open_enum.hpp>

namespace fathom::inline v0_2 {

/// The known values of Sharing.
struct SharingValues {
    /// Who may see a site's dashboard.
    enum class Value : std::uint8_t {
        unrecognized,
        none,
        private_,
        public_,
    };

    static constexpr Value unrecognized = Value::unrecognized; ///< Not known to this version; see text().
    static constexpr Value none = Value::none;                 ///< Only the account's users.
    static constexpr Value private_ = Value::private_;         ///< Whoever has the link and the password (`private`).
    static constexpr Value public_ = Value::public_;           ///< Whoever has the link (`public`).

    /// The API's spelling of each.
    static constexpr std::array<std::string_view, 4> names{"", "none", "private", "public"};

    /// The API's spelling.
    [[nodiscard]] friend constexpr std::string_view to_string(Value known) noexcept {
        return names[static_cast<std::size_t>(known)];
    }
};

/// Who may see a site's dashboard.
using Sharing = OpenEnum<SharingValues>;

} // namespace fathom::inline v0_2
