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
    [reported] reported by people
    [official_measured] official and measured
    [official_reported] official and reported by people
    [measured_reported] measured and reported by people
    [all] official, measured and reported by people
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

list-separator = { ", " }
label-separator = { ": " }
with-condition = { $name } ({ $condition })
list-and = { $first } and { $last }
list-or = { $first } or { $last }
list-more = { $list } and { $count } more

## Telegram: channels and rights

channel-noted = This is about the channel { $channel }.
channel-welcome = Foghorn can post in { $channel } now. Type here, for example, { $command }, and the channel hears about it.
channel-unknown = There is no channel { $typed }, or Foghorn is not in it. Please make Foghorn an administrator there who may post messages.
channel-is-group = { $channel } is a group, not a channel. Please type this there.
channel-silent = Foghorn may not post in { $channel }. Please make it an administrator there who may post messages.
channel-stranger = Only administrators of { $channel } can do this for it.
alerts-rested = Alerts rested here from { $since } until { $until }, because Foghorn could not write here. They go on; what is still not well is told now.
alerts-rest = Alerts rest here since { $since }, because Foghorn may not write here. They go on as soon as it may; { $command } shows what is missing.
done-before = What you asked for is done. This is how it stands now:
pressed-too-late = This message is too old for its buttons. Please type { $command } where you want the answer.
answer-there = The answer is already below this message; it is up to date now.
timeline-there = The timeline is already below this alert; it is up to date now.
rights-unchecked = Telegram does not say right now who manages this chat. Please try again in a moment.

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
    [reported] no longer reported
   *[official] resolved
}
lost-title = { $service }: end unknown
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
    [degraded] Slow or faulty answers
   *[other] Not reachable
}, { $voices ->
   *[measured] measured by Foghorn
    [measured_reported] measured by Foghorn and reported by people
}
official-title = { $voices ->
   *[official] Status page reports
    [official_measured] Status page reports, Foghorn measures
    [official_reported] Status page and people report
    [all] Status page and people report, Foghorn measures
}: { $condition }
people-title = People report: { $condition }
watch-left = Foghorn has not watched this service since { $at }: it was taken out of the catalogue. How this goes on is not known here.
watch-back = { $at }: Foghorn watches this service again.
flapping = The trouble keeps going away and coming back. Foghorn will speak up again once it has settled.
page-gone = Nobody has told of this since { $at }: its page has become another one or is not read any more. Whether it is over is not known here.
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
last-update = { $at }, { $role }: { $phase }
last-note = { $at }, { $role }
alert-footer = { $role ->
   *[official] Official: the provider says so
    [measured] Measured by Foghorn; no official word
    [reported] Reported by people; not confirmed
    [official_measured] Official, and measured by Foghorn
    [official_reported] Official, and reported by people
    [measured_reported] Measured by Foghorn and reported by people; no official word
    [all] Official, measured by Foghorn and reported by people
    [hint] A hint, not an official word
} · { $command }

storm-title = { $occasion ->
   *[at_once] { $count ->
        [one] One more outage
       *[other] { $count } more outages
    }
    [mute_ended] { $count ->
        [one] One outage goes on
       *[other] { $count } outages go on
    }
}
storm-over-title = { $count ->
    [one] The outage is over
    [2] Both outages are over
   *[other] All { $count } outages are over
}
storm-lost-title = No outage is known to go on
storm-intro = { $occasion ->
   *[at_once] Many began at the same time, so they stand here together.
    [mute_ended] A mute has ended here. It kept these silent, and they still go on.
}
storm-ended = { $count ->
    [one] One other is over.
   *[other] { $count } others are over.
}
storm-line = { $service }: { $what }, since { $since }
storm-line-over = { $service }: { $what }, over after { $length }
storm-line-lost = { $service }: { $what }, since { $since }, end unknown
storm-lost = { $count ->
    [one] Of one nobody tells any more. Whether it is over is not known here.
   *[other] Of { $count } nobody tells any more. Whether they are over is not known here.
}
storm-more = { $count ->
    [one] and one more
   *[other] and { $count } more
}
storm-footer = What is not well now: { $command }

