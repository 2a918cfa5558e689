# Spanish. Short, true and kind: what happened, to what, since when, where to look.

## Words

condition = { $condition ->
    [operational] operativo
    [degraded] degradado
    [partial_outage] interrupción parcial
    [major_outage] interrupción grave
    [maintenance] mantenimiento
   *[unknown] desconocido
}
phase = { $phase ->
   *[investigating] en investigación
    [identified] causa encontrada
    [monitoring] solución aplicada, en observación
    [resolved] resuelto
    [postmortem] informe publicado
}
maintenance-phase = { $phase ->
   *[scheduled] previsto
    [in_progress] en curso
    [verifying] en comprobación
    [completed] terminado
}
role = { $role ->
   *[official] oficial
    [measured] medido
    [reported] señalado por usuarios
    [official_measured] oficial y medido
    [official_reported] oficial y señalado por usuarios
    [measured_reported] medido y señalado por usuarios
    [all] oficial, medido y señalado por usuarios
    [hint] indicio
}
recovered = terminado
refused = no se hizo

## Times

month = { $month ->
   *[jan] ene
    [feb] feb
    [mar] mar
    [apr] abr
    [may] may
    [jun] jun
    [jul] jul
    [aug] ago
    [sep] sept
    [oct] oct
    [nov] nov
    [dec] dic
}
zone = { $zone }
date = { $day } { $month }, { $time } { $zone }
date-with-year = { $day } { $month } { $year }, { $time } { $zone }
just-now = ahora mismo
minutes-ago = { $count ->
    [one] hace { $count } minuto
   *[other] hace { $count } minutos
}
hours-ago = { $count ->
    [one] hace { $count } hora
   *[other] hace { $count } horas
}
days-ago = { $count ->
    [one] hace { $count } día
   *[other] hace { $count } días
}
in-a-moment = en un momento
in-minutes = { $count ->
    [one] en { $count } minuto
   *[other] en { $count } minutos
}
in-hours = { $count ->
    [one] en { $count } hora
   *[other] en { $count } horas
}
in-days = { $count ->
    [one] en { $count } día
   *[other] en { $count } días
}
days = { $count ->
    [one] { $count } día
   *[other] { $count } días
}
hours = { $count ->
    [one] { $count } hora
   *[other] { $count } horas
}
minutes = { $count ->
    [one] { $count } minuto
   *[other] { $count } minutos
}
seconds = { $count ->
    [one] { $count } segundo
   *[other] { $count } segundos
}
two-units = { $large } { $small }

## Lists

list-separator = { ", " }
label-separator = { ": " }
with-condition = { $name } ({ $condition })
list-and = { $first } y { $last }
list-or = { $first } o { $last }
list-more = { $list } y { $count } más

## Telegram: channels and rights

channel-noted = Esto va sobre el canal { $channel }.
channel-welcome = Foghorn ya puede publicar en { $channel }. Escribe aquí, por ejemplo, { $command } y el canal recibirá los avisos.
channel-unknown = No hay ningún canal { $typed }, o Foghorn no está en él. Hazlo administrador allí con permiso para publicar mensajes.
channel-is-group = { $channel } es un grupo, no un canal. Escribe esto allí.
channel-silent = Foghorn no puede publicar en { $channel }. Hazlo administrador allí con permiso para publicar mensajes.
channel-stranger = Solo los administradores de { $channel } pueden hacer esto para el canal.
alerts-rested = Los avisos se detuvieron aquí desde { $since } hasta { $until }, porque Foghorn no podía escribir. Ahora siguen; lo que todavía va mal se cuenta ahora.
alerts-rest = Los avisos están detenidos aquí desde { $since }, porque Foghorn no puede escribir. Seguirán en cuanto pueda; { $command } muestra qué falta.
done-before = Lo que pediste está hecho. Así están las cosas ahora:
pressed-too-late = Este mensaje es demasiado antiguo para sus botones. Escribe { $command } donde quieras la respuesta.
answer-there = La respuesta ya está debajo de este mensaje; ahora está al día.
timeline-there = La cronología ya está debajo de este aviso; ahora está al día.
rights-unchecked = Telegram no dice ahora mismo quién administra este chat. Inténtalo de nuevo en un momento.

## Incidents

