# Deutsch. Kurz, wahr und freundlich: was ist geschehen, womit, seit wann, wo steht mehr.

## Wörter

condition = { $condition ->
    [operational] in Betrieb
    [degraded] beeinträchtigt
    [partial_outage] Teilausfall
    [major_outage] schwerer Ausfall
    [maintenance] Wartung
   *[unknown] unbekannt
}
phase = { $phase ->
   *[investigating] wird untersucht
    [identified] Ursache gefunden
    [monitoring] Abhilfe eingerichtet, wird beobachtet
    [resolved] behoben
    [postmortem] Bericht veröffentlicht
}
maintenance-phase = { $phase ->
   *[scheduled] geplant
    [in_progress] läuft
    [verifying] wird geprüft
    [completed] abgeschlossen
}
role = { $role ->
   *[official] offiziell
    [measured] gemessen
    [reported] von Betroffenen gemeldet
    [official_measured] offiziell und gemessen
    [official_reported] offiziell und von Betroffenen gemeldet
    [measured_reported] gemessen und von Betroffenen gemeldet
    [all] offiziell, gemessen und von Betroffenen gemeldet
    [hint] Hinweis
}
recovered = vorbei
refused = nicht ausgeführt

## Zeiten

month = { $month ->
   *[jan] Jan.
    [feb] Feb.
    [mar] März
    [apr] Apr.
    [may] Mai
    [jun] Juni
    [jul] Juli
    [aug] Aug.
    [sep] Sept.
    [oct] Okt.
    [nov] Nov.
    [dec] Dez.
}
zone = { $zone ->
    [CET] MEZ
    [CEST] MESZ
    [WET] WEZ
    [WEST] WESZ
    [EET] OEZ
    [EEST] OESZ
   *[other] { $zone }
}
date = { $day }. { $month }, { $time } { $zone }
date-with-year = { $day }. { $month } { $year }, { $time } { $zone }
just-now = gerade eben
minutes-ago = { $count ->
    [one] vor { $count } Minute
   *[other] vor { $count } Minuten
}
hours-ago = { $count ->
    [one] vor { $count } Stunde
   *[other] vor { $count } Stunden
}
days-ago = { $count ->
    [one] vor { $count } Tag
   *[other] vor { $count } Tagen
}
in-a-moment = gleich
in-minutes = { $count ->
    [one] in { $count } Minute
   *[other] in { $count } Minuten
}
in-hours = { $count ->
    [one] in { $count } Stunde
   *[other] in { $count } Stunden
}
in-days = { $count ->
    [one] in { $count } Tag
   *[other] in { $count } Tagen
}
days = { $count ->
    [one] { $count } Tag
   *[other] { $count } Tage
}
hours = { $count ->
    [one] { $count } Stunde
   *[other] { $count } Stunden
}
minutes = { $count ->
    [one] { $count } Minute
   *[other] { $count } Minuten
}
seconds = { $count ->
    [one] { $count } Sekunde
   *[other] { $count } Sekunden
}
two-units = { $large } { $small }

## Aufzählungen

list-separator = { ", " }
label-separator = { ": " }
with-condition = { $name } ({ $condition })
list-and = { $first } und { $last }
list-or = { $first } oder { $last }
list-more = { $list } und { $count } weitere

## Telegram: Kanäle und Rechte

channel-noted = Es geht um den Kanal { $channel }.
channel-welcome = Foghorn kann jetzt in { $channel } schreiben. Gib hier zum Beispiel { $command } ein, dann erfährt der Kanal davon.
channel-unknown = Es gibt keinen Kanal { $typed }, oder Foghorn ist nicht darin. Bitte mach Foghorn dort zum Administrator, der Nachrichten senden darf.
channel-is-group = { $channel } ist eine Gruppe, kein Kanal. Bitte gib das dort ein.
channel-silent = Foghorn darf in { $channel } nichts senden. Bitte mach es dort zum Administrator, der Nachrichten senden darf.
channel-stranger = Das können für { $channel } nur dessen Administratoren.
alerts-rested = Vom { $since } bis { $until } ruhten hier die Meldungen, weil Foghorn hier nicht schreiben konnte. Jetzt geht es weiter; was noch gestört ist, wird gemeldet.
alerts-rest = Seit { $since } ruhen hier die Meldungen, weil Foghorn hier nicht schreiben darf. Sobald es darf, geht es weiter; { $command } zeigt, was fehlt.
done-before = Was du wolltest, ist erledigt. So steht es jetzt:
pressed-too-late = Diese Nachricht ist zu alt für ihre Knöpfe. Gib bitte { $command } dort ein, wo du die Antwort haben möchtest.
answer-there = Die Antwort steht schon unter dieser Nachricht; jetzt ist sie auf dem neuesten Stand.
timeline-there = Der Verlauf steht schon unter dieser Meldung; jetzt ist er auf dem neuesten Stand.
rights-unchecked = Telegram sagt gerade nicht, wer diesen Chat verwaltet. Bitte versuch es gleich noch einmal.

