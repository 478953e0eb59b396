/// @file
/// Result<T>: a value or the Error that stands in its place.
#pragma once

#include <concepts>
#include <optional>
#include <type_traits>
#include <utility>

#include <fathom/error.hpp>

namespace fathom {

namespace detail {
/// Stands for the value of a Result<void>.
struct Nothing {};

/// Whether a Result<T> has a value to give.
template <class T>
concept HoldsValue = !std::is_void_v<T>;

/// What std::invoke does with one argument; its header is a fifth of what a file costs that includes this one.
template <class F, class Argument>
decltype(auto) invoke(F&& f, Argument&& argument) {
    if constexpr (std::is_member_object_pointer_v<std::remove_cvref_t<F>>) {
        return std::forward<Argument>(argument).*f;
    } else if constexpr (std::is_member_function_pointer_v<std::remove_cvref_t<F>>) {
        return (std::forward<Argument>(argument).*f)();
    } else {
        return std::forward<F>(f)(std::forward<Argument>(argument));
    }
}

[[noreturn]] FATHOM_EXPORT void throw_error(const Error& error);
} // namespace detail

/// A value of type T, or the Error that says why there is none. It has the shape of `std::expected<T, Error>`, but for one
/// thing: what is moved out of a Result comes as a value, so that `for (auto& site : list.collect().value())` is sound.
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
        requires(detail::HoldsValue<T> && std::constructible_from<Stored, U> && std::convertible_to<U, Stored> &&
                 !std::same_as<std::remove_cvref_t<U>, Result> && !std::same_as<std::remove_cvref_t<U>, Error>)
    Result(U&& value) : value_(std::in_place, std::forward<U>(value)) {} // NOLINT: as std::expected does

    /// A failure.
    Result(Error error) : error_(std::move(error)) {} // NOLINT: as std::unexpected would

    /// Whether there is a value.
    [[nodiscard]] bool has_value() const noexcept { return !error_; }
    /// Whether there is a value.
    [[nodiscard]] explicit operator bool() const noexcept { return has_value(); }

    /// The value. @throws Exception with the error where there is none
    Stored& value() &
        requires detail::HoldsValue<T>
    {
        require_value();
        return value_.value();
    }
    /// The value. @throws Exception with the error where there is none
    const Stored& value() const&
        requires detail::HoldsValue<T>
    {
        require_value();
        return value_.value();
    }
    /// The value, moved out. @throws Exception with the error where there is none
    Stored value() &&
        requires detail::HoldsValue<T>
    {
        require_value();
        return std::move(value_).value();
    }
    /// Does nothing on success. @throws Exception with the error on failure
    void value() const&
        requires std::is_void_v<T>
    {
        require_value();
    }

    /// The value, to be used only where has_value() is true (the program ends otherwise).
    [[nodiscard]] Stored& operator*() & noexcept
        requires detail::HoldsValue<T>
    {
        return value_.value();
    }
    /// The value, to be used only where has_value() is true (the program ends otherwise).
    [[nodiscard]] const Stored& operator*() const& noexcept
        requires detail::HoldsValue<T>
    {
        return value_.value();
    }
    /// The value, moved out, to be used only where has_value() is true (the program ends otherwise).
    [[nodiscard]] Stored operator*() &&
        requires detail::HoldsValue<T>
    {
        return std::move(value_).value();
    }
    /// A member of the value, to be used only where has_value() is true (the program ends otherwise).
    [[nodiscard]] Stored* operator->() noexcept
        requires detail::HoldsValue<T>
    {
        return &value_.value();
    }
    /// A member of the value, to be used only where has_value() is true (the program ends otherwise).
    [[nodiscard]] const Stored* operator->() const noexcept
        requires detail::HoldsValue<T>
    {
        return &value_.value();
    }

    /// The error, to be used only where has_value() is false (the program ends otherwise).
    [[nodiscard]] Error& error() & noexcept { return error_.value(); }
    /// The error, to be used only where has_value() is false (the program ends otherwise).
    [[nodiscard]] const Error& error() const& noexcept { return error_.value(); }
    /// The error, moved out, to be used only where has_value() is false (the program ends otherwise).
    [[nodiscard]] Error&& error() && noexcept { return std::move(error_).value(); }

    /// The value, or another one where there is none.
    template <class U>
        requires detail::HoldsValue<T>
    [[nodiscard]] Stored value_or(U&& other) const& {
        return has_value() ? **this : static_cast<Stored>(std::forward<U>(other));
    }
    /// The value moved out, or another one where there is none.
    template <class U>
        requires detail::HoldsValue<T>
    [[nodiscard]] Stored value_or(U&& other) && {
        return has_value() ? *std::move(*this) : static_cast<Stored>(std::forward<U>(other));
    }

    /// Goes on with `f(value)`, which gives another Result; an error is passed along.
    template <class F>
    auto and_then(F&& f) && {
        using Next = std::remove_cvref_t<decltype(apply(std::forward<F>(f)))>;
        return has_value() ? apply(std::forward<F>(f)) : Next(std::move(*this).error());
    }
    /// Replaces the value by `f(value)`; an error is passed along.
    template <class F>
    auto transform(F&& f) && {
        using Next = std::remove_cvref_t<decltype(apply(std::forward<F>(f)))>;
        if (!has_value()) return Result<Next>(std::move(*this).error());
        if constexpr (std::is_void_v<Next>) {
            apply(std::forward<F>(f));
            return Result<void>();
        } else {
            return Result<Next>(apply(std::forward<F>(f)));
        }
    }
    /// Replaces a failure by `f(error)`, which gives a Result of the same type; a value is passed along.
    template <class F>
    Result or_else(F&& f) && {
        return has_value() ? std::move(*this) : detail::invoke(std::forward<F>(f), std::move(*this).error());
    }

private:
    void require_value() const& {
        if (error_) detail::throw_error(*error_);
    }

    template <class F>
    decltype(auto) apply(F&& f) {
        if constexpr (std::is_void_v<T>) {
            return std::forward<F>(f)();
        } else {
            return detail::invoke(std::forward<F>(f), *std::move(*this));
        }
    }

    std::optional<Stored> value_{};
    std::optional<Error> error_{};
};

} // namespace fathom
