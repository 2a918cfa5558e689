# Indonesian. Short, true and kind: what happened, to what, since when, where to look.

## Words

condition = { $condition ->
    [operational] normal
    [degraded] kinerja menurun
    [partial_outage] gangguan sebagian
    [major_outage] gangguan besar
    [maintenance] pemeliharaan
   *[unknown] tidak diketahui
}
phase = { $phase ->
   *[investigating] sedang diselidiki
    [identified] penyebab ditemukan
    [monitoring] perbaikan diterapkan, sedang dipantau
    [resolved] teratasi
    [postmortem] laporan diterbitkan
}
maintenance-phase = { $phase ->
   *[scheduled] dijadwalkan
    [in_progress] sedang berlangsung
    [verifying] sedang diperiksa
    [completed] selesai
}
role = { $role ->
   *[official] resmi
    [measured] terukur
    [reported] dilaporkan pengguna
    [official_measured] resmi dan terukur
    [official_reported] resmi dan dilaporkan pengguna
    [measured_reported] terukur dan dilaporkan pengguna
    [all] resmi, terukur, dan dilaporkan pengguna
    [hint] petunjuk
}
recovered = selesai
refused = tidak dilakukan

## Times

month = { $month ->
   *[jan] Jan
    [feb] Feb
    [mar] Mar
    [apr] Apr
    [may] Mei
    [jun] Jun
    [jul] Jul
    [aug] Agu
    [sep] Sep
    [oct] Okt
    [nov] Nov
    [dec] Des
}
zone = { $zone }
date = { $day } { $month }, { $time } { $zone }
date-with-year = { $day } { $month } { $year }, { $time } { $zone }
just-now = baru saja
minutes-ago = { $count } menit yang lalu
hours-ago = { $count } jam yang lalu
days-ago = { $count } hari yang lalu
in-a-moment = sebentar lagi
in-minutes = { $count } menit lagi
in-hours = { $count } jam lagi
in-days = { $count } hari lagi
days = { $count } hari
hours = { $count } jam
minutes = { $count } menit
seconds = { $count } detik
two-units = { $large } { $small }

## Lists

list-separator = { ", " }
label-separator = { ": " }
with-condition = { $name } ({ $condition })
list-and = { $first } dan { $last }
list-or = { $first } atau { $last }
list-more = { $list } dan { $count } lainnya

## Telegram: channels and rights

channel-noted = Ini tentang saluran { $channel }.
channel-welcome = Foghorn kini bisa mengirim pesan di { $channel }. Ketik di sini, misalnya, { $command }, dan saluran itu akan mendapat kabarnya.
channel-unknown = Tidak ada saluran { $typed }, atau Foghorn tidak ada di sana. Jadikan Foghorn admin di sana dengan izin mengirim pesan.
channel-is-group = { $channel } adalah grup, bukan saluran. Silakan ketik ini di sana.
channel-silent = Foghorn tidak punya izin mengirim pesan di { $channel }. Jadikan Foghorn admin di sana dengan izin mengirim pesan.
channel-stranger = Hanya admin { $channel } yang bisa melakukan ini untuk saluran itu.
alerts-rested = Peringatan dihentikan sementara di sini dari { $since } sampai { $until }, karena Foghorn tidak bisa menulis di sini. Sekarang dilanjutkan; yang masih bermasalah dikabarkan sekarang.
alerts-rest = Peringatan dihentikan sementara di sini sejak { $since }, karena Foghorn tidak diizinkan menulis di sini. Peringatan berlanjut begitu diizinkan; { $command } menunjukkan apa yang kurang.
done-before = Permintaan Anda sudah dilaksanakan. Beginilah keadaannya sekarang:
pressed-too-late = Pesan ini sudah terlalu lama sehingga tombolnya tidak berfungsi. Silakan ketik { $command } di tempat Anda ingin menerima jawabannya.
answer-there = Jawabannya sudah ada di bawah pesan ini; sekarang sudah diperbarui.
timeline-there = Linimasanya sudah ada di bawah peringatan ini; sekarang sudah diperbarui.
rights-unchecked = Saat ini Telegram tidak memberi tahu siapa yang mengelola obrolan ini. Silakan coba lagi sebentar lagi.

## Incidents

