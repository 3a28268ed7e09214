error-nothing-changed = Rien n’a été changé.
error-internal = Je n’ai pas pu enregistrer cela. Ce n’est pas votre faute, et rien n’a été changé. Réessayez dans quelques minutes. Si cela se répète, donnez cette référence à la coordination : { $reference }.
error-not-allowed =
    { $role ->
        [organizer] Cette commande est réservée à la coordination. Demandez à une personne de la coordination de le faire.
        [editor] Cette commande est réservée à la rédaction. Demandez à une personne de la rédaction de le faire.
       *[steward] Cette commande est réservée à l’intendance. Demandez à une personne de l’intendance de le faire.
    }
error-not-found = Je ne trouve pas { $id } ici. Vérifiez le numéro au bas de la carte.
error-no-collective = Ce salon n’appartient à aucune collectivité que je connais. Écrivez-moi dans un salon de votre collectivité.
error-workshop-over = L’atelier { $id } est terminé ou annulé. Il ne prend plus de réponses ni de changements. Tapez « !atelier voir » pour voir les prochains.
error-poll-closed = Le sondage { $id } est clos. Le vote que vous aviez donné, s’il y en a un, compte toujours. Tapez « !sondage voir { $id } » pour voir le résultat.
error-no-key = Ce robot ne peut pas encore tenir de vote confidentiel : l’intendance doit d’abord lui donner une clé (« master_key_file »). Choisissez un autre niveau.
error-vote-in-private = Le vote à { $id } est confidentiel, et ce salon vous lit : votre vote n’a pas été compté. Effacez votre message et votez en m’écrivant en privé.
error-poll-not-open = Le sondage { $id } n’est pas encore ouvert. Il ouvre { $when }.
error-ballots-not-shown = Les bulletins de { $id } ne sont pas publiés : ils pourraient dire qui a voté quoi. Ses totaux le sont : « !sondage résultat { $id } ».
error-too-many-ballots = { $id } a trop de bulletins pour une conversation ({ $most } au plus). L’intendance peut les écrire dans un fichier avec « cercles export poll ».
error-receipts-level = Les reçus sont pour les votes confidentiels. Ajoutez le niveau confidentiel, ou retirez les reçus. Rien n’a été créé.
error-receipts-telling = Avec { $options } options, ces bulletins seraient presque tous différents : publiés un par un, ils diraient qui les a remplis. Gardez { $most } options au plus, ou retirez les reçus. Rien n’a été créé.
error-poll-still-open = Le sondage { $id } est encore ouvert. Fermez-le d’abord : « !sondage clore { $id } ».
error-not-later = Le sondage { $id } ferme déjà { $when }. Donnez une date plus tard.
error-not-eligible = Le sondage { $id } est pour les personnes qui ont participé avant son ouverture.
error-no-reason = Une objection à { $id } a besoin d’une raison. Tapez : « !vote { $id } objection parce que… ».
error-room-counts =
    { $expected ->
        [3] Donnez un nombre par réponse, par exemple « pour 12, contre 3 ».
       *[other] Donnez un nombre par lettre, par exemple « a 12, b 9 ».
    }
