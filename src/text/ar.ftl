# Arabic. Short, true and kind: what happened, to what, since when, where to look.

## Words

condition = { $condition ->
    [operational] تعمل
    [degraded] أداء متدهور
    [partial_outage] انقطاع جزئي
    [major_outage] انقطاع كبير
    [maintenance] صيانة
   *[unknown] غير معروفة
}
phase = { $phase ->
   *[investigating] قيد التحقيق
    [identified] عُرف السبب
    [monitoring] طُبّق الإصلاح، والوضع قيد المراقبة
    [resolved] تم الحل
    [postmortem] نُشر التقرير
}
maintenance-phase = { $phase ->
   *[scheduled] مجدولة
    [in_progress] جارية
    [verifying] قيد التحقق
    [completed] اكتملت
}
role = { $role ->
   *[official] مصدر رسمي
    [measured] قياس
    [reported] بلاغات المستخدمين
    [official_measured] مصدر رسمي وقياس
    [official_reported] مصدر رسمي وبلاغات المستخدمين
    [measured_reported] قياس وبلاغات المستخدمين
    [all] مصدر رسمي وقياس وبلاغات المستخدمين
    [hint] تلميح
}
recovered = انتهى
refused = لم يُنفَّذ

## Times

month = { $month ->
   *[jan] يناير
    [feb] فبراير
    [mar] مارس
    [apr] أبريل
    [may] مايو
    [jun] يونيو
    [jul] يوليو
    [aug] أغسطس
    [sep] سبتمبر
    [oct] أكتوبر
    [nov] نوفمبر
    [dec] ديسمبر
}
zone = { $zone }
date = { $day } { $month }، { $time } { $zone }
date-with-year = { $day } { $month } { $year }، { $time } { $zone }
just-now = الآن
minutes-ago = { $count ->
    [one] قبل دقيقة واحدة
    [two] قبل دقيقتين
    [few] قبل { $count } دقائق
    [many] قبل { $count } دقيقة
   *[other] قبل { $count } دقيقة
}
hours-ago = { $count ->
    [one] قبل ساعة واحدة
    [two] قبل ساعتين
    [few] قبل { $count } ساعات
    [many] قبل { $count } ساعة
   *[other] قبل { $count } ساعة
}
days-ago = { $count ->
    [one] قبل يوم واحد
    [two] قبل يومين
    [few] قبل { $count } أيام
    [many] قبل { $count } يومًا
   *[other] قبل { $count } يوم
}
in-a-moment = بعد لحظات
in-minutes = { $count ->
    [one] بعد دقيقة واحدة
    [two] بعد دقيقتين
    [few] بعد { $count } دقائق
    [many] بعد { $count } دقيقة
   *[other] بعد { $count } دقيقة
}
in-hours = { $count ->
    [one] بعد ساعة واحدة
    [two] بعد ساعتين
    [few] بعد { $count } ساعات
    [many] بعد { $count } ساعة
   *[other] بعد { $count } ساعة
}
in-days = { $count ->
    [one] بعد يوم واحد
    [two] بعد يومين
    [few] بعد { $count } أيام
    [many] بعد { $count } يومًا
   *[other] بعد { $count } يوم
}
days = { $count ->
    [one] يوم واحد
    [two] يومان
    [few] { $count } أيام
    [many] { $count } يومًا
   *[other] { $count } يوم
}
hours = { $count ->
    [one] ساعة واحدة
    [two] ساعتان
    [few] { $count } ساعات
    [many] { $count } ساعة
   *[other] { $count } ساعة
}
minutes = { $count ->
    [one] دقيقة واحدة
    [two] دقيقتان
    [few] { $count } دقائق
    [many] { $count } دقيقة
   *[other] { $count } دقيقة
}
seconds = { $count ->
    [one] ثانية واحدة
    [two] ثانيتان
    [few] { $count } ثوانٍ
    [many] { $count } ثانية
   *[other] { $count } ثانية
}
two-units = { $large } و{ $small }

## Lists

list-separator = { "، " }
label-separator = { ": " }
with-condition = { $name } ({ $condition })
list-and = { $first } و{ $last }
list-or = { $first } أو { $last }
list-more = { $list } و{ $count } غيرها

## Telegram: channels and rights

channel-noted = يتعلق هذا بالقناة { $channel }.
channel-welcome = يستطيع Foghorn الآن النشر في { $channel }. تكفي كتابة { $command } هنا مثلًا لتصل الأخبار إلى القناة.
channel-unknown = لا توجد قناة باسم { $typed }، أو أن Foghorn ليس فيها. يُرجى تعيين Foghorn مشرفًا فيها مع صلاحية نشر الرسائل.
channel-is-group = { $channel } مجموعة وليست قناة. يُرجى كتابة هذا هناك.
channel-silent = لا يُسمح لـ Foghorn بالنشر في { $channel }. يُرجى تعيينه مشرفًا فيها مع صلاحية نشر الرسائل.
channel-stranger = لا يستطيع فعل ذلك في { $channel } إلا مشرفوها.
alerts-rested = توقفت التنبيهات هنا من { $since } إلى { $until } لأن Foghorn لم يتمكن من الكتابة هنا. وقد استؤنفت، وما لم يعد إلى طبيعته بعد يُذكر الآن.
alerts-rest = التنبيهات متوقفة هنا منذ { $since } لأن Foghorn لا يُسمح له بالكتابة هنا. وستُستأنف فور السماح له؛ { $command } يعرض ما ينقص.
done-before = تم تنفيذ المطلوب. الوضع الآن:
pressed-too-late = هذه الرسالة أقدم من أن تعمل أزرارها. يُرجى كتابة { $command } في المكان المطلوب فيه الجواب.
answer-there = الجواب موجود أسفل هذه الرسالة، وقد حُدّث الآن.
timeline-there = التسلسل الزمني موجود أسفل هذا التنبيه، وقد حُدّث الآن.
rights-unchecked = لا يوضح Telegram حاليًا من يدير هذه المحادثة. يُرجى المحاولة مجددًا بعد لحظات.

