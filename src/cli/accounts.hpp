/// @file
/// The keys that `fathom auth login` keeps.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "console.hpp"

namespace fathom::cli {

/// A key, and the service that it is for.
struct StoredAccount {
    std::string api_key;
    std::string base_url;       ///< Empty: the library's.
    bool is_in_keyring = false; ///< The file does not have the key.
};

using StoredAccounts = std::map<std::string, StoredAccount>; ///< By their names.

/// Accounts by their names, in a file for its owner alone.
class Accounts {
public:
    explicit Accounts(std::filesystem::path file);

    /// @throw UsageError where the file is there and cannot be read
    [[nodiscard]] StoredAccounts all() const;
    [[nodiscard]] std::optional<StoredAccount> find(const std::string& name) const;
    /// @throw UsageError where that cannot be written
    void store(const std::string& name, const StoredAccount& account);
    /// @return whether it was there
    bool remove(const std::string& name);
    [[nodiscard]] const std::filesystem::path& file() const noexcept { return file_; }

private:
    /// Writes them where the function has changed them. @return what it says of that
    bool change(const std::function<bool(StoredAccounts& accounts)>& what);
    void write(const StoredAccounts& accounts) const;

    std::filesystem::path file_;
};

/// Where configuration is kept: `$XDG_CONFIG_HOME/fathom`, `~/.config/fathom`, `%APPDATA%\fathom`.
[[nodiscard]] std::filesystem::path configuration_folder(const Console& console);
/// Where what is no configuration is kept from run to run: `$XDG_STATE_HOME/fathom`, `~/.local/state/fathom`,
/// `%LOCALAPPDATA%\fathom`.
[[nodiscard]] std::filesystem::path state_folder(const Console& console);

} // namespace fathom::cli
