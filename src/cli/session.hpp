/// @file
/// What a command runs with: the options that all commands share, the client, the streams.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <fathom/client.hpp>

#include "accounts.hpp"
#include "console.hpp"
#include "listing.hpp"

namespace fathom::cli {

/// Whether people are told, on a terminal, that a call waits for the limit. Commands that show their progress do not need it.
enum class Waits : bool { are_not_told, are_told };

class Session {
public:
    explicit Session(Console& streams) : console(streams) {}

    Console& console;
    Layout layout{};
    std::string account = "default";
    std::optional<int> timeout_seconds{};
    bool may_only_tell = false; ///< `--dry-run`: changes are told, and not made.
    bool is_agreed = false;     ///< `--yes`: nothing is asked.

    /// What the command line asks for; set while it is read, run after that.
    std::function<void()> action{};

    /// The key and the address: from the environment, else of the account.
    /// @throw UsageError where there is none
    [[nodiscard]] StoredAccount credentials() const;
    /// Whether FATHOM_API_KEY decides.
    [[nodiscard]] bool is_from_environment() const { return console.variable("FATHOM_API_KEY").has_value(); }
    [[nodiscard]] Accounts accounts() const;

    /// For a command that changes nothing at the service.
    /// @throw UsageError with `--dry-run`, which promises that nothing is sent and nothing happens
    void refuse_dry_run() const;

    /// A client for the key, which shares its limit with all runs of this program.
    [[nodiscard]] Client client(const StoredAccount& credentials, Waits waits = Waits::are_not_told) const;
    /// One for a command that only reads; it tells of waits.
    /// @throw UsageError with `--dry-run`
    [[nodiscard]] Client client() const;
    /// One for what changes something: with `--dry-run` it tells each request and sends none.
    [[nodiscard]] Client changing_client() const;

    void show(const Listing& listing) const { cli::show(listing, layout, console); }
    /// What show() would refuse, before anything is asked or changed.
    void require_fields(const std::vector<std::string>& columns) const { cli::require_fields(layout, columns); }
    /// A sentence for people, which is not part of the output.
    void say(const std::string& sentence) const;
    /// Has what destroys confirmed: the name must be typed.
    /// @throw UsageError where nobody can be asked, or another name or nothing is typed
    void confirm(const std::string& what, const std::string& name) const;

private:
    [[nodiscard]] std::string key_in_keyring() const;
};

} // namespace fathom::cli
