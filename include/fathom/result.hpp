/// @file
/// Result<T>: a value or the Error that stands in its place.
#pragma once

#include <concepts>
#include <iosfwd>
#include <optional>
#include <type_traits>
#include <utility>
#include <version>

#if defined(__cpp_lib_expected) && __cpp_lib_expected >= 202202L
#include <expected>
#endif

#include <fathom/error.hpp>
#include <fathom/export.hpp>

namespace fathom::inline v0_2 {

template <class T>
class Result;

} // namespace fathom::inline v0_2

namespace fathom::detail {
/// Stands for the value of a Result<void>.
struct Nothing {
    friend bool operator==(const Nothing&, const Nothing&) = default;
};

/// What std::invoke does with one argument; its header is a fifth of what a file costs that includes this one.
template <class F, class Argument>
constexpr decltype(auto) invoke(F&& f, Argument&& argument) {
    if constexpr (std::is_member_object_pointer_v<std::remove_cvref_t<F>>) {
        return std::forward<Argument>(argument).*f;
    } else if constexpr (std::is_member_function_pointer_v<std::remove_cvref_t<F>>) {
        return (std::forward<Argument>(argument).*f)();
    } else {
        return std::forward<F>(f)(std::forward<Argument>(argument));
    }
}

[[noreturn]] FATHOM_EXPORT void throw_error(const Error& error);
template <class T>
inline constexpr bool is_result = false;
template <class T>
inline constexpr bool is_result<Result<T>> = true;

/// What and_then() may go on with.
template <class T>
concept AnyResult = is_result<T>;
} // namespace fathom::detail

namespace fathom::inline v0_2 {

/// A value of type T, or the Error that says why there is none. It has the shape of `std::expected<T, Error>`, and converts
/// from and to it where the standard library has it, but for one thing: what comes out of a Result that is about to go is a
/// value and never a reference into it, so that `for (auto& site : list.collect().value())` is sound; where that cannot be
/// (`call()->content`), it does not compile.
///
/// @code
/// fathom::Result<fathom::Site> site = client.sites().get(fathom::SiteId{"CDBUGS"});
/// if (!site) std::cerr << site.error() << '\n';
/// std::cout << site.value().name;   // throws fathom::Exception where there is no value
/// @endcode
template <class T>
class [[nodiscard]] Result {
    using Stored = std::conditional_t<std::is_void_v<T>, detail::Nothing, T>;

public:
    using value_type = T;     ///< What a success holds.
    using error_type = Error; ///< What a failure holds.

    /// A success without a value; only for Result<void>.
    Result()
        requires std::is_void_v<T>
    = default;

    /// A success.
    template <class U = Stored>
        requires(!std::is_void_v<T> && std::constructible_from<Stored, U> && std::convertible_to<U, Stored> &&
                 !std::same_as<std::remove_cvref_t<U>, Result> && !std::same_as<std::remove_cvref_t<U>, Error>)
    Result(U&& value) : value_(std::in_place, std::forward<U>(value)) {} // NOLINT: as std::expected does

    /// A failure.
    Result(Error error) : error_(std::move(error)) {} // NOLINT: as std::unexpected would

    /// Whether there is a value.
    [[nodiscard]] bool has_value() const noexcept { return !error_; }
    /// Whether there is a value.
    [[nodiscard]] explicit operator bool() const noexcept { return has_value(); }

#if defined(__cpp_lib_expected) && __cpp_lib_expected >= 202202L
    /// The same outcome; where the standard library has `std::expected`.
    Result(std::expected<T, Error> outcome) { // NOLINT: the two mean the same
        if (!outcome) {
            error_.emplace(std::move(outcome).error());
        } else if constexpr (!std::is_void_v<T>) {
            value_.emplace(*std::move(outcome));
        }
    }
    /// The same outcome; where the standard library has `std::expected`.
    operator std::expected<T, Error>() const& { return to_expected(*this); } // NOLINT: the two mean the same
    /// The same outcome, moved out; where the standard library has `std::expected`.
    operator std::expected<T, Error>() && { return to_expected(std::move(*this)); } // NOLINT: the two mean the same
#endif

    /// The value. @throws Exception with the error where there is none
    Stored& value() &
        requires(!std::is_void_v<T>) {
            require_value();
            return value_.value();
        }
        /// The value. @throws Exception with the error where there is none
        const Stored& value() const&
            requires(!std::is_void_v<T>)
    {
        require_value();
        return value_.value();
    }
    /// The value, moved out. @throws Exception with the error where there is none
    Stored value() &&
        requires(!std::is_void_v<T>) {
            require_value();
            return std::move(value_).value();
        }
        /// A copy of the value. @throws Exception with the error where there is none
        Stored value() const&&
            requires(!std::is_void_v<T>)
    {
        require_value();
        return value_.value();
    }
    /// Does nothing on success. @throws Exception with the error on failure
    void value() const&
        requires std::is_void_v<T>
    {
        require_value();
    }

