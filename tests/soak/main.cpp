// Calls of all kinds, in all ways, from several threads, against services that fail in every way, while clients come and
// go; for as long as you like. Ends well where every call is accounted for, and memory, descriptors and threads are the
// same after each round.
//
//     fathom_soak [seconds [threads [seed]]]
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <exception>
#include <iomanip>
#include <iostream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "ledger.hpp"
#include "resources.hpp"
#include "round.hpp"

namespace {

using namespace std::chrono_literals;
using namespace fathom::soak;

constexpr auto round_length = 5s;
constexpr std::ptrdiff_t rounds_of_warm_up = 3;

std::string text_of(const std::optional<std::size_t>& number, std::size_t unit = 1) {
    return number ? std::to_string(*number / unit) : "-";
}

void print(std::size_t round, const Resources& used, std::uint64_t calls) {
    std::cout << std::setw(5) << round << std::setw(10) << calls << std::setw(12) << text_of(used.live_heap, 1024)
              << std::setw(12) << text_of(used.resident, 1024) << std::setw(13) << text_of(used.descriptors)
              << std::setw(9) << text_of(used.threads) << std::endl;
}

void print(const Ledger& ledger) {
    const Counts counts = ledger.outcomes();
    std::cout << '\n' << std::setw(20) << "success" << std::setw(10) << counts.succeeded << '\n';
    for (std::size_t kind = 0; kind < kinds_of_error; ++kind) {
        if (counts.failed[kind] == 0) continue;
        std::cout << std::setw(20) << to_string(static_cast<fathom::ErrorKind>(kind)) << std::setw(10)
                  << counts.failed[kind] << '\n';
    }
    std::cout << "The longest delay after a deadline was " << ledger.longest_delay().count() << " ms.\n";
}

/// What is wrong with what the process used after each round; empty where nothing is.
std::vector<std::string> growth(const std::vector<Resources>& rounds) {
    const auto median_of = [](auto first, auto last, auto member) {
        std::vector<std::size_t> values;
        std::transform(first, last, std::back_inserter(values),
                       [member](const Resources& used) { return (used.*member).value_or(0); });
        const auto middle = values.begin() + std::ssize(values) / 2;
        std::nth_element(values.begin(), middle, values.end());
        return *middle;
    };
    std::vector<std::string> all;
    const auto warm = rounds.begin() + std::min(rounds_of_warm_up, std::ssize(rounds) - 1);
    const auto third = std::max<std::ptrdiff_t>((rounds.end() - warm) / 3, 1);
    const auto check = [&](const char* name, auto member, std::size_t allowance, std::size_t percent = 0) {
        const std::size_t early = median_of(warm, warm + third, member);
        const std::size_t late = median_of(rounds.end() - third, rounds.end(), member);
        if (late <= early + allowance + early * percent / 100) return;
        all.push_back(std::string(name) + " grew from " + std::to_string(early) + " to " + std::to_string(late));
    };
    check("the live heap", &Resources::live_heap, 64 * 1024);
    check("resident memory", &Resources::resident, 32 * 1024 * 1024,
          25); // an allocator keeps pages, and gives some back
    check("the number of descriptors", &Resources::descriptors, 0);
    check("the number of threads", &Resources::threads, 0);
    return all;
}

std::vector<std::string> unaccounted(const Ledger& ledger) {
    std::vector<std::string> all = ledger.complaints();
    const std::uint64_t ended = ledger.outcomes().all();
    if (ledger.calls() != ended) {
        all.push_back(std::to_string(ledger.calls()) + " calls began and " + std::to_string(ended) + " ended");
    }
    if (ledger.longest_delay() > 10s) all.emplace_back("a call came back long after its deadline");
    return all;
}

std::string with_commas(std::uint64_t number) {
    std::string text = std::to_string(number);
    for (int at = static_cast<int>(text.size()) - 3; at > 0; at -= 3) text.insert(static_cast<std::size_t>(at), ",");
    return text;
}

} // namespace

int main(int count, char** arguments) try {
    const auto number = [&](int position, long otherwise) {
        return count > position ? std::stol(arguments[position]) : otherwise;
    };
    const std::chrono::seconds duration{number(1, 120)};
    const auto threads = static_cast<unsigned>(number(2, 16));
    const auto seed = static_cast<unsigned>(number(3, 1));

    std::thread([] {}).join(); // the thread sanitizer starts one of its own with the first
    std::cout << "round     calls  heap (KiB)   RSS (KiB)  descriptors  threads" << std::endl;
    const auto ledger = std::make_shared<Ledger>();
    std::vector<Resources> rounds;
    const auto end = std::chrono::steady_clock::now() + duration;
    while (std::chrono::steady_clock::now() < end) {
        rounds.push_back(run_round(ledger, round_length, threads, seed + 100 * static_cast<unsigned>(rounds.size())));
        print(rounds.size(), rounds.back(), ledger->calls());
    }
    print(*ledger);

    std::vector<std::string> complaints = unaccounted(*ledger);
    for (std::string& complaint : growth(rounds)) complaints.push_back(std::move(complaint));
    for (const std::string& complaint : complaints) std::cout << "WRONG: " << complaint << '\n';
    if (!complaints.empty()) return EXIT_FAILURE;
    std::cout << "All is accounted for: " << with_commas(ledger->calls()) << " calls\n";
    return EXIT_SUCCESS;
} catch (const std::exception& problem) {
    std::cout << "WRONG: " << problem.what() << '\n';
    return EXIT_FAILURE;
}
