# Ukrainian. Short, true and kind: what happened, to what, since when, where to look.

## Words

condition = { $condition ->
    [operational] працює
    [degraded] працює з перебоями
    [partial_outage] частковий збій
    [major_outage] серйозний збій
    [maintenance] техроботи
   *[unknown] невідомо
}
phase = { $phase ->
   *[investigating] з’ясовується
    [identified] причину знайдено
    [monitoring] виправлено, під наглядом
    [resolved] усунено
    [postmortem] звіт опубліковано
}
maintenance-phase = { $phase ->
   *[scheduled] заплановано
    [in_progress] тривають
    [verifying] перевіряються
    [completed] завершено
}
role = { $role ->
   *[official] офіційно
    [measured] виміряно
    [reported] повідомляють люди
    [official_measured] офіційно й виміряно
    [official_reported] офіційно й повідомляють люди
    [measured_reported] виміряно й повідомляють люди
    [all] офіційно, виміряно й повідомляють люди
    [hint] непряма ознака
}
recovered = закінчилося
refused = не зроблено

## Times

month = { $month ->
   *[jan] січ.
    [feb] лют.
    [mar] бер.
    [apr] квіт.
    [may] трав.
    [jun] черв.
    [jul] лип.
    [aug] серп.
    [sep] вер.
    [oct] жовт.
    [nov] лист.
    [dec] груд.
}
zone = { $zone }
date = { $day } { $month }, { $time } { $zone }
date-with-year = { $day } { $month } { $year } р., { $time } { $zone }
just-now = щойно
minutes-ago = { $count ->
    [one] { $count } хвилину тому
    [few] { $count } хвилини тому
    [many] { $count } хвилин тому
   *[other] { $count } хвилини тому
}
hours-ago = { $count ->
    [one] { $count } годину тому
    [few] { $count } години тому
    [many] { $count } годин тому
   *[other] { $count } години тому
}
days-ago = { $count ->
    [one] { $count } день тому
    [few] { $count } дні тому
    [many] { $count } днів тому
   *[other] { $count } дня тому
}
in-a-moment = зараз
in-minutes = { $count ->
    [one] за { $count } хвилину
    [few] за { $count } хвилини
    [many] за { $count } хвилин
   *[other] за { $count } хвилини
}
in-hours = { $count ->
    [one] за { $count } годину
    [few] за { $count } години
    [many] за { $count } годин
   *[other] за { $count } години
}
in-days = { $count ->
    [one] за { $count } день
    [few] за { $count } дні
    [many] за { $count } днів
   *[other] за { $count } дня
}
days = { $count ->
    [one] { $count } день
    [few] { $count } дні
    [many] { $count } днів
   *[other] { $count } дня
}
hours = { $count ->
    [one] { $count } година
    [few] { $count } години
    [many] { $count } годин
   *[other] { $count } години
}
minutes = { $count ->
    [one] { $count } хвилина
    [few] { $count } хвилини
    [many] { $count } хвилин
   *[other] { $count } хвилини
}
seconds = { $count ->
    [one] { $count } секунда
    [few] { $count } секунди
    [many] { $count } секунд
   *[other] { $count } секунди
}
two-units = { $large } { $small }

## Lists

list-separator = { ", " }
label-separator = { ": " }
with-condition = { $name } ({ $condition })
list-and = { $first } і { $last }
list-or = { $first } або { $last }
list-more = { $list } і ще { $count }

## Telegram: channels and rights

channel-noted = Ідеться про канал { $channel }.
channel-welcome = Тепер Foghorn може публікувати в { $channel }. Напишіть тут, наприклад, { $command }, і канал отримуватиме повідомлення.
channel-unknown = Каналу { $typed } немає, або Foghorn у ньому не перебуває. Зробіть Foghorn там адміністратором, який може публікувати повідомлення.
channel-is-group = { $channel } — це група, а не канал. Напишіть це там.
channel-silent = Foghorn не може публікувати в { $channel }. Зробіть його там адміністратором, який може публікувати повідомлення.
channel-stranger = Зробити це для { $channel } можуть лише його адміністратори.
alerts-rested = Сповіщення тут мовчали з { $since } до { $until }, бо Foghorn не міг сюди писати. Тепер вони тривають; про те, що досі не гаразд, розповідається зараз.
alerts-rest = Сповіщення тут мовчать з { $since }, бо Foghorn не може сюди писати. Вони триватимуть, щойно це стане можливо; { $command } покаже, чого бракує.
done-before = Те, про що ви просили, зроблено. Ось як справи зараз:
pressed-too-late = Це повідомлення застаре для своїх кнопок. Напишіть { $command } там, де потрібна відповідь.
answer-there = Відповідь уже є під цим повідомленням; тепер вона оновлена.
timeline-there = Хронологія вже є під цим сповіщенням; тепер вона оновлена.
rights-unchecked = Telegram зараз не каже, хто керує цим чатом. Спробуйте ще раз трохи згодом.

