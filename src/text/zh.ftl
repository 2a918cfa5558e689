# Chinese (Simplified). Short, true and kind: what happened, to what, since when, where to look.

## Words

condition = { $condition ->
    [operational] 正常
    [degraded] 性能下降
    [partial_outage] 部分中断
    [major_outage] 严重中断
    [maintenance] 维护
   *[unknown] 未知
}
phase = { $phase ->
   *[investigating] 调查中
    [identified] 已找到原因
    [monitoring] 已修复，观察中
    [resolved] 已恢复
    [postmortem] 已发布报告
}
maintenance-phase = { $phase ->
   *[scheduled] 已计划
    [in_progress] 进行中
    [verifying] 验证中
    [completed] 已完成
}
role = { $role ->
   *[official] 官方
    [measured] 实测
    [reported] 用户反馈
    [official_measured] 官方、实测
    [official_reported] 官方、用户反馈
    [measured_reported] 实测、用户反馈
    [all] 官方、实测、用户反馈
    [hint] 参考信息
}
recovered = 已结束
refused = 未执行

## Times

month = { $month ->
   *[jan] 1月
    [feb] 2月
    [mar] 3月
    [apr] 4月
    [may] 5月
    [jun] 6月
    [jul] 7月
    [aug] 8月
    [sep] 9月
    [oct] 10月
    [nov] 11月
    [dec] 12月
}
zone = { $zone }
date = { $month }{ $day }日 { $time } { $zone }
date-with-year = { $year }年{ $month }{ $day }日 { $time } { $zone }
just-now = 刚刚
minutes-ago = { $count } 分钟前
hours-ago = { $count } 小时前
days-ago = { $count } 天前
in-a-moment = 即将
in-minutes = { $count } 分钟后
in-hours = { $count } 小时后
in-days = { $count } 天后
days = { $count } 天
hours = { $count } 小时
minutes = { $count } 分钟
seconds = { $count } 秒
two-units = { $large } { $small }

## Lists

list-separator = { "、" }
label-separator = { "：" }
with-condition = { $name }（{ $condition }）
list-and = { $first } 和 { $last }
list-or = { $first } 或 { $last }
list-more = { $list } 等，另有 { $count } 个

## Telegram: channels and rights

channel-noted = 这是针对频道 { $channel } 的操作。
channel-welcome = Foghorn 现在可以在 { $channel } 发布消息了。例如，在这里输入 { $command }，频道就会收到通知。
channel-unknown = 没有频道 { $typed }，或者 Foghorn 不在其中。请将 Foghorn 设为该频道的管理员，并允许其发布消息。
channel-is-group = { $channel } 是群组，不是频道。请在该群组中输入。
channel-silent = Foghorn 无法在 { $channel } 发布消息。请将其设为该频道的管理员，并允许其发布消息。
channel-stranger = 只有 { $channel } 的管理员才能为该频道执行此操作。
alerts-rested = 由于 Foghorn 无法在此发送消息，{ $since } 至 { $until } 期间的通知已暂停。现在恢复通知，并告知仍未恢复的问题。
alerts-rest = 由于 Foghorn 没有在此发送消息的权限，通知自 { $since } 起暂停。获得权限后会立即恢复；输入 { $command } 可查看缺少什么。
done-before = 你要的操作已经完成。当前情况如下：
pressed-too-late = 这条消息太旧，按钮已失效。请在希望收到回复的地方输入 { $command }。
answer-there = 回复就在这条消息下方，现已更新。
timeline-there = 进展就在这条通知下方，现已更新。
rights-unchecked = 暂时无法从 Telegram 获知谁管理此聊天。请稍后再试。

## Incidents

