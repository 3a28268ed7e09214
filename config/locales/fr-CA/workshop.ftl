workshop-card-title = Atelier : { $title }
workshop-when = Quand
workshop-where = Où
workshop-audience = Pour qui
workshop-cost = Coût
workshop-free = gratuit
workshop-access = Accès
workshop-access-unknown = non précisé; demandez à la coordination
workshop-transit = Comment venir
workshop-spoken = Langue
workshop-spoken-french = français
workshop-spoken-english = anglais
workshop-spoken-bilingual = français et anglais
workshop-hosts = Organisé par
workshop-themes = Thématiques
workshop-step = Étape
workshop-type = Type
workshop-retired = terme retiré ({ $slug })
workshop-mode-in-person = En personne
workshop-mode-online = En ligne
workshop-mode-hybrid = En personne ou en ligne
workshop-place-online = { $place } (en ligne)
workshop-place-hybrid = { $place }, ou en ligne
workshop-is-cancelled = Cet atelier est annulé.
workshop-is-held = Cet atelier a eu lieu.
workshop-roster = Je viens : { $yes } · Peut-être : { $maybe } · Non : { $no }
workshop-seats = Places : { $gone } sur { $capacity }
workshop-seats-waiting = Places : { $gone } sur { $capacity } · En attente : { $waiting }
workshop-people = Personnes attendues : { $people }
workshop-full = C’est complet. « Je viens » vous met sur la liste d’attente.
workshop-line-full = {" (complet)"}
workshop-companions =
    { $most ->
        [one] Vous pouvez amener une personne : !viens { $id } +1
       *[other] Vous pouvez amener jusqu’à { $most } personnes : !viens { $id } +{ $most }
    }
workshop-known-before = Pour les personnes qui ont déjà participé avant cette annonce.
workshop-circle = Pour le cercle « { $circle } » : répondez depuis un de ses salons.
workshop-rsvp-until = Clôture des inscriptions
workshop-rsvp-closed = Les inscriptions sont closes.
workshop-answer-yes = Je viens
workshop-answer-maybe = Peut-être
workshop-answer-no = Non
workshop-footer = { $id } · Pour répondre, tapez : !viens { $id } (ou : !viens { $id } non)
workshop-footer-closed = { $id } · Pour libérer votre place, tapez : !viens { $id } non
workshop-footer-over = { $id } · Prochains ateliers : !atelier voir
workshop-line = { $id } · { $title }, { $when }{ $full }
workshop-none = Aucun atelier n’est annoncé pour l’instant.
workshop-list-title = Prochains ateliers
workshop-list-line = { $id } · { $title }, { $when }{ $place }{ $seats }
workshop-list-place = {" · "}{ $place }
workshop-left-many = {" · "}plus de { $few } places libres
workshop-left =
    { $seats ->
        [0] {" · "}complet
        [one] {" · "}{ $seats } place libre
       *[other] {" · "}{ $seats } places libres
    }
workshop-list-more =
    { $more ->
        [one] Et { $more } autre : !atelier voir
       *[other] Et { $more } autres : !atelier voir
    }
workshop-list-footer = Pour répondre, tapez !viens et le numéro. Par exemple : !viens { $id }
workshop-list-ended = Cette liste n’est plus tenue à jour ici. Pour voir les ateliers, tapez : !atelier voir
workshop-list-pinned = La liste des prochains ateliers est épinglée dans ce salon et se tient à jour. Pour l’enlever, tapez : !atelier épingler non
workshop-list-unpinned = La liste des prochains ateliers n’est plus tenue dans ce salon.
workshop-event-answer = Pour répondre, tapez : !viens { $id }
workshop-event-answer-card = Pour répondre, tapez !viens { $id } ou ouvrez la carte :
workshop-cancellation-title = Atelier annulé : { $title }
workshop-cancellation = L’atelier prévu { $when } n’aura pas lieu.
workshop-announced = L’atelier { $id } est annoncé : { $title }, { $when }. Pour corriger, tapez : !atelier modifier { $id }
workshop-edited = L’atelier { $id } est modifié partout : { $title }, { $when }.
workshop-cancelled = L’atelier { $id } est annulé partout : { $title }, { $when }.
workshop-answered-yes = C’est noté : vous venez à { $id }, { $title }, { $when }. Vous pouvez changer d’avis.
workshop-answered-maybe = C’est noté : vous viendrez peut-être à { $id }, { $title }, { $when }. Vous pouvez changer d’avis.
workshop-answered-no = C’est noté : vous ne venez pas à { $id }, { $title }, { $when }. Vous pouvez changer d’avis.
workshop-answer-waiting = En attente
workshop-answer-offered = Place offerte
workshop-party =
    { $seats ->
        [one] { $seats } place
       *[other] { $seats } places
    }
