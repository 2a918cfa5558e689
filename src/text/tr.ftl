# Turkish. Short, true and kind: what happened, to what, since when, where to look.

## Words

condition = { $condition ->
    [operational] çalışıyor
    [degraded] aksama
    [partial_outage] kısmi kesinti
    [major_outage] büyük kesinti
    [maintenance] bakım
   *[unknown] bilinmiyor
}
phase = { $phase ->
   *[investigating] inceleniyor
    [identified] nedeni bulundu
    [monitoring] düzeltme uygulandı, izleniyor
    [resolved] çözüldü
    [postmortem] rapor yayımlandı
}
maintenance-phase = { $phase ->
   *[scheduled] planlandı
    [in_progress] sürüyor
    [verifying] kontrol ediliyor
    [completed] tamamlandı
}
role = { $role ->
   *[official] resmî kaynak
    [measured] ölçüm
    [reported] kullanıcı bildirimi
    [official_measured] resmî kaynak ve ölçüm
    [official_reported] resmî kaynak ve kullanıcı bildirimi
    [measured_reported] ölçüm ve kullanıcı bildirimi
    [all] resmî kaynak, ölçüm ve kullanıcı bildirimi
    [hint] ipucu
}
recovered = bitti
refused = yapılmadı

## Times

month = { $month ->
   *[jan] Oca
    [feb] Şub
    [mar] Mar
    [apr] Nis
    [may] May
    [jun] Haz
    [jul] Tem
    [aug] Ağu
    [sep] Eyl
    [oct] Eki
    [nov] Kas
    [dec] Ara
}
zone = { $zone }
date = { $day } { $month } { $time } { $zone }
date-with-year = { $day } { $month } { $year } { $time } { $zone }
just-now = az önce
minutes-ago = { $count ->
    [one] { $count } dakika önce
   *[other] { $count } dakika önce
}
hours-ago = { $count ->
    [one] { $count } saat önce
   *[other] { $count } saat önce
}
days-ago = { $count ->
    [one] { $count } gün önce
   *[other] { $count } gün önce
}
in-a-moment = birazdan
in-minutes = { $count ->
    [one] { $count } dakika sonra
   *[other] { $count } dakika sonra
}
in-hours = { $count ->
    [one] { $count } saat sonra
   *[other] { $count } saat sonra
}
in-days = { $count ->
    [one] { $count } gün sonra
   *[other] { $count } gün sonra
}
days = { $count ->
    [one] { $count } gün
   *[other] { $count } gün
}
hours = { $count ->
    [one] { $count } saat
   *[other] { $count } saat
}
minutes = { $count ->
    [one] { $count } dakika
   *[other] { $count } dakika
}
seconds = { $count ->
    [one] { $count } saniye
   *[other] { $count } saniye
}
two-units = { $large } { $small }

## Lists

list-separator = { ", " }
label-separator = { ": " }
with-condition = { $name } ({ $condition })
list-and = { $first } ve { $last }
list-or = { $first } veya { $last }
list-more = { $list } ve { $count } tane daha

## Telegram: channels and rights

channel-noted = { $channel } kanalıyla ilgili.
channel-welcome = Foghorn artık { $channel } kanalına yazabilir. Buraya örneğin { $command } yazın; kanal bundan haberdar olur.
channel-unknown = { $typed } adında bir kanal yok ya da Foghorn o kanalda değil. Lütfen Foghorn’u orada mesaj gönderebilen bir yönetici yapın.
channel-is-group = { $channel } bir kanal değil, grup. Lütfen bunu orada yazın.
channel-silent = Foghorn { $channel } kanalına yazamıyor. Lütfen onu orada mesaj gönderebilen bir yönetici yapın.
channel-stranger = { $channel } için bunu yalnızca kanalın yöneticileri yapabilir.
alerts-rested = Foghorn buraya yazamadığı için uyarılar durmuştu ({ $since } – { $until }). Şimdi devam ediyor; hâlâ sorunlu olanlar bildiriliyor.
alerts-rest = Foghorn’un buraya yazma izni yok; bu yüzden uyarılar { $since } itibarıyla durdu. İzin verilince devam edecek; { $command } neyin eksik olduğunu gösterir.
done-before = İsteğiniz yerine getirildi. Şu anki durum:
pressed-too-late = Bu mesajın düğmeleri artık çok eski. Lütfen yanıtı nerede istiyorsanız oraya { $command } yazın.
answer-there = Yanıt zaten bu mesajın altında; şimdi güncellendi.
timeline-there = Gelişmeler zaten bu uyarının altında; şimdi güncellendi.
rights-unchecked = Telegram şu anda bu sohbeti kimin yönettiğini bildirmiyor. Lütfen birazdan tekrar deneyin.

## Incidents

