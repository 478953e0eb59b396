#include <istream>
#include <memory>
#include <ostream>
#include <stdexcept>
#include <string>

#include <fathom/account.hpp>

#include "columns.hpp"
#include "commands.hpp"
#include "exit_code.hpp"

namespace fathom::cli {

namespace {

struct AuthOptions {
    std::string base_url{};
    bool uses_keyring = false;
};

std::string without_spaces(const std::string& text) {
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    return first == std::string::npos ? std::string()
                                      : text.substr(first, text.find_last_not_of(" \t\r\n") + 1 - first);
}

std::string ask_for_key(const Session& session) {
    std::string key;
    if (session.console.can_ask) {
        key = session.console.read_hidden("API key, from https://app.usefathom.com/api (it does not show): ");
    } else {
        std::getline(session.console.in, key);
    }
    key = without_spaces(key);
    if (key.empty()) throw UsageError("no key was given: type it, or pass it on the standard input");
    return key;
}

/// What the service knows of the key. A service without that operation is asked for the account, which any valid key
/// reaches.
Record ask_about(const Client& client) {
    const auto token = client.account().token();
    if (token) return record_of(*token);
    const bool is_not_there = token.error().kind == ErrorKind::not_found || token.error().kind == ErrorKind::gone;
    if (!is_not_there) throw Exception(token.error());
    return record_of(client.account().get().value());
}

void put_in_keyring(const Session& session, const std::string& key) {
    const auto& keyring = session.console.keyring;
    if (keyring && keyring->store(session.account, key)) return;
    throw UsageError(
        "there is no keyring here that takes the key: --keyring needs a desktop with the Secret Service and its "
        "program secret-tool (Debian: libsecret-tools)");
}

bool is_removed_from_keyring(const Session& session) {
    const auto& keyring = session.console.keyring;
    return keyring && keyring->remove(session.account);
}

/// The account has its key in the file by now, so that no logout looks there any more.
void remove_older_key_from_keyring(const Session& session) {
    if (is_removed_from_keyring(session)) return;
    session.say("The keyring has kept the older key of the account " + session.account +
                "; unlock it, and delete that there: secret-tool clear service fathom account '" + session.account +
                "'");
}

void log_in(const Session& session, const AuthOptions& options) {
    session.refuse_dry_run();
    const auto before = session.accounts().find(session.account);
    std::string base_url = options.base_url;
    if (base_url.empty()) base_url = session.console.variable("FATHOM_BASE_URL").value_or("");
    const StoredAccount account{
        .api_key = ask_for_key(session), .base_url = base_url, .is_in_keyring = options.uses_keyring};
    const Record known = ask_about(session.client(account));
    if (options.uses_keyring) put_in_keyring(session, account.api_key);
    session.accounts().store(session.account, account);
    session.say("The key " + in_one_line(known.value("name", "")) + " is kept as the account " + session.account +
                ", in " + (options.uses_keyring ? "the keyring" : session.accounts().file().string()) + ".");
    if (before && before->is_in_keyring && !options.uses_keyring) remove_older_key_from_keyring(session);
    if (session.is_from_environment()) session.say("While FATHOM_API_KEY is set, that key is used in its place.");
}

void show_status(const Session& session) {
    Record record{{"account", session.is_from_environment() ? "FATHOM_API_KEY" : session.account}};
    record.update(ask_about(session.client()));
    Listing listing{.columns = {}, .records = {record}, .is_single = true};
    for (const auto& [name, value] : record.items()) listing.columns.push_back(name);
    session.show(listing);
}

void log_out(const Session& session) {
    session.refuse_dry_run();
    const auto stored = session.accounts().find(session.account);
    if (stored && stored->is_in_keyring && !is_removed_from_keyring(session)) {
        throw std::runtime_error(
            "the keyring has kept the key of the account " + session.account +
            ", so the account stays, too\nUnlock the keyring, and run `fathom auth logout` again.");
    }
    if (!session.accounts().remove(session.account)) {
        throw UsageError("there is no account " + session.account + " in " + session.accounts().file().string());
    }
    session.say("The key of the account " + session.account +
                " is forgotten here. It stays valid until you delete it "
                "at https://app.usefathom.com/api.");
}

} // namespace

void add_auth(CLI::App& program, Session& session) {
    CLI::App& auth = *add_group(program, "auth", "Keep API keys");
    const auto options = std::make_shared<AuthOptions>();
    CLI::App& login =
        *add_command(auth, session, "login", "Read a key from the terminal or the standard input, try it, and keep it",
                     options, [&session](const AuthOptions& given) { log_in(session, given); });
    login.add_option("--base-url", options->base_url, "Address of the API that the key is for");
    login.add_flag("--keyring", options->uses_keyring, "Keep it in the desktop's keyring, not in a file");
    add_command(auth, session, "status", "Tell what the service knows of the key", options,
                [&session](const AuthOptions&) { show_status(session); });
    add_command(auth, session, "logout", "Forget a key", options, [&session](const AuthOptions&) { log_out(session); });
}

} // namespace fathom::cli
