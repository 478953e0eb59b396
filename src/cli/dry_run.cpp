#include "dry_run.hpp"

#include <ostream>
#include <string>
#include <utility>

#include <nlohmann/json.hpp>

namespace fathom::cli {

namespace {

std::string without_passwords(const std::string& body) {
    auto members = nlohmann::ordered_json::parse(body, nullptr, false);
    if (!members.is_object()) return body;
    for (auto& [name, value] : members.items()) {
        if (name.find("password") != std::string::npos) value = "***";
    }
    return members.dump();
}

} // namespace

void DryRun::start(TransferId id, const HttpRequest& request) {
    out_ << to_string(request.method) << ' ' << request.url << '\n';
    if (!request.body.empty()) out_ << without_passwords(request.body) << '\n';
    out_ << "1 request of 2,000 an hour, billed like one pageview\n";
    told_.emplace_back(id, TransportError{.kind = ErrorKind::internal, .message = only_told, .request_sent = false});
}

void DryRun::poll(Clock::duration, std::vector<Transfer>& ended) {
    for (Transfer& transfer : told_) ended.push_back(std::move(transfer));
    told_.clear();
}

} // namespace fathom::cli