## Incidents

alert-title = { $service }: { $condition ->
    [degraded] أداء متدهور
    [partial_outage] انقطاع جزئي
    [major_outage] انقطاع كبير
    [maintenance] صيانة
   *[other] عطل
}
resolved-title = { $service }: { $role ->
    [measured] عاد الوصول إليها
    [reported] لم تعد ترد بلاغات
   *[official] تم الحل
}
lost-title = { $service }: النهاية غير معروفة
update-title = { $service }، { $kind ->
    [worse] ازداد سوءًا
   *[news] تحديث
}: { $condition ->
    [degraded] أداء متدهور
    [partial_outage] انقطاع جزئي
    [major_outage] انقطاع كبير
    [resolved] تم الحل
   *[other] عطل
}
return-title = { $service }: لم ينتهِ بعد ({ $condition ->
    [degraded] أداء متدهور
    [partial_outage] انقطاع جزئي
    [major_outage] انقطاع كبير
   *[other] عطل
})
maintenance-title = { $service }: { $state ->
   *[announced] صيانة مجدولة
    [moved] تغيّر موعد الصيانة
    [running] الصيانة جارية
    [verifying] تمت الصيانة، والتحقق جارٍ
    [over] انتهت الصيانة
    [called_off] أُلغيت الصيانة
}
measured-title = { $condition ->
    [degraded] استجابات بطيئة أو خاطئة
   *[other] يتعذّر الوصول
}، { $voices ->
   *[measured] حسب قياس Foghorn
    [measured_reported] حسب قياس Foghorn وبلاغات المستخدمين
}
official-title = { $voices ->
   *[official] حسب صفحة الحالة
    [official_measured] حسب صفحة الحالة وقياس Foghorn
    [official_reported] حسب صفحة الحالة وبلاغات المستخدمين
    [all] حسب صفحة الحالة وبلاغات المستخدمين وقياس Foghorn
}: { $condition }
people-title = حسب بلاغات المستخدمين: { $condition }
watch-left = لم يعد Foghorn يراقب هذه الخدمة منذ { $at } لأنها أُزيلت من الدليل. ولا يُعرف هنا ما يحدث بعد ذلك.
watch-back = { $at }: عاد Foghorn إلى مراقبة هذه الخدمة.
flapping = تختفي المشكلة ثم تعود مرارًا. سيُبلّغ Foghorn مجددًا حين يستقر الوضع.
page-gone = لا أخبار عن هذا منذ { $at }: حلّت صفحة أخرى محل صفحته أو لم تعد تُقرأ. ولا يُعرف هنا هل انتهى.
was-down = { $condition ->
    [partial_outage] انقطاع جزئي من { $start } إلى { $end } ({ $length }).
    [major_outage] انقطاع من { $start } إلى { $end } ({ $length }).
   *[degraded] أداء متدهور من { $start } إلى { $end } ({ $length }).
}
period = من { $start } إلى { $end } ({ $length })
planned-period = من { $start } إلى { $end }
at = { $at }
since-for = { $at } ({ $length })
phase-and-peak = { $phase }؛ الأسوأ حتى الآن: { $peak }
last-update = { $at }، { $role }: { $phase }
last-note = { $at }، { $role }
alert-footer = { $role ->
   *[official] رسمي: أعلنه مزوّد الخدمة
    [measured] قاسه Foghorn؛ لا إعلان رسمي
    [reported] أبلغ عنه المستخدمون؛ غير مؤكد
    [official_measured] رسمي، وقاسه Foghorn
    [official_reported] رسمي، وأبلغ عنه المستخدمون
    [measured_reported] قاسه Foghorn وأبلغ عنه المستخدمون؛ لا إعلان رسمي
    [all] رسمي، وقاسه Foghorn وأبلغ عنه المستخدمون
    [hint] تلميح وليس إعلانًا رسميًا
} · { $command }

storm-title = { $occasion ->
   *[at_once] { $count ->
        [one] عطل آخر
        [two] عطلان آخران
        [few] { $count } أعطال أخرى
        [many] { $count } عطلًا آخر
       *[other] { $count } عطل آخر
    }
    [mute_ended] { $count ->
        [one] عطل واحد مستمر
        [two] عطلان مستمران
        [few] { $count } أعطال مستمرة
        [many] { $count } عطلًا مستمرًا
       *[other] { $count } عطل مستمر
    }
}
storm-over-title = { $count ->
    [one] انتهى العطل
    [two] انتهى العطلان
    [few] انتهت الأعطال كلها ({ $count })
    [many] انتهت الأعطال كلها ({ $count })
   *[other] انتهت الأعطال كلها ({ $count })
}
storm-lost-title = لا عطل يُعرف أنه مستمر
storm-intro = { $occasion ->
   *[at_once] بدأ كثير منها في الوقت نفسه، لذلك جُمعت هنا.
    [mute_ended] انتهت مدة الكتم هنا. لم يُبلَّغ عن هذه الأعطال خلالها، وهي ما زالت مستمرة.
}
storm-ended = { $count ->
    [one] انتهى عطل آخر.
    [two] انتهى عطلان آخران.
    [few] انتهت { $count } أعطال أخرى.
    [many] انتهى { $count } عطلًا آخر.
   *[other] انتهى { $count } عطل آخر.
}
storm-line = { $service }: { $what }، منذ { $since }
storm-line-over = { $service }: { $what }، انتهى (المدة: { $length })
storm-line-lost = { $service }: { $what }، منذ { $since }، والنهاية غير معروفة
storm-lost = { $count ->
    [one] لم تعد ترد أخبار عن عطل واحد، ولا يُعرف هنا هل انتهى.
    [two] لم تعد ترد أخبار عن عطلين، ولا يُعرف هنا هل انتهيا.
    [few] لم تعد ترد أخبار عن { $count } أعطال، ولا يُعرف هنا هل انتهت.
    [many] لم تعد ترد أخبار عن { $count } عطلًا، ولا يُعرف هنا هل انتهت.
   *[other] لم تعد ترد أخبار عن { $count } عطل، ولا يُعرف هنا هل انتهت.
}
storm-more = { $count ->
    [one] وعطل آخر
    [two] وعطلان آخران
    [few] و{ $count } أعطال أخرى
    [many] و{ $count } عطلًا آخر
   *[other] و{ $count } عطل آخر
}
storm-footer = ما فيه خلل الآن: { $command }