alert-title = { $service }: { $condition ->
    [degraded] degradado
    [partial_outage] interrupción parcial
    [major_outage] interrupción grave
    [maintenance] mantenimiento
   *[other] incidente
}
resolved-title = { $service }: { $role ->
    [measured] accesible de nuevo
    [reported] ya nadie lo señala
   *[official] resuelto
}
lost-title = { $service }: final desconocido
update-title = { $service }, { $kind ->
    [worse] ha empeorado
   *[news] novedad
}: { $condition ->
    [degraded] degradado
    [partial_outage] interrupción parcial
    [major_outage] interrupción grave
    [resolved] resuelto
   *[other] incidente
}
return-title = { $service }: al final no había terminado ({ $condition ->
    [degraded] degradado
    [partial_outage] interrupción parcial
    [major_outage] interrupción grave
   *[other] incidente
})
maintenance-title = { $service }: { $state ->
   *[announced] mantenimiento previsto
    [moved] mantenimiento aplazado
    [running] mantenimiento en curso
    [verifying] mantenimiento hecho, en comprobación
    [over] mantenimiento terminado
    [called_off] mantenimiento cancelado
}
measured-title = { $condition ->
    [degraded] Respuestas lentas o con errores
   *[other] No accesible
}, { $voices ->
   *[measured] medido por Foghorn
    [measured_reported] medido por Foghorn y señalado por usuarios
}
official-title = { $voices ->
   *[official] La página de estado informa
    [official_measured] La página de estado informa y Foghorn mide
    [official_reported] La página de estado y los usuarios informan
    [all] La página de estado y los usuarios informan y Foghorn mide
}: { $condition }
people-title = Los usuarios señalan: { $condition }
watch-left = Foghorn no vigila este servicio desde { $at }: se retiró del catálogo. Aquí no se sabe cómo sigue esto.
watch-back = { $at }: Foghorn vigila de nuevo este servicio.
flapping = El problema se va y vuelve una y otra vez. Foghorn avisará de nuevo cuando se haya calmado.
page-gone = Nadie cuenta nada de esto desde { $at }: su página ahora es otra o ya no se lee. Aquí no se sabe si ha terminado.
was-down = { $condition ->
    [partial_outage] Estuvo caído en parte desde { $start } hasta { $end } ({ $length }).
    [major_outage] Estuvo caído desde { $start } hasta { $end } ({ $length }).
   *[degraded] Estuvo degradado desde { $start } hasta { $end } ({ $length }).
}
period = { $start } – { $end } ({ $length })
planned-period = { $start } – { $end }
at = { $at }
since-for = { $at } ({ $length })
phase-and-peak = { $phase }; en su peor momento: { $peak }
last-update = { $at }, { $role }: { $phase }
last-note = { $at }, { $role }
alert-footer = { $role ->
   *[official] Oficial: lo dice el proveedor
    [measured] Medido por Foghorn; sin palabra oficial
    [reported] Señalado por usuarios; sin confirmar
    [official_measured] Oficial y medido por Foghorn
    [official_reported] Oficial y señalado por usuarios
    [measured_reported] Medido por Foghorn y señalado por usuarios; sin palabra oficial
    [all] Oficial, medido por Foghorn y señalado por usuarios
    [hint] Un indicio, no una palabra oficial
} · { $command }

storm-title = { $occasion ->
   *[at_once] { $count ->
        [one] { $count } interrupción más
       *[other] { $count } interrupciones más
    }
    [mute_ended] { $count ->
        [one] { $count } interrupción sigue
       *[other] { $count } interrupciones siguen
    }
}
storm-over-title = { $count ->
    [one] La interrupción ha terminado
    [2] Las dos interrupciones han terminado
   *[other] Las { $count } interrupciones han terminado
}
storm-lost-title = No se sabe de ninguna interrupción que siga
storm-intro = { $occasion ->
   *[at_once] Muchas empezaron a la vez, así que aquí están juntas.
    [mute_ended] Un silencio ha terminado aquí. Calló estas, y todavía siguen.
}
storm-ended = { $count ->
    [one] Otra ha terminado.
   *[other] Otras { $count } han terminado.
}
storm-line = { $service }: { $what }, desde { $since }
storm-line-over = { $service }: { $what }, terminado tras { $length }
storm-line-lost = { $service }: { $what }, desde { $since }, final desconocido
storm-lost = { $count ->
    [one] De una ya nadie cuenta nada. Aquí no se sabe si ha terminado.
   *[other] De { $count } ya nadie cuenta nada. Aquí no se sabe si han terminado.
}
storm-more = { $count ->
    [one] y una más
   *[other] y { $count } más
}
storm-footer = Qué va mal ahora: { $command }