## Incidents

alert-title = { $service }: { $condition ->
    [degraded] перебої
    [partial_outage] частковий збій
    [major_outage] серйозний збій
    [maintenance] техроботи
   *[other] інцидент
}
resolved-title = { $service }: { $role ->
    [measured] знову доступно
    [reported] скарг більше немає
   *[official] усунено
}
lost-title = { $service }: чим скінчилося, невідомо
update-title = { $service }, { $kind ->
    [worse] стало гірше
   *[news] новини
}: { $condition ->
    [degraded] перебої
    [partial_outage] частковий збій
    [major_outage] серйозний збій
    [resolved] усунено
   *[other] інцидент
}
return-title = { $service }: усе ж не закінчилося ({ $condition ->
    [degraded] перебої
    [partial_outage] частковий збій
    [major_outage] серйозний збій
   *[other] інцидент
})
maintenance-title = { $service }: { $state ->
   *[announced] заплановано техроботи
    [moved] техроботи перенесено
    [running] тривають техроботи
    [verifying] техроботи зроблено, триває перевірка
    [over] техроботи завершено
    [called_off] техроботи скасовано
}
measured-title = { $condition ->
    [degraded] Відповіді повільні або з помилками
   *[other] Недоступно
}, { $voices ->
   *[measured] виміряв Foghorn
    [measured_reported] виміряв Foghorn і повідомляють люди
}
official-title = { $voices ->
   *[official] Повідомляє сторінка статусу
    [official_measured] Повідомляє сторінка статусу, виміряв Foghorn
    [official_reported] Повідомляють сторінка статусу й люди
    [all] Повідомляють сторінка статусу й люди, виміряв Foghorn
}: { $condition }
people-title = Повідомляють люди: { $condition }
watch-left = Foghorn не стежить за цим сервісом з { $at }: його прибрали з каталогу. Що буде далі, тут не дізнатися.
watch-back = { $at }: Foghorn знову стежить за цим сервісом.
flapping = Негаразди то минають, то повертаються. Foghorn напише знову, коли все вгамується.
page-gone = Про це ніхто не повідомляє з { $at }: сторінка стала іншою або більше не читається. Чи закінчилося це, тут невідомо.
was-down = { $condition ->
    [partial_outage] Частково не працювало з { $start } до { $end } ({ $length }).
    [major_outage] Не працювало з { $start } до { $end } ({ $length }).
   *[degraded] Працювало з перебоями з { $start } до { $end } ({ $length }).
}
period = { $start } – { $end } ({ $length })
planned-period = { $start } – { $end }
at = { $at }
since-for = { $at } ({ $length })
phase-and-peak = { $phase }; у найгірший момент: { $peak }
last-update = { $at }, { $role }: { $phase }
last-note = { $at }, { $role }
alert-footer = { $role ->
   *[official] Офіційно: так каже сам сервіс
    [measured] Виміряв Foghorn; офіційно нічого не сказано
    [reported] Повідомляють люди; не підтверджено
    [official_measured] Офіційно, і виміряв Foghorn
    [official_reported] Офіційно, і повідомляють люди
    [measured_reported] Виміряв Foghorn, і повідомляють люди; офіційно нічого не сказано
    [all] Офіційно, виміряв Foghorn, і повідомляють люди
    [hint] Непряма ознака, не офіційне слово
} · { $command }

storm-title = { $occasion ->
   *[at_once] { $count ->
        [one] Ще { $count } збій
        [few] Ще { $count } збої
        [many] Ще { $count } збоїв
       *[other] Ще { $count } збою
    }
    [mute_ended] { $count ->
        [one] Триває { $count } збій
        [few] Тривають { $count } збої
        [many] Тривають { $count } збоїв
       *[other] Тривають { $count } збою
    }
}
storm-over-title = { $count ->
    [one] Закінчився { $count } збій
    [2] Обидва збої закінчилися
    [few] Усі { $count } збої закінчилися
    [many] Усі { $count } збоїв закінчилися
   *[other] Усі { $count } збою закінчилися
}
storm-lost-title = Про збої, що тривають, нічого не відомо
storm-intro = { $occasion ->
   *[at_once] Багато почалося одночасно, тому вони зібрані тут.
    [mute_ended] Час тиші тут закінчився. Про ці збої мовчали, і вони досі тривають.
}
storm-ended = { $count ->
    [one] Закінчився ще { $count }.
    [few] Закінчилися ще { $count }.
    [many] Закінчилися ще { $count }.
   *[other] Закінчилися ще { $count }.
}
storm-line = { $service }: { $what }, з { $since }
storm-line-over = { $service }: { $what }, закінчилося, тривало { $length }
storm-line-lost = { $service }: { $what }, з { $since }, чим скінчилося, невідомо
storm-lost = { $count ->
    [one] Про { $count } більше ніхто не повідомляє. Чи закінчився він, тут невідомо.
    [few] Про { $count } більше ніхто не повідомляє. Чи закінчилися вони, тут невідомо.
    [many] Про { $count } більше ніхто не повідомляє. Чи закінчилися вони, тут невідомо.
   *[other] Про { $count } більше ніхто не повідомляє. Чи закінчилися вони, тут невідомо.
}
storm-more = { $count ->
    [one] і ще { $count }
    [few] і ще { $count }
    [many] і ще { $count }
   *[other] і ще { $count }
}
storm-footer = Що зараз не гаразд: { $command }

