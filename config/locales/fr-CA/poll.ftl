poll-card-title = Sondage : { $question }
poll-card-title-proposal = Proposition : { $question }
poll-card-title-consent = Appel au consentement : { $question }
poll-how-choose = Choisissez jusqu’à { $most } options.
poll-how-proposal-simple = Adoptée s’il y a plus de pour que de contre.
poll-how-proposal-two-thirds = Adoptée si au moins les deux tiers des pour et des contre sont pour.
poll-how-proposal-of-all = Adoptée si plus de la moitié des personnes qui votent sont pour.
poll-how-proposal-of-eligible = Adoptée si plus de la moitié des personnes qui peuvent voter sont pour.
poll-how-consent =
    { $allowed ->
        [0] Une seule objection l’arrête. Dites sa raison.
       *[other] Plus de { $allowed } objections l’arrêtent. Dites leurs raisons.
    }
poll-how-consent-confidential =
    { $allowed ->
        [0] Une seule objection l’arrête. Personne ne donne de raison ici : elle trahirait qui la donne.
       *[other] Plus de { $allowed } objections l’arrêtent. Personne ne donne de raison ici : elle trahirait qui la donne.
    }
poll-how-score = Donnez une note de 0 à 5 à chaque option. Vous pouvez en laisser de côté.
poll-how-points = Répartissez jusqu’à { $budget } points.
poll-how-points-cap = Répartissez jusqu’à { $budget } points, au plus { $cap } par option.
poll-how-rank = Mettez les options en ordre, de la meilleure à la moins bonne. L’égalité est permise.
poll-how-elect =
    { $seats ->
        [one] Un poste. Mettez les noms en ordre de préférence.
       *[other] { $seats } postes. Mettez les noms en ordre de préférence.
    }
poll-how-budget = Budget : { $budget } $. Choisissez ce que vous appuyez. Le budget est réparti à parts égales entre les personnes qui votent.
poll-how-budget-greedy = Budget : { $budget } $. Choisissez ce que vous appuyez. Le plus appuyé passe en premier, tant qu’il reste du budget.
poll-how-date = Dites oui, au besoin ou non à chaque date.
poll-option = { $option } : { $figure }
poll-option-cost = { " " }({ $cost } $)
poll-answer =
    { $votes ->
        [one] { $name } : { $votes } voix ({ $share })
       *[other] { $name } : { $votes } voix ({ $share })
    }
poll-answer-plain = { $name } : { $votes }
poll-figure-votes =
    { $votes ->
        [one] { $votes } voix ({ $share })
       *[other] { $votes } voix ({ $share })
    }
poll-figure-score =
    { $scorers ->
        [one] { $total } points, moyenne { $mean } ({ $scorers } note)
       *[other] { $total } points, moyenne { $mean } ({ $scorers } notes, de { $lowest } à { $highest })
    }
poll-figure-unscored = sans note
poll-figure-points =
    { $supporters ->
        [0] 0 point
        [one] { $points } points { $of ->
            [organisations] d’une organisation
           *[persons] d’une personne
        }
       *[other] { $points } points de { $supporters } { $of ->
            [organisations] organisations
           *[persons] personnes
        }
    }
poll-figure-date = { $yes } oui, { $maybe } au besoin
poll-chart-points =
    { $points ->
        [one] { $points } point
       *[other] { $points } points
    }
poll-chart-pairs =
    { $won ->
        [one] { $won } duel gagné sur { $pairs }
       *[other] { $won } duels gagnés sur { $pairs }
    }
poll-chart-votes =
    { $count ->
        [one] { $votes } voix
       *[other] { $votes } voix
    }
poll-chart-transfers = { $first }, puis { $most } voix
poll-chart-preferences = premières préférences
poll-chart-received = reports reçus d’options éliminées ou élues
poll-chart-first = en tête
poll-chart-date =
    { $of ->
        [organisations] convient au plus d’organisations
       *[persons] convient au plus de gens
    }
poll-chart-chosen = retenu
poll-chart-elected = élection
poll-chart-funded = financé
poll-chart-passed = proposition adoptée
poll-chart-consent = consentement donné
poll-turnout =
    { $cast ->
        [0] Personne n’a encore voté.
        [one] { $cast } personne a voté.
       *[other] { $cast } personnes ont voté.
    }
poll-turnout-verified =
    { $verified ->
        [one] { $cast } comptes ont voté, dont { $verified } personne vérifiée.
       *[other] { $cast } comptes ont voté, dont { $verified } personnes vérifiées.
    }
poll-turnout-organisations =
    { $cast ->
        [one] Organisations, une voix chacune : { $cast } sur { $eligible } a voté.
       *[other] Organisations, une voix chacune : { $cast } sur { $eligible } ont voté.
    }