alert-title = { $service }：{ $condition ->
    [degraded] 性能下降
    [partial_outage] 部分中断
    [major_outage] 严重中断
    [maintenance] 维护
   *[other] 故障
}
resolved-title = { $service }：{ $role ->
    [measured] 已可访问
    [reported] 不再有用户反馈
   *[official] 已恢复
}
lost-title = { $service }：后续情况不明
update-title = { $service }，{ $kind ->
    [worse] 情况恶化
   *[news] 最新进展
}：{ $condition ->
    [degraded] 性能下降
    [partial_outage] 部分中断
    [major_outage] 严重中断
    [resolved] 已恢复
   *[other] 故障
}
return-title = { $service }：问题尚未结束（{ $condition ->
    [degraded] 性能下降
    [partial_outage] 部分中断
    [major_outage] 严重中断
   *[other] 故障
}）
maintenance-title = { $service }：{ $state ->
   *[announced] 计划维护
    [moved] 维护时间变更
    [running] 维护进行中
    [verifying] 维护已完成，验证中
    [over] 维护已结束
    [called_off] 维护已取消
}
measured-title = { $condition ->
    [degraded] 响应缓慢或出错
   *[other] 无法访问
}（{ $voices ->
   *[measured] Foghorn 实测
    [measured_reported] Foghorn 实测，且有用户反馈
}）
official-title = { $voices ->
   *[official] 状态页通报
    [official_measured] 状态页通报，Foghorn 也已测到
    [official_reported] 状态页通报，且有用户反馈
    [all] 状态页通报，有用户反馈，Foghorn 也已测到
}：{ $condition }
people-title = 用户反馈：{ $condition }
watch-left = 该服务已从目录中移除，Foghorn 自 { $at } 起不再监测。后续情况无从得知。
watch-back = { $at }：Foghorn 已恢复对该服务的监测。
flapping = 问题反复出现又消失。待情况稳定后，Foghorn 会再次通知。
page-gone = 自 { $at } 起，再无关于此事的消息：页面已变成另一个，或不再读取。是否已结束无从得知。
was-down = { $condition ->
    [partial_outage] { $start } 至 { $end } 期间部分中断（{ $length }）。
    [major_outage] { $start } 至 { $end } 期间中断（{ $length }）。
   *[degraded] { $start } 至 { $end } 期间性能下降（{ $length }）。
}
period = { $start } 至 { $end }（{ $length }）
planned-period = { $start } 至 { $end }
at = { $at }
since-for = { $at }（{ $length }）
phase-and-peak = { $phase }（最严重时：{ $peak }）
last-update = { $at }，{ $role }：{ $phase }
last-note = { $at }，{ $role }
alert-footer = { $role ->
   *[official] 官方：由服务商通报
    [measured] Foghorn 实测；暂无官方消息
    [reported] 用户反馈；尚未证实
    [official_measured] 官方通报，Foghorn 也已测到
    [official_reported] 官方通报，且有用户反馈
    [measured_reported] Foghorn 实测，且有用户反馈；暂无官方消息
    [all] 官方通报，有用户反馈，Foghorn 也已测到
    [hint] 参考信息，并非官方消息
} · { $command }

storm-title = { $occasion ->
   *[at_once] 另有 { $count } 起故障
    [mute_ended] { $count } 起故障仍在持续
}
storm-over-title = { $count ->
    [1] 故障已结束
    [2] 两起故障均已结束
   *[other] { $count } 起故障均已结束
}
storm-lost-title = 目前没有已知仍在持续的故障
storm-intro = { $occasion ->
   *[at_once] 多起故障同时发生，因此在此一并列出。
    [mute_ended] 这里的静音已结束。以下故障在静音期间未通知，现在仍在持续。
}
storm-ended = 另有 { $count } 起已结束。
storm-line = { $service }：{ $what }，始于 { $since }
storm-line-over = { $service }：{ $what }，已结束，持续 { $length }
storm-line-lost = { $service }：{ $what }，始于 { $since }，后续情况不明
storm-lost = 有 { $count } 起再无消息，是否已结束无从得知。
storm-more = 另有 { $count } 起
storm-footer = 查看当前问题：{ $command }

digest-well = 一切正常，自 { $since } 以来没有发生任何事。
digest-title = { $count ->
    [0] 现在一切正常
   *[other] { $count } 起故障仍在持续
}
digest-over = 自 { $since } 以来结束了 { $count } 起：
digest-nothing = 自 { $since } 以来没有故障结束。
digest-running = 正在进行的维护：
digest-ahead = 未来 7 天的维护：
digest-work = { $service }：{ $title }，{ $start } 至 { $end }
digest-work-from = { $service }：{ $title }，{ $start }
digest-work-until = { $service }：{ $title }，至 { $end }
digest-work-running = { $service }：{ $title }
digest-footer = 这是本聊天的汇总。{ $command } 可查看何时发送。