workshop-answered-party = C’est noté : { $seats } places pour vous à { $id }, { $title }, { $when }. Vous pouvez changer d’avis.
workshop-answered-waiting =
    { $id }, { $title }, est complet. Vous attendez { $seats ->
        [one] une place
       *[other] { $seats } places
    } : vous avez le rang { $rank } sur la liste. Quand ce sera votre tour, je vous écrirai en privé. Pour quitter la liste, tapez : !viens { $id } non
workshop-answered-offered =
    Une offre vous attend : { $seats ->
        [one] une place
       *[other] { $seats } places
    } à { $id }, { $title }, à accepter avant cette heure : { $until }. Pour accepter, tapez : !viens { $id }
workshop-waiting-party = Un groupe plus petit peut passer avant le vôtre s’il reste moins de places. Pour venir sans les autres, tapez : !viens { $id } +0
workshop-place-none = Vous n’avez pas répondu à { $id }, { $title }. Pour venir, tapez : !viens { $id }
workshop-leave-line = Quitter la liste
workshop-come-with =
    { $companions ->
        [0] Sans autre personne
        [one] Avec { $companions } personne
       *[other] Avec { $companions } personnes
    }
workshop-offer-title =
    { $seats ->
        [one] Une place pour vous : { $title }
       *[other] { $seats } places pour vous : { $title }
    }
workshop-offer-until = À accepter avant
workshop-offer =
    { $seats ->
        [one] Une place s’est libérée, et c’est votre tour. Je vous la garde jusque-là; ensuite elle ira à la personne suivante.
       *[other] Des places se sont libérées, et c’est votre tour. Je vous les garde jusque-là; ensuite elles iront aux personnes suivantes.
    }
workshop-offer-footer = { $id } · Pour accepter, tapez : !viens { $id } · Pour refuser : !viens { $id } non
workshop-accept = J’accepte
workshop-decline = Je refuse
workshop-offer-accepted = Vous avez accepté : à bientôt.
workshop-offer-declined = Vous avez refusé. La place va à la personne suivante.
workshop-offer-expired = Cette offre a pris fin.
workshop-offer-withdrawn = Cette offre n’a plus cours.
workshop-offer-passed-title = Offre terminée : { $title }
workshop-offer-passed = Vous n’avez pas répondu à temps. La place va à la personne suivante, et vous n’êtes plus sur la liste. Pour attendre de nouveau, à la fin de la liste, tapez : !viens { $id }
workshop-fill-half = { $id }, { $title } : la moitié des places sont prises ({ $gone } sur { $capacity }).
workshop-fill-most = { $id }, { $title } : il reste peu de places ({ $gone } sur { $capacity }).
workshop-fill-full = { $id }, { $title } : c’est complet ({ $gone } sur { $capacity }). En attente : { $waiting }. Pour ajouter des places : !atelier modifier { $id } places=…
workshop-unreached = Une place à { $id }, { $title }, est offerte à la personne dont c’est le tour, mais mes messages privés ne lui arrivent pas. Si vous attendez une place, voyez où vous en êtes : !atelier ma-place { $id }
workshop-my-place = Où j’en suis
workshop-here = ici
workshop-preview-title = Brouillon { $id } : { $title }
workshop-preview-heading =
    { $network ->
        [discord] Sur Discord
        [matrix] Sur Matrix
       *[other] Ici
    }, { $language ->
        [en-CA] en anglais
       *[other] en français
    }, { $rooms ->
        [one] { $rooms } salon
       *[other] { $rooms } salons
    }
workshop-preview-buttons = Boutons : { $acts }
workshop-preview-reactions = Réactions : { $acts }
workshop-preview-footer = { $id } · Pour l’annoncer, tapez : !atelier publier { $id } (ou : !atelier publier { $id } lundi 9 h) · Pour corriger : !atelier modifier { $id }
workshop-publish = Annoncer maintenant
workshop-discard = Jeter
workshop-draft-waits = Personne d’autre ne le voit. Voici ce que les salons verront.
workshop-draft-scheduled = Il sera annoncé à cette heure : { $at }. D’ici là, personne d’autre ne le voit.
workshop-draft-kept = Le brouillon { $id } est gardé. Ce salon vous lit : je vous envoie l’aperçu en privé.
workshop-discarded = Le brouillon { $id }, { $title }, est jeté.
workshop-change-title = Changement : { $title }
workshop-before = Avant
workshop-place-unknown = à préciser
workshop-attendees = Voici qui a répondu à { $id }, en CSV. Ces identifiants ne sont que pour la coordination.
agenda-name = Ateliers : { $name }
agenda-of-circle = { $circle }, { $collective }
agenda-field = { $name } : { $value }
agenda-answer = Pour répondre, dans le salon : { $id }
agenda-add = Ajouter à mon agenda
agenda-one = L’atelier { $id }, pour votre agenda. S’il change ou s’annule, l’entrée suit.
agenda-all = Les ateliers de { $name }, pour votre agenda. Abonnez-vous à cette adresse : les changements suivent d’eux-mêmes.
workshop-conflict =
    Attention : en même temps que { $id }, { $title }, { $when } : { $what ->
        [place] même lieu
        [hosts] mêmes hôtes ({ $hosts })
       *[both] même lieu, mêmes hôtes ({ $hosts })
    }