poll-voices-organisations = Seules les organisations partenaires votent, par les personnes qui les représentent.
poll-voices-both = Deux décomptes, jamais additionnés : les personnes, et les organisations partenaires. Pour voter au nom de la vôtre, ajoutez « pour » et son sigle : { $example } pour son-sigle
poll-turnout-about =
    { $cast ->
        [0] Moins de cinq personnes ont voté.
       *[other] Plus de { $cast } personnes ont voté.
    }
poll-room =
    { $count ->
        [one] En salle : { $count } voix, comptée à la main. Témoin : { $witness }.
       *[other] En salle : { $count } voix, comptées à la main. Témoin : { $witness }.
    }
poll-room-unnamed =
    { $count ->
        [one] En salle : { $count } voix, comptée à la main.
       *[other] En salle : { $count } voix, comptées à la main.
    }
poll-room-line = { $name } : { $room } en salle
poll-room-line-together = { $name } : { $room } en salle, { $together } ensemble
poll-circle = Pour le cercle « { $circle } » : votez depuis un de ses salons.
poll-quorum = Quorum : { $cast } sur { $needed } ({ $percent } de { $eligible }).
poll-level-public =
    { $of ->
        [organisations] Vote public : le nom de l’organisation paraît à côté de son choix.
       *[persons] Vote public : votre nom paraît à côté de votre choix.
    }
poll-level-reserved = Vote réservé : le robot sait qui a voté quoi, et ne le montre à personne.
poll-level-confidential = Vote confidentiel : jusqu’à la fermeture, la personne qui s’occupe du robot pourrait relier les votes aux gens. Ensuite la clé est détruite, et ce que nous gardons ne le permet plus à personne. Un résultat unanime dit ce que chaque personne a voté.
poll-results-after-vote = Vous voyez les résultats une fois que vous avez voté.
poll-results-at-close = Les résultats paraissent à la fermeture.
poll-opens = Ouvre { $when }.
poll-closes = Ferme { $when }.
poll-is-closed = Fermé { $when }.
poll-vote = Voter
poll-yes = Pour
poll-no = Contre
poll-abstain = Abstention
poll-consent = Je consens
poll-stand-aside = Je m’efface
poll-objection = Objection
poll-blank = bulletin blanc
poll-fill = Remplir mon bulletin
poll-own = Votre bulletin : { $ballot }
poll-own-for = Le bulletin de { $name } : { $ballot }
poll-whose = En quel nom votez-vous?
poll-whose-line = { $who } : { $example }
poll-own-name = En mon nom
poll-on-behalf = Au nom de { $name }
poll-menu-for = Vous votez au nom de { $name }.
poll-footer-for = { $id } · Pour voter au nom de { $name }, tapez par exemple : { $example }. Toute personne qui représente l’organisation peut changer ce vote jusqu’à la fermeture.
poll-said-options = « { $labels } »
poll-said-each = { $label } : { $what }
poll-example-choose = !vote { $id } a
poll-example-proposal = !vote { $id } pour
poll-example-consent = !vote { $id } consens
poll-example-score = !vote { $id } a5 b3 c0
poll-example-points = !vote { $id } a6 c4
poll-example-rank = !vote { $id } b > a = d > c
poll-example-elect = !vote { $id } b > a > d
poll-example-budget = !vote { $id } a c
poll-example-date = !vote { $id } a oui b au besoin
poll-example-reason = !vote { $id } objection parce que…
poll-form-title = Votre bulletin, { $id }
poll-form-score = Notes de 0 à 5, par lettre
poll-form-points = Points, par lettre
poll-form-rank = Votre ordre, par lettres
poll-form-elect = Votre ordre, par lettres
poll-form-date = Vos disponibilités, par lettre
poll-form-choose = Votre choix, par lettres
poll-form-budget = Ce que vous appuyez, par lettres
poll-form-proposal = Pour, contre ou abstention
poll-form-consent = Consens, je m’efface ou objection
poll-form-hint-score = a5 b3 c0
poll-form-hint-points = a6 c4
poll-form-hint-rank = b > a = d > c
poll-form-hint-elect = b > a > d
poll-form-hint-date = a oui, b au besoin
poll-form-hint-choose = a
poll-form-hint-budget = a c
poll-form-hint-proposal = pour
poll-form-hint-consent = consens
poll-form-reason = La raison de votre objection
poll-form-hint-reason = Elle paraît sans votre nom.
poll-footer-choose = { $id } · Pour voter, tapez : !vote { $id } suivi d’une lettre (par exemple : !vote { $id } a). Vous pouvez changer votre vote jusqu’à la fermeture.
poll-footer-proposal = { $id } · Pour voter, tapez : !vote { $id } pour (ou : contre, abstention). Vous pouvez changer votre vote jusqu’à la fermeture.
poll-footer-consent = { $id } · Pour répondre, tapez : !vote { $id } consens (ou : je m’efface, objection et sa raison). Vous pouvez changer votre réponse jusqu’à la fermeture.
poll-footer-consent-confidential = { $id } · Pour répondre, tapez en privé : !vote { $id } consens (ou : je m’efface, objection). Vous pouvez changer votre réponse jusqu’à la fermeture.
poll-footer-score = { $id } · Pour voter, tapez par exemple : !vote { $id } a5 b3 c0. Vous pouvez changer votre vote jusqu’à la fermeture.
poll-footer-points = { $id } · Pour voter, tapez par exemple : !vote { $id } a6 c4. Vous pouvez changer votre vote jusqu’à la fermeture.
poll-footer-rank = { $id } · Pour voter, tapez par exemple : !vote { $id } b > a = d > c. Vous pouvez changer votre vote jusqu’à la fermeture.
poll-footer-elect = { $id } · Pour voter, tapez par exemple : !vote { $id } b > a > d. Vous pouvez changer votre vote jusqu’à la fermeture.
poll-footer-budget = { $id } · Pour voter, tapez par exemple : !vote { $id } a c. Vous pouvez changer votre vote jusqu’à la fermeture.
poll-footer-date = { $id } · Pour répondre, tapez par exemple : !vote { $id } a oui b au besoin. Vous pouvez changer votre réponse jusqu’à la fermeture.
poll-footer-closed = { $id } · Sondages ouverts : !sondage voir
poll-outcome-none =
    { $of ->
        [organisations] Aucune organisation n’a voté.
       *[persons] Personne n’a voté.
    }
