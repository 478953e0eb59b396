#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include <fathom/http.hpp>

#include "commands.hpp"
#include "exit_code.hpp"

namespace fathom::cli {

namespace {

struct RawOptions {
    std::string method{};
    std::string path{};
    std::vector<std::string> query{};
    std::string body{};
};

HttpMethod method_named(const std::string& name) {
    for (const HttpMethod method :
         {HttpMethod::get, HttpMethod::post, HttpMethod::put, HttpMethod::patch, HttpMethod::delete_}) {
        if (to_string(method) == name) return method;
    }
    throw UsageError(name + " is none of GET, POST, PUT, PATCH and DELETE");
}

RawRequest request_of(const RawOptions& options) {
    RawRequest request{.method = method_named(options.method), .path = options.path, .body = options.body};
    for (const std::string& parameter : options.query) {
        const std::size_t equals = parameter.find('=');
        if (equals == std::string::npos) throw UsageError("--query: " + parameter + " is not in the form NAME=VALUE");
        request.query.emplace_back(parameter.substr(0, equals), parameter.substr(equals + 1));
    }
    return request;
}

/// As that of a command of this program for the same answer.
ExitCode exit_code_of(int status) noexcept {
    switch (status) {
    case 408:
    case 425: return ExitCode::no_network;
    case 401:
    case 403: return ExitCode::refused;
    case 404:
    case 410: return ExitCode::not_found;
    case 429: return ExitCode::limited;
    default: break;
    }
    if (status >= 500) return ExitCode::no_network;
    return status >= 300 ? ExitCode::failed : ExitCode::done; // a redirect is not followed
}

/// Prints the answer whatever its status, which says more than words of this program.
void request(const Session& session, const RawOptions& options) {
    const RawRequest request = request_of(options);
    if (request.method == HttpMethod::delete_) session.confirm("DELETE " + request.path, request.path);
    const Client client = request.method == HttpMethod::get ? session.client() : session.changing_client();
    const HttpResponse response = client.request(request).value();
    const std::string& body = response.body;
    session.console.out << body << (body.empty() || body.back() == '\n' ? "" : "\n");
    const bool is_page = !body.empty() && !nlohmann::json::accept(body);
    const ExitCode code = exit_code_of(response.status);
    if (code == ExitCode::done && !is_page) return;
    session.console.out.flush();
    session.say("fathom: the service answered with HTTP " + std::to_string(response.status) +
                (is_page ? ", and with something else than JSON" : ""));
    throw EndedWith(code == ExitCode::done ? ExitCode::failed : code);
}

} // namespace

void add_raw(CLI::App& program, Session& session) {
    const auto options = std::make_shared<RawOptions>();
    CLI::App& command = *add_command(program, session, "raw", "Make a request of your own, and print its answer",
                                     options, [&session](const RawOptions& given) { request(session, given); });
    command.add_option("METHOD", options->method, "GET, POST, PUT, PATCH or DELETE")->required();
    command.add_option("PATH", options->path, "Below the address of the API, such as /sites")->required();
    command.add_option("--query", options->query, "A parameter, NAME=VALUE; may be repeated");
    command.add_option("--data", options->body, "The body, JSON");
}

} // namespace fathom::cli
