# Japanese. Short, true and kind: what happened, to what, since when, where to look.

## Words

condition = { $condition ->
    [operational] 正常
    [degraded] パフォーマンス低下
    [partial_outage] 一部障害
    [major_outage] 重大な障害
    [maintenance] メンテナンス
   *[unknown] 不明
}
phase = { $phase ->
   *[investigating] 調査中
    [identified] 原因を特定
    [monitoring] 対応済み、経過を観察中
    [resolved] 復旧
    [postmortem] 報告書を公開
}
maintenance-phase = { $phase ->
   *[scheduled] 予定
    [in_progress] 実施中
    [verifying] 確認中
    [completed] 完了
}
role = { $role ->
   *[official] 公式
    [measured] 計測
    [reported] ユーザー報告
    [official_measured] 公式・計測
    [official_reported] 公式・ユーザー報告
    [measured_reported] 計測・ユーザー報告
    [all] 公式・計測・ユーザー報告
    [hint] 参考情報
}
recovered = 終了
refused = 未実行

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
just-now = たった今
minutes-ago = { $count }分前
hours-ago = { $count }時間前
days-ago = { $count }日前
in-a-moment = まもなく
in-minutes = { $count }分後
in-hours = { $count }時間後
in-days = { $count }日後
days = { $count }日
hours = { $count }時間
minutes = { $count }分
seconds = { $count }秒
two-units = { $large }{ $small }

## Lists

list-separator = { "、" }
label-separator = { "：" }
with-condition = { $name }（{ $condition }）
list-and = { $first }、{ $last }
list-or = { $first } または { $last }
list-more = { $list } ほか{ $count }件

## Telegram: channels and rights

channel-noted = チャンネル { $channel } についての操作です。
channel-welcome = Foghorn が { $channel } に投稿できるようになりました。たとえばここで { $command } と入力すると、チャンネルに通知が届きます。
channel-unknown = チャンネル { $typed } が見つからないか、Foghorn が参加していません。メッセージを投稿できる管理者として Foghorn を追加してください。
channel-is-group = { $channel } はチャンネルではなくグループです。そのグループで入力してください。
channel-silent = Foghorn は { $channel } に投稿できません。メッセージを投稿できる管理者に設定してください。
channel-stranger = { $channel } についてこの操作ができるのは、そのチャンネルの管理者だけです。
alerts-rested = Foghorn がここに書き込めなかったため、{ $since }から { $until } まで通知を休止していました。通知を再開し、まだ続いている問題をお知らせします。
alerts-rest = Foghorn にここへの書き込み権限がないため、{ $since }から通知を休止しています。権限が付与されしだい再開します。足りないものは { $command } で確認できます。
done-before = ご希望の操作はすでに完了しています。現在の状況：
pressed-too-late = このメッセージは古いため、ボタンを使えません。回答がほしい場所で { $command } と入力してください。
answer-there = 回答はこのメッセージの下にあります。最新の内容に更新しました。
timeline-there = 経過はこの通知の下にあります。最新の内容に更新しました。
rights-unchecked = このチャットの管理者を現在 Telegram で確認できません。しばらくしてからもう一度お試しください。

## Incidents