## Labels

label-state = 状态
label-since = 开始时间
label-when = 时间
label-duration = 持续时间
label-affected = 受影响
label-regions = 地区
label-planned = 计划时间
label-format = 格式
label-status-page = 状态页
label-last-update = 最近更新
label-again = 再次出现
label-ended = 结束时间
label-noticed = Foghorn 发现时间
label-timeline = 完整经过
label-not-well = 异常

## Planned work

lasted = { $length }
planned-from = { $at } 起
planned-until = { $at } 止
called-off = 已取消
work-until = 维护进行中，至 { $end }：{ $title }
work-running = 维护进行中：{ $title }
work-ahead = 计划维护，{ $start } 至 { $end }：{ $title }
work-from = 计划维护，{ $start } 起：{ $title }
work-planned = 计划维护：{ $title }
maintenance-line = { $service }：{ $work } · { $command }
maintenances = { $count } 项维护已计划或进行中
no-maintenance = 没有已计划或进行中的维护。
no-maintenance-at = { $service } 没有已计划或进行中的维护。

## What was not done

not-a-command = 命令以斜杠开头。输入 { $command } 可查看所有命令。
unknown-command = 没有 { $typed } 这个命令。输入 { $command } 可查看所有命令。
did-you-mean = 你是不是想输入 { $near }？
unknown-service = 目录中没有“{ $typed }”。输入 { $command } 可查看监测的服务。
is-category = { $category } 是一个类别。输入 { $command } 可列出其中的服务，请从中指定一个。
unknown-incident = 没有 { $typed } 这起故障。像 { $command } 这样指定服务，可查看其最近的故障。
no-address = “{ $typed }”不是网页地址。网址应以 https 或 http 开头。
secret-in-address = 该网址含有用户名或密码。请将其删除，这里的所有人都能看到。
watching-off = 此机器人的运营者已关闭监测自选页面的功能。输入 { $command } 可查看监测的服务。
watches-enough = 此聊天最多可监测 { $count } 个自选页面，现已达到上限。输入 { $command } 可腾出名额。
watched-already = 此聊天已在监测 { $page }。输入 { $status } 可查看状态，输入 { $command } 可停止监测。
name-taken = 这个名称已被 { $service } 使用。请换一个名称。
not-watched = 此聊天没有监测名为“{ $typed }”的页面。
ends-otherwise = 该服务属于目录：输入 { $command } 可取消订阅。
watched-here = 正在监测：{ $list }。
page-not-public = { $host } 不在公共互联网上。只能监测任何人都可访问的页面。
page-port = { $host } 的端口不是网页端口：仅支持 80、443 以及 1024 及以上的端口。
page-unreachable = { $host }：{ $why ->
    [unknown] 没有这个名称的主机。请检查网址。
    [refused] 该地址没有响应。请检查网址。
    [tls] 无法建立安全连接，因此无法确认页面的归属。
    [redirects] 该网址一直跳转，始终没有到达任何页面。
    [large] 内容过大，不像是状态页。
    [status] 返回的是 HTTP { $status }，而不是页面。请检查网址。
   *[connection] 连接失败。请稍后再试。
}
page-slow = { $host } 响应时间过长。请稍后再试。
page-nothing = 在 { $host } 没有找到可读取的状态页。请提供其状态页或订阅源的网址。
page-tried = 还尝试了 { $list }。
page-busy = 正在检查其他网址。请稍后再试。
page-too-often = 近期检查的网址过多。请在 { $wait }后再试。
pages-full = 此机器人监测的页面数已达上限。请联系其运营者。
not-subscribed = 此聊天没有订阅 { $typed }。输入 { $command } 可查看已有的订阅。
covered-by-category = 仍会通过类别 { $category } 收到通知。输入 { $command } 可取消。
bad-severity = “{ $typed }”不是有效的严重程度。请使用 { $known }。
bad-number = “{ $typed }”不是 1 或以上的数字。
bad-duration = “{ $typed }”不是一分钟到一年之间的时长。请按 { $known } 的形式输入。
until-example = until 9:00
bad-mention = { $platform ->
    [discord] “{ $typed }”不是此服务器的身份组。请选择要提及的身份组。
   *[other] 无法提及“{ $typed }”。请加上 @ 符号，例如 @name。
}
unknown-components = { $topic } 没有名为“{ $typed }”的组件。
known-components = 可选组件：{ $list }。
too-many-components = 一个订阅最多可指定 { $count } 个组件。
not-muted = { $typed } 在此未被静音。输入 { $command } 可查看已静音的内容。
already-over = { $incident } 已结束，无需静音。输入 { $command } 可查看完整经过。
unknown-setting = 没有“{ $typed }”这项设置。请使用 { $known }。
bad-choice = “{ $typed }”不在可选范围内。请使用 { $known }。
unknown-zone = 没有“{ $typed }”这个时区。请按 { $example } 的形式输入。
outdated = 这个按钮已过期。输入 { $command } 可重新开始。
missing = { $command } 还缺少一项内容：{ $wanted }。
unknown-option = { $command } 没有 { $typed } 这个选项。
too-much = { $command } 无法识别“{ $typed }”。
not-manager = 只有管理此聊天的人才能使用 { $command }。请联系其中一位。
failed = 出错了，这是我们的问题，与你无关。请重试；日志编号为 { $reference }。
not-here = { $command } 在此不可用。
usage = 用法：{ $usage }，例如 { $example }。