alert-title = { $service }: { $condition ->
    [degraded] aksama
    [partial_outage] kısmi kesinti
    [major_outage] büyük kesinti
    [maintenance] bakım
   *[other] sorun
}
resolved-title = { $service }: { $role ->
    [measured] yeniden erişilebilir
    [reported] artık bildirim gelmiyor
   *[official] çözüldü
}
lost-title = { $service }: bitip bitmediği bilinmiyor
update-title = { $service }, { $kind ->
    [worse] kötüleşti
   *[news] güncelleme
}: { $condition ->
    [degraded] aksama
    [partial_outage] kısmi kesinti
    [major_outage] büyük kesinti
    [resolved] çözüldü
   *[other] sorun
}
return-title = { $service }: aslında bitmemiş ({ $condition ->
    [degraded] aksama
    [partial_outage] kısmi kesinti
    [major_outage] büyük kesinti
   *[other] sorun
})
maintenance-title = { $service }: { $state ->
   *[announced] bakım planlandı
    [moved] bakımın zamanı değişti
    [running] bakım sürüyor
    [verifying] bakım yapıldı, kontrol ediliyor
    [over] bakım bitti
    [called_off] bakım iptal edildi
}
measured-title = { $condition ->
    [degraded] Yavaş veya hatalı yanıtlar
   *[other] Erişilemiyor
}, { $voices ->
   *[measured] Foghorn ölçtü
    [measured_reported] Foghorn ölçtü, kullanıcılar bildirdi
}
official-title = { $voices ->
   *[official] Durum sayfasına göre
    [official_measured] Durum sayfasına ve Foghorn ölçümüne göre
    [official_reported] Durum sayfasına ve kullanıcılara göre
    [all] Durum sayfasına, kullanıcılara ve Foghorn ölçümüne göre
}: { $condition }
people-title = Kullanıcılara göre: { $condition }
watch-left = { $at } itibarıyla Foghorn bu hizmeti izlemiyor: hizmet katalogdan çıkarıldı. Sonrası burada bilinmiyor.
watch-back = { $at }: Foghorn bu hizmeti yeniden izliyor.
flapping = Sorun sürekli gidip geliyor. Durum oturunca Foghorn yeniden haber verecek.
page-gone = { $at } itibarıyla bununla ilgili haber gelmiyor: sayfanın yerine başka bir sayfa geldi ya da sayfa artık okunmuyor. Sorunun bitip bitmediği burada bilinmiyor.
was-down = { $condition ->
    [partial_outage] { $start } ile { $end } arasında kısmen çalışmadı ({ $length }).
    [major_outage] { $start } ile { $end } arasında çalışmadı ({ $length }).
   *[degraded] { $start } ile { $end } arasında aksadı ({ $length }).
}
period = { $start } – { $end } ({ $length })
planned-period = { $start } – { $end }
at = { $at }
since-for = { $at } ({ $length })
phase-and-peak = { $phase }; en kötü hâli: { $peak }
last-update = { $at }, { $role }: { $phase }
last-note = { $at }, { $role }
alert-footer = { $role ->
   *[official] Resmî: sağlayıcının kendi açıklaması
    [measured] Foghorn ölçtü; resmî açıklama yok
    [reported] Kullanıcılar bildirdi; doğrulanmadı
    [official_measured] Resmî; Foghorn da ölçtü
    [official_reported] Resmî; kullanıcılar da bildirdi
    [measured_reported] Foghorn ölçtü, kullanıcılar bildirdi; resmî açıklama yok
    [all] Resmî; Foghorn da ölçtü, kullanıcılar da bildirdi
    [hint] İpucu; resmî açıklama değil
} · { $command }

storm-title = { $occasion ->
   *[at_once] { $count ->
        [one] Bir kesinti daha
       *[other] { $count } kesinti daha
    }
    [mute_ended] { $count ->
        [one] Bir kesinti sürüyor
       *[other] { $count } kesinti sürüyor
    }
}
storm-over-title = { $count ->
    [one] Kesinti bitti
    [2] İki kesinti de bitti
   *[other] { $count } kesintinin hepsi bitti
}
storm-lost-title = Sürdüğü bilinen kesinti yok
storm-intro = { $occasion ->
   *[at_once] Birçoğu aynı anda başladı; bu yüzden burada bir arada duruyorlar.
    [mute_ended] Buradaki sessizlik sona erdi. Bunlar o sürede söylenmedi ve hâlâ sürüyor.
}
storm-ended = { $count ->
    [one] Diğerlerinden biri bitti.
   *[other] Diğerlerinden { $count } tanesi bitti.
}
storm-line = { $service }: { $what }, başlangıç: { $since }
storm-line-over = { $service }: { $what }, { $length } sonra bitti
storm-line-lost = { $service }: { $what }, başlangıç: { $since }, bitip bitmediği bilinmiyor
storm-lost = { $count ->
    [one] Biri hakkında artık haber gelmiyor. Bitip bitmediği burada bilinmiyor.
   *[other] { $count } tanesi hakkında artık haber gelmiyor. Bitip bitmedikleri burada bilinmiyor.
}
storm-more = { $count ->
    [one] ve bir tane daha
   *[other] ve { $count } tane daha
}
storm-footer = Şu anda sorunlu olanlar: { $command }