alert-title = { $service }：{ $condition ->
    [degraded] パフォーマンス低下
    [partial_outage] 一部障害
    [major_outage] 重大な障害
    [maintenance] メンテナンス
   *[other] 障害
}
resolved-title = { $service }：{ $role ->
    [measured] 再び接続可能
    [reported] 報告が収まりました
   *[official] 復旧
}
lost-title = { $service }：その後の状況は不明
update-title = { $service }、{ $kind ->
    [worse] 悪化
   *[news] 続報
}：{ $condition ->
    [degraded] パフォーマンス低下
    [partial_outage] 一部障害
    [major_outage] 重大な障害
    [resolved] 復旧
   *[other] 障害
}
return-title = { $service }：まだ続いています（{ $condition ->
    [degraded] パフォーマンス低下
    [partial_outage] 一部障害
    [major_outage] 重大な障害
   *[other] 障害
}）
maintenance-title = { $service }：{ $state ->
   *[announced] メンテナンス予定
    [moved] メンテナンス日程変更
    [running] メンテナンス中
    [verifying] メンテナンス作業終了、確認中
    [over] メンテナンス終了
    [called_off] メンテナンス中止
}
measured-title = { $condition ->
    [degraded] 応答の遅延またはエラー
   *[other] 接続不可
}（{ $voices ->
   *[measured] Foghorn による計測
    [measured_reported] Foghorn による計測とユーザー報告
}）
official-title = { $voices ->
   *[official] ステータスページの発表
    [official_measured] ステータスページの発表と Foghorn による計測
    [official_reported] ステータスページの発表とユーザー報告
    [all] ステータスページの発表、Foghorn による計測、ユーザー報告
}：{ $condition }
people-title = ユーザー報告：{ $condition }
watch-left = このサービスはカタログから外れたため、Foghorn は { $at } に監視を終了しました。その後の状況は確認できません。
watch-back = { $at }：Foghorn がこのサービスの監視を再開しました。
flapping = 障害の発生と解消が繰り返されています。状況が落ち着きしだい、あらためてお知らせします。
page-gone = { $at } 以降、この件の情報がありません。ページが別のものに変わったか、読み取りの対象から外れました。終了したかどうかは確認できません。
was-down = { $condition ->
    [partial_outage] { $start } から { $end } まで（{ $length }）、一部で障害が発生していました。
    [major_outage] { $start } から { $end } まで（{ $length }）、停止していました。
   *[degraded] { $start } から { $end } まで（{ $length }）、パフォーマンスが低下していました。
}
period = { $start } 〜 { $end }（{ $length }）
planned-period = { $start } 〜 { $end }
at = { $at }
since-for = { $at }（{ $length }）
phase-and-peak = { $phase }（最も深刻な時点：{ $peak }）
last-update = { $at }、{ $role }：{ $phase }
last-note = { $at }、{ $role }
alert-footer = { $role ->
   *[official] 公式：提供元の発表
    [measured] Foghorn による計測（公式発表なし）
    [reported] ユーザー報告（未確認）
    [official_measured] 公式発表と Foghorn による計測
    [official_reported] 公式発表とユーザー報告
    [measured_reported] Foghorn による計測とユーザー報告（公式発表なし）
    [all] 公式発表、Foghorn による計測、ユーザー報告
    [hint] 参考情報（公式発表ではありません）
} · { $command }

storm-title = { $occasion ->
   *[at_once] ほか{ $count }件の障害
    [mute_ended] { $count }件の障害が続いています
}
storm-over-title = { $count ->
    [1] 障害は終了しました
    [2] 障害は2件とも終了しました
   *[other] { $count }件の障害がすべて終了しました
}
storm-lost-title = 継続が確認できる障害はありません
storm-intro = { $occasion ->
   *[at_once] 同じ時間帯に多数発生したため、まとめてお知らせします。
    [mute_ended] ここでのミュートが終わりました。ミュート中にお知らせしなかった次の障害が、まだ続いています。
}
storm-ended = ほかの{ $count }件は終了しました。
storm-line = { $service }：{ $what }、{ $since }から
storm-line-over = { $service }：{ $what }、{ $length }で終了
storm-line-lost = { $service }：{ $what }、{ $since }から、その後の状況は不明
storm-lost = { $count }件は情報が途絶えています。終了したかどうかは確認できません。
storm-more = ほか{ $count }件
storm-footer = 現在発生中の問題：{ $command }

