#include "generate/places.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace muster::generate {
namespace {

// "province: cities", a digit after a city being its tier where it is not the last.
constexpr std::array<std::string_view, 31> city_lines{
    "北京: 北京0",
    "天津: 天津1",
    "上海: 上海0",
    "重庆: 重庆1 万州 涪陵 黔江 永川",
    "河北: 石家庄2 唐山3 秦皇岛3 邯郸3 邢台 保定3 张家口 承德 沧州3 廊坊3 "
    "衡水 定州 迁安",
    "山西: 太原2 大同 阳泉 长治 晋城 朔州 晋中 运城 忻州 临汾 吕梁",
    "内蒙古: 呼和浩特3 包头3 乌海 赤峰 通辽 鄂尔多斯3 呼伦贝尔 巴彦淖尔 "
    "乌兰察布 兴安盟 锡林郭勒盟 阿拉善盟",
    "辽宁: 沈阳1 大连2 鞍山3 抚顺 本溪 丹东 锦州 营口 阜新 辽阳 盘锦 铁岭 "
    "朝阳 葫芦岛",
    "吉林: 长春2 吉林3 四平 辽源 通化 白山 松原 白城 延边 梅河口",
    "黑龙江: 哈尔滨2 齐齐哈尔 鸡西 鹤岗 双鸭山 大庆3 伊春 佳木斯 七台河 牡丹江 "
    "黑河 绥化 大兴安岭",
    "江苏: 南京1 无锡2 徐州2 常州2 苏州1 南通2 连云港3 淮安3 盐城3 "
    "扬州2 镇江3 泰州3 宿迁3 昆山3 江阴3 张家港 常熟 宜兴 太仓 启东 如皋 "
    "海门 丹阳 靖江 泰兴 仪征 溧阳 邳州",
    "浙江: 杭州1 宁波1 温州2 嘉兴2 湖州3 绍兴2 金华2 衢州 舟山3 台州2 "
    "丽水 义乌3 慈溪 余姚 诸暨 乐清 海宁 桐乡 平湖 温岭 临海 东阳 永康 瑞安",
    "安徽: 合肥1 芜湖3 蚌埠3 淮南 马鞍山3 淮北 铜陵 安庆3 黄山 滁州3 "
    "阜阳3 宿州 六安 亳州 池州 宣城 桐城 天长",
    "福建: 福州2 厦门2 莆田3 三明 泉州2 漳州3 南平 龙岩 宁德3 晋江 石狮 "
    "福清 福安 南安",
    "江西: 南昌2 景德镇 萍乡 九江3 新余 鹰潭 赣州3 吉安 宜春 抚州 上饶3 "
    "丰城",
    "山东: 济南2 青岛1 淄博3 枣庄 东营3 烟台2 潍坊2 济宁3 泰安3 威海3 "
    "日照 临沂2 德州 聊城 滨州 菏泽3 寿光 滕州 龙口 诸城 莱州 招远 胶州 青州 "
    "邹城 新泰 荣成",
    "河南: 郑州1 开封 洛阳3 平顶山 安阳 鹤壁 新乡3 焦作 濮阳 许昌 漯河 "
    "三门峡 南阳3 商丘3 信阳3 周口3 驻马店 巩义 永城 新郑",
    "湖北: 武汉1 黄石 十堰 宜昌3 襄阳3 鄂州 荆门 孝感 荆州3 黄冈3 咸宁 "
    "随州 恩施 大冶",
    "湖南: 长沙1 株洲3 湘潭3 衡阳3 邵阳 岳阳3 常德 张家界 益阳 郴州3 永州 "
    "怀化 娄底 湘西 醴陵 耒阳",
    "广东: 广州0 深圳0 珠海2 汕头3 佛山1 韶关 湛江3 肇庆3 江门3 茂名3 "
    "惠州2 梅州 汕尾 河源 阳江 清远3 东莞1 中山2 潮州 揭阳3 云浮 普宁 台山 "
    "四会",
    "广西: 南宁2 柳州3 桂林3 梧州 北海 防城港 钦州 贵港 玉林 百色 贺州 河池 "
    "来宾 崇左",
    "海南: 海口2 三亚3 儋州",
    "四川: 成都1 自贡 攀枝花 泸州 德阳 绵阳3 广元 遂宁 内江 乐山 南充 眉山 "
    "宜宾 广安 达州 雅安 巴中 资阳 阿坝 甘孜 凉山 都江堰",
    "贵州: 贵阳2 六盘水 遵义3 安顺 毕节 铜仁 黔西南 黔东南 黔南",
    "云南: 昆明2 曲靖 玉溪 保山 昭通 丽江 普洱 临沧 楚雄 红河 文山 西双版纳 "
    "大理 德宏 怒江 迪庆",
    "西藏: 拉萨 日喀则 昌都 林芝 山南 那曲 阿里",
    "陕西: 西安1 铜川 宝鸡 咸阳3 渭南 延安 汉中 榆林 安康 商洛",
    "甘肃: 兰州2 嘉峪关 金昌 白银 天水 武威 张掖 平凉 酒泉 庆阳 定西 陇南 "
    "临夏 甘南",
    "青海: 西宁3 海东 海北 黄南 海南州 果洛 玉树 海西",
    "宁夏: 银川3 石嘴山 吴忠 固原 中卫",
    "新疆: 乌鲁木齐2 克拉玛依 吐鲁番 哈密 昌吉 博尔塔拉 巴音郭楞 阿克苏 克孜勒苏 "
    "喀什 和田 伊犁 塔城 阿勒泰",
};

constexpr std::array<std::uint32_t, 5> tier_weights{60, 25, 10, 5, 2};

void add_city(Places& to, std::string_view word) {
  Places::City city{to.provinces.size() - 1, 4};
  if (const char last = word.back(); last >= '0' && last <= '4') {
    city.tier = last - '0';
    word.remove_suffix(1);
  }
  const std::uint32_t before = to.cumulative.empty() ? 0 : to.cumulative.back();
  to.cumulative.push_back(before + tier_weights[static_cast<std::size_t>(city.tier)]);
  to.city_names.emplace_back(word);
  to.cities.push_back(city);
}

Places read_table() {
  Places to;
  for (std::string_view line : city_lines) {
    const std::size_t colon = line.find(':');
    to.provinces.emplace_back(line.substr(0, colon));
    line.remove_prefix(colon + 2);
    while (!line.empty()) {
      const std::size_t end = std::min(line.find(' '), line.size());
      add_city(to, line.substr(0, end));
      line.remove_prefix(std::min(end + 1, line.size()));
    }
  }
  return to;
}

}  // namespace

std::size_t Places::draw(Random& random) const {
  const auto at = static_cast<std::uint32_t>(random.below(cumulative.back()));
  const auto found = std::upper_bound(cumulative.begin(), cumulative.end(), at);
  return static_cast<std::size_t>(found - cumulative.begin());
}

const Places& places() {
  static const Places table = read_table();
  return table;
}

}  // namespace muster::generate