error-no-options = Une proposition n’a pas d’options : on répond pour, contre ou abstention. Enlevez les options, ou choisissez un autre genre.
error-no-proposals = Ce genre de sondage n’a pas d’options : on ne peut pas en proposer. Enlevez « propositions », ou choisissez un autre genre.
error-opens-with-proposals = Le vote s’ouvre à la fin des propositions. Donnez « propositions » ou « ouvre », mais pas les deux.
error-nothing-proposed = On ne propose pas d’options pour le sondage { $id } : elles ont été données à sa création.
error-options-settled = Les options du sondage { $id } sont fixées : on ne peut plus en proposer ni en ajouter. Tapez « !sondage voir { $id } » pour le voir.
error-options-missing = Le sondage { $id } n’est pas encore ouvert : il n’y a pas assez d’options. La coordination s’en occupe.
error-option-stands = L’option « { $option } » est déjà là, ou déjà proposée. Proposez-en une autre.
error-options-full = Le sondage { $id } a déjà { $max } options, et c’est le maximum.
error-proposals-wait = Vous avez déjà { $max } propositions qui attendent pour { $id }. Vous pourrez en faire une autre quand la coordination aura décidé.
error-proposal-decided = On ne peut plus décider de { $id } : c’est déjà fait.
error-proposals-not-later = Les propositions pour { $id } ferment déjà { $when }. Donnez une date à venir, et plus tardive.
error-opens-after-close = Le sondage { $id } ferme { $when } : les propositions doivent fermer avant. Repoussez d’abord la fermeture : « !sondage prolonger { $id } ».
error-figure = Le nombre { $figure } ne va pas. Il va de { $min } à { $max }.
error-no-cost = L’option « { $option } » n’a pas de coût. Écrivez par exemple « Un jardin = 500 ».
error-no-date = Je ne lis pas de date dans « { $option } ». Écrivez par exemple « 3 décembre 19 h ».
error-no-budget = Dites le montant du budget, par exemple « nombre=5000 ».
error-ballot-not-understood = Je ne comprends pas le bulletin « { $typed } » pour { $id }. Tapez « !vote { $id } » pour voir comment voter. Le vote que vous aviez donné, s’il y en a un, compte toujours.
error-ballot-twice = L’option { $option } est là deux fois. Gardez-la une seule fois. Le vote que vous aviez donné, s’il y en a un, compte toujours.
error-ballot-too-many = Vous avez choisi { $chosen } options. Le maximum est de { $most }. Le vote que vous aviez donné, s’il y en a un, compte toujours.
error-ballot-score = L’option { $option } a la note { $score }. Une note va de { $min } à { $max }. Le vote que vous aviez donné, s’il y en a un, compte toujours.
error-ballot-over-budget = Vous avez réparti { $given } points. Vous en avez { $budget }. Le vote que vous aviez donné, s’il y en a un, compte toujours.
error-ballot-over-cap = L’option { $option } a { $points } points. Le maximum par option est de { $cap }. Le vote que vous aviez donné, s’il y en a un, compte toujours.
error-ballot-equal-ranks = Cette élection demande un ordre sans égalité, par exemple « b > a > d ». Le vote que vous aviez donné, s’il y en a un, compte toujours.
error-number = « { $typed } » n’est pas un nombre pour « { $argument } ». Donnez un nombre de 0 à { $max }.
error-unknown-option = Le sondage { $id } n’a pas cette option. Choisissez une lettre de a à { $last }. Le vote que vous aviez donné, s’il y en a un, compte toujours.
error-closes-in-past = Un sondage doit fermer dans le futur. Donnez une date à venir, par exemple « vendredi 20 h ».
error-pulse-too-long = Une prise de pouls dure au plus { $days } jours. Donnez une fin plus proche.
error-pulse-over = La prise de pouls { $id } est déjà terminée.
error-answer-count =
    { $found ->
        [0] Il manque les réponses.
        [one] Il n’y a qu’une réponse.
       *[other] Il y a { $found } réponses.
    } Une prise de pouls en a de { $min } à { $max }.
error-starts-in-past = Un atelier doit commencer dans le futur. Donnez une date à venir, par exemple « jeudi prochain 19 h ».
error-ends-before-start = L’atelier finirait avant d’avoir commencé. Vérifiez les heures.
error-needed = Un atelier ne peut pas se passer de « { $argument } ». Changez-le plutôt.
error-hosts = Vous nommez { $hosts } organismes. Le maximum est de { $max }.
error-rsvp-until = Les inscriptions doivent se clore dans le futur, au plus tard au début de l’atelier.
error-not-known-before = L’atelier { $id } est pour les personnes qui ont participé avant son annonce.
error-publish-at = Un brouillon doit être annoncé dans le futur, et avant le début de l’atelier.
error-no-draft = { $id } n’est pas un brouillon : il est déjà annoncé, ou terminé.
error-unknown-room = Je ne connais pas de salon public « { $typed } » ici. Dites « ici », « discord », « matrix », ou l’identifiant du salon.
error-companions =
    { $most ->
        [0] À { $id }, chaque personne répond pour elle seule.
        [one] À { $id }, vous pouvez amener une personne.
       *[other] À { $id }, vous pouvez amener { $most } personnes au plus.
    }
error-never-fits = { $id } n’a que { $capacity } places en tout. Venez à moins.
error-seats-short = Il n’y a pas tant de places libres à { $id } : vous pouvez en avoir { $seats } au plus. Vous gardez ce que vous avez.
error-rsvp-closed = Les inscriptions à { $id } sont closes. Si vous aviez une place, elle est toujours à vous. Pour la libérer, tapez « !viens { $id } non ».
error-offer-over = Cette offre a pris fin, et la place va à la personne suivante. Dans un instant, « !viens { $id } » vous remettra à la fin de la liste.
error-not-yours = L’engagement { $id } n’est pas le vôtre. Tapez « !engagement liste » pour voir les vôtres.
error-in-argument = Il y a un problème avec « { $argument } ».
error-text-empty = Le texte est vide. Écrivez au moins un mot.
error-text-too-long = Le texte a { $length } caractères. Le maximum est de { $max }. Raccourcissez-le.
error-text-control = Le texte contient un caractère invisible ({ $code }). Retapez-le sans copier-coller.
error-option-count =
    { $found ->
        [0] Il manque les options.
        [one] Il n’y a qu’une option.
       *[other] Il y a { $found } options.
    } Un sondage en a de { $min } à { $max }.