digest-well = すべて正常です。{ $since } 以降、何も起きていません。
digest-title = { $count ->
    [0] 現在すべて正常です
   *[other] { $count }件の障害が続いています
}
digest-over = { $since } 以降に{ $count }件が終わりました：
digest-nothing = { $since } 以降に終わったものはありません。
digest-running = 実施中のメンテナンス：
digest-ahead = 今後7日間のメンテナンス：
digest-work = { $service }：{ $title }、{ $start } ～ { $end }
digest-work-from = { $service }：{ $title }、{ $start }
digest-work-until = { $service }：{ $title }、{ $end } まで
digest-work-running = { $service }：{ $title }
digest-footer = このチャットのまとめです。届く時刻は { $command } で確認できます。

## Labels

label-state = 状態
label-since = 開始
label-when = 日時
label-duration = 継続時間
label-affected = 影響範囲
label-regions = 地域
label-planned = 予定
label-format = 形式
label-status-page = ステータスページ
label-last-update = 最新情報
label-again = 再発
label-ended = 終了
label-noticed = Foghorn の検知
label-timeline = すべての経過
label-not-well = 問題あり

## Planned work

lasted = { $length }
planned-from = { $at } から
planned-until = { $at } まで
called-off = 中止
work-until = メンテナンス中（{ $end } まで）：{ $title }
work-running = メンテナンス中：{ $title }
work-ahead = メンテナンス予定（{ $start } 〜 { $end }）：{ $title }
work-from = メンテナンス予定（{ $start } から）：{ $title }
work-planned = メンテナンス予定：{ $title }
maintenance-line = { $service }：{ $work } · { $command }
maintenances = 予定・実施中のメンテナンス：{ $count }件
no-maintenance = 予定または実施中のメンテナンスはありません。
no-maintenance-at = { $service } に、予定または実施中のメンテナンスはありません。

## What was not done