## Störungen

alert-title = { $service }: { $condition ->
    [degraded] beeinträchtigt
    [partial_outage] Teilausfall
    [major_outage] schwerer Ausfall
    [maintenance] Wartung
   *[other] Störung
}
resolved-title = { $service }: { $role ->
    [measured] wieder erreichbar
    [reported] nicht mehr gemeldet
   *[official] behoben
}
lost-title = { $service }: Ende unbekannt
update-title = { $service }, { $kind ->
    [worse] jetzt schlimmer
   *[news] neuer Stand
}: { $condition ->
    [degraded] beeinträchtigt
    [partial_outage] Teilausfall
    [major_outage] schwerer Ausfall
    [resolved] behoben
   *[other] Störung
}
return-title = { $service }: doch nicht vorbei ({ $condition ->
    [degraded] beeinträchtigt
    [partial_outage] Teilausfall
    [major_outage] schwerer Ausfall
   *[other] Störung
})
maintenance-title = { $service }: { $state ->
   *[announced] Wartung geplant
    [moved] Wartung verschoben
    [running] Wartung läuft
    [verifying] Wartung fertig, wird geprüft
    [over] Wartung beendet
    [called_off] Wartung abgesagt
}
measured-title = { $condition ->
    [degraded] Langsame oder fehlerhafte Antworten
   *[other] Nicht erreichbar
}, { $voices ->
   *[measured] gemessen von Foghorn
    [measured_reported] gemessen von Foghorn und von Betroffenen gemeldet
}
official-title = { $voices ->
   *[official] Statusseite meldet
    [official_measured] Statusseite meldet, Foghorn misst
    [official_reported] Statusseite und Betroffene melden
    [all] Statusseite und Betroffene melden, Foghorn misst
}: { $condition }
people-title = Betroffene melden: { $condition }
watch-left = Foghorn beobachtet diesen Dienst seit { $at } nicht mehr: Er wurde aus dem Katalog genommen. Wie es weitergeht, ist hier nicht bekannt.
watch-back = { $at }: Foghorn beobachtet diesen Dienst wieder.
flapping = Die Störung verschwindet und kehrt immer wieder zurück. Foghorn meldet sich, sobald Ruhe eingekehrt ist.
page-gone = Seit { $at } berichtet hierüber niemand mehr: Die Seite ist eine andere geworden oder wird nicht mehr gelesen. Ob es vorbei ist, ist hier nicht bekannt.
was-down = { $condition ->
    [partial_outage] Teilweise ausgefallen von { $start } bis { $end } ({ $length }).
    [major_outage] Ausgefallen von { $start } bis { $end } ({ $length }).
   *[degraded] Beeinträchtigt von { $start } bis { $end } ({ $length }).
}
period = { $start } bis { $end } ({ $length })
planned-period = { $start } bis { $end }
at = { $at }
since-for = { $at } ({ $length })
phase-and-peak = { $phase }; schlimmster Stand: { $peak }
last-update = { $at }, { $role }: { $phase }
last-note = { $at }, { $role }
alert-footer = { $role ->
   *[official] Offiziell: der Anbieter sagt es selbst
    [measured] Gemessen von Foghorn; keine offizielle Meldung
    [reported] Von Betroffenen gemeldet; nicht bestätigt
    [official_measured] Offiziell, und von Foghorn gemessen
    [official_reported] Offiziell, und von Betroffenen gemeldet
    [measured_reported] Von Foghorn gemessen und von Betroffenen gemeldet; keine offizielle Meldung
    [all] Offiziell, von Foghorn gemessen und von Betroffenen gemeldet
    [hint] Ein Hinweis, keine offizielle Meldung
} · { $command }

storm-title = { $occasion ->
   *[at_once] { $count ->
        [one] Eine weitere Störung
       *[other] { $count } weitere Störungen
    }
    [mute_ended] { $count ->
        [one] Eine Störung dauert an
       *[other] { $count } Störungen dauern an
    }
}
storm-over-title = { $count ->
    [one] Die Störung ist vorbei
    [2] Beide Störungen sind vorbei
   *[other] Alle { $count } Störungen sind vorbei
}
storm-lost-title = Von keiner Störung ist bekannt, dass sie andauert
storm-intro = { $occasion ->
   *[at_once] Viele begannen zur gleichen Zeit, deshalb stehen sie hier zusammen.
    [mute_ended] Eine Stummschaltung ist hier zu Ende. Sie hat diese Störungen verschwiegen, und sie dauern noch an.
}
storm-ended = { $count ->
    [one] Eine andere ist vorbei.
   *[other] { $count } andere sind vorbei.
}
storm-line = { $service }: { $what }, seit { $since }
storm-line-over = { $service }: { $what }, vorbei ({ $length })
storm-line-lost = { $service }: { $what }, seit { $since }, Ende unbekannt
storm-lost = { $count ->
    [one] Über eine berichtet niemand mehr. Ob sie vorbei ist, ist hier nicht bekannt.
   *[other] Über { $count } berichtet niemand mehr. Ob sie vorbei sind, ist hier nicht bekannt.
}
storm-more = { $count ->
    [one] und eine weitere
   *[other] und { $count } weitere
}
storm-footer = Was gerade gestört ist: { $command }