## One service in one line

line-incident = { $service }：{ $condition }，{ $role }，始于 { $since }：{ $title }
line-derived = { $service }：{ $condition }，{ $role }，始于 { $since }
line-condition = { $service }：{ $condition }，{ $role }
line-never = { $service }：尚未读取
line-unreadable = { $service }：未知，所有来源均无法读取
line-stale = { $service }：目前无法读取；上次读取时：{ $condition }（{ $ago }）
line-untold = { $service }：未通报问题

## Status of all

overview-not-well = { $count } 个服务异常
overview-maintenance = { $count } 个服务维护中
overview-well = { $count } 个服务正常
overview-quiet = 没有已知问题
overview-unknown = 目前没有任何信息
overview-all-services = 此聊天没有订阅，因此显示全部 { $count } 个服务。输入 { $command } 可更改。
overview-more = 另有 { $count } 个。
overview-rest = 其余 { $count } 个服务正常。
overview-unreadable = 目前无法读取：{ $services }。
overview-own-network = 所有来源都无法读取，很可能是 Foghorn 自身的网络有问题。
overview-never = 尚未读取：{ $services }。
overview-untold = 未通报问题：{ $services }。
overview-footer = 输入 { $command } 可查看详情。

## Status of one

detail-title = { $service }：{ $condition }
detail-never = { $service }：尚未读取
detail-unreadable = { $service }：未知，所有来源均无法读取
detail-untold = { $service }：未通报问题
detail-stale = 目前无法读取任何信息。以下是最后一次得知的情况（{ $ago }）。
detail-said-by = { $role ->
   *[official] 官方：状态页如此显示，但未发布具体故障。
    [measured] Foghorn 实测；尚无人发布故障通报。
    [reported] 用户反馈；尚未证实。
    [official_measured] 官方：状态页如此显示，但未发布具体故障。Foghorn 也已测到。
    [official_reported] 官方：状态页如此显示，但未发布具体故障。也有用户反馈。
    [measured_reported] Foghorn 实测，且有用户反馈；尚无人发布故障通报。
    [all] 官方：状态页如此显示，但未发布具体故障。Foghorn 也已测到，且有用户反馈。
}
detail-incident = { $title }（{ $role }）
detail-more-incidents = 另有 { $count } 起故障仍在持续：{ $command }
detail-subscribe = 有变化时接收通知：{ $command }
likely-cause = 可能的原因：{ $service } 也有问题（{ $condition }）。输入 { $command } 可查看详情。
alternatives = 在此期间可以使用 { $services }。
hint = 参考信息，并非关于 { $service } 本身：{ $host } 显示“{ $remark }”。
sources-heading = 信息来源：
source-well = { $host }（{ $role }）：{ $condition }，读取于 { $ago }
source-measured = { $host }（{ $role }）：{ $condition }，响应时间 { $latency } ms，{ $ago }
source-never = { $host }（{ $role }）：尚未读取
source-unreadable = { $host }（{ $role }）：至今未能读取
source-moved = { $host }（{ $role }）：现在由另一个页面 { $to } 响应，因此暂不采信
source-leads-to = { $host } 上的网址现在指向 { $to }。
source-stale = { $host }（{ $role }）：目前无法读取；上次读取时：{ $condition }（{ $ago }）

