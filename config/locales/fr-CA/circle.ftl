circle-title = Les cercles
circle-none = Aucun cercle n’est formé.
circle-line =
    { $rooms ->
        [0] { $name } ({ $slug })
        [one] { $name } ({ $slug }), { $rooms } salon
       *[other] { $name } ({ $slug }), { $rooms } salons
    }
circle-what = Un cercle réunit des salons et des organisations, jamais des personnes. Agir depuis un de ses salons, c’est agir dans ce cercle et dans ceux qui l’entourent; rien n’en est gardé.
circle-how = Pour tenir cette liste : « !cercle ajouter », « placer », « modifier » ou « retirer ». Pour réserver un atelier ou un sondage à un cercle : qui=cercle:sigle.
circle-added = Le cercle « { $name } » est créé. Son sigle : { $slug }
circle-added-next = Pour y placer des salons et des organisations : « !cercle placer { $slug } salons=ici organisations=… ».
circle-edited = C’est modifié : { $name } ({ $slug })
circle-filled = C’est fait. Placés dans « { $name } » : { $rooms ->
        [0] aucun salon
        [one] { $rooms } salon
       *[other] { $rooms } salons
    } et { $organisations ->
        [0] aucune organisation
        [one] { $organisations } organisation
       *[other] { $organisations } organisations
    }.
circle-taken-out = C’est fait. Sortis de leur cercle : { $rooms ->
        [0] aucun salon
        [one] { $rooms } salon
       *[other] { $rooms } salons
    } et { $organisations ->
        [0] aucune organisation
        [one] { $organisations } organisation
       *[other] { $organisations } organisations
    }.
circle-retired = Le cercle « { $name } » ne sert plus. Ce qu’il réunissait est maintenant dans le cercle qui l’entourait, s’il y en avait un. Ce qui lui était réservé ne prend plus de nouvelles réponses.
circle-roles-title = Qui peut quoi dans cette collectivité
circle-discord = Sur Discord, par permission
circle-matrix = Sur Matrix, par niveau de pouvoir
circle-role = { $role } :
circle-level = { $level } ou plus
circle-or = {" ou "}
circle-by-name-only = seulement par nom
circle-by-name = Par nom
circle-nobody = Personne.
circle-representatives = Qui représente une organisation
circle-represents = { $account } : { $organisation }
circle-grant = { $account } : { $role }
journal-title = Journal
journal-empty = Rien encore.
journal-line = { $when } : { $act }, par { $who }
journal-erased = une personne dont les données sont effacées
journal-act =
    { $act ->
        [workshop-drafted] { $id }, brouillon d’atelier gardé
        [workshop-scheduled] { $id }, annonce d’atelier planifiée
        [workshop-discarded] { $id }, brouillon d’atelier jeté
        [workshop-announced] { $id }, atelier annoncé
        [workshop-edited] { $id }, atelier modifié
        [workshop-attended] { $id }, présences notées
        [workshop-reported] { $id }, compte rendu d’atelier écrit
        [workshop-cancelled] { $id }, atelier annulé
        [workshop-repeated] { $id }, rythme de série donné
        [workshop-skipped] { $id }, date de série sautée
        [workshop-series_ended] { $id }, série terminée
        [list-pinned] liste des ateliers épinglée ({ $id })
        [list-unpinned] liste des ateliers enlevée ({ $id })
        [poll-opened] { $id }, sondage ouvert
        [poll-extended] { $id }, sondage prolongé
        [poll-room_counted] { $id }, voix de la salle entrées
        [poll-closed] { $id }, sondage clos
        [poll-stated] { $id }, suite dite
        [poll-proposals_extended] { $id }, propositions prolongées
        [poll-options_added] { $id }, options ajoutées
        [proposal-accepted] { $id }, proposition acceptée
        [proposal-refused] { $id }, proposition refusée
        [pulse-asked] { $id }, prise de pouls lancée
        [pulse-ended] { $id }, prise de pouls terminée
        [commitment-taken] { $id }, engagement pris au nom de { $organisation }
        [commitment-under_way] { $id }, engagement de { $organisation } en cours
        [commitment-kept] { $id }, engagement de { $organisation } tenu
        [commitment-postponed] { $id }, engagement de { $organisation } reporté
        [commitment-handed_over] { $id }, engagement repris par { $organisation }
        [commitment-withdrawn] { $id }, engagement de { $organisation } retiré
        [commitment-hidden] { $id }, nom masqué
        [commitment-helped] { $id }, coup de main donné
        [pledge-opened] { $id }, appel lancé
        [pledge-joined] { $id }, appel rejoint au nom de { $organisation }
        [pledge-closed] { $id }, appel terminé
        [digest-published] { $id }, bilan publié
        [organisation-added] { $id }, organisation inscrite
        [organisation-edited] { $id }, organisation modifiée
        [organisation-retired] { $id }, organisation retirée
        [mandate-offered] { $id }, code donné pour un mandat
        [mandate-taken] { $id }, mandat pris
        [mandate-withdrawn] { $id }, mandat retiré
        [poll-voted_for] { $id }, vote au nom de { $organisation }
        [circle-added] { $id }, cercle créé
        [circle-edited] { $id }, cercle modifié
        [circle-retired] { $id }, cercle retiré
        [circle-filled] { $id }, cercle rempli
        [milestone-added] { $id }, jalon ajouté
        [milestone-edited] { $id }, jalon modifié
        [action-added] { $id }, action ajoutée
        [action-edited] { $id }, action modifiée
        [action-carried] { $id }, action portée au nom de { $organisation }
        [step-chosen] { $id }, étape de la démarche
        [plan-adopted] { $id }, plan adopté ou daté
        [action-evaluated] { $id }, constat écrit
        [plan-revised] { $id }, plan évalué et reporté
        [suggestion-added] { $id }, ajout au catalogue
        [suggestion-edited] { $id }, idée du catalogue modifiée
        [suggestion-retired] { $id }, idée retirée du catalogue
       *[other] { $id }
    }
widening-title = Cercles qui s’élargissent : { $month }
widening-title-none = Cercles qui s’élargissent
widening-none = Le premier mois sera mesuré à sa fin. Je compte des gestes (réponses, votes, engagements), jamais des messages ni des lectures, et je ne dis rien de personne.
widening-participants = Ont pris part
widening-newcomers = Dont pour la première fois
widening-returning = Dont déjà là le mois d’avant
widening-returning-share = { $people } ({ $share } des gens du mois d’avant)
widening-taking-part = Participent
widening-inner = S’engagent ou portent
widening-committing = S’engagent
widening-carrying = Portent
widening-organisations = Organisations qui ont agi
widening-organisations-figures = { $count }, dont { $new } pour la première fois
widening-sectors = Secteurs
widening-sectors-figures = { $count } ce mois-ci; des cinq secteurs du mouvement, { $own } sur { $of } depuis le début
widening-workshops = Ateliers tenus
widening-workshops-figures = { $count }, présences : { $people }
widening-open = Gestes de personnes qui ne représentent aucune organisation
widening-untold = trop peu de gens pour le dire
widening-how = Comment c’est compté : chaque personne une fois, selon ses gestes du mois. Participer : voter, dire qu’on vient, être là, proposer une option. S’engager : prendre un engagement. Porter : coordonner, ou agir pour une organisation. Un nombre n’est dit que si rien de moins de { $least } ne s’en déduit; les votes confidentiels ne sont pas comptés ici. Aucune personne n’est classée nulle part.
widening-footer = Mesuré une fois par mois · Vos données : !mes-données
