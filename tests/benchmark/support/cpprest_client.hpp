/// @file
/// The same work with cpprestsdk, in a file of its own: its headers define `U` as a macro.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "by_hand.hpp"

namespace fathom::benchmark {

class CpprestClient {
public:
    explicit CpprestClient(const std::string& base_url);
    ~CpprestClient();

    [[nodiscard]] std::vector<by_hand::Site> sites();

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace fathom::benchmark
