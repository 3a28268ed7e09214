plan-title = Le plan
plan-none = Le plan n’a pas encore de jalon.
plan-step = Étape { $place } de { $of } : { $step }
plan-line =
    { $actions ->
        [0] { $id } · { $statement }
        [one] { $id } · { $statement } · { $actions } action{ $free ->
            [0] {""}
           *[other] , à porter
        }
       *[other] { $id } · { $statement } · { $actions } actions{ $free ->
            [0] {""}
           *[other] , dont { $free } à porter
        }
    }
plan-how = Pour voir un jalon et ses actions : « !plan J1 ». Les actions que personne ne porte encore : « !plan à-porter ».
plan-no-actions = Aucune action n’y mène encore.
plan-milestone = { $id } · { $statement }
plan-milestone-by = { $id } · { $statement } (d’ici { $year })
plan-action = { $id } · { $statement } · { $state }
plan-lead = portée par { $name }
plan-helpers = avec { $names }
plan-from = à partir du { $when }
plan-until = jusqu’au { $when }
plan-state-needs-lead = à porter
plan-state-to-launch = à lancer
plan-state-under-way = en cours
plan-state-done = réalisée
plan-state-revised = révisée
plan-state-abandoned = abandonnée
plan-open-title = Actions à porter
plan-open-none = Chaque action du plan est portée par une organisation.
plan-open-how = Vous représentez une organisation? Tapez « !action porter P4 pour table », ou utilisez un bouton. Sinon, parlez-en à la coordination : une organisation porte l’action, et chaque personne peut y prendre un engagement.
plan-carry = Porter { $id }
plan-carried = C’est noté. { $name } porte { $id }.
plan-carried-known = La coordination voit quel compte l’a dit pour l’organisation.
plan-milestone-added = Le jalon { $id } est dans le plan.
plan-milestone-next = Pour y ajouter une action : « !action ajouter { $id } » et son énoncé.
plan-action-added = L’action { $id } est dans le plan.
plan-edited = { $id } est modifié.
plan-step-chosen = C’est noté. L’étape en cours : { $step }
plan-share =
    { $done ->
        [one] { $done } action sur { $counted } réalisée
       *[other] { $done } actions sur { $counted } réalisées
    }
plan-progress = Le jalon { $id } passe le cap des { $percent } %
plan-progress-whole = Le jalon { $id } est réalisé en entier
plan-carriers = Organisations qui portent ce jalon : { $names }
plan-progress-footer = { $id } · Pour voir le jalon : !plan { $id } · Tout le plan : !plan
plan-commitments = Engagements pour { $id }
plan-adopted = La version { $version } du plan court depuis { $begins }. Elle sera à évaluer { $due }.
plan-adopted-next = Pour noter ce qu’une action donne : « !plan évaluer P1 … ». Le salon de coordination sera averti quand les deux ans seront passés.
plan-evaluated = Le constat sur { $id } est noté. Il sera gardé avec cette version du plan.
plan-review-title = Réviser la version { $version } du plan : aperçu
plan-review-early = Les deux ans ne sont pas encore passés : cette version serait à évaluer { $due }.
plan-review-unsaid = Sans constat encore : { $ids }. Pour en écrire un : « !plan évaluer P1 … ».
plan-review-carried = Ce qui continue dans la version { $version }
plan-review-nothing = Aucune action n’est ouverte : la suite commence avec les jalons seulement.
plan-review-days = dates à redire
plan-review-how = Rien n’est encore fait. Confirmer fige la version { $version } pour toujours et l’annonce dans les salons : le bouton, ou « !plan réviser version={ $version } confirmer=oui ».
plan-review-confirm = Figer et continuer
plan-revised =
    { $actions ->
        [0] La version { $version } du plan est figée. La version { $next } commence sans action ouverte; elle sera à évaluer { $due }.
        [one] La version { $version } du plan est figée. { $actions } action continue dans la version { $next }, à évaluer { $due }.
       *[other] La version { $version } du plan est figée. { $actions } actions continuent dans la version { $next }, à évaluer { $due }.
    }
plan-frozen-title = Le plan, version { $version }
plan-frozen = Telle qu’elle était à la fin : { $days }
plan-figures-public = Engagements publics
plan-figures-commitments = Engagements seulement comptés
plan-commitments-few = moins de cinq
plan-commitments-taken = { $taken } pris
plan-commitments-both =
    { $taken ->
        [0] aucun
       *[other] { $taken } pris, { $kept ->
            [0] aucun tenu
            [one] { $kept } tenu
           *[other] { $kept } tenus
        }
    }
plan-due-title = La version { $version } du plan est à évaluer
plan-due = Deux ans ont passé depuis { $begins }. Écrivez ce que les actions ont donné (« !plan évaluer P1 … »), puis regardez ce que la révision ferait : « !plan réviser ».
plan-due-footer = Rien ne change avant votre confirmation
plan-revised-title = Le plan : la version { $version } est évaluée
plan-goes-on =
    { $actions ->
        [0] La version { $next } commence.
        [one] La version { $next } commence, avec { $actions } action qui continue.
       *[other] La version { $next } commence, avec { $actions } actions qui continuent.
    }
plan-revised-footer = L’évaluation, action par action : !plan version={ $version } · Le plan : !plan