poll-outcome-both = Personnes : { $persons } Organisations : { $organisations }
poll-outcome-quorum = Le quorum n’est pas atteint.
poll-outcome-no-quorum = Le quorum n’est pas atteint : rien n’est décidé.
poll-outcome-passed = La proposition est adoptée.
poll-outcome-failed = La proposition n’est pas adoptée.
poll-outcome-consent = Le consentement est donné.
poll-outcome-objection = Il y a une objection : le consentement n’est pas donné.
poll-outcome-discuss =
    { $of ->
        [organisations] À discuter : trop d’organisations s’effacent, ou aucune ne consent.
       *[persons] À discuter : trop de personnes s’effacent, ou personne ne consent.
    }
poll-outcome-votes = « { $labels } » arrive en tête avec { $figure } voix sur { $cast }.
poll-outcome-votes-tie = Égalité en tête, avec { $figure } voix chacune : { $labels }.
poll-outcome-score = « { $labels } » arrive en tête avec { $figure } points.
poll-outcome-score-tie = Égalité en tête, avec { $figure } points chacune : { $labels }.
poll-outcome-points = « { $labels } » arrive en tête avec { $figure } points.
poll-outcome-points-tie = Égalité en tête, avec { $figure } points chacune : { $labels }.
poll-outcome-date =
    { $of ->
        [organisations] La date qui convient au plus d’organisations : { $labels } ({ $figure } oui).
       *[persons] La date qui convient au plus de gens : { $labels } ({ $figure } oui).
    }
poll-outcome-date-tie =
    { $of ->
        [organisations] Ces dates conviennent à autant d’organisations ({ $figure } oui) : { $labels }.
       *[persons] Ces dates conviennent à autant de gens ({ $figure } oui) : { $labels }.
    }
poll-outcome-order = Ordre : { $order }.
poll-outcome-condorcet = « { $label } » l’emporte sur chacune des autres options.
poll-outcome-shortlist = Retenu : { $labels }.
poll-outcome-shortlist-tie =
    { $places ->
        [one] Égalité pour la dernière place : { $labels }.
       *[other] Égalité pour les { $places } dernières places : { $labels }.
    }
poll-outcome-elected =
    { $count ->
        [one] Élection : { $labels }.
       *[other] Élections : { $labels }.
    }
poll-outcome-elected-tie = Égalité que la règle ne départage pas : { $labels }.
poll-outcome-funded = Financé : { $labels } ({ $spent } $).
poll-outcome-funded-none = Rien n’est financé.
poll-outcome-funded-tie = Égalité : { $count } choix sont possibles. { $ways }.
poll-outcome-lot = Par tirage au sort entre { $tied } : « { $option } » (tirage « { $draw } », graine { $seed }).
poll-pairs = Deux à deux
poll-pair = { $one } : { $above } · { $other } : { $below }
poll-rounds = Tours
poll-round =
    { $exhausted ->
        [0] Tour { $round } : { $votes }. Éliminé : { $out }.
       *[other] Tour { $round } : { $votes } (bulletins épuisés : { $exhausted }). Éliminé : { $out }.
    }
