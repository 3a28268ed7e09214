digest-title = { $collective } : bilan { $days }
digest-decided = Décidé
digest-decided-line = { $id } · { $question } { $outcome }
digest-held = Tenu
digest-committed = Engagements
digest-taken =
    { $count ->
        [one] { $count } engagement pris
       *[other] { $count } engagements pris
    }
digest-taken-few = Moins de cinq engagements pris
digest-kept =
    { $count ->
        [one] { $count } engagement tenu
       *[other] { $count } engagements tenus
    }
digest-kept-few = Moins de cinq engagements tenus
digest-open = À décider
digest-next = À venir
digest-footer = { $id } · Prochains ateliers : !atelier voir · Sondages ouverts : !sondage voir
digest-preview-footer = Aperçu. Pour le publier dans les salons, tapez : !bilan publier
digest-published = Le bilan { $id } est publié dans les salons.
