#pragma once

#include <string_view>

namespace muster {

/// What the monitor's page looks like, light and dark.
inline constexpr std::string_view page_style = R"css(
:root{color-scheme:light dark;--ground:#f6f7f9;--card:#fff;--ink:#1b2330;--faint:#667085;
--line:#dfe3ea;--s1:#2563eb;--s2:#0f9d76;--s3:#d97706;--warn:#c2261c;--warn-ground:#fdecea}
@media(prefers-color-scheme:dark){:root{--ground:#12161d;--card:#1b212b;--ink:#e6e9ef;
--faint:#98a2b3;--line:#323b49;--s1:#6ea0ff;--s2:#3fcf9f;--s3:#f5b04c;--warn:#ff8a80;
--warn-ground:#3a1f1f}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);
font:15px/1.5 system-ui,"Noto Sans","Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif}
main{max-width:1120px;margin:0 auto;padding:28px 20px 60px}
h1{font-size:24px;margin:0}h2{font-size:17px;margin:0 0 12px}
h3{font-size:15px;margin:0 0 4px}
.sub,.tick,small{color:var(--faint)}
.sub{margin:2px 0 22px}
.tiles,.pair{display:grid;gap:14px;margin-bottom:14px}
.tiles{grid-template-columns:repeat(auto-fit,minmax(165px,1fr))}
.pair{grid-template-columns:repeat(auto-fill,minmax(min(100%,470px),1fr))}
.card{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:16px 18px;
margin-bottom:14px}
.pair>.card,.tiles>.card{margin:0}
.tiles b{display:block;font-size:25px;font-weight:650;font-variant-numeric:tabular-nums}
.warn{border-color:var(--warn);background:var(--warn-ground)}
.warn h3{color:var(--warn)}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
th,td{padding:6px 10px;text-align:right;border-bottom:1px solid var(--line);white-space:nowrap}
th{font-weight:500;color:var(--faint)}
th.l,td.l{text-align:left}
tr:last-child td{border-bottom:0}
svg{display:block;width:100%;max-width:720px;height:auto;font-size:13px}
svg text{fill:var(--ink)}svg text.tick,svg tspan.tick{fill:var(--faint);font-size:12px}
.grid{stroke:var(--line)}.axis{stroke:var(--faint)}
.level{stroke:var(--warn);stroke-dasharray:5 4}
polyline{fill:none;stroke-width:2}.range{stroke-width:3;stroke-linecap:round}
rect.s1,circle.s1{fill:var(--s1)}rect.s2,circle.s2{fill:var(--s2)}rect.s3,circle.s3{fill:var(--s3)}
circle.s0{fill:var(--faint)}line.s0{stroke:var(--faint)}
polyline.s1,line.s1{stroke:var(--s1)}polyline.s2{stroke:var(--s2)}polyline.s3{stroke:var(--s3)}
.legend{display:flex;flex-wrap:wrap;gap:4px 16px;color:var(--faint);font-size:13px}
.legend i{display:inline-block;width:10px;height:10px;border-radius:3px;margin-right:6px}
i.s1{background:var(--s1)}i.s2{background:var(--s2)}i.s3{background:var(--s3)}
details{margin-top:10px}summary{cursor:pointer;color:var(--faint)}
)css";

}  // namespace muster