digest-well = Alles in Ordnung, seit { $since } ist nichts geschehen.
digest-title = { $count ->
    [0] Jetzt ist alles in Ordnung
    [one] Eine Störung dauert an
   *[other] { $count } Störungen dauern an
}
digest-over = { $count ->
    [one] Seit { $since } ging eine zu Ende:
   *[other] Seit { $since } gingen { $count } zu Ende:
}
digest-nothing = Seit { $since } ging keine zu Ende.
digest-running = Geplante Arbeiten, die gerade laufen:
digest-ahead = Geplante Arbeiten in den nächsten 7 Tagen:
digest-work = { $service }: { $title }, { $start } bis { $end }
digest-work-from = { $service }: { $title }, { $start }
digest-work-until = { $service }: { $title }, bis { $end }
digest-work-running = { $service }: { $title }
digest-footer = Das ist der Überblick für diesen Chat. { $command } sagt, wann er kommt.

## Beschriftungen

label-state = Stand
label-since = Seit
label-when = Wann
label-duration = Dauer
label-affected = Betroffen
label-regions = Regionen
label-planned = Geplant
label-format = Format
label-status-page = Statusseite
label-last-update = Letzte Meldung
label-again = Erneut seit
label-ended = Beendet
label-noticed = Von Foghorn bemerkt
label-timeline = Ganzer Verlauf
label-not-well = Gestört

## Geplante Arbeiten

lasted = { $length }
planned-from = ab { $at }
planned-until = bis { $at }
called-off = abgesagt
work-until = Wartung läuft bis { $end }: { $title }
work-running = Wartung läuft: { $title }
work-ahead = Wartung geplant von { $start } bis { $end }: { $title }
work-from = Wartung geplant ab { $start }: { $title }
work-planned = Wartung geplant: { $title }
maintenance-line = { $service }: { $work } · { $command }
maintenances = { $count ->
    [one] { $count } Wartung ist geplant oder läuft
   *[other] { $count } Wartungen sind geplant oder laufen
}
no-maintenance = Keine Wartung ist geplant oder läuft.
no-maintenance-at = Bei { $service } ist keine Wartung geplant, und es läuft keine.

## Was nicht ausgeführt wurde

