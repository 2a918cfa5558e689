# Russian. Short, true and kind: what happened, to what, since when, where to look.

## Words

condition = { $condition ->
    [operational] работает
    [degraded] работает с перебоями
    [partial_outage] частичный сбой
    [major_outage] серьёзный сбой
    [maintenance] техработы
   *[unknown] неизвестно
}
phase = { $phase ->
   *[investigating] выясняется
    [identified] причина найдена
    [monitoring] исправлено, под наблюдением
    [resolved] устранено
    [postmortem] отчёт опубликован
}
maintenance-phase = { $phase ->
   *[scheduled] запланированы
    [in_progress] идут
    [verifying] проверяются
    [completed] завершены
}
role = { $role ->
   *[official] официально
    [measured] измерено
    [reported] сообщают люди
    [official_measured] официально и измерено
    [official_reported] официально и сообщают люди
    [measured_reported] измерено и сообщают люди
    [all] официально, измерено и сообщают люди
    [hint] косвенный признак
}
recovered = закончилось
refused = не сделано

## Times

month = { $month ->
   *[jan] янв.
    [feb] февр.
    [mar] мар.
    [apr] апр.
    [may] мая
    [jun] июн.
    [jul] июл.
    [aug] авг.
    [sep] сент.
    [oct] окт.
    [nov] нояб.
    [dec] дек.
}
zone = { $zone }
date = { $day } { $month }, { $time } { $zone }
date-with-year = { $day } { $month } { $year } г., { $time } { $zone }
just-now = только что
minutes-ago = { $count ->
    [one] { $count } минуту назад
    [few] { $count } минуты назад
    [many] { $count } минут назад
   *[other] { $count } минуты назад
}
hours-ago = { $count ->
    [one] { $count } час назад
    [few] { $count } часа назад
    [many] { $count } часов назад
   *[other] { $count } часа назад
}
days-ago = { $count ->
    [one] { $count } день назад
    [few] { $count } дня назад
    [many] { $count } дней назад
   *[other] { $count } дня назад
}
in-a-moment = сейчас
in-minutes = { $count ->
    [one] через { $count } минуту
    [few] через { $count } минуты
    [many] через { $count } минут
   *[other] через { $count } минуты
}
in-hours = { $count ->
    [one] через { $count } час
    [few] через { $count } часа
    [many] через { $count } часов
   *[other] через { $count } часа
}
in-days = { $count ->
    [one] через { $count } день
    [few] через { $count } дня
    [many] через { $count } дней
   *[other] через { $count } дня
}
days = { $count ->
    [one] { $count } день
    [few] { $count } дня
    [many] { $count } дней
   *[other] { $count } дня
}
hours = { $count ->
    [one] { $count } час
    [few] { $count } часа
    [many] { $count } часов
   *[other] { $count } часа
}
minutes = { $count ->
    [one] { $count } минута
    [few] { $count } минуты
    [many] { $count } минут
   *[other] { $count } минуты
}
seconds = { $count ->
    [one] { $count } секунда
    [few] { $count } секунды
    [many] { $count } секунд
   *[other] { $count } секунды
}
two-units = { $large } { $small }

## Lists

list-separator = { ", " }
label-separator = { ": " }
with-condition = { $name } ({ $condition })
list-and = { $first } и { $last }
list-or = { $first } или { $last }
list-more = { $list } и ещё { $count }

## Telegram: channels and rights

channel-noted = Речь о канале { $channel }.
channel-welcome = Теперь Foghorn может публиковать в { $channel }. Напишите здесь, например, { $command }, и канал будет получать сообщения.
channel-unknown = Канала { $typed } нет, или Foghorn в нём не состоит. Сделайте Foghorn там администратором, который может публиковать сообщения.
channel-is-group = { $channel } — это группа, а не канал. Напишите это там.
channel-silent = Foghorn не может публиковать в { $channel }. Сделайте его там администратором, который может публиковать сообщения.
channel-stranger = Сделать это для { $channel } могут только его администраторы.
alerts-rested = Оповещения здесь молчали с { $since } до { $until }, потому что Foghorn не мог сюда писать. Теперь они продолжаются; о том, что ещё не в порядке, рассказывается сейчас.
alerts-rest = Оповещения здесь молчат с { $since }, потому что Foghorn не может сюда писать. Они продолжатся, как только это станет возможно; { $command } покажет, чего не хватает.
done-before = То, о чём вы просили, сделано. Вот как обстоят дела сейчас:
pressed-too-late = Это сообщение слишком старое для своих кнопок. Напишите { $command } там, где нужен ответ.
answer-there = Ответ уже есть под этим сообщением; теперь он обновлён.
timeline-there = Хронология уже есть под этим оповещением; теперь она обновлена.
rights-unchecked = Telegram сейчас не говорит, кто управляет этим чатом. Попробуйте ещё раз чуть позже.