digest-well = Усе гаразд, з { $since } нічого не сталося.
digest-title = { $count ->
    [0] Зараз усе гаразд
    [one] Триває { $count } збій
    [few] Тривають { $count } збої
    [many] Тривають { $count } збоїв
   *[other] Тривають { $count } збою
}
digest-over = { $count ->
    [one] З { $since } закінчився { $count }:
    [few] З { $since } закінчилися { $count }:
    [many] З { $since } закінчилися { $count }:
   *[other] З { $since } закінчилися { $count }:
}
digest-nothing = З { $since } жоден не закінчився.
digest-running = Техроботи, що тривають:
digest-ahead = Техроботи в найближчі 7 днів:
digest-work = { $service }: { $title }, { $start } – { $end }
digest-work-from = { $service }: { $title }, { $start }
digest-work-until = { $service }: { $title }, до { $end }
digest-work-running = { $service }: { $title }
digest-footer = Це зведення для цього чату. { $command } покаже, коли воно надходить.

## Labels

label-state = Стан
label-since = Почалося
label-when = Коли
label-duration = Тривало
label-affected = Уражено
label-regions = Регіони
label-planned = Заплановано
label-format = Формат
label-status-page = Сторінка статусу
label-last-update = Остання новина
label-again = Знову з
label-ended = Закінчилося
label-noticed = Помічено Foghorn
label-timeline = Уся історія
label-not-well = Не гаразд

## Planned work

lasted = { $length }
planned-from = з { $at }
planned-until = до { $at }
called-off = скасовано
work-until = Тривають техроботи до { $end }: { $title }
work-running = Тривають техроботи: { $title }
work-ahead = Заплановано техроботи з { $start } до { $end }: { $title }
work-from = Заплановано техроботи з { $start }: { $title }
work-planned = Заплановано техроботи: { $title }
maintenance-line = { $service }: { $work } · { $command }
maintenances = { $count ->
    [one] { $count } планова робота: попереду або триває
    [few] { $count } планові роботи: попереду або тривають
    [many] { $count } планових робіт: попереду або тривають
   *[other] { $count } планової роботи: попереду або тривають
}
no-maintenance = Техроботи не заплановано, і вони не тривають.
no-maintenance-at = У { $service } техроботи не заплановано, і вони не тривають.

## What was not done

