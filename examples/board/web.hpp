/// @file
/// The board's web server.
#pragma once

#include <atomic>
#include <string>
#include <vector>

#include <httplib.h>

#include "feed.hpp"
#include "latest.hpp"

class Web {
public:
    /// @param names by which browsers ask for it, besides addresses and localhost
    Web(Feed& feed, Latest& latest, std::vector<std::string> names = {});

    /// @param port 0: one that is free
    /// @return the port
    /// @throw std::runtime_error where it is taken
    int bind(const std::string& host, int port);
    /// Serves until stop() is called on another thread.
    void serve();
    /// Waits for serve(), which another thread must have been told to call.
    void stop();

private:
    void refuse_other_names();
    void add_page();
    void stream(const httplib::Request& request, httplib::Response& response);

    Feed& feed_;
    Latest& latest_;
    std::vector<std::string> names_;
    httplib::Server server_{};
    std::atomic<bool> has_ended_ = false;
};