## Incidents

alert-title = { $service }: { $condition ->
    [degraded] перебои
    [partial_outage] частичный сбой
    [major_outage] серьёзный сбой
    [maintenance] техработы
   *[other] инцидент
}
resolved-title = { $service }: { $role ->
    [measured] снова доступен
    [reported] жалоб больше нет
   *[official] устранено
}
lost-title = { $service }: чем кончилось, неизвестно
update-title = { $service }, { $kind ->
    [worse] стало хуже
   *[news] новости
}: { $condition ->
    [degraded] перебои
    [partial_outage] частичный сбой
    [major_outage] серьёзный сбой
    [resolved] устранено
   *[other] инцидент
}
return-title = { $service }: всё же не закончилось ({ $condition ->
    [degraded] перебои
    [partial_outage] частичный сбой
    [major_outage] серьёзный сбой
   *[other] инцидент
})
maintenance-title = { $service }: { $state ->
   *[announced] запланированы техработы
    [moved] техработы перенесены
    [running] идут техработы
    [verifying] техработы сделаны, идёт проверка
    [over] техработы завершены
    [called_off] техработы отменены
}
measured-title = { $condition ->
    [degraded] Ответы медленные или с ошибками
   *[other] Недоступен
}, { $voices ->
   *[measured] измерил Foghorn
    [measured_reported] измерил Foghorn и сообщают люди
}
official-title = { $voices ->
   *[official] Сообщает страница статуса
    [official_measured] Сообщает страница статуса, измерил Foghorn
    [official_reported] Сообщают страница статуса и люди
    [all] Сообщают страница статуса и люди, измерил Foghorn
}: { $condition }
people-title = Сообщают люди: { $condition }
watch-left = Foghorn не наблюдает за этим сервисом с { $at }: его убрали из каталога. Что будет дальше, здесь не узнать.
watch-back = { $at }: Foghorn снова наблюдает за этим сервисом.
flapping = Неполадки то проходят, то возвращаются. Foghorn напишет снова, когда всё успокоится.
page-gone = Об этом никто не сообщает с { $at }: страница стала другой или больше не читается. Закончилось ли это, здесь неизвестно.
was-down = { $condition ->
    [partial_outage] Частично не работало с { $start } до { $end } ({ $length }).
    [major_outage] Не работало с { $start } до { $end } ({ $length }).
   *[degraded] Работало с перебоями с { $start } до { $end } ({ $length }).
}
period = { $start } – { $end } ({ $length })
planned-period = { $start } – { $end }
at = { $at }
since-for = { $at } ({ $length })
phase-and-peak = { $phase }; в худший момент: { $peak }
last-update = { $at }, { $role }: { $phase }
last-note = { $at }, { $role }
alert-footer = { $role ->
   *[official] Официально: так говорит сам сервис
    [measured] Измерил Foghorn; официально ничего не сказано
    [reported] Сообщают люди; не подтверждено
    [official_measured] Официально, и измерил Foghorn
    [official_reported] Официально, и сообщают люди
    [measured_reported] Измерил Foghorn, и сообщают люди; официально ничего не сказано
    [all] Официально, измерил Foghorn, и сообщают люди
    [hint] Косвенный признак, не официальное слово
} · { $command }

storm-title = { $occasion ->
   *[at_once] { $count ->
        [one] Ещё { $count } сбой
        [few] Ещё { $count } сбоя
        [many] Ещё { $count } сбоев
       *[other] Ещё { $count } сбоя
    }
    [mute_ended] { $count ->
        [one] Продолжается { $count } сбой
        [few] Продолжаются { $count } сбоя
        [many] Продолжаются { $count } сбоев
       *[other] Продолжаются { $count } сбоя
    }
}
storm-over-title = { $count ->
    [one] Закончился { $count } сбой
    [2] Оба сбоя закончились
    [few] Все { $count } сбоя закончились
    [many] Все { $count } сбоев закончились
   *[other] Все { $count } сбоя закончились
}
storm-lost-title = О продолжающихся сбоях ничего не известно
storm-intro = { $occasion ->
   *[at_once] Многие начались одновременно, поэтому они собраны здесь.
    [mute_ended] Время тишины здесь закончилось. Об этих сбоях молчали, и они ещё продолжаются.
}
storm-ended = { $count ->
    [one] Закончился ещё { $count }.
    [few] Закончились ещё { $count }.
    [many] Закончились ещё { $count }.
   *[other] Закончились ещё { $count }.
}
storm-line = { $service }: { $what }, с { $since }
storm-line-over = { $service }: { $what }, закончилось, длилось { $length }
storm-line-lost = { $service }: { $what }, с { $since }, чем кончилось, неизвестно
storm-lost = { $count ->
    [one] О { $count } больше никто не сообщает. Закончился ли он, здесь неизвестно.
    [few] О { $count } больше никто не сообщает. Закончились ли они, здесь неизвестно.
    [many] О { $count } больше никто не сообщает. Закончились ли они, здесь неизвестно.
   *[other] О { $count } больше никто не сообщает. Закончились ли они, здесь неизвестно.
}
storm-more = { $count ->
    [one] и ещё { $count }
    [few] и ещё { $count }
    [many] и ещё { $count }
   *[other] и ещё { $count }
}
storm-footer = Что сейчас не в порядке: { $command }