alert-title = { $service }: { $condition ->
    [degraded] kinerja menurun
    [partial_outage] gangguan sebagian
    [major_outage] gangguan besar
    [maintenance] pemeliharaan
   *[other] insiden
}
resolved-title = { $service }: { $role ->
    [measured] bisa diakses lagi
    [reported] tidak lagi dilaporkan
   *[official] teratasi
}
lost-title = { $service }: akhir tidak diketahui
update-title = { $service }, { $kind ->
    [worse] memburuk
   *[news] kabar terbaru
}: { $condition ->
    [degraded] kinerja menurun
    [partial_outage] gangguan sebagian
    [major_outage] gangguan besar
    [resolved] teratasi
   *[other] insiden
}
return-title = { $service }: ternyata belum selesai ({ $condition ->
    [degraded] kinerja menurun
    [partial_outage] gangguan sebagian
    [major_outage] gangguan besar
   *[other] insiden
})
maintenance-title = { $service }: { $state ->
   *[announced] pemeliharaan dijadwalkan
    [moved] pemeliharaan dijadwalkan ulang
    [running] pemeliharaan sedang berlangsung
    [verifying] pemeliharaan rampung, sedang diperiksa
    [over] pemeliharaan selesai
    [called_off] pemeliharaan dibatalkan
}
measured-title = { $condition ->
    [degraded] Jawaban lambat atau bermasalah
   *[other] Tidak bisa diakses
}, { $voices ->
   *[measured] diukur oleh Foghorn
    [measured_reported] diukur oleh Foghorn dan dilaporkan pengguna
}
official-title = { $voices ->
   *[official] Menurut halaman status
    [official_measured] Menurut halaman status dan pengukuran Foghorn
    [official_reported] Menurut halaman status dan pengguna
    [all] Menurut halaman status, pengguna, dan pengukuran Foghorn
}: { $condition }
people-title = Menurut pengguna: { $condition }
watch-left = Foghorn tidak lagi memantau layanan ini sejak { $at }: layanan ini dikeluarkan dari katalog. Kelanjutannya tidak diketahui di sini.
watch-back = { $at }: Foghorn memantau layanan ini lagi.
flapping = Masalahnya hilang timbul. Foghorn akan mengabari lagi setelah keadaannya stabil.
page-gone = Tidak ada lagi kabar tentang ini sejak { $at }: halamannya sudah berganti atau tidak lagi dibaca. Apakah sudah selesai, tidak diketahui di sini.
was-down = { $condition ->
    [partial_outage] Gangguan sebagian dari { $start } sampai { $end } ({ $length }).
    [major_outage] Gangguan dari { $start } sampai { $end } ({ $length }).
   *[degraded] Kinerja menurun dari { $start } sampai { $end } ({ $length }).
}
period = { $start } sampai { $end } ({ $length })
planned-period = { $start } sampai { $end }
at = { $at }
since-for = { $at } ({ $length })
phase-and-peak = { $phase }; terparah: { $peak }
last-update = { $at }, { $role }: { $phase }
last-note = { $at }, { $role }
alert-footer = { $role ->
   *[official] Resmi: dinyatakan oleh penyedia
    [measured] Diukur oleh Foghorn; belum ada pernyataan resmi
    [reported] Dilaporkan pengguna; belum dikonfirmasi
    [official_measured] Resmi, dan diukur oleh Foghorn
    [official_reported] Resmi, dan dilaporkan pengguna
    [measured_reported] Diukur oleh Foghorn dan dilaporkan pengguna; belum ada pernyataan resmi
    [all] Resmi, diukur oleh Foghorn, dan dilaporkan pengguna
    [hint] Petunjuk, bukan pernyataan resmi
} · { $command }

storm-title = { $occasion ->
   *[at_once] { $count } gangguan lainnya
    [mute_ended] { $count } gangguan masih berlangsung
}
storm-over-title = { $count ->
    [1] Gangguan sudah selesai
    [2] Kedua gangguan sudah selesai
   *[other] Semua { $count } gangguan sudah selesai
}
storm-lost-title = Tidak ada gangguan yang diketahui masih berlangsung
storm-intro = { $occasion ->
   *[at_once] Banyak yang mulai bersamaan, jadi semuanya dikumpulkan di sini.
    [mute_ended] Masa bisu di sini sudah berakhir. Gangguan ini tidak diberitakan selama itu, dan masih berlangsung.
}
storm-ended = { $count } lainnya sudah selesai.
storm-line = { $service }: { $what }, sejak { $since }
storm-line-over = { $service }: { $what }, selesai setelah { $length }
storm-line-lost = { $service }: { $what }, sejak { $since }, akhir tidak diketahui
storm-lost = Tidak ada lagi kabar tentang { $count } di antaranya. Apakah sudah selesai, tidak diketahui di sini.
storm-more = dan { $count } lainnya
storm-footer = Yang sedang bermasalah: { $command }