digest-well = Her şey yolunda; son özetten ({ $since }) beri bir şey olmadı.
digest-title = { $count ->
    [0] Şu anda her şey yolunda
    [one] Bir kesinti sürüyor
   *[other] { $count } kesinti sürüyor
}
digest-over = { $count ->
    [one] Son özetten ({ $since }) beri biri sona erdi:
   *[other] Son özetten ({ $since }) beri { $count } tanesi sona erdi:
}
digest-nothing = Son özetten ({ $since }) beri hiçbiri sona ermedi.
digest-running = Süren planlı çalışmalar:
digest-ahead = Önümüzdeki 7 gündeki planlı çalışmalar:
digest-work = { $service }: { $title }, { $start } – { $end }
digest-work-from = { $service }: { $title }, { $start }
digest-work-until = { $service }: { $title }, bitiş { $end }
digest-work-running = { $service }: { $title }
digest-footer = Bu sohbetin özeti budur. { $command } ne zaman geldiğini söyler.

## Labels

label-state = Durum
label-since = Başlangıç
label-when = Zaman
label-duration = Süre
label-affected = Etkilenenler
label-regions = Bölgeler
label-planned = Planlanan
label-format = Biçim
label-status-page = Durum sayfası
label-last-update = Son güncelleme
label-again = Yeniden başlangıç
label-ended = Bitiş
label-noticed = Foghorn fark etti
label-timeline = Tüm gelişmeler
label-not-well = Sorunlu

## Planned work

lasted = { $length }
planned-from = başlangıç: { $at }
planned-until = bitiş: { $at }
called-off = iptal edildi
work-until = Bakım sürüyor, bitiş { $end }: { $title }
work-running = Bakım sürüyor: { $title }
work-ahead = Bakım planlandı, { $start } – { $end }: { $title }
work-from = Bakım planlandı, başlangıç { $start }: { $title }
work-planned = Bakım planlandı: { $title }
maintenance-line = { $service }: { $work } · { $command }
maintenances = { $count ->
    [one] { $count } bakım planlandı veya sürüyor
   *[other] { $count } bakım planlandı veya sürüyor
}
no-maintenance = Planlanan veya süren bakım yok.
no-maintenance-at = { $service } için planlanan veya süren bakım yok.

## What was not done