digest-well = كل شيء على ما يرام، ولم يحدث شيء منذ { $since }.
digest-title = { $count ->
    [0] كل شيء على ما يرام الآن
    [one] عطل واحد مستمر
    [two] عطلان مستمران
    [few] { $count } أعطال مستمرة
    [many] { $count } عطلًا مستمرًا
   *[other] { $count } عطل مستمر
}
digest-over = { $count ->
    [one] انتهى عطل واحد منذ { $since }:
    [two] انتهى عطلان منذ { $since }:
    [few] انتهت { $count } أعطال منذ { $since }:
    [many] انتهى { $count } عطلًا منذ { $since }:
   *[other] انتهى { $count } عطل منذ { $since }:
}
digest-nothing = لم ينتهِ أي عطل منذ { $since }.
digest-running = صيانة جارية:
digest-ahead = صيانة خلال الأيام السبعة القادمة:
digest-work = { $service }: { $title }، { $start } – { $end }
digest-work-from = { $service }: { $title }، { $start }
digest-work-until = { $service }: { $title }، حتى { $end }
digest-work-running = { $service }: { $title }
digest-footer = هذا ملخّص هذه المحادثة. { $command } يبيّن متى يصل.

## Labels

label-state = الحالة
label-since = منذ
label-when = الموعد
label-duration = المدة
label-affected = المتأثر
label-regions = المناطق
label-planned = المخطط
label-format = الصيغة
label-status-page = صفحة الحالة
label-last-update = آخر تحديث
label-again = عاد منذ
label-ended = انتهى
label-noticed = لاحظه Foghorn
label-timeline = القصة كاملة
label-not-well = فيها خلل

## Planned work

lasted = { $length }
planned-from = من { $at }
planned-until = حتى { $at }
called-off = أُلغيت
work-until = صيانة جارية حتى { $end }: { $title }
work-running = صيانة جارية: { $title }
work-ahead = صيانة مجدولة من { $start } إلى { $end }: { $title }
work-from = صيانة مجدولة من { $start }: { $title }
work-planned = صيانة مجدولة: { $title }
maintenance-line = { $service }: { $work } · { $command }
maintenances = { $count ->
    [one] عملية صيانة واحدة مجدولة أو جارية
    [two] عمليتا صيانة مجدولتان أو جاريتان
    [few] { $count } عمليات صيانة مجدولة أو جارية
    [many] { $count } عملية صيانة مجدولة أو جارية
   *[other] { $count } عملية صيانة مجدولة أو جارية
}
no-maintenance = لا صيانة مجدولة أو جارية.
no-maintenance-at = لا صيانة مجدولة أو جارية في { $service }.

## What was not done