not-a-command = Befehle beginnen mit einem Schrägstrich. { $command } zeigt, was du eingeben kannst.
unknown-command = Den Befehl { $typed } gibt es nicht. { $command } zeigt, was du eingeben kannst.
did-you-mean = Meintest du { $near }?
unknown-service = „{ $typed }“ steht nicht im Katalog. { $command } zeigt, was beobachtet wird.
is-category = { $category } ist eine Kategorie. { $command } nennt ihre Dienste; bitte wähle einen davon.
unknown-incident = Die Störung { $typed } gibt es nicht. Mit einem Dienst, wie bei { $command }, siehst du dessen letzte Störungen.
no-address = „{ $typed }“ ist keine Adresse einer Webseite. Sie beginnt mit https oder http.
secret-in-address = In der Adresse stehen Benutzername oder Passwort. Bitte lass sie weg; hier kann sie jeder lesen.
watching-off = Wer diesen Bot betreibt, hat das Beobachten eigener Seiten abgeschaltet. { $command } zeigt, was beobachtet wird.
watches-enough = { $count ->
    [one] Dieser Chat darf { $count } eigene Seite beobachten und tut es schon. { $command } schafft Platz.
   *[other] Dieser Chat darf { $count } eigene Seiten beobachten und tut es schon. { $command } schafft Platz.
}
watched-already = Dieser Chat beobachtet { $page } schon. { $status } zeigt, wie es steht, { $command } beendet das.
name-taken = So heißt schon { $service }. Bitte wähle einen anderen Namen.
not-watched = Dieser Chat beobachtet keine Seite „{ $typed }“.
ends-otherwise = Das steht im Katalog: { $command } beendet das Abo.
watched-here = Er beobachtet { $list }.
page-not-public = { $host } liegt nicht im öffentlichen Internet. Beobachtet werden können nur Seiten, die jeder erreicht.
page-port = Der Port von { $host } gehört nicht zum Web: Gefragt wird nur auf 80, 443 und ab 1024.
page-unreachable = { $host }: { $why ->
    [unknown] Einen Rechner dieses Namens gibt es nicht. Bitte prüfe die Adresse.
    [refused] Dort antwortet niemand. Bitte prüfe die Adresse.
    [tls] Die sichere Verbindung ist gescheitert, also weiß niemand, wessen Seite das ist.
    [redirects] Die Adresse führt nur zu anderen weiter und keine davon zu einer Seite.
    [large] Was dort liegt, ist zu groß für eine Statusseite.
    [status] Die Antwort ist HTTP { $status } statt einer Seite. Bitte prüfe die Adresse.
   *[connection] Die Verbindung ist gescheitert. Bitte versuch es später noch einmal.
}
page-slow = { $host } antwortet zu langsam. Bitte versuch es später noch einmal.
page-nothing = Bei { $host } ist keine Statusseite, die ich lesen kann. Bitte gib mir die Adresse der Statusseite oder ihres Feeds.
page-tried = Versucht habe ich auch { $list }.
page-busy = Ich sehe mir gerade noch andere Adressen an. Bitte versuch es gleich noch einmal.
page-too-often = In letzter Zeit wurden zu viele Adressen angesehen. Bitte versuch es in { $wait } noch einmal.
pages-full = Dieser Bot beobachtet schon so viele Seiten, wie er darf. Bitte frag, wer ihn betreibt.
not-subscribed = Dieser Chat hat kein Abo für { $typed }. { $command } zeigt, was er hat.
covered-by-category = Meldungen kommen weiterhin über die Kategorie { $category }. { $command } beendet das.
bad-severity = „{ $typed }“ ist kein Schweregrad. Bitte nimm { $known }.
bad-number = „{ $typed }“ ist keine Zahl ab 1.
bad-duration = „{ $typed }“ ist keine Zeitspanne zwischen einer Minute und einem Jahr. Bitte schreibe sie wie { $known }.
until-example = bis 9:00
bad-mention = { $platform ->
    [discord] „{ $typed }“ ist keine Rolle dieses Servers. Bitte wähle die Rolle, die gerufen werden soll.
   *[other] „{ $typed }“ ist kein Name, der gerufen werden kann. Bitte schreibe ihn mit At-Zeichen, wie @name.
}
unknown-components = { $topic } hat keine Komponente „{ $typed }“.
known-components = Es gibt { $list }.
too-many-components = { $count ->
    [one] Ein Abo kann höchstens { $count } Komponente nennen.
   *[other] Ein Abo kann höchstens { $count } Komponenten nennen.
}
not-muted = { $typed } ist hier nicht stummgeschaltet. { $command } zeigt, was stummgeschaltet ist.
already-over = { $incident } ist vorbei, da gibt es nichts stummzuschalten. { $command } zeigt den ganzen Verlauf.
unknown-setting = Die Einstellung „{ $typed }“ gibt es nicht. Bitte nimm { $known }.
bad-choice = „{ $typed }“ steht nicht zur Wahl. Bitte nimm { $known }.
unknown-zone = Die Zeitzone „{ $typed }“ gibt es nicht. Bitte schreibe sie wie { $example }.
outdated = Diese Schaltfläche ist veraltet. { $command } beginnt von vorn.
missing = Für { $command } fehlt noch etwas. Gesucht: { $wanted }.
unknown-option = { $command } kennt keine Angabe { $typed }.
too-much = { $command } kann mit „{ $typed }“ nichts anfangen.
not-manager = Nur wer diesen Chat verwaltet, kann { $command } nutzen. Bitte frag jemanden, der das darf.
failed = Hier ist etwas schiefgegangen, es liegt nicht an dir. Bitte versuch es noch einmal; im Log steht es unter { $reference }.
not-here = { $command } gibt es hier nicht.
usage = So geht es: { $usage }, zum Beispiel { $example }.

## Ein Dienst in einer Zeile

line-incident = { $service }: { $condition }, { $role }, begann { $since }: { $title }
line-derived = { $service }: { $condition }, { $role }, begann { $since }
line-condition = { $service }: { $condition }, { $role }
line-never = { $service }: noch nicht gelesen
line-unreadable = { $service }: unbekannt, keine Quelle ist lesbar
line-stale = { $service }: zurzeit nicht lesbar; zuletzt { $condition }, { $ago }
line-untold = { $service }: keine Störung gemeldet

## Stand aller Dienste

