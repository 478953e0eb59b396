// Copies the pageviews of sites by hour (of UTC) and path into a CSV file each: all since the first visit; run again, what came since.
// It may be stopped or die at any moment: beside each table stands the place that its rows have come to.
//
//     FATHOM_API_KEY=... backfill <folder> <site id> ...
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>

#include <fathom/fathom.hpp>

namespace {

namespace fs = std::filesystem;

const fathom::PageviewHistoryQuery by_hour_and_path{
    .aggregates = {fathom::PageviewMetric::pageviews, fathom::PageviewMetric::visits, fathom::PageviewMetric::uniques},
    .date_grouping = fathom::DateGrouping::hour,
    .field_grouping = fathom::Field::pathname,
    .timezone = "UTC"}; // whose hours all come once

void store(const fs::path& file, const std::string& text) {
    const fs::path next = file.string() + ".new";
    std::ofstream out;
    out.exceptions(std::ios::failbit | std::ios::badbit);
    out.open(next);
    out << text;
    out.close();
    fs::rename(next, file); // at once, so that there is always a whole one
}

void backfill(const fathom::Client& client, const fathom::SiteId& site, const fs::path& folder) {
    const fs::path table = folder / (site.str() + ".csv");
    const fs::path bookmark = folder / (site.str() + ".place"); // length of the table, and the history's place
    std::uintmax_t length = 0;
    fathom::HistoryOptions options;
    if (std::string place; std::ifstream stored{bookmark}) {
        stored >> length >> std::ws;
        if (std::getline(stored, place)) options.resume_from = place;
    }
    std::ofstream rows;
    rows.exceptions(std::ios::failbit | std::ios::badbit);
    rows.open(table, std::ios::binary | std::ios::app);
    fs::resize_file(table, length); // rows behind that will come again
    for (const auto& piece : client.aggregations().history(site, by_hour_and_path, options)) {
        if (!piece.value().is_over) break; // this hour's rows still change
        fathom::write_csv(rows, piece->report, length == 0 ? fathom::CsvHeader::written : fathom::CsvHeader::left_out);
        rows.flush();
        length = fs::file_size(table);
        store(bookmark, std::to_string(length) + ' ' + piece->place);
        std::cerr << site << ": " << piece->progress << '\n';
    }
}

} // namespace

int main(int argc, char** argv) try {
    if (argc < 3) {
        std::cerr << "Usage: backfill <folder> <site id> ...\n";
        return 2;
    }
    const fathom::Client client = fathom::Client::from_env();
    for (int i = 2; i < argc; ++i) backfill(client, fathom::SiteId(argv[i]), argv[1]);
} catch (const std::exception& problem) {
    std::cerr << problem.what() << '\n';
    return 1;
}