digest-well = All is well, and nothing happened since { $since }.
digest-title = { $count ->
    [0] All is well now
    [one] One outage goes on
   *[other] { $count } outages go on
}
digest-over = { $count ->
    [one] One has ended since { $since }:
   *[other] { $count } have ended since { $since }:
}
digest-nothing = None has ended since { $since }.
digest-running = Planned work that goes on:
digest-ahead = Planned work in the next 7 days:
digest-work = { $service }: { $title }, { $start } to { $end }
digest-work-from = { $service }: { $title }, { $start }
digest-work-until = { $service }: { $title }, until { $end }
digest-work-running = { $service }: { $title }
digest-footer = This is the digest of this chat. { $command } says when it comes.

## Labels

label-state = State
label-since = Since
label-when = When
label-duration = Duration
label-affected = Affected
label-regions = Regions
label-planned = Planned
label-format = Format
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
maintenance-line = { $service }: { $work } · { $command }
maintenances = { $count ->
    [one] { $count } maintenance is planned or in progress
   *[other] { $count } maintenances are planned or in progress
}
no-maintenance = No maintenance is planned or in progress.
no-maintenance-at = No maintenance of { $service } is planned or in progress.

## What was not done

not-a-command = Commands begin with a slash. { $command } shows what you can type.
unknown-command = There is no command { $typed }. { $command } shows what you can type.
did-you-mean = Did you mean { $near }?
unknown-service = “{ $typed }” is not in the catalogue. { $command } shows what is watched.
is-category = { $category } is a category. { $command } lists its services; please name one of them.
unknown-incident = There is no incident { $typed }. With a service, as in { $command }, you see its latest ones.
no-address = “{ $typed }” is not the address of a web page. It begins with https or http.
secret-in-address = The address carries a user name or password. Please remove them; everybody here can read it.
watching-off = Whoever runs this bot has turned off watching pages of your own choice. { $command } shows what is watched.
watches-enough = { $count ->
    [one] This chat may watch { $count } page of its own, and it does. { $command } makes room.
   *[other] This chat may watch { $count } pages of its own, and it does. { $command } makes room.
}
watched-already = This chat already watches { $page }. { $status } shows how it is, { $command } ends it.
name-taken = { $service } is called that already. Please choose another name.
not-watched = This chat watches no page “{ $typed }”.
ends-otherwise = That one is part of the catalogue: { $command } ends its subscription.
watched-here = It watches { $list }.
page-not-public = { $host } is not on the public internet. Only pages that anybody can reach can be watched.
page-port = The port of { $host } is not one of the web: only 80, 443 and those from 1024 up are asked.
page-unreachable = { $host }: { $why ->
    [unknown] there is no host of that name. Please check the address.
    [refused] nobody answers there. Please check the address.
    [tls] the secure connection failed, so nobody can tell whose page that is.
    [redirects] the address only leads on to others, and none of them to a page.
    [large] what is there is too large for a status page.
    [status] the answer is HTTP { $status } instead of a page. Please check the address.
   *[connection] the connection failed. Please try again later.
}
page-slow = { $host } takes too long to answer. Please try again later.
page-nothing = There is no status page at { $host } that I can read. Please give me the address of its status page, or of its feed.
page-tried = I also tried { $list }.
page-busy = I am still looking at other addresses. Please try again in a moment.
page-too-often = Too many addresses have been looked at lately. Please try again in { $wait }.
pages-full = This bot already watches as many pages as it may. Please ask whoever runs it.
not-subscribed = This chat has no subscription to { $typed }. { $command } shows what it has.
covered-by-category = It still comes in through the category { $category }. { $command } ends that.
bad-severity = “{ $typed }” is not a severity. Please use { $known }.
bad-number = “{ $typed }” is not a number from 1 up.
bad-duration = “{ $typed }” is not a length of time between a minute and a year. Please write it like { $known }.
until-example = until 9:00
bad-mention = { $platform ->
    [discord] “{ $typed }” is not a role of this server. Please choose the role that is to be called.
   *[other] “{ $typed }” is not a name that can be called. Please write it with an at sign, like @name.
}
unknown-components = { $topic } has no component “{ $typed }”.
known-components = There are { $list }.
too-many-components = { $count ->
    [one] A subscription can name { $count } component at most.
   *[other] A subscription can name { $count } components at most.
}
not-muted = { $typed } is not muted here. { $command } shows what is.
already-over = { $incident } is over, so there is nothing to mute. { $command } tells the whole story.
unknown-setting = There is no setting “{ $typed }”. Please use { $known }.
bad-choice = “{ $typed }” is not one of the choices. Please use { $known }.
unknown-zone = There is no time zone “{ $typed }”. Please name it like { $example }.
outdated = This button is out of date. { $command } starts anew.
missing = { $command } needs one thing more. Wanted: { $wanted }.
unknown-option = { $command } has no option { $typed }.
too-much = { $command } does not know what to do with “{ $typed }”.
not-manager = Only people who manage this chat can use { $command }. Please ask one of them.
failed = Something went wrong here, not with you. Please try again; the log has it as { $reference }.
not-here = { $command } does not exist here.
usage = It is typed { $usage }, for example { $example }.