not-a-command = Komutlar eğik çizgiyle başlar. { $command } neler yazabileceğinizi gösterir.
unknown-command = { $typed } diye bir komut yok. { $command } neler yazabileceğinizi gösterir.
did-you-mean = Şunu mu demek istediniz: { $near }?
unknown-service = “{ $typed }” katalogda yok. { $command } nelerin izlendiğini gösterir.
is-category = { $category } bir kategori. { $command } onun hizmetlerini listeler; lütfen birinin adını yazın.
unknown-incident = { $typed } numaralı bir sorun yok. { $command } örneğindeki gibi bir hizmet yazarsanız son sorunlarını görürsünüz.
no-address = “{ $typed }” bir web sayfası adresi değil. Adres https veya http ile başlar.
secret-in-address = Adreste kullanıcı adı veya parola var. Lütfen bunları çıkarın; buradaki herkes okuyabilir.
watching-off = Bu botu işleten kişi, kendi seçtiğiniz sayfaların izlenmesini kapatmış. { $command } nelerin izlendiğini gösterir.
watches-enough = { $count ->
    [one] Bu sohbet kendi eklediği en fazla { $count } sayfayı izleyebilir ve bu sınıra ulaştı. { $command } yer açar.
   *[other] Bu sohbet kendi eklediği en fazla { $count } sayfayı izleyebilir ve bu sınıra ulaştı. { $command } yer açar.
}
watched-already = Bu sohbet { $page } sayfasını zaten izliyor. { $status } durumunu gösterir, { $command } izlemeyi bitirir.
name-taken = { $service } adı zaten kullanılıyor. Lütfen başka bir ad seçin.
not-watched = Bu sohbet “{ $typed }” diye bir sayfa izlemiyor.
ends-otherwise = Bu, kataloğun bir parçası: { $command } aboneliği bitirir.
watched-here = İzlenenler: { $list }.
page-not-public = { $host } herkese açık internette değil. Yalnızca herkesin ulaşabildiği sayfalar izlenebilir.
page-port = { $host } için yazılan bağlantı noktası web’e ait değil: yalnızca 80, 443 ve 1024’ten başlayanlar kullanılır.
page-unreachable = { $host }: { $why ->
    [unknown] bu adda bir sunucu yok. Lütfen adresi kontrol edin.
    [refused] orada kimse yanıt vermiyor. Lütfen adresi kontrol edin.
    [tls] güvenli bağlantı kurulamadı; bu yüzden sayfanın kime ait olduğu anlaşılamıyor.
    [redirects] adres hep başka adreslere yönlendiriyor, hiçbiri bir sayfaya çıkmıyor.
    [large] oradaki içerik bir durum sayfası için fazla büyük.
    [status] bir sayfa yerine HTTP { $status } yanıtı geldi. Lütfen adresi kontrol edin.
   *[connection] bağlantı kurulamadı. Lütfen daha sonra tekrar deneyin.
}
page-slow = { $host } çok geç yanıt veriyor. Lütfen daha sonra tekrar deneyin.
page-nothing = { $host } adresinde okuyabildiğim bir durum sayfası yok. Lütfen bana durum sayfasının veya akışının (feed) adresini verin.
page-tried = Şunları da denedim: { $list }.
page-busy = Hâlâ başka adreslere bakıyorum. Lütfen birazdan tekrar deneyin.
page-too-often = Son zamanlarda çok fazla adrese bakıldı. Lütfen { $wait } sonra tekrar deneyin.
pages-full = Bu bot izleyebileceği kadar sayfayı zaten izliyor. Lütfen botu işleten kişiye danışın.
not-subscribed = Bu sohbetin { $typed } aboneliği yok. { $command } aboneliklerini gösterir.
covered-by-category = Bildirimler { $category } kategorisi üzerinden gelmeye devam edecek. { $command } bunu bitirir.
bad-severity = “{ $typed }” bir önem derecesi değil. Lütfen şunlardan birini kullanın: { $known }.
bad-number = “{ $typed }” 1 veya daha büyük bir sayı değil.
bad-duration = “{ $typed }” bir dakika ile bir yıl arasında bir süre değil. Lütfen şöyle yazın: { $known }.
until-example = until 9:00
bad-mention = { $platform ->
    [discord] “{ $typed }” bu sunucunun bir rolü değil. Lütfen bahsedilecek rolü seçin.
   *[other] “{ $typed }” bahsedilebilecek bir ad değil. Lütfen @name gibi @ işaretiyle yazın.
}
unknown-components = { $topic } için “{ $typed }” diye bir bileşen yok.
known-components = Var olanlar: { $list }.
too-many-components = { $count ->
    [one] Bir abonelik en fazla { $count } bileşen belirtebilir.
   *[other] Bir abonelik en fazla { $count } bileşen belirtebilir.
}
not-muted = { $typed } burada sessize alınmamış. { $command } nelerin sessizde olduğunu gösterir.
already-over = { $incident } bitti; sessize alınacak bir şey yok. { $command } tüm gelişmeleri anlatır.
unknown-setting = “{ $typed }” diye bir ayar yok. Lütfen şunlardan birini kullanın: { $known }.
bad-choice = “{ $typed }” seçenekler arasında yok. Lütfen şunlardan birini kullanın: { $known }.
unknown-zone = “{ $typed }” diye bir saat dilimi yok. Lütfen şu örnekteki gibi yazın: { $example }.
outdated = Bu düğme artık güncel değil. { $command } baştan başlar.
missing = { $command } için bir şey eksik. Gereken: { $wanted }.
unknown-option = { $command } komutunun { $typed } diye bir seçeneği yok.
too-much = { $command } “{ $typed }” ile ne yapacağını bilmiyor.
not-manager = { $command } komutunu yalnızca bu sohbeti yönetenler kullanabilir. Lütfen onlardan birine sorun.
failed = Sizden kaynaklanmayan bir hata oluştu. Lütfen tekrar deneyin; günlükteki kaydı: { $reference }.
not-here = { $command } burada yok.
usage = Şöyle yazılır: { $usage }, örneğin { $example }.

## One service in one line

line-incident = { $service }: { $condition }, { $role }, { $since } başladı: { $title }
line-derived = { $service }: { $condition }, { $role }, { $since } başladı
line-condition = { $service }: { $condition }, { $role }
line-never = { $service }: henüz okunmadı
line-unreadable = { $service }: bilinmiyor, hiçbir kaynak okunamıyor
line-stale = { $service }: şu anda okunamıyor; son bilinen durum ({ $ago }): { $condition }
line-untold = { $service }: bildirilen sorun yok

## Status of all