digest-well = Всё в порядке, с { $since } ничего не случилось.
digest-title = { $count ->
    [0] Сейчас всё в порядке
    [one] Продолжается { $count } сбой
    [few] Продолжаются { $count } сбоя
    [many] Продолжаются { $count } сбоев
   *[other] Продолжаются { $count } сбоя
}
digest-over = { $count ->
    [one] С { $since } закончился { $count }:
    [few] С { $since } закончились { $count }:
    [many] С { $since } закончились { $count }:
   *[other] С { $since } закончились { $count }:
}
digest-nothing = С { $since } ни один не закончился.
digest-running = Техработы, которые идут:
digest-ahead = Техработы в ближайшие 7 дней:
digest-work = { $service }: { $title }, { $start } – { $end }
digest-work-from = { $service }: { $title }, { $start }
digest-work-until = { $service }: { $title }, до { $end }
digest-work-running = { $service }: { $title }
digest-footer = Это сводка для этого чата. { $command } покажет, когда она приходит.

## Labels

label-state = Состояние
label-since = Началось
label-when = Когда
label-duration = Длилось
label-affected = Затронуто
label-regions = Регионы
label-planned = Запланировано
label-format = Формат
label-status-page = Страница статуса
label-last-update = Последняя новость
label-again = Снова с
label-ended = Закончилось
label-noticed = Замечено Foghorn
label-timeline = Вся история
label-not-well = Не в порядке

## Planned work

lasted = { $length }
planned-from = с { $at }
planned-until = до { $at }
called-off = отменены
work-until = Идут техработы до { $end }: { $title }
work-running = Идут техработы: { $title }
work-ahead = Запланированы техработы с { $start } до { $end }: { $title }
work-from = Запланированы техработы с { $start }: { $title }
work-planned = Запланированы техработы: { $title }
maintenance-line = { $service }: { $work } · { $command }
maintenances = { $count ->
    [one] { $count } плановая работа: впереди или идёт
    [few] { $count } плановые работы: впереди или идут
    [many] { $count } плановых работ: впереди или идут
   *[other] { $count } плановой работы: впереди или идут
}
no-maintenance = Техработы не запланированы и не идут.
no-maintenance-at = У { $service } техработы не запланированы и не идут.

## What was not done

