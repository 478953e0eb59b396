#include "processor.hpp"

#include <sched.h>

#include <cstdio>

namespace fathom::benchmark {

void stay_on_one_processor() {
    cpu_set_t first;
    CPU_ZERO(&first);
    CPU_SET(0, &first);
    if (sched_setaffinity(0, sizeof first, &first) != 0) std::perror("sched_setaffinity");
}

} // namespace fathom::benchmark
