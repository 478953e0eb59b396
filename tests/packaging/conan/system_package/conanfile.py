"""Stands in for a package of ConanCenter with what the system has installed, so that the recipe is tested without a network.

    conan create . --name hiredis --version 1.2.0
"""
from conan import ConanFile

# The libraries of each package, and its names for find_package() as ConanCenter's recipes have them.
PACKAGES = {
    "cli11": ([], "CLI11", "CLI11::CLI11"),
    "cmake": ([], "", ""),
    "cpp-httplib": (["cpp-httplib", "ssl", "crypto"], "httplib", "httplib::httplib"),
    "date": (["date-tz"], "date", "date::date-tz"),
    "hiredis": (["hiredis"], "hiredis", "hiredis::hiredis"),
    "libcurl": (["curl"], "CURL", "CURL::libcurl"),
    "nlohmann_json": ([], "nlohmann_json", "nlohmann_json::nlohmann_json"),
    "sqlite3": (["sqlite3"], "SQLite3", "SQLite::SQLite3"),
}


class SystemPackageConan(ConanFile):
    package_type = "unknown"
    # As the package date has it; the others are not asked for it.
    options = {"tz_db": ["download", "system", "manual"]}
    default_options = {"tz_db": "download"}

    def package_id(self):
        self.info.clear()  # there is nothing in it

    def package_info(self):
        libraries, file_name, target = PACKAGES[self.name]
        self.cpp_info.system_libs = libraries
        self.cpp_info.includedirs = []
        self.cpp_info.libdirs = []
        self.cpp_info.bindirs = []
        self.cpp_info.set_property("cmake_file_name", file_name)
        self.cpp_info.set_property("cmake_target_name", target)
        self.cpp_info.set_property("cmake_find_mode", "both")
        if self.name == "libcurl":
            self.cpp_info.set_property("cmake_module_file_name", file_name)