not-a-command = Команди починаються зі скісної риски. { $command } покаже, що можна написати.
unknown-command = Команди { $typed } немає. { $command } покаже, що можна написати.
did-you-mean = Може, { $near }?
unknown-service = «{ $typed }» немає в каталозі. { $command } покаже, за чим ведеться спостереження.
is-category = { $category } — це категорія. { $command } покаже її сервіси; назвіть один із них.
unknown-incident = Інциденту { $typed } немає. Із сервісом, як у { $command }, видно останні.
no-address = «{ $typed }» — не адреса вебсторінки. Вона починається з https або http.
secret-in-address = В адресі є ім’я користувача або пароль. Приберіть їх: тут їх можуть прочитати всі.
watching-off = Власник цього бота вимкнув спостереження за власними сторінками. { $command } покаже, за чим ведеться спостереження.
watches-enough = { $count ->
    [one] Цей чат може стежити за { $count } власною сторінкою і вже це робить. { $command } звільнить місце.
    [few] Цей чат може стежити за { $count } власними сторінками і вже це робить. { $command } звільнить місце.
    [many] Цей чат може стежити за { $count } власними сторінками і вже це робить. { $command } звільнить місце.
   *[other] Цей чат може стежити за { $count } власними сторінками і вже це робить. { $command } звільнить місце.
}
watched-already = Цей чат уже стежить за { $page }. { $status } покаже, як вона, { $command } припинить це.
name-taken = { $service } уже так зветься. Виберіть інше ім’я.
not-watched = Цей чат не стежить за сторінкою «{ $typed }».
ends-otherwise = Це частина каталогу: підписку припиняє { $command }.
watched-here = Він стежить за: { $list }.
page-not-public = { $host } не у відкритому інтернеті. Стежити можна лише за сторінками, доступними кожному.
page-port = Порт { $host } не з тих, що бувають у сайтів: опитуються лише 80, 443 і від 1024.
page-unreachable = { $host }: { $why ->
    [unknown] сервера з таким ім’ям немає. Перевірте адресу.
    [refused] там ніхто не відповідає. Перевірте адресу.
    [tls] захищене з’єднання не вдалося, і ніхто не скаже, чия це сторінка.
    [redirects] адреса веде лише до інших, і жодна з них — не сторінка.
    [large] те, що там є, завелике для сторінки статусу.
    [status] замість сторінки надійшла відповідь HTTP { $status }. Перевірте адресу.
   *[connection] з’єднання не вдалося. Спробуйте пізніше.
}
page-slow = { $host } надто довго не відповідає. Спробуйте пізніше.
page-nothing = На { $host } немає сторінки статусу, яку я можу прочитати. Дайте адресу її самої або її стрічки.
page-tried = Ще випробувано: { $list }.
page-busy = Інші адреси ще перевіряються. Спробуйте трохи згодом.
page-too-often = Останнім часом перевірено забагато адрес. Спробуйте за { $wait }.
pages-full = Цей бот уже стежить за стількома сторінками, скільки може. Зверніться до його власника.
not-subscribed = У цього чату немає підписки на { $typed }. { $command } покаже, які є.
covered-by-category = Це досі надходить через категорію { $category }. { $command } припинить і це.
bad-severity = «{ $typed }» — не ступінь серйозності. Напишіть { $known }.
bad-number = «{ $typed }» — не число від 1.
bad-duration = «{ $typed }» — не строк від хвилини до року. Напишіть, наприклад, { $known }.
until-example = until 9:00
bad-mention = { $platform ->
    [discord] «{ $typed }» — не роль цього сервера. Виберіть роль, яку слід покликати.
   *[other] «{ $typed }» — не ім’я, яке можна покликати. Напишіть його з «равликом», як @name.
}
unknown-components = У { $topic } немає компонента «{ $typed }».
known-components = Є: { $list }.
too-many-components = { $count ->
    [one] У підписці може бути не більше ніж { $count } компонент.
    [few] У підписці може бути не більше ніж { $count } компоненти.
    [many] У підписці може бути не більше ніж { $count } компонентів.
   *[other] У підписці може бути не більше ніж { $count } компонента.
}
not-muted = { $typed }: тут не заглушено. { $command } покаже, що заглушено.
already-over = { $incident } — уже закінчилося, глушити нічого. { $command } розповість усю історію.
unknown-setting = Налаштування «{ $typed }» немає. Напишіть { $known }.
bad-choice = «{ $typed }» — такого варіанта немає. Напишіть { $known }.
unknown-zone = Часового поясу «{ $typed }» немає. Назвіть його, наприклад, { $example }.
outdated = Ця кнопка застаріла. { $command } почне наново.
missing = Для { $command } бракує одного. Потрібно: { $wanted }.
unknown-option = У { $command } немає параметра { $typed }.
too-much = { $command } не знає, що робити з «{ $typed }».
not-manager = { $command } доступна лише тим, хто керує цим чатом. Попросіть когось із них.
failed = Щось пішло не так, і не з вашої вини. Спробуйте ще раз; у журналі це { $reference }.
not-here = Тут { $command } немає.
usage = Пишеться так: { $usage }, наприклад { $example }.

## One service in one line

line-incident = { $service }: { $condition }, { $role }, почалося { $since }: { $title }
line-derived = { $service }: { $condition }, { $role }, почалося { $since }
line-condition = { $service }: { $condition }, { $role }
line-never = { $service }: ще не прочитано
line-unreadable = { $service }: невідомо, жодне джерело не читається
line-stale = { $service }: зараз не читається; під час останнього читання { $condition }, { $ago }
line-untold = { $service }: про негаразди не повідомлялося

## Status of all

overview-not-well = { $count ->
    [one] { $count } сервіс не гаразд
    [few] { $count } сервіси не гаразд
    [many] { $count } сервісів не гаразд
   *[other] { $count } сервісу не гаразд
}
overview-maintenance = { $count ->
    [one] { $count } сервіс на техроботах
    [few] { $count } сервіси на техроботах
    [many] { $count } сервісів на техроботах
   *[other] { $count } сервісу на техроботах
}
overview-well = { $count ->
    [one] { $count } сервіс гаразд
    [few] { $count } сервіси гаразд
    [many] { $count } сервісів гаразд
   *[other] { $count } сервісу гаразд
}
overview-quiet = Про негаразди нічого не відомо
overview-unknown = Зараз нічого не відомо
overview-all-services = { $count ->
    [one] У цього чату немає підписок, тому тут увесь каталог: { $count } сервіс. { $command } це змінить.
    [few] У цього чату немає підписок, тому тут увесь каталог: { $count } сервіси. { $command } це змінить.
    [many] У цього чату немає підписок, тому тут увесь каталог: { $count } сервісів. { $command } це змінить.
   *[other] У цього чату немає підписок, тому тут увесь каталог: { $count } сервісу. { $command } це змінить.
}
overview-more = { $count ->
    [one] І ще { $count }.
    [few] І ще { $count }.
    [many] І ще { $count }.
   *[other] І ще { $count }.
}
overview-rest = { $count ->
    [one] Ще { $count } сервіс гаразд.
    [few] Ще { $count } сервіси гаразд.
    [many] Ще { $count } сервісів гаразд.
   *[other] Ще { $count } сервісу гаразд.
}
overview-unreadable = Зараз не читаються: { $services }.
overview-own-network = Не читається жодне джерело: мабуть, річ у зв’язку самого Foghorn.
overview-never = Ще не прочитано: { $services }.
overview-untold = Про негаразди не повідомлялося: { $services }.
overview-footer = { $command } розповість більше.