digest-well = Semuanya baik, dan tidak ada yang terjadi sejak { $since }.
digest-title = { $count ->
    [0] Semuanya baik sekarang
   *[other] { $count } gangguan masih berlangsung
}
digest-over = { $count } selesai sejak { $since }:
digest-nothing = Tidak ada yang selesai sejak { $since }.
digest-running = Pemeliharaan yang sedang berjalan:
digest-ahead = Pemeliharaan dalam 7 hari ke depan:
digest-work = { $service }: { $title }, { $start } – { $end }
digest-work-from = { $service }: { $title }, { $start }
digest-work-until = { $service }: { $title }, sampai { $end }
digest-work-running = { $service }: { $title }
digest-footer = Ini ringkasan untuk chat ini. { $command } memberi tahu kapan ringkasan datang.

## Labels

label-state = Keadaan
label-since = Sejak
label-when = Waktu
label-duration = Durasi
label-affected = Terdampak
label-regions = Wilayah
label-planned = Jadwal
label-format = Format
label-status-page = Halaman status
label-last-update = Kabar terakhir
label-again = Kambuh sejak
label-ended = Berakhir
label-noticed = Diketahui Foghorn
label-timeline = Kisah lengkap
label-not-well = Bermasalah

## Planned work

lasted = { $length }
planned-from = mulai { $at }
planned-until = sampai { $at }
called-off = dibatalkan
work-until = Pemeliharaan berlangsung sampai { $end }: { $title }
work-running = Pemeliharaan sedang berlangsung: { $title }
work-ahead = Pemeliharaan dijadwalkan dari { $start } sampai { $end }: { $title }
work-from = Pemeliharaan dijadwalkan mulai { $start }: { $title }
work-planned = Pemeliharaan dijadwalkan: { $title }
maintenance-line = { $service }: { $work } · { $command }
maintenances = { $count } pemeliharaan dijadwalkan atau sedang berlangsung
no-maintenance = Tidak ada pemeliharaan yang dijadwalkan atau sedang berlangsung.
no-maintenance-at = Tidak ada pemeliharaan { $service } yang dijadwalkan atau sedang berlangsung.

## What was not done

