// Touches what a lock guards: without the lock where the test says so, which clang must refuse.
#include "loop/mutex.hpp"

namespace {

class Counter {
public:
    void count() {
#if !defined(WITHOUT_THE_LOCK)
        const fathom::detail::Locked lock(mutex_);
#endif
        ++value_;
    }

private:
    fathom::detail::Mutex mutex_{};
    int value_ FATHOM_GUARDED_BY(mutex_) = 0;
};

} // namespace

int main() {
    Counter counter;
    counter.count();
}