## Status of one

detail-title = { $service }: { $condition }
detail-never = { $service }: ще не прочитано
detail-unreadable = { $service }: невідомо, жодне джерело не читається
detail-untold = { $service }: про негаразди не повідомлялося
detail-stale = Зараз нічого не читається. Ось що було відомо { $ago }.
detail-said-by = { $role ->
   *[official] Офіційно: так каже сторінка статусу, без окремого інциденту.
    [measured] Виміряв Foghorn; про інцидент ніхто не оголошував.
    [reported] Повідомляють люди; ніхто цього не підтвердив.
    [official_measured] Офіційно: так каже сторінка статусу, без окремого інциденту. Foghorn це теж виміряв.
    [official_reported] Офіційно: так каже сторінка статусу, без окремого інциденту. Люди теж про це повідомляють.
    [measured_reported] Виміряв Foghorn, і повідомляють люди; про інцидент ніхто не оголошував.
    [all] Офіційно: так каже сторінка статусу, без окремого інциденту. Foghorn це теж виміряв, і повідомляють люди.
}
detail-incident = { $title } ({ $role })
detail-more-incidents = { $count ->
    [one] Відкрито ще { $count } інцидент: { $command }
    [few] Відкрито ще { $count } інциденти: { $command }
    [many] Відкрито ще { $count } інцидентів: { $command }
   *[other] Відкрито ще { $count } інциденту: { $command }
}
detail-subscribe = Дізнатися, коли це зміниться: { $command }
likely-cause = Імовірна причина: у { $service } теж негаразди ({ $condition }). { $command } розповість більше.
alternatives = Поки що можна користуватися: { $services }.
hint = Непряма ознака, не про сам { $service }: { $host } повідомляє «{ $remark }».
sources-heading = Звідки це відомо:
source-well = { $host } ({ $role }): { $condition }, прочитано { $ago }
source-measured = { $host } ({ $role }): { $condition }, відповідь за { $latency } мс, { $ago }
source-never = { $host } ({ $role }): ще не прочитано
source-unreadable = { $host } ({ $role }): прочитати поки не вдалося
source-moved = { $host } ({ $role }): там відповідає інша сторінка, ніж раніше, на { $to }, тому їй поки немає віри
source-leads-to = Адреса на { $host } тепер веде на { $to }.
source-stale = { $host } ({ $role }): зараз не читається; під час останнього читання { $condition }, { $ago }

## Subscriptions

