// Usage: consumer_unload <plug-in>. Loads it, has it make a call, unloads it, and fails where it is still there.
#include <dlfcn.h>

#include <iostream>

int main(int, char** arguments) {
    void* const plugin = dlopen(arguments[1], RTLD_NOW | RTLD_LOCAL);
    if (plugin == nullptr) {
        std::cerr << dlerror() << '\n';
        return 1;
    }
    void* const found = dlsym(plugin, "consumer_plugin_refuses_an_empty_id");
    if (found == nullptr || !reinterpret_cast<bool (*)()>(found)()) {
        std::cerr << "the plug-in does not work\n";
        return 1;
    }
    dlclose(plugin);
    if (dlopen(arguments[1], RTLD_NOW | RTLD_NOLOAD) != nullptr) {
        std::cerr << "the plug-in is still loaded\n";
        return 1;
    }
    return 0;
}