not-a-command = Команды начинаются с косой черты. { $command } покажет, что можно написать.
unknown-command = Команды { $typed } нет. { $command } покажет, что можно написать.
did-you-mean = Может быть, { $near }?
unknown-service = «{ $typed }» нет в каталоге. { $command } покажет, за чем ведётся наблюдение.
is-category = { $category } — это категория. { $command } покажет её сервисы; назовите один из них.
unknown-incident = Инцидента { $typed } нет. С сервисом, как в { $command }, видны последние.
no-address = «{ $typed }» — не адрес веб-страницы. Он начинается с https или http.
secret-in-address = В адресе есть имя пользователя или пароль. Уберите их: здесь их могут прочитать все.
watching-off = Владелец этого бота отключил наблюдение за своими страницами. { $command } покажет, за чем ведётся наблюдение.
watches-enough = { $count ->
    [one] Этот чат может наблюдать за { $count } своей страницей и уже это делает. { $command } освободит место.
    [few] Этот чат может наблюдать за { $count } своими страницами и уже это делает. { $command } освободит место.
    [many] Этот чат может наблюдать за { $count } своими страницами и уже это делает. { $command } освободит место.
   *[other] Этот чат может наблюдать за { $count } своими страницами и уже это делает. { $command } освободит место.
}
watched-already = Этот чат уже наблюдает за { $page }. { $status } покажет, как она, { $command } прекратит это.
name-taken = { $service } уже называется так. Выберите другое имя.
not-watched = Этот чат не наблюдает за страницей «{ $typed }».
ends-otherwise = Это часть каталога: подписку прекращает { $command }.
watched-here = Он наблюдает за: { $list }.
page-not-public = { $host } не в открытом интернете. Наблюдать можно только за страницами, доступными каждому.
page-port = Порт { $host } не из тех, что бывают у сайтов: опрашиваются только 80, 443 и от 1024.
page-unreachable = { $host }: { $why ->
    [unknown] сервера с таким именем нет. Проверьте адрес.
    [refused] там никто не отвечает. Проверьте адрес.
    [tls] защищённое соединение не удалось, и никто не скажет, чья это страница.
    [redirects] адрес ведёт только к другим, и ни один из них — не страница.
    [large] то, что там есть, слишком велико для страницы статуса.
    [status] вместо страницы пришёл ответ HTTP { $status }. Проверьте адрес.
   *[connection] соединение не удалось. Попробуйте позже.
}
page-slow = { $host } слишком долго не отвечает. Попробуйте позже.
page-nothing = На { $host } нет страницы статуса, которую я могу прочитать. Дайте адрес её самой или её ленты.
page-tried = Ещё испробовано: { $list }.
page-busy = Другие адреса ещё проверяются. Попробуйте чуть позже.
page-too-often = За последнее время проверено слишком много адресов. Попробуйте через { $wait }.
pages-full = Этот бот уже наблюдает за столькими страницами, сколько может. Обратитесь к его владельцу.
not-subscribed = У этого чата нет подписки на { $typed }. { $command } покажет, какие есть.
covered-by-category = Это всё ещё приходит через категорию { $category }. { $command } прекратит и это.
bad-severity = «{ $typed }» — не степень серьёзности. Напишите { $known }.
bad-number = «{ $typed }» — не число от 1.
bad-duration = «{ $typed }» — не срок от минуты до года. Напишите, например, { $known }.
until-example = until 9:00
bad-mention = { $platform ->
    [discord] «{ $typed }» — не роль этого сервера. Выберите роль, которую нужно позвать.
   *[other] «{ $typed }» — не имя, которое можно позвать. Напишите его с «собакой», как @name.
}
unknown-components = У { $topic } нет компонента «{ $typed }».
known-components = Есть: { $list }.
too-many-components = { $count ->
    [one] В подписке может быть не больше { $count } компонента.
    [few] В подписке может быть не больше { $count } компонентов.
    [many] В подписке может быть не больше { $count } компонентов.
   *[other] В подписке может быть не больше { $count } компонента.
}
not-muted = { $typed }: здесь не заглушено. { $command } покажет, что заглушено.
already-over = { $incident } — уже закончилось, глушить нечего. { $command } расскажет всю историю.
unknown-setting = Настройки «{ $typed }» нет. Напишите { $known }.
bad-choice = «{ $typed }» — такого варианта нет. Напишите { $known }.
unknown-zone = Часового пояса «{ $typed }» нет. Назовите его, например, { $example }.
outdated = Эта кнопка устарела. { $command } начнёт заново.
missing = Для { $command } не хватает одного. Нужно: { $wanted }.
unknown-option = У { $command } нет параметра { $typed }.
too-much = { $command } не знает, что делать с «{ $typed }».
not-manager = { $command } доступна только тем, кто управляет этим чатом. Попросите кого-нибудь из них.
failed = Что-то пошло не так, и не по вашей вине. Попробуйте ещё раз; в журнале это { $reference }.
not-here = Здесь { $command } нет.
usage = Пишется так: { $usage }, например { $example }.

## One service in one line

line-incident = { $service }: { $condition }, { $role }, началось { $since }: { $title }
line-derived = { $service }: { $condition }, { $role }, началось { $since }
line-condition = { $service }: { $condition }, { $role }
line-never = { $service }: ещё не прочитан
line-unreadable = { $service }: неизвестно, ни один источник не читается
line-stale = { $service }: сейчас не читается; при последнем чтении { $condition }, { $ago }
line-untold = { $service }: о неполадках не сообщалось

## Status of all

overview-not-well = { $count ->
    [one] { $count } сервис не в порядке
    [few] { $count } сервиса не в порядке
    [many] { $count } сервисов не в порядке
   *[other] { $count } сервиса не в порядке
}
overview-maintenance = { $count ->
    [one] { $count } сервис на техработах
    [few] { $count } сервиса на техработах
    [many] { $count } сервисов на техработах
   *[other] { $count } сервиса на техработах
}
overview-well = { $count ->
    [one] { $count } сервис в порядке
    [few] { $count } сервиса в порядке
    [many] { $count } сервисов в порядке
   *[other] { $count } сервиса в порядке
}
overview-quiet = О неполадках ничего не известно
overview-unknown = Сейчас ничего не известно
overview-all-services = { $count ->
    [one] У этого чата нет подписок, поэтому здесь весь каталог: { $count } сервис. { $command } это изменит.
    [few] У этого чата нет подписок, поэтому здесь весь каталог: { $count } сервиса. { $command } это изменит.
    [many] У этого чата нет подписок, поэтому здесь весь каталог: { $count } сервисов. { $command } это изменит.
   *[other] У этого чата нет подписок, поэтому здесь весь каталог: { $count } сервиса. { $command } это изменит.
}
overview-more = { $count ->
    [one] И ещё { $count }.
    [few] И ещё { $count }.
    [many] И ещё { $count }.
   *[other] И ещё { $count }.
}
overview-rest = { $count ->
    [one] Ещё { $count } сервис в порядке.
    [few] Ещё { $count } сервиса в порядке.
    [many] Ещё { $count } сервисов в порядке.
   *[other] Ещё { $count } сервиса в порядке.
}
overview-unreadable = Сейчас не читаются: { $services }.
overview-own-network = Не читается ни один источник: видимо, дело в связи самого Foghorn.
overview-never = Ещё не прочитаны: { $services }.
overview-untold = О неполадках не сообщалось: { $services }.
overview-footer = { $command } расскажет больше.

