#include "core/retry_table.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <sstream>
#include <string>

#include <fathom/error.hpp>

#include "core/judge.hpp"

namespace fathom::detail {
namespace {

constexpr int first_status = 300;
constexpr int last_status = 599;

/// "again…" or "no" for an idempotent call and for a create, by status, as docs/errors-and-retries.md has it.
struct DocumentedRow {
    bool repeats_idempotent = false;
    bool repeats_create = false;
};

/// Reads "500, 502–504 " into the statuses that it names.
void add_statuses(const std::string& cell, const DocumentedRow& row, std::map<int, DocumentedRow>& table) {
    const std::string dash = "–";
    std::istringstream items(cell);
    for (std::string item; std::getline(items, item, ',');) {
        const std::size_t at = item.find(dash);
        const int first = std::stoi(item);
        const int last = at == std::string::npos ? first : std::stoi(item.substr(at + dash.size()));
        for (int status = first; status <= last; ++status) table[status] = row;
    }
}

std::map<int, DocumentedRow> documented_table() {
    std::map<int, DocumentedRow> table;
    std::ifstream page(FATHOM_SOURCE_DIR "/docs/errors-and-retries.md");
    bool is_in_section = false;
    for (std::string line; std::getline(page, line);) {
        if (line.starts_with("## ")) is_in_section = line == "## What is repeated";
        const bool is_status_row = line.size() > 2 && line.starts_with("| ") && line[2] >= '1' && line[2] <= '9';
        if (!is_in_section || !is_status_row) continue;
        std::istringstream cells(line.substr(2));
        std::string statuses;
        std::string idempotent;
        std::string create;
        std::getline(cells, statuses, '|');
        std::getline(cells, idempotent, '|');
        std::getline(cells, create, '|');
        add_statuses(statuses, {idempotent.find("again") == 1, create.find("again") == 1}, table);
    }
    return table;
}

TEST(RetryTable, IsTheOneThatIsDocumented) {
    const auto documented = documented_table();
    ASSERT_FALSE(documented.empty());
    for (int status = first_status; status <= last_status; ++status) {
        const auto row = documented.find(status);
        const DocumentedRow expected = row == documented.end() ? DocumentedRow{} : row->second;
        EXPECT_EQ(repeat_after(status) != RepeatAfter::never, expected.repeats_idempotent) << status;
        EXPECT_EQ(repeat_after(status) == RepeatAfter::always, expected.repeats_create) << status;
    }
}

bool repeats(Judgement judgement) {
    return judgement.verdict == Verdict::retry || judgement.verdict == Verdict::limited;
}

TEST(RetryTable, IsWhatTheEngineFollows) {
    const OperationRequest read{.operation = "get", .target = "/sites"};
    const OperationRequest create{
        .operation = "create", .method = HttpMethod::post, .target = "/sites", .safety = RetrySafety::only_if_unsent};
    for (int status = first_status; status <= last_status; ++status) {
        EXPECT_EQ(repeats(judge(read, status, false)), repeat_after(status) != RepeatAfter::never) << status;
        EXPECT_EQ(repeats(judge(create, status, false)), repeat_after(status) == RepeatAfter::always) << status;
    }
}

TEST(RetryTable, IsWhatIsTransientTells) {
    const OperationRequest read{.operation = "get", .target = "/sites"};
    for (int status = first_status; status <= last_status; ++status) {
        const Error error = error_of(read, HttpResponse{.status = status}, {}, {});
        EXPECT_EQ(error.is_transient(), repeat_after(status) != RepeatAfter::never) << status;
    }
}

TEST(RetryTable, SaysNothingTransientOfACreateThatMayHaveTakenEffect) {
    Error error{.kind = ErrorKind::timeout};
    EXPECT_TRUE(error.is_transient());
    error.may_have_taken_effect = true;
    EXPECT_TRUE(error.is_transient()) << "an update may be made twice";
    error.is_idempotent = false;
    EXPECT_FALSE(error.is_transient());
    EXPECT_NE(error.to_string().find("may have taken effect"), std::string::npos);
}

} // namespace
} // namespace fathom::detail
