# Turns the ```cpp blocks of Markdown files into C++ files in the folder `out`: a file for each program, and one for all else.
#
# A block with a main() becomes a program of its own. A block that defines functions or tests becomes a namespace. Any
# other becomes a function that is given what the guides speak of: a client, ids, a report.

function starts_definition(line) {
    return line ~ /^(TEST|TEST_F)\(/ || line ~ /^(class|struct) / ||
           (line ~ /^[A-Za-z].* [a-z_]+\(.*\) \{$/ && line !~ /^(if|for|while|switch|const|auto) /)
}

function begin_block() {
    inside = 1
    first_line = FNR + 1
    program = includes = body = ""
    is_program = is_definition = 0
}

function take_line(line) {
    program = program line "\n"
    if (line ~ /^#include/) {
        includes = includes line "\n"
        line = "" # the body keeps its line numbers
    }
    body = body line "\n"
    if (line ~ /int main\(/) is_program = 1
    if (starts_definition(line)) is_definition = 1
}

function place() { return sprintf("#line %d \"%s\"\n", first_line, FILENAME) }

function write_snippet(text) {
    print includes "namespace snippet_" ++snippets " {\n" text "}\n" > (out "/snippets.cpp")
}

function end_block() {
    inside = 0
    if (is_program) {
        print place() program > (out "/program_" ++programs ".cpp")
        return
    }
    if (!snippets) {
        print "#include \"prelude.hpp\"" > (out "/snippets.cpp")
    }
    write_snippet(is_definition ? place() body : "void run(SNIPPET_PARAMETERS) {\nSNIPPET_USE {\n" place() body "}}\n")
}

function check_end() {
    if (inside) {
        print document ": a block of code has no end" > "/dev/stderr"
        exit failed = 1
    }
}

FNR == 1 {
    check_end()
    document = FILENAME
}
/^```cpp *$/ { begin_block(); next }
/^```/ && inside { end_block(); next }
inside { take_line($0) }
END {
    if (failed) exit failed
    check_end()
}