## Status of one

detail-title = { $service }: { $condition }
detail-never = { $service }: ещё не прочитан
detail-unreadable = { $service }: неизвестно, ни один источник не читается
detail-untold = { $service }: о неполадках не сообщалось
detail-stale = Сейчас ничего не читается. Вот что было известно { $ago }.
detail-said-by = { $role ->
   *[official] Официально: так говорит страница статуса, без отдельного инцидента.
    [measured] Измерил Foghorn; об инциденте никто не объявлял.
    [reported] Сообщают люди; никто этого не подтвердил.
    [official_measured] Официально: так говорит страница статуса, без отдельного инцидента. Foghorn это тоже измерил.
    [official_reported] Официально: так говорит страница статуса, без отдельного инцидента. Люди тоже об этом сообщают.
    [measured_reported] Измерил Foghorn, и сообщают люди; об инциденте никто не объявлял.
    [all] Официально: так говорит страница статуса, без отдельного инцидента. Foghorn это тоже измерил, и сообщают люди.
}
detail-incident = { $title } ({ $role })
detail-more-incidents = { $count ->
    [one] Открыт ещё { $count } инцидент: { $command }
    [few] Открыты ещё { $count } инцидента: { $command }
    [many] Открыты ещё { $count } инцидентов: { $command }
   *[other] Открыты ещё { $count } инцидента: { $command }
}
detail-subscribe = Узнать, когда это изменится: { $command }
likely-cause = Вероятная причина: у { $service } тоже неполадки ({ $condition }). { $command } расскажет больше.
alternatives = Пока можно пользоваться: { $services }.
hint = Косвенный признак, не о самом { $service }: { $host } сообщает «{ $remark }».
sources-heading = Откуда это известно:
source-well = { $host } ({ $role }): { $condition }, прочитано { $ago }
source-measured = { $host } ({ $role }): { $condition }, ответ за { $latency } мс, { $ago }
source-never = { $host } ({ $role }): ещё не прочитан
source-unreadable = { $host } ({ $role }): прочитать пока не удалось
source-moved = { $host } ({ $role }): там отвечает другая страница, чем раньше, на { $to }, поэтому ей пока нет веры
source-leads-to = Адрес на { $host } теперь ведёт на { $to }.
source-stale = { $host } ({ $role }): сейчас не читается; при последнем чтении { $condition }, { $ago }

## Subscriptions

