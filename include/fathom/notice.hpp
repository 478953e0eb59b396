/// @file
/// A function that is called to give notice of something.
#pragma once

#include <concepts>
#include <memory>
#include <utility>

#include <fathom/detail/language.hpp>

namespace fathom::detail {

// A type of our own, since the header of std::function is a tenth of what a file costs that includes this library.
class AnyNotice {
public:
    AnyNotice() = default;
    AnyNotice(const AnyNotice&) = delete;
    AnyNotice& operator=(const AnyNotice&) = delete;
    virtual ~AnyNotice() = default;
    virtual void give() = 0;
};

template <class F>
class NoticeOf final : public AnyNotice {
public:
    explicit NoticeOf(F function) : function_(std::move(function)) {}
    void give() override { function_(); }

private:
    F function_;
};

} // namespace fathom::detail

namespace fathom::inline v0_2 {

/// Gives notice by calling a function without arguments, which its copies share. Any such function makes one.
class Notice {
public:
    /// Of nothing: to be given to nobody.
    Notice() noexcept = default;
    /// Calls that function.
    template <class F>
        requires(!std::same_as<F, Notice> && std::invocable<F&>)
    Notice(F function) // NOLINT(google-explicit-constructor): as std::function does
        : function_(std::make_shared<detail::NoticeOf<F>>(std::move(function))) {}

    /// Whether there is a function.
    [[nodiscard]] explicit operator bool() const noexcept { return function_ != nullptr; }
    /// Gives notice; to be used only where there is a function.
    void operator()() const { function_->give(); }

private:
    std::shared_ptr<detail::AnyNotice> function_{};
};

} // namespace fathom::inline v0_2