## Subscriptions

subscribed = 此聊天将收到 { $topic } 的通知。
subscription-changed = 已更改 { $topic } 的订阅。
subscribed-before = 此聊天已有完全相同的 { $topic } 订阅。
subscribed-footer = 输入 { $command } 可取消。
category-services = { $count } 个服务：{ $services }。
category-quiet = 该类别目前没有已知问题。
label-severity = 严重程度
label-components = 仅限组件
label-only-regions = 仅限地区
label-maintenance = 维护
label-heard = 信息来源
label-mention = 提及
filter-severity = { $severity ->
    [degraded] 性能下降及以上
    [partial_outage] 部分中断及以上
   *[major_outage] 仅严重中断
}
switch-word = { $state ->
    [off] 关闭
   *[on] 开启
}
filter-sources = { $sources ->
    [official] 仅官方来源
   *[all] 官方、实测、用户反馈
}
filter-takes-in = { $count ->
   *[other] 从下次变化起会在此通知：{ $list }。
}
filter-keeps = { $count ->
   *[other] 今后不再属于通知范围，但已通知过的会通知到结束为止：{ $list }。
}
filter-leaves-out = 仍在持续，但不在此通知：{ $list }。
filter-mention = 故障开始时提及 { $mention }
watching = 此聊天已开始监测 { $page }，并会收到相关通知。
page-of-service = { $page } 是 { $service } 的页面，本来就在监测中。
format-at = { $format }，读取自 { $document }
page-leads-to = 该网址指向另一个主机 { $host }。
open-there = { $count ->
    [1] 该页面上仍在持续：{ $list }。
   *[other] 该页面上仍在持续（{ $count }）：{ $list }。
}
unwatched = 此聊天已停止监测 { $page }，订阅也已取消。
nothing-watched = 此聊天没有监测自选页面。输入 { $command } 可添加。
unsubscribed = 已取消对 { $topic } 的订阅。
unsubscribed-all = { $count ->
    [1] 已取消此聊天唯一的订阅。
   *[other] 已取消此聊天的全部 { $count } 个订阅。
}
nothing-to-unsubscribe = 此聊天没有订阅。
nothing-remains = 已没有其他订阅。
remains = 还有 { $count } 个订阅：{ $list }。
subscriptions = 此聊天有 { $count } 个订阅
category-name = 类别 { $category }
subscription-line = { $topic }
subscription-category = { $topic }，{ $count } 个服务
subscription-unwatched = { $topic }，已不再监测
no-subscriptions = 此聊天没有订阅。输入 { $example } 可添加订阅；输入 { $command } 可查看有哪些服务。
components-gone = { $topic } 目前未列出以下内容，因此无法通知：{ $list }。
strange-components = { $topic } 目前没有：{ $list }。

## Mutes

everything = 全部
muted-incident = { $service }：{ $title }
muted-until = 已在此静音：{ $muted }，直到 { $until }。
muted-open = 已在此静音：{ $muted }，{ $kind ->
    [incident] 直到故障结束
   *[other] 直到取消静音
}。
muted-recovery = 此前通知过的问题结束时仍会告知，但没有提示音。
muted-footer = 输入 { $command } 可取消静音。
unmuted = 已取消静音：{ $muted }。
still-muted = 不过，这里的全部通知仍处于静音状态。输入 { $command } 可取消。
nothing-muted = 这里没有静音任何内容。
mutes-heading = 已静音：
mute-line = { $muted }，直到 { $until }
mute-line-open = { $muted }，{ $kind ->
    [incident] 直到故障结束
   *[other] 直到取消静音
}

## Settings

