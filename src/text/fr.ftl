# French. Short, true and kind: what happened, to what, since when, where to look.

## Words

condition = { $condition ->
    [operational] opérationnel
    [degraded] service dégradé
    [partial_outage] panne partielle
    [major_outage] panne majeure
    [maintenance] maintenance
   *[unknown] état inconnu
}
phase = { $phase ->
   *[investigating] analyse en cours
    [identified] cause identifiée
    [monitoring] correctif en place, sous surveillance
    [resolved] résolu
    [postmortem] rapport publié
}
maintenance-phase = { $phase ->
   *[scheduled] prévue
    [in_progress] en cours
    [verifying] en vérification
    [completed] terminée
}
role = { $role ->
   *[official] officiel
    [measured] mesuré
    [reported] signalé par des utilisateurs
    [official_measured] officiel et mesuré
    [official_reported] officiel et signalé par des utilisateurs
    [measured_reported] mesuré et signalé par des utilisateurs
    [all] officiel, mesuré et signalé par des utilisateurs
    [hint] indice
}
recovered = terminé
refused = non effectué

## Times

month = { $month ->
   *[jan] janv.
    [feb] févr.
    [mar] mars
    [apr] avr.
    [may] mai
    [jun] juin
    [jul] juil.
    [aug] août
    [sep] sept.
    [oct] oct.
    [nov] nov.
    [dec] déc.
}
zone = { $zone }
date = { $day } { $month } à { $time } { $zone }
date-with-year = { $day } { $month } { $year } à { $time } { $zone }
just-now = à l’instant
minutes-ago = { $count ->
    [one] il y a { $count } minute
   *[other] il y a { $count } minutes
}
hours-ago = { $count ->
    [one] il y a { $count } heure
   *[other] il y a { $count } heures
}
days-ago = { $count ->
    [one] il y a { $count } jour
   *[other] il y a { $count } jours
}
in-a-moment = dans un instant
in-minutes = { $count ->
    [one] dans { $count } minute
   *[other] dans { $count } minutes
}
in-hours = { $count ->
    [one] dans { $count } heure
   *[other] dans { $count } heures
}
in-days = { $count ->
    [one] dans { $count } jour
   *[other] dans { $count } jours
}
days = { $count ->
    [one] { $count } jour
   *[other] { $count } jours
}
hours = { $count ->
    [one] { $count } heure
   *[other] { $count } heures
}
minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
seconds = { $count ->
    [one] { $count } seconde
   *[other] { $count } secondes
}
two-units = { $large } { $small }

## Lists

list-separator = { ", " }
label-separator = { " : " }
with-condition = { $name } ({ $condition })
list-and = { $first } et { $last }
list-or = { $first } ou { $last }
list-more = { $list } et { $count } de plus

## Telegram: channels and rights

channel-noted = Ceci concerne le canal { $channel }.
channel-welcome = Foghorn peut maintenant publier dans { $channel }. Tapez ici, par exemple, { $command }, et le canal en sera informé.
channel-unknown = Le canal { $typed } n’existe pas, ou Foghorn n’y est pas. Veuillez y nommer Foghorn administrateur avec le droit de publier des messages.
channel-is-group = { $channel } est un groupe, pas un canal. Veuillez taper la commande là-bas.
channel-silent = Foghorn n’a pas le droit de publier dans { $channel }. Veuillez l’y nommer administrateur avec le droit de publier des messages.
channel-stranger = Pour { $channel }, seuls ses administrateurs peuvent le faire.
alerts-rested = Les alertes étaient suspendues ici du { $since } au { $until }, car Foghorn ne pouvait pas écrire. Elles reprennent ; ce qui est encore perturbé est signalé maintenant.
alerts-rest = Les alertes sont suspendues ici depuis le { $since }, car Foghorn n’a pas le droit d’écrire. Elles reprendront dès qu’il l’aura ; { $command } montre ce qui manque.
done-before = Votre demande a été exécutée. Voici la situation actuelle :
pressed-too-late = Ce message est trop ancien pour que ses boutons fonctionnent. Veuillez taper { $command } là où vous voulez la réponse.
answer-there = La réponse est déjà sous ce message ; elle vient d’être mise à jour.
timeline-there = La chronologie est déjà sous cette alerte ; elle vient d’être mise à jour.
rights-unchecked = Telegram n’indique pas pour le moment qui gère cette conversation. Veuillez réessayer dans un instant.

## Incidents