digest-well = Todo va bien, y no ha pasado nada desde { $since }.
digest-title = { $count ->
    [0] Ahora todo va bien
    [one] Sigue { $count } interrupción
   *[other] Siguen { $count } interrupciones
}
digest-over = { $count ->
    [one] Una ha terminado desde { $since }:
   *[other] { $count } han terminado desde { $since }:
}
digest-nothing = Ninguna ha terminado desde { $since }.
digest-running = Mantenimiento en curso:
digest-ahead = Mantenimiento en los próximos 7 días:
digest-work = { $service }: { $title }, { $start } – { $end }
digest-work-from = { $service }: { $title }, { $start }
digest-work-until = { $service }: { $title }, hasta { $end }
digest-work-running = { $service }: { $title }
digest-footer = Este es el resumen de este chat. { $command } dice cuándo llega.

## Labels

label-state = Estado
label-since = Desde
label-when = Cuándo
label-duration = Duración
label-affected = Afectado
label-regions = Regiones
label-planned = Previsto
label-format = Formato
label-status-page = Página de estado
label-last-update = Última novedad
label-again = De nuevo desde
label-ended = Terminó
label-noticed = Visto por Foghorn
label-timeline = Toda la historia
label-not-well = Va mal

## Planned work

lasted = { $length }
planned-from = desde { $at }
planned-until = hasta { $at }
called-off = cancelado
work-until = Mantenimiento en curso hasta { $end }: { $title }
work-running = Mantenimiento en curso: { $title }
work-ahead = Mantenimiento previsto desde { $start } hasta { $end }: { $title }
work-from = Mantenimiento previsto desde { $start }: { $title }
work-planned = Mantenimiento previsto: { $title }
maintenance-line = { $service }: { $work } · { $command }
maintenances = { $count ->
    [one] Hay { $count } mantenimiento previsto o en curso
   *[other] Hay { $count } mantenimientos previstos o en curso
}
no-maintenance = No hay mantenimientos previstos ni en curso.
no-maintenance-at = No hay mantenimientos de { $service } previstos ni en curso.

## What was not done