overview-not-well = { $count ->
    [one] { $count } hizmette sorun var
   *[other] { $count } hizmette sorun var
}
overview-maintenance = { $count ->
    [one] { $count } hizmet bakımda
   *[other] { $count } hizmet bakımda
}
overview-well = { $count ->
    [one] { $count } hizmet sorunsuz
   *[other] { $count } hizmet sorunsuz
}
overview-quiet = Bilinen sorun yok
overview-unknown = Şu anda hiçbir şey bilinmiyor
overview-all-services = { $count ->
    [one] Bu sohbetin aboneliği yok; bu yüzden burada var olan tek hizmet gösteriliyor. { $command } bunu değiştirir.
   *[other] Bu sohbetin aboneliği yok; bu yüzden burada { $count } hizmetin tümü gösteriliyor. { $command } bunu değiştirir.
}
overview-more = { $count ->
    [one] Ve { $count } tane daha.
   *[other] Ve { $count } tane daha.
}
overview-rest = { $count ->
    [one] Diğer { $count } hizmet sorunsuz.
   *[other] Diğer { $count } hizmet sorunsuz.
}
overview-unreadable = Şu anda okunamıyor: { $services }.
overview-own-network = Hiçbir kaynak okunamıyor; büyük olasılıkla sorun Foghorn’un kendi bağlantısında.
overview-never = Henüz okunmadı: { $services }.
overview-untold = Bildirilen sorun yok: { $services }.
overview-footer = { $command } daha fazlasını anlatır.

## Status of one

detail-title = { $service }: { $condition }
detail-never = { $service }: henüz okunmadı
detail-unreadable = { $service }: bilinmiyor, hiçbir kaynak okunamıyor
detail-untold = { $service }: bildirilen sorun yok
detail-stale = Şu anda hiçbir şey okunamıyor. Son bilinenler ({ $ago }) şöyle:
detail-said-by = { $role ->
   *[official] Resmî: durum sayfası böyle diyor, ama ayrı bir sorun kaydı yok.
    [measured] Foghorn ölçtü; yayımlanmış bir sorun kaydı yok.
    [reported] Kullanıcılar bildirdi; doğrulayan olmadı.
    [official_measured] Resmî: durum sayfası böyle diyor, ama ayrı bir sorun kaydı yok. Foghorn da ölçtü.
    [official_reported] Resmî: durum sayfası böyle diyor, ama ayrı bir sorun kaydı yok. Kullanıcılar da bildiriyor.
    [measured_reported] Foghorn ölçtü, kullanıcılar bildirdi; yayımlanmış bir sorun kaydı yok.
    [all] Resmî: durum sayfası böyle diyor, ama ayrı bir sorun kaydı yok. Foghorn da ölçtü, kullanıcılar da bildiriyor.
}
detail-incident = { $title } ({ $role })
detail-more-incidents = { $count ->
    [one] { $count } sorun daha sürüyor: { $command }
   *[other] { $count } sorun daha sürüyor: { $command }
}
detail-subscribe = Bu değişince haber almak için: { $command }
likely-cause = Olası neden: { $service } tarafında da sorun var ({ $condition }). { $command } daha fazlasını anlatır.
alternatives = Bu arada şunları kullanabilirsiniz: { $services }.
hint = { $service } ile doğrudan ilgili olmayan bir ipucu: { $host } “{ $remark }” diyor.
sources-heading = Bilgilerin kaynağı:
source-well = { $host } ({ $role }): { $condition }, { $ago } okundu
source-measured = { $host } ({ $role }): { $condition }, { $latency } ms içinde yanıt verdi, { $ago }
source-never = { $host } ({ $role }): henüz okunmadı
source-unreadable = { $host } ({ $role }): şimdiye kadar okunamadı
source-moved = { $host } ({ $role }): artık başka bir sayfa yanıt veriyor ({ $to }); bu yüzden ona henüz güvenilmiyor
source-leads-to = { $host } adresi artık şuraya yönlendiriyor: { $to }.
source-stale = { $host } ({ $role }): şu anda okunamıyor; son bilinen durum ({ $ago }): { $condition }

## Subscriptions