overview-not-well = { $count ->
    [one] { $count } Dienst ist gestört
   *[other] { $count } Dienste sind gestört
}
overview-maintenance = { $count ->
    [one] { $count } Dienst wird gewartet
   *[other] { $count } Dienste werden gewartet
}
overview-well = { $count ->
    [one] { $count } Dienst ist in Ordnung
   *[other] { $count } Dienste sind in Ordnung
}
overview-quiet = Keine Störung bekannt
overview-unknown = Zurzeit ist nichts bekannt
overview-all-services = { $count ->
    [one] Dieser Chat hat keine Abos, deshalb geht es hier um den einzigen Dienst, den es gibt. { $command } ändert das.
   *[other] Dieser Chat hat keine Abos, deshalb geht es hier um alle { $count } Dienste. { $command } ändert das.
}
overview-more = { $count ->
    [one] Und { $count } weiterer.
   *[other] Und { $count } weitere.
}
overview-rest = { $count ->
    [one] { $count } weiterer Dienst ist in Ordnung.
   *[other] { $count } weitere Dienste sind in Ordnung.
}
overview-unreadable = Zurzeit nicht lesbar: { $services }.
overview-own-network = Gar keine Quelle ist lesbar; vermutlich ist Foghorns eigene Verbindung gestört.
overview-never = Noch nicht gelesen: { $services }.
overview-untold = Keine Störung gemeldet: { $services }.
overview-footer = { $command } sagt mehr.

## Stand eines Dienstes

detail-title = { $service }: { $condition }
detail-never = { $service }: noch nicht gelesen
detail-unreadable = { $service }: unbekannt, keine Quelle ist lesbar
detail-untold = { $service }: keine Störung gemeldet
detail-stale = Zurzeit ist nichts lesbar. Das Folgende war { $ago } bekannt.
detail-said-by = { $role ->
   *[official] Offiziell: die Statusseite sagt es, ohne eine eigene Störungsmeldung.
    [measured] Gemessen von Foghorn; eine Störungsmeldung gibt es nicht.
    [reported] Von Betroffenen gemeldet; bestätigt hat es niemand.
    [official_measured] Offiziell: die Statusseite sagt es, ohne eine eigene Störungsmeldung. Foghorn misst es auch.
    [official_reported] Offiziell: die Statusseite sagt es, ohne eine eigene Störungsmeldung. Auch Betroffene melden es.
    [measured_reported] Gemessen von Foghorn und von Betroffenen gemeldet; eine Störungsmeldung gibt es nicht.
    [all] Offiziell: die Statusseite sagt es, ohne eine eigene Störungsmeldung. Foghorn misst es, und Betroffene melden es.
}
detail-incident = { $title } ({ $role })
detail-more-incidents = { $count ->
    [one] { $count } weitere Störung ist offen: { $command }
   *[other] { $count } weitere Störungen sind offen: { $command }
}
detail-subscribe = Um zu erfahren, wenn sich das ändert: { $command }
likely-cause = Wahrscheinliche Ursache: { $service } ist auch gestört ({ $condition }). { $command } sagt mehr.
alternatives = Ausweichen lässt sich solange auf { $services }.
hint = Ein Hinweis, nicht zu { $service } selbst: { $host } meldet „{ $remark }“.
sources-heading = Woher das stammt:
source-well = { $host } ({ $role }): { $condition }, gelesen { $ago }
source-measured = { $host } ({ $role }): { $condition }, Antwort nach { $latency } ms, { $ago }
source-never = { $host } ({ $role }): noch nicht gelesen
source-unreadable = { $host } ({ $role }): war bisher nicht lesbar
source-moved = { $host } ({ $role }): dort antwortet eine andere Seite als bisher, unter { $to }, deshalb zählt sie noch nicht
source-leads-to = Die Adresse bei { $host } führt jetzt zu { $to }.
source-stale = { $host } ({ $role }): zurzeit nicht lesbar; zuletzt { $condition }, { $ago }

## Abos