not-a-command = Los comandos empiezan con una barra. { $command } muestra qué puedes escribir.
unknown-command = No existe el comando { $typed }. { $command } muestra qué puedes escribir.
did-you-mean = ¿Querías decir { $near }?
unknown-service = «{ $typed }» no está en el catálogo. { $command } muestra qué se vigila.
is-category = { $category } es una categoría. { $command } muestra sus servicios; indica uno de ellos.
unknown-incident = No existe el incidente { $typed }. Con un servicio, como en { $command }, ves los últimos.
no-address = «{ $typed }» no es la dirección de una página web. Empieza por https o http.
secret-in-address = La dirección lleva un nombre de usuario o una contraseña. Quítalos; aquí todos pueden leerlos.
watching-off = Quien gestiona este bot ha desactivado la vigilancia de páginas propias. { $command } muestra qué se vigila.
watches-enough = { $count ->
    [one] Este chat puede vigilar { $count } página propia, y ya lo hace. { $command } deja sitio.
   *[other] Este chat puede vigilar { $count } páginas propias, y ya lo hace. { $command } deja sitio.
}
watched-already = Este chat ya vigila { $page }. { $status } muestra cómo está, { $command } lo termina.
name-taken = { $service } ya se llama así. Elige otro nombre.
not-watched = Este chat no vigila ninguna página «{ $typed }».
ends-otherwise = Esa forma parte del catálogo: { $command } termina su suscripción.
watched-here = Vigila { $list }.
page-not-public = { $host } no está en la internet pública. Solo se pueden vigilar páginas que cualquiera pueda abrir.
page-port = El puerto de { $host } no es uno de la web: solo se consultan 80, 443 y los que van desde 1024.
page-unreachable = { $host }: { $why ->
    [unknown] no existe ningún servidor con ese nombre. Revisa la dirección.
    [refused] allí no responde nadie. Revisa la dirección.
    [tls] la conexión segura falló, así que nadie puede decir de quién es esa página.
    [redirects] la dirección solo lleva a otras, y ninguna a una página.
    [large] lo que hay allí es demasiado grande para una página de estado.
    [status] la respuesta es HTTP { $status } en vez de una página. Revisa la dirección.
   *[connection] la conexión falló. Inténtalo de nuevo más tarde.
}
page-slow = { $host } tarda demasiado en responder. Inténtalo de nuevo más tarde.
page-nothing = En { $host } no hay ninguna página de estado que yo sepa leer. Dame la dirección de su página de estado o de su feed.
page-tried = También probé { $list }.
page-busy = Todavía estoy mirando otras direcciones. Inténtalo de nuevo en un momento.
page-too-often = Últimamente se han mirado demasiadas direcciones. Inténtalo de nuevo dentro de { $wait }.
pages-full = Este bot ya vigila tantas páginas como puede. Habla con quien lo gestiona.
not-subscribed = Este chat no tiene suscripción a { $typed }. { $command } muestra las que tiene.
covered-by-category = Sigue llegando por la categoría { $category }. { $command } la termina.
bad-severity = «{ $typed }» no es un grado de gravedad. Usa { $known }.
bad-number = «{ $typed }» no es un número a partir de 1.
bad-duration = «{ $typed }» no es una duración entre un minuto y un año. Escríbela como { $known }.
until-example = until 9:00
bad-mention = { $platform ->
    [discord] «{ $typed }» no es un rol de este servidor. Elige el rol al que hay que llamar.
   *[other] «{ $typed }» no es un nombre al que se pueda llamar. Escríbelo con arroba, como @name.
}
unknown-components = { $topic } no tiene ningún componente «{ $typed }».
known-components = Hay { $list }.
too-many-components = { $count ->
    [one] Una suscripción puede nombrar como mucho { $count } componente.
   *[other] Una suscripción puede nombrar como mucho { $count } componentes.
}
not-muted = { $typed } no está silenciado aquí. { $command } muestra qué lo está.
already-over = { $incident } ha terminado, así que no hay nada que silenciar. { $command } cuenta toda la historia.
unknown-setting = No existe el ajuste «{ $typed }». Usa { $known }.
bad-choice = «{ $typed }» no es una de las opciones. Usa { $known }.
unknown-zone = No existe la zona horaria «{ $typed }». Escríbela como { $example }.
outdated = Este botón ya no sirve. { $command } empieza de nuevo.
missing = A { $command } le falta algo. Hace falta: { $wanted }.
unknown-option = { $command } no tiene ninguna opción { $typed }.
too-much = { $command } no sabe qué hacer con «{ $typed }».
not-manager = Solo quienes administran este chat pueden usar { $command }. Pídeselo a alguien de ellos.
failed = Algo salió mal aquí, no por tu parte. Inténtalo de nuevo; en el registro consta como { $reference }.
not-here = { $command } no existe aquí.
usage = Se escribe { $usage }, por ejemplo { $example }.

## One service in one line

line-incident = { $service }: { $condition }, { $role }, empezó { $since }: { $title }
line-derived = { $service }: { $condition }, { $role }, empezó { $since }
line-condition = { $service }: { $condition }, { $role }
line-never = { $service }: aún no leído
line-unreadable = { $service }: desconocido, no se puede leer ninguna fuente
line-stale = { $service }: no se puede leer ahora; { $condition } en la última lectura, { $ago }
line-untold = { $service }: sin problemas publicados

## Status of all

overview-not-well = { $count ->
    [one] { $count } servicio va mal
   *[other] { $count } servicios van mal
}
overview-maintenance = { $count ->
    [one] { $count } servicio está en mantenimiento
   *[other] { $count } servicios están en mantenimiento
}
overview-well = { $count ->
    [one] { $count } servicio va bien
   *[other] { $count } servicios van bien
}
overview-quiet = No se conoce ningún problema
overview-unknown = Ahora mismo no se sabe nada
overview-all-services = { $count ->
    [one] Este chat no tiene suscripciones, así que esto trata del único servicio que hay ({ $count }). { $command } lo cambia.
   *[other] Este chat no tiene suscripciones, así que esto trata de los { $count } servicios. { $command } lo cambia.
}
overview-more = { $count ->
    [one] Y { $count } más.
   *[other] Y { $count } más.
}
overview-rest = { $count ->
    [one] { $count } servicio más va bien.
   *[other] { $count } servicios más van bien.
}
overview-unreadable = No se puede leer ahora: { $services }.
overview-own-network = No se puede leer ninguna fuente, así que probablemente falle la conexión de Foghorn.
overview-never = Aún no leído: { $services }.
overview-untold = Sin problemas publicados: { $services }.
overview-footer = { $command } cuenta más.

