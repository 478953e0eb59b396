/// @file
/// The wish that the program ends: Ctrl-C, SIGTERM, the end of its terminal.
#pragma once

namespace fathom::cli {

/// As long as it lives, such a wish does not end the program amid its work, but is noted. There is one at a time.
/// A signal that whoever started the program has ignored stays so.
class Interruption {
public:
    Interruption();
    Interruption(const Interruption&) = delete;
    Interruption& operator=(const Interruption&) = delete;
    ~Interruption();

    /// Whether it was wished since then.
    [[nodiscard]] static bool is_requested() noexcept;
};

} // namespace fathom::cli