subscribed = Теперь этот чат получает сообщения о { $topic }.
subscription-changed = Подписка на { $topic } изменена.
subscribed-before = У этого чата уже есть точно такая подписка на { $topic }.
subscribed-footer = { $command } прекратит её.
category-services = { $count ->
    [one] { $count } сервис: { $services }.
    [few] { $count } сервиса: { $services }.
    [many] { $count } сервисов: { $services }.
   *[other] { $count } сервиса: { $services }.
}
category-quiet = О неполадках там сейчас ничего не известно.
label-severity = Серьёзность
label-components = Только компоненты
label-only-regions = Только регионы
label-maintenance = Техработы
label-heard = С чьих слов
label-mention = Зовёт
filter-severity = { $severity ->
    [degraded] перебои и хуже
    [partial_outage] частичный сбой и хуже
   *[major_outage] только серьёзный сбой
}
switch-word = { $state ->
    [off] выкл.
   *[on] вкл.
}
filter-sources = { $sources ->
    [official] только официальные источники
   *[all] официально, измерено и от людей
}
filter-takes-in = { $count ->
    [one] Теперь об этом рассказывается здесь, начиная со следующего изменения: { $list }.
    [few] Теперь об этом рассказывается здесь, начиная со следующего изменения: { $list }.
    [many] Теперь об этом рассказывается здесь, начиная со следующего изменения: { $list }.
   *[other] Теперь об этом рассказывается здесь, начиная со следующего изменения: { $list }.
}
filter-keeps = { $count ->
    [one] Больше не из того, о чём здесь рассказывается, но начатое будет рассказано до конца: { $list }.
    [few] Больше не из того, о чём здесь рассказывается, но начатое будет рассказано до конца: { $list }.
    [many] Больше не из того, о чём здесь рассказывается, но начатое будет рассказано до конца: { $list }.
   *[other] Больше не из того, о чём здесь рассказывается, но начатое будет рассказано до конца: { $list }.
}
filter-leaves-out = Продолжается, но здесь не рассказывается: { $list }.
filter-mention = { $mention }, когда инцидент начинается
watching = Теперь этот чат наблюдает за { $page } и получает о ней сообщения.
page-of-service = { $page } — страница { $service }, за которым и так ведётся наблюдение.
format-at = { $format }, прочитано на { $document }
page-leads-to = Адрес ведёт на другой сервер, { $host }.
open-there = { $count ->
    [one] Сейчас там ({ $count }): { $list }.
    [few] Сейчас там ({ $count }): { $list }.
    [many] Сейчас там ({ $count }): { $list }.
   *[other] Сейчас там ({ $count }): { $list }.
}
unwatched = Этот чат больше не наблюдает за { $page }, и подписка на неё закончилась.
nothing-watched = Этот чат не наблюдает за своими страницами. { $command } добавит такую.
unsubscribed = Подписка на { $topic } закончилась.
unsubscribed-all = { $count ->
    [one] Закончилась { $count } подписка этого чата — все, что были.
    [few] Закончились все { $count } подписки этого чата.
    [many] Закончились все { $count } подписок этого чата.
   *[other] Закончились все { $count } подписки этого чата.
}
nothing-to-unsubscribe = У этого чата нет подписок.
nothing-remains = Подписок не осталось.
remains = { $count ->
    [one] Осталась { $count } подписка: { $list }.
    [few] Остались { $count } подписки: { $list }.
    [many] Осталось { $count } подписок: { $list }.
   *[other] Осталось { $count } подписки: { $list }.
}
subscriptions = { $count ->
    [one] У этого чата { $count } подписка
    [few] У этого чата { $count } подписки
    [many] У этого чата { $count } подписок
   *[other] У этого чата { $count } подписки
}
category-name = категория { $category }
subscription-line = { $topic }
subscription-category = { $count ->
    [one] { $topic }, { $count } сервис
    [few] { $topic }, { $count } сервиса
    [many] { $topic }, { $count } сервисов
   *[other] { $topic }, { $count } сервиса
}
subscription-unwatched = { $topic }, наблюдения больше нет
no-subscriptions = У этого чата нет подписок. { $example } создаст такую; { $command } покажет, что есть.
components-gone = { $topic } сейчас этого не показывает, поэтому сообщений об этом быть не может: { $list }.
strange-components = Сейчас у { $topic } неизвестно: { $list }.

## Mutes

everything = Всё
muted-incident = { $service }: { $title }
muted-until = { $muted }: заглушено здесь до { $until }.
muted-open = { $muted }: заглушено здесь { $kind ->
    [incident] до конца
   *[other] до отмены
}.
muted-recovery = О конце того, о чём уже сообщалось, всё равно будет рассказано, без звука.
muted-footer = { $command } отменит это.
unmuted = { $muted }: больше не заглушено.
still-muted = Но здесь заглушено всё. { $command } отменит это.
nothing-muted = Здесь ничего не заглушено.
mutes-heading = Заглушено:
mute-line = { $muted }, до { $until }
mute-line-open = { $muted }, { $kind ->
    [incident] до конца
   *[other] до отмены
}

## Settings

settings-title = Как Foghorn говорит в этом чате
setting-name = { $setting ->
   *[language] Язык
    [timezone] Часовой пояс
    [updates] Новости
    [sound] Звук
    [digest] Сводка
}
choice-name = { $choice ->
   *[edits] только правки
    [replies] ответы
    [thread] ветка
    [news] важное
    [all] всё
    [off] выкл.
    [daily] каждый день в 9:00
    [weekdays] по будням в 9:00
    [mondays] по понедельникам в 9:00
}
choice-meaning = { $choice ->
   *[edits] оповещение обновляется, больше ничего не присылается
    [replies] важные новости присылаются ещё и ответом на оповещение
    [thread] важные новости присылаются ещё и в ветку оповещения; где веток нет — ответом
    [news] начала, возвращения и концы со звуком
    [all] каждое сообщение со звуком
    [off] ни одно сообщение не звучит
}
choice-line = { $choice }: { $meaning }
setting-question = { $setting ->
   *[language] На каком языке Foghorn говорить здесь?
    [timezone] В каком часовом поясе писать здесь время?
    [updates] Как должны приходить новости открытого инцидента?
    [sound] Какие сообщения должны звучать?
    [digest] Когда рассказывать этому чату, как обстоят дела, есть новости или нет? В сводке будет, что не в порядке, что закончилось с прошлого раза и какие техработы запланированы.
}
setting-now = Сейчас: { $value }
setting-other = Любой другой: { $command }
setting-changed = { $setting ->
   *[language] Теперь язык
    [timezone] Теперь часовой пояс
    [updates] Теперь новости
    [sound] Теперь звук
    [digest] Теперь сводка приходит так
}: { $value }.
setting-same = { $setting ->
   *[language] Язык уже такой
    [timezone] Часовой пояс уже такой
    [updates] Новости уже такие
    [sound] Звук уже такой
    [digest] Сводка уже приходит так
}: { $value }.
digest-next = { $when }, следующая { $next }
digest-next-time = Следующая придёт { $next }.
bad-schedule = «{ $typed }» не называет времени, которое повторяется. Примеры: { $examples }. Подойдёт и выражение cron из пяти полей, не чаще раза в час.
settings-footer = { $command } изменит что-то из этого.