error-option-twice = L’option « { $option } » est donnée deux fois. Gardez-la une seule fois.
error-nothing-to-change = Rien ne changerait. Dites ce qui change, par exemple « lieu=Bibliothèque ».
error-nothing-to-tell = Il n’y a rien à raconter depuis le dernier bilan.
error-unknown-command = Je ne connais pas cette commande.
error-did-you-mean = Vouliez-vous dire :
error-see-help = Tapez « !aide » pour voir ce que vous pouvez faire.
error-unknown-argument = Je ne connais pas « { $name } » pour cette commande. Par exemple :
error-left-over = Je n’ai pas compris « { $rest } ». Mettez les textes de plusieurs mots entre guillemets. Par exemple :
error-reference = « { $typed } » n’est pas un numéro pour « { $argument } ». Un numéro ressemble à { $example }.
error-choice = « { $typed } » n’est pas une réponse possible pour « { $argument } ». Choisissez : { $choices }.
error-when = Je n’ai pas compris « { $typed } » pour « { $argument } ».
when-empty = Écrivez un jour et une heure, par exemple « jeudi prochain 19 h ».
when-not-understood = Écrivez un jour et une heure, par exemple « jeudi prochain 19 h » ou « 2026-12-03 19:30 ».
when-missing-time = Il manque l’heure pour { $date }. Par exemple : « 19 h ».
when-missing-date = Il manque le jour. Par exemple : « jeudi 19 h ».
when-missing-day = Il manque le jour du mois.
when-missing-month = Il manque le mois.
when-missing-year = Ajoutez l’année à « { $text } ».
when-short-year = Écrivez l’année avec quatre chiffres.
when-hour-unclear = Est-ce { $hour } h du matin ou du soir? Écrivez par exemple « 19 h ».
when-midnight-unclear = Minuit de quel jour? Écrivez « 0 h » pour le début du jour.
when-invalid-date = Le jour « { $text } » n’existe pas.
when-invalid-time = L’heure « { $text } » n’existe pas.
when-day-month-unclear = Est-ce { $first } ou { $second }? Écrivez le mois en lettres.
when-weekday-mismatch = Ce jour-là ({ $date }) est un { $actual }, et non un { $said }.
when-part-of-day-mismatch = { $time } n’est pas à ce moment de la journée.
when-nonexistent-time = { $date }, { $time } n’existe pas : on avance l’heure cette nuit-là.
when-time-twice = Cette heure arrive deux fois, car on recule l’heure cette nuit-là : { $first } ou { $second }. Ajoutez « HAE » ou « HNE ».
when-end-before-start = La fin ({ $end }) ne suit pas le début ({ $start }).
when-in-past = C’est déjà passé ({ $date }).
when-too-far = C’est dans plus de { $years } ans. Vérifiez l’année.
when-several-dates = J’y lis plusieurs jours. Donnez-en un seul.
when-several-times = J’y lis plusieurs heures. Donnez une heure, ou « de 19 h à 21 h ».
when-unexpected-time = Donnez seulement un jour, sans heure.
when-duration-not-understood = Écrivez une durée, par exemple « 2 h » ou « 3 jours ».
when-duration-out-of-range = Cette durée est trop longue ou nulle.
error-consent-needed = Il me faut d’abord votre accord. Tapez « !accepte ».
error-not-collecting = Je ne peux encore rien garder : la personne qui s’occupe du robot n’a pas fini de le régler (il manque l’organisme responsable des renseignements personnels). Vous pouvez tout lire.
error-bridged = Ceci est arrivé par un pont entre deux réseaux, et je ne peux pas savoir de qui. Sur Discord, utilisez mes commandes avec « / » ou mes boutons. Sur Matrix, écrivez-moi de votre propre compte.
error-private-only = Pas ici : d’autres lisent ce salon. Écrivez-moi en privé, ou sur Discord utilisez la commande avec « / ».
error-public-room-only = Cette commande agit sur le salon où elle est tapée. Tapez-la dans un salon public du collectif.
error-control-room-only = Pas ici : la réponse nommerait des comptes. Demandez-le dans le salon de coordination ou en privé.
error-too-many-tries = Trop de codes ont été essayés. Attendez une heure, puis demandez un nouveau code.
error-own-code = Ce code a été donné à ce même compte. Tapez-le depuis votre autre compte.
error-already-linked = Ces deux comptes sont déjà liés.
error-not-linked = Ce compte n’est lié à aucun autre. Pour le lier : « !lier ».
error-nothing-kept = Je ne garde rien à votre sujet.
error-no-organisation = Je ne connais pas d’organisation « { $typed } ». Tapez « !cercle organisations » pour voir leurs sigles.
error-organisation-exists = Une organisation a déjà le sigle « { $slug } ». Donnez-en un autre, par exemple « sigle={ $slug }-2 », ou modifiez-la : « !organisation modifier { $slug } ».
error-other-circle = { $id } est réservé au cercle « { $slug } ». Répondez depuis un de ses salons : « !cercle voir { $slug } ».
error-plan-no-lead = Une action n’est à lancer, en cours ou réalisée que si une organisation la porte : porteur=…
error-plan-backwards = L’action finirait avant de commencer.
error-plan-too-long = L’action durerait plus de { $months } mois. Le plan est révisé après deux ans : donnez une fin plus proche, ou faites-en deux actions.
error-carried = L’action { $id } n’est pas à porter. Pour voir celles qui le sont : « !plan à-porter ».
error-represents-none = Vous ne représentez aucune organisation. La coordination donne les mandats, par un code : « !mandat prendre ».
error-represents-several = Vous représentez plusieurs organisations. Dites au nom de laquelle, par exemple en ajoutant « pour » et son sigle : { $slugs }
error-no-step = Je ne connais pas d’étape « { $typed } ». Celles de la collectivité : { $known }
error-no-circle = Je ne connais pas de cercle « { $typed } ». Tapez « !cercle voir » pour voir leurs sigles.
error-circle-exists = Un cercle a déjà le sigle « { $slug } ». Donnez-en un autre, par exemple « sigle={ $slug }-2 », ou modifiez-le : « !cercle modifier { $slug } ».
error-circle-loop = Le cercle « { $slug } » ne peut pas être dans lui-même, ni dans un cercle qu’il contient.
error-circle-deep = Il y aurait plus de { $max } cercles l’un dans l’autre.
error-eligible-unknown = Personne ne compte qui est dans un cercle. Pour un quorum ou une majorité des personnes admissibles, dites combien peuvent voter : sur=…
error-no-slug = « { $typed } » ne donne pas de sigle. Donnez-en un de lettres et de chiffres, par exemple « sigle=table-quartier ».
error-nothing-to-change-of = Dites ce qui change pour { $slug } : nom ou secteur. Par exemple : « secteur=culture ».
error-no-mandate = Vous ne représentez pas l’organisation « { $slug } ». La coordination peut vous donner un code; tapez-le ensuite en privé : « !mandat prendre » et le code.
error-has-mandate = Vous représentez déjà l’organisation « { $slug } ». Le code reste bon pour une autre personne.
error-no-mandate-of = Le compte « { $account } » n’a pas pris de mandat pour { $slug }. Tapez « !mandat voir { $slug } » pour voir qui en a un.
error-nobody-to-hear = Aucune organisation n’est inscrite. Ajoutez-en d’abord : « !organisation ajouter ».
error-voices-confidential = Un vote confidentiel n’a pas de décompte des organisations : elles sont trop peu pour que leurs voix restent secrètes, et leurs membres doivent pouvoir les connaître. Choisissez un autre niveau, ou « voix=personnes ».
error-no-voices = Le sondage { $id } ne compte pas les organisations. Votez en votre nom : « !vote { $id } » et votre choix.
error-voices-only = Le sondage { $id } est pour les organisations partenaires. Les personnes qui en représentent une y votent en son nom. Si c’est votre cas, demandez un mandat à la coordination.
error-joined-later = L’organisation « { $slug } » a été inscrite après l’ouverture du sondage { $id }. Les organisations qui y ont une voix ont été comptées à ce moment.
error-no-such-code = Ce code n’est celui d’aucun atelier qui a lieu en ce moment. Relisez-le dans la salle : cinq lettres ou chiffres.
error-not-then = C’est trop tôt ou trop tard pour cela à { $id }, ou l’atelier est annulé.
error-unknown-account = Personne n’a encore agi depuis le compte { $account }. Comptez cette personne parmi celles sans compte (sans-compte=…), ou donnez-lui le code.
error-was-not-there = Seules les personnes qui étaient à { $id }, ou pensaient y venir, disent ce qu’elles en ont pensé. Si vous y étiez, tapez !présence suivi du code de la salle, ou demandez à la coordination.
error-repeats-draft = { $id } est encore un brouillon. Annoncez-le d’abord : « !atelier publier { $id } ».
error-series-rule = Dites à quel rythme, par exemple « chaque=semaine », ou donnez une règle à sa place, par exemple « règle="FREQ=WEEKLY;BYDAY=TU,TH" ». L’heure est celle de l’atelier; une série revient au plus une fois par jour.
error-series-empty = Ce rythme ne donne aucune date à venir dans les { $years } ans. Vérifiez la règle, le nombre de fois et le dernier jour.
error-no-series = { $id } ne fait pas partie d’une série. Pour le faire revenir, tapez « !atelier répéter { $id } semaine ».
error-not-in-series = La série de { $id } n’a pas de séance à venir { $day }. Pour voir ses dates, tapez « !atelier série { $id } ».
error-series-day = Pour toute la série, seule l’heure peut changer ainsi : gardez le jour de { $id }. Pour d’autres jours, tapez « !atelier répéter { $id } ».
error-no-date-won = Le sondage { $id } n’a pas de date gagnante : il doit porter sur des dates, être clos, atteindre son quorum et avoir au moins un oui. Pour annoncer un atelier quand même, tapez « !atelier créer ».
error-dates-won = Ce qui gagne dans { $id } : { $letters }. Choisissez une de ces lettres, par exemple « !sondage atelier { $id } option={ $first } ».
error-poll-has-workshop = Le sondage { $id } a déjà donné un atelier. Pour en faire un autre, ajoutez « encore=oui ».
error-no-aim = « { $typed } » n’est ni un jalon (J2), ni une action (P4), ni une thématique. Pour voir le plan : « !plan ».
error-only-counted = L’engagement { $id } est seulement compté : la personne qui l’a pris n’en montre rien.
error-no-plan = Le plan n’a pas encore de jalon à adopter. Ajoutez-en un : « !jalon ajouter ».
error-not-adopted = Le plan n’est pas encore adopté. Pour l’adopter : « !plan adopter ».
error-no-version = Le plan n’a pas de version { $version }.
error-not-that-version = C’est la version { $version } du plan qui court. Pour voir ce qu’une révision ferait maintenant : « !plan réviser ».
error-no-federation = Aucun collectif n’est rattaché à celui-ci : ce n’est pas une fédération. L’intendance peut en rattacher dans la configuration.
error-ended = { $id } a pris fin avec la version { $version } du plan. Pour la relire : « !plan version={ $version } ».
error-not-open = L’engagement { $id } est déjà tenu ou retiré.
error-no-hand = Personne ne demande de coup de main pour l’engagement { $id }. Ceux qui attendent : « !engagement suivi ».
error-unreached = Mes messages privés n’arrivent pas en ce moment à la personne qui tient l’engagement { $id }. Rien n’a été envoyé; réessayez dans quelques jours.
error-always-public = L’engagement d’une organisation est public : son nom et sa phrase sont montrés. Enlevez « visible », ou prenez l’engagement en votre nom.
error-nothing-left = L’engagement { $id } est terminé : il n’y a plus rien à transmettre.
error-yours-already = L’engagement { $id } est déjà le vôtre.
error-nothing-to-confirm = Aucun engagement n’attend d’être confirmé : il l’est peut-être déjà, ou un quart d’heure est passé. Pour voir les vôtres : « !engagement liste ».
error-waits-for-others = L’engagement { $id } attend que d’autres se joignent à l’appel. Pour le faire de toute façon : « !engagement rejoindre { $id } si 0 ».
error-pledge-needs-day = « Si » d’autres s’engagent, mais jusqu’à quand peuvent-ils le dire? Ajoutez une date, par exemple « avant=2027-06-01 ».
error-pledge-day = Cette date ne va pas : elle doit être à venir, plus tard que celle d’avant, et l’appel reste ouvert { $days } jours au plus.
error-too-many-others = C’est trop demander : { $max } autres au plus.
error-no-pledge = { $id } n’est pas un appel. Pour voir les appels ouverts : « !engagement appels ».
error-pledge-closed = L’appel { $id } est fermé : on ne peut plus s’y joindre.
error-active-already = L’engagement { $id } compte déjà : assez d’autres s’engagent.
