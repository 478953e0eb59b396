/// @file
/// The account and the API key itself.
#pragma once

#include <chrono>
#include <cstdint>
#include <iosfwd>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <fathom/call_options.hpp>
#include <fathom/call_style.hpp>
#include <fathom/detail/access.hpp>
#include <fathom/export.hpp>

namespace fathom::inline v0_2 {

/// The account that an API key belongs to.
struct Account {
    std::string id{};    ///< Opaque identifier; a number on the live service.
    std::string name{};  ///< Display name.
    std::string email{}; ///< E-mail address.

    /// Member-wise equality.
    friend bool operator==(const Account&, const Account&) = default;
    /// Writes it as JSON, see printing.hpp.
    friend FATHOM_EXPORT std::ostream& operator<<(std::ostream& out, const Account& value);
};

/// What the service knows of the API key in use.
struct Token {
    std::string name{};                    ///< Name that was given to the key.
    std::optional<std::int64_t> version{}; ///< Version of the key's format.
    /// What the key may do: `*`, `all-sites-readonly`, `read:{site_id}`, `manage:{site_id}`.
    std::vector<std::string> abilities{};
    std::optional<std::chrono::sys_seconds> last_used_at{}; ///< Last use, UTC.
    std::optional<std::chrono::sys_seconds> expires_at{};   ///< End of its validity, UTC; none: it does not expire.
    std::optional<std::chrono::sys_seconds> created_at{};   ///< Creation, UTC.
    std::optional<std::chrono::sys_seconds> updated_at{};   ///< Last change, UTC.

    /// Member-wise equality.
    friend bool operator==(const Token&, const Token&) = default;
    /// Writes it as JSON, see printing.hpp.
    friend FATHOM_EXPORT std::ostream& operator<<(std::ostream& out, const Token& value);
};

/// Calls on the account; got from Client::account().
template <class Style>
class FATHOM_EXPORT AccountModule {
    template <class T>
    using Outcome = typename Style::template Outcome<T>;

public:
    /// The account that the API key belongs to (operation `getAccount`).
    [[nodiscard]] Outcome<Account> get(const CallOptions& options = {}) const;
    /// The API key itself (operation `getToken`, live service only). Any key may call it, so it is the way to test one.
    [[nodiscard]] Outcome<Token> token(const CallOptions& options = {}) const;

private:
    friend struct detail::Access;
    explicit AccountModule(detail::Route<Style> route) noexcept;

    detail::ModuleRoute<Style> route_;
};

} // namespace fathom::inline v0_2