subscribed = Bu sohbet artık { $topic } hakkında haber alacak.
subscription-changed = { $topic } aboneliği değiştirildi.
subscribed-before = Bu sohbetin { $topic } için tam da böyle bir aboneliği zaten var.
subscribed-footer = { $command } aboneliği bitirir.
category-services = { $count ->
    [one] { $count } hizmet: { $services }.
   *[other] { $count } hizmet: { $services }.
}
category-quiet = Orada şu anda bilinen sorun yok.
label-severity = Önem derecesi
label-components = Yalnızca bileşenler
label-only-regions = Yalnızca bölgeler
label-maintenance = Bakım
label-heard = Kaynak
label-mention = Bahsedilen
filter-severity = { $severity ->
    [degraded] aksama ve daha kötüsü
    [partial_outage] kısmi kesinti ve daha kötüsü
   *[major_outage] yalnızca büyük kesinti
}
switch-word = { $state ->
    [off] kapalı
   *[on] açık
}
filter-sources = { $sources ->
    [official] yalnızca resmî kaynaklar
   *[all] resmî kaynaklar, ölçümler ve kullanıcı bildirimleri
}
filter-takes-in = { $count ->
    [one] Bir sonraki değişiklikten itibaren artık burada bildirilecek: { $list }.
   *[other] Her biri bir sonraki değişiklikten itibaren artık burada bildirilecek: { $list }.
}
filter-keeps = { $count ->
    [one] Artık burada bildirilen türden değil; ama daha önce bildirildiyse sonuna kadar bildirilecek: { $list }.
   *[other] Artık burada bildirilen türden değiller; ama daha önce bildirildilerse sonlarına kadar bildirilecekler: { $list }.
}
filter-leaves-out = Sürdüğü hâlde burada bildirilmeyecek: { $list }.
filter-mention = { $mention }, bir sorun başladığında
watching = Bu sohbet artık { $page } sayfasını izliyor ve ondan haber alacak.
page-of-service = { $page }, zaten izlenen { $service } hizmetinin sayfası.
format-at = { $format }, okunduğu yer: { $document }
page-leads-to = Adres başka bir sunucuya yönlendiriyor: { $host }.
open-there = { $count ->
    [one] Orada süren: { $list }.
   *[other] Orada sürenler ({ $count }): { $list }.
}
unwatched = Bu sohbet { $page } sayfasını artık izlemiyor; aboneliği de bitti.
nothing-watched = Bu sohbetin kendi eklediği bir sayfa yok. { $command } bir tane ekler.
unsubscribed = { $topic } aboneliği bitti.
unsubscribed-all = { $count ->
    [one] Bu sohbetin tek aboneliği bitti.
   *[other] Bu sohbetin { $count } aboneliğinin hepsi bitti.
}
nothing-to-unsubscribe = Bu sohbetin aboneliği yok.
nothing-remains = Hiç abonelik kalmadı.
remains = { $count ->
    [one] { $count } abonelik kaldı: { $list }.
   *[other] { $count } abonelik kaldı: { $list }.
}
subscriptions = { $count ->
    [one] Bu sohbetin { $count } aboneliği var
   *[other] Bu sohbetin { $count } aboneliği var
}
category-name = { $category } kategorisi
subscription-line = { $topic }
subscription-category = { $count ->
    [one] { $topic }, { $count } hizmet
   *[other] { $topic }, { $count } hizmet
}
subscription-unwatched = { $topic }, artık izlenmiyor
no-subscriptions = Bu sohbetin aboneliği yok. { $example } bir abonelik başlatır; { $command } neler olduğunu gösterir.
components-gone = { $topic } şu anda bunları listelemiyor; bu yüzden haber verilemiyor: { $list }.
strange-components = { $topic } için şu anda bilinmeyenler: { $list }.

## Mutes

everything = Her şey
muted-incident = { $service }: { $title }
muted-until = { $muted } burada sessize alındı. Bitiş: { $until }.
muted-open = { $muted } burada { $kind ->
    [incident] bitene kadar
   *[other] siz açana kadar
} sessize alındı.
muted-recovery = Daha önce bildirilenlerin bittiği yine de sessizce haber verilir.
muted-footer = { $command } sesi yeniden açar.
unmuted = { $muted } artık sessizde değil.
still-muted = Ancak burada her şey sessizde. { $command } bunu bitirir.
nothing-muted = Burada sessize alınan bir şey yok.
mutes-heading = Sessizde:
mute-line = { $muted }, bitiş: { $until }
mute-line-open = { $muted }, { $kind ->
    [incident] bitene kadar
   *[other] siz açana kadar
}

## Settings

settings-title = Foghorn bu sohbette nasıl konuşuyor
setting-name = { $setting ->
   *[language] Dil
    [timezone] Saat dilimi
    [updates] Güncellemeler
    [sound] Ses
    [digest] Özet
}
choice-name = { $choice ->
   *[edits] yalnızca düzenleme
    [replies] yanıtlar
    [thread] alt başlık
    [news] önemliler
    [all] hepsi
    [off] kapalı
    [daily] her gün 9:00
    [weekdays] hafta içi 9:00
    [mondays] pazartesileri 9:00
}
choice-meaning = { $choice ->
   *[edits] uyarı güncel tutulur, başka bir şey gönderilmez
    [replies] önemli güncellemeler ayrıca uyarıya yanıt olarak gönderilir
    [thread] önemli güncellemeler ayrıca uyarının alt başlığına, alt başlık yoksa yanıt olarak gönderilir
    [news] başlangıçlar, geri dönüşler ve bitişler sesli gelir
    [all] her mesaj sesli gelir
    [off] hiçbir mesaj sesli gelmez
}
choice-line = { $choice }: { $meaning }
setting-question = { $setting ->
   *[language] Foghorn burada hangi dilde konuşsun?
    [timezone] Saatler burada hangi saat dilimine göre yazılsın?
    [updates] Süren bir sorunla ilgili gelişmeler nasıl gelsin?
    [sound] Hangi mesajlar sesli gelsin?
    [digest] Haber olsun olmasın, bu sohbet durumun özetini ne zaman alsın? Özette nelerin sorunlu olduğu, son özetten beri nelerin sona erdiği ve planlanan çalışmalar yer alır.
}
setting-now = Şu an: { $value }
setting-other = Başka bir seçenek: { $command }
setting-changed = { $setting ->
   *[language] Dil
    [timezone] Saat dilimi
    [updates] Güncellemeler
    [sound] Ses
    [digest] Özet
} artık şöyle: { $value }.
setting-same = { $setting ->
   *[language] Dil
    [timezone] Saat dilimi
    [updates] Güncellemeler
    [sound] Ses
    [digest] Özet
} zaten şöyleydi: { $value }.
digest-next = { $when }, sıradaki { $next }
digest-next-time = Sıradaki: { $next }.
bad-schedule = “{ $typed }” yinelenen bir zaman belirtmiyor. Örnekler: { $examples }. Beş alanlı bir cron ifadesi de olur, en çok saatte bir.
settings-footer = { $command } bunlardan birini değiştirir.

