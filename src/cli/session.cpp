#include "session.hpp"

#include <cstdint>
#include <iomanip>
#include <istream>
#include <memory>
#include <ostream>
#include <sstream>
#include <utility>

#include <fathom/file_rate_limiter.hpp>

#include "dry_run.hpp"
#include "exit_code.hpp"
#include "private_file.hpp"

namespace fathom::cli {

namespace {

/// Names the file of a key's limit; FNV-1a, since std::hash may differ from run to run.
std::string limit_file_name(const StoredAccount& credentials) {
    std::uint64_t hash = 14695981039346656037U;
    for (const char c : credentials.api_key + '\n' + credentials.base_url) {
        hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
    }
    std::ostringstream name;
    name << "limit-" << std::hex << std::setw(16) << std::setfill('0') << hash;
    return name.str();
}

ClientOptions options_of(const StoredAccount& credentials) {
    ClientOptions options{.api_key = credentials.api_key};
    if (!credentials.base_url.empty()) options.base_url = credentials.base_url;
    return options;
}

} // namespace

Accounts Session::accounts() const { return Accounts(configuration_folder(console) / "accounts.json"); }

StoredAccount Session::credentials() const {
    const std::string base_url = console.variable("FATHOM_BASE_URL").value_or("");
    if (const auto key = console.variable("FATHOM_API_KEY")) return {.api_key = *key, .base_url = base_url};
    if (auto stored = accounts().find(account)) return *std::move(stored);
    const std::string option = account == "default" ? "" : " --account " + account;
    throw UsageError("there is no API key; run `fathom auth login" + option + "`, or set FATHOM_API_KEY");
}

Client Session::client(const StoredAccount& credentials) const {
    ClientOptions options = options_of(credentials);
    if (timeout_seconds) options.timeout = std::chrono::seconds{*timeout_seconds};
    options.connection.user_agent_suffix = "fathom-cli";
    const auto folder = state_folder(console);
    make_private_folder(folder);
    options.rate_limiter = file_rate_limiter(folder / limit_file_name(credentials), options.limits);
    return Client(std::move(options));
}

Client Session::changing_client() const {
    if (!may_only_tell) return client();
    ClientOptions options = options_of(credentials());
    options.transport = std::make_shared<DryRun>(console.out);
    return Client(std::move(options));
}

void Session::say(const std::string& sentence) const { console.err << sentence << '\n'; }

void Session::confirm(const std::string& what, const std::string& name) const {
    if (is_agreed || may_only_tell) return;
    if (!console.can_ask) throw UsageError(what + " cannot be undone; add --yes where that is meant");
    console.err << what << " cannot be undone. Type " << name << " to go on: " << std::flush;
    std::string typed;
    std::getline(console.in, typed);
    if (typed != name) throw UsageError("that is not " + name + "; nothing was changed");
}

} // namespace fathom::cli
