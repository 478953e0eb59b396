/// @file
/// cpp-httplib's client, as a program would set it up for many calls.
#pragma once

#include <memory>
#include <string>

namespace fathom::benchmark {

class HttplibClient {
public:
    HttplibClient(const std::string& port, const std::string& ca_file);
    ~HttplibClient();

    /// The body; ends the program where anything fails.
    [[nodiscard]] std::string get(const std::string& target);

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace fathom::benchmark