## Status of one

detail-title = { $service }: { $condition }
detail-never = { $service }: aún no leído
detail-unreadable = { $service }: desconocido, no se puede leer ninguna fuente
detail-untold = { $service }: sin problemas publicados
detail-stale = Ahora mismo no se puede leer nada. Esto es lo que se sabía { $ago }.
detail-said-by = { $role ->
   *[official] Oficial: lo dice la página de estado, sin un incidente propio.
    [measured] Medido por Foghorn; nadie ha publicado un incidente.
    [reported] Señalado por usuarios; nadie lo ha confirmado.
    [official_measured] Oficial: lo dice la página de estado, sin un incidente propio. Foghorn también lo mide.
    [official_reported] Oficial: lo dice la página de estado, sin un incidente propio. Los usuarios también lo señalan.
    [measured_reported] Medido por Foghorn y señalado por usuarios; nadie ha publicado un incidente.
    [all] Oficial: lo dice la página de estado, sin un incidente propio. Foghorn también lo mide y los usuarios lo señalan.
}
detail-incident = { $title } ({ $role })
detail-more-incidents = { $count ->
    [one] Hay { $count } incidente más abierto: { $command }
   *[other] Hay { $count } incidentes más abiertos: { $command }
}
detail-subscribe = Para saber cuándo cambia: { $command }
likely-cause = Causa probable: { $service } también tiene problemas ({ $condition }). { $command } cuenta más.
alternatives = Mientras tanto puedes usar { $services }.
hint = Un indicio, no sobre { $service } mismo: { $host } dice «{ $remark }».
sources-heading = De dónde viene esto:
source-well = { $host } ({ $role }): { $condition }, leído { $ago }
source-measured = { $host } ({ $role }): { $condition }, respondió en { $latency } ms, { $ago }
source-never = { $host } ({ $role }): aún no leído
source-unreadable = { $host } ({ $role }): no se ha podido leer hasta ahora
source-moved = { $host } ({ $role }): allí responde otra página que antes, en { $to }, así que aún no se le cree
source-leads-to = La dirección en { $host } lleva ahora a { $to }.
source-stale = { $host } ({ $role }): no se puede leer ahora; { $condition } en la última lectura, { $ago }

## Subscriptions

