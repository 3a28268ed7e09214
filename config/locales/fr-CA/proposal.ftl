poll-propose = Proposer une option
poll-proposing = On peut proposer des options : les propositions ferment { $opens }. Le vote s’ouvre alors, et ferme { $when }.
poll-unsettled = Le vote n’est pas encore ouvert : il n’y a pas assez d’options. La coordination s’en occupe.
poll-no-options = Aucune option pour l’instant.
poll-option-proposed = { " " }(proposée par une personne participante)
poll-footer-proposing = { $id } · Pour proposer une option, tapez par exemple : !proposer { $id } "Le train". La coordination relit chaque proposition. L’option paraît sans votre nom.
poll-announced-proposing = Le sondage { $id } est annoncé. On peut y proposer des options : les propositions ferment { $opens }. Le vote s’ouvre alors, et ferme { $when }.
poll-line-proposing = { $id } · { $question } (propositions ouvertes; le vote s’ouvre { $opens })
poll-unopened-title = Sondage annulé : { $question }
poll-outcome-unopened = Le vote n’a pas eu lieu : le sondage s’est terminé sans s’ouvrir.
proposal-title = Option proposée : { $question }
proposal-for = Pour { $poll }, par une personne participante. Les propositions ferment { $when }.
proposal-erased = Le texte est effacé.
proposal-state-accepted = Acceptée : c’est maintenant une option.
proposal-state-refused = Refusée.
proposal-state-lapsed = Sans décision avant la fin.
proposal-state-withdrawn = Retirée : la personne a fait effacer ses données.
proposal-reason = Raison donnée : { $reason }
proposal-accept = Accepter
proposal-refuse = Refuser
proposal-footer = { $id } · Pour décider, tapez : !proposition { $number } accepter (ou : refuser, et pourquoi)
proposal-form-title = Refuser { $id }
proposal-form-reason = Pourquoi? (facultatif)
proposal-form-hint = Seule la personne qui l’a proposée le lira.
proposal-example = !proposition { $number } refuser parce que…
proposal-proposed = Votre option « { $option } » est proposée pour { $poll } ({ $id }). La coordination la relit. Je vous dirai en privé ce qu’elle décide.
proposal-accepted = { $id } est acceptée : « { $option } » est maintenant une option de { $poll }.
proposal-refused = { $id } est refusée. La personne qui l’a proposée en est avertie en privé.
proposal-told-accepted = Votre option « { $option } » est acceptée. Elle fait partie du sondage { $poll }, « { $question } ».
proposal-told-refused = Votre option « { $option } » n’est pas retenue pour le sondage { $poll }, « { $question } ».
proposal-told-lapsed = La coordination n’a pas décidé à temps de votre option « { $option } » pour le sondage { $poll }, « { $question } ».
moderation-title = Options proposées : { $question }
moderation-until = Les propositions ferment { $when }. Ce qui n’est pas décidé alors tombe.
moderation-unopened =
    { $found ->
        [0] Le sondage { $id } n’a pas pu s’ouvrir : il n’a pas d’option, et il lui en faut { $needed }.
        [one] Le sondage { $id } n’a pas pu s’ouvrir : il a une option, et il lui en faut { $needed }.
       *[other] Le sondage { $id } n’a pas pu s’ouvrir : il a { $found } options, et il lui en faut { $needed }.
    } Il s’ouvrira de lui-même dès qu’il en aura assez et que rien n’attendra. Vous pouvez :
moderation-decide = décider de ce qui attend : « !proposition » suivi du numéro, et « accepter » ou « refuser »
moderation-add = ajouter des options : « !sondage option { $id } "Le train; Le bus" »
moderation-extend = donner plus de temps : « !sondage propositions { $id } lundi 20 h »
moderation-cancel = annuler le sondage : « !sondage clore { $id } »
moderation-settled = Les options sont fixées.
moderation-waiting = En attente
moderation-line = { $id } · { $option }
moderation-none = Aucune proposition n’attend.
moderation-footer = { $id } · Pour décider, tapez : !proposition suivi du numéro, et accepter ou refuser
options-added = C’est ajouté. Le sondage { $id } a maintenant { $count } options.
proposals-extended = Les propositions pour { $id } ferment { $opens }. Le vote s’ouvre alors, et ferme { $when }.
proposals-opened = Le sondage { $id } est maintenant ouvert. Il ferme { $when }.