alert-title = { $service } : { $condition ->
    [degraded] service dégradé
    [partial_outage] panne partielle
    [major_outage] panne majeure
    [maintenance] maintenance
   *[other] incident
}
resolved-title = { $service } : { $role ->
    [measured] de nouveau joignable
    [reported] plus aucun signalement
   *[official] résolu
}
lost-title = { $service } : fin inconnue
update-title = { $service }, { $kind ->
    [worse] aggravation
   *[news] mise à jour
} : { $condition ->
    [degraded] service dégradé
    [partial_outage] panne partielle
    [major_outage] panne majeure
    [resolved] résolu
   *[other] incident
}
return-title = { $service } : finalement pas terminé ({ $condition ->
    [degraded] service dégradé
    [partial_outage] panne partielle
    [major_outage] panne majeure
   *[other] incident
})
maintenance-title = { $service } : { $state ->
   *[announced] maintenance prévue
    [moved] maintenance reportée
    [running] maintenance en cours
    [verifying] maintenance effectuée, en vérification
    [over] maintenance terminée
    [called_off] maintenance annulée
}
measured-title = { $condition ->
    [degraded] Réponses lentes ou erronées
   *[other] Injoignable
}, { $voices ->
   *[measured] mesuré par Foghorn
    [measured_reported] mesuré par Foghorn et signalé par des utilisateurs
}
official-title = { $voices ->
   *[official] Selon la page d’état
    [official_measured] Selon la page d’état et les mesures de Foghorn
    [official_reported] Selon la page d’état et des utilisateurs
    [all] Selon la page d’état, des utilisateurs et les mesures de Foghorn
} : { $condition }
people-title = Selon des utilisateurs : { $condition }
watch-left = Foghorn ne surveille plus ce service depuis le { $at } : il a été retiré du catalogue. La suite n’est pas connue ici.
watch-back = { $at } : Foghorn surveille de nouveau ce service.
flapping = Le problème disparaît et revient sans cesse. Foghorn redonnera des nouvelles une fois la situation stabilisée.
page-gone = Plus personne n’en donne de nouvelles depuis le { $at } : la page a été remplacée par une autre ou n’est plus consultée. On ignore ici si c’est terminé.
was-down = { $condition ->
    [partial_outage] Panne partielle du { $start } au { $end } ({ $length }).
    [major_outage] Panne du { $start } au { $end } ({ $length }).
   *[degraded] Service dégradé du { $start } au { $end } ({ $length }).
}
period = du { $start } au { $end } ({ $length })
planned-period = du { $start } au { $end }
at = { $at }
since-for = { $at } ({ $length })
phase-and-peak = { $phase } ; au plus fort : { $peak }
last-update = { $at }, { $role } : { $phase }
last-note = { $at }, { $role }
alert-footer = { $role ->
   *[official] Officiel : le fournisseur le dit lui-même
    [measured] Mesuré par Foghorn ; aucune annonce officielle
    [reported] Signalé par des utilisateurs ; non confirmé
    [official_measured] Officiel, et mesuré par Foghorn
    [official_reported] Officiel, et signalé par des utilisateurs
    [measured_reported] Mesuré par Foghorn et signalé par des utilisateurs ; aucune annonce officielle
    [all] Officiel, mesuré par Foghorn et signalé par des utilisateurs
    [hint] Un indice, pas une annonce officielle
} · { $command }

storm-title = { $occasion ->
   *[at_once] { $count ->
        [one] Une panne de plus
       *[other] { $count } pannes de plus
    }
    [mute_ended] { $count ->
        [one] Une panne continue
       *[other] { $count } pannes continuent
    }
}
storm-over-title = { $count ->
    [one] La panne est terminée
    [2] Les deux pannes sont terminées
   *[other] Les { $count } pannes sont toutes terminées
}
storm-lost-title = Plus aucune panne connue en cours
storm-intro = { $occasion ->
   *[at_once] Beaucoup de pannes ont commencé en même temps ; les voici réunies.
    [mute_ended] Une mise en sourdine a pris fin ici. Elle a tu ces pannes, qui durent encore.
}
storm-ended = { $count ->
    [one] Une autre est terminée.
   *[other] { $count } autres sont terminées.
}
storm-line = { $service } : { $what }, depuis le { $since }
storm-line-over = { $service } : { $what }, terminé après { $length }
storm-line-lost = { $service } : { $what }, depuis le { $since }, fin inconnue
storm-lost = { $count ->
    [one] Plus personne ne donne de nouvelles de l’une d’elles. On ignore ici si elle est terminée.
   *[other] Plus personne ne donne de nouvelles de { $count } d’entre elles. On ignore ici si elles sont terminées.
}
storm-more = { $count ->
    [one] et une de plus
   *[other] et { $count } de plus
}
storm-footer = Ce qui est perturbé en ce moment : { $command }