subscribed = Тепер цей чат отримує повідомлення про { $topic }.
subscription-changed = Підписку на { $topic } змінено.
subscribed-before = У цього чату вже є точно така підписка на { $topic }.
subscribed-footer = { $command } припинить її.
category-services = { $count ->
    [one] { $count } сервіс: { $services }.
    [few] { $count } сервіси: { $services }.
    [many] { $count } сервісів: { $services }.
   *[other] { $count } сервісу: { $services }.
}
category-quiet = Про негаразди там зараз нічого не відомо.
label-severity = Серйозність
label-components = Лише компоненти
label-only-regions = Лише регіони
label-maintenance = Техроботи
label-heard = З чиїх слів
label-mention = Кличе
filter-severity = { $severity ->
    [degraded] перебої та гірше
    [partial_outage] частковий збій і гірше
   *[major_outage] лише серйозний збій
}
switch-word = { $state ->
    [off] вимк.
   *[on] увімк.
}
filter-sources = { $sources ->
    [official] лише офіційні джерела
   *[all] офіційно, виміряно й від людей
}
filter-takes-in = { $count ->
    [one] Тепер про це розповідається тут, починаючи з наступної зміни: { $list }.
    [few] Тепер про це розповідається тут, починаючи з наступної зміни: { $list }.
    [many] Тепер про це розповідається тут, починаючи з наступної зміни: { $list }.
   *[other] Тепер про це розповідається тут, починаючи з наступної зміни: { $list }.
}
filter-keeps = { $count ->
    [one] Більше не з того, про що тут розповідається, але розпочате буде розказано до кінця: { $list }.
    [few] Більше не з того, про що тут розповідається, але розпочате буде розказано до кінця: { $list }.
    [many] Більше не з того, про що тут розповідається, але розпочате буде розказано до кінця: { $list }.
   *[other] Більше не з того, про що тут розповідається, але розпочате буде розказано до кінця: { $list }.
}
filter-leaves-out = Триває, але тут не розповідається: { $list }.
filter-mention = { $mention }, коли інцидент починається
watching = Тепер цей чат стежить за { $page } і отримує про неї повідомлення.
page-of-service = { $page } — сторінка { $service }, за яким і так ведеться спостереження.
format-at = { $format }, прочитано на { $document }
page-leads-to = Адреса веде на інший сервер, { $host }.
open-there = { $count ->
    [one] Зараз там ({ $count }): { $list }.
    [few] Зараз там ({ $count }): { $list }.
    [many] Зараз там ({ $count }): { $list }.
   *[other] Зараз там ({ $count }): { $list }.
}
unwatched = Цей чат більше не стежить за { $page }, і підписка на неї закінчилася.
nothing-watched = Цей чат не стежить за власними сторінками. { $command } додасть таку.
unsubscribed = Підписка на { $topic } закінчилася.
unsubscribed-all = { $count ->
    [one] Закінчилася { $count } підписка цього чату — усі, що були.
    [few] Закінчилися всі { $count } підписки цього чату.
    [many] Закінчилися всі { $count } підписок цього чату.
   *[other] Закінчилися всі { $count } підписки цього чату.
}
nothing-to-unsubscribe = У цього чату немає підписок.
nothing-remains = Підписок не лишилося.
remains = { $count ->
    [one] Лишилася { $count } підписка: { $list }.
    [few] Лишилися { $count } підписки: { $list }.
    [many] Лишилося { $count } підписок: { $list }.
   *[other] Лишилося { $count } підписки: { $list }.
}
subscriptions = { $count ->
    [one] У цього чату { $count } підписка
    [few] У цього чату { $count } підписки
    [many] У цього чату { $count } підписок
   *[other] У цього чату { $count } підписки
}
category-name = категорія { $category }
subscription-line = { $topic }
subscription-category = { $count ->
    [one] { $topic }, { $count } сервіс
    [few] { $topic }, { $count } сервіси
    [many] { $topic }, { $count } сервісів
   *[other] { $topic }, { $count } сервісу
}
subscription-unwatched = { $topic }, спостереження більше немає
no-subscriptions = У цього чату немає підписок. { $example } створить таку; { $command } покаже, що є.
components-gone = { $topic } зараз цього не показує, тому повідомлень про це бути не може: { $list }.
strange-components = Зараз у { $topic } невідомо: { $list }.

## Mutes

everything = Усе
muted-incident = { $service }: { $title }
muted-until = { $muted }: заглушено тут до { $until }.
muted-open = { $muted }: заглушено тут { $kind ->
    [incident] до кінця
   *[other] до скасування
}.
muted-recovery = Про кінець того, про що вже повідомлялося, однаково буде розказано, без звуку.
muted-footer = { $command } скасує це.
unmuted = { $muted }: більше не заглушено.
still-muted = Але тут заглушено все. { $command } скасує це.
nothing-muted = Тут нічого не заглушено.
mutes-heading = Заглушено:
mute-line = { $muted }, до { $until }
mute-line-open = { $muted }, { $kind ->
    [incident] до кінця
   *[other] до скасування
}

## Settings

settings-title = Як Foghorn говорить у цьому чаті
setting-name = { $setting ->
   *[language] Мова
    [timezone] Часовий пояс
    [updates] Новини
    [sound] Звук
    [digest] Зведення
}
choice-name = { $choice ->
   *[edits] лише правки
    [replies] відповіді
    [thread] гілка
    [news] важливе
    [all] усе
    [off] вимк.
    [daily] щодня о 9:00
    [weekdays] у будні о 9:00
    [mondays] щопонеділка о 9:00
}
choice-meaning = { $choice ->
   *[edits] сповіщення оновлюється, більше нічого не надсилається
    [replies] важливі новини надсилаються ще й відповіддю на сповіщення
    [thread] важливі новини надсилаються ще й у гілку сповіщення; де гілок немає — відповіддю
    [news] початки, повернення та кінці зі звуком
    [all] кожне повідомлення зі звуком
    [off] жодне повідомлення не звучить
}
choice-line = { $choice }: { $meaning }
setting-question = { $setting ->
   *[language] Якою мовою Foghorn має говорити тут?
    [timezone] У якому часовому поясі писати тут час?
    [updates] Як мають надходити новини відкритого інциденту?
    [sound] Які повідомлення мають звучати?
    [digest] Коли розповідати цьому чату, як справи, є новини чи ні? У зведенні буде, що не гаразд, що закінчилося з минулого разу та які техроботи заплановано.
}
setting-now = Зараз: { $value }
setting-other = Будь-який інший: { $command }
setting-changed = { $setting ->
   *[language] Тепер мова
    [timezone] Тепер часовий пояс
    [updates] Тепер новини
    [sound] Тепер звук
    [digest] Тепер зведення надходить так
}: { $value }.
setting-same = { $setting ->
   *[language] Мова вже така
    [timezone] Часовий пояс уже такий
    [updates] Новини вже такі
    [sound] Звук уже такий
    [digest] Зведення вже надходить так
}: { $value }.
digest-next = { $when }, наступне { $next }
digest-next-time = Наступне надійде { $next }.
bad-schedule = «{ $typed }» не називає часу, що повторюється. Приклади: { $examples }. Підійде й вираз cron із п’яти полів, не частіше ніж раз на годину.
settings-footer = { $command } змінить щось із цього.

