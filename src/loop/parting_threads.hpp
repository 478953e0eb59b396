/// @file
/// The background threads of clients that were destroyed.
#pragma once

namespace fathom::detail {

/// Whoever destroys the last client may hold what a continuation on the background thread needs, so nobody joins that thread.
/// Only the end of the program gives such threads a moment to end, before what they use is destroyed.
class PartingThreads {
public:
    /// To be called before there can be any, and after whatever they use until their end was set up.
    static void watch();
    /// A thread was told to end.
    static void told() noexcept;
    /// It has ended but for this.
    static void gone() noexcept;
    /// Where the program is ending already, because its client is a static object: gives them their moment now.
    static void wait_at_exit() noexcept;
};

} // namespace fathom::detail
