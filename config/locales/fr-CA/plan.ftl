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