subscribed = Dieser Chat erfährt jetzt, wenn es Neues gibt zu: { $topic }.
subscription-changed = Das Abo für { $topic } ist geändert.
subscribed-before = Genau dieses Abo für { $topic } hat der Chat schon.
subscribed-footer = { $command } beendet das Abo wieder.
category-services = { $count ->
    [one] { $count } Dienst: { $services }.
   *[other] { $count } Dienste: { $services }.
}
category-quiet = Dort ist zurzeit keine Störung bekannt.
label-severity = Schweregrad
label-components = Nur Komponenten
label-only-regions = Nur Regionen
label-maintenance = Wartungen
label-heard = Gemeldet von
label-mention = Ruft
filter-severity = { $severity ->
    [degraded] ab beeinträchtigt
    [partial_outage] ab Teilausfall
   *[major_outage] nur schwerer Ausfall
}
switch-word = { $state ->
    [off] aus
   *[on] an
}
filter-sources = { $sources ->
    [official] nur offiziellen Quellen
   *[all] allen: offiziell, gemessen und von Leuten
}
filter-takes-in = { $count ->
    [one] Wird jetzt hier gemeldet, ab der nächsten Änderung: { $list }.
   *[other] Werden jetzt hier gemeldet, ab der jeweils nächsten Änderung: { $list }.
}
filter-keeps = { $count ->
    [one] Wird so nicht mehr gemeldet, aber zu Ende erzählt, wenn es schon gemeldet war: { $list }.
   *[other] Werden so nicht mehr gemeldet, aber zu Ende erzählt, wenn sie schon gemeldet waren: { $list }.
}
filter-leaves-out = Wird hier nicht gemeldet, obwohl es andauert: { $list }.
filter-mention = { $mention }, wenn eine Störung beginnt
watching = Dieser Chat beobachtet jetzt { $page } und erfährt, wenn es dort Neues gibt.
page-of-service = { $page } ist die Seite von { $service } und wird ohnehin beobachtet.
format-at = { $format }, gelesen unter { $document }
page-leads-to = Die Adresse führt zu einem anderen Rechner, { $host }.
open-there = { $count ->
    [one] Dort im Gange: { $list }.
   *[other] Dort im Gange ({ $count }): { $list }.
}
unwatched = Dieser Chat beobachtet { $page } nicht mehr, und das Abo ist beendet.
nothing-watched = Dieser Chat beobachtet keine eigene Seite. { $command } fügt eine hinzu.
unsubscribed = Das Abo für { $topic } ist beendet.
unsubscribed-all = { $count ->
    [one] Das einzige Abo dieses Chats ist beendet.
   *[other] Alle { $count } Abos dieses Chats sind beendet.
}
nothing-to-unsubscribe = Dieser Chat hat keine Abos.
nothing-remains = Damit hat dieser Chat keine Abos mehr.
remains = { $count ->
    [one] Es bleibt { $count } Abo: { $list }.
   *[other] Es bleiben { $count } Abos: { $list }.
}
subscriptions = { $count ->
    [one] Dieser Chat hat { $count } Abo
   *[other] Dieser Chat hat { $count } Abos
}
category-name = Kategorie { $category }
subscription-line = { $topic }
subscription-category = { $count ->
    [one] { $topic }, { $count } Dienst
   *[other] { $topic }, { $count } Dienste
}
subscription-unwatched = { $topic }, wird nicht mehr beobachtet
no-subscriptions = Dieser Chat hat keine Abos. { $example } legt eines an; { $command } zeigt, was es gibt.
components-gone = Bei { $topic } zurzeit nicht aufgeführt, also nicht zu melden: { $list }.
strange-components = Bei { $topic } zurzeit nicht bekannt: { $list }.

## Stummschaltungen

everything = Alles
muted-incident = { $service }: { $title }
muted-until = { $muted } ist hier stummgeschaltet bis { $until }.
muted-open = { $muted } ist hier stummgeschaltet, { $kind ->
    [incident] bis es vorbei ist
   *[other] bis auf Weiteres
}.
muted-recovery = Was schon gemeldet wurde, wird noch zu Ende gemeldet, ohne Ton.
muted-footer = { $command } beendet die Stummschaltung.
unmuted = { $muted } ist nicht mehr stummgeschaltet.
still-muted = Hier ist allerdings alles stummgeschaltet. { $command } beendet das.
nothing-muted = Hier ist nichts stummgeschaltet.
mutes-heading = Stummgeschaltet:
mute-line = { $muted }, bis { $until }
mute-line-open = { $muted }, { $kind ->
    [incident] bis es vorbei ist
   *[other] bis auf Weiteres
}

## Einstellungen

settings-title = So spricht Foghorn in diesem Chat
setting-name = { $setting ->
   *[language] Sprache
    [timezone] Zeitzone
    [updates] Neuigkeiten
    [sound] Ton
    [digest] Überblick
}
choice-name = { $choice ->
   *[edits] nur bearbeiten
    [replies] Antworten
    [thread] Thread
    [news] Wichtiges
    [all] alles
    [off] aus
    [daily] jeden Tag um 9:00
    [weekdays] werktags um 9:00
    [mondays] montags um 9:00
}
choice-meaning = { $choice ->
   *[edits] die Meldung wird aktuell gehalten, sonst kommt nichts
    [replies] wichtige Neuigkeiten kommen auch als Antwort auf die Meldung
    [thread] wichtige Neuigkeiten kommen auch in den Thread der Meldung; wo es keine Threads gibt, als Antwort
    [news] Beginn, Rückkehr und Ende haben einen Ton
    [all] jede Nachricht hat einen Ton
    [off] keine Nachricht hat einen Ton
}
choice-line = { $choice }: { $meaning }
setting-question = { $setting ->
   *[language] In welcher Sprache soll Foghorn hier sprechen?
    [timezone] In welcher Zeitzone sollen hier Zeiten stehen?
    [updates] Wie sollen Neuigkeiten zu einer laufenden Störung kommen?
    [sound] Welche Nachrichten sollen einen Ton haben?
    [digest] Wann soll dieser Chat erfahren, wie es steht, auch ohne Neuigkeiten? Dann steht hier, was gestört ist, was seit dem letzten Mal zu Ende ging und welche Arbeiten geplant sind.
}
setting-now = Zurzeit: { $value }
setting-other = Jede andere: { $command }
setting-changed = { $setting ->
   *[language] Sprache
    [timezone] Zeitzone
    [updates] Neuigkeiten
    [sound] Ton
    [digest] Überblick
} ab jetzt: { $value }.
setting-same = { $setting ->
   *[language] Sprache
    [timezone] Zeitzone
    [updates] Neuigkeiten
    [sound] Ton
    [digest] Überblick
} schon bisher: { $value }.
digest-next = { $when }, nächster { $next }
digest-next-time = Der nächste kommt { $next }.
bad-schedule = „{ $typed }“ nennt keine Zeit, die wiederkommt. Beispiele: { $examples }. Auch ein Cron-Ausdruck mit fünf Feldern geht, höchstens einmal in der Stunde.
settings-footer = { $command } ändert eine davon.

