// A walk through the pages of a hostile server gives nothing twice, and ends where the server repeats itself.
#include "lists/page_walk.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "require.hpp"

namespace {

using namespace fathom;

/// Reads pages out of the fuzzer's bytes: one for its flags and its size, one for each item.
class HostileServer {
public:
    HostileServer(const std::uint8_t* data, std::size_t size) : next_(data), end_(data + size) {}

    [[nodiscard]] bool is_done() const { return next_ == end_; }
    unsigned take() { return is_done() ? 0U : *next_++; }

private:
    const std::uint8_t* next_;
    const std::uint8_t* end_;
};

std::vector<detail::ItemPosition> page_of(HostileServer& server, unsigned size, std::vector<std::string>& texts) {
    texts.clear();
    std::vector<unsigned> bytes;
    for (unsigned i = 0; i < size; ++i) bytes.push_back(server.take());
    for (const unsigned byte : bytes)
        texts.push_back(byte == 0 ? std::string() : std::string(1, static_cast<char>(byte)));
    std::vector<detail::ItemPosition> page;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        detail::ItemPosition item{.cursor = texts[i]};
        if ((bytes[i] & 1U) != 0) item.name = texts[i];
        if ((bytes[i] & 2U) != 0) item.created_at = std::chrono::sys_seconds{std::chrono::seconds{bytes[i]}};
        page.push_back(item);
    }
    return page;
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    HostileServer server(data, size);
    ListOptions options;
    const unsigned start = server.take();
    if (start % 3 == 1) options.starting_after = "s";
    if (start % 3 == 2) options.ending_before = "e";
    detail::PageWalk walk(options);
    std::set<std::string> given;
    std::vector<std::string> texts;
    std::size_t nothing_in_turn = 0;
    while (!walk.is_over() && !walk.fault() && !server.is_done()) {
        const unsigned head = server.take();
        if (head % 8 == 7) {
            static_cast<void>(walk.take_in(Error{.kind = ErrorKind::not_found}));
            fuzz::require(++nothing_in_turn <= 2, "a server that refuses every cursor ends the walk");
            continue;
        }
        const auto page = page_of(server, head / 16, texts);
        nothing_in_turn = page.empty() ? nothing_in_turn + 1 : 0;
        fuzz::require(nothing_in_turn <= 2, "a server that has nothing behind any cursor ends the walk");
        const detail::PageUse use = walk.take_in(page, head % 8 != 0);
        fuzz::require(use.was_given.size() == page.size(), "each item is judged");
        for (std::size_t i = 0; i < page.size(); ++i) {
            if (use.was_given[i] || texts[i].empty()) continue;
            fuzz::require(given.insert(texts[i]).second, "nothing is given twice");
        }
    }
    return 0;
}