not-a-command = コマンドはスラッシュで始まります。使えるコマンドは { $command } で確認できます。
unknown-command = { $typed } というコマンドはありません。使えるコマンドは { $command } で確認できます。
did-you-mean = もしかして：{ $near }
unknown-service = 「{ $typed }」はカタログにありません。監視中のサービスは { $command } で確認できます。
is-category = { $category } はカテゴリーです。{ $command } でサービスの一覧を表示し、その中から1つ指定してください。
unknown-incident = { $typed } という障害はありません。{ $command } のようにサービスを指定すると、最近の障害を確認できます。
no-address = 「{ $typed }」はウェブページのアドレスではありません。アドレスは https または http で始まります。
secret-in-address = アドレスにユーザー名またはパスワードが含まれています。ここにいる全員に見えてしまうため、取り除いてください。
watching-off = このボットの運営者が、ページを指定して監視する機能を無効にしています。監視中のサービスは { $command } で確認できます。
watches-enough = このチャットが独自に監視できるページは{ $count }件までで、すでに上限に達しています。{ $command } で枠を空けられます。
watched-already = このチャットはすでに { $page } を監視しています。現在の状況は { $status } で確認でき、{ $command } で監視を終了できます。
name-taken = その名前は { $service } がすでに使っています。別の名前を選んでください。
not-watched = このチャットは「{ $typed }」というページを監視していません。
ends-otherwise = これはカタログのサービスです。{ $command } で購読を解除できます。
watched-here = 監視中：{ $list }
page-not-public = { $host } は公開インターネット上にありません。監視できるのは、誰でもアクセスできるページだけです。
page-port = { $host } のポートはウェブ用ではありません。使えるポートは 80、443、および 1024 以上です。
page-unreachable = { $host }：{ $why ->
    [unknown] この名前のホストは存在しません。アドレスを確認してください。
    [refused] 応答するサーバーがありません。アドレスを確認してください。
    [tls] 安全な接続を確立できなかったため、本物のページかどうか確認できません。
    [redirects] 転送が繰り返されるばかりで、ページにたどり着けません。
    [large] ステータスページとしては大きすぎます。
    [status] ページではなく HTTP { $status } が返されました。アドレスを確認してください。
   *[connection] 接続に失敗しました。しばらくしてからもう一度お試しください。
}
page-slow = { $host } の応答に時間がかかりすぎています。しばらくしてからもう一度お試しください。
page-nothing = { $host } に、読み取れるステータスページが見つかりませんでした。ステータスページまたはそのフィードのアドレスを入力してください。
page-tried = こちらも試しました：{ $list }
page-busy = ほかのアドレスを確認中です。しばらくしてからもう一度お試しください。
page-too-often = 短時間に多くのアドレスを確認しました。{ $wait }後にもう一度お試しください。
pages-full = このボットが監視できるページ数の上限に達しています。ボットの運営者にお問い合わせください。
not-subscribed = このチャットは { $typed } を購読していません。購読中のものは { $command } で確認できます。
covered-by-category = カテゴリー { $category } の通知は引き続き届きます。{ $command } で解除できます。
bad-severity = 「{ $typed }」は重大度として使えません。{ $known } を指定してください。
bad-number = 「{ $typed }」は1以上の数字ではありません。
bad-duration = 「{ $typed }」は1分から1年までの期間として使えません。{ $known } のように入力してください。
until-example = until 9:00
bad-mention = { $platform ->
    [discord] 「{ $typed }」はこのサーバーのロールではありません。メンションするロールを選んでください。
   *[other] 「{ $typed }」はメンションできません。@name のように @ を付けて入力してください。
}
unknown-components = { $topic } に「{ $typed }」というコンポーネントはありません。
known-components = 選べるもの：{ $list }
too-many-components = 1つの購読で指定できるコンポーネントは{ $count }件までです。
not-muted = { $typed } はここではミュートされていません。ミュート中のものは { $command } で確認できます。
already-over = { $incident } はすでに終了しているため、ミュートの必要はありません。すべての経過は { $command } で確認できます。
unknown-setting = 「{ $typed }」という設定はありません。{ $known } を指定してください。
bad-choice = 「{ $typed }」は選択肢にありません。{ $known } を指定してください。
unknown-zone = 「{ $typed }」というタイムゾーンはありません。{ $example } のように入力してください。
outdated = このボタンは古くなっています。{ $command } でやり直せます。
missing = { $command } には入力がもう1つ必要です：{ $wanted }
unknown-option = { $command } に { $typed } というオプションはありません。
too-much = { $command } では「{ $typed }」を解釈できません。
not-manager = { $command } を使えるのは、このチャットの管理者だけです。管理者に依頼してください。
failed = こちら側で問題が発生しました。あなたの操作が原因ではありません。もう一度お試しください。ログの番号は { $reference } です。
not-here = { $command } はここでは使えません。
usage = 入力方法：{ $usage }、例：{ $example }

## One service in one line

line-incident = { $service }：{ $condition }、{ $role }、{ $since }から：{ $title }
line-derived = { $service }：{ $condition }、{ $role }、{ $since }から
line-condition = { $service }：{ $condition }、{ $role }
line-never = { $service }：未取得
line-unreadable = { $service }：不明、読み取れる情報源がありません
line-stale = { $service }：現在読み取れません。最終確認時の状態：{ $condition }（{ $ago }）
line-untold = { $service }：障害の発表なし

## Status of all

overview-not-well = { $count }件のサービスで問題が発生中
overview-maintenance = { $count }件のサービスがメンテナンス中
overview-well = { $count }件のサービスが正常
overview-quiet = 確認されている問題はありません
overview-unknown = 現在、情報がありません
overview-all-services = このチャットには購読がないため、全{ $count }件のサービスを対象にしています。{ $command } で変更できます。
overview-more = ほか{ $count }件。
overview-rest = ほかの{ $count }件のサービスは正常です。
overview-unreadable = 現在読み取れません：{ $services }
overview-own-network = どの情報源も読み取れません。おそらく Foghorn 自身の接続に問題があります。
overview-never = 未取得：{ $services }
overview-untold = 障害の発表なし：{ $services }
overview-footer = 詳しくは { $command } で確認できます。