digest-well = Tout va bien, et rien ne s’est passé depuis { $since }.
digest-title = { $count ->
    [0] Tout va bien maintenant
    [one] Une panne continue
   *[other] { $count } pannes continuent
}
digest-over = { $count ->
    [one] Une a pris fin depuis { $since } :
   *[other] { $count } ont pris fin depuis { $since } :
}
digest-nothing = Aucune n’a pris fin depuis { $since }.
digest-running = Maintenance en cours :
digest-ahead = Maintenance prévue dans les 7 jours :
digest-work = { $service } : { $title }, { $start } – { $end }
digest-work-from = { $service } : { $title }, { $start }
digest-work-until = { $service } : { $title }, jusqu’à { $end }
digest-work-running = { $service } : { $title }
digest-footer = Voici le bilan de cette conversation. { $command } indique quand il arrive.

## Labels

label-state = État
label-since = Depuis
label-when = Quand
label-duration = Durée
label-affected = Éléments concernés
label-regions = Régions
label-planned = Prévu
label-format = Format
label-status-page = Page d’état
label-last-update = Dernière mise à jour
label-again = De nouveau depuis
label-ended = Fin
label-noticed = Remarqué par Foghorn
label-timeline = Toute l’histoire
label-not-well = Éléments perturbés

## Planned work

lasted = { $length }
planned-from = à partir du { $at }
planned-until = jusqu’au { $at }
called-off = annulée
work-until = Maintenance en cours jusqu’au { $end } : { $title }
work-running = Maintenance en cours : { $title }
work-ahead = Maintenance prévue du { $start } au { $end } : { $title }
work-from = Maintenance prévue à partir du { $start } : { $title }
work-planned = Maintenance prévue : { $title }
maintenance-line = { $service } : { $work } · { $command }
maintenances = { $count ->
    [one] { $count } maintenance prévue ou en cours
   *[other] { $count } maintenances prévues ou en cours
}
no-maintenance = Aucune maintenance n’est prévue ni en cours.
no-maintenance-at = Aucune maintenance n’est prévue ni en cours pour { $service }.

## What was not done