## One service in one line

line-incident = { $service }: { $condition }, { $role }, began { $since }: { $title }
line-derived = { $service }: { $condition }, { $role }, began { $since }
line-condition = { $service }: { $condition }, { $role }
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
    [reported] Reported by people; nobody has confirmed it.
    [official_measured] Official: the status page says so, without an incident of its own. Foghorn measures it too.
    [official_reported] Official: the status page says so, without an incident of its own. People report it too.
    [measured_reported] Measured by Foghorn and reported by people; nobody has posted an incident.
    [all] Official: the status page says so, without an incident of its own. Foghorn measures it and people report it too.
}
detail-incident = { $title } ({ $role })
detail-more-incidents = { $count ->
    [one] { $count } more incident is open: { $command }
   *[other] { $count } more incidents are open: { $command }
}
detail-subscribe = To hear when that changes: { $command }
likely-cause = Likely cause: { $service } has trouble too ({ $condition }). { $command } tells more.
alternatives = Meanwhile you could use { $services }.
hint = A hint, not about { $service } itself: { $host } says “{ $remark }”.
sources-heading = Where this is from:
source-well = { $host } ({ $role }): { $condition }, read { $ago }
source-measured = { $host } ({ $role }): { $condition }, answered in { $latency } ms, { $ago }
source-never = { $host } ({ $role }): not read yet
source-unreadable = { $host } ({ $role }): could not be read so far
source-moved = { $host } ({ $role }): another page answers there than before, at { $to }, so it is not believed yet
source-leads-to = The address at { $host } leads to { $to } now.
source-stale = { $host } ({ $role }): cannot be read now; { $condition } when last read, { $ago }

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
label-only-regions = Only regions
label-maintenance = Maintenance
label-heard = Told by
label-mention = Calls
filter-severity = { $severity ->
    [degraded] degraded and worse
    [partial_outage] partial outage and worse
   *[major_outage] major outage only
}
switch-word = { $state ->
    [off] off
   *[on] on
}
filter-sources = { $sources ->
    [official] official sources only
   *[all] official, measured and reported
}
filter-takes-in = { $count ->
    [one] Now told here, from its next change on: { $list }.
   *[other] Now told here, from their next changes on: { $list }.
}
filter-keeps = { $count ->
    [one] No longer of the kind told here, but told to its end if it was alerted before: { $list }.
   *[other] No longer of the kind told here, but told to their ends if they were alerted before: { $list }.
}
filter-leaves-out = Left out here, though it goes on: { $list }.
filter-mention = { $mention }, when an incident opens
watching = This chat now watches { $page } and hears about it.
page-of-service = { $page } is the page of { $service }, which is watched anyway.
format-at = { $format }, read at { $document }
page-leads-to = The address leads to another host, { $host }.
open-there = { $count ->
    [one] Going on there: { $list }.
   *[other] Going on there ({ $count }): { $list }.
}
unwatched = This chat no longer watches { $page }, and its subscription has ended.
nothing-watched = This chat watches no page of its own. { $command } adds one.
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
components-gone = { $topic } does not list this at present, so it cannot be heard about: { $list }.
strange-components = Not known at { $topic } now: { $list }.