not-a-command = Perintah diawali garis miring. { $command } menunjukkan apa saja yang bisa diketik.
unknown-command = Tidak ada perintah { $typed }. { $command } menunjukkan apa saja yang bisa diketik.
did-you-mean = Maksud Anda { $near }?
unknown-service = “{ $typed }” tidak ada di katalog. { $command } menunjukkan apa saja yang dipantau.
is-category = { $category } adalah kategori. { $command } menampilkan layanannya; silakan sebutkan salah satunya.
unknown-incident = Tidak ada insiden { $typed }. Dengan nama layanan, seperti { $command }, Anda bisa melihat insiden terbarunya.
no-address = “{ $typed }” bukan alamat halaman web. Alamat diawali https atau http.
secret-in-address = Alamat itu memuat nama pengguna atau kata sandi. Harap hapus; semua orang di sini bisa membacanya.
watching-off = Pengelola bot ini menonaktifkan pemantauan halaman pilihan sendiri. { $command } menunjukkan apa saja yang dipantau.
watches-enough = Obrolan ini boleh memantau { $count } halaman sendiri, dan jumlah itu sudah tercapai. { $command } memberi ruang.
watched-already = Obrolan ini sudah memantau { $page }. { $status } menunjukkan keadaannya, { $command } menghentikannya.
name-taken = Nama itu sudah dipakai oleh { $service }. Silakan pilih nama lain.
not-watched = Obrolan ini tidak memantau halaman “{ $typed }”.
ends-otherwise = Itu bagian dari katalog: { $command } mengakhiri langganannya.
watched-here = Yang dipantau: { $list }.
page-not-public = { $host } tidak ada di internet publik. Hanya halaman yang bisa dibuka siapa saja yang bisa dipantau.
page-port = Port { $host } bukan port web: hanya 80, 443, dan mulai dari 1024 yang dihubungi.
page-unreachable = { $host }: { $why ->
    [unknown] tidak ada host dengan nama itu. Silakan periksa alamatnya.
    [refused] tidak ada yang menjawab di sana. Silakan periksa alamatnya.
    [tls] koneksi aman gagal, jadi tidak bisa dipastikan milik siapa halaman itu.
    [redirects] alamat itu hanya mengalihkan ke alamat lain, dan tidak satu pun menuju halaman.
    [large] isinya terlalu besar untuk halaman status.
    [status] jawabannya HTTP { $status }, bukan halaman. Silakan periksa alamatnya.
   *[connection] koneksi gagal. Silakan coba lagi nanti.
}
page-slow = { $host } terlalu lama menjawab. Silakan coba lagi nanti.
page-nothing = Tidak ada halaman status di { $host } yang bisa saya baca. Silakan berikan alamat halaman statusnya, atau alamat feed-nya.
page-tried = Saya juga sudah mencoba { $list }.
page-busy = Saya masih memeriksa alamat lain. Silakan coba lagi sebentar lagi.
page-too-often = Terlalu banyak alamat yang diperiksa akhir-akhir ini. Silakan coba lagi dalam { $wait }.
pages-full = Bot ini sudah memantau halaman sebanyak yang diperbolehkan. Silakan hubungi pengelolanya.
not-subscribed = Obrolan ini tidak berlangganan { $typed }. { $command } menunjukkan langganan yang ada.
covered-by-category = Kabarnya masih masuk lewat kategori { $category }. { $command } mengakhirinya.
bad-severity = “{ $typed }” bukan tingkat keparahan. Silakan gunakan { $known }.
bad-number = “{ $typed }” bukan angka mulai dari 1.
bad-duration = “{ $typed }” bukan jangka waktu antara satu menit dan satu tahun. Silakan tulis seperti { $known }.
until-example = until 9:00
bad-mention = { $platform ->
    [discord] “{ $typed }” bukan role di server ini. Silakan pilih role yang akan di-mention.
   *[other] “{ $typed }” bukan nama yang bisa disebut. Silakan tulis dengan tanda @, seperti @name.
}
unknown-components = { $topic } tidak punya komponen “{ $typed }”.
known-components = Yang ada: { $list }.
too-many-components = Satu langganan bisa memuat paling banyak { $count } komponen.
not-muted = { $typed } tidak dibisukan di sini. { $command } menunjukkan apa yang dibisukan.
already-over = { $incident } sudah selesai, jadi tidak ada yang perlu dibisukan. { $command } menampilkan kisah lengkapnya.
unknown-setting = Tidak ada pengaturan “{ $typed }”. Silakan gunakan { $known }.
bad-choice = “{ $typed }” bukan salah satu pilihan. Silakan gunakan { $known }.
unknown-zone = Tidak ada zona waktu “{ $typed }”. Silakan tulis seperti { $example }.
outdated = Tombol ini sudah kedaluwarsa. { $command } memulai dari awal.
missing = { $command } perlu satu hal lagi. Yang dibutuhkan: { $wanted }.
unknown-option = { $command } tidak punya opsi { $typed }.
too-much = { $command } tidak mengenali “{ $typed }”.
not-manager = Hanya pengelola obrolan ini yang bisa memakai { $command }. Silakan minta bantuan salah satu dari mereka.
failed = Ada yang salah di sini, bukan pada Anda. Silakan coba lagi; log mencatatnya sebagai { $reference }.
not-here = { $command } tidak tersedia di sini.
usage = Cara mengetiknya: { $usage }, misalnya { $example }.

## One service in one line

line-incident = { $service }: { $condition }, { $role }, mulai { $since }: { $title }
line-derived = { $service }: { $condition }, { $role }, mulai { $since }
line-condition = { $service }: { $condition }, { $role }
line-never = { $service }: belum dibaca
line-unreadable = { $service }: tidak diketahui, tidak ada sumber yang bisa dibaca
line-stale = { $service }: saat ini tidak bisa dibaca; terakhir dibaca: { $condition }, { $ago }
line-untold = { $service }: tidak ada masalah yang diumumkan

## Status of all