## A sample

sample-follows = Сейчас придут пробный сбой и его конец, помеченные как проверка. Они покажут, может ли Foghorn писать сюда и как это выглядит. На самом деле ничего не сломалось.

## Welcome

welcome = Здравствуйте, это Foghorn
welcome-first = Напишите { $command }, чтобы начать. { $help } покажет, что ещё есть.

## Menus

ask-category = О чём сообщать этому чату?
ask-service = О каком сервисе из «{ $category }»?
ask-severity = Что сообщать этому чату о { $topic }?
ask-components = О каких компонентах { $topic }? Каждый выбор действует сразу; если не выбрано ничего — обо всех.
ask-regions = О каких регионах { $topic }? Каждый выбор действует сразу; если не выбрано ничего — обо всех.
ask-unwatch = За какой страницей больше не наблюдать?
ask-unsubscribe = Какую подписку прекратить?
ask-mute = Что здесь заглушить?
ask-length = На сколько заглушить: { $muted }?
ask-unmute = Что снова сделать слышным?
choices-page = Страница { $page } из { $pages }

## Buttons

button-status-page = Страница статуса
button-timeline = Хронология
button-timeline-of = Хронология { $incident }
button-mute = Заглушить
button-not-well = Что не в порядке
button-unmute = Вернуть звук
button-unmute-this = Вернуть звук: { $muted }
button-subscribe = Подписаться
button-older = ‹ Раньше
button-newer = Позже ›
button-previous = ‹ Назад
button-next = Дальше ›
button-back = Назад
button-chosen = ✓ { $label }
button-category = { $category } ({ $count })
button-all-of = Всё из «{ $category }»
button-any-severity = всё
button-components = Компоненты…
button-regions = Регионы…
button-maintenance = Техработы
button-official = Только официально
button-done = Готово
button-choose = Выбрать сервисы
button-help = Помощь
button-until-over = до конца

## The catalogue

services = { $count ->
    [one] { $count } сервис
    [few] { $count } сервиса
    [many] { $count } сервисов
   *[other] { $count } сервиса
}
services-found = { $search }: { $count ->
    [one] { $count } сервис
    [few] { $count } сервиса
    [many] { $count } сервисов
   *[other] { $count } сервиса
}
category-line = { $category } ({ $count }): { $services }
own-pages = Под наблюдением для этого чата ({ $count }): { $pages }
service-line = { $service }: { $condition } · { $command }
services-hint = { $command } покажет категорию; подойдёт и часть названия.
page-next = Страница { $page } из { $pages }. Дальше: { $next }
page-last = Страница { $page } из { $pages }

## The story of an incident

story-title = { $service }: { $title }
story-footer = { $id } · { $role }
page-earlier = Страница { $page } из { $pages }. Раньше: { $earlier }
no-updates = { $role ->
    [measured] Измерил Foghorn; об этом никто ничего не писал.
    [reported] Сообщают люди; никто этого не подтвердил и ничего об этом не писал.
    [measured_reported] Измерил Foghorn, и сообщают люди; об этом никто ничего не писал.
   *[official] Кроме самого состояния, об этом ничего не опубликовано.
}
no-incidents = Об инцидентах { $service } записей нет.
other-incidents = Другие:
other-incident = { $start }: { $title } · { $command }

## Help and about