poll-stages = Étapes (quota : { $quota })
poll-stage-first = Premières préférences : { $votes }.
poll-stage-surplus = Surplus de { $who } : { $votes }.
poll-stage-exclusion = Retrait de { $who } : { $votes }.
poll-whose-tally =
    { $of ->
        [organisations] Organisations
       *[persons] Personnes
    }
poll-reasons = Raisons des objections
poll-named = Qui a dit quoi
poll-named-line = { $name } : { $who }
poll-statement = Suite donnée
poll-destroyed = Les bulletins et leurs clés sont détruits. Empreinte du résultat : { $fingerprint }.
poll-review = On y revient { $when }.
poll-results-title = Résultat : { $question }
poll-reminder-title = Dernier jour pour voter : { $question }
poll-menu-placeholder = Votre choix
poll-list-title = Sondages ouverts
poll-none = Aucun sondage n’est ouvert pour l’instant.
poll-line = { $id } · { $question } (ferme { $when })
poll-opened = Le sondage { $id } est ouvert. Il ferme { $when }.
poll-scheduled = Le sondage { $id } est annoncé. Il ouvre { $opens } et ferme { $when }.
poll-extended = Le sondage { $id } est prolongé. Il ferme { $when }.
poll-room-recorded = Les voix de la salle sont notées pour { $id }. Entrez-les de nouveau pour les corriger.
poll-concluded = La suite donnée à { $id } est dite dans les salons.
poll-published = Les bulletins sont publiés un par un, sous leurs reçus : « !sondage bulletins { $id } ». Les clés et la liste de qui a voté sont détruites. Empreinte du résultat : { $fingerprint }.
poll-destroyed-few = Moins de { $few } bulletins : ils ne sont pas publiés un par un. Les bulletins et leurs clés sont détruits. Empreinte du résultat : { $fingerprint }.
poll-receipts = À la fermeture, s’il y en a au moins { $few }, les bulletins seront publiés un par un, chacun sous un reçu que seule la personne qui a voté connaît.
poll-receipt = Votre reçu : { $receipt }. Il vous permettra de retrouver votre bulletin dans la liste publiée. Montré à quelqu’un, il prouve votre vote : gardez-le pour vous.
poll-receipt-in-private = Votre bulletin a un reçu. Pour le recevoir, écrivez-moi en privé : !vote { $id }
poll-own-sealed = Vous avez voté. Votre reçu : { $receipt }. Voter de nouveau remplace votre bulletin et garde le reçu.
poll-ballots = Voici les bulletins de { $id }, à recompter avec le résultat publié.
poll-table = Voici les chiffres de { $id }, pour un tableur.
poll-closed = Le sondage { $id } est clos.
poll-voted = Votre vote est enregistré pour { $id } : { $ballot }. Vous pouvez le changer jusqu’à la fermeture, { $when }.
poll-voted-for = Le vote de { $name } est enregistré pour { $id } : { $ballot }. Toute personne qui représente l’organisation peut le changer jusqu’à la fermeture, { $when }.
poll-voted-confidential = Votre bulletin est enregistré pour { $id }. Vous pouvez le changer jusqu’à la fermeture, { $when }. Il n’est répété nulle part.

# Mots d’un bulletin. « alias » : autres mots acceptés, séparés par des virgules.
ballot-yes = oui
    .alias = o, pour
ballot-no = non
    .alias = n, contre
ballot-abstain = abstention
    .alias = je m’abstiens, abstient
ballot-if-need-be = au besoin
    .alias = besoin, peut-être
ballot-consent = consens
    .alias = je consens, consentement
ballot-stand-aside = je m’efface
    .alias = efface, m’efface, réserve
ballot-objection = objection
    .alias = je m’objecte, objecte
ballot-blank = blanc
    .alias = rien, vide
poll-dates-won =
    { $id }, { $question } : { $count ->
        [one] la date choisie est { $dates }. Vous pouvez en faire un atelier, d’abord en brouillon.
       *[other] ces dates sont à égalité : { $dates }. Choisissez-en une pour en faire un atelier, d’abord en brouillon.
    }
poll-make-workshop = Atelier : { $date }
poll-dates-won-footer =
    { $id } · Pour en faire un brouillon, tapez : !sondage atelier { $id }{ $count ->
        [one] {""}
       *[other] {" option="}{ $letter }
    }