overview-not-well = { $count } layanan bermasalah
overview-maintenance = { $count } layanan sedang dalam pemeliharaan
overview-well = { $count } layanan berjalan normal
overview-quiet = Tidak ada masalah yang diketahui
overview-unknown = Saat ini belum ada yang diketahui
overview-all-services = { $count ->
    [1] Obrolan ini tidak punya langganan, jadi ini tentang satu-satunya layanan yang ada. { $command } mengubahnya.
   *[other] Obrolan ini tidak punya langganan, jadi ini tentang semua { $count } layanan. { $command } mengubahnya.
}
overview-more = Dan { $count } lainnya.
overview-rest = { $count } layanan lainnya berjalan normal.
overview-unreadable = Saat ini tidak bisa dibaca: { $services }.
overview-own-network = Tidak satu pun sumber bisa dibaca, jadi kemungkinan koneksi Foghorn sendiri yang bermasalah.
overview-never = Belum dibaca: { $services }.
overview-untold = Tidak ada masalah yang diumumkan: { $services }.
overview-footer = { $command } menampilkan selengkapnya.

## Status of one

detail-title = { $service }: { $condition }
detail-never = { $service }: belum dibaca
detail-unreadable = { $service }: tidak diketahui, tidak ada sumber yang bisa dibaca
detail-untold = { $service }: tidak ada masalah yang diumumkan
detail-stale = Saat ini tidak ada yang bisa dibaca. Berikut ini yang diketahui { $ago }.
detail-said-by = { $role ->
   *[official] Resmi: dinyatakan di halaman status, tanpa insiden tersendiri.
    [measured] Diukur oleh Foghorn; belum ada yang mengumumkan insiden.
    [reported] Dilaporkan pengguna; belum ada yang mengonfirmasi.
    [official_measured] Resmi: dinyatakan di halaman status, tanpa insiden tersendiri. Foghorn juga mengukurnya.
    [official_reported] Resmi: dinyatakan di halaman status, tanpa insiden tersendiri. Pengguna juga melaporkannya.
    [measured_reported] Diukur oleh Foghorn dan dilaporkan pengguna; belum ada yang mengumumkan insiden.
    [all] Resmi: dinyatakan di halaman status, tanpa insiden tersendiri. Foghorn juga mengukurnya dan pengguna melaporkannya.
}
detail-incident = { $title } ({ $role })
detail-more-incidents = { $count } insiden lain masih berlangsung: { $command }
detail-subscribe = Untuk mendapat kabar jika ini berubah: { $command }
likely-cause = Kemungkinan penyebab: { $service } juga bermasalah ({ $condition }). { $command } menampilkan selengkapnya.
alternatives = Sementara itu, Anda bisa memakai { $services }.
hint = Petunjuk, bukan tentang { $service } sendiri: { $host } menyebutkan “{ $remark }”.
sources-heading = Sumbernya:
source-well = { $host } ({ $role }): { $condition }, dibaca { $ago }
source-measured = { $host } ({ $role }): { $condition }, dijawab dalam { $latency } ms, { $ago }
source-never = { $host } ({ $role }): belum dibaca
source-unreadable = { $host } ({ $role }): sejauh ini tidak bisa dibaca
source-moved = { $host } ({ $role }): halaman yang menjawab di sana bukan lagi yang dulu, kini di { $to }, jadi belum dipercaya
source-leads-to = Alamat di { $host } kini mengarah ke { $to }.
source-stale = { $host } ({ $role }): saat ini tidak bisa dibaca; terakhir dibaca: { $condition }, { $ago }

## Subscriptions

