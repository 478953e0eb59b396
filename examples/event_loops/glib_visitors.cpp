// Prints how many visitors each of your sites has now, in the main loop of GLib (so also of GTK and GStreamer).
//
//     FATHOM_API_KEY=... glib_visitors
//
// The client becomes a GSource: GLib watches its descriptor and wakes at its deadline, in microseconds of the same clock.
#include <chrono>
#include <exception>
#include <iostream>

#include <glib-unix.h>

#include "show_visitors.hpp"

namespace {

struct ClientSource {
    GSource base;
    const fathom::EventLoopClient* client;
};

void set_deadline(GSource* source, const fathom::EventLoopClient& client) {
    using std::chrono::microseconds;
    const auto deadline = client.next_deadline();
    g_source_set_ready_time(
        source, deadline ? std::chrono::ceil<microseconds>(*deadline).time_since_epoch() / microseconds{1} : -1);
}

gboolean dispatch(GSource* source, GSourceFunc, gpointer) {
    const fathom::EventLoopClient& client = *reinterpret_cast<ClientSource*>(source)->client; // NOLINT: GLib's way
    client.process();
    set_deadline(source, client);
    return G_SOURCE_CONTINUE;
}

GSourceFuncs functions{.prepare = nullptr, // the descriptor and the time are all there is to look at
                       .check = nullptr,
                       .dispatch = dispatch,
                       .finalize = nullptr,
                       .closure_callback = nullptr,
                       .closure_marshal = nullptr};

} // namespace

int main() try {
    const fathom::EventLoopClient client = fathom::EventLoopClient::from_env();
    GMainLoop* const loop = g_main_loop_new(nullptr, FALSE);
    GSource* const source = g_source_new(&functions, sizeof(ClientSource));
    reinterpret_cast<ClientSource*>(source)->client = &client; // NOLINT: GLib's way
    g_source_add_unix_fd(source, client.descriptor(), G_IO_IN);
    g_source_attach(source, nullptr);

    auto shown = show_visitors(client).then([&](fathom::Result<void> result) {
        g_main_loop_quit(loop);
        return result;
    });
    g_main_loop_run(loop);

    g_source_destroy(source);
    g_source_unref(source);
    g_main_loop_unref(loop);
    shown.get().value();
} catch (const std::exception& problem) {
    std::cerr << problem.what() << '\n';
    return 1;
}
