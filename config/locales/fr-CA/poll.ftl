poll-card-title = Sondage : { $question }
poll-option =
    { $votes ->
        [one] { $letter }. { $label } : { $votes } voix ({ $share })
       *[other] { $letter }. { $label } : { $votes } voix ({ $share })
    }
poll-turnout =
    { $cast ->
        [0] Personne n’a encore voté.
        [one] { $cast } personne a voté.
       *[other] { $cast } personnes ont voté.
    }
poll-closes = Ferme { $when }.
poll-is-closed = Fermé { $when }.
poll-vote = Voter
poll-footer = { $id } · Pour voter, tapez : !vote { $id } suivi d’une lettre (par exemple : !vote { $id } a). Vous pouvez changer votre vote jusqu’à la fermeture.
poll-footer-closed = { $id } · Sondages ouverts : !sondage voir
poll-outcome-none = Personne n’a voté.
poll-outcome = « { $label } » arrive en tête avec { $votes } voix sur { $cast }.
poll-outcome-tie = Égalité en tête, avec { $votes } voix chacune : { $labels }.
poll-results-title = Résultat : { $question }
poll-menu = Choisissez une option. Personne d’autre ne voit votre choix.
poll-menu-placeholder = Votre choix
poll-list-title = Sondages ouverts
poll-none = Aucun sondage n’est ouvert pour l’instant.
poll-line = { $id } · { $question } (ferme { $when })
poll-opened = Le sondage { $id } est ouvert. Il ferme { $when }.
poll-closed = Le sondage { $id } est clos.
poll-voted = Votre vote est enregistré pour { $id } : « { $label } ». Vous pouvez le changer jusqu’à la fermeture, { $when }.
