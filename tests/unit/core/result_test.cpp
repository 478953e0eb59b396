#include <fathom/result.hpp>

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

namespace fathom {
namespace {

Result<int> failure() { return Error{.kind = ErrorKind::not_found, .message = "nothing there"}; }
Result<std::vector<int>> three() { return std::vector<int>{1, 2, 3}; }

TEST(Result, GivesItsValue) { EXPECT_EQ(Result<int>(7).value(), 7); }

TEST(Result, ThrowsItsErrorWhereThereIsNoValue) {
    try {
        static_cast<void>(failure().value());
        FAIL() << "nothing was thrown";
    } catch (const Exception& exception) {
        EXPECT_EQ(exception.error().kind, ErrorKind::not_found);
        EXPECT_STREQ(exception.what(), "not_found: nothing there");
    }
}

TEST(Result, GivesATemporarysValueByValueSoThatALoopOverItIsSound) {
    int sum = 0;
    for (const int& number : three().value()) sum += number;
    EXPECT_EQ(sum, 6);
}

TEST(Result, HoldsWhatCanOnlyBeMoved) {
    Result<std::unique_ptr<int>> result = std::make_unique<int>(5);
    EXPECT_EQ(*std::move(result).value(), 5);
}

TEST(Result, OfNothingSaysWhetherItWorked) {
    EXPECT_TRUE(Result<void>());
    EXPECT_FALSE(Result<void>(Error{}));
    EXPECT_THROW(Result<void>(Error{}).value(), Exception);
}

TEST(Result, GivesAnotherValueWhereThereIsNone) {
    EXPECT_EQ(failure().value_or(3), 3);
    EXPECT_EQ(Result<int>(1).value_or(3), 1);
}

TEST(Result, ChainsWhatMayFail) {
    const auto half = [](int number) { return number % 2 == 0 ? Result<int>(number / 2) : failure(); };
    EXPECT_EQ(Result<int>(8).and_then(half).value(), 4);
    EXPECT_EQ(Result<int>(7).and_then(half).error().kind, ErrorKind::not_found);
    EXPECT_EQ(failure().and_then(half).error().message, "nothing there");
}

TEST(Result, TransformsItsValue) {
    EXPECT_EQ(Result<int>(8).transform([](int number) { return std::to_string(number); }).value(), "8");
    EXPECT_FALSE(failure().transform([](int) {}));
}

TEST(Result, ReplacesItsError) {
    EXPECT_EQ(failure().or_else([](const Error&) { return Result<int>(9); }).value(), 9);
}

TEST(ErrorText, HoldsAllThatALogWants) {
    const Error error{.kind = ErrorKind::unprocessable,
                      .message = "Invalid",
                      .fields = {{"name", "too long"}},
                      .http_status = 422,
                      .attempts = 2,
                      .operation = "createSite"};
    EXPECT_EQ(error.to_string(), "createSite: unprocessable (HTTP 422): Invalid; name: too long [after 2 attempts]");
}

} // namespace
} // namespace fathom