## Eine Probe

sample-follows = Es folgen eine Störung und ihr Ende zur Probe, als Test gekennzeichnet. Sie zeigen, ob Foghorn hier schreiben darf und wie es aussieht. In Wirklichkeit ist nichts ausgefallen.

## Begrüßung

welcome = Hallo, hier ist Foghorn
welcome-first = Mit { $command } geht es los. { $help } zeigt, was es noch gibt.

## Auswahl

ask-category = Worüber soll dieser Chat informiert werden?
ask-service = Welcher Dienst aus { $category }?
ask-severity = Was soll dieser Chat über { $topic } erfahren?
ask-components = Welche Komponenten von { $topic }? Jede Wahl gilt sofort; ist keine gewählt, gelten alle.
ask-regions = Welche Regionen von { $topic }? Jede Wahl gilt sofort; ist keine gewählt, gelten alle.
ask-unwatch = Welche Seite soll nicht mehr beobachtet werden?
ask-unsubscribe = Welches Abo soll enden?
ask-mute = Was soll hier stummgeschaltet werden?
ask-length = Wie lange soll das stummgeschaltet sein: { $muted }?
ask-unmute = Welche Stummschaltung soll enden?
choices-page = Seite { $page } von { $pages }

## Schaltflächen

button-status-page = Statusseite
button-timeline = Verlauf
button-timeline-of = Verlauf { $incident }
button-mute = Stummschalten
button-not-well = Was gestört ist
button-unmute = Stummschaltung beenden
button-unmute-this = Nicht mehr stumm: { $muted }
button-subscribe = Abonnieren
button-older = ‹ Ältere
button-newer = Neuere ›
button-previous = ‹ Vorige
button-next = Nächste ›
button-back = Zurück
button-chosen = ✓ { $label }
button-category = { $category } ({ $count })
button-all-of = Alles aus { $category }
button-any-severity = alles
button-components = Komponenten…
button-regions = Regionen…
button-maintenance = Wartungen
button-official = Nur offiziell
button-done = Fertig
button-choose = Dienste auswählen
button-help = Hilfe
button-until-over = bis es vorbei ist

## Der Katalog

services = { $count ->
    [one] { $count } Dienst
   *[other] { $count } Dienste
}
services-found = { $search }: { $count ->
    [one] { $count } Dienst
   *[other] { $count } Dienste
}
category-line = { $category } ({ $count }): { $services }
own-pages = Für diesen Chat beobachtet ({ $count }): { $pages }
service-line = { $service }: { $condition } · { $command }
services-hint = { $command } zeigt eine Kategorie; ein Teil eines Namens geht auch.
page-next = Seite { $page } von { $pages }. Weiter: { $next }
page-last = Seite { $page } von { $pages }

## Der Verlauf einer Störung

story-title = { $service }: { $title }
story-footer = { $id } · { $role }
page-earlier = Seite { $page } von { $pages }. Früher: { $earlier }
no-updates = { $role ->
    [measured] Gemessen von Foghorn; gemeldet hat dazu niemand etwas.
    [reported] Von Betroffenen gemeldet; bestätigt hat es niemand.
    [measured_reported] Gemessen von Foghorn und von Betroffenen gemeldet; vom Anbieter gibt es dazu nichts.
   *[official] Über den Zustand hinaus ist dazu nichts gemeldet.
}
no-incidents = Zu { $service } ist keine Störung verzeichnet.
other-incidents = Weitere:
other-incident = { $start }: { $title } · { $command }

## Hilfe und Auskunft