## A sample

sample-follows = Şimdi test olarak işaretlenmiş örnek bir kesinti ve ardından bitişi gelecek. Bunlar, Foghorn’un buraya yazıp yazamadığını ve nasıl göründüğünü gösterir. Gerçekte kesinti yok.

## Welcome

welcome = Merhaba, ben Foghorn
welcome-first = Başlamak için { $command } yazın. { $help } başka neler olduğunu gösterir.

## Menus

ask-category = Bu sohbet ne hakkında haber alsın?
ask-service = { $category } kategorisinden hangi hizmet?
ask-severity = Bu sohbet { $topic } hakkında neleri öğrensin?
ask-components = { $topic } için hangi bileşenler? Her seçim hemen geçerli olur; hiçbiri seçilmezse hepsi geçerlidir.
ask-regions = { $topic } için hangi bölgeler? Her seçim hemen geçerli olur; hiçbiri seçilmezse hepsi geçerlidir.
ask-unwatch = Hangi sayfa artık izlenmesin?
ask-unsubscribe = Hangi abonelik bitsin?
ask-mute = Burada ne sessize alınsın?
ask-length = Bu ne kadar süre sessize alınsın: { $muted }?
ask-unmute = Hangisinin sesi açılsın?
choices-page = Sayfa { $page } / { $pages }

## Buttons

button-status-page = Durum sayfası
button-timeline = Gelişmeler
button-timeline-of = Gelişmeler: { $incident }
button-mute = Sessize al
button-not-well = Sorunlu olanlar
button-unmute = Sesi aç
button-unmute-this = Sesi aç: { $muted }
button-subscribe = Abone ol
button-older = ‹ Daha eski
button-newer = Daha yeni ›
button-previous = ‹ Önceki
button-next = Sonraki ›
button-back = Geri
button-chosen = ✓ { $label }
button-category = { $category } ({ $count })
button-all-of = { $category }: hepsi
button-any-severity = her şey
button-components = Bileşenler…
button-regions = Bölgeler…
button-maintenance = Bakım
button-official = Yalnızca resmî
button-done = Bitti
button-choose = Hizmet seç
button-help = Yardım
button-until-over = bitene kadar

## The catalogue

services = { $count ->
    [one] { $count } hizmet
   *[other] { $count } hizmet
}
services-found = { $count ->
    [one] { $search }: { $count } hizmet
   *[other] { $search }: { $count } hizmet
}
category-line = { $category } ({ $count }): { $services }
own-pages = Bu sohbet için izlenenler ({ $count }): { $pages }
service-line = { $service }: { $condition } · { $command }
services-hint = { $command } bir kategoriyi listeler; adın bir bölümünü yazmak da olur.
page-next = Sayfa { $page } / { $pages }. Sonraki: { $next }
page-last = Sayfa { $page } / { $pages }

## The story of an incident

story-title = { $service }: { $title }
story-footer = { $id } · { $role }
page-earlier = Sayfa { $page } / { $pages }. Daha öncesi: { $earlier }
no-updates = { $role ->
    [measured] Foghorn ölçtü; bu konuda kimse bir şey yayımlamadı.
    [reported] Kullanıcılar bildirdi; kimse doğrulamadı ya da bu konuda bir şey yayımlamadı.
    [measured_reported] Foghorn ölçtü, kullanıcılar bildirdi; bu konuda kimse bir şey yayımlamadı.
   *[official] Durumun kendisi dışında bu konuda bir şey yayımlanmadı.
}
no-incidents = { $service } için kayıtlı sorun yok.
other-incidents = Diğerleri:
other-incident = { $start }: { $title } · { $command }

## Help and about