not-a-command = Les commandes commencent par une barre oblique. { $command } montre ce que vous pouvez taper.
unknown-command = La commande { $typed } n’existe pas. { $command } montre ce que vous pouvez taper.
did-you-mean = Vouliez-vous dire { $near } ?
unknown-service = « { $typed } » n’est pas dans le catalogue. { $command } montre ce qui est surveillé.
is-category = { $category } est une catégorie. { $command } affiche ses services ; veuillez en choisir un.
unknown-incident = L’incident { $typed } n’existe pas. Avec un service, comme dans { $command }, vous voyez ses derniers incidents.
no-address = « { $typed } » n’est pas l’adresse d’une page web. Une telle adresse commence par https ou http.
secret-in-address = L’adresse contient un nom d’utilisateur ou un mot de passe. Veuillez les retirer ; tout le monde peut les lire ici.
watching-off = La personne qui gère ce bot a désactivé la surveillance de pages de votre choix. { $command } montre ce qui est surveillé.
watches-enough = { $count ->
    [one] Cette conversation peut surveiller { $count } page à elle, et c’est déjà le cas. { $command } libère de la place.
   *[other] Cette conversation peut surveiller { $count } pages à elle, et c’est déjà le cas. { $command } libère de la place.
}
watched-already = Cette conversation surveille déjà { $page }. { $status } montre son état, { $command } y met fin.
name-taken = { $service } porte déjà ce nom. Veuillez en choisir un autre.
not-watched = Cette conversation ne surveille aucune page « { $typed } ».
ends-otherwise = Ce service fait partie du catalogue : { $command } met fin à l’abonnement.
watched-here = Elle surveille { $list }.
page-not-public = { $host } n’est pas sur l’internet public. Seules les pages accessibles à tous peuvent être surveillées.
page-port = Le port de { $host } n’est pas un port du web : seuls 80, 443 et ceux à partir de 1024 sont interrogés.
page-unreachable = { $host } : { $why ->
    [unknown] aucun serveur ne porte ce nom. Veuillez vérifier l’adresse.
    [refused] personne ne répond là. Veuillez vérifier l’adresse.
    [tls] la connexion sécurisée a échoué, impossible donc de savoir à qui est cette page.
    [redirects] l’adresse ne fait que renvoyer vers d’autres, et aucune ne mène à une page.
    [large] le contenu est trop volumineux pour une page d’état.
    [status] la réponse est HTTP { $status } au lieu d’une page. Veuillez vérifier l’adresse.
   *[connection] la connexion a échoué. Veuillez réessayer plus tard.
}
page-slow = { $host } met trop de temps à répondre. Veuillez réessayer plus tard.
page-nothing = Je ne trouve chez { $host } aucune page d’état que je sache lire. Veuillez me donner l’adresse de la page d’état, ou de son flux.
page-tried = J’ai aussi essayé { $list }.
page-busy = Je consulte encore d’autres adresses. Veuillez réessayer dans un instant.
page-too-often = Trop d’adresses ont été consultées récemment. Veuillez réessayer dans { $wait }.
pages-full = Ce bot surveille déjà autant de pages qu’il le peut. Veuillez vous adresser à la personne qui le gère.
not-subscribed = Cette conversation n’a pas d’abonnement à { $typed }. { $command } montre ceux qu’elle a.
covered-by-category = Les alertes arrivent toujours par la catégorie { $category }. { $command } y met fin.
bad-severity = « { $typed } » n’est pas un niveau de gravité. Veuillez utiliser { $known }.
bad-number = « { $typed } » n’est pas un nombre à partir de 1.
bad-duration = « { $typed } » n’est pas une durée comprise entre une minute et un an. Veuillez l’écrire comme { $known }.
until-example = until 9:00
bad-mention = { $platform ->
    [discord] « { $typed } » n’est pas un rôle de ce serveur. Veuillez choisir le rôle à mentionner.
   *[other] « { $typed } » n’est pas un nom que l’on peut mentionner. Veuillez l’écrire avec une arobase, comme @name.
}
unknown-components = { $topic } n’a pas de composant « { $typed } ».
known-components = Composants existants : { $list }.
too-many-components = { $count ->
    [one] Un abonnement peut indiquer au plus { $count } composant.
   *[other] Un abonnement peut indiquer au plus { $count } composants.
}
not-muted = { $typed } n’est pas en sourdine ici. { $command } montre ce qui l’est.
already-over = { $incident } est terminé, il n’y a donc rien à mettre en sourdine. { $command } raconte toute l’histoire.
unknown-setting = Le réglage « { $typed } » n’existe pas. Veuillez utiliser { $known }.
bad-choice = « { $typed } » ne fait pas partie des choix. Veuillez utiliser { $known }.
unknown-zone = Le fuseau horaire « { $typed } » n’existe pas. Veuillez l’écrire comme { $example }.
outdated = Ce bouton n’est plus à jour. { $command } permet de recommencer.
missing = Il manque quelque chose à { $command }. À indiquer : { $wanted }.
unknown-option = { $command } n’a pas d’option { $typed }.
too-much = { $command } ne sait que faire de « { $typed } ».
not-manager = Seules les personnes qui gèrent cette conversation peuvent utiliser { $command }. Veuillez vous adresser à l’une d’elles.
failed = Quelque chose s’est mal passé ici, vous n’y êtes pour rien. Veuillez réessayer ; le journal en garde la trace sous { $reference }.
not-here = { $command } n’existe pas ici.
usage = Cela s’écrit { $usage }, par exemple { $example }.

## One service in one line

line-incident = { $service } : { $condition }, { $role }, débuté { $since } : { $title }
line-derived = { $service } : { $condition }, { $role }, débuté { $since }
line-condition = { $service } : { $condition }, { $role }
line-never = { $service } : pas encore consulté
line-unreadable = { $service } : état inconnu, aucune source n’est lisible
line-stale = { $service } : illisible pour le moment ; dernier état connu : { $condition }, { $ago }
line-untold = { $service } : aucun problème annoncé

## Status of all

overview-not-well = { $count ->
    [one] { $count } service est perturbé
   *[other] { $count } services sont perturbés
}
overview-maintenance = { $count ->
    [one] { $count } service est en maintenance
   *[other] { $count } services sont en maintenance
}
overview-well = { $count ->
    [one] { $count } service fonctionne normalement
   *[other] { $count } services fonctionnent normalement
}
overview-quiet = Aucun problème connu
overview-unknown = Rien n’est connu pour le moment
overview-all-services = { $count ->
    [one] Cette conversation n’a aucun abonnement ; il s’agit donc ici du seul service existant. { $command } change cela.
   *[other] Cette conversation n’a aucun abonnement ; il s’agit donc ici de l’ensemble des { $count } services. { $command } change cela.
}
overview-more = { $count ->
    [one] Et { $count } de plus.
   *[other] Et { $count } de plus.
}
overview-rest = { $count ->
    [one] { $count } autre service fonctionne normalement.
   *[other] { $count } autres services fonctionnent normalement.
}
overview-unreadable = Illisible pour le moment : { $services }.
overview-own-network = Aucune source n’est lisible ; le problème vient donc sans doute de la connexion de Foghorn lui-même.
overview-never = Pas encore consulté : { $services }.
overview-untold = Aucun problème annoncé : { $services }.
overview-footer = { $command } en dit plus.

