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

list-and = { $first } und { $last }
list-or = { $first } oder { $last }
list-more = { $list } und { $count } weitere

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
   *[official] behoben
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
    [over] Wartung beendet
    [called_off] Wartung abgesagt
}
measured-title = { $condition ->
    [degraded] Langsame oder fehlerhafte Antworten, gemessen von Foghorn
   *[other] Nicht erreichbar, gemessen von Foghorn
}
reported-title = Statusseite meldet: { $condition }
flapping = Es geht und kommt immer wieder. Foghorn meldet sich, sobald Ruhe eingekehrt ist.
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
last-update = { $at }, { $role ->
   *[official] offiziell
    [measured] gemessen
    [hint] Hinweis
}: { $phase }
last-note = { $at }, { $role ->
   *[official] offiziell
    [measured] gemessen
    [hint] Hinweis
}
alert-footer = { $role ->
   *[official] Offiziell: der Anbieter sagt es selbst
    [measured] Gemessen von Foghorn; noch keine offizielle Meldung
    [hint] Ein Hinweis, keine offizielle Meldung
    [both] Offiziell, und von Foghorn gemessen
} · { $command }

## Beschriftungen

label-incident = Störung
label-state = Stand
label-since = Seit
label-when = Wann
label-duration = Dauer
label-affected = Betroffen
label-regions = Regionen
label-planned = Geplant
label-status-page = Statusseite
label-sources = Quellen