help-title = Neler yazabilirsiniz
help-command = { $usage }: { $summary }
help-footer = { $example } bir komutu açıklar.
help-title-of = { $usage }
help-summary = { $summary }.
help-option = { $name }: { $summary }
help-optional-option = { $name } (isteğe bağlı): { $summary }
help-example = Örnek: { $example }
help-managers = Yalnızca sohbeti yönetenler kullanabilir.
about-title = Foghorn { $version }
about-purpose = Bir hizmet bozulduğunda haber verir, bilinenleri ve ne zaman düzeldiğini anlatır.
about-services = { $count ->
    [one] { $count } hizmeti izliyor.
   *[other] { $count } hizmeti izliyor.
}
about-sources = { $count ->
    [one] { $count } kaynağı okuyor.
   *[other] { $count } kaynağı okuyor.
}
about-uptime = Çalışma süresi: { $length }.
about-last-poll = Son okuma: { $ago }.
about-no-poll = Henüz hiçbir şey okunmadı.
about-well = Her şey yolunda.
about-unreadable = { $count ->
    [one] { $count } kaynak şu anda okunamıyor.
   *[other] { $count } kaynak şu anda okunamıyor.
}
about-given-up = { $count ->
    [one] { $count } mesaj iletilemedi.
   *[other] { $count } mesaj iletilemedi.
}
about-unusable = { $count ->
    [one] { $count } platform kullanılamıyor.
   *[other] { $count } platform kullanılamıyor.
}
own-unreadable = { $service } okunamıyor: { $source }
own-readable = Yeniden okunabiliyor; okunamadığı süre: { $length }.
own-moved = { $service } sayfasının yerinde başka bir sayfa yanıt veriyor: { $source }
own-moved-end = Oradaki sayfaya yeniden güveniliyor; { $length } boyunca ondan bir sonuç çıkarılmadı.
own-watched-no-more = Artık izlenmiyor.
own-given-up = Mesajlar iletilemedi
own-given-up-count = { $count ->
    [one] { $count } mesajdan vazgeçildi.
   *[other] { $count } mesajdan vazgeçildi.
} Ayrıntılar ve nedenleri: { $command }.
own-given-up-end = Geriye kalan yok: ya yeniden denendiler ya da bırakıldılar.
own-store = Yeni bilgiler kaydedilemiyor
own-store-end = { $length } sonra yeniden kaydedilebiliyor.
own-damaged = Depo hasar görmüştü
own-damaged-whole = Hepsi kopyasından geri yüklendi. Hasarlı dosyaların yeri: { $place }. Artık kimse bakmayacaksa silinebilirler.
own-damaged-part = Hepsi geri yüklenemedi. Kopyadan gelen: { $copied }. Hasarlı dosyalardan gelen: { $saved }. Dosyaların yeri: { $place }. Artık kimse bakmayacaksa silinebilirler.
own-damaged-end = Hasarlı dosyalar silindi.
own-platform = { $platform ->
    [discord] Discord
    [telegram] Telegram
   *[other] Konsol
} kullanılamıyor
own-platform-end = Yeniden kullanılabiliyor.
sample-service = Foghorn testi
sample-title = Bu bir test. Kesinti yok.
sample-words = Gerçek bir uyarı böyle görünür. Kesinti sürdükçe güncel tutulur; bittiği yeni bir mesajla bildirilir.
sample-news = Hâlâ test: kesintiyle ilgili yenilikler uyarıyı değiştirir.
sample-failed = Örnek bu sohbete gönderilemedi; bir uyarı da gönderilemezdi: { $reason }. Bu giderilince testi yeniden deneyin.
about-help = { $command } neler yazabileceğinizi gösterir.

## Discord

presence-well = { $count ->
    [one] { $count } hizmet, sorunsuz
   *[other] { $count } hizmet, hepsi sorunsuz
}
presence-not-well = { $count ->
    [one] { $count } hizmetten { $bad } tanesi sorunlu
   *[other] { $count } hizmetten { $bad } tanesi sorunlu
}
discord-right = { $right ->
   *[view] Kanalı Görüntüle
    [send] Mesaj Gönder
    [posts] Gönderi Oluştur
    [threads] Alt Başlıklarda Mesajlar Gönder
    [create-threads] Herkese Açık Alt Başlıklar Oluştur
    [embed] Bağlantı Yerleştir
    [history] Mesaj Geçmişini Oku
}
discord-missing-rights = Foghorn henüz buraya yazamıyor. Eksik olan: { $rights }. Sunucuyu yöneten biri bunu kanal ayarlarındaki İzinler bölümünden açabilir; sonra lütfen tekrar deneyin.
discord-not-here = Foghorn burada üye değil, bu yüzden kendiliğinden yazamaz. { $command } gibi komutlarla ona soru sorabilirsiniz; uyarılar, eklendiği sunuculara ve onunla özel sohbetinize gelir.
discord-not-everybody = Foghorn herkesten bahsetmez. Lütfen haber almak isteyenler için bir rol seçin.
discord-no-answer = Foghorn zamanında yanıt veremedi. Lütfen tekrar deneyin.
discord-busy = Şu anda çok fazla istek var. Lütfen birazdan tekrar deneyin.