## A sample

sample-follows = Зараз надійдуть пробний збій і його кінець, позначені як перевірка. Вони покажуть, чи може Foghorn писати сюди і який це має вигляд. Насправді нічого не зламалося.

## Welcome

welcome = Вітаю, це Foghorn
welcome-first = Напишіть { $command }, щоб почати. { $help } покаже, що ще є.

## Menus

ask-category = Про що повідомляти цьому чату?
ask-service = Про який сервіс із «{ $category }»?
ask-severity = Що повідомляти цьому чату про { $topic }?
ask-components = Про які компоненти { $topic }? Кожен вибір діє одразу; якщо не вибрано нічого — про всі.
ask-regions = Про які регіони { $topic }? Кожен вибір діє одразу; якщо не вибрано нічого — про всі.
ask-unwatch = За якою сторінкою більше не стежити?
ask-unsubscribe = Яку підписку припинити?
ask-mute = Що тут заглушити?
ask-length = На скільки заглушити: { $muted }?
ask-unmute = Що знову зробити чутним?
choices-page = Сторінка { $page } з { $pages }

## Buttons

button-status-page = Сторінка статусу
button-timeline = Хронологія
button-timeline-of = Хронологія { $incident }
button-mute = Заглушити
button-not-well = Що не гаразд
button-unmute = Повернути звук
button-unmute-this = Повернути звук: { $muted }
button-subscribe = Підписатися
button-older = ‹ Раніше
button-newer = Пізніше ›
button-previous = ‹ Назад
button-next = Далі ›
button-back = Назад
button-chosen = ✓ { $label }
button-category = { $category } ({ $count })
button-all-of = Усе з «{ $category }»
button-any-severity = усе
button-components = Компоненти…
button-regions = Регіони…
button-maintenance = Техроботи
button-official = Лише офіційно
button-done = Готово
button-choose = Вибрати сервіси
button-help = Довідка
button-until-over = до кінця

## The catalogue

services = { $count ->
    [one] { $count } сервіс
    [few] { $count } сервіси
    [many] { $count } сервісів
   *[other] { $count } сервісу
}
services-found = { $search }: { $count ->
    [one] { $count } сервіс
    [few] { $count } сервіси
    [many] { $count } сервісів
   *[other] { $count } сервісу
}
category-line = { $category } ({ $count }): { $services }
own-pages = Під наглядом для цього чату ({ $count }): { $pages }
service-line = { $service }: { $condition } · { $command }
services-hint = { $command } покаже категорію; підійде й частина назви.
page-next = Сторінка { $page } з { $pages }. Далі: { $next }
page-last = Сторінка { $page } з { $pages }

## The story of an incident

story-title = { $service }: { $title }
story-footer = { $id } · { $role }
page-earlier = Сторінка { $page } з { $pages }. Раніше: { $earlier }
no-updates = { $role ->
    [measured] Виміряв Foghorn; про це ніхто нічого не писав.
    [reported] Повідомляють люди; ніхто цього не підтвердив і нічого про це не писав.
    [measured_reported] Виміряв Foghorn, і повідомляють люди; про це ніхто нічого не писав.
   *[official] Крім самого стану, про це нічого не опубліковано.
}
no-incidents = Про інциденти { $service } записів немає.
other-incidents = Інші:
other-incident = { $start }: { $title } · { $command }

## Help and about