## Status of one

detail-title = { $service } : { $condition }
detail-never = { $service } : pas encore consulté
detail-unreadable = { $service } : état inconnu, aucune source n’est lisible
detail-untold = { $service } : aucun problème annoncé
detail-stale = Rien n’est lisible pour le moment. Voici ce que l’on savait { $ago }.
detail-said-by = { $role ->
   *[official] Officiel : la page d’état le dit, sans annoncer d’incident.
    [measured] Mesuré par Foghorn ; personne n’a annoncé d’incident.
    [reported] Signalé par des utilisateurs ; personne ne l’a confirmé.
    [official_measured] Officiel : la page d’état le dit, sans annoncer d’incident. Foghorn le mesure aussi.
    [official_reported] Officiel : la page d’état le dit, sans annoncer d’incident. Des utilisateurs le signalent aussi.
    [measured_reported] Mesuré par Foghorn et signalé par des utilisateurs ; personne n’a annoncé d’incident.
    [all] Officiel : la page d’état le dit, sans annoncer d’incident. Foghorn le mesure et des utilisateurs le signalent aussi.
}
detail-incident = { $title } ({ $role })
detail-more-incidents = { $count ->
    [one] { $count } autre incident est en cours : { $command }
   *[other] { $count } autres incidents sont en cours : { $command }
}
detail-subscribe = Pour savoir quand cela change : { $command }
likely-cause = Cause probable : { $service } est aussi perturbé ({ $condition }). { $command } en dit plus.
alternatives = En attendant, vous pouvez utiliser { $services }.
hint = Un indice, qui ne porte pas directement sur { $service } : { $host } indique « { $remark } ».
sources-heading = D’où cela vient :
source-well = { $host } ({ $role }) : { $condition }, consulté { $ago }
source-measured = { $host } ({ $role }) : { $condition }, réponse en { $latency } ms, { $ago }
source-never = { $host } ({ $role }) : pas encore consulté
source-unreadable = { $host } ({ $role }) : illisible jusqu’ici
source-moved = { $host } ({ $role }) : une autre page qu’avant y répond, à l’adresse { $to } ; elle n’est donc pas encore prise en compte
source-leads-to = L’adresse chez { $host } mène maintenant à { $to }.
source-stale = { $host } ({ $role }) : illisible pour le moment ; dernier état connu : { $condition }, { $ago }

## Subscriptions

