/// @file
/// The desktop's own store of secrets.
#pragma once

#include <memory>
#include <optional>
#include <string>

namespace fathom::cli {

/// Keeps the keys of accounts, by their names.
class Keyring {
public:
    Keyring() = default;
    Keyring(const Keyring&) = delete;
    Keyring& operator=(const Keyring&) = delete;
    virtual ~Keyring() = default;

    /// @return whether it is kept
    [[nodiscard]] virtual bool store(const std::string& account, const std::string& key) = 0;
    /// @return nothing where it is not there, or the store stays locked
    [[nodiscard]] virtual std::optional<std::string> find(const std::string& account) = 0;
    /// @return whether it is not there any more
    [[nodiscard]] virtual bool remove(const std::string& account) = 0;
};

/// The Secret Service of the freedesktops, by libsecret's program secret-tool, so that nothing has to be linked for those who
/// do not use it; null on Windows.
[[nodiscard]] std::shared_ptr<Keyring> desktop_keyring();

} // namespace fathom::cli