subscribed = Obrolan ini kini mendapat kabar tentang { $topic }.
subscription-changed = Langganan { $topic } sudah diubah.
subscribed-before = Obrolan ini sudah punya langganan { $topic } yang persis sama.
subscribed-footer = { $command } mengakhirinya.
category-services = { $count } layanan: { $services }.
category-quiet = Saat ini tidak ada masalah yang diketahui di sana.
label-severity = Tingkat keparahan
label-components = Hanya komponen
label-only-regions = Hanya wilayah
label-maintenance = Pemeliharaan
label-heard = Sumber
label-mention = Mention
filter-severity = { $severity ->
    [degraded] mulai dari kinerja menurun
    [partial_outage] mulai dari gangguan sebagian
   *[major_outage] hanya gangguan besar
}
switch-word = { $state ->
    [off] nonaktif
   *[on] aktif
}
filter-sources = { $sources ->
    [official] hanya sumber resmi
   *[all] resmi, terukur, dan dilaporkan pengguna
}
filter-takes-in = { $count ->
   *[other] Kini dikabarkan di sini, mulai dari perubahan berikutnya: { $list }.
}
filter-keeps = { $count ->
   *[other] Tidak lagi termasuk yang dikabarkan di sini, tetapi tetap dikabarkan sampai selesai jika peringatannya sudah pernah dikirim: { $list }.
}
filter-leaves-out = Tidak dikabarkan di sini, meski masih berlangsung: { $list }.
filter-mention = { $mention }, saat insiden dimulai
watching = Obrolan ini kini memantau { $page } dan mendapat kabar tentangnya.
page-of-service = { $page } adalah halaman { $service }, yang memang sudah dipantau.
format-at = { $format }, dibaca di { $document }
page-leads-to = Alamat itu mengarah ke host lain, { $host }.
open-there = { $count ->
    [1] Sedang berlangsung di sana: { $list }.
   *[other] Sedang berlangsung di sana ({ $count }): { $list }.
}
unwatched = Obrolan ini tidak lagi memantau { $page }, dan langganannya sudah berakhir.
nothing-watched = Obrolan ini tidak memantau halaman sendiri. { $command } menambahkannya.
unsubscribed = Langganan { $topic } sudah berakhir.
unsubscribed-all = { $count ->
    [1] Satu-satunya langganan obrolan ini sudah berakhir.
   *[other] Semua { $count } langganan obrolan ini sudah berakhir.
}
nothing-to-unsubscribe = Obrolan ini tidak punya langganan.
nothing-remains = Tidak ada langganan yang tersisa.
remains = Tersisa { $count } langganan: { $list }.
subscriptions = Obrolan ini punya { $count } langganan
category-name = kategori { $category }
subscription-line = { $topic }
subscription-category = { $topic }, { $count } layanan
subscription-unwatched = { $topic }, yang tidak lagi dipantau
no-subscriptions = Obrolan ini tidak punya langganan. { $example } membuat langganan; { $command } menunjukkan apa saja yang ada.
components-gone = { $topic } saat ini tidak mencantumkan ini, jadi tidak bisa dikabarkan: { $list }.
strange-components = Saat ini tidak dikenal di { $topic }: { $list }.

## Mutes

everything = Semuanya
muted-incident = { $service }: { $title }
muted-until = { $muted } dibisukan di sini sampai { $until }.
muted-open = { $muted } dibisukan di sini { $kind ->
    [incident] sampai selesai
   *[other] sampai ada perubahan
}.
muted-recovery = Jika yang sudah dikabarkan sebelumnya selesai, itu tetap dikabarkan, tanpa suara.
muted-footer = { $command } membatalkan pembisuan.
unmuted = { $muted } tidak lagi dibisukan.
still-muted = Namun, semuanya masih dibisukan di sini. { $command } membatalkannya.
nothing-muted = Tidak ada yang dibisukan di sini.
mutes-heading = Dibisukan:
mute-line = { $muted }, sampai { $until }
mute-line-open = { $muted }, { $kind ->
    [incident] sampai selesai
   *[other] sampai ada perubahan
}

## Settings

settings-title = Cara Foghorn berbicara di obrolan ini
setting-name = { $setting ->
   *[language] Bahasa
    [timezone] Zona waktu
    [updates] Kabar terbaru
    [sound] Suara
    [digest] Ringkasan
}
choice-name = { $choice ->
   *[edits] hanya edit
    [replies] balasan
    [thread] thread
    [news] kabar penting
    [all] semua
    [off] nonaktif
    [daily] setiap hari pukul 9:00
    [weekdays] hari kerja pukul 9:00
    [mondays] setiap Senin pukul 9:00
}
choice-meaning = { $choice ->
   *[edits] peringatan selalu diperbarui, tidak ada pesan lain yang dikirim
    [replies] kabar penting juga dikirim, sebagai balasan atas peringatan
    [thread] kabar penting juga dikirim di thread peringatan; jika tidak ada thread, sebagai balasan
    [news] saat mulai, kambuh, dan selesai ada suara
    [all] setiap pesan bersuara
    [off] tidak ada pesan yang bersuara
}
choice-line = { $choice }: { $meaning }
setting-question = { $setting ->
   *[language] Foghorn harus berbicara dalam bahasa apa di sini?
    [timezone] Waktu di sini ditulis dalam zona waktu apa?
    [updates] Bagaimana kabar tentang insiden yang sedang berlangsung disampaikan?
    [sound] Pesan mana yang harus bersuara?
    [digest] Kapan chat ini diberi tahu keadaannya, ada kabar atau tidak? Isinya: apa yang bermasalah, apa yang selesai sejak terakhir kali, dan pemeliharaan yang direncanakan.
}
setting-now = Sekarang: { $value }
setting-other = Pilihan lain: { $command }
setting-changed = { $setting ->
   *[language] Bahasa sekarang
    [timezone] Zona waktu sekarang
    [updates] Cara kabar terbaru disampaikan sekarang
    [sound] Suara sekarang
    [digest] Waktu ringkasan sekarang
}: { $value }.
setting-same = { $setting ->
   *[language] Bahasanya memang sudah
    [timezone] Zona waktunya memang sudah
    [updates] Cara kabar terbaru disampaikan memang sudah
    [sound] Suaranya memang sudah
    [digest] Waktu ringkasan memang sudah
}: { $value }.
digest-next = { $when }, berikutnya { $next }
digest-next-time = Yang berikutnya datang { $next }.
bad-schedule = “{ $typed }” bukan waktu yang berulang. Contoh: { $examples }. Ekspresi cron lima kolom juga bisa, paling sering sekali sejam.
settings-footer = { $command } mengubah salah satunya.