not-a-command = تبدأ الأوامر بشرطة مائلة. { $command } يعرض ما يمكن كتابته.
unknown-command = لا يوجد أمر { $typed }. { $command } يعرض ما يمكن كتابته.
did-you-mean = هل المقصود { $near }؟
unknown-service = «{ $typed }» ليس في الدليل. { $command } يعرض ما تجري مراقبته.
is-category = { $category } فئة. { $command } يعرض خدماتها؛ يُرجى تسمية إحداها.
unknown-incident = لا يوجد عطل { $typed }. كتابة اسم خدمة، مثل { $command }، تعرض آخر أعطالها.
no-address = «{ $typed }» ليس عنوان صفحة ويب. يبدأ العنوان بـ https أو http.
secret-in-address = في العنوان اسم مستخدم أو كلمة مرور. يُرجى حذفهما، فكل من هنا يستطيع قراءتهما.
watching-off = أوقف مشغّل هذا البوت مراقبة الصفحات التي يختارها المستخدمون. { $command } يعرض ما تجري مراقبته.
watches-enough = { $count ->
    [one] يُسمح لهذه المحادثة بمراقبة صفحة واحدة خاصة بها، وقد بلغت هذا الحد. { $command } يفسح المجال.
    [two] يُسمح لهذه المحادثة بمراقبة صفحتين خاصتين بها، وقد بلغت هذا الحد. { $command } يفسح المجال.
    [few] يُسمح لهذه المحادثة بمراقبة { $count } صفحات خاصة بها، وقد بلغت هذا الحد. { $command } يفسح المجال.
    [many] يُسمح لهذه المحادثة بمراقبة { $count } صفحة خاصة بها، وقد بلغت هذا الحد. { $command } يفسح المجال.
   *[other] يُسمح لهذه المحادثة بمراقبة { $count } صفحة خاصة بها، وقد بلغت هذا الحد. { $command } يفسح المجال.
}
watched-already = تراقب هذه المحادثة { $page } بالفعل. { $status } يعرض حالتها، و{ $command } ينهي مراقبتها.
name-taken = هذا الاسم تحمله { $service } بالفعل. يُرجى اختيار اسم آخر.
not-watched = لا تراقب هذه المحادثة صفحة باسم «{ $typed }».
ends-otherwise = هذه جزء من الدليل: { $command } ينهي الاشتراك فيها.
watched-here = ما تراقبه: { $list }.
page-not-public = { $host } ليس على الإنترنت العام. لا يمكن مراقبة إلا الصفحات المتاحة للجميع.
page-port = منفذ { $host } ليس من منافذ الويب: لا يُستخدم إلا 80 و443 وما بدأ من 1024.
page-unreachable = { $host }: { $why ->
    [unknown] لا يوجد خادم بهذا الاسم. يُرجى التحقق من العنوان.
    [refused] لا أحد يجيب هناك. يُرجى التحقق من العنوان.
    [tls] فشل الاتصال الآمن، فلا يُعرف لمن هذه الصفحة.
    [redirects] العنوان يحيل إلى عناوين أخرى فقط، ولا يؤدي أي منها إلى صفحة.
    [large] المحتوى هناك أكبر من أن يكون صفحة حالة.
    [status] الرد هو HTTP { $status } بدلًا من صفحة. يُرجى التحقق من العنوان.
   *[connection] فشل الاتصال. يُرجى المحاولة مجددًا لاحقًا.
}
page-slow = يتأخر { $host } كثيرًا في الرد. يُرجى المحاولة مجددًا لاحقًا.
page-nothing = لا توجد في { $host } صفحة حالة أستطيع قراءتها. يُرجى إعطائي عنوان صفحة الحالة أو عنوان خلاصتها (feed).
page-tried = جرّبت أيضًا { $list }.
page-busy = ما زلت أفحص عناوين أخرى. يُرجى المحاولة مجددًا بعد لحظات.
page-too-often = فُحصت عناوين كثيرة مؤخرًا. يُرجى المحاولة مجددًا بعد قليل؛ مدة الانتظار: { $wait }.
pages-full = يراقب هذا البوت أقصى ما يُسمح له من الصفحات. يُرجى سؤال مشغّله.
not-subscribed = ليس لهذه المحادثة اشتراك في { $typed }. { $command } يعرض اشتراكاتها.
covered-by-category = ستبقى الأخبار تصل عبر الفئة { $category }. { $command } ينهي ذلك.
bad-severity = «{ $typed }» ليست درجة خطورة. يُرجى استخدام { $known }.
bad-number = «{ $typed }» ليس رقمًا من 1 فما فوق.
bad-duration = «{ $typed }» ليست مدة بين دقيقة وسنة. يُرجى كتابتها مثل { $known }.
until-example = until 9:00
bad-mention = { $platform ->
    [discord] «{ $typed }» ليست رتبة في هذا الخادم. يُرجى اختيار الرتبة المطلوب الإشارة إليها.
   *[other] «{ $typed }» ليس اسمًا يمكن الإشارة إليه. يُرجى كتابته مع علامة @، مثل @name.
}
unknown-components = لا يوجد في { $topic } مكوّن باسم «{ $typed }».
known-components = الموجود: { $list }.
too-many-components = { $count ->
    [one] يمكن للاشتراك أن يحدد مكوّنًا واحدًا على الأكثر.
    [two] يمكن للاشتراك أن يحدد مكوّنين على الأكثر.
    [few] يمكن للاشتراك أن يحدد { $count } مكوّنات على الأكثر.
    [many] يمكن للاشتراك أن يحدد { $count } مكوّنًا على الأكثر.
   *[other] يمكن للاشتراك أن يحدد { $count } مكوّن على الأكثر.
}
not-muted = لا كتم هنا باسم { $typed }. { $command } يعرض المكتوم.
already-over = انتهى { $incident }، فلا شيء لكتمه. { $command } يروي القصة كاملة.
unknown-setting = لا يوجد إعداد باسم «{ $typed }». يُرجى استخدام { $known }.
bad-choice = «{ $typed }» ليس من الخيارات. يُرجى استخدام { $known }.
unknown-zone = لا توجد منطقة زمنية باسم «{ $typed }». يُرجى كتابتها مثل { $example }.
outdated = هذا الزر قديم. { $command } يبدأ من جديد.
missing = ينقص { $command } شيء واحد. المطلوب: { $wanted }.
unknown-option = ليس لدى { $command } خيار { $typed }.
too-much = لا يعرف { $command } ما يفعله مع «{ $typed }».
not-manager = لا يستطيع استخدام { $command } إلا من يديرون هذه المحادثة. يُرجى سؤال أحدهم.
failed = حدث خطأ هنا، وليس السبب من جهتك. يُرجى المحاولة مجددًا؛ وهو في السجل برقم { $reference }.
not-here = { $command } غير متاح هنا.
usage = يُكتب هكذا: { $usage }، مثلًا { $example }.

## One service in one line

line-incident = { $service }: { $condition }، { $role }، بدأ { $since }: { $title }
line-derived = { $service }: { $condition }، { $role }، بدأ { $since }
line-condition = { $service }: { $condition }، { $role }
line-never = { $service }: لم تُقرأ بعد
line-unreadable = { $service }: غير معروفة، تتعذّر قراءة أي مصدر
line-stale = { $service }: تتعذّر قراءتها الآن؛ آخر حالة معروفة ({ $ago }): { $condition }
line-untold = { $service }: لا أعطال معلنة

## Status of all

overview-not-well = { $count ->
    [one] خدمة واحدة فيها خلل
    [two] خدمتان فيهما خلل
    [few] { $count } خدمات فيها خلل
    [many] { $count } خدمة فيها خلل
   *[other] { $count } خدمة فيها خلل
}
overview-maintenance = { $count ->
    [one] خدمة واحدة تحت الصيانة
    [two] خدمتان تحت الصيانة
    [few] { $count } خدمات تحت الصيانة
    [many] { $count } خدمة تحت الصيانة
   *[other] { $count } خدمة تحت الصيانة
}
overview-well = { $count ->
    [one] خدمة واحدة سليمة
    [two] خدمتان سليمتان
    [few] { $count } خدمات سليمة
    [many] { $count } خدمة سليمة
   *[other] { $count } خدمة سليمة
}
overview-quiet = لا أعطال معروفة
overview-unknown = لا شيء معروف حاليًا
overview-all-services = { $count ->
    [one] ليس لهذه المحادثة اشتراكات، لذا يشمل هذا الخدمة الوحيدة الموجودة. { $command } يغيّر ذلك.
    [two] ليس لهذه المحادثة اشتراكات، لذا يشمل هذا الخدمتين كلتيهما. { $command } يغيّر ذلك.
    [few] ليس لهذه المحادثة اشتراكات، لذا يشمل هذا كل الخدمات ({ $count }). { $command } يغيّر ذلك.
    [many] ليس لهذه المحادثة اشتراكات، لذا يشمل هذا كل الخدمات ({ $count }). { $command } يغيّر ذلك.
   *[other] ليس لهذه المحادثة اشتراكات، لذا يشمل هذا كل الخدمات ({ $count }). { $command } يغيّر ذلك.
}
overview-more = { $count ->
    [one] وواحدة أخرى.
    [two] واثنتان أخريان.
    [few] و{ $count } أخرى.
    [many] و{ $count } أخرى.
   *[other] و{ $count } أخرى.
}
overview-rest = { $count ->
    [one] خدمة واحدة أخرى سليمة.
    [two] خدمتان أخريان سليمتان.
    [few] { $count } خدمات أخرى سليمة.
    [many] { $count } خدمة أخرى سليمة.
   *[other] { $count } خدمة أخرى سليمة.
}
overview-unreadable = تتعذّر قراءتها حاليًا: { $services }.
overview-own-network = تتعذّر قراءة أي مصدر على الإطلاق، فالمشكلة غالبًا في اتصال Foghorn نفسه.
overview-never = لم تُقرأ بعد: { $services }.
overview-untold = لا أعطال معلنة: { $services }.
overview-footer = { $command } يعرض المزيد.