## Status of one

detail-title = { $service }：{ $condition }
detail-never = { $service }：未取得
detail-unreadable = { $service }：不明、読み取れる情報源がありません
detail-untold = { $service }：障害の発表なし
detail-stale = 現在、情報を読み取れません。以下は最後に確認できた内容です（{ $ago }）。
detail-said-by = { $role ->
   *[official] 公式：ステータスページに表示されています。個別の障害情報はありません。
    [measured] Foghorn による計測です。障害情報は発表されていません。
    [reported] ユーザー報告によるもので、確認は取れていません。
    [official_measured] 公式：ステータスページに表示されています。個別の障害情報はありません。Foghorn の計測でも確認しています。
    [official_reported] 公式：ステータスページに表示されています。個別の障害情報はありません。ユーザーからも報告があります。
    [measured_reported] Foghorn による計測とユーザー報告によるものです。障害情報は発表されていません。
    [all] 公式：ステータスページに表示されています。個別の障害情報はありません。Foghorn の計測でも確認しており、ユーザーからも報告があります。
}
detail-incident = { $title }（{ $role }）
detail-more-incidents = 継続中の障害がほか{ $count }件あります：{ $command }
detail-subscribe = 変化があったときに通知を受け取る：{ $command }
likely-cause = 考えられる原因：{ $service } でも問題が発生しています（{ $condition }）。詳しくは { $command } で確認できます。
alternatives = その間の代替サービス：{ $services }
hint = 参考情報（{ $service } 自体の情報ではありません）：{ $host } によると「{ $remark }」
sources-heading = 情報源：
source-well = { $host }（{ $role }）：{ $condition }、取得：{ $ago }
source-measured = { $host }（{ $role }）：{ $condition }、応答時間 { $latency } ms、{ $ago }
source-never = { $host }（{ $role }）：未取得
source-unreadable = { $host }（{ $role }）：まだ一度も読み取れていません
source-moved = { $host }（{ $role }）：これまでとは別のページ { $to } が応答しているため、まだ信頼していません
source-leads-to = { $host } のアドレスは現在 { $to } につながります。
source-stale = { $host }（{ $role }）：現在読み取れません。最終確認時の状態：{ $condition }（{ $ago }）

## Subscriptions

subscribed = このチャットに { $topic } の通知が届くようになりました。
subscription-changed = { $topic } の購読を変更しました。
subscribed-before = このチャットはすでに同じ内容で { $topic } を購読しています。
subscribed-footer = { $command } で解除できます。
category-services = { $count }件のサービス：{ $services }
category-quiet = 現在、このカテゴリーで確認されている問題はありません。
label-severity = 重大度
label-components = 対象コンポーネント
label-only-regions = 対象地域
label-maintenance = メンテナンス
label-heard = 情報源
label-mention = メンション
filter-severity = { $severity ->
    [degraded] パフォーマンス低下以上
    [partial_outage] 一部障害以上
   *[major_outage] 重大な障害のみ
}
switch-word = { $state ->
    [off] オフ
   *[on] オン
}
filter-sources = { $sources ->
    [official] 公式のみ
   *[all] 公式・計測・ユーザー報告
}
filter-takes-in = { $count ->
   *[other] 今後、次に変化があったときからここに通知します：{ $list }
}
filter-keeps = { $count ->
   *[other] 今後は通知の対象外になりますが、すでに通知したものは終了までお知らせします：{ $list }
}
filter-leaves-out = 継続中ですが、ここには通知しません：{ $list }
filter-mention = 障害の発生時に { $mention }
watching = このチャットで { $page } の監視を始めました。通知も届きます。
page-of-service = { $page } は、すでに監視している { $service } のページです。
format-at = { $format }、読み取り先：{ $document }
page-leads-to = このアドレスは別のホスト { $host } につながります。
open-there = { $count ->
    [1] 現在継続中：{ $list }
   *[other] 現在継続中（{ $count }件）：{ $list }
}
unwatched = このチャットでの { $page } の監視を終了し、購読も解除しました。
nothing-watched = このチャットが独自に監視しているページはありません。{ $command } で追加できます。
unsubscribed = { $topic } の購読を解除しました。
unsubscribed-all = { $count ->
    [1] このチャットの購読を解除しました。ほかに購読はありません。
   *[other] このチャットの購読{ $count }件をすべて解除しました。
}
nothing-to-unsubscribe = このチャットには購読がありません。
nothing-remains = 購読はもう残っていません。
remains = 残りの購読は{ $count }件です：{ $list }
subscriptions = このチャットの購読：{ $count }件
category-name = カテゴリー { $category }
subscription-line = { $topic }
subscription-category = { $topic }、{ $count }件のサービス
subscription-unwatched = { $topic }（監視は終了しました）
no-subscriptions = このチャットには購読がありません。{ $example } で購読でき、購読できるものは { $command } で確認できます。
components-gone = 現在 { $topic } の一覧にないため、通知できません：{ $list }
strange-components = 現在 { $topic } では見つかりません：{ $list }