    /// The value, to be used only where has_value() is true (the program ends otherwise).
    [[nodiscard]] Stored& operator*() & noexcept
        requires(!std::is_void_v<T>)
    {
        return value_.value();
    }
    /// The value, to be used only where has_value() is true (the program ends otherwise).
    [[nodiscard]] const Stored& operator*() const& noexcept
        requires(!std::is_void_v<T>)
    {
        return value_.value();
    }
    /// The value, moved out, to be used only where has_value() is true (the program ends otherwise).
    [[nodiscard]] Stored operator*() && requires(!std::is_void_v<T>) { return std::move(value_).value(); }
        /// A copy of the value, to be used only where has_value() is true (the program ends otherwise).
        [[nodiscard]] Stored operator*() const&&
            requires(!std::is_void_v<T>)
    {
        return value_.value();
    }
    /// A member of the value, to be used only where has_value() is true (the program ends otherwise).
    [[nodiscard]] Stored* operator->() & noexcept
        requires(!std::is_void_v<T>)
    {
        return &value_.value();
    }
    /// A member of the value, to be used only where has_value() is true (the program ends otherwise).
    [[nodiscard]] const Stored* operator->() const& noexcept
        requires(!std::is_void_v<T>)
    {
        return &value_.value();
    }
    /// Not of a Result that is about to go: `for (auto& page : call()->content)` would walk what is gone. Name the Result
    /// first, or write `call().value().content`.
    const Stored* operator->() const&&
        requires(!std::is_void_v<T>)
    = delete;

    /// The error, to be used only where has_value() is false (the program ends otherwise).
    [[nodiscard]] Error& error() & noexcept { return error_.value(); }
    /// The error, to be used only where has_value() is false (the program ends otherwise).
    [[nodiscard]] const Error& error() const& noexcept { return error_.value(); }
    /// The error, moved out, to be used only where has_value() is false (the program ends otherwise).
    [[nodiscard]] Error error() && noexcept { return std::move(error_).value(); }
    /// A copy of the error, to be used only where has_value() is false (the program ends otherwise).
    [[nodiscard]] Error error() const&& { return error_.value(); }

    /// The value, or another one where there is none.
    template <class U>
        requires(!std::is_void_v<T>)
    [[nodiscard]] Stored value_or(U&& other) const& {
        return has_value() ? **this : static_cast<Stored>(std::forward<U>(other));
    }
    /// The value moved out, or another one where there is none.
    template <class U>
        requires(!std::is_void_v<T>)
    [[nodiscard]] Stored value_or(U&& other) && {
        return has_value() ? *std::move(*this) : static_cast<Stored>(std::forward<U>(other));
    }
    /// The error, or another one where there is none.
    template <std::convertible_to<Error> E = Error>
    [[nodiscard]] Error error_or(E&& other) const& {
        return has_value() ? static_cast<Error>(std::forward<E>(other)) : *error_;
    }
    /// The error moved out, or another one where there is none.
    template <std::convertible_to<Error> E = Error>
    [[nodiscard]] Error error_or(E&& other) && {
        return has_value() ? static_cast<Error>(std::forward<E>(other)) : *std::move(error_);
    }

    /// Goes on with `f(value)`, which gives another Result; an error is passed along.
    template <class F>
    auto and_then(F&& f) & {
        return go_on(*this, std::forward<F>(f));
    }
    /// See the first and_then().
    template <class F>
    auto and_then(F&& f) const& {
        return go_on(*this, std::forward<F>(f));
    }
    /// See the first and_then().
    template <class F>
    auto and_then(F&& f) && {
        return go_on(std::move(*this), std::forward<F>(f));
    }
    /// See the first and_then().
    template <class F>
    auto and_then(F&& f) const&& {
        return go_on(std::move(*this), std::forward<F>(f));
    }
    /// Replaces the value by `f(value)`; an error is passed along.
    template <class F>
    auto transform(F&& f) & {
        return replace_value(*this, std::forward<F>(f));
    }
    /// See the first transform().
    template <class F>
    auto transform(F&& f) const& {
        return replace_value(*this, std::forward<F>(f));
    }
    /// See the first transform().
    template <class F>
    auto transform(F&& f) && {
        return replace_value(std::move(*this), std::forward<F>(f));
    }
    /// See the first transform().
    template <class F>
    auto transform(F&& f) const&& {
        return replace_value(std::move(*this), std::forward<F>(f));
    }
    /// Replaces a failure by `f(error)`, which gives a Result of the same type; a value is passed along.
    template <class F>
    auto or_else(F&& f) & {
        return recover(*this, std::forward<F>(f));
    }
    /// See the first or_else().
    template <class F>
    auto or_else(F&& f) const& {
        return recover(*this, std::forward<F>(f));
    }
    /// See the first or_else().
    template <class F>
    auto or_else(F&& f) && {
        return recover(std::move(*this), std::forward<F>(f));
    }
    /// See the first or_else().
    template <class F>
    auto or_else(F&& f) const&& {
        return recover(std::move(*this), std::forward<F>(f));
    }
    /// Replaces the error by `f(error)`, which gives an Error; a value is passed along.
    template <class F>
    auto transform_error(F&& f) & {
        return replace_error(*this, std::forward<F>(f));
    }
    /// See the first transform_error().
    template <class F>
    auto transform_error(F&& f) const& {
        return replace_error(*this, std::forward<F>(f));
    }
    /// See the first transform_error().
    template <class F>
    auto transform_error(F&& f) && {
        return replace_error(std::move(*this), std::forward<F>(f));
    }
    /// See the first transform_error().
    template <class F>
    auto transform_error(F&& f) const&& {
        return replace_error(std::move(*this), std::forward<F>(f));
    }