subscribed = Cette conversation suit désormais : { $topic }.
subscription-changed = Abonnement modifié : { $topic }.
subscribed-before = Cette conversation a déjà exactement cet abonnement : { $topic }.
subscribed-footer = { $command } y met fin.
category-services = { $count ->
    [one] { $count } service : { $services }.
   *[other] { $count } services : { $services }.
}
category-quiet = Aucun problème n’y est connu pour le moment.
label-severity = Gravité
label-components = Composants uniquement
label-only-regions = Régions uniquement
label-maintenance = Maintenances
label-heard = Sources
label-mention = Mentionne
filter-severity = { $severity ->
    [degraded] dès un service dégradé
    [partial_outage] dès une panne partielle
   *[major_outage] pannes majeures uniquement
}
switch-word = { $state ->
    [off] non
   *[on] oui
}
filter-sources = { $sources ->
    [official] officielles uniquement
   *[all] officielles, mesures et signalements
}
filter-takes-in = { $count ->
    [one] Désormais signalé ici, dès son prochain changement : { $list }.
   *[other] Désormais signalés ici, dès leur prochain changement : { $list }.
}
filter-keeps = { $count ->
    [one] Ne correspond plus à ce qui est signalé ici, mais sera suivi jusqu’à sa fin s’il a déjà fait l’objet d’une alerte : { $list }.
   *[other] Ne correspondent plus à ce qui est signalé ici, mais seront suivis jusqu’à leur fin s’ils ont déjà fait l’objet d’une alerte : { $list }.
}
filter-leaves-out = Non signalé ici, bien que toujours en cours : { $list }.
filter-mention = { $mention }, au début d’un incident
watching = Cette conversation surveille désormais { $page } et en reçoit les alertes.
page-of-service = { $page } est la page de ce service, déjà surveillé de toute façon : { $service }.
format-at = { $format }, lu à l’adresse { $document }
page-leads-to = L’adresse mène à un autre serveur, { $host }.
open-there = { $count ->
    [one] En cours là-bas : { $list }.
   *[other] En cours là-bas ({ $count }) : { $list }.
}
unwatched = Cette conversation ne surveille plus { $page }, et l’abonnement a pris fin.
nothing-watched = Cette conversation ne surveille aucune page à elle. { $command } en ajoute une.
unsubscribed = Abonnement terminé : { $topic }.
unsubscribed-all = { $count ->
    [one] Le seul abonnement de cette conversation est terminé.
   *[other] Les { $count } abonnements de cette conversation sont tous terminés.
}
nothing-to-unsubscribe = Cette conversation n’a aucun abonnement.
nothing-remains = Il ne reste aucun abonnement.
remains = { $count ->
    [one] Il reste { $count } abonnement : { $list }.
   *[other] Il reste { $count } abonnements : { $list }.
}
subscriptions = { $count ->
    [one] Cette conversation a { $count } abonnement
   *[other] Cette conversation a { $count } abonnements
}
category-name = catégorie { $category }
subscription-line = { $topic }
subscription-category = { $count ->
    [one] { $topic }, { $count } service
   *[other] { $topic }, { $count } services
}
subscription-unwatched = { $topic }, qui n’est plus surveillé
no-subscriptions = Cette conversation n’a aucun abonnement. { $example } en crée un ; { $command } montre ce qui existe.
components-gone = Actuellement absent chez { $topic }, donc impossible à signaler : { $list }.
strange-components = Actuellement inconnu chez { $topic } : { $list }.

## Mutes

everything = Tout
muted-incident = { $service } : { $title }
muted-until = { $muted } est en sourdine ici jusqu’au { $until }.
muted-open = { $muted } est en sourdine ici { $kind ->
    [incident] jusqu’à la fin de l’incident
   *[other] jusqu’à nouvel ordre
}.
muted-recovery = La fin de ce qui a déjà fait l’objet d’une alerte sera tout de même annoncée, sans son.
muted-footer = { $command } lève la sourdine.
unmuted = { $muted } n’est plus en sourdine.
still-muted = Cependant, tout est en sourdine ici. { $command } y met fin.
nothing-muted = Rien n’est en sourdine ici.
mutes-heading = En sourdine :
mute-line = { $muted }, jusqu’au { $until }
mute-line-open = { $muted }, { $kind ->
    [incident] jusqu’à la fin de l’incident
   *[other] jusqu’à nouvel ordre
}

## Settings

settings-title = Comment Foghorn s’exprime dans cette conversation
setting-name = { $setting ->
   *[language] Langue
    [timezone] Fuseau horaire
    [updates] Mises à jour
    [sound] Son
    [digest] Bilan
}
choice-name = { $choice ->
   *[edits] modifications seules
    [replies] réponses
    [thread] fil
    [news] l’essentiel
    [all] tout
    [off] aucun
    [daily] chaque jour à 9:00
    [weekdays] du lundi au vendredi à 9:00
    [mondays] le lundi à 9:00
}
choice-meaning = { $choice ->
   *[edits] l’alerte est tenue à jour, rien d’autre n’est envoyé
    [replies] les mises à jour importantes sont aussi envoyées en réponse à l’alerte
    [thread] les mises à jour importantes sont aussi envoyées dans le fil de l’alerte ; là où il n’y a pas de fils, en réponse
    [news] les débuts, les retours et les fins émettent un son
    [all] chaque message émet un son
    [off] aucun message n’émet de son
}
choice-line = { $choice } : { $meaning }
setting-question = { $setting ->
   *[language] Dans quelle langue Foghorn doit-il s’exprimer ici ?
    [timezone] Dans quel fuseau horaire les heures doivent-elles s’afficher ici ?
    [updates] Comment les nouvelles d’un incident en cours doivent-elles arriver ?
    [sound] Quels messages doivent émettre un son ?
    [digest] Quand cette conversation doit-elle savoir où en sont les choses, qu’il y ait du nouveau ou non ? Le bilan dit ce qui est perturbé, ce qui a pris fin depuis la dernière fois et les maintenances prévues.
}
setting-now = Actuellement : { $value }
setting-other = Autre choix : { $command }
setting-changed = { $setting ->
   *[language] Nouvelle langue
    [timezone] Nouveau fuseau horaire
    [updates] Nouveau mode de mise à jour
    [sound] Nouveau réglage du son
    [digest] Nouvel horaire du bilan
} : { $value }.
setting-same = { $setting ->
   *[language] La langue était déjà celle-ci
    [timezone] Le fuseau horaire était déjà celui-ci
    [updates] Le mode de mise à jour était déjà celui-ci
    [sound] Le réglage du son était déjà celui-ci
    [digest] L’horaire du bilan était déjà celui-ci
} : { $value }.
digest-next = { $when }, prochain { $next }
digest-next-time = Le prochain arrive { $next }.
bad-schedule = « { $typed } » n’indique pas un moment qui revient. Exemples : { $examples }. Une expression cron à cinq champs convient aussi, au plus une fois par heure.
settings-footer = { $command } modifie l’un d’eux.

