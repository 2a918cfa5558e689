# Portuguese (Brazil). Short, true and kind: what happened, to what, since when, where to look.

## Words

condition = { $condition ->
    [operational] operacional
    [degraded] degradado
    [partial_outage] queda parcial
    [major_outage] queda grave
    [maintenance] manutenção
   *[unknown] desconhecido
}
phase = { $phase ->
   *[investigating] em investigação
    [identified] causa encontrada
    [monitoring] correção aplicada, em observação
    [resolved] resolvido
    [postmortem] relatório publicado
}
maintenance-phase = { $phase ->
   *[scheduled] prevista
    [in_progress] em andamento
    [verifying] em verificação
    [completed] concluída
}
role = { $role ->
   *[official] oficial
    [measured] medido
    [reported] relatado por usuários
    [official_measured] oficial e medido
    [official_reported] oficial e relatado por usuários
    [measured_reported] medido e relatado por usuários
    [all] oficial, medido e relatado por usuários
    [hint] indício
}
recovered = encerrado
refused = não foi feito

## Times

month = { $month ->
   *[jan] jan.
    [feb] fev.
    [mar] mar.
    [apr] abr.
    [may] mai.
    [jun] jun.
    [jul] jul.
    [aug] ago.
    [sep] set.
    [oct] out.
    [nov] nov.
    [dec] dez.
}
zone = { $zone }
date = { $day } de { $month }, { $time } { $zone }
date-with-year = { $day } de { $month } de { $year }, { $time } { $zone }
just-now = agora mesmo
minutes-ago = { $count ->
    [one] há { $count } minuto
   *[other] há { $count } minutos
}
hours-ago = { $count ->
    [one] há { $count } hora
   *[other] há { $count } horas
}
days-ago = { $count ->
    [one] há { $count } dia
   *[other] há { $count } dias
}
in-a-moment = em instantes
in-minutes = { $count ->
    [one] em { $count } minuto
   *[other] em { $count } minutos
}
in-hours = { $count ->
    [one] em { $count } hora
   *[other] em { $count } horas
}
in-days = { $count ->
    [one] em { $count } dia
   *[other] em { $count } dias
}
days = { $count ->
    [one] { $count } dia
   *[other] { $count } dias
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
list-and = { $first } e { $last }
list-or = { $first } ou { $last }
list-more = { $list } e mais { $count }

## Telegram: channels and rights

channel-noted = Isto é sobre o canal { $channel }.
channel-welcome = O Foghorn já pode publicar em { $channel }. Digite aqui, por exemplo, { $command }, e o canal recebe os avisos.
channel-unknown = Não existe um canal { $typed }, ou o Foghorn não está nele. Torne-o administrador lá, com permissão para publicar mensagens.
channel-is-group = { $channel } é um grupo, não um canal. Digite isto lá.
channel-silent = O Foghorn não pode publicar em { $channel }. Torne-o administrador lá, com permissão para publicar mensagens.
channel-stranger = Só administradores de { $channel } podem fazer isto pelo canal.
alerts-rested = Os avisos ficaram parados aqui de { $since } até { $until }, porque o Foghorn não podia escrever. Agora continuam; o que ainda não está bem é contado agora.
alerts-rest = Os avisos estão parados aqui desde { $since }, porque o Foghorn não pode escrever. Continuam assim que ele puder; { $command } mostra o que falta.
done-before = O que você pediu está feito. É assim que as coisas estão agora:
pressed-too-late = Esta mensagem é antiga demais para os botões. Digite { $command } onde você quer a resposta.
answer-there = A resposta já está abaixo desta mensagem; agora está atualizada.
timeline-there = A linha do tempo já está abaixo deste aviso; agora está atualizada.
rights-unchecked = O Telegram não diz agora quem administra este chat. Tente de novo em instantes.

## Incidents

alert-title = { $service }: { $condition ->
    [degraded] degradado
    [partial_outage] queda parcial
    [major_outage] queda grave
    [maintenance] manutenção
   *[other] incidente
}
resolved-title = { $service }: { $role ->
    [measured] acessível de novo
    [reported] não é mais relatado
   *[official] resolvido
}
lost-title = { $service }: fim desconhecido
update-title = { $service }, { $kind ->
    [worse] piorou
   *[news] novidade
}: { $condition ->
    [degraded] degradado
    [partial_outage] queda parcial
    [major_outage] queda grave
    [resolved] resolvido
   *[other] incidente
}
return-title = { $service }: afinal não tinha acabado ({ $condition ->
    [degraded] degradado
    [partial_outage] queda parcial
    [major_outage] queda grave
   *[other] incidente
})
maintenance-title = { $service }: { $state ->
   *[announced] manutenção prevista
    [moved] manutenção remarcada
    [running] manutenção em andamento
    [verifying] manutenção feita, em verificação
    [over] manutenção concluída
    [called_off] manutenção cancelada
}
measured-title = { $condition ->
    [degraded] Respostas lentas ou com erro
   *[other] Inacessível
}, { $voices ->
   *[measured] medido pelo Foghorn
    [measured_reported] medido pelo Foghorn e relatado por usuários
}
official-title = { $voices ->
   *[official] A página de status informa
    [official_measured] A página de status informa e o Foghorn mede
    [official_reported] A página de status e usuários informam
    [all] A página de status e usuários informam e o Foghorn mede
}: { $condition }
people-title = Usuários relatam: { $condition }
watch-left = O Foghorn não acompanha este serviço desde { $at }: ele saiu do catálogo. Não se sabe aqui como isto continua.
watch-back = { $at }: o Foghorn acompanha este serviço de novo.
flapping = O problema some e volta várias vezes. O Foghorn avisa de novo quando se acalmar.
page-gone = Ninguém conta nada disto desde { $at }: a página virou outra ou não é mais lida. Não se sabe aqui se acabou.
was-down = { $condition ->
    [partial_outage] Ficou parcialmente fora do ar de { $start } até { $end } ({ $length }).
    [major_outage] Ficou fora do ar de { $start } até { $end } ({ $length }).
   *[degraded] Ficou degradado de { $start } até { $end } ({ $length }).
}
period = { $start } – { $end } ({ $length })
planned-period = { $start } – { $end }
at = { $at }
since-for = { $at } ({ $length })
phase-and-peak = { $phase }; no pior momento: { $peak }
last-update = { $at }, { $role }: { $phase }
last-note = { $at }, { $role }
alert-footer = { $role ->
   *[official] Oficial: o provedor confirma
    [measured] Medido pelo Foghorn; sem palavra oficial
    [reported] Relatado por usuários; não confirmado
    [official_measured] Oficial e medido pelo Foghorn
    [official_reported] Oficial e relatado por usuários
    [measured_reported] Medido pelo Foghorn e relatado por usuários; sem palavra oficial
    [all] Oficial, medido pelo Foghorn e relatado por usuários
    [hint] Um indício, não uma palavra oficial
} · { $command }

storm-title = { $occasion ->
   *[at_once] { $count ->
        [one] Mais { $count } queda
       *[other] Mais { $count } quedas
    }
    [mute_ended] { $count ->
        [one] { $count } queda continua
       *[other] { $count } quedas continuam
    }
}
storm-over-title = { $count ->
    [one] A queda acabou
    [2] As duas quedas acabaram
   *[other] Todas as { $count } quedas acabaram
}
storm-lost-title = Não se sabe de nenhuma queda que continue
storm-intro = { $occasion ->
   *[at_once] Muitas começaram ao mesmo tempo, por isso estão juntas aqui.
    [mute_ended] Um silêncio acabou aqui. Ele calou estas, e elas ainda continuam.
}
storm-ended = { $count ->
    [one] Outra acabou.
   *[other] Outras { $count } acabaram.
}
storm-line = { $service }: { $what }, desde { $since }
storm-line-over = { $service }: { $what }, acabou após { $length }
storm-line-lost = { $service }: { $what }, desde { $since }, fim desconhecido
storm-lost = { $count ->
    [one] De uma ninguém conta mais nada. Não se sabe aqui se acabou.
   *[other] De { $count } ninguém conta mais nada. Não se sabe aqui se acabaram.
}
storm-more = { $count ->
    [one] e mais uma
   *[other] e mais { $count }
}
storm-footer = O que não está bem agora: { $command }

digest-well = Tudo está bem, e nada aconteceu desde { $since }.
digest-title = { $count ->
    [0] Agora tudo está bem
    [one] { $count } queda continua
   *[other] { $count } quedas continuam
}
digest-over = { $count ->
    [one] Uma acabou desde { $since }:
   *[other] { $count } acabaram desde { $since }:
}
digest-nothing = Nenhuma acabou desde { $since }.
digest-running = Manutenção em andamento:
digest-ahead = Manutenção nos próximos 7 dias:
digest-work = { $service }: { $title }, { $start } – { $end }
digest-work-from = { $service }: { $title }, { $start }
digest-work-until = { $service }: { $title }, até { $end }
digest-work-running = { $service }: { $title }
digest-footer = Este é o resumo deste chat. { $command } diz quando ele chega.

## Labels

label-state = Estado
label-since = Desde
label-when = Quando
label-duration = Duração
label-affected = Afetado
label-regions = Regiões
label-planned = Previsto
label-format = Formato
label-status-page = Página de status
label-last-update = Última novidade
label-again = De novo desde
label-ended = Acabou
label-noticed = Notado pelo Foghorn
label-timeline = História completa
label-not-well = Não está bem

## Planned work

lasted = { $length }
planned-from = a partir de { $at }
planned-until = até { $at }
called-off = cancelada
work-until = Manutenção em andamento até { $end }: { $title }
work-running = Manutenção em andamento: { $title }
work-ahead = Manutenção prevista de { $start } até { $end }: { $title }
work-from = Manutenção prevista a partir de { $start }: { $title }
work-planned = Manutenção prevista: { $title }
maintenance-line = { $service }: { $work } · { $command }
maintenances = { $count ->
    [one] Há { $count } manutenção prevista ou em andamento
   *[other] Há { $count } manutenções previstas ou em andamento
}
no-maintenance = Não há manutenção prevista nem em andamento.
no-maintenance-at = Não há manutenção de { $service } prevista nem em andamento.

## What was not done

not-a-command = Comandos começam com uma barra. { $command } mostra o que você pode digitar.
unknown-command = Não existe o comando { $typed }. { $command } mostra o que você pode digitar.
did-you-mean = Você quis dizer { $near }?
unknown-service = “{ $typed }” não está no catálogo. { $command } mostra o que é acompanhado.
is-category = { $category } é uma categoria. { $command } lista os serviços dela; escolha um deles.
unknown-incident = Não existe o incidente { $typed }. Com um serviço, como em { $command }, você vê os últimos.
no-address = “{ $typed }” não é o endereço de uma página da web. Ele começa com https ou http.
secret-in-address = O endereço contém um nome de usuário ou uma senha. Retire-os; todos aqui podem ler.
watching-off = Quem cuida deste bot desligou o acompanhamento de páginas próprias. { $command } mostra o que é acompanhado.
watches-enough = { $count ->
    [one] Este chat pode acompanhar { $count } página própria, e já acompanha. { $command } abre espaço.
   *[other] Este chat pode acompanhar { $count } páginas próprias, e já acompanha. { $command } abre espaço.
}
watched-already = Este chat já acompanha { $page }. { $status } mostra como está, { $command } encerra.
name-taken = { $service } já se chama assim. Escolha outro nome.
not-watched = Este chat não acompanha nenhuma página “{ $typed }”.
ends-otherwise = Essa faz parte do catálogo: { $command } encerra a assinatura.
watched-here = Ele acompanha { $list }.
page-not-public = { $host } não está na internet pública. Só páginas que qualquer pessoa alcança podem ser acompanhadas.
page-port = A porta de { $host } não é uma da web: só 80, 443 e as de 1024 em diante são consultadas.
page-unreachable = { $host }: { $why ->
    [unknown] não existe servidor com esse nome. Confira o endereço.
    [refused] ninguém responde lá. Confira o endereço.
    [tls] a conexão segura falhou, então ninguém pode dizer de quem é essa página.
    [redirects] o endereço só leva a outros, e nenhum deles a uma página.
    [large] o que há lá é grande demais para uma página de status.
    [status] a resposta é HTTP { $status } em vez de uma página. Confira o endereço.
   *[connection] a conexão falhou. Tente de novo mais tarde.
}
page-slow = { $host } demora demais para responder. Tente de novo mais tarde.
page-nothing = Não há em { $host } uma página de status que eu saiba ler. Informe o endereço da página de status ou do feed.
page-tried = Também tentei { $list }.
page-busy = Ainda estou olhando outros endereços. Tente de novo em instantes.
page-too-often = Endereços demais foram consultados há pouco. Tente de novo em { $wait }.
pages-full = Este bot já acompanha tantas páginas quanto pode. Fale com quem cuida dele.
not-subscribed = Este chat não tem assinatura de { $typed }. { $command } mostra as que tem.
covered-by-category = Ainda chega pela categoria { $category }. { $command } encerra isso.
bad-severity = “{ $typed }” não é um grau de gravidade. Use { $known }.
bad-number = “{ $typed }” não é um número a partir de 1.
bad-duration = “{ $typed }” não é uma duração entre um minuto e um ano. Escreva como { $known }.
until-example = until 9:00
bad-mention = { $platform ->
    [discord] “{ $typed }” não é um cargo deste servidor. Escolha o cargo que deve ser chamado.
   *[other] “{ $typed }” não é um nome que possa ser chamado. Escreva com arroba, como @name.
}
unknown-components = { $topic } não tem o componente “{ $typed }”.
known-components = Há { $list }.
too-many-components = { $count ->
    [one] Uma assinatura pode indicar no máximo { $count } componente.
   *[other] Uma assinatura pode indicar no máximo { $count } componentes.
}
not-muted = { $typed } não está silenciado aqui. { $command } mostra o que está.
already-over = { $incident } acabou, então não há o que silenciar. { $command } conta a história completa.
unknown-setting = Não existe a configuração “{ $typed }”. Use { $known }.
bad-choice = “{ $typed }” não é uma das opções. Use { $known }.
unknown-zone = Não existe o fuso horário “{ $typed }”. Escreva como { $example }.
outdated = Este botão está desatualizado. { $command } recomeça.
missing = { $command } precisa de mais uma coisa. Falta: { $wanted }.
unknown-option = { $command } não tem a opção { $typed }.
too-much = { $command } não sabe o que fazer com “{ $typed }”.
not-manager = Só quem administra este chat pode usar { $command }. Peça a uma dessas pessoas.
failed = Algo deu errado aqui, não com você. Tente de novo; no registro consta como { $reference }.
not-here = { $command } não existe aqui.
usage = Digita-se { $usage }, por exemplo { $example }.

## One service in one line

line-incident = { $service }: { $condition }, { $role }, começou { $since }: { $title }
line-derived = { $service }: { $condition }, { $role }, começou { $since }
line-condition = { $service }: { $condition }, { $role }
line-never = { $service }: ainda não lido
line-unreadable = { $service }: desconhecido, nenhuma fonte pode ser lida
line-stale = { $service }: não pode ser lido agora; { $condition } na última leitura, { $ago }
line-untold = { $service }: nenhum problema publicado

## Status of all

overview-not-well = { $count ->
    [one] { $count } serviço não está bem
   *[other] { $count } serviços não estão bem
}
overview-maintenance = { $count ->
    [one] { $count } serviço está em manutenção
   *[other] { $count } serviços estão em manutenção
}
overview-well = { $count ->
    [one] { $count } serviço está bem
   *[other] { $count } serviços estão bem
}
overview-quiet = Nenhum problema conhecido
overview-unknown = Não se sabe de nada agora
overview-all-services = { $count ->
    [one] Este chat não tem assinaturas, então isto trata do único serviço que há ({ $count }). { $command } muda isso.
   *[other] Este chat não tem assinaturas, então isto trata de todos os { $count } serviços. { $command } muda isso.
}
overview-more = { $count ->
    [one] E mais { $count }.
   *[other] E mais { $count }.
}
overview-rest = { $count ->
    [one] { $count } outro serviço está bem.
   *[other] { $count } outros serviços estão bem.
}
overview-unreadable = Não podem ser lidos agora: { $services }.
overview-own-network = Nenhuma fonte pode ser lida, então o problema é provavelmente a conexão do próprio Foghorn.
overview-never = Ainda não lidos: { $services }.
overview-untold = Nenhum problema publicado: { $services }.
overview-footer = { $command } conta mais.

## Status of one

detail-title = { $service }: { $condition }
detail-never = { $service }: ainda não lido
detail-unreadable = { $service }: desconhecido, nenhuma fonte pode ser lida
detail-untold = { $service }: nenhum problema publicado
detail-stale = Nada pode ser lido agora. Isto é o que se sabia { $ago }.
detail-said-by = { $role ->
   *[official] Oficial: a página de status diz isso, sem um incidente próprio.
    [measured] Medido pelo Foghorn; ninguém publicou um incidente.
    [reported] Relatado por usuários; ninguém confirmou.
    [official_measured] Oficial: a página de status diz isso, sem um incidente próprio. O Foghorn também mede.
    [official_reported] Oficial: a página de status diz isso, sem um incidente próprio. Usuários também relatam.
    [measured_reported] Medido pelo Foghorn e relatado por usuários; ninguém publicou um incidente.
    [all] Oficial: a página de status diz isso, sem um incidente próprio. O Foghorn também mede e usuários relatam.
}
detail-incident = { $title } ({ $role })
detail-more-incidents = { $count ->
    [one] Há mais { $count } incidente aberto: { $command }
   *[other] Há mais { $count } incidentes abertos: { $command }
}
detail-subscribe = Para saber quando isso mudar: { $command }
likely-cause = Causa provável: { $service } também tem problemas ({ $condition }). { $command } conta mais.
alternatives = Enquanto isso, você pode usar { $services }.
hint = Um indício, não sobre { $service } em si: { $host } diz “{ $remark }”.
sources-heading = De onde vem isto:
source-well = { $host } ({ $role }): { $condition }, lido { $ago }
source-measured = { $host } ({ $role }): { $condition }, respondeu em { $latency } ms, { $ago }
source-never = { $host } ({ $role }): ainda não lido
source-unreadable = { $host } ({ $role }): não pôde ser lido até agora
source-moved = { $host } ({ $role }): lá responde outra página que não a de antes, em { $to }, por isso ainda não se acredita nela
source-leads-to = O endereço em { $host } leva agora a { $to }.
source-stale = { $host } ({ $role }): não pode ser lido agora; { $condition } na última leitura, { $ago }

## Subscriptions

subscribed = Este chat agora recebe avisos de { $topic }.
subscription-changed = A assinatura de { $topic } mudou.
subscribed-before = Este chat já tem exatamente esta assinatura de { $topic }.
subscribed-footer = { $command } encerra.
category-services = { $count ->
    [one] { $count } serviço: { $services }.
   *[other] { $count } serviços: { $services }.
}
category-quiet = Nenhum problema é conhecido lá agora.
label-severity = Gravidade
label-components = Só componentes
label-only-regions = Só regiões
label-maintenance = Manutenção
label-heard = Contado por
label-mention = Chama
filter-severity = { $severity ->
    [degraded] degradado e pior
    [partial_outage] queda parcial e pior
   *[major_outage] só queda grave
}
switch-word = { $state ->
    [off] não
   *[on] sim
}
filter-sources = { $sources ->
    [official] só fontes oficiais
   *[all] oficial, medido e relatado
}
filter-takes-in = { $count ->
    [one] Agora contado aqui, a partir da próxima mudança: { $list }.
   *[other] Agora contados aqui, a partir da próxima mudança: { $list }.
}
filter-keeps = { $count ->
    [one] Não é mais do tipo contado aqui, mas, se já foi avisado, é contado até o fim: { $list }.
   *[other] Não são mais do tipo contado aqui, mas, se já foram avisados, são contados até o fim: { $list }.
}
filter-leaves-out = Deixado de fora aqui, embora continue: { $list }.
filter-mention = { $mention }, quando um incidente se abre
watching = Este chat agora acompanha { $page } e recebe os avisos.
page-of-service = { $page } é a página de { $service }, que já é acompanhado.
format-at = { $format }, lido em { $document }
page-leads-to = O endereço leva a outro servidor, { $host }.
open-there = { $count ->
    [one] Em curso lá: { $list }.
   *[other] Em curso lá ({ $count }): { $list }.
}
unwatched = Este chat não acompanha mais { $page }, e a assinatura dela acabou.
nothing-watched = Este chat não acompanha nenhuma página própria. { $command } adiciona uma.
unsubscribed = A assinatura de { $topic } acabou.
unsubscribed-all = { $count ->
    [one] A única assinatura deste chat acabou ({ $count }).
   *[other] Todas as { $count } assinaturas deste chat acabaram.
}
nothing-to-unsubscribe = Este chat não tem assinaturas.
nothing-remains = Não resta nenhuma assinatura.
remains = { $count ->
    [one] Resta { $count } assinatura: { $list }.
   *[other] Restam { $count } assinaturas: { $list }.
}
subscriptions = { $count ->
    [one] Este chat tem { $count } assinatura
   *[other] Este chat tem { $count } assinaturas
}
category-name = categoria { $category }
subscription-line = { $topic }
subscription-category = { $count ->
    [one] { $topic }, { $count } serviço
   *[other] { $topic }, { $count } serviços
}
subscription-unwatched = { $topic }, que não é mais acompanhado
no-subscriptions = Este chat não tem assinaturas. { $example } cria uma; { $command } mostra o que há.
components-gone = { $topic } não mostra isto no momento, então não há como avisar: { $list }.
strange-components = Desconhecido em { $topic } agora: { $list }.

## Mutes

everything = Tudo
muted-incident = { $service }: { $title }
muted-until = { $muted }: silenciado aqui até { $until }.
muted-open = { $muted }: silenciado aqui { $kind ->
    [incident] até acabar
   *[other] até segunda ordem
}.
muted-recovery = Do que já foi avisado, o fim ainda é contado, sem som.
muted-footer = { $command } encerra o silêncio.
unmuted = { $muted }: não está mais silenciado.
still-muted = Mesmo assim, tudo está silenciado aqui. { $command } encerra isso.
nothing-muted = Nada está silenciado aqui.
mutes-heading = Silenciado:
mute-line = { $muted }, até { $until }
mute-line-open = { $muted }, { $kind ->
    [incident] até acabar
   *[other] até segunda ordem
}

## Settings

settings-title = Como o Foghorn fala neste chat
setting-name = { $setting ->
   *[language] Idioma
    [timezone] Fuso horário
    [updates] Novidades
    [sound] Som
    [digest] Resumo
}
choice-name = { $choice ->
   *[edits] só edições
    [replies] respostas
    [thread] tópico
    [news] o importante
    [all] tudo
    [off] não
    [daily] todo dia às 9:00
    [weekdays] de segunda a sexta às 9:00
    [mondays] às segundas às 9:00
}
choice-meaning = { $choice ->
   *[edits] o aviso é mantido atualizado, nada mais é enviado
    [replies] novidades importantes também são enviadas, em resposta ao aviso
    [thread] novidades importantes também são enviadas no tópico do aviso; onde não há tópicos, como respostas
    [news] começos, retornos e fins fazem som
    [all] toda mensagem faz som
    [off] nenhuma mensagem faz som
}
choice-line = { $choice }: { $meaning }
setting-question = { $setting ->
   *[language] Em que idioma o Foghorn deve falar aqui?
    [timezone] Em que fuso horário os horários devem aparecer aqui?
    [updates] Como as novidades de um incidente aberto devem chegar?
    [sound] Quais mensagens devem fazer som?
    [digest] Quando este chat deve saber como estão as coisas, com ou sem novidades? Diz o que não está bem, o que acabou desde a última vez e que manutenção está prevista.
}
setting-now = Agora: { $value }
setting-other = Qualquer outro: { $command }
setting-changed = { $setting ->
   *[language] O idioma agora é
    [timezone] O fuso horário agora é
    [updates] As novidades agora chegam assim
    [sound] O som agora é
    [digest] O resumo agora chega assim
}: { $value }.
setting-same = { $setting ->
   *[language] O idioma já era
    [timezone] O fuso horário já era
    [updates] As novidades já chegavam assim
    [sound] O som já era
    [digest] O resumo já chegava assim
}: { $value }.
digest-next = { $when }, o próximo { $next }
digest-next-time = O próximo chega { $next }.
bad-schedule = “{ $typed }” não indica um horário que se repita. Exemplos: { $examples }. Uma expressão cron de cinco campos também serve, no máximo uma vez por hora.
settings-footer = { $command } muda um deles.

## A sample

sample-follows = A seguir vêm uma queda de exemplo e a recuperação dela, marcadas como teste. Elas mostram se o Foghorn pode escrever aqui e como fica. Nada caiu de verdade.

## Welcome

welcome = Olá, aqui é o Foghorn
welcome-first = Digite { $command } para começar. { $help } mostra o que mais há.

## Menus

ask-category = Sobre o que este chat deve receber avisos?
ask-service = Qual serviço de { $category }?
ask-severity = O que este chat deve saber de { $topic }?
ask-components = Quais componentes de { $topic }? Cada escolha vale na hora; sem nenhuma, valem todos.
ask-regions = Quais regiões de { $topic }? Cada escolha vale na hora; sem nenhuma, valem todas.
ask-unwatch = Qual página não deve mais ser acompanhada?
ask-unsubscribe = Qual assinatura deve acabar?
ask-mute = O que deve ser silenciado aqui?
ask-length = Por quanto tempo isto deve ficar silenciado: { $muted }?
ask-unmute = Qual silêncio deve acabar?
choices-page = Página { $page } de { $pages }

## Buttons

button-status-page = Página de status
button-timeline = Linha do tempo
button-timeline-of = Linha do tempo { $incident }
button-mute = Silenciar
button-not-well = O que não está bem
button-unmute = Reativar
button-unmute-this = Reativar: { $muted }
button-subscribe = Assinar
button-older = ‹ Mais antigas
button-newer = Mais novas ›
button-previous = ‹ Anterior
button-next = Próxima ›
button-back = Voltar
button-chosen = ✓ { $label }
button-category = { $category } ({ $count })
button-all-of = Tudo em { $category }
button-any-severity = tudo
button-components = Componentes…
button-regions = Regiões…
button-maintenance = Manutenção
button-official = Só oficial
button-done = Pronto
button-choose = Escolher serviços
button-help = Ajuda
button-until-over = até acabar

## The catalogue

services = { $count ->
    [one] { $count } serviço
   *[other] { $count } serviços
}
services-found = { $search }: { $count ->
    [one] { $count } serviço
   *[other] { $count } serviços
}
category-line = { $category } ({ $count }): { $services }
own-pages = Acompanhadas para este chat ({ $count }): { $pages }
service-line = { $service }: { $condition } · { $command }
services-hint = { $command } lista uma categoria; parte de um nome também serve.
page-next = Página { $page } de { $pages }. Próxima: { $next }
page-last = Página { $page } de { $pages }

## The story of an incident

story-title = { $service }: { $title }
story-footer = { $id } · { $role }
page-earlier = Página { $page } de { $pages }. Anteriores: { $earlier }
no-updates = { $role ->
    [measured] Medido pelo Foghorn; ninguém publicou nada a respeito.
    [reported] Relatado por usuários; ninguém confirmou nem publicou nada a respeito.
    [measured_reported] Medido pelo Foghorn e relatado por usuários; ninguém publicou nada a respeito.
   *[official] Nada foi publicado a respeito além do próprio estado.
}
no-incidents = Nenhum incidente de { $service } está registrado.
other-incidents = Outros:
other-incident = { $start }: { $title } · { $command }

## Help and about

help-title = O que você pode digitar
help-command = { $usage }: { $summary }
help-footer = { $example } explica um comando.
help-title-of = { $usage }
help-summary = { $summary }.
help-option = { $name }: { $summary }
help-optional-option = { $name } (opcional): { $summary }
help-example = Exemplo: { $example }
help-managers = Só quem administra o chat pode usar.
about-title = Foghorn { $version }
about-purpose = Conta quando um serviço falha, o que se sabe e quando acaba.
about-services = { $count ->
    [one] Acompanha { $count } serviço.
   *[other] Acompanha { $count } serviços.
}
about-sources = { $count ->
    [one] Lê { $count } fonte.
   *[other] Lê { $count } fontes.
}
about-uptime = No ar há { $length }.
about-last-poll = Última leitura: { $ago }.
about-no-poll = Nada foi lido ainda.
about-well = Tudo está bem.
about-unreadable = { $count ->
    [one] { $count } fonte não pode ser lida agora.
   *[other] { $count } fontes não podem ser lidas agora.
}
about-given-up = { $count ->
    [one] { $count } mensagem não pôde ser entregue.
   *[other] { $count } mensagens não puderam ser entregues.
}
about-unusable = { $count ->
    [one] { $count } das plataformas não pode ser usada.
   *[other] { $count } das plataformas não podem ser usadas.
}
own-unreadable = { $service } não pode ser lido: { $source }
own-readable = Pode ser lido de novo; ficou ilegível por { $length }.
own-moved = No lugar da página de { $service } responde outra: { $source }
own-moved-end = Acredita-se de novo em uma página lá; por { $length } nada foi concluído dela.
own-watched-no-more = Não é mais acompanhado.
own-given-up = Mensagens não puderam ser entregues
own-given-up-count = { $count ->
    [one] { $count } mensagem foi abandonada.
   *[other] { $count } mensagens foram abandonadas.
} { $command } diz quais e por quê.
own-given-up-end = Não resta nenhuma: foram tentadas de novo ou descartadas.
own-store = O que é novo não pode ser gravado
own-store-end = Pode ser gravado de novo, após { $length }.
own-damaged = O armazenamento estava danificado
own-damaged-whole = Tudo foi restaurado da cópia. Os arquivos danificados estão em { $place }; quando ninguém mais quiser vê-los, podem ser apagados.
own-damaged-part = Nem tudo pôde ser restaurado. Da cópia veio: { $copied }. Dos arquivos danificados: { $saved }. Eles estão em { $place }; quando ninguém mais quiser vê-los, podem ser apagados.
own-damaged-end = Os arquivos danificados foram apagados.
own-platform = { $platform ->
    [discord] O Discord não pode ser usado
    [telegram] O Telegram não pode ser usado
   *[other] O console não pode ser usado
}
own-platform-end = Pode ser usado de novo.
sample-service = Teste do Foghorn
sample-title = Isto é um teste. Nada caiu.
sample-words = Um aviso de verdade é assim. Ele é mantido atualizado enquanto a queda dura, e o fim é uma mensagem nova.
sample-news = Ainda é um teste: o que há de novo em uma queda muda o aviso.
sample-failed = O exemplo não pôde ser enviado a este chat, e um aviso também não poderia: { $reason }. Quando isso estiver resolvido, repita o teste.
about-help = { $command } mostra o que você pode digitar.

## Discord

presence-well = { $count ->
    [one] { $count } serviço, tudo bem
   *[other] { $count } serviços, tudo bem
}
presence-not-well = { $count ->
    [one] { $bad } de { $count } serviço não está bem
   *[other] { $bad } de { $count } serviços não estão bem
}
discord-right = { $right ->
   *[view] Ver canal
    [send] Enviar mensagens
    [posts] Criar publicações
    [threads] Enviar mensagens em tópicos
    [create-threads] Criar tópicos públicos
    [embed] Inserir links
    [history] Ver histórico de mensagens
}
discord-missing-rights = O Foghorn ainda não pode publicar aqui. Falta: { $rights }. Alguém que administre o servidor pode permitir isso nas configurações do canal, em Permissões; depois tente de novo.
discord-not-here = O Foghorn não é membro aqui, então não pode publicar por conta própria. Você pode perguntar a ele, como com { $command }; os avisos chegam aos servidores em que ele foi adicionado e ao seu chat direto com ele.
discord-not-everybody = O Foghorn não chama todo mundo. Escolha um cargo para quem quer ser chamado.
discord-no-answer = O Foghorn não conseguiu responder a tempo. Tente de novo.
discord-busy = Há perguntas demais agora. Tente de novo em instantes.