help-title = Was du eingeben kannst
help-command = { $usage }: { $summary }
help-footer = { $example } erklärt einen Befehl.
help-title-of = { $usage }
help-summary = { $summary }.
help-option = { $name }: { $summary }
help-optional-option = { $name } (optional): { $summary }
help-example = Beispiel: { $example }
help-managers = Nur wer den Chat verwaltet, kann das nutzen.
about-title = Foghorn { $version }
about-purpose = Sagt, wenn ein Dienst ausfällt, was darüber bekannt ist und wann es vorbei ist.
about-services = { $count ->
    [one] Beobachtet { $count } Dienst.
   *[other] Beobachtet { $count } Dienste.
}
about-sources = { $count ->
    [one] Liest { $count } Quelle.
   *[other] Liest { $count } Quellen.
}
about-uptime = Laufzeit: { $length }.
about-last-poll = Zuletzt gelesen: { $ago }.
about-no-poll = Noch wurde nichts gelesen.
about-well = Alles ist in Ordnung.
about-unreadable = { $count ->
    [one] { $count } Quelle ist gerade nicht lesbar.
   *[other] { $count } Quellen sind gerade nicht lesbar.
}
about-given-up = { $count ->
    [one] { $count } Nachricht konnte nicht zugestellt werden.
   *[other] { $count } Nachrichten konnten nicht zugestellt werden.
}
about-unusable = { $count ->
    [one] { $count } Plattform ist nicht nutzbar.
   *[other] { $count } Plattformen sind nicht nutzbar.
}
own-unreadable = { $service } ist nicht lesbar: { $source }
own-readable = Wieder lesbar, nachdem es { $length } lang nicht ging.
own-moved = Statt der Seite von { $service } antwortet eine andere: { $source }
own-moved-end = Dort wird wieder einer Seite geglaubt; { $length } lang wurde nichts aus ihr geschlossen.
own-watched-no-more = Das wird nicht mehr beobachtet.
own-given-up = Nachrichten konnten nicht zugestellt werden
own-given-up-count = { $count ->
    [one] { $count } Nachricht wurde aufgegeben.
   *[other] { $count } Nachrichten wurden aufgegeben.
} { $command } sagt, welche und warum.
own-given-up-end = Keine davon ist übrig: Sie wurden erneut versucht oder verworfen.
own-store = Neues lässt sich nicht speichern
own-store-end = Speichern geht wieder, nach { $length }.
own-damaged = Der Speicher war beschädigt
own-damaged-whole = Alles wurde aus seiner Kopie wiederhergestellt. Die beschädigten Dateien liegen in { $place }; wenn sie niemand mehr ansehen will, können sie gelöscht werden.
own-damaged-part = Nicht alles ließ sich wiederherstellen. Aus der Kopie kam: { $copied }. Aus den beschädigten Dateien: { $saved }. Diese liegen in { $place }; wenn sie niemand mehr ansehen will, können sie gelöscht werden.
own-damaged-end = Die beschädigten Dateien wurden gelöscht.
own-platform = { $platform ->
    [discord] Discord
    [telegram] Telegram
   *[other] Die Konsole
} ist nicht nutzbar
own-platform-end = Wieder nutzbar.
sample-service = Probe von Foghorn
sample-title = Das ist ein Test. Nichts ist ausgefallen.
sample-words = So sieht eine echte Meldung aus. Sie wird aktuell gehalten, solange die Störung dauert, und das Ende ist eine neue Nachricht.
sample-news = Immer noch ein Test: Neues zu einer Störung ändert die Meldung.
sample-failed = Die Probe konnte nicht in diesen Chat geschickt werden, und eine Meldung könnte es auch nicht: { $reason }. Wiederhole den Test, wenn das behoben ist.
about-help = { $command } zeigt, was du eingeben kannst.

## Discord

presence-well = { $count ->
    [one] { $count } Dienst, alles in Ordnung
   *[other] { $count } Dienste, alles in Ordnung
}
presence-not-well = { $count ->
    [one] { $bad } von { $count } Dienst gestört
   *[other] { $bad } von { $count } Diensten gestört
}
discord-right = { $right ->
   *[view] Kanal anzeigen
    [send] Nachrichten senden
    [posts] Beiträge erstellen
    [threads] Nachrichten in Threads senden
    [create-threads] Öffentliche Threads erstellen
    [embed] Links einbetten
    [history] Nachrichtenverlauf anzeigen
}
discord-missing-rights = Foghorn darf hier noch nicht schreiben. Es fehlt: { $rights }. Wer den Server verwaltet, kann das in den Einstellungen des Kanals unter „Berechtigungen“ erlauben; dann versuche es bitte noch einmal.
discord-not-here = Foghorn ist hier kein Mitglied und kann deshalb nicht von sich aus schreiben. Fragen kannst du, etwa mit { $command }; Meldungen kommen auf Servern an, zu denen Foghorn gehört, und in deinem direkten Chat damit.
discord-not-everybody = Foghorn ruft nicht alle. Bitte wähle eine Rolle für die, die gerufen werden wollen.
discord-no-answer = Foghorn konnte nicht rechtzeitig antworten. Bitte versuche es noch einmal.
discord-busy = Gerade wird zu viel auf einmal gefragt. Bitte versuche es gleich noch einmal.
