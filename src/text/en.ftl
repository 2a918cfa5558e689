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
update-title = { $service }, { $kind ->
    [worse] now worse
   *[news] update
}: { $condition ->
    [degraded] degraded
    [partial_outage] partial outage
    [major_outage] major outage
    [resolved] resolved
   *[other] incident
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
    [verifying] maintenance done, being checked
    [over] maintenance over
    [called_off] maintenance called off
}
measured-title = { $condition ->
    [degraded] Slow or faulty answers, measured by Foghorn
   *[other] Not reachable, measured by Foghorn
}
reported-title = Status page reports: { $condition }
flapping = The trouble keeps going away and coming back. Foghorn will speak up again once it has settled.
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
    [measured] Measured by Foghorn; no official word
    [hint] A hint, not an official word
    [both] Official, and measured by Foghorn
} · { $command }

## Labels

label-state = State
label-since = Since
label-when = When
label-duration = Duration
label-affected = Affected
label-regions = Regions
label-planned = Planned
label-status-page = Status page
label-last-update = Last update
label-again = Again since
label-ended = Ended
label-noticed = Noticed by Foghorn
label-timeline = Whole story
label-not-well = Not well

## Planned work

lasted = { $length }
planned-from = from { $at }
planned-until = until { $at }
called-off = called off
work-until = Maintenance in progress until { $end }: { $title }
work-running = Maintenance in progress: { $title }
work-ahead = Maintenance planned from { $start } to { $end }: { $title }
work-from = Maintenance planned from { $start }: { $title }
work-planned = Maintenance planned: { $title }

## What was not done

not-a-command = Commands begin with a slash. { $command } shows what you can type.
unknown-command = There is no command { $typed }. { $command } shows what you can type.
did-you-mean = Did you mean { $near }?
unknown-service = “{ $typed }” is not in the catalogue. { $command } shows what is watched.
is-category = { $category } is a category. { $command } lists its services; please name one of them.
unknown-incident = There is no incident { $typed }. With a service, as in { $command }, you see its latest ones.
not-subscribed = This chat has no subscription to { $typed }. { $command } shows what it has.
covered-by-category = It still comes in through the category { $category }. { $command } ends that.
bad-severity = “{ $typed }” is not a severity. Please use { $known }.
bad-number = “{ $typed }” is not a number from 1 up.
bad-duration = “{ $typed }” is not a length of time. Please write it like { $example }.
missing = { $command } needs one thing more. Wanted: { $wanted }.
unknown-option = { $command } has no option { $typed }.
too-much = { $command } does not know what to do with “{ $typed }”.
not-manager = Only people who manage this chat can use { $command }. Please ask one of them.
failed = Something went wrong here, not with you. Please try again; the log has it as { $reference }.
not-here = { $command } does not exist here.
usage = It is typed { $usage }, for example { $example }.

## One service in one line

line-incident = { $service }: { $condition }, { $role ->
   *[official] official
    [measured] measured
    [hint] hint
}, began { $since }: { $title }
line-derived = { $service }: { $condition }, { $role ->
   *[official] official
    [measured] measured
    [hint] hint
}, began { $since }
line-condition = { $service }: { $condition }, { $role ->
   *[official] official
    [measured] measured
    [hint] hint
}
line-never = { $service }: not read yet
line-unreadable = { $service }: unknown, no source can be read
line-stale = { $service }: cannot be read now; { $condition } when last read, { $ago }
line-untold = { $service }: no trouble posted

## Status of all

overview-not-well = { $count ->
    [one] { $count } service is not well
   *[other] { $count } services are not well
}
overview-maintenance = { $count ->
    [one] { $count } service is under maintenance
   *[other] { $count } services are under maintenance
}
overview-well = { $count ->
    [one] { $count } service is well
   *[other] { $count } services are well
}
overview-quiet = No trouble is known
overview-unknown = Nothing is known right now
overview-all-services = { $count ->
    [one] This chat has no subscriptions, so this is about the only service there is. { $command } changes that.
   *[other] This chat has no subscriptions, so this is about all { $count } services. { $command } changes that.
}
overview-more = { $count ->
    [one] And { $count } more.
   *[other] And { $count } more.
}
overview-rest = { $count ->
    [one] { $count } other service is well.
   *[other] { $count } other services are well.
}
overview-unreadable = Cannot be read right now: { $services }.
overview-own-network = No source at all can be read, so the trouble is probably Foghorn's own connection.
overview-never = Not read yet: { $services }.
overview-untold = No trouble posted: { $services }.
overview-footer = { $command } tells more.

## Status of one

