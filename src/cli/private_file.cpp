#include "private_file.hpp"

#include <fstream>
#include <string>
#include <system_error>

namespace fathom::cli {

namespace fs = std::filesystem;

void make_private_folder(const fs::path& folder) {
    if (folder.empty() || fs::exists(folder)) return;
    make_private_folder(folder.parent_path());
    if (fs::create_directory(folder)) fs::permissions(folder, fs::perms::owner_all);
}

void write_private_file(const fs::path& path, std::string_view content) {
    make_private_folder(path.parent_path());
    const fs::path draft = path.string() + ".new";
    fs::remove(draft);
    {
        // Empty when its permissions are set: there is nothing yet that others could read.
        std::ofstream file(draft, std::ios::binary);
        fs::permissions(draft, fs::perms::owner_read | fs::perms::owner_write);
        file << content;
        file.close();
        if (!file) {
            throw fs::filesystem_error("cannot be written", draft, std::make_error_code(std::errc::io_error));
        }
    }
    fs::rename(draft, path);
}

} // namespace fathom::cli
