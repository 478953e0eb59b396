#include "tool.hpp"

namespace fathom::cli::mcp {

namespace {

Json annotations_of(const Tool& tool, Revision revision) {
    Json annotations;
    if (!has_structure(revision)) annotations["title"] = tool.title; // where later ones have it beside the name
    annotations["readOnlyHint"] = tool.effect == Effect::reads;
    // By the protocol's word all that does not merely add is destructive.
    annotations["destructiveHint"] = tool.effect == Effect::overwrites || tool.effect == Effect::destroys;
    annotations["idempotentHint"] = tool.effect != Effect::adds;
    annotations["openWorldHint"] = tool.asks_service;
    return annotations;
}

} // namespace

Json description_of(const Tool& tool, Revision revision) {
    Json description{{"name", tool.name}};
    if (has_structure(revision)) description["title"] = tool.title;
    description["description"] = tool.description;
    description["inputSchema"] = tool.input;
    if (has_structure(revision)) description["outputSchema"] = tool.output;
    if (has_annotations(revision)) description["annotations"] = annotations_of(tool, revision);
    return description;
}

} // namespace fathom::cli::mcp