## Status of one

detail-title = { $service }: { $condition }
detail-never = { $service }: لم تُقرأ بعد
detail-unreadable = { $service }: غير معروفة، تتعذّر قراءة أي مصدر
detail-untold = { $service }: لا أعطال معلنة
detail-stale = تتعذّر قراءة أي شيء حاليًا. هذا آخر ما عُرف { $ago }.
detail-said-by = { $role ->
   *[official] رسمي: هذا ما تقوله صفحة الحالة، دون إعلان خاص بالعطل.
    [measured] قاسه Foghorn؛ لم يُعلن أحد عن عطل.
    [reported] أبلغ عنه المستخدمون؛ لم يؤكده أحد.
    [official_measured] رسمي: هذا ما تقوله صفحة الحالة، دون إعلان خاص بالعطل. وقاسه Foghorn أيضًا.
    [official_reported] رسمي: هذا ما تقوله صفحة الحالة، دون إعلان خاص بالعطل. وأبلغ عنه المستخدمون أيضًا.
    [measured_reported] قاسه Foghorn وأبلغ عنه المستخدمون؛ لم يُعلن أحد عن عطل.
    [all] رسمي: هذا ما تقوله صفحة الحالة، دون إعلان خاص بالعطل. وقاسه Foghorn وأبلغ عنه المستخدمون أيضًا.
}
detail-incident = { $title } ({ $role })
detail-more-incidents = { $count ->
    [one] عطل آخر ما زال قائمًا: { $command }
    [two] عطلان آخران ما زالا قائمين: { $command }
    [few] { $count } أعطال أخرى ما زالت قائمة: { $command }
    [many] { $count } عطلًا آخر ما زال قائمًا: { $command }
   *[other] { $count } عطل آخر ما زال قائمًا: { $command }
}
detail-subscribe = لمعرفة متى يتغيّر ذلك: { $command }
likely-cause = السبب المرجّح: في { $service } خلل أيضًا ({ $condition }). { $command } يعرض المزيد.
alternatives = يمكن في هذه الأثناء استخدام { $services }.
hint = تلميح لا يخص { $service } مباشرة: يقول { $host } «{ $remark }».
sources-heading = مصدر هذه المعلومات:
source-well = { $host } ({ $role }): { $condition }، القراءة { $ago }
source-measured = { $host } ({ $role }): { $condition }، الرد خلال { $latency } مللي ثانية، { $ago }
source-never = { $host } ({ $role }): لم يُقرأ بعد
source-unreadable = { $host } ({ $role }): تعذّرت قراءته حتى الآن
source-moved = { $host } ({ $role }): تجيب هناك صفحة غير السابقة، في { $to }، لذا لا يُعتمد عليها بعد
source-leads-to = العنوان في { $host } يؤدي الآن إلى { $to }.
source-stale = { $host } ({ $role }): تتعذّر قراءته الآن؛ آخر حالة معروفة ({ $ago }): { $condition }

## Subscriptions