subscribed = Este chat recibe ahora avisos de { $topic }.
subscription-changed = La suscripción a { $topic } ha cambiado.
subscribed-before = Este chat ya tiene justo esta suscripción a { $topic }.
subscribed-footer = { $command } la termina.
category-services = { $count ->
    [one] { $count } servicio: { $services }.
   *[other] { $count } servicios: { $services }.
}
category-quiet = Ahora no se conoce ningún problema allí.
label-severity = Gravedad
label-components = Solo componentes
label-only-regions = Solo regiones
label-maintenance = Mantenimiento
label-heard = Contado por
label-mention = Llama a
filter-severity = { $severity ->
    [degraded] degradado y peor
    [partial_outage] interrupción parcial y peor
   *[major_outage] solo interrupción grave
}
switch-word = { $state ->
    [off] no
   *[on] sí
}
filter-sources = { $sources ->
    [official] solo fuentes oficiales
   *[all] oficial, medido y señalado
}
filter-takes-in = { $count ->
    [one] Ahora se cuenta aquí, desde su próximo cambio: { $list }.
   *[other] Ahora se cuentan aquí, desde su próximo cambio: { $list }.
}
filter-keeps = { $count ->
    [one] Ya no es del tipo que se cuenta aquí, pero si se avisó antes se cuenta hasta el final: { $list }.
   *[other] Ya no son del tipo que se cuenta aquí, pero si se avisó antes se cuentan hasta el final: { $list }.
}
filter-leaves-out = Se deja fuera aquí, aunque sigue: { $list }.
filter-mention = { $mention }, cuando se abre un incidente
watching = Este chat vigila ahora { $page } y recibe sus avisos.
page-of-service = { $page } es la página de { $service }, que se vigila de todos modos.
format-at = { $format }, leído en { $document }
page-leads-to = La dirección lleva a otro servidor, { $host }.
open-there = { $count ->
    [one] Sigue abierto allí: { $list }.
   *[other] Siguen abiertos allí ({ $count }): { $list }.
}
unwatched = Este chat ya no vigila { $page }, y su suscripción ha terminado.
nothing-watched = Este chat no vigila ninguna página propia. { $command } añade una.
unsubscribed = La suscripción a { $topic } ha terminado.
unsubscribed-all = { $count ->
    [one] La única suscripción de este chat ha terminado ({ $count }).
   *[other] Las { $count } suscripciones de este chat han terminado.
}
nothing-to-unsubscribe = Este chat no tiene suscripciones.
nothing-remains = No queda ninguna suscripción.
remains = { $count ->
    [one] Queda { $count } suscripción: { $list }.
   *[other] Quedan { $count } suscripciones: { $list }.
}
subscriptions = { $count ->
    [one] Este chat tiene { $count } suscripción
   *[other] Este chat tiene { $count } suscripciones
}
category-name = categoría { $category }
subscription-line = { $topic }
subscription-category = { $count ->
    [one] { $topic }, { $count } servicio
   *[other] { $topic }, { $count } servicios
}
subscription-unwatched = { $topic }, que ya no se vigila
no-subscriptions = Este chat no tiene suscripciones. { $example } crea una; { $command } muestra qué hay.
components-gone = { $topic } no muestra esto ahora, así que no se puede avisar de ello: { $list }.
strange-components = Ahora desconocido en { $topic }: { $list }.

## Mutes

everything = Todo
muted-incident = { $service }: { $title }
muted-until = { $muted }: silenciado aquí hasta { $until }.
muted-open = { $muted }: silenciado aquí { $kind ->
    [incident] hasta que termine
   *[other] hasta nuevo aviso
}.
muted-recovery = De lo que se avisó antes se cuenta igualmente el final, sin sonido.
muted-footer = { $command } termina el silencio.
unmuted = { $muted }: ya no está silenciado.
still-muted = Sin embargo, aquí todo está silenciado. { $command } lo termina.
nothing-muted = Aquí no hay nada silenciado.
mutes-heading = Silenciado:
mute-line = { $muted }, hasta { $until }
mute-line-open = { $muted }, { $kind ->
    [incident] hasta que termine
   *[other] hasta nuevo aviso
}

## Settings

settings-title = Cómo habla Foghorn en este chat
setting-name = { $setting ->
   *[language] Idioma
    [timezone] Zona horaria
    [updates] Novedades
    [sound] Sonido
    [digest] Resumen
}
choice-name = { $choice ->
   *[edits] solo ediciones
    [replies] respuestas
    [thread] hilo
    [news] lo importante
    [all] todo
    [off] no
    [daily] cada día a las 9:00
    [weekdays] de lunes a viernes a las 9:00
    [mondays] los lunes a las 9:00
}
choice-meaning = { $choice ->
   *[edits] el aviso se mantiene al día, no se envía nada más
    [replies] las novedades importantes se envían además, en respuesta al aviso
    [thread] las novedades importantes se envían además en el hilo del aviso; donde no hay hilos, como respuestas
    [news] comienzos, regresos y finales suenan
    [all] cada mensaje suena
    [off] ningún mensaje suena
}
choice-line = { $choice }: { $meaning }
setting-question = { $setting ->
   *[language] ¿En qué idioma debe hablar Foghorn aquí?
    [timezone] ¿En qué zona horaria se escriben aquí las horas?
    [updates] ¿Cómo deben llegar las novedades de un incidente abierto?
    [sound] ¿Qué mensajes deben sonar?
    [digest] ¿Cuándo debe saber este chat cómo están las cosas, haya novedades o no? Dice qué va mal, qué ha terminado desde la última vez y qué mantenimiento está previsto.
}
setting-now = Ahora: { $value }
setting-other = Cualquier otro: { $command }
setting-changed = { $setting ->
   *[language] El idioma es ahora
    [timezone] La zona horaria es ahora
    [updates] Las novedades llegan ahora así
    [sound] El sonido es ahora
    [digest] El resumen llega ahora así
}: { $value }.
setting-same = { $setting ->
   *[language] El idioma ya era
    [timezone] La zona horaria ya era
    [updates] Las novedades ya llegaban así
    [sound] El sonido ya era
    [digest] El resumen ya llegaba así
}: { $value }.
digest-next = { $when }, el próximo { $next }
digest-next-time = El próximo llega { $next }.
bad-schedule = «{ $typed }» no indica una hora que se repita. Ejemplos: { $examples }. También vale una expresión cron de cinco campos, como mucho una vez por hora.
settings-footer = { $command } cambia uno de ellos.

