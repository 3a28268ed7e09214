pulse-title = Prise de pouls : { $question }
pulse-what = Une prise de pouls ne décide de rien : elle montre ce qu’on en pense en ce moment. Répondez dans le sondage ci-dessous. Tout le salon peut voir qui répond quoi.
pulse-apart = Elle se fait aussi ailleurs. Chaque salon a ses propres chiffres, qui ne s’additionnent pas : une même personne peut répondre à plusieurs endroits.
pulse-missing = Le sondage n’est pas dans ce salon : le robot n’a pas pu l’afficher, ou il a été enlevé.
pulse-ends = Se termine { $when }.
pulse-is-over = Terminée { $when }.
pulse-footer = { $id } · Le robot ne garde rien de qui répond.
pulse-result-title = Prise de pouls terminée : { $question }
pulse-line =
    { $votes ->
        [one] { $answer } : { $votes } voix
       *[other] { $answer } : { $votes } voix
    }
pulse-about = Chiffres approximatifs : le compte n’était pas fini.
pulse-only-here = À titre indicatif : ces chiffres sont ceux de ce salon seulement. Ils ne décident de rien, et ne s’ajoutent à ceux d’aucun autre salon.
pulse-asked = La prise de pouls { $id } est lancée dans les salons, avec le sondage de chaque réseau. Elle se termine { $when }.
pulse-ended = La prise de pouls { $id } est terminée. Chaque salon montrera ses propres chiffres.
pulse-refused = Le sondage d’une prise de pouls n’a pas pu être affiché dans le salon { $room } : { $reason }. Le texte qui l’accompagne y est. Sur Discord, donnez au robot la permission de créer des sondages (« Create Polls »), puis relancez la prise de pouls.