subscribed = ستصل إلى هذه المحادثة من الآن أخبار { $topic }.
subscription-changed = تم تغيير الاشتراك في { $topic }.
subscribed-before = لدى هذه المحادثة هذا الاشتراك نفسه في { $topic } بالفعل.
subscribed-footer = { $command } ينهيه.
category-services = { $count ->
    [one] خدمة واحدة: { $services }.
    [two] خدمتان: { $services }.
    [few] { $count } خدمات: { $services }.
    [many] { $count } خدمة: { $services }.
   *[other] { $count } خدمة: { $services }.
}
category-quiet = لا أعطال معروفة هناك الآن.
label-severity = درجة الخطورة
label-components = مكوّنات محددة فقط
label-only-regions = مناطق محددة فقط
label-maintenance = الصيانة
label-heard = المصدر
label-mention = الإشارة إلى
filter-severity = { $severity ->
    [degraded] أداء متدهور فما هو أسوأ
    [partial_outage] انقطاع جزئي فما هو أسوأ
   *[major_outage] انقطاع كبير فقط
}
switch-word = { $state ->
    [off] لا
   *[on] نعم
}
filter-sources = { $sources ->
    [official] المصادر الرسمية فقط
   *[all] المصادر الرسمية والقياس وبلاغات المستخدمين
}
filter-takes-in = { $count ->
    [one] سيُبلَّغ عنه هنا من الآن، ابتداءً من تغيّره التالي: { $list }.
    [two] سيُبلَّغ عنهما هنا من الآن، ابتداءً من التغيّر التالي لكل منهما: { $list }.
    [few] سيُبلَّغ عنها هنا من الآن، ابتداءً من التغيّر التالي لكل منها: { $list }.
    [many] سيُبلَّغ عنها هنا من الآن، ابتداءً من التغيّر التالي لكل منها: { $list }.
   *[other] سيُبلَّغ عنها هنا من الآن، ابتداءً من التغيّر التالي لكل منها: { $list }.
}
filter-keeps = { $count ->
    [one] لم يعد من النوع الذي يُبلَّغ عنه هنا، لكنه يُتابَع حتى نهايته إن سبق التنبيه إليه: { $list }.
    [two] لم يعودا من النوع الذي يُبلَّغ عنه هنا، لكنهما يُتابَعان حتى نهايتهما إن سبق التنبيه إليهما: { $list }.
    [few] لم تعد من النوع الذي يُبلَّغ عنه هنا، لكنها تُتابَع حتى نهايتها إن سبق التنبيه إليها: { $list }.
    [many] لم تعد من النوع الذي يُبلَّغ عنه هنا، لكنها تُتابَع حتى نهايتها إن سبق التنبيه إليها: { $list }.
   *[other] لم تعد من النوع الذي يُبلَّغ عنه هنا، لكنها تُتابَع حتى نهايتها إن سبق التنبيه إليها: { $list }.
}
filter-leaves-out = لا يُبلَّغ عنه هنا رغم استمراره: { $list }.
filter-mention = { $mention }، عند بدء عطل
watching = تراقب هذه المحادثة الآن { $page } وستصلها أخبارها.
page-of-service = { $page } هي صفحة { $service }، وهي مراقَبة أصلًا.
format-at = { $format }، يُقرأ من { $document }
page-leads-to = يؤدي العنوان إلى خادم آخر: { $host }.
open-there = { $count ->
    [one] القائم هناك: { $list }.
    [two] القائم هناك ({ $count }): { $list }.
    [few] القائم هناك ({ $count }): { $list }.
    [many] القائم هناك ({ $count }): { $list }.
   *[other] القائم هناك ({ $count }): { $list }.
}
unwatched = لم تعد هذه المحادثة تراقب { $page }، وانتهى اشتراكها فيها.
nothing-watched = لا تراقب هذه المحادثة صفحة خاصة بها. { $command } يضيف واحدة.
unsubscribed = انتهى الاشتراك في { $topic }.
unsubscribed-all = { $count ->
    [one] انتهى الاشتراك الوحيد لهذه المحادثة.
    [two] انتهى اشتراكا هذه المحادثة كلاهما.
    [few] انتهت جميع اشتراكات هذه المحادثة ({ $count }).
    [many] انتهت جميع اشتراكات هذه المحادثة ({ $count }).
   *[other] انتهت جميع اشتراكات هذه المحادثة ({ $count }).
}
nothing-to-unsubscribe = ليس لهذه المحادثة اشتراكات.
nothing-remains = لم يبقَ أي اشتراك.
remains = { $count ->
    [one] بقي اشتراك واحد: { $list }.
    [two] بقي اشتراكان: { $list }.
    [few] بقيت { $count } اشتراكات: { $list }.
    [many] بقي { $count } اشتراكًا: { $list }.
   *[other] بقي { $count } اشتراك: { $list }.
}
subscriptions = { $count ->
    [one] لهذه المحادثة اشتراك واحد
    [two] لهذه المحادثة اشتراكان
    [few] لهذه المحادثة { $count } اشتراكات
    [many] لهذه المحادثة { $count } اشتراكًا
   *[other] لهذه المحادثة { $count } اشتراك
}
category-name = الفئة { $category }
subscription-line = { $topic }
subscription-category = { $count ->
    [one] { $topic }، خدمة واحدة
    [two] { $topic }، خدمتان
    [few] { $topic }، { $count } خدمات
    [many] { $topic }، { $count } خدمة
   *[other] { $topic }، { $count } خدمة
}
subscription-unwatched = { $topic }، لم تعد مراقَبة
no-subscriptions = ليس لهذه المحادثة اشتراكات. { $example } ينشئ واحدًا؛ و{ $command } يعرض المتاح.
components-gone = لا يذكر { $topic } هذا حاليًا، فلا يمكن الإبلاغ عنه: { $list }.
strange-components = غير معروف في { $topic } الآن: { $list }.

## Mutes

everything = كل شيء
muted-incident = { $service }: { $title }
muted-until = كُتم هنا حتى { $until }: { $muted }.
muted-open = كُتم هنا { $kind ->
    [incident] حتى انتهائه
   *[other] حتى إشعار آخر
}: { $muted }.
muted-recovery = ما سبق التنبيه إليه يُبلَّغ عند انتهائه، دون صوت.
muted-footer = { $command } ينهي الكتم.
unmuted = أُلغي كتم { $muted }.
still-muted = لكن كل شيء مكتوم هنا. { $command } ينهي ذلك.
nothing-muted = لا شيء مكتوم هنا.
mutes-heading = المكتوم:
mute-line = { $muted }، حتى { $until }
mute-line-open = { $muted }، { $kind ->
    [incident] حتى انتهائه
   *[other] حتى إشعار آخر
}

## Settings