## Mutes

everything = Everything
muted-incident = { $service }: { $title }
muted-until = { $muted } is muted here until { $until }.
muted-open = { $muted } is muted here { $kind ->
    [incident] until it is over
   *[other] until further notice
}.
muted-recovery = What was alerted before is still told when it is over, without a sound.
muted-footer = { $command } ends the mute.
unmuted = { $muted } is no longer muted.
still-muted = Everything is muted here, though. { $command } ends that.
nothing-muted = Nothing is muted here.
mutes-heading = Muted:
mute-line = { $muted }, until { $until }
mute-line-open = { $muted }, { $kind ->
    [incident] until it is over
   *[other] until further notice
}

## Settings

settings-title = How Foghorn speaks in this chat
setting-name = { $setting ->
   *[language] Language
    [timezone] Time zone
    [updates] Updates
    [sound] Sound
    [digest] Digest
}
choice-name = { $choice ->
   *[edits] edits only
    [replies] replies
    [thread] thread
    [news] news
    [all] all
    [off] off
    [daily] every day at 9:00
    [weekdays] weekdays at 9:00
    [mondays] Mondays at 9:00
}
choice-meaning = { $choice ->
   *[edits] the alert is kept up to date, nothing else is sent
    [replies] important updates are also sent, in reply to the alert
    [thread] important updates are also sent in the alert's thread; where there are no threads, as replies
    [news] beginnings, returns and ends make a sound
    [all] every message makes a sound
    [off] no message makes a sound
}
choice-line = { $choice }: { $meaning }
setting-question = { $setting ->
   *[language] In which language shall Foghorn speak here?
    [timezone] In which time zone shall times be written here?
    [updates] How shall news of an open incident arrive?
    [sound] Which messages shall make a sound?
    [digest] When shall this chat be told how things are, news or not? It says what is not well, what has ended since the last time, and what work is planned.
}
setting-now = Now: { $value }
setting-other = Any other: { $command }
setting-changed = { $setting ->
   *[language] The language
    [timezone] The time zone
    [updates] The way of updates
    [sound] The sound
    [digest] The time of the digest
} is now: { $value }.
setting-same = { $setting ->
   *[language] The language
    [timezone] The time zone
    [updates] The way of updates
    [sound] The sound
    [digest] The time of the digest
} was this already: { $value }.
digest-next = { $when }, next { $next }
digest-next-time = The next one comes { $next }.
bad-schedule = “{ $typed }” names no time that comes again. Examples: { $examples }. A cron expression with five fields does as well, at most once an hour.
settings-footer = { $command } changes one of them.

## A sample

sample-follows = A sample outage and its recovery follow, marked as a test. They show whether Foghorn may write here and how it looks. Nothing is really down.

## Welcome

welcome = Hello, this is Foghorn
welcome-first = Type { $command } to begin. { $help } shows what else there is.

## Menus

ask-category = What shall this chat hear about?
ask-service = Which service of { $category }?
ask-severity = What shall this chat hear about { $topic }?
ask-components = Which components of { $topic }? Each choice counts at once; with none chosen, all of them do.
ask-regions = Which regions of { $topic }? Each choice counts at once; with none chosen, all of them do.
ask-unwatch = Which page shall no longer be watched?
ask-unsubscribe = Which subscription shall end?
ask-mute = What shall be muted here?
ask-length = For how long shall this be muted: { $muted }?
ask-unmute = Which mute shall end?
choices-page = Page { $page } of { $pages }

## Buttons