## A sample

sample-follows = A continuación van una interrupción de muestra y su recuperación, marcadas como prueba. Muestran si Foghorn puede escribir aquí y qué aspecto tiene. En realidad no se ha caído nada.

## Welcome

welcome = Hola, soy Foghorn
welcome-first = Escribe { $command } para empezar. { $help } muestra qué más hay.

## Menus

ask-category = ¿De qué debe recibir avisos este chat?
ask-service = ¿Qué servicio de { $category }?
ask-severity = ¿Qué debe saber este chat de { $topic }?
ask-components = ¿Qué componentes de { $topic }? Cada elección cuenta al momento; sin ninguna, cuentan todos.
ask-regions = ¿Qué regiones de { $topic }? Cada elección cuenta al momento; sin ninguna, cuentan todas.
ask-unwatch = ¿Qué página ya no debe vigilarse?
ask-unsubscribe = ¿Qué suscripción debe terminar?
ask-mute = ¿Qué debe silenciarse aquí?
ask-length = ¿Por cuánto tiempo debe silenciarse esto: { $muted }?
ask-unmute = ¿Qué silencio debe terminar?
choices-page = Página { $page } de { $pages }

## Buttons

button-status-page = Página de estado
button-timeline = Cronología
button-timeline-of = Cronología { $incident }
button-mute = Silenciar
button-not-well = Qué va mal
button-unmute = Quitar silencio
button-unmute-this = Quitar silencio: { $muted }
button-subscribe = Suscribirse
button-older = ‹ Anteriores
button-newer = Siguientes ›
button-previous = ‹ Anterior
button-next = Siguiente ›
button-back = Atrás
button-chosen = ✓ { $label }
button-category = { $category } ({ $count })
button-all-of = Todo en { $category }
button-any-severity = todo
button-components = Componentes…
button-regions = Regiones…
button-maintenance = Mantenimiento
button-official = Solo oficial
button-done = Listo
button-choose = Elegir servicios
button-help = Ayuda
button-until-over = hasta que termine

## The catalogue

services = { $count ->
    [one] { $count } servicio
   *[other] { $count } servicios
}
services-found = { $search }: { $count ->
    [one] { $count } servicio
   *[other] { $count } servicios
}
category-line = { $category } ({ $count }): { $services }
own-pages = Vigilado para este chat ({ $count }): { $pages }
service-line = { $service }: { $condition } · { $command }
services-hint = { $command } muestra una categoría; también vale parte de un nombre.
page-next = Página { $page } de { $pages }. Siguiente: { $next }
page-last = Página { $page } de { $pages }

## The story of an incident

story-title = { $service }: { $title }
story-footer = { $id } · { $role }
page-earlier = Página { $page } de { $pages }. Anteriores: { $earlier }
no-updates = { $role ->
    [measured] Medido por Foghorn; nadie ha publicado nada sobre ello.
    [reported] Señalado por usuarios; nadie lo ha confirmado ni ha publicado nada sobre ello.
    [measured_reported] Medido por Foghorn y señalado por usuarios; nadie ha publicado nada sobre ello.
   *[official] No se ha publicado nada sobre ello más allá del estado mismo.
}
no-incidents = No consta ningún incidente de { $service }.
other-incidents = Otros:
other-incident = { $start }: { $title } · { $command }

## Help and about

