#include "session.hpp"

#include <istream>
#include <memory>
#include <ostream>
#include <utility>

#include <fathom/file_rate_limiter.hpp>

#include "columns.hpp"
#include "dry_run.hpp"
#include "exit_code.hpp"
#include "shared_limit.hpp"
#include "wait_teller.hpp"

namespace fathom::cli {

namespace {

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
    if (auto stored = accounts().find(account)) {
        if (stored->is_in_keyring) stored->api_key = key_in_keyring();
        return *std::move(stored);
    }
    const std::string option = account == "default" ? "" : " --account " + account;
    throw UsageError("there is no API key; run `fathom auth login" + option + "`, or set FATHOM_API_KEY");
}

std::string Session::key_in_keyring() const {
    auto key = console.keyring ? console.keyring->find(account) : std::nullopt;
    if (key) return *std::move(key);
    throw UsageError("the keyring does not give the key of the account " + account +
                     "; unlock it, or run `fathom auth login` again");
}

Client Session::client(const StoredAccount& credentials, Waits waits) const {
    ClientOptions options = options_of(credentials);
    // A program that reads what is written there would not expect it.
    if (waits == Waits::are_told && console.error_width > 0) options.observer = wait_teller(console.err);
    if (timeout_seconds) options.timeout = std::chrono::seconds{*timeout_seconds};
    options.connection.user_agent_suffix = "fathom-cli";
    const SharedLimit shared = shared_limit(console, credentials);
    options.limits = shared.limits;
    options.rate_limiter = file_rate_limiter(shared.file, shared.limits);
    return Client(std::move(options));
}

void Session::refuse_dry_run() const {
    if (!may_only_tell) return;
    throw UsageError("--dry-run is for what creates, changes or destroys at the service; leave it away here");
}

Client Session::client() const {
    refuse_dry_run();
    return client(credentials(), Waits::are_told);
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
    const std::string shown = in_one_line(name); // who may write a name could steer the terminal by it
    console.err << in_one_line(what) << " cannot be undone. Type " << shown << " to go on: " << std::flush;
    std::string typed;
    std::getline(console.in, typed);
    if (typed.empty()) throw UsageError("nothing was typed, and nothing was changed"); // Enter alone, or Ctrl-D
    if (typed != name) throw UsageError("that is not " + shown + "; nothing was changed");
}

} // namespace fathom::cli
