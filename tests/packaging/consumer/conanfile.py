"""Builds and runs the consumer with the package that Conan made: each of its components."""
import os

from conan import ConanFile
from conan.tools.build import can_run
from conan.tools.cmake import CMake, CMakeToolchain, cmake_layout


class ConsumerConan(ConanFile):
    settings = "os", "arch", "compiler", "build_type"
    generators = "CMakeDeps"

    def requirements(self):
        self.requires(self.tested_reference_str, run=True)  # its programs, too, which a static package has

    def layout(self):
        cmake_layout(self)

    def has(self, option):
        return bool(self.dependencies[self.tested_reference_str].options.get_safe(option))

    def generate(self):
        toolchain = CMakeToolchain(self)
        toolchain.cache_variables["CONSUMER_WITH_TESTING"] = self.has("with_testing")
        toolchain.cache_variables["CONSUMER_WITH_REDIS"] = self.has("with_redis")
        toolchain.cache_variables["CONSUMER_WITH_ZONES"] = self.has("with_zones")
        toolchain.generate()

    def build(self):
        cmake = CMake(self)
        cmake.configure()
        cmake.build()

    def test(self):
        if not can_run(self):
            return
        programs = ["consumer", "consumer_with_records"]
        programs += ["consumer_with_redis"] if self.has("with_redis") else []
        programs += ["consumer_with_emulator"] if self.has("with_testing") else []
        programs += ["consumer_with_zones"] if self.has("with_zones") else []
        programs += ["consumer_with_all"] if all(self.has(f"with_{part}") for part in ("redis", "testing", "zones")) else []
        for program in programs:
            self.run(os.path.join(self.cpp.build.bindir, program), env="conanrun")
        if self.has("with_testing"):
            self.run("fathom-emulator --help", env="conanrun")
        if self.has("with_cli"):
            self.run("fathom --version", env="conanrun")
