import os

from conan import ConanFile
from conan.tools.build import check_min_cppstd
from conan.tools.cmake import CMake, CMakeDeps, CMakeToolchain, cmake_layout
from conan.tools.files import copy, get, load, rmdir

required_conan_version = ">=2.0.9"


class FathomAnalyticsCppConan(ConanFile):
    name = "fathom-analytics-cpp"
    description = "A typed C++20 client for the Fathom Analytics REST API"
    license = "MIT"
    url = "https://github.com/conan-io/conan-center-index"
    homepage = "https://usefathom.com/api"
    topics = ("fathom-analytics", "analytics", "rest-api", "api-client", "http")
    package_type = "library"
    settings = "os", "arch", "compiler", "build_type"
    options = {
        "shared": [True, False],
        "fPIC": [True, False],
        "with_cli": [True, False],
        "with_redis": [True, False],
        "with_testing": [True, False],
        "with_zones": [True, False],
    }
    default_options = {
        "shared": False,
        "fPIC": True,
        "with_cli": False,
        "with_redis": False,
        "with_testing": False,
        "with_zones": False,
    }
    implements = ["auto_shared_fpic"]
    exports_sources = "CMakeLists.txt", "LICENSE", "cmake/*", "include/*", "src/*"
    test_package_folder = "tests/packaging/consumer"

    def set_version(self):
        header = load(self, os.path.join(self.recipe_folder, "include", "fathom", "version.hpp"))
        self.version = self.version or header.split('version = "')[1].split('"')[0]

    def configure(self):
        # Without this method auto_shared_fpic would do it.
        if self.options.shared:
            self.options.rm_safe("fPIC")
        # Where the system has the rules of time zones, nothing is fetched for them at run time.
        if self.settings.os != "Windows" and (self.options.with_testing or self.options.with_zones):
            self.options["date"].tz_db = "system"

    def layout(self):
        cmake_layout(self)

    def requirements(self):
        self.requires("libcurl/[>=7.80 <9]")
        self.requires("nlohmann_json/3.11.3", visible=False)
        if self.options.with_redis:
            self.requires("hiredis/1.2.0")
        if self.options.with_cli or self.options.with_testing:
            self.requires("cli11/2.4.2", visible=False)
        if self.options.with_cli:
            self.requires("cpp-httplib/0.20.1", visible=False)
        if self.options.with_cli or self.options.with_testing:
            # the command line is a program: only who links the emulator has to find SQLite too
            self.requires("sqlite3/3.49.1", visible=bool(self.options.with_testing))
        if self.options.with_testing or self.options.with_zones:
            self.requires("date/3.0.1")

    def build_requirements(self):
        self.tool_requires("cmake/[>=3.20 <4]")

    def validate(self):
        check_min_cppstd(self, 20)

    def source(self):
        # In an index of recipes, where the sources do not stand beside the recipe.
        if self.conan_data and "sources" in self.conan_data:
            get(self, **self.conan_data["sources"][self.version], strip_root=True)

    def generate(self):
        toolchain = CMakeToolchain(self)
        toolchain.cache_variables["FATHOM_BUILD_CLI"] = bool(self.options.with_cli)
        toolchain.cache_variables["FATHOM_CLI_EXPORTER"] = "ON"
        toolchain.cache_variables["FATHOM_CLI_SCREEN"] = "OFF"
        toolchain.cache_variables["FATHOM_CLI_SQLITE"] = "ON"
        toolchain.cache_variables["FATHOM_BUILD_REDIS"] = bool(self.options.with_redis)
        toolchain.cache_variables["FATHOM_REDIS_TLS"] = "OFF"
        toolchain.cache_variables["FATHOM_BUILD_TESTING_LIBRARY"] = bool(self.options.with_testing)
        toolchain.cache_variables["FATHOM_BUILD_ZONES"] = bool(self.options.with_zones)
        toolchain.cache_variables["FATHOM_BUILD_TESTS"] = False
        toolchain.cache_variables["FATHOM_BUILD_EXAMPLES"] = False
        toolchain.generate()
        CMakeDeps(self).generate()

    def build(self):
        cmake = CMake(self)
        cmake.configure()
        cmake.build()

    def package(self):
        copy(self, "LICENSE", self.source_folder, os.path.join(self.package_folder, "licenses"))
        CMake(self).install()
        rmdir(self, os.path.join(self.package_folder, "lib", "cmake"))
        rmdir(self, os.path.join(self.package_folder, "lib", "pkgconfig"))
        # What a system, and not a package of Conan, has a place for: a unit, a manual page, what shells complete.
        rmdir(self, os.path.join(self.package_folder, "lib", "systemd"))
        rmdir(self, os.path.join(self.package_folder, "share"))

    def package_info(self):
        self.cpp_info.set_property("cmake_file_name", "fathom")
        on_unix = self.settings.os in ("Linux", "FreeBSD")

        core = self.cpp_info.components["core"]
        core.set_property("cmake_target_name", "fathom::fathom")
        core.set_property("pkg_config_name", "fathom")
        core.libs = ["fathom"]
        core.requires = ["libcurl::libcurl"]
        if on_unix:
            core.system_libs = ["pthread"]
        elif self.settings.os == "Windows":
            core.system_libs = ["ws2_32"]
        if self.settings.get_safe("compiler.libcxx") == "libc++" and self.settings.compiler != "apple-clang":
            # where libc++ keeps std::stop_token
            core.cxxflags = ["-fexperimental-library"]
            core.exelinkflags = core.sharedlinkflags = ["-fexperimental-library"]

        if self.options.with_redis:
            redis = self.cpp_info.components["redis"]
            redis.set_property("cmake_target_name", "fathom::redis")
            redis.set_property("pkg_config_name", "fathom-redis")
            redis.libs = ["fathom_redis"]
            redis.requires = ["core", "hiredis::hiredis"]
            if self.settings.os == "Windows":
                redis.system_libs = ["ws2_32"]

        if self.options.with_testing:
            testing = self.cpp_info.components["testing"]
            testing.set_property("cmake_target_name", "fathom::testing")
            testing.set_property("pkg_config_name", "fathom-testing")
            testing.libs = ["fathom_testing"]
            testing.requires = ["core", "date::date", "sqlite3::sqlite3"]
            if on_unix:
                testing.system_libs = ["pthread"]
            elif self.settings.os == "Windows":
                testing.system_libs = ["ws2_32"]

        if self.options.with_zones:
            zones = self.cpp_info.components["zones"]
            zones.set_property("cmake_target_name", "fathom::zones")
            zones.set_property("pkg_config_name", "fathom-zones")
            zones.libs = ["fathom_zones"]
            zones.requires = ["core", "date::date"]