## Mutes

everything = すべて
muted-incident = { $service }：{ $title }
muted-until = ここでは { $until } までミュートします：{ $muted }
muted-open = ここでは{ $kind ->
    [incident] 終了するまで
   *[other] 解除するまで
}ミュートします：{ $muted }
muted-recovery = すでに通知した障害については、終了時に通知音なしでお知らせします。
muted-footer = { $command } でミュートを解除できます。
unmuted = ミュートを解除しました：{ $muted }
still-muted = ただし、ここではすべてがミュートされています。{ $command } で解除できます。
nothing-muted = ここでミュート中のものはありません。
mutes-heading = ミュート中：
mute-line = { $muted }、{ $until } まで
mute-line-open = { $muted }、{ $kind ->
    [incident] 終了するまで
   *[other] 解除するまで
}

## Settings

settings-title = このチャットでの Foghorn の設定
setting-name = { $setting ->
   *[language] 言語
    [timezone] タイムゾーン
    [updates] 続報
    [sound] 通知音
    [digest] まとめ
}
choice-name = { $choice ->
   *[edits] 編集のみ
    [replies] 返信
    [thread] スレッド
    [news] 重要なもの
    [all] すべて
    [off] オフ
    [daily] 毎日 9:00
    [weekdays] 平日 9:00
    [mondays] 毎週月曜 9:00
}
choice-meaning = { $choice ->
   *[edits] 通知の内容だけを更新し、ほかには何も送りません
    [replies] 重要な続報を、通知への返信としても送ります
    [thread] 重要な続報を、通知のスレッドにも送ります（スレッドがない場所では返信）
    [news] 発生・再発・終了のときに通知音を鳴らします
    [all] すべてのメッセージで通知音を鳴らします
    [off] 通知音を鳴らしません
}
choice-line = { $choice }：{ $meaning }
setting-question = { $setting ->
   *[language] ここで Foghorn が使う言語を選んでください。
    [timezone] ここで時刻の表示に使うタイムゾーンを選んでください。
    [updates] 継続中の障害の続報をどのように受け取りますか？
    [sound] どのメッセージで通知音を鳴らしますか？
    [digest] 新しい知らせの有無にかかわらず、このチャットに状況のまとめをいつ届けますか？現在の問題、前回以降に終わったもの、予定されているメンテナンスをお知らせします。
}
setting-now = 現在：{ $value }
setting-other = その他：{ $command }
setting-changed = { $setting ->
   *[language] 言語を変更しました：{ $value }
    [timezone] タイムゾーンを変更しました：{ $value }
    [updates] 続報の届け方を変更しました：{ $value }
    [sound] 通知音の設定を変更しました：{ $value }
    [digest] まとめの時刻を変更しました：{ $value }
}
setting-same = { $setting ->
   *[language] 言語はすでにこの設定です：{ $value }
    [timezone] タイムゾーンはすでにこの設定です：{ $value }
    [updates] 続報の届け方はすでにこの設定です：{ $value }
    [sound] 通知音はすでにこの設定です：{ $value }
    [digest] まとめの時刻はすでにこの設定です：{ $value }
}
digest-next = { $when }、次回は { $next }
digest-next-time = 次回は { $next } に届きます。
bad-schedule = 「{ $typed }」は繰り返す時刻を表していません。例：{ $examples }。5項目の cron 式も使えます（最短で1時間に1回）。
settings-footer = { $command } で変更できます。