settings-title = Foghorn 在此聊天中的设置
setting-name = { $setting ->
   *[language] 语言
    [timezone] 时区
    [updates] 进展
    [sound] 提示音
    [digest] 汇总
}
choice-name = { $choice ->
   *[edits] 仅编辑
    [replies] 回复
    [thread] 子区
    [news] 重要消息
    [all] 全部
    [off] 关闭
    [daily] 每天 9:00
    [weekdays] 工作日 9:00
    [mondays] 每周一 9:00
}
choice-meaning = { $choice ->
   *[edits] 只更新原通知，不另发消息
    [replies] 重要进展还会以回复通知的形式发送
    [thread] 重要进展还会发送到通知的子区；不支持子区时以回复发送
    [news] 问题开始、再次出现和结束时有提示音
    [all] 每条消息都有提示音
    [off] 所有消息都没有提示音
}
choice-line = { $choice }：{ $meaning }
setting-question = { $setting ->
   *[language] Foghorn 在这里使用哪种语言？
    [timezone] 这里按哪个时区显示时间？
    [updates] 以什么方式接收故障的最新进展？
    [sound] 哪些消息要有提示音？
    [digest] 无论有无新消息，何时向本聊天汇总当前状况？内容包括当前的问题、上次以来结束的故障，以及计划中的维护。
}
setting-now = 当前：{ $value }
setting-other = 其他：{ $command }
setting-changed = { $setting ->
   *[language] 语言已设为：{ $value }。
    [timezone] 时区已设为：{ $value }。
    [updates] 进展的接收方式已设为：{ $value }。
    [sound] 提示音已设为：{ $value }。
    [digest] 汇总时间已设为：{ $value }。
}
setting-same = { $setting ->
   *[language] 语言本来就是：{ $value }。
    [timezone] 时区本来就是：{ $value }。
    [updates] 进展的接收方式本来就是：{ $value }。
    [sound] 提示音本来就是：{ $value }。
    [digest] 汇总时间本来就是：{ $value }。
}
digest-next = { $when }，下一次 { $next }
digest-next-time = 下一次在 { $next } 发送。
bad-schedule = “{ $typed }”不是重复的时间。例如：{ $examples }。也可以用五个字段的 cron 表达式，最多每小时一次。
settings-footer = 输入 { $command } 可更改设置。

## A sample

sample-follows = 接下来会发送一次故障及其恢复的示例，并标明是测试。你可以借此确认 Foghorn 能否在此发送消息，以及显示效果如何。并没有真正的故障。

## Welcome

welcome = 你好，我是 Foghorn
welcome-first = 输入 { $command } 即可开始。输入 { $help } 可查看其他功能。

## Menus

ask-category = 此聊天要接收哪些通知？
ask-service = 选择 { $category } 中的哪个服务？
ask-severity = 此聊天要接收 { $topic } 的哪些通知？
ask-components = 选择 { $topic } 的哪些组件？每次选择立即生效；不选则包含全部。
ask-regions = 选择 { $topic } 的哪些地区？每次选择立即生效；不选则包含全部。
ask-unwatch = 要停止监测哪个页面？
ask-unsubscribe = 要取消哪个订阅？
ask-mute = 要在这里静音什么？
ask-length = 要静音多久：{ $muted }？
ask-unmute = 要取消哪项静音？
choices-page = 第 { $page } 页，共 { $pages } 页

## Buttons

button-status-page = 状态页
button-timeline = 进展
button-timeline-of = { $incident } 的进展
button-mute = 静音
button-not-well = 当前问题
button-unmute = 取消静音
button-unmute-this = 取消静音 { $muted }
button-subscribe = 订阅
button-older = ‹ 较早
button-newer = 较新 ›
button-previous = ‹ 上一页
button-next = 下一页 ›
button-back = 返回
button-chosen = ✓ { $label }
button-category = { $category }（{ $count }）
button-all-of = { $category } 全部
button-any-severity = 全部
button-components = 组件…
button-regions = 地区…
button-maintenance = 维护
button-official = 仅官方
button-done = 完成
button-choose = 选择服务
button-help = 帮助
button-until-over = 直到结束

## The catalogue

services = { $count } 个服务
services-found = { $search }：{ $count } 个服务
category-line = { $category }（{ $count }）：{ $services }
own-pages = 为此聊天监测（{ $count }）：{ $pages }
service-line = { $service }：{ $condition } · { $command }
services-hint = 输入 { $command } 可列出某个类别；也可以输入名称的一部分。
page-next = 第 { $page } 页，共 { $pages } 页。下一页：{ $next }
page-last = 第 { $page } 页，共 { $pages } 页

## The story of an incident

