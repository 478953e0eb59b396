/// @file
/// Tells on the standard output what each call gave, and remembers whether all went well.
#pragma once

#include <cstddef>
#include <iomanip>
#include <iostream>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>

#include <fathom/fathom.hpp>

namespace fathom::contract {

/// Whether answers have to do with what was asked.
enum class Answers {
    genuine, ///< A service that keeps what it is told.
    canned,  ///< A mock that answers with examples: only their form can be judged.
};

inline std::string describe(const Account& account) { return account.name; }
inline std::string describe(const Site& site) { return site.id.str() + " " + site.name; }
inline std::string describe(const Event& event) { return event.name; }
inline std::string describe(const Milestone& milestone) { return milestone.id.str() + " " + milestone.name; }
inline std::string describe(const CurrentVisitors& visitors) {
    return std::to_string(visitors.total) + " visitors, " + std::to_string(visitors.content.size()) + " pages, " +
           std::to_string(visitors.referrers.size()) + " origins";
}
template <class T>
std::string describe(const Page<T>& page) {
    return std::to_string(page.data.size()) + " items" + (page.has_more ? " and more" : "");
}
template <class Metric>
std::string describe(const Report<Metric>& report) {
    return std::to_string(report.size()) + " rows";
}

/// See above.
class Journal {
public:
    explicit Journal(Answers answers) : answers_(answers) {}

    /// Writes down what a call gave.
    /// @param accepted the one kind of error that is all right
    template <class T>
    void record(std::string_view operation, const Result<T>& result, std::optional<ErrorKind> accepted = {}) {
        operations_.emplace(operation);
        if (!result) {
            const bool fine = result.error().kind == accepted;
            write(operation, fine ? to_string(*accepted) : "FAILED", result.error().to_string());
            failures_ += fine ? 0 : 1;
        } else if constexpr (std::is_void_v<T>) {
            write(operation, "ok", "");
        } else {
            write(operation, "ok", describe(*result));
        }
    }

    /// Writes down a condition on genuine answers where it doesn't hold.
    void expect(bool condition, std::string_view text) {
        if (condition || answers_ == Answers::canned) return;
        write("expected", "FAILED", text);
        ++failures_;
    }

    /// The same for a call that has to fail so.
    template <class T>
    void expect_error(ErrorKind kind, const Result<T>& result, std::string_view text) {
        expect(!result && result.error().kind == kind, text);
    }

    /// How many different operations were called.
    [[nodiscard]] std::size_t operation_count() const noexcept { return operations_.size(); }
    /// How much went wrong.
    [[nodiscard]] int failures() const noexcept { return failures_; }

private:
    static void write(std::string_view operation, std::string_view outcome, std::string_view details) {
        std::cout << std::left << std::setw(20) << operation << std::setw(10) << outcome << details << std::endl;
    }

    Answers answers_;
    std::set<std::string, std::less<>> operations_{};
    int failures_ = 0;
};

} // namespace fathom::contract
