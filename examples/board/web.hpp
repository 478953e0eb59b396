/// @file
/// The board's web server.
#pragma once

#include <string>

#include <httplib.h>

#include "feed.hpp"
#include "latest.hpp"

class Web {
public:
    Web(Feed& feed, Latest& latest);

    /// @param port 0: one that is free
    /// @return the port
    /// @throw std::runtime_error where it is taken
    int bind(const std::string& host, int port);
    /// Serves until stop() is called on another thread.
    void serve();
    void stop();

private:
    void add_page();
    void stream(const httplib::Request& request, httplib::Response& response);

    Feed& feed_;
    Latest& latest_;
    httplib::Server server_{};
};