settings-title = كيف يتحدث Foghorn في هذه المحادثة
setting-name = { $setting ->
   *[language] اللغة
    [timezone] المنطقة الزمنية
    [updates] التحديثات
    [sound] الصوت
    [digest] الملخّص
}
choice-name = { $choice ->
   *[edits] تعديل فقط
    [replies] ردود
    [thread] سلسلة
    [news] المهم فقط
    [all] الكل
    [off] إيقاف
    [daily] كل يوم في 9:00
    [weekdays] من الاثنين إلى الجمعة في 9:00
    [mondays] كل اثنين في 9:00
}
choice-meaning = { $choice ->
   *[edits] يبقى التنبيه محدّثًا، ولا يُرسل شيء آخر
    [replies] تُرسل التحديثات المهمة أيضًا ردًا على التنبيه
    [thread] تُرسل التحديثات المهمة أيضًا في سلسلة التنبيه، وحيث لا توجد سلاسل تُرسل ردودًا
    [news] صوت عند البدء والعودة والانتهاء
    [all] كل رسالة بصوت
    [off] كل الرسائل دون صوت
}
choice-line = { $choice }: { $meaning }
setting-question = { $setting ->
   *[language] بأي لغة يتحدث Foghorn هنا؟
    [timezone] بأي منطقة زمنية تُكتب الأوقات هنا؟
    [updates] كيف تصل مستجدات عطل قائم؟
    [sound] أي الرسائل تصل بصوت؟
    [digest] متى تُبلَّغ هذه المحادثة بالأحوال، سواء وُجد جديد أم لا؟ يذكر الملخّص ما فيه خلل وما انتهى منذ المرة السابقة وما خُطّط له من صيانة.
}
setting-now = الآن: { $value }
setting-other = لخيار آخر: { $command }
setting-changed = { $setting ->
   *[language] اللغة
    [timezone] المنطقة الزمنية
    [updates] طريقة التحديثات
    [sound] الصوت
    [digest] موعد الملخّص
} من الآن: { $value }.
setting-same = لا تغيير في { $setting ->
   *[language] اللغة
    [timezone] المنطقة الزمنية
    [updates] طريقة التحديثات
    [sound] الصوت
    [digest] موعد الملخّص
}: { $value }.
digest-next = { $when }، والتالي { $next }
digest-next-time = يصل التالي { $next }.
bad-schedule = «{ $typed }» لا يحدّد موعدًا متكررًا. أمثلة: { $examples }. يصلح أيضًا تعبير cron من خمسة حقول، مرة في الساعة على الأكثر.
settings-footer = { $command } يغيّر أحدها.

## A sample

sample-follows = يلي ذلك عطل تجريبي ثم انتهاؤه، وكلاهما موسوم بأنه اختبار. وبهما يتضح هل يستطيع Foghorn الكتابة هنا وكيف يبدو ذلك. لا عطل في الحقيقة.

## Welcome

welcome = مرحبًا، هنا Foghorn
welcome-first = للبدء: { $command }. { $help } يعرض بقية الإمكانات.

## Menus

ask-category = عمّ تصل الأخبار إلى هذه المحادثة؟
ask-service = أي خدمة من { $category }؟
ask-severity = ماذا يصل إلى هذه المحادثة عن { $topic }؟
ask-components = أي مكوّنات من { $topic }؟ يسري كل اختيار فورًا؛ وإن لم يُختر شيء فكلها مشمولة.
ask-regions = أي مناطق من { $topic }؟ يسري كل اختيار فورًا؛ وإن لم يُختر شيء فكلها مشمولة.
ask-unwatch = أي صفحة تتوقف مراقبتها؟
ask-unsubscribe = أي اشتراك ينتهي؟
ask-mute = ماذا يُكتم هنا؟
ask-length = ما مدة كتم هذا: { $muted }؟
ask-unmute = أي كتم ينتهي؟
choices-page = الصفحة { $page } من { $pages }

## Buttons

button-status-page = صفحة الحالة
button-timeline = التسلسل الزمني
button-timeline-of = التسلسل الزمني { $incident }
button-mute = كتم
button-not-well = ما فيه خلل
button-unmute = إلغاء الكتم
button-unmute-this = إلغاء كتم { $muted }
button-subscribe = اشتراك
button-older = ‹ الأقدم
button-newer = الأحدث ›
button-previous = ‹ السابق
button-next = التالي ›
button-back = رجوع
button-chosen = ✓ { $label }
button-category = { $category } ({ $count })
button-all-of = كل { $category }
button-any-severity = كل شيء
button-components = المكوّنات…
button-regions = المناطق…
button-maintenance = الصيانة
button-official = الرسمي فقط
button-done = تم
button-choose = اختيار الخدمات
button-help = مساعدة
button-until-over = حتى انتهائه

## The catalogue

services = { $count ->
    [one] خدمة واحدة
    [two] خدمتان
    [few] { $count } خدمات
    [many] { $count } خدمة
   *[other] { $count } خدمة
}
services-found = { $count ->
    [one] { $search }: خدمة واحدة
    [two] { $search }: خدمتان
    [few] { $search }: { $count } خدمات
    [many] { $search }: { $count } خدمة
   *[other] { $search }: { $count } خدمة
}
category-line = { $category } ({ $count }): { $services }
own-pages = المراقَب لهذه المحادثة ({ $count }): { $pages }
service-line = { $service }: { $condition } · { $command }
services-hint = { $command } يعرض فئة؛ ويكفي جزء من الاسم أيضًا.
page-next = الصفحة { $page } من { $pages }. التالية: { $next }
page-last = الصفحة { $page } من { $pages }

## The story of an incident

story-title = { $service }: { $title }
story-footer = { $id } · { $role }
page-earlier = الصفحة { $page } من { $pages }. الأقدم: { $earlier }
no-updates = { $role ->
    [measured] قاسه Foghorn؛ لم ينشر أحد شيئًا عنه.
    [reported] أبلغ عنه المستخدمون؛ لم يؤكده أحد ولم يُنشر شيء عنه.
    [measured_reported] قاسه Foghorn وأبلغ عنه المستخدمون؛ لم ينشر أحد شيئًا عنه.
   *[official] لم يُنشر عنه شيء سوى الحالة نفسها.
}
no-incidents = لا أعطال مسجلة في { $service }.
other-incidents = أعطال أخرى:
other-incident = { $start }: { $title } · { $command }

## Help and about