help-title = Що можна написати
help-command = { $usage }: { $summary }
help-footer = { $example } пояснить команду.
help-title-of = { $usage }
help-summary = { $summary }.
help-option = { $name }: { $summary }
help-optional-option = { $name } (необов’язково): { $summary }
help-example = Приклад: { $example }
help-managers = Доступно лише тим, хто керує чатом.
about-title = Foghorn { $version }
about-purpose = Повідомляє, коли сервіс зламався, що відомо й коли все закінчилося.
about-services = { $count ->
    [one] Стежить за { $count } сервісом.
    [few] Стежить за { $count } сервісами.
    [many] Стежить за { $count } сервісами.
   *[other] Стежить за { $count } сервісу.
}
about-sources = { $count ->
    [one] Читає { $count } джерело.
    [few] Читає { $count } джерела.
    [many] Читає { $count } джерел.
   *[other] Читає { $count } джерела.
}
about-uptime = Працює вже: { $length }.
about-last-poll = Останнє читання: { $ago }.
about-no-poll = Ще нічого не прочитано.
about-well = Усе гаразд.
about-unreadable = { $count ->
    [one] Зараз не читається { $count } джерело.
    [few] Зараз не читаються { $count } джерела.
    [many] Зараз не читаються { $count } джерел.
   *[other] Зараз не читаються { $count } джерела.
}
about-given-up = { $count ->
    [one] Не вдалося доставити { $count } повідомлення.
    [few] Не вдалося доставити { $count } повідомлення.
    [many] Не вдалося доставити { $count } повідомлень.
   *[other] Не вдалося доставити { $count } повідомлення.
}
about-unusable = { $count ->
    [one] Недоступна { $count } з його платформ.
    [few] Недоступні { $count } з його платформ.
    [many] Недоступні { $count } з його платформ.
   *[other] Недоступні { $count } з його платформ.
}
own-unreadable = { $service } не читається: { $source }
own-readable = Знову читається; не читалося { $length }.
own-moved = Замість сторінки { $service } відповідає інша: { $source }
own-moved-end = Сторінці там знову можна вірити; { $length } з неї нічого не виводилося.
own-watched-no-more = За цим більше не ведеться спостереження.
own-given-up = Повідомлення не вдалося доставити
own-given-up-count = { $count ->
    [one] Доставку { $count } повідомлення припинено.
    [few] Доставку { $count } повідомлень припинено.
    [many] Доставку { $count } повідомлень припинено.
   *[other] Доставку { $count } повідомлення припинено.
} { $command } скаже, яких і чому.
own-given-up-end = Жодного не лишилося: їх надіслали знову або відкинули.
own-store = Нове не вдається зберегти
own-store-end = Знову зберігається; не зберігалося { $length }.
own-damaged = Сховище було пошкоджено
own-damaged-whole = Усе відновлено з копії. Пошкоджені файли лежать у { $place }; коли вони нікому не потрібні, їх можна видалити.
own-damaged-part = Відновити вдалося не все. З копії: { $copied }. З пошкоджених файлів: { $saved }. Вони лежать у { $place }; коли вони нікому не потрібні, їх можна видалити.
own-damaged-end = Пошкоджені файли видалено.
own-platform = { $platform ->
    [discord] Discord недоступний
    [telegram] Telegram недоступний
   *[other] Консоль недоступна
}
own-platform-end = Знову доступно.
sample-service = Перевірка Foghorn
sample-title = Це перевірка. Нічого не зламалося.
sample-words = Такий вигляд має справжнє сповіщення. Поки збій триває, воно оновлюється, а про кінець надходить нове повідомлення.
sample-news = Досі перевірка: новини про збій змінюють сповіщення.
sample-failed = Пробне повідомлення не вдалося надіслати в цей чат; не дійшло б і сповіщення: { $reason }. Коли це виправлять, повторіть перевірку.
about-help = { $command } покаже, що можна написати.

## Discord

presence-well = { $count ->
    [one] { $count } сервіс, усе гаразд
    [few] { $count } сервіси, усе гаразд
    [many] { $count } сервісів, усе гаразд
   *[other] { $count } сервісу, усе гаразд
}
presence-not-well = { $count ->
    [one] не гаразд { $bad } з { $count } сервісу
    [few] не гаразд { $bad } з { $count } сервісів
    [many] не гаразд { $bad } з { $count } сервісів
   *[other] не гаразд { $bad } з { $count } сервісу
}
discord-right = { $right ->
   *[view] Переглядати канал
    [send] Надсилати повідомлення
    [posts] Створювати публікації
    [threads] Надсилати повідомлення в гілках
    [create-threads] Створювати публічні гілки
    [embed] Вбудовувати посилання
    [history] Читати історію повідомлень
}
discord-missing-rights = Foghorn поки не може тут публікувати. Бракує: { $rights }. Хтось із керівників сервера може дозволити це в налаштуваннях каналу, у розділі «Права доступу»; потім спробуйте ще раз.
discord-not-here = Foghorn тут не учасник, тому сам писати не може. Його можна спитати, наприклад { $command }; сповіщення надходять на сервери, куди його додали, і в особистий чат із ним.
discord-not-everybody = Foghorn не кличе всіх одразу. Виберіть роль для тих, кого слід кликати.
discord-no-answer = Foghorn не встиг відповісти. Спробуйте ще раз.
discord-busy = Зараз забагато запитань. Спробуйте трохи згодом.