workshop-attendance = Présences : { $people }
workshop-attendance-guests = Présences : { $people }, dont { $guests } sans compte ici
workshop-checked-in = C’est noté : vous êtes à { $id }, { $title }. Merci d’être là!
workshop-attended-title = Présences : { $title }
workshop-attended = Confirmées ici : { $here } · Sans compte : { $guests } · En tout : { $people }
workshop-code = Code à afficher dans la salle :
workshop-code-how = Chaque personne le tape elle-même : !présence { $code }. Il est bon de deux heures avant le début à douze heures après la fin.
workshop-attended-how = { $id } · Les gens sans compte : !atelier présences { $id } sans-compte=12 · Une personne : !atelier présences { $id } personne=… (et là=non pour corriger)
workshop-thanks-title = Merci de votre présence : { $title }
workshop-thanks-how = { $id } · Par écrit : !avis { $id } oui (ou en partie, ou non) · Pour vous engager : !engagement
workshop-commit = Prendre un engagement
workshop-next = Le prochain : { $next }
workshop-next-yes = Je viens au prochain
feedback-question = Une seule question : cet atelier vous a-t-il été utile?
feedback-yes = Utile
feedback-partly = En partie
feedback-no = Pas utile
feedback-noted = C’est noté, merci. La coordination de { $id }, { $title }, ne voit que des totaux. Vous pouvez changer d’avis.
feedback-counts = Utile : { $yes } · En partie : { $partly } · Pas utile : { $no }
workshop-report = Compte rendu
workshop-report-title = Compte rendu : { $title }
workshop-report-footer = { $id } · { $when } · Pour le relire : !atelier voir { $id }
workshop-report-kept = Le compte rendu de { $id }, { $title }, est dans les salons. Pour le corriger, écrivez-le de nouveau : il change partout.
workshop-report-asked-title = Compte rendu à écrire : { $title }
workshop-report-asked = L’atelier { $id } a eu lieu { $when }. Les personnes qui n’ont pas pu venir aimeraient savoir ce qui s’y est dit.
workshop-report-how = { $id } · Pour l’écrire, tapez : !atelier compte-rendu { $id } suivi de votre texte
workshop-report-write = Écrire le compte rendu
workshop-report-done = Le compte rendu de { $id }, { $title }, est publié.
workshop-series = Série
series-and = et
series-weeks =
    { $every ->
        [one] chaque { $days }
       *[other] toutes les { $every } semaines, le { $days }
    }
series-months =
    { $every ->
        [one] le { $nth ->
            [1] premier
            [2] deuxième
            [3] troisième
            [4] quatrième
           *[other] dernier
        } { $day } de chaque mois
       *[other] tous les { $every } mois, le { $nth ->
            [1] premier
            [2] deuxième
            [3] troisième
            [4] quatrième
           *[other] dernier
        } { $day }
    }
series-other = selon la règle { $rule }
series-rhythm = { $often } à { $time }
series-title = Série de { $id } : { $title }
series-line =
    { $state ->
        [announced] { $when } : { $id }, annoncé
        [cancelled] { $when } : { $id }, annulé
        [skipped] { $when } : sauté
       *[planned] { $when }
    }
series-last = Dernière date : { $when }. Chaque atelier est annoncé quand le précédent est fini, ou trois jours avant.
series-over = Cette série est finie. Pour la reprendre, donnez-lui un nouveau rythme.
series-footer = { $id } · Pour sauter une date, tapez : !atelier sauter { $id } 22 décembre · Pour changer le rythme : !atelier répéter { $id } deux semaines · Pour tout changer : !atelier modifier { $id } portée=toutes
series-ends = La série de { $title } est finie : { $id } était le dernier. Pour la reprendre, tapez : !atelier répéter { $id } semaine
series-edited =
    { $count ->
        [0] Aucun atelier annoncé ne change
        [one] { $count } atelier annoncé est modifié partout
       *[other] { $count } ateliers annoncés sont modifiés partout
    }, à partir de { $id }, { $title }. Ceux qui viendront seront pareils.
series-cancelled =
    La série de { $id }, { $title }, est finie. { $count ->
        [0] Aucun atelier annoncé n’était à annuler.
        [one] { $count } atelier annoncé est annulé partout.
       *[other] { $count } ateliers annoncés sont annulés partout.
    }
workshop-date = Date
workshop-dated-by = choisie par le sondage { $id }