button-status-page = Status page
button-timeline = Timeline
button-timeline-of = Timeline { $incident }
button-mute = Mute
button-not-well = What is not well
button-unmute = Unmute
button-unmute-this = Unmute { $muted }
button-subscribe = Subscribe
button-older = ‹ Older
button-newer = Newer ›
button-previous = ‹ Previous
button-next = Next ›
button-back = Back
button-chosen = ✓ { $label }
button-category = { $category } ({ $count })
button-all-of = All of { $category }
button-any-severity = everything
button-components = Components…
button-regions = Regions…
button-maintenance = Maintenance
button-official = Official only
button-done = Done
button-choose = Choose services
button-help = Help
button-until-over = until it is over

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
own-pages = Watched for this chat ({ $count }): { $pages }
service-line = { $service }: { $condition } · { $command }
services-hint = { $command } lists a category; part of a name works too.
page-next = Page { $page } of { $pages }. Next: { $next }
page-last = Page { $page } of { $pages }

## The story of an incident

story-title = { $service }: { $title }
story-footer = { $id } · { $role }
page-earlier = Page { $page } of { $pages }. Earlier: { $earlier }
no-updates = { $role ->
    [measured] Measured by Foghorn; nobody has posted anything about it.
    [reported] Reported by people; nobody has confirmed it or posted anything about it.
    [measured_reported] Measured by Foghorn and reported by people; nobody has posted anything about it.
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
about-well = All is well.
about-unreadable = { $count ->
    [one] { $count } source cannot be read now.
   *[other] { $count } sources cannot be read now.
}
about-given-up = { $count ->
    [one] { $count } message could not be delivered.
   *[other] { $count } messages could not be delivered.
}
about-unusable = { $count ->
    [one] { $count } of its platforms cannot be used.
   *[other] { $count } of its platforms cannot be used.
}
own-unreadable = { $service } cannot be read: { $source }
own-readable = It can be read again; it was unreadable for { $length }.
own-moved = Another page answers in the place of { $service }’s: { $source }
own-moved-end = A page is believed there again; for { $length } nothing was concluded from it.
own-watched-no-more = It is watched no more.
own-given-up = Messages could not be delivered
own-given-up-count = { $count ->
    [one] { $count } message was given up.
   *[other] { $count } messages were given up.
} { $command } says which and why.
own-given-up-end = None of them is left: they were tried again or dropped.
own-store = What is new cannot be stored
own-store-end = It can be stored again, after { $length }.
own-damaged = The store was damaged
own-damaged-whole = All of it was restored from its copy. The damaged files are in { $place }; once nobody wants to look at them, they can be removed.
own-damaged-part = Not all of it could be restored. From its copy came: { $copied }. From the damaged files: { $saved }. Those are in { $place }; once nobody wants to look at them, they can be removed.
own-damaged-end = The damaged files were removed.
own-platform = { $platform ->
    [discord] Discord
    [telegram] Telegram
   *[other] The console
} cannot be used
own-platform-end = It can be used again.
sample-service = Foghorn's test
sample-title = This is a test. Nothing is down.
sample-words = A real alert looks like this. It is kept true while the outage lasts, and its end is a new message.
sample-news = Still a test: what is new about an outage changes the alert.
sample-failed = The sample could not be sent to this chat, and neither could an alert: { $reason }. Once that is mended, try the test again.
about-help = { $command } shows what you can type.

## Discord

presence-well = { $count ->
    [one] { $count } service, well
   *[other] { $count } services, all well
}
presence-not-well = { $count ->
    [one] { $bad } of { $count } service not well
   *[other] { $bad } of { $count } services not well
}
discord-right = { $right ->
   *[view] View Channel
    [send] Send Messages
    [posts] Create Posts
    [threads] Send Messages in Threads
    [create-threads] Create Public Threads
    [embed] Embed Links
    [history] Read Message History
}
discord-missing-rights = Foghorn may not post here yet. It lacks: { $rights }. Somebody who manages the server can allow that in the settings of the channel, under Permissions; then please try again.
discord-not-here = Foghorn is not a member here, so it cannot post by itself. You can ask it, as with { $command }; alerts come to servers it was added to, and to your direct chat with it.
discord-not-everybody = Foghorn does not call everybody. Please choose a role for those who want to be called.
discord-no-answer = Foghorn could not answer in time. Please try again.
discord-busy = Too much is being asked right now. Please try again in a moment.