## A sample

sample-follows = Berikut contoh gangguan dan pemulihannya, yang ditandai sebagai tes. Contoh ini menunjukkan apakah Foghorn boleh menulis di sini dan seperti apa tampilannya. Sebenarnya tidak ada gangguan apa pun.

## Welcome

welcome = Halo, ini Foghorn
welcome-first = Ketik { $command } untuk mulai. { $help } menunjukkan apa lagi yang ada.

## Menus

ask-category = Obrolan ini ingin mendapat kabar tentang apa?
ask-service = Layanan { $category } yang mana?
ask-severity = Kabar apa tentang { $topic } yang ingin diterima obrolan ini?
ask-components = Komponen { $topic } yang mana? Setiap pilihan langsung berlaku; jika tidak ada yang dipilih, semuanya berlaku.
ask-regions = Wilayah { $topic } yang mana? Setiap pilihan langsung berlaku; jika tidak ada yang dipilih, semuanya berlaku.
ask-unwatch = Halaman mana yang tidak perlu dipantau lagi?
ask-unsubscribe = Langganan mana yang akan diakhiri?
ask-mute = Apa yang akan dibisukan di sini?
ask-length = Berapa lama ini akan dibisukan: { $muted }?
ask-unmute = Mana yang tidak perlu dibisukan lagi?
choices-page = Halaman { $page } dari { $pages }

## Buttons

button-status-page = Halaman status
button-timeline = Linimasa
button-timeline-of = Linimasa { $incident }
button-mute = Bisukan
button-not-well = Yang bermasalah
button-unmute = Batal bisukan
button-unmute-this = Batal bisukan { $muted }
button-subscribe = Berlangganan
button-older = ‹ Lebih lama
button-newer = Lebih baru ›
button-previous = ‹ Sebelumnya
button-next = Berikutnya ›
button-back = Kembali
button-chosen = ✓ { $label }
button-category = { $category } ({ $count })
button-all-of = Semua { $category }
button-any-severity = semuanya
button-components = Komponen…
button-regions = Wilayah…
button-maintenance = Pemeliharaan
button-official = Hanya resmi
button-done = Selesai
button-choose = Pilih layanan
button-help = Bantuan
button-until-over = sampai selesai

## The catalogue

services = { $count } layanan
services-found = { $search }: { $count } layanan
category-line = { $category } ({ $count }): { $services }
own-pages = Dipantau untuk obrolan ini ({ $count }): { $pages }
service-line = { $service }: { $condition } · { $command }
services-hint = { $command } menampilkan isi kategori; sebagian nama juga bisa.
page-next = Halaman { $page } dari { $pages }. Berikutnya: { $next }
page-last = Halaman { $page } dari { $pages }

## The story of an incident

story-title = { $service }: { $title }
story-footer = { $id } · { $role }
page-earlier = Halaman { $page } dari { $pages }. Sebelumnya: { $earlier }
no-updates = { $role ->
    [measured] Diukur oleh Foghorn; belum ada yang mengumumkan apa pun tentang ini.
    [reported] Dilaporkan pengguna; belum ada yang mengonfirmasi atau mengumumkan apa pun tentang ini.
    [measured_reported] Diukur oleh Foghorn dan dilaporkan pengguna; belum ada yang mengumumkan apa pun tentang ini.
   *[official] Belum ada yang diumumkan tentang ini selain keadaannya sendiri.
}
no-incidents = Tidak ada insiden { $service } yang tercatat.
other-incidents = Lainnya:
other-incident = { $start }: { $title } · { $command }

## Help and about

