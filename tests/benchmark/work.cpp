// Does one kind of work a given number of times, for a tool that watches the program from outside.
// Usage: fathom_benchmark_work WORK COUNT
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include <fathom/fathom.hpp>

#include "support/by_hand.hpp"
#include "support/client_options.hpp"
#include "support/report.hpp"
#include "support/sample_bodies.hpp"
#include "support/server_process.hpp"
#include "json/json.hpp"

namespace {

using namespace fathom::benchmark;

void repeat(int count, const std::function<void()>& work) {
    for (int i = 0; i < count; ++i) work();
}

void call_unread(int count) {
    const ServerProcess server;
    const fathom::Client client(client_options(server.base_url()));
    const fathom::RawRequest request{.path = "/sites", .query = {{"limit", "100"}}};
    repeat(count, [&] { static_cast<void>(client.request(request).value()); });
}

void call_unread_by_hand(int count) {
    const ServerProcess server;
    by_hand::EasyHandle handle;
    const std::string url = server.base_url() + "/sites?limit=100";
    repeat(count, [&] { static_cast<void>(handle.get(url)); });
}

void call_sites(int count) {
    const ServerProcess server;
    const fathom::Client client(client_options(server.base_url()));
    repeat(count, [&] { static_cast<void>(client.sites().list().collect().value()); });
}

void call_sites_by_hand(int count) {
    const ServerProcess server;
    by_hand::EasyHandle handle;
    const std::string url = server.base_url() + "/sites?limit=100";
    repeat(count, [&] { static_cast<void>(by_hand::decode_sites(handle.get(url))); });
}

void decode_sites(int count) {
    const std::string body = sites_body();
    repeat(count, [&] {
        fathom::detail::DriftLog drift;
        static_cast<void>(fathom::detail::json::decode<fathom::Page<fathom::Site>>(body, drift).value());
    });
}

void decode_sites_by_hand(int count) {
    const std::string body = sites_body();
    repeat(count, [&] { static_cast<void>(by_hand::decode_sites(body)); });
}

constexpr std::size_t rows_of_report = 100;

void decode_report(int count) {
    const std::string body = report_body(rows_of_report);
    repeat(count, [&] { static_cast<void>(decoded_report(body)); });
}

void decode_report_by_hand(int count) {
    const std::string body = report_body(rows_of_report);
    repeat(count, [&] { static_cast<void>(by_hand::decode_rows(body)); });
}

const std::map<std::string, void (*)(int), std::less<>> works{
    {"call_unread", call_unread},     {"call_unread_by_hand", call_unread_by_hand},
    {"call_sites", call_sites},       {"call_sites_by_hand", call_sites_by_hand},
    {"decode_sites", decode_sites},   {"decode_sites_by_hand", decode_sites_by_hand},
    {"decode_report", decode_report}, {"decode_report_by_hand", decode_report_by_hand},
};

} // namespace

int main(int argc, char** argv) {
    const auto work = argc == 3 ? works.find(std::string_view(argv[1])) : works.end();
    if (work == works.end()) {
        std::fputs("Usage: fathom_benchmark_work WORK COUNT; WORK is one of", stderr);
        for (const auto& [name, function] : works) std::fprintf(stderr, " %s", name.c_str());
        std::fputs("\n", stderr);
        return 2;
    }
    work->second(std::atoi(argv[2])); // NOLINT: given by a script
}
