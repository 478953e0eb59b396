// Popular posts for a site that is made by a generator: Hugo, Eleventy and the like read the JSON as a data file, and show a
// list of posts with an arrow up or down.
//
//     FATHOM_API_KEY=... popular_posts <site id> '/blog/*' > data/popular.json
#include <exception>
#include <iostream>

#include "popular_posts.hpp"

int main(int argc, char** argv) try {
    if (argc != 3) {
        std::cerr << "Usage: popular_posts <site id> <pattern of paths>\n";
        return 2;
    }
    write_popular_posts(fathom::Client::from_env(), fathom::SiteId(argv[1]), argv[2], std::cout);
} catch (const std::exception& problem) {
    std::cerr << problem.what() << '\n';
    return 1;
}
