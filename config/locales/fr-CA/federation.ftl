federation-title = { $name } : les collectifs membres
federation-footer = Rien que ce qui est public chez eux · Leurs pages et leurs salons disent le reste
federation-section = Dans les collectifs membres
federation-step = Étape
federation-plan = Plan
federation-plan-figures =
    { $milestones ->
        [one] { $milestones } jalon
       *[other] { $milestones } jalons
    }{ $counted ->
        [0] {""}
       *[other] ; actions réalisées : { $done } sur { $counted }
    }{ $free ->
        [0] {""}
       *[other] ; à porter : { $free }
    }
federation-quiet = rien de public encore
federation-polls = Sondages ouverts
federation-polls-figures =
    { $count ->
        [one] { $count } sondage ouvert : { $names }
       *[other] { $count } sondages ouverts : { $names }{ $more ->
            [0] {""}
           *[other] { " " }· et { $more } de plus
        }
    }
federation-workshops = Ateliers à venir
federation-workshops-figures =
    { $count ->
        [one] { $count } atelier à venir : { $names }
       *[other] { $count } ateliers à venir : { $names }{ $more ->
            [0] {""}
           *[other] { " " }· et { $more } de plus
        }
    }
federation-organisations = Organisations
federation-organisations-figures =
    { $count ->
        [one] { $count } organisation : { $names }
       *[other] { $count } organisations : { $names }{ $more ->
            [0] {""}
           *[other] { " " }· et { $more } de plus
        }
    }
federation-commitments = Engagements
federation-commitments-before = Engagements pris avant { $when }
federation-commitments-public = { $name } (publics) : { $told }
federation-commitments-line = { $names } (seulement comptés) : { $told }
federation-commitments-all = En tout (seulement comptés) : { $told }
federation-widened = Cercles qui s’élargissent
federation-widened-figures = { $month } : { $people } participations et { $workshops } ateliers tenus, dans { $members } des collectifs qui l’ont publié. Une personne qui participe à deux collectifs est comptée deux fois.