story-title = { $service }：{ $title }
story-footer = { $id } · { $role }
page-earlier = 第 { $page } 页，共 { $pages } 页。更早：{ $earlier }
no-updates = { $role ->
    [measured] Foghorn 实测；尚无人就此发布消息。
    [reported] 用户反馈；尚未证实，也无人就此发布消息。
    [measured_reported] Foghorn 实测，且有用户反馈；尚无人就此发布消息。
   *[official] 除状态本身外，未发布其他消息。
}
no-incidents = 没有 { $service } 的故障记录。
other-incidents = 其他：
other-incident = { $start }：{ $title } · { $command }

## Help and about

help-title = 可用的命令
help-command = { $usage }：{ $summary }
help-footer = 输入 { $example } 可查看单个命令的说明。
help-title-of = { $usage }
help-summary = { $summary }。
help-option = { $name }：{ $summary }
help-optional-option = { $name }（可选）：{ $summary }
help-example = 示例：{ $example }
help-managers = 只有管理此聊天的人才能使用。
about-title = Foghorn { $version }
about-purpose = 告诉你服务何时出现故障、有哪些已知情况，以及何时结束。
about-services = 监测 { $count } 个服务。
about-sources = 读取 { $count } 个来源。
about-uptime = 已运行 { $length }。
about-last-poll = 上次读取：{ $ago }。
about-no-poll = 尚未读取任何内容。
about-well = 一切正常。
about-unreadable = 目前有 { $count } 个来源无法读取。
about-given-up = 有 { $count } 条消息未能送达。
about-unusable = 有 { $count } 个平台无法使用。
own-unreadable = 无法读取 { $service }：{ $source }
own-readable = 已可再次读取，此前无法读取的时间：{ $length }。
own-moved = 现在由另一个页面代替 { $service } 的页面响应：{ $source }
own-moved-end = 该处的页面已重新采信；此前 { $length } 内未根据它作出任何判断。
own-watched-no-more = 已不再监测。
own-given-up = 有消息未能送达
own-given-up-count = 已放弃发送 { $count } 条消息。输入 { $command } 可查看是哪些消息及其原因。
own-given-up-end = 这些消息均已重新发送或丢弃，没有遗留。
own-store = 无法保存新数据
own-store-end = 已可再次保存，中断时间：{ $length }。
own-damaged = 存储曾经损坏
own-damaged-whole = 已全部从副本恢复。损坏的文件在 { $place }；没人需要时可以删除。
own-damaged-part = 未能全部恢复。来自副本：{ $copied }。来自损坏的文件：{ $saved }。文件在 { $place }；没人需要时可以删除。
own-damaged-end = 损坏的文件已删除。
own-platform = { $platform ->
    [discord] Discord 无法使用
    [telegram] Telegram 无法使用
   *[other] 控制台无法使用
}
own-platform-end = 已可再次使用。
sample-service = Foghorn 测试
sample-title = 这是测试，没有任何服务中断。
sample-words = 真正的通知就是这个样子。故障持续期间通知会随时更新，结束时会另发一条新消息。
sample-news = 这仍是测试：故障有新情况时，通知会随之更新。
sample-failed = 示例无法发送到此聊天，真正的通知也同样无法发送：{ $reason }。解决后请再次测试。
about-help = 输入 { $command } 可查看所有命令。

## Discord

presence-well = { $count } 个服务，全部正常
presence-not-well = { $count } 个服务中有 { $bad } 个异常
discord-right = { $right ->
   *[view] 查看频道
    [send] 发送消息
    [posts] 创建帖子
    [threads] 在子区内发送消息
    [create-threads] 创建公共子区
    [embed] 嵌入链接
    [history] 阅读消息历史记录
}
discord-missing-rights = Foghorn 还不能在这里发送消息。缺少权限：{ $rights }。服务器管理者可以在频道设置的“权限”中开启，然后请重试。
discord-not-here = Foghorn 不是这里的成员，因此无法主动发送消息。你可以向它查询，例如 { $command }；通知会发送到已添加 Foghorn 的服务器，以及你与它的私信。
discord-not-everybody = Foghorn 不会提及所有人。请为希望被提及的人选择一个身份组。
discord-no-answer = Foghorn 未能及时回复。请重试。
discord-busy = 当前请求过多。请稍后再试。
