/// @file
/// A lock of which clang checks that it is held where it must be (-Wthread-safety).
#pragma once

#include <condition_variable>
#include <mutex>

#if defined(__clang__)
#define FATHOM_THREAD_SAFETY(attribute) __attribute__((attribute))
#else
#define FATHOM_THREAD_SAFETY(attribute)
#endif

/// A class that is a lock.
#define FATHOM_LOCK FATHOM_THREAD_SAFETY(capability("mutex"))
/// A class that holds a lock while it lives.
#define FATHOM_SCOPED_LOCK FATHOM_THREAD_SAFETY(scoped_lockable)
/// A variable that is touched under this lock only.
#define FATHOM_GUARDED_BY(lock) FATHOM_THREAD_SAFETY(guarded_by(lock))
/// A function that is called and returns under this lock.
#define FATHOM_REQUIRES(...) FATHOM_THREAD_SAFETY(requires_capability(__VA_ARGS__))
/// A function that returns with this lock taken.
#define FATHOM_ACQUIRE(...) FATHOM_THREAD_SAFETY(acquire_capability(__VA_ARGS__))
/// A function that is called under this lock and gives it back.
#define FATHOM_RELEASE(...) FATHOM_THREAD_SAFETY(release_capability(__VA_ARGS__))
/// A function that takes this lock, so whoever calls it must not hold it.
#define FATHOM_EXCLUDES(...) FATHOM_THREAD_SAFETY(locks_excluded(__VA_ARGS__))

namespace fathom::detail {

/// std::mutex, with the attributes that the check needs.
class FATHOM_LOCK Mutex {
public:
    void lock() FATHOM_ACQUIRE() { mutex_.lock(); }
    void unlock() FATHOM_RELEASE() { mutex_.unlock(); }

private:
    friend class Condition;

    std::mutex mutex_{};
};

/// Holds a lock as long as it lives.
class FATHOM_SCOPED_LOCK Locked {
public:
    explicit Locked(Mutex& mutex) FATHOM_ACQUIRE(mutex) : mutex_(mutex) { mutex_.lock(); }
    Locked(const Locked&) = delete;
    Locked& operator=(const Locked&) = delete;
    ~Locked() FATHOM_RELEASE() { mutex_.unlock(); }

private:
    Mutex& mutex_;
};

/// std::condition_variable for such a lock.
class Condition {
public:
    /// Gives the lock back, waits to be notified (or for no reason), and takes the lock again.
    void wait(Mutex& mutex) FATHOM_REQUIRES(mutex) {
        std::unique_lock lock(mutex.mutex_, std::adopt_lock);
        notified_.wait(lock);
        static_cast<void>(lock.release()); // whoever called holds it on
    }
    void notify_one() noexcept { notified_.notify_one(); }

private:
    std::condition_variable notified_{};
};

} // namespace fathom::detail
