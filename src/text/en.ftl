# English. Short, true and kind: what happened, to what, since when, where to look.

## Words

condition = { $condition ->
    [operational] operational
    [degraded] degraded
    [partial_outage] partial outage
    [major_outage] major outage
    [maintenance] maintenance
   *[unknown] unknown
}
phase = { $phase ->
   *[investigating] investigating
    [identified] cause found
    [monitoring] fix in place, being watched
    [resolved] resolved
    [postmortem] report published
}
maintenance-phase = { $phase ->
   *[scheduled] planned
    [in_progress] in progress
    [verifying] being checked
    [completed] completed
}
role = { $role ->
   *[official] official
    [measured] measured
    [hint] hint
}
recovered = over
refused = not done

## Times

month = { $month ->
   *[jan] Jan
    [feb] Feb
    [mar] Mar
    [apr] Apr
    [may] May
    [jun] Jun
    [jul] Jul
    [aug] Aug
    [sep] Sep
    [oct] Oct
    [nov] Nov
    [dec] Dec
}
zone = { $zone }
date = { $day } { $month }, { $time } { $zone }
date-with-year = { $day } { $month } { $year }, { $time } { $zone }
just-now = just now
minutes-ago = { $count ->
    [one] { $count } minute ago
   *[other] { $count } minutes ago
}
hours-ago = { $count ->
    [one] { $count } hour ago
   *[other] { $count } hours ago
}
days-ago = { $count ->
    [one] { $count } day ago
   *[other] { $count } days ago
}
in-a-moment = in a moment
in-minutes = { $count ->
    [one] in { $count } minute
   *[other] in { $count } minutes
}
in-hours = { $count ->
    [one] in { $count } hour
   *[other] in { $count } hours
}
in-days = { $count ->
    [one] in { $count } day
   *[other] in { $count } days
}
days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
hours = { $count ->
    [one] { $count } hour
   *[other] { $count } hours
}
minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
seconds = { $count ->
    [one] { $count } second
   *[other] { $count } seconds
}
two-units = { $large } { $small }

## Lists

list-and = { $first } and { $last }
list-or = { $first } or { $last }
list-more = { $list } and { $count } more

## Incidents

alert-title = { $service }: { $condition ->
    [degraded] degraded
    [partial_outage] partial outage
    [major_outage] major outage
    [maintenance] maintenance
   *[other] incident
}
resolved-title = { $service }: { $role ->
    [measured] reachable again
   *[official] resolved
}
return-title = { $service }: not over after all ({ $condition ->
    [degraded] degraded
    [partial_outage] partial outage
    [major_outage] major outage
   *[other] incident
})
maintenance-title = { $service }: { $state ->
   *[announced] maintenance planned
    [moved] maintenance moved
    [running] maintenance in progress
    [over] maintenance over
    [called_off] maintenance called off
}
measured-title = { $condition ->
    [degraded] Slow or faulty answers, measured by Foghorn
   *[other] Not reachable, measured by Foghorn
}
reported-title = Status page reports: { $condition }
flapping = It keeps going and coming back. Foghorn will speak up again once it has settled.
was-down = { $condition ->
    [partial_outage] Was partly down from { $start } to { $end } ({ $length }).
    [major_outage] Was down from { $start } to { $end } ({ $length }).
   *[degraded] Was degraded from { $start } to { $end } ({ $length }).
}
period = { $start } to { $end } ({ $length })
planned-period = { $start } to { $end }
at = { $at }
since-for = { $at } ({ $length })
phase-and-peak = { $phase }; at its worst: { $peak }
last-update = { $at }, { $role ->
   *[official] official
    [measured] measured
    [hint] hint
}: { $phase }
last-note = { $at }, { $role ->
   *[official] official
    [measured] measured
    [hint] hint
}
alert-footer = { $role ->
   *[official] Official: the provider says so
    [measured] Measured by Foghorn; no official word yet
    [hint] A hint, not an official word
    [both] Official, and measured by Foghorn
} · { $command }

## Labels

label-incident = Incident
label-state = State
label-since = Since
label-when = When
label-duration = Duration
label-affected = Affected
label-regions = Regions
label-planned = Planned
label-status-page = Status page
label-sources = Sources