help-title = Что можно написать
help-command = { $usage }: { $summary }
help-footer = { $example } объяснит команду.
help-title-of = { $usage }
help-summary = { $summary }.
help-option = { $name }: { $summary }
help-optional-option = { $name } (необязательно): { $summary }
help-example = Пример: { $example }
help-managers = Доступно только тем, кто управляет чатом.
about-title = Foghorn { $version }
about-purpose = Сообщает, когда сервис сломался, что известно и когда всё закончилось.
about-services = { $count ->
    [one] Наблюдает за { $count } сервисом.
    [few] Наблюдает за { $count } сервисами.
    [many] Наблюдает за { $count } сервисами.
   *[other] Наблюдает за { $count } сервиса.
}
about-sources = { $count ->
    [one] Читает { $count } источник.
    [few] Читает { $count } источника.
    [many] Читает { $count } источников.
   *[other] Читает { $count } источника.
}
about-uptime = Работает уже: { $length }.
about-last-poll = Последнее чтение: { $ago }.
about-no-poll = Ещё ничего не прочитано.
about-well = Всё в порядке.
about-unreadable = { $count ->
    [one] Сейчас не читается { $count } источник.
    [few] Сейчас не читаются { $count } источника.
    [many] Сейчас не читаются { $count } источников.
   *[other] Сейчас не читаются { $count } источника.
}
about-given-up = { $count ->
    [one] Не удалось доставить { $count } сообщение.
    [few] Не удалось доставить { $count } сообщения.
    [many] Не удалось доставить { $count } сообщений.
   *[other] Не удалось доставить { $count } сообщения.
}
about-unusable = { $count ->
    [one] Недоступна { $count } из его платформ.
    [few] Недоступны { $count } из его платформ.
    [many] Недоступны { $count } из его платформ.
   *[other] Недоступны { $count } из его платформ.
}
own-unreadable = { $service } не читается: { $source }
own-readable = Снова читается; не читалось { $length }.
own-moved = Вместо страницы { $service } отвечает другая: { $source }
own-moved-end = Странице там снова можно верить; { $length } из неё ничего не выводилось.
own-watched-no-more = За этим больше не ведётся наблюдение.
own-given-up = Сообщения не удалось доставить
own-given-up-count = { $count ->
    [one] Доставка { $count } сообщения прекращена.
    [few] Доставка { $count } сообщений прекращена.
    [many] Доставка { $count } сообщений прекращена.
   *[other] Доставка { $count } сообщения прекращена.
} { $command } скажет, каких и почему.
own-given-up-end = Ни одного не осталось: их отправили снова или отбросили.
own-store = Новое не удаётся сохранить
own-store-end = Снова сохраняется; не сохранялось { $length }.
own-damaged = Хранилище было повреждено
own-damaged-whole = Всё восстановлено из копии. Повреждённые файлы лежат в { $place }; когда они никому не нужны, их можно удалить.
own-damaged-part = Восстановить удалось не всё. Из копии: { $copied }. Из повреждённых файлов: { $saved }. Они лежат в { $place }; когда они никому не нужны, их можно удалить.
own-damaged-end = Повреждённые файлы удалены.
own-platform = { $platform ->
    [discord] Discord недоступен
    [telegram] Telegram недоступен
   *[other] Консоль недоступна
}
own-platform-end = Снова доступно.
sample-service = Проверка Foghorn
sample-title = Это проверка. Ничего не сломалось.
sample-words = Так выглядит настоящее оповещение. Пока сбой длится, оно обновляется, а о конце приходит новое сообщение.
sample-news = Всё ещё проверка: новости о сбое меняют оповещение.
sample-failed = Пробное сообщение не удалось отправить в этот чат; не дошло бы и оповещение: { $reason }. Когда это исправят, повторите проверку.
about-help = { $command } покажет, что можно написать.

## Discord

presence-well = { $count ->
    [one] { $count } сервис, всё в порядке
    [few] { $count } сервиса, всё в порядке
    [many] { $count } сервисов, всё в порядке
   *[other] { $count } сервиса, всё в порядке
}
presence-not-well = { $count ->
    [one] не в порядке { $bad } из { $count } сервиса
    [few] не в порядке { $bad } из { $count } сервисов
    [many] не в порядке { $bad } из { $count } сервисов
   *[other] не в порядке { $bad } из { $count } сервиса
}
discord-right = { $right ->
   *[view] Просматривать канал
    [send] Отправлять сообщения
    [posts] Создавать публикации
    [threads] Отправлять сообщения в ветках
    [create-threads] Создавать публичные ветки
    [embed] Встраивать ссылки
    [history] Читать историю сообщений
}
discord-missing-rights = Foghorn пока не может здесь публиковать. Не хватает: { $rights }. Кто-нибудь из управляющих сервером может разрешить это в настройках канала, в разделе «Права доступа»; потом попробуйте ещё раз.
discord-not-here = Foghorn здесь не участник, поэтому сам писать не может. Его можно спросить, например { $command }; оповещения приходят на серверы, куда его добавили, и в личный чат с ним.
discord-not-everybody = Foghorn не зовёт всех сразу. Выберите роль для тех, кого нужно звать.
discord-no-answer = Foghorn не успел ответить. Попробуйте ещё раз.
discord-busy = Сейчас слишком много вопросов. Попробуйте чуть позже.