    /// Equal where both hold equal values, or equal errors.
    friend bool operator==(const Result& a, const Result& b)
        requires std::equality_comparable<Stored>
    {
        return a.value_ == b.value_ && a.error_ == b.error_;
    }
    /// Equal where the Result holds that value.
    template <class U>
        requires(!std::is_void_v<T> && !std::same_as<U, Result> && !std::same_as<U, Error>)
    friend bool operator==(const Result& result, const U& value) {
        return result.has_value() && *result == value;
    }
    /// Equal where the Result holds that error.
    friend bool operator==(const Result& result, const Error& error) {
        return !result.has_value() && *result.error_ == error;
    }

    /// Writes the value, or the error; nothing for the value of a Result<void>.
    friend std::ostream& operator<<(std::ostream& out, const Result& result)
        requires(std::is_void_v<T> || Printable<Stored> || PrintableList<Stored>)
    {
        if (!result) return out << result.error();
        if constexpr (Printable<Stored>) {
            out << *result;
        } else if constexpr (!std::is_void_v<T>) {
            detail::print_list(out, *result);
        }
        return out;
    }

private:
    void require_value() const {
        if (error_) detail::throw_error(*error_);
    }

    // Each of these takes the Result as it is called on: as an lvalue, or to be moved from.

    template <class Self, class F>
    static decltype(auto) apply(Self&& self, F&& f) {
        if constexpr (std::is_void_v<T>) {
            return std::forward<F>(f)();
        } else {
            return detail::invoke(std::forward<F>(f), *std::forward<Self>(self));
        }
    }

    template <class Self, class F>
    static auto go_on(Self&& self, F&& f) {
        using Next = std::remove_cvref_t<decltype(apply(std::forward<Self>(self), std::forward<F>(f)))>;
        static_assert(detail::AnyResult<Next>, "what and_then() goes on with must give a Result");
        return self.has_value() ? Next(apply(std::forward<Self>(self), std::forward<F>(f)))
                                : Next(std::forward<Self>(self).error());
    }

    template <class Self, class F>
    static auto replace_value(Self&& self, F&& f) {
        using Next = std::remove_cvref_t<decltype(apply(std::forward<Self>(self), std::forward<F>(f)))>;
        if (!self.has_value()) return Result<Next>(std::forward<Self>(self).error());
        if constexpr (std::is_void_v<Next>) {
            apply(std::forward<Self>(self), std::forward<F>(f));
            return Result<void>();
        } else {
            return Result<Next>(apply(std::forward<Self>(self), std::forward<F>(f)));
        }
    }

    template <class Self, class F>
    static Result recover(Self&& self, F&& f) {
        if (self.has_value()) return std::forward<Self>(self);
        return detail::invoke(std::forward<F>(f), std::forward<Self>(self).error());
    }

    template <class Self, class F>
    static Result replace_error(Self&& self, F&& f) {
        if (self.has_value()) return std::forward<Self>(self);
        return Result(Error(detail::invoke(std::forward<F>(f), std::forward<Self>(self).error())));
    }

#if defined(__cpp_lib_expected) && __cpp_lib_expected >= 202202L
    template <class Self>
    static std::expected<T, Error> to_expected(Self&& self) {
        if (!self.has_value()) return std::unexpected<Error>(std::forward<Self>(self).error());
        if constexpr (std::is_void_v<T>) {
            return {};
        } else {
            return *std::forward<Self>(self);
        }
    }
#endif

    std::optional<Stored> value_{};
    std::optional<Error> error_{};
};

} // namespace fathom::inline v0_2