## A sample

sample-follows = このあと、テストと明記した障害と復旧の見本を送ります。Foghorn がここに投稿できるかどうかと、実際の見え方を確認できます。本当の障害ではありません。

## Welcome

welcome = こんにちは、Foghorn です
welcome-first = { $command } と入力して始めましょう。ほかにできることは { $help } で確認できます。

## Menus

ask-category = このチャットで何の通知を受け取りますか？
ask-service = { $category } のどのサービスですか？
ask-severity = { $topic } について、このチャットで何を受け取りますか？
ask-components = { $topic } のどのコンポーネントですか？選択はすぐに反映されます。何も選ばないと、すべてが対象です。
ask-regions = { $topic } のどの地域ですか？選択はすぐに反映されます。何も選ばないと、すべてが対象です。
ask-unwatch = どのページの監視を終了しますか？
ask-unsubscribe = どの購読を解除しますか？
ask-mute = ここで何をミュートしますか？
ask-length = どのくらいの間ミュートしますか：{ $muted }
ask-unmute = どのミュートを解除しますか？
choices-page = { $page }/{ $pages } ページ

## Buttons

button-status-page = ステータスページ
button-timeline = 経過
button-timeline-of = { $incident } の経過
button-mute = ミュート
button-not-well = 発生中の問題
button-unmute = ミュート解除
button-unmute-this = { $muted } のミュート解除
button-subscribe = 購読
button-older = ‹ 古い
button-newer = 新しい ›
button-previous = ‹ 前へ
button-next = 次へ ›
button-back = 戻る
button-chosen = ✓ { $label }
button-category = { $category }（{ $count }）
button-all-of = { $category } のすべて
button-any-severity = すべて
button-components = コンポーネント…
button-regions = 地域…
button-maintenance = メンテナンス
button-official = 公式のみ
button-done = 完了
button-choose = サービスを選ぶ
button-help = ヘルプ
button-until-over = 終了するまで

## The catalogue

services = { $count }件のサービス
services-found = { $search }：{ $count }件のサービス
category-line = { $category }（{ $count }）：{ $services }
own-pages = このチャットが独自に監視（{ $count }）：{ $pages }
service-line = { $service }：{ $condition } · { $command }
services-hint = { $command } でカテゴリーの一覧を表示できます。名前の一部でも検索できます。
page-next = { $page }/{ $pages } ページ。次へ：{ $next }
page-last = { $page }/{ $pages } ページ

## The story of an incident

story-title = { $service }：{ $title }
story-footer = { $id } · { $role }
page-earlier = { $page }/{ $pages } ページ。以前の経過：{ $earlier }
no-updates = { $role ->
    [measured] Foghorn による計測です。この件についての発表はありません。
    [reported] ユーザー報告によるものです。確認は取れておらず、発表もありません。
    [measured_reported] Foghorn による計測とユーザー報告によるものです。この件についての発表はありません。
   *[official] 状態の表示以外に、この件についての発表はありません。
}
no-incidents = { $service } の障害の記録はありません。
other-incidents = その他：
other-incident = { $start }：{ $title } · { $command }

## Help and about

