#include <fathom/current_visitors.hpp>
#include <fathom/report.hpp>
#include <fathom/result.hpp>

#include <gtest/gtest.h>

#include <concepts>
#include <memory>
#include <sstream>
#include <string>
#include <type_traits>
#include <utility>
#include <version>

namespace fathom {
namespace {

template <class T>
concept HasArrow = requires(T&& result) { std::forward<T>(result).operator->(); };

// What would be left over from a Result that is gone is a value, or does not compile.
static_assert(HasArrow<Result<CurrentVisitors>&> && HasArrow<const Result<CurrentVisitors>&>);
static_assert(!HasArrow<Result<CurrentVisitors>> && !HasArrow<const Result<CurrentVisitors>>);
static_assert(std::same_as<decltype(std::declval<Result<int>>().error()), Error>);
static_assert(std::same_as<decltype(std::declval<const Result<int>>().error()), Error>);
static_assert(std::same_as<decltype(std::declval<Result<int>>().value()), int>);
static_assert(std::same_as<decltype(std::declval<const Result<int>>().value()), int>);
static_assert(std::same_as<decltype(*std::declval<Result<int>>()), int>);
static_assert(std::same_as<decltype(*std::declval<const Result<int>>()), int>);
static_assert(std::same_as<decltype(std::declval<PageviewReport>()[0]), PageviewRow>);
static_assert(std::same_as<decltype(std::declval<PageviewReport>().query()), PageviewQuery>);
static_assert(std::same_as<decltype(std::declval<PageviewReport>().rows()), std::vector<PageviewRow>>);

const Error not_found{.kind = ErrorKind::not_found, .message = "nothing there", .fields = {{"id", "is unknown"}}};
Result<int> failure() { return not_found; }
Result<int> half(int number) { return number % 2 == 0 ? Result<int>(number / 2) : failure(); }

TEST(ResultShape, GivesATemporarysErrorByValueSoThatALoopOverItIsSound) {
    std::string fields;
    for (const FieldError& field : failure().error().fields) fields += field.field;
    EXPECT_EQ(fields, "id");
    const auto failed = [] { return std::as_const(*std::make_unique<Result<int>>(not_found)); };
    for (const FieldError& field : failed().error().fields) fields += field.field;
    EXPECT_EQ(fields, "idid");
}

TEST(ResultShape, ChainsWithoutGivingItselfUp) {
    const Result<int> eight = 8;
    Result<int> seven = 7;
    EXPECT_EQ(eight.and_then(half), 4);
    EXPECT_EQ(seven.and_then(half), not_found);
    EXPECT_EQ(eight.transform([](int number) { return std::to_string(number); }), "8");
    EXPECT_EQ(seven.transform([](int& number) { return number++; }), 7);
    EXPECT_EQ(seven, 8);
    EXPECT_EQ(std::as_const(seven).or_else([](const Error&) { return Result<int>(1); }), 8);

    const Result<int> failed = failure();
    EXPECT_EQ(failed.or_else([](const Error& error) { return Result<int>(static_cast<int>(error.fields.size())); }), 1);
    EXPECT_EQ(failed.and_then(half), not_found);
    EXPECT_EQ(failed.transform(&half), Result<Result<int>>(not_found));
}

TEST(ResultShape, ReplacesItsError) {
    const auto shout = [](Error error) {
        error.message += '!';
        return error;
    };
    const Result<int> failed = failure();
    EXPECT_EQ(failed.transform_error(shout).error().message, "nothing there!");
    EXPECT_EQ(failure().transform_error(shout).error().message, "nothing there!");
    EXPECT_EQ(failed.error().message, "nothing there");
    EXPECT_EQ(Result<int>(3).transform_error(shout), 3);
    EXPECT_EQ(Result<void>().transform_error(shout), Result<void>());
}

TEST(ResultShape, ChainsNothing) {
    const Result<void> done;
    EXPECT_EQ(done.and_then([] { return Result<int>(1); }), 1);
    EXPECT_EQ(done.transform([] { return 2; }), 2);
    EXPECT_EQ(Result<int>(3).transform([](int) {}), Result<void>());
    EXPECT_EQ(Result<void>(not_found).or_else([](const Error&) { return Result<void>(); }), Result<void>());
}

TEST(ResultShape, MovesWhatCanOnlyBeMoved) {
    using Owner = std::unique_ptr<int>;
    EXPECT_EQ(*Result<Owner>(std::make_unique<int>(5)).transform([](Owner owner) { return owner; }).value(), 5);
    Result<Owner> owner = std::make_unique<int>(6);
    EXPECT_EQ(owner.transform([](const Owner& seen) { return *seen; }), 6);
    EXPECT_EQ(*std::move(owner).or_else([](const Error&) { return Result<Owner>(nullptr); }).value(), 6);
}

TEST(ResultShape, GivesAnotherErrorWhereThereIsNone) {
    const Error other{.kind = ErrorKind::internal};
    EXPECT_EQ(failure().error_or(other), not_found);
    EXPECT_EQ(Result<int>(1).error_or(other), other);
    const Result<int> failed = failure();
    EXPECT_EQ(failed.error_or(other), not_found);
}

TEST(ResultShape, ComparesValuesAndErrors) {
    EXPECT_EQ(Result<int>(1), Result<int>(1));
    EXPECT_NE(Result<int>(1), Result<int>(2));
    EXPECT_NE(Result<int>(1), failure());
    EXPECT_EQ(failure(), failure());
    EXPECT_NE(failure(), Error{});
    EXPECT_NE(failure(), 1);
    EXPECT_EQ(Result<void>(), Result<void>());
}

TEST(ResultShape, PrintsWhatItHolds) {
    std::ostringstream out;
    out << Result<int>(5) << ' ' << failure() << ' ' << Result<void>();
    EXPECT_EQ(out.str(), "5 not_found: nothing there; id: is unknown ");
    out.str("");
    out << Result<std::vector<int>>(std::vector<int>{1, 2});
    EXPECT_EQ(out.str(), "[1,2]");
}

#if defined(__cpp_lib_expected) && __cpp_lib_expected >= 202202L
TEST(ResultShape, ConvertsFromAndToExpected) {
    const std::expected<int, Error> five = Result<int>(5);
    EXPECT_EQ(five, 5);
    const Result<int> failed = failure();
    const std::expected<int, Error> error = failed;
    EXPECT_EQ(error.error(), not_found);
    const Result<int> back = error;
    EXPECT_EQ(back, not_found);
    const Result<int> again = five;
    EXPECT_EQ(again, 5);
    const std::expected<void, Error> nothing = Result<void>();
    EXPECT_TRUE(nothing);
    EXPECT_EQ(Result<void>(std::expected<void, Error>(std::unexpected(not_found))), Result<void>(not_found));
}
#endif

} // namespace
} // namespace fathom
