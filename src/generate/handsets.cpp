#include <algorithm>
#include <array>
#include <string_view>

#include "generate/market.hpp"

namespace muster::generate {
namespace {

constexpr std::array<const char*, 5> system_names{"Android", "HarmonyOS", "iOS", "功能机", "其他"};

/// A line of models: one for each generation and each variant. The first generation comes out
/// in `year`, the next a year later; a variant costs a quarter more than the one before it.
struct Line {
  std::string_view brand;
  std::size_t system;
  std::string_view series;
  std::string_view generations;  ///< separated by ' '
  std::string_view variants;     ///< separated by '|', the first plain
  std::int32_t price;
  std::int32_t year;
  std::int32_t five_g_from;  ///< launch year of the first with 5G
};

constexpr std::array model_lines{
    Line{"Apple", 2, "iPhone ", "8 X XR 11 12 13 14 15 16", "| Plus| Pro| Pro Max", 4600, 2017,
         2021},
    Line{"Apple", 2, "iPhone SE", " 2 3", "", 3000, 2019, 2021},
    Line{"Huawei", 1, "Mate ", "20 30 40 50 60 70", "| Pro| RS", 4500, 2018, 2019},
    Line{"Huawei", 1, "P", "20 30 40 50 60", "| Pro| lite", 3600, 2018, 2020},
    Line{"Huawei", 1, "Pura ", "70 80", "| Pro| Ultra", 5300, 2024, 2024},
    Line{"Huawei", 1, "nova ", "5 6 7 8 9 10 11 12 13", "| Pro| SE", 2300, 2019, 2020},
    Line{"Huawei", 1, "畅享 ", "10 20 50 60 70", "| Plus| X", 1100, 2019, 2023},
    Line{"Honor", 0, "荣耀 ", "20 30 50 60 70 80 90 100 200 300", "| Pro| SE", 2100, 2017, 2020},
    Line{"Honor", 0, "Magic", "3 4 5 6 7", "| Pro| Ultimate", 3900, 2021, 2021},
    Line{"Honor", 0, "荣耀 X", "10 20 30 40 50 60", "| GT", 1300, 2020, 2021},
    Line{"Honor", 0, "畅玩 ", "20 30 40 50 60", "| Plus", 900, 2020, 2023},
    Line{"Xiaomi", 0, "小米 ", "9 10 11 12 13 14 15", "| Pro| Ultra", 3300, 2019, 2020},
    Line{"Xiaomi", 0, "Redmi K", "20 30 40 50 60 70 80", "| Pro| Ultra", 1900, 2019, 2020},
    Line{"Xiaomi", 0, "Redmi Note ", "8 9 10 11 12 13 14", "| Pro| Pro+", 1000, 2019, 2021},
    Line{"Xiaomi", 0, "Redmi ", "9A 10A 12C 13C 14C", "", 600, 2020, 2025},
    Line{"OPPO", 0, "Find X", "3 5 6 7 8", "| Pro| Ultra", 4200, 2021, 2021},
    Line{"OPPO", 0, "Reno", "4 5 6 7 8 9 10 11 12 13", "| Pro| Pro+", 2500, 2016, 2019},
    Line{"OPPO", 0, "A", "52 72 93 96 97 1 2 3", "| Pro", 1300, 2018, 2020},
    Line{"OPPO", 0, "K", "7 9 10 11 12", "| x", 1500, 2020, 2020},
    Line{"vivo", 0, "X", "50 60 70 80 90 100 200", "| Pro| Pro+", 3500, 2018, 2019},
    Line{"vivo", 0, "S", "9 10 12 15 16 17 18 19", "| Pro", 2400, 2017, 2020},
    Line{"vivo", 0, "Y", "30 50 52 76 77 78 100 200", "| t", 1200, 2018, 2021},
    Line{"iQOO", 0, "", "7 8 9 10 11 12 13", "| Pro", 3300, 2019, 2020},
    Line{"iQOO", 0, "Neo", "5 6 7 8 9 10", "| Pro", 2200, 2020, 2020},
    Line{"Samsung", 0, "Galaxy S", "20 21 22 23 24 25", "|+| Ultra", 5200, 2020, 2020},
    Line{"Samsung", 0, "Galaxy Z Fold", "3 4 5 6", "", 11500, 2021, 2021},
    Line{"Samsung", 0, "Galaxy Z Flip", "3 4 5 6", "", 6900, 2021, 2021},
    Line{"Samsung", 0, "Galaxy A", "32 33 34 35", "", 2000, 2021, 2021},
    Line{"OnePlus", 0, "", "8 9 10 11 12 13", "| Pro| T", 3800, 2020, 2020},
    Line{"realme", 0, "GT", "2 3 5 6 7", "| Neo", 2400, 2021, 2021},
    Line{"realme", 0, "V", "15 20 30 50 60", "", 1100, 2020, 2021},
    Line{"Meizu", 0, "魅族 ", "17 18 20 21", "| Pro", 3000, 2020, 2020},
    Line{"ZTE", 0, "Axon ", "20 30 40 50 60", "| Ultra", 2800, 2020, 2020},
    Line{"ZTE", 0, "中兴 畅行 ", "30 40 50 60", "", 900, 2021, 2022},
    Line{"nubia", 0, "红魔 ", "6 7 8 9 10", "| Pro", 4000, 2021, 2021},
    Line{"Motorola", 0, "edge ", "S30 X30 40 50", "| Pro", 2600, 2021, 2021},
    Line{"Lenovo", 0, "拯救者 Y", "70 90", "", 3200, 2021, 2021},
    Line{"Hisense", 0, "A", "5 7 9", "| Pro", 2200, 2019, 2021},
    Line{"麦芒", 0, "麦芒 ", "9 10 11 20", "| SE", 1700, 2020, 2020},
    Line{"天翼铂顿", 0, "S", "9 12 20", "", 1900, 2021, 2021},
    Line{"Nokia", 3, "", "105 110 125 215 220 225 2660 8110", "| 4G", 220, 2018, 2099},
    Line{"天语", 3, "", "S6 S9 T2 E2 N1", "", 180, 2020, 2099},
    Line{"朵唯", 3, "", "A9 M30 K15", "", 260, 2021, 2099},
    Line{"守护宝", 3, "上海中兴 ", "K210 L550 L660 U1", "", 240, 2020, 2099},
    Line{"Google", 0, "Pixel ", "6 7 8 9", "| Pro", 4600, 2021, 2021},
    Line{"Sony", 0, "Xperia ", "1 5 10", "| V", 5900, 2021, 2021},
    Line{"其他", 4, "", "未识别机型", "", 800, 2024, 2099},
};

constexpr std::size_t model_count = 400;

template <class Visit>
void for_each_part(std::string_view text, char separator, Visit visit) {
  for (bool more = true; more;) {
    const std::size_t end = text.find(separator);
    visit(text.substr(0, end));
    more = end != std::string_view::npos;
    if (more) text.remove_prefix(end + 1);
  }
}

void add_line(Handsets& to, const Line& line) {
  const auto found = std::find(to.brands.begin(), to.brands.end(), line.brand);
  const auto brand = static_cast<std::size_t>(found - to.brands.begin());
  if (found == to.brands.end()) {
    to.brands.emplace_back(line.brand);
    to.brand_system.push_back(line.system);
  }
  std::int32_t year = line.year;
  for_each_part(line.generations, ' ', [&](std::string_view generation) {
    std::int32_t price = line.price;
    for_each_part(line.variants, '|', [&](std::string_view variant) {
      std::string name(line.brand);
      for (std::string_view part : {std::string_view(" "), line.series, generation, variant}) {
        name += part;
      }
      to.models.push_back({std::move(name), brand, price, year, year >= line.five_g_from});
      price += price / 4;
    });
    ++year;
  });
}

/// Keeps the newest of each line: shops and records forget the oldest first.
Handsets read_lines() {
  Handsets to;
  for (const Line& line : model_lines) add_line(to, line);
  while (to.models.size() > model_count) {
    to.models.erase(
        std::min_element(to.models.begin(), to.models.end(),
                         [](const Handset& a, const Handset& b) { return a.year < b.year; }));
  }
  to.first_brand_models = std::count_if(to.models.begin(), to.models.end(),
                                        [](const Handset& model) { return model.brand == 0; });
  return to;
}

}  // namespace

const Handsets& handsets() {
  static const Handsets table = read_lines();
  return table;
}

std::span<const char* const> handset_systems() { return system_names; }

}  // namespace muster::generate