help-title = Qué puedes escribir
help-command = { $usage }: { $summary }
help-footer = { $example } explica un comando.
help-title-of = { $usage }
help-summary = { $summary }.
help-option = { $name }: { $summary }
help-optional-option = { $name } (opcional): { $summary }
help-example = Ejemplo: { $example }
help-managers = Solo pueden usarlo quienes administran el chat.
about-title = Foghorn { $version }
about-purpose = Cuenta cuándo falla un servicio, qué se sabe y cuándo ha terminado.
about-services = { $count ->
    [one] Vigila { $count } servicio.
   *[other] Vigila { $count } servicios.
}
about-sources = { $count ->
    [one] Lee { $count } fuente.
   *[other] Lee { $count } fuentes.
}
about-uptime = En marcha desde hace { $length }.
about-last-poll = Última lectura: { $ago }.
about-no-poll = Aún no se ha leído nada.
about-well = Todo va bien.
about-unreadable = { $count ->
    [one] Ahora no se puede leer { $count } fuente.
   *[other] Ahora no se pueden leer { $count } fuentes.
}
about-given-up = { $count ->
    [one] No se pudo entregar { $count } mensaje.
   *[other] No se pudieron entregar { $count } mensajes.
}
about-unusable = { $count ->
    [one] No se puede usar { $count } de sus plataformas.
   *[other] No se pueden usar { $count } de sus plataformas.
}
own-unreadable = No se puede leer { $service }: { $source }
own-readable = Se puede leer de nuevo; no se pudo durante { $length }.
own-moved = En lugar de la página de { $service } responde otra: { $source }
own-moved-end = Allí se vuelve a creer a una página; durante { $length } no se concluyó nada de ella.
own-watched-no-more = Ya no se vigila.
own-given-up = No se pudieron entregar mensajes
own-given-up-count = { $count ->
    [one] Se abandonó { $count } mensaje.
   *[other] Se abandonaron { $count } mensajes.
} { $command } dice cuáles y por qué.
own-given-up-end = No queda ninguno: se intentaron de nuevo o se descartaron.
own-store = Lo nuevo no se puede guardar
own-store-end = Se puede guardar de nuevo, tras { $length }.
own-damaged = El almacén estaba dañado
own-damaged-whole = Todo se restauró de su copia. Los archivos dañados están en { $place }; cuando nadie quiera mirarlos, se pueden borrar.
own-damaged-part = No se pudo restaurar todo. De su copia vino: { $copied }. De los archivos dañados: { $saved }. Están en { $place }; cuando nadie quiera mirarlos, se pueden borrar.
own-damaged-end = Los archivos dañados se borraron.
own-platform = { $platform ->
    [discord] No se puede usar Discord
    [telegram] No se puede usar Telegram
   *[other] No se puede usar la consola
}
own-platform-end = Se puede usar de nuevo.
sample-service = Prueba de Foghorn
sample-title = Esto es una prueba. No se ha caído nada.
sample-words = Un aviso de verdad tiene este aspecto. Se mantiene al día mientras dura la interrupción, y su final es un mensaje nuevo.
sample-news = Sigue siendo una prueba: lo nuevo de una interrupción cambia el aviso.
sample-failed = No se pudo enviar la muestra a este chat, y tampoco se podría enviar un aviso: { $reason }. Cuando esté arreglado, repite la prueba.
about-help = { $command } muestra qué puedes escribir.

## Discord

presence-well = { $count ->
    [one] { $count } servicio, va bien
   *[other] { $count } servicios, todos van bien
}
presence-not-well = { $count ->
    [one] { $bad } de { $count } servicio va mal
   *[other] { $bad } de { $count } servicios van mal
}
discord-right = { $right ->
   *[view] Ver canal
    [send] Enviar mensajes
    [posts] Crear publicaciones
    [threads] Enviar mensajes en hilos
    [create-threads] Crear hilos públicos
    [embed] Insertar enlaces
    [history] Leer el historial de mensajes
}
discord-missing-rights = Foghorn todavía no puede publicar aquí. Le falta: { $rights }. Alguien que administre el servidor puede permitirlo en los ajustes del canal, en Permisos; después inténtalo de nuevo.
discord-not-here = Foghorn no es miembro aquí, así que no puede publicar por su cuenta. Puedes preguntarle, por ejemplo con { $command }; los avisos llegan a los servidores a los que se añadió y a tu chat directo con él.
discord-not-everybody = Foghorn no llama a todo el mundo. Elige un rol para quienes quieran que se les llame.
discord-no-answer = Foghorn no pudo responder a tiempo. Inténtalo de nuevo.
discord-busy = Ahora mismo se pregunta demasiado. Inténtalo de nuevo en un momento.