## A sample

sample-follows = Voici une panne d’essai et sa fin, signalées comme test. Elles montrent si Foghorn peut écrire ici et à quoi cela ressemble. En réalité, rien n’est en panne.

## Welcome

welcome = Bonjour, ici Foghorn
welcome-first = Tapez { $command } pour commencer. { $help } montre tout le reste.

## Menus

ask-category = Que doit suivre cette conversation ?
ask-service = Quel service dans { $category } ?
ask-severity = { $topic } : que doit-on annoncer à cette conversation ?
ask-components = { $topic } : quels composants ? Chaque choix s’applique aussitôt ; si aucun n’est choisi, tous comptent.
ask-regions = { $topic } : quelles régions ? Chaque choix s’applique aussitôt ; si aucune n’est choisie, toutes comptent.
ask-unwatch = Quelle page ne doit plus être surveillée ?
ask-unsubscribe = À quel abonnement mettre fin ?
ask-mute = Que faut-il mettre en sourdine ici ?
ask-length = Pendant combien de temps mettre ceci en sourdine : { $muted } ?
ask-unmute = Quelle sourdine faut-il lever ?
choices-page = Page { $page } sur { $pages }

## Buttons

button-status-page = Page d’état
button-timeline = Chronologie
button-timeline-of = Chronologie { $incident }
button-mute = Mettre en sourdine
button-not-well = Ce qui est perturbé
button-unmute = Lever la sourdine
button-unmute-this = Réactiver { $muted }
button-subscribe = S’abonner
button-older = ‹ Plus ancien
button-newer = Plus récent ›
button-previous = ‹ Précédent
button-next = Suivant ›
button-back = Retour
button-chosen = ✓ { $label }
button-category = { $category } ({ $count })
button-all-of = Tout dans { $category }
button-any-severity = tout
button-components = Composants…
button-regions = Régions…
button-maintenance = Maintenances
button-official = Officiel uniquement
button-done = Terminé
button-choose = Choisir des services
button-help = Aide
button-until-over = jusqu’à la fin de l’incident

## The catalogue

services = { $count ->
    [one] { $count } service
   *[other] { $count } services
}
services-found = { $search } : { $count ->
    [one] { $count } service
   *[other] { $count } services
}
category-line = { $category } ({ $count }) : { $services }
own-pages = Surveillé pour cette conversation ({ $count }) : { $pages }
service-line = { $service } : { $condition } · { $command }
services-hint = { $command } affiche une catégorie ; une partie d’un nom convient aussi.
page-next = Page { $page } sur { $pages }. Suite : { $next }
page-last = Page { $page } sur { $pages }

## The story of an incident

story-title = { $service } : { $title }
story-footer = { $id } · { $role }
page-earlier = Page { $page } sur { $pages }. Plus ancien : { $earlier }
no-updates = { $role ->
    [measured] Mesuré par Foghorn ; personne n’a rien publié à ce sujet.
    [reported] Signalé par des utilisateurs ; personne ne l’a confirmé ni n’a rien publié à ce sujet.
    [measured_reported] Mesuré par Foghorn et signalé par des utilisateurs ; personne n’a rien publié à ce sujet.
   *[official] Rien n’a été publié à ce sujet en dehors de l’état lui-même.
}
no-incidents = Aucun incident n’est enregistré pour { $service }.
other-incidents = Autres :
other-incident = { $start } : { $title } · { $command }

## Help and about

