#include <nlohmann/json.hpp>

#include "operations.hpp"
#include "time_zones.hpp"

namespace fathom::testing::detail {

Answer get_account(Service& service, const Call&) {
    const Json id = service.is_live() ? Json(500302232) : Json("500302232");
    return json_answer(
        {{"id", id}, {"object", "account"}, {"name", "Homer Simpson"}, {"email", "homer@simpsonsfamily.doh"}});
}

Answer get_token(Service& service, const Call&) {
    // The description doesn't have this operation, so both dialects answer what the service documents.
    return json_answer({{"name", "Emulator"},
                        {"version", 4},
                        {"abilities", service.abilities},
                        {"last_used_at", "2024-01-15 09:24:00"},
                        {"expires_at", nullptr},
                        {"created_at", "2024-01-01 12:00:00"},
                        {"updated_at", "2024-01-15 09:24:00"}});
}

std::string time_text(const Service& service, std::chrono::sys_seconds time) {
    return service.is_live() ? plain_time_text(std::chrono::local_seconds{time.time_since_epoch()})
                             : iso_time_text(time);
}

Answer deleted_answer(const Service& service, const std::string& object, const std::string& id) {
    if (!service.is_live()) return json_answer(Json::object());
    Json answer;
    if (!id.empty()) answer["id"] = id;
    answer["object"] = object;
    answer["deleted"] = true;
    return json_answer(answer);
}

} // namespace fathom::testing::detail