help-title = Yang bisa Anda ketik
help-command = { $usage }: { $summary }
help-footer = { $example } menjelaskan satu perintah.
help-title-of = { $usage }
help-summary = { $summary }.
help-option = { $name }: { $summary }
help-optional-option = { $name } (opsional): { $summary }
help-example = Contoh: { $example }
help-managers = Hanya pengelola obrolan yang bisa memakainya.
about-title = Foghorn { $version }
about-purpose = Memberi tahu saat layanan terganggu, apa yang diketahui, dan kapan selesai.
about-services = Memantau { $count } layanan.
about-sources = Membaca { $count } sumber.
about-uptime = Sudah berjalan selama { $length }.
about-last-poll = Terakhir dibaca: { $ago }.
about-no-poll = Belum ada yang dibaca.
about-well = Semua baik-baik saja.
about-unreadable = { $count } sumber saat ini tidak bisa dibaca.
about-given-up = { $count } pesan tidak bisa dikirim.
about-unusable = { $count } platformnya tidak bisa digunakan.
own-unreadable = { $service } tidak bisa dibaca: { $source }
own-readable = Sudah bisa dibaca lagi; sebelumnya tidak bisa dibaca selama { $length }.
own-moved = Halaman lain menjawab di tempat halaman { $service }: { $source }
own-moved-end = Halaman di sana sudah dipercaya lagi; selama { $length } tidak ada yang disimpulkan darinya.
own-watched-no-more = Ini tidak lagi dipantau.
own-given-up = Ada pesan yang tidak bisa dikirim
own-given-up-count = { $count } pesan batal dikirim. { $command } menunjukkan yang mana dan mengapa.
own-given-up-end = Tidak ada yang tersisa: semuanya sudah dicoba lagi atau dibuang.
own-store = Data baru tidak bisa disimpan
own-store-end = Sudah bisa disimpan lagi, setelah { $length }.
own-damaged = Penyimpanan rusak
own-damaged-whole = Semuanya dipulihkan dari salinannya. Berkas yang rusak ada di { $place }; bila tidak ada lagi yang memerlukannya, berkas itu boleh dihapus.
own-damaged-part = Tidak semuanya bisa dipulihkan. Dari salinan: { $copied }. Dari berkas yang rusak: { $saved }. Berkas itu ada di { $place }; bila tidak ada lagi yang memerlukannya, boleh dihapus.
own-damaged-end = Berkas yang rusak sudah dihapus.
own-platform = { $platform ->
    [discord] Discord
    [telegram] Telegram
   *[other] Konsol
} tidak bisa digunakan
own-platform-end = Sudah bisa digunakan lagi.
sample-service = Tes Foghorn
sample-title = Ini hanya tes. Tidak ada gangguan.
sample-words = Peringatan yang sebenarnya terlihat seperti ini. Isinya selalu diperbarui selama gangguan berlangsung, dan akhirnya dikabarkan dalam pesan baru.
sample-news = Masih tes: kabar terbaru tentang gangguan mengubah isi peringatan.
sample-failed = Contoh tidak bisa dikirim ke obrolan ini, begitu pula peringatan: { $reason }. Setelah diperbaiki, silakan coba tesnya lagi.
about-help = { $command } menunjukkan apa saja yang bisa diketik.

## Discord

presence-well = { $count } layanan, semua normal
presence-not-well = { $bad } dari { $count } layanan bermasalah
discord-right = { $right ->
   *[view] Lihat Channel
    [send] Kirim Pesan
    [posts] Buat Postingan
    [threads] Kirim Pesan di Thread
    [create-threads] Buat Thread Publik
    [embed] Sematkan Tautan
    [history] Baca Riwayat Pesan
}
discord-missing-rights = Foghorn belum boleh mengirim pesan di sini. Izin yang kurang: { $rights }. Pengelola server bisa mengizinkannya di pengaturan channel, pada bagian Izin; setelah itu silakan coba lagi.
discord-not-here = Foghorn bukan anggota di sini, jadi tidak bisa mengirim pesan sendiri. Anda bisa bertanya, misalnya dengan { $command }; peringatan masuk ke server tempat Foghorn ditambahkan, dan ke obrolan langsung Anda dengannya.
discord-not-everybody = Foghorn tidak me-mention semua orang. Silakan pilih role untuk mereka yang ingin di-mention.
discord-no-answer = Foghorn tidak sempat menjawab tepat waktu. Silakan coba lagi.
discord-busy = Saat ini terlalu banyak permintaan. Silakan coba lagi sebentar lagi.