detail-title = { $service }: { $condition }
detail-never = { $service }: not read yet
detail-unreadable = { $service }: unknown, no source can be read
detail-untold = { $service }: no trouble posted
detail-stale = Nothing can be read right now. This is what was known { $ago }.
detail-said-by = { $role ->
   *[official] Official: the status page says so, without an incident of its own.
    [measured] Measured by Foghorn; nobody has posted an incident.
}
detail-incident = { $title } ({ $role ->
   *[official] official
    [measured] measured
    [hint] hint
})
detail-more-incidents = { $count ->
    [one] { $count } more incident is open: { $command }
   *[other] { $count } more incidents are open: { $command }
}
detail-subscribe = { $command } tells this chat when that changes.
likely-cause = Likely cause: { $service } has trouble too ({ $condition }). { $command } tells more.
alternatives = Meanwhile you could use { $services }.
hint = A hint, not about { $service } itself: { $host } says “{ $remark }”.
sources-heading = Where this is from:
source-well = { $host } ({ $role ->
   *[official] official
    [measured] measured
    [hint] hint
}): { $condition }, read { $ago }
source-measured = { $host } ({ $role ->
   *[official] official
    [measured] measured
    [hint] hint
}): { $condition }, answered in { $latency } ms, { $ago }
source-never = { $host } ({ $role ->
   *[official] official
    [measured] measured
    [hint] hint
}): not read yet
source-unreadable = { $host } ({ $role ->
   *[official] official
    [measured] measured
    [hint] hint
}): could not be read so far
source-moved = { $host } ({ $role ->
   *[official] official
    [measured] measured
    [hint] hint
}): another page answers there than before, so it is not believed yet
source-stale = { $host } ({ $role ->
   *[official] official
    [measured] measured
    [hint] hint
}): cannot be read now; { $condition } when last read, { $ago }

## Subscriptions

subscribed = This chat now hears about { $topic }.
subscription-changed = The subscription to { $topic } is changed.
subscribed-before = This chat already has just this subscription to { $topic }.
subscribed-footer = { $command } ends it.
category-services = { $count ->
    [one] { $count } service: { $services }.
   *[other] { $count } services: { $services }.
}
category-quiet = No trouble is known there now.
label-severity = Severity
label-components = Only components
label-mention = Calls
filter-severity = { $severity ->
    [degraded] degraded and worse
    [partial_outage] partial outage and worse
   *[major_outage] major outage only
}
filter-mention = { $mention }, when an incident opens
unsubscribed = The subscription to { $topic } has ended.
unsubscribed-all = { $count ->
    [one] The only subscription of this chat has ended.
   *[other] All { $count } subscriptions of this chat have ended.
}
nothing-to-unsubscribe = This chat has no subscriptions.
nothing-remains = No subscriptions remain.
remains = { $count ->
    [one] { $count } subscription remains: { $list }.
   *[other] { $count } subscriptions remain: { $list }.
}
subscriptions = { $count ->
    [one] This chat has { $count } subscription
   *[other] This chat has { $count } subscriptions
}
category-name = category { $category }
subscription-line = { $topic }
subscription-category = { $count ->
    [one] { $topic }, { $count } service
   *[other] { $topic }, { $count } services
}
subscription-unwatched = { $topic }, which is no longer watched
no-subscriptions = This chat has no subscriptions. { $example } makes one; { $command } shows what there is.
settings-line = English, times in { $zone }

## The catalogue

services = { $count ->
    [one] { $count } service
   *[other] { $count } services
}
services-found = { $search }: { $count ->
    [one] { $count } service
   *[other] { $count } services
}
category-line = { $category } ({ $count }): { $services }
service-line = { $service }: { $condition } · { $command }
services-hint = { $command } lists a category; part of a name works too.
page-next = Page { $page } of { $pages }. Next: { $next }
page-last = Page { $page } of { $pages }

## The story of an incident

story-title = { $service }: { $title }
story-footer = { $id } · { $role ->
   *[official] official
    [measured] measured by Foghorn
    [hint] hint
}
page-earlier = Page { $page } of { $pages }. Earlier: { $earlier }
no-updates = { $role ->
    [measured] Measured by Foghorn; nobody has posted anything about it.
   *[official] Nothing has been posted about it beyond the condition itself.
}
no-incidents = No incident of { $service } is on record.
other-incidents = Others:
other-incident = { $start }: { $title } · { $command }

## Help and about

help-title = What you can type
help-command = { $usage }: { $summary }
help-footer = { $example } explains one command.
help-title-of = { $usage }
help-summary = { $summary }.
help-option = { $name }: { $summary }
help-optional-option = { $name } (optional): { $summary }
help-example = Example: { $example }
help-managers = Only people who manage the chat can use it.
about-title = Foghorn { $version }
about-purpose = Tells when a service breaks, what is known, and when it is over.
about-services = { $count ->
    [one] Watches { $count } service.
   *[other] Watches { $count } services.
}
about-sources = { $count ->
    [one] Reads { $count } source.
   *[other] Reads { $count } sources.
}
about-uptime = Running for { $length }.
about-last-poll = Last read: { $ago }.
about-no-poll = Nothing has been read yet.
about-help = { $command } shows what you can type.
