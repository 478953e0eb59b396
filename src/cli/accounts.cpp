#include "accounts.hpp"

#include <fstream>
#include <ios>
#include <system_error>
#include <utility>

#include <nlohmann/json.hpp>

#include "exit_code.hpp"
#include "private_file.hpp"

namespace fathom::cli {

namespace {

using Json = nlohmann::ordered_json;

/// Of a variable that is to be ignored where it names no absolute path, as the specification of XDG's has it: else what is
/// kept would depend on the folder in which the program is started.
std::optional<std::filesystem::path> folder_in(const Console& console, const char* variable) {
    const auto text = console.variable(variable);
    if (!text || !std::filesystem::path(*text).is_absolute()) return std::nullopt;
    return *text;
}

std::filesystem::path folder_of(const Console& console, const char* unix_variable, const char* below_home,
                                const char* windows_variable) {
    if (const auto folder = folder_in(console, unix_variable)) return *folder / "fathom";
    if (const auto folder = folder_in(console, windows_variable)) return *folder / "fathom";
    if (const auto home = folder_in(console, "HOME")) return *home / below_home / "fathom";
    throw UsageError("neither HOME nor " + std::string(unix_variable) + " says where to keep files; set one of them");
}

bool is_there(const std::filesystem::path& file) {
    std::error_code unknown;
    return std::filesystem::status(file, unknown).type() != std::filesystem::file_type::not_found;
}

/// Not the same as one that is not there: whoever took it for that would write over the keys in it.
std::string unreadable(const std::filesystem::path& file) {
    return file.string() + " cannot be read; let its owner make it yours and readable (chown, chmod), or delete it "
                           "and run `fathom auth login`";
}

} // namespace

std::filesystem::path configuration_folder(const Console& console) {
    return folder_of(console, "XDG_CONFIG_HOME", ".config", "APPDATA");
}

std::filesystem::path state_folder(const Console& console) {
    return folder_of(console, "XDG_STATE_HOME", ".local/state", "LOCALAPPDATA");
}

Accounts::Accounts(std::filesystem::path file) : file_(std::move(file)) {}

StoredAccounts Accounts::all() const {
    std::ifstream text(file_);
    if (!text && !is_there(file_)) return {};
    if (!text) throw UsageError(unreadable(file_));
    try {
        StoredAccounts accounts;
        const Json stored = Json::parse(text);
        for (const auto& [name, account] : stored.at("accounts").items()) {
            const bool is_in_keyring = account.value("keyring", false);
            accounts[name] = {.api_key = is_in_keyring ? "" : account.at("api_key").get<std::string>(),
                              .base_url = account.value("base_url", ""),
                              .is_in_keyring = is_in_keyring};
        }
        return accounts;
    } catch (const Json::exception&) {
        throw UsageError(file_.string() + " does not hold accounts; fix it or delete it, and run `fathom auth login`");
    } catch (const std::ios_base::failure&) {
        throw UsageError(unreadable(file_));
    }
}

std::optional<StoredAccount> Accounts::find(const std::string& name) const {
    const auto accounts = all();
    const auto found = accounts.find(name);
    return found == accounts.end() ? std::nullopt : std::optional(found->second);
}

void Accounts::store(const std::string& name, const StoredAccount& account) {
    change([&](StoredAccounts& accounts) {
        accounts[name] = account;
        return true;
    });
}

bool Accounts::remove(const std::string& name) {
    return change([&](StoredAccounts& accounts) { return accounts.erase(name) > 0; });
}

bool Accounts::change(const std::function<bool(StoredAccounts& accounts)>& what) {
    bool is_changed = false;
    writing_or(
        [&] {
            const PrivateFileLock lock(file_);
            StoredAccounts accounts = all();
            is_changed = what(accounts);
            if (is_changed) write(accounts);
        },
        "set XDG_CONFIG_HOME to a folder that can be written to");
    return is_changed;
}

void Accounts::write(const StoredAccounts& accounts) const {
    Json stored{{"accounts", Json::object()}};
    for (const auto& [name, account] : accounts) {
        Json& written = stored["accounts"][name];
        if (account.is_in_keyring) {
            written["keyring"] = true;
        } else {
            written["api_key"] = account.api_key;
        }
        if (!account.base_url.empty()) written["base_url"] = account.base_url;
    }
    write_private_file(file_, stored.dump(2) + '\n');
}

} // namespace fathom::cli