help-title = Ce que vous pouvez taper
help-command = { $usage } : { $summary }
help-footer = { $example } explique une commande.
help-title-of = { $usage }
help-summary = { $summary }.
help-option = { $name } : { $summary }
help-optional-option = { $name } (facultatif) : { $summary }
help-example = Exemple : { $example }
help-managers = Seules les personnes qui gèrent la conversation peuvent l’utiliser.
about-title = Foghorn { $version }
about-purpose = Annonce quand un service tombe en panne, ce qu’on en sait et quand c’est terminé.
about-services = { $count ->
    [one] Surveille { $count } service.
   *[other] Surveille { $count } services.
}
about-sources = { $count ->
    [one] Consulte { $count } source.
   *[other] Consulte { $count } sources.
}
about-uptime = En marche depuis { $length }.
about-last-poll = Dernière consultation : { $ago }.
about-no-poll = Rien n’a encore été consulté.
about-well = Tout va bien.
about-unreadable = { $count ->
    [one] { $count } source est illisible pour le moment.
   *[other] { $count } sources sont illisibles pour le moment.
}
about-given-up = { $count ->
    [one] { $count } message n’a pas pu être remis.
   *[other] { $count } messages n’ont pas pu être remis.
}
about-unusable = { $count ->
    [one] { $count } de ses plateformes est inutilisable.
   *[other] { $count } de ses plateformes sont inutilisables.
}
own-unreadable = { $service } est illisible : { $source }
own-readable = De nouveau lisible ; c’était illisible pendant { $length }.
own-moved = Une autre page répond à la place de celle de ce service, { $service } : { $source }
own-moved-end = Une page y est de nouveau jugée fiable ; pendant { $length }, rien n’en a été déduit.
own-watched-no-more = La surveillance a pris fin.
own-given-up = Des messages n’ont pas pu être remis
own-given-up-count = { $count ->
    [one] { $count } message a été abandonné.
   *[other] { $count } messages ont été abandonnés.
} { $command } en donne le détail et la raison.
own-given-up-end = Il n’en reste aucun : ils ont été renvoyés ou supprimés.
own-store = Impossible d’enregistrer les nouveautés
own-store-end = L’enregistrement fonctionne de nouveau, après { $length }.
own-damaged = Le stockage était endommagé
own-damaged-whole = Tout a été restauré depuis sa copie. Les fichiers endommagés sont dans { $place } ; quand plus personne n’en a besoin, ils peuvent être supprimés.
own-damaged-part = Tout n’a pas pu être restauré. De la copie : { $copied }. Des fichiers endommagés : { $saved }. Ils sont dans { $place } ; quand plus personne n’en a besoin, ils peuvent être supprimés.
own-damaged-end = Les fichiers endommagés ont été supprimés.
own-platform = { $platform ->
    [discord] Discord est inutilisable
    [telegram] Telegram est inutilisable
   *[other] La console est inutilisable
}
own-platform-end = De nouveau utilisable.
sample-service = Essai de Foghorn
sample-title = Ceci est un test. Rien n’est en panne.
sample-words = Une vraie alerte ressemble à ceci. Elle est tenue à jour tant que dure la panne, et sa fin est annoncée par un nouveau message.
sample-news = Toujours un test : les nouvelles d’une panne modifient l’alerte.
sample-failed = L’essai n’a pas pu être envoyé dans cette conversation, et une alerte ne le pourrait pas non plus : { $reason }. Une fois cela réparé, refaites le test.
about-help = { $command } montre ce que vous pouvez taper.

## Discord

presence-well = { $count ->
    [one] { $count } service, tout va bien
   *[other] { $count } services, tout va bien
}
presence-not-well = { $count ->
    [one] { $bad } service sur { $count } perturbé
   *[other] Services perturbés : { $bad } sur { $count }
}
discord-right = { $right ->
   *[view] Voir le salon
    [send] Envoyer des messages
    [posts] Créer des posts
    [threads] Envoyer des messages dans les fils
    [create-threads] Créer des fils publics
    [embed] Intégrer des liens
    [history] Voir les anciens messages
}
discord-missing-rights = Foghorn n’a pas encore le droit de publier ici. Il lui manque : { $rights }. Une personne qui gère le serveur peut l’accorder dans les paramètres du salon, sous « Permissions » ; veuillez ensuite réessayer.
discord-not-here = Foghorn n’est pas membre ici et ne peut donc pas publier de lui-même. Vous pouvez l’interroger, par exemple avec { $command } ; les alertes arrivent sur les serveurs où il a été ajouté, et dans vos messages privés avec lui.
discord-not-everybody = Foghorn ne mentionne pas tout le monde. Veuillez choisir un rôle pour celles et ceux qui souhaitent être mentionnés.
discord-no-answer = Foghorn n’a pas pu répondre à temps. Veuillez réessayer.
discord-busy = Trop de demandes arrivent en ce moment. Veuillez réessayer dans un instant.