help-title = ما يمكن كتابته
help-command = { $usage }: { $summary }
help-footer = { $example } يشرح أمرًا واحدًا.
help-title-of = { $usage }
help-summary = { $summary }.
help-option = { $name }: { $summary }
help-optional-option = { $name } (اختياري): { $summary }
help-example = مثال: { $example }
help-managers = لا يستطيع استخدامه إلا من يديرون المحادثة.
about-title = Foghorn { $version }
about-purpose = يُخبر حين تتعطل خدمة، وبما هو معروف، وحين ينتهي العطل.
about-services = { $count ->
    [one] يراقب خدمة واحدة.
    [two] يراقب خدمتين.
    [few] يراقب { $count } خدمات.
    [many] يراقب { $count } خدمة.
   *[other] يراقب { $count } خدمة.
}
about-sources = { $count ->
    [one] يقرأ مصدرًا واحدًا.
    [two] يقرأ مصدرين.
    [few] يقرأ { $count } مصادر.
    [many] يقرأ { $count } مصدرًا.
   *[other] يقرأ { $count } مصدر.
}
about-uptime = مدة التشغيل: { $length }.
about-last-poll = آخر قراءة: { $ago }.
about-no-poll = لم يُقرأ شيء بعد.
about-well = كل شيء على ما يرام.
about-unreadable = { $count ->
    [one] تتعذّر قراءة مصدر واحد الآن.
    [two] تتعذّر قراءة مصدرين الآن.
    [few] تتعذّر قراءة { $count } مصادر الآن.
    [many] تتعذّر قراءة { $count } مصدرًا الآن.
   *[other] تتعذّر قراءة { $count } مصدر الآن.
}
about-given-up = { $count ->
    [one] تعذّر تسليم رسالة واحدة.
    [two] تعذّر تسليم رسالتين.
    [few] تعذّر تسليم { $count } رسائل.
    [many] تعذّر تسليم { $count } رسالة.
   *[other] تعذّر تسليم { $count } رسالة.
}
about-unusable = { $count ->
    [one] يتعذّر استخدام إحدى منصاته.
    [two] يتعذّر استخدام اثنتين من منصاته.
    [few] يتعذّر استخدام { $count } من منصاته.
    [many] يتعذّر استخدام { $count } من منصاته.
   *[other] يتعذّر استخدام { $count } من منصاته.
}
own-unreadable = تتعذّر قراءة { $service }: { $source }
own-readable = عادت قراءتها ممكنة؛ مدة التعذّر: { $length }.
own-moved = تجيب صفحة أخرى مكان صفحة { $service }: { $source }
own-moved-end = عادت الصفحة هناك موثوقة؛ مدة عدم الاعتماد عليها: { $length }.
own-watched-no-more = لم تعد مراقَبة.
own-given-up = تعذّر تسليم رسائل
own-given-up-count = { $count ->
    [one] تُركت رسالة واحدة دون تسليم.
    [two] تُركت رسالتان دون تسليم.
    [few] تُركت { $count } رسائل دون تسليم.
    [many] تُركت { $count } رسالة دون تسليم.
   *[other] تُركت { $count } رسالة دون تسليم.
} { $command } يبيّن ما هي ولماذا.
own-given-up-end = لم يبقَ منها شيء: أُعيدت محاولة إرسالها أو صُرف النظر عنها.
own-store = يتعذّر حفظ الجديد
own-store-end = عاد الحفظ ممكنًا؛ مدة التعذّر: { $length }.
own-damaged = كان المخزن تالفًا
own-damaged-whole = استُعيد كل شيء من نسخته. الملفات التالفة في { $place }، ويمكن حذفها حين لا يعود أحد بحاجة إليها.
own-damaged-part = تعذّرت استعادة كل شيء. من النسخة: { $copied }. من الملفات التالفة: { $saved }. الملفات في { $place }، ويمكن حذفها حين لا يعود أحد بحاجة إليها.
own-damaged-end = حُذفت الملفات التالفة.
own-platform = يتعذّر استخدام { $platform ->
    [discord] Discord
    [telegram] Telegram
   *[other] وحدة التحكم
}
own-platform-end = عاد استخدامها ممكنًا.
sample-service = اختبار Foghorn
sample-title = هذا اختبار. لا عطل في شيء.
sample-words = هكذا يبدو التنبيه الحقيقي. يبقى محدّثًا ما دام العطل قائمًا، ويُعلن انتهاؤه برسالة جديدة.
sample-news = ما زال هذا اختبارًا: مستجدات العطل تغيّر التنبيه نفسه.
sample-failed = تعذّر إرسال الاختبار إلى هذه المحادثة، ولن يصل إليها تنبيه أيضًا: { $reason }. بعد إصلاح ذلك تُرجى إعادة الاختبار.
about-help = { $command } يعرض ما يمكن كتابته.

## Discord

presence-well = { $count ->
    [one] خدمة واحدة، سليمة
    [two] خدمتان، كلتاهما سليمة
    [few] { $count } خدمات، كلها سليمة
    [many] { $count } خدمة، كلها سليمة
   *[other] { $count } خدمة، كلها سليمة
}
presence-not-well = { $count ->
    [one] الخدمة الوحيدة فيها خلل
    [two] { $bad } من خدمتين فيها خلل
    [few] { $bad } من { $count } خدمات فيها خلل
    [many] { $bad } من { $count } خدمة فيها خلل
   *[other] { $bad } من { $count } خدمة فيها خلل
}
discord-right = { $right ->
   *[view] عرض القناة (View Channel)
    [send] إرسال الرسائل (Send Messages)
    [posts] إنشاء المنشورات (Create Posts)
    [threads] إرسال الرسائل في السلاسل (Send Messages in Threads)
    [create-threads] إنشاء سلاسل عامة (Create Public Threads)
    [embed] تضمين الروابط (Embed Links)
    [history] قراءة سجل الرسائل (Read Message History)
}
discord-missing-rights = لا يُسمح لـ Foghorn بالكتابة هنا بعد. ينقصه: { $rights }. يستطيع من يدير الخادم السماح بذلك في إعدادات القناة، ضمن الأذونات (Permissions)؛ ثم تُرجى المحاولة مجددًا.
discord-not-here = Foghorn ليس عضوًا هنا، فلا يستطيع الكتابة من تلقاء نفسه. يمكن سؤاله، مثلًا بالأمر { $command }؛ أما التنبيهات فتصل إلى الخوادم التي أُضيف إليها وإلى المحادثة الخاصة معه.
discord-not-everybody = لا يشير Foghorn إلى الجميع. يُرجى اختيار رتبة لمن يريدون أن يُشار إليهم.
discord-no-answer = لم يتمكن Foghorn من الرد في الوقت المناسب. يُرجى المحاولة مجددًا.
discord-busy = الطلبات كثيرة جدًا الآن. يُرجى المحاولة مجددًا بعد لحظات.
