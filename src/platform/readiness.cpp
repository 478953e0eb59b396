// epoll on Linux, kqueue on macOS and the BSDs.
#include "readiness.hpp"

#include <array>
#include <cstdint>

#if defined(__linux__)
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>
#elif defined(__APPLE__) || defined(__FreeBSD__) || defined(__NetBSD__) || defined(__OpenBSD__) ||                     \
    defined(__DragonFly__)
#define FATHOM_HAS_KQUEUE 1
#include <fcntl.h>
#include <sys/types.h>

#include <sys/event.h>
#include <sys/time.h>
#include <unistd.h>
#endif

namespace fathom::detail {

namespace {

#if defined(__linux__) || defined(FATHOM_HAS_KQUEUE)

/// Closes a descriptor when it goes.
class Descriptor {
public:
    explicit Descriptor(int number) noexcept : number_(number) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }

    [[nodiscard]] int operator*() const noexcept { return number_; }
    [[nodiscard]] bool is_valid() const noexcept { return number_ >= 0; }

private:
    int number_;
};

#endif

#if defined(__linux__)

class Epoll final : public Readiness {
public:
    [[nodiscard]] bool is_valid() noexcept {
        return epoll_.is_valid() && bell_.is_valid() && control(EPOLL_CTL_ADD, *bell_, EPOLLIN);
    }

    [[nodiscard]] int descriptor() const noexcept override { return *epoll_; }

    void watch(NativeSocket socket, Interest interest) noexcept override {
        const std::uint32_t events = (interest.reading ? EPOLLIN : 0U) | (interest.writing ? EPOLLOUT : 0U);
        const int number = static_cast<int>(socket);
        // A number that was closed is watched no more, so another socket may have it by now.
        if (!control(EPOLL_CTL_MOD, number, events)) static_cast<void>(control(EPOLL_CTL_ADD, number, events));
    }
    void forget(NativeSocket socket) noexcept override {
        static_cast<void>(control(EPOLL_CTL_DEL, static_cast<int>(socket), 0));
    }

    void ring() noexcept override { ::eventfd_write(*bell_, 1); }
    void clear() noexcept override {
        eventfd_t rung = 0;
        ::eventfd_read(*bell_, &rung);
    }

private:
    [[nodiscard]] bool control(int what, int number, std::uint32_t events) const noexcept {
        epoll_event event{};
        event.events = events;
        return ::epoll_ctl(*epoll_, what, number, &event) == 0;
    }

    Descriptor epoll_{::epoll_create1(EPOLL_CLOEXEC)};
    Descriptor bell_{::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
};

#elif defined(FATHOM_HAS_KQUEUE)

/// A pipe whose ends never block, and which no program inherits that this one starts.
class Pipe {
public:
    Pipe() noexcept : is_open_(::pipe(ends_.data()) == 0) {
        if (!is_open_) return;
        for (const int end : ends_) {
            ::fcntl(end, F_SETFD, FD_CLOEXEC);
            ::fcntl(end, F_SETFL, O_NONBLOCK);
        }
    }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;
    ~Pipe() {
        if (!is_open_) return;
        for (const int end : ends_) ::close(end);
    }

    [[nodiscard]] bool is_open() const noexcept { return is_open_; }
    [[nodiscard]] int reading_end() const noexcept { return ends_[0]; }

    void write() const noexcept {
        constexpr char any = 0;
        static_cast<void>(::write(ends_[1], &any, 1)); // fails only where it is full, which is as good
    }
    void drain() const noexcept {
        std::array<char, 64> some{};
        while (::read(ends_[0], some.data(), some.size()) > 0) {
        }
    }

private:
    std::array<int, 2> ends_{-1, -1};
    bool is_open_;
};

class Kqueue final : public Readiness {
public:
    [[nodiscard]] bool is_valid() noexcept {
        if (!queue_.is_valid() || !bell_.is_open()) return false;
        change(bell_.reading_end(), EVFILT_READ, true);
        return true;
    }

    [[nodiscard]] int descriptor() const noexcept override { return *queue_; }

    void watch(NativeSocket socket, Interest interest) noexcept override {
        change(static_cast<int>(socket), EVFILT_READ, interest.reading);
        change(static_cast<int>(socket), EVFILT_WRITE, interest.writing);
    }
    void forget(NativeSocket socket) noexcept override { watch(socket, {}); }

    void ring() noexcept override { bell_.write(); }
    void clear() noexcept override { bell_.drain(); }

private:
    void change(int number, short filter, bool is_wanted) const noexcept {
        struct kevent event{};
        EV_SET(&event, static_cast<std::uintptr_t>(number), filter, is_wanted ? EV_ADD : EV_DELETE, 0, 0, nullptr);
        ::kevent(*queue_, &event, 1, nullptr, 0, nullptr); // to take back what was not wanted fails, and may
    }

    Descriptor queue_{::kqueue()};
    Pipe bell_{};
};

#endif

} // namespace

std::unique_ptr<Readiness> make_readiness() {
#if defined(__linux__)
    auto readiness = std::make_unique<Epoll>();
    if (readiness->is_valid()) return readiness;
#elif defined(FATHOM_HAS_KQUEUE)
    auto readiness = std::make_unique<Kqueue>();
    if (readiness->is_valid()) return readiness;
#endif
    return nullptr;
}

} // namespace fathom::detail
