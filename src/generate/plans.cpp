#include <array>

#include "generate/market.hpp"

namespace muster::generate {
namespace {

constexpr std::array<const char*, 8> family_names{"4G 畅享", "5G 畅享",  "校园青春", "银龄关爱",
                                                  "流量王",  "家庭融合", "商务尊享", "乡村惠民"};

constexpr std::array all_plans{
    Plan{"乡村惠民 8", PlanFamily::rural, 8, 1, 0, false, false},
    Plan{"银龄关爱 9", PlanFamily::senior, 9, 1, 50, false, false},
    Plan{"4G 飞享 18", PlanFamily::basic_4g, 18, 1, 0, false, true},
    Plan{"乡村惠民 19", PlanFamily::rural, 19, 5, 100, false, false},
    Plan{"银龄关爱 19", PlanFamily::senior, 19, 5, 100, false, false},
    Plan{"校园青春 19", PlanFamily::campus, 19, 10, 50, false, true},
    Plan{"流量王 19", PlanFamily::data, 19, 10, 0, false, true},
    Plan{"4G 飞享 28", PlanFamily::basic_4g, 28, 3, 100, false, true},
    Plan{"银龄关爱 29", PlanFamily::senior, 29, 10, 200, true, false},
    Plan{"校园青春 29", PlanFamily::campus, 29, 30, 100, true, false},
    Plan{"流量王 29", PlanFamily::data, 29, 30, 0, false, false},
    Plan{"4G 飞享 38", PlanFamily::basic_4g, 38, 5, 150, false, true},
    Plan{"乡村惠民 39", PlanFamily::rural, 39, 15, 200, true, false},
    Plan{"4G 畅享 39", PlanFamily::basic_4g, 39, 10, 100, false, false},
    Plan{"流量王 39", PlanFamily::data, 39, 50, 100, true, false},
    Plan{"校园青春 39", PlanFamily::campus, 39, 50, 200, true, false},
    Plan{"4G 飞享 58", PlanFamily::basic_4g, 58, 8, 220, false, true},
    Plan{"5G 畅享 59", PlanFamily::basic_5g, 59, 20, 100, true, false},
    Plan{"流量王 59", PlanFamily::data, 59, 80, 100, true, false},
    Plan{"4G 畅享 69", PlanFamily::basic_4g, 69, 20, 300, false, false},
    Plan{"家庭融合 79", PlanFamily::family, 79, 30, 300, true, false},
    Plan{"5G 畅享 79", PlanFamily::basic_5g, 79, 30, 200, true, false},
    Plan{"4G 飞享 88", PlanFamily::basic_4g, 88, 10, 350, false, true},
    Plan{"全家福 96", PlanFamily::family, 96, 40, 500, false, true},
    Plan{"5G 畅享 99", PlanFamily::basic_5g, 99, 40, 400, true, false},
    Plan{"家庭融合 109", PlanFamily::family, 109, 50, 500, true, false},
    Plan{"全家福 126", PlanFamily::family, 126, 50, 700, false, true},
    Plan{"4G 飞享 128", PlanFamily::basic_4g, 128, 20, 600, false, true},
    Plan{"5G 畅享 129", PlanFamily::basic_5g, 129, 60, 500, true, false},
    Plan{"家庭融合 139", PlanFamily::family, 139, 80, 800, true, false},
    Plan{"5G 畅享 159", PlanFamily::basic_5g, 159, 80, 700, true, false},
    Plan{"商务尊享 169", PlanFamily::business, 169, 60, 1000, true, false},
    Plan{"家庭融合 199", PlanFamily::family, 199, 120, 1000, true, false},
    Plan{"5G 畅享 199", PlanFamily::basic_5g, 199, 120, 1000, true, false},
    Plan{"5G 畅享 239", PlanFamily::basic_5g, 239, 150, 1000, true, false},
    Plan{"商务尊享 269", PlanFamily::business, 269, 150, 2000, true, false},
    Plan{"5G 畅享 299", PlanFamily::basic_5g, 299, 200, 1500, true, false},
    Plan{"家庭融合 299", PlanFamily::family, 299, 200, 2000, true, false},
    Plan{"商务尊享 399", PlanFamily::business, 399, 250, 3000, true, false},
    Plan{"5G 畅享 499", PlanFamily::basic_5g, 499, 300, 3000, true, false},
    Plan{"商务尊享 599", PlanFamily::business, 599, 400, 5000, true, false},
};

}  // namespace

std::span<const Plan> plans() { return all_plans; }
std::span<const char* const> plan_families() { return family_names; }

}  // namespace muster::generate