help-title = 使えるコマンド
help-command = { $usage }：{ $summary }
help-footer = { $example } でコマンドの説明を表示できます。
help-title-of = { $usage }
help-summary = { $summary }。
help-option = { $name }：{ $summary }
help-optional-option = { $name }（任意）：{ $summary }
help-example = 例：{ $example }
help-managers = このチャットの管理者だけが使えます。
about-title = Foghorn { $version }
about-purpose = サービスに障害が発生したとき、分かっている内容と終了をお知らせします。
about-services = { $count }件のサービスを監視しています。
about-sources = { $count }件の情報源を読み取っています。
about-uptime = 稼働時間：{ $length }
about-last-poll = 最終取得：{ $ago }
about-no-poll = まだ何も読み取っていません。
about-well = すべて正常です。
about-unreadable = 現在、{ $count }件の情報源を読み取れません。
about-given-up = { $count }件のメッセージを配信できませんでした。
about-unusable = { $count }件のプラットフォームを利用できません。
own-unreadable = { $service } を読み取れません：{ $source }
own-readable = 再び読み取れるようになりました。読み取れなかった時間：{ $length }
own-moved = { $service } のページの代わりに、別のページが応答しています：{ $source }
own-moved-end = 再び信頼できるページになりました。この間（{ $length }）、このページの情報は判断に使っていません。
own-watched-no-more = 監視は終了しています。
own-given-up = メッセージを配信できませんでした
own-given-up-count = { $count }件のメッセージの配信を断念しました。内容と理由は { $command } で確認できます。
own-given-up-end = すべて再送または破棄され、未処理のものはありません。
own-store = 新しいデータを保存できません
own-store-end = 再び保存できるようになりました（中断時間：{ $length }）。
own-damaged = ストアが壊れていました
own-damaged-whole = すべてコピーから復元しました。壊れたファイルは { $place } にあります。不要になったら削除できます。
own-damaged-part = すべては復元できませんでした。コピーから：{ $copied }。壊れたファイルから：{ $saved }。ファイルは { $place } にあります。不要になったら削除できます。
own-damaged-end = 壊れたファイルは削除されました。
own-platform = { $platform ->
    [discord] Discord を利用できません
    [telegram] Telegram を利用できません
   *[other] コンソールを利用できません
}
own-platform-end = 再び利用できるようになりました。
sample-service = Foghorn のテスト
sample-title = これはテストです。実際の障害ではありません。
sample-words = 実際の通知もこのように表示されます。障害が続く間は内容を更新し、終了は新しいメッセージでお知らせします。
sample-news = これもテストです。障害の続報は通知に反映されます。
sample-failed = このチャットに見本を送信できませんでした。実際の通知も送信できない状態です：{ $reason }。解決したら、もう一度テストしてください。
about-help = 使えるコマンドは { $command } で確認できます。

## Discord

presence-well = 全{ $count }件のサービスが正常
presence-not-well = { $count }件中{ $bad }件のサービスで問題発生中
discord-right = { $right ->
   *[view] チャンネルを見る
    [send] メッセージを送信
    [posts] 投稿を作成
    [threads] スレッドでメッセージを送信
    [create-threads] 公開スレッドの作成
    [embed] 埋め込みリンク
    [history] メッセージ履歴を読む
}
discord-missing-rights = Foghorn はまだここに投稿できません。不足している権限：{ $rights }。サーバーの管理者がチャンネル設定の「権限」で許可してから、もう一度お試しください。
discord-not-here = Foghorn はここのメンバーではないため、自分から投稿できません。{ $command } のように質問することはできます。通知は、Foghorn を追加したサーバーと、Foghorn とのダイレクトメッセージに届きます。
discord-not-everybody = Foghorn は全員へのメンションを行いません。通知を受けたい人のためのロールを選んでください。
discord-no-answer = 時間内に応答できませんでした。もう一度お試しください。
discord-busy = 現在リクエストが集中しています。しばらくしてからもう一度お試しください。
